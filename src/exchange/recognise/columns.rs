//! Which figure belongs to which column: by the heads above them where these can be told, else by their order.

use std::collections::HashMap;

use super::align::{Fit, Match, fits, located};
use super::entries::Entry;
use super::lines::Lines;
use super::targets::{Target, TargetKind, Targets, paths};
use super::wording::{Pattern, Words, contained};
use crate::exchange::document::{Block, Document, Table};
use crate::form::Form;
use crate::model::CellId;

/// Where the figures of an entry go.
#[derive(Debug, Default)]
pub(super) struct Assignment {
    /// For each cell the piece with its figure.
    pub(super) cells: Vec<(CellId, usize)>,
    /// Cells whose column gives 元 where the form has 万元.
    pub(super) in_yuan: Vec<CellId>,
    /// Filled pieces for which the form has no column.
    pub(super) extra: Vec<usize>,
    /// Cells that the source has no column for.
    pub(super) missing: Vec<CellId>,
    /// Whether the columns stand in another order than in the form.
    pub(super) reordered: bool,
    /// Whether blank cells were found only by the place of the figures in their line.
    pub(super) located: bool,
    /// Nothing could be assigned, as there is no telling which figure is which.
    pub(super) unsure: bool,
}

/// Assigns figures for all matches of one form.
pub(super) struct Columns<'a, 'd> {
    pub(super) document: &'d Document,
    pub(super) lines: &'a Lines<'d>,
    pub(super) entries: &'a [Entry],
    pub(super) form: &'a Form,
    pub(super) targets: &'a Targets,
    pub(super) matches: &'a [Match],
    /// For each table of the document and block of the form, the column of each leaf.
    known: HashMap<(usize, usize, usize), Option<HeadMap>>,
}

/// Columns of a table by their heads.
#[derive(Debug, Clone)]
struct HeadMap {
    /// The column of each leaf and whether it is in 元; none where the source has no such column.
    leaves: Vec<Option<(usize, bool)>>,
    /// All columns that have a head.
    headed: Vec<usize>,
}

impl<'a, 'd> Columns<'a, 'd> {
    pub(super) fn new(
        document: &'d Document,
        lines: &'a Lines<'d>,
        entries: &'a [Entry],
        (form, targets): (&'a Form, &'a Targets),
        matches: &'a [Match],
    ) -> Self {
        Self { document, lines, entries, form, targets, matches, known: HashMap::new() }
    }

    /// Where the figures of a match go.
    pub(super) fn assign(&mut self, found: &Match) -> Assignment {
        let (Some(entry), Some(target)) = (self.entries.get(found.entry), self.targets.all.get(found.target))
        else {
            return Assignment { unsure: true, ..Assignment::default() };
        };
        let cells = target.cells(self.form);
        if let Some((block, _)) = entry.row
            && let Some(map) = self.heads_of_table(block, target)
            && let Some(assignment) = self.by_heads(entry, &cells, &map)
        {
            return assignment;
        }
        let mut values = entry.values.as_slice();
        let mut is_located = false;
        if fits(self.lines, values, cells.len()) == Fit::No {
            let is_row = matches!(target.kind, TargetKind::Row(_)) && !entry.labels.is_empty();
            match located(self.lines, values, cells.len()).filter(|_| is_row) {
                Some(all) => (values, is_located) = (all, true),
                None => return Assignment { unsure: true, ..Assignment::default() },
            }
        }
        let (order, in_yuan) = self.heads_of_text(entry, target, cells.len());
        let reordered = order.is_some();
        let order = order.unwrap_or_else(|| (0..cells.len()).collect());
        let in_yuan =
            cells.iter().zip(in_yuan).filter(|(_, in_yuan)| *in_yuan).map(|(cell, _)| *cell).collect();
        let cells = cells.iter().zip(order);
        let cells = cells.filter_map(|(cell, at)| Some((*cell, *values.get(at)?))).collect();
        Assignment { cells, in_yuan, reordered, located: is_located, ..Assignment::default() }
    }

