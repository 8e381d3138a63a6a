//! Writes a document as a workbook: first a sheet with the cover and the prose, then one sheet for each table.
//!
//! Where a table stood among the prose, the first sheet names the sheet that has it; so a workbook that is read
//! again gives the document in its order. Only formulas made here are formulas: text that looks like one stays text.

mod checks;
mod figures;
mod formats;
mod formula;
mod measure;
mod names;
mod prose;
mod table;

use std::fmt::Write;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::PROSE_SHEET;
use crate::exchange::compose::FORM_PROPERTY;
use crate::exchange::document::Table;
use crate::exchange::{Block, Document, ExportError, Format};
use crate::form::Form;
use figures::Figures;

/// Writes a workbook. The same document gives the same bytes.
///
/// Text beyond what a cell can hold, 32,767 characters, goes on in the next cell.
///
/// # Errors
/// A cell of a table holds more text than a workbook can.
pub fn write(document: &Document, form: &Form) -> Result<Vec<u8>, ExportError> {
    let tables: Vec<&Table> = document.tables().collect();
    let names = names::of_tables(document, form);
    let figures = Figures::new(form, &tables, &names);
    let mut workbook = Workbook::new();
    let failed = |error: XlsxError| ExportError::Failed { format: Format::Xlsx, cause: cause(&error) };
    workbook.set_properties(&properties(document).map_err(failed)?);
    let sheet = workbook.add_worksheet();
    sheet.set_name(PROSE_SHEET).map_err(failed)?;
    prose::write(sheet, document, &names).map_err(failed)?;
    for (index, (name, table)) in names.iter().zip(&tables).enumerate() {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).map_err(failed)?;
        table::write(sheet, index, table, &figures).map_err(failed)?;
    }
    workbook.save_to_buffer().map_err(failed)
}

/// What the first sheet says in the place of a table.
fn pointer(sheet: &str) -> String {
    format!("（表见工作表“{sheet}”）")
}

/// The sheet that a text points at, if it is such a text.
pub(super) fn pointed_at(text: &str) -> Option<&str> {
    text.trim().strip_prefix("（表见工作表“")?.strip_suffix("”）")
}

/// The facts that a reader of the page does not see. The moment of writing is not among them: it would make two
/// files of the same report differ.
fn properties(document: &Document) -> Result<DocProperties, XlsxError> {
    let mut properties = DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    if let Some(title) = document.blocks.iter().find_map(|block| match block {
        Block::Heading { level: 0, text, .. } => Some(text),
        _ => None,
    }) {
        properties = properties.set_title(title);
    }
    for (name, value) in &document.properties {
        properties = properties.set_custom_property(name, escaped(value).as_str());
    }
    // Without this mark the sheets would be read as those of a stranger.
    if !document.properties.contains_key(FORM_PROPERTY) {
        properties = properties.set_custom_property(FORM_PROPERTY, "");
    }
    Ok(properties)
}

/// A text for the places where the library writes texts as they are: controls as `_x0001_`, and what looks like one so
/// that it is not taken for one when it is read.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.replace("_x", "_x005F_x").chars() {
        if c.is_control() && !matches!(c, '\n' | '\t') {
            // Writing to a string can not fail.
            let _ = write!(escaped, "_x{:04X}_", u32::from(c));
        } else {
            escaped.push(c);
        }
    }
    escaped
}

fn cause(error: &XlsxError) -> String {
    match error {
        XlsxError::MaxStringLengthExceeded => "表格中有一格的文字超过了32767个字".to_owned(),
        XlsxError::RowColumnLimitError => "表格的行数或列数超过了工作表的上限".to_owned(),
        _ => "工作表的内容不合规定".to_owned(),
    }
}
