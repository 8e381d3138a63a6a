//! Screen cells to terminal escapes.
//!
//! Knows where the terminal's pen is and what style it writes in, and sends only what must change of both.
//! Moves are absolute: after a glyph that a terminal might draw one or two cells wide, or in the last column,
//! the pen's place counts as unknown.

use std::ops::Range;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

use super::canvas::{Look, TWO_CELLS, is_tail};
use super::width::is_plain_wide;

/// Hides the cursor.
pub(crate) const HIDE: &[u8] = b"\x1b[?25l";
/// Shows the cursor.
pub(crate) const SHOW: &[u8] = b"\x1b[?25h";

/// Writes one frame to the end of a vector of bytes.
#[derive(Debug)]
pub(crate) struct Encoder<'a> {
    out: &'a mut Vec<u8>,
    width: u16,
    row: Option<u16>,
    column: Option<u16>,
    look: Option<Look>,
}

impl<'a> Encoder<'a> {
    /// An encoder for a terminal of `width` columns that supposes nothing about its pen and style.
    pub(crate) fn new(out: &'a mut Vec<u8>, width: u16) -> Self {
        Self { out, width, row: None, column: None, look: None }
    }

    /// Clears the terminal to blanks of its default style.
    pub(crate) fn clear(&mut self) {
        self.set_look(Look::PLAIN);
        self.out.extend_from_slice(b"\x1b[2J");
    }

    /// Sends the cells of row `y` that differ within `span`, and gives their number.
    pub(crate) fn row(&mut self, y: u16, span: Range<u16>, front: &[Cell], back: &[Cell]) -> usize {
        let mut sent = 0;
        for x in changed(span, front, back) {
            if let Some(cell) = back.get(usize::from(x)) {
                self.reach(x, y, back);
                self.cell(x, cell);
                sent += 1;
            }
        }
        sent
    }

    /// Moves the pen, unless it is there already: within a row by column, else by both.
    pub(crate) fn move_to(&mut self, x: u16, y: u16) {
        if self.row == Some(y) && self.column == Some(x) {
            return;
        }
        self.out.extend_from_slice(b"\x1b[");
        if self.row != Some(y) {
            self.number(y.saturating_add(1));
            self.out.push(b';');
        }
        self.number(x.saturating_add(1));
        self.out.push(if self.row == Some(y) { b'G' } else { b'H' });
        (self.row, self.column) = (Some(y), Some(x));
    }

    /// Moves to column `x`, over a short gap by sending what is there once more, for that is shorter.
    fn reach(&mut self, x: u16, y: u16, row: &[Cell]) {
        let pen = self.column.filter(|&pen| self.row == Some(y) && pen < x && x - pen <= LONGEST_GAP);
        if let Some(pen) = pen {
            let gap = row.get(usize::from(pen)..usize::from(x)).unwrap_or_default();
            if gap.iter().all(|cell| self.look == Some(Look::from(cell)) && width_is_sure(cell)) {
                for cell in gap {
                    self.out.extend_from_slice(cell.symbol().as_bytes());
                }
                self.column = Some(x);
                return;
            }
        }
        self.move_to(x, y);
    }

    fn cell(&mut self, x: u16, cell: &Cell) {
        self.set_look(Look::from(cell));
        let sure = width_is_sure(cell);
        let wide = cell.diff_option == TWO_CELLS;
        if wide && !sure {
            // Some terminals draw this glyph into the first half and leave the second as it was. With blanks
            // under both halves either width looks right.
            self.out.extend_from_slice(b"  \x1b[");
            self.number(x.saturating_add(1));
            self.out.push(b'G');
        }
        self.out.extend_from_slice(cell.symbol().as_bytes());
        let after = x.saturating_add(if wide { 2 } else { 1 });
        self.column = sure.then_some(after);
        if after >= self.width {
            // After the last column a terminal may already count the next row.
            (self.row, self.column) = (None, None);
        }
    }

