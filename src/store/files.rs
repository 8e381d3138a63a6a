//! The file operations the store needs, behind a trait so that faults can be injected.
//!
//! Everything that keeps people's work goes through [`Files`]. A test can then fail each single operation and
//! look at what is left on the disk.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::error::{StoreError, Task};

/// Whether two paths lead to the same file, be it through links.
pub fn is_same_file(files: &(impl Files + ?Sized), one: &Path, other: &Path) -> bool {
    let real = |path: &Path| files.canonicalize(path).ok();
    one == other || real(one).is_some_and(|one| real(other) == Some(one))
}

/// A file system. Every method is one operation of the system and changes nothing if it fails, except where it
/// says so.
#[expect(
    clippy::missing_errors_doc,
    reason = "each gives the error of the system, and its docs say what is special"
)]
pub trait Files: Send + Sync {
    /// About what the path leads to, through links.
    fn metadata(&self, path: &Path) -> io::Result<Metadata>;

    /// About the path itself, which may be a link.
    fn link_metadata(&self, path: &Path) -> io::Result<Metadata>;

    /// The path without links, of something that exists.
    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf>;

    /// The first `limit` bytes of a file, or all if it has fewer.
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>>;

    /// A new empty file for writing; `AlreadyExists` if there is anything of that name.
    fn create_new(&self, path: &Path) -> io::Result<Box<dyn Handle>>;

    /// A file for writing at its end, made if it does not exist.
    fn open_append(&self, path: &Path) -> io::Result<Box<dyn Handle>>;

    /// Puts `from` in the place of `to` at once: whoever opens `to` sees the old or the new file.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Makes renamings in this folder durable, where the system can; elsewhere nothing.
    fn sync_dir(&self, folder: &Path) -> io::Result<()>;

    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// The names in a folder, sorted.
    fn list_dir(&self, folder: &Path) -> io::Result<Vec<OsString>>;

    /// Makes a folder and those above it. If it fails, some of those may have been made.
    fn create_dir_all(&self, folder: &Path) -> io::Result<()>;

    /// Sets the permission bits; on systems without them nothing.
    fn set_mode(&self, path: &Path, mode: u32) -> io::Result<()>;

    /// Locks a file against other processes and other openings in this one, making it if it does not exist.
    /// `None` if somebody else has locked it. `Unsupported`, or another error, where nothing can be locked.
    fn lock(&self, path: &Path) -> io::Result<Option<FileLock>>;

    /// Whether a process of this computer is running; `None` where that can not be told.
    fn is_running(&self, process: u32) -> Option<bool>;

    /// The time by the clock of the system.
    fn now(&self) -> SystemTime;

    /// Waits before another attempt.
    fn pause(&self, time: Duration);

    /// Whether an error of [`rename`](Self::rename) may pass, since another program has the file open just now.
    fn is_passing(&self, error: &io::Error) -> bool;

    /// Whether the path leads to anything.
    fn exists(&self, path: &Path) -> io::Result<bool> {
        match self.metadata(path) {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// A file open for writing.
#[expect(
    clippy::missing_errors_doc,
    reason = "each gives the error of the system, and its docs say what is special"
)]
pub trait Handle: Send {
    /// Writes all bytes at the end. If it fails, some of them may have been written.
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Waits until content and length are on the disk.
    fn sync(&mut self) -> io::Result<()>;

    /// Cuts the file to this many bytes.
    fn truncate(&mut self, len: u64) -> io::Result<()>;
}

/// A lock on a file, given back when dropped. The system gives it back by itself when the process ends.
#[derive(Debug)]
pub struct FileLock {
    file: File,
    path: PathBuf,
    note: Option<PathBuf>,
}

/// What is known of a file without opening it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metadata {
    /// File, folder or something else.
    pub kind: FileKind,
    /// Length in bytes.
    pub len: u64,
    /// The permission bits, on systems that have them.
    pub mode: Option<u32>,
    /// Whether the file is marked as not to be written, by anybody.
    pub read_only: bool,
    /// The last change, on systems that know it.
    pub modified: Option<SystemTime>,
}

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// An ordinary file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link; only from [`Files::link_metadata`].
    Link,
    /// A device, a pipe, a socket.
    Other,
}

/// Reads a whole file of at most `max` bytes.
///
/// Longer files are refused by their length, without being read. A file that grows meanwhile, or that hides its
/// length, is read up to the limit and then refused.
///
/// # Errors
/// If it is no ordinary file, longer than `max`, or can not be read.
pub fn read_limited(files: &(impl Files + ?Sized), path: &Path, max: u64) -> Result<Vec<u8>, StoreError> {
    let failed = |cause| StoreError::io(path, Task::Read, cause);
    let metadata = files.metadata(path).map_err(failed)?;
    match metadata.kind {
        FileKind::File => {}
        FileKind::Folder => return Err(StoreError::IsFolder { path: path.to_owned() }),
        FileKind::Link | FileKind::Other => return Err(StoreError::NotRegular { path: path.to_owned() }),
    }
    let too_large = || StoreError::TooLarge { path: path.to_owned(), max };
    if metadata.len > max {
        return Err(too_large());
    }
    let bytes = files.read(path, max.saturating_add(1)).map_err(failed)?;
    if bytes.len() as u64 > max { Err(too_large()) } else { Ok(bytes) }
}

/// The file system of this computer.
#[derive(Debug, Clone, Copy, Default)]
pub struct DiskFiles;

