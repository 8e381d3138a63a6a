//! Where a report came from, as people are told.

use crate::exchange::{Import, Note, NoteKind};
use crate::form::Form;
use crate::model::{Place, excerpt};
use crate::tui::theme::Role;

/// The file that a report was read out of, and what became of what stood in it.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    /// Name of the file.
    pub(super) file: String,
    /// Name of the form.
    pub(super) form: String,
    /// The unit and the year that were found; empty if they were not.
    pub(super) unit: String,
    pub(super) year: String,
    remarks: Vec<Remark>,
}

/// A note with its place named.
#[derive(Debug, Clone)]
pub(super) struct Remark {
    pub(super) kind: NoteKind,
    pub(super) place: Option<Place>,
    /// What people call the place; empty without one.
    pub(super) name: String,
    /// Where it stood in the file.
    pub(super) at: String,
    pub(super) source: String,
    pub(super) message: String,
}

impl Origin {
    /// Of a report that was read out of the file of this name.
    pub fn of(file: &str, import: &Import) -> Self {
        let form = &import.form;
        let fact = |fact: Option<&crate::form::Fact>| {
            fact.map_or(String::new(), |fact| import.report.fact(fact.id).to_owned())
        };
        Self {
            file: file.to_owned(),
            form: form.name.clone(),
            unit: fact(form.unit_fact()),
            year: fact(form.year_fact()),
            remarks: import.notes.iter().map(|note| Remark::of(form, note)).collect(),
        }
    }

    /// How many of its notes a person should look at.
    pub fn doubts(&self) -> usize {
        self.remarks.len() - self.count(NoteKind::Matched)
    }

    pub(super) fn count(&self, kind: NoteKind) -> usize {
        self.remarks.iter().filter(|remark| remark.kind == kind).count()
    }

    pub(super) fn remarks(&self) -> &[Remark] {
        &self.remarks
    }
}

impl Remark {
    fn of(form: &Form, note: &Note) -> Self {
        Self {
            kind: note.kind,
            place: note.place,
            name: note.place.map_or(String::new(), |place| form.name(place)),
            at: note.at.to_string(),
            source: note.source.clone(),
            message: note.message.clone(),
        }
    }

    /// All there is to say, in paragraphs with what each of them is. Of the source at most so many characters.
    pub(super) fn told(&self, longest: usize) -> Vec<(Role, String)> {
        let mut told = vec![(Role::Text, format!("{}。", self.message.trim_end_matches('。')))];
        let source = self.source.trim();
        if !source.is_empty() {
            told.push((Role::Text, format!("原文：{}", excerpt(source, longest))));
        }
        told.push((Role::Dim, format!("位置：{}", self.at)));
        if !self.name.is_empty() {
            let goes = if self.kind == NoteKind::Matched { "去处" } else { "相关位置" };
            told.push((Role::Dim, format!("{goes}：{}", self.name)));
        }
        told
    }
}
