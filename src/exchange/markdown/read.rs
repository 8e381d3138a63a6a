//! Reads marked-up text line by line.

use super::tags::{begins_table, has_tags, with_entities, without_comments};
use super::{EMPTY, PROPERTY, inline::shown};
use crate::exchange::document::{Cell, Style, TableBuilder, one_line};
use crate::exchange::html::{self, decode};
use crate::exchange::intake::{self, too_much};
use crate::exchange::{At, Block, Document, ImportError, Limits, Lost};
use crate::model::visible::{excerpt, visible};

/// Reads marked-up text in UTF-8 or GB18030.
///
/// Every line outside of tables is a paragraph. A line of dashes and bars makes the line above it the first row of a table,
/// which is a row like the others: in tables taken from printed pages it holds figures as often as heads. Tables written as
/// html are read too.
///
/// # Errors
/// If the text asks for more than the limits allow.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ImportError> {
    intake::file(bytes, limits)?;
    let decoded = decode(bytes, None);
    if decoded.text.len() > limits.text {
        return Err(ImportError::TooMuch { what: "文字", max: intake::size(limits.text as u64) });
    }
    let (text, comments) = without_comments(&decoded.text);
    let mut reader = Reader {
        limits,
        document: Document::default(),
        rows: Vec::new(),
        tables: 0,
        positions: 0,
        pages_left: PAGES,
    };
    reader.document.lost.extend(comments);
    let lines: Vec<&str> = text.lines().collect();
    let mut number = 0;
    while let Some(line) = lines.get(number) {
        number += 1;
        let following = lines.get(number).copied().unwrap_or_default();
        if begins_table(line) && !is_row(line) {
            let rest = lines.get(number - 1..).unwrap_or_default();
            let length =
                rest.iter().position(|line| has_tag(line, "</table>")).map_or(rest.len(), |end| end + 1);
            reader.html(&rest.get(..length).unwrap_or_default().join("\n"), number)?;
            number += length - 1;
        } else if is_row(line) || (line.contains('|') && (is_delimiter(following) || !reader.rows.is_empty()))
        {
            reader.row(line, is_delimiter(following))?;
        } else {
            reader.line(line, number)?;
        }
    }
    reader.end_table()?;
    reader.document.lost.extend(decoded.lost);
    Ok(reader.document)
}

/// Lines and cells that are read as pieces of web pages; each takes the work of opening a page.
const PAGES: usize = 20_000;

struct Reader<'a> {
    limits: &'a Limits,
    document: Document,
    /// The rows of the table being read.
    rows: Vec<Vec<String>>,
    tables: usize,
    positions: usize,
    /// How many more lines and cells may be read as pieces of web pages.
    pages_left: usize,
}

