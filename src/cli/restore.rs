//! `gouji restore`: puts an earlier content in the place of a draft.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};

use super::{Console, Outcome, backups, common, guarded};
use crate::form::Catalogue;
use crate::model::visible_lines;
use crate::store::backup::{self, Backup};
use crate::store::beside::{JOURNAL, OLD_JOURNAL, beside};
use crate::store::content::Content;
use crate::store::files::{DiskFiles, Files};
use crate::store::guard::{Access, DraftFile, Found, Warning, When};
use crate::store::lock::{self, Locking};
use crate::store::open::{OpenError, Opened};

#[derive(clap::Args)]
#[command(
    about = "把草稿恢复为一份备份的内容；恢复之前的内容也留作备份。",
    override_usage = "gouji restore <文件> <序号> [--form <表式>]",
    after_help = "序号请用 gouji backups <文件> 查看，1 是最近的一份。\n\
                  上次没有保存的改动不会用上，移到草稿旁边的另一个文件里保留。"
)]
pub(super) struct Restore {
    #[arg(value_name = "文件", help = "草稿文件，可以已经损坏或删去")]
    file: PathBuf,
    #[arg(value_name = "序号", value_parser = number, help = "恢复第几份备份")]
    number: usize,
    #[arg(long, value_name = "表式", help = "自定义表式的文件")]
    form: Option<PathBuf>,
}

pub(super) fn run(restore: &Restore, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let catalogue = common::catalogue(restore.form.as_deref())?;
    match DraftFile::open(&DiskFiles, &guarded::me(), &restore.file, &catalogue) {
        Ok((file, opened, found)) => over_good(restore, &catalogue, file, &opened, &found, console)?,
        Err(error) => over_damaged(restore, &catalogue, &error, console)?,
    }
    Ok(Outcome::Done)
}

/// Restores over a draft that can be opened.
fn over_good(
    restore: &Restore,
    catalogue: &Catalogue,
    mut file: DraftFile,
    opened: &Opened,
    found: &Found,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    if let Access::ReadOnly { holder, dead } = file.access() {
        return Err(guarded::held(&restore.file, holder.as_ref(), *dead));
    }
    // Only with the lock: a save of somebody else would shift the numbers.
    let draft = backups::real(&restore.file);
    let (backup, title) = choose(restore, &draft, catalogue)?;
    let restored = file.restore(&DiskFiles, &backup, When::Unchanged);
    let (bytes, saved) = restored.map_err(|error| guarded::refused(&restore.file, error))?;
    tell(restore, &backup, &title, console)?;
    let former = if Content::of(&bytes) == opened.content {
        "草稿的内容与它相同，没有变化。"
    } else {
        FORMER
    };
    writeln!(console.out, "{former}")?;
    if !saved.warnings.iter().any(|warning| matches!(warning, Warning::OldJournal(_))) {
        let aside = common::shown(&beside(&draft, OLD_JOURNAL));
        match found {
            Found::Nothing => {}
            Found::Pending { replay, from } => {
                let edits = replay.edits(*from);
                writeln!(console.err, "注意：上次有 {edits} 处改动没有保存，没有用上，移到“{aside}”保留。")?;
            }
            Found::Foreign(_) | Found::Damaged(_) | Found::Unreadable(_) => {
                writeln!(console.err, "注意：草稿旁边原有的恢复文件已移到“{aside}”保留。")?;
            }
        }
    }
    guarded::remark(console, &restore.file, file.access(), &saved)
}

/// Restores in place of a draft that is missing or can not be opened.
fn over_damaged(
    restore: &Restore,
    catalogue: &Catalogue,
    error: &OpenError,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let draft = backups::real(&restore.file);
    let locking = lock::acquire(&DiskFiles, &guarded::me(), &draft);
    if let Locking::HeldByOther { holder, dead } = &locking {
        return Err(guarded::held(&restore.file, holder.as_ref(), *dead));
    }
    let (backup, title) = choose(restore, &draft, catalogue)?;
    let missing = matches!(error, OpenError::File(error) if error.is_not_found());
    backup::restore(&DiskFiles, &draft, &backup)?;
    tell(restore, &backup, &title, console)?;
    writeln!(console.out, "{}", if missing { "原来没有这个文件。" } else { FORMER })?;
    if !missing {
        writeln!(console.err, "注意：恢复之前的草稿不能打开。{}", visible_lines(&error.to_string()))?;
    }
    // It stays: the screen finds out whether its edits fit what stands there now.
    if DiskFiles.metadata(&beside(&draft, JOURNAL)).is_ok() {
        writeln!(console.err, "注意：上次还有没有保存的改动，用填报界面打开草稿时可以处理。")?;
    }
    if matches!(locking, Locking::Without(_)) {
        guarded::remark_unlocked(console, &restore.file)?;
    }
    Ok(())
}

/// The backup that is meant, with its unit and year. One that is no draft is refused, so that a draft that can be
/// opened is not replaced by one that can not.
fn choose(restore: &Restore, draft: &Path, catalogue: &Catalogue) -> anyhow::Result<(Backup, String)> {
    let Restore { file, number, .. } = restore;
    let mut known = backup::list(&DiskFiles, draft)?;
    if known.is_empty() {
        bail!("“{}”没有备份，没有改动它。请检查文件名", file.display());
    }
    let count = known.len();
    let Some(index) = number.checked_sub(1).filter(|index| *index < count) else {
        bail!(
            "“{0}”只有 {count} 份备份，没有第 {number} 份，没有改动它。请用 gouji backups {0} 查看",
            file.display()
        );
    };
    let backup = known.swap_remove(index);
    let summary = backup::summary(&DiskFiles, &backup, catalogue)
        .map_err(|error| anyhow!("第 {number} 份备份不能打开，没有改动草稿。{error}"))?;
    Ok((backup, backups::title(&summary)))
}

fn tell(restore: &Restore, backup: &Backup, title: &str, console: &mut Console<'_>) -> anyhow::Result<()> {
    let (file, number, time) = (common::shown(&restore.file), restore.number, backup.time);
    writeln!(console.out, "已把“{file}”恢复为第 {number} 份备份：{time}，{title}。")?;
    Ok(())
}

/// Where the content went that was replaced.
const FORMER: &str = "恢复之前的内容现在是第 1 份备份。";

fn number(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| "序号要写从 1 起的数字，例如 1".to_owned())
}
