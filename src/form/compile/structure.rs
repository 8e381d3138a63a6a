//! Facts, sections and tables of a form.

use std::collections::{HashMap, HashSet};

use super::Errors;
use crate::form::error::Spot;
use crate::form::header::Header;
use crate::form::page::{Page, Template};
use crate::form::shape::Lost;
use crate::form::source::{
    BlockSource, ColumnSource, FactKindSource, FormSource, KindSource, PrintedSource, RowSource, TableSource,
    TextRoleSource,
};
use crate::form::table::{
    Block, Choice, Fact, FactKind, NumberKind, Printed, Role, Section, SectionId, Slot, Table, TableId,
    TextRole, TextSlot,
};
use crate::form::wording::Wording;
use crate::form::{Form, Program};
use crate::model::{CellId, FactId, TextId};

/// The most cells a form may have. The official ones have some 200; the bound keeps a hostile file small.
const MAX_CELLS: usize = 100_000;
/// The most facts, sections or tables a form may have. They are looked up one by one.
const MAX_PARTS: usize = 200;
/// The most options a fact may have, and numbers an option.
const MAX_OPTIONS: usize = 1000;
/// How deep heads and row groups may nest.
const MAX_DEPTH: usize = 8;
/// What a figure is counted in where the form says nothing.
const DEFAULT_UNIT: &str = "件";

/// Whether a form is of a size that can be worked with; says so if it is not.
pub(super) fn fits(source: &FormSource, errors: &mut Errors) -> bool {
    let top = Spot::default();
    let mut fits = true;
    let mut check = |spot: Spot, what: &str, count: usize, most: usize| {
        if count > most {
            errors.push(spot, format!("{what}过多：有{count}个，最多{most}个"), "请删减或合并");
            fits = false;
        }
    };
    check(top.field("cover"), "封面项目", source.cover.len(), MAX_PARTS);
    check(top.field("sections"), "部分", source.sections.len(), MAX_PARTS);
    check(top.field("tables"), "表", source.tables.len(), MAX_PARTS);
    for (index, fact) in source.cover.iter().enumerate().take(MAX_PARTS) {
        let FactKindSource::Choice(options) = &fact.kind else { continue };
        let spot = top.field("cover").item(index).field("kind");
        check(spot.clone(), "选项", options.len(), MAX_OPTIONS);
        let values = options.iter().map(|option| option.values.len()).max().unwrap_or_default();
        check(spot, "一个选项的数值", values, MAX_OPTIONS);
    }
    fits
}

/// Builds everything but the rules.
///
/// Where names were lost, nothing is said of names that are not there.
pub(super) fn build(source: &FormSource, lost: &Lost, errors: &mut Errors) -> Form {
    let top = Spot::default();
    check_id(&source.id, &top.field("id"), errors);
    if source.years.to.is_some_and(|to| to < source.years.from) {
        errors.push(top.field("years"), "适用年度的止年早于起年", "请核对 from 与 to");
    }
    let mut form = Form {
        id: source.id.clone(),
        name: source.name.clone(),
        document: source.document.clone(),
        other_documents: source.other_documents.clone(),
        years: (source.years.from, source.years.to),
        facts: facts(source, errors),
        sections: Vec::new(),
        texts: Vec::new(),
        tables: Vec::new(),
        page: Page::default(),
        slots: Vec::new(),
        rules: Vec::new(),
        claims: Wording::default(),
        program: Program::default(),
        cells: HashMap::new(),
    };
    let mut seen = HashSet::new();
    for (index, table) in source.tables.iter().enumerate() {
        let spot = top.field("tables").item(index);
        unique(&table.id, "表", &spot.field("id"), &mut seen, errors);
        add_table(&mut form, table, &spot, errors);
    }
    sections(source, lost, &mut form, errors);
    form.page = page(source, lost, &form, errors);
    form
}

fn page(source: &FormSource, lost: &Lost, form: &Form, errors: &mut Errors) -> Page {
    let mut template = |text: &String, spot: Spot| {
        let read = Template::read(text, |name| form.fact(name).map(|fact| fact.id));
        if let (Err(name), false) = (&read, lost.names) {
            let known = form.facts.iter().map(|fact| fact.name.as_str());
            errors.unknown(&spot, None, "封面项目", name, known);
        }
        read.unwrap_or_default()
    };
    let spot = Spot::default().field("page");
    let mut all = |texts: &[String], field: &'static str| -> Vec<Template> {
        let places = (0..).map(|index| spot.field(field).item(index));
        texts.iter().zip(places).map(|(text, spot)| template(text, spot)).collect()
    };
    let (preface, sign_off) = (all(&source.page.preface, "preface"), all(&source.page.sign_off, "sign_off"));
    Page { title: template(&source.page.title, spot.field("title")), preface, sign_off }
}

