//! `gouji set`: fills in some places of a draft, all or none.

use std::collections::HashSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};

use super::{Console, Outcome, common, guarded};
use crate::check::date;
use crate::form::{Catalogue, Form};
use crate::model::visible;
use crate::model::{Edit, Figure, Place, Report};
use crate::session::Session;
use crate::store::draft;
use crate::store::files::DiskFiles;
use crate::store::guard::{Access, DraftFile, Found, When};
use crate::store::open;

#[derive(clap::Args)]
#[command(
    about = "改动草稿中的数据，并说明改动之后还有多少问题。",
    override_usage = "gouji set <文件> <路径=内容>… [--form <表式>]",
    after_help = "内容的读法与界面上相同：可以写 12+7、全角数字、减4；“路径=”清空一项；合计写的是核对数。\n\
                  文字中 \\n 表示换行，\\\\ 表示反斜杠；“路径=@文件”从文件读入文字。\n\
                  几项同时改时，只要有一项写错，就都不改。"
)]
pub(super) struct Set {
    #[arg(value_name = "文件", help = "草稿文件")]
    file: PathBuf,
    #[arg(value_name = "路径=内容", required = true, help = "要改的项目和新的内容")]
    changes: Vec<String>,
    #[arg(long, value_name = "表式", help = "自定义表式的文件")]
    form: Option<PathBuf>,
}

pub(super) fn run(set: &Set, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let catalogue = common::catalogue(set.form.as_deref())?;
    let (mut file, opened, found) = DraftFile::open(&DiskFiles, &guarded::me(), &set.file, &catalogue)?;
    may_change(&set.file, file.access(), &found)?;
    common::remark(console, &set.file, &opened.notices)?;
    remark_left_behind(&file, &found, console)?;
    let form = opened.draft.form;
    let mut session = Session::open(Arc::clone(&form), opened.draft.report);
    let mut changes = Vec::new();
    let mut places = HashSet::new();
    for change in &set.changes {
        let (place, value) = parse(&form, change)?;
        if !places.insert(place) {
            bail!("“{}”写了两次，没有改动。请只写一次", form.path(place));
        }
        let edit = session.typed(place, &value);
        if !edit.changes_nothing(session.report()) {
            changes.push((place, edit));
        }
    }
    if changes.is_empty() {
        writeln!(console.out, "内容与原来相同，没有改动。")?;
        return Ok(Outcome::Done);
    }
    let before = session.report().clone();
    session.apply(&Edit::Many(changes.iter().map(|(_, edit)| edit.clone()).collect()), None)?;
    let text = draft::write(&form, session.report(), &opened.draft.unknown);
    let saved = file.save(&DiskFiles, text.as_bytes(), When::Unchanged);
    let saved = saved.map_err(|error| guarded::refused(&set.file, error))?;
    for (place, edit) in &changes {
        writeln!(console.out, "{}", describe(&form, *place, edit, &before, session.report()))?;
    }
    let tally = common::Tally::of(&session);
    writeln!(console.out, "已保存。{}", tally.sentence(&form))?;
    guarded::remark(console, &set.file, file.access(), &saved)?;
    remark_year(&form, &catalogue, session.report(), &changes, console)?;
    Ok(Outcome::Done)
}

/// Refuses a draft that somebody else holds, and one with edits that were not saved: they would no longer fit.
fn may_change(path: &Path, access: &Access, found: &Found) -> anyhow::Result<()> {
    if let Access::ReadOnly { holder, dead } = access {
        return Err(guarded::held(path, holder.as_ref(), *dead));
    }
    if let Found::Pending { replay, from } = found {
        let edits = replay.edits(*from);
        bail!(
            "“{}”上次有 {edits} 处改动没有保存，没有改动它。请先用填报界面打开草稿，恢复或放弃那些改动",
            path.display()
        );
    }
    Ok(())
}

