//! Rows that stand in another order than in the form, which the way through the form can not follow.

use std::collections::{BTreeMap, HashSet};

use super::{Alignment, Entry, LEAST, Match, Scorer, TargetKind};

/// From what likeness on there is no doubt of a label.
const SURE: i32 = 950;
/// Below this likeness a row may have got the place of another one.
const UNSURE: i32 = 880;

/// Rows of a block that took each other's places, though their labels say without doubt where each belongs.
pub(super) fn exchanged(scorer: &Scorer<'_, '_>, entries: &[Entry], alignment: &mut Alignment) {
    let rows = |at: usize| {
        let target = scorer.targets.all.get(at).filter(|target| matches!(target.kind, TargetKind::Row(_)));
        target.map(|target| (target.table, target.block))
    };
    let likeness = |found: &Match, target: usize| {
        entries.get(found.entry).map_or(0, |entry| scorer.value(entry, target).likeness)
    };
    // For each match that is in doubt the only target that is not.
    let mut wishes: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, found) in alignment.matches.iter().enumerate() {
        let Some(block) = rows(found.target).filter(|_| found.likeness < UNSURE) else { continue };
        let mut sure = (0..scorer.targets.all.len())
            .filter(|other| rows(*other) == Some(block) && likeness(found, *other) >= SURE);
        if let (Some(target), None) = (sure.next(), sure.next()) {
            wishes.insert(index, target);
        }
    }
    // A wish holds if nobody stays at its target and nobody else wishes for it.
    loop {
        let staying = |index: &usize| !wishes.contains_key(index);
        let kept: HashSet<usize> = (0..alignment.matches.len())
            .filter(staying)
            .filter_map(|index| alignment.matches.get(index).map(|found| found.target))
            .collect();
        let before = wishes.len();
        let goals: Vec<usize> = wishes.values().copied().collect();
        wishes.retain(|_, target| {
            !kept.contains(target) && goals.iter().filter(|other| *other == target).count() == 1
        });
        if wishes.len() == before {
            break;
        }
    }
    for (index, target) in wishes {
        if let Some(found) = alignment.matches.get_mut(index) {
            (found.target, found.likeness, found.by_place) = (target, 1000, true);
        }
    }
}

/// Leaves out rows whose label is beyond doubt that of another row, which has its figures already.
pub(super) fn without_foreign(scorer: &Scorer<'_, '_>, entries: &[Entry], alignment: &mut Alignment) {
    let all = &scorer.targets.all;
    let taken: HashSet<usize> = alignment.matches.iter().map(|found| found.target).collect();
    alignment.matches.retain(|found| {
        let (Some(target), Some(entry)) = (all.get(found.target), entries.get(found.entry)) else {
            return true;
        };
        let label = entry.labels.last().and_then(|at| scorer.lines.pieces.get(*at));
        let Some(label) = label.filter(|_| found.likeness < UNSURE && !entry.values.is_empty()) else {
            return true;
        };
        !all.iter().enumerate().any(|(index, other)| {
            index != found.target
                && taken.contains(&index)
                && (other.table, other.block) == (target.table, target.block)
                && matches!((&other.kind, &target.kind), (TargetKind::Row(_), TargetKind::Row(_)))
                && other.labels.iter().any(|(words, pattern)| words.alike(pattern, &label.words) >= SURE)
        })
    });
}

/// Rows that stand elsewhere than in the form, if there is no doubt of the label: long, the same, and only once.
pub(super) fn elsewhere(
    scorer: &Scorer<'_, '_>,
    entries: &[Entry],
    chosen: &[usize],
    alignment: &mut Alignment,
) {
    let taken: HashSet<usize> = alignment.matches.iter().map(|found| found.entry).collect();
    let found: HashSet<usize> = alignment.matches.iter().map(|found| found.target).collect();
    for (index, target) in scorer.targets.all.iter().enumerate() {
        let TargetKind::Row(row) = target.kind else { continue };
        let long = target.labels.first().is_some_and(|(words, _)| words.body.len() >= 4);
        let of_group = found.iter().filter_map(|other| scorer.targets.all.get(*other)).any(|other| {
            (other.table, other.block) == (target.table, target.block)
                && !matches!(other.kind, TargetKind::Row(other) if other != row)
        });
        if found.contains(&index) || !long || of_group {
            continue;
        }
        let mut likely = chosen.iter().filter(|at| !taken.contains(at)).filter(|at| {
            entries.get(**at).is_some_and(|entry| {
                let score = scorer.value(entry, index);
                score.likeness >= 950 && score.value > 1300 - LEAST
            })
        });
        if let (Some(entry), None) = (likely.next(), likely.next())
            && alignment.matches.iter().all(|known| known.entry != *entry)
        {
            alignment.matches.push(Match { entry: *entry, target: index, likeness: 1000, by_place: true });
        }
    }
    alignment.matches.sort_by_key(|found| found.entry);
}
