//! What to search for.

use super::Desk;
use super::field;
use super::window::{self, EDGES};
use crate::tui::action::Action;
use crate::tui::flow::{OverlayFlow, Wish};
use crate::tui::input_line::InputLine;
use crate::tui::keymap::Context;
use crate::tui::picture::Picture;
use crate::tui::shown::Line;
use crate::tui::theme::Role;

pub(super) const CONTEXTS: &[Context] = &[Context::TextInput, Context::List, Context::Global];

/// Asks for a text to search for.
#[derive(Debug, Clone)]
pub struct FindPrompt {
    input: InputLine,
    refused: bool,
}

impl FindPrompt {
    /// Offers what was searched for last; the first character typed replaces it.
    pub fn new(last: &str) -> Self {
        let input = if last.is_empty() { InputLine::default() } else { InputLine::replacing(last) };
        Self { input, refused: false }
    }

    pub(super) fn on(&mut self, action: Action) -> OverlayFlow {
        match action {
            Action::Cancel => return OverlayFlow::Close,
            Action::Choose | Action::FindNext if self.input.text().is_empty() => self.refused = true,
            Action::Choose | Action::FindNext => {
                return OverlayFlow::Submit(Wish::Find(self.input.text().to_owned()));
            }
            _ if self.input.on(action) => self.refused = false,
            _ => return OverlayFlow::Ignored,
        }
        OverlayFlow::Done
    }

    pub(super) fn paste(&mut self, text: &str) -> OverlayFlow {
        self.input.insert(text);
        self.refused = false;
        OverlayFlow::Done
    }

    pub(super) fn view(&self, desk: &Desk<'_>, picture: &mut Picture) {
        let window = window::centred(desk.area, 60, 3 + EDGES);
        picture.overlay(window, "查找");
        let (top, rest) = window::split_top(window::inside(window), 1);
        field::show(picture, top, "查找", &self.input, true, desk.policy);
        let (_, bottom) = window::split_bottom(rest, 1);
        let line = if self.refused {
            Line::of(Role::NoticeError, "请录入要找的文字。")
        } else {
            window::hints(desk.keymap, CONTEXTS, &[(&[Action::Choose], "查找"), (&[Action::Cancel], "取消")])
        };
        picture.line(bottom, line);
    }
}
