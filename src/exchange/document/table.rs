//! A table as a rectangle of positions, each covered by one cell.

use super::At;
use crate::model::CellId;

/// A table. Every position of the rectangle is covered by exactly one cell; merged cells cover several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub(super) cells: Vec<Cell>,
    /// Row by row, the cell that covers each position.
    cover: Vec<u32>,
    rows: usize,
    columns: usize,
}

/// One cell, which may cover several rows and columns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// The words, paragraphs separated by `\n`.
    pub text: String,
    /// The uppermost row, from 0.
    pub row: usize,
    /// The leftmost column, from 0.
    pub column: usize,
    /// How many rows it covers, at least 1.
    pub rows: usize,
    /// How many columns it covers, at least 1.
    pub columns: usize,
    /// What it is there for.
    pub part: Part,
    /// Whether the file says that the figure was computed and not entered: a formula, or gouji's own mark.
    pub computed: bool,
    /// What someone wrote beside the cell: a comment of a sheet.
    pub remark: String,
    /// Where it stands in the file.
    pub at: At,
}

/// What a cell is there for. Readers do not know; they say [`Part::Unknown`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Part {
    /// Not known.
    #[default]
    Unknown,
    /// A head over columns.
    Head,
    /// A label beside figures.
    Label,
    /// The figure of a cell of the form.
    Figure(CellId),
}

impl Table {
    /// How many rows it has.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How many columns it has; the same in every row.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// All cells, each once, in reading order of their upper left corners.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The cell that covers a position; none outside of the rectangle.
    pub fn cell(&self, row: usize, column: usize) -> Option<&Cell> {
        if row >= self.rows || column >= self.columns {
            return None;
        }
        self.cells.get(*self.cover.get(row * self.columns + column)? as usize)
    }

    /// The cells that begin in a row, from left to right; a cell that began further up is not among them.
    pub fn row(&self, row: usize) -> impl Iterator<Item = &Cell> {
        (0..self.columns).filter_map(move |column| {
            self.cell(row, column).filter(|cell| cell.row == row && cell.column == column)
        })
    }
}

/// Builds a [`Table`] out of cells with spans, as the formats give them.
///
/// Cells are put either at the next free position of the current row ([`TableBuilder::push`], as html does) or at a
/// given position ([`TableBuilder::place`]). Where cells overlap, the earlier one keeps the position. A table
/// does not grow beyond the bounds it was made with; what lies outside, or has its corner on another cell, is counted in
/// [`TableBuilder::dropped`].
#[derive(Debug, Clone)]
pub struct TableBuilder {
    cells: Vec<Cell>,
    /// Which cell covers a position, kept row by row while rows may still grow.
    cover: Vec<Vec<Option<u32>>>,
    row: Option<usize>,
    max_columns: usize,
    max_positions: usize,
    /// The longest row so far.
    columns: usize,
    dropped: usize,
}

impl TableBuilder {
    /// An empty table of at most so many columns and positions altogether.
    pub fn new(max_columns: usize, max_positions: usize) -> Self {
        Self {
            cells: Vec::new(),
            cover: Vec::new(),
            row: None,
            max_columns,
            max_positions,
            columns: 0,
            dropped: 0,
        }
    }

    /// Begins the next row.
    pub fn next_row(&mut self) {
        let row = self.row.map_or(0, |row| row + 1);
        self.row = Some(row);
        self.reach(row, 1);
    }

    /// Puts a cell at the next free position of the current row; its `row` and `column` are set here. Spans of 0
    /// count as 1.
    pub fn push(&mut self, mut cell: Cell) {
        if self.row.is_none() {
            self.next_row();
        }
        cell.row = self.row.unwrap_or_default();
        let taken = self.cover.get(cell.row).map_or(&[][..], Vec::as_slice);
        cell.column = taken.iter().position(Option::is_none).unwrap_or(taken.len());
        self.place(cell);
    }

    /// Puts a cell where its `row` and `column` say. It covers what is free from there on, as a rectangle.
    pub fn place(&mut self, mut cell: Cell) {
        let taken = |line: Option<&Vec<Option<u32>>>, column: usize| {
            line.and_then(|line| line.get(column)).is_some_and(Option::is_some)
        };
        let wide = cell.columns.max(1).min(self.max_columns.saturating_sub(cell.column));
        let line = self.cover.get(cell.row);
        let wide = (0..wide).take_while(|more| !taken(line, cell.column + more)).count();
        let index = self.cells.len() as u32;
        let mut height = 0;
        while wide > 0 && height < cell.rows.max(1) {
            let row = cell.row.saturating_add(height);
            let free = (0..wide).all(|more| !taken(self.cover.get(row), cell.column + more));
            let end = cell.column + wide;
            if !free || !self.reach(row, end) {
                break;
            }
            let Some(line) = self.cover.get_mut(row) else { break };
            if line.len() < end {
                line.resize(end, None);
            }
            line[cell.column..end].fill(Some(index));
            height += 1;
        }
        if height == 0 {
            self.dropped += 1;
            return;
        }
        (cell.rows, cell.columns) = (height, wide);
        self.cells.push(cell);
    }

    /// How many cells found no place.
    pub fn dropped(&self) -> usize {
        self.dropped
    }

