//! Replacing a file so that a reader sees the old or the new content, never a mixture.
//!
//! The new content goes to a temporary file in the same folder, down to the disk, and only then takes the name
//! of the old one. Until that moment the old file is not touched.

use std::ffi::{OsStr, OsString};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::error::{StoreError, Task};
use super::files::{FileKind, Files, Handle, Metadata};

/// Writes `bytes` to the file `path`, which need not exist; its folder must.
///
/// A link stays a link and the file it leads to is replaced. The permission bits of the old file are kept. `Ok`
/// means that the content is on the disk.
///
/// # Errors
/// On every error but [`StoreError::Unconfirmed`] the old file is as it was. The temporary file is removed,
/// unless that fails too.
pub fn save(files: &(impl Files + ?Sized), path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let failed = |cause| StoreError::io(path, Task::Save, cause);
    let target = Target::find(files, path)?;
    let (temporary, mut handle) = create_temporary(files, &target.path).map_err(failed)?;
    let written = write(files, &target, &temporary, handle.as_mut(), bytes);
    // Windows renames no file that is open.
    drop(handle);
    if let Err(cause) = written.and_then(|()| rename(files, &temporary, &target.path)) {
        // The first error tells more than a second one would.
        let _ = files.remove(&temporary);
        return Err(failed(cause));
    }
    files
        .sync_dir(folder_of(&target.path))
        .map_err(|cause| StoreError::Unconfirmed { path: path.to_owned(), cause })
}

/// The pauses between attempts to rename, about a second in all.
const PAUSES: [u64; 7] = [10, 20, 40, 80, 160, 320, 370];
/// Attempts to find a name for the temporary file that is not taken.
const NAMES: usize = 100;
/// Bytes of the file's name in that of the temporary file; most systems allow 255 in all.
const NAME_BYTES: usize = 180;

/// The file that will be replaced.
struct Target {
    path: PathBuf,
    /// `None` if there is none yet.
    old: Option<Metadata>,
}

impl Target {
    fn find(files: &(impl Files + ?Sized), path: &Path) -> Result<Self, StoreError> {
        let failed = |cause| StoreError::io(path, Task::Save, cause);
        if path.file_name().is_none() {
            return Err(StoreError::IsFolder { path: path.to_owned() });
        }
        let mut target = path.to_owned();
        let mut old = match files.link_metadata(path) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self { path: target, old: None }),
            Err(error) => return Err(failed(error)),
        };
        if old.kind == FileKind::Link {
            target = match files.canonicalize(path) {
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    return Err(StoreError::DanglingLink { path: path.to_owned() });
                }
                found => found.map_err(failed)?,
            };
            old = files.metadata(&target).map_err(failed)?;
        }
        match old.kind {
            FileKind::Folder => Err(StoreError::IsFolder { path: path.to_owned() }),
            FileKind::Other | FileKind::Link => Err(StoreError::NotRegular { path: path.to_owned() }),
            // Renaming would get round the mark, which somebody set on purpose.
            FileKind::File if old.read_only => Err(StoreError::ReadOnlyFile { path: path.to_owned() }),
            FileKind::File => Ok(Self { path: target, old: Some(old) }),
        }
    }
}

fn create_temporary(files: &(impl Files + ?Sized), target: &Path) -> io::Result<(PathBuf, Box<dyn Handle>)> {
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    let name = target.file_name().unwrap_or_default();
    let mut result = Err(ErrorKind::AlreadyExists.into());
    for _ in 0..NAMES {
        let counter = COUNTER.fetch_add(1, Ordering::Relaxed);
        let temporary = target.with_file_name(temporary_name(name, counter));
        result = files.create_new(&temporary).map(|handle| (temporary, handle));
        if !matches!(&result, Err(error) if error.kind() == ErrorKind::AlreadyExists) {
            break;
        }
    }
    result
}

/// `.<name>.<pid>-<counter>.tmp`, with the name cut short if it is long.
fn temporary_name(name: &OsStr, counter: u64) -> OsString {
    let pid = std::process::id();
    let mut short = OsString::from(".");
    if name.len() <= NAME_BYTES {
        short.push(name);
    } else {
        let name = name.to_string_lossy();
        let end = (0..=NAME_BYTES).rev().find(|at| name.is_char_boundary(*at)).unwrap_or(0);
        short.push(name.get(..end).unwrap_or_default());
    }
    short.push(format!(".{pid}-{counter}.tmp"));
    short
}

fn write(
    files: &(impl Files + ?Sized),
    target: &Target,
    temporary: &Path,
    handle: &mut dyn Handle,
    bytes: &[u8],
) -> io::Result<()> {
    // Before the content, which others may not be allowed to read.
    if let Some(mode) = target.old.and_then(|old| old.mode) {
        match files.set_mode(temporary, mode) {
            // A file system without permission bits has none to lose.
            Err(error) if matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::Unsupported) => {}
            result => result?,
        }
    }
    handle.write_all(bytes)?;
    handle.sync()
}

fn rename(files: &(impl Files + ?Sized), from: &Path, to: &Path) -> io::Result<()> {
    for pause in PAUSES {
        match files.rename(from, to) {
            Err(error) if files.is_passing(&error) => files.pause(Duration::from_millis(pause)),
            result => return result,
        }
    }
    files.rename(from, to)
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

#[cfg(test)]
mod tests;
