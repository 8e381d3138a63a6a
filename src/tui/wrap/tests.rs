use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::breaks::{NOT_FIRST, NOT_LAST, is_blank, opportunities};
use super::*;

const PIECES: &[&str] = &[
    "甲",
    "乙",
    "县",
    "政府信息",
    "，",
    "。",
    "；",
    "：",
    "！",
    "？",
    "）",
    "》",
    "」",
    "、",
    "（",
    "《",
    "「",
    "“",
    "”",
    "‘",
    "’",
    " ",
    "　",
    "a",
    "word",
    "1,234",
    "33.9%",
    "——",
    "……",
    "①",
    "é",
    "e\u{301}",
    "\u{301}",
    "👩\u{200d}👩\u{200d}👧",
    "🇨🇳",
    "-",
    "/",
    "http://www.example.gov.cn/a/b",
];

fn narrow(glyph: &str) -> u16 {
    glyph.width().min(2) as u16
}

/// A terminal that draws ambiguous characters wide.
fn wide(glyph: &str) -> u16 {
    if "“”‘’…—①é".contains(glyph) { 2 } else { narrow(glyph) }
}

fn shown(text: &str, width: u16) -> Vec<&str> {
    let wrapped = Wrapped::new(&[text], width, 0, narrow);
    wrapped.rows().map(|row| &text[row.bytes]).collect()
}

fn paragraph() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

/// A piece of a report: some words, and a mark or two behind them.
fn sentence() -> impl Strategy<Value = String> {
    let words = vec![
        "全年主动公开政府信息1,234条",
        "其中“规范性文件”12件",
        "（含修订3件）",
        "同比增长33.9%",
        "《条例》第二十一条",
        "‘三公’经费",
        "见www.gov.cn",
        "①受理依申请公开",
        "——",
    ];
    let marks = vec!["", "，", "、", "。", "；", "：", "！", "？”", "……"];
    (prop::sample::select(words), prop::sample::select(marks))
        .prop_map(|(words, mark)| format!("{words}{mark}"))
}

fn paragraphs() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(paragraph(), 0..5)
}

#[test]
fn closing_marks_stay_with_the_text_before_them() {
    assert_eq!(shown("一二三四，五六", 9), ["一二三", "四，五六"]);
    assert_eq!(shown("一二三（五六）", 9), ["一二三", "（五六）"]);
}

#[test]
fn a_row_may_break_before_an_opening_and_after_a_closing_quote() {
    assert_eq!(shown("一二三四“五六”七八", 9), ["一二三四", "“五六”七", "八"]);
}

#[test]
fn a_word_wider_than_the_row_is_cut_between_graphemes() {
    assert_eq!(shown("见abcdefgh。", 5), ["见", "abcd", "efgh", "。"]);
}

#[test]
fn blanks_hang_only_as_far_as_they_are_seen() {
    assert_eq!(shown("abc def", 4), ["abc ", "def"]);
    assert_eq!(shown("abc  def", 4), ["abc ", " ", "def"]);
    assert_eq!(shown("abc ", 4), ["abc", " "]);
}

#[test]
fn an_empty_paragraph_is_one_row_and_so_is_an_empty_text() {
    let wrapped = Wrapped::new(&["甲", "", "乙"], 10, 0, narrow);
    assert_eq!(wrapped.height(), 3);
    assert_eq!(wrapped.row(1).unwrap().bytes, 0..0);
    let none: [&str; 0] = [];
    assert_eq!(Wrapped::new(&none, 10, 0, narrow).height(), 1);
}

#[test]
fn tiny_widths_make_progress() {
    for width in 0..=3 {
        assert_eq!(shown("甲乙丙", width), ["甲", "乙", "丙"], "width {width}");
    }
    assert_eq!(shown("ab", 0), ["a", "b"]);
}

