//! The first screen: what the program is, the drafts of late, and ways to begin.

use std::path::PathBuf;

use ratatui::layout::Rect;

use super::action::Action;
use super::flow::Wish;
use super::keymap::Context;
use super::overlay::Desk;
use super::overlay::list::Pick;
use super::overlay::window;
use super::picture::Picture;
use super::shown::Line;
use super::theme::Role;
use super::width::Policy;
use crate::model::{excerpt, visible};

const CONTEXTS: &[Context] = &[Context::Start, Context::List, Context::Global];

/// The list of drafts and of ways to begin.
#[derive(Debug, Clone, Default)]
pub struct StartScreen {
    recent: Vec<RecentDraft>,
    pick: Pick,
}

/// A draft opened of late, and how it stood when the screen was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecentDraft {
    /// The file.
    pub path: PathBuf,
    /// The reporting unit; empty if not filled in.
    pub unit: String,
    /// The report year as it was filled in.
    pub year: String,
    /// Relations that must hold and do not.
    pub errors: usize,
    /// Relations to be looked at.
    pub warnings: usize,
    /// Cells that are not filled in.
    pub gaps: usize,
    /// Why nothing is known of it, in a few characters: 文件不在, 读不出.
    pub problem: Option<String>,
}

/// The answer of the start screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StartFlow {
    /// It has no use for the action.
    Ignored,
    /// It has changed its own state.
    Done,
    /// What the user chose.
    Submit(Wish),
}

impl StartScreen {
    /// The first screen with these drafts, the newest first.
    pub fn new(recent: Vec<RecentDraft>) -> Self {
        Self { recent, pick: Pick::default() }
    }

    /// Brings scrolling in line with the area at hand.
    pub fn settle(&mut self, area: Rect) {
        self.pick.settle(self.rows().len(), Areas::of(area).list.height);
    }

    /// What it makes of an action.
    pub fn on(&mut self, action: Action) -> StartFlow {
        let rows = self.rows();
        if action == Action::Choose {
            return match rows.get(self.pick.at()) {
                Some(Row::Draft(draft)) => StartFlow::Submit(Wish::OpenDraft(draft.path.clone())),
                Some(Row::Way(way)) => StartFlow::Submit(way.wish()),
                None => StartFlow::Done,
            };
        }
        let len = rows.len();
        if self.pick.on(action, len) { StartFlow::Done } else { StartFlow::Ignored }
    }

    /// Which keys apply, the innermost first.
    pub fn contexts(&self) -> &'static [Context] {
        CONTEXTS
    }

    /// Shows it.
    pub fn view(&self, desk: &Desk<'_>, area: Rect, picture: &mut Picture) {
        let areas = Areas::of(area);
        picture.lines(areas.intro, intro(desk));
        let heading = if self.recent.is_empty() { "开始" } else { "最近的草稿和新的开始" };
        picture.line(areas.heading, Line::of(Role::GroupLabel, heading));
        let rows = self.rows();
        let seen = self.pick.seen(rows.len());
        let columns = Columns::of(areas.list.width);
        let shown = rows.iter().enumerate().skip(seen.start).take(seen.len());
        let lines = shown.map(|(index, row)| row.line(index == self.pick.at(), columns, desk.policy));
        picture.lines(areas.list, lines);
        picture.line(areas.detail, self.detail(&rows, areas.detail.width, desk));
    }

    /// Where the chosen draft lies, or what the chosen way does.
    fn detail(&self, rows: &[Row<'_>], width: u16, desk: &Desk<'_>) -> Line {
        match rows.get(self.pick.at()) {
            Some(Row::Draft(draft)) => {
                let path = draft.path.display().to_string();
                Line::of(Role::Dim, window::tail(&visible(&path), width, desk.policy))
            }
            Some(Row::Way(way)) => Line::of(Role::Dim, way.action().help()),
            None => Line::new(),
        }
    }

    fn rows(&self) -> Vec<Row<'_>> {
        let drafts = self.recent.iter().map(Row::Draft);
        drafts.chain(Way::ALL.into_iter().map(Row::Way)).collect()
    }
}

/// A row of the list.
enum Row<'a> {
    Draft(&'a RecentDraft),
    Way(Way),
}

/// A way to begin.
#[derive(Clone, Copy)]
enum Way {
    New,
    Open,
    Sample,
    Import,
    Quit,
}

impl Way {
    const ALL: [Self; 5] = [Self::New, Self::Open, Self::Sample, Self::Import, Self::Quit];

    const fn action(self) -> Action {
        match self {
            Self::New => Action::NewReport,
            Self::Open => Action::Open,
            Self::Import => Action::Import,
            Self::Sample => Action::OpenSample,
            Self::Quit => Action::Quit,
        }
    }

