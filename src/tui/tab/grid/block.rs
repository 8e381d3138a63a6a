//! Edits of many cells at once: filling blanks with 0, and pasting from a spreadsheet.

use super::walk::{self, Spot};
use crate::form::{Form, Label, Role, Table, TableId};
use crate::model::{CellId, Edit, Figure, Place, Precision, number};
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
/// breaks between rows. Values over totals are stated totals.
///
/// Labels at the left are left out, and where one of them is that of a row of the table, its figures go there.
/// Rows of words alone are heads, and take no row of the table. None if there is nothing to put in.
pub(super) fn paste(session: &Session, table: &Table, from: Spot, text: &str) -> Option<Pasted> {
    let mut rows: Vec<Vec<&str>> =
        text.lines().map(|line| line.split('\t').map(str::trim).collect()).collect();
    while rows.last().is_some_and(|row| row.iter().all(|piece| piece.is_empty())) {
        rows.pop();
    }
    rows.retain(|row| !is_head(row));
    let labels = label_columns(&rows);
    let all_rows = walk::rows(table);
    let mut next = all_rows.iter().position(|row| *row == (from.block, from.row))?;
    let mut pasted = Pasted { edit: Edit::Many(Vec::new()), placed: 0, unread: 0, outside: 0, labels };
    let mut edits = Vec::new();
    for pieces in &rows {
        let (named, figures) = pieces.split_at(labels.min(pieces.len()));
        next = row_named(table, &all_rows, named).unwrap_or(next);
        for (shift, piece) in figures.iter().enumerate() {
            let spot = all_rows.get(next).map(|(block, row)| Spot {
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
        next += 1;
    }
    if edits.is_empty() && pasted.outside == 0 {
        return None;
    }
    pasted.edit = Edit::Many(edits);
    Some(pasted)
}

/// How many columns at the left hold labels: words in every row that has something there, with figures behind.
fn label_columns(rows: &[Vec<&str>]) -> usize {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let all_labels = |column: usize| {
        let mut pieces =
            rows.iter().filter_map(|row| row.get(column)).filter(|piece| !piece.is_empty()).peekable();
        pieces.peek().is_some() && pieces.all(|piece| is_label(piece))
    };
    let labels = (0..columns).take_while(|column| all_labels(*column)).count();
    if labels < columns { labels } else { 0 }
}

/// Whether a row holds words and nothing that could be meant as a figure.
fn is_head(row: &[&str]) -> bool {
    let mut pieces = row.iter().filter(|piece| !piece.is_empty()).peekable();
    pieces.peek().is_some() && pieces.all(|piece| is_label(piece))
}

/// Words that are no figure: neither a number (减4), nor what people write for none, nor a number with a remark.
fn is_label(piece: &str) -> bool {
    let begins_with_figure = piece.starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    // 1.属于国家秘密 is the label of a row although it begins with a figure.
    let numbered =
        piece.split_once(['.', '．', '、']).is_some_and(|(_, rest)| rest.starts_with(char::is_alphabetic));
    number::read(piece, Precision::MONEY).is_err()
        && !matches!(piece, "无" | "否" | "零")
        && piece.chars().any(char::is_alphabetic)
        && (!begins_with_figure || numbered)
}

/// The row of the table with one of these labels.
fn row_named(table: &Table, rows: &[(usize, usize)], names: &[&str]) -> Option<usize> {
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let wanted: Vec<String> = names.iter().map(|name| plain(name)).filter(|name| !name.is_empty()).collect();
    let is_wanted = |label: &Label| {
        [&label.full, &label.short, &label.name].into_iter().any(|text| wanted.contains(&plain(text)))
    };
    rows.iter().position(|(block, row)| {
        table.blocks.get(*block).and_then(|block| block.labels.leaf(*row)).is_some_and(is_wanted)
    })
}
