//! Words that look different from those beside them: some are raised, some are crossed out.

use crate::model::{excerpt, half_width};

/// What of a text counts, and what of it is crossed out.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading {
    pub(super) text: String,
    pub(super) struck: String,
}

impl Reading {
    /// Adds words that may be crossed out, and raised or lowered.
    pub(super) fn add(&mut self, run: &str, struck: bool, moved: bool) {
        if struck {
            self.struck.push_str(run);
        } else if moved && is_mark(&self.text, run) {
            self.text.extend(["[", &plain(run), "]"]);
        } else {
            self.text.push_str(run);
        }
    }

    /// What to say of the words that are crossed out, if there are any.
    pub(super) fn lost(&self) -> Option<String> {
        let struck = self.struck.trim();
        (!struck.is_empty()).then(|| format!("已划去的文字“{}”", excerpt(struck, 60)))
    }
}

/// Whether raised words behind a figure are the mark of a note, which would otherwise be taken for its last digits.
fn is_mark(before: &str, run: &str) -> bool {
    let before = before.trim();
    let sign = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '-' | '+' | '%');
    let number = |c: char| c.is_ascii_digit() || matches!(c, ',' | '、' | ' ' | '①'..='⑳');
    before.chars().map(half_width).all(sign)
        && before.chars().last().is_some_and(|c| half_width(c).is_ascii_digit())
        && run.chars().map(half_width).all(number)
        && !run.trim().is_empty()
}

/// `①` as `1`.
fn plain(mark: &str) -> String {
    let mut plain = String::new();
    for c in mark.trim().chars().map(half_width) {
        match c {
            '①'..='⑳' => plain.push_str(&(u32::from(c) - u32::from('①') + 1).to_string()),
            _ => plain.push(c),
        }
    }
    plain
}