/// Tells of a journal beside the draft that has nothing for this content of it. It stays where it is: this command
/// has no edits of its own to keep there.
fn remark_left_behind(file: &DraftFile, found: &Found, console: &mut Console<'_>) -> anyhow::Result<()> {
    let path = common::shown(file.journal_path());
    let what = match found {
        Found::Nothing | Found::Pending { .. } => return Ok(()),
        Found::Foreign(replay) => {
            let edits = replay.edits(0);
            format!("“{path}”记有 {edits} 处没有保存的改动，但草稿后来被换过，对不上")
        }
        Found::Damaged(_) => format!("恢复文件“{path}”已损坏，其中没有保存的改动不能恢复"),
        Found::Unreadable(error) => format!("草稿旁边的恢复文件读不出来。{error}"),
    };
    writeln!(
        console.err,
        "注意：{what}。本次没有用上，也没有动它。\n      以后在填报界面里保存这份草稿时，它会移到一边保留；确认不再需要的，也可以删去。"
    )?;
    Ok(())
}

/// The place and the value of `path=value`.
fn parse(form: &Form, change: &str) -> anyhow::Result<(Place, String)> {
    let (path, value) =
        change.split_once(['=', '＝']).with_context(|| format!("“{change}”里没有等号。请写成 路径=内容"))?;
    let place = common::find_place(form, path.trim())?;
    let value = match (place, value.strip_prefix('@')) {
        (Place::Text(_), Some(file)) => {
            let text = open::read_text(&DiskFiles, Path::new(file))?.text.replace("\r\n", "\n");
            // Editors end the last line too.
            text.strip_suffix('\n').map(str::to_owned).unwrap_or(text)
        }
        _ => common::unescaped(value),
    };
    Ok((place, value))
}

/// One line that says what was changed.
fn describe(form: &Form, place: Place, edit: &Edit, before: &Report, after: &Report) -> String {
    let name = format!("{}（{}）", form.path(place), form.name(place));
    match (place, edit) {
        (Place::Text(text), _) => {
            let length = |report: &Report| report.text(text).chars().filter(|c| *c != '\n').count();
            format!("{name}：原 {} 字，现 {} 字", length(before), length(after))
        }
        (Place::Fact(fact), _) => {
            format!("{name}：{} → {}", or_blank(before.fact(fact)), or_blank(after.fact(fact)))
        }
        (Place::Cell(cell), Edit::Stated { .. }) => {
            let (old, new) = (before.stated(cell), after.stated(cell));
            format!("{name}核对数：{} → {}", figure(form, place, old), figure(form, place, new))
        }
        (Place::Cell(cell), _) => {
            let (old, new) = (before.figure(cell), after.figure(cell));
            format!("{name}：{} → {}", figure(form, place, old), figure(form, place, new))
        }
    }
}

fn figure(form: &Form, place: Place, figure: &Figure) -> String {
    let slot = match place {
        Place::Cell(cell) => form.slot(cell),
        Place::Fact(_) | Place::Text(_) => None,
    };
    let typed = slot.map_or(String::new(), |slot| figure.as_typed(slot.kind.precision()));
    match figure {
        Figure::Unread(_) => format!("“{}”（不能读作数字，照原样保留）", visible(&typed)),
        Figure::Number(_) | Figure::Blank => or_blank(&typed),
    }
}

fn or_blank(value: &str) -> String {
    if value.is_empty() { "空".to_owned() } else { common::escaped(value) }
}

/// A year for which another form is meant.
fn remark_year(
    form: &Form,
    catalogue: &Catalogue,
    report: &Report,
    changes: &[(Place, Edit)],
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let Some(fact) = form.year_fact() else { return Ok(()) };
    let touched = changes.iter().any(|(place, _)| *place == Place::Fact(fact.id));
    let Some(year) = date::read_year(report.fact(fact.id)).filter(|_| touched) else { return Ok(()) };
    if !form.covers(year) {
        let advice = match catalogue.for_year(year) {
            Ok(right) => format!("；该年度应使用{}，请用 gouji new 新建草稿", right.name),
            Err(_) => String::new(),
        };
        writeln!(console.err, "注意：本草稿是{}，不适用于 {year} 年度{advice}。", form.name)?;
    }
    Ok(())
}
