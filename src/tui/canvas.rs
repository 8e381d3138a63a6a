//! The one drawing surface.
//!
//! All text reaches the screen through [`Canvas::put`], which knows how wide the terminal draws it and keeps the
//! two halves of a wide character together: the head says that it takes two cells, the tail holds nothing, and
//! whoever overwrites one of them turns the other into a blank. Nothing else may write to the buffer.

use std::num::NonZeroU16;
use std::ops::Range;

use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::{Rect, Size};
use ratatui::style::{Color, Modifier, Style};

use super::width::{Policy, drawn};

/// A rectangle of the screen to draw in. Its upper left corner is (0, 0); what lies outside is cut off.
#[derive(Debug)]
pub struct Canvas<'a> {
    buffer: &'a mut Buffer,
    damage: &'a mut Damage,
    policy: Policy,
    area: Rect,
    clip: Rect,
}

impl<'a> Canvas<'a> {
    /// A canvas for `area` of `buffer`, which writes into `damage` what it changes.
    pub(crate) fn new(buffer: &'a mut Buffer, damage: &'a mut Damage, policy: Policy, area: Rect) -> Self {
        let clip = area.intersection(buffer.area);
        Self { buffer, damage, policy, area, clip }
    }

    /// Columns and rows to draw in.
    pub fn size(&self) -> Size {
        self.area.as_size()
    }

    /// How the terminal draws characters of ambiguous width.
    pub fn policy(&self) -> Policy {
        self.policy
    }

    /// Cells that `text` will take.
    pub fn measure(&self, text: &str) -> u16 {
        self.policy.measure(text)
    }

    /// Draws `text` in one line from column `x` of row `y`, and gives the column after it.
    ///
    /// Both may be negative or too large; the text is then cut, and of a wide character that an edge cuts in
    /// two a blank remains. The column after it is that of the whole text, cut or not. The style is what the
    /// cells have afterwards: parts it leaves open get the terminal's default, not what was there.
    /// Characters without width are left out, controls are drawn as `?`.
    pub fn put(&mut self, x: impl Into<i32>, y: impl Into<i32>, text: &str, style: Style) -> i32 {
        self.put_at(x.into(), y.into(), text, Look::from(style))
    }

    /// Draws `text` so that it ends just before column `right`, and gives the column where it starts.
    pub fn put_right(&mut self, right: impl Into<i32>, y: impl Into<i32>, text: &str, style: Style) -> i32 {
        let start = right.into().saturating_sub(i32::from(self.measure(text)));
        self.put_at(start, y.into(), text, Look::from(style));
        start
    }

    /// Fills `area`, given in this canvas's coordinates, with blanks of `style`.
    pub fn fill(&mut self, area: Rect, style: Style) {
        let area = self.inside(area).intersection(self.clip);
        let look = Look::from(style);
        for y in area.top()..area.bottom() {
            for x in area.left()..area.right() {
                self.glyph(x, y, " ", 1, look);
            }
        }
    }

