//! Matched rows put into the report, each with its note.

use std::collections::{HashMap, HashSet};

use super::align::{Alignment, Match};
use super::columns::{Assignment, Columns, Unsure};
use super::comments;
use super::content;
use super::draft::Draft;
use super::entries::Entry;
use super::further::{self, Further, Why};
use super::lines::{Lines, Piece, PieceSort, Shape};
use super::targets::{Target, TargetKind, Targets};
use crate::exchange::document::{self, At, Block, Document};
use crate::exchange::note::NoteKind;
use crate::form::{Form, Header, NumberKind, Role};
use crate::model::{CellId, Figure, Place, excerpt};

/// Below this likeness a label is said to differ from the form's.
const SAME: i32 = 880;

/// Puts all matches into the draft. Returns for each match the index of its note.
pub(super) fn fill(
    draft: &mut Draft<'_>,
    document: &Document,
    lines: &Lines<'_>,
    entries: &[Entry],
    (form, targets): (&Form, &Targets),
    (alignment, year): (&Alignment, Option<i64>),
) -> Vec<usize> {
    let unused = unused(lines, entries, alignment);
    let mut columns = Columns::new(document, lines, entries, (form, targets), (&alignment.matches, year));
    let mut notes = Vec::with_capacity(alignment.matches.len());
    let mut further = Vec::new();
    for found in &alignment.matches {
        let (Some(entry), Some(target)) = (entries.get(found.entry), targets.all.get(found.target)) else {
            notes.push(draft.next_note());
            continue;
        };
        let assignment = columns.assign(found);
        let line = entry.values.first().and_then(|at| lines.pieces.get(*at)).map(|piece| piece.line);
        let below = line.and_then(|line| unused.get(&(line + 1)).copied());
        let row = Row { document, lines, form, entry, target, found, below };
        let assignment = if row.shares_a_head(&assignment) {
            Assignment { unsure: Some(Unsure::Count), ..Assignment::default() }
        } else {
            assignment
        };
        notes.push(draft.next_note());
        row.fill(draft, &assignment);
        row.keep_remarks(draft);
        further.extend(assignment.extra.iter().map(|(piece, why)| row.further(*piece, *why)));
    }
    further::note(draft, lines, &further);
    missing(draft, lines, entries, (form, targets), alignment);
    notes
}

/// Lines of text with figures that belong to no row, with what they are.
fn unused<'e>(lines: &Lines<'_>, entries: &'e [Entry], alignment: &Alignment) -> HashMap<usize, &'e Entry> {
    let used: HashSet<usize> = alignment.matches.iter().map(|found| found.entry).collect();
    let free =
        entries.iter().enumerate().filter(|(index, entry)| !used.contains(index) && entry.row.is_none());
    free.filter_map(|(_, entry)| Some((lines.pieces.get(*entry.values.first()?)?.line, entry))).collect()
}

/// Rows above a figure that are looked at for its head.
const FAR: usize = 60;

/// Of a figure for which the file has only a formula.
const NO_RESULT: &str =
    "本格是公式，文件里没有它的结果，留空；请填数字，或用 Excel、WPS 打开文件，保存后再导入";

/// A sign for nothing in a row: what is doubtful about it, where it is first, and in how many cells it stands.
struct Sign<'a> {
    text: &'a str,
    doubt: String,
    first: (CellId, usize),
    count: usize,
}

struct Row<'a, 'd> {
    document: &'d Document,
    lines: &'a Lines<'d>,
    form: &'a Form,
    entry: &'a Entry,
    target: &'a Target,
    found: &'a Match,
    /// What stands in the line right below and belongs to no row.
    below: Option<&'a Entry>,
}

