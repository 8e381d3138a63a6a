//! One line of text being typed: a figure, a fact of the cover, a file name, a search.

use unicode_segmentation::UnicodeSegmentation;

use super::action::Action;
use super::editor::word;
use super::width::Policy;
use crate::prose::clean::plain;

/// A line of text with a caret.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InputLine {
    text: String,
    /// Byte offset, always on a grapheme boundary.
    caret: usize,
    /// Whether the next character replaces all, as after selecting everything.
    fresh: bool,
}

impl InputLine {
    /// A line with the caret at its end.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { caret: text.len(), text, fresh: false }
    }

    /// A line that the first typed character replaces.
    pub fn replacing(text: impl Into<String>) -> Self {
        Self { fresh: true, ..Self::new(text) }
    }

    /// What stands there.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The columns in front of the caret.
    pub fn caret_column(&self, policy: Policy) -> u16 {
        policy.measure(self.text.get(..self.caret).unwrap_or_default())
    }

    /// Whether the next character replaces all of it.
    pub fn is_fresh(&self) -> bool {
        self.fresh
    }

    /// Inserts text at the caret; line breaks and control characters are left out.
    pub fn insert(&mut self, text: &str) {
        if std::mem::take(&mut self.fresh) {
            self.text.clear();
            self.caret = 0;
        }
        let one_line = plain(text).replace('\n', " ");
        self.text.insert_str(self.caret, &one_line);
        self.caret += one_line.len();
    }

    /// Carries out an action that edits a line. False if it is none.
    pub fn on(&mut self, action: Action) -> bool {
        match action {
            Action::Type(c) => self.insert(c.encode_utf8(&mut [0; 4])),
            Action::DeleteBack => {
                let from = if self.fresh { 0 } else { self.before() };
                self.text.replace_range(from..self.caret, "");
                self.caret = from;
            }
            Action::DeleteForward => {
                let to = self.after();
                self.text.replace_range(self.caret..to, "");
            }
            Action::DeleteWordBack => {
                let from = if self.fresh { 0 } else { word::before(&self.text, self.caret) };
                self.text.replace_range(from..self.caret, "");
                self.caret = from;
            }
            Action::DeleteWordForward => {
                let to = word::after(&self.text, self.caret);
                self.text.replace_range(self.caret..to, "");
            }
            Action::CaretLeft => self.caret = self.before(),
            Action::CaretRight => self.caret = self.after(),
            Action::CaretWordLeft => self.caret = word::before(&self.text, self.caret),
            Action::CaretWordRight => self.caret = word::after(&self.text, self.caret),
            Action::CaretLineStart => self.caret = 0,
            Action::CaretLineEnd => self.caret = self.text.len(),
            Action::SelectAll => {
                self.fresh = true;
                self.caret = self.text.len();
                return true;
            }
            _ => return false,
        }
        self.fresh = false;
        true
    }

    fn before(&self) -> usize {
        let head = self.text.get(..self.caret).unwrap_or_default();
        head.grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        let tail = self.text.get(self.caret..).unwrap_or_default();
        self.caret + tail.graphemes(true).next().map_or(0, str::len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_first_character_replaces_and_later_ones_append() {
        let mut line = InputLine::replacing("82");
        line.on(Action::Type('8'));
        line.on(Action::Type('3'));
        assert_eq!(line.text(), "83");
        line.on(Action::DeleteBack);
        assert_eq!(line.text(), "8");
    }

    #[test]
    fn a_caret_move_keeps_what_stands_there() {
        let mut line = InputLine::replacing("县政府");
        line.on(Action::CaretLeft);
        line.on(Action::Type('市'));
        assert_eq!(line.text(), "县政市府");
        assert_eq!(line.caret_column(Policy::Narrow), 6);
    }

    proptest! {
        #[test]
        fn the_caret_stays_on_a_boundary(actions in prop::collection::vec(0usize..13, 0..40)) {
            let mut line = InputLine::new("e\u{301}一👨‍👩‍👧b");
            for action in actions {
                line.on([
                    Action::CaretLeft, Action::CaretRight, Action::DeleteBack, Action::DeleteForward,
                    Action::Type('二'), Action::CaretLineStart, Action::CaretLineEnd, Action::SelectAll,
                    Action::Type('\u{301}'), Action::CaretWordLeft, Action::CaretWordRight,
                    Action::DeleteWordBack, Action::DeleteWordForward,
                ][action]);
                prop_assert!(line.text().is_char_boundary(line.caret));
            }
        }
    }
}
