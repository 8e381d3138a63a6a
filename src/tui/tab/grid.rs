//! The table of a section: cell-by-cell entry.
//!
//! A digit is applied to the report at once, so that totals, balance and findings on screen are those of what
//! stands in the cell now; Enter only moves on. Esc gives back the value from before the visit.

mod block;
mod figure;
mod layout;
mod view;
mod walk;

use std::sync::Arc;

use ratatui::layout::{Rect, Size};

use crate::form::{Form, Role, Table, TableId};
use crate::model::{CellId, Edit, Figure, Place, Precision, ReadError, excerpt, number};
use crate::session::Session;
use crate::tui::action::Action;
use crate::tui::context::Settings;
use crate::tui::flow::Flow;
use crate::tui::input_line::InputLine;
use crate::tui::keymap::Context;
use crate::tui::notice::Notice;
use crate::tui::shown::Line;
use crate::tui::width::Policy;
use layout::{GridLayout, Request};
use walk::{Spot, Way};

/// The table of a section and where the user is in it.
#[derive(Debug)]
pub struct GridTab {
    table: TableId,
    cursor: Spot,
    entry: Option<Entry>,
    /// First line of the body in sight.
    top: usize,
    /// First column of figures in sight.
    left: usize,
    solved: Solved,
}

/// A figure being typed.
#[derive(Debug)]
struct Entry {
    line: InputLine,
    /// What gives the cell back its value from before the visit.
    restore: Edit,
    /// Whether the arrows move the caret instead of leaving the cell.
    changing: bool,
}

/// The layout for the room at hand, and what it was solved for.
#[derive(Debug, Default)]
struct Solved {
    request: Option<Request>,
    layout: GridLayout,
    area: Rect,
    /// Labels of the lines in sight, and what they were made for: first line, how many, row of the cursor.
    labels: Vec<Arc<Line>>,
    labels_for: Option<(usize, u16, (usize, usize))>,
}

impl GridTab {
    /// The table with the cursor on its first cell.
    pub fn new(table: TableId) -> Self {
        Self { table, cursor: Spot::default(), entry: None, top: 0, left: 0, solved: Solved::default() }
    }

    /// Solves the layout for an area, keeps the cursor in the table and in sight.
    pub fn settle(&mut self, session: &Session, area: Rect, policy: Policy, roomy: bool) {
        let Some(table) = session.form().table(self.table) else { return };
        if self.cursor.cell(table).is_none() {
            self.cursor = Spot::default();
        }
        let figures = figure::figure_widths(session, table, self.entry_text(), policy);
        let balance = view::balance_lines(table, area.height);
        let first = Spot::default().cell(table).and_then(|cell| session.form().slot(cell));
        let unit = first.map_or(String::new(), |slot| slot.unit.clone());
        let request = Request { size: Size::new(area.width, area.height), policy, figures, roomy, unit };
        if self.solved.request.as_ref() != Some(&request) {
            self.solved.layout = layout::solve(table, &request);
            self.solved.request = Some(request);
            self.solved.labels_for = None;
        }
        let head = self.solved.layout.head.len() as u16;
        // A line of dashes stands below the head and above the balance. Without these it is there only to say
        // that more lies hidden.
        let overflows =
            self.solved.layout.lines.len() > usize::from(area.height.saturating_sub(head + balance));
        let above = head + u16::from(head > 0 || overflows);
        let below = balance + u16::from(balance > 0 || overflows);
        self.solved.area = Rect {
            y: area.y + above.min(area.height),
            height: area.height.saturating_sub(above + below),
            ..area
        };
        self.scroll();
        let wanted = Some((self.top, self.solved.area.height, (self.cursor.block, self.cursor.row)));
        if self.solved.labels_for != wanted {
            self.solved.labels = view::labels(self, policy);
            self.solved.labels_for = wanted;
        }
    }

