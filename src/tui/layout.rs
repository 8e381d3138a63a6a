//! Where the parts of the screen stand. The only place that turns the size of the window into rectangles.

use ratatui::layout::{Rect, Size};

/// The smallest window in which the program can be used.
pub const SMALLEST: Size = Size::new(60, 16);
/// From this width on, what is known about the cell stands beside the table instead of below it.
const WIDE: u16 = 100;
/// Width of that panel: the longest labels of the form then fit beside it on one line at 120 columns.
const PANEL: u16 = 36;

/// The parts of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Layout {
    /// The whole screen.
    pub screen: Rect,
    /// Program, unit, year, findings.
    pub header: Rect,
    /// Titles of the tabs.
    pub tabs: Rect,
    /// The tab that is shown.
    pub body: Rect,
    /// What is known about the cell under the cursor, beside the table; empty in a narrow window.
    pub panel: Rect,
    /// The same below the table; empty in a wide window.
    pub footer: Rect,
    /// What was done or went wrong.
    pub notice: Rect,
    /// Keys.
    pub hints: Rect,
    /// Whether there is room for labels as printed.
    pub roomy: bool,
}

impl Layout {
    /// All but the last two lines: the room of the first screen.
    pub fn above_notice(&self) -> Rect {
        Rect { height: self.notice.y, ..self.screen }
    }
}

/// Solves the screen. `about_cell` tells whether the tab has a cell to speak of.
pub fn solve(size: Size, about_cell: bool) -> Layout {
    let Size { width, height } = size;
    let row = |y: u16, rows: u16| {
        let top = y.min(height);
        Rect::new(0, top, width, rows.min(height - top))
    };
    let roomy = width >= WIDE;
    let panel_width = if roomy && about_cell { PANEL } else { 0 };
    let footer_rows = if about_cell && !roomy { 2 } else { 0 };
    let body_rows = height.saturating_sub(4 + footer_rows);
    let body = row(2, body_rows);
    // A column stays free between table and panel.
    let gap = u16::from(panel_width > 0);
    let body_width = body.width.saturating_sub(panel_width + gap);
    Layout {
        screen: Rect::new(0, 0, width, height),
        header: row(0, 1),
        tabs: row(1, 1),
        body: Rect { width: body_width, ..body },
        panel: Rect { x: body.width.saturating_sub(panel_width), width: panel_width, ..body },
        footer: row(2 + body_rows, footer_rows),
        notice: row(2 + body_rows + footer_rows, 1),
        hints: row(3 + body_rows + footer_rows, 1),
        roomy,
    }
}

/// Whether the window is too small to work in.
pub fn too_small(size: Size) -> bool {
    size.width < SMALLEST.width || size.height < SMALLEST.height
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_leaves_the_screen_at_any_size() {
        for width in [0, 1, 2, 59, 60, 80, 99, 100, 120, 300] {
            for height in [0, 1, 2, 3, 4, 5, 6, 15, 16, 24, 40, 100] {
                for about_cell in [false, true] {
                    let layout = solve(Size::new(width, height), about_cell);
                    for part in [
                        layout.header,
                        layout.tabs,
                        layout.body,
                        layout.panel,
                        layout.footer,
                        layout.notice,
                        layout.hints,
                    ] {
                        assert_eq!(layout.screen.intersection(part).area(), part.area(), "{width}×{height}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_parts_fill_a_screen_of_80_by_24() {
        let layout = solve(Size::new(80, 24), true);
        assert_eq!((layout.body.height, layout.footer.height), (18, 2));
        assert_eq!(layout.hints.y, 23);
    }
}
