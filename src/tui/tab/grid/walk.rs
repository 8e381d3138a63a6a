//! Ways from cell to cell.

use crate::form::{Block, Form, Role, Table};
use crate::model::{CellId, Report};
use crate::tui::context::{EnterDirection, Settings};

/// A cell by its position in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Spot {
    /// Block of the table.
    pub(super) block: usize,
    /// Row of the block.
    pub(super) row: usize,
    /// Column of the block.
    pub(super) column: usize,
}

/// Forwards or backwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// To the next.
    Forward,
    /// To the previous.
    Back,
}

impl Spot {
    /// The cell here.
    pub(super) fn cell(self, table: &Table) -> Option<CellId> {
        table.blocks.get(self.block)?.cell(self.row, self.column)
    }

    /// Where a cell stands.
    pub(super) fn of(form: &Form, cell: CellId) -> Option<Self> {
        let slot = form.slot(cell)?;
        Some(Self { block: slot.block, row: slot.row, column: slot.column })
    }

    /// The row above or below, in the same column or the last one that the row has.
    pub(super) fn vertical(self, table: &Table, way: Way) -> Option<Self> {
        let rows = rows(table);
        let here = rows.iter().position(|(block, row)| (*block, *row) == (self.block, self.row))?;
        let (block, row) = *rows.get(step(here, way)?)?;
        Some(Self { block, row, column: self.column.min(last_column(table, block)) })
    }

    /// The cell at the left or right in the same row.
    pub(super) fn horizontal(self, table: &Table, way: Way) -> Option<Self> {
        let column = step(self.column, way)?;
        (column <= last_column(table, self.block)).then_some(Self { column, ..self })
    }
}

/// All cells of a table in the order in which Enter goes through them.
pub(super) fn order(table: &Table, direction: EnterDirection) -> Vec<Spot> {
    let across = |block: &Block, index: usize| {
        let columns = block.columns.len();
        (0..block.rows.len())
            .flat_map(move |row| (0..columns).map(move |column| Spot { block: index, row, column }))
            .collect::<Vec<_>>()
    };
    let down = |block: &Block, index: usize| {
        let rows = block.rows.len();
        (0..block.columns.len())
            .flat_map(move |column| (0..rows).map(move |row| Spot { block: index, row, column }))
            .collect::<Vec<_>>()
    };
    let blocks = table.blocks.iter().enumerate();
    match direction {
        EnterDirection::Right => blocks.flat_map(|(index, block)| across(block, index)).collect(),
        EnterDirection::Down => blocks.flat_map(|(index, block)| down(block, index)).collect(),
    }
}

/// The next or previous cell for Enter: totals are passed over unless they are being checked.
pub(super) fn next(form: &Form, table: &Table, from: Spot, way: Way, settings: Settings) -> Option<Spot> {
    let stops = |spot: &Spot| settings.control_totals || is_input(form, table, *spot);
    seek(table, from, way, settings.enter, stops)
}

/// The next or previous cell that a person fills in, from left to right whatever Enter does.
pub(super) fn next_across(
    form: &Form,
    table: &Table,
    from: Spot,
    way: Way,
    settings: Settings,
) -> Option<Spot> {
    next(form, table, from, way, Settings { enter: EnterDirection::Right, ..settings })
}

/// The next or previous cell that is not filled in.
pub(super) fn next_blank(form: &Form, report: &Report, table: &Table, from: Spot, way: Way) -> Option<Spot> {
    let stops = |spot: &Spot| {
        is_input(form, table, *spot) && spot.cell(table).is_some_and(|cell| report.figure(cell).is_blank())
    };
    seek(table, from, way, EnterDirection::Right, stops)
}

/// Whether a person fills in this cell.
pub(super) fn is_input(form: &Form, table: &Table, spot: Spot) -> bool {
    spot.cell(table).and_then(|cell| form.slot(cell)).is_some_and(|slot| slot.role == Role::Input)
}

/// The first or last cell of the table, or of one of its rows, that a person fills in.
pub(super) fn end_of(form: &Form, table: &Table, way: Way, within: Option<Spot>) -> Option<Spot> {
    let all = order(table, EnterDirection::Right);
    let mut fitting = all.into_iter().filter(|spot| {
        is_input(form, table, *spot)
            && within.is_none_or(|row| (row.block, row.row) == (spot.block, spot.row))
    });
    match way {
        Way::Back => fitting.next(),
        Way::Forward => fitting.next_back(),
    }
}

/// All rows of a table from top to bottom, by block and row.
pub(super) fn rows(table: &Table) -> Vec<(usize, usize)> {
    let blocks = table.blocks.iter().enumerate();
    blocks.flat_map(|(index, block)| (0..block.rows.len()).map(move |row| (index, row))).collect()
}

fn seek(
    table: &Table,
    from: Spot,
    way: Way,
    direction: EnterDirection,
    stops: impl Fn(&Spot) -> bool,
) -> Option<Spot> {
    let all = order(table, direction);
    let here = all.iter().position(|spot| *spot == from)?;
    match way {
        Way::Forward => all[here + 1..].iter().copied().find(stops),
        Way::Back => all[..here].iter().copied().rev().find(stops),
    }
}

fn last_column(table: &Table, block: usize) -> usize {
    table.blocks.get(block).map_or(0, |block| block.columns.len().saturating_sub(1))
}

fn step(index: usize, way: Way) -> Option<usize> {
    match way {
        Way::Forward => Some(index + 1),
        Way::Back => index.checked_sub(1),
    }
}
