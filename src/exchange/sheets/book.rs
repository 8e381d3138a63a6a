//! A spreadsheet as it is in the file: sheets with sparse cells and merged ranges.

use std::cell::Cell;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::hidden::Ranges;
use super::look::Look;
use super::losses::Losses;
use crate::exchange::{At, Format, ImportError, Limits, intake};
use crate::model::excerpt;

/// All sheets of a file.
#[derive(Debug, Default)]
pub(super) struct Book {
    pub(super) sheets: Vec<Sheet>,
    pub(super) properties: BTreeMap<String, String>,
}

/// One sheet.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) name: Arc<str>,
    pub(super) hidden: bool,
    /// Formulas of which the file has no result: how many, and where the first is.
    pub(super) without_result: Option<(usize, At)>,
    /// What stands where, by row and column from 0. Blank cells are not here.
    pub(super) cells: BTreeMap<(u32, u32), Value>,
    /// What people wrote beside cells, blank ones too, by row and column from 0.
    pub(super) remarks: BTreeMap<(u32, u32), String>,
    pub(super) merges: Vec<Merge>,
    /// What nobody sees who looks at the sheet.
    pub(super) hidden_rows: Ranges,
    pub(super) hidden_columns: Ranges,
    /// One beyond the last row and column of which the file says anything, be it only a border.
    pub(super) end: (u32, u32),
    /// Rows of which the file says something while no word need stand in them: their first and last such column.
    pub(super) blank: BTreeMap<u32, (u32, u32)>,
    /// Of the values of a text, the line of each row.
    pub(super) lines: Option<Vec<usize>>,
}

/// What stands in a cell, as text.
#[derive(Debug, Clone, Default)]
pub(super) struct Value {
    pub(super) text: String,
    pub(super) computed: bool,
    pub(super) look: Option<Look>,
    /// The number of a cell that shows it as a day or a time.
    pub(super) number: Option<String>,
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}

/// A merged range.
#[derive(Debug, Clone, Copy)]
pub(super) struct Merge {
    pub(super) row: u32,
    pub(super) column: u32,
    /// The last row and column, inclusive.
    pub(super) last: (u32, u32),
}

/// Rows with blank cells that are remembered.
const MOST_BLANK: usize = 20_000;
/// More sheets than anyone looks through.
pub(super) const MOST_SHEETS: usize = 1000;
/// More fonts and formats of cells than any program writes.
pub(super) const MOST_STYLES: usize = 1 << 16;
/// More marks, and cells that stand for others, than the greatest part has that is still taken in.
const MOST_STEPS: usize = 16_000_000;

impl Sheet {
    pub(super) fn new(name: &str, hidden: bool) -> Self {
        Self {
            name: name.into(),
            hidden,
            without_result: None,
            cells: BTreeMap::new(),
            remarks: BTreeMap::new(),
            merges: Vec::new(),
            hidden_rows: Ranges::default(),
            hidden_columns: Ranges::default(),
            end: (0, 0),
            blank: BTreeMap::new(),
            lines: None,
        }
    }

    /// Remembers that the file says something of a position.
    pub(super) fn reach(&mut self, row: u32, column: u32) {
        self.end = (self.end.0.max(row.saturating_add(1)), self.end.1.max(column.saturating_add(1)));
    }

    /// Remembers that a row has blank cells from one column to another.
    pub(super) fn leave_blank(&mut self, row: u32, first: u32, last: u32) {
        // Files may claim any number of blank rows; those of a report are few.
        if self.blank.len() < MOST_BLANK || self.blank.contains_key(&row) {
            let known = self.blank.entry(row).or_insert((first, last));
            *known = (known.0.min(first), known.1.max(last));
        }
        self.reach(row, last);
    }

    pub(super) fn at(&self, row: u32, column: u32) -> At {
        if let Some(lines) = &self.lines {
            return lines.get(row as usize).map_or(At::Unknown, |line| At::Line(*line));
        }
        At::Sheet { sheet: Arc::clone(&self.name), row, column }
    }
}

/// What is being read, and how much of the bounds is left.
#[derive(Debug)]
pub(super) struct Source<'a> {
    pub(super) limits: &'a Limits,
    format: Format,
    cells: usize,
    text: usize,
    raw: usize,
    merges: usize,
    steps: Cell<usize>,
    /// What a document has no place for.
    pub(super) losses: Losses,
    /// The headers and footers that have been told.
    pub(super) margins: HashSet<String>,
    /// Where reading is just now.
    pub(super) at: At,
}

impl<'a> Source<'a> {
    pub(super) fn new(format: Format, limits: &'a Limits) -> Self {
        Self {
            limits,
            format,
            cells: 0,
            text: 0,
            raw: 0,
            merges: 0,
            steps: Cell::new(0),
            losses: Losses::default(),
            margins: HashSet::new(),
            at: At::Unknown,
        }
    }

