//! Searching and replacing: a panel below the text, which stays in sight with all that was found marked in it.

use ratatui::layout::Rect;

use super::Desk;
use super::field;
use super::window::{self, EDGES, SIDES};
use crate::tui::action::Action;
use crate::tui::editor::Direction;
use crate::tui::flow::{OverlayFlow, Search, Tally};
use crate::tui::input_line::InputLine;
use crate::tui::keymap::Context;
use crate::tui::picture::Picture;
use crate::tui::shown::Line;
use crate::tui::theme::Role;

pub(super) const CONTEXTS: &[Context] = &[Context::Search, Context::TextInput, Context::Global];

/// Rows of the screen below the panel: what was done, and keys.
const BELOW: u16 = 2;

/// What is searched for, and what is to take its place.
#[derive(Debug, Clone)]
pub struct FindPanel {
    query: InputLine,
    /// The other text, once it was asked for.
    with: Option<InputLine>,
    /// Whether the other text is being typed.
    in_with: bool,
    tally: Option<Tally>,
    refused: bool,
}

impl FindPanel {
    /// Offers what was searched for last; the first character typed replaces it.
    pub fn new(last: &str, replaces: bool) -> Self {
        let query = if last.is_empty() { InputLine::default() } else { InputLine::replacing(last) };
        let with = replaces.then(InputLine::default);
        Self { query, with, in_with: false, tally: None, refused: false }
    }

    /// What is searched for.
    pub fn query(&self) -> &str {
        self.query.text()
    }

    /// Takes in how far the search is.
    pub fn tell(&mut self, tally: Option<Tally>) {
        self.tally = tally;
    }

    /// The rows of the screen that it takes from the text.
    pub(super) fn rows(&self) -> u16 {
        EDGES + 2 + u16::from(self.with.is_some())
    }

    pub(super) fn on(&mut self, action: Action) -> OverlayFlow {
        let query = || self.query.text().to_owned();
        match action {
            Action::Cancel => return OverlayFlow::Search(Search::Leave),
            Action::Undo | Action::Redo => return OverlayFlow::Run(action),
            Action::ListUp | Action::ListDown => self.in_with = self.with.is_some() && !self.in_with,
            Action::Replace if self.with.is_none() => {
                self.with = Some(InputLine::default());
                self.in_with = !self.query.text().is_empty();
            }
            _ if self.query.text().is_empty() && is_step(action) => {
                self.refused = true;
                self.in_with = false;
            }
            Action::Find | Action::FindNext => {
                return OverlayFlow::Search(Search::On(query(), Direction::Next));
            }
            Action::FindPrevious => return OverlayFlow::Search(Search::On(query(), Direction::Previous)),
            Action::Choose | Action::Replace | Action::ReplaceAll => {
                let Some(with) = &self.with else { return OverlayFlow::Search(Search::Stay) };
                let with = with.text().to_owned();
                let all = action == Action::ReplaceAll;
                return OverlayFlow::Search(if all {
                    Search::ReplaceAll(with)
                } else {
                    Search::Replace(with)
                });
            }
            _ => {
                if !self.input().on(action) {
                    return OverlayFlow::Ignored;
                }
                return self.typed();
            }
        }
        OverlayFlow::Done
    }

    pub(super) fn paste(&mut self, text: &str) -> OverlayFlow {
        self.input().insert(text);
        self.typed()
    }

    pub(super) fn view(&self, desk: &Desk<'_>, picture: &mut Picture) {
        let area = desk.area;
        let height = self.rows().min(area.height);
        let top = area.height.saturating_sub(BELOW.saturating_add(height)).min(area.height - height);
        let window = Rect { y: area.y.saturating_add(top), height, ..area };
        picture.overlay(window, if self.with.is_some() { "查找和替换" } else { "查找" });
        let (first, rest) = window::split_top(window::inside(window), 1);
        let (role, state) = match self.tally {
            _ if self.refused => (Role::NoticeError, "请录入要找的文字。".to_owned()),
            Some(tally) if !self.query.text().is_empty() => {
                (if tally.count == 0 { Role::WarningMark } else { Role::Text }, tally.words())
            }
            _ => (Role::Dim, String::new()),
        };
        let width = STATE.min(first.width / 2);
        let (left, right) = split_right(first, width);
        field::show(picture, left, "查找", &self.query, !self.in_with, desk.policy);
        picture.line(right, Line::new().add_right(role, window::head(&state, width, desk.policy)));
        let (second, hints) = window::split_bottom(rest, 1);
        if let Some(with) = &self.with {
            let (left, right) = split_right(second, width);
            field::show(picture, left, "换成", with, self.in_with, desk.policy);
            picture.line(right, Line::new());
        }
        let line = if self.with.is_some() {
            let keys: [(&[Action], _); 5] = [
                (&[Action::Choose], "换这处"),
                (&[Action::ReplaceAll], "全换"),
                (&[Action::FindNext], "跳过"),
                (&[Action::ListDown], "换栏"),
                (&[Action::Cancel], "回原处"),
            ];
            window::hints(desk.keymap, CONTEXTS, &keys)
        } else {
            let keys: [(&[Action], _); 4] = [
                (&[Action::FindPrevious, Action::FindNext], "上一处、下一处"),
                (&[Action::Choose], "停在这里"),
                (&[Action::Replace], "替换"),
                (&[Action::Cancel], "回原处"),
            ];
            window::hints(desk.keymap, CONTEXTS, &keys)
        };
        picture.line(hints, line);
    }

    fn input(&mut self) -> &mut InputLine {
        match &mut self.with {
            Some(with) if self.in_with => with,
            _ => &mut self.query,
        }
    }

    /// What is searched for is searched at once.
    fn typed(&mut self) -> OverlayFlow {
        self.refused = false;
        if self.in_with {
            OverlayFlow::Done
        } else {
            OverlayFlow::Search(Search::Show(self.query.text().to_owned()))
        }
    }
}

/// Columns for the count at the right.
const STATE: u16 = SIDES + 34;

/// Whether the action needs something to search for.
fn is_step(action: Action) -> bool {
    matches!(
        action,
        Action::Find
            | Action::FindNext
            | Action::FindPrevious
            | Action::Choose
            | Action::Replace
            | Action::ReplaceAll
    )
}

/// An area without its last columns, with one blank column between, and these.
fn split_right(area: Rect, columns: u16) -> (Rect, Rect) {
    let columns = columns.min(area.width);
    let left = area.width - columns;
    (
        Rect { width: left.saturating_sub(1), ..area },
        Rect { x: area.x.saturating_add(left), width: columns, ..area },
    )
}
