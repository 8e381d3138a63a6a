//! Soft wrap of Chinese prose.
//!
//! Rows break where UAX #14 and the habit of Chinese typesetting (避头尾) allow: no row starts with a closing
//! mark or ends with an opening one. Rows are filled greedily; a piece that is wider than a whole row is cut
//! between graphemes. Columns are counted with a measure given by the caller, since terminals differ.

mod breaks;
mod fill;
#[cfg(test)]
mod tests;

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// A place between two characters of a text made of paragraphs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Index of the paragraph, from 0.
    pub paragraph: usize,
    /// Byte offset in the paragraph.
    pub byte: usize,
}

/// A place in the wrapped text as it is seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Spot {
    /// Index of the visual row from the start of the text.
    pub row: usize,
    /// Column in cells from the left edge, with the indent.
    pub column: u16,
}

/// One visual row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Index of the paragraph that the row belongs to.
    pub paragraph: usize,
    /// Bytes of the paragraph that stand in this row.
    pub bytes: Range<usize>,
    /// Whether the paragraph starts here.
    pub first_of_paragraph: bool,
    /// Columns left blank before the text: shown only, never stored.
    pub indent: u16,
}

/// A piece of a paragraph that is drawn as something else. It counts as one grapheme: it is never cut, and no place is
/// inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Where it stands in the paragraph.
    pub bytes: Range<usize>,
    /// The cells that it takes.
    pub width: u16,
}

/// A text wrapped to a width. Each paragraph keeps its own layout, so that typing in one wraps only that one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrapped {
    width: u16,
    indent: u16,
    paragraphs: Vec<Paragraph>,
    /// The first visual row of each paragraph.
    firsts: Vec<usize>,
}

impl Wrapped {
    /// Wraps `paragraphs` to `width` cells, of which the last is kept free for the caret (a blank may hang into it).
    ///
    /// `indent` cells are left blank before the first row of a paragraph, unless the paragraph starts with a
    /// blank of its own or its first word would not fit beside them. `measure` gives the cells of one grapheme. No
    /// paragraph at all counts as one empty paragraph. Any width works; one that is too small for a glyph
    /// gives it a row of its own.
    pub fn new(
        paragraphs: &[impl AsRef<str>],
        width: u16,
        indent: u16,
        measure: impl Fn(&str) -> u16,
    ) -> Self {
        let mut wrapped = Self { width, indent, paragraphs: Vec::new(), firsts: Vec::new() };
        wrapped.sync(paragraphs, width, indent, measure);
        wrapped
    }

    /// Wraps one paragraph anew after its text changed. Does nothing when there is no such paragraph.
    pub fn update(&mut self, paragraph: usize, text: &str, measure: impl Fn(&str) -> u16) {
        if let Some(slot) = self.paragraphs.get_mut(paragraph) {
            *slot = Paragraph::new(text, &[], self.width, self.indent, &measure);
            self.number_rows();
        }
    }

    /// Brings the layout in line with `paragraphs`, wrapping only those that changed since the last call, or all
    /// of them when the width or the indent did. With another `measure`, make a new [`Wrapped`] instead.
    pub fn sync(
        &mut self,
        paragraphs: &[impl AsRef<str>],
        width: u16,
        indent: u16,
        measure: impl Fn(&str) -> u16,
    ) {
        self.sync_units(paragraphs, &[], width, indent, measure);
    }

    /// The same for a text of which some pieces are drawn as something else: `units` has those of each paragraph, in
    /// order and apart from each other; a paragraph without an entry has none.
    pub fn sync_units(
        &mut self,
        paragraphs: &[impl AsRef<str>],
        units: &[Vec<Unit>],
        width: u16,
        indent: u16,
        measure: impl Fn(&str) -> u16,
    ) {
        if (self.width, self.indent) != (width, indent) {
            (self.width, self.indent) = (width, indent);
            self.paragraphs.clear();
        }
        let wrap = |text: &str, units: &[Unit]| Paragraph::new(text, units, width, indent, &measure);
        let units = |index: usize| units.get(index).map_or(&[][..], Vec::as_slice);
        let new = || paragraphs.iter().enumerate().map(|(index, text)| (text.as_ref(), units(index)));
        let same = |old: &Paragraph, (text, units): (&str, &[Unit])| old.text == text && old.units == units;
        let kept_before = self.paragraphs.iter().zip(new()).take_while(|(old, new)| same(old, *new)).count();
        let room = self.paragraphs.len().min(paragraphs.len()) - kept_before;
        let kept_after = self.paragraphs.iter().rev().zip(new().rev()).take(room);
        let kept_after = kept_after.take_while(|(old, new)| same(old, *new)).count();
        let (old_end, new_end) = (self.paragraphs.len() - kept_after, paragraphs.len() - kept_after);
        let fresh = new().take(new_end).skip(kept_before).map(|(text, units)| wrap(text, units));
        self.paragraphs.splice(kept_before..old_end, fresh);
        if self.paragraphs.is_empty() {
            self.paragraphs.push(wrap("", &[]));
        }
        self.number_rows();
    }

    /// The number of visual rows, at least one.
    pub fn height(&self) -> usize {
        self.firsts.last().copied().unwrap_or(0) + self.paragraphs.last().map_or(0, |last| last.starts.len())
    }

    /// The visual row with this index.
    pub fn row(&self, index: usize) -> Option<Row> {
        let number = self.paragraph_of(index);
        let paragraph = self.paragraphs.get(number)?;
        let local = index.checked_sub(*self.firsts.get(number)?)?;
        let start = *paragraph.starts.get(local)?;
        let end = paragraph.starts.get(local + 1).copied().unwrap_or(paragraph.glyphs());
        Some(Row {
            paragraph: number,
            bytes: paragraph.edge(start).byte..paragraph.edge(end).byte,
            first_of_paragraph: local == 0,
            indent: paragraph.indent_of(local),
        })
    }

