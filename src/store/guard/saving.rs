//! Saving an open draft.

use std::path::{Path, PathBuf};

use super::{Access, Base, Content, DraftFile, Entry, Files, Holder, JOURNAL, StoreError, beside};
use super::{JournalError, Locking, leftover, lock};
use crate::store::atomic;
use crate::store::backup::{self, Backup};
use crate::store::decode::MAX_BYTES;
use crate::store::error::Trouble;
use crate::store::files::read_limited;

/// What to do if the file is not what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Refuse, so that the user can choose.
    Unchanged,
    /// Write all the same; what stands there becomes a backup.
    Always,
}

/// Whether what a file held before a save must become a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thrift {
    /// It must.
    Keep,
    /// It need not: a backup of not long ago is there. Ten saves a quarter of an hour apart are worth more than
    /// ten of the last minutes.
    Spare,
}

/// A save that succeeded: the content is on the disk.
#[derive(Debug)]
pub struct Saved {
    /// What the file holds now.
    pub content: Content,
    /// What did not go well beside it.
    pub warnings: Vec<Warning>,
}

/// Something beside a save that did not go well.
#[derive(Debug, thiserror::Error)]
pub enum Warning {
    /// The content before was not kept.
    #[error("已保存，但保存前的内容没有留下备份。{0}")]
    NoBackup(StoreError),
    /// The journal could not be made ready for the save, or not be removed after it.
    #[error("已保存，但恢复文件没有清理。{0}")]
    Journal(JournalError),
    /// Somebody else was at work on the draft and has ended without saving.
    #[error("刚才编辑这份草稿的人有改动没有保存，记着它们的文件移到了“{}”", .path.display())]
    TheirJournal {
        /// Where those changes are.
        path: PathBuf,
    },
    /// The journal of another run could not be moved out of the way.
    #[error("已保存，但原有的恢复文件没有移开。{0}")]
    OldJournal(StoreError),
}

