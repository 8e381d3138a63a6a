use std::fmt::Write;

use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use super::super::tests::{figures, import, messages};
use super::super::{Import, NoteKind};
use super::*;
use crate::exchange::{Document, Limits, text};

const ROWS: [(&str, &str); 8] = [
    ("requests.received", "一、本年新收政府信息公开申请数量"),
    ("requests.carried_in", "二、上年结转政府信息公开申请数量"),
    ("requests.granted", "三、本年度办理结果  （一）予以公开"),
    ("requests.partial", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    ("requests.denied_state_secret", "（三）不予公开 1.属于国家秘密"),
    ("requests.denied_by_law", "2.其他法律行政法规禁止公开"),
    ("requests.outcome_total", "（七）总计"),
    ("requests.carried_out", "四、结转下年度继续办理"),
];

type Figures = [&'static str; 7];
const WHOLE: Figures = ["21", "0", "13612", "4", "0", "7", "14000"];

fn length(text: &str, count: Count) -> usize {
    match count {
        Count::Characters => text.chars().count(),
        Count::Width => text.width(),
    }
}

/// A line with each figure in the middle of its column, from the place of the first one.
fn laid(label: &str, cells: &[&str], first: usize, count: Count) -> String {
    let mut line = label.to_owned();
    for (cell, column) in cells.iter().zip(0..).filter(|(cell, _)| !cell.is_empty()) {
        let from = first + 10 * column - length(cell, count) / 2;
        let blanks = from.saturating_sub(length(&line, count)).max(1);
        let _ = write!(line, "{:blanks$}{cell}", "");
    }
    line
}

fn page(rows: &[Figures; 8], first: usize, count: Count) -> Vec<String> {
    let title = "某县2024年政府信息公开工作年度报告";
    let mut lines = vec![title.to_owned(), "三、收到和处理政府信息公开申请情况".to_owned()];
    lines.extend(ROWS.iter().zip(rows).map(|((_, label), cells)| laid(label, cells, first, count)));
    lines
}

fn read(lines: &[String]) -> Document {
    text::read(lines.join("\n").as_bytes(), &Limits::default()).unwrap()
}

fn all(import: &Import) -> Vec<String> {
    ROWS.iter().map(|(row, _)| figures(import, row)).collect()
}

fn shown(cells: &Figures) -> String {
    cells.map(|cell| if cell.is_empty() { "_" } else { cell }).join(" ")
}

/// A report of which three rows have blanks.
fn with_blanks() -> [Figures; 8] {
    let mut rows = [WHOLE; 8];
    rows[1] = ["5", "", "", "", "0", "", "5"];
    rows[4] = ["", "", "", "2", "", "", ""];
    rows[7] = ["", "8", "", "", "", "11", "19"];
    rows
}

#[test]
fn blank_cells_are_located_by_the_rows_above_and_below() {
    for count in [Count::Characters, Count::Width] {
        let rows = with_blanks();
        let import = import(&read(&page(&rows, 60, count)));
        assert_eq!(all(&import), rows.each_ref().map(shown), "{count:?}");
        let notes = messages(&import, NoteKind::Doubtful);
        assert_eq!(notes.matches("按上下各行的位置判断").count(), 3, "{notes}");
    }
}

#[test]
fn printed_pages_count_the_width() {
    let rows = with_blanks();
    let read = |count| {
        let mut document = read(&page(&rows, 60, count));
        for (block, line) in document.blocks.iter_mut().zip(1..) {
            if let crate::exchange::Block::Paragraph { at, .. } = block {
                *at = At::Page { page: 1, line };
            }
        }
        all(&import(&document))
    };
    assert_eq!(read(Count::Width), rows.each_ref().map(shown));
    let other = read(Count::Characters);
    assert_eq!(other[1], "_ _ _ _ _ _ _", "{other:?}");
}

#[test]
fn a_figure_between_two_columns_stays_doubtful() {
    let mut lines = page(&with_blanks(), 60, Count::Characters);
    // The figure of （三）1. stands at 90.
    for by in 3..=7 {
        let label = length(ROWS[4].1, Count::Characters);
        lines[6] = format!("{}{:2$}2", ROWS[4].1, "", 90 + by - label);
        let import = import(&read(&lines));
        assert_eq!(figures(&import, ROWS[4].0), "_ _ _ _ _ _ _", "{by}");
        assert!(messages(&import, NoteKind::Doubtful).contains("看不出各在哪一格"), "{by}");
    }
}

#[test]
fn what_may_have_been_pushed_aside_stays_doubtful() {
    let mut lines = page(&with_blanks(), 60, Count::Characters);
    let long = format!("{}{}", ROWS[4].1, "等".repeat(88 - length(ROWS[4].1, Count::Characters)));
    lines[6] = format!("{long}  2");
    assert_eq!(figures(&import(&read(&lines)), ROWS[4].0), "_ _ _ _ _ _ _");
}

#[test]
fn columns_of_one_page_say_nothing_about_the_next() {
    let rows = with_blanks();
    let mut lines = page(&rows, 60, Count::Characters);
    let moved = page(&rows, 70, Count::Characters);
    lines[9] = format!("\u{c}{}", moved[9]);
    assert_eq!(figures(&import(&read(&lines)), ROWS[7].0), "_ _ _ _ _ _ _");
    // Where no page break is seen, rows that do not agree leave all in doubt.
    lines.splice(7.., moved[7..].iter().cloned());
    assert_eq!(figures(&import(&read(&lines)), ROWS[7].0), "_ _ _ _ _ _ _");
    lines[7].insert(0, '\u{c}');
    let import = import(&read(&lines));
    assert_eq!(all(&import), rows.each_ref().map(shown));
}

#[test]
fn a_table_of_two_rows_has_its_heads_to_go_by() {
    let lines = |heads: &[&str], one: &[&str], other: &[&str]| {
        let head = laid("信息内容", heads, 30, Count::Characters);
        let one = laid("规章", one, 30, Count::Characters);
        let other = laid("行政规范性文件", other, 30, Count::Characters);
        ["二、主动公开政府信息情况", "第二十条第（一）项", &head, &one, &other, "第二十条第（五）项"]
            .map(str::to_owned)
    };
    let heads = ["制发件数", "废止件数", "有效件数"];
    let import = |one: &[&str], other: &[&str]| {
        let import = import(&read(&lines(&heads, one, other)));
        [figures(&import, "disclosure.regulation"), figures(&import, "disclosure.normative")]
    };
    assert_eq!(import(&["1", "0", "5"], &["", "", "12"]), ["1 0 5", "_ _ 12"]);
    assert_eq!(import(&["1", "", "5"], &["3", "1", "12"]), ["1 _ 5", "3 1 12"]);
}

#[test]
fn prose_that_ends_with_a_figure_is_no_row() {
    let mut lines = page(&[WHOLE; 8], 60, Count::Characters);
    lines[9] = ROWS[7].1.to_owned();
    lines.push("本年新收 14069 件，上年结转 560 件，两项相加为 14629".to_owned());
    lines.push("件。".to_owned());
    assert_eq!(figures(&import(&read(&lines)), ROWS[7].0), "_ _ _ _ _ _ _");
}

#[test]
fn figures_that_are_torn_over_lines_stay_doubtful() {
    let mut lines = page(&[WHOLE; 8], 60, Count::Characters);
    let count = Count::Characters;
    lines[9] = laid(ROWS[7].1, &["1361", "", "", "", "", "", "1406"], 60, count);
    lines.push(laid("", &["", "252", "0", "45", "128", "32", ""], 60, count));
    lines.push(laid("量", &["2", "", "", "", "", "", "9"], 60, count));
    assert_eq!(figures(&import(&read(&lines)), ROWS[7].0), "_ _ _ _ _ _ _");
}

#[test]
fn a_whole_row_that_goes_on_below_is_doubtful() {
    let mut lines = page(&[WHOLE; 8], 60, Count::Characters);
    lines.insert(5, laid("  本年", &["", "9", "", "", "", "", "48"], 60, Count::Characters));
    let import = import(&read(&lines));
    assert_eq!(figures(&import, ROWS[2].0), shown(&WHOLE));
    let notes = messages(&import, NoteKind::Doubtful);
    assert!(notes.contains("下一行的“9 48”可能是本行没有排完的数"), "{notes}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn no_figure_lands_in_a_cell_of_another(
        blank in prop::collection::vec(prop::collection::vec(any::<bool>(), 7), 8),
        shift in prop::collection::vec(-2_i32..=2, 8),
        screen in any::<bool>(),
    ) {
        let count = if screen { Count::Width } else { Count::Characters };
        let rows: Vec<Figures> = blank.iter().map(|row| {
            let mut cells = ["1", "22", "333", "4444", "5", "66", "777"];
            for (cell, blank) in cells.iter_mut().zip(row) {
                if *blank {
                    *cell = "";
                }
            }
            cells
        }).collect();
        let mut lines = page(&rows.clone().try_into().unwrap(), 60, count);
        for ((line, shift), (row, (_, label))) in lines.iter_mut().skip(2).zip(shift).zip(rows.iter().zip(ROWS)) {
            *line = laid(label, row, 60_usize.saturating_add_signed(shift as isize), count);
        }
        let import = import(&read(&lines));
        for ((row, _), cells) in ROWS.iter().zip(&rows) {
            for (got, cell) in figures(&import, row).split(' ').zip(cells) {
                prop_assert!(got == "_" || got == *cell, "{} {}", row, lines.join("\n"));
            }
        }
    }
}
