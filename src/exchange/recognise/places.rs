//! Blank cells in rows whose columns are only blanks apart: which they are shows in the rows above and below, or in the
//! heads.
//!
//! Programs that print a page as text put what stands at one place of the page at one column of the text. Some count
//! characters, some the width that they have on a screen. A blank is only located if the columns are far enough apart
//! in all rows and each figure stands at one of them; else the row stays as it is.

use unicode_width::UnicodeWidthChar;

use super::lines::{Line, LineSort, Lines, Piece, PieceSort, Shape};
use crate::exchange::document::At;

/// From a column to the one behind the last, in characters and in columns of a screen.
type Span = (usize, usize);

/// Figures of one row that are looked at; forms have fewer.
const MOST: usize = 60;
/// Lines without figures that end a table.
const QUIET: usize = 12;
/// How far from a whole row, or from its heads, a row may be, in lines.
const NEAR: usize = 24;

/// Ways to count columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Count {
    Characters,
    Width,
}

/// A piece of a line at its place.
#[derive(Debug, Clone, Copy)]
struct Mark {
    piece: usize,
    characters: Span,
    width: Span,
    /// The blanks in front of it.
    gap: usize,
}

impl Mark {
    fn span(&self, count: Count) -> Span {
        match count {
            Count::Characters => self.characters,
            Count::Width => self.width,
        }
    }
}

/// A line with figures.
struct Row {
    line: usize,
    values: Vec<Mark>,
    has_label: bool,
}

/// For each line with figures that has blank cells, all its cells, the blank ones as new pieces; a line may have several
/// ways to see it, of different length.
pub(super) fn locate(lines: &mut Lines<'_>) {
    let mut found: Vec<(usize, Vec<Option<usize>>)> = Vec::new();
    let mut run = Run::default();
    for (index, line) in lines.lines.iter().enumerate() {
        if matches!(line.sort, LineSort::Empty) && !line.new_page {
            continue;
        }
        if line.new_page || run.page != page(line) {
            run.end(&mut found);
            run.page = page(line);
        }
        match parts(line, lines.pieces.get(line.pieces.clone()).unwrap_or_default()) {
            Parts::Row(values, has_label) => run.rows.push(Row { line: index, values, has_label }),
            Parts::Heads(heads) => {
                run.end(&mut found);
                run.heads = Some((index, heads));
            }
            Parts::Words if run.quiet < QUIET => {
                run.quiet += 1;
                continue;
            }
            Parts::Words | Parts::End => run.end(&mut found),
        }
        run.quiet = 0;
    }
    run.end(&mut found);
    for (line, cells) in found {
        lines.locate(line, &cells);
    }
}

/// What a line is to a table.
enum Parts {
    /// Figures, at their places; whether words stand in front of them.
    Row(Vec<Mark>, bool),
    /// Heads of several columns.
    Heads(Vec<Mark>),
    /// Words, as of a label.
    Words,
    /// No part of such a table.
    End,
}

fn parts(line: &Line<'_>, pieces: &[Piece<'_>]) -> Parts {
    let LineSort::Text(_) = line.sort else { return Parts::End };
    if line.shape != Shape::Spaced || pieces.len() > MOST {
        return Parts::End;
    }
    let marks = marks(line, pieces);
    let labels = pieces.iter().rposition(|piece| piece.sort == PieceSort::Label).map_or(0, |at| at + 1);
    let values = marks.get(labels..).unwrap_or_default();
    match (values, labels) {
        ([], 0..=2) => Parts::Words,
        ([], _) => Parts::Heads(marks),
        // A line of prose may end with a figure.
        ([first, ..], 1..) if first.gap < 2 => Parts::Words,
        _ => Parts::Row(values.to_vec(), labels > 0),
    }
}

/// The places of the pieces of a line.
fn marks(line: &Line<'_>, pieces: &[Piece<'_>]) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::with_capacity(pieces.len());
    let (mut byte, mut characters, mut width) = (0, 0, 0);
    let mut go = |to: usize| {
        for c in line.text.get(byte..to).unwrap_or_default().chars() {
            characters += 1;
            width += c.width().unwrap_or(0);
        }
        byte = to;
        (characters, width)
    };
    for (piece, index) in pieces.iter().zip(line.pieces.start..) {
        let from = go(piece.from);
        let to = go(piece.from + piece.text.len());
        let before = marks.last().map_or(0, |mark| mark.characters.1);
        marks.push(Mark {
            piece: index,
            characters: (from.0, to.0),
            width: (from.1, to.1),
            gap: from.0.saturating_sub(before),
        });
    }
    marks
}

