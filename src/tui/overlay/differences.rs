//! Where two contents of a report differ, as a table: the place, what stands on one side, what on the other.

use super::window;
use crate::model::visible;
use crate::store::journal::Difference;
use crate::tui::shown::Line;
use crate::tui::theme::Role;
use crate::tui::width::Policy;

/// The places in the order of the form, and what the two sides are called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differences {
    sides: [&'static str; 2],
    rows: Vec<Row>,
}

/// One place.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    name: String,
    values: [String; 2],
}

impl Differences {
    /// The old and the new of each difference under these two names.
    pub fn new(sides: [&'static str; 2], differences: &[Difference]) -> Self {
        let row = |difference: &Difference| {
            let (old, new) = changed_piece(&difference.old, &difference.new);
            let values = [old, new].map(|value| visible(&value.replace('\n', "（分段）")).into_owned());
            Row { name: visible(&difference.name).into_owned(), values }
        };
        Self { sides, rows: differences.iter().map(row).collect() }
    }

    /// How many places differ.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether no place differs.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The line above the table; blank if there is no table.
    pub(super) fn head(&self, width: u16, policy: Policy) -> Line {
        if self.is_empty() {
            return Line::new();
        }
        let columns = self.columns(width, policy);
        let line = Line::of(Role::Head, policy.fit("位置", columns.name).into_owned());
        self.sides.iter().fold(line, |line, side| line.add(Role::Head, right(side, columns.value, policy)))
    }

    /// The table. A place whose name or values do not fit into their columns has several lines.
    pub(super) fn lines(&self, width: u16, policy: Policy) -> Vec<Line> {
        let columns = self.columns(width, policy);
        self.rows.iter().flat_map(|row| self.row(row, columns, width, policy)).collect()
    }

    fn row(&self, row: &Row, columns: Columns, width: u16, policy: Policy) -> Vec<Line> {
        let fits = policy.measure(&row.name) <= columns.name
            && row.values.iter().all(|value| policy.measure(value) <= columns.value - GAP);
        if fits {
            let line = Line::of(Role::Text, policy.fit(&row.name, columns.name).into_owned());
            return vec![
                row.values
                    .iter()
                    .zip([Role::Text, Role::Figure])
                    .fold(line, |line, (value, role)| line.add(role, right(value, columns.value, policy))),
            ];
        }
        let label = self.sides.iter().map(|side| policy.measure(side)).max().unwrap_or(0) + GAP;
        let mut lines: Vec<Line> = window::wrapped(&row.name, width, policy)
            .into_iter()
            .map(|name| Line::of(Role::Text, name))
            .collect();
        for ((side, value), role) in self.sides.iter().zip(&row.values).zip([Role::Text, Role::Figure]) {
            let room = width.saturating_sub(GAP + label);
            for (index, piece) in window::wrapped(value, room, policy).into_iter().enumerate() {
                let side = if index == 0 { *side } else { "" };
                let side = policy.fit(side, label).into_owned();
                lines.push(Line::of(Role::Dim, side).add(role, piece).indented(GAP));
            }
        }
        lines
    }

    /// Wide enough for what is in them, as far as there is room.
    fn columns(&self, width: u16, policy: Policy) -> Columns {
        let measure = |text: &str| policy.measure(text);
        let heads = self.sides.iter().map(|side| measure(side)).max().unwrap_or(0);
        let short = self.rows.iter().flat_map(|row| &row.values).map(|value| measure(value));
        let most = SHORT_COLUMNS.min((width / 3).saturating_sub(GAP));
        let value = short.filter(|value| *value <= most).max().unwrap_or(0).max(heads) + GAP;
        let room = width.saturating_sub(2 * value);
        let names = self.rows.iter().map(|row| measure(&row.name)).filter(|name| *name <= room);
        Columns { name: names.max().unwrap_or(0).max(measure("位置")).min(room), value }
    }
}

/// Widths of the columns; that of a value counts the gap before it.
#[derive(Clone, Copy)]
struct Columns {
    name: u16,
    value: u16,
}

/// Columns between two columns.
const GAP: u16 = 2;
/// The widest value that has a place beside the name.
const SHORT_COLUMNS: u16 = 16;

fn right(text: &str, width: u16, policy: Policy) -> String {
    let blank = width.saturating_sub(policy.measure(text));
    format!("{}{text}", " ".repeat(blank.into()))
}

/// What stands on both sides, as a whole if it is short, else the piece in which the two differ.
fn changed_piece(old: &str, new: &str) -> (String, String) {
    const SHORT: usize = 20;
    let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let long = old.len().max(new.len()) > SHORT;
    let shortest = old.len().min(new.len());
    let front = if long { old.iter().zip(&new).take_while(|(a, b)| a == b).count() } else { 0 };
    let pairs = old.iter().rev().zip(new.iter().rev()).take(shortest - front);
    let back = if long { pairs.take_while(|(a, b)| a == b).count() } else { 0 };
    let piece = |text: &[char]| {
        let middle = text.get(front..text.len() - back).unwrap_or_default();
        let cut = if middle.len() > 2 * SHORT { "……" } else { "" };
        let words: String = middle.iter().take(2 * SHORT).collect();
        if middle.is_empty() { "（空）".to_owned() } else { words + cut }
    };
    (piece(&old), piece(&new))
}

#[cfg(test)]
mod tests;
