//! The journal of a draft: every edit since the last save, appended to a file as it is made.
//!
//! One line an entry, with sequence and checksum; see [`entry`]. The header says which content of the draft the
//! edits start from, so that after a crash it can be told which of them the draft already contains.
//!
//! A fault loses nothing. What is not yet known to be on the disk is kept in memory too. After a failed write the
//! file is cut back to the entries before it, which would survive the end of the program; after a failed sync, to
//! what is known to be on the disk. The rest is written anew.

pub mod change;
pub mod difference;
pub mod entry;
pub mod recover;
pub mod replay;

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

pub use change::{Change, Value, changes_of, changes_to};
pub use difference::{Difference, differences, edits_between};
pub use entry::{Base, Entry, Flaw, Header};
pub use recover::{Misfit, Recovered, Skipped, recover, start};
pub use replay::{Fit, Replay, Torn, replay};

use super::atomic;
use super::beside::folder_of;
use super::error::{StoreError, Task};
use super::files::{Files, Handle};
use crate::form::Form;
use crate::model::{Edit, Visit};
use crate::store::moment::Moment;

/// Beyond this length, 16 MiB, [`Journal::wants_rewrite`] asks for the journal to be made shorter.
pub const AMPLE: u64 = 16 * 1024 * 1024;
/// The longest journal that is read or written, 32 MiB.
pub const MAX_BYTES: u64 = 2 * AMPLE;

/// A journal being written. Nothing is on the disk before the first entry.
pub struct Journal {
    path: PathBuf,
    /// Open while all goes well; after a fault the file is opened anew.
    handle: Option<Box<dyn Handle>>,
    /// Whether the file is there and ours.
    created: bool,
    /// Bytes that are on the disk for certain.
    durable: u64,
    /// The bytes that follow them.
    tail: Vec<u8>,
    /// How many bytes of the tail the file holds; none if that is not known.
    written: Option<usize>,
    /// Whether the file may hold something behind them, from a write that failed or was never ended.
    torn: bool,
    /// Whether the name of the file is on the disk, and all that stood in it when it was opened.
    settled: bool,
    /// The sequence of the next line.
    next: u64,
    /// Whether entries are missing that no retry can bring back.
    broken: Option<Broken>,
    /// The last visit that was written, and its number.
    visit: (Option<Visit>, u32),
    /// The permission bits that the file gets.
    mode: Option<u32>,
}

/// Why the edits made last are not safe in the journal. They are in memory still, and the next attempt includes
/// them, unless [`Journal::wants_rewrite`].
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The file could not be written or synced.
    #[error("刚才的修改还没有记入恢复文件，突然断电时会丢失。{0}")]
    Store(StoreError),
    /// A journal of somebody else, or one not yet looked at, stands there.
    #[error("刚才的修改没有记入恢复文件：“{}”已经存在。请先保存草稿，再重新打开", .path.display())]
    Exists {
        /// The journal.
        path: PathBuf,
    },
    /// The journal has to be written anew from the present state.
    #[error("刚才的修改没有记入恢复文件“{}”：{broken}。请保存草稿", .path.display())]
    Broken {
        /// The journal.
        path: PathBuf,
        /// Why.
        broken: Broken,
    },
}

/// Why a journal has to be written anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// The file was removed or cut by somebody else.
    #[error("这个文件已被删除或改动")]
    Lost,
    /// It has reached [`MAX_BYTES`].
    #[error("这个文件已达到允许的长度")]
    Full,
    /// An entry could not be put into words.
    #[error("有一处修改无法写出")]
    Unwritable,
}

impl Journal {
    /// A journal that is in no file yet.
    pub fn new(path: &Path, header: &Header) -> Self {
        let mut journal = Self {
            path: path.to_owned(),
            handle: None,
            created: false,
            durable: 0,
            tail: Vec::new(),
            written: Some(0),
            torn: false,
            settled: false,
            next: 0,
            broken: None,
            visit: (None, 0),
            mode: None,
        };
        journal.push(&Entry::Header(header.clone()));
        journal
    }

    /// The same, to be made with the permission bits of the draft: who may not read the one may not read the other.
    #[must_use]
    pub fn with_mode(self, mode: Option<u32>) -> Self {
        Self { mode, ..self }
    }

