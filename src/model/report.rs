//! One report: what was filled in for one unit and one year.

use std::collections::BTreeMap;

use super::{CellId, FactId, Figure, Question, TextId};

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
    pub(super) notes: BTreeMap<CellId, String>,
    pub(super) explained: BTreeMap<Question, String>,
}

impl Report {
    /// An empty report.
    pub fn new(shape: Shape) -> Self {
        Self {
            facts: vec![String::new(); shape.facts],
            texts: vec![String::new(); shape.texts],
            figures: vec![Figure::Blank; shape.cells],
            stated: vec![Figure::Blank; shape.cells],
            notes: BTreeMap::new(),
            explained: BTreeMap::new(),
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

    /// What was remarked beside the figure of a cell, as 其中修订16件; empty if nothing was.
    pub fn note(&self, id: CellId) -> &str {
        self.notes.get(&id).map_or("", String::as_str)
    }

    /// All cells with a note, in order.
    pub fn notes(&self) -> impl Iterator<Item = (CellId, &str)> {
        self.notes.iter().map(|(cell, note)| (*cell, note.as_str()))
    }

    /// The reason given for what a sentence says; empty if none was given for just this sentence.
    pub fn explanation(&self, question: &Question) -> &str {
        self.explained.get(question).map_or("", String::as_str)
    }

    /// All reasons given, those that have lapsed among them, by place.
    pub fn explanations(&self) -> impl Iterator<Item = (&Question, &str)> {
        self.explained.iter().map(|(question, words)| (question, words.as_str()))
    }
}