    /// A canvas for a part of this one, given in this canvas's coordinates. It can not draw outside either.
    pub fn sub(&mut self, area: Rect) -> Canvas<'_> {
        let area = self.inside(area);
        let clip = area.intersection(self.clip);
        Canvas { buffer: &mut *self.buffer, damage: &mut *self.damage, policy: self.policy, area, clip }
    }

    fn put_at(&mut self, x: i32, y: i32, text: &str, look: Look) -> i32 {
        let row = y.saturating_add(i32::from(self.area.y));
        let (top, bottom) = (i32::from(self.clip.top()), i32::from(self.clip.bottom()));
        let (left, right) = (i32::from(self.clip.left()), i32::from(self.clip.right()));
        if row < top || row >= bottom {
            return x.saturating_add(i32::from(self.policy.measure(text)));
        }
        let mut column = x.saturating_add(i32::from(self.area.x));
        for (start, c) in text.char_indices() {
            if column >= right {
                let rest = text.get(start..).unwrap_or_default();
                column = column.saturating_add(i32::from(self.policy.measure(rest)));
                break;
            }
            let width = self.policy.char_width(c);
            let end = column.saturating_add(i32::from(width));
            if width > 0 && column >= left && end <= right {
                let mut utf8 = [0; 4];
                self.glyph(column as u16, row as u16, drawn(c).encode_utf8(&mut utf8), width, look);
            } else {
                for half in column.max(left)..end.min(right) {
                    self.glyph(half as u16, row as u16, " ", 1, look);
                }
            }
            column = end;
        }
        column.saturating_sub(i32::from(self.area.x))
    }

    /// Writes one glyph of `width` cells, all of them inside the clip.
    fn glyph(&mut self, x: u16, y: u16, symbol: &str, width: u16, look: Look) {
        let option = match width {
            2 => TWO_CELLS,
            _ if symbol.len() > 1 => ONE_CELL,
            _ => CellDiffOption::None,
        };
        let Some(cell) = self.buffer.cell((x, y)) else { return };
        if cell.diff_option == option && Look::from(cell) == look && cell.symbol() == symbol {
            return;
        }
        let after = x.saturating_add(width);
        if is_tail(cell) {
            self.blank(x.saturating_sub(1), y);
        }
        if self.buffer.cell((after, y)).is_some_and(is_tail) {
            self.blank(after, y);
        }
        self.set(x, y, symbol, option, look);
        if width == 2 {
            self.set(x.saturating_add(1), y, "", CellDiffOption::Skip, look);
        }
        self.damage.add(y, x..after);
    }

    /// Leaves a blank of the same style where half of a wide character was; it may lie outside the clip.
    fn blank(&mut self, x: u16, y: u16) {
        if let Some(cell) = self.buffer.cell_mut((x, y)) {
            cell.set_symbol(" ").set_diff_option(CellDiffOption::None);
            self.damage.add(y, x..x.saturating_add(1));
        }
    }

    fn set(&mut self, x: u16, y: u16, symbol: &str, option: CellDiffOption, look: Look) {
        if let Some(cell) = self.buffer.cell_mut((x, y)) {
            cell.set_symbol(symbol).set_diff_option(option);
            (cell.fg, cell.bg, cell.modifier) = (look.fg, look.bg, look.modifier);
        }
    }

    fn inside(&self, area: Rect) -> Rect {
        Rect { x: self.area.x.saturating_add(area.x), y: self.area.y.saturating_add(area.y), ..area }
    }
}

/// Head of a wide character.
pub(crate) const TWO_CELLS: CellDiffOption = CellDiffOption::ForcedWidth(NonZeroU16::new(2).unwrap());
const ONE_CELL: CellDiffOption = CellDiffOption::ForcedWidth(NonZeroU16::MIN);

/// Whether `cell` is the second half of a wide character. It is then never sent by itself.
pub(crate) fn is_tail(cell: &Cell) -> bool {
    cell.diff_option == CellDiffOption::Skip
}

/// What a cell looks like apart from its symbol: a style with nothing left open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Look {
    pub(crate) fg: Color,
    pub(crate) bg: Color,
    pub(crate) modifier: Modifier,
}

impl Look {
    pub(crate) const PLAIN: Self = Self { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };
}

impl From<Style> for Look {
    fn from(style: Style) -> Self {
        Self {
            fg: style.fg.unwrap_or(Color::Reset),
            bg: style.bg.unwrap_or(Color::Reset),
            modifier: style.add_modifier.difference(style.sub_modifier),
        }
    }
}

impl From<&Cell> for Look {
    fn from(cell: &Cell) -> Self {
        Self { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }
}

/// Which columns of which row have changed since the last flush: one span a row.
#[derive(Debug, Clone, Default)]
pub(crate) struct Damage {
    rows: Vec<Range<u16>>,
}

impl Damage {
    pub(crate) fn new(height: u16) -> Self {
        Self { rows: vec![0..0; usize::from(height)] }
    }

    pub(crate) fn add(&mut self, y: u16, columns: Range<u16>) {
        if let Some(row) = self.rows.get_mut(usize::from(y)) {
            *row = if row.start >= row.end {
                columns
            } else {
                row.start.min(columns.start)..row.end.max(columns.end)
            };
        }
    }

    pub(crate) fn add_all(&mut self, width: u16) {
        self.rows.fill(0..width);
    }

    /// Takes each row with its changed columns out, from the top.
    pub(crate) fn drain(&mut self) -> impl Iterator<Item = (u16, Range<u16>)> + '_ {
        self.rows
            .iter_mut()
            .enumerate()
            .filter(|(_, row)| row.start < row.end)
            .map(|(y, row)| (y as u16, std::mem::replace(row, 0..0)))
    }
}

#[cfg(test)]
mod tests;
