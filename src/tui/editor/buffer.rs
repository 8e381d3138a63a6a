//! The text, the caret and the selection. A change costs what it touches, however long the rest of the text is.

use super::{EditorError, LIMIT, glyph};
use crate::tui::wrap::Position;

#[derive(Debug, Clone)]
pub(super) struct Buffer {
    /// The paragraphs; there is always at least one.
    lines: Vec<String>,
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
        Ok(Self { lines, caret: Position::default(), anchor: None })
    }

    pub(super) fn lines(&self) -> &[String] {
        &self.lines
    }

    pub(super) fn line(&self, paragraph: usize) -> &str {
        self.lines.get(paragraph).map_or("", String::as_str)
    }

    pub(super) fn caret(&self) -> Position {
        self.caret
    }

    /// The selected range, in order; `None` when nothing is selected.
    pub(super) fn selection(&self) -> Option<(Position, Position)> {
        let anchor = self.anchor()?;
        Some((anchor.min(self.caret), anchor.max(self.caret)))
    }

    /// The end of the selection that does not move with the caret.
    pub(super) fn anchor(&self) -> Option<Position> {
        self.anchor.filter(|anchor| *anchor != self.caret)
    }

    /// Puts the caret to a place, or to the next grapheme boundary; nothing is selected then.
    pub(super) fn place(&mut self, caret: Position) {
        self.anchor = None;
        self.caret = self.boundary(caret);
    }

    /// Selects from `anchor` to `caret`.
    pub(super) fn select(&mut self, anchor: Position, caret: Position) {
        self.anchor = Some(self.boundary(anchor));
        self.caret = self.boundary(caret);
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
        let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        let after = Position {
            paragraph: start.paragraph + lines.len() - 1,
            byte: match lines.as_slice() {
                [one] => start.byte + one.len(),
                several => several.last().map_or(0, String::len),
            },
        };
        if let Some(last) = lines.last_mut() {
            last.push_str(tail);
        }
        if let Some(first) = lines.first_mut() {
            first.insert_str(0, head);
        }
        let kept = self.lines.len().saturating_sub(end.paragraph - start.paragraph + 1);
        check(start.paragraph + 1, lines.iter().map(|line| line.chars().count()))?;
        check_count(kept + lines.len())?;

        let removed = self.between(start, end);
        let first = start.paragraph.min(self.lines.len());
        let behind = (end.paragraph + 1).min(self.lines.len());
        self.lines.splice(first..behind, lines);
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

    /// The place itself, or the next grapheme boundary; behind the text, its end.
    fn boundary(&self, place: Position) -> Position {
        let paragraph = place.paragraph.min(self.lines.len().saturating_sub(1));
        let byte = if paragraph < place.paragraph { usize::MAX } else { place.byte };
        Position { paragraph, byte: glyph::ceil(self.line(paragraph), byte) }
    }
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
