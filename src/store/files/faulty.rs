//! A file system on which any single operation can be made to fail.

use std::sync::{Arc, Mutex};

use super::*;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The operation fails with this number of the system and does nothing.
    Error(i32),
    /// A write puts down half of the bytes and then fails for lack of space; other operations do nothing.
    HalfWritten,
    /// From here on nothing works any more, as after a crash or with a share that is gone.
    Gone,
}

/// What works no more below a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plight {
    /// Nothing can be written, made or removed, for this number of the system; reading and locking go on.
    NoWriting(i32),
    /// Nothing works, as with a share that is gone; each operation fails with this number of the system.
    Nothing(i32),
}

/// Called before each operation.
type Hook = Arc<dyn Fn() + Send + Sync>;

/// The operations, as a test may ask for them in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Op {
    Metadata,
    Canonicalize,
    Read,
    Create,
    Append,
    Write,
    Sync,
    Truncate,
    Rename,
    SyncDir,
    Remove,
    List,
    MakeDir,
    SetMode,
    Lock,
}

impl Op {
    const fn writes(self) -> bool {
        !matches!(self, Self::Metadata | Self::Canonicalize | Self::Read | Self::List | Self::Lock)
    }
}

/// The real disk with a fault at one operation, and a log of what was tried.
#[derive(Clone, Default)]
pub(crate) struct FaultyFiles(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    /// The operation, counted from 0, that fails.
    fault: Option<(usize, Fault)>,
    /// A folder below which something works no more.
    plight: Option<(PathBuf, Plight)>,
    hook: Option<Hook>,
    /// Every operation and whether it succeeded.
    log: Vec<(Op, bool)>,
    /// How many renamings fail with an error that passes.
    busy: usize,
    /// The clock, if it is not that of the system.
    now: Option<SystemTime>,
    paused: Duration,
}

impl FaultyFiles {
    pub(crate) fn failing(at: usize, fault: Fault) -> Self {
        let files = Self::default();
        files.0.lock().unwrap().fault = Some((at, fault));
        files
    }

    /// The first `times` renamings find the file in use.
    pub(crate) fn busy(times: usize) -> Self {
        let files = Self::default();
        files.0.lock().unwrap().busy = times;
        files
    }

    pub(crate) fn log(&self) -> Vec<(Op, bool)> {
        self.0.lock().unwrap().log.clone()
    }

    pub(crate) fn paused(&self) -> Duration {
        self.0.lock().unwrap().paused
    }

    /// Sets the clock, which then stands still.
    pub(crate) fn set_clock(&self, seconds: u64) {
        self.0.lock().unwrap().now = Some(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
    }

    /// The next operation but `after` fails; earlier faults are forgotten.
    pub(crate) fn fail(&self, after: usize, fault: Fault) {
        let mut state = self.0.lock().unwrap();
        state.fault = Some((state.log.len() + after, fault));
    }

    /// From here on something works no more below a folder.
    pub(crate) fn strike(&self, folder: &Path, plight: Plight) {
        self.0.lock().unwrap().plight = Some((folder.to_owned(), plight));
    }

    /// From here on all works.
    pub(crate) fn heal(&self) {
        let mut state = self.0.lock().unwrap();
        (state.fault, state.plight) = (None, None);
    }

    /// From here on this is called before each operation, by the thread that is about to carry it out.
    pub(crate) fn before_each(&self, hook: impl Fn() + Send + Sync + 'static) {
        self.0.lock().unwrap().hook = Some(Arc::new(hook));
    }

    fn run<T>(&self, op: Op, path: &Path, work: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        self.run_or(op, path, || (), work)
    }

    /// Does `work` and logs it, or fails; `half` is what a [`Fault::HalfWritten`] does before.
    fn run_or<T>(
        &self,
        op: Op,
        path: &Path,
        half: impl FnOnce(),
        work: impl FnOnce() -> io::Result<T>,
    ) -> io::Result<T> {
        let hook = self.0.lock().unwrap().hook.clone();
        hook.inspect(|hook| hook());
        let mut state = self.0.lock().unwrap();
        let now = state.log.len();
        let fault = match state.fault {
            Some((at, fault)) if at == now || (at < now && fault == Fault::Gone) => Some(fault),
            _ => None,
        };
        let fault = fault.or_else(|| {
            let (_, plight) = state.plight.as_ref().filter(|(folder, _)| path.starts_with(folder))?;
            match *plight {
                Plight::NoWriting(_) if !op.writes() => None,
                Plight::NoWriting(number) | Plight::Nothing(number) => Some(Fault::Error(number)),
            }
        });
        let result = match fault {
            Some(Fault::Error(number)) => Err(io::Error::from_raw_os_error(number)),
            Some(Fault::HalfWritten) => {
                half();
                Err(io::ErrorKind::StorageFull.into())
            }
            Some(Fault::Gone) => Err(io::ErrorKind::StaleNetworkFileHandle.into()),
            None => work(),
        };
        state.log.push((op, result.is_ok()));
        result
    }
}

impl Files for FaultyFiles {
    fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        self.run(Op::Metadata, path, || DiskFiles.metadata(path))
    }