impl Row<'_, '_> {
    fn fill(&self, draft: &mut Draft<'_>, assignment: &Assignment) {
        let order = self.entry.start();
        let cells = self.target.cells(self.form);
        let place = cells.first().map(|cell| Place::Cell(*cell));
        let source = self.source(draft);
        let name = self.name();
        let at = self.at(self.entry.start());
        if self.entry.values.is_empty() {
            let beside = self.beside();
            let message = if beside.is_empty() {
                format!("“{name}”只有行名，没有数据，各格留空，请补填")
            } else {
                let beside = beside.join(" ");
                format!("“{name}”这一行的“{}”看不出各在哪一格，没有填入，请照原文填写", excerpt(&beside, 60))
            };
            draft.note(order, NoteKind::Doubtful, place, at, source, message);
            return;
        }
        if let Some(unsure) = assignment.unsure {
            let (has, needs) = (self.filled(), cells.len());
            let message = if has == 0 {
                format!("“{name}”没有数据，各格留空，请补填")
            } else if unsure == Unsure::Heads {
                format!(
                    "“{name}”上方的表头与表式的各列不同，看不出{has}个数各在哪一列，没有填入，请照原文填写"
                )
            } else {
                let blank = if has == needs { "，其间还有空格" } else { "" };
                format!(
                    "“{name}”应有{needs}格，文件中有{has}个数{blank}，看不出各在哪一格，没有填入，请照原文填写"
                )
            };
            draft.note(order, NoteKind::Doubtful, place, at, source, message);
            return;
        }
        if let TargetKind::Group(range) = &self.target.kind {
            self.fill_group(draft, assignment, range, source);
            return;
        }
        let mut remarks = Vec::new();
        if self.found.by_place {
            remarks.push("行名缺失或次序不同，按位置对应".to_owned());
        } else if self.found.likeness < SAME && self.target.kind != TargetKind::Whole {
            remarks.push("行名与表式不同".to_owned());
        }
        if assignment.reordered {
            remarks.push("列的次序与表式不同，已按表头对应".to_owned());
        }
        if let Some(below) = self.below.filter(|below| self.may_be_torn(below)) {
            let texts: Vec<&str> = below.values.iter().map(|at| self.text(*at)).collect();
            remarks.push(format!("下一行的“{}”可能是本行没有排完的数", texts.join(" ")));
        }
        if assignment.located {
            remarks.push("空白的是哪几格按上下各行的位置判断".to_owned());
        }
        if !assignment.missing.is_empty() {
            let columns: Vec<String> =
                assignment.missing.iter().map(|cell| self.form.column_name(*cell)).collect();
            remarks.push(format!("文件中没有“{}”列，该格留空", columns.join("、")));
        }
        let kind = if remarks.is_empty() { NoteKind::Matched } else { NoteKind::Doubtful };
        let filled = assignment.cells.iter().filter(|(_, at)| self.is_filled(*at)).count();
        let blank = cells.len() - filled.min(cells.len());
        let mut message = match (filled, blank) {
            (0, _) => format!("对应“{name}”，各格都是空白"),
            (_, 0) => format!("对应“{name}”，填入{filled}格"),
            _ => format!("对应“{name}”，填入{filled}格，{blank}格空白"),
        };
        if !remarks.is_empty() {
            message = format!("{message}；{}，请核对", remarks.join("；"));
        }
        draft.note(order, kind, place, at, source, message);
        self.fill_cells(draft, assignment);
    }

