//! One draft that is open for work: its lock, its journal, its backups, and saving it.
//!
//! At every moment the disk holds a whole draft, old or new, and a journal that fits it. A save goes so:
//!
//! 1. the file is compared with what was last read or written;
//! 2. the journal notes which content is about to be written, and is made durable;
//! 3. the present content becomes a backup;
//! 4. the new content takes the place of the old one, atomically and durably;
//! 5. the journal is removed; the next edit begins a new one.
//!
//! A crash before 4 leaves the old draft, which the header of the journal names; one after it leaves the new draft,
//! which the note of step 2 names, so that nothing is applied twice.

mod leftover;
mod saving;
mod unsaved;

use std::path::{Path, PathBuf};

pub use leftover::Found;
pub use saving::{SaveError, Saved, Thrift, Warning, When};
pub use unsaved::{UnsavedReport, adopt, unsaved_reports};

use super::beside::{JOURNAL, OLD_JOURNAL, beside};
use super::content::Content;
use super::error::{StoreError, Task};
use super::files::Files;
use super::journal::{Base, Entry, Header, Journal, JournalError, Recovered, Replay, changes_to, recover};
use super::lock::{self, Holder, Identity, Lock, Locking};
use super::moment::Moment;
use super::open::{self, OpenError, Opened};
use crate::form::{Catalogue, Form};
use crate::model::{Edit, Report, Visit};
use crate::session::Session;

/// A draft open for work.
#[derive(Debug)]
pub struct DraftFile {
    /// The draft without links; none while it was never saved.
    path: Option<PathBuf>,
    /// What the file held when it was last read or written; none if there was none.
    known: Option<Content>,
    journal_path: PathBuf,
    /// None until the first edit after opening or saving.
    journal: Option<Journal>,
    base: Base,
    form: String,
    access: Access,
    me: Identity,
}

/// Whether the draft may be saved.
#[derive(Debug)]
pub enum Access {
    /// Nobody else can.
    Locked(Lock),
    /// It can not be locked, for this reason. The user is warned once.
    Unlocked(StoreError),
    /// Somebody else is at work on it.
    ReadOnly {
        /// Who, if that can be read.
        holder: Option<Holder>,
        /// Whether that process has ended; `None` if that can not be told.
        dead: Option<bool>,
    },
}

impl DraftFile {
    /// Locks and opens a draft, and looks for edits that were not saved.
    ///
    /// What was found is to be answered before the first edit: by [`recover`](Self::recover) or by
    /// [`set_aside`](Self::set_aside). A draft that somebody else holds opens too, for reading.
    ///
    /// # Errors
    /// If it can not be read or is no draft.
    pub fn open(
        files: &dyn Files,
        me: &Identity,
        path: &Path,
        catalogue: &Catalogue,
    ) -> Result<(Self, Opened, Found), OpenError> {
        // Two links to one draft share its lock and its journal.
        let real = files.canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let access = Access::from(lock::acquire(files, me, &real));
        let opened = open::open(files, path, catalogue)?;
        let mut file = Self {
            journal_path: beside(&real, JOURNAL),
            path: Some(real),
            known: Some(opened.content),
            journal: None,
            base: Base::Draft(opened.content),
            form: opened.draft.form.id.clone(),
            access,
            me: me.clone(),
        };
        let found = file.look(files);
        Ok((file, opened, found))
    }

    /// A report that is in no file yet. Its edits are kept in a journal in `folder`, which is made if need be.
    ///
    /// # Errors
    /// If the folder can not be made. The report can be worked on all the same; its edits are then safe only once
    /// it is saved.
    pub fn unsaved(
        files: &dyn Files,
        me: &Identity,
        folder: &Path,
        session: &Session,
    ) -> (Self, Result<(), StoreError>) {
        let made = unsaved::make_folder(files, folder);
        let journal_path = unsaved::free_name(files, me, folder);
        let file = Self {
            path: None,
            known: None,
            journal: None,
            base: Base::Unsaved(changes_to(session.form(), session.report())),
            form: session.form().id.clone(),
            access: Access::from(lock::acquire(files, me, &journal_path)),
            journal_path,
            me: me.clone(),
        };
        (file, made)
    }

    /// Brings the edits back that were found, and goes on with their journal.
    pub fn recover(&mut self, session: &mut Session, found: &Found) -> Recovered {
        let Found::Pending { replay, from } = found else { return Recovered::default() };
        self.resume(replay);
        recover(session, replay.from(*from))
    }

    /// Goes on with the journal that was found, whose edits the session has made again.
    pub fn resume(&mut self, replay: &Replay) {
        if self.may_write() {
            self.journal = Some(Journal::resume(&self.journal_path, replay));
        }
    }

    /// Moves the journal that was found out of the way, where it stays until the next one is. Returns where.
    ///
    /// # Errors
    /// If it can not be moved. New edits are then not kept in a journal.
    pub fn set_aside(&mut self, files: &dyn Files) -> Result<PathBuf, StoreError> {
        self.journal = None;
        leftover::set_aside(files, &self.journal_path)
    }

    /// Notes an edit that the session has made; call it at once.
    ///
    /// # Errors
    /// If it is not safe from the end of this program; see [`JournalError`]. Work can go on.
    pub fn note_edit(
        &mut self,
        files: &dyn Files,
        form: &Form,
        edit: &Edit,
        visit: Option<Visit>,
    ) -> Result<(), JournalError> {
        self.with_journal(files, |journal| journal.edit(files, form, edit, visit))
    }

