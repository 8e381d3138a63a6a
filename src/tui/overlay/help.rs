//! The help page: all keys, made from the one table of actions, and the manual.

mod manual;

use ratatui::layout::Rect;

use super::Desk;
use super::list::Scroll;
use super::window;
use crate::assets;
use crate::tui::action::{Action, Group};
use crate::tui::flow::OverlayFlow;
use crate::tui::keymap::{Context, Keymap};
use crate::tui::picture::Picture;
use crate::tui::shown::Line;
use crate::tui::theme::Role;
use crate::tui::width::Policy;

pub(super) const CONTEXTS: &[Context] = &[Context::Help, Context::List, Context::Global];

/// Keys and manual, wrapped to the width of the window.
#[derive(Debug, Clone, Default)]
pub struct Help {
    rows: Vec<Line>,
    /// The width and the policy that the rows were made for.
    made_for: Option<(u16, Policy)>,
    scroll: Scroll,
}

impl Help {
    /// The help page from its beginning.
    pub fn new() -> Self {
        Self::default()
    }

    pub(super) fn settle(&mut self, desk: &Desk<'_>) {
        let (_, text, _) = areas(desk.area);
        let wanted = Some((text.width, desk.policy));
        if self.made_for != wanted {
            self.made_for = wanted;
            self.rows = Writer { desk, width: text.width, rows: Vec::new() }.write();
        }
        self.scroll.settle(self.rows.len(), text.height);
    }

    pub(super) fn on(&mut self, action: Action, desk: &Desk<'_>) -> OverlayFlow {
        self.settle(desk);
        match action {
            Action::Cancel | Action::Choose | Action::Help => OverlayFlow::Close,
            _ if self.scroll.on(action, self.rows.len()) => OverlayFlow::Done,
            _ => OverlayFlow::Ignored,
        }
    }

    pub(super) fn view(&self, desk: &Desk<'_>, picture: &mut Picture) {
        let (window, text, hints) = areas(desk.area);
        picture.overlay(window, "帮助");
        let seen = self.scroll.seen(self.rows.len());
        let place = format!("{}/{} 行", seen.end, self.rows.len());
        picture.lines(text, self.rows.get(seen).unwrap_or_default().iter().cloned());
        let keys: [(&[Action], _); 3] = [
            (&[Action::ListUp, Action::ListDown], "滚动"),
            (&[Action::ListPageDown], "下一屏"),
            (&[Action::Cancel], "关闭"),
        ];
        picture.line(hints, window::hints(desk.keymap, CONTEXTS, &keys).add_right(Role::Dim, place));
    }
}

/// The keys of an action in all contexts, the most general first. Those that mean it only on one page carry the
/// name of the page.
pub(super) fn keys_of(keymap: &Keymap, action: Action) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for context in Context::ALL {
        for key in keymap.keys_for(action, &[context]) {
            let hint = key.hint();
            if keys.contains(&hint) {
                continue;
            }
            keys.push(match context {
                Context::Start | Context::Help | Context::Findings | Context::Dialog | Context::Review => {
                    format!("{hint}({})", context.name())
                }
                _ => hint,
            });
        }
    }
    keys
}

/// Writes the page.
struct Writer<'a> {
    desk: &'a Desk<'a>,
    width: u16,
    rows: Vec<Line>,
}

