//! What the regions of this program show: lines of styled pieces, figures, frames.

use std::borrow::Cow;
use std::sync::Arc;

use compact_str::CompactString;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::region::Show;
use super::theme::{Role, Theme};
use super::width::Policy;

/// The value of a region. Equal values look the same.
#[derive(Debug, Clone, PartialEq)]
pub enum Shown {
    /// A line of text.
    Line(Line),
    /// A line of text that is kept from frame to frame.
    Kept(Arc<Line>),
    /// A figure in a table.
    Cell(CellView),
    /// The frame and the blank inside of an overlay.
    Frame(String),
}

/// A line: pieces from the left, pieces towards the right edge, and what lies under both.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    left: Vec<Span>,
    right: Vec<Span>,
    base: Option<Role>,
}

/// A piece of a line in one style.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    /// What stands there; already free of control characters.
    pub text: Cow<'static, str>,
    /// What it is.
    pub role: Role,
}

/// A figure with the marks on both sides of it. The region is two columns wider than the figure's column.
#[derive(Debug, Clone, PartialEq)]
pub struct CellView {
    /// The figure as shown, right-aligned. One that is too long shows its end, where typing goes on.
    pub text: CompactString,
    /// What it is.
    pub role: Role,
    /// State of the cell, one ASCII character in front of the figure: `>`, `!`, `?` or a blank.
    pub mark: char,
    /// What the mark is.
    pub mark_role: Role,
    /// One ASCII character behind the figure: `<` at the cursor, `*` where there is a note, or a blank.
    pub behind: char,
}

impl Line {
    /// An empty line.
    pub fn new() -> Self {
        Self::default()
    }

    /// A line of one piece.
    pub fn of(role: Role, text: impl Into<Cow<'static, str>>) -> Self {
        Self::new().add(role, text)
    }

    /// Adds a piece from the left.
    #[must_use]
    pub fn add(mut self, role: Role, text: impl Into<Cow<'static, str>>) -> Self {
        self.left.push(Span { text: text.into(), role });
        self
    }

    /// Begins so many columns further to the right.
    #[must_use]
    pub fn indented(mut self, columns: u16) -> Self {
        self.left.insert(0, Span { text: " ".repeat(columns.into()).into(), role: Role::Text });
        self
    }

    /// Adds a piece to those that end at the right edge. They cover what is left of the others.
    #[must_use]
    pub fn add_right(mut self, role: Role, text: impl Into<Cow<'static, str>>) -> Self {
        self.right.push(Span { text: text.into(), role });
        self
    }

    /// Paints the whole width in a style first, for instance that of the cursor.
    #[must_use]
    pub fn over(mut self, role: Role) -> Self {
        self.base = Some(role);
        self
    }

    /// The width of the pieces from the left.
    pub fn width(&self, policy: Policy) -> u16 {
        self.left.iter().fold(0, |sum: u16, span| sum.saturating_add(policy.measure(&span.text)))
    }

    fn paint(&self, canvas: &mut Canvas<'_>, theme: &Theme) {
        let size = canvas.size();
        let mut x = 0_i32;
        for span in &self.left {
            x = canvas.put(x, 0, &span.text, theme.style(span.role));
        }
        // Only what no piece covers is blanked: a cell that is written twice counts as changed.
        let rest = u16::try_from(x).unwrap_or(0).min(size.width);
        let base = self.base.map_or(Style::new(), |role| theme.style(role));
        canvas.fill(Rect::new(rest, 0, size.width - rest, 1), base);
        canvas.fill(Rect::new(0, 1, size.width, size.height.saturating_sub(1)), base);
        let width = self.right.iter().fold(0_i32, |sum, span| sum + i32::from(canvas.measure(&span.text)));
        let mut x = i32::from(size.width) - width;
        for span in &self.right {
            x = canvas.put(x, 0, &span.text, theme.style(span.role));
        }
    }
}

impl CellView {
    fn paint(&self, canvas: &mut Canvas<'_>, theme: &Theme) {
        let width = i32::from(canvas.size().width);
        let style = theme.style(self.role);
        let under_cursor = matches!(self.role, Role::Cursor | Role::Typing);
        let start = canvas.put_right(width - 1, 0, &self.text, style);
        let free = u16::try_from(start).unwrap_or(0);
        canvas.fill(Rect::new(0, 0, free.min(1), 1), Style::new());
        let inside = if under_cursor { style } else { Style::new() };
        canvas.fill(Rect::new(1, 0, free.saturating_sub(1), 1), inside);
        if self.behind == ' ' {
            canvas.put(width - 1, 0, " ", Style::new());
        }
        let mark_style = theme.style(self.mark_role);
        let mut buffer = [0; 4];
        if self.mark != ' ' {
            // Close to the figure, so that the eye finds both at once.
            canvas.put((start - 1).max(0), 0, self.mark.encode_utf8(&mut buffer), inside.patch(mark_style));
        }
        if self.behind != ' ' {
            canvas.put(width - 1, 0, self.behind.encode_utf8(&mut buffer), inside);
        }
    }
}

impl Show for Shown {
    fn covers(&self) -> bool {
        !matches!(self, Self::Frame(_))
    }

    fn paint(&self, canvas: &mut Canvas<'_>, theme: &Theme) {
        match self {
            Self::Line(line) => line.paint(canvas, theme),
            Self::Kept(line) => line.paint(canvas, theme),
            Self::Cell(cell) => cell.paint(canvas, theme),
            Self::Frame(title) => paint_frame(title, canvas, theme),
        }
    }
}

/// A frame of ASCII, which every terminal draws one column wide.
fn paint_frame(title: &str, canvas: &mut Canvas<'_>, theme: &Theme) {
    let size = canvas.size();
    if size.width < 2 || size.height < 2 {
        return;
    }
    let style = theme.style(Role::Frame);
    let (right, bottom) = (size.width - 1, size.height - 1);
    let edge = format!("+{}+", "-".repeat(usize::from(size.width - 2)));
    canvas.put(0, 0, &edge, style);
    canvas.put(0, bottom, &edge, style);
    for y in 1..bottom {
        canvas.put(0, y, "|", style);
        canvas.put(right, y, "|", style);
    }
    if !title.is_empty() {
        canvas.put(2, 0, &format!(" {title} "), theme.style(Role::FrameTitle));
    }
}
