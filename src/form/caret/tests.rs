use proptest::prelude::*;

use super::*;

fn render(text: &str, part: &str) -> String {
    let start = text.find(part).unwrap();
    let source = Source { name: "2021.ron".to_owned(), text };
    source.render(start..start + part.len(), "有误", None)
}

#[test]
fn message_line_mark_and_hint() {
    let text = "(\n  total: \"sum(requests.grantd..other.$c)\"\n)";
    let start = text.find("grantd").unwrap();
    let source = Source { name: "assets/forms/2021.ron".to_owned(), text };
    let block = source.render(start..start + 6, "没有名为“grantd”的行", Some("是否为“granted”？"));
    assert_eq!(
        block,
        "assets/forms/2021.ron 第 2 行第 24 列：没有名为“grantd”的行\n    \
             2 |   total: \"sum(requests.grantd..other.$c)\"\n      \
               |                        ~~~~~~\n  \
           提示：是否为“granted”？\n"
    );
}

#[test]
fn the_mark_stands_under_wide_characters_and_tabs() {
    assert_eq!(
        render("甲\t乙丙丁", "丙"),
        "2021.ron 第 1 行第 4 列：有误\n    1 | 甲    乙丙丁\n      |         ~~\n"
    );
    assert_eq!(render("a\u{301}b", "b"), "2021.ron 第 1 行第 3 列：有误\n    1 | a\u{301}b\n      |  ~\n");
}

#[test]
fn what_can_not_be_seen_is_written_out() {
    let block = render("a\u{1b}[2J\u{202e}x\r\ny", "x");
    assert_eq!(
        block,
        "2021.ron 第 1 行第 7 列：有误\n    1 | a<U+001B>[2J<U+202E>x\n      |                     ~\n"
    );
    let source = Source { name: "\u{7}".to_owned(), text: "" };
    let block = source.render(0..0, "甲\n乙", Some("\u{200b}"));
    assert_eq!(block, "<U+0007> 第 1 行第 1 列：甲<U+000A>乙\n    1 | \n      | ^\n  提示：<U+200B>\n");
}

#[test]
fn spans_over_lines_and_beyond_the_end() {
    let source = Source { name: "f".to_owned(), text: "ab(\ncd)" };
    assert!(source.render(2..7, "", None).ends_with("1 | ab(\n      |   ~\n"));
    assert!(source.render(99..120, "", None).ends_with("2 | cd)\n      |    ^\n"));
    assert!(source.render(3..3, "", None).ends_with("1 | ab(\n      |    ^\n"));
}

#[test]
fn a_long_line_is_cut_around_the_place() {
    let text = format!("{}坏{}", "甲".repeat(70_000), "乙".repeat(70_000));
    let block = render(&text, "坏");
    let lines: Vec<&str> = block.lines().collect();
    assert!(lines[1].width() <= MAX_COLUMNS && lines[1].width() > MAX_COLUMNS - 4, "{block}");
    assert!(lines[1].starts_with("    1 | ...甲") && lines[1].ends_with("乙..."), "{block}");
    let before = lines[1].split('坏').next().unwrap();
    assert_eq!(lines[2].find('~').unwrap(), before.width());
    assert_eq!(lines[2].matches('~').count(), 2);

    let text = "x".repeat(MAX_COLUMNS - 8);
    assert!(!render(&text, "x").contains("..."), "a line that just fits is whole");
}

#[test]
fn slips_find_their_name_and_strangers_none() {
    let rows = ["granted", "partial", "denied_by_law", "结转", "自然人", "n"];
    for (slip, meant) in [
        ("grantd", Some("granted")),
        ("garnted", Some("granted")),
        ("dened_by_laws", Some("denied_by_law")),
        ("自然", Some("自然人")),
        ("结传", Some("结转")),
        ("total", None),
        ("m", None),
        ("", None),
    ] {
        assert_eq!(closest(slip, rows), meant, "{slip}");
    }
    assert_eq!(closest(&"x".repeat(100_000), rows), None);
}

proptest! {
    #[test]
    fn any_span_of_any_text_renders_within_the_width(text in "[a甲\t\n\r\u{301}“👩‍🚀\u{1b}]{0,300}", start in 0..900_usize, length in 0..40_usize) {
        let source = Source { name: "f".to_owned(), text: &text };
        let block = source.render(start..start.saturating_add(length), "m", None);
        let lines: Vec<&str> = block.lines().collect();
        prop_assert_eq!(lines.len(), 3);
        prop_assert!(lines[1].width() <= MAX_COLUMNS, "{}", block);
        prop_assert!(lines[2].ends_with(['~', '^']), "{}", block);
        prop_assert!(lines[2].width() <= MAX_COLUMNS + 1, "{}", block);
    }
}
