//! What the next opening of a report will find, told before this one ends.

use std::sync::Arc;

use super::{Access, DraftFile, Files, JournalError};
use crate::form::{Catalogue, Form};
use crate::model::Report;
use crate::session::Session;
use crate::store::files::read_limited;
use crate::store::journal::{self, Fit, Journal, Replay, recover, replay, start};
use crate::store::open;

/// A report as the next opening will have it.
#[derive(Debug)]
pub struct NextTime {
    /// The report, with all that recovery brings back.
    pub report: Report,
    /// Whether some of it comes from the journal, so that the user will be asked.
    pub is_offered: bool,
}

impl DraftFile {
    /// Reads back what the next opening will find on the disk: the draft, and what its journal adds. None if that
    /// can not be read.
    pub fn next_time(&self, files: &dyn Files, form: &Arc<Form>, catalogue: &Catalogue) -> Option<NextTime> {
        let replay = self.journal_on_disk(files).ok()?;
        let fitting = replay
            .as_ref()
            .filter(|replay| replay.header.as_ref().is_some_and(|header| header.form == self.form));
        let (mut session, from) = if let Some(path) = &self.path {
            let opened = open::open(files, path, catalogue).ok()?;
            let from = fitting.and_then(|replay| match replay.fit(&opened.content) {
                Fit::From(from) => Some(from),
                Fit::Foreign => None,
            });
            (Session::open(opened.draft.form, opened.draft.report), from)
        } else {
            (start(Arc::clone(form), &self.base)?.0, fitting.map(|_| 0))
        };
        let is_offered = match (fitting, from) {
            (Some(replay), Some(from)) => {
                recover(&mut session, replay.from(from));
                replay.edits(from) > 0
            }
            _ => false,
        };
        Some(NextTime { report: session.report().clone(), is_offered })
    }

    /// Writes the present state into the journal in one piece, whatever became of the edits that led to it. A
    /// journal of somebody else stays.
    ///
    /// # Errors
    /// If it could not be written, or a journal stands there that is not ours.
    pub fn rescue(&mut self, files: &dyn Files, session: &Session) -> Result<(), JournalError> {
        let ours = self.journal.as_ref().is_some_and(Journal::is_begun);
        if !ours && files.exists(&self.journal_path).unwrap_or(true) {
            return Err(JournalError::Exists { path: self.journal_path.clone() });
        }
        self.rewrite_journal(files, session.form(), session.report())
    }

    /// The journal as it can be read now; none if there is none, or if it belongs to somebody else.
    fn journal_on_disk(&self, files: &dyn Files) -> Result<Option<Replay>, crate::store::error::StoreError> {
        if matches!(self.access, Access::ReadOnly { .. }) {
            return Ok(None);
        }
        match read_limited(files, &self.journal_path, journal::MAX_BYTES) {
            Ok(bytes) => Ok(Some(replay(&bytes))),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }
}
