//! What became of an imported file: shown before the report is taken over, and again until it is saved.

mod origin;

use std::sync::Arc;

use ratatui::layout::Rect;

pub use origin::Origin;
use origin::Remark;

use super::list::Pick;
use super::message::Message;
use super::window::{self, EDGES, SIDES};
use super::{Desk, Overlay};
use crate::exchange::NoteKind;
use crate::model::{excerpt, visible};
use crate::tui::action::Action;
use crate::tui::flow::{OverlayFlow, Wish};
use crate::tui::keymap::Context;
use crate::tui::picture::Picture;
use crate::tui::shown::Line;
use crate::tui::theme::Role;
use crate::tui::width::Policy;

pub(super) const CONTEXTS: &[Context] = &[Context::Review, Context::List, Context::Global];

/// The notes on an import, those first that a person should look at.
#[derive(Debug, Clone)]
pub struct Review {
    origin: Arc<Origin>,
    /// Whether the report is still to be taken over.
    asks: bool,
    /// Whether what was matched is listed as well.
    all: bool,
    /// Which of the notes are listed.
    listed: Vec<usize>,
    pick: Pick,
}

impl Review {
    /// Asks whether to go on with the report that was read.
    pub fn asking(origin: Arc<Origin>) -> Self {
        Self::new(origin, true)
    }

    /// Shows it again, once the report is open.
    pub fn again(origin: Arc<Origin>) -> Self {
        Self::new(origin, false)
    }

    fn new(origin: Arc<Origin>, asks: bool) -> Self {
        let mut review = Self { origin, asks, all: false, listed: Vec::new(), pick: Pick::default() };
        review.list(None);
        review
    }

    /// Lists what is to be listed, with this note chosen if it is among it, or else the next one.
    fn list(&mut self, chosen: Option<usize>) {
        let remarks = self.origin.remarks().iter().enumerate();
        let wanted = remarks.filter(|(_, remark)| self.all || remark.kind != NoteKind::Matched);
        self.listed = wanted.map(|(index, _)| index).collect();
        self.pick = Pick::new(chosen.map_or(0, |chosen| self.listed.partition_point(|at| *at < chosen)));
    }

    pub(super) fn settle(&mut self, desk: &Desk<'_>) {
        self.pick.settle(self.listed.len(), self.areas(desk).list.height);
    }

    pub(super) fn on(&mut self, action: Action) -> OverlayFlow {
        match action {
            Action::Cancel => OverlayFlow::Close,
            Action::Choose if self.asks => OverlayFlow::Submit(Wish::TakeImport),
            Action::Choose => match self.chosen().map(|remark| remark.place) {
                Some(Some(place)) => OverlayFlow::Submit(Wish::LookAt(place.into())),
                Some(None) => self.read(),
                None => OverlayFlow::Close,
            },
            Action::ReadItem => self.read(),
            Action::ShowMatched => {
                self.all = !self.all;
                self.list(self.listed.get(self.pick.at()).copied());
                OverlayFlow::Done
            }
            _ if self.pick.on(action, self.listed.len()) => OverlayFlow::Done,
            _ => OverlayFlow::Ignored,
        }
    }

    pub(super) fn view(&self, desk: &Desk<'_>, picture: &mut Picture) {
        let areas = self.areas(desk);
        let policy = desk.policy;
        let title = match (self.asks, self.origin.doubts()) {
            (true, 0) => "导入：全部对应",
            (true, _) => "导入：请核对",
            (false, _) => "导入情况",
        };
        picture.overlay(areas.window, title);
        picture.lines(areas.head, self.head(areas.head.width, policy));
        let seen = self.pick.seen(self.listed.len());
        let rows = self.listed.iter().enumerate().skip(seen.start).take(seen.len());
        let line = |(at, index): (usize, &usize)| {
            let remark = self.origin.remarks().get(*index)?;
            Some(row(remark, at == self.pick.at(), areas.list.width, policy))
        };
        let mut lines: Vec<Line> = rows.filter_map(line).collect();
        if self.listed.is_empty() {
            lines.push(Line::of(Role::Agrees, "没有要核对的，也没有未采用的。"));
        }
        picture.lines(areas.list, lines);
        picture.line(areas.rule, Line::of(Role::Rule, "-".repeat(usize::from(areas.rule.width))));
        picture.lines(areas.detail, self.detail(areas.detail, desk));
        picture.line(areas.hints, self.hints(desk));
    }

    fn chosen(&self) -> Option<&Remark> {
        self.origin.remarks().get(*self.listed.get(self.pick.at())?)
    }

    /// All of the chosen note in a window.
    fn read(&self) -> OverlayFlow {
        let Some(remark) = self.chosen() else { return OverlayFlow::Done };
        let text: Vec<String> = remark.told(LONGEST).into_iter().map(|(_, text)| text).collect();
        OverlayFlow::Open(Box::new(Overlay::Message(Message::new(remark.kind.name(), text.join("\n")))))
    }

