//! Pieces of the text that the caret treats as one character, such as live figures.

use super::{Editor, glyph};
use crate::tui::wrap::{Position, Unit};

impl Editor {
    /// Tells which pieces of each paragraph are one character to the caret. To be called after every change, since an
    /// edit moves them. A caret inside one goes behind it; a selection that ends inside one takes in all of it.
    pub fn set_units(&mut self, units: Vec<Vec<Unit>>) {
        self.units = units;
        let caret = self.caret();
        let Some(anchor) = self.buffer.anchor() else {
            let outside = self.outside(caret, true);
            if outside != caret {
                self.goal = None;
                self.buffer.place(outside);
            }
            return;
        };
        let forward = anchor <= caret;
        let (fixed, moved) = (self.outside(anchor, !forward), self.outside(caret, forward));
        if (fixed, moved) != (anchor, caret) {
            self.goal = None;
            self.buffer.select(fixed, moved);
        }
    }

    /// The pieces of each paragraph, for wrapping.
    pub fn units(&self) -> &[Vec<Unit>] {
        &self.units
    }

    /// Whether a piece of a paragraph can be a unit: it must not share a grapheme with what stands beside it.
    pub fn stands_alone(&self, paragraph: usize, start: usize, end: usize) -> bool {
        let line = self.buffer.line(paragraph);
        glyph::is_boundary(line, start) && glyph::is_boundary(line, end)
    }

    /// The place, or if it is inside a unit, the end of that, or its start.
    pub(super) fn outside(&self, place: Position, forward: bool) -> Position {
        let here = self.units.get(place.paragraph);
        let around = here.and_then(|units| {
            units
                .iter()
                .map(|unit| &unit.bytes)
                .find(|bytes| bytes.start < place.byte && place.byte < bytes.end)
        });
        match around {
            Some(bytes) => Position { byte: if forward { bytes.end } else { bytes.start }, ..place },
            None => place,
        }
    }
}