    /// Notes that a step was taken back by this edit.
    ///
    /// # Errors
    /// As [`note_edit`](Self::note_edit).
    pub fn note_undo(&mut self, files: &dyn Files, form: &Form, edit: &Edit) -> Result<(), JournalError> {
        let (at, changes) = (Moment::of(files.now()), super::journal::changes_of(form, edit));
        self.with_journal(files, |journal| journal.append(files, &Entry::Undo { at, changes }))
    }

    /// Notes that a step was made again by this edit.
    ///
    /// # Errors
    /// As [`note_edit`](Self::note_edit).
    pub fn note_redo(&mut self, files: &dyn Files, form: &Form, edit: &Edit) -> Result<(), JournalError> {
        let (at, changes) = (Moment::of(files.now()), super::journal::changes_of(form, edit));
        self.with_journal(files, |journal| journal.append(files, &Entry::Redo { at, changes }))
    }

    /// Waits until all edits are on the disk.
    ///
    /// # Errors
    /// If they are not; see [`JournalError`].
    pub fn sync(&mut self, files: &dyn Files) -> Result<(), JournalError> {
        self.journal.as_mut().map_or(Ok(()), |journal| journal.sync(files))
    }

    /// Whether all edits are on the disk, in the draft or in its journal.
    pub fn is_durable(&self) -> bool {
        self.journal.as_ref().is_none_or(Journal::is_durable)
    }

    /// Whether [`rewrite_journal`](Self::rewrite_journal) should be called: the journal is long, or edits are
    /// missing from it.
    pub fn wants_rewrite(&self) -> bool {
        self.journal.as_ref().is_some_and(Journal::wants_rewrite)
    }

    /// Writes the journal anew with the present state in place of the edits that led to it. After a crash, undo
    /// then reaches back to this state in one step.
    ///
    /// # Errors
    /// If it could not be written; the journal is then as before.
    pub fn rewrite_journal(
        &mut self,
        files: &dyn Files,
        form: &Form,
        report: &Report,
    ) -> Result<(), JournalError> {
        let at = Moment::of(files.now());
        let header = Header::new(&self.form, self.base.clone(), at);
        let state = Entry::State { at, changes: changes_to(form, report) };
        // After a save that the disk did not confirm, a crash may leave the content before or after it. The state
        // is the right one for both.
        let saved = self.known.filter(|known| header.base != Base::Draft(*known));
        let saved = saved.map(|content| Entry::Saving { path: String::new(), content });
        let entries: Vec<Entry> = saved.into_iter().chain([state]).collect();
        self.with_journal(files, |journal| journal.rewrite(files, &header, &entries))
    }

    /// Ends the work: removes the journal, whose edits are saved or no longer wanted, and gives the lock back.
    ///
    /// # Errors
    /// If the journal can not be removed; it is then offered at the next opening.
    pub fn close(mut self, files: &dyn Files) -> Result<(), JournalError> {
        self.journal.as_mut().map_or(Ok(()), |journal| journal.remove(files))
    }

    /// Takes the lock over from a holder that is gone, and looks again for edits that were not saved.
    ///
    /// # Errors
    /// If the lock of the holder can not be removed.
    pub fn take_over(&mut self, files: &dyn Files) -> Result<Found, StoreError> {
        let Some(path) = &self.path else { return Ok(Found::Nothing) };
        self.access = Access::from(lock::take_over(files, &self.me, path)?);
        Ok(self.look(files))
    }

    /// The draft; none while it was never saved.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The journal, which need not exist.
    pub fn journal_path(&self) -> &Path {
        &self.journal_path
    }

    /// Whether it may be saved, and if not, why.
    pub fn access(&self) -> &Access {
        &self.access
    }

    fn may_write(&self) -> bool {
        !matches!(self.access, Access::ReadOnly { .. })
    }

    fn look(&mut self, files: &dyn Files) -> Found {
        if !self.may_write() {
            // The journal belongs to the one who writes it just now.
            return Found::Nothing;
        }
        leftover::look(files, &self.journal_path, &self.form, self.known.as_ref())
    }

    /// Does something with the journal, which is begun if there is none. A draft open for reading has none.
    fn with_journal(
        &mut self,
        files: &dyn Files,
        work: impl FnOnce(&mut Journal) -> Result<(), JournalError>,
    ) -> Result<(), JournalError> {
        if !self.may_write() {
            return Ok(());
        }
        let journal = self.journal.get_or_insert_with(|| {
            let header = Header::new(&self.form, self.base.clone(), Moment::of(files.now()));
            let mode = match &self.path {
                Some(path) => files.metadata(path).ok().and_then(|metadata| metadata.mode),
                None => Some(0o600),
            };
            Journal::new(&self.journal_path, &header).with_mode(mode)
        });
        work(journal)
    }
}

/// Whether a draft may be saved, for those who do not hold its lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It may.
    Locked,
    /// It may, but can not be locked, for this reason.
    Unlocked(String),
    /// Somebody else is at work on it; see [`Access::ReadOnly`].
    ReadOnly {
        /// Who, if that can be read.
        holder: Option<Holder>,
        /// Whether that process has ended; `None` if that can not be told.
        dead: Option<bool>,
    },
}

impl Access {
    /// The same without the lock itself.
    pub fn standing(&self) -> Standing {
        match self {
            Self::Locked(_) => Standing::Locked,
            Self::Unlocked(reason) => Standing::Unlocked(reason.to_string()),
            Self::ReadOnly { holder, dead } => Standing::ReadOnly { holder: holder.clone(), dead: *dead },
        }
    }
}

impl From<Locking> for Access {
    fn from(locking: Locking) -> Self {
        match locking {
            Locking::Held(lock) => Self::Locked(lock),
            Locking::Without(reason) => Self::Unlocked(reason),
            Locking::HeldByOther { holder, dead } => Self::ReadOnly { holder, dead },
        }
    }
}

#[cfg(test)]
mod tests;