impl Writer<'_> {
    fn write(mut self) -> Vec<Line> {
        for group in Group::ALL {
            self.group(group);
        }
        self.width_test();
        for block in manual::blocks(assets::MANUAL) {
            self.block(&block);
        }
        self.rows
    }

    fn group(&mut self, group: Group) {
        let listed: Vec<(Action, Vec<String>)> = group
            .actions()
            .map(|action| (action, keys_of(self.desk.keymap, action)))
            .filter(|(action, keys)| !keys.is_empty() || action.in_palette())
            .collect();
        if listed.is_empty() {
            return;
        }
        self.heading(format!("键：{}", group.name()));
        for (action, keys) in listed {
            let keys = if keys.is_empty() { self.by_palette() } else { keys.join(" ") };
            self.entry(action, &keys);
        }
    }

    /// How to reach a command that has no key.
    fn by_palette(&self) -> String {
        keys_of(self.desk.keymap, Action::Palette).first().map_or(String::new(), |key| format!("在{key}中"))
    }

    /// Name, keys and description: beside each other where there is room, else the description below.
    fn entry(&mut self, action: Action, keys: &str) {
        let policy = self.desk.policy;
        let name = policy.fit(action.name(), NAME).into_owned();
        let head = if self.width < 64 { HEAD_NARROW } else { HEAD };
        let beside = self.width >= head + 28 && policy.measure(keys) <= head - NAME - 2;
        if beside {
            let keys = policy.fit(keys, head - NAME).into_owned();
            let mut line = Line::of(Role::Label, name).add(Role::HintKey, keys);
            for text in window::wrapped(action.help(), self.width.saturating_sub(head), policy) {
                self.rows.push(line.add(Role::Text, text));
                line = Line::of(Role::Text, " ".repeat(usize::from(head)));
            }
            return;
        }
        let mut line = Line::of(Role::Label, name);
        for text in window::wrapped(keys, self.width.saturating_sub(NAME), policy) {
            self.rows.push(line.add(Role::HintKey, text));
            line = Line::of(Role::Text, " ".repeat(usize::from(NAME)));
        }
        self.text(Role::Text, 4, action.help());
    }

    /// Two lines of the same width by the present setting. The program places what stands behind a doubtful
    /// character anew, so a wrong setting shows in the characters themselves: one covers half of the other, or
    /// there are gaps.
    fn width_test(&mut self) {
        const DOUBTFUL: &str = "“”…①②③×─■";
        let key = keys_of(self.desk.keymap, Action::ToggleWide).first().cloned();
        let key = key.unwrap_or_else(|| format!("“{}”命令", Action::ToggleWide.name()));
        self.heading("字符宽度".to_owned());
        let text = format!(
            "下面两行右边的竖线应当对齐，上一行的字应当个个完整、彼此紧挨；不齐、缺半或有空隙，就按 {key} 切换字符宽度。"
        );
        self.text(Role::Text, 0, &text);
        let width = usize::from(self.desk.policy.measure(DOUBTFUL));
        self.rows.push(Line::of(Role::Text, format!("  {DOUBTFUL}|")));
        self.rows.push(Line::of(Role::Text, format!("  {}|", "=".repeat(width))));
    }

    fn block(&mut self, block: &manual::Block) {
        match block {
            manual::Block::Heading(text) => self.heading(text.clone()),
            manual::Block::Paragraph(text) => {
                self.text(Role::Text, 0, text);
                self.rows.push(Line::new());
            }
            manual::Block::Item(text) => {
                let rows = window::wrapped(text, self.width.saturating_sub(2), self.desk.policy);
                for (index, row) in rows.into_iter().enumerate() {
                    let mark = if index == 0 { "- " } else { "  " };
                    self.rows.push(Line::of(Role::Text, mark).add(Role::Text, row));
                }
            }
        }
    }

    fn heading(&mut self, text: String) {
        if self.rows.last().is_some_and(|last| *last != Line::new()) {
            self.rows.push(Line::new());
        }
        self.rows.push(Line::of(Role::GroupLabel, text));
    }

    fn text(&mut self, role: Role, indent: u16, text: &str) {
        let rows = window::wrapped(text, self.width.saturating_sub(indent), self.desk.policy);
        let blank = " ".repeat(usize::from(indent));
        self.rows.extend(rows.into_iter().map(|row| Line::of(Role::Text, blank.clone()).add(role, row)));
    }
}

/// Columns for a name and the blanks behind it.
const NAME: u16 = 10;
/// Columns for a name, its keys and the blanks behind them.
const HEAD: u16 = 32;
/// The same where lines are short.
const HEAD_NARROW: u16 = 26;

/// The window, the text, and the line of hints.
fn areas(area: Rect) -> (Rect, Rect, Rect) {
    let window = window::centred(area, 100, area.height);
    let (text, hints) = window::split_bottom(window::inside(window), 1);
    (window, text, hints)
}
