//! Moving the caret.

use super::{Editor, glyph, word};
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
    /// To the end of the row. Where the paragraph goes on below, that is the same place as the start of the next row;
    /// the caret is then shown at the end of this one until it is moved or something is typed.
    RowEnd,
    /// To the start of the paragraph, or of the one before when it is there already.
    ParagraphStart,
    /// To the end of the paragraph, or of the next one when it is there already.
    ParagraphEnd,
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
            (Move::Left, Some((start, _))) => Target::from(start),
            (Move::Right, Some((_, end))) => Target::from(end),
            _ => self.target(to, wrapped),
        };
        let target = self.past_units(target);
        self.keep_goal_for(to);
        self.buffer.place(target.position);
        self.hangs = target.hangs;
    }

    /// Moves the caret and selects what it passes, adding to what is selected.
    pub fn extend(&mut self, to: Move, wrapped: &Wrapped) {
        let anchor = self.buffer.anchor().unwrap_or_else(|| self.caret());
        let target = self.target(to, wrapped);
        let target = self.past_units(target);
        self.keep_goal_for(to);
        self.buffer.select(anchor, target.position);
        self.hangs = target.hangs;
    }

    /// The same target, or the edge of the piece that the caret would be inside of.
    fn past_units(&self, target: Target) -> Target {
        let position = self.outside(target.position, target.position > self.caret());
        Target { position, ..target }
    }

    /// Where the caret is seen. At a place where a row was broken that is the start of the next row, unless it went to
    /// the end of the row before.
    pub fn caret_spot(&self, wrapped: &Wrapped) -> Spot {
        let spot = wrapped.place(self.caret());
        let above = if self.hangs { spot.row.checked_sub(1) } else { None };
        match above.and_then(|row| wrapped.row_end(row)) {
            Some((end, column)) if end == self.caret() => Spot { row: spot.row - 1, column },
            _ => spot,
        }
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
        Position { byte: word::before(self.buffer.line(from.paragraph), from.byte), ..from }
    }

    pub(super) fn word_after(&self, from: Position) -> Position {
        let line = self.buffer.line(from.paragraph);
        if from.byte >= line.len() {
            return self.start_of_paragraph_after(from);
        }
        Position { byte: word::after(line, from.byte), ..from }
    }

    pub(super) fn text_end(&self) -> Position {
        let paragraph = self.paragraphs().len().saturating_sub(1);
        Position { paragraph, byte: self.buffer.line(paragraph).len() }
    }

    fn target(&mut self, to: Move, wrapped: &Wrapped) -> Target {
        let caret = self.caret();
        let row = self.caret_spot(wrapped).row;
        let position = match to {
            Move::Left => self.before(caret),
            Move::Right => self.after(caret),
            Move::WordLeft => self.word_before(caret),
            Move::WordRight => self.word_after(caret),
            Move::Up => return self.in_row(row.saturating_sub(1), wrapped),
            Move::Down => return self.in_row(row.saturating_add(1), wrapped),
            Move::PageUp(rows) => return self.in_row(row.saturating_sub(rows.into()), wrapped),
            Move::PageDown(rows) => return self.in_row(row.saturating_add(rows.into()), wrapped),
            Move::RowStart => wrapped.seek(Spot { row, column: 0 }),
            Move::RowEnd => return end_of(row, wrapped).unwrap_or(Target::from(caret)),
            Move::ParagraphStart if caret.byte > 0 => Position { byte: 0, ..caret },
            Move::ParagraphStart => Position { byte: 0, ..self.end_of_paragraph_before(caret) },
            Move::ParagraphEnd => {
                let line = |position: Position| self.buffer.line(position.paragraph).len();
                let here = caret.byte < line(caret);
                let paragraph = if here { caret } else { self.start_of_paragraph_after(caret) };
                Position { byte: line(paragraph), ..paragraph }
            }
            Move::TextStart => Position::default(),
            Move::TextEnd => self.text_end(),
            Move::To(spot) => wrapped.seek(spot),
        };
        position.into()
    }

    /// The place in another row below or above the caret. In the first and last row the caret stays where it is.
    fn in_row(&mut self, row: usize, wrapped: &Wrapped) -> Target {
        let caret = self.caret();
        let spot = self.caret_spot(wrapped);
        let goal = *self.goal.get_or_insert(spot.column);
        let row = row.min(wrapped.height().saturating_sub(1));
        if row == spot.row {
            return Target { position: caret, hangs: self.hangs };
        }
        match wrapped.row_end(row) {
            Some((position, column)) if goal >= column => Target { position, hangs: true },
            _ => wrapped.seek(Spot { row, column: goal }).into(),
        }
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

/// Where a move leads.
#[derive(Debug, Clone, Copy)]
struct Target {
    position: Position,
    /// Whether the caret is seen at the end of a row and not at the start of the next.
    hangs: bool,
}

impl From<Position> for Target {
    fn from(position: Position) -> Self {
        Self { position, hangs: false }
    }
}

fn end_of(row: usize, wrapped: &Wrapped) -> Option<Target> {
    wrapped.row_end(row).map(|(position, _)| Target { position, hangs: true })
}
