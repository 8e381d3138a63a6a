use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use super::*;
use crate::tui::wrap::{Spot, Wrapped};

fn editor(text: &str, caret: usize) -> Editor {
    let mut editor = Editor::new(text).unwrap();
    editor.place_caret(caret);
    editor
}

fn measure(glyph: &str) -> u16 {
    glyph.width().min(2) as u16
}

fn wrap(editor: &Editor, width: u16) -> Wrapped {
    Wrapped::new(editor.paragraphs(), width, 0, measure)
}

fn splice(at: usize, removed: &str, inserted: &str) -> Splice {
    Splice { at, removed: removed.into(), inserted: inserted.into() }
}

#[test]
fn typing_replaces_the_selection_and_tells_what_changed() {
    let mut editor = editor("甲乙\n丙丁", 3);
    let wrapped = wrap(&editor, 20);
    editor.extend(Move::Down, &wrapped);
    assert_eq!(editor.selected_text().as_deref(), Some("乙\n丙"));
    assert_eq!(editor.insert("新\r\n\t文\u{7}"), Ok(Some(splice(3, "乙\n丙", "新\n 文"))));
    assert_eq!(editor.paragraphs(), ["甲新", " 文丁"]);
    assert_eq!(editor.caret(), Position { paragraph: 1, byte: 4 });
    assert_eq!(editor.insert_char('\u{7}'), Ok(None));
    assert_eq!(editor.insert_char('！'), Ok(Some(splice(11, "", "！"))));
}

#[test]
fn deleting_takes_whole_graphemes_and_joins_paragraphs() {
    let mut editor = editor("e\u{301}👩\u{200d}👩\u{200d}👧\n乙", 22);
    assert_eq!(editor.delete_back(), Ok(Some(splice(21, "\n", ""))));
    assert_eq!(editor.delete_back(), Ok(Some(splice(3, "👩\u{200d}👩\u{200d}👧", ""))));
    assert_eq!(editor.delete_back(), Ok(Some(splice(0, "e\u{301}", ""))));
    assert_eq!(editor.delete_back(), Ok(None));
    assert_eq!(editor.delete_forward(), Ok(Some(splice(0, "乙", ""))));
    assert_eq!(editor.delete_forward(), Ok(None));
    assert_eq!(editor.paragraphs(), [""]);
}

#[test]
fn words_are_deleted_whole() {
    let mut editor = editor("共1,234件", 8);
    assert_eq!(editor.delete_word_back(), Ok(Some(splice(3, "1,234", ""))), "as far as the caret");
    assert_eq!(editor.delete_word_forward(), Ok(Some(splice(3, "件", ""))));
    editor.insert("12件和").unwrap();
    assert_eq!(editor.delete_word_back(), Ok(Some(splice(8, "和", ""))));
    assert_eq!(editor.delete_word_back(), Ok(Some(splice(3, "12件", ""))));
}

#[test]
fn a_mark_that_joins_the_text_before_it_takes_the_caret_along() {
    let mut editor = editor("e\n\u{301}x", 2);
    editor.delete_back().unwrap();
    assert_eq!(editor.text(), "e\u{301}x");
    assert_eq!(editor.caret_offset(), 3);
}

#[test]
fn up_and_down_follow_the_rows_as_seen_and_remember_the_column() {
    let mut editor = editor("一二三四五六七八九\n甲\n一二三四", 9);
    let wrapped = wrap(&editor, 9);
    let spot = |editor: &Editor| editor.caret_spot(&wrapped);
    editor.go(Move::Down, &wrapped);
    assert_eq!((spot(&editor), editor.caret().paragraph), (Spot { row: 1, column: 6 }, 0));
    editor.go(Move::Down, &wrapped);
    editor.go(Move::Down, &wrapped);
    assert_eq!(spot(&editor), Spot { row: 3, column: 2 });
    editor.go(Move::Down, &wrapped);
    assert_eq!(spot(&editor), Spot { row: 4, column: 6 });
    editor.go(Move::PageUp(9), &wrapped);
    assert_eq!(spot(&editor), Spot { row: 0, column: 6 });
    editor.go(Move::RowStart, &wrapped);
    editor.go(Move::Down, &wrapped);
    assert_eq!(spot(&editor), Spot { row: 1, column: 0 });
    editor.go(Move::RowEnd, &wrapped);
    assert_eq!(spot(&editor), Spot { row: 1, column: 8 });
    editor.go(Move::PageDown(2), &wrapped);
    editor.go(Move::RowEnd, &wrapped);
    assert_eq!(editor.caret(), Position { paragraph: 1, byte: 3 });
    editor.go(Move::To(Spot { row: 4, column: 3 }), &wrapped);
    assert_eq!(editor.caret(), Position { paragraph: 2, byte: 3 });
}

