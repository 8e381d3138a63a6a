//! The cells with their labels and figures, to choose what a live figure stands for.

use ratatui::layout::Rect;

use super::Desk;
use super::field;
use super::list::Pick;
use super::palette::folded;
use super::pinyin;
use super::window::{self, EDGES, SIDES};
use crate::form::{Form, Role as SlotRole};
use crate::model::{CellId, Edit, Place, Precision, TextId, number, visible};
use crate::prose::{Values, live};
use crate::session::Session;
use crate::tui::action::Action;
use crate::tui::flow::{OverlayFlow, Wish};
use crate::tui::input_line::InputLine;
use crate::tui::keymap::Context;
use crate::tui::picture::Picture;
use crate::tui::shown::Line;
use crate::tui::theme::Role;

pub(super) const CONTEXTS: &[Context] = &[Context::TextInput, Context::List, Context::Global];

/// Where a live figure is to stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The text.
    pub text: TextId,
    /// Byte offset in the text.
    pub at: usize,
    /// What stands there now and gives way: two braces just typed, a plain figure, or nothing.
    pub written: String,
}

/// Cells to choose from, and what is typed to find one or to join several by signs.
#[derive(Debug, Clone)]
pub struct LiveList {
    spot: Spot,
    items: Vec<Item>,
    input: InputLine,
    pick: Pick,
}

#[derive(Debug, Clone)]
struct Item {
    cell: CellId,
    path: String,
    name: String,
    value: Option<i64>,
    last_year: Option<i64>,
    /// The value as people see it.
    shown: String,
    is_total: bool,
}

impl LiveList {
    /// A choice of these cells, the best first.
    pub fn new(session: &Session, spot: Spot, cells: Vec<CellId>) -> Self {
        let form = session.form();
        let item = |cell| {
            let held = form.slot(cell);
            let precision = held.map_or(Precision::WHOLE, |slot| slot.kind.precision());
            let value = session.cell(cell);
            Item {
                cell,
                path: form.path(Place::Cell(cell)),
                name: form.name(Place::Cell(cell)),
                value,
                last_year: session.last_year(cell),
                shown: value.map_or("未填".to_owned(), |value| number::print(value, precision)),
                is_total: held.is_some_and(|slot| slot.role == SlotRole::Total),
            }
        };
        Self {
            spot,
            items: cells.into_iter().map(item).collect(),
            input: InputLine::default(),
            pick: Pick::default(),
        }
    }

    pub(super) fn settle(&mut self, desk: &Desk<'_>) {
        let areas = Areas::of(desk, self.items.len());
        self.pick.settle(self.found().len(), areas.list.height);
    }

    pub(super) fn on(&mut self, action: Action) -> OverlayFlow {
        match action {
            Action::Cancel => self.leave(),
            Action::Choose => self.take(),
            Action::Type(c) if is_sign(c) => {
                self.complete();
                self.typed(action)
            }
            _ if self.pick.on(action, self.found().len()) => OverlayFlow::Done,
            _ => self.typed(action),
        }
    }

    pub(super) fn paste(&mut self, text: &str) -> OverlayFlow {
        self.input.insert(text);
        self.pick = Pick::default();
        self.done_if_closed()
    }

    pub(super) fn view(&self, desk: &Desk<'_>, picture: &mut Picture) {
        let areas = Areas::of(desk, self.items.len());
        let title = if self.replaces_figure() {
            format!("活数：{} 是哪一格的数", visible(&self.spot.written))
        } else {
            "活数：选一格".to_owned()
        };
        picture.overlay(areas.window, title);
        field::show(picture, areas.input, "查找", &self.input, true, desk.policy);
        let found = self.found();
        let seen = self.pick.seen(found.len());
        let lines: Vec<Line> = if found.is_empty() {
            let nothing = "没有这样的格。可录名称中的字、拼音首字母或路径。";
            vec![Line::of(Role::Dim, window::head(nothing, areas.list.width, desk.policy))]
        } else {
            let lines = found.iter().enumerate().skip(seen.start).take(seen.len());
            lines.map(|(index, item)| self.line(index, item, areas.list.width, desk)).collect()
        };
        picture.lines(areas.list, lines);
        let (written, meaning) = self.preview(desk.form);
        let cut = |text: &str| window::head(&visible(text), areas.detail.width, desk.policy);
        picture
            .lines(areas.detail, [Line::of(Role::Text, cut(&meaning)), Line::of(Role::Dim, cut(&written))]);
        let keys: [(&[Action], _); 3] = [
            (&[Action::ListUp, Action::ListDown], "选择"),
            (&[Action::Choose], "选定"),
            (&[Action::Cancel], "取消"),
        ];
        let line = window::hints(desk.keymap, CONTEXTS, &keys).add(Role::Hint, "可接着录 + - / 和 %");
        picture.line(areas.hints, line.add_right(Role::Dim, format!("{} 格", found.len())));
    }

