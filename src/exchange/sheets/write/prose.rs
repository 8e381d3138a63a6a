//! The first sheet: everything but the tables, one paragraph a cell.

use rust_xlsxwriter::{Format, Url, Worksheet, XlsxError};

use super::{formats, measure, pointer};
use crate::exchange::sheets::look::Look;
use crate::exchange::{Block, Document};

/// The width of the only column, in characters of the standard font: a page of A4, with room to spare where another
/// font stands in for the standard one, because a single column is not made narrower for print.
const WIDTH: f64 = 74.0;
/// The greatest height of a row, in points.
const HIGHEST: f64 = 400.0;
/// The most UTF-16 units that a cell holds.
const LONGEST: usize = 32_767;

pub(super) fn write(sheet: &mut Worksheet, document: &Document, tables: &[String]) -> Result<(), XlsxError> {
    sheet.set_column_width(0, WIDTH)?;
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    sheet.set_margins(0.8, 0.8, 0.9, 0.9, 0.4, 0.4);
    sheet.set_footer("&C第 &P 页，共 &N 页");
    let mut tables = tables.iter();
    let mut row = 0;
    for block in &document.blocks {
        let (text, look) = match block {
            Block::Heading { level, text, .. } => (text, Look::Heading(*level)),
            Block::Paragraph { text, style, .. } => (text, Look::Paragraph(*style)),
            Block::Table(_) => {
                let Some(name) = tables.next() else { continue };
                let link =
                    Url::new(format!("internal:'{}'!A1", name.replace('\'', "''"))).set_text(pointer(name));
                sheet.write_url_with_format(row, 0, link, &formats::pointer())?;
                sheet.set_row_height(row, 24)?;
                row += 1;
                continue;
            }
        };
        for part in parts(text) {
            row += paragraph(sheet, row, part, look)?;
        }
    }
    Ok(())
}

/// Writes a paragraph and says how many rows it took.
fn paragraph(sheet: &mut Worksheet, row: u32, text: &str, look: Look) -> Result<u32, XlsxError> {
    let format: Format = formats::paragraph(look);
    let size = look.font().size;
    let height = measure::height(measure::lines(text, WIDTH, size), size)
        + if matches!(look, Look::Heading(0 | 1)) { 10.0 } else { 0.0 };
    let rows = (height / HIGHEST).ceil().max(1.0) as u32;
    for more in 0..rows {
        sheet.set_row_height(row + more, height / f64::from(rows))?;
    }
    if rows > 1 {
        // A row has a greatest height; longer paragraphs reach over several.
        sheet.merge_range(row, 0, row + rows - 1, 0, "", &format)?;
    }
    sheet.write_string_with_format(row, 0, text, &format)?;
    Ok(rows)
}

/// The text in pieces that a cell can hold.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut units) = (0, 0);
    for (at, character) in text.char_indices() {
        if units + character.len_utf16() > LONGEST {
            parts.push(text.get(start..at).unwrap_or_default());
            (start, units) = (at, 0);
        }
        units += character.len_utf16();
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts
}
