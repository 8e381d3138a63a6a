//! The official format as data: sections, tables, labels, totals and rules, compiled from RON.
//!
//! Code knows no row, column or rule of any form; `assets/forms` is the only place where one is written.
//! [`Form::read`] turns such a file into a [`Form`] or reports all its mistakes at once. Every cell has one
//! stable path `table.row.column`, used in drafts, rules and on the command line; people see labels.

pub mod caret;
pub mod catalogue;
pub mod compile;
pub mod error;
pub mod expr;
pub mod header;
pub mod outline;
pub mod page;
pub mod program;
pub mod ron_error;
pub mod rule;
mod shape;
pub mod source;
pub mod table;
pub mod wording;

pub use catalogue::{Catalogue, CatalogueError};
pub use error::{FormError, FormErrors, Spot};
pub use header::{Header, Label};
pub use page::{Page, Template};
pub use program::{InstanceId, Program, RuleId};
pub use rule::{Rule, Severity};
pub use table::{
    Block, Choice, Fact, FactKind, NumberKind, Printed, Role, Section, SectionId, Slot, Table, TableId,
    TextRole,
};

use std::collections::HashMap;

use crate::model::{CellId, FactId, Place, Shape, TextId};
use table::TextSlot;
use wording::Wording;

/// A compiled form.
#[derive(Debug, Clone)]
pub struct Form {
    /// Stable name, written into drafts.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// The document that prescribes the form.
    pub document: String,
    /// Documents that prescribe the form of other years; a report that names one of them is out of date or early.
    pub other_documents: Vec<String>,
    /// The report years it is meant for; open at the end while it is in force.
    pub years: (i64, Option<i64>),
    /// Facts of the cover, in order.
    pub facts: Vec<Fact>,
    /// Sections, in order.
    pub sections: Vec<Section>,
    /// Prose texts, in the order of their sections.
    pub texts: Vec<TextSlot>,
    /// Tables, in order.
    pub tables: Vec<Table>,
    /// Words of the printed page around the sections.
    pub page: Page,
    /// Where each cell stands and what it holds.
    pub slots: Vec<Slot>,
    /// Rules, in the order in which findings are listed.
    pub rules: Vec<Rule>,
    /// How prose speaks of the figures of the tables.
    pub claims: Wording,
    /// Totals and rules, ready to be evaluated.
    pub program: Program,
    pub(crate) cells: HashMap<String, CellId>,
}

impl Form {
    /// Reads and compiles a form. `name` is what the user calls the file; it appears in the messages.
    ///
    /// # Errors
    /// All mistakes at once, each with its line and column.
    pub fn read(name: &str, text: &str) -> Result<Self, FormErrors> {
        compile::read(name, text)
    }

    /// The shape of a report on this form.
    pub fn shape(&self) -> Shape {
        Shape { facts: self.facts.len(), texts: self.texts.len(), cells: self.slots.len() }
    }

    /// Whether the form is meant for reports of this year.
    pub fn covers(&self, year: i64) -> bool {
        year >= self.years.0 && self.years.1.is_none_or(|last| year <= last)
    }

    /// The place that a path names: `cover.<fact>`, `text.<section>` or the section alone, or
    /// `table.row.column`.
    pub fn place(&self, path: &str) -> Option<Place> {
        if let Some(name) = path.strip_prefix("cover.") {
            return self.fact(name).map(|fact| Place::Fact(fact.id));
        }
        let section = path.strip_prefix("text.").unwrap_or(path);
        if let Some(text) = self.text_of(section) {
            return Some(Place::Text(text));
        }
        self.cells.get(path).copied().map(Place::Cell)
    }

    /// The stable path of a place.
    pub fn path(&self, place: Place) -> String {
        match place {
            Place::Fact(id) => {
                self.facts.get(id.index()).map_or(String::new(), |fact| format!("cover.{}", fact.name))
            }
            Place::Text(id) => {
                self.section_of_text(id).map_or(String::new(), |section| format!("text.{}", section.id))
            }
            Place::Cell(id) => self.block_of(id).map_or(String::new(), |(slot, table, block)| {
                format!("{}.{}.{}", table.id, block.rows[slot.row], block.columns[slot.column])
            }),
        }
    }

