//! Journals that an earlier run left behind.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::{Content, Files, OLD_JOURNAL, StoreError, Task};
use crate::store::files::read_limited;
use crate::store::journal::{self, Fit, Flaw, Replay, replay};

/// What was found beside a draft.
#[derive(Debug)]
pub enum Found {
    /// No edits but those that the draft contains.
    Nothing,
    /// Edits that the draft does not contain, from entry `from` on.
    Pending {
        /// The journal.
        replay: Replay,
        /// The first entry that the draft does not contain.
        from: usize,
    },
    /// Edits that belong to another content of the draft: it was changed or replaced since. They can be looked at
    /// and set aside, but not simply made again.
    Foreign(Replay),
    /// A journal whose beginning can not be understood: damaged, or from a later version of the program.
    Damaged(Replay),
    /// A journal that can not be read.
    Unreadable(StoreError),
}

/// Looks at the journal of a draft on this form with this content. One that has nothing to give is removed.
pub(super) fn look(files: &dyn Files, path: &Path, form: &str, content: Option<&Content>) -> Found {
    let bytes = match read_limited(files, path, journal::MAX_BYTES) {
        Ok(bytes) => bytes,
        Err(error) if error.is_not_found() => return Found::Nothing,
        Err(error) => return Found::Unreadable(error),
    };
    let replay = replay(&bytes);
    let found = judge(replay, form, content);
    if matches!(found, Found::Nothing)
        && let Err(cause) = files.remove(path)
        && cause.kind() != ErrorKind::NotFound
    {
        // It would stand in the way of a new one.
        return Found::Unreadable(StoreError::io(path, Task::Save, cause));
    }
    found
}

/// Moves a journal out of the way and says where it is now.
pub(super) fn set_aside(files: &dyn Files, path: &Path) -> Result<PathBuf, StoreError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.strip_suffix(super::JOURNAL).unwrap_or(&name);
    let aside = path.with_file_name(format!("{stem}{OLD_JOURNAL}"));
    match files.rename(path, &aside) {
        Err(cause) if cause.kind() != ErrorKind::NotFound => Err(StoreError::io(path, Task::Save, cause)),
        _ => Ok(aside),
    }
}

fn judge(replay: Replay, form: &str, content: Option<&Content>) -> Found {
    let Some(header) = &replay.header else {
        // Header and first edit are written at once: a cut header means that no edit was ever safe.
        let begun = replay.torn.is_none_or(|torn| torn.flaw == Flaw::Cut);
        return if begun { Found::Nothing } else { Found::Damaged(replay) };
    };
    let fit = content.map_or(Fit::Foreign, |content| replay.fit(content));
    // Lines that were written whole and can not be read are worth telling of, though nothing else is left.
    let damaged = replay.torn.is_some_and(|torn| torn.flaw != Flaw::Cut);
    match fit {
        Fit::From(from) if header.form == form => match replay.edits(from) {
            0 if damaged => Found::Damaged(replay),
            0 => Found::Nothing,
            _ => Found::Pending { replay, from },
        },
        Fit::From(_) | Fit::Foreign if replay.edits(0) == 0 && !damaged => Found::Nothing,
        Fit::From(_) | Fit::Foreign => Found::Foreign(replay),
    }
}