#[test]
fn the_indent_is_shown_only_and_yields_to_blanks_of_the_text() {
    let wrapped = Wrapped::new(&["甲乙丙丁", "　　甲乙丙丁"], 9, 4, narrow);
    let rows: Vec<_> = wrapped.rows().map(|row| (row.indent, row.bytes)).collect();
    assert_eq!(rows, [(4, 0..6), (0, 6..12), (0, 0..12), (0, 12..18)]);
    assert_eq!(wrapped.place(Position { paragraph: 0, byte: 3 }), Spot { row: 0, column: 6 });
    assert_eq!(wrapped.seek(Spot { row: 0, column: 1 }), Position { paragraph: 0, byte: 0 });
}

#[test]
fn the_caret_at_a_wrap_point_is_on_the_next_row_but_at_the_end_on_the_last() {
    let wrapped = Wrapped::new(&["甲乙丙丁"], 5, 0, narrow);
    assert_eq!(wrapped.place(Position { paragraph: 0, byte: 6 }), Spot { row: 1, column: 0 });
    assert_eq!(wrapped.place(Position { paragraph: 0, byte: 12 }), Spot { row: 1, column: 4 });
    assert_eq!(wrapped.seek(Spot { row: 0, column: 99 }), Position { paragraph: 0, byte: 3 });
    assert_eq!(wrapped.seek(Spot { row: 0, column: 1 }), Position { paragraph: 0, byte: 0 });
    assert_eq!(wrapped.seek(Spot { row: 99, column: 99 }), Position { paragraph: 0, byte: 12 });
    assert_eq!(wrapped.place(Position { paragraph: 9, byte: 0 }), Spot { row: 1, column: 4 });
}

#[test]
fn sync_wraps_only_the_paragraphs_that_changed() {
    let mut wrapped = Wrapped::new(&["甲", "乙", "丙"], 10, 0, narrow);
    let measured = std::cell::RefCell::new(String::new());
    wrapped.sync(&["甲", "新", "丁", "丙"], 10, 0, |glyph| {
        measured.borrow_mut().push_str(glyph);
        narrow(glyph)
    });
    assert_eq!(measured.into_inner(), "新丁");
    assert_eq!(wrapped, Wrapped::new(&["甲", "新", "丁", "丙"], 10, 0, narrow));
}

/// Whether what must not be broken around this byte has no room in a row with the caret behind it.
fn is_too_long_around(text: &str, cut: usize, width: u16, measure: fn(&str) -> u16) -> bool {
    let legal = opportunities(text);
    let begin = legal.iter().rev().find(|byte| **byte < cut).copied().unwrap_or(0);
    let end = legal.iter().find(|byte| **byte >= cut).copied().unwrap_or(text.len());
    end != cut && text[begin..end].graphemes(true).map(measure).sum::<u16>() >= width
}