    /// Each figure; of a sign for nothing that stands in several cells of the row only one note speaks.
    fn fill_cells(&self, draft: &mut Draft<'_>, assignment: &Assignment) {
        let mut signs: Vec<Sign<'_>> = Vec::new();
        for (cell, piece) in &assignment.cells {
            let text = self.text(*piece);
            let computed = self.is_computed(*piece);
            if let Some(source) = self.cell(*piece) {
                comments::keep(draft, self.form, *cell, source, *piece);
            }
            let Some(doubt) = draft.fill(*cell, text, computed, assignment.in_yuan.contains(cell)) else {
                let is_input = self.form.slot(*cell).is_some_and(|slot| slot.role == Role::Input);
                if computed && is_input && !self.is_filled(*piece) {
                    self.doubt(draft, *cell, *piece, NO_RESULT);
                }
                continue;
            };
            if !content::is_nothing(text) {
                self.doubt(draft, *cell, *piece, &doubt);
                continue;
            }
            match signs.iter_mut().find(|sign| sign.text == text) {
                Some(sign) => sign.count += 1,
                None => signs.push(Sign { text, doubt, first: (*cell, *piece), count: 1 }),
            }
        }
        for Sign { text, doubt, first: (cell, piece), count } in signs {
            if count == 1 {
                self.doubt(draft, cell, piece, &doubt);
                continue;
            }
            let name = self.name();
            let message = format!(
                "{name}：有{count}格填的是“{text}”，不是数字，已照原样填入；没有的请填0，不清楚的请查明后填写"
            );
            draft.note(piece, NoteKind::Doubtful, Some(Place::Cell(cell)), self.at(piece), text, message);
        }
    }

    fn doubt(&self, draft: &mut Draft<'_>, cell: CellId, piece: usize, doubt: &str) {
        let message = format!("{}：{doubt}", self.form.name(Place::Cell(cell)));
        let place = Some(Place::Cell(cell));
        draft.note(piece, NoteKind::Doubtful, place, self.at(piece), self.text(piece), message);
    }

    /// Whether a figure that was taken stands under the same head as one that was left over, as do the figures of two
    /// years under one head.
    fn shares_a_head(&self, assignment: &Assignment) -> bool {
        // Of a column that says its year it is known that it is another one.
        let left =
            assignment.extra.iter().filter(|(_, why)| !matches!(why, Why::OfYear(_))).map(|(at, _)| *at);
        let is_figure = |at: &usize| self.lines.pieces.get(*at).is_some_and(|p| p.sort == PieceSort::Value);
        let left: Vec<_> = left.filter(is_figure).filter_map(|at| self.head(at)).collect();
        assignment.cells.iter().filter_map(|(_, at)| self.head(*at)).any(|head| left.contains(&head))
    }

    /// Where the nearest words over a figure of a table begin, if they stand over several columns.
    fn head(&self, piece: usize) -> Option<(usize, usize)> {
        let ((block, row), piece) = (self.entry.row?, self.lines.pieces.get(piece)?);
        let Block::Table(table) = self.document.blocks.get(block)? else { return None };
        let above = (row.saturating_sub(FAR)..row).rev().filter_map(|row| table.cell(row, piece.column));
        let mut words = above.filter(|cell| !cell.text.trim().is_empty() && !content::is_value(&cell.text));
        words.next().filter(|cell| cell.columns > 1).map(|cell| (cell.row, cell.column))
    }

    /// What looks like figures beside a label for which no figures were found.
    fn beside(&self) -> Vec<&str> {
        let Some(label) = self.entry.labels.last() else { return Vec::new() };
        let line = self.lines.pieces.get(*label).and_then(|piece| self.lines.lines.get(piece.line));
        let behind = line.map_or(0..0, |line| label + 1..line.pieces.end);
        let pieces = behind.filter_map(|at| self.lines.pieces.get(at));
        let odd = |piece: &&Piece<'_>| piece.sort == PieceSort::Value || content::is_odd(piece.text);
        pieces.filter(odd).map(|piece| piece.text).collect()
    }

