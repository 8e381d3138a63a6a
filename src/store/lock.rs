//! One writer for a draft.
//!
//! The system locks a file beside the draft, never the draft itself: saving replaces that one, and Windows would
//! keep others from reading it. The lock ends with the process, however that ends. A second file says who holds
//! it. Where there are no locks, as on some network folders, work goes on without.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::beside::{HOLDER, LOCK, beside};
use super::error::{StoreError, Task};
use super::files::{FileLock, Files, read_limited};
use super::moment::Moment;

/// Who is at work here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Name of the user.
    pub user: String,
    /// Name of the computer.
    pub host: String,
    /// Number of the process.
    pub process: u32,
}

/// Who holds a lock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Name of the user.
    pub user: String,
    /// Name of the computer.
    pub host: String,
    /// Number of the process on that computer.
    pub process: u32,
    /// Since when.
    pub since: Moment,
}

/// The lock of a draft, given back when dropped.
#[derive(Debug)]
pub struct Lock {
    file: FileLock,
}

/// What came of trying to lock a draft.
#[derive(Debug)]
pub enum Locking {
    /// Nobody else may save now.
    Held(Lock),
    /// Somebody else is at work on it.
    HeldByOther {
        /// Who, if that can be read.
        holder: Option<Holder>,
        /// Whether that process has ended, so that the lock is a left-over of the network; `None` if that can not
        /// be told, as of another computer.
        dead: Option<bool>,
    },
    /// There is no lock to be had here. Work goes on, and a foreign change is noticed at the next save.
    Without(StoreError),
}

/// Tries to lock a draft, which need not exist; its folder must. Does not wait.
pub fn acquire(files: &dyn Files, me: &Identity, draft: &Path) -> Locking {
    let (lock, holder) = (beside(draft, LOCK), beside(draft, HOLDER));
    match files.lock(&lock) {
        Ok(Some(mut file)) => {
            // Without it others are told that somebody is at work, but not who.
            let _ = write_holder(files, &holder, me);
            file.remove_with(holder);
            Locking::Held(Lock { file })
        }
        Ok(None) => {
            let holder = read_holder(files, &holder);
            let dead = holder.as_ref().and_then(|holder| {
                (holder.host == me.host).then(|| files.is_running(holder.process).map(|running| !running))?
            });
            Locking::HeldByOther { holder, dead }
        }
        Err(cause) => Locking::Without(StoreError::io(&lock, Task::Save, cause)),
    }
}

/// Takes the lock over from a holder that has ended or that the user knows to be gone.
///
/// # Errors
/// If the old lock file can not be removed, as on Windows while its holder lives.
pub fn take_over(files: &dyn Files, me: &Identity, draft: &Path) -> Result<Locking, StoreError> {
    let lock = beside(draft, LOCK);
    match files.remove(&lock) {
        Err(cause) if cause.kind() != ErrorKind::NotFound => Err(StoreError::io(&lock, Task::Save, cause)),
        _ => Ok(acquire(files, me, draft)),
    }
}

impl Identity {
    /// Of this process. `variable` looks up the environment.
    pub fn new(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let named = |names: [&str; 2]| {
            names
                .into_iter()
                .find_map(&variable)
                .map_or(String::new(), |value| value.to_string_lossy().into_owned())
        };
        Self {
            user: named(["USER", "USERNAME"]),
            host: host().unwrap_or_else(|| named(["COMPUTERNAME", "HOSTNAME"])),
            process: std::process::id(),
        }
    }
}

impl Lock {
    /// Whether it is still the one that others find under the name; not so once somebody took it over.
    pub fn still_ours(&self) -> bool {
        self.file.is_in_place()
    }
}

impl std::fmt::Display for Holder {
    /// 「张三（电脑 A01，进程 4321，自 2026-07-13 16:15:02）」. Names come from a file: they go to the screen through
    /// its canvas only.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { user, host, process, since } = self;
        let user = if user.is_empty() { "未知用户" } else { user };
        write!(f, "{user}（电脑 {host}，进程 {process}，自 {since}）")
    }
}

/// Longer than any holder.
const MAX_BYTES: u64 = 4096;

fn read_holder(files: &dyn Files, path: &Path) -> Option<Holder> {
    let bytes = read_limited(files, path, MAX_BYTES).ok()?;
    ron::from_str(std::str::from_utf8(&bytes).ok()?).ok()
}

/// Not atomic: a reader that comes in between does not learn the name, and no more.
fn write_holder(files: &dyn Files, path: &Path, me: &Identity) -> Option<()> {
    let Identity { user, host, process } = me.clone();
    let text = ron::to_string(&Holder { user, host, process, since: Moment::of(files.now()) }).ok()?;
    let mut handle = files.open_append(path).ok()?;
    handle.truncate(0).ok()?;
    handle.write_all(text.as_bytes()).ok()
}

#[cfg(unix)]
fn host() -> Option<String> {
    Some(rustix::system::uname().nodename().to_string_lossy().into_owned()).filter(|name| !name.is_empty())
}

#[cfg(not(unix))]
fn host() -> Option<String> {
    None
}

#[cfg(test)]
mod tests;
