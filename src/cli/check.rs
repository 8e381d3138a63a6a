//! `gouji check`: the findings of drafts.

use std::io::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ValueEnum;

use super::common::{self, Tally};
use super::json;
use super::{Console, Outcome};
use crate::check::{Issue, LastYear};
use crate::form::Catalogue;
use crate::model::{visible, visible_lines};
use crate::session::Session;
use crate::store::draft::Notice;

#[derive(clap::Args)]
#[command(
    about = "核对草稿，列出全部问题。",
    override_usage = "gouji check <文件>… [--format text|json] [--form <表式>] [--last-year <上年草稿>]",
    after_help = "退出码：0 没有强制性问题；1 有强制性问题；2 有文件读不出来，或命令写错。"
)]
pub(super) struct Check {
    #[arg(value_name = "文件", required = true, help = "草稿文件，可以有几个")]
    files: Vec<PathBuf>,
    #[arg(
        long,
        value_name = "样式",
        default_value = "text",
        hide_default_value = true,
        hide_possible_values = true,
        help = "text 给人看（不写时用它），json 给程序用"
    )]
    format: Format,
    #[arg(long, value_name = "表式", help = "自定义表式的文件")]
    form: Option<PathBuf>,
    #[arg(long, value_name = "上年草稿", help = "上年的草稿，用来核对增长率、找出与上年雷同的文字")]
    last_year: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// A draft with its findings.
pub(super) struct Checked {
    /// The report, evaluated.
    pub(super) session: Session,
    /// What is to be known about the file.
    pub(super) notices: Vec<Notice>,
}

impl Checked {
    /// What the cover says of the unit.
    pub(super) fn unit(&self) -> &str {
        self.session.form().unit_fact().map_or("", |fact| self.session.report().fact(fact.id))
    }

    /// What the cover says of the year.
    pub(super) fn year(&self) -> &str {
        self.session.form().year_fact().map_or("", |fact| self.session.report().fact(fact.id))
    }

    fn outcome(&self) -> Outcome {
        match Tally::of(&self.session).mandatory {
            0 => Outcome::Done,
            _ => Outcome::Wrong,
        }
    }
}

pub(super) fn run(check: &Check, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let catalogue = common::catalogue(check.form.as_deref())?;
    let last_year = check.last_year.as_deref().map(|file| last_year(file, &catalogue)).transpose()?;
    let mut worst = Outcome::Done;
    let mut reports = Vec::new();
    for (index, file) in check.files.iter().enumerate() {
        let checked = open(file, &catalogue, last_year.as_ref());
        worst = worst.max(checked.as_ref().map_or(Outcome::Misused, Checked::outcome));
        match check.format {
            Format::Json => reports.push(json::Report::new(file, &checked)?),
            Format::Text => {
                if index > 0 {
                    writeln!(console.out)?;
                }
                print(file, &checked, console)?;
            }
        }
    }
    if check.format == Format::Json {
        writeln!(console.out, "{}", json::text(&reports)?)?;
    }
    Ok(worst)
}

/// Last year's draft, to compare with.
fn last_year(file: &Path, catalogue: &Catalogue) -> anyhow::Result<Arc<LastYear>> {
    let opened = common::open(file, catalogue)?;
    Ok(Arc::new(LastYear::new(opened.draft.form, opened.draft.report)))
}

/// The draft with its findings, or the sentence that says why there are none.
fn open(file: &Path, catalogue: &Catalogue, last_year: Option<&Arc<LastYear>>) -> Result<Checked, String> {
    let opened =
        common::open(file, catalogue).map_err(|error| visible_lines(&error.to_string()).into_owned())?;
    let mut session = Session::open(Arc::clone(&opened.draft.form), opened.draft.report);
    session.set_last_year(last_year.cloned());
    Ok(Checked { session, notices: opened.notices })
}

fn print(file: &Path, checked: &Result<Checked, String>, console: &mut Console<'_>) -> anyhow::Result<()> {
    let file = common::shown(file);
    let out = &mut console.out;
    let checked = match checked {
        Ok(checked) => checked,
        Err(error) => {
            writeln!(out, "{file}：没有核对")?;
            writeln!(out, "{error}")?;
            return Ok(());
        }
    };
    let form = checked.session.form();
    let unit = Some(checked.unit()).filter(|unit| !unit.is_empty()).unwrap_or("未填单位");
    let year = Some(checked.year()).filter(|year| !year.is_empty()).unwrap_or("未填");
    writeln!(out, "{file}：{} {}年度（{}）", visible(unit), visible(year), form.name)?;
    for notice in &checked.notices {
        writeln!(out, "  注意：{}", visible(&notice.to_string()))?;
    }
    let issues = checked.session.evaluation().issues_in_order(form);
    let sections = form.numbered_sections().map(|(id, section)| {
        let heading = format!("{}、{}", section.number, section.heading);
        (Some(id), heading)
    });
    for (id, heading) in std::iter::once((None, "封面".to_owned())).chain(sections) {
        let mut here = issues.iter().filter(|issue| form.section_of(issue.place()) == id).peekable();
        if here.peek().is_some() {
            writeln!(out, "{heading}")?;
        }
        for issue in here {
            print_issue(checked, *issue, out)?;
        }
    }
    let tally = Tally::of(&checked.session);
    writeln!(out, "{}", tally.sentence(form))?;
    Ok(())
}

fn print_issue(checked: &Checked, issue: Issue<'_>, out: &mut dyn Write) -> anyhow::Result<()> {
    let (form, report) = (checked.session.form(), checked.session.report());
    let place = match issue {
        Issue::Finding(_) => String::new(),
        Issue::Remark(noted) => {
            let at = At::of(report.text(noted.text), &noted.remark.range);
            format!("第 {} 段第 {} 字：", at.line, at.column)
        }
    };
    let message = issue.message(form, report);
    let (severity, code, message) = (issue.severity(form).name(), issue.code(form), visible(&message));
    writeln!(out, "  【{severity}】{code} {place}{message}")?;
    match issue.explanation(form, report) {
        "" => writeln!(out, "      提示：{}", issue.hint(form))?,
        words => writeln!(out, "      已说明：{}", visible(words))?,
    }
    Ok(())
}

/// A piece of a text as people and other programs count: paragraphs and characters, from 1.
pub(super) struct At {
    /// The paragraph.
    pub(super) line: usize,
    /// The character in it.
    pub(super) column: usize,
    /// How many characters it has.
    pub(super) length: usize,
}

impl At {
    pub(super) fn of(text: &str, range: &Range<usize>) -> Self {
        let before = text.get(..range.start).unwrap_or(text);
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before.get(start..).unwrap_or_default().chars().count() + 1,
            length: text.get(range.clone()).unwrap_or_default().chars().count(),
        }
    }
}
