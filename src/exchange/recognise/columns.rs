//! Which figure belongs to which column: by the heads above them where these can be told, else by their order.

use std::collections::HashMap;
use std::rc::Rc;

use super::align::{Fit, Match, fits, located};
use super::entries::Entry;
use super::further::Why;
use super::heads::{self, HeadMap, Heads, says_yuan};
use super::lines::Lines;
use super::reading;
use super::targets::{Target, TargetKind, Targets, paths};
use super::wording::Pattern;
use crate::exchange::document::{Block, Document};
use crate::form::Form;
use crate::model::CellId;

/// Where the figures of an entry go.
#[derive(Debug, Default)]
pub(super) struct Assignment {
    /// For each cell the piece with its figure.
    pub(super) cells: Vec<(CellId, usize)>,
    /// Cells whose column gives 元 where the form has 万元.
    pub(super) in_yuan: Vec<CellId>,
    /// Filled pieces for which the form has no column, and what is known of theirs.
    pub(super) extra: Vec<(usize, Why)>,
    /// Cells that the source has no column for.
    pub(super) missing: Vec<CellId>,
    /// Whether the columns stand in another order than in the form.
    pub(super) reordered: bool,
    /// Whether blank cells were found only by the place of the figures in their line.
    pub(super) located: bool,
    /// Why nothing could be assigned, as there is no telling which figure is which.
    pub(super) unsure: Option<Unsure>,
}

/// What leaves open which figure is which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unsure {
    /// How many there are.
    Count,
    /// The heads over them.
    Heads,
}

/// Assigns figures for all matches of one form.
pub(super) struct Columns<'a, 'd> {
    pub(super) document: &'d Document,
    pub(super) lines: &'a Lines<'d>,
    pub(super) entries: &'a [Entry],
    pub(super) form: &'a Form,
    pub(super) targets: &'a Targets,
    pub(super) matches: &'a [Match],
    /// For each table of the document and block of the form, the heads over it.
    known: HashMap<(usize, usize, usize), Rc<Heads>>,
    /// The year of the report, as far as it is known.
    year: Option<i64>,
}

