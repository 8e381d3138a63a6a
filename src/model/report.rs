//! One report: what was filled in for one unit and one year.

use super::{CellId, FactId, Figure, TextId};

/// How many facts, texts and cells a report has; given by its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shape {
    /// Facts of the cover.
    pub facts: usize,
    /// Prose texts.
    pub texts: usize,
    /// Cells of all tables, totals included.
    pub cells: usize,
}

/// What was filled in. Read it freely; it changes only through [`Report::apply`](super::edit).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub(super) facts: Vec<String>,
    pub(super) texts: Vec<String>,
    pub(super) figures: Vec<Figure>,
    pub(super) stated: Vec<Figure>,
}

impl Report {
    /// An empty report.
    pub fn new(shape: Shape) -> Self {
        Self {
            facts: vec![String::new(); shape.facts],
            texts: vec![String::new(); shape.texts],
            figures: vec![Figure::Blank; shape.cells],
            stated: vec![Figure::Blank; shape.cells],
        }
    }

    /// The shape it was made with.
    pub fn shape(&self) -> Shape {
        Shape { facts: self.facts.len(), texts: self.texts.len(), cells: self.figures.len() }
    }

    /// A fact of the cover as typed; empty when not filled in or unknown to this report.
    pub fn fact(&self, id: FactId) -> &str {
        self.facts.get(id.index()).map_or("", String::as_str)
    }

    /// A prose text, paragraphs separated by `\n`; empty when not filled in or unknown to this report.
    pub fn text(&self, id: TextId) -> &str {
        self.texts.get(id.index()).map_or("", String::as_str)
    }

    /// The figure entered in a cell. Totals have none: they are computed.
    pub fn figure(&self, id: CellId) -> &Figure {
        self.figures.get(id.index()).unwrap_or(&Figure::Blank)
    }

    /// The total as it was stated on paper or in an imported document, kept beside the computed one.
    pub fn stated(&self, id: CellId) -> &Figure {
        self.stated.get(id.index()).unwrap_or(&Figure::Blank)
    }
}