    fn link_metadata(&self, path: &Path) -> io::Result<Metadata> {
        self.run(Op::Metadata, path, || DiskFiles.link_metadata(path))
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        self.run(Op::Canonicalize, path, || DiskFiles.canonicalize(path))
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        self.run(Op::Read, path, || DiskFiles.read(path, limit))
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        let inner = self.run(Op::Create, path, || DiskFiles.create_new(path))?;
        Ok(Box::new(FaultyHandle { files: self.clone(), path: path.to_owned(), inner }))
    }

    fn open_append(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        let inner = self.run(Op::Append, path, || DiskFiles.open_append(path))?;
        Ok(Box::new(FaultyHandle { files: self.clone(), path: path.to_owned(), inner }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let busy = {
            let mut state = self.0.lock().unwrap();
            let busy = state.busy > 0;
            state.busy = state.busy.saturating_sub(1);
            busy
        };
        self.run(Op::Rename, to, || {
            if busy { Err(io::ErrorKind::ResourceBusy.into()) } else { DiskFiles.rename(from, to) }
        })
    }

    fn sync_dir(&self, folder: &Path) -> io::Result<()> {
        self.run(Op::SyncDir, folder, || DiskFiles.sync_dir(folder))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.run(Op::Remove, path, || DiskFiles.remove(path))
    }

    fn list_dir(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        self.run(Op::List, folder, || DiskFiles.list_dir(folder))
    }

    fn create_dir_all(&self, folder: &Path) -> io::Result<()> {
        self.run(Op::MakeDir, folder, || DiskFiles.create_dir_all(folder))
    }

    fn set_mode(&self, path: &Path, mode: u32) -> io::Result<()> {
        self.run(Op::SetMode, path, || DiskFiles.set_mode(path, mode))
    }

    fn lock(&self, path: &Path) -> io::Result<Option<FileLock>> {
        self.run(Op::Lock, path, || DiskFiles.lock(path))
    }

    fn is_running(&self, process: u32) -> Option<bool> {
        DiskFiles.is_running(process)
    }

    fn now(&self) -> SystemTime {
        self.0.lock().unwrap().now.unwrap_or_else(SystemTime::now)
    }

    fn pause(&self, time: Duration) {
        self.0.lock().unwrap().paused += time;
    }

    fn is_passing(&self, error: &io::Error) -> bool {
        error.kind() == io::ErrorKind::ResourceBusy
    }
}

struct FaultyHandle {
    files: FaultyFiles,
    path: PathBuf,
    inner: Box<dyn Handle>,
}

impl Handle for FaultyHandle {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        let inner = std::cell::RefCell::new(&mut self.inner);
        self.files.run_or(
            Op::Write,
            &self.path,
            || inner.borrow_mut().write_all(&bytes[..bytes.len() / 2]).unwrap(),
            || inner.borrow_mut().write_all(bytes),
        )
    }

    fn sync(&mut self) -> io::Result<()> {
        self.files.run(Op::Sync, &self.path, || self.inner.sync())
    }

    fn truncate(&mut self, len: u64) -> io::Result<()> {
        self.files.run(Op::Truncate, &self.path, || self.inner.truncate(len))
    }
}
