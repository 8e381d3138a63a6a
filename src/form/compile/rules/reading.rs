//! What rules read of a form, and how much of it they may.

use super::{Builder, Scope, unroll};
use crate::form::error::Spot;
use crate::form::expr::{Cells, Name};
use crate::form::table::{Fact, FactKind};
use crate::model::CellId;

/// The most cells and options of facts that all rules of a form may read together, each as often as it is read; some
/// hundred times what the official forms do.
const MAX_READ: usize = 1_000_000;
/// Looking through so many names of rows and columns counts as reading one cell.
const NAMES_A_CELL: usize = 100;

impl Builder<'_> {
    /// The cells that a piece of a rule means; none if the rules read too many.
    pub(super) fn cells(&mut self, cells: &Cells, scope: &Scope, spot: &Spot) -> Vec<CellId> {
        if self.reads_too_much() {
            return Vec::new();
        }
        let found = unroll::cells(cells, scope, self.form, spot, self.errors);
        let names = match cells {
            Cells::Block { table, .. } => unroll::names_in(self.form, table) / NAMES_A_CELL,
            Cells::Variable(_) => 0,
        };
        if self.reads(found.len() + names, spot) { found } else { Vec::new() }
    }

    /// A fact by its name; none, and a mistake, if there is none, or if the rules read too much.
    pub(super) fn fact(&mut self, name: &Name, spot: &Spot) -> Option<Fact> {
        if self.reads_too_much() {
            return None;
        }
        let Some(found) = self.form.fact(&name.text) else {
            let known = self.form.facts.iter().map(|fact| fact.name.as_str());
            self.errors.unknown(spot, Some(name.span.clone()), "封面项目", &name.text, known);
            return None;
        };
        let options = match &found.kind {
            FactKind::Choice(options) => options.len(),
            _ => 1,
        };
        let found = found.clone();
        self.reads(options, spot).then_some(found)
    }

    /// Whether the rules read so much that the rest of them is left.
    pub(super) fn reads_too_much(&self) -> bool {
        self.read > MAX_READ
    }

    /// Counts what is read, and says so once if it is too much.
    fn reads(&mut self, count: usize, spot: &Spot) -> bool {
        let was_too_much = self.reads_too_much();
        self.read += count;
        if self.reads_too_much() && !was_too_much {
            let message = format!("全部规则读取的数累计超过{MAX_READ}个");
            self.errors.push(spot.clone(), message, "请缩小规则的范围，或删去重复的项");
        }
        !self.reads_too_much()
    }
}
