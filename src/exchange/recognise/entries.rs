//! What may be a row of a form: labels with the figures that follow them.

use std::ops::Range;

use super::content::is_odd;
use super::fields::Fields;
use super::lines::{LineSort, Lines, Piece, PieceSort, Shape};
use super::wording::{LONGEST, Pattern, mask};

/// Labels and the figures behind them, all as indexes of pieces.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    /// The labels that stand with the figures; the last one is nearest.
    pub(super) labels: Vec<usize>,
    /// The figures, blanks among them; none of a label that stands alone.
    pub(super) values: Vec<usize>,
    /// Pieces between the figures before and the labels: heads of columns, or first halves of the label.
    pub(super) before: Range<usize>,
    /// The row of the table that it is: block of the document and row.
    pub(super) row: Option<(usize, usize)>,
    /// Whether only words stand where other rows have figures, so that it may as well be one of heads.
    pub(super) odd: bool,
    /// The words of the labels, with those shortly before them.
    pub(super) words: Vec<char>,
    /// Where the words of the last label begin in `words`.
    pub(super) last_from: usize,
    /// The words of the last label, to be looked for.
    pub(super) last: Pattern,
    pub(super) mask: u128,
}

impl Entry {
    /// The first piece.
    pub(super) fn start(&self) -> usize {
        self.labels.first().or(self.values.first()).copied().unwrap_or_default()
    }

    /// The piece by which entries are put in order: what the figures belong to.
    fn place(&self) -> usize {
        self.labels.last().or(self.values.first()).copied().unwrap_or_default()
    }

    /// All its pieces.
    pub(super) fn pieces(&self) -> impl Iterator<Item = usize> {
        self.labels.iter().chain(&self.values).copied()
    }
}

/// All entries in order, labels that stand alone among them.
pub(super) fn entries(lines: &Lines<'_>) -> Vec<Entry> {
    let mut collector = Collector::new(lines);
    for index in 0..lines.lines.len() {
        collector.take(index);
    }
    collector.close();
    collector.finish()
}

/// Where the figures of a line begin: behind its last label, but in a row of a table behind those in front of its first
/// figure, as words may stand among the figures there. Elsewhere only what looks like a figure may.
fn values_from(pieces: &[Piece<'_>], is_row: bool) -> usize {
    let has_others = pieces.iter().any(|piece| piece.sort == PieceSort::Label && !is_odd(piece.text));
    let has_figures = pieces.iter().any(|piece| piece.sort == PieceSort::Value);
    let is_label = |piece: &Piece<'_>| {
        piece.sort == PieceSort::Label && !(has_others && has_figures && is_odd(piece.text))
    };
    let first_label = pieces.iter().position(is_label).unwrap_or(pieces.len());
    let first_value = pieces.iter().skip(first_label).position(|piece| piece.sort == PieceSort::Value);
    let end = first_value.filter(|_| is_row).map_or(pieces.len(), |at| first_label + at);
    pieces.iter().take(end).rposition(is_label).map_or(0, |at| at + 1)
}

/// Pieces before a label that may be its first half.
const NEAR: usize = 12;

/// Labels that are looked at for heads of columns.
pub(super) const HEADS: usize = 80;

struct Collector<'a, 'd> {
    lines: &'a Lines<'d>,
    fields: Fields,
    /// Labels since the last figures.
    pending: Vec<usize>,
    /// What may get more figures from the lines that follow, and whether it is made of cells behind tabs.
    open: Option<(Entry, bool)>,
    /// The first piece after the last figures that are not blank.
    heads_from: usize,
    /// Labels that are the nearest to some figures.
    owned: Vec<bool>,
    done: Vec<Entry>,
}

impl<'a, 'd> Collector<'a, 'd> {
    fn new(lines: &'a Lines<'d>) -> Self {
        let owned = vec![false; lines.pieces.len()];
        let fields = Fields::of(lines);
        Self { lines, fields, pending: Vec::new(), open: None, heads_from: 0, owned, done: Vec::new() }
    }

