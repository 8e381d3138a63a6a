//! Last year's report, to compare with.

use std::sync::Arc;

use super::{CellState, Evaluation};
use crate::form::Form;
use crate::model::{CellId, Place, Report, TextId};

/// The report of the year before, on its own form. What the two forms have in common is found by its path.
#[derive(Debug)]
pub struct LastYear {
    form: Arc<Form>,
    report: Report,
    evaluation: Evaluation,
}

impl LastYear {
    /// A report to compare with.
    pub fn new(form: Arc<Form>, report: Report) -> Self {
        let evaluation = Evaluation::of(&form, &report);
        Self { form, report, evaluation }
    }

    /// What a cell or a total of this year's form amounted to. None if last year's form has no such place, or nothing
    /// was filled in.
    pub fn cell(&self, form: &Form, cell: CellId) -> Option<i64> {
        self.state(form, cell)?.shown()
    }

    /// The same, but none if any part of it was left blank.
    pub fn whole(&self, form: &Form, cell: CellId) -> Option<i64> {
        self.state(form, cell).filter(|state| !state.any_blank)?.shown()
    }

    /// What the same section said. None if last year's form has no such section.
    pub fn text(&self, form: &Form, text: TextId) -> Option<&str> {
        match self.form.place(&form.path(Place::Text(text)))? {
            Place::Text(then) => Some(self.report.text(then)),
            Place::Fact(_) | Place::Cell(_) => None,
        }
    }

    fn state(&self, form: &Form, cell: CellId) -> Option<CellState> {
        match self.form.place(&form.path(Place::Cell(cell)))? {
            Place::Cell(then) => Some(self.evaluation.cell(then)),
            Place::Fact(_) | Place::Text(_) => None,
        }
    }
}

impl PartialEq for LastYear {
    fn eq(&self, other: &Self) -> bool {
        self.form.id == other.form.id && self.report == other.report
    }
}

impl Eq for LastYear {}
