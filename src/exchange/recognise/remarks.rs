//! Columns of a table in which offices remark something, and lines under one that do.

use super::content::is_nothing;
use super::wording::Words;
use super::{content, draft::Draft};
use crate::exchange::document::{At, Cell};
use crate::exchange::note::NoteKind;
use crate::form::{Form, Role};
use crate::model::{CellId, Place, excerpt};

/// What such a column is headed.
const HEADS: [&str; 6] = ["备注", "说明", "注", "附注", "备注说明", "情况说明"];

/// The columns of remarks of a table that is passed from above.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    /// First column of each and the one behind its last.
    columns: Vec<std::ops::Range<usize>>,
}

impl Remarks {
    /// Takes in the next row. Heads in a row without figures, in front of which something else is headed, begin
    /// columns of remarks; other heads end them.
    pub(super) fn pass(&mut self, cells: &[&Cell]) {
        let of_figures = |cell: &&&Cell| !self.has(cell);
        let mut others = cells.iter().filter(of_figures).filter(|cell| !is_head(cell));
        let heads = cells.len() > 1 && others.all(|cell| !is_figure(cell)) && are_heads(cells);
        if !heads {
            return;
        }
        for cell in cells {
            let range = cell.column..cell.column + cell.columns;
            self.columns.retain(|known| known.end <= range.start || range.end <= known.start);
            if is_head(cell) && cell.column > 0 {
                self.columns.push(range);
            }
        }
    }

    /// Whether a cell stands under such a head.
    pub(super) fn has(&self, cell: &Cell) -> bool {
        let (from, to) = (cell.column, cell.column + cell.columns);
        self.columns.iter().any(|known| known.start <= from && to <= known.end) && !is_head(cell)
    }
}

/// Keeps what was remarked beside a row as the note of its total, or of its first figure if it has none.
pub(super) fn keep(draft: &mut Draft<'_>, form: &Form, cells: &[CellId], order: usize, text: &str, at: &At) {
    let is_total = |cell: &CellId| form.slot(*cell).is_some_and(|slot| slot.role == Role::Total);
    let Some(cell) = cells.last().filter(|cell| is_total(cell)).or(cells.first()) else { return };
    if text.is_empty() || is_nothing(text) {
        return;
    }
    draft.remark(*cell, text);
    let place = Place::Cell(*cell);
    let message = format!("备注“{}”存为“{}”的附注", excerpt(text, 30), form.name(place));
    draft.note(order, NoteKind::Matched, Some(place), at, text, message);
}

/// Whether a text begins as remarks under a table do.
pub(super) fn begins_remark(text: &str) -> bool {
    let text = text.trim_start();
    let text = text.trim_start_matches(['*', '※', '（', '(']);
    HEADS.iter().any(|head| {
        text.strip_prefix(head).is_some_and(|rest| {
            let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
            rest.starts_with(['：', ':', '.', '．', '、'])
        })
    })
}

/// Whether a row is one of heads: it names a column of remarks behind another head, or leaves no cell but its first
/// blank.
fn are_heads(cells: &[&Cell]) -> bool {
    let names = cells.iter().skip(1).any(|cell| is_head(cell));
    names || (cells.len() > 2 && cells.iter().skip(1).all(|cell| !cell.text.trim().is_empty()))
}

fn is_head(cell: &Cell) -> bool {
    let words = Words::of(&cell.text);
    words.number.is_none() && HEADS.iter().any(|head| head.chars().eq(words.body.iter().copied()))
}

fn is_figure(cell: &Cell) -> bool {
    content::is_value(&cell.text)
}