    fn take(&mut self, index: usize) {
        let Some(line) = self.lines.lines.get(index) else { return };
        if matches!(line.sort, LineSort::Noise | LineSort::Empty) || line.pieces.is_empty() {
            return;
        }
        let pieces = self.lines.pieces_of(index);
        let known = self.fields.figures(index);
        let values = known.unwrap_or_else(|| {
            let is_row = matches!(line.sort, LineSort::Row(..));
            let is_cell = pieces.len() == 1 && self.is_odd_cell(index);
            if is_cell { 0..1 } else { values_from(pieces, is_row)..pieces.len() }
        });
        let values_from = values.start;
        let label_count = pieces.iter().filter(|piece| piece.sort == PieceSort::Label).count();
        let label_count = if values_from == 0 { 0 } else { label_count };
        let behind = || {
            let cells = pieces.get(values.clone()).unwrap_or_default();
            cells.iter().filter(|piece| piece.sort != PieceSort::Remark)
        };
        let value_count = behind().count();
        let all_blank = behind().all(|piece| piece.sort == PieceSort::Blank);
        let first = line.pieces.start;
        let labels = (0..).zip(pieces).take(values_from).filter(|(_, piece)| piece.sort == PieceSort::Label);
        let labels: Vec<usize> = labels.map(|(at, _)| first + at).collect();
        let row = match line.sort {
            LineSort::Row(block, row) => Some((block, row)),
            _ => None,
        };
        let is_head = value_count == 0 || (all_blank && label_count >= 2 && value_count < label_count);
        if label_count > 0 && is_head {
            self.close();
            self.odd(index, row);
            self.pending.extend(labels);
            return;
        }
        let values = self.without_remarks(first + values.start..first + values.end);
        let is_cell = row.is_none() && label_count == 0 && (values.len() == 1 || all_blank);
        if line.shape == Shape::TabCell && line.after_gap {
            self.close();
        }
        if is_cell && let Some((entry, _)) = &mut self.open {
            entry.values.extend(values);
            return;
        }
        self.close();
        self.odd(index, row);
        let own = if label_count > 0 { labels } else { self.pending.pop().into_iter().collect() };
        let near = self.pending.len().saturating_sub(NEAR);
        let entry = self.entry(own, values, self.pending.get(near..).unwrap_or_default(), row);
        self.pending.clear();
        self.open = Some((entry, is_cell));
        if !is_cell {
            self.close();
        }
    }

    /// Whether a line that is one cell stands for a figure behind a label, though it can not be read as one.
    fn is_odd_cell(&self, index: usize) -> bool {
        let Some(line) = self.lines.lines.get(index) else { return false };
        let among_cells = self.open.as_ref().is_some_and(|(_, is_cell)| *is_cell);
        let behind_label = line.shape == Shape::TabCell && !line.after_gap && !self.pending.is_empty();
        matches!(line.sort, LineSort::Text(_)) && (among_cells || behind_label) && is_odd(line.text)
    }

    /// What has words where the rows around it have figures, in case that it is no row of heads.
    fn odd(&mut self, index: usize, row: Option<(usize, usize)>) {
        let Some(from) = self.fields.odd(index) else { return };
        let Some(pieces) = self.lines.lines.get(index).map(|line| line.pieces.clone()) else { return };
        let is_label = |at: &usize| self.lines.pieces.get(*at).is_some_and(|p| p.sort == PieceSort::Label);
        let labels: Vec<usize> = (pieces.start..pieces.start + from).filter(is_label).collect();
        let values = self.without_remarks(pieces.start + from..pieces.end);
        let entry = Entry { odd: true, ..self.entry(labels, values, &[], row) };
        self.done.push(entry);
    }

    fn without_remarks(&self, pieces: Range<usize>) -> Vec<usize> {
        let is_remark = |at: &usize| self.lines.pieces.get(*at).is_some_and(|p| p.sort == PieceSort::Remark);
        pieces.filter(|at| !is_remark(at)).collect()
    }

    fn entry(
        &self,
        labels: Vec<usize>,
        values: Vec<usize>,
        near: &[usize],
        row: Option<(usize, usize)>,
    ) -> Entry {
        let body = |at: &usize| self.lines.pieces.get(*at).map_or(&[][..], |piece| &piece.words.body);
        let mut words: Vec<char> = Vec::new();
        for piece in near.iter().chain(labels.iter().take(labels.len().saturating_sub(1))) {
            words.extend(body(piece));
        }
        let mut last_from = words.len();
        let last = labels.last().map_or(&[][..], body);
        words.extend(last);
        let last = Pattern::of(last);
        let cut = words.len().saturating_sub(LONGEST).min(last_from);
        words.drain(..cut);
        last_from -= cut;
        let start = labels.first().or(values.first()).copied().unwrap_or_default();
        let before = self.heads_from.max(start.saturating_sub(HEADS)).min(start)..start;
        let mask = mask(&words);
        Entry { labels, values, before, row, odd: false, words, last_from, last, mask }
    }

    /// Ends what was open, so that no more figures join it.
    fn close(&mut self) {
        let Some((entry, _)) = self.open.take() else { return };
        let blank =
            |at: &usize| self.lines.pieces.get(*at).is_none_or(|piece| piece.sort == PieceSort::Blank);
        let all_blank = entry.values.iter().all(blank);
        if all_blank && entry.labels.is_empty() {
            return;
        }
        if !all_blank {
            self.heads_from = entry.values.last().map_or(0, |last| last + 1);
        }
        if let Some(owned) = entry.labels.last().and_then(|last| self.owned.get_mut(*last)) {
            *owned = true;
        }
        self.done.push(entry);
    }

    fn finish(mut self) -> Vec<Entry> {
        let lone: Vec<Entry> = (0..self.lines.pieces.len())
            .filter(|at| self.owned.get(*at) == Some(&false))
            .filter(|at| {
                self.lines.pieces.get(*at).is_some_and(|piece| {
                    piece.sort == PieceSort::Label && (2..=HEADS).contains(&piece.words.body.len())
                })
            })
            .map(|at| self.entry(vec![at], Vec::new(), &[], None))
            .map(|entry| Entry { before: entry.start()..entry.start(), ..entry })
            .collect();
        self.done.extend(lone);
        self.done.sort_by_key(Entry::place);
        self.done
    }
}
