//! Finding a text.

use super::{Editor, glyph};

/// Which way to look from the caret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Towards the end of the text, then on from its start.
    Next,
    /// Towards the start of the text, then on from its end.
    Previous,
}

impl Editor {
    /// Selects the next place where `query` stands exactly as given, and says whether there is one. From a place that
    /// was found the search goes on to another; when it is the only one it stays selected.
    pub fn find(&mut self, query: &str, direction: Direction) -> bool {
        if query.is_empty() {
            return false;
        }
        let text = self.text();
        let (start, end) = self.selection().unwrap_or_else(|| (self.caret(), self.caret()));
        let (start, end) = (self.offset(start), self.offset(end));
        let whole =
            |at: &usize| glyph::is_boundary(&text, *at) && glyph::is_boundary(&text, at + query.len());
        let all = || text.match_indices(query).map(|(at, _)| at).filter(whole);
        let found = match direction {
            Direction::Next => all().find(|at| *at >= end).or_else(|| all().next()),
            Direction::Previous => {
                all().take_while(|at| at + query.len() <= start).last().or_else(|| all().last())
            }
        };
        if let Some(at) = found {
            self.goal = None;
            self.buffer.select(self.position(at), self.position(at + query.len()));
        }
        found.is_some()
    }
}