    /// Answers an action; nothing of the report is changed here.
    pub fn on(&mut self, action: Action, session: &Session, settings: Settings) -> Flow {
        let form = Arc::clone(session.form());
        let Some(table) = form.table(self.table) else { return Flow::Ignored };
        if self.entry.is_some() {
            return self.on_entry(action, session, table, settings);
        }
        match action {
            Action::Type(c) => self
                .begin(session, table, InputLine::default(), false)
                .map_or(Flow::Ignored, |()| self.type_into(Action::Type(c), session, table)),
            Action::EditCell => self.edit_here(session, table),
            Action::ClearCell => match self.cursor.cell(table) {
                Some(cell) => Flow::LastEdit(session.typed(Place::Cell(cell), "")),
                None => Flow::Ignored,
            },
            Action::Copy => self.here(session, table).map_or(Flow::Ignored, Flow::Copy),
            Action::Cut => match (self.here(session, table), self.cursor.cell(table)) {
                (Some(text), Some(cell)) => Flow::Cut(text, session.typed(Place::Cell(cell), "")),
                _ => Flow::Ignored,
            },
            Action::ZeroRestOfRow => self.zero_rest_of_row(session, table, self.cursor),
            Action::ZeroTable => {
                let cells = block::of_table(session.form(), self.table);
                told_zeros(block::zero(session, cells.into_iter()), "本表")
            }
            Action::ZeroReport => told_zeros(block::zero(session, session.form().all_cells()), "全部表格"),
            Action::DuplicateFromAbove => self.duplicate(session, table, settings),
            Action::ApplyFix => set_apart(session, self.place(session)),
            _ => self.walk(action, session, table, settings),
        }
    }

    /// Takes pasted text: a single value is typed, anything with tabs or line breaks goes in as a block.
    pub fn paste(&mut self, text: &str, session: &Session) -> Flow {
        let form = Arc::clone(session.form());
        let Some(table) = form.table(self.table) else { return Flow::Ignored };
        let body = text.trim_end_matches(['\n', '\r']);
        if !body.contains(['\t', '\n']) {
            if self.entry.is_none() && self.begin(session, table, InputLine::default(), false).is_none() {
                return Flow::Ignored;
            }
            if let Some(entry) = &mut self.entry {
                entry.line.insert(body.trim());
            }
            return self.apply_entry(session, table);
        }
        self.entry = None;
        match block::paste(session, table, self.cursor, body) {
            None => Flow::Tell(Notice::failed("粘贴的内容里没有可以填入表格的数。")),
            Some(pasted) => {
                let notice = tell_pasted(&pasted);
                Flow::EditAndTell(pasted.edit, notice)
            }
        }
    }

    /// Moves to a cell.
    pub fn go(&mut self, form: &Form, cell: CellId) {
        if let Some(spot) = Spot::of(form, cell) {
            self.entry = None;
            self.cursor = spot;
        }
    }

    /// Where the cursor is.
    pub fn place(&self, session: &Session) -> Option<Place> {
        let table = session.form().table(self.table)?;
        self.cursor.cell(table).map(Place::Cell)
    }

    /// Ends the typing of a figure, as when another tab is shown. What has to be written for that, if a sum
    /// was left unfinished, is given back.
    pub fn leave(&mut self, session: &Session) -> Option<Edit> {
        let table = session.form().table(self.table)?;
        let last = self.finish(session, table);
        self.entry = None;
        last
    }

