//! `gouji new`: a new draft.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::bail;

use super::{Console, Outcome, common, fresh};
use crate::check::date;
use crate::form::Catalogue;
use crate::model::visible;
use crate::session::Session;
use crate::store::draft::{self, Unknown};

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
    let place = fresh::claim(&new.output, new.force)?;
    let session = Session::new_report(Arc::clone(&form), &new.unit, new.year);
    let text = draft::write(&form, session.report(), &Unknown::default());
    let (file, unit) = (common::shown(&new.output), visible(new.unit.trim()));
    let told = format!("已新建“{file}”：{unit} {}年度，{}。", new.year, form.name);
    place.write(&text, &told, console)?;
    if !form.covers(new.year) {
        writeln!(console.err, "注意：{}不适用于 {} 年度。", form.name, new.year)?;
    }
    Ok(Outcome::Done)
}

fn year(text: &str) -> Result<i64, String> {
    date::read_year(text).ok_or_else(|| "年份要写四位数字，例如 2024".to_owned())
}
