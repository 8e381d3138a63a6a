//! Editing a prose text: its paragraphs, a caret, a selection.
//!
//! Every change is given back as a [`Splice`], which the session turns into its own edit, so there is one history for
//! figures and prose. Undo and redo come back through [`Editor::apply`].

mod buffer;
mod glyph;
mod motion;
mod search;
mod splice;
#[cfg(test)]
mod tests;
mod units;
mod view;
pub mod word;

use std::ops::Range;

use buffer::Buffer;
pub use motion::Move;
pub use search::{Direction, Hit, ShownAs, Within};
pub use splice::{Origin, Splice, continues};
pub use view::{VisibleRow, scroll};

use crate::prose::clean::plain;
use crate::tui::wrap::{Position, Unit};

/// The most characters that a paragraph may have, and the most paragraphs that a text may have.
pub const LIMIT: usize = u16::MAX as usize;

/// Why a change was refused. The text is then as it was before.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditorError {
    /// A paragraph would pass [`LIMIT`].
    #[error("第 {paragraph} 段将有 {characters} 个字，每段最多 {LIMIT} 个字；请先分段")]
    ParagraphTooLong {
        /// Which paragraph of the new text, counted from 1.
        paragraph: usize,
        /// How many characters it would have.
        characters: usize,
    },
    /// The text would have more paragraphs than [`LIMIT`].
    #[error("全文将有 {paragraphs} 段，最多 {LIMIT} 段；请减少换行")]
    TooManyParagraphs {
        /// How many paragraphs it would have.
        paragraphs: usize,
    },
    /// A splice was made for another text.
    #[error("第 {paragraph} 段的文字与要改的不一致，未作改动；请重新打开本节")]
    Mismatch {
        /// The paragraph where the change should have been, counted from 1.
        paragraph: usize,
    },
}

/// What a change did: `None` when there was nothing to change.
pub type Change = Result<Option<Splice>, EditorError>;

/// A text being edited. The caret is always between two graphemes.
#[derive(Debug, Clone)]
pub struct Editor {
    buffer: Buffer,
    clipboard: String,
    /// The pieces of each paragraph that are one character to the caret.
    units: Vec<Vec<Unit>>,
    /// The column that moving up and down keeps to.
    goal: Option<u16>,
    /// Whether the caret, at a place where a row was broken, is seen at the end of the row before.
    hangs: bool,
}

impl Editor {
    /// Edits `text`, whose paragraphs are separated by `\n`, the caret at its start. The text is held exactly as
    /// given, so that offsets stay those of the report; only what is typed or pasted is cleaned.
    ///
    /// # Errors
    /// When a paragraph is too long or there are too many.
    pub fn new(text: &str) -> Result<Self, EditorError> {
        let buffer = Buffer::new(text)?;
        Ok(Self { buffer, clipboard: String::new(), units: Vec::new(), goal: None, hangs: false })
    }

    /// Puts another text in the place of this one, as after a reload. The caret stays at its offset, or goes to the end.
    ///
    /// # Errors
    /// When a paragraph is too long or there are too many.
    pub fn set_text(&mut self, text: &str) -> Result<(), EditorError> {
        let caret = self.caret_offset();
        self.buffer = Buffer::new(text)?;
        self.place_caret(caret);
        Ok(())
    }

    /// Makes a change that was decided elsewhere, such as undo, redo or a repair, and puts the caret after it.
    ///
    /// # Errors
    /// When the splice does not fit this text, or the new text would be too long.
    pub fn apply(&mut self, splice: &Splice) -> Result<(), EditorError> {
        let start = self.position_at(splice.at);
        let end = self.position_at(splice.at.saturating_add(splice.removed.len()));
        let fits = self.offset(start) == splice.at
            && self.buffer.line(start.paragraph).is_char_boundary(start.byte)
            && self.buffer.between(start, end) == splice.removed;
        if !fits {
            return Err(EditorError::Mismatch { paragraph: start.paragraph + 1 });
        }
        self.forget_column();
        self.buffer.replace(start, end, &splice.inserted).map(drop)
    }

    /// The paragraphs; there is always at least one.
    pub fn paragraphs(&self) -> &[String] {
        self.buffer.lines()
    }

    /// The whole text, its paragraphs joined by `\n`.
    pub fn text(&self) -> String {
        self.paragraphs().join("\n")
    }

    /// Where the caret is.
    pub fn caret(&self) -> Position {
        self.buffer.caret()
    }

    /// Where the caret is, as a byte offset in the whole text.
    pub fn caret_offset(&self) -> usize {
        self.offset(self.caret())
    }

    /// Puts the caret to a byte offset of the whole text, or to the next grapheme boundary; selects nothing.
    pub fn place_caret(&mut self, offset: usize) {
        self.forget_column();
        self.buffer.place(self.position_at(offset));
    }

    /// The byte offset in the whole text of a place.
    pub fn offset(&self, position: Position) -> usize {
        let before = self.paragraphs().iter().take(position.paragraph);
        before.map(|line| line.len() + 1).sum::<usize>() + position.byte
    }

    /// The text between two byte offsets of the whole text.
    pub fn slice(&self, range: Range<usize>) -> String {
        self.buffer.between(self.position(range.start), self.position(range.end.max(range.start)))
    }

