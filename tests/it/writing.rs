//! Writing prose, played by keys: search and replace, the outline, pasting, undo, and where the cursor stands.

use std::time::Duration;

use gouji::tui::width::Policy;
use proptest::prelude::*;

use crate::support::play::Play;

const CITY: &str = "sample-data/hangzhou-type-2025.ron";
const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];

/// The first section of the city, at a size.
fn overview(width: u16, height: u16) -> Play {
    let mut play = Play::open(CITY, width, height);
    play.keys("<alt-1>");
    play
}

#[test]
fn finding_marks_all_and_replacing_all_is_one_step() {
    for (width, height) in SIZES {
        let mut play = overview(width, height);
        let before = play.value("text.overview");
        play.keys("<ctrl-f>公开");
        insta::assert_snapshot!(format!("find-{width}x{height}"), play.screen());
        play.keys("<down><alt-r>公示");
        insta::assert_snapshot!(format!("replace-{width}x{height}"), play.screen());
        play.keys("<alt-a>");
        assert_eq!(play.value("text.overview"), before.replace("公开", "公示"));
        assert!(play.shows("没有找到") && play.shows("已替换"), "{}", play.screen());
        play.keys("<ctrl-z>");
        assert_eq!(play.value("text.overview"), before);
        play.keys("<esc>");
        assert!(!play.shows("换成"));
    }
}

#[test]
fn the_search_comes_back_or_stays_and_goes_on_by_itself() {
    let mut play = overview(80, 24);
    play.keys("<down><down><end>");
    let here = play.cursor;
    play.keys("<ctrl-f>公开<down><down><esc>");
    assert_eq!(play.cursor, here);
    play.keys("<ctrl-home><ctrl-f>公开<enter>");
    assert!(!play.shows("停在这里"));
    play.keys("<ctrl-g>");
    assert!(play.shows("“公开”第 2 处，共"), "{}", play.screen());
    play.keys("<alt-g><alt-g>");
    assert!(play.shows("已从末尾找起"), "{}", play.screen());
    play.keys("<alt-3><ctrl-g>");
    assert!(!play.shows("公开”第"), "a table has no prose");
}

#[test]
fn one_place_after_the_other_is_replaced_and_taken_back() {
    let mut play = overview(80, 24);
    let before = play.value("text.overview");
    play.keys("<alt-r>公开<tab>公示<enter><enter>");
    assert_eq!(play.value("text.overview"), before.replacen("公开", "公示", 2));
    play.keys("<down><enter><ctrl-z><ctrl-z>");
    assert_eq!(play.value("text.overview"), before.replacen("公开", "公示", 1));
}

#[test]
fn headings_are_listed_and_jumped_to() {
    for (width, height) in SIZES {
        let mut play = overview(width, height);
        let text =
            "前言。\n（一）主动公开。全年公开信息12条。\n1.平台建设\n（二）依申请公开。收到3件。\n结尾。";
        play.keys("<ctrl-a><delete>").paste(text).keys("<up><alt-o>");
        insta::assert_snapshot!(format!("outline-{width}x{height}"), play.screen());
        play.keys("<up><enter>字");
        assert_eq!(play.value("text.overview"), text.replace("1.", "字1."));
        play.keys("<ctrl-z><alt-pagedown>字");
        assert_eq!(play.value("text.overview"), text.replace("（二", "字（二"));
    }
}

#[test]
fn a_pause_and_a_sentence_end_a_step_of_undo() {
    let mut play = overview(80, 24);
    play.keys("<ctrl-a><delete>");
    play.keys("甲乙")
        .wait(Duration::from_millis(1900))
        .keys("丙")
        .wait(Duration::from_secs(2))
        .keys("丁；戊");
    let mut texts = vec![play.value("text.overview")];
    for _ in 0..3 {
        play.keys("<ctrl-z>");
        texts.push(play.value("text.overview"));
    }
    assert_eq!(texts, ["甲乙丙丁；戊", "甲乙丙丁；", "甲乙丙", ""]);
}

#[test]
fn a_pause_does_not_cut_the_visit_of_a_cell() {
    let mut play = Play::open(CITY, 80, 24);
    play.keys("<alt-3>");
    let before = play.session().history_depth().0;
    play.keys("8").wait(Duration::from_secs(60)).keys("3<enter>");
    assert_eq!(play.session().history_depth().0, before + 1);
}

