//! Finding a text and replacing it.

use std::ops::Range;

use super::{Change, Editor, glyph};
use crate::model::half_width;
use crate::tui::wrap::Position;

/// Which way to look from the caret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Towards the end of the text, then on from its start.
    Next,
    /// Towards the start of the text, then on from its end.
    Previous,
}

/// A place where a text was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Which paragraph.
    pub paragraph: usize,
    /// Its bytes in the paragraph.
    pub bytes: Range<usize>,
    /// What it is a part of.
    pub within: Within,
}

/// What a hit is a part of that ought not to be changed along with other places.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Within {
    /// Nothing but the text.
    #[default]
    Text,
    /// A longer number, such as the 9 of 1998.
    Number,
    /// A piece that is shown as something else. The hit takes in all of it, and its text is never rewritten.
    Shown,
}

/// A piece of a paragraph that people see as something else, such as a live figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownAs {
    /// Its bytes in the paragraph.
    pub bytes: Range<usize>,
    /// What is searched in its place.
    pub text: String,
}

impl Hit {
    /// Where it begins.
    pub fn start(&self) -> Position {
        Position { paragraph: self.paragraph, byte: self.bytes.start }
    }

    /// Where it ends.
    pub fn end(&self) -> Position {
        Position { paragraph: self.paragraph, byte: self.bytes.end }
    }
}

impl Editor {
    /// All places where `query` stands, none overlapping another, in order. Large and small letters are the same, and
    /// so are characters of full and of half width (`１２３` finds `123`, `，` finds `,`). No part of a grapheme is found,
    /// and nothing that goes over the end of a paragraph. What stands in the text for something else is searched as
    /// what is seen; `shown` has these pieces for each paragraph, in order.
    pub fn matches(&self, query: &str, shown: &[Vec<ShownAs>]) -> Vec<Hit> {
        let query: Vec<char> = query.chars().map(folded).collect();
        let mut hits = Vec::new();
        for (paragraph, text) in self.paragraphs().iter().enumerate() {
            let shown = shown.get(paragraph).map_or(&[][..], Vec::as_slice);
            let found = matches_in(text, shown, &query).into_iter();
            hits.extend(found.map(|(bytes, within)| Hit { paragraph, bytes, within }));
        }
        hits
    }

    /// Selects what was found, the caret behind it.
    pub fn select_hit(&mut self, hit: &Hit) {
        self.forget_column();
        self.buffer.select(hit.start(), hit.end());
    }

    /// Which of these is selected just now.
    pub fn selected_hit(&self, hits: &[Hit]) -> Option<usize> {
        let selection = self.selection()?;
        let index = hits.partition_point(|hit| hit.start() < selection.0);
        hits.get(index).filter(|hit| (hit.start(), hit.end()) == selection).map(|_| index)
    }

    /// The one of these that comes next after a place, or before it, and whether the search went round the end of the
    /// text for it.
    pub fn nearest_hit(hits: &[Hit], from: Position, direction: Direction) -> Option<(usize, bool)> {
        match direction {
            Direction::Next => {
                let index = hits.partition_point(|hit| hit.start() < from);
                if index < hits.len() {
                    Some((index, false))
                } else {
                    (!hits.is_empty()).then_some((0, true))
                }
            }
            Direction::Previous => {
                let before = hits.partition_point(|hit| hit.end() <= from);
                let last = hits.len().checked_sub(1)?;
                Some(before.checked_sub(1).map_or((last, true), |index| (index, false)))
            }
        }
    }

    /// Puts `with` in the place of what was found; the caret is then behind it. The hits are those of the present text.
    ///
    /// # Errors
    /// When the text would be too long.
    pub fn replace_hit(&mut self, hit: &Hit, with: &str) -> Change {
        self.replace(hit.start(), hit.end(), with)
    }

