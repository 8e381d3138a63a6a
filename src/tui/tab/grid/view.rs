//! A table on the screen: head, rows, balance.

use std::sync::Arc;

use ratatui::layout::Rect;

use super::GridTab;
use super::figure::{figure_text, marks};
use super::layout::{GridLayout, GridLine, Piece};
use super::walk::Spot;
use crate::check::CellState;
use crate::form::{InstanceId, Severity, Table};
use crate::model::CellId;
use crate::model::visible;
use crate::tui::context::View;
use crate::tui::picture::Picture;
use crate::tui::shown::{CellView, Line};
use crate::tui::theme::Role;
use crate::tui::width::Policy;

/// Lines for the balance: its two sides and their difference, or the difference alone where height is short.
pub(super) fn balance_lines(table: &Table, height: u16) -> u16 {
    const SHORT: u16 = 14;
    match table.balance {
        None => 0,
        Some(_) if height < SHORT => 1,
        Some(_) => 3,
    }
}

impl GridTab {
    /// Shows the table in an area that it was settled for.
    pub fn view(&self, view: &View<'_>, area: Rect, picture: &mut Picture) {
        let Some(table) = view.session.form().table(self.table) else { return };
        let layout = &self.solved.layout;
        let room = area.width.saturating_sub(layout.label_width);
        let sight = layout.columns_in_sight(self.left, room);
        let frame = Sheet { tab: self, view, table, layout, sight, area };
        frame.head(picture);
        frame.body(picture);
        frame.balance(picture);
    }

    /// The top and bottom of the part in sight, for a mark where more lies: lines hidden above and below.
    pub(super) fn hidden(&self) -> (usize, usize) {
        let height = usize::from(self.solved.area.height);
        (self.top, self.solved.layout.lines.len().saturating_sub(self.top + height))
    }
}

/// The labels of the lines in sight.
pub(super) fn labels(tab: &GridTab, policy: Policy) -> Vec<Arc<Line>> {
    let layout = &tab.solved.layout;
    let lines = layout.lines.iter().enumerate().skip(tab.top).take(usize::from(tab.solved.area.height));
    lines
        .map(|(index, line)| match line {
            GridLine::Row { block, row, label_x, label, .. } => {
                let active = (tab.cursor.block, tab.cursor.row) == (*block, *row);
                Arc::new(label_line(layout, tab.top, index, (*label_x, label, active), policy))
            }
            GridLine::Title(_) | GridLine::Gap | GridLine::Head { .. } => Arc::default(),
        })
        .collect()
}

/// A line of labels: the piece of its row, and those of the groups it belongs to.
fn label_line(
    layout: &GridLayout,
    top: usize,
    index: usize,
    (x, label, active): (u16, &str, bool),
    policy: Policy,
) -> Line {
    let mut line = Placed::new(policy);
    for group in layout.groups.iter().filter(|group| group.lines.contains(&index)) {
        // The label keeps to the part of the group that is in sight.
        let first = group.lines.start.max(top);
        let stands = first.min(group.lines.end.saturating_sub(group.text.len()));
        if let Some(text) = index.checked_sub(stands).and_then(|at| group.text.get(at)) {
            line.put(group.x, Role::GroupLabel, text);
        }
    }
    line.put(x, if active { Role::HeadActive } else { Role::Label }, label);
    line.finish()
}

/// One table being shown.
struct Sheet<'a> {
    tab: &'a GridTab,
    view: &'a View<'a>,
    table: &'a Table,
    layout: &'a GridLayout,
    sight: std::ops::Range<usize>,
    area: Rect,
}