    fn head(&self, width: u16, policy: Policy) -> Vec<Line> {
        let origin = &self.origin;
        let or = |text: &str, none: &'static str| match text.trim() {
            "" => none.to_owned(),
            text => visible(&excerpt(text, LONGEST_NAME)).into_owned(),
        };
        let year = match origin.year.trim() {
            "" => "未写年度".to_owned(),
            year => format!("{}年度", visible(&excerpt(year, LONGEST_NAME))),
        };
        let what = format!("{}  {year}  {}", or(&origin.unit, "未写单位"), origin.form);
        let mut counts = Line::new();
        for kind in [NoteKind::Matched, NoteKind::Doubtful, NoteKind::LeftOver] {
            let count = origin.count(kind);
            let role = if count == 0 { Role::Dim } else { role(kind) };
            counts = counts.add(role, format!("{} {count}", kind.name())).add(Role::Text, "   ");
        }
        let file = visible(&excerpt(&origin.file, LONGEST_NAME)).into_owned();
        let room = width.saturating_sub(counts.width(policy));
        let counts = counts.add(Role::Dim, window::tail(&file, room, policy));
        vec![Line::of(Role::Text, window::head(&what, width, policy)), counts]
    }

    /// The chosen note, as far as there is room.
    fn detail(&self, area: Rect, desk: &Desk<'_>) -> Vec<Line> {
        let Some(remark) = self.chosen() else { return Vec::new() };
        let wrap = |(role, text): (Role, String)| {
            let rows = window::wrapped(&text, area.width, desk.policy);
            rows.into_iter().map(move |row| Line::of(role, row))
        };
        let mut lines: Vec<Line> = remark.told(DETAIL_LONGEST).into_iter().flat_map(wrap).collect();
        if lines.len() > usize::from(area.height) {
            lines.truncate(usize::from(area.height.saturating_sub(1)));
            let key = desk.keymap.hint(Action::ReadItem, CONTEXTS).unwrap_or_default();
            lines.push(Line::of(Role::Dim, format!("……后面还有，{key}")));
        }
        lines
    }

    fn hints(&self, desk: &Desk<'_>) -> Line {
        let goes = self.chosen().is_some_and(|remark| remark.place.is_some());
        let choose = match (self.asks, goes) {
            (true, _) => "采用这份报告",
            (false, true) => "到那一处",
            (false, false) if self.chosen().is_none() => "关闭",
            (false, false) => Action::ReadItem.name(),
        };
        let reads = self.chosen().is_some() && (self.asks || goes);
        let keys: [(&[Action], _); 4] = [
            (&[Action::Choose], choose),
            (&[Action::Cancel], if self.asks { "放弃" } else { "关闭" }),
            (&[Action::ShowMatched], if self.all { "收起已对应" } else { "连同已对应" }),
            (if reads { &[Action::ReadItem] } else { &[] }, Action::ReadItem.name()),
        ];
        let line = window::hints(desk.keymap, CONTEXTS, &keys);
        let place = if self.listed.is_empty() {
            String::new()
        } else {
            format!("{}/{}", self.pick.at() + 1, self.listed.len())
        };
        // What a key does is worth more than a number.
        let free = window::inside(self.areas(desk).window).width.saturating_sub(line.width(desk.policy));
        if desk.policy.measure(&place) <= free { line.add_right(Role::Dim, place) } else { line }
    }

    fn areas(&self, desk: &Desk<'_>) -> Areas {
        let rows = u16::try_from(self.listed.len().max(1)).unwrap_or(u16::MAX);
        let window =
            window::centred(desk.area, WIDTH, rows.max(LEAST).saturating_add(OTHERS + DETAIL + EDGES));
        let (rest, hints) = window::split_bottom(window::inside(window), 1);
        let (head, rest) = window::split_top(rest, if rest.height >= 6 { 2 } else { 0 });
        let (_, rest) = window::split_top(rest, u16::from(rest.height >= LEAST + DETAIL + 3));
        let (list, below) = window::split_bottom(
            rest,
            match rest.height {
                0..6 => 0,
                6..12 => rest.height / 2,
                _ => DETAIL + 1,
            },
        );
        let (rule, detail) = window::split_top(below, 1);
        Areas { window, head, list, rule, detail, hints }
    }
}

const WIDTH: u16 = 116 + SIDES;
/// Rows for the chosen note.
const DETAIL: u16 = 6;
/// Rows of the list that are worth a window.
const LEAST: u16 = 5;
/// Rows beside the list and the note: two of head, a blank, the rule, the keys.
const OTHERS: u16 = 5;
const KIND: u16 = 8;
/// Columns for the place in the file.
const AT: u16 = 24;
/// Characters of the source that a window shows.
const LONGEST: usize = 20_000;
/// Characters of the source that the rows below the list may show.
const DETAIL_LONGEST: usize = 1_000;
/// Characters of names and of sentences in one row.
const LONGEST_NAME: usize = 200;

struct Areas {
    window: Rect,
    head: Rect,
    list: Rect,
    rule: Rect,
    detail: Rect,
    hints: Rect,
}

fn role(kind: NoteKind) -> Role {
    match kind {
        NoteKind::Matched => Role::Agrees,
        NoteKind::Doubtful => Role::WarningMark,
        NoteKind::LeftOver => Role::ErrorMark,
    }
}

fn row(remark: &Remark, here: bool, width: u16, policy: Policy) -> Line {
    let in_row = |role| if here { Role::Cursor } else { role };
    let at_width = if width >= 100 { AT } else { 0 };
    let room = width.saturating_sub(2 + KIND + at_width);
    let short = |text: &str, width: u16| window::head(&visible(&excerpt(text, LONGEST_NAME)), width, policy);
    let at = short(&remark.at, at_width.saturating_sub(2));
    let line = Line::of(in_row(Role::Text), if here { "> " } else { "  " })
        .add(in_row(role(remark.kind)), policy.fit(remark.kind.name(), KIND).into_owned())
        .add(in_row(Role::Dim), policy.fit(&at, at_width).into_owned())
        .add(in_row(Role::Text), short(&remark.message, room));
    if here { line.over(Role::Cursor) } else { line }
}

#[cfg(test)]
pub(super) mod tests;
