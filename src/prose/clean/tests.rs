use proptest::prelude::*;

use super::*;

fn cleaned(text: &str) -> (String, usize, usize, usize) {
    let Cleaned { text, invisible, spaces, trailing } = clean(text);
    (text, invisible, spaces, trailing)
}

#[test]
fn what_is_not_seen_goes_and_is_counted() {
    assert_eq!(cleaned("\u{feff}甲\u{200b}乙\u{202e}丙\u{7}"), ("甲乙丙".into(), 4, 0, 0));
    assert_eq!(cleaned("政府\u{ad}信息\u{200c}公\u{200d}开"), ("政府信息公开".into(), 3, 0, 0));
    assert_eq!(clean("\u{feff}甲\u{a0}乙 \n").count(), 3);
}

#[test]
fn odd_blanks_become_common_ones_and_full_width_ones_stay() {
    assert_eq!(cleaned("一\t二\u{a0}三\u{2003}四　五 六"), ("一 二 三 四　五 六".into(), 0, 3, 0));
}

#[test]
fn line_ends_become_one_and_lose_the_blanks_before_them() {
    assert_eq!(
        cleaned("甲 \r\n乙　\r丙\n\n丁\u{2028}戊\u{c}己 "),
        ("甲\n乙\n丙\n\n丁\n戊\n己 ".into(), 0, 0, 2)
    );
    assert_eq!(plain("甲 \r\n乙\r丙 "), "甲 \n乙\n丙 ");
}

#[test]
fn emoji_keep_what_they_are_made_of() {
    let family = "👩\u{200d}👩\u{200d}👧e\u{301}☑\u{fe0f}";
    assert_eq!(cleaned(family), (family.into(), 0, 0, 0));
    assert_eq!(plain("\u{200d}"), "\u{200d}", "the next key may be the other half");
}

const BROKEN: &str = "　　2023年，我局全面贯彻落实政府信息公开条例，
以公开促落实、强监管，全年主动公开政府信息312条，
受理依申请公开17件，均按期答复。
（一）主动公开。全年通过门户网站、公报、政务新
媒体公开信息，解读文件6件。
（二）监督保障。开展业务培训2次。";

#[test]
fn lines_broken_at_a_margin_are_joined_to_paragraphs() {
    let joined = joined(BROKEN).unwrap();
    assert_eq!(
        joined.text,
        "　　2023年，我局全面贯彻落实政府信息公开条例，以公开促落实、强监管，全年主动公开政府信息312条，\
         受理依申请公开17件，均按期答复。\n\
         （一）主动公开。全年通过门户网站、公报、政务新媒体公开信息，解读文件6件。\n\
         （二）监督保障。开展业务培训2次。"
    );
    assert_eq!((joined.lines, joined.paragraphs), (6, 3));
}

#[test]
fn paragraphs_that_are_whole_are_left_alone() {
    let paragraph = |length: usize| format!("{}。", "公".repeat(length));
    for lengths in [vec![40], vec![40, 12], vec![40, 41, 40, 39], vec![60, 20, 44, 61]] {
        let text = lengths.into_iter().map(paragraph).collect::<Vec<_>>().join("\n");
        assert_eq!(joined(&text), None, "{text}");
    }
    assert_eq!(joined("短\n行\n表"), None);
    assert_eq!(joined(""), None);
}

#[test]
fn words_of_another_language_are_kept_apart() {
    let joined = joined_all("见 open\ndata 网站\n第二\n\n末").unwrap();
    assert_eq!(joined.text, "见 open data 网站第二\n\n末");
    assert_eq!((joined.lines, joined.paragraphs), (4, 2));
    assert_eq!(joined_all("一行"), None);
    assert_eq!(joined_all("一\n（二）二\n"), None);
}

#[test]
fn numbers_of_all_kinds_begin_a_heading() {
    let cases = [
        ("（一）主动公开", Some((0, "（一）"))),
        ("(十二)依申请公开", Some((0, "(十二)"))),
        ("　　一、总体情况：", Some((0, "一、"))),
        ("1.平台建设，", Some((1, "1."))),
        ("１０．监督保障", Some((1, "１０．"))),
        ("一是加强学习；二是", Some((2, "一是"))),
        ("第一，主动公开", Some((2, "第一，"))),
        ("2023年，本机关", None),
        ("1.5万元", None),
        ("一般情况", None),
        ("（本机关）", None),
        ("（一", None),
        ("", None),
    ];
    for (text, expected) in cases {
        let found = numbering(text).map(|(level, bytes)| (level, &text[bytes]));
        assert_eq!(found, expected, "{text}");
    }
}

proptest! {
    #[test]
    fn a_clean_text_stays_as_it_is(text in r"[甲乙 　\t\r\n\u{200b}\u{a0}\u{200d}👩a1（一）。]{0,40}") {
        let once = clean(&text);
        let twice = clean(&once.text);
        prop_assert_eq!((&twice.text, twice.count()), (&once.text, 0));
        prop_assert_eq!(plain(&once.text), once.text);
    }

    #[test]
    fn joining_keeps_all_that_is_seen(text in r"[甲乙丙 　\n（一）。ab1]{0,200}") {
        let seen = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        for joined in [joined(&text), joined_all(&text)].into_iter().flatten() {
            prop_assert_eq!(seen(&joined.text), seen(&text));
            prop_assert!(joined.paragraphs <= joined.lines);
        }
    }
}
