//! The heads of the columns of a table, held against the leaves of a block of the form.

use std::ops::Range;

use super::targets::{Target, TargetKind, paths};
use super::wording::{Pattern, Words, contained};
use super::years::{self, Said};
use crate::exchange::document::Table;
use crate::form::Form;

/// A leaf of a block: the labels over it, and its own.
pub(super) type Leaf = (Vec<char>, Words);

/// What stands over a column.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) column: usize,
    /// The words of the heads above the lowest.
    above: Vec<char>,
    lowest: Words,
    /// Whether it gives 元.
    in_yuan: bool,
    /// What it says of the year of its figures.
    pub(super) said: Option<Said>,
}

/// The heads over a block of the form in one table.
#[derive(Debug, Default)]
pub(super) struct Heads {
    leaves: Vec<(Leaf, Pattern)>,
    columns: Vec<Head>,
    /// The year of the report, as far as it is known.
    year: Option<i64>,
    /// Where each leaf is, if the heads tell.
    pub(super) map: Option<HeadMap>,
    /// Whether leaves of one name stand in an order that nothing explains.
    pub(super) unsure: bool,
}

/// Columns of a table by their heads.
#[derive(Debug, Clone)]
pub(super) struct HeadMap {
    /// The column of each leaf and whether it is in 元; none where the source has no such column.
    pub(super) leaves: Vec<Option<(usize, bool)>>,
    /// All columns that have a head.
    pub(super) headed: Vec<usize>,
    /// Columns that have the head of a leaf which another column has, too.
    pub(super) again: Vec<usize>,
}

/// From what likeness on a head can be that of a leaf.
const LIKELY: i32 = 700;

/// From what likeness on there is no doubt which leaf it is.
const SURE: i32 = 950;

/// From what likeness on a head speaks against another leaf.
const AGAINST: i32 = 850;

/// Groups that differ by less do not tell two leaves of one name apart.
const APART: i32 = 40;

/// The leaves under which the figures of a target stand, in their order.
pub(super) fn leaves(form: &Form, target: &Target) -> Vec<Leaf> {
    let block = form.tables.get(target.table).and_then(|table| table.blocks.get(target.block));
    let Some(block) = block else { return Vec::new() };
    match target.kind {
        TargetKind::Row(_) | TargetKind::Group(_) => paths(&block.heads),
        TargetKind::Column(_) => paths(&block.labels),
        TargetKind::Whole => {
            let heads = paths(&block.heads);
            let rows = paths(&block.labels).into_iter();
            rows.flat_map(|(above, row)| {
                let above: Vec<char> = above.into_iter().chain(row.body).collect();
                heads
                    .iter()
                    .map(move |(over, leaf)| ([&above[..], over].concat(), leaf.clone()))
                    .collect::<Vec<_>>()
            })
            .collect()
        }
    }
}

impl Heads {
    /// Reads the heads in these rows of a table.
    pub(super) fn of(table: &Table, rows: &Range<usize>, leaves: Vec<Leaf>, year: Option<i64>) -> Self {
        let year = year.or_else(|| years::latest(table));
        let columns = (0..table.columns()).filter_map(|column| head(table, rows, column)).collect();
        let leaves = leaves.into_iter().map(|leaf| {
            let pattern = Pattern::of(&leaf.1.body);
            (leaf, pattern)
        });
        let mut all = Self { leaves: leaves.collect(), columns, year, ..Self::default() };
        all.read();
        all
    }

    /// What a column says of its year, if that is not the year of the report.
    pub(super) fn of_other_year(&self, column: usize) -> Option<Said> {
        let head = self.columns.iter().find(|head| head.column == column)?;
        head.said.filter(|said| said.is_other(self.year))
    }

    /// Whether a column has the head of another leaf than this, or figures of another year.
    pub(super) fn speaks_against(&self, leaf: usize, column: usize) -> bool {
        let Some(head) = self.columns.iter().find(|head| head.column == column) else { return false };
        let own = self.alike(leaf, head);
        let other = || (0..self.leaves.len()).map(|other| self.alike(other, head)).max();
        self.is_other(leaf, head) || own < AGAINST && other().is_some_and(|best| best >= AGAINST)
    }

    /// Whether the heads of all leaves stand side by side in their order, the first left of a column.
    pub(super) fn all_begin_before(&self, column: usize) -> bool {
        let Some(map) = &self.map else { return false };
        let columns: Option<Vec<usize>> = map.leaves.iter().map(|leaf| leaf.map(|(at, _)| at)).collect();
        columns.is_some_and(|columns| {
            columns.first().is_some_and(|first| *first < column)
                && columns.windows(2).all(|pair| pair.first().map(|at| at + 1) == pair.last().copied())
        })
    }

    fn alike(&self, leaf: usize, head: &Head) -> i32 {
        self.leaves.get(leaf).map_or(0, |((_, leaf), pattern)| leaf.alike(pattern, &head.lowest))
    }

    /// Whether a column has figures of another year, where the leaf does not ask for just these.
    fn is_other(&self, leaf: usize, head: &Head) -> bool {
        let asked = |(above, leaf): &Leaf| {
            let text: String = above.iter().chain(&leaf.body).collect();
            matches!(years::said(&text), Some(Said::Last))
        };
        head.said.is_some_and(|said| said.is_other(self.year))
            && !self.leaves.get(leaf).is_some_and(|(leaf, _)| asked(leaf))
    }

