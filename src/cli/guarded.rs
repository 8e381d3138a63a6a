//! What the commands share that write a draft: who they are, and why they refuse.

use std::io::Write;
use std::path::Path;

use anyhow::anyhow;

use super::{Console, common};
use crate::model::visible;
use crate::store::guard::{Access, SaveError, Saved};
use crate::store::lock::{Holder, Identity};

/// This process, as others are told of it.
pub(super) fn me() -> Identity {
    Identity::new(|name| std::env::var_os(name))
}

/// That somebody else is at work on a draft.
pub(super) fn held(path: &Path, holder: Option<&Holder>, dead: Option<bool>) -> anyhow::Error {
    let who = holder.map_or_else(|| "其他人".to_owned(), |holder| format!(" {holder} "));
    let advice = match dead {
        Some(true) => "那个进程已经不在，请用填报界面打开草稿，接管编辑权之后再运行",
        Some(false) | None => "请等对方关闭后再运行",
    };
    anyhow!("“{}”正由{who}编辑，没有改动它。{advice}", path.display())
}

/// Why a draft was not written, for the file that the user named.
pub(super) fn refused(path: &Path, error: SaveError) -> anyhow::Error {
    match error {
        SaveError::Held { holder, .. } => held(path, holder.as_ref(), None),
        SaveError::Changed { .. } | SaveError::Exists { .. } => {
            anyhow!("“{}”刚刚被别人改动过，没有再改动它。请查看之后重新运行", path.display())
        }
        error => error.into(),
    }
}

/// Tells what did not go well beside a save that succeeded.
pub(super) fn remark(
    console: &mut Console<'_>,
    path: &Path,
    access: &Access,
    saved: &Saved,
) -> anyhow::Result<()> {
    for warning in &saved.warnings {
        writeln!(console.err, "注意：{}", visible(&warning.to_string()))?;
    }
    if matches!(access, Access::Unlocked(_)) {
        remark_unlocked(console, path)?;
    }
    Ok(())
}

/// Tells that nothing kept others from writing at the same time.
pub(super) fn remark_unlocked(console: &mut Console<'_>, path: &Path) -> anyhow::Result<()> {
    let file = common::shown(path);
    writeln!(console.err, "注意：“{file}”所在的位置不能加锁，请确认没有别人同时在编辑它。")?;
    Ok(())
}