fn page(line: &Line<'_>) -> Option<usize> {
    match line.at {
        At::Page { page, .. } => Some(*page),
        _ => None,
    }
}

/// Rows of one table, as far as can be told, on one page.
#[derive(Default)]
struct Run {
    rows: Vec<Row>,
    heads: Option<(usize, Vec<Mark>)>,
    page: Option<usize>,
    /// Lines of words since the last row.
    quiet: usize,
}

impl Run {
    /// Locates the blanks of all rows, and begins anew.
    fn end(&mut self, found: &mut Vec<(usize, Vec<Option<usize>>)>) {
        let by_rows = self.by_rows();
        let by_heads = self.by_heads();
        for (index, (one, other)) in by_rows.into_iter().zip(by_heads).enumerate() {
            let Some(row) = self.rows.get(index).filter(|_| !self.is_torn(index)) else { continue };
            let same_length = one.as_ref().map(Vec::len) == other.as_ref().map(Vec::len);
            if one.is_some() && same_length && one != other {
                continue;
            }
            let other = other.filter(|_| !same_length);
            found.extend(one.into_iter().chain(other).map(|cells| (row.line, cells)));
        }
        self.rows.clear();
        (self.heads, self.quiet) = (None, 0);
    }

    /// Whether the figures of a row may be torn: those of a line right above or below may belong to the same cells, as one
    /// of both has no label.
    fn is_torn(&self, index: usize) -> bool {
        let Some(row) = self.rows.get(index) else { return true };
        let near = [index.checked_sub(1), index.checked_add(1)].into_iter().flatten();
        near.filter_map(|at| self.rows.get(at))
            .any(|other| other.line.abs_diff(row.line) == 1 && !(other.has_label && row.has_label))
    }

    /// The ways to count that may be meant; gouji's own reader of pages counts the width.
    fn counts(&self) -> &'static [Count] {
        if self.page.is_some() { &[Count::Width] } else { &[Count::Characters, Count::Width] }
    }

    /// The cells of each row by the places of the figures in whole rows.
    fn by_rows(&self) -> Vec<Option<Vec<Option<usize>>>> {
        let mut counts = [0_usize; MOST + 1];
        for row in &self.rows {
            if let Some(count) = counts.get_mut(row.values.len()) {
                *count += 1;
            }
        }
        let none = vec![None; self.rows.len()];
        let Some(wide) = (2..=MOST).rev().find(|wide| counts.get(*wide).is_some_and(|rows| *rows >= 2))
        else {
            return none;
        };
        let whole: Vec<&Row> = self.rows.iter().filter(|row| row.values.len() == wide).collect();
        let columns: Vec<(Count, Vec<Span>, usize)> = self
            .counts()
            .iter()
            .filter_map(|count| {
                let (columns, spread) = columns(&whole, *count, wide)?;
                Some((*count, columns, spread))
            })
            .collect();
        let Some(best) = columns.iter().map(|(_, _, spread)| *spread).min() else { return none };
        let likely: Vec<(Count, &[Span])> = columns
            .iter()
            .filter(|(_, _, spread)| *spread <= 2 * best + wide)
            .map(|(count, columns, _)| (*count, columns.as_slice()))
            .collect();
        let mut last: Option<usize> = None;
        let mut near = vec![false; self.rows.len()];
        for index in (0..self.rows.len()).chain((0..self.rows.len()).rev()) {
            let (Some(row), Some(near)) = (self.rows.get(index), near.get_mut(index)) else { continue };
            if row.values.len() == wide {
                last = Some(row.line);
            }
            *near |= last.is_some_and(|last| last.abs_diff(row.line) <= NEAR);
        }
        let rows = self.rows.iter().zip(near);
        rows.map(|(row, near)| {
            (near && row.values.len() < wide).then(|| agreed(row, &likely, one_of)).flatten()
        })
        .collect()
    }

    /// The cells of each row by the heads over it, the first of which stands over the labels.
    fn by_heads(&self) -> Vec<Option<Vec<Option<usize>>>> {
        let none = vec![None; self.rows.len()];
        let Some((line, heads)) = &self.heads else { return none };
        let heads = heads.get(1..).unwrap_or_default();
        let columns_of = |count: Count| heads.iter().map(|head| head.span(count)).collect::<Vec<Span>>();
        let mut columns: Vec<(Count, Vec<Span>)> =
            self.counts().iter().map(|count| (*count, columns_of(*count))).collect();
        let near: Vec<&Row> = self.rows.iter().filter(|row| row.line - line <= NEAR).collect();
        let whole: Vec<&&Row> = near.iter().filter(|row| row.values.len() == heads.len()).collect();
        // Without a whole row to tell, all ways to count have to agree.
        columns
            .retain(|(count, columns)| whole.iter().all(|row| place(row, *count, columns, under).is_some()));
        let likely: Vec<(Count, &[Span])> =
            columns.iter().map(|(count, columns)| (*count, columns.as_slice())).collect();
        let rows = self.rows.iter().map(|row| {
            let may = row.line - line <= NEAR && row.values.len() < heads.len();
            may.then(|| agreed(row, &likely, under)).flatten()
        });
        rows.collect()
    }
}

