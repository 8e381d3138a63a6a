//! The headings of a text, to jump to.

use ratatui::layout::Rect;

use super::Desk;
use super::list::Pick;
use super::window::{self, EDGES, SIDES};
use crate::tui::action::Action;
use crate::tui::flow::{OverlayFlow, Wish};
use crate::tui::keymap::Context;
use crate::tui::picture::Picture;
use crate::tui::shown::Line;
use crate::tui::theme::Role;

pub(super) const CONTEXTS: &[Context] = &[Context::List, Context::Global];

/// A heading as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands in the text, in bytes.
    pub offset: usize,
    /// How deep it stands, from 0.
    pub level: usize,
    /// The number and the words of the heading.
    pub title: String,
    /// The first words behind it.
    pub words: String,
    /// The line of the text, from 1.
    pub row: usize,
}

/// The list of headings.
#[derive(Debug, Clone)]
pub struct TextOutline {
    entries: Vec<Entry>,
    pick: Pick,
}

impl TextOutline {
    /// A list with one of the headings chosen: the one that the caret is under.
    pub fn new(entries: Vec<Entry>, here: usize) -> Self {
        Self { entries, pick: Pick::new(here) }
    }

    pub(super) fn settle(&mut self, desk: &Desk<'_>) {
        let (_, list, _) = self.areas(desk);
        self.pick.settle(self.entries.len(), list.height);
    }

    pub(super) fn on(&mut self, action: Action) -> OverlayFlow {
        match action {
            Action::Choose => match self.entries.get(self.pick.at()) {
                Some(entry) => OverlayFlow::Submit(Wish::GoTo(entry.offset)),
                None => OverlayFlow::Close,
            },
            Action::Cancel | Action::TextOutline => OverlayFlow::Close,
            _ if self.pick.on(action, self.entries.len()) => OverlayFlow::Done,
            _ => OverlayFlow::Ignored,
        }
    }

    pub(super) fn view(&self, desk: &Desk<'_>, picture: &mut Picture) {
        let (window, list, hints) = self.areas(desk);
        picture.overlay(window, "小标题");
        let seen = self.pick.seen(self.entries.len());
        let lines = self.entries.iter().enumerate().skip(seen.start).take(seen.len());
        picture.lines(list, lines.map(|(index, entry)| self.line(index, entry, list.width, desk)));
        let (_, hints) = window::split_bottom(hints, 1);
        let keys: [(&[Action], _); 3] = [
            (&[Action::ListUp, Action::ListDown], "选择"),
            (&[Action::Choose], "到那里"),
            (&[Action::Cancel], "取消"),
        ];
        let count = format!("{} 个", self.entries.len());
        picture.line(hints, window::hints(desk.keymap, CONTEXTS, &keys).add_right(Role::Dim, count));
    }

    fn line(&self, index: usize, entry: &Entry, width: u16, desk: &Desk<'_>) -> Line {
        let here = index == self.pick.at();
        let role = |role| if here { Role::Cursor } else { role };
        let place = format!("  第 {} 行", entry.row);
        let room = width.saturating_sub(desk.policy.measure(&place));
        let mark = if here { "> " } else { "  " };
        let title = format!("{mark}{}{}", " ".repeat(entry.level * 2), entry.title);
        let title = window::head(&title, room, desk.policy);
        let rest = room.saturating_sub(desk.policy.measure(&title));
        let words = window::head(&entry.words, rest, desk.policy);
        let line =
            Line::of(role(Role::Text), title).add(role(Role::Dim), words).add_right(role(Role::Dim), place);
        if here { line.over(Role::Cursor) } else { line }
    }

    fn areas(&self, desk: &Desk<'_>) -> (Rect, Rect, Rect) {
        let rows = u16::try_from(self.entries.len()).unwrap_or(u16::MAX);
        let window = window::centred(desk.area, 70 + SIDES, rows.min(24).saturating_add(2 + EDGES));
        let (list, hints) = window::split_bottom(window::inside(window), 2);
        (window, list, hints)
    }
}
