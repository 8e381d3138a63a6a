//! The rows and cells of one table as they come, and how they are laid out.

use super::flow::Flow;
use crate::exchange::document::{Cell, Table, TableBuilder};
use crate::exchange::intake::too_much;
use crate::exchange::{At, ImportError, Limits, Lost};

/// Columns from which on a cell is taken to mean the whole width, however many it says.
const WIDE: usize = 100;

/// A table that is being read.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// The words over it, each with its lines.
    pub(super) captions: Vec<String>,
    /// The words over it that are being read.
    pub(super) caption: Option<Flow>,
    /// The cell that is being read.
    pub(super) cell: Option<GridCell>,
    /// The tables inside, all levels, in reading order.
    pub(super) inner: Vec<Grid>,
    rows: Vec<Row>,
    group: usize,
    /// Where the rows of the group at hand stand, and which of the groups that have a place of their own there were.
    place: Place,
    placed: Vec<Place>,
}

/// Where a browser puts rows, wherever they stand in the page.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Head,
    #[default]
    Body,
    Foot,
}

/// A cell that is being read.
#[derive(Debug, Default)]
pub(super) struct GridCell {
    pub(super) flow: Flow,
    /// How many rows it says it covers; 0 is all to the end of the group.
    pub(super) rows: usize,
    /// How many columns it says it covers.
    pub(super) columns: usize,
    pub(super) computed: bool,
    /// What in it a document has no place for.
    pub(super) lost: Vec<String>,
}

#[derive(Debug, Default)]
struct Row {
    group: usize,
    place: Place,
    cells: Vec<Finished>,
}

#[derive(Debug)]
struct Finished {
    text: String,
    rows: usize,
    columns: usize,
    computed: bool,
    lost: Vec<String>,
}

impl Grid {
    /// A group of rows begins, by the name of its element, or ends: no cell reaches across. The first head and the
    /// first foot have places of their own.
    pub(super) fn next_group(&mut self, name: Option<&str>) {
        self.group += 1;
        let place = match name {
            Some("thead") => Place::Head,
            Some("tfoot") => Place::Foot,
            _ => Place::Body,
        };
        self.place = if self.placed.contains(&place) { Place::Body } else { place };
        if place != Place::Body && self.placed.len() < 2 {
            self.placed.push(self.place);
        }
    }

    /// The next row begins.
    pub(super) fn next_row(&mut self) {
        self.rows.push(Row { group: self.group, place: self.place, cells: Vec::new() });
    }

    /// The cell that is being read ends.
    pub(super) fn end_cell(&mut self) {
        let Some(mut cell) = self.cell.take() else { return };
        if self.rows.is_empty() {
            self.next_row();
        }
        if let Some(row) = self.rows.last_mut() {
            let GridCell { rows, columns, computed, .. } = cell;
            row.cells.push(Finished { text: cell.flow.take(), rows, columns, computed, lost: cell.lost });
        }
    }

    /// The text that is being read.
    pub(super) fn flow(&mut self) -> Option<&mut Flow> {
        self.caption.as_mut().or(self.cell.as_mut().map(|cell| &mut cell.flow))
    }

    /// Lays the cells out as a browser does, except that spans end where the table does. `number` is the place of the
    /// table in the file, `room` how many positions it may have.
    ///
    /// # Errors
    /// If it is larger than the limits allow.
    pub(super) fn lay_out(
        mut self,
        number: usize,
        limits: &Limits,
        room: usize,
    ) -> Result<(Option<Table>, Vec<Lost>), ImportError> {
        let cells_exceeded = || too_much("表格的格数", limits.cells, "格");
        if self.rows.len() > room {
            return Err(cells_exceeded());
        }
        self.rows.sort_by_key(|row| row.place);
        let natural = self.natural_width();
        let left = rows_left(&self.rows);
        let rows = self.rows.len();
        let (mut placed, mut lost) = (Vec::new(), Vec::new());
        // For each column, how many rows from this one on are covered from above.
        let mut covered: Vec<usize> = Vec::new();
        for (row, (line, left)) in self.rows.into_iter().zip(left).enumerate() {
            let mut column = 0;
            for cell in line.cells {
                while covered.get(column).is_some_and(|rows| *rows > 0) {
                    column += 1;
                }
                if column >= limits.columns {
                    return Err(too_much("表格的列数", limits.columns, "列"));
                }
                let wanted = if cell.columns > WIDE { cell.columns.min(natural) } else { cell.columns };
                let end = limits.columns.min(column + wanted.max(1));
                let free =
                    (column..end).take_while(|column| covered.get(*column).is_none_or(|rows| *rows == 0));
                let columns = free.count();
                let rows = if cell.rows == 0 { left } else { cell.rows.min(left) };
                if covered.len() < column + columns {
                    covered.resize(column + columns, 0);
                }
                covered.iter_mut().skip(column).take(columns).for_each(|covered| *covered = rows);
                let at = At::Cell { table: number, row: row + 1, column: column + 1 };
                lost.extend(cell.lost.into_iter().map(|what| Lost { at: at.clone(), what }));
                let Finished { text, computed, .. } = cell;
                placed.push(Cell { text, row, column, rows, columns, computed, at, ..Cell::default() });
                column += columns;
            }
            if (row + 1).saturating_mul(covered.len()) > room {
                return Err(cells_exceeded());
            }
            for rows in &mut covered {
                *rows = rows.saturating_sub(1);
            }
        }
        let columns = covered.len();
        if rows.saturating_mul(columns) > room {
            return Err(cells_exceeded());
        }
        // The builder asks for room for every position that a cell takes, also where a row is that long already.
        let mut builder = TableBuilder::new(columns, rows.saturating_mul(2 * columns + 1));
        (0..rows).for_each(|_| builder.next_row());
        for cell in placed {
            builder.place(cell);
        }
        Ok((builder.build(), lost))
    }

    /// How many columns there are when cells that claim very many are left out.
    fn natural_width(&self) -> usize {
        let width = |row: &Row| -> usize {
            row.cells.iter().map(|cell| if cell.columns > WIDE { 1 } else { cell.columns.max(1) }).sum()
        };
        self.rows.iter().map(width).max().unwrap_or(0)
    }
}

/// For each row, how many rows there are from it to the end of its group.
fn rows_left(rows: &[Row]) -> Vec<usize> {
    let mut left: Vec<usize> = Vec::with_capacity(rows.len());
    let mut after: Option<(usize, usize)> = None;
    for row in rows.iter().rev() {
        let count = match after {
            Some((group, count)) if group == row.group => count + 1,
            _ => 1,
        };
        after = Some((row.group, count));
        left.push(count);
    }
    left.reverse();
    left
}
