//! Entries of a source and targets of a form brought together: the best way through the form that keeps the order.
//!
//! Scores are in thousandths of a row that is found word for word.

mod order;

use std::collections::HashSet;

use super::entries::Entry;
use super::lines::{Lines, PieceSort};
use super::targets::{Target, TargetKind, Targets};
use super::wording::{Pattern, contained, mask, numbers_weigh, overlaps};
use crate::form::{Form, Printed};

/// An entry that was found to be a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Match {
    pub(super) entry: usize,
    pub(super) target: usize,
    /// How alike the labels are.
    pub(super) likeness: i32,
    /// Whether only its place between its neighbours speaks for it.
    pub(super) by_place: bool,
}

/// How a form fits a source.
#[derive(Debug, Default)]
pub(super) struct Alignment {
    /// In the order of the source.
    pub(super) matches: Vec<Match>,
    pub(super) score: i32,
}

/// Entries beyond this number are left out, those with the least resemblance first.
const MOST: usize = 2_000;

/// From what likeness on a label can be that of a row.
const LEAST: i32 = 550;

/// The same for a label without any figures.
const LEAST_ALONE: i32 = 800;

/// Brings a source and a form together.
pub(super) fn align(lines: &Lines<'_>, entries: &[Entry], form: &Form, targets: &Targets) -> Alignment {
    let chosen = candidates(entries, targets);
    let scorer = Scorer { lines, form, targets, widths: targets.all.iter().map(|t| t.width(form)).collect() };
    let mut incoming: Vec<Vec<Way>> = (0..targets.nodes).map(|_| Vec::new()).collect();
    for (from, to, cost) in &targets.skips {
        if let Some(ways) = incoming.get_mut(*to) {
            ways.push(Way::Skip(*from, *cost));
        }
    }
    for (index, target) in targets.all.iter().enumerate() {
        if let Some(ways) = incoming.get_mut(target.to) {
            ways.push(Way::Match(target.from, index));
        }
    }
    let width = targets.nodes;
    let mut best = vec![IMPOSSIBLE; width];
    if let Some(first) = best.first_mut() {
        *first = 0;
    }
    pass_skips(&mut best, &incoming);
    let mut trail: Vec<Step> = Vec::with_capacity(width * chosen.len());
    for index in &chosen {
        let Some(entry) = entries.get(*index) else { continue };
        let mut next = best.clone();
        let mut steps = vec![Step::Leave; width];
        for (node, ways) in incoming.iter().enumerate() {
            for way in ways {
                let (value, step) = match way {
                    Way::Skip(from, cost) => {
                        (next.get(*from).map_or(IMPOSSIBLE, |value| value + cost), Step::Skip(*from as u32))
                    }
                    Way::Match(from, target) => {
                        let Some(before) = best.get(*from).filter(|value| **value > IMPOSSIBLE / 2) else {
                            continue;
                        };
                        let found = scorer.value(entry, *target);
                        if found.value <= 0 {
                            continue;
                        }
                        (before + found.value, Step::Take(*target as u32))
                    }
                };
                if next.get(node).is_some_and(|known| value > *known)
                    && let (Some(slot), Some(taken)) = (next.get_mut(node), steps.get_mut(node))
                {
                    (*slot, *taken) = (value, step);
                }
            }
        }
        best = next;
        trail.extend(steps);
    }
    let mut matches = walk_back(&trail, &chosen, targets, width);
    matches.retain_mut(|found| {
        let score = entries.get(found.entry).map(|entry| scorer.value(entry, found.target));
        if let Some(score) = score {
            (found.likeness, found.by_place) = (score.likeness, score.by_place);
        }
        score.is_some()
    });
    let mut alignment = Alignment { score: best.last().copied().unwrap_or(0).max(0), matches };
    alignment.score += scorer.heads(entries, &alignment.matches);
    order::exchanged(&scorer, entries, &mut alignment);
    order::without_foreign(&scorer, entries, &mut alignment);
    order::elsewhere(&scorer, entries, &chosen, &mut alignment);
    alignment
}

/// Whether figures fill so many slots: all there, or with empty cells behind the last, as merged cells leave them.
pub(super) fn fits(lines: &Lines<'_>, values: &[usize], slots: usize) -> Fit {
    let blank = |at: Option<&usize>| {
        at.and_then(|at| lines.pieces.get(*at)).is_none_or(|piece| piece.sort == PieceSort::Blank)
    };
    if slots == 0 || values.is_empty() {
        return Fit::No;
    }
    if values.len() == slots {
        return Fit::Exactly;
    }
    let rest = values.get(slots..).unwrap_or_default();
    if values.len() > slots && rest.iter().all(|at| blank(Some(at))) {
        // Were the last slot empty too, the empty cells might have been moved from further left.
        if !blank(values.get(slots - 1)) || values.iter().all(|at| blank(Some(at))) {
            return Fit::WithBlanksBehind;
        }
    }
    Fit::No
}