    fn typed(&mut self, action: Action) -> OverlayFlow {
        if !self.input.on(action) {
            return OverlayFlow::Ignored;
        }
        self.pick = Pick::default();
        self.done_if_closed()
    }

    /// Whoever knows the formula types it to its end and needs no list.
    fn done_if_closed(&self) -> OverlayFlow {
        let text = self.input.text();
        match text.strip_suffix(live::CLOSING).or_else(|| text.strip_suffix("｝｝")) {
            Some(formula) => self.submit(formula),
            None => OverlayFlow::Done,
        }
    }

    /// Closes. What was typed behind two braces goes where it would have gone without the list.
    fn leave(&self) -> OverlayFlow {
        let typed = self.input.text();
        if typed.is_empty() || !matches!(self.spot.written.as_str(), "{{" | "｛｛") {
            return OverlayFlow::Close;
        }
        OverlayFlow::Submit(Wish::Edit(Edit::Text {
            text: self.spot.text,
            at: self.spot.at + self.spot.written.len(),
            removed: String::new(),
            inserted: typed.to_owned(),
        }))
    }

    fn take(&self) -> OverlayFlow {
        match self.formula() {
            Some(formula) => self.submit(&formula),
            None => OverlayFlow::Done,
        }
    }

    fn submit(&self, formula: &str) -> OverlayFlow {
        OverlayFlow::Submit(Wish::Edit(Edit::Text {
            text: self.spot.text,
            at: self.spot.at,
            removed: self.spot.written.clone(),
            inserted: format!("{}{}{}", live::OPENING, formula.trim(), live::CLOSING),
        }))
    }

    /// Puts the path of the chosen cell in the place of what was typed to find it, so that a sign can follow.
    fn complete(&mut self) {
        let Some((before, operand)) = self.operand() else { return };
        if operand.is_empty() || self.names_cell(operand) {
            return;
        }
        let (prefix, _) = split_year(operand);
        let whole = self.found().get(self.pick.at()).map(|item| format!("{before}{prefix}{}", item.path));
        if let Some(whole) = whole {
            self.input = InputLine::new(whole);
        }
    }

    /// The formula as typed, its last cell being the chosen one. None if there is nothing to choose and nothing typed.
    fn formula(&self) -> Option<String> {
        let text = self.input.text();
        let mut formula = match self.operand() {
            Some((before, operand)) if !self.names_cell(operand) => {
                let (prefix, _) = split_year(operand);
                match self.found().get(self.pick.at()) {
                    Some(item) => format!("{before}{prefix}{}", item.path),
                    None => text.to_owned(),
                }
            }
            _ => text.to_owned(),
        };
        let open = |c: char| matches!(c, '(' | '（');
        let close = |c: char| matches!(c, ')' | '）');
        let missing = formula.matches(open).count().saturating_sub(formula.matches(close).count());
        formula.extend(std::iter::repeat_n(')', missing));
        (!formula.trim().is_empty()).then_some(formula)
    }

    /// What is written so far, and what it would amount to.
    fn preview(&self, form: Option<&Form>) -> (String, String) {
        let (Some(formula), Some(form)) = (self.formula(), form) else { return Default::default() };
        let written = format!("{}{}{}", live::OPENING, formula.trim(), live::CLOSING);
        let meaning = live::read(form, &written).first().map_or(String::new(), |live| {
            let name = live.what.as_ref().map_or_else(|_| String::new(), |formula| formula.name(form));
            match live.value(self) {
                Ok(value) => format!("{name} = {value}"),
                Err(fault) => fault.message(form),
            }
        });
        (written, meaning)
    }

    /// What is typed: the part up to the last sign, and what is typed behind it to find a cell. None where no cell can
    /// follow.
    fn operand(&self) -> Option<(&str, &str)> {
        let text = self.input.text();
        if text.contains(['%', '％']) || text.trim_end().ends_with([')', '）']) {
            return None;
        }
        let sign = text.char_indices().rfind(|(_, c)| is_sign(*c) || matches!(c, '(' | '（'));
        let start = sign.map_or(0, |(at, sign)| at + sign.len_utf8());
        let rest = text.get(start..).unwrap_or_default();
        let start = text.len() - rest.trim_start().len();
        text.split_at_checked(start)
    }

