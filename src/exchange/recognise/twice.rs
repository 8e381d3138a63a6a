//! Rows that a source has twice: those of another year under a caption that says so, and copies of rows.

use std::collections::HashSet;
use std::ops::Range;

use super::align::{Alignment, Match};
use super::draft::Draft;
use super::entries::Entry;
use super::lines::{LineSort, Lines, PieceSort, Shape};
use super::targets::{TargetKind, Targets};
use super::wording::{NumberStyle, contained};
use super::years::{self, Said};
use crate::exchange::document::At;
use crate::exchange::note::NoteKind;
use crate::form::Form;
use crate::model::excerpt;

/// A caption that says that what follows is of another year, and the entries below it.
#[derive(Debug)]
pub(super) struct Aside {
    /// The line of the caption.
    line: usize,
    said: Said,
    entries: Range<usize>,
    /// Whether its entries are taken all the same, as there are no others.
    taken: bool,
}

/// Characters of a caption at most.
const CAPTION: usize = 40;

/// From what likeness on a label is that of a row that was found before.
const SAME: i32 = 950;

/// Looks for captions of another year than that of the report.
pub(super) fn asides(lines: &Lines<'_>, entries: &[Entry], year: Option<i64>) -> Vec<Aside> {
    let captions: Vec<(usize, Said)> =
        (0..lines.lines.len()).filter_map(|line| Some((line, caption(lines, line)?))).collect();
    let latest = captions.iter().filter_map(|(_, said)| match said {
        Said::Year(year) => Some(*year),
        Said::Last => None,
    });
    let year = year.or_else(|| latest.max());
    let others = captions.into_iter().filter(|(_, said)| said.is_other(year));
    let asides = others.map(|(line, said)| {
        let entries = below(lines, entries, line);
        Aside { line, said, entries, taken: false }
    });
    asides.collect()
}

/// The entries without those of another year.
pub(super) fn without(entries: &[Entry], asides: &[Aside]) -> Vec<Entry> {
    let is_aside = |index: &usize| asides.iter().any(|aside| !aside.taken && aside.entries.contains(index));
    let all = entries.iter().enumerate();
    all.map(|(index, entry)| if is_aside(&index) { Entry::default() } else { entry.clone() }).collect()
}

/// Drops captions over nothing that is a row of the form, and what follows the last such row.
pub(super) fn narrow(
    asides: &mut Vec<Aside>,
    lines: &Lines<'_>,
    entries: &[Entry],
    (form, targets): (&Form, &Targets),
    matches: &[Match],
) {
    let used: HashSet<usize> = matches.iter().map(|found| found.entry).collect();
    asides.retain_mut(|aside| {
        let is_row = |index: &usize| {
            entries.get(*index).is_some_and(|entry| {
                !entry.values.is_empty()
                    && (used.contains(index)
                        || copied(lines, entries, entry, (form, targets), matches).is_some())
            })
        };
        let last = aside.entries.clone().rev().find(is_row);
        aside.entries.end = last.map_or(aside.entries.start, |last| last + 1);
        last.is_some()
    });
}

/// Takes what is of another year all the same if there is nothing else for its table: with all entries `all` was
/// found, without them `rest`. Says whether there is any such.
pub(super) fn settle(asides: &mut [Aside], targets: &Targets, all: &Alignment, rest: &Alignment) -> bool {
    let table = |found: &Match| targets.all.get(found.target).map(|target| target.table);
    let known: HashSet<usize> = rest.matches.iter().filter_map(table).collect();
    for aside in asides.iter_mut() {
        let own = all.matches.iter().filter(|found| aside.entries.contains(&found.entry));
        aside.taken = own.filter_map(table).any(|table| !known.contains(&table));
    }
    asides.iter().any(|aside| aside.taken)
}