impl Files for DiskFiles {
    fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        fs::metadata(path).map(|metadata| Metadata::new(&metadata))
    }

    fn link_metadata(&self, path: &Path) -> io::Result<Metadata> {
        fs::symlink_metadata(path).map(|metadata| Metadata::new(&metadata))
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(path)?.take(limit).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        Ok(Box::new(at_end().create_new(true).open(path)?))
    }

    fn open_append(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        Ok(Box::new(at_end().create(true).open(path)?))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    #[cfg(unix)]
    fn sync_dir(&self, folder: &Path) -> io::Result<()> {
        use io::ErrorKind::{InvalidInput, PermissionDenied, Unsupported};
        let result = File::open(folder).and_then(|folder| folder.sync_all());
        match result {
            // Network file systems have no such operation, and a folder may be writable but not readable.
            Err(error) if matches!(error.kind(), InvalidInput | PermissionDenied | Unsupported) => Ok(()),
            result => result,
        }
    }

    #[cfg(not(unix))]
    fn sync_dir(&self, _folder: &Path) -> io::Result<()> {
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn list_dir(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        let mut names: Vec<OsString> = fs::read_dir(folder)?
            .map(|entry| entry.map(|entry| entry.file_name()))
            .collect::<Result<_, _>>()?;
        names.sort();
        Ok(names)
    }

    fn create_dir_all(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)
    }

    #[cfg(unix)]
    fn set_mode(&self, path: &Path, mode: u32) -> io::Result<()> {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(mode))
    }

    #[cfg(not(unix))]
    fn set_mode(&self, _path: &Path, _mode: u32) -> io::Result<()> {
        Ok(())
    }

    fn lock(&self, path: &Path) -> io::Result<Option<FileLock>> {
        for _ in 0..LOCK_ATTEMPTS {
            let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
            match file.try_lock() {
                // The holder before may have removed the file between our opening and locking it.
                Ok(()) if is_at(&file, path)? => {
                    return Ok(Some(FileLock { file, path: path.to_owned(), note: None }));
                }
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(error)) => return Err(error),
            }
        }
        Ok(None)
    }

    #[cfg(unix)]
    fn is_running(&self, process: u32) -> Option<bool> {
        let process = i32::try_from(process).ok().filter(|process| *process > 0)?;
        match rustix::process::test_kill_process(rustix::process::Pid::from_raw(process)?) {
            Ok(()) | Err(rustix::io::Errno::PERM) => Some(true),
            Err(rustix::io::Errno::SRCH) => Some(false),
            Err(_) => None,
        }
    }

    #[cfg(not(unix))]
    fn is_running(&self, _process: u32) -> Option<bool> {
        None
    }

    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn pause(&self, time: Duration) {
        std::thread::sleep(time);
    }

    fn is_passing(&self, error: &io::Error) -> bool {
        // Access denied, sharing violation, lock violation: a virus scanner, an indexer or an office program.
        cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32 | 33))
    }
}

impl Handle for File {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        if cfg!(not(unix)) {
            self.seek(SeekFrom::End(0))?;
        }
        Write::write_all(self, bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.sync_all()
    }

    fn truncate(&mut self, len: u64) -> io::Result<()> {
        self.set_len(len)
    }
}

impl FileLock {
    /// Has this file removed too when the lock is given back.
    pub fn remove_with(&mut self, note: PathBuf) {
        self.note = Some(note);
    }

    /// Whether the locked file still has its name, so that others find it locked.
    pub fn is_in_place(&self) -> bool {
        is_at(&self.file, &self.path).unwrap_or(false)
    }
}

impl Drop for FileLock {
    fn drop(&mut self) {
        // Removed while it is still locked, so that nobody can lock it between the two. Where it can not be seen
        // whether the name is still ours, the empty file stays.
        if self.is_in_place() {
            if let Some(note) = &self.note {
                let _ = fs::remove_file(note);
            }
            if cfg!(unix) {
                let _ = fs::remove_file(&self.path);
            }
        }
        let _ = self.file.unlock();
    }
}

impl Metadata {
    fn new(metadata: &fs::Metadata) -> Self {
        let kind = match metadata.file_type() {
            kind if kind.is_file() => FileKind::File,
            kind if kind.is_dir() => FileKind::Folder,
            kind if kind.is_symlink() => FileKind::Link,
            _ => FileKind::Other,
        };
        Self {
            kind,
            len: metadata.len(),
            mode: mode(metadata),
            read_only: metadata.permissions().readonly(),
            modified: metadata.modified().ok(),
        }
    }
}

/// For writing at the end and for cutting. Windows does not allow cutting in a file opened for appending only, so
/// that there the end is looked for before each write.
fn at_end() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).append(cfg!(unix));
    options
}

/// How often a lock file that is just being removed is opened anew.
const LOCK_ATTEMPTS: usize = 20;

/// Whether this open file is the one of that name.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let open = file.metadata()?;
    match fs::metadata(path) {
        Ok(named) => Ok((open.dev(), open.ino()) == (named.dev(), named.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Lock files are never removed here, so the name stays with the file.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "on Unix it has to be looked up")]
fn is_at(_file: &File, _path: &Path) -> io::Result<bool> {
    Ok(true)
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere there is none")]
fn mode(metadata: &fs::Metadata) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    Some(metadata.permissions().mode() & 0o7777)
}

#[cfg(not(unix))]
fn mode(_metadata: &fs::Metadata) -> Option<u32> {
    None
}

#[cfg(test)]
pub(crate) mod faulty;
#[cfg(test)]
mod tests;