proptest! {
    #[test]
    fn rows_hold_the_whole_text_within_the_width(text in paragraphs(), width in 0_u16..50, indent in 0_u16..6) {
        for measure in [narrow, wide] {
            let wrapped = Wrapped::new(&text, width, indent, measure);
            let mut joined = vec![String::new(); text.len().max(1)];
            for row in wrapped.rows() {
                let slice = text.get(row.paragraph).map_or("", |paragraph| &paragraph[row.bytes.clone()]);
                prop_assert!(row.first_of_paragraph == (row.bytes.start == 0));
                prop_assert!(!slice.is_empty() || joined[row.paragraph].is_empty());
                joined[row.paragraph].push_str(slice);
                let columns: u16 = slice.graphemes(true).map(measure).sum();
                let single = slice.graphemes(true).filter(|glyph| measure(glyph) > 0).count() <= 1;
                prop_assert!(single || columns + row.indent <= width, "{slice:?} in {width}");
            }
            prop_assert_eq!(joined, if text.is_empty() { vec![String::new()] } else { text.clone() });
        }
    }

    #[test]
    fn no_row_starts_or_ends_with_a_forbidden_mark(text in paragraph(), width in 0_u16..50, indent in 0_u16..6) {
        let wrapped = Wrapped::new(&[&text], width, indent, narrow);
        let boundaries: Vec<usize> = text.grapheme_indices(true).map(|(byte, _)| byte).chain([text.len()]).collect();
        let legal: Vec<usize> = opportunities(&text).into_iter().filter(|byte| boundaries.contains(byte)).collect();
        for row in wrapped.rows().skip(1) {
            let cut = row.bytes.start;
            let starts_badly = text[cut..].starts_with(|mark| NOT_FIRST.contains(mark));
            let ends_badly = text[..cut].trim_end_matches(is_blank).ends_with(|mark| NOT_LAST.contains(mark));
            // Blanks that did not fit may move to the next row whatever stands before them.
            let moved_blanks = text[cut..].starts_with(is_blank);
            if starts_badly || (ends_badly && !moved_blanks) {
                let begin = legal.iter().rev().find(|byte| **byte < cut).copied().unwrap_or(0);
                let end = legal.iter().find(|byte| **byte >= cut).copied().unwrap_or(text.len());
                let unit = text[begin..end].trim_end_matches(is_blank);
                let columns: u16 = unit.graphemes(true).map(narrow).sum();
                prop_assert!(end != cut && columns > width.saturating_sub(1), "{unit:?} would have fitted {width}");
            }
        }
    }

    /// What a report looks like, at the widths that screens have, whatever the terminal's width of quotes.
    #[test]
    fn reports_wrap_well_at_all_widths_of_screens(
        text in prop::collection::vec(sentence(), 1..30).prop_map(|parts| parts.concat()),
        width in 20_u16..=120,
        indent in prop::sample::select(vec![0_u16, 4]),
    ) {
        for measure in [narrow, wide] {
            let wrapped = Wrapped::new(&[&text], width, indent, measure);
            let mut seen = String::new();
            for (index, row) in wrapped.rows().enumerate() {
                let slice = &text[row.bytes.clone()];
                let starts_badly = index > 0 && slice.starts_with(|mark| NOT_FIRST.contains(mark));
                prop_assert!(!starts_badly || is_too_long_around(&text, row.bytes.start, width, measure), "{slice:?}");
                let ends_badly = row.bytes.end < text.len() && slice.ends_with(|mark| NOT_LAST.contains(mark));
                prop_assert!(!ends_badly || is_too_long_around(&text, row.bytes.end, width, measure), "{slice:?}");
                let columns: u16 = slice.graphemes(true).map(measure).sum();
                prop_assert!(columns + row.indent < width, "the caret has a column behind {slice:?}");
                let (end, column) = wrapped.row_end(index).unwrap();
                prop_assert_eq!((end.byte, column), (row.bytes.end, columns + row.indent));
                seen.push_str(slice);
            }
            prop_assert_eq!(&seen, &text);
            for (byte, _) in text.grapheme_indices(true) {
                let spot = wrapped.place(Position { paragraph: 0, byte });
                prop_assert_eq!(wrapped.seek(spot).byte, byte);
            }
        }
    }

    #[test]
    fn there_and_back_is_the_same_place(text in paragraphs(), width in 0_u16..50, indent in 0_u16..6) {
        let wrapped = Wrapped::new(&text, width, indent, narrow);
        for (paragraph, line) in text.iter().enumerate() {
            for (byte, glyph) in line.grapheme_indices(true).chain([(line.len(), "end")]) {
                let position = Position { paragraph, byte };
                let spot = wrapped.place(position);
                let back = wrapped.seek(spot);
                // Beside a glyph without width two places share a spot.
                if narrow(glyph) > 0 && line[..byte].graphemes(true).next_back().is_none_or(|g| narrow(g) > 0) {
                    prop_assert_eq!(back, position);
                }
                prop_assert_eq!(wrapped.place(back), spot);
                let row = wrapped.row(spot.row).unwrap();
                prop_assert!(row.bytes.contains(&byte) || byte == line.len());
            }
        }
    }

    #[test]
    fn a_spot_gives_a_grapheme_boundary_of_its_row(text in paragraph(), width in 0_u16..50, row in 0_usize..20, column in 0_u16..60) {
        let wrapped = Wrapped::new(&[&text], width, 0, wide);
        let found = wrapped.seek(Spot { row, column });
        prop_assert!(text.grapheme_indices(true).any(|(byte, _)| byte == found.byte) || found.byte == text.len());
        let spot = wrapped.place(found);
        prop_assert_eq!(spot.row, row.min(wrapped.height() - 1));
        prop_assert!(spot.column <= column);
    }

    #[test]
    fn update_and_sync_equal_a_new_layout(
        old in paragraphs(), new in paragraphs(), text in paragraph(), at in 0_usize..5, width in 0_u16..50,
    ) {
        let mut wrapped = Wrapped::new(&old, width, 4, narrow);
        wrapped.update(at, &text, narrow);
        let mut changed = if old.is_empty() { vec![String::new()] } else { old };
        if let Some(slot) = changed.get_mut(at) {
            *slot = text;
        }
        prop_assert_eq!(&wrapped, &Wrapped::new(&changed, width, 4, narrow));
        wrapped.sync(&new, width, 4, narrow);
        prop_assert_eq!(&wrapped, &Wrapped::new(&new, width, 4, narrow));
        wrapped.sync(&new, width + 3, 0, narrow);
        prop_assert_eq!(&wrapped, &Wrapped::new(&new, width + 3, 0, narrow));
    }
}