/// Says what was left out, as it is of another year or stands there twice.
pub(super) fn note(
    draft: &mut Draft<'_>,
    lines: &Lines<'_>,
    entries: &[Entry],
    (form, targets): (&Form, &Targets),
    (asides, matches): (&[Aside], &[Match]),
) {
    for aside in asides {
        let Some(caption) = lines.lines.get(aside.line) else { continue };
        let (name, year) = (excerpt(caption.text.trim(), 30), aside.said.name());
        if aside.taken {
            let message =
                format!("“{name}”下方的数是{year}的，文件里没有别的，已照这些数填入，请核对是不是本年度的");
            draft.note(caption.pieces.start, NoteKind::Doubtful, None, caption.at, "", message);
            continue;
        }
        let within = entries.get(aside.entries.clone()).unwrap_or_default();
        let is_figure =
            |at: &usize| lines.pieces.get(*at).is_some_and(|piece| piece.sort == PieceSort::Value);
        let rows = within.iter().filter(|entry| entry.values.iter().any(is_figure)).count();
        let end = within.iter().flat_map(Entry::pieces).max().map_or(0, |last| last + 1);
        let source = take(draft, lines, caption.pieces.start..end);
        let message = format!("“{name}”下方的{rows}行是{year}的，不是本报告年度的数，没有采用");
        draft.note(caption.pieces.start, NoteKind::LeftOver, None, caption.at, source, message);
    }
    for copy in copies(lines, entries, (form, targets), (asides, matches)) {
        let Some(first) = lines.pieces.get(copy.pieces.start) else { continue };
        let source = take(draft, lines, copy.pieces.clone());
        let message = format!(
            "文件里有两份“{}”，{}采用了前一份，这里的{}行没有采用，请核对哪一份是本年度的",
            copy.name,
            if copy.at == At::Unknown { String::new() } else { format!("在{}的", copy.at) },
            copy.rows
        );
        draft.note(copy.pieces.start, NoteKind::Doubtful, None, first.at, source, message);
    }
}

/// Rows once more.
struct Copy {
    pieces: Range<usize>,
    /// The table of the form.
    name: String,
    rows: usize,
    /// Where the rows were found that were taken.
    at: At,
}

/// Entries that were left out though their rows are those of the form: they were found elsewhere.
fn copies(
    lines: &Lines<'_>,
    entries: &[Entry],
    (form, targets): (&Form, &Targets),
    (asides, matches): (&[Aside], &[Match]),
) -> Vec<Copy> {
    let used: HashSet<usize> = matches.iter().map(|found| found.entry).collect();
    let mut runs: Vec<(usize, Vec<(usize, usize)>)> = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let is_aside = asides.iter().any(|aside| aside.entries.contains(&index));
        if used.contains(&index) || is_aside || entry.values.is_empty() {
            continue;
        }
        let Some(found) = copied(lines, entries, entry, (form, targets), matches) else { continue };
        let table =
            targets.all.get(matches.get(found).map_or(0, |found| found.target)).map_or(0, |t| t.table);
        match runs.last_mut().filter(|(known, run)| {
            let last = run.last().map_or(0, |(last, _)| *last);
            *known == table && !(last..index).any(|between| used.contains(&between))
        }) {
            Some((_, run)) => run.push((index, found)),
            None => runs.push((table, vec![(index, found)])),
        }
    }
    let long = |index: usize| {
        let label = entries.get(index).and_then(|entry| lines.pieces.get(*entry.labels.last()?));
        label.is_none_or(|label| label.words.body.len() >= 4)
    };
    let runs = runs.into_iter().filter(|(_, run)| run.len() > 1 || run.iter().any(|(index, _)| long(*index)));
    runs.filter_map(|(table, run)| {
        let pieces = || run.iter().filter_map(|(index, _)| entries.get(*index)).flat_map(Entry::pieces);
        let first = run.first().and_then(|(index, _)| entries.get(*index))?;
        let taken = run.first().and_then(|(_, found)| entries.get(matches.get(*found)?.entry));
        let at =
            taken.and_then(|entry| lines.pieces.get(entry.start())).map_or(At::Unknown, |p| p.at.clone());
        let name = form.tables.get(table).map_or(String::new(), |table| table.title.clone());
        Some(Copy { pieces: heads_from(lines, first)..pieces().max()? + 1, name, rows: run.len(), at })
    })
    .collect()
}

/// The first piece of the heads over an entry in its table; in text those are known by their words.
fn heads_from(lines: &Lines<'_>, entry: &Entry) -> usize {
    let block = |at: usize| {
        let line = lines.pieces.get(at).and_then(|piece| lines.lines.get(piece.line));
        line.and_then(super::lines::Line::block)
    };
    let start = entry.start();
    (entry.before.start..start).find(|at| block(*at).is_some() && block(*at) == block(start)).unwrap_or(start)
}

