//! A screenful to be: regions and the place of the terminal's cursor. Views write into it and know nothing of
//! buffers or escapes.

use std::sync::Arc;

use ratatui::layout::{Position, Rect};

use super::region::{Layer, Region};
use super::shown::{CellView, Line, Shown};

/// The regions of one frame.
#[derive(Debug, Default)]
pub struct Picture {
    regions: Vec<Region<Shown>>,
    cursor: Option<Position>,
    overlay: bool,
}

impl Picture {
    /// An empty picture that uses the memory of an earlier frame.
    pub fn reusing(regions: Vec<Region<Shown>>) -> Self {
        Self { regions, cursor: None, overlay: false }
    }

    /// Shows a line in the first row of an area.
    pub fn line(&mut self, area: Rect, line: Line) {
        self.push(Rect { height: area.height.min(1), ..area }, Shown::Line(line));
    }

    /// Shows a line that is kept from frame to frame.
    pub fn kept(&mut self, area: Rect, line: Arc<Line>) {
        self.push(Rect { height: area.height.min(1), ..area }, Shown::Kept(line));
    }

    /// Shows lines from the top of an area; those that do not fit are cut, and rows without a line are blank.
    /// Every row is a region of its own, whether there is a line for it or not, so that a change in their
    /// number repaints nothing else.
    pub fn lines(&mut self, area: Rect, lines: impl IntoIterator<Item = Line>) {
        let mut lines = lines.into_iter();
        for y in area.top()..area.bottom() {
            self.line(Rect { y, height: 1, ..area }, lines.next().unwrap_or_default());
        }
    }

    /// Shows a figure.
    pub fn cell(&mut self, area: Rect, cell: CellView) {
        self.push(area, Shown::Cell(cell));
    }

    /// From here on, everything lies on top of what was shown so far: a frame with a blank inside.
    pub fn overlay(&mut self, area: Rect, title: impl Into<String>) {
        self.overlay = true;
        // The caret of what lies below is not to be seen through.
        self.cursor = None;
        self.push(area, Shown::Frame(title.into()));
    }

    /// Puts the terminal's cursor somewhere: where the input method opens its window.
    pub fn put_cursor(&mut self, x: u16, y: u16) {
        self.cursor = Some(Position { x, y });
    }

    /// The regions and the cursor, for the stage and the screen.
    pub fn into_parts(self) -> (Vec<Region<Shown>>, Option<Position>) {
        (self.regions, self.cursor)
    }

    fn push(&mut self, area: Rect, shown: Shown) {
        if area.width > 0 && area.height > 0 {
            let layer = if self.overlay { Layer::Overlay } else { Layer::Base };
            self.regions.push(Region { area, layer, shown });
        }
    }
}
