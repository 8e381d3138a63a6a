//! What must hold for any bytes at all.
//!
//! Each check panics where a law is broken. The fuzzer gives them bytes without end; `tests/it/seeds.rs` gives them
//! the committed seeds and every case that was ever found.

pub mod actions;
mod compound;
mod container;
pub mod docx;
pub mod draft;
pub mod expr;
pub mod form;
pub mod html;
mod import;
pub mod journal;
mod memory;
mod script;
pub mod text;
pub mod xls;
pub mod xlsx;

use gouji::check::relation;
use gouji::form::{Form, Role};
use gouji::model::{Edit, Figure, Place, Question, Report};
use gouji::session::Session;

/// Undoing every step leads to `first` and making them all again leads back; between them nothing is left over.
fn assert_steps_are_reversible(session: &mut Session, first: Option<&Report>) {
    let last = session.report().clone();
    let (steps, undone) = session.history_depth();
    while session.undo().is_some() {}
    assert_eq!(session.history_depth(), (0, steps + undone), "every step could be taken back");
    if let Some(first) = first {
        assert_eq!(session.report(), first, "undoing everything gives the first report");
    }
    for _ in 0..steps {
        assert!(session.redo().is_some(), "every step could be made again");
    }
    assert_eq!(session.history_depth(), (steps, undone), "the steps are those that there were");
    assert_eq!(session.report(), &last, "making everything again gives the last report");
    assert_evaluation_is_fresh(session);
}

/// What a session knows after many edits is what a new one finds out about the same report.
fn assert_evaluation_is_fresh(session: &Session) {
    let fresh = Session::open(session.form().clone(), session.report().clone());
    assert!(session.evaluation() == fresh.evaluation(), "the evaluation is that of the present report");
}

/// Whatever there is to say about a report can be said.
fn assert_all_can_be_told(session: &Session) {
    let (form, report, evaluation) = (session.form(), session.report(), session.evaluation());
    for finding in evaluation.findings() {
        assert!(form.rule(finding.rule).is_some(), "a finding is of a rule of the form");
        assert!(finding.message(form, report).len() < 1 << 20, "a message can be read");
        let _ = (finding.hint(form), finding.sides(), finding.severity(form), finding.is_gap(form));
    }
    let order = evaluation.issues_in_order(form);
    assert_eq!(order.len(), evaluation.issues().count(), "every issue has its turn");
    for issue in order.into_iter().filter(|issue| issue.may_stand(form)).take(3) {
        let question = issue.question(form, report);
        let mut answered = report.clone();
        let answer = evaluation.explain(form, report, &question, " 属实\n");
        answered.apply(&answer).expect("a reason can be given for what may stand");
        assert_eq!(issue.explanation(form, &answered), "属实", "a reason answers what it was given for");
        assert!(evaluation.lapsed(form, &answered, &question).is_empty(), "older reasons are gone");
    }
    for noted in evaluation.remarks() {
        let (text, remark) = (report.text(noted.text), &noted.remark);
        assert!(text.get(remark.range.clone()).is_some(), "a remark is about a piece of its text");
        let fix = remark.fix.as_ref();
        assert!(fix.is_none_or(|fix| text.get(fix.range.clone()).is_some()), "so is what mends it");
    }
    for cell in form.all_cells() {
        assert_eq!(form.place(&form.path(Place::Cell(cell))), Some(Place::Cell(cell)), "a path leads back");
        let _ = (relation::of_cell(form, report, evaluation, cell), session.shown(Place::Cell(cell)));
    }
}

/// A filled-in report: figures of all sizes, stated totals, remarks beside them, facts and texts of the kinds that the
/// form has, and a reason for what one of them looks like.
fn filled(form: &Form) -> Report {
    let mut report = Report::new(form.shape());
    let mut put = |edit: Edit| report.apply(&edit).map(|_| ()).expect("a place of the form");
    for (index, cell) in form.all_cells().enumerate() {
        let to = match index % 5 {
            0 => Figure::Number(i64::MAX),
            1 => Figure::Unread("约“3”\n\t\\".to_owned()),
            2 => Figure::Number(-1),
            3 => Figure::Blank,
            _ => Figure::Number(3_000_000),
        };
        put(match form.slot(cell).map(|slot| slot.role) {
            Some(Role::Total) => Edit::Stated { cell, to },
            _ => Edit::Figure { cell, to },
        });
        if index % 7 == 0 {
            put(Edit::Note { cell, to: "其中“修订”\n1\u{202e}件\\".to_owned() });
        }
    }
    for (index, cell) in form.all_cells().take(3).enumerate() {
        let message = format!("第{index}格“像是”\n写错了");
        let question = Question { path: form.path(Place::Cell(cell)), code: "新".to_owned(), message };
        put(Edit::Explain { question, to: "属实\t\"".to_owned() });
    }
    for fact in &form.facts {
        put(Edit::Fact { fact: fact.id, to: "2020-02-30".to_owned() });
    }
    for text in form.sections.iter().filter_map(|section| section.text) {
        put(Edit::Text { text, at: 0, removed: String::new(), inserted: "一\n\n\"二\"\n".to_owned() });
    }
    report
}