#[test]
fn the_end_of_a_row_that_goes_on_is_where_typing_goes_on_too() {
    let mut editor = editor("一二三四五六七八\n九", 3);
    let wrapped = wrap(&editor, 9);
    editor.go(Move::RowEnd, &wrapped);
    assert_eq!((editor.caret_offset(), editor.caret_spot(&wrapped)), (12, Spot { row: 0, column: 8 }));
    editor.go(Move::RowEnd, &wrapped);
    assert_eq!(editor.caret_spot(&wrapped).row, 0, "once more stays");
    editor.go(Move::Down, &wrapped);
    assert_eq!((editor.caret_offset(), editor.caret_spot(&wrapped)), (24, Spot { row: 1, column: 8 }));
    editor.go(Move::Up, &wrapped);
    assert_eq!(editor.caret_spot(&wrapped), Spot { row: 0, column: 8 });
    editor.go(Move::RowStart, &wrapped);
    assert_eq!(editor.caret_offset(), 0);
    editor.extend(Move::RowEnd, &wrapped);
    assert_eq!(editor.selected_text().as_deref(), Some("一二三四"));
    editor.go(Move::Right, &wrapped);
    assert_eq!(editor.caret_spot(&wrapped), Spot { row: 1, column: 0 });
}

#[test]
fn paragraphs_are_gone_through_from_end_to_end() {
    let mut editor = editor("一二\n三四\n\n五", 10);
    let wrapped = wrap(&editor, 20);
    let mut go = |to| {
        editor.go(to, &wrapped);
        editor.caret_offset()
    };
    assert_eq!([Move::ParagraphStart; 3].map(&mut go), [7, 0, 0]);
    assert_eq!([Move::ParagraphEnd; 5].map(&mut go), [6, 13, 14, 18, 18]);
    editor.extend(Move::ParagraphStart, &wrapped);
    assert_eq!(editor.selected_text().as_deref(), Some("五"));
}

#[test]
fn left_and_right_leave_a_selection_at_its_ends() {
    let mut editor = editor("甲乙丙", 3);
    let wrapped = wrap(&editor, 20);
    editor.extend(Move::Right, &wrapped);
    editor.extend(Move::Right, &wrapped);
    editor.extend(Move::Left, &wrapped);
    assert_eq!(editor.selected_text().as_deref(), Some("乙"));
    editor.go(Move::Left, &wrapped);
    assert_eq!((editor.caret_offset(), editor.selection()), (3, None));
    editor.extend(Move::TextEnd, &wrapped);
    editor.go(Move::Right, &wrapped);
    assert_eq!((editor.caret_offset(), editor.selection()), (9, None));
    editor.go(Move::WordLeft, &wrapped);
    assert_eq!(editor.caret_offset(), 0);
    editor.go(Move::WordRight, &wrapped);
    assert_eq!(editor.caret_offset(), 9);
}

#[test]
fn cut_and_paste_move_text_between_places() {
    let mut editor = editor("甲乙\n丙", 0);
    assert!(!editor.copy());
    assert_eq!(editor.cut(), Ok(None));
    editor.select_all();
    assert_eq!(editor.cut(), Ok(Some(splice(0, "甲乙\n丙", ""))));
    assert_eq!(editor.paste(), Ok(Some(splice(0, "", "甲乙\n丙"))));
    assert_eq!(editor.clipboard(), "甲乙\n丙");
    editor.set_clipboard("丁");
    editor.paste().unwrap();
    assert_eq!(editor.text(), "甲乙\n丙丁");
}

fn found(editor: &Editor, query: &str) -> Vec<(usize, usize)> {
    editor.matches(query, &[]).iter().map(|hit| (hit.paragraph, hit.bytes.start)).collect()
}

#[test]
fn a_search_makes_no_difference_of_case_and_width_and_finds_no_part_of_a_grapheme() {
    let editor = editor("公开１２３\n不公开e\u{301} A123，ａ", 0);
    assert_eq!(found(&editor, "公开"), [(0, 0), (1, 3)]);
    assert_eq!(found(&editor, "123"), [(0, 6), (1, 14)]);
    assert_eq!(found(&editor, "a"), [(1, 13), (1, 20)]);
    assert_eq!(found(&editor, "１２３,Ａ"), [(1, 14)]);
    assert_eq!(found(&editor, "e"), []);
    assert_eq!(found(&editor, ""), []);
    assert_eq!(found(&Editor::new("aaaaa").unwrap(), "aa"), [(0, 0), (0, 2)], "none overlaps another");
}

