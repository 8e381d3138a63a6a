//! The disk, with one fault that begins when a file tells it to.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use gouji::store::files::{DiskFiles, FileLock, Files, Handle, Metadata};

/// While a file of this name is in the folder of the program, the fault is there.
pub(crate) const SIGN: &str = "坏.txt";

/// The message of each panic here.
pub(crate) const MESSAGE: &str = "the disk is on fire";

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Listing a folder panics.
    List,
    /// The next write to a journal panics, after half of it.
    WriteOnce,
    /// Each write to a journal panics. Other files can be written.
    Write,
    /// Each write to any file panics.
    AllWrites,
    /// The system refuses each write to any file.
    Refused,
    /// What is not synced is gone when the program is killed, as after a power cut. It needs no sign.
    Forgetful,
}

impl Fault {
    pub(crate) const ALL: [Self; 6] =
        [Self::List, Self::WriteOnce, Self::Write, Self::AllWrites, Self::Refused, Self::Forgetful];

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fault| format!("{fault:?}") == name)
    }

    fn is_there() -> bool {
        Path::new(SIGN).exists()
    }
}

/// The disk with its fault.
pub(crate) struct Faulty {
    pub(crate) fault: Fault,
    /// Whether a fault that comes once has come.
    pub(crate) over: Arc<AtomicBool>,
}

impl Faulty {
    fn handle(&self, path: &Path, handle: Box<dyn Handle>) -> Box<dyn Handle> {
        let is_journal = path.extension().is_some_and(|end| end == "journal");
        Box::new(Faulted {
            fault: self.fault,
            over: Arc::clone(&self.over),
            is_journal,
            handle,
            waiting: Vec::new(),
        })
    }
}

struct Faulted {
    fault: Fault,
    over: Arc<AtomicBool>,
    is_journal: bool,
    handle: Box<dyn Handle>,
    /// What a forgetful disk does not have yet.
    waiting: Vec<u8>,
}

impl Handle for Faulted {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        let due = Fault::is_there();
        match self.fault {
            Fault::WriteOnce if due && self.is_journal && !self.over.swap(true, Ordering::SeqCst) => {
                self.handle.write_all(&bytes[..bytes.len() / 2])?;
                panic!("{MESSAGE}");
            }
            Fault::Write if due && self.is_journal => panic!("{MESSAGE}"),
            Fault::AllWrites if due => panic!("{MESSAGE}"),
            Fault::Refused if due => Err(io::ErrorKind::StorageFull.into()),
            Fault::Forgetful => {
                self.waiting.extend_from_slice(bytes);
                Ok(())
            }
            _ => self.handle.write_all(bytes),
        }
    }

    fn sync(&mut self) -> io::Result<()> {
        self.handle.write_all(&std::mem::take(&mut self.waiting))?;
        self.handle.sync()
    }

    fn truncate(&mut self, len: u64) -> io::Result<()> {
        self.handle.truncate(len)
    }
}

impl Files for Faulty {
    fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        DiskFiles.metadata(path)
    }

    fn link_metadata(&self, path: &Path) -> io::Result<Metadata> {
        DiskFiles.link_metadata(path)
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        DiskFiles.canonicalize(path)
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        DiskFiles.read(path, limit)
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        Ok(self.handle(path, DiskFiles.create_new(path)?))
    }

    fn open_append(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        Ok(self.handle(path, DiskFiles.open_append(path)?))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        DiskFiles.rename(from, to)
    }

    fn sync_dir(&self, folder: &Path) -> io::Result<()> {
        DiskFiles.sync_dir(folder)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        DiskFiles.remove(path)
    }

    fn list_dir(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        assert!(self.fault != Fault::List || !Fault::is_there(), "{MESSAGE}");
        DiskFiles.list_dir(folder)
    }

    fn create_dir_all(&self, folder: &Path) -> io::Result<()> {
        DiskFiles.create_dir_all(folder)
    }

    fn set_mode(&self, path: &Path, mode: u32) -> io::Result<()> {
        DiskFiles.set_mode(path, mode)
    }

    fn lock(&self, path: &Path) -> io::Result<Option<FileLock>> {
        DiskFiles.lock(path)
    }

    fn is_running(&self, process: u32) -> Option<bool> {
        DiskFiles.is_running(process)
    }

    fn now(&self) -> SystemTime {
        DiskFiles.now()
    }

    fn pause(&self, time: Duration) {
        DiskFiles.pause(time);
    }

    fn is_passing(&self, error: &io::Error) -> bool {
        DiskFiles.is_passing(error)
    }
}
