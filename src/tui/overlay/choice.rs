//! The options of a fact of the cover.

use ratatui::layout::Rect;

use super::Desk;
use super::list::Pick;
use super::window::{self, EDGES};
use crate::form::{Fact, FactKind};
use crate::model::FactId;
use crate::tui::action::Action;
use crate::tui::flow::{OverlayFlow, Wish};
use crate::tui::keymap::Context;
use crate::tui::picture::Picture;
use crate::tui::shown::Line;
use crate::tui::theme::Role;

pub(super) const CONTEXTS: &[Context] = &[Context::List, Context::Global];

/// Numbered options, one of which becomes the fact.
#[derive(Debug, Clone)]
pub struct ChoiceList {
    title: String,
    fact: FactId,
    options: Vec<(String, String)>,
    pick: Pick,
}

impl ChoiceList {
    /// Options as pairs of what is stored and what is read, the one that is stored now under the cursor.
    pub fn new(
        title: impl Into<String>,
        fact: FactId,
        options: Vec<(String, String)>,
        current: &str,
    ) -> Self {
        let at = options.iter().position(|(id, _)| id == current).unwrap_or(0);
        Self { title: title.into(), fact, options, pick: Pick::new(at) }
    }

    /// The options of a fact that has some; nothing for other facts.
    pub fn of(fact: &Fact, current: &str) -> Option<Self> {
        let FactKind::Choice(choices) = &fact.kind else { return None };
        let options = choices.iter().map(|choice| (choice.id.clone(), choice.label.clone())).collect();
        Some(Self::new(fact.label.clone(), fact.id, options, current))
    }

    pub(super) fn settle(&mut self, desk: &Desk<'_>) {
        let (_, list, _) = self.areas(desk);
        self.pick.settle(self.options.len(), list.height);
    }

    pub(super) fn on(&mut self, action: Action) -> OverlayFlow {
        match action {
            Action::Choose => self.take(self.pick.at()),
            Action::Cancel => OverlayFlow::Close,
            Action::Type(c) => window::digit(c).map_or(OverlayFlow::Ignored, |digit| self.take(digit - 1)),
            _ if self.pick.on(action, self.options.len()) => OverlayFlow::Done,
            _ => OverlayFlow::Ignored,
        }
    }

    pub(super) fn view(&self, desk: &Desk<'_>, picture: &mut Picture) {
        let (window, list, hints) = self.areas(desk);
        picture.overlay(window, self.title.clone());
        let seen = self.pick.seen(self.options.len());
        let lines = self.options.iter().enumerate().skip(seen.start).take(seen.len());
        picture.lines(list, lines.map(|(index, (_, label))| self.line(index, label)));
        let keys: [(&[Action], _); 2] = [(&[Action::Choose], "选定"), (&[Action::Cancel], "取消")];
        let line = window::hints(desk.keymap, CONTEXTS, &keys).add(Role::Hint, "数字键直接选定");
        let (_, hints) = window::split_bottom(hints, 1);
        picture.line(hints, line);
    }

    fn line(&self, index: usize, label: &str) -> Line {
        let number = if index < 9 { format!("{}", index + 1) } else { " ".to_owned() };
        if index == self.pick.at() {
            Line::of(Role::Cursor, format!("> {number} {label}")).over(Role::Cursor)
        } else {
            Line::of(Role::HintKey, format!("  {number} ")).add(Role::Text, label.to_owned())
        }
    }

    fn take(&self, index: usize) -> OverlayFlow {
        match self.options.get(index) {
            Some((id, _)) => OverlayFlow::Submit(Wish::SetFact(self.fact, id.clone())),
            None => OverlayFlow::Done,
        }
    }

    fn areas(&self, desk: &Desk<'_>) -> (Rect, Rect, Rect) {
        let rows = u16::try_from(self.options.len()).unwrap_or(u16::MAX);
        let window = window::centred(desk.area, 56, rows.saturating_add(2 + EDGES));
        let (list, hints) = window::split_bottom(window::inside(window), 2);
        (window, list, hints)
    }
}