impl Sheet<'_> {
    fn head(&self, picture: &mut Picture) {
        let bottom = self.tab.solved.area.y;
        let mut y = self.area.y;
        for (index, pieces) in self.layout.head.iter().enumerate() {
            if y + 1 >= bottom {
                break;
            }
            let mut line = Placed::new(self.view.policy);
            if let Some(title) = self.layout.title.get(index) {
                line.put(0, Role::Head, title);
            }
            self.head_pieces(pieces, true, &mut line);
            picture.line(Rect { y, height: 1, ..self.area }, line.finish());
            y += 1;
        }
        if y < bottom {
            picture.line(Rect { y, height: 1, ..self.area }, self.rule(self.tab.hidden().0, "上面"));
        }
    }

    /// A line of dashes, with how many lines lie hidden beyond it and whether columns do.
    fn rule(&self, hidden: usize, side: &str) -> Line {
        let mut line = Line::of(Role::Rule, "-".repeat(usize::from(self.area.width)));
        let mut words = Vec::new();
        if self.sight.start > 0 {
            words.push(format!("< 左边还有{}列", self.sight.start));
        }
        if hidden > 0 {
            words.push(format!("{side}还有{hidden}行"));
        }
        let right = self.layout.columns.len().saturating_sub(self.sight.end);
        if right > 0 {
            words.push(format!("右边还有{right}列 >"));
        }
        if !words.is_empty() {
            line = line.add_right(Role::Dim, format!(" {} ", words.join("，")));
        }
        line
    }

    /// One line of a head; `here` if the cursor is in its block.
    fn head_pieces(&self, pieces: &[Piece], here: bool, line: &mut Placed) {
        for piece in pieces {
            let from = piece.columns.start.max(self.sight.start);
            let to = piece.columns.end.min(self.sight.end);
            if from >= to {
                continue;
            }
            let (left, _) = self.span(from);
            let (last, width) = self.span(to - 1);
            let right = last + 1 + width;
            let measured = self.view.policy.measure(&piece.text);
            let x = if piece.is_leaf {
                right.saturating_sub(measured)
            } else {
                (left + 1 + right).saturating_sub(measured) / 2
            };
            let active = here && piece.is_leaf && piece.columns.contains(&self.tab.cursor.column);
            line.put(x.max(left), if active { Role::HeadActive } else { Role::Head }, &piece.text);
        }
    }

    /// Where a column in sight begins on the screen, from the left edge of the table, and how wide its figures
    /// are.
    fn span(&self, column: usize) -> (u16, u16) {
        let first = self.layout.columns.get(self.sight.start).map_or(0, |column| column.x);
        self.layout
            .columns
            .get(column)
            .map_or((0, 0), |column| (self.layout.label_width + column.x - first, column.width))
    }

    fn body(&self, picture: &mut Picture) {
        let body = self.tab.solved.area;
        let marks = marks(self.view.session);
        for offset in 0..body.height {
            let index = self.tab.top + usize::from(offset);
            let area = Rect { y: body.y + offset, height: 1, ..self.area };
            match self.layout.lines.get(index) {
                Some(GridLine::Title(title)) => picture.line(area, Line::of(Role::GroupLabel, title.clone())),
                Some(GridLine::Head { block, corner, pieces }) => {
                    let mut line = Placed::new(self.view.policy);
                    line.put(0, Role::Head, corner);
                    self.head_pieces(pieces, *block == self.tab.cursor.block, &mut line);
                    picture.line(area, line.finish());
                }
                Some(GridLine::Row { block, row, figures, .. }) => {
                    let label = self.tab.solved.labels.get(usize::from(offset)).cloned().unwrap_or_default();
                    picture.kept(Rect { width: self.layout.label_width.min(area.width), ..area }, label);
                    if *figures {
                        self.figures(area, *block, *row, &marks, picture);
                    }
                }
                Some(GridLine::Gap) | None => picture.line(area, Line::new()),
            }
        }
    }

    fn figures(
        &self,
        area: Rect,
        block: usize,
        row: usize,
        marks: &[Option<Severity>],
        picture: &mut Picture,
    ) {
        let columns = self.table.blocks.get(block).map_or(0, |block| block.columns.len());
        for column in self.sight.clone() {
            let (x, width) = self.span(column);
            let spot = Spot { block, row, column };
            let cell = if column < columns { spot.cell(self.table) } else { None };
            let place = Rect { x: area.x + x, width: width + 2, ..area }.intersection(self.area);
            match cell {
                Some(cell) => {
                    let shown = self.figure(cell, spot, width, marks);
                    if spot == self.tab.cursor {
                        self.put_cursor(place, &shown, picture);
                    }
                    picture.cell(place, shown);
                }
                None => picture.line(place, Line::new()),
            }
        }
    }

    fn figure(&self, cell: CellId, spot: Spot, width: u16, marks: &[Option<Severity>]) -> CellView {
        let under_cursor = spot == self.tab.cursor;
        let (mark, mark_role) = match marks.get(cell.index()).copied().flatten() {
            Some(Severity::Mandatory) => ('!', Role::ErrorMark),
            Some(Severity::Verify) => ('?', Role::WarningMark),
            None => (' ', Role::Text),
        };
        if let (true, Some(entry)) = (under_cursor, &self.tab.entry) {
            return CellView {
                text: visible(entry.line.text()).into(),
                role: Role::Typing,
                mark: '>',
                mark_role: Role::Typing,
                behind: '<',
            };
        }
        let (text, role) = figure_text(self.view.session, cell, width, self.view.policy);
        CellView {
            text,
            role: if under_cursor { Role::Cursor } else { role },
            mark: if under_cursor && mark == ' ' { '>' } else { mark },
            mark_role: if under_cursor && mark == ' ' { Role::Cursor } else { mark_role },
            behind: match () {
                () if under_cursor => '<',
                () if self.view.session.report().note(cell).is_empty() => ' ',
                () => '*',
            },
        }
    }

    /// The terminal's cursor stands behind the last digit, or where the caret is.
    fn put_cursor(&self, place: Rect, shown: &CellView, picture: &mut Picture) {
        if place.width < 2 {
            return;
        }
        let policy = self.view.policy;
        let behind = self.tab.entry.as_ref().map_or(0, |entry| {
            policy.measure(entry.line.text()).saturating_sub(entry.line.caret_column(policy))
        });
        let right = place.right() - 1;
        let back = if self.tab.entry.is_some() { behind } else { u16::from(!shown.text.is_empty()) };
        picture.put_cursor(right.saturating_sub(back).max(place.x), place.y);
    }

    fn balance(&self, picture: &mut Picture) {
        let top = self.tab.solved.area.bottom();
        if top >= self.area.bottom() {
            return;
        }
        picture.line(Rect { y: top, height: 1, ..self.area }, self.rule(self.tab.hidden().1, "下面"));
        let Some(balance) = &self.table.balance else { return };
        let columns: Vec<_> =
            self.sight.clone().map(|column| self.balanced(&balance.columns, column)).collect();
        let labels = [balance.left.as_str(), balance.right.as_str(), "差"];
        let left_out = labels.len() - usize::from(balance_lines(self.table, self.area.height));
        for (index, label) in labels.into_iter().enumerate().skip(left_out) {
            let y = top + 1 + (index - left_out) as u16;
            if y >= self.area.bottom() {
                return;
            }
            let mut line = Placed::new(self.view.policy);
            line.put(0, Role::Label, label);
            for (column, state) in self.sight.clone().zip(&columns) {
                let Some(state) = state else { continue };
                let (x, width) = self.span(column);
                let (text, role) = state.piece(index);
                let measured = self.view.policy.measure(&text);
                line.put((x + 1 + width).saturating_sub(measured), role, &text);
            }
            picture.line(Rect { y, height: 1, ..self.area }, line.finish());
        }
    }

    fn balanced(&self, instances: &[Option<InstanceId>], column: usize) -> Option<Balanced> {
        let session = self.view.session;
        let id = (*instances.get(column)?)?;
        let sides = session.evaluation().sides(session.form(), session.report(), id);
        let program = &session.form().program;
        let states = || {
            let cells =
                program.instance(id).map(|instance| program.cells(&instance.cells)).unwrap_or_default();
            cells.iter().map(|cell| session.evaluation().cell(*cell))
        };
        let unfinished = states().any(|state: CellState| state.any_blank || state.unread);
        let empty = states().all(|state: CellState| state.all_blank);
        Some(Balanced { sides, unfinished, empty })
    }
}

