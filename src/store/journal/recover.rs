//! Entries of a journal back into a session, with their steps of undo.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use super::change::{Change, changes_of};
use super::difference::edits_between;
use super::entry::{Base, Entry};
use super::replay::count;
use crate::form::Form;
use crate::model::{Edit, Report, Visit};
use crate::session::Session;
use crate::store::moment::Moment;

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recovered {
    /// How many changes came back, counted as in [`Replay::edits`](super::Replay::edits).
    pub edits: usize,
    /// When the first and the last of them were made.
    pub span: Option<(Moment, Moment)>,
    /// What could not be made again.
    pub skipped: Vec<Skipped>,
}

/// A change that could not be made again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The path that the journal names.
    pub path: String,
    /// Why.
    pub why: Misfit,
}

/// Why a change does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misfit {
    /// The form has no such place.
    NoSuchPlace,
    /// The text to be replaced is not there.
    TextDiffers,
}

/// Makes the entries again, each through [`Session::apply`], undo or redo. What does not fit is passed over and
/// reported; the rest comes back.
pub fn recover(session: &mut Session, entries: &[Entry]) -> Recovered {
    let mut recovered = Recovered { edits: count(entries), ..Recovered::default() };
    let mut visits = HashMap::new();
    for entry in entries {
        let Some(at) = entry.changed_at() else { continue };
        recovered.span = Some((recovered.span.map_or(at, |(first, _)| first), at));
        match entry {
            Entry::Edit { visit, changes, .. } => {
                let visit = visit.map(|id| *visits.entry(id).or_insert_with(|| session.begin_visit()));
                make(session, changes, visit, &mut recovered.skipped);
            }
            Entry::Undo { changes, .. } => {
                step(session, changes, Session::undo, Session::redo, &mut recovered.skipped);
            }
            Entry::Redo { changes, .. } => {
                step(session, changes, Session::redo, Session::undo, &mut recovered.skipped);
            }
            Entry::State { changes, .. } => {
                let target = report_of(session.form(), changes, &mut recovered.skipped);
                let edits = edits_between(session.form(), session.report(), &target);
                // The edits were computed from this very report.
                let applied = session.apply(&Edit::Many(edits), None);
                debug_assert!(applied.is_ok(), "a difference fits");
            }
            Entry::Header(_) | Entry::Saving { .. } => {}
        }
    }
    recovered
}

/// The session in which a journal without a draft began; none if it belongs to a draft.
pub fn start(form: Arc<Form>, base: &Base) -> Option<(Session, Vec<Skipped>)> {
    let Base::Unsaved(changes) = base else { return None };
    let mut skipped = Vec::new();
    let report = report_of(&form, changes, &mut skipped);
    Some((Session::open_unsaved(form, report), skipped))
}

impl fmt::Display for Recovered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.span {
            None => f.write_str("没有需要找回的修改")?,
            Some((first, last)) if first == last => write!(f, "找回 {} 处修改（{last}）", self.edits)?,
            Some((first, last)) => write!(f, "找回 {} 处修改（{first} 至 {last}）", self.edits)?,
        }
        match self.skipped.len() {
            0 => Ok(()),
            count => write!(f, "，另有 {count} 处与表式或现有文字不符，没有找回"),
        }
    }
}

/// Makes the changes as one edit, or if that does not fit, those of them that do.
fn make(session: &mut Session, changes: &[Change], visit: Option<Visit>, skipped: &mut Vec<Skipped>) {
    let edits = edits(session.form(), changes, skipped);
    let together = match edits.as_slice() {
        [(edit, _)] => edit.clone(),
        _ => Edit::Many(edits.iter().map(|(edit, _)| edit.clone()).collect()),
    };
    if session.apply(&together, visit).is_ok() {
        return;
    }
    for (edit, path) in edits {
        if session.apply(&edit, visit).is_err() {
            skipped.push(Skipped { path: path.to_owned(), why: Misfit::TextDiffers });
        }
    }
}

/// Takes a step back, or makes it again, if that does what was done then. It may not: a step from before the last
/// save is unknown to the history of this session. The changes are then made as an edit.
fn step(
    session: &mut Session,
    changes: &[Change],
    go: fn(&mut Session) -> Option<Edit>,
    back: fn(&mut Session) -> Option<Edit>,
    skipped: &mut Vec<Skipped>,
) {
    if let Some(done) = go(session) {
        if changes_of(session.form(), &done) == changes {
            return;
        }
        // Steps that melted together in another order may do the same in other words.
        let reached = session.report().clone();
        back(session);
        if after(session.form(), session.report().clone(), changes) == Some(reached) {
            go(session);
            return;
        }
    }
    make(session, changes, None, skipped);
}

/// The report as the changes leave it; none if one does not fit.
fn after(form: &Form, mut report: Report, changes: &[Change]) -> Option<Report> {
    for change in changes {
        report.apply(&change.edit(form)?).ok()?;
    }
    Some(report)
}

fn report_of(form: &Form, changes: &[Change], skipped: &mut Vec<Skipped>) -> Report {
    let mut report = Report::new(form.shape());
    for (edit, path) in edits(form, changes, skipped) {
        if report.apply(&edit).is_err() {
            skipped.push(Skipped { path: path.to_owned(), why: Misfit::TextDiffers });
        }
    }
    report
}

fn edits<'c>(form: &Form, changes: &'c [Change], skipped: &mut Vec<Skipped>) -> Vec<(Edit, &'c str)> {
    let mut edits = Vec::with_capacity(changes.len());
    for change in changes {
        match change.edit(form) {
            Some(edit) => edits.push((edit, change.path())),
            None => {
                skipped.push(Skipped { path: change.path().to_owned(), why: Misfit::NoSuchPlace });
            }
        }
    }
    edits
}
