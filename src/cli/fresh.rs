//! Writing a draft that did not exist, for `gouji new` and `gouji import`.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};

use super::{Console, backups, common, guarded};
use crate::store::atomic;
use crate::store::backup;
use crate::store::beside::{JOURNAL, beside};
use crate::store::decode::MAX_BYTES;
use crate::store::error::{StoreError, Task};
use crate::store::files::{DiskFiles, Files, read_limited};
use crate::store::lock::{self, Lock, Locking};

/// A place for a new draft, held against others until it is dropped.
pub(super) struct Place {
    named: PathBuf,
    real: PathBuf,
    _lock: Option<Lock>,
}

/// Refuses a file that exists, unless it may be replaced, and one that somebody is at work on.
pub(super) fn claim(path: &Path, replace: bool) -> anyhow::Result<Place> {
    if !replace {
        must_not_exist(path)?;
    }
    let real = backups::real(path);
    match lock::acquire(&DiskFiles, &guarded::me(), &real) {
        Locking::HeldByOther { holder, dead } => Err(guarded::held(path, holder.as_ref(), dead)),
        Locking::Held(lock) => Ok(Place { named: path.to_owned(), real, _lock: Some(lock) }),
        Locking::Without(_) => Ok(Place { named: path.to_owned(), real, _lock: None }),
    }
}

/// Says that a file exists, which is then left alone.
pub(super) fn must_not_exist(path: &Path) -> anyhow::Result<()> {
    match DiskFiles.link_metadata(path) {
        Ok(_) => bail!("“{}”已经存在，没有改动它。请换一个文件名，或用 --force 覆盖", path.display()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(StoreError::io(path, Task::Save, error).into()),
    }
}

impl Place {
    /// Writes the draft; what it replaces becomes a backup. Then `told` says what was made.
    pub(super) fn write(&self, text: &str, told: &str, console: &mut Console<'_>) -> anyhow::Result<()> {
        let kept = keep_former(&self.named, &self.real, text.as_bytes())?;
        atomic::save(&DiskFiles, &self.named, text.as_bytes())?;
        let file = common::shown(&self.named);
        writeln!(console.out, "{told}")?;
        if kept {
            writeln!(console.out, "原来的内容留作备份；要换回，请运行 gouji restore {file} 1。")?;
        }
        if DiskFiles.metadata(&beside(&self.real, JOURNAL)).is_ok() {
            writeln!(console.err, "注意：原来的草稿还有没有保存的改动，用填报界面打开草稿时可以处理。")?;
        }
        Ok(())
    }
}

/// Makes a backup of what the new draft replaces, and says whether there is one.
fn keep_former(named: &Path, real: &Path, text: &[u8]) -> anyhow::Result<bool> {
    let former = match read_limited(&DiskFiles, named, MAX_BYTES) {
        Ok(former) => former,
        Err(error) if error.is_not_found() => return Ok(false),
        Err(error @ StoreError::TooLarge { .. }) => {
            bail!("{error}。原来的内容不能留作备份，没有覆盖它；确实不要的，请先把它移走")
        }
        Err(error) => return Err(error.into()),
    };
    if former == text {
        return Ok(false);
    }
    let kept = backup::keep(&DiskFiles, real, &former);
    kept.map_err(|error| anyhow!("“{}”原来的内容不能留作备份，没有覆盖它。{error}", named.display()))?;
    Ok(true)
}
