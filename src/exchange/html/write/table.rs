//! Tables that people see as the official ones, and that programs can read aloud: every figure names its heads.

use std::collections::BTreeSet;

use super::super::{COMPUTED, TABLE_CLASS};
use super::escape::{attribute, text};
use crate::exchange::document::{Cell, Part, Table};

/// Columns from which on a narrow screen scrolls the table sideways.
const MANY_COLUMNS: usize = 5;

/// Writes the `number`th table of a page. `heading` is what stands above it, for those who hear the page.
pub(super) fn write(page: &mut String, table: &Table, number: usize, caption: Option<&str>, heading: &str) {
    let heads = leading_heads(table);
    let repeats = heads > 0 && !(heads..table.rows()).any(|row| is_head_row(table, row));
    let name = caption.unwrap_or(heading);
    page.push_str(
        "<div class=\"gouji-wide\" style=\"overflow-x:auto;margin:0.6em 0;padding:0 1px\" role=\"region\" tabindex=\"0\"",
    );
    attribute(
        page,
        "aria-label",
        &if name.is_empty() { format!("表{number}") } else { format!("表：{name}") },
    );
    page.push_str(">\n<table");
    let class = if repeats { TABLE_CLASS.to_owned() } else { format!("{TABLE_CLASS} gouji-parts") };
    attribute(page, "class", &class);
    let width = if table.columns() > MANY_COLUMNS { ";min-width:44em" } else { "" };
    let looks = format!("border-collapse:collapse;width:100%;font-size:14px;line-height:1.4{width}");
    attribute(page, "style", &looks);
    page.push_str(">\n");
    if let Some(caption) = caption {
        page.push_str("<caption style=\"margin:0 0 0.4em;font-weight:bold\">");
        text(page, caption);
        page.push_str("</caption>\n");
    }
    write_widths(page, table);
    let names = Names { table, number, used: named(table) };
    let mut group = "";
    for row in 0..table.rows() {
        let next = if repeats && row < heads { "thead" } else { "tbody" };
        let begins_part = is_head_row(table, row) && row > 0 && !is_head_row(table, row - 1);
        if (group != next || begins_part) && is_parting(table, row) {
            if !group.is_empty() {
                close(page, group);
            }
            page.push('<');
            page.push_str(next);
            page.push_str(">\n");
            group = next;
        }
        page.push_str("<tr>");
        for cell in table.row(row) {
            names.write(page, cell);
        }
        page.push_str("</tr>\n");
    }
    close(page, group);
    page.push_str("</table>\n</div>\n");
}

fn close(page: &mut String, group: &str) {
    page.push_str("</");
    page.push_str(group);
    page.push_str(">\n");
}

/// Columns of figures are equally wide, whatever their heads are called; those of labels share the rest.
fn write_widths(page: &mut String, table: &Table) {
    /// Wide enough for a figure of five digits, in tenths of a percent of the table.
    const FIGURE: usize = 75;
    let columns = table.columns();
    if columns <= MANY_COLUMNS {
        return;
    }
    let width = FIGURE.min(1000 / columns);
    let column_of_figures = format!("<col style=\"width:{}.{}%\">", width / 10, width % 10);
    page.push_str("<colgroup>");
    for column in 0..columns {
        let has_figures = (0..table.rows())
            .filter_map(|row| table.cell(row, column))
            .any(|cell| matches!(cell.part, Part::Figure(_)));
        page.push_str(if has_figures { &column_of_figures } else { "<col>" });
    }
    page.push_str("</colgroup>\n");
}

/// Which head and label cells figures name, and how.
struct Names<'a> {
    table: &'a Table,
    number: usize,
    /// Corners of the cells that are named.
    used: BTreeSet<(usize, usize)>,
}

