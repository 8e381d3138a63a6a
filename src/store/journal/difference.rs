//! What differs between two reports on one form.

use crate::form::{Form, Role};
use crate::model::{Edit, Place, Precision, Report};

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
    let shown = |report: &Report, place: Place| match place {
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
        .filter_map(Edit::place)
        .map(|place| Difference {
            place,
            path: form.path(place),
            name: form.name(place),
            old: shown(old, place),
            new: shown(new, place),
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
    }
    edits
}