#[test]
fn a_search_sees_what_is_shown_and_tells_parts_of_numbers() {
    use Within::{Number, Shown, Text};
    let text = "收99件，{{a.b}}件，1998年，1,299件，1.9。";
    let editor = Editor::new(text).unwrap();
    let start = text.find('{').unwrap();
    let shown = [vec![ShownAs { bytes: start..start + 7, text: "99".into() }]];
    let found = |query: &str| {
        let hits = editor.matches(query, &shown).into_iter();
        hits.map(|hit| (text[hit.bytes].to_owned(), hit.within)).collect::<Vec<_>>()
    };
    let of = |text: &str, within| (text.to_owned(), within);
    assert_eq!(
        found("99"),
        [of("99", Text), of("{{a.b}}", Shown), of("99", Number), of("99", Number)],
        "nothing twice, nothing inside"
    );
    assert_eq!(found("99件"), [of("99件", Text), of("{{a.b}}件", Shown), of("99件", Number)]);
    assert_eq!(found("，9"), [of("，{{a.b}}", Shown)], "all of it");
    assert_eq!(found("9。"), [of("9。", Number)]);
    assert_eq!(found("299"), [of("299", Number)], "behind a comma between thousands");
    assert_eq!(found("1,299"), [of("1,299", Text)]);
    assert_eq!(found("a"), []);
    assert_eq!(found("{"), []);
}

#[test]
fn a_search_goes_on_from_a_place_and_round_the_ends() {
    let mut editor = editor("公开\n不公开", 0);
    let hits = editor.matches("公开", &[]);
    let next = |from, direction| Editor::nearest_hit(&hits, from, direction);
    let (start, end) = (Position::default(), Position { paragraph: 1, byte: 9 });
    assert_eq!(next(start, Direction::Next), Some((0, false)));
    assert_eq!(next(Position { byte: 6, ..start }, Direction::Next), Some((1, false)));
    assert_eq!(next(end, Direction::Next), Some((0, true)));
    assert_eq!(next(end, Direction::Previous), Some((1, false)));
    assert_eq!(next(start, Direction::Previous), Some((1, true)));
    assert_eq!(Editor::nearest_hit(&[], start, Direction::Next), None);
    assert_eq!(editor.selected_hit(&hits), None);
    editor.select_hit(&hits[1]);
    assert_eq!((editor.caret(), editor.selected_hit(&hits)), (end, Some(1)));
}

#[test]
fn replacing_all_is_one_change_and_leaves_the_caret_in_its_place() {
    for (caret, expected) in
        [(0, 0), (3, 3), (6, 3), (9, 4), (12, 7), (13, 8), (16, 11), (19, 11), (22, 12), (25, 15)]
    {
        let mut editor = editor("甲公开乙\n丙公开丁", caret);
        let hits = editor.matches("公开", &[]);
        let change = editor.replace_hits(&hits, "x").unwrap().unwrap();
        assert_eq!(editor.text(), "甲x乙\n丙x丁");
        assert_eq!(change, splice(3, "公开乙\n丙公开", "x乙\n丙x"));
        assert_eq!(editor.caret_offset(), expected, "{caret}");
    }
    let mut editor = editor("甲", 0);
    assert_eq!(editor.replace_hits(&[], "x"), Ok(None));
}

#[test]
fn a_paragraph_that_is_too_long_is_refused_and_nothing_changes() {
    let full = "字".repeat(LIMIT);
    let mut editor = editor(&full, full.len());
    assert_eq!(editor.caret_offset(), full.len());
    let refused = Err(EditorError::ParagraphTooLong { paragraph: 1, characters: LIMIT + 1 });
    assert_eq!(editor.insert_char('字'), refused);
    assert_eq!(editor.text(), full);
    assert!(editor.insert("\n字").is_ok());
    editor.place_caret(full.len());
    assert_eq!(editor.delete_forward(), refused);
    assert_eq!(
        Editor::new(&format!("甲\n{full}字")).unwrap_err().to_string(),
        "第 2 段将有 65536 个字，每段最多 65535 个字；请先分段"
    );
    assert_eq!(
        Editor::new(&"\n".repeat(LIMIT)).unwrap_err(),
        EditorError::TooManyParagraphs { paragraphs: LIMIT + 1 }
    );
}

