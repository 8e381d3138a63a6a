//! The earlier contents of the draft, and where the chosen one differs from what is on the screen.

use ratatui::layout::Rect;

use super::differences::Differences;
use super::list::{Pick, Scroll};
use super::message::Message;
use super::window::{self, EDGES, SIDES};
use super::{Confirm, Desk, Overlay};
use crate::model::Edit;
use crate::model::visible;
use crate::store::backup::Summary;
use crate::store::moment::Moment;
use crate::tui::action::Action;
use crate::tui::flow::OverlayFlow;
use crate::tui::keymap::Context;
use crate::tui::picture::Picture;
use crate::tui::shown::Line;
use crate::tui::theme::Role;
use crate::tui::width::Policy;

pub(super) const CONTEXTS: &[Context] = &[Context::List, Context::Global];

/// The backups, the newest first, as they were when the window was opened.
#[derive(Debug, Clone)]
pub struct Backups {
    /// Name of the draft, for the advice on the command line.
    draft: String,
    earlier: Vec<Earlier>,
    pick: Pick,
    scroll: Scroll,
    len: usize,
}

/// One backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// When it was replaced.
    pub time: Moment,
    /// What it holds, or a sentence why it can not be read.
    pub held: Result<Held, String>,
}

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// What it amounts to.
    pub summary: Summary,
    /// Whether unit or year are not those on the screen.
    pub other: bool,
    /// How it relates to the report on the screen.
    pub standing: Standing,
}

/// How a backup relates to the report on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It holds the same.
    Same,
    /// It differs here, and this change makes the report equal to it.
    Differs(Differences, Edit),
    /// It is on the form of this name.
    OtherForm(String),
}

impl Backups {
    /// The backups of the draft of this name, the newest first.
    pub fn new(draft: &str, earlier: Vec<Earlier>) -> Self {
        let draft = visible(draft).into_owned();
        Self { draft, earlier, pick: Pick::default(), scroll: Scroll::default(), len: 0 }
    }

    pub(super) fn settle(&mut self, desk: &Desk<'_>) {
        let areas = self.areas(desk);
        self.pick.settle(self.earlier.len(), areas.list.height);
        self.len = self.detail(areas.detail.width, desk.policy).len();
        self.scroll.settle(self.len, areas.detail.height);
    }

    pub(super) fn on(&mut self, action: Action) -> OverlayFlow {
        match action {
            Action::Cancel | Action::Backups => OverlayFlow::Close,
            Action::Choose => self.choose(),
            // With ten backups there is no need for pages of them.
            Action::ListPageUp | Action::ListPageDown => {
                self.scroll.on(action, self.len);
                OverlayFlow::Done
            }
            _ if self.pick.on(action, self.earlier.len()) => {
                self.scroll = Scroll::default();
                OverlayFlow::Done
            }
            _ => OverlayFlow::Ignored,
        }
    }

    pub(super) fn view(&self, desk: &Desk<'_>, picture: &mut Picture) {
        let areas = self.areas(desk);
        picture.overlay(areas.window, "备份");
        picture.line(areas.head, head(desk.policy));
        let seen = self.pick.seen(self.earlier.len());
        let rows = self.earlier.iter().enumerate().skip(seen.start).take(seen.len());
        picture
            .lines(areas.list, rows.map(|(index, earlier)| self.row(index, earlier, areas.list.width, desk)));
        let lines = self.detail(areas.detail.width, desk.policy);
        let seen = self.scroll.seen(lines.len());
        let (above, below) = (seen.start, lines.len() - seen.end);
        for (area, line) in areas.heading.into_iter().zip(self.heading(areas.detail.width, desk.policy)) {
            picture.line(area, line);
        }
        picture.lines(areas.detail, lines.get(seen).unwrap_or_default().iter().cloned());
        let scrolls: &[Action] =
            if above + below > 0 { &[Action::ListPageUp, Action::ListPageDown] } else { &[] };
        let choose: &[Action] = match self.chosen() {
            Some(Earlier { held: Ok(Held { standing: Standing::Differs(..), .. }), .. }) => &[Action::Choose],
            _ => &[],
        };
        let keys: [(&[Action], _); 4] = [
            (&[Action::ListUp, Action::ListDown], "选择"),
            (scrolls, "翻看不同"),
            (choose, "退回到这一份"),
            (&[Action::Cancel], "关闭"),
        ];
        let mut line = window::hints(desk.keymap, CONTEXTS, &keys);
        if below > 0 {
            line = line.add_right(Role::Dim, format!("下面还有{below}行"));
        }
        picture.line(areas.hints, line);
    }

