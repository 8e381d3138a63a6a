//! Rules as a flat program: every `for each` unrolled, every name resolved to a cell, in the order in which
//! one pass evaluates them.

use std::ops::Range;

use super::expr::Operator;
use crate::model::{CellId, FactId, Place, Precision, TextId};

/// The compiled totals and rules of a form.
#[derive(Debug, Clone, Default)]
pub struct Program {
    /// Totals, each after those it is made of.
    pub totals: Vec<TotalStep>,
    /// Rules, unrolled, in the order of the form.
    pub instances: Vec<Instance>,
    pub(super) nodes: Vec<Node>,
    pub(super) terms: Vec<CellTerm>,
    pub(super) facts: Vec<FactTerm>,
    pub(super) cells: Vec<CellId>,
    /// For each cell, the instances it takes part in.
    pub(super) by_cell: Vec<Vec<InstanceId>>,
}

/// A rule of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RuleId(pub(super) u32);

/// One unrolled instance of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct InstanceId(pub(super) u32);

/// A test in the flat program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NodeId(pub(super) u32);

impl RuleId {
    /// The index into the form's rules.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl InstanceId {
    /// The index into the program's instances.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Computes one total as a sum.
#[derive(Debug, Clone)]
pub struct TotalStep {
    /// The total.
    pub cell: CellId,
    /// What it is the sum of, as a range of terms.
    pub terms: Range<u32>,
}

/// A rule for one row, one column or one cell.
#[derive(Debug, Clone)]
pub struct Instance {
    /// The rule.
    pub rule: RuleId,
    /// The condition under which it applies.
    pub when: Option<NodeId>,
    /// What must hold.
    pub test: NodeId,
    /// Where a person goes to mend it.
    pub place: Place,
    /// All cells that take part, as a range of cells.
    pub cells: Range<u32>,
}

/// A test.
#[derive(Debug, Clone)]
pub enum Node {
    /// Two sums compare as stated.
    Compare(Comparison),
    /// The stated total, if there is one, is the computed one.
    Stated {
        /// The total.
        cell: CellId,
        /// What it is the sum of, as a range of terms.
        terms: Range<u32>,
    },
    /// Something was entered in all these cells.
    Filled(Range<u32>),
    /// Every number entered in these cells is one that the cell may hold.
    Valid(Range<u32>),
    /// No number in these cells has decimals.
    Whole(Range<u32>),
    /// Something was entered as this fact.
    FactFilled(FactId),
    /// What was entered as this fact is of its kind.
    FactValid(FactId),
    /// The text is not empty.
    TextFilled(TextId),
    /// Both hold.
    And(NodeId, NodeId),
    /// At least one holds.
    Or(NodeId, NodeId),
    /// It does not hold.
    Not(NodeId),
}

/// A comparison of two sums.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// Left side.
    pub left: Side,
    /// The relation.
    pub operator: Operator,
    /// Right side.
    pub right: Side,
    /// How far the sides may be apart, in units of `precision`.
    pub tolerance: i64,
    /// How exactly the figures of both sides are kept.
    pub precision: Precision,
}

/// One side of a comparison.
#[derive(Debug, Clone)]
pub struct Side {
    /// Cells with their coefficients, as a range of terms.
    pub terms: Range<u32>,
    /// Numbers from the cover, as a range of fact terms.
    pub facts: Range<u32>,
    /// A constant, in units of the precision.
    pub constant: i64,
    /// What a blank means.
    pub blank: BlankRule,
}

/// What a blank means on one side of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlankRule {
    /// A blank is 0.
    Zero,
    /// Not looked at while any figure is blank.
    SkipIfAny,
    /// Not looked at while all figures are blank.
    SkipIfAll,
}

/// A cell times a whole number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellTerm {
    /// The cell.
    pub cell: CellId,
    /// The factor.
    pub coefficient: i64,
}

/// A number from the cover times a whole number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactTerm {
    /// The fact.
    pub fact: FactId,
    /// The factor.
    pub coefficient: i64,
    /// For a choice: what each option stands for. None: the fact is itself a number.
    pub options: Option<Vec<(String, i64)>>,
}

impl Program {
    /// A test.
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.0 as usize)
    }

    /// Cells with coefficients.
    pub fn terms(&self, range: &Range<u32>) -> &[CellTerm] {
        slice(&self.terms, range)
    }

    /// Numbers from the cover.
    pub fn facts(&self, range: &Range<u32>) -> &[FactTerm] {
        slice(&self.facts, range)
    }

    /// Plain cells.
    pub fn cells(&self, range: &Range<u32>) -> &[CellId] {
        slice(&self.cells, range)
    }

    /// An instance of a rule.
    pub fn instance(&self, id: InstanceId) -> Option<&Instance> {
        self.instances.get(id.index())
    }

    /// All instances with their identifiers, in the order of the form.
    pub fn numbered(&self) -> impl Iterator<Item = (InstanceId, &Instance)> {
        (0..).map(InstanceId).zip(&self.instances)
    }

    /// The instances that a cell takes part in, in the order of the form.
    pub fn of_cell(&self, cell: CellId) -> &[InstanceId] {
        self.by_cell.get(cell.index()).map_or(&[], Vec::as_slice)
    }
}

fn slice<'a, T>(all: &'a [T], range: &Range<u32>) -> &'a [T] {
    all.get(range.start as usize..range.end as usize).unwrap_or_default()
}
