//! `gouji import`: a report from a file of another program.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{anyhow, bail};

use super::{Console, Outcome, common, fresh};
use crate::exchange::Limits;
use crate::exchange::import::import;
use crate::exchange::note::{Note, NoteKind};
use crate::exchange::recognise::Import;
use crate::form::Catalogue;
use crate::model::{excerpt, visible};
use crate::session::Session;
use crate::store::draft::{self, Unknown};
use crate::store::files::{DiskFiles, is_same_file, read_limited};

#[derive(clap::Args)]
#[command(
    about = "从 Word、Excel、网页、文本等文件导入报告，存成新草稿。",
    override_usage = "gouji import <文件> -o <草稿> [--form <表式>] [--all] [--force]",
    after_help = "能读 docx、xlsx、xls、et、ods、html、csv、md、txt、json 和有文字的 PDF。\n\
                  拿不准的、没有采用的都逐条列出；表上印的合计作为核对数，与算出的合计比较。\n\
                  退出码：0 全部对应；1 已导入，但有需要核对或没有采用的内容；2 读不出来，或命令写错。"
)]
pub(super) struct ImportCommand {
    #[arg(value_name = "文件", help = "要导入的文件")]
    file: PathBuf,
    #[arg(short, long, value_name = "草稿", help = "存成哪个草稿")]
    output: PathBuf,
    #[arg(long, value_name = "表式", help = "表式的名称，或自定义表式的文件；不写则按表格判断")]
    form: Option<PathBuf>,
    #[arg(long, help = "已经对应的各行也列出来")]
    all: bool,
    #[arg(long, help = "草稿已经存在时覆盖它；原来的内容留作备份")]
    force: bool,
}

/// Characters of the source that are shown with a note.
const SHOWN: usize = 60;
/// Characters that a message has of a source that it quotes in part.
const QUOTED: usize = 30;

pub(super) fn run(command: &ImportCommand, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let mut catalogue = Catalogue::default();
    let wanted = match &command.form {
        Some(choice) => Some(common::find_form(&mut catalogue, choice)?.id.clone()),
        None => None,
    };
    if is_same_file(&DiskFiles, &command.file, &command.output) {
        bail!("“{}”是要导入的文件，没有覆盖它。请用 -o 另写一个草稿的文件名", common::shown(&command.output));
    }
    let place = fresh::claim(&command.output, command.force)?;
    let limits = Limits::default();
    let bytes = read_limited(&DiskFiles, &command.file, limits.file)?;
    let name = command.file.file_name().map(|name| name.to_string_lossy().into_owned());
    let import = import(&bytes, name.as_deref(), &catalogue, wanted.as_deref(), &limits)
        .map_err(|error| anyhow!("“{}”{error}", command.file.display()))?;
    let text = draft::write(&import.form, &import.report, &Unknown::default());
    place.write(&text, &told(command, &import), console)?;
    list(&import, command.all, console)?;
    let in_doubt = import.notes.iter().any(|note| note.kind != NoteKind::Matched);
    Ok(if in_doubt { Outcome::Wrong } else { Outcome::Done })
}

fn told(command: &ImportCommand, import: &Import) -> String {
    let session = Session::open(std::sync::Arc::clone(&import.form), import.report.clone());
    let unit = Some(session.unit()).filter(|unit| !unit.is_empty()).unwrap_or("未写单位");
    let year = session.year().map_or("未写年度".to_owned(), |year| format!("{year}年度"));
    let tally = common::Tally::of(&session);
    let count = |kind| import.notes.iter().filter(|note| note.kind == kind).count();
    format!(
        "已导入“{}”：{} {year}，{}。{}处已对应，{}处请核对，{}处没有采用。核对结果：{}",
        common::shown(&command.output),
        visible(unit),
        session.form().name,
        count(NoteKind::Matched),
        count(NoteKind::Doubtful),
        count(NoteKind::LeftOver),
        tally.sentence(session.form()),
    )
}

fn list(import: &Import, all: bool, console: &mut Console<'_>) -> anyhow::Result<()> {
    let shown = |note: &&Note| all || note.kind != NoteKind::Matched;
    for note in import.notes.iter().filter(shown) {
        let line = format!("{} {}{}：{}", note.kind.name(), note.at, quoted(note), note.message);
        writeln!(console.out, "  {}。", visible(line.trim_end_matches('。')))?;
    }
    Ok(())
}

/// The words of the source, unless the message has them already.
fn quoted(note: &Note) -> String {
    let source = note.source.trim().replace('\n', " ");
    let beginning: String = source.chars().take(QUOTED).collect();
    if source.is_empty() || note.message.contains(&beginning) {
        return String::new();
    }
    format!("“{}”", excerpt(&source, SHOWN))
}