/// The columns of whole rows, and by how much the figures in them stand apart; none if they are not clearly apart.
fn columns(whole: &[&Row], count: Count, wide: usize) -> Option<(Vec<Span>, usize)> {
    let mut columns = Vec::with_capacity(wide);
    let mut apart = 0;
    for column in 0..wide {
        let spans = || whole.iter().filter_map(|row| Some(row.values.get(column)?.span(count)));
        let from = spans().map(|span| span.0).min()?;
        let to = spans().map(|span| span.1).max()?;
        let left = spans().map(|span| span.0).max()? - from;
        let right = to - spans().map(|span| span.1).min()?;
        let middle =
            spans().map(|span| span.0 + span.1).max()? - spans().map(|span| span.0 + span.1).min()?;
        apart += left.min(right).min(middle / 2);
        columns.push((from, to));
    }
    let clear = columns.iter().zip(columns.iter().skip(1)).all(|(one, next)| one.1 < next.0);
    clear.then_some((columns, apart))
}

/// The cells of a row if all ways to count agree on them.
fn agreed(
    row: &Row,
    ways: &[(Count, &[Span])],
    find: fn(Span, &[Span]) -> Option<usize>,
) -> Option<Vec<Option<usize>>> {
    let mut ways = ways.iter().map(|(count, columns)| place(row, *count, columns, find));
    let first = ways.next()??;
    ways.all(|way| way.as_ref() == Some(&first)).then_some(first)
}

/// For each column the figure of the row that stands at it; none if one stands at no column, or may stand at several.
fn place(
    row: &Row,
    count: Count,
    columns: &[Span],
    find: fn(Span, &[Span]) -> Option<usize>,
) -> Option<Vec<Option<usize>>> {
    let mut cells = vec![None; columns.len()];
    let mut next = 0;
    for mark in &row.values {
        let column = find(mark.span(count), columns)?;
        // What stands close behind other words may have been pushed to the right by them.
        let pushed = mark.gap <= 2 && column > next;
        if column < next || pushed {
            return None;
        }
        *cells.get_mut(column)? = Some(mark.piece);
        next = column + 1;
    }
    Some(cells)
}

/// The column of a figure among those of other figures: it touches one, and keeps away from the others.
fn one_of(figure: Span, columns: &[Span]) -> Option<usize> {
    let away = |column: &Span| column.0.saturating_sub(figure.1).max(figure.0.saturating_sub(column.1));
    let overlaps = |column: &Span| figure.0 < column.1 && column.0 < figure.1;
    let found = columns.iter().position(|column| overlaps(column) || away(column) == 0)?;
    let others = columns.iter().enumerate().filter(|(at, _)| *at != found);
    others.into_iter().all(|(_, column)| !overlaps(column) && away(column) >= 2).then_some(found)
}

/// The head over a figure: its middle stands under it, and no part of it under another.
fn under(figure: Span, heads: &[Span]) -> Option<usize> {
    let middle = figure.0 + figure.1;
    let found = heads.iter().position(|head| 2 * head.0 <= middle && middle <= 2 * head.1)?;
    let others = heads.iter().enumerate().filter(|(at, _)| *at != found);
    others.into_iter().all(|(_, head)| figure.1 <= head.0 || head.1 <= figure.0).then_some(found)
}

#[cfg(test)]
mod tests;
