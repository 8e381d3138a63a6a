//! The order in which plain text has the heads of columns, held against the order in which the form prints them.

use std::ops::Range;

use super::heads;
use super::lines::{Lines, Piece, PieceSort, Shape};
use super::targets::{Target, TargetKind};
use super::wording::{Pattern, Words};
use crate::form::{Form, Header};

/// From what likeness on a piece is a head.
const SAME: i32 = 850;

/// A label over columns as the form prints it.
struct Label {
    depth: usize,
    /// The first leaf that it stands over.
    start: usize,
    is_leaf: bool,
    /// Labels with the same words have the same number.
    kind: usize,
}

/// All labels over the columns of a block.
struct Labels {
    all: Vec<Label>,
    kinds: Vec<(Words, Pattern)>,
}

/// Whether the heads among these pieces stand in another order than in the form, or over the figures of a row where
/// the form has others.
pub(super) fn speaks_against(
    lines: &Lines<'_>,
    above: Range<usize>,
    form: &Form,
    target: &Target,
    values: &[usize],
) -> bool {
    let Some(labels) = Labels::of(form, target) else { return false };
    let mut rows: Vec<(usize, Vec<usize>)> = Vec::new();
    for (at, piece) in above.clone().filter_map(|at| Some((at, lines.pieces.get(at)?))) {
        let Some(kind) = labels.kind(piece) else { continue };
        // Lines that begin with a head have no cells for the labels, and perhaps none for what is merged.
        let head = lines.lines.get(piece.line).and_then(|line| lines.pieces.get(line.pieces.start));
        let is_grid = head.is_some_and(|first| labels.kind(first).is_none());
        if is_grid && shifted(lines, (at, piece), form, target, values) {
            return true;
        }
        match rows.last_mut().filter(|(line, _)| *line == piece.line) {
            Some((_, row)) => row.push(kind),
            None => rows.push((piece.line, vec![kind])),
        }
    }
    let found: Vec<usize> = rows.iter().flat_map(|(_, row)| row).copied().collect();
    let ways = labels.ways(&found);
    if rows.iter().any(|(_, row)| row.len() > 1) {
        return rows.iter().any(|(_, row)| !labels.is_run(row, &ways));
    }
    let is_cell = |(line, _): &(usize, Vec<usize>)| {
        lines.lines.get(*line).is_some_and(|line| line.shape == Shape::TabCell || line.pieces.len() == 1)
    };
    found.len() > 1 && rows.iter().all(is_cell) && !ways.iter().any(|way| found.ends_with(way))
}

/// Whether a head stands where the row has the figure of another leaf, cell by cell.
fn shifted(
    lines: &Lines<'_>,
    (at, piece): (usize, &Piece<'_>),
    form: &Form,
    target: &Target,
    values: &[usize],
) -> bool {
    let line_of = |at: usize| lines.pieces.get(at).and_then(|piece| lines.lines.get(piece.line));
    let (Some(head), Some(row)) =
        (lines.lines.get(piece.line), values.first().and_then(|first| line_of(*first)))
    else {
        return false;
    };
    if head.pieces.len() != row.pieces.len() || head.pieces.len() < 2 {
        return false;
    }
    let below = row.pieces.start + (at - head.pieces.start);
    let Some(leaf) = values.iter().position(|value| *value == below) else { return false };
    let leaves = heads::leaves(form, target);
    let alike = |words: &Words| words.alike(&Pattern::of(&words.body), &piece.words);
    let own = leaves.get(leaf).map_or(0, |(_, words)| alike(words));
    own < SAME && leaves.iter().any(|(_, words)| alike(words) >= SAME)
}

impl Labels {
    fn of(form: &Form, target: &Target) -> Option<Self> {
        let block = form.tables.get(target.table)?.blocks.get(target.block)?;
        let mut labels = Self { all: Vec::new(), kinds: Vec::new() };
        match target.kind {
            TargetKind::Row(_) | TargetKind::Group(_) => labels.add(&block.heads, 0, 0, 1),
            TargetKind::Column(_) => labels.add(&block.labels, 0, 0, 1),
            TargetKind::Whole => {
                let width = block.heads.leaves().max(1);
                labels.add(&block.labels, 0, 0, width);
                labels.all.iter_mut().for_each(|label| label.is_leaf = false);
                for row in block.labels.labels().iter().filter(|row| row.is_leaf) {
                    labels.add(&block.heads, row.depth + 1, row.leaves.start * width, 1);
                }
            }
        }
        Some(labels)
    }

    fn add(&mut self, header: &Header, depth: usize, from: usize, width: usize) {
        for label in header.labels() {
            let words = Words::of(&label.full);
            let kind = self.kinds.iter().position(|(known, _)| known.body == words.body);
            let kind = kind.unwrap_or_else(|| {
                let pattern = Pattern::of(&words.body);
                self.kinds.push((words, pattern));
                self.kinds.len() - 1
            });
            let (depth, start) = (depth + label.depth, from + label.leaves.start * width);
            self.all.push(Label { depth, start, is_leaf: label.is_leaf, kind });
        }
    }

    fn kind(&self, piece: &Piece<'_>) -> Option<usize> {
        if piece.sort != PieceSort::Label {
            return None;
        }
        let alike = self.kinds.iter().map(|(words, pattern)| words.alike(pattern, &piece.words));
        let best = alike.enumerate().max_by_key(|(_, likeness)| *likeness);
        best.filter(|(_, likeness)| *likeness >= SAME).map(|(kind, _)| kind)
    }

    /// The orders in which these labels may stand one after the other.
    fn ways(&self, found: &[usize]) -> Vec<Vec<usize>> {
        let by = |key: fn(&Label) -> (usize, usize, usize)| {
            let mut labels: Vec<&Label> =
                self.all.iter().filter(|label| found.contains(&label.kind)).collect();
            labels.sort_by_key(|label| key(label));
            labels.iter().map(|label| label.kind).collect::<Vec<_>>()
        };
        vec![
            by(|label| (label.depth, label.start, 0)),
            by(|label| (label.start, label.depth, 0)),
            by(|label| {
                (usize::from(label.is_leaf), if label.is_leaf { 0 } else { label.depth }, label.start)
            }),
        ]
    }

    /// Whether labels may stand side by side in one line.
    fn is_run(&self, row: &[usize], ways: &[Vec<usize>]) -> bool {
        if row.len() < 2 || ways.iter().any(|way| way.windows(row.len()).any(|run| run == row)) {
            return true;
        }
        // Labels that occur once only have to come in the order of the columns.
        let mut last = None;
        row.iter().all(|kind| {
            let mut same = self.all.iter().filter(|label| label.kind == *kind);
            let (Some(label), None) = (same.next(), same.next()) else { return false };
            let place = (label.start, label.depth);
            last.replace(place).is_none_or(|last| last < place)
        })
    }
}
