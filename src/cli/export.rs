//! `gouji export`: a report as a file for signing, publishing or other programs.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};

use super::{Console, Outcome, common, fresh};
use crate::check::Issue;
use crate::exchange::Format;
use crate::exchange::compose::Purpose;
use crate::exchange::export::{Obstacles, export, has_name_of_draft, obstacles};
use crate::form::Catalogue;
use crate::model::{Report, visible};
use crate::session::Session;
use crate::store::atomic;
use crate::store::files::{DiskFiles, is_same_file};

#[derive(clap::Args)]
#[command(
    about = "把草稿导出成 Word、Excel、网页等文件；--blank 导出供填写的空表。",
    override_usage = "gouji export <草稿> --to <格式> [-o <文件>] [--draft] [--yes] [--force] [--form <表式>]\n      \
                      gouji export --blank --form <表式> --to <格式> [--year <年度>] [-o <文件>] [--force]",
    after_help = "格式：docx（签发）、html（发布）、xlsx（报送）、md、csv、json。不写 -o 时，文件放在草稿旁边，名称相同。\n\
                  还有强制性问题时不导出；用 --draft 可以导出标明“草稿”的文件。\n\
                  退出码：0 已导出；1 有问题，没有导出；2 文件读不出来或写不进去，或命令写错。"
)]
// Flags of a command line are independent of each other.
#[allow(clippy::struct_excessive_bools)]
pub(super) struct Export {
    #[arg(value_name = "草稿", required_unless_present = "blank", help = "要导出的草稿")]
    source: Option<PathBuf>,
    #[arg(long, value_name = "格式", value_parser = format, help = "docx、xlsx、html、md、csv 或 json")]
    to: Option<Format>,
    #[arg(short, long, value_name = "文件", help = "导出到哪个文件；不写 --to 时按它的结尾决定格式")]
    output: Option<PathBuf>,
    #[arg(long, help = "有强制性问题也导出，并标明“草稿”")]
    draft: bool,
    #[arg(long, help = "还有没写审核说明的核实性问题也导出")]
    yes: bool,
    #[arg(long, conflicts_with = "source", help = "导出没有填写的空表")]
    blank: bool,
    #[arg(long, value_name = "年度", requires = "blank", help = "空表的报告年度")]
    year: Option<i64>,
    #[arg(long, value_name = "表式", help = "表式的名称，或自定义表式的文件")]
    form: Option<PathBuf>,
    #[arg(long, help = "文件已经存在时覆盖它")]
    force: bool,
}

/// The most issues that are listed before an export is refused.
const LISTED: usize = 10;

pub(super) fn run(command: &Export, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let format = chosen_format(command)?;
    let (session, purpose) = if command.blank {
        (blank(command)?, Purpose::Blank)
    } else {
        let session = open(command, console)?;
        match purpose(command, &session, console)? {
            Some(purpose) => (session, purpose),
            None => return Ok(Outcome::Wrong),
        }
    };
    let output = output(command, &session, format);
    if command.source.as_deref().is_some_and(|draft| is_same_file(&DiskFiles, draft, &output)) {
        bail!("“{}”是要导出的草稿，没有覆盖它。请换一个文件名", common::shown(&output));
    }
    if has_name_of_draft(&output) {
        bail!(
            "“{}”的结尾是草稿的，没有写入。请换一个结尾，例如 .{}",
            common::shown(&output),
            format.extension()
        );
    }
    if !command.force {
        fresh::must_not_exist(&output)?;
    }
    let bytes = export(&session, format, &purpose)?;
    atomic::save(&DiskFiles, &output, &bytes)?;
    let draft = if matches!(purpose, Purpose::Draft { .. }) { "，已标明“草稿”" } else { "" };
    writeln!(console.out, "已导出“{}”（{}{draft}）。", common::shown(&output), format.name())?;
    Ok(Outcome::Done)
}

fn open(command: &Export, console: &mut Console<'_>) -> anyhow::Result<Session> {
    let path = command.source.as_deref().context("缺少要导出的草稿")?;
    let opened = common::open(path, &common::catalogue(command.form.as_deref())?)?;
    common::remark(console, path, &opened.notices)?;
    Ok(Session::open(opened.draft.form, opened.draft.report))
}

fn blank(command: &Export) -> anyhow::Result<Session> {
    let mut catalogue = Catalogue::default();
    let form = match (&command.form, command.year) {
        (Some(choice), _) => common::find_form(&mut catalogue, choice)?,
        (None, Some(year)) => catalogue.for_year(year)?,
        (None, None) => bail!("不知道要哪种空表。请用 --form 写出表式，例如 --form 2021"),
    };
    Ok(match command.year {
        Some(year) => Session::new_report(form, "", year),
        None => Session::open_unsaved(Arc::clone(&form), Report::new(form.shape())),
    })
}

/// What the file is for; none if it must not go out, which has been told.
fn purpose(
    command: &Export,
    session: &Session,
    console: &mut Console<'_>,
) -> anyhow::Result<Option<Purpose>> {
    let Obstacles { mandatory, unexplained } = obstacles(session);
    if command.draft {
        return Ok(Some(Purpose::Draft { mandatory: mandatory.len() }));
    }
    if !mandatory.is_empty() {
        list(session, &mandatory, console)?;
        writeln!(
            console.err,
            "还有 {} 处强制性问题，没有导出。改好后再导出；只是给人看的，请加 --draft。",
            mandatory.len()
        )?;
        return Ok(None);
    }
    if !unexplained.is_empty() && !command.yes {
        list(session, &unexplained, console)?;
        writeln!(
            console.err,
            "还有 {} 处核实性问题没有写审核说明，没有导出。请在填报界面写明，或确认无误后加 --yes。",
            unexplained.len()
        )?;
        return Ok(None);
    }
    Ok(Some(Purpose::Final))
}

fn list(session: &Session, issues: &[Issue<'_>], console: &mut Console<'_>) -> anyhow::Result<()> {
    let (form, report) = (session.form(), session.report());
    for issue in issues.iter().take(LISTED) {
        writeln!(console.err, "  {} {}", issue.code(form), visible(&issue.message(form, report)))?;
    }
    if issues.len() > LISTED {
        writeln!(console.err, "  ……另有 {} 处", issues.len() - LISTED)?;
    }
    Ok(())
}

/// The file that was named, or one beside the draft; a blank form goes into the present folder.
fn output(command: &Export, session: &Session, format: Format) -> PathBuf {
    match (&command.output, &command.source) {
        (Some(output), _) => output.clone(),
        (None, Some(draft)) => draft.with_extension(format.extension()),
        (None, None) => PathBuf::from(format!("空表-{}.{}", session.form().id, format.extension())),
    }
}

fn chosen_format(command: &Export) -> anyhow::Result<Format> {
    if let Some(format) = command.to {
        return Ok(format);
    }
    let ending = command.output.as_deref().and_then(Path::extension).and_then(|ending| ending.to_str());
    let Some(ending) = ending else {
        bail!("不知道导出成什么格式。请用 --to 写明：docx、xlsx、html、md、csv 或 json")
    };
    format(ending).map_err(|cause| anyhow::anyhow!("“--to”没有写，而文件名的结尾{cause}"))
}

fn format(text: &str) -> Result<Format, String> {
    let written = Format::ALL.into_iter().filter(|format| format.can_be_written());
    let text = text.to_ascii_lowercase();
    let same = |format: &Format| format.extension() == text || (text == "htm" && *format == Format::Html);
    written.into_iter().find(same).ok_or_else(|| "不是 docx、xlsx、html、md、csv、json 之一".to_owned())
}
