//! Reports that were never saved: their journals stand in a folder of the user.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Access, Content, DraftFile, Files, Identity, JOURNAL, StoreError, Task, leftover};
use crate::form::Form;
use crate::session::Session;
use crate::store::decode;
use crate::store::files::read_limited;
use crate::store::journal::{self, Entry, Flaw, Journal, Recovered, Replay, recover, replay, start};
use crate::store::lock::{self, Locking};
use crate::store::moment::Moment;

/// A report that an earlier run left without a file. It is locked as long as this lives.
#[derive(Debug)]
pub struct UnsavedReport {
    /// Its journal.
    pub path: PathBuf,
    /// What the journal holds. Without a header it can not be brought back.
    pub replay: Replay,
    /// Why the journal can not be read, if it can not.
    pub unreadable: Option<StoreError>,
    access: Access,
    me: Identity,
}

/// The reports without a file, the newest first. Those that another process is at work on are passed over, and
/// those that have been saved since are removed.
///
/// # Errors
/// If the folder can not be read. One that does not exist is empty.
pub fn unsaved_reports(
    files: &dyn Files,
    me: &Identity,
    folder: &Path,
) -> Result<Vec<UnsavedReport>, StoreError> {
    let names = match files.list_dir(folder) {
        Ok(names) => names,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(cause) => return Err(StoreError::io(folder, Task::Read, cause)),
    };
    let journals = names
        .iter()
        .filter(|name| name.to_str().is_some_and(|name| name.ends_with(JOURNAL) && !name.starts_with('.')));
    let mut reports: Vec<UnsavedReport> =
        journals.filter_map(|name| look(files, me, &folder.join(name))).collect();
    reports.sort_by_key(|report| std::cmp::Reverse(report.time()));
    Ok(reports)
}

/// Brings a report back. Its form is looked up by the caller under the name that the header gives.
///
/// # Errors
/// Gives the report back if the journal does not say where it starts.
pub fn adopt(
    form: Arc<Form>,
    report: UnsavedReport,
) -> Result<(DraftFile, Session, Recovered), Box<UnsavedReport>> {
    let UnsavedReport { path, replay, unreadable, access, me } = report;
    let base = replay.header.as_ref().map(|header| header.base.clone());
    let id = form.id.clone();
    let started = base.and_then(|base| start(form, &base).map(|started| (base, started)));
    let Some((base, (mut session, skipped))) = started else {
        return Err(Box::new(UnsavedReport { path, replay, unreadable, access, me }));
    };
    let mut recovered = recover(&mut session, replay.from(0));
    recovered.skipped.splice(0..0, skipped);
    let file = DraftFile {
        path: None,
        known: None,
        journal: Some(Journal::resume(&path, &replay)),
        journal_path: path,
        base,
        form: id,
        access,
        me,
    };
    Ok((file, session, recovered))
}

impl UnsavedReport {
    /// When it was worked on last.
    pub fn time(&self) -> Option<Moment> {
        self.replay.last_change().or(self.replay.header.as_ref().map(|header| header.at))
    }

    /// Moves it out of the way, where it stays until the next one is. Returns where.
    ///
    /// # Errors
    /// If it can not be moved.
    pub fn set_aside(self, files: &dyn Files) -> Result<PathBuf, StoreError> {
        leftover::set_aside(files, &self.path)
    }
}

pub(super) fn make_folder(files: &dyn Files, folder: &Path) -> Result<(), StoreError> {
    files.create_dir_all(folder).map_err(|cause| StoreError::io(folder, Task::Save, cause))?;
    // Reports are nobody else's business. On a file system without permission bits there is nothing to set.
    let _ = files.set_mode(folder, 0o700);
    Ok(())
}

/// A name that no other journal has: by time and process.
pub(super) fn free_name(files: &dyn Files, me: &Identity, folder: &Path) -> PathBuf {
    let stem = format!("{}-{}", Moment::of(files.now()).compact(), me.process);
    let name = |count: usize| match count {
        0 => folder.join(format!("{stem}{JOURNAL}")),
        count => folder.join(format!("{stem}-{count}{JOURNAL}")),
    };
    // Two reports of one process in one second come from programs only; beyond this the lock tells them apart.
    (0..100)
        .map(name)
        .find(|path| {
            let lock = super::beside(path, crate::store::beside::LOCK);
            !files.exists(path).unwrap_or(false) && !files.exists(&lock).unwrap_or(false)
        })
        .unwrap_or_else(|| name(100))
}

fn look(files: &dyn Files, me: &Identity, path: &Path) -> Option<UnsavedReport> {
    let access: Access = match lock::acquire(files, me, path) {
        Locking::HeldByOther { .. } => return None,
        locking => locking.into(),
    };
    let report = |replay, unreadable| UnsavedReport {
        path: path.to_owned(),
        replay,
        unreadable,
        access,
        me: me.clone(),
    };
    let bytes = match read_limited(files, path, journal::MAX_BYTES) {
        Ok(bytes) => bytes,
        Err(error) if error.is_not_found() => return None,
        // It may be all that is left of a day's work.
        Err(error) => return Some(report(Replay::default(), Some(error))),
    };
    let replay = replay(&bytes);
    let empty = replay.header.is_none() && replay.torn.is_none_or(|torn| torn.flaw == Flaw::Cut);
    if empty || is_saved(files, &replay) {
        // If it can not be removed it is found again, and again nothing is lost.
        let _ = files.remove(path);
        return None;
    }
    Some(report(replay, None))
}

/// Whether the last entry is the note of a save whose file is there and has the content.
fn is_saved(files: &dyn Files, replay: &Replay) -> bool {
    let Some(Entry::Saving { path, content }) = replay.entries.last() else { return false };
    read_limited(files, Path::new(path), decode::MAX_BYTES).is_ok_and(|bytes| Content::of(&bytes) == *content)
}
