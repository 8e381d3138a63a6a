//! Filling rows greedily.

use super::Edge;
use super::breaks::{is_blank, opportunities};

/// The rows of one paragraph.
pub(super) struct Filled {
    /// The index of the grapheme with which each row starts; the first is 0.
    pub(super) starts: Vec<usize>,
    /// The blank columns before the first row.
    pub(super) indent: u16,
}

/// Fills rows of `width` columns. `edges` are the grapheme boundaries of `text`.
///
/// The indent is given up when the paragraph starts with a blank of its own, or when its first piece that must stay
/// together would not fit beside it.
pub(super) fn fill(text: &str, edges: &[Edge], width: u16, indent: u16) -> Filled {
    let mut filler = Filler { text, edges, width: width.max(1), indent: 0, starts: vec![0] };
    // An opportunity within a grapheme (a mark combined with a blank) is none.
    let mut ends = opportunities(text)
        .into_iter()
        .filter_map(|byte| edges.binary_search_by_key(&byte, |edge| edge.byte).ok())
        .peekable();
    let first_unit = ends.peek().map_or(0, |end| filler.columns(0, filler.without_trailing_blanks(0, *end)));
    // An empty paragraph is about to receive a full-width glyph.
    if !text.starts_with(is_blank) && first_unit.max(2) + u32::from(indent) <= usable(width).into() {
        filler.indent = indent;
    }
    let mut placed = 0;
    for end in ends {
        filler.place_unit(placed, end);
        placed = end;
    }
    Filled { starts: filler.starts, indent: filler.indent }
}

/// The columns that text may take: the last one is the caret's.
fn usable(width: u16) -> u16 {
    width.saturating_sub(1).max(1)
}

struct Filler<'a> {
    text: &'a str,
    edges: &'a [Edge],
    width: u16,
    indent: u16,
    starts: Vec<usize>,
}

impl Filler<'_> {
    /// Places the graphemes `begin..end`, which must stay together, after what was placed before.
    fn place_unit(&mut self, mut begin: usize, end: usize) {
        let solid = self.without_trailing_blanks(begin, end);
        loop {
            let row = self.row_start();
            let room = self.room(usable(self.width));
            if self.columns(row, solid) <= room || solid <= row + 1 {
                break;
            }
            let cut = if row < begin { begin } else { self.last_fitting(row, solid, room) };
            self.starts.push(cut);
            begin = cut;
        }
        for blank in solid..end {
            // After the last grapheme of the paragraph the caret needs a column of its own.
            let at_end = blank + 2 == self.edges.len();
            let room = self.room(if at_end { usable(self.width) } else { self.width });
            if self.columns(self.row_start(), blank + 1) > room && blank > self.row_start() {
                self.starts.push(blank);
            }
        }
    }

    fn row_start(&self) -> usize {
        self.starts.last().copied().unwrap_or(0)
    }

    fn room(&self, columns: u16) -> u32 {
        let indent = if self.starts.len() == 1 { self.indent } else { 0 };
        columns.saturating_sub(indent).into()
    }

    fn columns(&self, start: usize, end: usize) -> u32 {
        let column = |glyph: usize| self.edges.get(glyph).map_or(0, |edge| edge.column);
        column(end).saturating_sub(column(start))
    }

    /// The furthest cut after `row` and before `end` that fits, and at least one grapheme.
    fn last_fitting(&self, row: usize, end: usize, room: u32) -> usize {
        let edges = self.edges.get(row..=end).unwrap_or_default();
        let base = edges.first().map_or(0, |edge| edge.column);
        let fitting = edges.partition_point(|edge| edge.column - base <= room).saturating_sub(1);
        row + fitting.max(1)
    }

    fn without_trailing_blanks(&self, begin: usize, end: usize) -> usize {
        let blank = |glyph: usize| {
            let (Some(from), Some(to)) = (self.edges.get(glyph), self.edges.get(glyph + 1)) else {
                return false;
            };
            self.text.get(from.byte..to.byte).is_some_and(|glyph| glyph.chars().all(is_blank))
        };
        (begin..end).rev().find(|glyph| !blank(*glyph)).map_or(begin, |last| last + 1)
    }
}