    fn chosen(&self) -> Option<&Earlier> {
        self.earlier.get(self.pick.at())
    }

    fn choose(&self) -> OverlayFlow {
        let Some(earlier) = self.chosen() else { return OverlayFlow::Done };
        let say = |text: String| OverlayFlow::Open(Box::new(Overlay::Message(Message::new("备份", text))));
        match &earlier.held {
            Err(reason) => say(format!("这一份打不开，不能退回。\n{reason}")),
            Ok(Held { standing: Standing::Same, .. }) => {
                say("这一份与屏幕上的完全相同，不用退回。".to_owned())
            }
            Ok(Held { standing: Standing::OtherForm(name), .. }) => say(self.other_form(name)),
            Ok(Held { standing: Standing::Differs(table, edit), .. }) => {
                let question = Confirm::go_back(table.len(), edit.clone(), earlier.time);
                OverlayFlow::Open(Box::new(Overlay::Confirm(question)))
            }
        }
    }

    fn row(&self, index: usize, earlier: &Earlier, width: u16, desk: &Desk<'_>) -> Line {
        let here = index == self.pick.at();
        let role = |role| if here { Role::Cursor } else { role };
        let mark = if here { "> " } else { "  " };
        let line = Line::of(role(Role::Text), format!("{mark}{:>2}  {}", index + 1, earlier.time));
        let room = width.saturating_sub(2 + 2 + 2 + TIME);
        let line = match &earlier.held {
            Err(_) => line.add(role(Role::ErrorMark), "  已损坏，打不开"),
            Ok(held) => {
                let Summary { filled, errors, warnings, .. } = held.summary;
                let counted = |role, count: usize| if count == 0 { Role::Dim } else { role };
                let (red, yellow) = (counted(Role::ErrorMark, errors), counted(Role::WarningMark, warnings));
                let [filled, errors, warnings] =
                    [filled, errors, warnings].map(|count| format!("{count:>6}"));
                let (standing_role, standing) = held.standing.words();
                let standing = format!("{}  ", right(&standing, STANDING, desk.policy));
                let room = room.saturating_sub(3 * 6 + STANDING + 2);
                line.add(role(Role::Figure), filled)
                    .add(role(red), errors)
                    .add(role(yellow), warnings)
                    .add(role(standing_role), standing)
                    .add(role(Role::Dim), window::head(&held.title(), room, desk.policy))
            }
        };
        if here { line.over(Role::Cursor) } else { line }
    }

    /// The two lines above what differs: what it is about, and the heads of the columns.
    fn heading(&self, width: u16, policy: Policy) -> [Line; 2] {
        let number = self.pick.at() + 1;
        let Some(Earlier { held: Ok(Held { standing: Standing::Differs(table, _), .. }), .. }) =
            self.chosen()
        else {
            return [Line::of(Role::GroupLabel, format!("第 {number} 份")), Line::new()];
        };
        let words = format!("第 {number} 份与屏幕上的有 {} 处不同", table.len());
        [Line::of(Role::GroupLabel, words), table.head(width, policy)]
    }

    fn detail(&self, width: u16, policy: Policy) -> Vec<Line> {
        let text = match self.chosen().map(|earlier| &earlier.held) {
            None => return Vec::new(),
            Some(Ok(Held { standing: Standing::Differs(table, _), .. })) => {
                return table.lines(width, policy);
            }
            Some(Ok(Held { standing: Standing::Same, .. })) => "与屏幕上的完全相同。".to_owned(),
            Some(Ok(Held { standing: Standing::OtherForm(name), .. })) => self.other_form(name),
            Some(Err(reason)) => format!("打不开。它不妨碍草稿和其他备份，可以不管。\n{reason}"),
        };
        window::wrapped(&text, width, policy).into_iter().map(|row| Line::of(Role::Text, row)).collect()
    }

