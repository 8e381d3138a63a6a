//! A report to the text of a draft.

use super::{Kept, SCHEMA, Unknown};
use crate::form::{Form, Role};
use crate::model::{CellId, Figure, Precision, Question, Report, number};

/// The text of a draft. Equal reports give equal bytes.
pub fn write(form: &Form, report: &Report, unknown: &Unknown) -> String {
    let mut root = Group::default();
    root.put("schema", Item::Value(SCHEMA.to_string()));
    root.put("form", Item::Value(quoted(&form.id)));
    root.put("cover", Item::Group(cover(form, report)));
    root.put("figures", Item::Group(figures(form, report, Role::Input)));
    root.put("stated", Item::Group(figures(form, report, Role::Total)));
    root.put("notes", Item::Group(notes(form, report)));
    root.put("texts", Item::Group(texts(form, report)));
    if report.explanations().next().is_some() {
        root.put("explained", Item::Lines(explained(report)));
    }
    for kept in &unknown.0 {
        root.keep(&kept.level, kept);
    }
    let mut text = String::from(HEADER);
    text.push_str("Draft(\n");
    root.print(1, &mut text);
    text.push_str(")\n");
    text
}

const HEADER: &str = "// 勾稽草稿。可用文本编辑器查看；注释在保存时不保留。\n";
/// Groups at this depth and below stand on one line.
const ROW_DEPTH: usize = 4;

/// One level of a draft.
#[derive(Default)]
struct Group<'u> {
    fields: Vec<(String, Item<'u>)>,
    /// Fields as they were written in the file, after all others.
    kept: Vec<&'u str>,
}

enum Item<'u> {
    Value(String),
    /// Values on a line each.
    Lines(Vec<String>),
    Group(Group<'u>),
}

impl<'u> Group<'u> {
    fn put(&mut self, name: &str, item: Item<'u>) {
        self.fields.push((name.to_owned(), item));
    }

    fn find(&self, name: &str) -> Option<&Item<'u>> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, item)| item)
    }

    /// Puts a kept field into the group that its level names, which is made if there is none.
    fn keep(&mut self, level: &[String], kept: &'u Kept) {
        let Some((name, rest)) = level.split_first() else {
            // Under another form the name may have come to mean something; what the report says then holds.
            if self.find(&kept.name).is_none() {
                self.kept.push(&kept.source);
            }
            return;
        };
        for (known, item) in &mut self.fields {
            if let Item::Group(group) = item
                && known == name
            {
                group.keep(rest, kept);
                return;
            }
        }
        let mut group = Group::default();
        group.keep(rest, kept);
        self.put(name, Item::Group(group));
    }

    fn is_empty(&self) -> bool {
        self.kept.is_empty()
            && self.fields.iter().all(|(_, item)| matches!(item, Item::Group(group) if group.is_empty()))
    }

    fn print(&self, depth: usize, text: &mut String) {
        let indent = "    ".repeat(depth);
        for (name, item) in &self.fields {
            let name = field_name(name);
            match item {
                Item::Value(value) => {
                    text.extend([&indent, name.as_str(), ": ", value, ",\n"]);
                }
                Item::Lines(lines) => {
                    text.extend([&indent, name.as_str(), ": [\n"]);
                    for line in lines {
                        text.extend([&indent, "    ", line, ",\n"]);
                    }
                    text.extend([&indent, "],\n"]);
                }
                Item::Group(group) if group.is_empty() => {}
                Item::Group(group) if depth + 1 >= ROW_DEPTH => {
                    text.extend([&indent, name.as_str(), ": ("]);
                    group.print_on_line(text);
                    text.push_str("),\n");
                }
                Item::Group(group) => {
                    text.extend([&indent, name.as_str(), ": (\n"]);
                    group.print(depth + 1, text);
                    text.extend([&indent, "),\n"]);
                }
            }
        }
        for kept in &self.kept {
            text.extend([&indent, *kept, ",\n"]);
        }
    }

    fn print_on_line(&self, text: &mut String) {
        let mut separator = "";
        for (name, item) in &self.fields {
            let name = field_name(name);
            match item {
                Item::Value(value) => text.extend([separator, name.as_str(), ": ", value]),
                Item::Lines(lines) => text.extend([separator, name.as_str(), ": [", &lines.join(", "), "]"]),
                Item::Group(group) if group.is_empty() => continue,
                Item::Group(group) => {
                    text.extend([separator, name.as_str(), ": ("]);
                    group.print_on_line(text);
                    text.push(')');
                }
            }
            separator = ", ";
        }
        for kept in &self.kept {
            text.extend([separator, *kept]);
            separator = ", ";
        }
    }
}

