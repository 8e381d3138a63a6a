//! Which bracket has no partner.

use std::ops::Range;

use crate::form::outline::Scanner;

/// A bracket without its partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unpaired {
    /// Opened, and closed by a bracket of another kind or not at all.
    Opening { at: usize, bracket: char, closing: Option<(usize, char)> },
    /// Closed and never opened.
    Closing { at: usize, bracket: char },
}

impl Unpaired {
    /// How far in `text` one must read to see it.
    pub(super) fn noticed_at(self, text: &str) -> usize {
        match self {
            Self::Opening { closing: None, .. } => text.trim_end().len(),
            Self::Opening { closing: Some((at, _)), .. } | Self::Closing { at, .. } => at,
        }
    }
}

/// The first bracket that does not fit; of brackets open at the end the innermost.
pub(super) fn first_unpaired(text: &str) -> Option<Unpaired> {
    let mut open = Vec::new();
    for (at, bracket) in Scanner::new(text).brackets() {
        if matches!(bracket, '(' | '[' | '{') {
            open.push((at, bracket));
            continue;
        }
        match open.pop() {
            None => return Some(Unpaired::Closing { at, bracket }),
            Some((_, opening)) if partner(opening) == bracket => {}
            Some((start, opening)) => {
                return Some(Unpaired::Opening { at: start, bracket: opening, closing: Some((at, bracket)) });
            }
        }
    }
    open.pop().map(|(at, bracket)| Unpaired::Opening { at, bracket, closing: None })
}

/// From the opening bracket to the closing one at `closing`.
pub(super) fn closed_at(text: &str, closing: usize) -> Option<Range<usize>> {
    let mut open = Vec::new();
    for (at, bracket) in Scanner::new(text).brackets() {
        if matches!(bracket, '(' | '[' | '{') {
            open.push(at);
            continue;
        }
        let start = open.pop()?;
        if at >= closing {
            return (at == closing).then_some(start..at + 1);
        }
    }
    None
}

/// The bracket that closes this one.
pub(super) fn partner(opening: char) -> char {
    match opening {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}
