//! What a form expects, in order, as a graph: each block of a table is passed row by row, or column by column if
//! the source has it turned, or at once if the source has its rows side by side.

use std::ops::Range;

use super::wording::{Pattern, Words};
use crate::form::{Block, Form, Header};
use crate::model::CellId;

/// What an entry may be.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) table: usize,
    pub(super) block: usize,
    pub(super) kind: TargetKind,
    /// The label in full, in short and in a sentence.
    pub(super) labels: Vec<(Words, Pattern)>,
}

/// Which part of a block it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TargetKind {
    /// One row.
    Row(usize),
    /// Several rows printed as one, under the label of their group.
    Group(Range<usize>),
    /// One column, where rows and columns are turned.
    Column(usize),
    /// All rows side by side.
    Whole,
}

/// The whole graph of a form. Nodes are numbered so that all ways go upwards.
#[derive(Debug, Default)]
pub(super) struct Targets {
    pub(super) all: Vec<Target>,
    /// Ways that match nothing: from, to, and what that costs.
    pub(super) skips: Vec<(usize, usize, i32)>,
    pub(super) nodes: usize,
    /// Words of the heads and rows of each block of each table, and their characters in one list.
    pub(super) blocks: Vec<Vec<Vec<char>>>,
}

impl Target {
    /// The cells it stands for, in the order in which figures come.
    pub(super) fn cells(&self, form: &Form) -> Vec<CellId> {
        let Some(block) = form.tables.get(self.table).and_then(|table| table.blocks.get(self.block)) else {
            return Vec::new();
        };
        let (rows, columns) = (block.rows.len(), block.columns.len());
        let pairs: Vec<(usize, usize)> = match &self.kind {
            TargetKind::Row(row) => (0..columns).map(|column| (*row, column)).collect(),
            TargetKind::Group(range) => (0..columns).map(|column| (range.start, column)).collect(),
            TargetKind::Column(column) => (0..rows).map(|row| (row, *column)).collect(),
            TargetKind::Whole => {
                (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column))).collect()
            }
        };
        pairs.into_iter().filter_map(|(row, column)| block.cell(row, column)).collect()
    }

    /// How many figures it has.
    pub(super) fn width(&self, form: &Form) -> usize {
        let block = form.tables.get(self.table).and_then(|table| table.blocks.get(self.block));
        block.map_or(0, |block| match self.kind {
            TargetKind::Row(_) | TargetKind::Group(_) => block.columns.len(),
            TargetKind::Column(_) => block.rows.len(),
            TargetKind::Whole => block.rows.len() * block.columns.len(),
        })
    }
}

/// What it costs to leave out a row.
const GAP: i32 = -30;

impl Targets {
    pub(super) fn of(form: &Form) -> Self {
        let mut targets = Self { nodes: 1, ..Self::default() };
        for (index, table) in form.tables.iter().enumerate() {
            let mut words = Vec::new();
            for (number, block) in table.blocks.iter().enumerate() {
                targets.block(index, number, block);
                let labels = block.heads.labels().iter().chain(block.labels.labels());
                words.push(labels.flat_map(|label| Words::of(&label.full).body).collect());
            }
            targets.blocks.push(words);
        }
        targets
    }

    fn block(&mut self, table: usize, number: usize, block: &Block) {
        let start = self.nodes - 1;
        let (rows, columns) = (block.rows.len(), block.columns.len());
        let row_nodes: Vec<usize> = self.lane(start, rows);
        let labels = &block.labels;
        let add = |this: &mut Self, from, to, kind, labels| {
            this.all.push(Target { from, to, table, block: number, kind, labels });
        };
        for label in labels.labels() {
            let ends = (row_nodes.get(label.leaves.start), row_nodes.get(label.leaves.end));
            let (Some(from), Some(to)) = ends else { continue };
            let kind = if label.is_leaf {
                TargetKind::Row(label.leaves.start)
            } else {
                TargetKind::Group(label.leaves.clone())
            };
            add(self, *from, *to, kind, variants([&label.full, &label.short, &label.name]));
        }
        let mut ends = vec![*row_nodes.last().unwrap_or(&start)];
        if rows > 1 {
            let column_nodes = self.lane(start, columns);
            for (column, pair) in column_nodes.windows(2).enumerate() {
                if let (Some(label), [from, to]) = (block.heads.leaf(column), pair) {
                    let labels = variants([&label.full, &label.short, &label.name]);
                    add(self, *from, *to, TargetKind::Column(column), labels);
                }
            }
            ends.extend(column_nodes.last());
            let whole = self.node();
            add(self, start, whole, TargetKind::Whole, Vec::new());
            ends.push(whole);
        }
        let end = self.node();
        for from in ends {
            self.skips.push((from, end, 0));
        }
    }

    /// A row of nodes, each of which can be skipped.
    fn lane(&mut self, start: usize, length: usize) -> Vec<usize> {
        let mut nodes = vec![start];
        for _ in 0..length {
            let node = self.node();
            self.skips.push((*nodes.last().unwrap_or(&start), node, GAP));
            nodes.push(node);
        }
        nodes
    }

    fn node(&mut self) -> usize {
        self.nodes += 1;
        self.nodes - 1
    }
}

/// The different ways to write a label.
pub(super) fn variants<'a>(texts: impl IntoIterator<Item = &'a String>) -> Vec<(Words, Pattern)> {
    let mut found: Vec<(Words, Pattern)> = Vec::new();
    for text in texts {
        let words = Words::of(text);
        if !words.body.is_empty() && found.iter().all(|(known, _)| *known != words) {
            let pattern = Pattern::of(&words.body);
            found.push((words, pattern));
        }
    }
    found
}

/// The labels over each leaf, from the top group down, and the leaf's own.
pub(super) fn paths(header: &Header) -> Vec<(Vec<char>, Words)> {
    (0..header.leaves())
        .map(|leaf| {
            let above = header.path(leaf).filter(|label| !label.is_leaf);
            let above = above.flat_map(|label| Words::of(&label.full).body).collect();
            (above, header.leaf(leaf).map_or_else(Words::default, |label| Words::of(&label.full)))
        })
        .collect()
}
