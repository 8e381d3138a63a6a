//! The contents that a draft had before: ten files in a folder beside it.
//!
//! Their names are `<number>-<time>.ron`. The number grows by one with each, so that their order does not depend
//! on the clock.

use std::path::{Path, PathBuf};

use super::atomic;
use super::beside::{BACKUPS, beside};
use super::decode::MAX_BYTES;
use super::draft::{self, Draft};
use super::error::{StoreError, Task};
use super::files::{FileKind, Files, read_limited};
use super::moment::Moment;
use super::open::{self, OpenError};
use crate::check::Evaluation;
use crate::form::{Catalogue, Fact, Form, Severity};
use crate::model::Report;

/// How many backups a draft has at most.
pub const KEPT: usize = 10;

/// One earlier content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// The file.
    pub path: PathBuf,
    /// Higher for later ones.
    pub number: u64,
    /// When it was replaced, by the clock of then.
    pub time: Moment,
    /// Length in bytes.
    pub len: u64,
}

/// What an earlier content amounts to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The reporting unit.
    pub unit: String,
    /// The report year as typed.
    pub year: String,
    /// Cells that hold something.
    pub filled: usize,
    /// Places that are still to be filled in.
    pub gaps: usize,
    /// Findings that must be mended.
    pub errors: usize,
    /// Findings to be verified.
    pub warnings: usize,
}

/// Keeps `content`, which the draft holds until now. The oldest backups beyond [`KEPT`] go. Nothing is done if the
/// newest backup has the same content.
///
/// # Errors
/// If it could not be kept; the backups are then as before.
pub fn keep(files: &dyn Files, draft: &Path, content: &[u8]) -> Result<Option<Backup>, StoreError> {
    let folder = beside(draft, BACKUPS);
    files.create_dir_all(&folder).map_err(|cause| StoreError::io(&folder, Task::Save, cause))?;
    if let Ok(mode) = files.metadata(draft).map(|metadata| metadata.mode)
        && let Some(mode) = mode
    {
        // Who may not read the draft may not look into the folder; who may read may also search.
        let _ = files.set_mode(&folder, 0o700 | mode | (mode & 0o044) >> 2);
    }
    let known = list(files, draft)?;
    if let Some(newest) = known.first()
        && newest.len == content.len() as u64
        && read(files, newest).is_ok_and(|bytes| bytes == content)
    {
        return Ok(None);
    }
    let number = known.first().map_or(1, |newest| newest.number + 1);
    let time = Moment::of(files.now());
    let path = folder.join(format!("{number:04}-{}.ron", time.compact()));
    atomic::save(files, &path, content)?;
    for old in known.iter().skip(KEPT - 1) {
        // One that can not be removed now goes next time.
        let _ = files.remove(&old.path);
    }
    Ok(Some(Backup { path, number, time, len: content.len() as u64 }))
}

/// The backups of a draft, the newest first. Other files in the folder are passed over.
///
/// # Errors
/// If the folder can not be read. One that does not exist is empty.
pub fn list(files: &dyn Files, draft: &Path) -> Result<Vec<Backup>, StoreError> {
    let folder = beside(draft, BACKUPS);
    let names = match files.list_dir(&folder) {
        Ok(names) => names,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(cause) => return Err(StoreError::io(&folder, Task::Read, cause)),
    };
    let mut backups = Vec::new();
    for name in &names {
        let Some((number, time)) = name.to_str().and_then(read_name) else { continue };
        let path = folder.join(name);
        match files.metadata(&path) {
            Ok(found) if found.kind == FileKind::File => {
                backups.push(Backup { path, number, time, len: found.len });
            }
            Ok(_) => {}
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {}
            // To pass over one that is there would be to give its number to another.
            Err(cause) => return Err(StoreError::io(&path, Task::Read, cause)),
        }
    }
    backups.sort_by_key(|backup| std::cmp::Reverse(backup.number));
    Ok(backups)
}

/// The content of a backup.
///
/// # Errors
/// If it can not be read or is too long.
pub fn read(files: &dyn Files, backup: &Backup) -> Result<Vec<u8>, StoreError> {
    read_limited(files, &backup.path, MAX_BYTES)
}

/// Puts a backup in the place of the draft, whose present content is made a backup first. Returns the new content.
///
/// # Errors
/// If any of this fails, keeping the present content included; the draft is then as before, except as
/// [`StoreError::Unconfirmed`] says.
pub fn restore(files: &dyn Files, draft: &Path, backup: &Backup) -> Result<Vec<u8>, StoreError> {
    // Read first: making a backup may push this one out.
    let bytes = read(files, backup)?;
    match read_limited(files, draft, MAX_BYTES) {
        Ok(present) => {
            keep(files, draft, &present)?;
        }
        Err(error) if error.is_not_found() => {}
        Err(error) => return Err(error),
    }
    atomic::save(files, draft, &bytes)?;
    Ok(bytes)
}

/// What a backup amounts to.
///
/// # Errors
/// If it can not be read or is no draft.
pub fn summary(files: &dyn Files, backup: &Backup, catalogue: &Catalogue) -> Result<Summary, OpenError> {
    let draft = open(files, backup, catalogue)?;
    Ok(Summary::of(&draft.form, &draft.report))
}

/// The report that a backup holds.
///
/// # Errors
/// If it can not be read or is no draft.
pub fn open(files: &dyn Files, backup: &Backup, catalogue: &Catalogue) -> Result<Draft, OpenError> {
    let text = open::read_text(files, &backup.path)?.text;
    let (draft, _) = draft::read(&backup.path.display().to_string(), &text, catalogue)?;
    Ok(draft)
}

impl Summary {
    /// What a report amounts to.
    pub fn of(form: &Form, report: &Report) -> Self {
        let evaluation = Evaluation::of(form, report);
        let issues = evaluation.open_issues(form, report);
        let fact = |fact: Option<&Fact>| fact.map_or(String::new(), |fact| report.fact(fact.id).to_owned());
        let count = |severity| {
            issues.clone().filter(|issue| !issue.is_gap(form) && issue.severity(form) == severity).count()
        };
        Self {
            unit: fact(form.unit_fact()),
            year: fact(form.year_fact()),
            filled: form.all_cells().filter(|cell| !report.figure(*cell).is_blank()).count(),
            gaps: issues.clone().filter(|issue| issue.is_gap(form)).count(),
            errors: count(Severity::Mandatory),
            warnings: count(Severity::Verify),
        }
    }
}

/// Digits of a number beyond which a name is not one of ours.
const DIGITS: usize = 15;

fn read_name(name: &str) -> Option<(u64, Moment)> {
    let (number, time) = name.strip_suffix(".ron")?.split_once('-')?;
    let plain = number.len() <= DIGITS && number.bytes().all(|byte| byte.is_ascii_digit());
    Some((number.parse().ok().filter(|_| plain)?, Moment::read_compact(time)?))
}

#[cfg(test)]
mod tests;
