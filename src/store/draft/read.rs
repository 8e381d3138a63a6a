//! The text of a draft to a report.

use std::ops::Range;
use std::sync::Arc;

use serde::de::IgnoredAny;

use super::{Draft, DraftError, Kept, Notice, SCHEMA, Unknown, literal, verbatim};
use crate::form::caret::{Source, closest};
use crate::form::outline::{Field, Kind, Node, Outline};
use crate::form::ron_error::Explanation;
use crate::form::{Catalogue, Form, Role, Table};
use crate::model::number::{self, ReadError};
use crate::model::{CellId, Edit, Figure, Precision, Question, Report, TextId};

/// Reads a draft. `name` is what the user calls the file; it appears in messages.
///
/// What the form does not know is kept in [`Draft::unknown`], and a notice says so.
///
/// # Errors
/// If the text is no draft, is damaged, has something other than figures and texts where they belong, has a key
/// twice, was saved by a later version, or is on a form that is not in the catalogue.
pub fn read(name: &str, text: &str, catalogue: &Catalogue) -> Result<(Draft, Vec<Notice>), DraftError> {
    let source = Source { name: name.to_owned(), text };
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    if let Err(error) = options.from_str::<IgnoredAny>(text) {
        return Err(unreadable(&source, &error));
    }
    let outline = Outline::scan(text);
    let mut mistakes = Mistakes::default();
    let head = Head::read(&source, &outline, catalogue, &mut mistakes)?;
    let Some(form) = head.form.filter(|_| mistakes.0.is_empty()) else {
        return Err(mistakes.into_error(&source));
    };
    let mut reader = Reader {
        text,
        outline: &outline,
        form: &form,
        report: Report::new(form.shape()),
        unknown: Unknown::default(),
        notices: Vec::new(),
        unlisted: 0,
        mistakes,
    };
    reader.root();
    let Reader { report, unknown, mut notices, unlisted, mistakes, .. } = reader;
    if !mistakes.0.is_empty() {
        return Err(mistakes.into_error(&source));
    }
    if unlisted > 0 {
        let message = format!("另有 {unlisted} 处本表式没有的内容，也已原样保留");
        notices.push(Notice { position: None, message });
    }
    Ok((Draft { form, report, unknown }, notices))
}

/// As many mistakes, and as many notices, are listed one by one. Finding a line takes time.
const MAX_LISTED: usize = 50;
/// The groups and values of a draft.
const FIELDS: [&str; 8] = ["schema", "form", "cover", "figures", "stated", "notes", "texts", "explained"];

/// What is wrong, with its place.
#[derive(Default)]
struct Mistakes(Vec<(Range<usize>, String, Option<String>)>);

impl Mistakes {
    fn push(&mut self, span: Range<usize>, message: impl Into<String>, hint: Option<&str>) {
        self.0.push((span, message.into(), hint.map(str::to_owned)));
    }

    fn into_error(mut self, source: &Source<'_>) -> DraftError {
        self.0.sort_by_key(|(span, _, _)| span.start);
        let count = self.0.len();
        let listed = self.0.into_iter().take(MAX_LISTED);
        let blocks = listed.map(|(span, message, hint)| source.render(span, &message, hint.as_deref()));
        DraftError::Mistakes { name: source.name.clone(), count, blocks: blocks.collect() }
    }
}

/// What must be known before the rest can be understood.
struct Head {
    form: Option<Arc<Form>>,
}