#[test]
fn what_was_pasted_is_told_and_broken_lines_are_joined() {
    for (width, height) in SIZES {
        let mut play = overview(width, height);
        play.keys("<ctrl-a><delete>");
        let line = |start: &str| format!("{start}{}", "公开信息工作情况".repeat(4));
        play.paste(&format!("{}\r\n{}\r\n{}。\u{200b}", line("　　全年\u{a0}"), line("共计"), "完"));
        insta::assert_snapshot!(format!("paste-{width}x{height}"), play.screen());
        play.keys("<alt-j>");
        insta::assert_snapshot!(format!("joined-{width}x{height}"), play.screen());
        play.keys("<ctrl-z><ctrl-z>");
        assert_eq!(play.value("text.overview"), "");
    }
}

#[test]
fn what_is_copied_inside_is_pasted_as_a_step() {
    let mut play = overview(80, 24);
    play.keys("<ctrl-a><delete>甲乙<shift-left><ctrl-c><end><ctrl-v>丙");
    assert_eq!(play.value("text.overview"), "甲乙乙丙");
    play.keys("<ctrl-z>");
    assert_eq!(play.value("text.overview"), "甲乙乙");
    play.keys("<ctrl-z>");
    assert_eq!(play.value("text.overview"), "甲乙");
}

#[test]
fn words_and_paragraphs_are_moved_over_selected_and_deleted() {
    let mut play = overview(80, 24);
    play.keys("<ctrl-a><delete>").paste("受理申请1,234件，同比增长33.9%。\n公民和法人的权益。");
    play.keys("<ctrl-home><ctrl-right><ctrl-right>字<ctrl-down><ctrl-w><alt-backspace>完");
    assert_eq!(play.value("text.overview"), "受理申请1,234件字，同比增长完\n公民和法人的权益。");
    play.keys("<ctrl-end><ctrl-shift-up><delete>");
    assert_eq!(play.value("text.overview"), "受理申请1,234件字，同比增长完\n");
}

#[test]
fn no_size_is_too_small_for_search_and_outline() {
    for (width, height) in [(0, 0), (1, 1), (5, 3), (20, 6), (60, 16), (61, 17), (300, 60)] {
        let mut play = overview(80, 24);
        play.keys("<ctrl-f>公开").resize(width, height).keys("<down><alt-r>长<tab><tab>").resize(80, 24);
        play.keys("<enter><esc><alt-o>").resize(width, height).keys("<down><enter>").resize(80, 24);
        assert!(play.shows("总体"), "{}", play.screen());
    }
}

/// Where the caret is to be seen: on the row of the text that holds it, or in the field that is typed in.
fn cursor_is_in_sight(play: &Play) {
    let cursor = play.cursor.unwrap_or_else(|| panic!("no cursor:\n{}", play.screen()));
    let size = play.app.size();
    assert!(
        cursor.x < size.width && (2..size.height - 2).contains(&cursor.y),
        "{cursor:?}\n{}",
        play.screen()
    );
}

#[test]
fn the_cursor_stands_behind_the_word_that_was_typed() {
    let mut play = overview(80, 24);
    play.keys("<ctrl-end>");
    for width in [80, 120, 61, 100] {
        for wide in [Policy::Narrow, Policy::Wide] {
            if play.app.policy() != wide {
                play.keys("<alt-w>");
            }
            play.resize(width, 24).keys("“标”");
            let cursor = play.cursor.unwrap();
            let line = &play.lines()[usize::from(cursor.y)];
            let row = line.get(..line.rfind("“标”").unwrap() + "“标”".len()).unwrap();
            assert_eq!(wide.measure(row.trim_end()), cursor.x, "{wide:?} {width}\n{}", play.screen());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_cursor_is_in_sight_in_every_frame(
        steps in prop::collection::vec((0_usize..22, 60_u16..130, 16_u16..42), 1..40),
    ) {
        let keys = [
            "<end>", "<home>", "<down>", "<up>", "<pagedown>", "<pageup>", "<ctrl-end>", "<ctrl-home>", "字",
            "“①”", "<enter>", "<backspace>", "<ctrl-w>", "<shift-end>", "<ctrl-right>", "<ctrl-f>公", "<esc>",
            "<ctrl-g>", "<alt-w>", "<ctrl-z>",
        ];
        let mut play = overview(80, 24);
        for (step, width, height) in steps {
            match step.checked_sub(keys.len()) {
                None => play.keys(keys[step]),
                Some(0) => play.paste("（一）粘贴的文字，\n共12件。"),
                Some(_) => play.resize(width, height),
            };
            cursor_is_in_sight(&play);
        }
    }
}