/// Why nothing was saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// Somebody else changed the file since it was read.
    #[error("“{}”在打开以后被别人改动过，没有保存。请先比较，再选择另存到别的文件或覆盖", .path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// A file stands where a new one was to be made.
    #[error("“{}”已经存在，没有保存。请换一个文件名，或选择覆盖", .path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// Somebody else is at work on it.
    #[error("“{}”正由{}编辑，没有保存。请另存到别的文件", .path.display(), name(.holder.as_ref()))]
    Held {
        /// The file.
        path: PathBuf,
        /// Who, if that can be read.
        holder: Option<Holder>,
    },
    /// The draft would be longer than any that can be opened again.
    #[error("草稿的内容过多，保存以后的“{}”会超过 {} MB，再也打不开，没有保存。请先删去过长的内容", .path.display(), MAX_BYTES >> 20)]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// The report has no file yet.
    #[error("这份报告还没有文件名。请先另存到一个文件")]
    NoFile,
    /// The system refused; see [`StoreError`], especially [`StoreError::Unconfirmed`].
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl DraftFile {
    /// Saves the report, whose draft has these bytes. All its edits must have been noted.
    ///
    /// # Errors
    /// On every error but [`StoreError::Unconfirmed`] the file is as it was. The journal stays in any case.
    pub fn save(&mut self, files: &dyn Files, bytes: &[u8], when: When) -> Result<Saved, SaveError> {
        let path = self.path.clone().ok_or(SaveError::NoFile)?;
        self.write(files, &path, bytes, when, Source::Session(Thrift::Keep))
    }

    /// Saves the report to this file, which then is the one of this report. Only a save to the file that it had
    /// can be thrifty.
    ///
    /// # Errors
    /// As [`save`](Self::save). The report then still belongs to the file it had.
    pub fn save_as(
        &mut self,
        files: &dyn Files,
        path: &Path,
        bytes: &[u8],
        when: When,
        thrift: Thrift,
    ) -> Result<Saved, SaveError> {
        let path = files.canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if self.path.as_deref() == Some(&path) {
            return self.write(files, &path, bytes, when, Source::Session(thrift));
        }
        let access = Access::from(lock::acquire(files, &self.me, &path));
        if let Access::ReadOnly { holder, .. } = access {
            return Err(SaveError::Held { path, holder });
        }
        let mut target = Self {
            journal_path: beside(&path, JOURNAL),
            path: Some(path.clone()),
            known: None,
            journal: None,
            base: self.base.clone(),
            form: self.form.clone(),
            access,
            me: self.me.clone(),
        };
        // The note goes into the journal that has the edits: should all end here, that one tells where they went.
        let noted = self.announce(files, &path, Content::of(bytes));
        let mut saved = match target.write(files, &path, bytes, when, Source::Elsewhere) {
            Err(SaveError::Changed { path }) => return Err(SaveError::Exists { path }),
            saved => saved?,
        };
        let removed = self.journal.as_mut().map_or(Ok(()), |journal| journal.remove(files));
        saved.warnings.extend(noted.and(removed).err().map(Warning::Journal));
        *self = target;
        Ok(saved)
    }

    /// Puts a backup in the place of the draft, whose present content becomes a backup. The edits since the last
    /// save are set aside. The session is to be opened anew from the bytes that come back.
    ///
    /// # Errors
    /// As [`save`](Self::save), and if the backup can not be read or the present content not be kept.
    pub fn restore(
        &mut self,
        files: &dyn Files,
        backup: &Backup,
        when: When,
    ) -> Result<(Vec<u8>, Saved), SaveError> {
        let path = self.path.clone().ok_or(SaveError::NoFile)?;
        let bytes = backup::read(files, backup)?;
        let saved = self.write(files, &path, &bytes, when, Source::Backup)?;
        Ok((bytes, saved))
    }

    fn write(
        &mut self,
        files: &dyn Files,
        path: &Path,
        bytes: &[u8],
        when: When,
        source: Source,
    ) -> Result<Saved, SaveError> {
        let was_reading = matches!(self.access, Access::ReadOnly { .. });
        if bytes.len() as u64 > MAX_BYTES {
            return Err(SaveError::TooLarge { path: path.to_owned() });
        }
        self.renew_lock(files, path)?;
        let content = Content::of(bytes);
        let present = self.present(files, path, content, when)?;
        let mut warnings = Vec::new();
        if was_reading && files.exists(&self.journal_path).unwrap_or(true) {
            // Whoever held the draft has ended without saving; the next opening could not use it after this.
            warnings.push(match leftover::set_aside(files, &self.journal_path) {
                Ok(path) => Warning::TheirJournal { path },
                Err(error) => Warning::OldJournal(error),
            });
        }
        if matches!(source, Source::Session(_)) {
            warnings.extend(self.announce(files, path, content).err().map(Warning::Journal));
        }
        let kept = match &present {
            Some(present) if present == bytes => Ok(None),
            Some(_) if source == Source::Session(Thrift::Spare) => Ok(None),
            Some(present) => backup::keep(files, path, present),
            None => Ok(None),
        };
        let kept = match kept {
            Err(error) if source == Source::Backup => return Err(error.into()),
            Err(error) => {
                warnings.push(Warning::NoBackup(error));
                None
            }
            Ok(kept) => kept,
        };
        let mut saved = atomic::save(files, path, bytes);
        if source != Source::Backup
            && let (Err(StoreError::Io { trouble: Trouble::NoSpace, .. }), Some(kept)) = (&saved, kept)
            && files.remove(&kept.path).is_ok()
        {
            // What is being saved matters more than what it replaces.
            let full = std::io::ErrorKind::StorageFull.into();
            warnings.push(Warning::NoBackup(StoreError::io(&kept.path, super::Task::Save, full)));
            saved = atomic::save(files, path, bytes);
        }
        if matches!(saved, Ok(()) | Err(StoreError::Unconfirmed { .. })) {
            self.known = Some(content);
        }
        saved?;
        warnings.extend(self.retire_journal(files, source));
        self.base = Base::Draft(content);
        Ok(Saved { content, warnings })
    }

    /// Locks again if there was no lock, if somebody else had it, or if its file went away, with its folder or since somebody took it over.
    fn renew_lock(&mut self, files: &dyn Files, path: &Path) -> Result<(), SaveError> {
        if matches!(&self.access, Access::Locked(lock) if lock.still_ours()) {
            return Ok(());
        }
        match lock::acquire(files, &self.me, path) {
            // The edits go on being kept in the journal, so that they can be saved elsewhere.
            Locking::HeldByOther { holder, .. } => Err(SaveError::Held { path: path.to_owned(), holder }),
            locking => {
                self.access = Access::from(locking);
                Ok(())
            }
        }
    }

    /// What the file holds, to be made a backup; none if there is no file.
    fn present(
        &self,
        files: &dyn Files,
        path: &Path,
        new: Content,
        when: When,
    ) -> Result<Option<Vec<u8>>, SaveError> {
        let changed = || SaveError::Changed { path: path.to_owned() };
        match read_limited(files, path, MAX_BYTES) {
            Ok(bytes) => {
                let content = Content::of(&bytes);
                // What is there already does no harm, such as after a save that was not confirmed.
                let expected = self.known == Some(content) || new == content;
                if expected || when == When::Always { Ok(Some(bytes)) } else { Err(changed()) }
            }
            // A file that was removed is simply made again.
            Err(error) if error.is_not_found() => Ok(None),
            // The user has decided; what can not be read can not be kept.
            Err(StoreError::TooLarge { .. } | StoreError::Io { .. }) if when == When::Always => Ok(None),
            Err(StoreError::TooLarge { .. }) => Err(changed()),
            Err(error) => Err(error.into()),
        }
    }

    /// Notes in the journal, durably, what is about to be written.
    fn announce(&mut self, files: &dyn Files, path: &Path, content: Content) -> Result<(), JournalError> {
        let Some(journal) = &mut self.journal else { return Ok(()) };
        let path = path.to_string_lossy().into_owned();
        let noted = journal.append(files, &Entry::Saving { path, content });
        noted.and_then(|()| journal.sync(files))
    }

    /// After a save the draft contains the journal. One that can not be removed is gone on with.
    fn retire_journal(&mut self, files: &dyn Files, source: Source) -> Option<Warning> {
        match (source, &mut self.journal) {
            (Source::Session(_), Some(journal)) => match journal.remove(files) {
                Ok(()) => {
                    self.journal = None;
                    None
                }
                Err(error) => Some(Warning::Journal(error)),
            },
            (Source::Session(_), None) => None,
            // What stands there belongs to the content that was replaced.
            (Source::Elsewhere | Source::Backup, _) => {
                self.journal = None;
                leftover::set_aside(files, &self.journal_path).err().map(Warning::OldJournal)
            }
        }
    }
}

/// Where the bytes come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// The session whose edits are in the journal of this file.
    Session(Thrift),
    /// A session whose edits are in the journal of another file.
    Elsewhere,
    /// A backup.
    Backup,
}

fn name(holder: Option<&Holder>) -> String {
    holder.map_or_else(|| "其他人".to_owned(), |holder| format!(" {holder} "))
}