fn cover<'u>(form: &Form, report: &Report) -> Group<'u> {
    let mut group = Group::default();
    for fact in &form.facts {
        let content = report.fact(fact.id);
        if !content.is_empty() {
            group.put(&fact.name, Item::Value(quoted(content)));
        }
    }
    group
}

/// The figures entered, or the totals stated.
fn figures<'u>(form: &Form, report: &Report, role: Role) -> Group<'u> {
    by_cell(form, |cell| {
        let slot = form.slot(cell).filter(|slot| slot.role == role)?;
        let figure = match role {
            Role::Input => report.figure(cell),
            Role::Total => report.stated(cell),
        };
        figure_value(figure, slot.kind.precision())
    })
}

fn notes<'u>(form: &Form, report: &Report) -> Group<'u> {
    by_cell(form, |cell| Some(report.note(cell)).filter(|note| !note.is_empty()).map(quoted))
}

fn explained(report: &Report) -> Vec<String> {
    let line = |(question, words): (&Question, &str)| {
        let [at, code, message, words] =
            [&question.path, &question.code, &question.message, words].map(quoted);
        format!("(at: {at}, code: {code}, message: {message}, words: {words})")
    };
    report.explanations().map(line).collect()
}

/// Every table and row has its group, so that what is kept finds its place in the order of the form; empty ones are
/// not printed.
fn by_cell<'u>(form: &Form, value: impl Fn(CellId) -> Option<String>) -> Group<'u> {
    let mut all = Group::default();
    for table in &form.tables {
        let mut rows = Group::default();
        for block in &table.blocks {
            for (row, name) in block.rows.iter().enumerate() {
                let mut cells = Group::default();
                for (column, name) in block.columns.iter().enumerate() {
                    let Some(cell) = block.cell(row, column) else { continue };
                    if let Some(value) = value(cell) {
                        cells.put(name, Item::Value(value));
                    }
                }
                rows.put(name, Item::Group(cells));
            }
        }
        all.put(&table.id, Item::Group(rows));
    }
    all
}

fn texts<'u>(form: &Form, report: &Report) -> Group<'u> {
    let mut group = Group::default();
    for section in &form.sections {
        let Some(text) = section.text else { continue };
        let content = report.text(text);
        if !content.is_empty() {
            group.put(&section.id, Item::Lines(content.split('\n').map(quoted).collect()));
        }
    }
    group
}

fn figure_value(figure: &Figure, precision: Precision) -> Option<String> {
    match figure {
        Figure::Blank => None,
        Figure::Number(value) => Some(number::print(*value, precision)),
        Figure::Unread(text) => Some(quoted(text)),
    }
}

/// The text as a string of RON: Chinese stays readable, whatever can not be seen is escaped.
fn quoted(text: &str) -> String {
    // A string can always be written; the fallback has the same escapes.
    ron::to_string(text).unwrap_or_else(|_| format!("{text:?}"))
}

/// Ids are plain words, but RON wants a mark in front of one that begins with a digit.
fn field_name(name: &str) -> String {
    if name.starts_with(|c: char| c.is_ascii_digit()) { format!("r#{name}") } else { name.to_owned() }
}
