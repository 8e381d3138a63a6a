//! What several commands need.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};

use super::Console;
use crate::form::caret::closest;
use crate::form::{Catalogue, Form, Severity};
use crate::model::Place;
use crate::model::visible;
use crate::session::Session;
use crate::store::draft::Notice;
use crate::store::files::DiskFiles;
use crate::store::open::{self, OpenError, Opened};

/// The official forms, with the form of a file if one was given.
pub(super) fn catalogue(form: Option<&Path>) -> anyhow::Result<Catalogue> {
    let mut catalogue = Catalogue::default();
    if let Some(form) = form {
        find_form(&mut catalogue, form)?;
    }
    Ok(catalogue)
}

/// A form by its name, else from a file, which is then added to the catalogue.
pub(super) fn find_form(catalogue: &mut Catalogue, choice: &Path) -> anyhow::Result<Arc<Form>> {
    if let Some(id) = choice.to_str()
        && catalogue.all()?.iter().any(|form| form.id == id)
    {
        return Ok(catalogue.by_id(id)?);
    }
    let decoded = match open::read_text(&DiskFiles, choice) {
        Err(error) if error.is_not_found() => {
            let known = catalogue.all()?.iter().map(|form| form.id.clone()).collect::<Vec<_>>().join("、");
            bail!("没有名为“{}”的表式（现有 {known}），也没有这个文件", choice.display());
        }
        decoded => decoded?,
    };
    Ok(catalogue.add(&choice.display().to_string(), &decoded.text)?)
}

/// Opens a draft on a form of the catalogue.
pub(super) fn open(path: &Path, catalogue: &Catalogue) -> Result<Opened, OpenError> {
    open::open(&DiskFiles, path, catalogue)
}

/// Tells what is to be known about a file, beside the results.
pub(super) fn remark(console: &mut Console<'_>, path: &Path, notices: &[Notice]) -> anyhow::Result<()> {
    for notice in notices {
        writeln!(console.err, "注意：{} {}", shown(path), visible(&notice.to_string()))?;
    }
    Ok(())
}

/// All places of a form, in the order in which people see them.
pub(super) fn places(form: &Form) -> Vec<Place> {
    let mut places: Vec<Place> = form.facts.iter().map(|fact| Place::Fact(fact.id)).collect();
    for section in &form.sections {
        let table = section.table.and_then(|table| form.table(table));
        let cells = table.into_iter().flat_map(|table| &table.blocks).flat_map(crate::form::Block::cells);
        places.extend(cells.map(Place::Cell));
        places.extend(section.text.map(Place::Text));
    }
    places
}

/// The place that a path names, or a sentence that suggests the closest path.
pub(super) fn find_place(form: &Form, path: &str) -> anyhow::Result<Place> {
    form.place(path).with_context(|| {
        let known: Vec<String> = places(form).into_iter().map(|place| form.path(place)).collect();
        let sections = form.sections.iter().filter(|section| section.text.is_some());
        let names = known.iter().map(String::as_str).chain(sections.map(|section| section.id.as_str()));
        let hint = match closest(path, names) {
            Some(close) => format!("是否为“{close}”？"),
            None => format!("全部路径请用 gouji form show {} --paths 查看", form.id),
        };
        format!("{}没有“{path}”这一项。{hint}", form.name)
    })
}

/// A file as it may be printed.
pub(super) fn shown(path: &Path) -> String {
    visible(&path.display().to_string()).into_owned()
}

/// How many findings there are of each severity.
pub(super) struct Tally {
    /// 强制.
    pub(super) mandatory: usize,
    /// 核实, those with a reason included.
    pub(super) verify: usize,
    /// 核实 with a reason.
    pub(super) explained: usize,
}

impl Tally {
    pub(super) fn of(session: &Session) -> Self {
        let (form, evaluation) = (session.form(), session.evaluation());
        let severities = evaluation.issues().map(|issue| issue.severity(form));
        let mandatory = severities.clone().filter(|severity| *severity == Severity::Mandatory).count();
        let all = severities.count();
        let open = evaluation.open_issues(form, session.report()).count();
        Self { mandatory, verify: all - mandatory, explained: all - open }
    }

    /// One sentence.
    pub(super) fn sentence(&self, form: &Form) -> String {
        match self.mandatory + self.verify {
            0 => format!("{} 条关系全部成立。", form.program.instances.len()),
            all => {
                let explained = match self.explained {
                    0 => String::new(),
                    count => format!("（已说明 {count}）"),
                };
                format!("共 {all} 处问题：强制 {}，核实 {}{explained}。", self.mandatory, self.verify)
            }
        }
    }
}

/// A value on one line: `\n` for a new line, `\\` for a backslash, and nothing that moves the cursor.
pub(super) fn escaped(value: &str) -> String {
    let escapes = [('\\', "\\\\"), ('\n', "\\n"), ('\r', "\\r"), ('\t', "\\t")];
    let spelt = value.chars().fold(String::with_capacity(value.len()), |mut line, c| {
        match escapes.iter().find(|(known, _)| *known == c) {
            Some((_, escape)) => line.push_str(escape),
            None => line.push(c),
        }
        line
    });
    visible(&spelt).into_owned()
}

/// Takes back [`escaped`], as far as a person would write such escapes; others stay as they are.
pub(super) fn unescaped(line: &str) -> String {
    let mut value = String::with_capacity(line.len());
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        let rest = chars.as_str();
        let meant = match rest.chars().next() {
            Some('n') if c == '\\' => '\n',
            Some('r') if c == '\\' => '\r',
            Some('t') if c == '\\' => '\t',
            Some('\\') if c == '\\' => '\\',
            _ => {
                value.push(c);
                continue;
            }
        };
        value.push(meant);
        chars.next();
    }
    value
}
