//! A document as lines of pieces: rows of tables and lines of text in whatever shape, all alike.
//!
//! Text comes as one cell a line, with or without a tab before it or a bar behind it; as one row a line, parted by
//! tabs, bars or runs of blanks; or as a label with figures behind it. A piece is one cell of any of these.

use std::collections::BTreeMap;

use super::content::{is_plain_value, is_value, is_with_unit};
use super::remarks::{Remarks, begins_remark};
use super::wording::{self, Words};
use crate::exchange::compose::{asks_for_words, marks_draft};
use crate::exchange::document::{At, Block, Cell, Document, Style, Table};

/// One line of text or one row of a table.
#[derive(Debug)]
pub(super) struct Line<'d> {
    /// The whole text; of a row of a table only if no more than one of its cells has words.
    pub(super) text: &'d str,
    pub(super) at: &'d At,
    pub(super) sort: LineSort,
    /// Its pieces, as a range of all pieces.
    pub(super) pieces: std::ops::Range<usize>,
    pub(super) shape: Shape,
    /// Whether an empty line stands in front of it.
    pub(super) after_gap: bool,
    /// Whether it is the first of a page, as far as the file says so.
    pub(super) new_page: bool,
}

impl Line<'_> {
    /// Whether it is running text, or a row of a table in which words stand alone.
    pub(super) fn reads_as_text(&self) -> bool {
        match self.sort {
            LineSort::Heading(_) | LineSort::Text(_) => true,
            LineSort::Row(..) => !self.text.is_empty(),
            LineSort::Noise | LineSort::Empty => false,
        }
    }

    /// The block of the document whose row it is.
    pub(super) fn block(&self) -> Option<usize> {
        if let LineSort::Row(block, _) = self.sort { Some(block) } else { None }
    }
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineSort {
    /// A heading of the file's own making.
    Heading(u8),
    /// Running text.
    Text(Style),
    /// A row of a table with several filled cells: which block of the document, which row.
    Row(usize, usize),
    /// A page number, or marks that only draw a table.
    Noise,
    /// Nothing to see.
    Empty,
}

/// How a line of text is parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Shape {
    /// By tabs or bars, or not at all.
    #[default]
    Other,
    /// One cell behind a tab.
    TabCell,
    /// Only blanks part its pieces.
    Spaced,
}

/// One cell, in whatever shape.
#[derive(Debug)]
pub(super) struct Piece<'d> {
    pub(super) text: &'d str,
    pub(super) at: &'d At,
    pub(super) line: usize,
    pub(super) sort: PieceSort,
    pub(super) words: Words,
    /// The leftmost column of its table; 0 in text.
    pub(super) column: usize,
    /// Where it begins in the text of a line whose pieces are parted by blanks, in bytes.
    pub(super) from: usize,
}

/// What a piece may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PieceSort {
    Label,
    Value,
    Blank,
    /// What stands in a column of remarks, be it blank.
    Remark,
}

/// Words that were put on the page with a report and do not belong to it.
#[derive(Debug)]
pub(super) struct Mark<'d> {
    pub(super) text: &'d str,
    pub(super) at: &'d At,
    /// The piece that follows it.
    pub(super) before: usize,
    /// What it is.
    pub(super) message: &'static str,
}

/// All lines and pieces of a document.
#[derive(Debug, Default)]
#[expect(clippy::struct_field_names, reason = "the lines are lines")]
pub(super) struct Lines<'d> {
    pub(super) lines: Vec<Line<'d>>,
    pub(super) pieces: Vec<Piece<'d>>,
    /// Lines with figures among which blank cells were found by their place: all cells, in each way to see it.
    located: BTreeMap<usize, Vec<Vec<usize>>>,
    /// What stands on the page and is not for the report.
    pub(super) marks: Vec<Mark<'d>>,
    /// Whether the next line is the first of a page.
    new_page: bool,
}

impl<'d> Lines<'d> {
    /// Takes a document apart. Blocks for which `skip` says so are left out.
    pub(super) fn of(document: &'d Document, skip: impl Fn(usize) -> bool) -> Self {
        let mut lines = Self::default();
        let mut last_line = None;
        for (index, block) in document.blocks.iter().enumerate().filter(|(index, _)| !skip(*index)) {
            match block {
                Block::Heading { level, text, at } => lines.heading(*level, text, at),
                Block::Paragraph { text, style, at }
                    if *style == Style::Banner || marks_draft(text) && lines.pieces.is_empty() =>
                {
                    lines.mark(text, at, "是文件的标记，不属于报告");
                }
                Block::Paragraph { text, style, at }
                    if *style == Style::Placeholder && is_placeholder(text) || asks_for_words(text) =>
                {
                    lines.mark(text, at, "是请人填写的提示，不属于报告");
                }
                Block::Paragraph { text, style, at } => {
                    // Who writes over a placeholder leaves its style.
                    let style = if *style == Style::Placeholder { &Style::Body } else { style };
                    let jumped = match (last_line, at) {
                        (Some(before), At::Line(now)) => *now > before + 1,
                        _ => false,
                    };
                    for line in text.split('\n') {
                        lines.text(line, *style, at, jumped);
                    }
                    if let At::Line(now) = at {
                        last_line = Some(*now);
                    }
                }
                Block::Table(table) => lines.table(index, table),
            }
        }
        lines
    }