    fn names_cell(&self, operand: &str) -> bool {
        let (_, path) = split_year(operand.trim());
        self.items.iter().any(|item| item.path == path)
    }

    /// The cells that match what is typed: as given while nothing is, else those whose name begins so first, and totals
    /// before their parts.
    fn found(&self) -> Vec<&Item> {
        let operand = self.operand().map_or("", |(_, operand)| operand);
        let query = folded(split_year(operand).1);
        if query.trim().is_empty() {
            return self.items.iter().collect();
        }
        let ranked = self.items.iter().filter_map(|item| Some((rank(item, &query)?, item)));
        let mut ranked: Vec<(Rank, &Item)> = ranked.collect();
        ranked.sort_by_key(|(rank, item)| (*rank, !item.is_total));
        ranked.into_iter().map(|(_, item)| item).collect()
    }

    fn line(&self, index: usize, item: &Item, width: u16, desk: &Desk<'_>) -> Line {
        let here = index == self.pick.at();
        let role = |role| if here { Role::Cursor } else { role };
        let shown = desk.policy.clip_to(&item.shown, width);
        let room = width.saturating_sub(4).saturating_sub(desk.policy.measure(shown));
        let name = window::head(&item.name, room, desk.policy);
        let value = if item.value.is_some() { Role::Figure } else { Role::Blank };
        let line = Line::new()
            .add(role(Role::Text), if here { "> " } else { "  " })
            .add(role(Role::Text), desk.policy.fit(&name, room).into_owned())
            .add(role(Role::Text), "  ")
            .add(role(value), shown.to_owned());
        if here { line.over(Role::Cursor) } else { line }
    }

    fn replaces_figure(&self) -> bool {
        !self.spot.written.is_empty() && !self.spot.written.starts_with(['{', '｛'])
    }
}

/// The figures of the items, for the preview.
impl Values for LiveList {
    fn cell(&self, cell: CellId) -> Option<i64> {
        self.items.iter().find(|item| item.cell == cell)?.value
    }

    fn last_year(&self, cell: CellId) -> Option<i64> {
        self.items.iter().find(|item| item.cell == cell)?.last_year
    }
}

/// How well a cell matches, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// The path begins so, or the name has the characters.
    Named,
    /// The initials of the name have the letters.
    Initials,
    /// The path has the letters.
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
    fn of(desk: &Desk<'_>, items: usize) -> Self {
        // As high as all items need, so that the window does not jump while they are searched.
        let height = items.clamp(6, 14) as u16 + 6 + EDGES;
        let window = window::off_row(desk.area, desk.caret_row, 74 + SIDES, height);
        let (input, rest) = window::split_top(window::inside(window), 1);
        let (_, rest) = window::split_top(rest, u16::from(rest.height >= 11));
        let (rest, hints) = window::split_bottom(rest, 1);
        let detail = if rest.height >= 7 { 3 } else { 0 };
        let (list, detail) = window::split_bottom(rest, detail);
        let (_, detail) = window::split_top(detail, 1);
        Self { window, input, list, detail, hints }
    }
}

/// How well `item` matches every word of the query; nothing if one does not match.
fn rank(item: &Item, query: &str) -> Option<Rank> {
    // Numbers and marks of a label are not typed.
    let letters: String = item.name.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).collect();
    query.split_whitespace().try_fold(Rank::Named, |worst, word| {
        let rank = if item.path.starts_with(word) || item.name.contains(word) || letters.contains(word) {
            Rank::Named
        } else if pinyin::contains(&letters, word) {
            Rank::Initials
        } else if item.path.contains(word) {
            Rank::Mentioned
        } else {
            return None;
        };
        Some(worst.max(rank))
    })
}

/// A sign behind which another cell may follow, or one that ends a formula.
fn is_sign(c: char) -> bool {
    matches!(c, '+' | '-' | '/' | '＋' | '－' | '／' | '÷' | '%' | '％')
}

/// What is written to mean last year's cell, and the rest.
fn split_year(operand: &str) -> (&str, &str) {
    let rest = operand.strip_prefix("last_year.").unwrap_or(operand);
    (operand.get(..operand.len() - rest.len()).unwrap_or_default(), rest)
}
