//! Tables: a grid whose cells may span columns, and rows by carrying on the cell above.

use std::collections::{BTreeMap, BTreeSet};

use super::{Flow, Reader, UNKNOWN};
use crate::exchange::document::{At, Block, Cell, Style, TableBuilder};
use crate::exchange::error::ImportError;
use crate::exchange::ooxml::{Element, Node, Ns, Xml};

/// A table while it is read.
#[derive(Default)]
struct Grid {
    /// Which table of the file, from 1.
    number: usize,
    cells: Vec<Cell>,
    rows: usize,
    width: usize,
    /// The column where the next cell of the row begins.
    column: usize,
    /// Cells that the next row may carry on, by their columns; and those of the row that is being read.
    open: BTreeMap<usize, usize>,
    opening: BTreeMap<usize, usize>,
    /// The cell of the row that a cell merged to its left belongs to.
    left: Left,
    /// Tables inside its cells: in which cell, behind how many of its lines.
    inner: Vec<(usize, usize, Block)>,
    /// The widths of the columns, as far as the file gives them.
    widths: Vec<i64>,
}

/// Columns as narrow as this, in twentieths of a point, are left by programs that round; nobody sees them.
const SLIVER: i64 = 4;

#[derive(Default, Clone, Copy)]
enum Left {
    /// The row has just begun.
    #[default]
    Edge,
    /// A cell of its own.
    Own(usize),
    /// A cell that carries on the one above.
    Covered,
}

/// How a cell is merged.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Merge {
    #[default]
    No,
    Begins,
    CarriesOn,
}

struct CellFormat {
    span: usize,
    down: Merge,
    across: Merge,
    /// Whether the cell was deleted while changes were tracked.
    deleted: bool,
}

impl Reader {
    /// A table and, after it, the tables in its cells.
    pub(super) fn table(&mut self, xml: &mut Xml<'_>, flow: &mut Flow) -> Result<(), ImportError> {
        if flow.place.is_none() {
            let at = self.place(flow);
            self.end_fields(&at)?;
        }
        self.take_block()?;
        self.tables += 1;
        let mut grid = Grid { number: self.tables, ..Grid::default() };
        self.rows(xml, &mut grid)?;
        if grid.is_layout() {
            return self.see_through(grid, flow);
        }
        grid.close_slivers();
        let positions = grid.rows.saturating_mul(grid.width);
        self.cells_left = self.cells_left.checked_sub(positions).ok_or_else(|| self.too_many_cells())?;
        // The builder wants room for a whole row even where the row is there already.
        let room = positions.saturating_add(grid.rows).saturating_add(grid.width);
        let mut builder = TableBuilder::new(self.limits.columns, room);
        for _ in 0..grid.rows {
            builder.next_row();
        }
        for cell in grid.cells {
            builder.place(cell);
        }
        if builder.dropped() > 0 {
            let at = At::Cell { table: grid.number, row: 1, column: 1 };
            self.lose(&at, format!("{}个与别的格重叠的单元格", builder.dropped()))?;
        }
        flow.blocks.extend(builder.build().map(Block::Table));
        flow.blocks.extend(grid.inner.into_iter().map(|(_, _, block)| block));
        flow.note_tables();
        Ok(())
    }

    /// What the cells of a table hold that only places other tables on the page, in its order.
    fn see_through(&mut self, grid: Grid, flow: &mut Flow) -> Result<(), ImportError> {
        let mut inner = grid.inner.into_iter().peekable();
        for (index, cell) in grid.cells.iter().enumerate() {
            for (number, line) in cell.text.split('\n').enumerate() {
                while let Some((_, _, block)) =
                    inner.next_if(|(of, behind, _)| (*of, *behind) <= (index, number))
                {
                    flow.blocks.push(block);
                }
                if !line.trim().is_empty() {
                    self.take_block()?;
                    let (text, at) = (line.to_owned(), cell.at.clone());
                    flow.blocks.push(Block::Paragraph { text, style: Style::Body, at });
                }
            }
        }
        flow.blocks.extend(inner.map(|(_, _, block)| block));
        flow.note_tables();
        Ok(())
    }