impl Head {
    fn read(
        source: &Source<'_>,
        outline: &Outline<'_>,
        catalogue: &Catalogue,
        mistakes: &mut Mistakes,
    ) -> Result<Self, DraftError> {
        let root = outline.root();
        let foreign = || DraftError::Foreign { name: source.name.clone() };
        match struct_name(source.text, root) {
            Some("Draft") => {}
            Some("") if root.field("form").is_some() => {}
            _ => return Err(foreign()),
        }
        for (first, again) in outline.duplicate_fields() {
            let line = outline.position(first.name_span.start).line;
            let message = format!("“{}”写了两次，第一次在第 {line} 行", first.name);
            mistakes.push(again.name_span.clone(), message, Some("请核对两处内容，只留一处"));
            if mistakes.0.len() >= MAX_LISTED {
                break;
            }
        }
        match root.field("schema") {
            None => mistakes.push(end_of(root), "缺少项目“schema”", Some("请补上 schema: 1,")),
            Some(field) => check_schema(source, outline, &field.value, mistakes)?,
        }
        let form = match root.field("form") {
            None => {
                mistakes.push(end_of(root), "缺少项目“form”", Some("请补上表式的名称，例如 form: \"2021\","));
                None
            }
            Some(field) => match field.value.decoded(source.text) {
                None => {
                    mistakes.push(
                        field.value.span.clone(),
                        "这里应当是文字",
                        Some("表式的名称要加英文双引号"),
                    );
                    None
                }
                Some(id) => Some(catalogue.by_id(&id).map_err(|cause| DraftError::NoForm {
                    name: source.name.clone(),
                    position: outline.position(field.value.span.start),
                    cause,
                })?),
            },
        };
        Ok(Self { form })
    }
}

fn check_schema(
    source: &Source<'_>,
    outline: &Outline<'_>,
    node: &Node,
    mistakes: &mut Mistakes,
) -> Result<(), DraftError> {
    let written = node.slice(source.text);
    let digits = written.bytes().all(|byte| byte.is_ascii_digit());
    match literal::whole(written, Precision::WHOLE) {
        Some(SCHEMA) => Ok(()),
        Some(..SCHEMA) => {
            mistakes.push(node.span.clone(), "没有这样的格式版本", Some("请改为 schema: 1,"));
            Ok(())
        }
        None if !digits => {
            mistakes.push(node.span.clone(), "这里应当是整数", Some("请改为 schema: 1,"));
            Ok(())
        }
        _ => Err(DraftError::Newer {
            name: source.name.clone(),
            schema: written.to_owned(),
            position: outline.position(node.span.start),
        }),
    }
}

/// Where fields stand: names from the top down.
type Level<'a> = &'a [&'a str];

struct Reader<'a> {
    text: &'a str,
    outline: &'a Outline<'a>,
    form: &'a Form,
    report: Report,
    unknown: Unknown,
    notices: Vec<Notice>,
    /// Notices beyond [`MAX_LISTED`].
    unlisted: usize,
    mistakes: Mistakes,
}

