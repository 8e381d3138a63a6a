//! Values out of a text, laid out as one sheet.

use super::blocks;
use super::book::{Sheet, Value};
use crate::exchange::{Block, ImportError, Limits};

/// A row of values.
#[derive(Debug)]
pub(in crate::exchange) struct Values {
    /// The line on which it begins, from 1.
    pub(in crate::exchange) line: usize,
    /// Whether an empty line stands in front of it.
    pub(in crate::exchange) after_gap: bool,
    /// How many values the row has, blank ones included.
    pub(in crate::exchange) width: usize,
    /// The values; blank ones at the end may be left out.
    pub(in crate::exchange) fields: Vec<String>,
}

/// Paragraphs and tables as they stand one below the other.
///
/// # Errors
/// More blocks or a larger table than the bounds allow.
pub(in crate::exchange) fn blocks(rows: Vec<Values>, limits: &Limits) -> Result<Vec<Block>, ImportError> {
    let mut lines = Vec::with_capacity(rows.len());
    let mut sheet = Sheet::new("", false);
    for Values { line, after_gap, width, fields } in rows {
        if after_gap {
            lines.push(line);
        }
        let row = lines.len() as u32;
        lines.push(line);
        if fields.iter().all(|field| field.trim().is_empty()) {
            sheet.leave_blank(row, 0, (width as u32).saturating_sub(1));
        }
        for (column, text) in (0..).zip(fields).filter(|(_, text)| !text.is_empty()) {
            sheet.cells.insert((row, column), Value { text, ..Value::default() });
        }
    }
    sheet.lines = Some(lines);
    blocks::of_values(&sheet, limits)
}
