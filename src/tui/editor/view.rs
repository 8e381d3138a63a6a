//! What a view needs to paint the text without knowing how it is held.

use std::ops::Range;

use super::Editor;
use crate::tui::wrap::{Position, Row, Wrapped};

/// Rows kept in sight above and below the caret.
const CONTEXT: usize = 1;

/// One row to paint. Two equal values look the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisibleRow {
    /// Which part of the text this is, and its indent.
    pub row: Row,
    /// The text of the row; it starts `row.indent` cells from the left edge.
    pub text: String,
    /// The bytes of `text` that are selected.
    pub selected: Option<Range<usize>>,
    /// Whether the end of the paragraph, which this row shows, is selected as well.
    pub end_selected: bool,
    /// The column of the caret in cells from the left edge, with the indent, when it is in this row.
    pub caret: Option<u16>,
}

impl Editor {
    /// At most `height` rows from `first_row`. `wrapped` is the layout of the present text.
    pub fn visible_rows(&self, wrapped: &Wrapped, first_row: usize, height: usize) -> Vec<VisibleRow> {
        let caret = self.caret_spot(wrapped);
        let selection = self.selection();
        let end = first_row.saturating_add(height).min(wrapped.height());
        (first_row..end)
            .filter_map(|index| {
                let row = wrapped.row(index)?;
                let line = self.buffer.line(row.paragraph);
                let text = line.get(row.bytes.clone()).unwrap_or_default().to_owned();
                Some(VisibleRow {
                    selected: selection.and_then(|selection| selected_in(&row, selection)),
                    end_selected: selection.is_some_and(|(start, end)| {
                        let newline = Position { paragraph: row.paragraph, byte: line.len() };
                        row.bytes.end == line.len() && start <= newline && newline < end
                    }),
                    caret: (caret.row == index).then_some(caret.column),
                    text,
                    row,
                })
            })
            .collect()
    }

    /// The first row to show so that the caret is in sight; see [`scroll`].
    pub fn scroll_to_caret(&self, wrapped: &Wrapped, first_row: usize, height: usize) -> usize {
        scroll(self.caret_spot(wrapped).row, wrapped.height(), first_row, height)
    }
}

/// The first row to show, as near to `first_row` as possible, so that row `caret` and the row above and below it are
/// among the `height` rows in sight, and no space is left empty below the last of `rows` rows.
pub fn scroll(caret: usize, rows: usize, first_row: usize, height: usize) -> usize {
    let context = if height > 2 * CONTEXT { CONTEXT } else { 0 };
    let highest = caret.saturating_sub(context);
    let lowest = (caret + context + 1).saturating_sub(height.max(1));
    first_row.min(highest).max(lowest).min(rows.saturating_sub(height.max(1)))
}

/// The part of the row that lies in the selection, in bytes from the start of the row.
fn selected_in(row: &Row, (start, end): (Position, Position)) -> Option<Range<usize>> {
    if !(start.paragraph..=end.paragraph).contains(&row.paragraph) {
        return None;
    }
    let from =
        if start.paragraph == row.paragraph { start.byte.max(row.bytes.start) } else { row.bytes.start };
    let to = if end.paragraph == row.paragraph { end.byte.min(row.bytes.end) } else { row.bytes.end };
    (from < to).then(|| from - row.bytes.start..to - row.bytes.start)
}