    /// Several rows printed as one: where the sum is 0 each part is 0, elsewhere nobody can tell.
    fn fill_group(
        &self,
        draft: &mut Draft<'_>,
        assignment: &Assignment,
        rows: &std::ops::Range<usize>,
        source: String,
    ) {
        let name = self.name();
        let Some(block) =
            self.form.tables.get(self.target.table).and_then(|t| t.blocks.get(self.target.block))
        else {
            return;
        };
        let mut open = Vec::new();
        for (cell, piece) in &assignment.cells {
            let Some(slot) = self.form.slot(*cell) else { continue };
            let figure = content::read(self.text(*piece), slot, false).figure;
            if figure == Figure::Number(0) && slot.kind == NumberKind::Count {
                for part in rows.clone().filter_map(|row| block.cell(row, slot.column)) {
                    draft.put(part, Figure::Number(0), false);
                }
            } else if !figure.is_blank() {
                open.push(format!("{} {}", self.form.column_name(*cell), self.text(*piece)));
            }
        }
        let place = assignment.cells.first().map(|(cell, _)| Place::Cell(*cell));
        let at = self.at(self.entry.start());
        let parts: Vec<&str> =
            rows.clone().filter_map(|row| block.labels.leaf(row)).map(|label| label.name.as_str()).collect();
        let order = self.entry.start();
        if open.is_empty() {
            let message = format!("“{name}”在文件中是一行，表式分为{}行，合计为0的各分项填0", parts.len());
            draft.note(order, NoteKind::Matched, place, at, source, message);
        } else {
            let message = format!(
                "“{name}”在文件中是一行（{}），表式分为{}；请查明各分项后填写，合计为0的列已填0",
                open.join("，"),
                parts.join("、")
            );
            draft.note(order, NoteKind::LeftOver, place, at, source, message);
        }
    }

    /// The words of the entry, which are thereby taken; of a row of a table all its cells.
    fn source(&self, draft: &mut Draft<'_>) -> String {
        let first = self.entry.values.first().and_then(|at| self.lines.pieces.get(*at));
        let line =
            first.and_then(|piece| self.lines.lines.get(piece.line)).filter(|_| self.entry.row.is_some());
        let mut pieces: Vec<usize> =
            self.entry.pieces().chain(line.map_or(0..0, |line| line.pieces.clone())).collect();
        pieces.sort_unstable();
        let taken: Vec<usize> = pieces.into_iter().filter(|piece| draft.take(*piece)).collect();
        let texts = taken.iter().map(|piece| self.text(*piece)).filter(|text| !text.is_empty());
        texts.collect::<Vec<_>>().join(" ")
    }

    /// A figure of the row for which the form has no column.
    fn further(&self, piece: usize, why: Why) -> Further {
        let place = self.target.cells(self.form).first().map(|cell| Place::Cell(*cell));
        Further { piece, row: self.entry.row, name: self.name(), place, why }
    }

    /// What a row of a table has in columns of remarks.
    fn keep_remarks(&self, draft: &mut Draft<'_>) {
        let piece = self.entry.values.first().or(self.entry.labels.last());
        let line = piece.and_then(|at| self.lines.pieces.get(*at)).filter(|_| self.entry.row.is_some());
        let pieces =
            line.and_then(|piece| self.lines.lines.get(piece.line)).map_or(0..0, |l| l.pieces.clone());
        let is_remark = |at: &usize| self.lines.pieces.get(*at).is_some_and(|p| p.sort == PieceSort::Remark);
        let cells = self.target.cells(self.form);
        for remark in pieces.filter(is_remark) {
            super::remarks::keep(draft, self.form, &cells, remark, self.text(remark), self.at(remark));
        }
    }

    /// Whether figures of the row, all in one line, may go on in the line below.
    fn may_be_torn(&self, below: &Entry) -> bool {
        let lines = |entry: &Entry| -> HashSet<usize> {
            entry.values.iter().filter_map(|at| self.lines.pieces.get(*at)).map(|piece| piece.line).collect()
        };
        let (own, rest) = (lines(self.entry), lines(below));
        let shape = |line: &usize| self.lines.lines.get(*line).map(|line| line.shape);
        let lines_of = |wanted: Shape| own.iter().chain(&rest).all(|line| shape(line) == Some(wanted));
        // A line without a label of its own is all the more one that was torn off.
        let is_bare = below.labels.is_empty();
        own.len() == 1
            && rest.len() == 1
            && (lines_of(Shape::Spaced) || (is_bare && lines_of(Shape::Other)))
            && (is_bare || below.values.len() <= self.entry.values.len())
    }

