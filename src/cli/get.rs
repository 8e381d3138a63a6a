//! `gouji get`: what stands at some places of a draft.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::bail;

use super::{Console, Outcome, common};
use crate::form::Role;
use crate::model::Place;
use crate::session::Session;

#[derive(clap::Args)]
#[command(
    about = "读出草稿中的数据。",
    override_usage = "gouji get <文件> [路径]… [--stated] [--raw] [--form <表式>]",
    after_help = "每行一项：路径、一个空格、内容；没有填写的只有路径。\n\
                  合计给出计算所得的数；要读录入的核对数，请加 --stated。\n\
                  文字在一行之内：\\n 表示换行，\\\\ 表示反斜杠。\n\
                  路径如 cover.year、requests.received.total、text.overview（也可只写 overview）。"
)]
pub(super) struct Get {
    #[arg(value_name = "文件", help = "草稿文件")]
    file: PathBuf,
    #[arg(value_name = "路径", help = "要读的项目；不写则读出全部")]
    paths: Vec<String>,
    #[arg(long, help = "合计给出录入的核对数，没有核对数的只有路径")]
    stated: bool,
    #[arg(long, help = "只读一项，照原样输出内容，换行就是换行")]
    raw: bool,
    #[arg(long, value_name = "表式", help = "自定义表式的文件")]
    form: Option<PathBuf>,
}

pub(super) fn run(get: &Get, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    if get.raw && get.paths.len() != 1 {
        bail!("--raw 要求正好写一个路径，现有 {} 个", get.paths.len());
    }
    let opened = common::open(&get.file, &common::catalogue(get.form.as_deref())?)?;
    common::remark(console, &get.file, &opened.notices)?;
    let form = opened.draft.form;
    let places = if get.paths.is_empty() {
        common::places(&form)
    } else {
        get.paths.iter().map(|path| common::find_place(&form, path)).collect::<Result<_, _>>()?
    };
    let session = Session::open(Arc::clone(&form), opened.draft.report);
    for (index, place) in places.into_iter().enumerate() {
        let value = if get.stated { stated(&session, place) } else { session.shown(place) };
        if get.raw {
            print_raw(&value, console)?;
            continue;
        }
        let path = get.paths.get(index).cloned().unwrap_or_else(|| form.path(place));
        match common::escaped(&value) {
            blank if blank.is_empty() => writeln!(console.out, "{path}")?,
            value => writeln!(console.out, "{path} {value}")?,
        }
    }
    Ok(Outcome::Done)
}

/// What stands at a place; of a total the value that was keyed beside the computed one.
fn stated(session: &Session, place: Place) -> String {
    if let Place::Cell(cell) = place
        && let Some(slot) = session.form().slot(cell).filter(|slot| slot.role == Role::Total)
    {
        return session.report().stated(cell).as_typed(slot.kind.precision());
    }
    session.shown(place)
}

/// A content to the byte, except on a terminal, which would obey it.
fn print_raw(value: &str, console: &mut Console<'_>) -> anyhow::Result<()> {
    if std::io::stdout().is_terminal() {
        writeln!(console.out, "{value}")?;
    } else {
        writeln!(console.out.exact(), "{value}")?;
    }
    Ok(())
}
