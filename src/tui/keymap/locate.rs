//! Where a text stands in a RON file.

use std::collections::{HashMap, VecDeque};

/// A place in a file, both numbers from 1; the column counts characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// The quoted texts of a file that RON has accepted, in order, comments left out.
pub(super) struct Literals {
    unused: HashMap<String, VecDeque<Position>>,
}

impl Literals {
    pub(super) fn of(text: &str) -> Self {
        let mut scan = Scan { chars: text.chars().peekable(), at: Position { line: 1, column: 1 } };
        let mut unused: HashMap<String, VecDeque<Position>> = HashMap::new();
        while let Some(c) = scan.next() {
            match c {
                '"' => {
                    let (literal, at) = scan.quoted();
                    unused.entry(literal).or_default().push_back(at);
                }
                '/' if scan.chars.peek() == Some(&'/') => while scan.next().is_some_and(|c| c != '\n') {},
                '/' if scan.chars.peek() == Some(&'*') => scan.block_comment(),
                _ => {}
            }
        }
        Self { unused }
    }

    /// The place of the first of the texts not asked for before that reads `text`: asked in the order of the
    /// file, equal texts find their own places. The start of the file if there is none.
    pub(super) fn next(&mut self, text: &str) -> Position {
        let found = self.unused.get_mut(text).and_then(VecDeque::pop_front);
        found.unwrap_or(Position { line: 1, column: 1 })
    }
}

struct Scan<'t> {
    chars: std::iter::Peekable<std::str::Chars<'t>>,
    at: Position,
}

impl Scan<'_> {
    fn next(&mut self) -> Option<char> {
        let c = self.chars.next()?;
        self.at = if c == '\n' {
            Position { line: self.at.line + 1, column: 1 }
        } else {
            Position { line: self.at.line, column: self.at.column + 1 }
        };
        Some(c)
    }

    /// The rest of a text whose quote has been read. Of escapes only those are undone that key names need.
    fn quoted(&mut self) -> (String, Position) {
        let start = Position { line: self.at.line, column: self.at.column - 1 };
        let mut text = String::new();
        while let Some(c) = self.next().filter(|&c| c != '"') {
            text.extend(if c == '\\' { self.next() } else { Some(c) });
        }
        (text, start)
    }

    /// The rest of a comment whose first slash has been read; such comments nest.
    fn block_comment(&mut self) {
        self.next();
        let mut depth = 1;
        while depth > 0 {
            let Some(c) = self.next() else {
                return;
            };
            match (c, self.chars.peek()) {
                ('*', Some('/')) => depth -= 1,
                ('/', Some('*')) => depth += 1,
                _ => continue,
            }
            self.next();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Literals, Position};

    #[test]
    fn equal_texts_have_their_own_places() {
        let mut literals = Literals::of("// \"a\"\n[\"a\", 甲 \"\\\"\" /* \"a\" /* */ \"a\" */ \"a\"]");
        assert_eq!(literals.next("a"), Position { line: 2, column: 2 });
        assert_eq!(literals.next("\""), Position { line: 2, column: 9 });
        assert_eq!(literals.next("a"), Position { line: 2, column: 34 });
        assert_eq!(literals.next("a"), Position { line: 1, column: 1 });
    }
}