impl<'a, 'd> Columns<'a, 'd> {
    pub(super) fn new(
        document: &'d Document,
        lines: &'a Lines<'d>,
        entries: &'a [Entry],
        (form, targets): (&'a Form, &'a Targets),
        (matches, year): (&'a [Match], Option<i64>),
    ) -> Self {
        Self { document, lines, entries, form, targets, matches, known: HashMap::new(), year }
    }

    /// Where the figures of a match go.
    pub(super) fn assign(&mut self, found: &Match) -> Assignment {
        let (Some(entry), Some(target)) = (self.entries.get(found.entry), self.targets.all.get(found.target))
        else {
            return Assignment { unsure: Some(Unsure::Count), ..Assignment::default() };
        };
        let cells = target.cells(self.form);
        let heads = entry.row.map(|(block, _)| self.heads_of_table(block, target));
        if let Some(heads) = &heads {
            if heads.unsure {
                return Assignment { unsure: Some(Unsure::Heads), ..Assignment::default() };
            }
            if let Some(map) = &heads.map
                && let Some(assignment) = self.by_heads(entry, &cells, heads, map)
            {
                return assignment;
            }
        }
        let mut values = entry.values.as_slice();
        let mut is_located = false;
        if fits(self.lines, values, cells.len()) == Fit::No {
            let is_row = matches!(target.kind, TargetKind::Row(_)) && !entry.labels.is_empty();
            match located(self.lines, values, cells.len()).filter(|_| is_row) {
                Some(all) => (values, is_located) = (all, true),
                None => return Assignment { unsure: Some(Unsure::Count), ..Assignment::default() },
            }
        }
        let (order, in_yuan) = self.heads_of_text(entry, target, cells.len());
        let reordered = order.is_some();
        if !reordered && self.heads_speak_against(entry, target, heads.as_deref(), values) {
            return Assignment { unsure: Some(Unsure::Heads), ..Assignment::default() };
        }
        let order = order.unwrap_or_else(|| (0..cells.len()).collect());
        let in_yuan =
            cells.iter().zip(in_yuan).filter(|(_, in_yuan)| *in_yuan).map(|(cell, _)| *cell).collect();
        let cells = cells.iter().zip(order);
        let cells = cells.filter_map(|(cell, at)| Some((*cell, *values.get(at)?))).collect();
        Assignment { cells, in_yuan, reordered, located: is_located, ..Assignment::default() }
    }

    fn by_heads(&self, entry: &Entry, cells: &[CellId], heads: &Heads, map: &HeadMap) -> Option<Assignment> {
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
        assignment.extra = entry
            .values
            .iter()
            .copied()
            .filter(|at| !used.contains(at) && filled(at))
            .map(|at| {
                let column = self.lines.pieces.get(at).map_or(0, |piece| piece.column);
                let why = match heads.of_other_year(column) {
                    Some(said) => Why::OfYear(said),
                    None if map.again.contains(&column) => Why::Again,
                    None => Why::NoSuchColumn,
                };
                (at, why)
            })
            .collect();
        // With a column missing, figures without a head might be just that column.
        let headed =
            |at: &usize| self.lines.pieces.get(*at).is_some_and(|piece| map.headed.contains(&piece.column));
        let doubtful = !assignment.missing.is_empty() && !assignment.extra.iter().all(|(at, _)| headed(at));
        (!doubtful && !assignment.cells.is_empty()).then_some(assignment)
    }

    /// The pieces of the row of a table that an entry is, with their columns.
    fn pieces_of_row(&self, entry: &Entry) -> Vec<(usize, usize)> {
        let first = entry.values.first().and_then(|at| self.lines.pieces.get(*at));
        let line = first.map_or(0, |piece| piece.line);
        let range = self.lines.lines.get(line).map_or(0..0, |line| line.pieces.clone());
        range.filter_map(|at| Some((at, self.lines.pieces.get(at)?.column))).collect()
    }

    fn heads_of_table(&mut self, block: usize, target: &Target) -> Rc<Heads> {
        let key = (block, target.table, target.block * 2 + usize::from(target.kind == TargetKind::Whole));
        if let Some(known) = self.known.get(&key) {
            return Rc::clone(known);
        }
        let heads = Rc::new(self.read_heads(block, target).unwrap_or_default());
        self.known.insert(key, Rc::clone(&heads));
        heads
    }

    fn read_heads(&self, block: usize, target: &Target) -> Option<Heads> {
        let Some(Block::Table(table)) = self.document.blocks.get(block) else { return None };
        let rows = self.matches.iter().filter_map(|found| {
            let (entry, other) = (self.entries.get(found.entry)?, self.targets.all.get(found.target)?);
            let (of_table, row) = entry.row?;
            (of_table == block).then_some((row, (other.table, other.block) == (target.table, target.block)))
        });
        let rows: Vec<(usize, bool)> = rows.collect();
        let first = rows.iter().filter(|(_, same)| *same).map(|(row, _)| *row).min()?;
        let from = rows.iter().filter(|(row, _)| *row < first).map(|(row, _)| row + 1).max().unwrap_or(0);
        let range = from.max(first.saturating_sub(8))..first;
        Some(Heads::of(table, &range, heads::leaves(self.form, target), self.year))
    }

    /// Whether figures can not stand in the order of the form, as heads name other columns or another order.
    fn heads_speak_against(
        &self,
        entry: &Entry,
        target: &Target,
        heads: Option<&Heads>,
        values: &[usize],
    ) -> bool {
        if let Some(heads) = heads {
            let column = |at: &usize| self.lines.pieces.get(*at).map_or(0, |piece| piece.column);
            // Heads that are all there, but moved over the labels, say no more than their order does.
            let moved = values.first().is_some_and(|first| heads.all_begin_before(column(first)));
            return !moved
                && values.iter().enumerate().any(|(leaf, at)| heads.speaks_against(leaf, column(at)));
        }
        let first = self.first_of_block(target).unwrap_or(entry);
        // What stands right before the figures of a whole block is the last of its heads.
        let end = first.values.first().filter(|_| target.kind == TargetKind::Whole);
        let above = first.before.start..end.copied().unwrap_or(first.before.end);
        reading::speaks_against(self.lines, above, self.form, target, values)
    }

    /// The first entry of the block of a target.
    fn first_of_block(&self, target: &Target) -> Option<&'a Entry> {
        let first = self.matches.iter().find(|found| {
            self.targets
                .all
                .get(found.target)
                .is_some_and(|other| (other.table, other.block) == (target.table, target.block))
        });
        first.and_then(|found| self.entries.get(found.entry))
    }

    /// The order of the figures and which of them are in 元, as the heads in front of the first row have it; no
    /// order if they have none or the usual one. Heads that are nested do not come in the order of the columns.
    fn heads_of_text(&self, entry: &Entry, target: &Target, width: usize) -> (Option<Vec<usize>>, Vec<bool>) {
        let none = (None, vec![false; width]);
        let first = self.first_of_block(target).unwrap_or(entry);
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