    /// An error that names the place where reading is.
    pub(super) fn broken(&self, cause: impl Into<String>) -> ImportError {
        ImportError::Broken { format: self.format, at: self.at.clone(), cause: cause.into() }
    }

    /// Puts a cell into a sheet. Blank cells only move the end of the sheet.
    ///
    /// # Errors
    /// More cells or text than the bounds allow.
    pub(super) fn put(
        &mut self,
        sheet: &mut Sheet,
        place: (u32, u32),
        value: Value,
    ) -> Result<(), ImportError> {
        sheet.reach(place.0, place.1);
        if value.text.is_empty() && !value.computed {
            sheet.leave_blank(place.0, place.1, place.1);
            return Ok(());
        }
        self.count_cell()?;
        self.text(value.text.len())?;
        sheet.cells.insert(place, value);
        Ok(())
    }

    /// Keeps what someone wrote beside a cell.
    ///
    /// # Errors
    /// More cells or text than the bounds allow.
    pub(super) fn remark(
        &mut self,
        sheet: &mut Sheet,
        place: (u32, u32),
        said: &str,
    ) -> Result<(), ImportError> {
        if said.trim().is_empty() {
            return Ok(());
        }
        self.count_cell()?;
        self.text(said.len())?;
        sheet.remarks.insert(place, said.trim().to_owned());
        Ok(())
    }

    fn count_cell(&mut self) -> Result<(), ImportError> {
        self.cells += 1;
        within(self.cells, self.limits.cells, "表格的格数", "格")
    }

    /// Puts a merged range into a sheet; ranges of one cell are none.
    ///
    /// # Errors
    /// More ranges than the bounds allow cells.
    pub(super) fn merge(&mut self, sheet: &mut Sheet, merge: Merge) -> Result<(), ImportError> {
        if merge.last <= (merge.row, merge.column) || merge.last.0 < merge.row || merge.last.1 < merge.column
        {
            return Ok(());
        }
        self.merges += 1;
        within(self.merges, self.limits.cells, "合并的单元格", "处")?;
        sheet.reach(merge.last.0, merge.last.1);
        sheet.merges.push(merge);
        Ok(())
    }

    /// Remembers that rows are hidden.
    ///
    /// # Errors
    /// More of them than the bounds allow cells.
    pub(super) fn hide_rows(&self, sheet: &mut Sheet, first: u32, last: u32) -> Result<(), ImportError> {
        sheet.hidden_rows.add(first, last);
        within(sheet.hidden_rows.len(), self.limits.cells, "隐藏的行", "处")
    }

    /// Remembers that columns are hidden.
    ///
    /// # Errors
    /// More of them than the bounds allow cells.
    pub(super) fn hide_columns(&self, sheet: &mut Sheet, first: u32, last: u32) -> Result<(), ImportError> {
        sheet.hidden_columns.add(first, last);
        within(sheet.hidden_columns.len(), self.limits.cells, "隐藏的列", "处")
    }

    /// Counts text that is kept.
    ///
    /// # Errors
    /// More text than the bounds allow.
    pub(super) fn text(&mut self, bytes: usize) -> Result<(), ImportError> {
        self.text = self.text.saturating_add(bytes);
        self.bound_text(self.text)
    }

    /// Counts text that is gathered out of pieces, of which nobody knows yet whether it is kept.
    ///
    /// # Errors
    /// More text than the bounds allow.
    pub(super) fn raw_text(&mut self, bytes: usize) -> Result<(), ImportError> {
        self.raw = self.raw.saturating_add(bytes);
        self.bound_text(self.raw)
    }

    fn bound_text(&self, bytes: usize) -> Result<(), ImportError> {
        if bytes > self.limits.text {
            return Err(ImportError::TooMuch { what: "文字", max: intake::size(self.limits.text as u64) });
        }
        Ok(())
    }

    /// Counts a piece of work.
    ///
    /// # Errors
    /// So much that no honest file asks for it.
    pub(super) fn step(&self) -> Result<(), ImportError> {
        let steps = self.steps.get() + 1;
        self.steps.set(steps);
        within(steps, MOST_STEPS, "内部的标记", "个")
    }

    /// Notes that a sheet is a chart or a macro.
    pub(super) fn lose_sheet(&mut self, name: &str) {
        let at = At::Sheet { sheet: name.into(), row: 0, column: 0 };
        self.lose(at, &format!("工作表“{}”（不是普通的表格）", excerpt(name, 60)));
    }

    /// Notes that something at a place was left out.
    pub(super) fn lose(&mut self, at: At, what: &str) {
        self.losses.push(at, what);
    }
}

/// Refuses a list that is longer than its bound.
///
/// # Errors
/// It is.
pub(super) fn within(length: usize, max: usize, what: &'static str, unit: &str) -> Result<(), ImportError> {
    if length > max { Err(ImportError::TooMuch { what, max: format!("{max}{unit}") }) } else { Ok(()) }
}