    /// Puts `with` in the place of all that was found, as one change. The caret stays where it was in the text.
    ///
    /// # Errors
    /// When the text would be too long.
    pub fn replace_hits(&mut self, hits: &[Hit], with: &str) -> Change {
        let (Some(first), Some(last)) = (hits.first(), hits.last()) else { return Ok(None) };
        let before = self.caret_offset();
        let mut caret = before;
        let start = self.offset(first.start());
        // What has been gone through of the old text, and what has become of it.
        let (mut old, mut text) = (start, String::new());
        let mut at = first.start();
        for hit in hits {
            let between = self.buffer.between(at, hit.start());
            old += between.len() + hit.bytes.len();
            text += &between;
            text += with;
            at = hit.end();
            if before >= old {
                caret = start + text.len() + (before - old);
            } else if before > old - hit.bytes.len() {
                caret = start + text.len() - with.len();
            }
        }
        let change = self.replace(first.start(), last.end(), &text)?;
        self.place_caret(caret);
        Ok(change)
    }
}

/// The character in small letters and half width.
fn folded(character: char) -> char {
    let half = half_width(character);
    let mut small = half.to_lowercase();
    // A letter whose small form is several letters stays as it is, so that places can be counted in characters.
    if small.len() == 1 { small.next().unwrap_or(half) } else { half }
}

/// A character as it is seen, and the bytes of the text that it stands for.
struct Seen {
    character: char,
    bytes: Range<usize>,
    is_shown: bool,
}

/// A paragraph as it is seen, ready to be compared.
fn seen(text: &str, shown: &[ShownAs]) -> Vec<Seen> {
    let mut all = Vec::with_capacity(text.len() / 2);
    let mut from = 0;
    let plain = |from: usize, to: usize| {
        let piece = text.get(from..to).unwrap_or_default();
        piece.char_indices().map(move |(at, c)| Seen {
            character: folded(c),
            bytes: from + at..from + at + c.len_utf8(),
            is_shown: false,
        })
    };
    for piece in shown {
        all.extend(plain(from, piece.bytes.start));
        all.extend(piece.text.chars().map(|c| Seen {
            character: folded(c),
            bytes: piece.bytes.clone(),
            is_shown: true,
        }));
        from = piece.bytes.end;
    }
    all.extend(plain(from, text.len()));
    all
}

fn matches_in(text: &str, shown: &[ShownAs], query: &[char]) -> Vec<(Range<usize>, Within)> {
    let mut hits = Vec::new();
    if query.is_empty() {
        return hits;
    }
    let seen = seen(text, shown);
    let mut free = 0;
    for (index, window) in seen.windows(query.len()).enumerate() {
        let (Some(first), Some(last)) = (window.first(), window.last()) else { continue };
        let (start, end) = (first.bytes.start, last.bytes.end);
        let is_same = window.iter().zip(query).all(|(seen, wanted)| seen.character == *wanted);
        if start < free || !is_same || !glyph::is_boundary(text, start) || !glyph::is_boundary(text, end) {
            continue;
        }
        let within = if window.iter().any(|seen| seen.is_shown) {
            Within::Shown
        } else if goes_on(&seen, index, false) || goes_on(&seen, index + window.len(), true) {
            Within::Number
        } else {
            Within::Text
        };
        hits.push((start..end, within));
        free = end;
    }
    hits
}

/// Whether the digits on one side of a place belong to the same number as those on its other side: they meet there, or
/// there is but a point or a comma between them on the side that is looked at.
fn goes_on(seen: &[Seen], place: usize, forward: bool) -> bool {
    let digit = |at: Option<usize>| {
        let seen = at.and_then(|at| seen.get(at));
        seen.is_some_and(|seen| !seen.is_shown && seen.character.is_ascii_digit())
    };
    let before = |by: usize| place.checked_sub(by);
    let (own, next, beyond) =
        if forward { (before(1), Some(place), Some(place + 1)) } else { (Some(place), before(1), before(2)) };
    let is_point = next.and_then(|at| seen.get(at)).is_some_and(|seen| matches!(seen.character, '.' | ','));
    digit(own) && (digit(next) || (is_point && digit(beyond)))
}
