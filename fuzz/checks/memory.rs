//! A file system in memory, so that saving, journals and recovery can be played at any speed.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use gouji::store::files::{DiskFiles, FileKind, FileLock, Files, Handle, Metadata};

type Content = Arc<Mutex<Vec<u8>>>;

/// Files below one folder. Only locks are real files, since they are the system's; they lie in a folder of the
/// system's temporary ones, whose path is that of the folder in memory too.
pub struct Memory {
    root: tempfile::TempDir,
    files: Mutex<BTreeMap<PathBuf, Content>>,
    folders: Mutex<BTreeSet<PathBuf>>,
    full: Arc<AtomicBool>,
}

struct Open {
    content: Content,
    full: Arc<AtomicBool>,
}

impl Memory {
    pub fn new() -> Self {
        let root = tempfile::tempdir().expect("a folder for locks");
        let folders = Mutex::new(BTreeSet::from([root.path().to_owned()]));
        Self { root, files: Mutex::default(), folders, full: Arc::default() }
    }

    pub fn root(&self) -> &Path {
        self.root.path()
    }

    pub fn put(&self, path: &Path, content: &[u8]) {
        self.files.lock().unwrap().insert(path.to_owned(), Arc::new(Mutex::new(content.to_vec())));
    }

    /// Whether the disk takes nothing more from now on.
    pub fn set_full(&self, full: bool) {
        self.full.store(full, Ordering::Relaxed);
    }

    fn content(&self, path: &Path) -> io::Result<Content> {
        self.files.lock().unwrap().get(path).cloned().ok_or_else(|| ErrorKind::NotFound.into())
    }

    /// Whether something new may be put at this path.
    fn may_write(&self, path: &Path) -> io::Result<()> {
        if self.full.load(Ordering::Relaxed) {
            return Err(ErrorKind::StorageFull.into());
        }
        let plain = path.components().all(|part| !matches!(part, std::path::Component::ParentDir));
        if !path.starts_with(self.root()) || !plain || self.folders.lock().unwrap().contains(path) {
            return Err(ErrorKind::PermissionDenied.into());
        }
        match path.parent() {
            Some(folder) if self.folders.lock().unwrap().contains(folder) => Ok(()),
            _ => Err(ErrorKind::NotFound.into()),
        }
    }

    fn open(&self, content: Content) -> Box<dyn Handle> {
        Box::new(Open { content, full: Arc::clone(&self.full) })
    }
}

impl Files for Memory {
    fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        let about = |kind, len| Metadata { kind, len, mode: None, read_only: false, modified: None };
        if self.folders.lock().unwrap().contains(path) {
            return Ok(about(FileKind::Folder, 0));
        }
        let content = self.content(path)?;
        let len = content.lock().unwrap().len() as u64;
        Ok(about(FileKind::File, len))
    }

    fn link_metadata(&self, path: &Path) -> io::Result<Metadata> {
        self.metadata(path)
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        self.metadata(path).map(|_| path.to_owned())
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let content = self.content(path)?;
        let content = content.lock().unwrap();
        let end = usize::try_from(limit).unwrap_or(usize::MAX).min(content.len());
        Ok(content[..end].to_vec())
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        self.may_write(path)?;
        if self.content(path).is_ok() {
            return Err(ErrorKind::AlreadyExists.into());
        }
        self.put(path, b"");
        Ok(self.open(self.content(path)?))
    }

    fn open_append(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        self.may_write(path)?;
        if self.content(path).is_err() {
            self.put(path, b"");
        }
        Ok(self.open(self.content(path)?))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.may_write(to)?;
        let mut files = self.files.lock().unwrap();
        let content = files.remove(from).ok_or(ErrorKind::NotFound)?;
        files.insert(to.to_owned(), content);
        Ok(())
    }

    fn sync_dir(&self, _folder: &Path) -> io::Result<()> {
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.files.lock().unwrap().remove(path).map(|_| ()).ok_or_else(|| ErrorKind::NotFound.into())
    }

    fn list_dir(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        let folders = self.folders.lock().unwrap();
        if !folders.contains(folder) {
            return Err(ErrorKind::NotFound.into());
        }
        let files = self.files.lock().unwrap();
        let inside = folders.iter().chain(files.keys()).filter(|path| path.parent() == Some(folder));
        let mut names: Vec<_> = inside.filter_map(|path| path.file_name().map(OsString::from)).collect();
        names.sort();
        Ok(names)
    }

    fn create_dir_all(&self, folder: &Path) -> io::Result<()> {
        if !folder.starts_with(self.root()) || self.content(folder).is_ok() {
            return Err(ErrorKind::PermissionDenied.into());
        }
        // The locks need it on the disk.
        DiskFiles.create_dir_all(folder)?;
        let above = folder.ancestors().take_while(|above| above.starts_with(self.root()));
        self.folders.lock().unwrap().extend(above.map(Path::to_owned));
        Ok(())
    }

    fn set_mode(&self, _path: &Path, _mode: u32) -> io::Result<()> {
        Ok(())
    }

    fn lock(&self, path: &Path) -> io::Result<Option<FileLock>> {
        self.may_write(path)?;
        DiskFiles.lock(path)
    }

    fn is_running(&self, _process: u32) -> Option<bool> {
        Some(false)
    }

    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000)
    }

    fn pause(&self, _time: Duration) {}

    fn is_passing(&self, _error: &io::Error) -> bool {
        false
    }
}

impl Open {
    fn room(&self) -> io::Result<()> {
        if self.full.load(Ordering::Relaxed) { Err(ErrorKind::StorageFull.into()) } else { Ok(()) }
    }
}

impl Handle for Open {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.room()?;
        self.content.lock().unwrap().extend_from_slice(bytes);
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        self.room()
    }

    fn truncate(&mut self, len: u64) -> io::Result<()> {
        self.room()?;
        self.content.lock().unwrap().truncate(usize::try_from(len).unwrap_or(usize::MAX));
        Ok(())
    }
}