    /// Why a backup on another form can not be gone back to here, and how it can.
    fn other_form(&self, name: &str) -> String {
        let draft = if self.draft.contains(' ') { format!("\"{}\"", self.draft) } else { self.draft.clone() };
        format!(
            "这一份用的是{}，与屏幕上的不是同一种格式，不能在这里退回。\n要换回它，请先保存并退出，在终端里输入：\n\
             gouji backups {draft}（看它的序号）\ngouji restore {draft} 序号",
            visible(name)
        )
    }

    fn areas(&self, desk: &Desk<'_>) -> Areas {
        // As high as any of them needs, so that the window does not jump from one to the next.
        let needed = self.earlier.iter().map(|earlier| match &earlier.held {
            Ok(Held { standing: Standing::Differs(table, _), .. }) => table.len(),
            _ => 4,
        });
        let needed = needed.max().unwrap_or(0);
        let rows = self.earlier.len() + needed + OTHERS;
        let window =
            window::centred(desk.area, WIDTH, u16::try_from(rows).unwrap_or(u16::MAX).min(HIGHEST) + EDGES);
        let inside = window::inside(window);
        let (rest, hints) = window::split_bottom(inside, 1);
        let (head, rest) = window::split_top(rest, u16::from(rest.height > 1));
        let most = rest
            .height
            .saturating_sub(u16::try_from(needed).unwrap_or(u16::MAX).min(LEAST_DETAIL) + 4)
            .max(3);
        let wanted = u16::try_from(self.earlier.len()).unwrap_or(u16::MAX).min(most);
        let (list, rest) = window::split_top(rest, wanted);
        let (_, rest) = window::split_top(rest, u16::from(rest.height > 4));
        let (about, rest) = window::split_top(rest, u16::from(rest.height > 1));
        let (columns, rest) = window::split_top(rest, u16::from(rest.height > 2));
        let (detail, _) = window::split_bottom(rest, u16::from(rest.height > 4));
        Areas { window, head, list, heading: [about, columns], detail, hints }
    }
}

impl Held {
    /// Unit and year, if they are not those on the screen.
    fn title(&self) -> String {
        if !self.other {
            return String::new();
        }
        let or = |text: &str, none: &str| match text.trim() {
            "" => none.to_owned(),
            text => visible(text).into_owned(),
        };
        let Summary { unit, year, .. } = &self.summary;
        format!("{}年度 {}", or(year, "（未填）"), or(unit, "（未填单位）"))
    }
}

impl Standing {
    fn words(&self) -> (Role, String) {
        match self {
            Self::Same => (Role::Dim, "相同".to_owned()),
            Self::Differs(table, _) => (Role::Text, format!("{}处", table.len())),
            Self::OtherForm(_) => (Role::Dim, "另一格式".to_owned()),
        }
    }
}

const WIDTH: u16 = 96 + SIDES;
/// Rows of the window beside list and detail: heads, blanks and keys.
const OTHERS: usize = 6;
/// Rows inside the window at most.
const HIGHEST: u16 = 32;
/// Rows of detail that the list leaves if it can.
const LEAST_DETAIL: u16 = 6;
/// Columns of a moment.
const TIME: u16 = 19;
/// Columns for the number of places that differ.
const STANDING: u16 = 10;

struct Areas {
    window: Rect,
    head: Rect,
    list: Rect,
    heading: [Rect; 2],
    detail: Rect,
    hints: Rect,
}

fn head(policy: Policy) -> Line {
    let line = Line::of(Role::Head, format!("      {}", policy.fit("留作备份的时间", TIME)));
    let columns = [("已填", 6), ("强制", 6), ("核实", 6), ("不同", STANDING)];
    columns.iter().fold(line, |line, (word, width)| line.add(Role::Head, right(word, *width, policy)))
}

fn right(text: &str, width: u16, policy: Policy) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(policy.measure(text)).into()))
}
