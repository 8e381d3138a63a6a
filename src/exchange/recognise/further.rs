//! Columns of a source for which the form has none: sums to check by, shares, the figures of another year.

use super::draft::Draft;
use super::lines::{Lines, PieceSort};
use super::years::Said;
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
    pub(super) why: Why,
}

/// Why a column was left over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    NoSuchColumn,
    /// A column further left has the same head.
    Again,
    /// It is of another year.
    OfYear(Said),
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
        if all.len() < MANY && cell.why == Why::NoSuchColumn {
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
        let (count, values) = (texts.len(), excerpt(&values, 60));
        let (kind, message) = match cell.why {
            Why::NoSuchColumn => {
                let message = format!("这一列{name}在表式中没有对应的列，{count}行的内容没有采用：{values}");
                (NoteKind::LeftOver, message)
            }
            Why::OfYear(said) => {
                let message = format!("这一列{name}是{}的，{count}行的内容没有采用：{values}", said.name());
                (NoteKind::LeftOver, message)
            }
            Why::Again => {
                let message = format!(
                    "文件里有两列{name}，采用了前一列，这一列{count}行的内容没有采用：{values}；请核对哪一列是本年度的"
                );
                (NoteKind::Doubtful, message)
            }
        };
        texts.splice(0..0, head.map(|head| head.text));
        draft.note(cell.piece, kind, cell.place, first.at, texts.join(" "), message);
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
