//! Reports of earlier runs that were never saved: go on with one, put it aside, or leave them for later.

use std::path::PathBuf;

use ratatui::layout::Rect;

use super::list::Pick;
use super::message::Message;
use super::window::{self, EDGES, SIDES};
use super::{Confirm, Desk, Overlay};
use crate::model::visible;
use crate::store::moment::Moment;
use crate::tui::action::Action;
use crate::tui::flow::{OverlayFlow, Wish};
use crate::tui::keymap::Context;
use crate::tui::picture::Picture;
use crate::tui::shown::Line;
use crate::tui::theme::Role;
use crate::tui::width::Policy;

pub(super) const CONTEXTS: &[Context] = &[Context::List, Context::Global];

/// The list, the newest first.
#[derive(Debug, Clone)]
pub struct LeftReports {
    reports: Vec<LeftReport>,
    pick: Pick,
}

/// A report that an earlier run left without a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftReport {
    /// Its journal, by which it is known.
    pub path: PathBuf,
    /// The reporting unit; empty if not filled in.
    pub unit: String,
    /// The report year as typed.
    pub year: String,
    /// Name of the form.
    pub form: String,
    /// How many edits the journal holds.
    pub edits: usize,
    /// When it was worked on last, if that is known.
    pub time: Option<Moment>,
    /// Why it can not be brought back, as a sentence.
    pub problem: Option<String>,
}

impl LeftReports {
    /// These reports, the newest first.
    pub fn new(reports: Vec<LeftReport>) -> Self {
        Self { reports, pick: Pick::default() }
    }

    pub(super) fn settle(&mut self, desk: &Desk<'_>) {
        let areas = self.areas(desk);
        self.pick.settle(self.reports.len(), areas.list.height);
    }

    pub(super) fn on(&mut self, action: Action) -> OverlayFlow {
        match action {
            Action::Cancel => OverlayFlow::Close,
            Action::Choose => match self.reports.get(self.pick.at()) {
                None => OverlayFlow::Done,
                Some(LeftReport { path, problem: None, .. }) => {
                    OverlayFlow::Submit(Wish::Adopt(path.clone()))
                }
                Some(LeftReport { path, problem: Some(problem), .. }) => {
                    let text = format!("{problem}\n请保留这个文件：{}", path.display());
                    OverlayFlow::Open(Box::new(Overlay::Message(Message::new("不能恢复", text))))
                }
            },
            Action::PutAside => match self.reports.get(self.pick.at()) {
                None => OverlayFlow::Done,
                Some(report) => {
                    let question = Confirm::put_aside(report.title(), report.path.clone());
                    OverlayFlow::Open(Box::new(Overlay::Confirm(question)))
                }
            },
            _ if self.pick.on(action, self.reports.len()) => OverlayFlow::Done,
            _ => OverlayFlow::Ignored,
        }
    }

    pub(super) fn view(&self, desk: &Desk<'_>, picture: &mut Picture) {
        let areas = self.areas(desk);
        let (width, policy) = (areas.list.width, desk.policy);
        picture.overlay(areas.window, "没有保存过的报告");
        let intro = format!("有 {} 份报告，上次中断时还没有保存过。要打开哪一份？", self.reports.len());
        picture.line(areas.intro, Line::of(Role::Text, window::head(&intro, areas.intro.width, policy)));
        let columns = Columns::of(width);
        picture.line(areas.head, columns.head(policy));
        let seen = self.pick.seen(self.reports.len());
        let rows = self.reports.iter().enumerate().skip(seen.start).take(seen.len());
        picture.lines(
            areas.list,
            rows.map(|(index, report)| report.line(index == self.pick.at(), columns, policy)),
        );
        let detail = self.reports.get(self.pick.at()).map(LeftReport::detail).unwrap_or_default();
        let detail = window::wrapped(&detail, areas.detail.width, policy);
        picture.lines(areas.detail, detail.into_iter().map(|row| Line::of(Role::Text, row)));
        let keys: [(&[Action], _); 4] = [
            (&[Action::ListUp, Action::ListDown], "选择"),
            (&[Action::Choose], "打开"),
            (&[Action::PutAside], Action::PutAside.name()),
            (&[Action::Cancel], "以后再说"),
        ];
        picture.line(areas.hints, window::hints(desk.keymap, CONTEXTS, &keys));
    }