/// The match whose row an entry is once more.
fn copied(
    lines: &Lines<'_>,
    entries: &[Entry],
    entry: &Entry,
    (form, targets): (&Form, &Targets),
    matches: &[Match],
) -> Option<usize> {
    let label = entry.labels.last().and_then(|at| lines.pieces.get(*at));
    matches.iter().position(|found| {
        let Some(target) = targets.all.get(found.target) else { return false };
        let is_filled = entries.get(found.entry).is_some_and(|known| !known.values.is_empty());
        let is_same = match target.kind {
            TargetKind::Row(_) => label.is_some_and(|label| {
                target.labels.iter().any(|(words, pattern)| words.alike(pattern, &label.words) >= SAME)
            }),
            TargetKind::Whole => {
                let end = entry.values.first().copied().unwrap_or_default();
                let above = lines.pieces.get(entry.before.start..end).unwrap_or_default();
                let above: Vec<char> =
                    above.iter().flat_map(|piece| piece.words.body.iter().copied()).collect();
                let words = targets.blocks.get(target.table).and_then(|blocks| blocks.get(target.block));
                entry.values.len() == target.width(form)
                    && words.is_some_and(|words| contained(words, &above) >= 900)
            }
            TargetKind::Group(_) | TargetKind::Column(_) => false,
        };
        is_filled && is_same && target.width(form) <= entry.values.len()
    })
}

/// Takes all that is free among these pieces, and returns its words.
fn take(draft: &mut Draft<'_>, lines: &Lines<'_>, pieces: Range<usize>) -> String {
    let taken: Vec<&str> = pieces
        .filter(|at| draft.take(*at))
        .filter_map(|at| lines.pieces.get(at))
        .map(|piece| piece.text)
        .filter(|text| !text.is_empty())
        .collect();
    taken.join(" ")
}

/// What a line says of the year, if it is a caption: short, alone, and of nothing else than figures.
fn caption(lines: &Lines<'_>, index: usize) -> Option<Said> {
    let line = lines.lines.get(index)?;
    let is_text =
        matches!(line.sort, LineSort::Text(_) | LineSort::Heading(_)) && line.shape != Shape::TabCell;
    let one =
        line.pieces.len() == 1 && lines.pieces_of(index).iter().all(|piece| piece.sort == PieceSort::Label);
    let text = line.text.trim().trim_end_matches([':', '：', '）', ')']).trim_end();
    if !is_text || !one || text.chars().count() > CAPTION || text.contains(['。', '，', '；', '、', '“'])
    {
        return None;
    }
    let said = years::said(text)?;
    let names_table =
        ["情况", "数据", "统计表", "情况表", "统计", "附表"].iter().any(|end| text.ends_with(end));
    (names_table || years::said_alone(text).is_some()).then_some(said)
}

/// The entries that a caption speaks of: those up to the next caption or section, or to the first row once more.
fn below(lines: &Lines<'_>, entries: &[Entry], line: usize) -> Range<usize> {
    let start = lines.lines.get(line).map_or(0, |line| line.pieces.end);
    let from = entries.partition_point(|entry| entry.start() < start);
    let mut end = from;
    let mut seen = line + 1;
    let mut first: Option<&[char]> = None;
    for entry in entries.get(from..).unwrap_or_default() {
        let at = lines.pieces.get(entry.start()).map_or(0, |piece| piece.line);
        if (seen..at).any(|line| ends(lines, line)) {
            break;
        }
        seen = seen.max(at);
        if !entry.values.is_empty() {
            let words = entry.words.get(entry.last_from..).unwrap_or_default();
            match first {
                Some(first) if first == words => break,
                Some(_) => {}
                None => first = Some(words),
            }
        }
        end += 1;
    }
    from..end
}

/// Whether a line ends what a caption speaks of: another caption, running text, or the heading of a section.
fn ends(lines: &Lines<'_>, index: usize) -> bool {
    let Some(line) = lines.lines.get(index) else { return false };
    if matches!(line.sort, LineSort::Row(..) | LineSort::Noise | LineSort::Empty)
        || line.shape == Shape::TabCell
    {
        return false;
    }
    let text = line.text.trim();
    let is_heading = lines.pieces_of(index).first().is_some_and(|piece| {
        piece.words.number.is_some_and(|number| number.style == NumberStyle::Comma)
            && (text.ends_with("情况") || text.ends_with("事项"))
    });
    text.contains('。') || is_heading || caption(lines, index).is_some()
}