    /// Goes on with a journal that was read back; a torn end is cut off when the next entry comes.
    pub fn resume(path: &Path, replay: &Replay) -> Self {
        let visits = replay.entries.iter().filter_map(|entry| match entry {
            Entry::Edit { visit, .. } => *visit,
            _ => None,
        });
        Self {
            path: path.to_owned(),
            handle: None,
            created: true,
            durable: replay.good,
            tail: Vec::new(),
            written: None,
            torn: true,
            settled: false,
            next: replay.next(),
            broken: None,
            visit: (None, visits.max().map_or(0, |last| last.saturating_add(1))),
            mode: None,
        }
    }

    /// Notes an edit that was made in this visit.
    ///
    /// # Errors
    /// As [`append`](Self::append).
    pub fn edit(
        &mut self,
        files: &dyn Files,
        form: &Form,
        edit: &Edit,
        visit: Option<Visit>,
    ) -> Result<(), JournalError> {
        if visit.is_some() && self.visit.0 != visit {
            self.visit = (visit, self.visit.1.saturating_add(1));
        }
        let (at, visit) = (Moment::of(files.now()), visit.map(|_| self.visit.1));
        self.append(files, &Entry::Edit { at, visit, changes: changes_of(form, edit) })
    }

    /// Adds an entry and hands it to the system at once, which keeps it should this program end. It survives a
    /// loss of power only after [`sync`](Self::sync).
    ///
    /// # Errors
    /// If the system refused. The entry is kept and written with the next one or at the next sync.
    pub fn append(&mut self, files: &dyn Files, entry: &Entry) -> Result<(), JournalError> {
        self.push(entry);
        self.flush(files)
    }

    /// Waits until all entries are on the disk.
    ///
    /// # Errors
    /// If one is not there. Nothing is given up; see [`JournalError`].
    pub fn sync(&mut self, files: &dyn Files) -> Result<(), JournalError> {
        self.flush(files)?;
        if self.tail.is_empty() && self.settled {
            return Ok(());
        }
        let synced = match &mut self.handle {
            Some(handle) => handle.sync(),
            None => Err(ErrorKind::NotFound.into()),
        };
        if let Err(cause) = synced {
            // The system may have dropped what it could not write, and would call it written next time.
            return Err(self.failed(cause));
        }
        if !self.settled {
            files.sync_dir(folder_of(&self.path)).map_err(|cause| self.io(cause))?;
        }
        // An open file can be written to after its name is gone, to nobody's use.
        let expected = self.durable + self.tail.len() as u64;
        match files.metadata(&self.path) {
            Ok(metadata) if metadata.len == expected => {}
            Ok(_) => return Err(self.lost()),
            Err(cause) if cause.kind() == ErrorKind::NotFound => return Err(self.vanished(cause)),
            Err(cause) => return Err(self.failed(cause)),
        }
        self.durable = expected;
        self.tail.clear();
        self.written = Some(0);
        self.settled = true;
        Ok(())
    }

    /// Puts these entries in place of all that the journal holds, at once and durably.
    ///
    /// # Errors
    /// If it could not be written; the journal is then as before.
    pub fn rewrite(
        &mut self,
        files: &dyn Files,
        header: &Header,
        entries: &[Entry],
    ) -> Result<(), JournalError> {
        let mut fresh = Self::new(&self.path, header);
        for entry in entries {
            fresh.push(entry);
        }
        if let Some(broken) = fresh.broken {
            return Err(JournalError::Broken { path: self.path.clone(), broken });
        }
        self.handle = None;
        let saved = atomic::save(files, &self.path, &fresh.tail);
        // Unconfirmed, it is in place all the same; the next sync tries again.
        let settled = match &saved {
            Ok(()) => true,
            Err(StoreError::Unconfirmed { .. }) => false,
            Err(_) => return saved.map_err(JournalError::Store),
        };
        *self = Self {
            created: true,
            durable: fresh.tail.len() as u64,
            tail: Vec::new(),
            settled,
            visit: (None, self.visit.1.saturating_add(1)),
            mode: self.mode,
            ..fresh
        };
        saved.map_err(JournalError::Store)
    }

