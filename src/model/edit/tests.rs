use super::*;
use crate::model::Shape;
use proptest::prelude::*;

const SHAPE: Shape = Shape { facts: 2, texts: 2, cells: 4 };

/// A random edit that may or may not fit: positions are drawn freely, removals are taken from the report.
fn some_edit() -> impl Strategy<Value = RawEdit> {
    let leaf = prop_oneof![
        (0usize..5, 0i64..9).prop_map(|(cell, n)| RawEdit::Figure(cell, n)),
        (0usize..5, 0i64..9).prop_map(|(cell, n)| RawEdit::Stated(cell, n)),
        (0usize..5, "[a-c一二]{0,2}").prop_map(|(cell, to)| RawEdit::Note(cell, to)),
        ("[ab]", "[ab]", "[a-c一二]{0,2}")
            .prop_map(|(path, message, to)| RawEdit::Explain(path, message, to)),
        (0usize..3, "[a-c一二]{0,3}").prop_map(|(fact, to)| RawEdit::Fact(fact, to)),
        (0usize..3, 0usize..8, 0usize..4, "[a-c一二\n]{0,3}")
            .prop_map(|(text, at, length, to)| RawEdit::Text(text, at, length, to)),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| prop::collection::vec(inner, 0..4).prop_map(RawEdit::Many))
}

#[derive(Debug, Clone)]
enum RawEdit {
    Figure(usize, i64),
    Stated(usize, i64),
    Note(usize, String),
    Explain(String, String, String),
    Fact(usize, String),
    Text(usize, usize, usize, String),
    Many(Vec<RawEdit>),
}

impl RawEdit {
    /// The edit in terms of the report as it stands; sometimes one that does not fit.
    fn against(&self, report: &Report) -> Edit {
        match self {
            Self::Figure(cell, n) => Edit::Figure { cell: CellId::new(*cell), to: Figure::Number(*n) },
            Self::Stated(cell, n) => Edit::Stated { cell: CellId::new(*cell), to: Figure::Number(*n) },
            Self::Note(cell, to) => Edit::Note { cell: CellId::new(*cell), to: to.clone() },
            Self::Explain(path, message, to) => Edit::Explain {
                question: Question { path: path.clone(), code: "T3-A".to_owned(), message: message.clone() },
                to: to.clone(),
            },
            Self::Fact(fact, to) => Edit::Fact { fact: FactId::new(*fact), to: to.clone() },
            Self::Text(text, at, length, to) => {
                let id = TextId::new(*text);
                let removed = report.text(id).get(*at..at + length).unwrap_or("").to_owned();
                Edit::Text { text: id, at: *at, removed, inserted: to.clone() }
            }
            Self::Many(edits) => Edit::Many(edits.iter().map(|edit| edit.against(report)).collect()),
        }
    }
}

proptest! {
    #[test]
    fn the_inverse_takes_the_edit_back(edits in prop::collection::vec(some_edit(), 1..12)) {
        let mut report = Report::new(SHAPE);
        for raw in &edits {
            let edit = raw.against(&report);
            let before = report.clone();
            if let Ok(inverse) = report.apply(&edit) {
                let after = report.clone();
                let redo = report.apply(&inverse).expect("an inverse fits");
                prop_assert_eq!(&report, &before);
                report.apply(&redo).expect("the inverse of an inverse fits");
                prop_assert_eq!(&report, &after);
            } else {
                prop_assert_eq!(&report, &before, "a refused edit changes nothing");
            }
        }
    }

    #[test]
    fn joined_edits_do_what_they_did_one_by_one(edits in prop::collection::vec(some_edit(), 2..10)) {
        let mut report = Report::new(SHAPE);
        let start = report.clone();
        let mut joined = Edit::Many(Vec::new());
        for raw in &edits {
            let edit = raw.against(&report);
            if report.apply(&edit).is_ok() {
                joined = joined.then(edit);
            }
        }
        let mut at_once = start;
        at_once.apply(&joined).expect("the joined edit fits");
        prop_assert_eq!(at_once, report);
    }
}

#[test]
fn typing_melts_into_one_edit() {
    let typed = |at, inserted: &str| Edit::Text {
        text: TextId::new(0),
        at,
        removed: String::new(),
        inserted: inserted.to_owned(),
    };
    assert_eq!(typed(0, "公").then(typed(3, "开")), typed(0, "公开"));
}

#[test]
fn undo_and_redo_know_where_the_change_began() {
    let mut report = Report::new(SHAPE);
    let zero = |index| Edit::Figure { cell: CellId::new(index), to: Figure::Number(0) };
    let block = Edit::Many(vec![Edit::Many(Vec::new()), zero(1), Edit::Many(vec![zero(2), zero(0)])]);
    let inverse = report.apply(&block).unwrap();
    assert_eq!(block.place(), Some(Place::Cell(CellId::new(1))));
    assert_eq!(inverse.last_place(), block.place());
    assert_eq!(Edit::Many(Vec::new()).last_place(), None);
}

#[test]
fn a_refused_part_refuses_the_whole() {
    let mut report = Report::new(SHAPE);
    let good = Edit::Figure { cell: CellId::new(0), to: Figure::Number(1) };
    let bad = Edit::Figure { cell: CellId::new(9), to: Figure::Number(1) };
    let error = report.apply(&Edit::Many(vec![good, bad])).unwrap_err();
    assert_eq!(error, EditError::NoSuchPlace { place: Place::Cell(CellId::new(9)) });
    assert_eq!(report, Report::new(SHAPE));
}