/// The cells of a line, blank ones among them, if these figures are all of its figures and it has so many cells by the
/// place of the figures.
pub(super) fn located<'l>(lines: &'l Lines<'_>, values: &[usize], slots: usize) -> Option<&'l [usize]> {
    let line = lines.pieces.get(*values.first()?)?.line;
    let is_figure = |at: &&usize| lines.pieces.get(**at).is_some_and(|piece| piece.sort == PieceSort::Value);
    let mut ways = lines.located(line).iter();
    let way = ways.find(|way| way.len() == slots && way.iter().filter(is_figure).eq(values))?;
    Some(way)
}

/// How figures fill slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    Exactly,
    WithBlanksBehind,
    /// With blank cells where nothing stands at the place of a column.
    Located,
    No,
}

const IMPOSSIBLE: i32 = i32::MIN / 2;

enum Way {
    Skip(usize, i32),
    Match(usize, usize),
}

#[derive(Clone, Copy)]
enum Step {
    /// The entry is left out.
    Leave,
    /// The node is reached from another one after the same entry.
    Skip(u32),
    /// The entry is a target.
    Take(u32),
}

#[derive(Clone, Copy, Default)]
struct Score {
    value: i32,
    likeness: i32,
    by_place: bool,
}

struct Scorer<'a, 'd> {
    lines: &'a Lines<'d>,
    form: &'a Form,
    targets: &'a Targets,
    widths: Vec<usize>,
}

impl Scorer<'_, '_> {
    /// What it is worth to take an entry for a target; 0 or less if it can not be that.
    fn value(&self, entry: &Entry, target: usize) -> Score {
        let none = Score::default();
        let (Some(target), Some(width)) = (self.targets.all.get(target), self.widths.get(target)) else {
            return none;
        };
        if target.kind == TargetKind::Whole {
            return self.whole(entry, target, *width);
        }
        let mut fit = fits(self.lines, &entry.values, *width);
        let is_row = matches!(target.kind, TargetKind::Row(_)) && !entry.labels.is_empty();
        if fit == Fit::No && is_row && located(self.lines, &entry.values, *width).is_some() {
            fit = Fit::Located;
        }
        let fits = fit != Fit::No;
        if entry.labels.is_empty() {
            let is_row = matches!(target.kind, TargetKind::Row(_)) && fits && *width >= 4;
            return if is_row { Score { value: 40, likeness: 0, by_place: true } } else { none };
        }
        let likeness = self.likeness(entry, target, fits);
        if matches!(target.kind, TargetKind::Column(_)) && self.is_under_heads(entry, target) {
            return none;
        }
        if entry.odd && (likeness < LEAST_ALONE || !is_row) {
            return none;
        }
        if entry.values.is_empty() {
            let value = if matches!(target.kind, TargetKind::Row(_)) { likeness - LEAST_ALONE } else { 0 };
            return Score { value, likeness, by_place: false };
        }
        if likeness < LEAST {
            return none;
        }
        let bonus = match (fit, &target.kind) {
            // Rows and columns are rarely turned, and a group rarely printed as one: the figures must fit.
            (Fit::No, TargetKind::Column(_) | TargetKind::Group(_)) => return none,
            (Fit::No, _) => 0,
            (Fit::Exactly, _) => 400,
            (Fit::WithBlanksBehind, _) => 350,
            (Fit::Located, _) => 300,
        };
        // A group printed as one row is a sign of another form.
        let bonus = if matches!(target.kind, TargetKind::Group(_)) { bonus - 600 } else { bonus };
        Score { value: (likeness - LEAST + bonus + 1).max(20), likeness, by_place: false }
    }

