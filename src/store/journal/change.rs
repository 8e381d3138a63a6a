//! Edits as they are written down: by stable paths, so that a journal outlives a change of the form.

use serde::{Deserialize, Serialize};

use crate::form::{Form, Role};
use crate::model::{Edit, Figure, Place, Question, Report};

/// One change of one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// What an entered cell holds afterwards.
    Figure(String, Value),
    /// What is stated beside a computed total afterwards.
    Stated(String, Value),
    /// What a fact of the cover says afterwards.
    Fact(String, String),
    /// What is remarked beside a cell afterwards.
    Note(String, String),
    /// The reason for something that looks wrong afterwards.
    Explain {
        /// Path of the place.
        path: String,
        /// Code of the rule.
        code: String,
        /// The sentence that is answered.
        message: String,
        /// The reason.
        words: String,
    },
    /// A piece of a text replaced.
    Text {
        /// Path of the text.
        path: String,
        /// Where, as a byte offset.
        at: u64,
        /// What stood there before.
        removed: String,
        /// What stands there afterwards.
        inserted: String,
    },
}

/// The content of a cell, in units of its precision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// Nothing entered.
    Blank,
    /// A number.
    Number(i64),
    /// What was typed but is no number.
    Unread(String),
}

/// The changes that an edit consists of, in its order.
pub fn changes_of(form: &Form, edit: &Edit) -> Vec<Change> {
    let mut changes = Vec::new();
    collect(form, edit, &mut changes);
    changes
}

/// All that a report holds, as changes of an empty one.
pub fn changes_to(form: &Form, report: &Report) -> Vec<Change> {
    let mut changes = Vec::new();
    for fact in &form.facts {
        let content = report.fact(fact.id);
        if !content.is_empty() {
            changes.push(Change::Fact(form.path(Place::Fact(fact.id)), content.to_owned()));
        }
    }
    for section in &form.sections {
        if let Some(text) = section.text.filter(|text| !report.text(*text).is_empty()) {
            changes.push(Change::Text {
                path: form.path(Place::Text(text)),
                at: 0,
                removed: String::new(),
                inserted: report.text(text).to_owned(),
            });
        }
    }
    for cell in form.all_cells() {
        let path = || form.path(Place::Cell(cell));
        if !report.figure(cell).is_blank() {
            changes.push(Change::Figure(path(), report.figure(cell).into()));
        }
        if !report.stated(cell).is_blank() {
            changes.push(Change::Stated(path(), report.stated(cell).into()));
        }
        if !report.note(cell).is_empty() {
            changes.push(Change::Note(path(), report.note(cell).to_owned()));
        }
    }
    changes.extend(report.explanations().map(|(question, words)| explained(question, words)));
    changes
}

impl Change {
    /// The path of the place.
    pub fn path(&self) -> &str {
        match self {
            Self::Figure(path, _)
            | Self::Stated(path, _)
            | Self::Fact(path, _)
            | Self::Note(path, _)
            | Self::Explain { path, .. }
            | Self::Text { path, .. } => path,
        }
    }

    /// The edit of a report on this form; none if the form has no such place.
    pub fn edit(&self, form: &Form) -> Option<Edit> {
        if let Self::Explain { path, code, message, words } = self {
            let question = Question { path: path.clone(), code: code.clone(), message: message.clone() };
            return Some(Edit::Explain { question, to: words.clone() });
        }
        match (self, form.place(self.path())?) {
            (Self::Figure(_, value), Place::Cell(cell)) if form.slot(cell)?.role == Role::Input => {
                Some(Edit::Figure { cell, to: value.into() })
            }
            (Self::Stated(_, value), Place::Cell(cell)) if form.slot(cell)?.role == Role::Total => {
                Some(Edit::Stated { cell, to: value.into() })
            }
            (Self::Note(_, to), Place::Cell(cell)) => Some(Edit::Note { cell, to: to.clone() }),
            (Self::Fact(_, to), Place::Fact(fact)) => Some(Edit::Fact { fact, to: to.clone() }),
            (Self::Text { at, removed, inserted, .. }, Place::Text(text)) => Some(Edit::Text {
                text,
                at: usize::try_from(*at).ok()?,
                removed: removed.clone(),
                inserted: inserted.clone(),
            }),
            _ => None,
        }
    }
}

impl From<&Figure> for Value {
    fn from(figure: &Figure) -> Self {
        match figure {
            Figure::Blank => Self::Blank,
            Figure::Number(number) => Self::Number(*number),
            Figure::Unread(text) => Self::Unread(text.clone()),
        }
    }
}

impl From<&Value> for Figure {
    fn from(value: &Value) -> Self {
        match value {
            Value::Blank => Self::Blank,
            Value::Number(number) => Self::Number(*number),
            Value::Unread(text) => Self::Unread(text.clone()),
        }
    }
}

fn explained(question: &Question, words: &str) -> Change {
    let Question { path, code, message } = question.clone();
    Change::Explain { path, code, message, words: words.to_owned() }
}

/// Edits within edits become one flat list: there is then no depth that a reader would have to limit.
fn collect(form: &Form, edit: &Edit, changes: &mut Vec<Change>) {
    match edit {
        Edit::Figure { cell, to } => {
            changes.push(Change::Figure(form.path(Place::Cell(*cell)), to.into()));
        }
        Edit::Stated { cell, to } => {
            changes.push(Change::Stated(form.path(Place::Cell(*cell)), to.into()));
        }
        Edit::Fact { fact, to } => changes.push(Change::Fact(form.path(Place::Fact(*fact)), to.clone())),
        Edit::Text { text, at, removed, inserted } => changes.push(Change::Text {
            path: form.path(Place::Text(*text)),
            at: *at as u64,
            removed: removed.clone(),
            inserted: inserted.clone(),
        }),
        Edit::Note { cell, to } => {
            changes.push(Change::Note(form.path(Place::Cell(*cell)), to.clone()));
        }
        Edit::Explain { question, to } => changes.push(explained(question, to)),
        Edit::Many(edits) => edits.iter().for_each(|edit| collect(form, edit, changes)),
    }
}