/// One column of the balance.
struct Balanced {
    sides: Option<(i64, i64)>,
    unfinished: bool,
    empty: bool,
}

impl Balanced {
    fn piece(&self, line: usize) -> (String, Role) {
        let Some((left, right)) = self.sides else { return ("!".to_owned(), Role::ErrorMark) };
        if self.empty {
            return (String::new(), Role::Dim);
        }
        let difference = right.saturating_sub(left);
        let differs = difference != 0 && !self.unfinished;
        let side_role = |side| match side {
            _ if differs => Role::ErrorMark,
            0 => Role::Zero,
            _ => Role::Total,
        };
        match line {
            0 => (left.to_string(), side_role(left)),
            1 => (right.to_string(), side_role(right)),
            // While figures are missing the difference is no mistake yet.
            _ if self.unfinished => (format!("({difference:+})"), Role::Dim),
            _ if difference == 0 => ("=".to_owned(), Role::Agrees),
            _ => (format!("!{difference:+}"), Role::ErrorMark),
        }
    }
}

/// The first line that should be in sight together with a line of a row: the start of the row's label and, for
/// the first row of a block, the head above it.
pub(super) fn first_line_of(layout: &GridLayout, line: usize) -> usize {
    let same_row = |at: usize| match (layout.lines.get(at), layout.lines.get(line)) {
        (Some(GridLine::Row { block: a, row: b, .. }), Some(GridLine::Row { block: c, row: d, .. })) => {
            (a, b) == (c, d)
        }
        _ => false,
    };
    let mut first = line;
    while first > 0 && same_row(first - 1) {
        first -= 1;
    }
    while first > 0 && !matches!(layout.lines.get(first - 1), Some(GridLine::Row { .. }) | None) {
        first -= 1;
    }
    first
}

/// A line built from pieces at given columns, from left to right.
struct Placed {
    line: Line,
    end: u16,
    policy: Policy,
}

impl Placed {
    fn new(policy: Policy) -> Self {
        Self { line: Line::new(), end: 0, policy }
    }

    /// Puts a piece at a column, or behind what stands there already.
    fn put(&mut self, x: u16, role: Role, text: &str) {
        if x > self.end {
            self.line = std::mem::take(&mut self.line).add(Role::Text, " ".repeat(usize::from(x - self.end)));
            self.end = x;
        }
        self.line = std::mem::take(&mut self.line).add(role, text.to_owned());
        self.end = self.end.saturating_add(self.policy.measure(text));
    }

    fn finish(self) -> Line {
        self.line
    }
}