    /// The rectangle. Positions that no cell covers get empty cells; none if there is no cell at all.
    pub fn build(mut self) -> Option<Table> {
        let rows = self.cover.len();
        let columns = self.cover.iter().map(Vec::len).max().unwrap_or(0);
        if self.cells.is_empty() || columns == 0 {
            return None;
        }
        let mut cover = Vec::with_capacity(rows * columns);
        for (row, line) in self.cover.iter().enumerate() {
            for column in 0..columns {
                let index = line.get(column).copied().flatten().unwrap_or_else(|| {
                    self.cells.push(Cell { row, column, rows: 1, columns: 1, ..Cell::default() });
                    (self.cells.len() - 1) as u32
                });
                cover.push(index);
            }
        }
        let (cells, cover) = in_reading_order(self.cells, &cover);
        Some(Table { cells, cover, rows, columns })
    }

    /// Makes sure that a row exists, unless the rectangle around it and these columns would go beyond the bounds.
    fn reach(&mut self, row: usize, columns: usize) -> bool {
        let rows = self.cover.len().max(row.saturating_add(1));
        let columns = self.columns.max(columns);
        if rows.checked_mul(columns).is_none_or(|positions| positions > self.max_positions) {
            return false;
        }
        self.columns = columns;
        if row >= self.cover.len() {
            self.cover.resize(row + 1, Vec::new());
        }
        true
    }
}

/// Sorts the cells by their corners, and names them anew in the cover.
fn in_reading_order(cells: Vec<Cell>, cover: &[u32]) -> (Vec<Cell>, Vec<u32>) {
    let mut sorted: Vec<(u32, Cell)> = (0..).zip(cells).collect();
    sorted.sort_by_key(|(_, cell)| (cell.row, cell.column));
    let mut renamed = vec![0; sorted.len()];
    for (new, (old, _)) in (0..).zip(&sorted) {
        renamed[*old as usize] = new;
    }
    let cover = cover.iter().map(|old| renamed[*old as usize]).collect();
    (sorted.into_iter().map(|(_, cell)| cell).collect(), cover)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cell(text: &str, rows: usize, columns: usize) -> Cell {
        Cell { text: text.to_owned(), rows, columns, ..Cell::default() }
    }

    fn drawn(table: &Table) -> Vec<String> {
        (0..table.rows())
            .map(|row| {
                (0..table.columns())
                    .filter_map(|column| table.cell(row, column))
                    .map(|cell| cell.text.as_str())
                    .collect::<Vec<_>>()
                    .join("|")
            })
            .collect()
    }

    #[test]
    fn spans_are_put_where_html_puts_them() {
        let mut builder = TableBuilder::new(50, 1000);
        builder.next_row();
        builder.push(cell("甲", 2, 1));
        builder.push(cell("乙", 1, 2));
        builder.next_row();
        builder.push(cell("丙", 1, 1));
        builder.push(cell("丁", 1, 1));
        builder.next_row();
        builder.push(cell("戊", 1, 1));
        let table = builder.build().unwrap();
        assert_eq!(drawn(&table), ["甲|乙|乙", "甲|丙|丁", "戊||"]);
        assert_eq!(table.row(1).map(|cell| cell.text.as_str()).collect::<Vec<_>>(), ["丙", "丁"]);
    }

    #[test]
    fn a_huge_span_stays_within_bounds() {
        let mut builder = TableBuilder::new(10, 100);
        builder.push(cell("大", usize::MAX, usize::MAX));
        builder.push(cell("外", 1, 1));
        builder.place(Cell { row: usize::MAX - 1, ..cell("远", 2, 2) });
        assert_eq!(builder.dropped(), 2);
        let table = builder.build().unwrap();
        assert!(table.rows() * table.columns() <= 100, "{} × {}", table.rows(), table.columns());
    }

    #[test]
    fn one_long_row_among_many_short_ones_stays_within_bounds() {
        let mut builder = TableBuilder::new(512, 1000);
        for _ in 0..500 {
            builder.next_row();
            builder.push(cell("短", 1, 1));
        }
        builder.next_row();
        builder.push(cell("长", 1, 512));
        assert!(builder.dropped() > 0);
        let table = builder.build().unwrap();
        assert!(table.rows() * table.columns() <= 1000, "{} × {}", table.rows(), table.columns());
    }

    #[test]
    fn nothing_gives_no_table() {
        assert!(TableBuilder::new(10, 100).build().is_none());
        let mut builder = TableBuilder::new(10, 100);
        builder.next_row();
        assert!(builder.build().is_none());
    }

    proptest! {
        #[test]
        fn every_position_is_covered_once(
            cells in prop::collection::vec((0..8_usize, 0..8_usize, 0..4_usize, 0..4_usize), 1..20),
        ) {
            let mut builder = TableBuilder::new(10, 200);
            for (row, column, rows, columns) in cells {
                builder.place(Cell { row, column, ..cell("格", rows, columns) });
            }
            if let Some(table) = builder.build() {
                for row in 0..table.rows() {
                    for column in 0..table.columns() {
                        let cell = table.cell(row, column).unwrap();
                        prop_assert!(cell.row <= row && row < cell.row + cell.rows);
                        prop_assert!(cell.column <= column && column < cell.column + cell.columns);
                    }
                }
                let corners: Vec<_> = table.cells().iter().map(|cell| (cell.row, cell.column)).collect();
                prop_assert!(corners.is_sorted());
                for cell in table.cells() {
                    prop_assert_eq!(table.cell(cell.row, cell.column), Some(cell));
                }
            }
        }
    }
}