    fn areas(&self, desk: &Desk<'_>) -> Areas {
        let rows = u16::try_from(self.reports.len()).unwrap_or(u16::MAX);
        let window = window::centred(desk.area, WIDTH, rows.saturating_add(OTHERS + EDGES));
        let (rest, hints) = window::split_bottom(window::inside(window), 1);
        let (intro, rest) = window::split_top(rest, u16::from(rest.height > 2));
        let (_, rest) = window::split_top(rest, u16::from(rest.height >= 7));
        let (head, rest) = window::split_top(rest, u16::from(rest.height > 1));
        let (list, below) = window::split_bottom(rest, if rest.height >= 5 { DETAIL + 2 } else { 0 });
        let (_, below) = window::split_top(below, 1);
        let (detail, _) = window::split_bottom(below, 1);
        Areas { window, intro, head, list, detail, hints }
    }
}

impl LeftReport {
    /// Unit and year, in so far as they are known.
    fn title(&self) -> String {
        let unit = match self.unit.trim() {
            "" if self.problem.is_some() => "（不能恢复）",
            "" => "（未填单位）",
            unit => unit,
        };
        match self.year.trim() {
            "" => visible(unit).into_owned(),
            year => format!("{} {}年度", visible(unit), visible(year)),
        }
    }

    fn detail(&self) -> String {
        match &self.problem {
            Some(problem) => {
                let name = self.path.file_name().unwrap_or_default().to_string_lossy();
                format!("{problem}文件：{name}")
            }
            None => format!("{}，{} 处修改。打开后请保存。", self.title(), self.edits),
        }
    }

    fn line(&self, here: bool, columns: Columns, policy: Policy) -> Line {
        let role = |role| if here { Role::Cursor } else { role };
        let column = |text: &str, width: u16| {
            policy.fit(&window::head(&visible(text), width.saturating_sub(GAP), policy), width).into_owned()
        };
        let line = Line::of(role(Role::Text), if here { "> " } else { "  " });
        let (unit_role, unit) = match (self.unit.trim(), &self.problem) {
            ("", Some(_)) => (Role::ErrorMark, "（不能恢复）"),
            ("", None) => (Role::Dim, "（未填单位）"),
            (unit, _) => (Role::Text, unit),
        };
        let edits = if self.edits == 0 { String::new() } else { format!("{}处", self.edits) };
        let line = line
            .add(role(unit_role), column(unit, columns.unit))
            .add(role(Role::Text), column(&self.year, YEAR))
            .add(role(Role::Dim), column(&self.form, columns.form))
            .add(role(Role::Figure), right(&edits, EDITS, policy))
            .add(role(Role::Dim), format!("  {}", self.time.map_or(String::new(), |time| time.to_string())));
        if here { line.over(Role::Cursor) } else { line }
    }
}

const WIDTH: u16 = 96 + SIDES;
/// Rows for what there is to say of the chosen report.
const DETAIL: u16 = 2;
/// Rows beside the list: a sentence, a blank, the heads, the detail between blanks, the keys.
const OTHERS: u16 = 4 + DETAIL + 2;
const GAP: u16 = 2;
const YEAR: u16 = 6;
const FORM: u16 = 14;
const EDITS: u16 = 8;
/// Columns for the unit that the form must leave.
const LEAST_UNIT: u16 = 20;
/// Columns of a moment with the gap before it.
const TIME: u16 = 21;

/// Widths of the columns that depend on the room.
#[derive(Clone, Copy)]
struct Columns {
    unit: u16,
    form: u16,
}

impl Columns {
    fn of(width: u16) -> Self {
        let rest = width.saturating_sub(2 + YEAR + EDITS + TIME);
        // The year says nearly as much as the form.
        let form = if rest >= LEAST_UNIT + FORM { FORM } else { 0 };
        Self { unit: rest - form, form }
    }

    fn head(self, policy: Policy) -> Line {
        let left = [("单位", self.unit), ("年度", YEAR), ("格式", self.form)];
        let line = left
            .iter()
            .filter(|(_, width)| *width > 0)
            .fold(Line::of(Role::Head, "  "), |line, (word, width)| {
                line.add(Role::Head, policy.fit(word, *width).into_owned())
            });
        line.add(Role::Head, right("修改", EDITS, policy)).add(Role::Head, "  最后修改")
    }
}

struct Areas {
    window: Rect,
    intro: Rect,
    head: Rect,
    list: Rect,
    detail: Rect,
    hints: Rect,
}

fn right(text: &str, width: u16, policy: Policy) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(policy.measure(text)).into()))
}
