//! `gouji backups`: the contents that a draft had before.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::{Console, Outcome, common};
use crate::form::Catalogue;
use crate::model::visible;
use crate::store::backup::{self, Backup, Summary};
use crate::store::error::{StoreError, Task};
use crate::store::files::{DiskFiles, Files};

#[derive(clap::Args)]
#[command(
    about = "列出草稿的备份，最近的在前。",
    override_usage = "gouji backups <文件> [--form <表式>]",
    after_help = "每次保存之前的内容留作备份，最多十份。每行一份：序号、时间、大小、单位和年度、问题的个数。\n\
                  要恢复其中一份，请运行 gouji restore <文件> <序号>。"
)]
pub(super) struct Backups {
    #[arg(value_name = "文件", help = "草稿文件，可以已经损坏或删去")]
    file: PathBuf,
    #[arg(long, value_name = "表式", help = "自定义表式的文件")]
    form: Option<PathBuf>,
}

pub(super) fn run(backups: &Backups, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let catalogue = common::catalogue(backups.form.as_deref())?;
    let draft = real(&backups.file);
    let known = backup::list(&DiskFiles, &draft)?;
    if known.is_empty() {
        explain_none(&backups.file, console)?;
    }
    for (index, backup) in known.iter().enumerate() {
        let content = describe(backup, &catalogue);
        writeln!(console.out, "{:>2}  {}  {} 字节  {content}", index + 1, backup.time, backup.len)?;
    }
    Ok(Outcome::Done)
}

/// The draft without links: its backups stand beside it and not beside a link.
pub(super) fn real(path: &Path) -> PathBuf {
    DiskFiles.canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Unit and year, which may be blank.
pub(super) fn title(summary: &Summary) -> String {
    let unit = match summary.unit.trim() {
        "" => "（未填单位）".to_owned(),
        unit => visible(unit).into_owned(),
    };
    match summary.year.trim() {
        "" => format!("{unit} （未填年度）"),
        year => format!("{unit} {}年度", visible(year)),
    }
}

fn describe(backup: &Backup, catalogue: &Catalogue) -> String {
    match backup::summary(&DiskFiles, backup, catalogue) {
        Ok(summary) => {
            let Summary { errors, warnings, gaps, .. } = &summary;
            format!("{}  强制 {errors}，核实 {warnings}，空白 {gaps}", title(&summary))
        }
        Err(error) => {
            let reason = error.to_string().lines().map(str::trim).collect::<Vec<_>>().join(" ");
            format!("不能打开：{}", visible(&reason))
        }
    }
}

/// No backups is good news only of a draft that could be looked for.
fn explain_none(file: &Path, console: &mut Console<'_>) -> anyhow::Result<()> {
    match DiskFiles.metadata(file) {
        Ok(_) => {}
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {
            let folder = match file.parent() {
                Some(folder) if !folder.as_os_str().is_empty() => folder,
                _ => Path::new("."),
            };
            DiskFiles.metadata(folder).map_err(|cause| StoreError::io(folder, Task::Read, cause))?;
            writeln!(console.err, "注意：没有“{}”这个文件，请检查文件名。", common::shown(file))?;
        }
        Err(cause) => return Err(StoreError::io(file, Task::Read, cause).into()),
    }
    writeln!(console.out, "没有备份。")?;
    Ok(())
}