    fn name(&self) -> String {
        let block =
            self.form.tables.get(self.target.table).and_then(|table| table.blocks.get(self.target.block));
        let cell = self.target.cells(self.form).first().copied();
        match (&self.target.kind, block, cell) {
            (TargetKind::Group(range), Some(block), _) => group_name(&block.labels, range),
            (TargetKind::Column(column), Some(block), _) => {
                block.heads.leaf(*column).map_or(String::new(), |label| label.name.clone())
            }
            (TargetKind::Whole, ..) => {
                self.form.tables.get(self.target.table).map_or(String::new(), |table| table.title.clone())
            }
            (_, _, Some(cell)) => self.form.row_name(cell),
            _ => String::new(),
        }
    }

    fn filled(&self) -> usize {
        self.entry.values.iter().filter(|at| self.is_filled(**at)).count()
    }

    fn is_filled(&self, piece: usize) -> bool {
        self.lines.pieces.get(piece).is_some_and(|piece| piece.sort != PieceSort::Blank)
    }

    fn text(&self, piece: usize) -> &str {
        self.lines.pieces.get(piece).map_or("", |piece| piece.text)
    }

    fn at(&self, piece: usize) -> &At {
        self.lines.pieces.get(piece).map_or(&At::Unknown, |piece| piece.at)
    }

    fn is_computed(&self, piece: usize) -> bool {
        self.cell(piece).is_some_and(|cell| cell.computed)
    }

    /// The cell of a table that a piece is.
    fn cell(&self, piece: usize) -> Option<&document::Cell> {
        let ((block, row), piece) = (self.entry.row?, self.lines.pieces.get(piece)?);
        match self.document.blocks.get(block)? {
            Block::Table(table) => table.cell(row, piece.column),
            _ => None,
        }
    }
}

/// Says which rows of the form were not found, one note for each table.
fn missing(
    draft: &mut Draft<'_>,
    lines: &Lines<'_>,
    entries: &[Entry],
    (form, targets): (&Form, &Targets),
    alignment: &Alignment,
) {
    if draft.is_by_path {
        return;
    }
    for (index, table) in form.tables.iter().enumerate() {
        let of_table: Vec<(&Entry, &Target)> = alignment
            .matches
            .iter()
            .filter_map(|found| Some((entries.get(found.entry)?, targets.all.get(found.target)?)))
            .filter(|(_, target)| target.table == index)
            .collect();
        let mut names = Vec::new();
        let mut first = None;
        let mut count = 0;
        for (number, block) in table.blocks.iter().enumerate() {
            let of_block: Vec<&Target> =
                of_table.iter().map(|(_, target)| *target).filter(|target| target.block == number).collect();
            for row in 0..block.rows.len() {
                count += 1;
                let found = of_block.iter().any(|target| match &target.kind {
                    TargetKind::Row(found) => *found == row,
                    TargetKind::Group(range) => range.contains(&row),
                    TargetKind::Column(_) | TargetKind::Whole => true,
                });
                if let Some(cell) = block.cell(row, 0).filter(|_| !found) {
                    first = first.or(Some(cell));
                    names.push(form.row_name(cell));
                }
            }
        }
        let Some(first) = first else { continue };
        let end = of_table.iter().map(|(entry, _)| entry).max_by_key(|entry| entry.start());
        let order = end.map_or(usize::MAX, |entry| entry.start() + 1);
        let at = end
            .and_then(|entry| lines.pieces.get(entry.start()))
            .map_or(At::Unknown, |piece| piece.at.clone());
        let message = if names.len() == count {
            format!("文件中没有找到表“{}”，各格留空", table.title)
        } else {
            format!("表“{}”中没有找到这些行，各格留空：{}", table.title, names.join("、"))
        };
        draft.note(order, NoteKind::Doubtful, Some(Place::Cell(first)), &at, "", message);
    }
}

fn group_name(labels: &Header, range: &std::ops::Range<usize>) -> String {
    labels
        .labels()
        .iter()
        .find(|label| !label.is_leaf && label.leaves == *range)
        .map_or(String::new(), |label| label.name.clone())
}
