//! The screen: two buffers and the damage between them.
//!
//! `back` is what should be seen, `front` what the terminal shows. Drawing goes to `back` and notes which part of
//! which row it changed; a flush compares the two there, and nowhere else, and sends the difference.

use ratatui::backend::Backend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect, Size};

use super::canvas::{Canvas, Damage, Look, TWO_CELLS};
use super::encode::{Encoder, HIDE, SHOW, changed, width_is_sure};
use super::width::Policy;

/// What is on the terminal and what should be.
#[derive(Debug, Clone)]
pub struct Screen {
    front: Buffer,
    back: Buffer,
    damage: Damage,
    policy: Policy,
    cursor: Cursor,
    unknown: bool,
    generation: u64,
    out: Vec<u8>,
}

impl Screen {
    /// A blank screen for a terminal of which nothing is known but its size.
    pub fn new(size: Size, policy: Policy) -> Self {
        let blank = Buffer::empty(Rect::from((Position::ORIGIN, size)));
        Self {
            front: blank.clone(),
            back: blank,
            damage: Damage::new(size.height),
            policy,
            cursor: Cursor::Unknown,
            unknown: true,
            generation: 0,
            out: Vec::new(),
        }
    }

    /// Columns and rows.
    pub fn size(&self) -> Size {
        self.back.area.as_size()
    }

    /// All of the screen.
    pub fn area(&self) -> Rect {
        self.back.area
    }

    /// How the terminal draws characters of ambiguous width.
    pub fn policy(&self) -> Policy {
        self.policy
    }

    /// The cells that should be seen after the next flush.
    pub fn buffer(&self) -> &Buffer {
        &self.back
    }

    /// Each row as text, without the blanks at its end.
    pub fn lines(&self) -> Vec<String> {
        let row = |y| {
            let row: String = cells(&self.back, y).iter().map(Cell::symbol).collect();
            row.trim_end_matches(' ').to_owned()
        };
        (0..self.back.area.height).map(row).collect()
    }

    /// How many times all that was drawn has been dropped. Whoever remembers what it drew must draw again when
    /// this has changed.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Takes the terminal's new size. Everything drawn so far is dropped, and the next flush sends all.
    pub fn resize(&mut self, size: Size) {
        let area = Rect::from((Position::ORIGIN, size));
        if area == self.back.area {
            return self.invalidate();
        }
        self.front = Buffer::empty(area);
        self.back = Buffer::empty(area);
        self.damage = Damage::new(size.height);
        self.generation += 1;
        self.invalidate();
    }

    /// Takes a new width policy. If it differs, everything drawn so far is dropped, since its widths are wrong.
    pub fn set_policy(&mut self, policy: Policy) {
        if policy == self.policy {
            return;
        }
        self.policy = policy;
        self.back.reset();
        self.generation += 1;
        self.invalidate();
    }

    /// Says that the terminal may show anything: after another program has written to it, or a write has failed.
    /// What was drawn is kept; the next flush clears the terminal and sends all of it.
    pub fn invalidate(&mut self) {
        self.unknown = true;
        self.cursor = Cursor::Unknown;
    }