    fn wish(self) -> Wish {
        match self {
            Self::Sample => Wish::OpenSample,
            Self::New | Self::Open | Self::Import | Self::Quit => Wish::Run(self.action()),
        }
    }
}

impl Row<'_> {
    fn line(&self, here: bool, columns: Columns, policy: Policy) -> Line {
        let role = |role| if here { Role::Cursor } else { role };
        let mark = Line::of(role(Role::Text), if here { "> " } else { "  " });
        let line = match self {
            Row::Way(way) => mark.add(role(Role::Link), way.action().name()),
            Row::Draft(draft) => draft.line(mark, columns, policy, role),
        };
        if here { line.over(Role::Cursor) } else { line }
    }
}

/// Characters of unit and year that are laid out at most.
const LONGEST: usize = 200;

impl RecentDraft {
    fn line(&self, mark: Line, columns: Columns, policy: Policy, role: impl Fn(Role) -> Role) -> Line {
        let (unit, year) = (excerpt(&self.unit, LONGEST), excerpt(&self.year, LONGEST));
        let unit = if unit.is_empty() { "（未填单位）".into() } else { visible(&unit) };
        let year = if year.is_empty() { String::new() } else { format!("{}年度", visible(&year)) };
        let (state_role, state) = self.state();
        let column = |text: &str, width: u16| {
            policy.fit(&window::head(text, width.saturating_sub(1), policy), width).into_owned()
        };
        let line = mark
            .add(role(Role::Text), column(&unit, columns.unit))
            .add(role(Role::Dim), column(&year, columns.year))
            .add(role(state_role), column(&state, columns.state));
        let path = self.path.display().to_string();
        line.add(role(Role::Dim), window::tail(&visible(&path), columns.path, policy))
    }

    fn state(&self) -> (Role, String) {
        if let Some(problem) = &self.problem {
            return (Role::ErrorMark, visible(problem).into_owned());
        }
        let counts = [("错", self.errors), ("疑", self.warnings), ("空", self.gaps)];
        let words: Vec<String> =
            counts.iter().filter(|(_, n)| *n > 0).map(|(word, n)| format!("{word}{n}")).collect();
        let role = match (self.errors, self.warnings, self.gaps) {
            (0, 0, 0) => return (Role::Agrees, "没有问题".to_owned()),
            (0, 0, _) => Role::Dim,
            (0, _, _) => Role::WarningMark,
            _ => Role::ErrorMark,
        };
        (role, words.join(" "))
    }
}

/// Widths of the columns of the list behind the mark.
#[derive(Clone, Copy)]
struct Columns {
    unit: u16,
    year: u16,
    state: u16,
    path: u16,
}

impl Columns {
    /// The path has a column only where it is worth one; in full it stands below the list.
    fn of(width: u16) -> Self {
        let (year, state) = (11, 16);
        let rest = width.saturating_sub(2 + year + state);
        let path = if rest >= 56 { rest - 30 } else { 0 };
        Self { unit: rest - path, year, state, path }
    }
}

struct Areas {
    intro: Rect,
    heading: Rect,
    list: Rect,
    detail: Rect,
}

impl Areas {
    /// The list has at least seven rows before anything else has one.
    fn of(area: Rect) -> Self {
        let area = window::centred(area, 110, area.height);
        let inset = area.width.min(4) / 2;
        let area = Rect { x: area.x.saturating_add(inset), width: area.width - 2 * inset, ..area };
        let (area, detail) = window::split_bottom(area, u16::from(area.height > 2));
        let spare = area.height.saturating_sub(7);
        let (top, rest) = window::split_top(area, spare.min(7));
        // A blank row above the five lines and one below, if there is room for both.
        let intro = if top.height >= 7 { Rect { y: top.y.saturating_add(1), height: 5, ..top } } else { top };
        let (heading, list) = window::split_top(rest, u16::from(rest.height > 2));
        Self { intro, heading, list, detail }
    }
}

/// The program in five lines.
fn intro(desk: &Desk<'_>) -> Vec<Line> {
    let key = |action| desk.keymap.hint(action, CONTEXTS).unwrap_or_default();
    vec![
        Line::of(Role::Title, " 勾稽  填报和核对政府信息公开工作年度报告").over(Role::Title),
        Line::of(Role::Text, "边录边算合计；哪里对不上、差多少，当场指出。"),
        Line::of(Role::Text, "有错也能保存：只提示，不阻拦。改动都能撤销。"),
        Line::of(Role::Text, "不联网，不用鼠标；不知道按哪个键时：")
            .add(Role::HintKey, key(Action::Help))
            .add(Role::Text, "  ")
            .add(Role::HintKey, key(Action::Palette)),
        Line::of(Role::Text, "用上下键选一项，按回车。第一次用，可先看“示例”。"),
    ]
}

#[cfg(test)]
mod tests;