    /// Removes the file; a journal that has none is no error.
    ///
    /// # Errors
    /// If the file is still there. The journal can then be gone on with.
    pub fn remove(&mut self, files: &dyn Files) -> Result<(), JournalError> {
        // Windows removes no file that is open.
        self.handle = None;
        if !self.created {
            return Ok(());
        }
        match files.remove(&self.path) {
            Err(cause) if cause.kind() != ErrorKind::NotFound => Err(self.io(cause)),
            _ => {
                self.created = false;
                Ok(())
            }
        }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Length in bytes, with what is not written yet.
    pub fn len(&self) -> u64 {
        self.durable + self.tail.len() as u64
    }

    /// Whether it holds nothing at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the file is there and ours.
    pub fn is_begun(&self) -> bool {
        self.created
    }

    /// Whether all entries are on the disk.
    pub fn is_durable(&self) -> bool {
        self.tail.is_empty() && self.settled && self.broken.is_none()
    }

    /// Whether the journal should be, or can only be, written anew from the present state.
    pub fn wants_rewrite(&self) -> bool {
        self.broken.is_some() || self.len() > AMPLE
    }

    fn push(&mut self, entry: &Entry) {
        if self.broken.is_some() {
            return;
        }
        match entry.line(self.next) {
            None => self.broken = Some(Broken::Unwritable),
            Some(line) if self.len() + line.len() as u64 > MAX_BYTES => self.broken = Some(Broken::Full),
            Some(line) => {
                self.tail.extend_from_slice(line.as_bytes());
                self.next += 1;
            }
        }
    }

    /// Hands all that is not yet in the file to the system.
    fn flush(&mut self, files: &dyn Files) -> Result<(), JournalError> {
        if let Some(broken) = self.broken {
            return Err(JournalError::Broken { path: self.path.clone(), broken });
        }
        let mut handle = match self.handle.take() {
            Some(handle) => handle,
            None => self.open(files)?,
        };
        let written = self.written.unwrap_or(0);
        if self.torn || self.written.is_none() {
            handle.truncate(self.durable + written as u64).map_err(|cause| self.io(cause))?;
            (self.written, self.torn) = (Some(written), false);
        }
        let rest = self.tail.get(written..).unwrap_or_default();
        if !rest.is_empty() {
            // Until all of it is written, even if a panic comes between.
            self.torn = true;
            handle.write_all(rest).map_err(|cause| self.io(cause))?;
            self.torn = false;
        }
        self.written = Some(self.tail.len());
        self.handle = Some(handle);
        Ok(())
    }

    fn open(&mut self, files: &dyn Files) -> Result<Box<dyn Handle>, JournalError> {
        if self.created {
            match files.metadata(&self.path) {
                Ok(metadata) if metadata.len >= self.durable => {
                    let held = metadata.len - self.durable;
                    self.written = self.written.filter(|written| *written as u64 <= held);
                    self.torn = true;
                    return files.open_append(&self.path).map_err(|cause| self.io(cause));
                }
                Ok(_) => return Err(self.lost()),
                // All of it is still in memory if nothing was made durable.
                Err(cause) if cause.kind() == ErrorKind::NotFound && self.durable == 0 => {
                    self.created = false;
                }
                Err(cause) if cause.kind() == ErrorKind::NotFound => return Err(self.lost()),
                Err(cause) => return Err(self.failed(cause)),
            }
        }
        match files.create_new(&self.path) {
            Ok(handle) => {
                self.created = true;
                self.settled = false;
                (self.written, self.torn) = (Some(0), false);
                if let Some(mode) = self.mode {
                    // A file system without permission bits has none to lose.
                    let _ = files.set_mode(&self.path, mode);
                }
                Ok(handle)
            }
            Err(cause) if cause.kind() == ErrorKind::AlreadyExists => {
                Err(JournalError::Exists { path: self.path.clone() })
            }
            Err(cause) => Err(self.io(cause)),
        }
    }

    /// After a fault that leaves the end of the file in doubt.
    fn failed(&mut self, cause: io::Error) -> JournalError {
        self.handle = None;
        self.written = None;
        self.io(cause)
    }

    fn vanished(&mut self, cause: io::Error) -> JournalError {
        if self.durable == 0 { self.failed(cause) } else { self.lost() }
    }

    fn lost(&mut self) -> JournalError {
        self.handle = None;
        self.broken = Some(Broken::Lost);
        JournalError::Broken { path: self.path.clone(), broken: Broken::Lost }
    }

    fn io(&self, cause: io::Error) -> JournalError {
        JournalError::Store(StoreError::io(&self.path, Task::Save, cause))
    }
}

impl std::fmt::Debug for Journal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Journal")
            .field("path", &self.path)
            .field("durable", &self.durable)
            .field("tail", &self.tail.len())
            .field("written", &self.written)
            .field("next", &self.next)
            .field("broken", &self.broken)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