    /// Takes out some lines and their pieces, as long as no blank cells have been located. Returns the piece that stands
    /// in their place now.
    pub(super) fn remove(&mut self, range: std::ops::Range<usize>) -> usize {
        let removed = self.lines.get(range.clone()).unwrap_or_default();
        let (Some(first), Some(last)) = (removed.first(), removed.last()) else { return self.pieces.len() };
        let pieces = first.pieces.start..last.pieces.end;
        for line in self.lines.iter_mut().skip(range.end) {
            line.pieces = line.pieces.start - pieces.len()..line.pieces.end - pieces.len();
        }
        for piece in self.pieces.iter_mut().skip(pieces.end) {
            piece.line -= range.len();
        }
        for mark in self.marks.iter_mut().filter(|mark| mark.before >= pieces.end) {
            mark.before -= pieces.len();
        }
        self.lines.drain(range);
        self.pieces.drain(pieces.clone());
        pieces.start
    }

    /// All cells of a line of figures, where its blank cells could be located; in each way to see it.
    pub(super) fn located(&self, line: usize) -> &[Vec<usize>] {
        self.located.get(&line).map_or(&[], Vec::as_slice)
    }

    /// Says what the cells of a line of figures are. The blank ones become pieces that no line holds.
    pub(super) fn locate(&mut self, line: usize, cells: &[Option<usize>]) {
        let Some(at) = self.lines.get(line).map(|line| line.at) else { return };
        let mut pieces = Vec::with_capacity(cells.len());
        for cell in cells {
            pieces.push(cell.unwrap_or(self.pieces.len()));
            if cell.is_none() {
                let (sort, words) = (PieceSort::Blank, Words::default());
                self.pieces.push(Piece { text: "", at, line, sort, words, column: 0, from: 0 });
            }
        }
        self.located.entry(line).or_default().push(pieces);
    }

    /// The pieces of a line.
    pub(super) fn pieces_of(&self, line: usize) -> &[Piece<'d>] {
        let range = self.lines.get(line).map_or(0..0, |line| line.pieces.clone());
        self.pieces.get(range).unwrap_or_default()
    }

    fn mark(&mut self, text: &'d str, at: &'d At, message: &'static str) {
        if !is_blank(text) {
            self.marks.push(Mark { text: text.trim(), at, before: self.pieces.len(), message });
        }
    }

    fn heading(&mut self, level: u8, text: &'d str, at: &'d At) {
        let from = self.pieces.len();
        if !is_blank(text) {
            self.piece(text.trim(), at, PieceSort::Label, 0);
        }
        self.line(text, at, LineSort::Heading(level), from, Shape::Other, false);
    }

    fn text(&mut self, text: &'d str, style: Style, at: &'d At, jumped: bool) {
        let unpaged = text.trim_start_matches('\u{c}');
        self.new_page |= unpaged.len() < text.len();
        let text = unpaged;
        let from = self.pieces.len();
        let after_gap = jumped || self.lines.last().is_some_and(|line| line.sort == LineSort::Empty);
        if text.is_empty() || (is_blank(text) && !text.contains('\t')) {
            self.line(text, at, LineSort::Empty, from, Shape::Other, after_gap);
            return;
        }
        if is_noise(text.trim()) {
            self.line(text, at, LineSort::Noise, from, Shape::Other, after_gap);
            return;
        }
        let before = self.lines.iter().rev().find(|line| line.sort != LineSort::Empty);
        let bar_ends_it = before.is_some_and(|line| {
            matches!(line.sort, LineSort::Text(_))
                && !line.text.contains(BARS)
                && line.shape != Shape::TabCell
        });
        let mut shape = Shape::Other;
        if text.trim() == "|" && bar_ends_it {
            // The bar behind the cell of the line before.
        } else if text.contains(BARS) {
            for cell in barred(text) {
                self.cell(cell, at);
            }
        } else if text.contains('\t') {
            let inner = text.strip_prefix('\t').filter(|inner| !inner.contains('\t'));
            if inner.is_some() {
                shape = Shape::TabCell;
            }
            match inner {
                Some(cell) => self.cell(cell, at),
                None => text.split('\t').for_each(|cell| self.cell(cell, at)),
            }
        } else {
            shape = Shape::Spaced;
            let parts = spaced(text);
            let has_figures = parts.len() > 1 && parts.last().is_some_and(|(_, part)| is_value(part));
            for (from, part) in parts {
                // Only a blank may part the label of a group from that of its row.
                let cut = numbered_from(part).filter(|cut| has_figures || is_group(part, *cut));
                let (group, rest) = part.split_at(cut.unwrap_or(0));
                if cut.is_some() {
                    self.column(group, at, from);
                }
                self.column(rest, at, from + group.len());
            }
        }
        self.line(text, at, LineSort::Text(style), from, shape, after_gap);
    }

