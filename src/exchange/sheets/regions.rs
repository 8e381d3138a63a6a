//! Where tables begin and end in cells of which nothing says so.
//!
//! A table begins with the first row that has two filled cells and goes on until a row is left out or one long sentence
//! stands alone; single cells around it are paragraphs. A row without a word in it does not end the table if figures
//! go on below in the same columns.

use std::collections::BTreeMap;

use super::book::{Merge, Sheet};
use crate::model::half_width;

/// Merged ranges by the row in which they begin.
pub(super) type Merges = BTreeMap<u32, Vec<Merge>>;

/// A filled row: which columns have text.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) row: u32,
    pub(super) columns: Vec<u32>,
}

/// A rectangle of a sheet, inclusive.
#[derive(Clone, Copy)]
pub(super) struct Area {
    pub(super) first: (u32, u32),
    pub(super) last: (u32, u32),
}

/// What a stretch of rows is.
pub(super) enum Region {
    /// Single cells.
    Paragraphs(Vec<Row>),
    /// A table.
    Table(Area),
}

impl Area {
    pub(super) fn holds(self, (row, column): (u32, u32)) -> bool {
        (self.first.0..=self.last.0).contains(&row) && (self.first.1..=self.last.1).contains(&column)
    }
}

/// The rows of a sheet that have text.
pub(super) fn rows(sheet: &Sheet) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for ((row, column), value) in &sheet.cells {
        if value.text.trim().is_empty() {
            continue;
        }
        match rows.last_mut().filter(|last| last.row == *row) {
            Some(last) => last.columns.push(*column),
            None => rows.push(Row { row: *row, columns: vec![*column] }),
        }
    }
    rows
}

/// The merged ranges of a sheet by their rows.
pub(super) fn merges(sheet: &Sheet) -> Merges {
    let mut merges = Merges::new();
    for merge in &sheet.merges {
        merges.entry(merge.row).or_default().push(*merge);
    }
    merges
}

/// Tells paragraphs and tables apart, in their order. Of tables side by side the left one comes first.
pub(super) fn regions(sheet: &Sheet, rows: &[Row], merges: &Merges) -> Vec<Region> {
    let mut regions = Vec::new();
    collect(sheet, rows, merges, MOST_BESIDE, &mut regions);
    regions
}

/// How often a table is taken apart into tables side by side.
const MOST_BESIDE: usize = 3;
/// Columns without a word that are looked at in each.
const MOST_GAPS: usize = 8;

fn collect(sheet: &Sheet, rows: &[Row], merges: &Merges, beside: usize, regions: &mut Vec<Region>) {
    let mut rest = rows;
    while let Some(at) = rest.iter().position(|row| row.columns.len() > 1) {
        let (before, from) = rest.split_at(at);
        let length = length(sheet, from, merges);
        let (grid, after) = from.split_at(length);
        let own = usize::from(has_block_title(before.last(), grid, merges));
        let (before, _) = before.split_at(before.len() - own);
        regions.push(Region::Paragraphs(before.to_vec()));
        let grid = rest.get(before.len()..at + length).unwrap_or(grid);
        rest = after;
        if let Some(column) = gap(grid, merges).filter(|_| beside > 0) {
            for left in [true, false] {
                let (rows, merges) = side(grid, merges, |at| (at < column) == left);
                collect(sheet, &rows, &merges, beside - 1, regions);
            }
            continue;
        }
        let mut area = area(grid, merges);
        if after.first().is_none_or(|next| next.row > area.last.0.saturating_add(1))
            && is_drawn_below(sheet, area, merges)
        {
            area.last.0 += 1;
        }
        regions.push(Region::Table(area));
    }
    regions.push(Region::Paragraphs(rest.to_vec()));
}

/// The column without a word that has a table of its own on either side.
fn gap(rows: &[Row], merges: &Merges) -> Option<u32> {
    let ranges = rows.iter().filter_map(|row| merges.get(&row.row)).flatten();
    let mut taken: Vec<(u32, u32)> = ranges.map(|merge| (merge.column, merge.last.1)).collect();
    taken.extend(rows.iter().flat_map(|row| row.columns.iter().map(|column| (*column, *column))));
    taken.sort_unstable();
    let mut free = Vec::new();
    let mut end = taken.first()?.1;
    for (from, to) in taken {
        if from > end.saturating_add(1) && free.len() < MOST_GAPS {
            free.push(end + 1);
        }
        end = end.max(to);
    }
    let is_table = |within: &dyn Fn(u32) -> bool| {
        let wide = |row: &&Row| row.columns.iter().filter(|column| within(**column)).count() > 1;
        rows.iter().filter(wide).count() > 1
    };
    free.into_iter().find(|gap| is_table(&|column| column < *gap) && is_table(&|column| column > *gap))
}

/// What rows and merged ranges there are in some columns.
fn side(rows: &[Row], merges: &Merges, within: impl Fn(u32) -> bool) -> (Vec<Row>, Merges) {
    let of_row = |row: &Row| {
        let columns: Vec<u32> = row.columns.iter().copied().filter(|column| within(*column)).collect();
        (!columns.is_empty()).then_some(Row { row: row.row, columns })
    };
    let of_merges = rows.iter().filter_map(|row| {
        let inside = merges.get(&row.row)?.iter().filter(|merge| within(merge.column));
        Some((row.row, inside.copied().collect()))
    });
    (rows.iter().filter_map(of_row).collect(), of_merges.collect())
}

