//! Where the figures of a table begin: at the same column in all its rows, whatever cells are blank.
//!
//! Labels of a row that has fewer of them than others leave blank cells in front of its figures once their merged
//! cells are parted, as programs for sheets do. Such a blank is no figure, a blank at the first column of figures is.

use std::ops::Range;

use super::content::is_odd;
use super::lines::{BARS, Line, LineSort, Lines, Piece, PieceSort, Shape};

/// What is known of the cells of each line.
#[derive(Debug, Default)]
pub(super) struct Fields {
    /// The figures of a row, as a range of the pieces of its line.
    figures: Vec<Option<Range<usize>>>,
    /// Where the cells behind the labels of a row begin of which none is a figure.
    odd: Vec<Option<usize>>,
}

impl Fields {
    pub(super) fn of(lines: &Lines<'_>) -> Self {
        let count = lines.lines.len();
        let mut fields = Self { figures: vec![None; count], odd: vec![None; count] };
        let mut table: Vec<usize> = Vec::new();
        let mut key = None;
        for (index, line) in lines.lines.iter().enumerate() {
            if matches!(line.sort, LineSort::Empty | LineSort::Noise) && line.pieces.is_empty() {
                continue;
            }
            let next = table_of(line);
            if next.is_none() || next != key {
                fields.settle(lines, &table);
                table.clear();
                key = next;
            }
            if next.is_some() {
                table.push(index);
            }
        }
        fields.settle(lines, &table);
        fields
    }

    /// The figures of a row, as a range of the pieces of its line; none where that can not be told from other rows.
    pub(super) fn figures(&self, line: usize) -> Option<Range<usize>> {
        self.figures.get(line)?.clone()
    }

    /// Where the cells behind the labels begin in a row that has words where others have figures.
    pub(super) fn odd(&self, line: usize) -> Option<usize> {
        *self.odd.get(line)?
    }

    fn settle(&mut self, lines: &Lines<'_>, table: &[usize]) {
        let table = &parts(lines, table);
        let is_text = |part: &Part| {
            let line = part.rows.first().and_then(|row| lines.lines.get(row.line));
            line.is_some_and(|line| line.block().is_none())
        };
        let fields: Vec<Option<usize>> = table.iter().map(Part::first).collect();
        for (number, (part, first)) in table.iter().zip(&fields).enumerate() {
            if is_text(part) && part.is_ragged() {
                continue;
            }
            let end = part.heads().flat_map(Row::labels).map(|(_, column)| column).max();
            let filled = part.rows.iter().filter_map(Row::last_figure).max();
            let end = end.map(|end| end.max(filled.unwrap_or(0)));
            let before = fields.iter().take(number).rev().flatten().next();
            let near = first.or(before.copied()).or(part.head());
            let near = near.or_else(|| fields.iter().skip(number).flatten().next().copied());
            for row in &part.rows {
                if row.has_figures() {
                    if let (Some(slot), true) = (self.figures.get_mut(row.line), row.label_end().is_some()) {
                        *slot = row.figures(*first, end);
                    }
                } else if let (Some(near), Some(slot)) = (near, self.odd.get_mut(row.line)) {
                    *slot = row.odd(near, lines);
                }
            }
        }
    }
}