    /// Which keys apply.
    pub fn contexts(&self) -> &'static [Context] {
        match &self.entry {
            None => &[Context::Grid, Context::Global],
            Some(entry) if entry.changing => &[Context::TextInput, Context::CellEdit, Context::Global],
            Some(_) => &[Context::CellEdit, Context::Global],
        }
    }

    fn entry_text(&self) -> Option<(Spot, &str)> {
        self.entry.as_ref().map(|entry| (self.cursor, entry.line.text()))
    }

    fn on_entry(&mut self, action: Action, session: &Session, table: &Table, settings: Settings) -> Flow {
        match action {
            // On the keypad, `/` behind a figure means that the rest of the row is 0; it is no part of a number.
            Action::Type('/' | '／' | '÷' | '、') if self.entry_is_number(session, table) => {
                self.entry = None;
                let Some(next) = self.cursor.horizontal(table, Way::Forward) else {
                    return self.walk(Action::CommitNext, session, table, settings);
                };
                self.zero_rest_of_row(session, table, next)
            }
            Action::Cancel => match self.entry.take() {
                Some(entry) => Flow::LastEdit(entry.restore),
                None => Flow::Done,
            },
            Action::ApplyFix => {
                self.entry = None;
                set_apart(session, self.place(session))
            }
            Action::EditCell => {
                if let Some(entry) = &mut self.entry {
                    entry.changing = !entry.changing;
                }
                Flow::Done
            }
            Action::ClearCell => {
                self.entry = None;
                match self.cursor.cell(table) {
                    Some(cell) => Flow::LastEdit(session.typed(Place::Cell(cell), "")),
                    None => Flow::Left,
                }
            }
            _ => {
                let changing = self.entry.as_ref().is_some_and(|entry| entry.changing);
                let moves_caret = matches!(
                    action,
                    Action::CaretLeft
                        | Action::CaretRight
                        | Action::CaretWordLeft
                        | Action::CaretWordRight
                        | Action::CaretLineStart
                        | Action::CaretLineEnd
                );
                if moves_caret && !changing {
                    return Flow::Ignored;
                }
                let typed = self.type_into(action, session, table);
                if !matches!(typed, Flow::Ignored) {
                    return typed;
                }
                let last = self.finish(session, table);
                match (self.walk(action, session, table, settings), last) {
                    // Not a way out of the cell: the figure is still being typed.
                    (Flow::Ignored, _) => Flow::Ignored,
                    (_, Some(edit)) => {
                        self.entry = None;
                        Flow::LastEdit(edit)
                    }
                    (flow, None) => {
                        self.entry = None;
                        flow
                    }
                }
            }
        }
    }

    /// What has to be written when the cell is left: nothing, unless a sum was left unfinished.
    fn finish(&self, session: &Session, table: &Table) -> Option<Edit> {
        let entry = self.entry.as_ref()?;
        let edit = session.typed(Place::Cell(self.cursor.cell(table)?), entry.line.text());
        (!edit.changes_nothing(session.report())).then_some(edit)
    }

    fn entry_is_number(&self, session: &Session, table: &Table) -> bool {
        self.entry.as_ref().is_some_and(|entry| {
            number::read(entry.line.text(), precision(session, table, self.cursor)).is_ok()
        })
    }

    fn begin(&mut self, session: &Session, table: &Table, line: InputLine, changing: bool) -> Option<()> {
        let cell = self.cursor.cell(table)?;
        let restore = match session.form().slot(cell)?.role {
            Role::Input => Edit::Figure { cell, to: session.report().figure(cell).clone() },
            Role::Total => Edit::Stated { cell, to: session.report().stated(cell).clone() },
        };
        self.entry = Some(Entry { line, restore, changing });
        Some(())
    }

    /// Opens the figure that stands here for changes, with the caret behind it.
    fn edit_here(&mut self, session: &Session, table: &Table) -> Flow {
        let Some(cell) = self.cursor.cell(table) else { return Flow::Ignored };
        let Some(slot) = session.form().slot(cell) else { return Flow::Ignored };
        let figure = match slot.role {
            Role::Input => session.report().figure(cell),
            Role::Total => session.report().stated(cell),
        };
        let line = InputLine::new(figure.as_typed(slot.kind.precision()));
        self.begin(session, table, line, true).map_or(Flow::Ignored, |()| Flow::Left)
    }

    fn type_into(&mut self, action: Action, session: &Session, table: &Table) -> Flow {
        let Some(entry) = &mut self.entry else { return Flow::Ignored };
        let before = entry.line.text().to_owned();
        if !entry.line.on(action) {
            return Flow::Ignored;
        }
        if entry.line.text() == before { Flow::Done } else { self.apply_entry(session, table) }
    }

    /// The report follows every key: what is typed so far counts at once.
    fn apply_entry(&mut self, session: &Session, table: &Table) -> Flow {
        let (Some(entry), Some(cell)) = (&self.entry, self.cursor.cell(table)) else { return Flow::Ignored };
        let text = entry.line.text();
        let to = match number::read_unfinished(text, precision(session, table, self.cursor)) {
            Ok(number) => Figure::Number(number),
            Err(ReadError::Empty) => Figure::Blank,
            Err(_) => Figure::Unread(text.trim().to_owned()),
        };
        let edit = match &entry.restore {
            Edit::Stated { .. } => Edit::Stated { cell, to },
            _ => Edit::Figure { cell, to },
        };
        Flow::Edit { edit, joins: true }
    }

    fn zero_rest_of_row(&mut self, session: &Session, table: &Table, from: Spot) -> Flow {
        let zeros = block::zero(session, block::rest_of_row(table, from));
        let below = self.cursor.vertical(table, Way::Forward);
        let next_row = below.and_then(|spot| {
            let start = Spot { column: 0, ..spot };
            if walk::is_input(session.form(), table, start) {
                Some(start)
            } else {
                walk::next_across(session.form(), table, start, Way::Forward, Settings::default())
            }
        });
        if let Some(next) = next_row {
            self.cursor = next;
        }
        match zeros {
            Some((edit, count)) => Flow::EditAndTell(edit, Notice::done(format!("本行 {count} 格已填 0。"))),
            None => Flow::Left,
        }
    }

    fn duplicate(&mut self, session: &Session, table: &Table, settings: Settings) -> Flow {
        let above = self.cursor.vertical(table, Way::Back).filter(|above| above.block == self.cursor.block);
        let (Some(above), Some(cell)) = (above.and_then(|spot| spot.cell(table)), self.cursor.cell(table))
        else {
            return Flow::Tell(Notice::failed("上面没有可以照抄的数。"));
        };
        let text = session.shown(Place::Cell(above));
        let edit = session.typed(Place::Cell(cell), &text);
        if let Some(next) = walk::next(session.form(), table, self.cursor, Way::Forward, settings) {
            self.cursor = next;
        }
        Flow::LastEdit(edit)
    }

    fn here(&self, session: &Session, table: &Table) -> Option<String> {
        self.cursor.cell(table).map(|cell| session.shown(Place::Cell(cell)))
    }

    /// Moves the cursor. Ignored if the action is no move.
    fn walk(&mut self, action: Action, session: &Session, table: &Table, settings: Settings) -> Flow {
        let form = session.form();
        let page = usize::from(self.solved.area.height.max(2)) - 1;
        let to = match action {
            Action::CommitNext => walk::next(form, table, self.cursor, Way::Forward, settings),
            Action::CommitPrevious => walk::next(form, table, self.cursor, Way::Back, settings),
            Action::NextCell => walk::next_across(form, table, self.cursor, Way::Forward, settings),
            Action::PreviousCell => walk::next_across(form, table, self.cursor, Way::Back, settings),
            Action::MoveUp => self.cursor.vertical(table, Way::Back),
            Action::MoveDown => self.cursor.vertical(table, Way::Forward),
            Action::MoveLeft => self.cursor.horizontal(table, Way::Back),
            Action::MoveRight => self.cursor.horizontal(table, Way::Forward),
            Action::PageUp => self.pages(table, Way::Back, page),
            Action::PageDown => self.pages(table, Way::Forward, page),
            Action::RowStart => walk::end_of(form, table, Way::Back, Some(self.cursor))
                .or(Some(Spot { column: 0, ..self.cursor })),
            Action::RowEnd => walk::end_of(form, table, Way::Forward, Some(self.cursor)),
            Action::TableStart => walk::end_of(form, table, Way::Back, None),
            Action::TableEnd => walk::end_of(form, table, Way::Forward, None),
            Action::NextBlank => walk::next_blank(form, session.report(), table, self.cursor, Way::Forward),
            Action::PreviousBlank => walk::next_blank(form, session.report(), table, self.cursor, Way::Back),
            _ => return Flow::Ignored,
        };
        match to {
            Some(spot) => self.cursor = spot,
            None if matches!(action, Action::NextBlank | Action::PreviousBlank) => {
                return Flow::Tell(Notice::done("这个方向上没有空格了。"));
            }
            None => {}
        }
        Flow::Left
    }

    fn pages(&self, table: &Table, way: Way, rows: usize) -> Option<Spot> {
        let further = |spot: &Spot| spot.vertical(table, way);
        std::iter::successors(Some(self.cursor), further).take(rows + 1).last()
    }

    /// Scrolls by as little as brings the cursor into sight.
    fn scroll(&mut self) {
        let layout = &self.solved.layout;
        let height = usize::from(self.solved.area.height);
        if let Some(line) = layout.line_of(self.cursor.block, self.cursor.row) {
            // Down to the figures of the row, up to the beginning of its label, or to the head of the block.
            let first = view::first_line_of(layout, line);
            if first < self.top {
                self.top = first;
            }
            if line >= self.top + height {
                self.top = line + 1 - height.max(1);
            }
        }
        self.top = self.top.min(layout.lines.len().saturating_sub(height));
        let room = self.solved.area.width.saturating_sub(layout.label_width);
        if self.cursor.column < self.left {
            self.left = self.cursor.column;
        }
        while self.left < self.cursor.column
            && !layout.columns_in_sight(self.left, room).contains(&self.cursor.column)
        {
            self.left += 1;
        }
        // Columns come back into sight when there is room for them again.
        while self.left > 0 && layout.columns_in_sight(self.left - 1, room).end >= layout.columns.len() {
            self.left -= 1;
        }
    }
}

