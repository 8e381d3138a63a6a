//! Moving the caret.

use super::{Editor, glyph};
use crate::tui::wrap::{Position, Spot, Wrapped};

/// Where the caret goes. Rows are rows as seen, so a long paragraph has many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// One grapheme back; from the start of a paragraph to the end of the one before.
    Left,
    /// One grapheme forward.
    Right,
    /// To the start of the word.
    WordLeft,
    /// To the start of the next word.
    WordRight,
    /// One row up, as near as possible to the column where going up or down began.
    Up,
    /// One row down.
    Down,
    /// This many rows up, or to the first.
    PageUp(u16),
    /// This many rows down, or to the last.
    PageDown(u16),
    /// To the start of the row.
    RowStart,
    /// To the end of the row; where the paragraph goes on below, before its last grapheme.
    RowEnd,
    /// To the start of the text.
    TextStart,
    /// To the end of the text.
    TextEnd,
    /// To a spot of the wrapped text, as pointed at.
    To(Spot),
}

impl Editor {
    /// Moves the caret and selects nothing. Left and right only leave a selection, at its start or end.
    pub fn go(&mut self, to: Move, wrapped: &Wrapped) {
        let target = match (to, self.selection()) {
            (Move::Left, Some((start, _))) => start,
            (Move::Right, Some((_, end))) => end,
            _ => self.target(to, wrapped),
        };
        let target = self.outside(target, target > self.caret());
        self.keep_goal_for(to);
        self.buffer.place(target);
    }

    /// Moves the caret and selects what it passes, adding to what is selected.
    pub fn extend(&mut self, to: Move, wrapped: &Wrapped) {
        let anchor = self.buffer.anchor().unwrap_or_else(|| self.caret());
        let target = self.target(to, wrapped);
        let target = self.outside(target, target > self.caret());
        self.keep_goal_for(to);
        self.buffer.select(anchor, target);
    }

    pub(super) fn before(&self, from: Position) -> Position {
        let line = self.buffer.line(from.paragraph);
        match glyph::before(line, from.byte) {
            Some(byte) => Position { byte, ..from },
            None => self.end_of_paragraph_before(from),
        }
    }

    pub(super) fn after(&self, from: Position) -> Position {
        let line = self.buffer.line(from.paragraph);
        match glyph::after(line, from.byte) {
            Some(byte) => Position { byte, ..from },
            None => self.start_of_paragraph_after(from),
        }
    }

    pub(super) fn word_before(&self, from: Position) -> Position {
        if from.byte == 0 {
            return self.end_of_paragraph_before(from);
        }
        Position { byte: glyph::word_before(self.buffer.line(from.paragraph), from.byte), ..from }
    }

    pub(super) fn word_after(&self, from: Position) -> Position {
        let line = self.buffer.line(from.paragraph);
        if from.byte >= line.len() {
            return self.start_of_paragraph_after(from);
        }
        Position { byte: glyph::word_after(line, from.byte), ..from }
    }

    pub(super) fn text_end(&self) -> Position {
        let paragraph = self.paragraphs().len().saturating_sub(1);
        Position { paragraph, byte: self.buffer.line(paragraph).len() }
    }

    fn target(&mut self, to: Move, wrapped: &Wrapped) -> Position {
        let caret = self.caret();
        let row = wrapped.place(caret).row;
        match to {
            Move::Left => self.before(caret),
            Move::Right => self.after(caret),
            Move::WordLeft => self.word_before(caret),
            Move::WordRight => self.word_after(caret),
            Move::Up => self.in_row(row.saturating_sub(1), wrapped),
            Move::Down => self.in_row(row.saturating_add(1), wrapped),
            Move::PageUp(rows) => self.in_row(row.saturating_sub(rows.into()), wrapped),
            Move::PageDown(rows) => self.in_row(row.saturating_add(rows.into()), wrapped),
            Move::RowStart => wrapped.seek(Spot { row, column: 0 }),
            Move::RowEnd => wrapped.seek(Spot { row, column: u16::MAX }),
            Move::TextStart => Position::default(),
            Move::TextEnd => self.text_end(),
            Move::To(spot) => wrapped.seek(spot),
        }
    }

    /// The place in another row below or above the caret. In the first and last row the caret stays where it is.
    fn in_row(&mut self, row: usize, wrapped: &Wrapped) -> Position {
        let caret = self.caret();
        let spot = wrapped.place(caret);
        let goal = *self.goal.get_or_insert(spot.column);
        let row = row.min(wrapped.height().saturating_sub(1));
        if row == spot.row { caret } else { wrapped.seek(Spot { row, column: goal }) }
    }

    fn keep_goal_for(&mut self, to: Move) {
        if !matches!(to, Move::Up | Move::Down | Move::PageUp(_) | Move::PageDown(_)) {
            self.goal = None;
        }
    }

    fn end_of_paragraph_before(&self, from: Position) -> Position {
        match from.paragraph.checked_sub(1) {
            Some(paragraph) => Position { paragraph, byte: self.buffer.line(paragraph).len() },
            None => from,
        }
    }

    fn start_of_paragraph_after(&self, from: Position) -> Position {
        let next = Position { paragraph: from.paragraph + 1, byte: 0 };
        if next.paragraph < self.paragraphs().len() { next } else { from }
    }
}