fn facts(source: &FormSource, errors: &mut Errors) -> Vec<Fact> {
    let mut seen = HashSet::new();
    let mut facts = Vec::new();
    for (index, fact) in source.cover.iter().enumerate() {
        let spot = Spot::default().field("cover").item(index);
        unique(&fact.id, "封面项目", &spot.field("id"), &mut seen, errors);
        let kind = match &fact.kind {
            FactKindSource::Unit => FactKind::Unit,
            FactKindSource::Line => FactKind::Line,
            FactKindSource::Year => FactKind::Year,
            FactKindSource::Date => FactKind::Date,
            FactKindSource::Choice(options) => {
                let mut ids = HashSet::new();
                if options.is_empty() {
                    errors.push(spot.field("kind"), "选项不能为空", "至少写一个选项");
                }
                for option in options {
                    unique(&option.id, "选项", &spot.field("kind"), &mut ids, errors);
                }
                FactKind::Choice(
                    options
                        .iter()
                        .map(|option| Choice {
                            id: option.id.clone(),
                            label: option.label.clone(),
                            values: option.values.clone(),
                        })
                        .collect(),
                )
            }
        };
        facts.push(Fact {
            id: FactId::new(index),
            name: fact.id.clone(),
            label: fact.label.clone(),
            kind,
            hint: fact.hint.clone(),
            default: fact.default.clone(),
        });
    }
    for (kind, count) in [
        ("Unit", facts.iter().filter(|fact| matches!(fact.kind, FactKind::Unit)).count()),
        ("Year", facts.iter().filter(|fact| matches!(fact.kind, FactKind::Year)).count()),
    ] {
        if count != 1 {
            let message = format!("封面要有且只有一个 {kind} 项目，现有{count}个");
            errors.push(Spot::default().field("cover"), message, "Unit 是编制单位，Year 是报告年度");
        }
    }
    facts
}

fn sections(source: &FormSource, lost: &Lost, form: &mut Form, errors: &mut Errors) {
    let mut seen = HashSet::new();
    let mut shown = HashSet::new();
    for (index, section) in source.sections.iter().enumerate() {
        let spot = Spot::default().field("sections").item(index);
        unique(&section.id, "部分", &spot.field("id"), &mut seen, errors);
        let table = section.table.as_ref().and_then(|name| {
            let found = form.tables.iter().position(|table| table.id == *name).map(TableId);
            match found {
                None if lost.names => {}
                None => {
                    let known = form.tables.iter().map(|table| table.id.as_str());
                    errors.unknown(&spot.field("table"), None, "表", name, known);
                }
                Some(id) if !shown.insert(id) => {
                    errors.push(
                        spot.field("table"),
                        format!("表“{name}”已在前面的部分中"),
                        "一张表只能出现一次",
                    );
                }
                Some(_) => {}
            }
            found
        });
        let text = section.text.as_ref().map(|text| {
            let role = text.role.map(|role| match role {
                TextRoleSource::Problems => TextRole::Problems,
                TextRoleSource::Other => TextRole::Other,
            });
            form.texts.push(TextSlot { section: SectionId(index), guidance: text.guidance.clone(), role });
            TextId::new(form.texts.len() - 1)
        });
        if table.is_none() && text.is_none() && section.table.is_none() {
            errors.push(spot, "这一部分既没有表也没有文字", "请写 table 或 text");
        }
        form.sections.push(Section {
            id: section.id.clone(),
            number: section.number.clone(),
            heading: section.heading.clone(),
            short: section.short.clone(),
            table,
            text,
        });
    }
    if lost.names {
        return;
    }
    for (index, table) in source.tables.iter().enumerate() {
        if !source.sections.iter().any(|section| section.table.as_ref() == Some(&table.id)) {
            let spot = Spot::default().field("tables").item(index).field("id");
            errors.push(spot, format!("没有哪一部分用到表“{}”", table.id), "请在 sections 中写上 table");
        }
    }
}

fn add_table(form: &mut Form, source: &TableSource, spot: &Spot, errors: &mut Errors) {
    let id = TableId(form.tables.len());
    let mut rows_seen = HashSet::new();
    let mut blocks = Vec::new();
    if source.blocks.is_empty() {
        errors.push(spot.clone(), format!("表“{}”没有内容", source.id), "请写 blocks");
    }
    for (index, block_source) in source.blocks.iter().enumerate() {
        let spot = spot.field("blocks").item(index);
        let mut columns_seen = HashSet::new();
        let mut columns = Leaves::default();
        add_columns(
            &mut columns,
            &block_source.columns,
            0,
            &spot.field("columns"),
            &mut columns_seen,
            errors,
        );
        let mut rows = Leaves::default();
        add_rows(&mut rows, &block_source.rows, 0, &spot.field("rows"), &mut rows_seen, errors);
        if form.slots.len().saturating_add(rows.ids.len().saturating_mul(columns.ids.len())) > MAX_CELLS {
            errors.push(spot, format!("表格过大，最多{MAX_CELLS}格"), "请拆分或删减");
            return;
        }
        blocks.push(add_block(form, source, id, index, block_source, rows, columns));
    }
    form.tables.push(Table {
        id: source.id.clone(),
        title: source.title.clone(),
        corner: source.corner.clone(),
        printed: match source.printed {
            PrintedSource::Down => Printed::Down,
            PrintedSource::Across => Printed::Across,
        },
        blocks,
        balance: None,
    });
}