    /// A block with all its rows side by side has no label; its heads stand above, in whatever order. A row of another
    /// block with a figure too many is none, nor one above which not all labels of the block stand each by itself.
    fn whole(&self, entry: &Entry, target: &Target, width: usize) -> Score {
        let cells = entry.values.len();
        if cells * 2 < width || cells > width + 4 {
            return Score::default();
        }
        let Some(words) = self.targets.blocks.get(target.table).and_then(|blocks| blocks.get(target.block))
        else {
            return Score::default();
        };
        let above = self.lines.pieces.get(entry.before.start..entry.start() + entry.labels.len());
        let above: Vec<char> =
            above.unwrap_or_default().iter().flat_map(|piece| piece.words.body.iter().copied()).collect();
        let likeness = contained(words, &above);
        let table = self.form.tables.get(target.table);
        let is_down = table.is_some_and(|table| table.printed == Printed::Down);
        if likeness < 600 || entry.odd || self.is_row(entry) || (is_down && !self.is_turned(entry, target)) {
            return Score::default();
        }
        let fits = fits(self.lines, &entry.values, width) != Fit::No;
        let value = likeness - 500 + if fits { 600 } else { 0 };
        Score { value: if fits { value * 2 } else { value }, likeness: likeness.max(700), by_place: false }
    }

    /// Whether the label that stands with the figures in their line is that of one of the form's rows, so that the line
    /// holds no more than that one. A further column makes it look wider.
    fn is_row(&self, entry: &Entry) -> bool {
        let last = entry.labels.last().and_then(|at| self.lines.pieces.get(*at));
        let first = entry.values.first().and_then(|at| self.lines.pieces.get(*at));
        let (Some(last), Some(first)) = (last, first) else { return false };
        let rows = self.targets.all.iter().filter(|other| matches!(other.kind, TargetKind::Row(_)));
        let mut labels = rows.flat_map(|row| &row.labels);
        last.line == first.line && labels.any(|(label, pattern)| label.alike(pattern, &last.words) >= 950)
    }

    /// Whether each row of a block that is printed with its rows below one another is named above the figures of an
    /// entry, in order and each by itself. With several columns nobody could tell whose figures come first.
    fn is_turned(&self, entry: &Entry, target: &Target) -> bool {
        let block = self.form.tables.get(target.table).and_then(|table| table.blocks.get(target.block));
        let above = self.lines.pieces.get(entry.before.start..entry.start() + entry.labels.len());
        let mut above = above.unwrap_or_default().iter();
        let mut rows = self.targets.all.iter().filter(|other| {
            (other.table, other.block) == (target.table, target.block)
                && matches!(other.kind, TargetKind::Row(_))
        });
        block.is_some_and(|block| block.columns.len() == 1)
            && rows.all(|row| {
                let is_label =
                    |words| row.labels.iter().any(|(label, pattern)| label.alike(pattern, words) >= 800);
                above.any(|piece| is_label(&piece.words))
            })
    }

    /// Whether the label of an entry is one of several heads above the figures, in one line or one below the other.
    fn is_under_heads(&self, entry: &Entry, target: &Target) -> bool {
        let piece = |at: usize| self.lines.pieces.get(at);
        let first = entry.values.first().and_then(|at| piece(*at));
        let (Some(at), Some(first)) = (entry.labels.last(), first) else { return false };
        let Some(last) = piece(*at).filter(|last| last.line != first.line) else { return false };
        let labels = self.lines.pieces_of(last.line).iter().filter(|piece| piece.sort == PieceSort::Label);
        let before = at.checked_sub(1).and_then(piece);
        let is_head = |other: &Target| {
            (other.table, other.block) == (target.table, target.block)
                && matches!(other.kind, TargetKind::Column(_))
                && before.is_some_and(|before| {
                    other.labels.iter().any(|(label, pattern)| label.alike(pattern, &before.words) >= 850)
                })
        };
        labels.count() > 1 || self.targets.all.iter().any(is_head)
    }

    /// How alike the labels of an entry and a target are.
    fn likeness(&self, entry: &Entry, target: &Target, fits: bool) -> i32 {
        let last = entry.labels.last().and_then(|at| self.lines.pieces.get(*at));
        let Some(last) = last.map(|piece| &piece.words) else { return 0 };
        let mut best = 0;
        for (index, (label, pattern)) in target.labels.iter().enumerate() {
            if !overlaps(label.mask, entry.mask) && !overlaps(last.mask, label.mask) {
                continue;
            }
            let less = if index == 0 { 0 } else { 30 };
            best = best.max(label.alike(pattern, last) - less);
            if entry.values.is_empty() {
                continue;
            }
            // The label runs over several pieces, or has something else in front.
            let (found, end) = pattern.found_in(&entry.words);
            let short = if label.body.len() <= 3 { 400 } else { 60 };
            let aside = if end <= entry.last_from { 350 } else { 0 };
            best = best.max(found - short - aside - less + numbers_weigh(label.number, last.number).min(0));
            // Only a part of the label is left.
            if fits && last.body.len() >= 4 && last.body.len() < label.body.len() {
                let whole = i32::try_from(label.body.len()).unwrap_or(i32::MAX);
                let length = i32::try_from(last.body.len()).unwrap_or(0);
                let (found, _) = entry.last.found_in(&label.body);
                if found >= 880 {
                    let all = |words| Pattern::of(words).found_in(&label.body).0;
                    let more = if entry.labels.len() > 1 && all(&entry.words) >= 880 { 60 } else { 0 };
                    let number = numbers_weigh(label.number, last.number);
                    best = best.max(550 + 300 * length / whole + more + number - less);
                }
            }
        }
        best
    }

