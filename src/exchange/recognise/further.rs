//! Columns of a source for which the form has none: sums to check by, shares, the figures of another year.

use super::draft::Draft;
use super::lines::{Lines, PieceSort};
use crate::exchange::note::NoteKind;
use crate::model::{Place, excerpt};

/// A filled cell of such a column.
#[derive(Debug)]
pub(super) struct Further {
    pub(super) piece: usize,
    /// Block of the document and row, if it stands in a table.
    pub(super) row: Option<(usize, usize)>,
    /// The row of the form beside which it stands.
    pub(super) name: String,
    pub(super) place: Option<Place>,
}

/// Pieces above a cell that are looked at for the head of its column.
const FAR: usize = 500;

/// From how many cells on one note speaks of the whole column.
const MANY: usize = 3;

/// Says of each cell, or of a column with many, that it was left over.
pub(super) fn note(draft: &mut Draft<'_>, lines: &Lines<'_>, further: &[Further]) {
    let piece = |cell: &Further| lines.pieces.get(cell.piece);
    let column = |cell: &Further| Some((cell.row?.0, piece(cell)?.column));
    let mut told = Vec::new();
    for cell in further {
        let Some(first) = piece(cell) else { continue };
        let place = column(cell);
        if place.is_some() && told.contains(&place) {
            continue;
        }
        let all: Vec<&Further> =
            further.iter().filter(|other| place.is_some() && column(other) == place).collect();
        if all.len() < MANY {
            let message = format!("“{}”这一行的“{}”没有对应的列，没有采用", cell.name, first.text);
            draft.note(cell.piece, NoteKind::LeftOver, cell.place, first.at, first.text, message);
            continue;
        }
        told.push(place);
        let mut texts: Vec<&str> =
            all.iter().filter_map(|cell| piece(cell)).map(|piece| piece.text).collect();
        let values = texts.join("、");
        let head = head(lines, cell).filter(|head| draft.take(*head)).and_then(|head| lines.pieces.get(head));
        let name = head.map_or(String::new(), |head| format!("“{}”", excerpt(head.text, 20)));
        let message = format!(
            "这一列{name}在表式中没有对应的列，{}行的内容没有采用：{}",
            texts.len(),
            excerpt(&values, 60)
        );
        texts.splice(0..0, head.map(|head| head.text));
        draft.note(cell.piece, NoteKind::LeftOver, cell.place, first.at, texts.join(" "), message);
    }
}

/// The nearest words over a cell of a table.
fn head(lines: &Lines<'_>, cell: &Further) -> Option<usize> {
    let (block, _) = cell.row?;
    let column = lines.pieces.get(cell.piece)?.column;
    let above = lines.pieces.get(..cell.piece)?.iter().enumerate().rev();
    let is_of_table = |line: usize| lines.lines.get(line).is_some_and(|line| line.block() == Some(block));
    let mut above = above.take(FAR).filter(|(_, piece)| is_of_table(piece.line) && piece.column == column);
    above.find(|(_, piece)| piece.sort == PieceSort::Label).map(|(index, _)| index)
}