    fn by_heads(&self, entry: &Entry, cells: &[CellId], map: &HeadMap) -> Option<Assignment> {
        let mut assignment = Assignment::default();
        let pieces = self.pieces_of_row(entry);
        let mut used = Vec::new();
        let mut last = None;
        for (cell, column) in cells.iter().zip(&map.leaves) {
            let Some((column, in_yuan)) = column else {
                assignment.missing.push(*cell);
                continue;
            };
            assignment.reordered |= last.is_some_and(|last| *column < last);
            last = Some(*column);
            if *in_yuan {
                assignment.in_yuan.push(*cell);
            }
            // A cell that begins further up or left belongs to another figure; the row itself says nothing here.
            let piece = pieces.iter().find(|(_, at)| at == column)?;
            // Heads that stand over labels are not those of the figures.
            if entry.labels.contains(&piece.0) {
                return None;
            }
            used.push(piece.0);
            assignment.cells.push((*cell, piece.0));
        }
        let filled = |at: &usize| self.lines.pieces.get(*at).is_some_and(|piece| !piece.text.is_empty());
        assignment.extra =
            entry.values.iter().copied().filter(|at| !used.contains(at) && filled(at)).collect();
        // With a column missing, figures without a head might be just that column.
        let headed =
            |at: &usize| self.lines.pieces.get(*at).is_some_and(|piece| map.headed.contains(&piece.column));
        let doubtful = !assignment.missing.is_empty() && !assignment.extra.iter().all(headed);
        (!doubtful && !assignment.cells.is_empty()).then_some(assignment)
    }

    /// The pieces of the row of a table that an entry is, with their columns.
    fn pieces_of_row(&self, entry: &Entry) -> Vec<(usize, usize)> {
        let first = entry.values.first().and_then(|at| self.lines.pieces.get(*at));
        let line = first.map_or(0, |piece| piece.line);
        let range = self.lines.lines.get(line).map_or(0..0, |line| line.pieces.clone());
        range.filter_map(|at| Some((at, self.lines.pieces.get(at)?.column))).collect()
    }

    fn heads_of_table(&mut self, block: usize, target: &Target) -> Option<HeadMap> {
        let key = (block, target.table, target.block * 2 + usize::from(target.kind == TargetKind::Whole));
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let map = self.read_heads(block, target);
        self.known.insert(key, map.clone());
        map
    }

    fn read_heads(&self, block: usize, target: &Target) -> Option<HeadMap> {
        let Some(Block::Table(table)) = self.document.blocks.get(block) else { return None };
        let rows = self.matches.iter().filter_map(|found| {
            let (entry, other) = (self.entries.get(found.entry)?, self.targets.all.get(found.target)?);
            let (of_table, row) = entry.row?;
            (of_table == block).then_some((row, (other.table, other.block) == (target.table, target.block)))
        });
        let rows: Vec<(usize, bool)> = rows.collect();
        let first = rows.iter().filter(|(_, same)| *same).map(|(row, _)| *row).min()?;
        let from = rows.iter().filter(|(row, _)| *row < first).map(|(row, _)| row + 1).max().unwrap_or(0);
        let columns: Vec<(usize, Vec<char>, Words, bool)> = (0..table.columns())
            .filter_map(|column| head(table, from.max(first.saturating_sub(8))..first, column))
            .collect();
        self.map(target, &columns)
    }

    fn map(&self, target: &Target, columns: &[(usize, Vec<char>, Words, bool)]) -> Option<HeadMap> {
        let form_block = self.form.tables.get(target.table)?.blocks.get(target.block)?;
        let leaves: Vec<(Vec<char>, Words)> = match target.kind {
            TargetKind::Row(_) | TargetKind::Group(_) => paths(&form_block.heads),
            TargetKind::Column(_) => paths(&form_block.labels),
            TargetKind::Whole => {
                let heads = paths(&form_block.heads);
                let rows = paths(&form_block.labels).into_iter();
                rows.flat_map(|(above, row)| {
                    let above: Vec<char> = above.into_iter().chain(row.body).collect();
                    heads
                        .iter()
                        .map(move |(over, leaf)| ([&above[..], over].concat(), leaf.clone()))
                        .collect::<Vec<_>>()
                })
                .collect()
            }
        };
        let mut taken = vec![false; columns.len()];
        let mut map: Vec<Option<(usize, bool)>> = Vec::with_capacity(leaves.len());
        for (above, leaf) in &leaves {
            let pattern = Pattern::of(&leaf.body);
            let mut best: Option<(i32, usize)> = None;
            for (index, (_, over, head, _)) in columns.iter().enumerate() {
                let likeness = leaf.alike(&pattern, head);
                if likeness < 700 || taken.get(index) != Some(&false) {
                    continue;
                }
                let both = if above.is_empty() { 0 } else { contained(above, over) * 2 / 5 };
                if best.is_none_or(|(known, _)| likeness + both > known) {
                    best = Some((likeness + both, index));
                }
            }
            let column = best.and_then(|(_, index)| {
                if let Some(taken) = taken.get_mut(index) {
                    *taken = true;
                }
                columns.get(index).map(|(column, _, _, in_yuan)| (*column, *in_yuan))
            });
            map.push(column);
        }
        // A head that was altered beyond recognition leaves the order of the columns to go by.
        let missing = leaves.iter().zip(&map).filter(|(_, column)| column.is_none());
        let missing: Vec<&Words> = missing.map(|((_, leaf), _)| leaf).collect();
        let altered = missing.iter().any(|leaf| {
            let pattern = Pattern::of(&leaf.body);
            let free = columns.iter().zip(&taken).filter(|(_, taken)| !**taken);
            free.into_iter().any(|((_, _, head, _), _)| leaf.alike(&pattern, head) >= 350)
        });
        let headed = columns.iter().map(|(column, ..)| *column).collect();
        (missing.len() * 2 < map.len() && !altered).then_some(HeadMap { leaves: map, headed })
    }

