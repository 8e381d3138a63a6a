//! Evaluation of a report against its form: one pass over a flat program, totals first, then rules.
//!
//! Everything is evaluated in full after every edit. There is no dependency graph, because a report has a few
//! hundred cells and the pass takes microseconds; see the benchmark `keystroke`. The pass never fails: a sum
//! that does not fit is a finding like any other.

pub mod date;
mod evaluate;
pub mod finding;
pub mod issue;
mod last_year;
mod proofread;
mod reason;
pub mod relation;

pub use evaluate::{CellState, Evaluation, Standing};
pub use finding::{Fault, Finding};
pub use issue::{Issue, Spot};
pub use last_year::LastYear;
pub use proofread::{Figures, Noted};
pub use relation::Relation;
