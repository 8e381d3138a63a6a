//! The rule language: text to syntax tree. Nothing is resolved here.
//!
//! ```text
//! rule      = { "for each" NAME "in" domain [ "except" "(" NAME { "," NAME } ")" ] { "," … } ":" } [ "when" test ":" ] test
//! domain    = ( "rows" | "columns" | "inputs" | "facts" | "texts" ) "(" ( NAME { "," NAME } | "*" ) ")"
//! test      = conjunction { "or" conjunction }
//! conjunction = negation { "and" negation }
//! negation  = [ "not" ] ( "(" test ")" | predicate "(" item ")" | sum comparison sum [ "within" NUMBER ] )
//! predicate = "filled" | "valid" | "whole"
//! sum       = term { ( "+" | "-" ) term }
//! term      = NUMBER | "sum" "(" cells ")" | cells | "cover" "." NAME [ "." NAME ]
//! cells     = "$" NAME | NAME "." part "." part
//! part      = NAME | "$" NAME | "*" | NAME ".." NAME
//! item      = cells | "cover" "." NAME | "text" "." NAME
//! ```
//!
//! `requests.granted..denied_query.$c` are the cells of the rows from `granted` to `denied_query` in column
//! `$c`. Parsing never panics and stops at the first mistake of a rule; a form has many short rules, and each
//! is parsed on its own.

mod lex;
mod parse;

pub use parse::{parse, parse_sum};

use std::ops::Range;

/// A mistake in the text of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong and what was expected.
    pub message: String,
    /// Bytes of the rule.
    pub span: Range<usize>,
}

/// A name with its place in the rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name.
    pub text: String,
    /// Bytes of the rule.
    pub span: Range<usize>,
}

/// A whole rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleText {
    /// `for each`, from the outside in.
    pub binders: Vec<Binder>,
    /// The condition under which the rule applies.
    pub when: Option<Test>,
    /// What must hold.
    pub test: Test,
}

/// One `for each`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binder {
    /// The variable, without `$`.
    pub variable: Name,
    /// What it runs over.
    pub domain: Domain,
    /// Tables whose rows, columns or inputs are meant, or facts or sections; empty for all.
    pub names: Vec<Name>,
    /// Rows or columns left out.
    pub except: Vec<Name>,
}

/// What a variable runs over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Domain {
    /// The rows of a table.
    Rows,
    /// The columns of a table.
    Columns,
    /// The cells that a person enters.
    Inputs,
    /// Facts of the cover.
    Facts,
    /// Texts of sections.
    Texts,
}

/// Something that holds or does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// Both hold.
    And(Box<Test>, Box<Test>),
    /// At least one holds.
    Or(Box<Test>, Box<Test>),
    /// It does not hold.
    Not(Box<Test>),
    /// Two sums compare as stated, with a tolerance.
    Compare {
        /// Left side.
        left: Vec<Term>,
        /// The relation.
        operator: Operator,
        /// Right side.
        right: Vec<Term>,
        /// How far the two sides may be apart, in text as written.
        within: Option<Name>,
        /// Bytes of the rule.
        span: Range<usize>,
    },
    /// A property of cells, of a fact or of a text.
    Is(Predicate, Item),
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `=`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

/// A property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Predicate {
    /// Something was entered.
    Filled,
    /// What was entered is a number that the cell may hold. A blank is valid.
    Valid,
    /// The number has no decimals.
    Whole,
}

/// What a predicate speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// Cells.
    Cells(Cells),
    /// A fact of the cover.
    Fact(Name),
    /// The text of a section.
    Text(Name),
}

/// One addend with its sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Whether it is subtracted.
    pub negative: bool,
    /// What is added or subtracted.
    pub value: Value,
}

/// The value of an addend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A number as written.
    Number(Name),
    /// The sum of cells; a single cell is the sum of itself.
    Sum(Cells),
    /// A year of the cover, or a number that belongs to the chosen option.
    Fact {
        /// The fact.
        fact: Name,
        /// The number of the option.
        value: Option<Name>,
    },
}

/// Cells, by variable or by table, rows and columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cells {
    /// The cell a variable stands for; in a predicate also a fact or a text.
    Variable(Name),
    /// Rows and columns of a table.
    Block {
        /// The table.
        table: Name,
        /// Its rows.
        rows: Part,
        /// Its columns.
        columns: Part,
        /// Whether it was written inside `sum( )` or a predicate, where many cells are welcome.
        many: bool,
        /// Bytes of the rule.
        span: Range<usize>,
    },
}

/// Rows or columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// One of them.
    One(Name),
    /// The one a variable stands for.
    Variable(Name),
    /// From one to another, in the order of the form.
    Range(Name, Name),
    /// All of them.
    All,
}