fn precision(session: &Session, table: &Table, at: Spot) -> Precision {
    let slot = at.cell(table).and_then(|cell| session.form().slot(cell));
    slot.map_or(Precision::WHOLE, |slot| slot.kind.precision())
}

/// The wish to leave the number in a cell and make the words beside it a note, or to say that there are none.
pub(super) fn set_apart(session: &Session, place: Option<Place>) -> Flow {
    let apart = match place {
        Some(Place::Cell(cell)) => session.set_apart(cell),
        _ => None,
    };
    match apart {
        Some((edit, note)) => {
            let note = excerpt(&note, 20).into_owned();
            Flow::EditAndTell(edit, Notice::done(format!("格里只留数，“{note}”已记作附注。")))
        }
        None => Flow::Tell(Notice::done("这里没有可以一键改正的问题。")),
    }
}

fn told_zeros(zeros: Option<(Edit, usize)>, where_: &str) -> Flow {
    match zeros {
        Some((edit, count)) => {
            Flow::EditAndTell(edit, Notice::done(format!("{where_}的 {count} 个空格已填 0。")))
        }
        None => Flow::Tell(Notice::done(format!("{where_}没有空格。"))),
    }
}

fn tell_pasted(pasted: &block::Pasted) -> Notice {
    let part = |count: usize, words: String| if count > 0 { words } else { String::new() };
    let labels = part(pasted.labels, format!("，左边 {} 列是文字，已略去", pasted.labels));
    let unread = part(pasted.unread, format!("，其中 {} 格不是数字，已标出", pasted.unread));
    let outside = part(pasted.outside, format!("；另有 {} 个超出表格，没有填入", pasted.outside));
    let text = format!("已粘贴 {} 个数{labels}{unread}{outside}。", pasted.placed);
    if pasted.outside > 0 || pasted.unread > 0 { Notice::failed(text) } else { Notice::done(text) }
}

#[cfg(test)]
mod tests;