    /// What the heads above the first row of each block say for the form.
    fn heads(&self, entries: &[Entry], matches: &[Match]) -> i32 {
        let mut seen = HashSet::new();
        let mut score = 0;
        for found in matches {
            let (Some(entry), Some(target)) = (entries.get(found.entry), self.targets.all.get(found.target))
            else {
                continue;
            };
            if !seen.insert((target.table, target.block)) || target.kind == TargetKind::Whole {
                continue;
            }
            let block = self.form.tables.get(target.table).and_then(|table| table.blocks.get(target.block));
            let above = self.lines.pieces.get(entry.before.clone()).unwrap_or_default();
            let leaves =
                super::targets::paths(block.map_or(&crate::form::Header::default(), |block| &block.heads));
            let count = leaves.len().max(1) as i32;
            let total: i32 = leaves
                .iter()
                .map(|(_, leaf)| {
                    let pattern = Pattern::of(&leaf.body);
                    let likely = above.iter().map(|piece| leaf.alike(&pattern, &piece.words));
                    likely.max().unwrap_or(0).clamp(0, 1000)
                })
                .sum();
            score += total / count / 2;
        }
        score
    }
}

/// The entries that have any resemblance to a label of the form, in order.
fn candidates(entries: &[Entry], targets: &Targets) -> Vec<usize> {
    let masks: Vec<u128> =
        targets.all.iter().flat_map(|t| t.labels.iter().map(|(words, _)| words.mask)).collect();
    let blocks: Vec<(u128, usize)> =
        targets.blocks.iter().flatten().map(|words| (mask(words), words.len())).collect();
    let mut ranked: Vec<(u32, usize)> = entries
        .iter()
        .enumerate()
        .filter_map(|(index, entry)| {
            let of_row = masks.iter().filter(|label| overlaps(**label, entry.mask));
            let shared =
                of_row.map(|label| (label & entry.mask).count_ones() * 100 / label.count_ones().max(1)).max();
            // What has several figures may be a block at once or a row without its label.
            let several = entry.values.len() >= 4 && !blocks.is_empty();
            let rank = shared.unwrap_or(0).max(if several { 50 } else { 0 });
            let alone_and_too_long = entry.values.is_empty() && entry.words.len() > 80;
            (rank > 0 && !alone_and_too_long)
                .then_some((rank + u32::from(!entry.values.is_empty()) * 100, index))
        })
        .collect();
    if ranked.len() > MOST {
        ranked.sort_by_key(|(rank, index)| (std::cmp::Reverse(*rank), *index));
        ranked.truncate(MOST);
    }
    let mut chosen: Vec<usize> = ranked.into_iter().map(|(_, index)| index).collect();
    chosen.sort_unstable();
    chosen
}

fn pass_skips(best: &mut [i32], incoming: &[Vec<Way>]) {
    for (node, ways) in incoming.iter().enumerate() {
        for way in ways {
            if let Way::Skip(from, cost) = way {
                let value = best.get(*from).map_or(IMPOSSIBLE, |value| value + cost);
                if let Some(slot) = best.get_mut(node) {
                    *slot = value.max(*slot);
                }
            }
        }
    }
}

/// Follows the steps from the last node after the last entry to the first before the first.
fn walk_back(trail: &[Step], chosen: &[usize], targets: &Targets, width: usize) -> Vec<Match> {
    let mut matches = Vec::new();
    let mut node = width.saturating_sub(1);
    let mut row = chosen.len();
    while row > 0 {
        match trail.get((row - 1) * width + node) {
            Some(Step::Skip(from)) => node = *from as usize,
            Some(Step::Take(target)) => {
                row -= 1;
                let target = *target as usize;
                if let (Some(entry), Some(edge)) = (chosen.get(row), targets.all.get(target)) {
                    matches.push(Match { entry: *entry, target, likeness: 0, by_place: false });
                    node = edge.from;
                }
            }
            Some(Step::Leave) | None => row -= 1,
        }
    }
    matches.reverse();
    matches
}
