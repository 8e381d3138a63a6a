//! The text, the caret and the selection, held by the text area of another crate.
//!
//! That crate counts characters where the rest of the program counts bytes, moves its caret with 16 bits, and has
//! its own undo, wrap and drawing, all of which stay unused: the report has one history, and the view is ours. This
//! is the only file that knows it.

use tui_textarea::{CursorMove, TextArea};

use super::{EditorError, LIMIT, glyph};
use crate::tui::wrap::Position;

#[derive(Debug, Clone)]
pub(super) struct Buffer {
    area: TextArea<'static>,
}

impl Buffer {
    /// Holds the text exactly as given.
    pub(super) fn new(text: &str) -> Result<Self, EditorError> {
        let lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        check(1, lines.iter().map(|line| line.chars().count()))?;
        check_count(lines.len())?;
        Ok(Self { area: area(lines) })
    }

    pub(super) fn lines(&self) -> &[String] {
        self.area.lines()
    }

    pub(super) fn line(&self, paragraph: usize) -> &str {
        self.lines().get(paragraph).map_or("", String::as_str)
    }

    pub(super) fn caret(&self) -> Position {
        let cursor = self.area.cursor();
        self.position(cursor.0, cursor.1)
    }

    /// The selected range, in order; `None` when nothing is selected.
    pub(super) fn selection(&self) -> Option<(Position, Position)> {
        let (start, end) = self.area.selection_range()?;
        (start != end).then(|| (self.position(start.0, start.1), self.position(end.0, end.1)))
    }

    /// The end of the selection that does not move with the caret.
    pub(super) fn anchor(&self) -> Option<Position> {
        let caret = self.caret();
        self.selection().map(|(start, end)| if start == caret { end } else { start })
    }

    /// Puts the caret to a place, or to the next grapheme boundary; nothing is selected then.
    pub(super) fn place(&mut self, caret: Position) {
        self.area.cancel_selection();
        self.jump(caret);
    }

    /// Selects from `anchor` to `caret`.
    pub(super) fn select(&mut self, anchor: Position, caret: Position) {
        self.place(anchor);
        self.area.start_selection();
        self.jump(caret);
    }

    /// Puts `text` in the place of what stands between `start` and `end`, which are in order and inside the text, and the
    /// caret after it. Gives back what stood there.
    pub(super) fn replace(
        &mut self,
        start: Position,
        end: Position,
        text: &str,
    ) -> Result<String, EditorError> {
        let head = self.line(start.paragraph).get(..start.byte).unwrap_or_default();
        let tail = self.line(end.paragraph).get(end.byte..).unwrap_or_default();
        let mut lengths: Vec<usize> = text.split('\n').map(|line| line.chars().count()).collect();
        if let Some(first) = lengths.first_mut() {
            *first += head.chars().count();
        }
        if let Some(last) = lengths.last_mut() {
            *last += tail.chars().count();
        }
        let kept = self.lines().len() - (end.paragraph - start.paragraph + 1);
        check(start.paragraph + 1, lengths.iter().copied())?;
        check_count(kept + lengths.len())?;

        let removed = self.between(start, end);
        let mut after = Position { paragraph: start.paragraph + lengths.len() - 1, byte: text.len() };
        after.byte = match text.rfind('\n') {
            Some(newline) => text.len() - newline - 1,
            None => start.byte + text.len(),
        };
        if text.contains('\r') {
            self.rebuild(start, end, text);
        } else {
            self.place_exactly(start);
            self.area.delete_str(removed.chars().count());
            self.area.insert_str(text);
        }
        self.place(after);
        Ok(removed)
    }

    /// The text between two places in order.
    pub(super) fn between(&self, start: Position, end: Position) -> String {
        let mut text = String::new();
        for paragraph in start.paragraph..=end.paragraph {
            let line = self.line(paragraph);
            let from = if paragraph == start.paragraph { start.byte } else { 0 };
            let to = if paragraph == end.paragraph { end.byte } else { line.len() };
            text.push_str(line.get(from..to).unwrap_or_default());
            if paragraph < end.paragraph {
                text.push('\n');
            }
        }
        text
    }

    fn position(&self, paragraph: usize, character: usize) -> Position {
        let line = self.line(paragraph);
        let byte = line.char_indices().nth(character).map_or(line.len(), |(byte, _)| byte);
        Position { paragraph, byte }
    }

    fn jump(&mut self, to: Position) {
        let paragraph = to.paragraph.min(self.lines().len().saturating_sub(1));
        let byte = if paragraph < to.paragraph { usize::MAX } else { to.byte };
        self.jump_exactly(Position { paragraph, byte: glyph::ceil(self.line(paragraph), byte) });
    }

    fn place_exactly(&mut self, caret: Position) {
        self.area.cancel_selection();
        self.jump_exactly(caret);
    }

    fn jump_exactly(&mut self, to: Position) {
        let before = self.line(to.paragraph).get(..to.byte).unwrap_or_default();
        // Neither can be cut off: `check` and `check_count` keep both within 16 bits.
        self.area.move_cursor(CursorMove::Jump(to.paragraph as u16, before.chars().count() as u16));
    }

    /// The text area drops a `\r` before a line end, which would put all later offsets wrong; texts that were typed have
    /// none, but a report that was loaded may.
    fn rebuild(&mut self, start: Position, end: Position, text: &str) {
        let head = self.line(start.paragraph).get(..start.byte).unwrap_or_default();
        let tail = self.line(end.paragraph).get(end.byte..).unwrap_or_default();
        let middle = [head, text, tail].concat();
        let mut lines = self.lines().to_vec();
        lines.splice(start.paragraph..=end.paragraph, middle.split('\n').map(str::to_owned));
        self.area = area(lines);
    }
}

fn area(lines: Vec<String>) -> TextArea<'static> {
    let mut area = TextArea::new(lines);
    area.set_max_histories(0);
    area
}

fn check(first: usize, lengths: impl Iterator<Item = usize>) -> Result<(), EditorError> {
    match lengths.zip(first..).find(|(length, _)| *length > LIMIT) {
        Some((characters, paragraph)) => Err(EditorError::ParagraphTooLong { paragraph, characters }),
        None => Ok(()),
    }
}

fn check_count(paragraphs: usize) -> Result<(), EditorError> {
    if paragraphs > LIMIT { Err(EditorError::TooManyParagraphs { paragraphs }) } else { Ok(()) }
}
