//! A table of the form as the official template prints it.

use crate::exchange::document::{Cell, Part, Table, TableBuilder};
use crate::form::{self, Block, Header, Printed, Role};
use crate::model::{CellId, Precision, number};
use crate::session::Session;

/// The table with the figures of the report, or without any. None if the form's table has no cell.
pub(super) fn lay_out(session: &Session, table: &form::Table, blank: bool) -> Option<Table> {
    let mut layout = Layout { session, blank, next: 0, builder: TableBuilder::new(usize::MAX, usize::MAX) };
    match table.printed {
        Printed::Down => layout.down(table),
        Printed::Across => table.blocks.iter().for_each(|block| layout.across(block)),
    }
    layout.builder.build()
}

struct Layout<'a> {
    session: &'a Session,
    blank: bool,
    /// The first free row.
    next: usize,
    builder: TableBuilder,
}

impl Layout<'_> {
    /// Blocks below one another, all as wide as the widest: the last column of a narrower one takes what is left.
    fn down(&mut self, table: &form::Table) {
        let width = |block: &Block| block.labels.depth().max(1) + block.columns.len();
        let wide = table.blocks.iter().map(width).max().unwrap_or(0);
        for block in &table.blocks {
            let labels = block.labels.depth().max(1);
            if !block.title.is_empty() {
                self.put(&block.title, Part::Head, 0, 1, 0, wide);
                self.next += 1;
            }
            let heads = block.heads.depth();
            let corner = if block.corner.is_empty() { &table.corner } else { &block.corner };
            self.put(corner, Part::Head, 0, heads, 0, labels);
            let end = |column: usize| if column == block.columns.len() { wide } else { labels + column };
            self.heads(&block.heads, 0, heads, end, block.columns.len());
            self.next += heads;
            self.labels(&block.labels, labels);
            for row in 0..block.rows.len() {
                for column in 0..block.columns.len() {
                    let Some(cell) = block.cell(row, column) else { continue };
                    let (left, right) = (labels + column, end(column + 1));
                    self.figure(cell, row, left, right - left);
                }
            }
            self.next += block.rows.len();
        }
    }

    /// One line of figures under the labels of the rows and, below these, of the columns.
    fn across(&mut self, block: &Block) {
        let columns = block.columns.len();
        let (above, below) = (block.labels.depth(), block.heads.depth());
        for label in block.labels.labels() {
            let span = columns * label.leaves.len();
            self.put(&label.full, Part::Head, label.depth, 1, columns * label.leaves.start, span);
            if label.is_leaf {
                let (left, top) = (columns * label.leaves.start, label.depth + 1);
                self.heads(&block.heads, top, above + below - top, |leaf| left + leaf, columns);
            }
        }
        for row in 0..block.rows.len() {
            for column in 0..columns {
                if let Some(cell) = block.cell(row, column) {
                    self.figure(cell, above + below, columns * row + column, 1);
                }
            }
        }
        self.next += above + below + 1;
    }

    /// A tree of heads in `height` rows; a leaf reaches down to the last of them. `left` gives the first position
    /// of a leaf, and that of the leaf behind the last the end.
    fn heads(
        &mut self,
        heads: &Header,
        top: usize,
        height: usize,
        left: impl Fn(usize) -> usize,
        leaves: usize,
    ) {
        for label in heads.labels() {
            let rows = if label.is_leaf { height.saturating_sub(label.depth) } else { 1 };
            let (start, end) = (left(label.leaves.start), left(label.leaves.end.min(leaves)));
            self.put(&label.full, Part::Head, top + label.depth, rows, start, end - start);
        }
    }

    /// A tree of row labels in `width` columns; a leaf reaches to the last of them.
    fn labels(&mut self, labels: &Header, width: usize) {
        for label in labels.labels() {
            let columns = if label.is_leaf { width.saturating_sub(label.depth) } else { 1 };
            self.put(&label.full, Part::Label, label.leaves.start, label.leaves.len(), label.depth, columns);
        }
    }

    fn figure(&mut self, id: CellId, row: usize, column: usize, columns: usize) {
        let (text, computed) = if self.blank {
            // A total of a blank form is computed as soon as something is filled in.
            let is_total = self.session.form().slot(id).is_some_and(|slot| slot.role == Role::Total);
            (String::new(), is_total)
        } else {
            shown(self.session, id)
        };
        let remark = if self.blank { "" } else { self.session.report().note(id) };
        self.builder.place(Cell {
            text,
            remark: remark.to_owned(),
            row: self.next + row,
            column,
            rows: 1,
            columns,
            part: Part::Figure(id),
            computed,
            ..Cell::default()
        });
    }

    fn put(&mut self, text: &str, part: Part, row: usize, rows: usize, column: usize, columns: usize) {
        let (text, row) = (text.to_owned(), self.next + row);
        self.builder.place(Cell { text, row, column, rows, columns, part, ..Cell::default() });
    }
}

/// The figure of a cell as printed, and whether it was computed: what is stated outweighs what is computed.
pub(super) fn shown(session: &Session, id: CellId) -> (String, bool) {
    let Some(slot) = session.form().slot(id) else { return (String::new(), false) };
    let (report, precision) = (session.report(), slot.kind.precision());
    match slot.role {
        Role::Input => (report.figure(id).as_typed(precision), false),
        Role::Total if !report.stated(id).is_blank() => (report.stated(id).as_typed(precision), false),
        Role::Total => (computed(session, id), true),
    }
}

/// What a total amounts to; empty while nothing is filled in, or if it can not be computed.
pub(super) fn computed(session: &Session, id: CellId) -> String {
    let precision = session.form().slot(id).map_or(Precision::WHOLE, |slot| slot.kind.precision());
    session.evaluation().cell(id).shown().map_or(String::new(), |value| number::print(value, precision))
}