/// What holds a line together with its neighbours: a table of the document, or lines of cells that follow one another.
fn table_of(line: &Line<'_>) -> Option<Holder> {
    match line.sort {
        LineSort::Row(block, _) => Some(Holder::Table(block)),
        LineSort::Text(_) if line.shape == Shape::Other && line.pieces.len() > 1 => Some(Holder::Text),
        _ => None,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holder {
    /// A block of the document.
    Table(usize),
    Text,
}

/// The rows of a table by the heads they stand under.
fn parts(lines: &Lines<'_>, table: &[usize]) -> Vec<Part> {
    let texts = table.iter().filter_map(|index| lines.lines.get(*index)).map(|line| line.text.trim());
    // Where bars stand in front of some rows only, a blank cell is in front of them.
    let is_framed = texts.clone().all(|text| text.starts_with(BARS));
    let mut parts: Vec<Part> = Vec::new();
    for (index, text) in table.iter().zip(texts) {
        let is_cut = !is_framed && text.starts_with(BARS);
        let Some(row) = Row::of(lines, *index, usize::from(is_cut)) else { continue };
        match parts.last_mut() {
            Some(part) if !(row.is_head() && part.rows.iter().any(Row::has_figures)) => part.rows.push(row),
            _ => parts.push(Part { rows: vec![row] }),
        }
    }
    parts
}

/// Rows under the same heads.
#[derive(Debug)]
struct Part {
    rows: Vec<Row>,
}

impl Part {
    /// The first column of figures: behind the labels of the row that has most of them, if a figure or a head of a
    /// column stands there.
    fn first(&self) -> Option<usize> {
        let rows = || self.rows.iter().filter(|row| row.has_figures());
        let labels = rows().filter_map(Row::label_end).max()?;
        let figures = rows().filter_map(Row::first_figure).min()?;
        if figures <= labels {
            return Some(figures);
        }
        self.head().filter(|head| (labels..=figures).contains(head))
    }

    /// Whether merged cells left nothing behind, so that a row with fewer labels has its figures further left and no row
    /// has blank cells in front of them.
    fn is_ragged(&self) -> bool {
        let rows = || self.rows.iter().filter(|row| row.has_figures());
        let (most, least) =
            (rows().filter_map(Row::label_end).max(), rows().filter_map(Row::label_end).min());
        let first = rows().filter_map(Row::first_figure).min();
        first < most && first == least
    }

    /// The first column that has a head of its own.
    fn head(&self) -> Option<usize> {
        self.heads().filter_map(Row::head).min()
    }

    fn heads(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().take_while(|row| !row.has_figures())
    }
}

/// The cells of a line with their columns.
#[derive(Debug)]
struct Row {
    line: usize,
    cells: Vec<(Sort, usize)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Label,
    /// Words that may stand for a figure.
    Odd,
    Figure,
    Blank,
    Remark,
}

impl Row {
    /// A line of cells, of which so many blank ones in front were not seen.
    fn of(lines: &Lines<'_>, index: usize, unseen: usize) -> Option<Self> {
        let line = lines.lines.get(index)?;
        let is_row = line.block().is_some();
        let cell = |(at, piece): (usize, &Piece<'_>)| {
            let sort = match piece.sort {
                PieceSort::Label if is_odd(piece.text) => Sort::Odd,
                PieceSort::Label => Sort::Label,
                PieceSort::Value => Sort::Figure,
                PieceSort::Blank => Sort::Blank,
                PieceSort::Remark => Sort::Remark,
            };
            (sort, if is_row { piece.column } else { at + unseen })
        };
        Some(Self { line: index, cells: lines.pieces_of(index).iter().enumerate().map(cell).collect() })
    }

    /// The first label and all behind it.
    fn since_label(&self) -> impl Iterator<Item = (usize, (Sort, usize))> {
        let cells = self.cells.iter().copied().enumerate();
        cells.skip_while(|(_, (sort, _))| *sort != Sort::Label)
    }

    fn first_figure(&self) -> Option<usize> {
        self.since_label().find(|(_, (sort, _))| *sort == Sort::Figure).map(|(_, (_, column))| column)
    }

    fn last_figure(&self) -> Option<usize> {
        self.cells.iter().rev().find(|(sort, _)| *sort == Sort::Figure).map(|(_, column)| *column)
    }

    fn has_figures(&self) -> bool {
        self.first_figure().is_some()
    }

    fn labels(&self) -> impl Iterator<Item = (usize, usize)> {
        let cells = self.cells.iter().enumerate();
        cells.filter(|(_, (sort, _))| *sort == Sort::Label).map(|(at, (_, column))| (at, *column))
    }

    /// The cell behind the labels in front of the first figure.
    fn behind_labels(&self) -> Option<usize> {
        let before = self.since_label().take_while(|(_, (sort, _))| *sort != Sort::Figure);
        before.filter(|(_, (sort, _))| *sort == Sort::Label).last().map(|(at, _)| at + 1)
    }

    /// The column behind the labels in front of the first figure.
    fn label_end(&self) -> Option<usize> {
        self.cells.get(self.behind_labels()?).map(|(_, column)| *column)
    }

    /// Whether it has several labels and hardly anything else.
    fn is_head(&self) -> bool {
        let labels = self.labels().count();
        let behind = self.labels().last().map_or(0, |(at, _)| self.cells.len() - at - 1);
        labels >= 2 && !self.has_figures() && behind < labels
    }

    /// The first column with a head that is not over the first label.
    fn head(&self) -> Option<usize> {
        let mut labels = self.labels().map(|(_, column)| column);
        labels.find(|column| *column > 0).filter(|_| self.labels().count() >= 2 || self.cells.len() == 1)
    }

    /// Its figures. Where nobody knows at which column they begin, no blank at either end can be told from a figure.
    fn figures(&self, first: Option<usize>, end: Option<usize>) -> Option<Range<usize>> {
        let column = |at: usize| self.cells.get(at).map(|(_, column)| *column);
        let is_blank = |at: usize| self.cells.get(at).is_none_or(|(sort, _)| *sort == Sort::Blank);
        let mut until = self.cells.len();
        let Some(first) = first else {
            let behind = self.behind_labels()?;
            let from = (behind..until).find(|at| !is_blank(*at))?;
            if from > behind {
                while until > from && is_blank(until - 1) {
                    until -= 1;
                }
            }
            return Some(from..until);
        };
        let from = (0..until).find(|at| column(*at).is_some_and(|column| column >= first))?;
        while let Some(end) = end
            && until > from
            && is_blank(until - 1)
            && column(until - 1).is_some_and(|column| column > end)
        {
            until -= 1;
        }
        Some(from..until)
    }

    /// Where the cells behind the labels begin, if words stand there.
    fn odd(&self, first: usize, lines: &Lines<'_>) -> Option<usize> {
        let from = self.cells.iter().position(|(_, column)| *column >= first).filter(|from| *from > 0)?;
        let is_word = |(sort, _): &&(Sort, usize)| matches!(sort, Sort::Label | Sort::Odd);
        let is_row = lines.lines.get(self.line).is_some_and(|line| line.block().is_some());
        let behind = || self.cells.iter().skip(from);
        let has_label = self.cells.iter().take(from).any(|(sort, _)| *sort == Sort::Label);
        let like = |cell: &&(Sort, usize)| if is_row { is_word(cell) } else { cell.0 == Sort::Odd };
        (has_label && behind().any(|cell| like(&cell))).then_some(from)
    }
}