    /// A canvas for `area`.
    pub fn canvas(&mut self, area: Rect) -> Canvas<'_> {
        Canvas::new(&mut self.back, &mut self.damage, self.policy, area)
    }

    /// The bytes that bring the terminal up to date, with its cursor at `cursor`, or hidden if that is `None` or
    /// outside. They are for one write; none if nothing has changed. From then on they count as written: call
    /// [`Screen::invalidate`] if writing fails.
    pub fn flush(&mut self, cursor: Option<Position>) -> &[u8] {
        let wanted = self.wanted(cursor);
        let cleared = self.forget_front();
        let Self { front, back, damage, out, .. } = self;
        out.clear();
        // Whether the cursor must be hidden is known only at the end; if not, these bytes are left out.
        out.extend_from_slice(HIDE);
        let mut encoder = Encoder::new(out, back.area.width);
        if cleared {
            encoder.clear();
        }
        let mut sent = 0;
        for (y, span) in damage.drain() {
            sent += encoder.row(y, span.clone(), cells(front, y), cells(back, y));
            copy(back, front, y, span);
        }
        let drawn = cleared || sent > 0;
        if !drawn && wanted == self.cursor {
            return &[];
        }
        let hide = match self.cursor {
            Cursor::Unknown => true,
            Cursor::Hidden => false,
            Cursor::At(_) => wanted == Cursor::Hidden || sent > FEW,
        };
        if let Cursor::At(position) = wanted {
            encoder.move_to(position.x, position.y);
            if hide || self.cursor == Cursor::Hidden {
                self.out.extend_from_slice(SHOW);
            }
        }
        self.cursor = wanted;
        self.out.get(if hide { 0 } else { HIDE.len() }..).unwrap_or_default()
    }

    /// The same for terminals that do not understand escapes, through ratatui's own backend.
    ///
    /// # Errors
    /// The backend's. The terminal then counts as unknown, and the next flush sends all.
    pub fn flush_to_backend<B: Backend>(
        &mut self,
        backend: &mut B,
        cursor: Option<Position>,
    ) -> Result<(), B::Error> {
        let sent = self.send(backend, cursor);
        if sent.is_err() {
            self.invalidate();
        }
        sent
    }

    fn send<B: Backend>(&mut self, backend: &mut B, cursor: Option<Position>) -> Result<(), B::Error> {
        let wanted = self.wanted(cursor);
        let cleared = self.forget_front();
        let updates = self.updates();
        if !cleared && updates.is_empty() && wanted == self.cursor {
            return Ok(());
        }
        if self.cursor != Cursor::Hidden {
            backend.hide_cursor()?;
            self.cursor = Cursor::Hidden;
        }
        if cleared {
            backend.clear()?;
        }
        backend.draw(updates.iter().map(|(x, y, cell)| (*x, *y, cell)))?;
        if let Cursor::At(position) = wanted {
            backend.set_cursor_position(position)?;
            backend.show_cursor()?;
        }
        self.cursor = wanted;
        backend.flush()
    }

    /// Takes the cells out that must be sent, with blanks before glyphs of doubtful width as the encoder does.
    fn updates(&mut self) -> Vec<(u16, u16, Cell)> {
        let Self { front, back, damage, .. } = self;
        let mut updates = Vec::new();
        for (y, span) in damage.drain() {
            let row = cells(back, y);
            for x in changed(span.clone(), cells(front, y), row) {
                let Some(cell) = row.get(usize::from(x)) else { continue };
                if cell.diff_option == TWO_CELLS && !width_is_sure(cell) {
                    let mut blank = Cell::EMPTY;
                    let Look { fg, bg, modifier } = Look::from(cell);
                    (blank.fg, blank.bg, blank.modifier) = (fg, bg, modifier);
                    updates.push((x, y, blank.clone()));
                    updates.push((x.saturating_add(1), y, blank));
                }
                updates.push((x, y, cell.clone()));
            }
            copy(back, front, y, span);
        }
        updates
    }

    /// If the terminal is unknown, supposes that it will be cleared now, and says so.
    fn forget_front(&mut self) -> bool {
        if self.unknown {
            self.front.reset();
            self.damage.add_all(self.back.area.width);
        }
        std::mem::take(&mut self.unknown)
    }

    fn wanted(&self, cursor: Option<Position>) -> Cursor {
        let inside = cursor.filter(|&position| self.back.area.contains(position));
        inside.map_or(Cursor::Hidden, Cursor::At)
    }
}

/// Where the terminal's cursor was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cursor {
    Unknown,
    Hidden,
    At(Position),
}

/// Glyphs that are drawn without hiding the cursor: it does not visibly jump about.
const FEW: usize = 16;

fn row_range(buffer: &Buffer, y: u16) -> std::ops::Range<usize> {
    let width = usize::from(buffer.area.width);
    let start = usize::from(y) * width;
    start..start + width
}

fn cells(buffer: &Buffer, y: u16) -> &[Cell] {
    buffer.content.get(row_range(buffer, y)).unwrap_or_default()
}

fn copy(back: &Buffer, front: &mut Buffer, y: u16, span: std::ops::Range<u16>) {
    let columns = usize::from(span.start)..usize::from(span.end);
    let range = row_range(back, y);
    let new = cells(back, y).get(columns.clone()).unwrap_or_default();
    let old = front.content.get_mut(range).and_then(|row| row.get_mut(columns)).unwrap_or_default();
    if old.len() == new.len() {
        old.clone_from_slice(new);
    }
}

#[cfg(test)]
mod tests;