impl Reader<'_> {
    fn root(&mut self) {
        let outline = self.outline;
        for field in outline.root().fields() {
            match field.name.as_str() {
                "schema" | "form" => {}
                "cover" => self.cover(&field.value),
                "figures" => self.cells(&field.value, Content::Figures),
                "stated" => self.cells(&field.value, Content::Stated),
                "notes" => self.cells(&field.value, Content::Notes),
                "explained" => self.explained(&field.value),
                "texts" => self.texts(&field.value),
                name => self.keep(&[], field, &format!("草稿没有“{name}”这一项"), FIELDS),
            }
        }
    }

    fn cover(&mut self, node: &Node) {
        let form = self.form;
        for field in self.fields(node) {
            let Some(fact) = form.fact(&field.name) else {
                let known = form.facts.iter().map(|fact| fact.name.as_str());
                self.keep(&["cover"], field, &format!("封面没有“{}”这一项", field.name), known);
                continue;
            };
            let written = field.value.slice(self.text);
            let to = match field.value.decoded(self.text) {
                Some(content) => content,
                // A year is easily written without quotes.
                None if !written.is_empty() && written.bytes().all(|byte| byte.is_ascii_digit()) => {
                    written.to_owned()
                }
                None => {
                    self.wrong(&field.value, "这里应当是文字", "文字要放在英文双引号 \" 里");
                    continue;
                }
            };
            self.apply(&Edit::Fact { fact: fact.id, to });
        }
    }

    fn cells(&mut self, node: &Node, content: Content) {
        let form = self.form;
        let group = content.group();
        for field in self.fields(node) {
            if let Some(table) = form.tables.iter().find(|table| table.id == field.name) {
                self.table(&field.value, content, table);
            } else {
                let known = form.tables.iter().map(|table| table.id.as_str());
                self.keep(&[group], field, &format!("没有名为“{}”的表", field.name), known);
            }
        }
    }

    fn table(&mut self, node: &Node, content: Content, table: &Table) {
        for field in self.fields(node) {
            let place = table.blocks.iter().find_map(|block| {
                let row = block.rows.iter().position(|row| *row == field.name)?;
                Some((block, row))
            });
            let Some((block, row)) = place else {
                let known = table.blocks.iter().flat_map(|block| &block.rows).map(String::as_str);
                let message = format!("表“{}”没有名为“{}”的行", table.id, field.name);
                self.keep(&[content.group(), &table.id], field, &message, known);
                continue;
            };
            let level = [content.group(), &table.id, &field.name];
            for column in self.fields(&field.value) {
                let index = block.columns.iter().position(|known| *known == column.name);
                if let Some(cell) = index.and_then(|index| block.cell(row, index)) {
                    self.cell(&level, column, cell, content);
                } else {
                    let known = block.columns.iter().map(String::as_str);
                    let message = format!("“{}.{}”没有名为“{}”的列", table.id, field.name, column.name);
                    self.keep(&level, column, &message, known);
                }
            }
        }
    }

    fn cell(&mut self, level: Level<'_>, field: &Field, cell: CellId, content: Content) {
        let Some(slot) = self.form.slot(cell) else { return };
        let role = match content {
            Content::Figures => Role::Input,
            Content::Stated => Role::Total,
            Content::Notes => return self.note(field, cell),
        };
        if slot.role != role {
            let path = self.form.path(crate::model::Place::Cell(cell));
            let message = match role {
                Role::Input => format!("“{path}”是合计，由程序计算，不采用这里的数；核对数请写在 stated 中"),
                Role::Total => format!("“{path}”不是合计，没有核对数；数据请写在 figures 中"),
            };
            self.keep(level, field, &message, []);
            return;
        }
        let precision = slot.kind.precision();
        let to = match field.value.decoded(self.text) {
            // What is kept as words was not reckoned with, a range or a date perhaps, and is not now.
            Some(text) => match number::read_printed(&text, precision) {
                Ok(number) => Figure::Number(number),
                Err(ReadError::Empty) => Figure::Blank,
                Err(_) => Figure::Unread(text),
            },
            None if field.value.kind == Kind::Scalar => {
                match literal::figure(field.value.slice(self.text), precision) {
                    Some(figure) => figure,
                    None => return self.wrong(&field.value, "这里应当是数字", NUMBER_HINT),
                }
            }
            None => return self.wrong(&field.value, "这里应当是数字", NUMBER_HINT),
        };
        self.apply(&match role {
            Role::Input => Edit::Figure { cell, to },
            Role::Total => Edit::Stated { cell, to },
        });
    }

    fn note(&mut self, field: &Field, cell: CellId) {
        match field.value.decoded(self.text) {
            Some(to) => self.apply(&Edit::Note { cell, to }),
            None => self.wrong(&field.value, "这里应当是文字", "附注要放在英文双引号 \" 里"),
        }
    }

    fn explained(&mut self, node: &Node) {
        let Kind::List(items) = &node.kind else {
            // An empty list has no items that the outline could show.
            if !matches!(node.slice(self.text), "[]") {
                self.wrong(node, "这里应当是用 [ ] 括起来的几条审核说明", EXPLAINED_HINT);
            }
            return;
        };
        for item in items {
            let said = |name: &str| item.field(name)?.value.decoded(self.text);
            let all = (said("at"), said("code"), said("message"), said("words"));
            let known = |field: &Field| ["at", "code", "message", "words"].contains(&field.name.as_str());
            match all {
                (Some(path), Some(code), Some(message), Some(to)) if item.fields().iter().all(known) => {
                    self.apply(&Edit::Explain { question: Question { path, code, message }, to });
                }
                _ => self.wrong(item, "这条审核说明不完整，或多了内容", EXPLAINED_HINT),
            }
        }
    }

    fn texts(&mut self, node: &Node) {
        let form = self.form;
        for field in self.fields(node) {
            if let Some(text) = form.text_of(&field.name) {
                self.paragraphs(&field.value, text);
            } else {
                let with_text = form.sections.iter().filter(|section| section.text.is_some());
                let known = with_text.map(|section| section.id.as_str());
                self.keep(&["texts"], field, &format!("没有名为“{}”的文字部分", field.name), known);
            }
        }
    }

    fn paragraphs(&mut self, node: &Node, text: TextId) {
        let mut content = String::new();
        match &node.kind {
            Kind::Text => content = node.decoded(self.text).unwrap_or_default(),
            Kind::List(items) if node.slice(self.text).starts_with('[') => {
                for (index, item) in items.iter().enumerate() {
                    let Some(paragraph) = item.decoded(self.text) else {
                        self.wrong(item, "这里应当是一段文字", "每段文字放在英文双引号 \" 里");
                        continue;
                    };
                    if index > 0 {
                        content.push('\n');
                    }
                    content.push_str(&paragraph);
                }
            }
            _ => {
                self.wrong(node, "这里应当是用 [ ] 括起来的几段文字", "每段文字放在英文双引号 \" 里");
            }
        }
        self.apply(&Edit::Text { text, at: 0, removed: String::new(), inserted: content });
    }

    /// The fields of a group, which stands in plain brackets: neither a list nor a map nor a value with a name.
    fn fields<'n>(&mut self, node: &'n Node) -> &'n [Field] {
        let empty = || node.slice(self.text).ends_with(')');
        let plain = node.slice(self.text).starts_with('(');
        match &node.kind {
            Kind::Fields(fields) if plain => fields,
            Kind::Scalar if plain && empty() => &[],
            _ => {
                self.wrong(node, "这里应当是用 ( ) 括起来的一组内容", "请写成 ( 名称: 内容, )");
                &[]
            }
        }
    }

    /// Keeps a field that the form does not know and says so.
    fn keep<'k>(
        &mut self,
        level: Level<'_>,
        field: &Field,
        message: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) {
        self.unknown.0.push(Kept {
            level: level.iter().map(|name| (*name).to_owned()).collect(),
            name: field.name.clone(),
            source: verbatim::source(self.text, field).to_owned(),
        });
        if self.notices.len() >= MAX_LISTED {
            self.unlisted += 1;
            return;
        }
        let close = closest(&field.name, known).map_or(String::new(), |close| format!("是否为“{close}”？"));
        self.notices.push(Notice {
            position: Some(self.outline.position(field.name_span.start)),
            message: format!("{message}，已原样保留。{close}"),
        });
    }

    fn wrong(&mut self, node: &Node, message: &str, hint: &str) {
        self.mistakes.push(node.span.clone(), message, Some(hint));
    }

    fn apply(&mut self, edit: &Edit) {
        let applied = self.report.apply(edit);
        debug_assert!(applied.is_ok(), "cells, texts and facts come from the form that shaped the report");
    }
}

