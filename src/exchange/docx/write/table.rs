//! Tables with merged cells, as wide as the text.

use std::fmt::Write as _;

use super::paragraph;
use super::widths::{MARGIN, TEXT_WIDTH, widths};
use crate::exchange::document::{Cell, Part, Table};

/// Tables of at most so many rows are kept on one page.
const SHORT: usize = 16;

/// Writes a table.
pub(super) fn write(xml: &mut String, table: &Table) {
    let widths = widths(table);
    let _ = write!(
        xml,
        "<w:tbl><w:tblPr><w:tblW w:w=\"{TEXT_WIDTH}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/><w:tblBorders>"
    );
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        let _ = write!(xml, "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>");
    }
    let _ = write!(
        xml,
        "</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"{MARGIN}\" w:type=\"dxa\"/>\
         <w:right w:w=\"{MARGIN}\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>"
    );
    for width in &widths {
        let _ = write!(xml, "<w:gridCol w:w=\"{width}\"/>");
    }
    xml.push_str("</w:tblGrid>\n");
    let heads = heads(table);
    for row in 0..table.rows() {
        xml.push_str("<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val=\"340\" w:hRule=\"atLeast\"/>");
        if row < heads {
            xml.push_str("<w:tblHeader/>");
        }
        xml.push_str("</w:trPr>");
        let together = row + 1 < table.rows() && (table.rows() <= SHORT || row < heads);
        let mut column = 0;
        while let Some(found) = table.cell(row, column) {
            let width: u32 = widths.iter().skip(column).take(found.columns).sum();
            cell(xml, found, found.row == row, width, together);
            column += found.columns;
        }
        xml.push_str("</w:tr>\n");
    }
    xml.push_str("</w:tbl>\n");
}

/// The part of a cell that lies in one row; its text stands in the first.
fn cell(xml: &mut String, cell: &Cell, first: bool, width: u32, together: bool) {
    let _ = write!(xml, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>");
    if cell.columns > 1 {
        let _ = write!(xml, "<w:gridSpan w:val=\"{}\"/>", cell.columns);
    }
    match (cell.rows, first) {
        (0 | 1, _) => {}
        (_, true) => xml.push_str("<w:vMerge w:val=\"restart\"/>"),
        (_, false) => xml.push_str("<w:vMerge/>"),
    }
    xml.push_str("<w:vAlign w:val=\"center\"/></w:tcPr>");
    let style = if cell.part == Part::Label { "TableLabel" } else { "TableText" };
    let keep = if together { "<w:keepNext/>" } else { "" };
    for line in if first { cell.text.as_str() } else { "" }.split('\n') {
        paragraph(xml, style, keep, line, first && cell.computed);
    }
    xml.push_str("</w:tc>");
}

/// How many rows at the top are heads and are repeated on every page. None if heads follow further down as well: what
/// is repeated would then stand over the wrong figures.
fn heads(table: &Table) -> usize {
    let is_head = |row: usize| {
        (0..table.columns()).all(|column| table.cell(row, column).is_some_and(|cell| cell.part == Part::Head))
    };
    let top = (0..table.rows()).take_while(|row| is_head(*row)).count();
    let below = table.cells().iter().any(|cell| cell.part == Part::Head && cell.row >= top);
    if below || top == table.rows() { 0 } else { top }
}