#[test]
fn a_change_made_for_another_text_is_refused() {
    let mut editor = editor("甲\n乙", 0);
    for (at, removed) in [(4, "丙"), (5, ""), (99, ""), (4, "乙丙")] {
        let change = splice(at, removed, "新");
        assert!(matches!(editor.apply(&change), Err(EditorError::Mismatch { .. })), "{at} {removed}");
    }
    assert_eq!(editor.text(), "甲\n乙");
    editor.apply(&splice(3, "\n乙", "新")).unwrap();
    assert_eq!((editor.text().as_str(), editor.caret_offset()), ("甲新", 6));
}

#[test]
fn a_reload_keeps_the_caret_at_its_offset() {
    let mut editor = editor("甲乙丙", 6);
    editor.set_text("甲乙\n丁").unwrap();
    assert_eq!(editor.caret_offset(), 6);
    editor.set_text("甲").unwrap();
    assert_eq!(editor.caret_offset(), 3);
}

#[test]
fn carriage_returns_of_a_loaded_text_are_kept() {
    let mut editor = editor("甲\r\n乙", 0);
    editor.apply(&splice(4, "\n", "丙\r\n\r")).unwrap();
    assert_eq!(editor.text(), "甲\r丙\r\n\r乙");
}

#[test]
fn rows_in_sight_carry_selection_and_caret() {
    let mut editor = editor("一二三四五\n六", 3);
    let wrapped = wrap(&editor, 9);
    editor.extend(Move::TextEnd, &wrapped);
    let rows = editor.visible_rows(&wrapped, 0, 2);
    let seen: Vec<_> = rows
        .iter()
        .map(|row| (row.text.as_str(), row.selected.clone(), row.end_selected, row.caret))
        .collect();
    assert_eq!(seen, [("一二三四", Some(3..12), false, None), ("五", Some(0..3), true, None)]);
    let last = &editor.visible_rows(&wrapped, 2, 9)[0];
    assert_eq!((last.selected.clone(), last.end_selected, last.caret), (Some(0..3), false, Some(2)));
}

#[test]
fn scrolling_keeps_one_row_of_context() {
    assert_eq!(scroll(0, 30, 5, 10), 0);
    assert_eq!(scroll(5, 30, 5, 10), 4);
    assert_eq!(scroll(13, 30, 5, 10), 5);
    assert_eq!(scroll(14, 30, 5, 10), 6);
    assert_eq!(scroll(29, 30, 5, 10), 20);
    assert_eq!(scroll(2, 3, 5, 10), 0, "nothing is left empty when the text became short");
    assert_eq!(scroll(7, 30, 0, 1), 7);
    assert_eq!(scroll(7, 30, 0, 0), 7);
}

#[derive(Debug, Clone)]
enum Act {
    Insert(String),
    DeleteBack,
    DeleteForward,
    DeleteWordBack,
    DeleteWordForward,
    Cut,
    Copy,
    Paste,
    SelectAll,
    Go(Move),
    Extend(Move),
    Place(usize),
    Find(Direction),
    ReplaceAll,
}

fn text() -> impl Strategy<Value = String> {
    let pieces = vec![
        "甲",
        "，",
        "。",
        "（",
        "ab",
        " ",
        "　",
        "1,2",
        "e\u{301}",
        "\u{301}",
        "👩\u{200d}👩\u{200d}👧",
        "🇨",
        "\u{200d}",
        "\n",
    ];
    prop::collection::vec(prop::sample::select(pieces), 0..12).prop_map(|pieces| pieces.concat())
}

fn movement() -> impl Strategy<Value = Move> {
    prop_oneof![
        prop::sample::select(vec![
            Move::Left,
            Move::Right,
            Move::WordLeft,
            Move::WordRight,
            Move::Up,
            Move::Down,
            Move::RowStart,
            Move::RowEnd,
            Move::ParagraphStart,
            Move::ParagraphEnd,
            Move::TextStart,
            Move::TextEnd,
        ]),
        (0_u16..5).prop_map(Move::PageUp),
        (0_u16..5).prop_map(Move::PageDown),
        (0_usize..9, 0_u16..20).prop_map(|(row, column)| Move::To(Spot { row, column })),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => text().prop_map(Act::Insert),
        1 => Just(Act::DeleteBack),
        1 => Just(Act::DeleteForward),
        1 => Just(Act::DeleteWordBack),
        1 => Just(Act::DeleteWordForward),
        1 => Just(Act::Cut),
        1 => Just(Act::Copy),
        1 => Just(Act::Paste),
        1 => Just(Act::SelectAll),
        4 => movement().prop_map(Act::Go),
        4 => movement().prop_map(Act::Extend),
        1 => (0_usize..60).prop_map(Act::Place),
        1 => prop::sample::select(vec![Direction::Next, Direction::Previous]).prop_map(Act::Find),
        1 => Just(Act::ReplaceAll),
    ]
}

