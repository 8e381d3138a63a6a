//! Two contents of a report side by side, to be read before something is decided.

use ratatui::layout::Rect;

use super::Desk;
use super::differences::Differences;
use super::list::Scroll;
use super::window::{self, EDGES, SIDES};
use crate::tui::action::Action;
use crate::tui::flow::OverlayFlow;
use crate::tui::keymap::Context;
use crate::tui::picture::Picture;
use crate::tui::shown::Line;
use crate::tui::theme::Role;

pub(super) const CONTEXTS: &[Context] = &[Context::List, Context::Global];

/// A sentence and the table of what differs below it.
#[derive(Debug, Clone)]
pub struct Comparison {
    title: &'static str,
    sentence: String,
    differences: Differences,
    scroll: Scroll,
    len: usize,
}

impl Comparison {
    /// Differences under a sentence that says what is compared.
    pub fn new(title: &'static str, sentence: impl Into<String>, differences: Differences) -> Self {
        Self { title, sentence: sentence.into(), differences, scroll: Scroll::default(), len: 0 }
    }

    pub(super) fn settle(&mut self, desk: &Desk<'_>) {
        let areas = self.areas(desk);
        self.len = areas.rows.len();
        self.scroll.settle(self.len, areas.table.height);
    }

    pub(super) fn on(&mut self, action: Action) -> OverlayFlow {
        match action {
            Action::Choose | Action::Cancel => OverlayFlow::Close,
            _ if self.scroll.on(action, self.len) => OverlayFlow::Done,
            _ => OverlayFlow::Ignored,
        }
    }

    pub(super) fn view(&self, desk: &Desk<'_>, picture: &mut Picture) {
        let areas = self.areas(desk);
        picture.overlay(areas.window, self.title);
        picture.lines(areas.sentence, areas.words.into_iter().map(|row| Line::of(Role::Text, row)));
        picture.line(areas.head, self.differences.head(areas.head.width, desk.policy));
        let seen = self.scroll.seen(areas.rows.len());
        let more = seen.end < areas.rows.len();
        picture.lines(areas.table, areas.rows.get(seen).unwrap_or_default().iter().cloned());
        let mut line = Line::new().add(Role::Cursor, "[ 确定 ]");
        if more {
            line = line.add_right(Role::Dim, "下面还有");
        }
        picture.line(areas.button, line);
    }

    fn areas(&self, desk: &Desk<'_>) -> Areas {
        let width = window::centred(desk.area, WIDTH, 0).width.saturating_sub(SIDES);
        let words = window::wrapped(&self.sentence, width, desk.policy);
        let rows = self.differences.lines(width, desk.policy);
        let height = u16::try_from(words.len() + rows.len()).unwrap_or(u16::MAX);
        let window = window::centred(desk.area, WIDTH, height.saturating_add(4 + EDGES));
        let (rest, button) = window::split_bottom(window::inside(window), 1);
        let (sentence, rest) = window::split_top(rest, u16::try_from(words.len()).unwrap_or(u16::MAX));
        // Blanks go first where there is too little room.
        let roomy = rest.height > 8 || usize::from(rest.height) >= rows.len() + 3;
        let (_, rest) = window::split_top(rest, u16::from(roomy));
        let (head, rest) = window::split_top(rest, u16::from(rest.height > 1));
        let (table, _) = window::split_bottom(rest, u16::from(roomy));
        Areas { window, sentence, head, table, button, words, rows }
    }
}

const WIDTH: u16 = 96 + SIDES;

struct Areas {
    window: Rect,
    sentence: Rect,
    head: Rect,
    table: Rect,
    button: Rect,
    words: Vec<String>,
    rows: Vec<Line>,
}