    /// Switches to `look` by the shorter of two ways: changing what differs, or a reset and all of it.
    fn set_look(&mut self, look: Look) {
        if self.look == Some(look) {
            return;
        }
        let start = self.out.len();
        self.out.extend_from_slice(b"\x1b[");
        if look != Look::PLAIN {
            self.out.push(b'0');
            self.codes(Look::PLAIN, look);
        }
        self.out.push(b'm');
        if let Some(from) = self.look {
            let middle = self.out.len();
            self.out.extend_from_slice(b"\x1b[");
            self.codes(from, look);
            // Each code begins with its separator; the first needs none.
            self.out.remove(middle + 2);
            self.out.push(b'm');
            if self.out.len() - middle < middle - start {
                self.out.drain(start..middle);
            } else {
                self.out.truncate(middle);
            }
        }
        self.look = Some(look);
    }

    /// The codes that lead from one look to another, each with a semicolon before it.
    fn codes(&mut self, from: Look, to: Look) {
        let removed = from.modifier.difference(to.modifier);
        let mut added = to.modifier.difference(from.modifier);
        if removed.intersects(WEIGHT) {
            // One code ends both bold and dim.
            self.code(22);
            added |= to.modifier.intersection(WEIGHT);
        }
        for (modifier, on, off) in MODIFIERS {
            if removed.contains(modifier) && !WEIGHT.contains(modifier) {
                self.code(off);
            }
            if added.contains(modifier) {
                self.code(on);
            }
        }
        if from.fg != to.fg {
            self.colour(to.fg, 30);
        }
        if from.bg != to.bg {
            self.colour(to.bg, 40);
        }
    }

    /// Codes of a colour; `base` is 30 for the text and 40 for the background.
    fn colour(&mut self, colour: Color, base: u16) {
        match colour {
            Color::Reset => self.code(base + 9),
            Color::Black => self.code(base),
            Color::Red => self.code(base + 1),
            Color::Green => self.code(base + 2),
            Color::Yellow => self.code(base + 3),
            Color::Blue => self.code(base + 4),
            Color::Magenta => self.code(base + 5),
            Color::Cyan => self.code(base + 6),
            Color::Gray => self.code(base + 7),
            Color::DarkGray => self.code(base + 60),
            Color::LightRed => self.code(base + 61),
            Color::LightGreen => self.code(base + 62),
            Color::LightYellow => self.code(base + 63),
            Color::LightBlue => self.code(base + 64),
            Color::LightMagenta => self.code(base + 65),
            Color::LightCyan => self.code(base + 66),
            Color::White => self.code(base + 67),
            Color::Indexed(index) => {
                self.code(base + 8);
                self.code(5);
                self.code(u16::from(index));
            }
            Color::Rgb(red, green, blue) => {
                self.code(base + 8);
                self.code(2);
                for part in [red, green, blue] {
                    self.code(u16::from(part));
                }
            }
        }
    }

    fn code(&mut self, code: u16) {
        self.out.push(b';');
        self.number(code);
    }

    fn number(&mut self, number: u16) {
        if number >= 10 {
            self.number(number / 10);
        }
        self.out.push(b'0' + (number % 10) as u8);
    }
}

/// Columns of a row within `span` where a cell must be sent. Tails go with their heads.
pub(crate) fn changed(span: Range<u16>, front: &[Cell], back: &[Cell]) -> impl Iterator<Item = u16> {
    let columns = usize::from(span.start)..usize::from(span.end);
    let old = front.get(columns.clone()).unwrap_or_default();
    let new = back.get(columns).unwrap_or_default();
    span.zip(old.iter().zip(new)).filter(|(_, (old, new))| !is_tail(new) && old != new).map(|(x, _)| x)
}

/// Whether every terminal draws the cell's glyph as wide as the cell says, so that the pen is known after it.
pub(crate) fn width_is_sure(cell: &Cell) -> bool {
    let symbol = cell.symbol();
    if cell.diff_option == TWO_CELLS { symbol.chars().all(is_plain_wide) } else { symbol.is_ascii() }
}

/// Cells that are sent once more rather than jumped over: a jump takes four to six bytes.
const LONGEST_GAP: u16 = 3;

const WEIGHT: Modifier = Modifier::BOLD.union(Modifier::DIM);

/// The modifiers that are sent, with the codes that begin and end them.
const MODIFIERS: [(Modifier, u16, u16); 6] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::REVERSED, 7, 27),
    (Modifier::CROSSED_OUT, 9, 29),
];

#[cfg(test)]
mod tests;