    fn rows(&mut self, xml: &mut Xml<'_>, grid: &mut Grid) -> Result<(), ImportError> {
        loop {
            let element = match xml.next()? {
                Node::Open(element) => element,
                Node::Close | Node::End => return Ok(()),
                Node::Text(_) => continue,
            };
            match (element.ns, element.local()) {
                (Ns::Word, "tr") => {
                    (grid.column, grid.left) = (0, Left::Edge);
                    if grid.rows >= self.cells_left {
                        return Err(self.too_many_cells());
                    }
                    if self.row(xml, grid)? {
                        grid.rows += 1;
                        grid.open = std::mem::take(&mut grid.opening);
                    }
                }
                (Ns::Word, "gridCol") => {
                    let width = element.attribute("w").and_then(|width| width.trim().parse().ok());
                    if grid.widths.len() < self.limits.columns {
                        grid.widths.push(width.unwrap_or(i64::MAX));
                    }
                    xml.skip()?;
                }
                (Ns::Word, "sdt") => self.control(xml, &mut |reader, xml| reader.rows(xml, grid))?,
                (Ns::Word, "tblGrid" | "customXml" | "smartTag" | "ins" | "moveTo") => {
                    self.rows(xml, grid)?;
                }
                (Ns::Word, "del") => self.lose_inside(xml, &grid.row_start(), "已删除的行")?,
                (Ns::Word, "moveFrom") => {
                    self.lose_inside(xml, &grid.row_start(), "移到别处的行（原处的一份）")?;
                }
                (Ns::Compatibility, "AlternateContent") => {
                    let at = grid.row_start();
                    self.alternative(xml, &at, &mut |reader, xml| reader.rows(xml, grid))?;
                }
                _ => self.lose_inside(xml, &grid.row_start(), UNKNOWN)?,
            }
        }
    }

    /// A row; whether it counts.
    fn row(&mut self, xml: &mut Xml<'_>, grid: &mut Grid) -> Result<bool, ImportError> {
        loop {
            let element = match xml.next()? {
                Node::Open(element) => element,
                Node::Close | Node::End => return Ok(true),
                Node::Text(_) => continue,
            };
            match (element.ns, element.local()) {
                (Ns::Word, "trPr") => {
                    if let Some(why) = self.row_format(xml, grid)? {
                        self.lose_inside(xml, &grid.row_start(), why)?;
                        return Ok(false);
                    }
                }
                (Ns::Word, "tc") => self.cell(xml, grid)?,
                (Ns::Word, "sdt") => {
                    self.control(xml, &mut |reader, xml| reader.row(xml, grid).map(drop))?;
                }
                (Ns::Word, "customXml" | "smartTag" | "ins" | "moveTo") => {
                    self.row(xml, grid)?;
                }
                (Ns::Word, "del") => self.lose_inside(xml, &grid.next_cell(), "已删除的单元格")?,
                (Ns::Word, "moveFrom") => {
                    self.lose_inside(xml, &grid.next_cell(), "移到别处的单元格（原处的一份）")?;
                }
                (Ns::Compatibility, "AlternateContent") => {
                    let at = grid.next_cell();
                    self.alternative(xml, &at, &mut |reader, xml| reader.row(xml, grid).map(drop))?;
                }
                _ => self.lose_inside(xml, &grid.next_cell(), UNKNOWN)?,
            }
        }
    }

    /// The columns a row leaves out at its start; what the row is if it is not there to be read.
    fn row_format(
        &mut self,
        xml: &mut Xml<'_>,
        grid: &mut Grid,
    ) -> Result<Option<&'static str>, ImportError> {
        let mut why = None;
        loop {
            match xml.next()? {
                Node::Open(element) => {
                    match element.local() {
                        "gridBefore" => grid.column = self.columns(&element, 0)?,
                        "del" => why = Some("已删除的行"),
                        "moveFrom" => why = Some("移到别处的行（原处的一份）"),
                        "hidden" if element.is_on() => why = why.or(Some("隐藏的行")),
                        _ => {}
                    }
                    xml.skip()?;
                }
                Node::Close | Node::End => return Ok(why),
                Node::Text(_) => {}
            }
        }
    }

    fn cell(&mut self, xml: &mut Xml<'_>, grid: &mut Grid) -> Result<(), ImportError> {
        if grid.cells.len() >= self.cells_left {
            return Err(self.too_many_cells());
        }
        let at = grid.next_cell();
        let mut flow = Flow { place: Some(at.clone()), in_cell: true, ..Flow::default() };
        let mut format = CellFormat { span: 1, down: Merge::No, across: Merge::No, deleted: false };
        loop {
            match xml.next()? {
                Node::Open(element) if (element.ns, element.local()) == (Ns::Word, "tcPr") => {
                    format = self.cell_format(xml)?;
                    if format.deleted {
                        return self.lose_inside(xml, &at, "已删除的单元格");
                    }
                }
                Node::Open(element) => self.block(&element, xml, &mut flow)?,
                Node::Close | Node::End => break,
                Node::Text(_) => {}
            }
        }
        let index = grid.cells.len();
        let inner = flow.behind.drain(..).zip(flow.blocks.drain(..));
        grid.inner.extend(inner.map(|(behind, block)| (index, behind, block)));
        let column = grid.column;
        grid.column = column + format.span;
        if grid.column > self.limits.columns {
            let max = format!("{}列", self.limits.columns);
            return Err(ImportError::TooMuch { what: "表格的列数", max });
        }
        grid.width = grid.width.max(grid.column);
        let text = flow.lines.join("\n");
        if grid.carry_on(column, &format) {
            if text.trim().is_empty() {
                return Ok(());
            }
            return self.lose(&at, format!("合并单元格中被遮住的文字“{}”", text.trim()));
        }
        if format.down != Merge::No {
            grid.opening.insert(column, index);
        }
        grid.left = Left::Own(index);
        grid.cells.push(Cell {
            text,
            row: grid.rows,
            column,
            rows: 1,
            columns: format.span,
            computed: flow.marks.computed && !flow.marks.other,
            at,
            ..Cell::default()
        });
        Ok(())
    }

    fn cell_format(&mut self, xml: &mut Xml<'_>) -> Result<CellFormat, ImportError> {
        let mut format = CellFormat { span: 1, down: Merge::No, across: Merge::No, deleted: false };
        loop {
            match xml.next()? {
                Node::Open(element) => {
                    match element.local() {
                        "cellDel" => format.deleted = true,
                        "gridSpan" => format.span = self.columns(&element, 1)?,
                        "vMerge" => format.down = merge(&element),
                        "hMerge" => format.across = merge(&element),
                        _ => {}
                    }
                    xml.skip()?;
                }
                Node::Close | Node::End => return Ok(format),
                Node::Text(_) => {}
            }
        }
    }

    /// A number of columns, which must stay within bounds.
    fn columns(&self, element: &Element<'_>, least: usize) -> Result<usize, ImportError> {
        let wanted =
            element.number().and_then(|count| usize::try_from(count).ok()).unwrap_or(least).max(least);
        if wanted > self.limits.columns {
            let max = format!("{}列", self.limits.columns);
            return Err(ImportError::TooMuch { what: "表格的列数", max });
        }
        Ok(wanted)
    }

    fn too_many_cells(&self) -> ImportError {
        ImportError::TooMuch { what: "表格的格数", max: format!("{}格", self.limits.cells) }
    }
}