    fn table(&mut self, block: usize, table: &'d Table) {
        let mut remarks = Remarks::default();
        for row in 0..table.rows() {
            let cells: Vec<&Cell> = table.row(row).collect();
            remarks.pass(&cells);
            let mut filled = cells.iter().filter(|cell| !is_blank(&cell.text));
            if let (Some(only), None) = (filled.next(), filled.next())
                && !is_value(&only.text)
                && (cells.len() == 1 || only.text.chars().nth(LONG).is_some() || begins_remark(&only.text))
                && !remarks.has(only)
            {
                // Tables are used to lay out pages; what stands alone in a row reads like text.
                for line in only.text.split('\n') {
                    let from = self.pieces.len();
                    if is_blank(line) {
                        continue;
                    }
                    if is_noise(line.trim()) {
                        self.line(line, &only.at, LineSort::Noise, from, Shape::Other, false);
                        continue;
                    }
                    self.piece(line.trim(), &only.at, PieceSort::Label, only.column);
                    self.line(line, &only.at, LineSort::Text(Style::Body), from, Shape::Other, false);
                }
                continue;
            }
            let from = self.pieces.len();
            for cell in &cells {
                let sort = if remarks.has(cell) { PieceSort::Remark } else { sort_of(&cell.text) };
                self.piece(cell.text.trim(), &cell.at, sort, cell.column);
            }
            let mut words = cells.iter().filter(|cell| !is_blank(&cell.text));
            let alone = words.next().filter(|cell| sort_of(&cell.text) == PieceSort::Label);
            let text = alone.filter(|_| words.next().is_none()).map_or("", |cell| cell.text.trim());
            let at = cells.first().map_or(&At::Unknown, |cell| &cell.at);
            let sort = if cells.is_empty() { LineSort::Empty } else { LineSort::Row(block, row) };
            self.line(text, at, sort, from, Shape::Other, false);
        }
    }

    fn cell(&mut self, text: &'d str, at: &'d At) {
        self.piece(text.trim(), at, sort_of(text), 0);
    }

    /// A part of a line between runs of blanks, which begins at a byte of the line; figures at its end are pieces of
    /// their own.
    fn column(&mut self, text: &'d str, at: &'d At, from: usize) {
        let mut rest = text.trim_end();
        let mut values = Vec::new();
        while !rest.is_empty() {
            let start = rest.rfind(char::is_whitespace).map_or(0, |at| at + 1);
            // The blank may be wider than one byte.
            let start = (start..=rest.len()).find(|at| rest.is_char_boundary(*at)).unwrap_or(0);
            let is_figure = |last: &&str| is_plain_value(last) || is_with_unit(last);
            let Some(last) = rest.get(start..).filter(is_figure) else { break };
            values.push((start, last));
            rest = rest.get(..start).unwrap_or_default().trim_end();
        }
        let has_digits = || rest.contains(|c: char| c.is_numeric());
        let is_text = |(_, value): &(usize, &str)| is_prose(rest) || (!is_plain_value(value) && has_digits());
        if let [only] = &values[..]
            && is_text(only)
        {
            // A line of prose may end with a figure.
            self.piece_from(text.trim_end(), at, PieceSort::Label, 0, from);
            return;
        }
        if !rest.is_empty() {
            self.piece_from(rest, at, sort_of(rest), 0, from);
        }
        for (start, value) in values.into_iter().rev() {
            self.piece_from(value, at, PieceSort::Value, 0, from + start);
        }
    }

    fn piece(&mut self, text: &'d str, at: &'d At, sort: PieceSort, column: usize) {
        self.piece_from(text, at, sort, column, 0);
    }

    fn piece_from(&mut self, text: &'d str, at: &'d At, sort: PieceSort, column: usize, from: usize) {
        let words = if sort == PieceSort::Label { Words::of(text) } else { Words::default() };
        self.pieces.push(Piece { text, at, line: self.lines.len(), sort, words, column, from });
    }

    fn line(
        &mut self,
        text: &'d str,
        at: &'d At,
        sort: LineSort,
        from: usize,
        shape: Shape,
        after_gap: bool,
    ) {
        let pieces = from..self.pieces.len();
        let new_page = std::mem::take(&mut self.new_page);
        self.lines.push(Line { text, at, sort, pieces, shape, after_gap, new_page });
    }
}

