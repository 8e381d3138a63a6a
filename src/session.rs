//! A report being worked on: form, report, history and findings together.
//!
//! The one place where a report changes. Typing, undo, journal replay, repair, import and the command line
//! all enter at [`Session::apply`]. Does no input or output and knows no terminal.

mod values;

use std::sync::Arc;

use crate::check::{Evaluation, LastYear, date};
use crate::form::{FactKind, Form, Role, Slot};
use crate::model::{CellId, Edit, EditError, Figure, History, Place, Precision, Report, Visit, number};

/// A form, a report on it, its history and what it amounts to now.
#[derive(Debug)]
pub struct Session {
    form: Arc<Form>,
    report: Report,
    history: History,
    evaluation: Evaluation,
}

impl Session {
    /// Opens a report whose present state is the one on disk.
    pub fn open(form: Arc<Form>, report: Report) -> Self {
        let evaluation = Evaluation::of(&form, &report);
        Self { form, report, history: History::saved(), evaluation }
    }

    /// Opens a report that is on no disk yet: it counts as unsaved from the start.
    pub fn open_unsaved(form: Arc<Form>, report: Report) -> Self {
        Self { history: History::default(), ..Self::open(form, report) }
    }

    /// A new report for a unit and a year, with what the form fills in by itself. It counts as unsaved.
    pub fn new_report(form: Arc<Form>, unit: &str, year: i64) -> Self {
        let mut report = Report::new(form.shape());
        let year = year.to_string();
        for fact in &form.facts {
            let to = match fact.kind {
                FactKind::Unit => unit.trim().to_owned(),
                FactKind::Year => year.clone(),
                _ => fact.default.replace("{year}", &year),
            };
            // This is where the report begins, not a step that one would want to undo.
            let filled = report.apply(&Edit::Fact { fact: fact.id, to });
            debug_assert!(filled.is_ok(), "a fact of the form exists in its reports");
        }
        Self::open_unsaved(form, report)
    }

    /// Compares with last year's report from now on.
    pub fn set_last_year(&mut self, last_year: Option<Arc<LastYear>>) {
        self.evaluation.set_last_year(last_year);
        self.recheck();
    }

    /// Makes a change, rechecks everything and remembers how to take it back. Edits of the same visit are one
    /// step of undo.
    ///
    /// # Errors
    /// If the edit does not fit the report; nothing has then changed.
    pub fn apply(&mut self, edit: &Edit, visit: Option<Visit>) -> Result<(), EditError> {
        let inverse = self.report.apply(edit)?;
        self.history.record(inverse, visit, &self.report);
        self.recheck();
        Ok(())
    }

    /// Takes back the last step and returns the edit that did so; none if there is nothing to take back.
    pub fn undo(&mut self) -> Option<Edit> {
        let edit = self.history.to_undo()?.clone();
        let inverse = self.report.apply(&edit).ok()?;
        self.history.undone(inverse);
        self.recheck();
        Some(edit)
    }

    /// Makes the last undone step again and returns the edit that did so.
    pub fn redo(&mut self) -> Option<Edit> {
        let edit = self.history.to_redo()?.clone();
        let inverse = self.report.apply(&edit).ok()?;
        self.history.redone(inverse);
        self.recheck();
        Some(edit)
    }

    /// A new visit of a cell, a fact or a run of typing.
    pub fn begin_visit(&mut self) -> Visit {
        self.history.begin_visit()
    }

    /// Marks the present state as the one on disk.
    pub fn mark_saved(&mut self) {
        self.history.mark_saved();
    }

    /// Marks the present state as the one that is being written to the disk; it can be worked on meanwhile.
    pub fn begin_save(&mut self) {
        self.history.begin_save();
    }

    /// Marks the state at [`begin_save`](Self::begin_save) as the one on disk, if it got there.
    pub fn end_save(&mut self, saved: bool) {
        self.history.end_save(saved);
    }

    /// Whether the present state differs from the one on disk.
    pub fn has_unsaved(&self) -> bool {
        self.history.has_unsaved()
    }

    /// How many steps can be undone and redone.
    pub fn history_depth(&self) -> (usize, usize) {
        self.history.depth()
    }

    /// What the cover says of the year; none if that is no year.
    pub fn year(&self) -> Option<i64> {
        date::read_year(self.report.fact(self.form.year_fact()?.id))
    }

    /// What the cover says of the unit; empty if nothing.
    pub fn unit(&self) -> &str {
        self.form.unit_fact().map_or("", |fact| self.report.fact(fact.id).trim())
    }

    /// The form.
    pub fn form(&self) -> &Arc<Form> {
        &self.form
    }

    /// The report.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// What the report amounts to now.
    pub fn evaluation(&self) -> &Evaluation {
        &self.evaluation
    }

    /// The edit that a person means by typing `text` at a place: a figure, a stated total, a fact, or a whole
    /// text.
    pub fn typed(&self, place: Place, text: &str) -> Edit {
        match place {
            Place::Fact(fact) => Edit::Fact { fact, to: text.trim().to_owned() },
            Place::Text(id) => Edit::Text {
                text: id,
                at: 0,
                removed: self.report.text(id).to_owned(),
                inserted: text.to_owned(),
            },
            Place::Cell(cell) => {
                let slot = self.form.slot(cell);
                let to = Figure::read(text, precision(slot));
                match slot.map(|slot| slot.role) {
                    Some(Role::Total) => Edit::Stated { cell, to },
                    Some(Role::Input) | None => Edit::Figure { cell, to },
                }
            }
        }
    }

    /// For a cell such as 22（其中修订16件）: the edit that leaves the number there and makes the rest its note, and
    /// what that note will be. None if the cell can not be taken apart so.
    pub fn set_apart(&self, cell: CellId) -> Option<(Edit, String)> {
        let slot = self.form.slot(cell)?;
        let entered = match slot.role {
            Role::Total => self.report.stated(cell),
            Role::Input => self.report.figure(cell),
        };
        let Figure::Unread(text) = entered else { return None };
        let (number, remark) = number::read_remarked(text, slot.kind.precision())?;
        let note = match self.report.note(cell) {
            "" => remark.to_owned(),
            known if known.contains(remark) => known.to_owned(),
            known => format!("{known}；{remark}"),
        };
        let to = Figure::Number(number);
        let figure = match slot.role {
            Role::Total => Edit::Stated { cell, to },
            Role::Input => Edit::Figure { cell, to },
        };
        Some((Edit::Many(vec![figure, Edit::Note { cell, to: note.clone() }]), note))
    }

    /// What stands at a place, as a person would type it; for a total, the computed value.
    pub fn shown(&self, place: Place) -> String {
        match place {
            Place::Fact(fact) => self.report.fact(fact).to_owned(),
            Place::Text(text) => self.report.text(text).to_owned(),
            Place::Cell(cell) => {
                let slot = self.form.slot(cell);
                match slot.map(|slot| slot.role) {
                    Some(Role::Total) => self
                        .evaluation
                        .cell(cell)
                        .shown()
                        .map_or(String::new(), |value| number::print(value, precision(slot))),
                    Some(Role::Input) | None => self.report.figure(cell).as_typed(precision(slot)),
                }
            }
        }
    }

    fn recheck(&mut self) {
        self.evaluation.refresh(&self.form, &self.report);
    }
}

fn precision(slot: Option<&Slot>) -> Precision {
    slot.map_or(Precision::WHOLE, |slot| slot.kind.precision())
}
