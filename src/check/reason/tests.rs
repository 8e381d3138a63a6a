use super::*;
use crate::assets;
use crate::model::{Figure, Place};

/// A report in which more rules are in force than in all, with what it amounts to.
struct Desk {
    form: Form,
    report: Report,
    evaluation: Evaluation,
}

impl Desk {
    fn new() -> Self {
        let (name, text) = assets::FORMS[1];
        let form = Form::read(name, text).unwrap();
        let report = Report::new(form.shape());
        let evaluation = Evaluation::of(&form, &report);
        let mut desk = Self { form, report, evaluation };
        desk.put("disclosure.normative.issued", 5);
        desk.put("disclosure.normative.in_force", 3);
        desk
    }

    fn apply(&mut self, edit: &Edit) -> Edit {
        let inverse = self.report.apply(edit).unwrap();
        self.evaluation.refresh(&self.form, &self.report);
        inverse
    }

    fn put(&mut self, path: &str, value: i64) {
        let Some(Place::Cell(cell)) = self.form.place(path) else { panic!("no cell {path}") };
        self.apply(&Edit::Figure { cell, to: Figure::Number(value) });
    }

    fn issue(&self, code: &str) -> Issue<'_> {
        self.evaluation.issues().find(|issue| issue.code(&self.form) == code).unwrap()
    }

    fn reason(&self) -> &str {
        self.issue("S-1").explanation(&self.form, &self.report)
    }

    fn explain(&mut self, words: &str) -> Edit {
        let question = self.issue("S-1").question(&self.form, &self.report);
        let edit = self.evaluation.explain(&self.form, &self.report, &question, words);
        self.apply(&edit)
    }

    fn open(&self, code: &str) -> usize {
        let open = self.evaluation.open_issues(&self.form, &self.report);
        open.filter(|issue| issue.code(&self.form) == code).count()
    }
}

#[test]
fn a_reason_answers_what_is_said_now_and_lapses_with_it() {
    let mut desk = Desk::new();
    assert_eq!((desk.reason(), desk.open("S-1")), ("", 1));
    desk.explain("  当年制发又当年废止 2 件。 ");
    assert_eq!((desk.reason(), desk.open("S-1")), ("当年制发又当年废止 2 件。", 0));
    assert_eq!(desk.evaluation.issues().filter(|issue| issue.code(&desk.form) == "S-1").count(), 1);
    desk.put("disclosure.normative.in_force", 2);
    assert_eq!((desk.reason(), desk.open("S-1")), ("", 1));
    desk.put("disclosure.normative.in_force", 3);
    assert_eq!(desk.open("S-1"), 0, "the same sentence again");
}

#[test]
fn a_new_reason_takes_the_place_of_those_that_have_lapsed() {
    let mut desk = Desk::new();
    desk.explain("旧的");
    desk.put("disclosure.normative.in_force", 2);
    let question = desk.issue("S-1").question(&desk.form, &desk.report);
    let lapsed = desk.evaluation.lapsed(&desk.form, &desk.report, &question);
    assert_eq!(lapsed.iter().map(|(_, words)| *words).collect::<Vec<_>>(), ["旧的"]);
    let before = desk.report.clone();
    let inverse = desk.explain("新的");
    assert_eq!(desk.report.explanations().map(|(_, words)| words).collect::<Vec<_>>(), ["新的"]);
    desk.apply(&inverse);
    assert_eq!(desk.report, before);
}

#[test]
fn what_answers_another_sentence_is_left_alone() {
    let mut desk = Desk::new();
    desk.put("disclosure.regulation.issued", 2);
    desk.put("disclosure.regulation.in_force", 1);
    let questions: Vec<Question> = desk
        .evaluation
        .issues()
        .filter(|issue| issue.code(&desk.form) == "S-1")
        .map(|issue| issue.question(&desk.form, &desk.report))
        .collect();
    assert_eq!(questions.len(), 2);
    for question in &questions {
        let edit = desk.evaluation.explain(&desk.form, &desk.report, question, "属实");
        assert!(matches!(edit, Edit::Explain { .. }), "{edit:?}");
        desk.apply(&edit);
    }
    assert_eq!(desk.open("S-1"), 0);
}

#[test]
fn what_must_be_mended_takes_no_reason() {
    let mut desk = Desk::new();
    let mandatory = desk.issue("BLANK-3");
    assert!(!mandatory.may_stand(&desk.form));
    let question = mandatory.question(&desk.form, &desk.report);
    desk.apply(&Edit::Explain { question, to: "不想填".to_owned() });
    assert_eq!(desk.issue("BLANK-3").explanation(&desk.form, &desk.report), "");
    assert!(desk.issue("S-1").may_stand(&desk.form));
}

#[test]
fn no_words_take_a_reason_back() {
    let mut desk = Desk::new();
    desk.explain("属实");
    desk.explain("   ");
    assert_eq!(desk.report.explanations().count(), 0);
    assert_eq!(desk.open("S-1"), 1);
}
