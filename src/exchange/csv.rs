//! Values separated by commas, semicolons or tabs.
//!
//! The file may hold a whole report: its tables with titles, headings and prose between them. Programs that open it would take some texts for formulas;
//! such texts are written with an apostrophe in front, and read without it.

mod guess;
mod prose;

use csv::{QuoteStyle, ReaderBuilder, StringRecord, Terminator, WriterBuilder};

use super::document::{At, Block, Document, Table};
use super::error::{ExportError, ImportError};
use super::format::Format;
use super::intake;
use super::limits::Limits;
use super::sheets::{self, Values};

/// Reads paragraphs and tables, which are told apart as in a sheet: what stands alone in its row around a table is a
/// paragraph, and so is prose that its own commas have cut into cells.
///
/// # Errors
/// If the file is too long or has too many cells, is not text, or has a quotation mark that is never closed.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ImportError> {
    let text = intake::text(bytes, Format::Csv, limits)?;
    let (separator, start) = guess::separator(&text);
    let text = text.get(start..).unwrap_or_default();
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let mut read = Read::new(limits);
    let mut lines = Lines::new(text, usize::from(start > 0));
    loop {
        let more = reader.read_record(&mut record).map_err(|_| ImportError::Broken {
            format: Format::Csv,
            at: At::Unknown,
            cause: "内容不合 CSV 的写法".to_owned(),
        })?;
        if !more {
            break;
        }
        let from = record.position().map_or(0, |position| position.byte() as usize);
        let (line, after_gap) = lines.at(from);
        let to = reader.position().byte() as usize;
        if to >= text.len() && is_unclosed(text, &record) {
            return Err(ImportError::Broken {
                format: Format::Csv,
                at: At::Line(line),
                cause: "有引号没有成对".to_owned(),
            });
        }
        let quoted = text.get(from..to).is_some_and(|raw| raw.contains('"'));
        read.add(&record, Values { line, after_gap, width: record.len(), fields: Vec::new() }, quoted)?;
    }
    let blocks = sheets::of_values(prose::joined(read.rows, char::from(separator)), limits)?;
    Ok(Document { blocks, ..Document::default() })
}

/// Writes all tables of a document, one after the other with an empty line between them: UTF-8 with its mark, which
/// Excel needs, and lines ended as Excel does. Merged cells stand at their upper left corner. The same document
/// gives the same bytes.
///
/// # Errors
/// If the document has no table.
pub fn write(document: &Document) -> Result<Vec<u8>, ExportError> {
    let failed = |cause: &str| ExportError::Failed { format: Format::Csv, cause: cause.to_owned() };
    let mut bytes = Vec::new();
    for block in &document.blocks {
        let Block::Table(table) = block else { continue };
        bytes.extend_from_slice(if bytes.is_empty() { b"\xEF\xBB\xBF" } else { b"\r\n" });
        bytes.extend(rows(table).map_err(|_| failed("表格写不成文本"))?);
    }
    if bytes.is_empty() {
        return Err(failed("没有可写的表格"));
    }
    Ok(bytes)
}

fn rows(table: &Table) -> csv::Result<Vec<u8>> {
    // All texts are quoted, so that no program takes a semicolon in one for a separator.
    let mut writer = WriterBuilder::new()
        .quote_style(QuoteStyle::NonNumeric)
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    for row in 0..table.rows() {
        writer.write_record((0..table.columns()).map(|column| match table.cell(row, column) {
            Some(cell) if (cell.row, cell.column) == (row, column) => defused(&cell.text),
            _ => String::new(),
        }))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// The text so that no program computes with it.
fn defused(text: &str) -> String {
    let tempts = is_tempting(text.trim_start_matches('\'')) && !is_number(text);
    if tempts { format!("'{text}") } else { text.to_owned() }
}

/// What was meant: without the apostrophe of [`defused`], and without the formula around a text by which some
/// programs keep leading zeros (`="007"`).
fn meant(text: &str) -> &str {
    if let Some(rest) = text.strip_prefix('\'') {
        return if is_tempting(rest.trim_start_matches('\'')) { rest } else { text };
    }
    let inner = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    inner.filter(|inner| !inner.contains('"')).unwrap_or(text)
}

/// Whether a text begins as formulas do, or with a blank behind which some programs look for one.
fn is_tempting(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// Whether a text is a plain number, which may begin with a sign.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, fraction].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether the last record runs to the end of the file because its quotation mark is not closed.
fn is_unclosed(text: &str, last: &StringRecord) -> bool {
    let from = last.position().map_or(0, |position| position.byte() as usize);
    let runs_on = last.iter().next_back().is_some_and(|field| field.contains('\n'));
    runs_on && text.get(from..).is_some_and(|record| record.matches('"').count() % 2 == 1)
}

/// Blank rows that are kept where more follow each other.
const MOST_BLANK: usize = 8;

/// The rows read so far, and whether something in each is between quotation marks.
struct Read<'a> {
    limits: &'a Limits,
    rows: Vec<(Values, bool)>,
    /// Values up to the last one of each row that is not blank.
    taken: usize,
}

impl<'a> Read<'a> {
    fn new(limits: &'a Limits) -> Self {
        Self { limits, rows: Vec::new(), taken: 0 }
    }

    fn add(&mut self, record: &StringRecord, mut row: Values, quoted: bool) -> Result<(), ImportError> {
        let too_much = |what, max: usize, unit| ImportError::TooMuch { what, max: format!("{max}{unit}") };
        let filled = (1..)
            .zip(record)
            .filter(|(_, field)| !field.trim().is_empty())
            .last()
            .map_or(0, |(last, _)| last);
        if filled > self.limits.columns {
            return Err(too_much("表格的列数", self.limits.columns, "列"));
        }
        // Programs write out the rest of a sheet; many blank rows say no more than a few.
        let mut before = self.rows.iter().rev().take(MOST_BLANK);
        if filled == 0 && self.rows.len() >= MOST_BLANK && before.all(|(row, _)| row.fields.is_empty()) {
            return Ok(());
        }
        self.taken += filled.max(1);
        if self.taken > self.limits.cells {
            return Err(too_much("表格的格数", self.limits.cells, "格"));
        }
        let text = |field: &str| meant(&field.replace("\r\n", "\n").replace('\r', "\n")).to_owned();
        row.fields = record.iter().take(filled).map(text).collect();
        self.rows.push((row, quoted));
        Ok(())
    }
}

/// Counts lines on the way through a text.
struct Lines<'a> {
    text: &'a [u8],
    seen: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str, lines_before: usize) -> Self {
        Self { text: text.as_bytes(), seen: 0, line: lines_before + 1 }
    }

    /// The line on which the record behind a position begins, and whether there is an empty line in front of it. The
    /// parser skips line ends in front of a record without a word. Positions must not go back.
    fn at(&mut self, position: usize) -> (usize, bool) {
        while self.seen < position {
            self.step();
        }
        let begin = self.line;
        while matches!(self.text.get(self.seen), Some(b'\r' | b'\n')) {
            self.step();
        }
        (self.line, self.line > begin)
    }

    /// Goes over one byte; `\r\n` is one line end, counted at its `\r`.
    fn step(&mut self) {
        let before = self.seen.checked_sub(1).and_then(|index| self.text.get(index));
        match self.text.get(self.seen) {
            Some(b'\r') => self.line += 1,
            Some(b'\n') if before != Some(&b'\r') => self.line += 1,
            _ => {}
        }
        self.seen += 1;
    }
}

#[cfg(test)]
mod tests;