impl Names<'_> {
    fn write(&self, page: &mut String, cell: &Cell) {
        let name = match cell.part {
            Part::Head | Part::Label => "th",
            Part::Figure(_) | Part::Unknown => "td",
        };
        page.push('<');
        page.push_str(name);
        if self.used.contains(&(cell.row, cell.column)) {
            attribute(page, "id", &self.id((cell.row, cell.column)));
        }
        if cell.rows > 1 {
            attribute(page, "rowspan", &cell.rows.to_string());
        }
        if cell.columns > 1 {
            attribute(page, "colspan", &cell.columns.to_string());
        }
        match cell.part {
            Part::Head => attribute(page, "scope", if cell.columns > 1 { "colgroup" } else { "col" }),
            Part::Label => attribute(page, "scope", if cell.rows > 1 { "rowgroup" } else { "row" }),
            Part::Figure(_) => {
                let heads: Vec<_> =
                    heads_of(self.table, cell).into_iter().map(|corner| self.id(corner)).collect();
                if !heads.is_empty() {
                    attribute(page, "headers", &heads.join(" "));
                }
            }
            Part::Unknown => {}
        }
        if cell.computed {
            attribute(page, COMPUTED, "true");
        }
        attribute(page, "style", looks(cell));
        page.push('>');
        text(page, &cell.text);
        page.push_str("</");
        page.push_str(name);
        page.push('>');
    }

    fn id(&self, (row, column): (usize, usize)) -> String {
        format!("gouji-{}-{}-{}", self.number, row + 1, column + 1)
    }
}

fn looks(cell: &Cell) -> &'static str {
    match cell.part {
        Part::Head => {
            "border:1px solid #333;padding:4px 3px;text-align:center;text-wrap:balance;font-weight:bold;background:#f2f2f2"
        }
        Part::Label if cell.rows > 1 => {
            "border:1px solid #333;padding:4px 3px;text-align:center;text-wrap:balance;font-weight:normal"
        }
        Part::Label => "border:1px solid #333;padding:4px 6px;text-align:left;font-weight:normal",
        Part::Figure(_) | Part::Unknown => {
            "border:1px solid #333;padding:4px 3px;text-align:center;font-variant-numeric:tabular-nums"
        }
    }
}

/// The corners of all cells that some figure names.
fn named(table: &Table) -> BTreeSet<(usize, usize)> {
    table
        .cells()
        .iter()
        .filter(|cell| matches!(cell.part, Part::Figure(_)))
        .flat_map(|cell| heads_of(table, cell))
        .collect()
}

/// The corners of the heads over a figure, from the outermost to the innermost, then those of its labels from the left.
fn heads_of(table: &Table, figure: &Cell) -> Vec<(usize, usize)> {
    let mut corners = Vec::new();
    let above = (0..figure.row).rev().filter_map(|row| table.cell(row, figure.column));
    let heads = above.skip_while(|cell| cell.part != Part::Head).take_while(|cell| cell.part == Part::Head);
    for cell in heads {
        if !corners.contains(&(cell.row, cell.column)) {
            corners.insert(0, (cell.row, cell.column));
        }
    }
    for cell in (0..figure.column).filter_map(|column| table.cell(figure.row, column)) {
        if cell.part == Part::Label && !corners.contains(&(cell.row, cell.column)) {
            corners.push((cell.row, cell.column));
        }
    }
    corners
}

/// How many rows at the top are heads alone and have no cell that reaches further down.
fn leading_heads(table: &Table) -> usize {
    let heads = (0..table.rows()).take_while(|row| is_head_row(table, *row)).count();
    if heads < table.rows() && is_parting(table, heads) { heads } else { 0 }
}

fn is_head_row(table: &Table, row: usize) -> bool {
    (0..table.columns()).all(|column| table.cell(row, column).is_some_and(|cell| cell.part == Part::Head))
}

/// Whether no cell reaches into the row from above.
fn is_parting(table: &Table, row: usize) -> bool {
    (0..table.columns()).all(|column| table.cell(row, column).is_none_or(|cell| cell.row >= row))
}