    /// All visual rows from the top.
    pub fn rows(&self) -> impl Iterator<Item = Row> + '_ {
        (0..self.height()).filter_map(|index| self.row(index))
    }

    /// Where the caret stands on the screen when it is at `position`.
    ///
    /// A place where a row was broken belongs to the next row. A place outside the text is moved to its end,
    /// one inside a grapheme to the start of it.
    pub fn place(&self, position: Position) -> Spot {
        let number = position.paragraph.min(self.paragraphs.len().saturating_sub(1));
        let (Some(paragraph), Some(first)) = (self.paragraphs.get(number), self.firsts.get(number)) else {
            return Spot::default();
        };
        let byte = if number < position.paragraph { usize::MAX } else { position.byte };
        let glyph = paragraph.edges.partition_point(|edge| edge.byte <= byte).saturating_sub(1);
        let local = paragraph.starts.partition_point(|start| *start <= glyph).saturating_sub(1);
        let start = paragraph.starts.get(local).copied().unwrap_or(0);
        let column = paragraph.edge(glyph).column - paragraph.edge(start).column;
        let column = u16::try_from(column).unwrap_or(u16::MAX).saturating_add(paragraph.indent_of(local));
        Spot { row: first + local, column }
    }

    /// The place in the text at a spot of the screen: the last grapheme boundary of that row at or before the
    /// column. The end of a row that goes on below is not a place of its own, so there the caret stays before the
    /// last grapheme. A row below the text counts as the last one.
    pub fn seek(&self, spot: Spot) -> Position {
        let row = spot.row.min(self.height().saturating_sub(1));
        let number = self.paragraph_of(row);
        let (Some(paragraph), Some(first)) = (self.paragraphs.get(number), self.firsts.get(number)) else {
            return Position::default();
        };
        let local = row - first;
        let start = paragraph.starts.get(local).copied().unwrap_or(0);
        let last = paragraph.starts.get(local + 1).map_or(paragraph.glyphs(), |next| next - 1);
        let offset = u32::from(spot.column.saturating_sub(paragraph.indent_of(local)));
        let target = paragraph.edge(start).column.saturating_add(offset);
        let here = paragraph.edges.get(start..=last).unwrap_or_default();
        let glyph = start + here.partition_point(|edge| edge.column <= target).saturating_sub(1);
        Position { paragraph: number, byte: paragraph.edge(glyph).byte }
    }

    /// The end of a row: the place behind its last grapheme, which may be the start of the next row as well, and the
    /// column of a caret that is shown there. It never leaves the width, whatever blanks hang beyond it.
    pub fn row_end(&self, index: usize) -> Option<(Position, u16)> {
        let number = self.paragraph_of(index);
        let paragraph = self.paragraphs.get(number)?;
        let local = index.checked_sub(*self.firsts.get(number)?)?;
        let start = paragraph.edge(*paragraph.starts.get(local)?);
        let end = paragraph.edge(paragraph.starts.get(local + 1).copied().unwrap_or(paragraph.glyphs()));
        let column = u16::try_from(end.column - start.column).unwrap_or(u16::MAX);
        let column = column.saturating_add(paragraph.indent_of(local)).min(self.width.saturating_sub(1));
        Some((Position { paragraph: number, byte: end.byte }, column))
    }

    fn paragraph_of(&self, row: usize) -> usize {
        self.firsts.partition_point(|first| *first <= row).saturating_sub(1)
    }

    fn number_rows(&mut self) {
        self.firsts.clear();
        let mut next = 0;
        for paragraph in &self.paragraphs {
            self.firsts.push(next);
            next += paragraph.starts.len();
        }
    }
}

/// The layout of one paragraph. The text is kept to see whether it changed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Paragraph {
    text: String,
    units: Vec<Unit>,
    /// The boundaries of the graphemes, the end of the text last; never empty.
    edges: Vec<Edge>,
    /// The index of the grapheme that each row starts with; never empty, the first is 0.
    starts: Vec<usize>,
    indent: u16,
}

/// A grapheme boundary.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Edge {
    byte: usize,
    /// Cells of all that stands before it in the paragraph, as if on one endless row.
    column: u32,
}

impl Paragraph {
    fn new(text: &str, units: &[Unit], width: u16, indent: u16, measure: &impl Fn(&str) -> u16) -> Self {
        let mut edges = Vec::with_capacity(text.len() / 3 + 1);
        let (mut column, mut done) = (0_u32, 0);
        let end = Unit { bytes: text.len()..text.len(), width: 0 };
        for Unit { bytes, width } in units.iter().chain([&end]) {
            for (byte, glyph) in text.get(done..bytes.start).unwrap_or_default().grapheme_indices(true) {
                edges.push(Edge { byte: done + byte, column });
                column = column.saturating_add(measure(glyph).into());
            }
            edges.push(Edge { byte: bytes.start, column });
            column = column.saturating_add((*width).into());
            done = bytes.end;
        }
        let fill::Filled { starts, indent } = fill::fill(text, &edges, width, indent);
        Self { text: text.to_owned(), units: units.to_vec(), edges, starts, indent }
    }

    fn glyphs(&self) -> usize {
        self.edges.len().saturating_sub(1)
    }

    fn edge(&self, glyph: usize) -> Edge {
        self.edges.get(glyph).copied().unwrap_or_default()
    }

    fn indent_of(&self, local_row: usize) -> u16 {
        if local_row == 0 { self.indent } else { 0 }
    }
}
