//! `gouji new`: a new draft.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{anyhow, bail};

use super::{Console, Outcome, backups, common, guarded};
use crate::check::date;
use crate::form::Catalogue;
use crate::model::visible;
use crate::session::Session;
use crate::store::atomic;
use crate::store::backup;
use crate::store::beside::{JOURNAL, beside};
use crate::store::decode::MAX_BYTES;
use crate::store::draft::{self, Unknown};
use crate::store::error::{StoreError, Task};
use crate::store::files::{DiskFiles, Files, read_limited};
use crate::store::lock::{self, Locking};

#[derive(clap::Args)]
#[command(
    about = "新建一份草稿。",
    override_usage = "gouji new --unit <单位> --year <年度> [--form <表式>] -o <文件> [--force]"
)]
pub(super) struct New {
    #[arg(long, value_name = "单位", help = "编制单位的全称")]
    unit: String,
    #[arg(long, value_name = "年度", value_parser = year, help = "报告所反映的年份，四位数字")]
    year: i64,
    #[arg(long, value_name = "表式", help = "表式的名称，或自定义表式的文件；不写则按年度选用")]
    form: Option<PathBuf>,
    #[arg(short, long, value_name = "文件", help = "草稿保存到哪个文件")]
    output: PathBuf,
    #[arg(long, help = "文件已经存在时覆盖它；原来的内容留作备份")]
    force: bool,
}

pub(super) fn run(new: &New, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    if new.unit.trim().is_empty() {
        bail!("单位名称不能为空。请用 --unit 写出编制单位的全称");
    }
    let mut catalogue = Catalogue::default();
    let form = match &new.form {
        Some(choice) => common::find_form(&mut catalogue, choice)?,
        None => catalogue.for_year(new.year)?,
    };
    if !new.force {
        match DiskFiles.link_metadata(&new.output) {
            Ok(_) => {
                bail!("“{}”已经存在，没有改动它。请换一个文件名，或用 --force 覆盖", new.output.display())
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(StoreError::io(&new.output, Task::Save, error).into()),
        }
    }
    let real = backups::real(&new.output);
    let locking = lock::acquire(&DiskFiles, &guarded::me(), &real);
    if let Locking::HeldByOther { holder, dead } = &locking {
        return Err(guarded::held(&new.output, holder.as_ref(), *dead));
    }
    let session = Session::new_report(Arc::clone(&form), &new.unit, new.year);
    let text = draft::write(&form, session.report(), &Unknown::default());
    let kept = keep_former(&new.output, &real, text.as_bytes())?;
    atomic::save(&DiskFiles, &new.output, text.as_bytes())?;
    let (file, unit) = (common::shown(&new.output), visible(new.unit.trim()));
    writeln!(console.out, "已新建“{file}”：{unit} {}年度，{}。", new.year, form.name)?;
    if kept {
        writeln!(console.out, "原来的内容留作备份；要换回，请运行 gouji restore {file} 1。")?;
    }
    if DiskFiles.metadata(&beside(&real, JOURNAL)).is_ok() {
        writeln!(console.err, "注意：原来的草稿还有没有保存的改动，用填报界面打开草稿时可以处理。")?;
    }
    if !form.covers(new.year) {
        writeln!(console.err, "注意：{}不适用于 {} 年度。", form.name, new.year)?;
    }
    Ok(Outcome::Done)
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

fn year(text: &str) -> Result<i64, String> {
    date::read_year(text).ok_or_else(|| "年份要写四位数字，例如 2024".to_owned())
}