    /// The order of the figures and which of them are in 元, as the heads in front of the first row have it; no
    /// order if they have none or the usual one. Heads that are nested do not come in the order of the columns.
    fn heads_of_text(&self, entry: &Entry, target: &Target, width: usize) -> (Option<Vec<usize>>, Vec<bool>) {
        let none = (None, vec![false; width]);
        let first = self.matches.iter().find(|found| {
            self.targets
                .all
                .get(found.target)
                .is_some_and(|other| (other.table, other.block) == (target.table, target.block))
        });
        let first = first.and_then(|found| self.entries.get(found.entry)).unwrap_or(entry);
        let block = self.form.tables.get(target.table).and_then(|table| table.blocks.get(target.block));
        let Some(block) = block.filter(|block| block.heads.depth() == 1) else { return none };
        if matches!(target.kind, TargetKind::Column(_) | TargetKind::Whole) {
            return none;
        }
        let above = first.before.clone().filter_map(|at| Some((at, self.lines.pieces.get(at)?)));
        let above: Vec<_> = above.collect();
        let mut places: Vec<Option<usize>> = Vec::new();
        let mut in_yuan = vec![false; width];
        for ((_, leaf), in_yuan) in paths(&block.heads).iter().zip(&mut in_yuan) {
            let pattern = Pattern::of(&leaf.body);
            let likely = above.iter().filter(|(at, _)| !places.contains(&Some(*at)));
            let likely = likely.map(|(at, piece)| (leaf.alike(&pattern, &piece.words), *at, piece.text));
            let likely = likely
                .filter(|(likeness, _, _)| *likeness >= 700)
                .max_by_key(|(likeness, at, _)| (*likeness, *at));
            *in_yuan = likely.is_some_and(|(_, _, text)| says_yuan(text));
            places.push(likely.filter(|(likeness, _, _)| *likeness >= 850).map(|(_, at, _)| at));
        }
        let Some(places) = places.into_iter().collect::<Option<Vec<usize>>>() else { return (None, in_yuan) };
        let order: Vec<usize> =
            places.iter().map(|place| places.iter().filter(|other| *other < place).count()).collect();
        (order.iter().zip(1..).any(|(rank, next)| rank + 1 != next).then_some(order), in_yuan)
    }
}

/// The column's heads in these rows: those above, the lowest, and whether it says 元.
fn head(
    table: &Table,
    rows: std::ops::Range<usize>,
    column: usize,
) -> Option<(usize, Vec<char>, Words, bool)> {
    let mut texts: Vec<&str> = Vec::new();
    let mut corner = None;
    for row in rows {
        let Some(cell) = table.cell(row, column) else { continue };
        if corner != Some((cell.row, cell.column)) && !cell.text.trim().is_empty() {
            texts.push(&cell.text);
        }
        corner = Some((cell.row, cell.column));
    }
    let lowest = texts.pop()?;
    let above = texts.iter().flat_map(|text| Words::of(text).body).collect();
    Some((column, above, Words::of(lowest), says_yuan(lowest)))
}

fn says_yuan(text: &str) -> bool {
    text.contains('元') && !text.contains("万元") && !text.contains("萬元") && !text.contains("亿元")
}