impl Reader<'_> {
    /// A line of a table. If a line of dashes follows it begins a table.
    fn row(&mut self, line: &str, begins: bool) -> Result<(), ImportError> {
        if is_delimiter(line) {
            return Ok(());
        }
        if begins {
            self.end_table()?;
        }
        let cells = split(line);
        if cells.len() > self.limits.columns {
            return Err(too_much("表格的列数", self.limits.columns, "列"));
        }
        self.rows.push(cells);
        Ok(())
    }

    fn line(&mut self, line: &str, number: usize) -> Result<(), ImportError> {
        self.end_table()?;
        let at = At::Line(number);
        // Two wide blanks in front of a paragraph are a part of it.
        let indented = line.trim_matches(|c: char| c.is_whitespace() && c != '\u{3000}');
        let line = line.trim();
        if let Some((name, value)) = property(line) {
            self.document.properties.insert(name, value);
            return Ok(());
        }
        let is_rule =
            line.len() > 2 && ['-', '*', '_'].iter().any(|mark| line.trim_matches(*mark).is_empty());
        if line.is_empty() || is_rule || line.starts_with("```") {
            return Ok(());
        }
        if line.len() > 2 && line.chars().all(|c| c == '=') {
            self.underlined(number);
            return Ok(());
        }
        let level = line.len() - line.trim_start_matches('#').len();
        let heading =
            line.get(level..).filter(|rest| (1..7).contains(&level) && rest.starts_with([' ', '\t']));
        if let Some(heading) = heading {
            let text = self.words(heading.trim().trim_end_matches('#').trim_end(), &at)?;
            let text = one_line(&text);
            return self.push(Block::Heading { level: (level - 1) as u8, text, at });
        }
        let mut rest = line;
        for mark in ["> ", "- ", "* ", "+ "] {
            rest = rest.strip_prefix(mark).unwrap_or(rest);
        }
        if rest.len() == line.len() {
            rest = indented;
        }
        let text = if line == EMPTY { String::new() } else { self.words(rest, &at)? };
        if text.trim().is_empty() && line != EMPTY {
            return Ok(());
        }
        self.push(Block::Paragraph { text, style: Style::Body, at })
    }

    /// A line of `=` makes the line above it a heading.
    fn underlined(&mut self, number: usize) {
        if let Some(block) = self.document.blocks.last_mut() {
            let above = number.checked_sub(1).map(At::Line);
            if let Block::Paragraph { text, at, .. } = block
                && above.as_ref() == Some(at)
            {
                *block = Block::Heading { level: 0, text: std::mem::take(text), at: at.clone() };
            }
        }
    }

    /// Tables written as html, and what stands in their lines.
    fn html(&mut self, text: &str, number: usize) -> Result<(), ImportError> {
        self.end_table()?;
        let limits = Limits { cells: self.limits.cells.saturating_sub(self.positions), ..*self.limits };
        let document = html::fragment(text, &limits, self.tables)?;
        for mut block in document.blocks {
            match &mut block {
                Block::Table(table) => {
                    self.tables += 1;
                    self.positions += table.rows() * table.columns();
                }
                Block::Heading { at, .. } | Block::Paragraph { at, .. } => *at = At::Line(number),
            }
            self.push(block)?;
        }
        self.document.lost.extend(document.lost);
        Ok(())
    }

    fn end_table(&mut self) -> Result<(), ImportError> {
        let rows = std::mem::take(&mut self.rows);
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        if rows.is_empty() || columns == 0 {
            return Ok(());
        }
        self.positions = self.positions.saturating_add(rows.len().saturating_mul(columns));
        if self.positions > self.limits.cells {
            return Err(too_much("表格的格数", self.limits.cells, "格"));
        }
        self.tables += 1;
        let table = self.tables;
        let mut builder = TableBuilder::new(columns, rows.len() * (2 * columns + 1));
        for (row, mut cells) in rows.into_iter().enumerate() {
            builder.next_row();
            cells.resize(columns, String::new());
            for (column, text) in cells.into_iter().enumerate() {
                let at = At::Cell { table, row: row + 1, column: column + 1 };
                let text = self.cell(&text, &at)?;
                builder.push(Cell { text, rows: 1, columns: 1, at, ..Cell::default() });
            }
        }
        match builder.build() {
            Some(table) => self.push(Block::Table(table)),
            None => Ok(()),
        }
    }

    /// The words of a line. What is written as html in it shows as on a web page.
    fn words(&mut self, text: &str, at: &At) -> Result<String, ImportError> {
        if !has_tags(text) {
            return Ok(self.shown(text, at));
        }
        self.take_page()?;
        let page = html::fragment(&with_entities(text), self.limits, 0)?;
        let words = page.blocks.iter().map(|block| match block {
            Block::Heading { text, .. } | Block::Paragraph { text, .. } => Some(text.as_str()),
            Block::Table(_) => None,
        });
        let Some(words) = words.collect::<Option<Vec<_>>>() else { return Ok(self.shown(text, at)) };
        let words = words.join("\n");
        self.lose(page.lost, at);
        Ok(self.shown(&words, at))
    }

    /// The words of a cell, as of a line.
    fn cell(&mut self, text: &str, at: &At) -> Result<String, ImportError> {
        if !has_tags(text) {
            return Ok(self.shown(text, at));
        }
        self.take_page()?;
        let page = html::cell(&with_entities(text), self.limits)?;
        let words = match page.blocks.as_slice() {
            [Block::Table(table)] if table.cells().len() == 1 => {
                table.cell(0, 0).map(|cell| cell.text.as_str())
            }
            _ => None,
        };
        let Some(words) = words else { return Ok(self.shown(text, at)) };
        self.lose(page.lost, at);
        Ok(self.shown(words, at))
    }

    fn take_page(&mut self) -> Result<(), ImportError> {
        let left = self.pages_left.checked_sub(1);
        self.pages_left = left.ok_or_else(|| too_much("带网页标签的段落和格", PAGES, "个"))?;
        Ok(())
    }

    /// The words without their marks; pictures and what is struck out are noted.
    fn shown(&mut self, text: &str, at: &At) -> String {
        let shown = shown(text);
        for name in shown.pictures {
            let name = excerpt(&name, 20);
            let what = if name.is_empty() { "图片".to_owned() } else { format!("图片“{name}”") };
            self.document.lost.push(Lost { at: at.clone(), what });
        }
        for words in shown.struck {
            let what = format!("已划去的文字“{}”", visible(&excerpt(&words, 20)));
            self.document.lost.push(Lost { at: at.clone(), what });
        }
        shown.words
    }

    /// What a piece of html has lost, at the place where the piece stands.
    fn lose(&mut self, lost: Vec<Lost>, at: &At) {
        self.document.lost.extend(lost.into_iter().map(|lost| Lost { at: at.clone(), ..lost }));
    }

    fn push(&mut self, block: Block) -> Result<(), ImportError> {
        if self.document.blocks.len() >= self.limits.blocks {
            return Err(too_much("段落和表格的数量", self.limits.blocks, "个"));
        }
        self.document.blocks.push(block);
        Ok(())
    }
}

/// Whether a line is a row whatever stands around it.
fn is_row(line: &str) -> bool {
    let line = line.trim();
    line.len() > 1 && line.starts_with('|') && line.ends_with('|')
}

/// Whether a line separates the first row of a table from the others.
fn is_delimiter(line: &str) -> bool {
    let line = line.trim();
    line.contains('|') && line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// The cells between the bars; `\|` is a bar in a cell.
fn split(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut is_escaped = false;
    for c in line.chars() {
        match cells.last_mut() {
            Some(cell) if c != '|' || is_escaped => cell.push(c),
            _ => cells.push(String::new()),
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    if line.ends_with('|') && cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

fn property(line: &str) -> Option<(String, String)> {
    let rest = line.strip_prefix(PROPERTY)?.strip_suffix("-->")?;
    let (name, value) = rest.split_once(' ')?;
    Some((format!("gouji.{name}"), serde_json::from_str(value.trim()).ok()?))
}

fn has_tag(line: &str, tag: &str) -> bool {
    line.to_ascii_lowercase().contains(tag)
}
