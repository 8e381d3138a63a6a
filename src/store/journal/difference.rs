//! What differs between two reports on one form.

use crate::form::{Form, Role};
use crate::model::{Edit, Place, Precision, Question, Report};

/// One place where two reports differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Which place. For a computed total it is the stated value that differs.
    pub place: Place,
    /// Its stable path.
    pub path: String,
    /// What people call it.
    pub name: String,
    /// What stood there, as a person types it; empty if nothing did.
    pub old: String,
    /// What stands there now.
    pub new: String,
}

/// Where two reports differ, in the order of the form. The texts are as they were typed or read from a file: they
/// may hold control characters, and go to the screen through its canvas only.
pub fn differences(form: &Form, old: &Report, new: &Report) -> Vec<Difference> {
    let shown = |report: &Report, edit: &Edit, place: Place| match place {
        Place::Cell(cell) if matches!(edit, Edit::Note { .. }) => report.note(cell).to_owned(),
        Place::Fact(fact) => report.fact(fact).to_owned(),
        Place::Text(text) => report.text(text).to_owned(),
        Place::Cell(cell) => {
            let slot = form.slot(cell);
            let precision = slot.map_or(Precision::WHOLE, |slot| slot.kind.precision());
            let figure = match slot.map(|slot| slot.role) {
                Some(Role::Total) => report.stated(cell),
                Some(Role::Input) | None => report.figure(cell),
            };
            figure.as_typed(precision)
        }
    };
    edits_between(form, old, new)
        .iter()
        .filter_map(|edit| {
            // A reason belongs to a place that the present form may not have.
            if let Edit::Explain { question, to } = edit {
                let place = form.place(&question.path)?;
                let name = format!("{}（审核说明）", form.name(place));
                let old = old.explanation(question).to_owned();
                return Some(Difference { place, path: question.path.clone(), name, old, new: to.clone() });
            }
            let place = edit.place()?;
            let mark = if matches!(edit, Edit::Note { .. }) { "（附注）" } else { "" };
            let name = format!("{}{mark}", form.name(place));
            let (old, new) = (shown(old, edit, place), shown(new, edit, place));
            Some(Difference { place, path: form.path(place), name, old, new })
        })
        .collect()
}

/// The edits, at most one a place and value, that make one report the other.
pub fn edits_between(form: &Form, old: &Report, new: &Report) -> Vec<Edit> {
    let mut edits = Vec::new();
    for fact in &form.facts {
        if old.fact(fact.id) != new.fact(fact.id) {
            edits.push(Edit::Fact { fact: fact.id, to: new.fact(fact.id).to_owned() });
        }
    }
    for text in form.sections.iter().filter_map(|section| section.text) {
        if old.text(text) != new.text(text) {
            let (removed, inserted) = (old.text(text).to_owned(), new.text(text).to_owned());
            edits.push(Edit::Text { text, at: 0, removed, inserted });
        }
    }
    for cell in form.all_cells() {
        if old.figure(cell) != new.figure(cell) {
            edits.push(Edit::Figure { cell, to: new.figure(cell).clone() });
        }
        if old.stated(cell) != new.stated(cell) {
            edits.push(Edit::Stated { cell, to: new.stated(cell).clone() });
        }
        if old.note(cell) != new.note(cell) {
            edits.push(Edit::Note { cell, to: new.note(cell).to_owned() });
        }
    }
    let changed = |(question, words): &(&Question, &str)| old.explanation(question) != *words;
    let gone = old.explanations().filter(|(question, _)| new.explanation(question).is_empty());
    let explain =
        |question: &Question, to: &str| Edit::Explain { question: question.clone(), to: to.to_owned() };
    edits.extend(gone.map(|(question, _)| explain(question, "")));
    edits.extend(new.explanations().filter(changed).map(|(question, words)| explain(question, words)));
    edits
}
