//! Tables, cells, sections and cover facts of a compiled form.

use super::header::Header;
use crate::model::{CellId, FactId, Precision, TextId};

/// One table.
#[derive(Debug, Clone)]
pub struct Table {
    /// First part of the path of its cells.
    pub id: String,
    /// Title for people.
    pub title: String,
    /// What stands in the head of the label columns of the first block.
    pub corner: String,
    /// How it is printed.
    pub printed: Printed,
    /// Blocks with heads of their own, from top to bottom.
    pub blocks: Vec<Block>,
    /// The balance relation shown below the table.
    pub balance: Option<Balance>,
}

/// How a table is printed. On the screen all tables have their rows below one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Printed {
    /// Rows below one another.
    #[default]
    Down,
    /// Rows side by side, their labels as heads over those of the columns: one line of figures.
    Across,
}

/// Rows and columns under one head.
#[derive(Debug, Clone)]
pub struct Block {
    /// Line above the head; may be empty.
    pub title: String,
    /// Head over the row labels; may be empty.
    pub corner: String,
    /// Column heads; its leaves are `columns`.
    pub heads: Header,
    /// Row labels; its leaves are `rows`.
    pub labels: Header,
    /// Ids of the columns, from left to right.
    pub columns: Vec<String>,
    /// Ids of the rows, from top to bottom.
    pub rows: Vec<String>,
    /// The first cell; the others follow row by row.
    pub first: CellId,
}

impl Block {
    /// The cell at a row and a column of this block.
    pub fn cell(&self, row: usize, column: usize) -> Option<CellId> {
        (row < self.rows.len() && column < self.columns.len())
            .then(|| CellId::new(self.first.index() + row * self.columns.len() + column))
    }

    /// All cells, row by row.
    pub fn cells(&self) -> impl Iterator<Item = CellId> + use<> {
        let first = self.first.index();
        (first..first + self.rows.len() * self.columns.len()).map(CellId::new)
    }
}

/// The balance relation shown below a table: one instance of a rule for each column.
#[derive(Debug, Clone)]
pub struct Balance {
    /// The left side in short.
    pub left: String,
    /// The right side in short.
    pub right: String,
    /// For each column of the table's first block, the instance of the rule that balances it.
    pub columns: Vec<Option<super::program::InstanceId>>,
}

/// Where a cell stands and what it holds.
#[derive(Debug, Clone)]
pub struct Slot {
    /// Index of the table.
    pub table: TableId,
    /// Index of the block in the table.
    pub block: usize,
    /// Index of the row in the block.
    pub row: usize,
    /// Index of the column in the block.
    pub column: usize,
    /// What may be entered.
    pub kind: NumberKind,
    /// Unit of the figure.
    pub unit: String,
    /// Whether it is entered or computed.
    pub role: Role,
}

/// Whether a cell is entered or computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Entered by a person.
    Input,
    /// Computed from other cells; a stated value may stand beside it.
    Total,
}

/// What numbers a cell may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberKind {
    /// A whole number from 0.
    Count,
    /// A whole number with a sign: more or fewer than last year.
    Change,
    /// An amount from 0 in 万元 with up to six decimals.
    Money,
}

impl NumberKind {
    /// How exactly its numbers are kept.
    pub const fn precision(self) -> Precision {
        match self {
            Self::Count | Self::Change => Precision::WHOLE,
            Self::Money => Precision::MONEY,
        }
    }

    /// Whether the kind allows this number.
    pub const fn allows(self, number: i64) -> bool {
        matches!(self, Self::Change) || number >= 0
    }
}

/// A table of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TableId(pub(super) usize);

impl TableId {
    /// The index into the form's tables.
    pub const fn index(self) -> usize {
        self.0
    }
}

/// A section of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SectionId(pub(super) usize);

impl SectionId {
    /// The index into the form's sections.
    pub const fn index(self) -> usize {
        self.0
    }
}

/// One of the sections.
#[derive(Debug, Clone)]
pub struct Section {
    /// Stable name.
    pub id: String,
    /// The Chinese numeral in front of the heading.
    pub number: String,
    /// The official heading.
    pub heading: String,
    /// Two or three characters for the tab.
    pub short: String,
    /// The table of the section.
    pub table: Option<TableId>,
    /// The prose of the section.
    pub text: Option<TextId>,
}

/// A prose text of a section.
#[derive(Debug, Clone)]
pub struct TextSlot {
    /// The section it belongs to.
    pub section: SectionId,
    /// What to write.
    pub guidance: String,
    /// What kind of content it must have; none for remarks beside a table.
    pub role: Option<TextRole>,
}

/// What kind of content a text must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextRole {
    /// Problems and what is done about them.
    Problems,
    /// Whatever else has to be reported, fees among it.
    Other,
}

/// A fact of the cover.
#[derive(Debug, Clone)]
pub struct Fact {
    /// The identifier in a report.
    pub id: FactId,
    /// Last part of the path `cover.<name>`.
    pub name: String,
    /// Label for people.
    pub label: String,
    /// What may be entered.
    pub kind: FactKind,
    /// What to enter.
    pub hint: String,
    /// What a new report says here; `{year}` stands for its year.
    pub default: String,
}

/// What may be entered as a fact.
#[derive(Debug, Clone)]
pub enum FactKind {
    /// The name of the reporting unit.
    Unit,
    /// One line of text.
    Line,
    /// The report year in four digits.
    Year,
    /// A calendar day.
    Date,
    /// One of these options.
    Choice(Vec<Choice>),
}

/// One option of a choice.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What is stored.
    pub id: String,
    /// Label for people.
    pub label: String,
    /// Whole numbers that rules use.
    pub values: Vec<(String, i64)>,
}