    /// What people call a place: 「三（一）予以公开·自然人」.
    pub fn name(&self, place: Place) -> String {
        match place {
            Place::Fact(id) => self.facts.get(id.index()).map_or(String::new(), |fact| fact.label.clone()),
            Place::Text(id) => self
                .section_of_text(id)
                .map_or(String::new(), |section| format!("{}、{}", section.number, section.heading)),
            Place::Cell(id) => format!("{}·{}", self.row_name(id), self.column_name(id)),
        }
    }

    /// What people call the row of a cell, with the groups it belongs to.
    pub fn row_name(&self, cell: CellId) -> String {
        self.block_of(cell).map_or(String::new(), |(slot, _, block)| joined(&block.labels, slot.row))
    }

    /// What people call the column of a cell.
    pub fn column_name(&self, cell: CellId) -> String {
        self.block_of(cell).map_or(String::new(), |(slot, _, block)| {
            block.heads.leaf(slot.column).map_or(String::new(), |label| label.name.clone())
        })
    }

    /// Where a cell stands and what it holds.
    pub fn slot(&self, cell: CellId) -> Option<&Slot> {
        self.slots.get(cell.index())
    }

    /// A fact of the cover by its name in paths.
    pub fn fact(&self, name: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.name == name)
    }

    /// The fact that names the reporting unit.
    pub fn unit_fact(&self) -> Option<&Fact> {
        self.facts.iter().find(|fact| matches!(fact.kind, FactKind::Unit))
    }

    /// The fact that holds the report year.
    pub fn year_fact(&self) -> Option<&Fact> {
        self.facts.iter().find(|fact| matches!(fact.kind, FactKind::Year))
    }

    /// The prose of a section by the section's name.
    pub fn text_of(&self, section: &str) -> Option<TextId> {
        self.sections.iter().find(|known| known.id == section)?.text
    }

    /// The section a text belongs to.
    pub fn section_of_text(&self, text: TextId) -> Option<&Section> {
        let slot = self.texts.get(text.index())?;
        self.sections.get(slot.section.index())
    }

    /// What kind of content a text must have, if the form says so.
    pub fn role_of_text(&self, text: TextId) -> Option<TextRole> {
        self.texts.get(text.index())?.role
    }

    /// The section that shows a place; none for facts of the cover.
    pub fn section_of(&self, place: Place) -> Option<SectionId> {
        match place {
            Place::Fact(_) => None,
            Place::Text(id) => self.texts.get(id.index()).map(|slot| slot.section),
            Place::Cell(id) => {
                let table = self.slot(id)?.table;
                self.sections.iter().position(|section| section.table == Some(table)).map(SectionId)
            }
        }
    }

    /// All sections with their identifiers, in order.
    pub fn numbered_sections(&self) -> impl Iterator<Item = (SectionId, &Section)> {
        self.sections.iter().enumerate().map(|(index, section)| (SectionId(index), section))
    }

    /// A section.
    pub fn section(&self, id: SectionId) -> Option<&Section> {
        self.sections.get(id.0)
    }

    /// A table.
    pub fn table(&self, id: TableId) -> Option<&Table> {
        self.tables.get(id.0)
    }

    /// A rule.
    pub fn rule(&self, id: RuleId) -> Option<&Rule> {
        self.rules.get(id.index())
    }

    /// All cells, table by table and row by row.
    pub fn all_cells(&self) -> impl Iterator<Item = CellId> + use<> {
        (0..self.slots.len()).map(CellId::new)
    }

    /// The fact with this identifier.
    pub fn fact_by_id(&self, id: FactId) -> Option<&Fact> {
        self.facts.get(id.index())
    }

    /// The slot, table and block of a cell.
    pub fn block_of(&self, cell: CellId) -> Option<(&Slot, &Table, &Block)> {
        let slot = self.slot(cell)?;
        let table = self.table(slot.table)?;
        Some((slot, table, table.blocks.get(slot.block)?))
    }
}

/// Short names of the groups and the name of the leaf, run together as the printed form reads.
fn joined(labels: &Header, leaf: usize) -> String {
    labels.path(leaf).map(|label| if label.is_leaf { &label.name } else { &label.short }).cloned().collect()
}
