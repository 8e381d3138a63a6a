//! Running text, with white space as a browser shows it.

use unicode_width::UnicodeWidthChar;

/// Collects the text of one paragraph or one cell.
#[derive(Debug, Default)]
pub(super) struct Flow {
    text: String,
    gap: Gap,
    /// A block ended here: what follows begins a new line.
    ended: bool,
}

/// White space that shows only if something stands on both sides of it.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Gap {
    #[default]
    None,
    Blank,
    /// With a line break of the source in it, which is nothing between two Chinese characters.
    Break,
}

impl Flow {
    /// Takes in text. Runs of white space become one blank unless they are `preserved`; a no-break space is a blank
    /// that stays.
    pub(super) fn push(&mut self, text: &str, preserved: bool) {
        for c in text.chars() {
            match c {
                '\n' if preserved => self.line_break(),
                '\n' => self.gap = Gap::Break,
                '\r' if preserved => {}
                ' ' | '\t' | '\r' | '\u{c}' if !preserved => {
                    if self.gap == Gap::None {
                        self.gap = Gap::Blank;
                    }
                }
                '\t' | '\u{a0}' => self.put(' '),
                c => self.put(c),
            }
        }
    }

    /// Begins a new line.
    pub(super) fn line_break(&mut self) {
        self.begin_line();
        self.gap = Gap::None;
        self.text.push('\n');
    }

    /// A block begins or ends: what follows stands on a line of its own.
    pub(super) fn end_block(&mut self) {
        self.gap = Gap::None;
        self.ended = !self.text.is_empty() && !self.text.ends_with('\n');
    }

    /// What the line at hand holds so far; nothing if the text is longer than any figure.
    pub(super) fn short_line(&self) -> &str {
        const LONG: usize = 400;
        if self.ended || self.text.len() > LONG {
            return "";
        }
        self.text.rsplit('\n').next().unwrap_or_default()
    }

    /// The text so far, without empty lines around it; empty if it is all blank.
    pub(super) fn take(&mut self) -> String {
        let taken = std::mem::take(self).text;
        let text = taken.trim_matches('\n');
        if text.chars().all(char::is_whitespace) {
            return String::new();
        }
        if text.len() == taken.len() { taken } else { text.to_owned() }
    }

    fn put(&mut self, c: char) {
        self.begin_line();
        if let Some(last) = self.text.chars().next_back().filter(|last| *last != '\n') {
            let joined = self.gap == Gap::Break && is_joined(last, c);
            if self.gap != Gap::None && !joined {
                self.text.push(' ');
            }
        }
        self.gap = Gap::None;
        self.text.push(c);
    }

    fn begin_line(&mut self) {
        if std::mem::take(&mut self.ended) {
            self.text.push('\n');
        }
    }
}

/// Whether a line break of the source between two characters shows as nothing: Word breaks the lines of its pages
/// between any two Chinese characters.
fn is_joined(before: char, after: char) -> bool {
    let wide = |c: char| c.width() == Some(2);
    let punctuation = |c| matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '·');
    match (wide(before), wide(after)) {
        (true, true) => true,
        (true, false) => punctuation(after),
        (false, true) => punctuation(before),
        (false, false) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pieces: &[&str]) -> String {
        let mut flow = Flow::default();
        for piece in pieces {
            match *piece {
                "<br>" => flow.line_break(),
                "<p>" => flow.end_block(),
                text => flow.push(text, false),
            }
        }
        flow.take()
    }

    #[test]
    fn white_space_is_what_a_browser_shows() {
        assert_eq!(shown(&["  本年 \n 收到\t", " 12 ", "件 "]), "本年收到 12 件");
        assert_eq!(shown(&["危及\n“三安全", "”\n的"]), "危及“三安全”的");
        assert_eq!(shown(&["2025\n年"]), "2025 年");
        assert_eq!(shown(&["\u{a0}\u{a0}2025年"]), "  2025年");
        assert_eq!(shown(&["\u{a0}", " \n"]), "");
    }

    #[test]
    fn blocks_and_breaks_begin_lines() {
        assert_eq!(shown(&["<p>", "商业", "<p>", "<p>", " 企业 ", "<p>"]), "商业\n企业");
        assert_eq!(shown(&["商业", "<br>", "企业", "<br>", "<p>"]), "商业\n企业");
        assert_eq!(shown(&["甲", "<p>", "<br>", "<p>", "乙"]), "甲\n\n乙");
        assert_eq!(shown(&["甲", "<br>", "<br>", " 乙"]), "甲\n\n乙");
    }
}
