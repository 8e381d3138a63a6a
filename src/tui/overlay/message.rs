//! Something longer to read, until it is put away.

use ratatui::layout::Rect;

use super::Desk;
use super::list::Scroll;
use super::window::{self, EDGES, SIDES};
use crate::tui::action::Action;
use crate::tui::flow::OverlayFlow;
use crate::tui::keymap::Context;
use crate::tui::notice::{Notice, Tone};
use crate::tui::picture::Picture;
use crate::tui::shown::Line;
use crate::tui::theme::Role;

pub(super) const CONTEXTS: &[Context] = &[Context::List, Context::Global];

/// A text of any length with 确定 below it.
#[derive(Debug, Clone)]
pub struct Message {
    title: String,
    text: String,
    scroll: Scroll,
    len: usize,
}

impl Message {
    /// A text under a title.
    pub fn new(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self { title: title.into(), text: text.into(), scroll: Scroll::default(), len: 0 }
    }

    /// A notice that is too long for the bottom line.
    pub fn of(notice: &Notice) -> Self {
        let title = match notice.tone {
            Tone::Done => "完成",
            Tone::Failed => "没有做成",
        };
        Self::new(title, notice.text.clone())
    }

    pub(super) fn settle(&mut self, desk: &Desk<'_>) {
        let (_, text, _) = Self::areas(self.rows(desk).len(), desk);
        self.len = self.rows(desk).len();
        self.scroll.settle(self.len, text.height);
    }

    pub(super) fn on(&mut self, action: Action) -> OverlayFlow {
        match action {
            Action::Choose | Action::Cancel | Action::ConfirmYes | Action::ConfirmNo => OverlayFlow::Close,
            _ if self.scroll.on(action, self.len) => OverlayFlow::Done,
            _ => OverlayFlow::Ignored,
        }
    }

    pub(super) fn view(&self, desk: &Desk<'_>, picture: &mut Picture) {
        let rows = self.rows(desk);
        let (window, text, buttons) = Self::areas(rows.len(), desk);
        picture.overlay(window, self.title.clone());
        let seen = self.scroll.seen(rows.len());
        let more = seen.end < rows.len();
        let rows = rows.get(seen).unwrap_or_default();
        picture.lines(text, rows.iter().map(|row| Line::of(Role::Text, row.clone())));
        let mut line = Line::new().add(Role::Cursor, "[ 确定 ]");
        if more {
            line = line.add_right(Role::Dim, "下面还有");
        }
        let (_, button) = window::split_bottom(buttons, 1);
        picture.line(button, line);
    }

    fn rows(&self, desk: &Desk<'_>) -> Vec<String> {
        window::wrapped(&self.text, WIDTH.min(desk.area.width).saturating_sub(SIDES), desk.policy)
    }

    /// The window, the text in it, and the row of the button with a blank above.
    fn areas(rows: usize, desk: &Desk<'_>) -> (Rect, Rect, Rect) {
        let rows = u16::try_from(rows).unwrap_or(u16::MAX);
        let window = window::centred(desk.area, WIDTH, rows.saturating_add(2 + EDGES));
        let (text, buttons) = window::split_bottom(window::inside(window), 2);
        (window, text, buttons)
    }
}

const WIDTH: u16 = 72;
