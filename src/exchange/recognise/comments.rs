//! What people wrote beside the cells of a sheet: kept as notes of figures, or told where there is no figure.

use super::draft::Draft;
use crate::exchange::document::{Block, Cell, Document};
use crate::exchange::note::NoteKind;
use crate::form::Form;
use crate::model::{CellId, Place, excerpt};

/// Keeps what stands beside a cell of the source as the note of the figure that it holds. `order` is the piece.
pub(super) fn keep(draft: &mut Draft<'_>, form: &Form, id: CellId, cell: &Cell, order: usize) {
    if cell.remark.is_empty() {
        return;
    }
    draft.remark(id, &cell.remark);
    let place = Place::Cell(id);
    let message = format!("批注“{}”存为“{}”的附注", excerpt(&cell.remark, 30), form.name(place));
    draft.note(order, NoteKind::Matched, Some(place), &cell.at, &cell.remark, message);
    draft.commented.push(cell.at.clone());
}

/// Tells of all that stands beside other cells.
pub(super) fn tell_others(draft: &mut Draft<'_>, document: &Document) {
    for block in &document.blocks {
        let Block::Table(table) = block else { continue };
        for cell in table.cells().iter().filter(|cell| !cell.remark.is_empty()) {
            if !draft.commented.contains(&cell.at) {
                let message = format!("批注“{}”不在填入的数旁边，没有采用", excerpt(&cell.remark, 30));
                draft.note(usize::MAX, NoteKind::LeftOver, None, &cell.at, &cell.remark, message);
            }
        }
    }
}