/// The most rows without text that may stand inside a table.
const MOST_LEFT_OUT: u32 = 2;
/// Rows that are looked at on either side of them.
const NEAR: usize = 8;

/// How many of the rows belong to the table that begins with the first of them.
fn length(sheet: &Sheet, rows: &[Row], merges: &Merges) -> usize {
    let mut reach = 0;
    let mut previous: Option<u32> = None;
    for (index, row) in rows.iter().enumerate() {
        if let Some(previous) = previous
            && row.row > reach
        {
            let above = previous.max(reach);
            // Hidden rows are not there for those who look at the sheet.
            let left_out = row.row - above - 1 - sheet.hidden_rows.between(above, row.row);
            let alone = row.columns.first().filter(|_| row.columns.len() == 1);
            let (before, after) = rows.split_at(index);
            let goes_on = left_out == 0 || left_out <= MOST_LEFT_OUT && goes_on(sheet, before, after);
            if !goes_on || alone.is_some_and(|column| is_sentence(text(sheet, row.row, *column))) {
                return index;
            }
        }
        previous = Some(row.row);
        for merge in merges.get(&row.row).into_iter().flatten() {
            reach = reach.max(merge.last.0);
        }
    }
    rows.len()
}

/// Whether figures stand below in the columns in which they stood above.
fn goes_on(sheet: &Sheet, before: &[Row], after: &[Row]) -> bool {
    let figures = |row: &Row| -> Vec<u32> {
        row.columns.iter().copied().filter(|column| is_figure(text(sheet, row.row, *column))).collect()
    };
    let above = before.iter().rev().take(NEAR).map(figures).find(|columns| !columns.is_empty());
    let mut next = after.iter().take(NEAR).skip_while(|row| {
        row.columns.len() == 1
            && row.columns.first().is_some_and(|column| !is_sentence(text(sheet, row.row, *column)))
    });
    let below = next.next().map(figures).unwrap_or_default();
    // The first column has numbers of rows as often as figures.
    let below: Vec<u32> = below.into_iter().filter(|column| *column > 0).collect();
    !below.is_empty() && above.is_some_and(|above| below.iter().all(|column| above.contains(column)))
}

/// Whether the file says of the row under a table that there are cells in it, though without a word: a last row that
/// was left blank.
fn is_drawn_below(sheet: &Sheet, area: Area, merges: &Merges) -> bool {
    let row = area.last.0.saturating_add(1);
    let begins = |merge: &Merge| area.holds((area.last.0, merge.column));
    let covered = merges.get(&row).into_iter().flatten().any(begins);
    let wide = area.last.1 - area.first.1 + 1;
    let drawn = sheet.blank.get(&row).is_some_and(|(first, last)| {
        let (from, to) = (*first.max(&area.first.1), *last.min(&area.last.1));
        to >= from && (to - from + 1) * 2 > wide
    });
    covered || drawn
}

/// Whether the row over a table is the title of its first block: the table has rows like it further down.
fn has_block_title(above: Option<&Row>, grid: &[Row], merges: &Merges) -> bool {
    let width = |row: &Row| {
        let column = row.columns.first().filter(|_| row.columns.len() == 1)?;
        let merge = merges.get(&row.row)?.iter().find(|merge| merge.column == *column)?;
        Some((merge.column, merge.last.1))
    };
    let (Some(above), Some(first)) = (above, grid.first()) else { return false };
    above.row.saturating_add(1) == first.row
        && width(above).is_some_and(|title| grid.iter().any(|row| width(row) == Some(title)))
}

/// The rectangle of a table: all its text, and the merged cells that its rows begin.
fn area(rows: &[Row], merges: &Merges) -> Area {
    // A title may be merged to the end of the sheet; so far a table goes only if there is text.
    const BEYOND: u32 = 64;
    let columns = || rows.iter().flat_map(|row| row.columns.iter().copied());
    let (left, right) = (columns().min().unwrap_or(0), columns().max().unwrap_or(0));
    let (first, last) = (rows.first().map_or(0, |row| row.row), rows.last().map_or(0, |row| row.row));
    let (mut from, mut to) = (left, right);
    for row in rows.iter().filter(|row| row.columns.len() > 1) {
        for merge in merges.get(&row.row).into_iter().flatten() {
            from = from.min(merge.column);
            to = to.max(merge.last.1.min(right.saturating_add(BEYOND)));
        }
    }
    Area { first: (first, from), last: (last, to) }
}

fn text(sheet: &Sheet, row: u32, column: u32) -> &str {
    sheet.cells.get(&(row, column)).map_or("", |value| &value.text)
}

/// Whether a text that stands alone in its row is running text and not a label.
fn is_sentence(text: &str) -> bool {
    let text = text.trim_end();
    text.ends_with('。') || text.chars().nth(80).is_some()
}

/// Whether a text is made of what figures and signs for nothing are made of.
pub(super) fn is_figure(text: &str) -> bool {
    let sign = |c: char| matches!(c, ',' | '.' | '-' | '+' | '/' | '—' | '减' | '增' | '无' | '件' | '项');
    let mut figures = text.chars().map(half_width).filter(|c| !c.is_whitespace());
    !text.trim().is_empty() && figures.all(|c| c.is_ascii_digit() || sign(c))
}
