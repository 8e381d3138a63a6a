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
    /// and nothing that goes over the end of a paragraph.
    pub fn matches(&self, query: &str) -> Vec<Hit> {
        let query: Vec<char> = query.chars().map(folded).collect();
        let paragraphs = self.paragraphs().iter().enumerate();
        paragraphs.flat_map(|(paragraph, text)| matches_in(paragraph, text, &query)).collect()
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

fn matches_in(paragraph: usize, text: &str, query: &[char]) -> Vec<Hit> {
    let Some(first) = query.first() else { return Vec::new() };
    let mut hits = Vec::new();
    let mut free = 0;
    for (start, character) in text.char_indices() {
        if start < free || folded(character) != *first {
            continue;
        }
        let mut rest = text.get(start..).unwrap_or_default().chars();
        if !query.iter().all(|wanted| rest.next().map(folded) == Some(*wanted)) {
            continue;
        }
        let end = text.len() - rest.as_str().len();
        if glyph::is_boundary(text, start) && glyph::is_boundary(text, end) {
            hits.push(Hit { paragraph, bytes: start..end });
            free = end;
        }
    }
    hits
}