fn perform(editor: &mut Editor, act: Act, wrapped: &Wrapped) -> Option<Splice> {
    match act {
        Act::Insert(text) => return editor.insert(&text).unwrap(),
        Act::DeleteBack => return editor.delete_back().unwrap(),
        Act::DeleteForward => return editor.delete_forward().unwrap(),
        Act::DeleteWordBack => return editor.delete_word_back().unwrap(),
        Act::DeleteWordForward => return editor.delete_word_forward().unwrap(),
        Act::Cut => return editor.cut().unwrap(),
        Act::Paste => return editor.paste().unwrap(),
        Act::Copy => drop(editor.copy()),
        Act::SelectAll => editor.select_all(),
        Act::Go(to) => editor.go(to, wrapped),
        Act::Extend(to) => editor.extend(to, wrapped),
        Act::Place(offset) => editor.place_caret(offset),
        Act::Find(direction) => {
            let hits = editor.matches("甲", &[]);
            if let Some((index, _)) = Editor::nearest_hit(&hits, editor.caret(), direction) {
                editor.select_hit(&hits[index]);
                assert_eq!(editor.selected_hit(&hits), Some(index));
            }
        }
        Act::ReplaceAll => return editor.replace_hits(&editor.matches("甲", &[]), "，丙").unwrap(),
    }
    None
}

proptest! {
    #[test]
    fn changes_are_told_exactly_and_can_be_taken_back(
        first in text(), acts in prop::collection::vec(act(), 0..40), width in 0_u16..14,
    ) {
        let mut editor = Editor::new(&first).unwrap();
        let mut wrapped = wrap(&editor, width);
        let mut done = Vec::new();
        for act in acts {
            let before = editor.text();
            let change = perform(&mut editor, act, &wrapped);
            let after = editor.text();
            prop_assert_eq!(change.is_none(), before == after);
            if let Some(change) = change {
                prop_assert_eq!(change.applied_to(&before), Some(after.clone()));
                prop_assert_eq!(change.inverse().applied_to(&after), Some(before));
                done.push(change);
            }
            wrapped.sync(editor.paragraphs(), width, 0, measure);

            let (start, end) = editor.selection().unwrap_or((editor.caret(), editor.caret()));
            prop_assert!(start <= end && (editor.caret() == start || editor.caret() == end));
            for place in [start, end] {
                prop_assert!(glyph::is_boundary(&editor.paragraphs()[place.paragraph], place.byte));
                prop_assert_eq!(editor.position(editor.offset(place)), place);
            }
            let top = editor.scroll_to_caret(&wrapped, 2, 4);
            let rows = editor.visible_rows(&wrapped, top, 4);
            prop_assert_eq!(rows.iter().filter(|row| row.caret.is_some()).count(), 1);
            prop_assert!(rows.iter().all(|row| row.caret.is_none_or(|column| column < width.max(3))));
            let selected: usize = editor.visible_rows(&wrapped, 0, usize::MAX).iter()
                .map(|row| row.selected.as_ref().map_or(0, ExactSizeIterator::len) + usize::from(row.end_selected))
                .sum();
            prop_assert_eq!(selected, editor.selected_text().map_or(0, |text| text.len()));
        }
        let last = editor.text();
        for change in done.iter().rev() {
            editor.apply(&change.inverse()).unwrap();
        }
        prop_assert_eq!(editor.text(), first);
        for change in &done {
            editor.apply(change).unwrap();
        }
        prop_assert_eq!(editor.text(), last);
    }
}

/// An editor in which every `{{…}}` is a unit as wide as its content, and its layout.
fn with_units(text: &str) -> (Editor, Wrapped) {
    let mut editor = Editor::new(text).unwrap();
    let wrapped = mark_units(&mut editor, 40);
    (editor, wrapped)
}