/// The leaves of a header with what each stands for.
#[derive(Default)]
struct Leaves {
    header: Header,
    ids: Vec<String>,
    kinds: Vec<(NumberKind, String)>,
}

fn add_block(
    form: &mut Form,
    table: &TableSource,
    id: TableId,
    index: usize,
    source: &BlockSource,
    rows: Leaves,
    columns: Leaves,
) -> Block {
    let first = CellId::new(form.slots.len());
    for (row, row_id) in rows.ids.iter().enumerate() {
        for (column, (column_id, (kind, unit))) in columns.ids.iter().zip(&columns.kinds).enumerate() {
            let path = format!("{}.{row_id}.{column_id}", table.id);
            form.cells.insert(path, CellId::new(form.slots.len()));
            form.slots.push(Slot {
                table: id,
                block: index,
                row,
                column,
                kind: *kind,
                unit: unit.clone(),
                role: Role::Input,
            });
        }
    }
    Block {
        title: source.title.clone(),
        corner: source.corner.clone(),
        heads: columns.header,
        labels: rows.header,
        columns: columns.ids,
        rows: rows.ids,
        first,
    }
}

fn add_columns(
    leaves: &mut Leaves,
    columns: &[ColumnSource],
    depth: usize,
    spot: &Spot,
    seen: &mut HashSet<String>,
    errors: &mut Errors,
) {
    if columns.is_empty() || depth >= MAX_DEPTH {
        errors.push(spot.clone(), empty_or_deep(depth), "");
        return;
    }
    for (index, column) in columns.iter().enumerate() {
        let spot = spot.item(index);
        let short = column.short.as_deref().unwrap_or(&column.label);
        let name = column.name.as_deref().unwrap_or(&column.label);
        match (&column.id, column.columns.is_empty()) {
            (Some(id), true) => {
                unique(id, "列", &spot.field("id"), seen, errors);
                leaves.header.push_leaf(&column.label, short, name, depth);
                leaves.ids.push(id.clone());
                let kind = match column.kind {
                    KindSource::Count => NumberKind::Count,
                    KindSource::Change => NumberKind::Change,
                    KindSource::Money => NumberKind::Money,
                };
                leaves.kinds.push((kind, column.unit.clone().unwrap_or_else(|| DEFAULT_UNIT.to_owned())));
            }
            (None, false) => {
                let group = leaves.header.open(&column.label, short, name, depth);
                add_columns(leaves, &column.columns, depth + 1, &spot.field("columns"), seen, errors);
                leaves.header.close(group);
            }
            _ => errors.push(spot, "一列要么有 id，要么有下级 columns", "二者必居其一"),
        }
    }
}

fn add_rows(
    leaves: &mut Leaves,
    rows: &[RowSource],
    depth: usize,
    spot: &Spot,
    seen: &mut HashSet<String>,
    errors: &mut Errors,
) {
    if rows.is_empty() || depth >= MAX_DEPTH {
        errors.push(spot.clone(), empty_or_deep(depth), "");
        return;
    }
    for (index, row) in rows.iter().enumerate() {
        let spot = spot.item(index);
        let short = row.short.as_deref().unwrap_or(&row.label);
        let name = row.name.as_deref().unwrap_or(&row.label);
        match (&row.id, row.rows.is_empty()) {
            (Some(id), true) => {
                unique(id, "行", &spot.field("id"), seen, errors);
                leaves.header.push_leaf(&row.label, short, name, depth);
                leaves.ids.push(id.clone());
            }
            (None, false) => {
                let group = leaves.header.open(&row.label, short, name, depth);
                add_rows(leaves, &row.rows, depth + 1, &spot.field("rows"), seen, errors);
                leaves.header.close(group);
            }
            _ => errors.push(spot, "一行要么有 id，要么有下级 rows", "二者必居其一"),
        }
    }
}

fn empty_or_deep(depth: usize) -> String {
    if depth >= MAX_DEPTH {
        format!("嵌套超过{MAX_DEPTH}层")
    } else {
        "这里至少要有一项".to_owned()
    }
}

fn unique(id: &str, what: &str, spot: &Spot, seen: &mut HashSet<String>, errors: &mut Errors) {
    check_id(id, spot, errors);
    if !seen.insert(id.to_owned()) {
        errors.push(spot.clone(), format!("{what}“{id}”重复"), "每个名称只能用一次");
    }
}

/// Ids become parts of paths and field names of drafts, so they are plain words.
fn check_id(id: &str, spot: &Spot, errors: &mut Errors) {
    let plain = !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if !plain {
        errors.push(spot.clone(), format!("名称“{id}”不能使用"), "名称只用小写字母、数字和下划线");
    }
}