impl Grid {
    /// Where the row stands that is being read, or comes next.
    fn row_start(&self) -> At {
        At::Cell { table: self.number, row: self.rows + 1, column: 1 }
    }

    /// Where the next cell of the row stands.
    fn next_cell(&self) -> At {
        At::Cell { table: self.number, row: self.rows + 1, column: self.column + 1 }
    }

    /// Whether it holds tables and no rows of its own: none with several filled cells beside those with the tables.
    fn is_layout(&self) -> bool {
        let tables = self.inner.iter().filter(|(_, _, block)| matches!(block, Block::Table(_)));
        let holders: BTreeSet<usize> = tables.map(|(of, ..)| *of).collect();
        let mut filled: BTreeMap<usize, usize> = BTreeMap::new();
        for (index, cell) in self.cells.iter().enumerate() {
            if !holders.contains(&index) && !cell.text.trim().is_empty() {
                *filled.entry(cell.row).or_default() += 1;
            }
        }
        !holders.is_empty() && filled.values().all(|cells| *cells <= 1)
    }

    /// Joins columns too narrow to be seen to those on their right, unless a cell lies in nothing else.
    fn close_slivers(&mut self) {
        let mut kept = 0;
        let mut new_column = vec![0];
        for column in 0..self.width {
            kept += usize::from(self.widths.get(column).is_none_or(|width| *width > SLIVER));
            new_column.push(kept);
        }
        let at = |column: usize| new_column.get(column).copied().unwrap_or(kept);
        let moved = |cell: &Cell| (at(cell.column), at(cell.column + cell.columns) - at(cell.column));
        if kept == self.width || self.cells.iter().any(|cell| moved(cell).1 == 0) {
            return;
        }
        for cell in &mut self.cells {
            (cell.column, cell.columns) = moved(cell);
        }
        self.width = kept;
    }

    /// Makes an earlier cell larger if the cell is the continuation of one; whether it is.
    fn carry_on(&mut self, column: usize, format: &CellFormat) -> bool {
        if format.across == Merge::CarriesOn {
            match self.left {
                Left::Own(index) => {
                    if let Some(cell) = self.cells.get_mut(index) {
                        cell.columns += format.span;
                    }
                    return true;
                }
                Left::Covered => return true,
                Left::Edge => {}
            }
        }
        if format.down != Merge::CarriesOn {
            return false;
        }
        let Some(&index) = self.open.get(&column) else { return false };
        let Some(cell) = self.cells.get_mut(index) else { return false };
        if cell.columns != format.span && format.across != Merge::Begins {
            return false;
        }
        cell.rows += 1;
        self.opening.insert(column, index);
        self.left = Left::Covered;
        true
    }
}

/// Without a value, a cell carries on the one before it.
fn merge(element: &Element<'_>) -> Merge {
    if element.val().as_deref() == Some("restart") { Merge::Begins } else { Merge::CarriesOn }
}