fn mark_units(editor: &mut Editor, width: u16) -> Wrapped {
    let paragraphs = editor.paragraphs().to_vec();
    let units = |(paragraph, line): (usize, &String)| {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(start) = line[from..].find("{{").map(|at| from + at)
            && let Some(end) = line[start..].find("}}").map(|at| start + at + 2)
        {
            if editor.stands_alone(paragraph, start, end) {
                found.push(Unit { bytes: start..end, width: measure(&line[start + 2..end - 2]) });
            }
            from = end;
        }
        found
    };
    let units: Vec<Vec<Unit>> = paragraphs.iter().enumerate().map(units).collect();
    editor.set_units(units);
    let mut wrapped = Wrapped::new(&[""], 0, 0, measure);
    wrapped.sync_units(editor.paragraphs(), editor.units(), width, 0, measure);
    wrapped
}

#[test]
fn the_caret_passes_and_deletes_a_unit_whole() {
    let (mut editor, wrapped) = with_units("甲{{a.b + c}}乙");
    let moves = [Move::Right, Move::Right, Move::Right, Move::Left, Move::Left, Move::Left];
    let stops: Vec<usize> = moves
        .map(|to| {
            editor.go(to, &wrapped);
            editor.caret_offset()
        })
        .to_vec();
    assert_eq!(stops, [3, 14, 17, 14, 3, 0]);
    editor.place_caret(3);
    editor.go(Move::WordRight, &wrapped);
    assert_eq!(editor.caret_offset(), 14);
    editor.go(Move::WordLeft, &wrapped);
    assert_eq!(editor.caret_offset(), 3);
    assert_eq!(editor.delete_forward(), Ok(Some(splice(3, "{{a.b + c}}", ""))));
    let (mut editor, wrapped) = with_units("甲{{a.b + c}}乙");
    editor.place_caret(14);
    assert_eq!(editor.delete_back(), Ok(Some(splice(3, "{{a.b + c}}", ""))));
    let (mut editor, _) = with_units("甲{{a.b + c}}乙");
    editor.place_caret(14);
    assert_eq!(editor.delete_word_back(), Ok(Some(splice(3, "{{a.b + c}}", ""))));
    let (mut editor, _) = with_units("甲{{a.b + c}}乙");
    editor.place_caret(3);
    editor.extend(Move::Right, &wrapped);
    assert_eq!(editor.selected_text().as_deref(), Some("{{a.b + c}}"));
    assert_eq!(editor.insert("丙"), Ok(Some(splice(3, "{{a.b + c}}", "丙"))));
}

#[test]
fn nothing_ends_inside_a_unit() {
    let (mut editor, _) = with_units("甲{{a.b + c}}乙");
    let hits = editor.matches("b + c", &[]);
    editor.select_hit(&hits[0]);
    mark_units(&mut editor, 40);
    assert_eq!(editor.selected_text().as_deref(), Some("{{a.b + c}}"));
    editor.place_caret(7);
    mark_units(&mut editor, 40);
    assert_eq!(editor.caret_offset(), 14);
}

#[test]
fn a_piece_is_replaced_and_told() {
    let mut editor = editor("甲99件", 0);
    assert_eq!(editor.replace_piece(3..5, "{{a}}"), Ok(Some(splice(3, "99", "{{a}}"))));
    assert_eq!((editor.text().as_str(), editor.caret_offset()), ("甲{{a}}件", 8));
}

fn with_braces() -> impl Strategy<Value = String> {
    let pieces = vec!["甲", "{{a.b}}", "{{", "}}", "{{c + d}}", "e\u{301}", "\u{301}", "，", " ", "\n"];
    prop::collection::vec(prop::sample::select(pieces), 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn whatever_is_done_no_place_is_inside_a_unit(
        first in with_braces(), acts in prop::collection::vec(act(), 0..30), width in 0_u16..14,
    ) {
        let mut editor = Editor::new(&first).unwrap();
        for act in acts {
            let wrapped = mark_units(&mut editor, width);
            let before = editor.text();
            let change = perform(&mut editor, act, &wrapped);
            prop_assert_eq!(change.is_none(), before == editor.text());
            let wrapped = mark_units(&mut editor, width);
            let (start, end) = editor.selection().unwrap_or((editor.caret(), editor.caret()));
            for place in [start, end] {
                prop_assert_eq!(editor.outside(place, true), place);
                let back = wrapped.seek(wrapped.place(place));
                prop_assert_eq!(editor.outside(back, true), back);
            }
            let rows = editor.visible_rows(&wrapped, 0, usize::MAX);
            prop_assert_eq!(rows.iter().filter(|row| row.caret.is_some()).count(), 1);
        }
    }
}