/// Characters from which on a text in one of several cells is running text.
const LONG: usize = 40;

/// Marks between the cells of a row.
pub(super) const BARS: [char; 3] = ['|', '｜', '│'];

fn sort_of(text: &str) -> PieceSort {
    if is_blank(text) {
        PieceSort::Blank
    } else if is_value(text) {
        PieceSort::Value
    } else {
        PieceSort::Label
    }
}

/// Whether a placeholder still asks for words.
fn is_placeholder(text: &str) -> bool {
    text.trim().is_empty() || (text.trim_start().starts_with('〔') && text.trim_end().ends_with('〕'))
}

fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'))
}

/// The cells of a line with bars. A line of bars alone is that many empty cells; a bar in front only opens a row.
fn barred(text: &str) -> Vec<&str> {
    let text = text.trim();
    let only_bars = text.chars().all(|c| BARS.contains(&c) || c.is_whitespace());
    let text = if only_bars { text } else { text.strip_prefix(BARS).unwrap_or(text) };
    let mut cells: Vec<&str> = text.split(BARS).collect();
    if cells.len() > 1 && cells.last().is_some_and(|last| is_blank(last)) {
        cells.pop();
    }
    cells
}

/// Whether a part begins with the label of a group, such as 「（四）无法」, that ends at this byte.
fn is_group(part: &str, end: usize) -> bool {
    part.starts_with(['（', '('])
        && part.get(..end).is_some_and(|group| group.trim_end().chars().count() <= 9)
}

/// Whether a text is a piece of a sentence: with a comma or stop that does not stand within brackets, one of which may be
/// in another line.
fn is_prose(text: &str) -> bool {
    let unopened = text
        .find(['）', ')'])
        .filter(|end| text.get(..*end).is_some_and(|before| !before.contains(['（', '('])));
    let mut depth = 0_usize;
    text.get(unopened.unwrap_or(0)..).unwrap_or_default().chars().any(|c| {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(c, '，' | '。' | '；')
    })
}

/// Where a label that is numbered in digits begins behind a blank, in bytes.
fn numbered_from(text: &str) -> Option<usize> {
    let blanks = text.match_indices(char::is_whitespace).map(|(at, blank)| at + blank.len());
    blanks.into_iter().find(|from| {
        let rest = text.get(*from..).unwrap_or_default();
        let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let numbered = behind.strip_prefix(['.', '．', '、']).map(str::trim_start);
        matches!(rest.len() - behind.len(), 1 | 2)
            && numbered.is_some_and(|label| label.starts_with(|c: char| c.is_alphabetic()))
    })
}

/// The parts of a line between runs of two and more blanks, and where they begin in bytes; a full-width blank counts as
/// two.
fn spaced(text: &str) -> Vec<(usize, &str)> {
    let mut parts = Vec::new();
    let (mut from, mut blanks, mut blank_from) = (None, 0, 0);
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            if blanks == 0 {
                blank_from = at;
            }
            blanks += if c == '\u{3000}' { 2 } else { 1 };
            continue;
        }
        match from {
            Some(start) if blanks >= 2 => {
                parts.push((start, text.get(start..blank_from).unwrap_or_default()));
                from = Some(at);
            }
            None => from = Some(at),
            Some(_) => {}
        }
        blanks = 0;
    }
    if let Some(start) = from {
        parts.push((start, text.get(start..).unwrap_or_default()));
    }
    parts.retain(|(_, part)| !is_blank(part));
    parts
}

/// Whether a line holds nothing but a page number, or the dashes that part the head of a table from its rows.
fn is_noise(text: &str) -> bool {
    if text.len() > 200 {
        return false;
    }
    let is_dash = |c: char| matches!(c, '-' | '—' | '–' | '－' | '―' | '─' | '·' | '•');
    let inner = text.trim_matches(|c: char| is_dash(c) || c.is_whitespace());
    let digits = !inner.is_empty() && inner.len() <= 4 && inner.bytes().all(|b| b.is_ascii_digit());
    let page = text.starts_with(is_dash) && text.ends_with(is_dash) && digits;
    let spoken: String = text.chars().map(wording::fold).filter(|c| !c.is_whitespace()).collect();
    let spoken = spoken.strip_prefix('第').and_then(|rest| {
        let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix('页')?;
        let rest = rest.trim_start_matches([',', '/', '共']).trim_start_matches(|c: char| c.is_ascii_digit());
        Some(rest.is_empty() || rest == "页")
    });
    let rule = text.contains('-')
        && text.len() >= 3
        && text.chars().all(|c| matches!(c, '-' | ':' | '|' | ' ' | '+' | '='));
    page || spoken == Some(true) || (rule && text.matches('-').count() >= 3)
}

#[cfg(test)]
mod tests;
