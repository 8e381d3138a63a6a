//! Edits of many cells at once: filling blanks with 0, and pasting from a spreadsheet.

use super::walk::{self, Spot};
use crate::form::{Form, Role, Table, TableId};
use crate::model::{CellId, Edit, Figure, Place};
use crate::session::Session;

/// Fills all blanks among these cells with 0. None if there are none.
pub(super) fn zero(session: &Session, cells: impl Iterator<Item = CellId>) -> Option<(Edit, usize)> {
    let form = session.form();
    let blank = |cell: &CellId| {
        form.slot(*cell).is_some_and(|slot| slot.role == Role::Input)
            && session.report().figure(*cell).is_blank()
    };
    let edits: Vec<_> =
        cells.filter(blank).map(|cell| Edit::Figure { cell, to: Figure::Number(0) }).collect();
    let count = edits.len();
    (count > 0).then_some((Edit::Many(edits), count))
}

/// The cells of a row from a column on.
pub(super) fn rest_of_row(table: &Table, from: Spot) -> impl Iterator<Item = CellId> + '_ {
    let block = table.blocks.get(from.block);
    let columns = block.map_or(0, |block| block.columns.len());
    (from.column..columns).filter_map(move |column| Spot { column, ..from }.cell(table))
}

/// All cells of a table.
pub(super) fn of_table(form: &Form, table: TableId) -> Vec<CellId> {
    form.table(table)
        .map_or(Vec::new(), |table| table.blocks.iter().flat_map(crate::form::Block::cells).collect())
}

/// What became of a pasted block.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Pasted {
    /// All changes as one.
    pub(super) edit: Edit,
    /// How many figures went in.
    pub(super) placed: usize,
    /// How many of them could not be read as numbers.
    pub(super) unread: usize,
    /// How many pieces lay beyond the right or lower edge of the table.
    pub(super) outside: usize,
    /// How many columns of labels were left out on the left.
    pub(super) labels: usize,
}

/// Puts a block of text, as a spreadsheet copies it, into the table from a cell on: tabs between columns, line
/// breaks between rows. Values over totals are stated totals. None if there is nothing in it.
pub(super) fn paste(session: &Session, table: &Table, from: Spot, text: &str) -> Option<Pasted> {
    let mut rows: Vec<Vec<&str>> =
        text.lines().map(|line| line.split('\t').map(str::trim).collect()).collect();
    while rows.last().is_some_and(|row| row.iter().all(|piece| piece.is_empty())) {
        rows.pop();
    }
    let labels = label_columns(&rows);
    let all_rows = walk::rows(table);
    let start = all_rows.iter().position(|row| *row == (from.block, from.row))?;
    let mut pasted = Pasted { edit: Edit::Many(Vec::new()), placed: 0, unread: 0, outside: 0, labels };
    let mut edits = Vec::new();
    for (offset, pieces) in rows.iter().enumerate() {
        for (shift, piece) in pieces.iter().skip(labels).enumerate() {
            let spot = all_rows.get(start + offset).map(|(block, row)| Spot {
                block: *block,
                row: *row,
                column: from.column + shift,
            });
            let Some(cell) = spot.and_then(|spot| spot.cell(table)) else {
                pasted.outside += usize::from(!piece.is_empty());
                continue;
            };
            let edit = session.typed(Place::Cell(cell), piece);
            if let Edit::Figure { to, .. } | Edit::Stated { to, .. } = &edit {
                pasted.unread += usize::from(matches!(to, Figure::Unread(_)));
                pasted.placed += usize::from(!to.is_blank());
            }
            edits.push(edit);
        }
    }
    if edits.is_empty() && pasted.outside == 0 {
        return None;
    }
    pasted.edit = Edit::Many(edits);
    Some(pasted)
}

/// How many columns at the left hold labels: words in every row, with figures behind them.
fn label_columns(rows: &[Vec<&str>]) -> usize {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let is_words = |piece: &str| {
        piece.chars().any(char::is_alphabetic) && !piece.starts_with(|c: char| c.is_ascii_digit())
    };
    let all_words = |column: usize| {
        let mut pieces =
            rows.iter().filter_map(|row| row.get(column)).filter(|piece| !piece.is_empty()).peekable();
        pieces.peek().is_some() && pieces.all(|piece| is_words(piece))
    };
    let labels = (0..columns).take_while(|column| all_words(*column)).count();
    if labels < columns { labels } else { 0 }
}
