//! The text, the caret and the selection. The paragraph of the caret is held by the text area of another crate.
//!
//! That crate counts characters where the rest of the program counts bytes, moves its caret with 16 bits, measures all
//! that it holds at every change, and has its own undo, wrap and drawing, all of which stay unused: the report has one
//! history, and the view is ours. So it is given one paragraph, and a long text is edited at the pace of a short one.
//! This is the only file that knows it.

use tui_textarea::{CursorMove, TextArea};

use super::{EditorError, LIMIT, glyph};
use crate::tui::wrap::Position;

#[derive(Debug, Clone)]
pub(super) struct Buffer {
    /// All paragraphs.
    lines: Vec<String>,
    /// The paragraph of the caret.
    area: TextArea<'static>,
    /// Where the caret is, in bytes, so that nobody has to count characters to learn it.
    caret: Position,
    /// The end of the selection that does not move with the caret.
    anchor: Option<Position>,
}

impl Buffer {
    /// Holds the text exactly as given.
    pub(super) fn new(text: &str) -> Result<Self, EditorError> {
        let lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        check(1, lines.iter().map(|line| line.chars().count()))?;
        check_count(lines.len())?;
        let area = area(lines.first().cloned().unwrap_or_default());
        Ok(Self { lines, area, caret: Position::default(), anchor: None })
    }

    pub(super) fn lines(&self) -> &[String] {
        &self.lines
    }

    pub(super) fn line(&self, paragraph: usize) -> &str {
        self.lines().get(paragraph).map_or("", String::as_str)
    }

    pub(super) fn caret(&self) -> Position {
        self.caret
    }

    /// The selected range, in order; `None` when nothing is selected.
    pub(super) fn selection(&self) -> Option<(Position, Position)> {
        let (anchor, caret) = (self.anchor()?, self.caret);
        Some((anchor.min(caret), anchor.max(caret)))
    }

    /// The end of the selection that does not move with the caret.
    pub(super) fn anchor(&self) -> Option<Position> {
        self.anchor.filter(|anchor| *anchor != self.caret)
    }

    /// Puts the caret to a place, or to the next grapheme boundary; nothing is selected then.
    pub(super) fn place(&mut self, caret: Position) {
        self.anchor = None;
        self.jump(caret);
    }

    /// Selects from `anchor` to `caret`.
    pub(super) fn select(&mut self, anchor: Position, caret: Position) {
        self.place(anchor);
        self.anchor = Some(self.caret);
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
        // The text area drops a `\r` before a line end, which would put all later offsets wrong; texts that were typed
        // have none, but a report that was loaded may.
        if start.paragraph == end.paragraph && !text.contains(['\n', '\r']) {
            self.jump_exactly(start);
            self.area.delete_str(removed.chars().count());
            self.area.insert_str(text);
            if let (Some(line), Some(edited)) =
                (self.lines.get_mut(start.paragraph), self.area.lines().first())
            {
                line.clone_from(edited);
            }
        } else {
            self.rebuild(start, end, text);
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

    fn jump(&mut self, to: Position) {
        let paragraph = to.paragraph.min(self.lines().len().saturating_sub(1));
        let byte = if paragraph < to.paragraph { usize::MAX } else { to.byte };
        self.jump_exactly(Position { paragraph, byte: glyph::ceil(self.line(paragraph), byte) });
    }

    fn jump_exactly(&mut self, to: Position) {
        let line = self.line(to.paragraph);
        let before = line.get(..to.byte).unwrap_or_default();
        let (byte, characters) = (before.len(), before.chars().count());
        if to.paragraph != self.caret.paragraph {
            self.area = area(line.to_owned());
        }
        // It can not be cut off: `check` keeps it within 16 bits.
        self.area.move_cursor(CursorMove::Jump(0, characters as u16));
        self.caret = Position { paragraph: to.paragraph, byte };
        debug_assert_eq!(self.area.cursor(), (0, characters), "the caret goes where it is sent");
    }

    /// Puts `text` in the place of what stands between two places, which may be in two paragraphs, as may be what comes
    /// of it.
    fn rebuild(&mut self, start: Position, end: Position, text: &str) {
        let head = self.line(start.paragraph).get(..start.byte).unwrap_or_default();
        let tail = self.line(end.paragraph).get(end.byte..).unwrap_or_default();
        let middle = [head, text, tail].concat();
        self.lines.splice(start.paragraph..=end.paragraph, middle.split('\n').map(str::to_owned));
        self.area = area(self.line(start.paragraph).to_owned());
        self.caret = Position { byte: 0, ..start };
        self.anchor = None;
    }
}

fn area(paragraph: String) -> TextArea<'static> {
    let mut area = TextArea::new(vec![paragraph]);
    area.set_max_histories(0);
    // As nothing is drawn by it, all characters may count as narrow ones, which are measured faster and let the caret
    // go to any of them, those without width included.
    area.set_mask_char(' ');
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