#[test]
fn a_unit_is_never_cut_and_holds_no_place() {
    let text = "甲乙丙{{requests.a + b}}丁";
    let wrapped = |unit: u16, width: u16| {
        let units = [vec![Unit { bytes: 9..text.len() - 3, width: unit }]];
        let mut wrapped = Wrapped::new(&[""], 0, 0, narrow);
        wrapped.sync_units(&[text], &units, width, 0, narrow);
        wrapped
    };
    let starts = |wrapped: &Wrapped| wrapped.rows().map(|row| row.bytes.start).collect::<Vec<_>>();
    assert_eq!(starts(&wrapped(4, 13)), [0]);
    assert_eq!(starts(&wrapped(4, 12)), [0, text.len() - 3]);
    assert_eq!(starts(&wrapped(4, 10)), [0, 9]);
    assert_eq!(
        starts(&wrapped(40, 10)),
        [0, 9, text.len() - 3],
        "too wide for any row, it has one of its own"
    );
    let wide = wrapped(4, 40);
    let spot = |byte| wide.place(Position { paragraph: 0, byte }).column;
    assert_eq!((spot(9), spot(15), spot(text.len() - 3), spot(text.len())), (6, 6, 10, 12));
    for column in 6..10 {
        assert_eq!(wide.seek(Spot { row: 0, column }).byte, 9, "{column}");
    }
    assert_eq!(wide.seek(Spot { row: 0, column: 10 }).byte, text.len() - 3);
}

#[test]
fn a_unit_whose_width_changes_is_wrapped_anew() {
    let units = |width| vec![Vec::new(), vec![Unit { bytes: 0..5, width }]];
    let mut wrapped = Wrapped::new(&[""], 0, 0, narrow);
    wrapped.sync_units(&["甲", "{{a}}乙"], &units(4), 20, 0, narrow);
    assert_eq!(wrapped.place(Position { paragraph: 1, byte: 5 }).column, 4);
    wrapped.sync_units(&["甲", "{{a}}乙"], &units(7), 20, 0, narrow);
    assert_eq!(wrapped.place(Position { paragraph: 1, byte: 5 }).column, 7);
    wrapped.sync_units(&["甲", "甲", "{{a}}乙"], &units(7), 20, 0, narrow);
    assert_eq!(
        wrapped.place(Position { paragraph: 2, byte: 5 }).column,
        5,
        "it belongs to another paragraph now"
    );
}