    fn score(&self, leaf: usize, head: &Head) -> Option<i32> {
        let likeness = self.alike(leaf, head);
        if likeness < LIKELY || self.is_other(leaf, head) {
            return None;
        }
        // What is the very head of one leaf is not that of another.
        let others = self.leaves.iter().enumerate().filter(|(other, _)| *other != leaf);
        if likeness < SURE && others.into_iter().any(|(other, _)| self.alike(other, head) >= SURE) {
            return None;
        }
        Some(likeness + self.group(leaf, head))
    }

    /// How alike the groups over a leaf and over a column are.
    fn group(&self, leaf: usize, head: &Head) -> i32 {
        let above = self.leaves.get(leaf).map_or(&[][..], |((above, _), _)| above);
        if above.is_empty() {
            return 0;
        }
        (contained(above, &head.above) * 2 + contained(&head.above, above)) * 2 / 15
    }

    /// Finds the column of each leaf: the best pairs first, equal ones in their order.
    fn read(&mut self) {
        let mut pairs: Vec<(i32, usize, usize)> = Vec::new();
        for leaf in 0..self.leaves.len() {
            let scores = self.columns.iter().enumerate();
            pairs.extend(scores.filter_map(|(at, head)| Some((self.score(leaf, head)?, leaf, at))));
        }
        pairs.sort_by_key(|(score, leaf, at)| (std::cmp::Reverse(*score), *leaf, *at));
        let mut places: Vec<Option<(usize, i32)>> = vec![None; self.leaves.len()];
        let mut taken = vec![false; self.columns.len()];
        for (score, leaf, at) in &pairs {
            if let (Some(place @ None), Some(taken @ false)) = (places.get_mut(*leaf), taken.get_mut(*at)) {
                *place = Some((*at, *score));
                *taken = true;
            }
        }
        let again = pairs.iter().filter(|(score, leaf, at)| {
            let known = places.get(*leaf).copied().flatten();
            taken.get(*at) == Some(&false) && known.is_some_and(|(_, best)| *score >= best.min(SURE))
        });
        let again = again.filter_map(|(_, _, at)| self.columns.get(*at).map(|head| head.column)).collect();
        let found: Vec<usize> = places.iter().flatten().map(|(at, _)| *at).collect();
        let in_order = found.len() == places.len() && found.is_sorted();
        self.unsure = !in_order && self.is_mixed_up(&places);
        // A head that was altered beyond recognition leaves the order of the columns to go by.
        let missing: Vec<usize> = (0..places.len()).filter(|leaf| places.get(*leaf) == Some(&None)).collect();
        let free = || self.columns.iter().zip(&taken).filter(|(_, taken)| !**taken).map(|(head, _)| head);
        let altered = missing.iter().any(|leaf| {
            let leaf_of = |head: &&Head| self.score(*leaf, head).is_some() || !self.is_of_any(head);
            free().filter(leaf_of).any(|head| self.alike(*leaf, head) >= 350)
        });
        if missing.len() * 2 < places.len() && !altered {
            let column = |at: usize| self.columns.get(at).map(|head| (head.column, head.in_yuan));
            let leaves = places.iter().map(|place| place.and_then(|(at, _)| column(at))).collect();
            let headed = self.columns.iter().map(|head| head.column).collect();
            self.map = Some(HeadMap { leaves, headed, again });
        }
    }

    /// Whether a head is beyond doubt that of some leaf, or says that it has another year.
    fn is_of_any(&self, head: &Head) -> bool {
        head.said.is_some_and(|said| said.is_other(self.year))
            || (0..self.leaves.len()).any(|leaf| self.alike(leaf, head) >= SURE)
    }

    /// Whether leaves of one name were told apart by nothing but their order.
    fn is_mixed_up(&self, places: &[Option<(usize, i32)>]) -> bool {
        let body = |leaf: usize| self.leaves.get(leaf).map(|((_, leaf), _)| &leaf.body);
        (0..places.len()).any(|leaf| {
            let Some((at, _)) = places.get(leaf).copied().flatten() else { return false };
            let Some(head) = self.columns.get(at) else { return false };
            let mut twins = (0..places.len()).filter(|other| *other != leaf && body(*other) == body(leaf));
            twins.any(|twin| self.group(twin, head) + APART > self.group(leaf, head))
        })
    }
}

/// The column's heads in these rows.
fn head(table: &Table, rows: &Range<usize>, column: usize) -> Option<Head> {
    let mut lowest: Option<(usize, &str)> = None;
    for row in rows.clone() {
        let Some(cell) = table.cell(row, column) else { continue };
        if !cell.text.trim().is_empty() {
            lowest = Some((cell.row, &cell.text));
        }
    }
    let (end, lowest) = lowest?;
    let mut texts: Vec<&str> = Vec::new();
    let mut corner = None;
    for row in rows.start..end {
        // Where merged cells were lost, the text of a group stands in its first column alone.
        let cells = (0..=column).rev().filter_map(|column| table.cell(row, column));
        let Some(cell) = cells.into_iter().find(|cell| !cell.text.trim().is_empty()) else { continue };
        if corner != Some((cell.row, cell.column)) {
            texts.push(&cell.text);
        }
        corner = Some((cell.row, cell.column));
    }
    let above = texts.iter().flat_map(|text| Words::of(text).body).collect();
    let said = texts.iter().rev().find_map(|text| years::said_alone(text));
    let said = years::said(lowest).or(said).or_else(|| years::over(table, rows.start, column));
    Some(Head { column, above, lowest: Words::of(lowest), in_yuan: says_yuan(lowest), said })
}

pub(super) fn says_yuan(text: &str) -> bool {
    text.contains('元') && !text.contains("万元") && !text.contains("萬元") && !text.contains("亿元")
}