const NUMBER_HINT: &str = "没有填写的请删去这一项；不是数字的内容要放在英文双引号 \" 里";

const EXPLAINED_HINT: &str = "每条写成 (at: \"…\", code: \"…\", message: \"…\", words: \"…\")";

/// What the groups of tables, rows and columns hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    /// Figures entered.
    Figures,
    /// Totals stated.
    Stated,
    /// Notes beside figures.
    Notes,
}

impl Content {
    fn group(self) -> &'static str {
        match self {
            Self::Figures => "figures",
            Self::Stated => "stated",
            Self::Notes => "notes",
        }
    }
}

/// The name in front of the brackets of a struct, empty if there is none; `None` if the value is no struct.
fn struct_name<'t>(text: &'t str, node: &Node) -> Option<&'t str> {
    let written = node.slice(text);
    let empty = node.kind == Kind::Scalar && written.ends_with(')');
    if !empty && !matches!(node.kind, Kind::Fields(_)) || written.starts_with('{') {
        return None;
    }
    let end = written.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(written.len());
    written.get(..end)
}

/// The closing bracket of a group.
fn end_of(node: &Node) -> Range<usize> {
    node.span.end.saturating_sub(1).max(node.span.start)..node.span.end
}

/// Why a text can not be read at all. One that does not even begin like a draft is something else.
fn unreadable(source: &Source<'_>, error: &ron::error::SpannedError) -> DraftError {
    let outline = Outline::scan(source.text);
    let beginning = source.text.get(outline.root().span.start..).unwrap_or_default();
    if !outline.is_blank() && !beginning.starts_with("Draft") && !beginning.starts_with('(') {
        return DraftError::Foreign { name: source.name.clone() };
    }
    let block = Explanation::new(source.text, error).render(source);
    DraftError::Mistakes { name: source.name.clone(), count: 1, blocks: vec![block] }
}
