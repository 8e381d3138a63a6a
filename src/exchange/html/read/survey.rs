//! Which tables hold data, and which only place things on the page.

use std::collections::HashSet;

use super::element::{Role, role, unseen};
use super::styles::Styles;
use super::tree::{Element, Id, Step, Tree};
use crate::exchange::html::TABLE_CLASS;

/// Characters of a cell from which on it is taken for prose. The longest label of a form has forty.
const PROSE: usize = 400;

/// Cells with words in them from which on a table is taken for data although one of them holds prose or a table.
const MANY: usize = 8;

/// What is known of a table while its end is not reached.
#[derive(Debug, Default)]
struct Seen {
    is_marked: bool,
    is_presentation: bool,
    rows: usize,
    cells: usize,
    /// Cells with words of their own.
    filled: usize,
    /// Tables of more than one cell inside.
    inner: usize,
    /// Characters of the cell at hand and of the longest cell so far, those of inner tables left out.
    words: usize,
    longest: usize,
}

/// The tables that hold data. The cells of all others are read as if they were not in a table.
pub(super) fn data_tables(tree: &Tree, styles: &Styles) -> HashSet<Id> {
    let mut data = HashSet::new();
    let mut open: Vec<Seen> = Vec::new();
    let mut walk = tree.walk();
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(id) => {
                if let Some(text) = tree.text(id) {
                    if let Some(table) = open.last_mut() {
                        table.words += text.chars().filter(|c| !c.is_whitespace()).count();
                    }
                    continue;
                }
                let Some(element) = tree.element(id) else { continue };
                match role(element) {
                    Role::Silent | Role::Other(_) => walk.pass_over(id),
                    _ if unseen(tree, id, styles).is_some() => walk.pass_over(id),
                    Role::Table => open.push(Seen::new(element)),
                    other => {
                        if let Some(table) = open.last_mut() {
                            table.begin(other);
                        }
                    }
                }
            }
            Step::Leave(id) => match tree.element(id).map(role) {
                Some(Role::Table) => {
                    let Some(table) = open.pop() else { continue };
                    if table.holds_data() {
                        data.insert(id);
                    }
                    if let Some(outer) = open.last_mut() {
                        outer.inner += usize::from(table.cells > 1);
                        outer.words += if table.cells > 1 { 0 } else { table.longest };
                    }
                }
                Some(Role::Cell) => {
                    if let Some(table) = open.last_mut() {
                        table.end_cell();
                    }
                }
                _ => {}
            },
        }
    }
    data
}

impl Seen {
    fn new(element: &Element) -> Self {
        let says = |name, value| {
            element
                .attribute(name)
                .is_some_and(|text| text.split_ascii_whitespace().any(|word| word == value))
        };
        Self {
            is_marked: says("class", TABLE_CLASS),
            is_presentation: says("role", "presentation") || says("role", "none"),
            ..Self::default()
        }
    }

    fn begin(&mut self, role: Role) {
        match role {
            Role::Row => self.rows += 1,
            Role::Cell => {
                self.cells += 1;
                self.words = 0;
            }
            _ => {}
        }
    }

    fn end_cell(&mut self) {
        self.filled += usize::from(self.words > 0);
        self.longest = self.longest.max(self.words);
        self.words = 0;
    }

    fn holds_data(&self) -> bool {
        let has_prose = self.longest > PROSE;
        match self {
            Self { is_marked: true, .. } => true,
            Self { is_presentation: true, .. } | Self { cells: 0 | 1, .. } => false,
            Self { inner: 0, .. } => !has_prose || self.filled > MANY,
            _ => !has_prose && self.rows > 2 && self.filled > MANY,
        }
    }
}
