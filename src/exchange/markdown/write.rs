//! Writes marked-up text.

use std::fmt::Write;

use super::{EMPTY, PROPERTY, inline::marked};
use crate::exchange::document::{Cell, Part, Style, Table};
use crate::exchange::{Block, Document, ExportError};

/// Writes a document as marked-up text. The same document gives the same bytes.
///
/// # Errors
/// None so far; other formats have some.
pub fn write(document: &Document) -> Result<Vec<u8>, ExportError> {
    let mut page = String::new();
    for (name, value) in &document.properties {
        if let Some(name) = name.strip_prefix("gouji.").filter(|name| !name.contains(char::is_whitespace)) {
            // In a comment there may be no two dashes and no end of a tag.
            let value = serde_json::Value::from(value.as_str()).to_string();
            let value = value.replace('-', "\\u002d").replace('>', "\\u003e");
            // Writing to a string can not fail.
            let _ = writeln!(page, "{PROPERTY}{name} {value} -->");
        }
    }
    for block in &document.blocks {
        if !page.is_empty() {
            page.push('\n');
        }
        match block {
            Block::Heading { level, text, .. } => {
                let marks = "#".repeat(usize::from(*level).min(5) + 1);
                let _ = writeln!(page, "{marks} {}", marked(&text.replace('\n', ""), false));
            }
            Block::Paragraph { text, style, .. } => {
                let words = marked(text, !matches!(style, Style::Caption | Style::Banner));
                let _ = match style {
                    Style::Body if words.is_empty() => writeln!(page, "{EMPTY}"),
                    Style::Caption => writeln!(page, "**{words}**"),
                    Style::Banner => writeln!(page, "> **{words}**"),
                    Style::Body | Style::SignOff | Style::Placeholder => writeln!(page, "{words}"),
                };
            }
            Block::Table(table) => write_table(&mut page, table),
        }
    }
    Ok(page.into_bytes())
}

fn write_table(page: &mut String, table: &Table) {
    for row in 0..table.rows() {
        for column in 0..table.columns() {
            let words = table.cell(row, column).filter(|cell| is_written(table, cell, row, column));
            let words = words.map_or(String::new(), |cell| marked(&cell.text, false));
            page.push_str(if words.is_empty() { "|  " } else { "| " });
            page.push_str(&words);
            page.push_str(if words.is_empty() { "" } else { " " });
        }
        page.push_str("|\n");
        if row == 0 {
            for column in 0..table.columns() {
                page.push_str(if has_figures(table, column) { "|:---:" } else { "|---" });
            }
            page.push_str("|\n");
        }
    }
}

/// Whether a cell is written at a position that it covers: at the first, and in all columns of its first row if it is the
/// head of a group of columns.
fn is_written(table: &Table, cell: &Cell, row: usize, column: usize) -> bool {
    cell.row == row && (cell.column == column || (cell.columns < table.columns() && is_group(table, cell)))
}

/// Whether a cell stands over other heads.
fn is_group(table: &Table, cell: &Cell) -> bool {
    let below = table.cell(cell.row + cell.rows, cell.column);
    cell.part == Part::Head && cell.columns > 1 && below.is_some_and(|below| below.part == Part::Head)
}

fn has_figures(table: &Table, column: usize) -> bool {
    let mut cells = (0..table.rows()).filter_map(|row| table.cell(row, column));
    cells.any(|cell| matches!(cell.part, Part::Figure(_)))
}