    /// Puts a text in the place of what stands between two byte offsets of the whole text, the caret behind it. It is
    /// not cleaned.
    ///
    /// # Errors
    /// When the text would be too long.
    pub fn replace_range(&mut self, range: Range<usize>, text: &str) -> Change {
        self.replace(self.position(range.start), self.position(range.end.max(range.start)), text)
    }

    /// The place at a byte offset of the whole text: an offset behind the end counts as the end, one inside a
    /// grapheme as the boundary before it.
    pub fn position(&self, offset: usize) -> Position {
        let exact = self.position_at(offset);
        Position { byte: glyph::floor(self.buffer.line(exact.paragraph), exact.byte), ..exact }
    }

    /// The selected range, in order; `None` when nothing is selected.
    pub fn selection(&self) -> Option<(Position, Position)> {
        self.buffer.selection()
    }

    /// The selected text.
    pub fn selected_text(&self) -> Option<String> {
        self.selection().map(|(start, end)| self.buffer.between(start, end))
    }

    /// Selects everything, the caret at the end.
    pub fn select_all(&mut self) {
        self.forget_column();
        self.buffer.select(Position::default(), self.text_end());
    }

    /// Selects nothing; the caret stays.
    pub fn select_nothing(&mut self) {
        self.forget_column();
        self.buffer.place(self.caret());
    }

    /// Inserts a character in the place of what is selected. `\n` starts a paragraph.
    ///
    /// # Errors
    /// When the text would be too long.
    pub fn insert_char(&mut self, character: char) -> Change {
        self.insert(character.encode_utf8(&mut [0; 4]))
    }

    /// Inserts a text, made [plain], in the place of what is selected.
    ///
    /// # Errors
    /// When the text would be too long.
    pub fn insert(&mut self, text: &str) -> Change {
        let text = plain(text);
        if text.is_empty() {
            return Ok(None);
        }
        let (start, end) = self.selection().unwrap_or_else(|| (self.caret(), self.caret()));
        self.replace(start, end, &text)
    }

    /// Puts `text`, [made plain](plain), in the place of a piece of the whole text, given in bytes.
    ///
    /// # Errors
    /// When the text would be too long.
    pub fn replace_piece(&mut self, piece: std::ops::Range<usize>, text: &str) -> Change {
        let (start, end) = (self.position_at(piece.start), self.position_at(piece.end));
        self.replace(start, end.max(start), &plain(text))
    }

    /// Deletes what is selected, or the grapheme before the caret.
    ///
    /// # Errors
    /// When two paragraphs joined would be too long; so for all deletions.
    pub fn delete_back(&mut self) -> Change {
        let caret = self.caret();
        self.delete(self.before(caret), caret)
    }

    /// Deletes what is selected, or the grapheme after the caret.
    ///
    /// # Errors
    /// As [`Editor::delete_back`].
    pub fn delete_forward(&mut self) -> Change {
        let caret = self.caret();
        self.delete(caret, self.after(caret))
    }

    /// Deletes what is selected, or the word before the caret.
    ///
    /// # Errors
    /// As [`Editor::delete_back`].
    pub fn delete_word_back(&mut self) -> Change {
        let caret = self.caret();
        self.delete(self.word_before(caret), caret)
    }

    /// Deletes what is selected, or the word after the caret.
    ///
    /// # Errors
    /// As [`Editor::delete_back`].
    pub fn delete_word_forward(&mut self) -> Change {
        let caret = self.caret();
        self.delete(caret, self.word_after(caret))
    }

    /// Takes what is selected to the clipboard, and says whether anything was.
    pub fn copy(&mut self) -> bool {
        match self.selected_text() {
            Some(text) => {
                self.clipboard = text;
                true
            }
            None => false,
        }
    }

    /// Moves what is selected to the clipboard.
    ///
    /// # Errors
    /// As [`Editor::delete_back`].
    pub fn cut(&mut self) -> Change {
        if self.copy() { self.delete_back() } else { Ok(None) }
    }

    /// Inserts the clipboard in the place of what is selected.
    ///
    /// # Errors
    /// When the text would be too long.
    pub fn paste(&mut self) -> Change {
        let text = self.clipboard.clone();
        self.insert(&text)
    }

    /// What was copied or cut last.
    pub fn clipboard(&self) -> &str {
        &self.clipboard
    }

    /// Fills the clipboard from elsewhere.
    pub fn set_clipboard(&mut self, text: impl Into<String>) {
        self.clipboard = text.into();
    }

    /// What is known of the caret besides its place no longer holds.
    fn forget_column(&mut self) {
        self.goal = None;
        self.hangs = false;
    }

    fn delete(&mut self, start: Position, end: Position) -> Change {
        let (start, end) = self.selection().unwrap_or((start, end));
        let (start, end) = (self.outside(start, false), self.outside(end, true));
        if start == end { Ok(None) } else { self.replace(start, end, "") }
    }

    fn replace(&mut self, start: Position, end: Position, text: &str) -> Change {
        let at = self.offset(start);
        let removed = self.buffer.replace(start, end, text)?;
        self.forget_column();
        Ok((removed != text).then(|| Splice { at, removed, inserted: text.to_owned() }))
    }

    /// The place of a byte offset, even inside a grapheme.
    fn position_at(&self, offset: usize) -> Position {
        let mut byte = offset;
        for (paragraph, line) in self.paragraphs().iter().enumerate() {
            if byte <= line.len() {
                return Position { paragraph, byte };
            }
            byte -= line.len() + 1;
        }
        self.text_end()
    }
}
