//! All commands by name, with their keys, to be found by a few characters.

use ratatui::layout::Rect;

use super::Desk;
use super::field;
use super::help::keys_of;
use super::list::Pick;
use super::pinyin;
use super::window::{self, SIDES};
use crate::model::half_width;
use crate::tui::action::{Action, Group};
use crate::tui::flow::{OverlayFlow, Wish};
use crate::tui::input_line::InputLine;
use crate::tui::keymap::Context;
use crate::tui::picture::Picture;
use crate::tui::shown::Line;
use crate::tui::theme::Role;

pub(super) const CONTEXTS: &[Context] = &[Context::TextInput, Context::List, Context::Global];

/// The list of commands and what is typed to find one.
#[derive(Debug, Clone, Default)]
pub struct Palette {
    input: InputLine,
    pick: Pick,
}

impl Palette {
    /// All commands.
    pub fn new() -> Self {
        Self::default()
    }

    pub(super) fn settle(&mut self, desk: &Desk<'_>) {
        let areas = Areas::of(desk);
        self.pick.settle(self.found().len(), areas.list.height);
    }

    pub(super) fn on(&mut self, action: Action) -> OverlayFlow {
        match action {
            Action::Cancel | Action::Palette => OverlayFlow::Close,
            Action::Choose => match self.found().get(self.pick.at()) {
                Some(action) => OverlayFlow::Submit(Wish::Run(*action)),
                None => OverlayFlow::Done,
            },
            _ if self.pick.on(action, self.found().len()) => OverlayFlow::Done,
            _ if self.input.on(action) => {
                self.pick = Pick::default();
                OverlayFlow::Done
            }
            _ => OverlayFlow::Ignored,
        }
    }

    pub(super) fn paste(&mut self, text: &str) -> OverlayFlow {
        self.input.insert(text);
        self.pick = Pick::default();
        OverlayFlow::Done
    }

    pub(super) fn view(&self, desk: &Desk<'_>, picture: &mut Picture) {
        let areas = Areas::of(desk);
        picture.overlay(areas.window, "命令");
        field::show(picture, areas.input, "查找", &self.input, true, desk.policy);
        let found = self.found();
        let seen = self.pick.seen(found.len());
        let lines = found.iter().enumerate().skip(seen.start).take(seen.len());
        let lines: Vec<Line> = if found.is_empty() {
            let nothing = "没有这样的命令。可录名称中的字，或名称的拼音首字母。";
            vec![Line::of(Role::Dim, window::head(nothing, areas.list.width, desk.policy))]
        } else {
            lines.map(|(index, action)| self.line(index, *action, areas.list.width, desk)).collect()
        };
        picture.lines(areas.list, lines);
        let detail = found.get(self.pick.at()).map_or("", |action| action.help());
        let rows = window::wrapped(detail, areas.detail.width, desk.policy);
        picture.lines(areas.detail, rows.into_iter().map(|row| Line::of(Role::Text, row)));
        let keys: [(&[Action], _); 3] = [
            (&[Action::ListUp, Action::ListDown], "选择"),
            (&[Action::Choose], "执行"),
            (&[Action::Cancel], "取消"),
        ];
        let count = format!("{} 条", found.len());
        let line = window::hints(desk.keymap, CONTEXTS, &keys).add_right(Role::Dim, count);
        picture.line(areas.hints, line);
    }

    /// The commands that match, those whose name begins so first.
    fn found(&self) -> Vec<Action> {
        let query = folded(self.input.text());
        let commands = Group::ALL.into_iter().flat_map(Group::actions).filter(|action| action.in_palette());
        let mut ranked: Vec<(Rank, Action)> =
            commands.filter_map(|action| Some((rank(action, &query)?, action))).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked.into_iter().map(|(_, action)| action).collect()
    }

    fn line(&self, index: usize, action: Action, width: u16, desk: &Desk<'_>) -> Line {
        let here = index == self.pick.at();
        let role = |role| if here { Role::Cursor } else { role };
        let keys = keys_of(desk.keymap, action).join(" ");
        let name = desk.policy.fit(action.name(), NAME).into_owned();
        let keys = desk.policy.fit(&window::head(&keys, KEYS, desk.policy), KEYS).into_owned();
        let room = width.saturating_sub(2 + NAME + KEYS + 4);
        let line = Line::new()
            .add(role(Role::Text), if here { "> " } else { "  " })
            .add(role(Role::Text), name)
            .add(role(Role::Text), "  ")
            .add(role(Role::HintKey), keys)
            .add(role(Role::Text), "  ")
            .add(role(Role::Dim), window::head(action.help(), room, desk.policy));
        if here { line.over(Role::Cursor) } else { line }
    }
}

/// Columns for the name: every name fits.
const NAME: u16 = 8;
/// Columns for the keys: most fit.
const KEYS: u16 = 14;

/// How well a command matches, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// The name or its initials begin so.
    Begins,
    /// The name or its initials contain it.
    Named,
    /// The id or the description contain it.
    Mentioned,
}

struct Areas {
    window: Rect,
    input: Rect,
    list: Rect,
    detail: Rect,
    hints: Rect,
}

impl Areas {
    fn of(desk: &Desk<'_>) -> Self {
        let window = window::centred(desk.area, 74 + SIDES, 22);
        let (input, rest) = window::split_top(window::inside(window), 1);
        // The line to type in and the chosen line are both bars, and must not touch.
        let (_, rest) = window::split_top(rest, u16::from(rest.height >= 12));
        let (rest, hints) = window::split_bottom(rest, 1);
        // A description may take two rows where lines are short; it is given up where there is no room.
        let detail = if rest.height >= 7 { 3 } else { 0 };
        let (list, detail) = window::split_bottom(rest, detail);
        let (_, detail) = window::split_top(detail, 1);
        Self { window, input, list, detail, hints }
    }
}

/// How well `action` matches every word of the query; nothing if one does not match.
fn rank(action: Action, query: &str) -> Option<Rank> {
    query.split_whitespace().try_fold(Rank::Begins, |worst, word| {
        let name = action.name();
        let rank = if name.starts_with(word) || pinyin::begins(name, word) {
            Rank::Begins
        } else if name.contains(word) || pinyin::contains(name, word) {
            Rank::Named
        } else if action.id().contains(word) || action.help().to_lowercase().contains(word) {
            Rank::Mentioned
        } else {
            return None;
        };
        Some(worst.max(rank))
    })
}

/// Lower case and half width, as input methods may give letters in full width.
pub(super) fn folded(text: &str) -> String {
    text.chars().map(half_width).collect::<String>().to_lowercase()
}
