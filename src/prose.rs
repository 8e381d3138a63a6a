//! The prose of a report: figures in it, what they should equal, live figures, and proof-reading.
//!
//! Reads text and gives remarks with their place. Knows the form, and figures only through [`Values`].

pub mod claims;
pub mod clean;
pub mod lint;
pub mod live;
pub mod numerals;
pub mod remark;

use crate::form::Form;
use crate::model::{CellId, TextId};

pub use remark::{Fix, Remark, Topic};

/// What one text is checked against, besides the figures.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The form.
    pub form: &'a Form,
    /// The text.
    pub text: TextId,
    /// The report year; none while it is not filled in.
    pub year: Option<i64>,
    /// Name of the reporting unit; empty while it is not filled in.
    pub unit: &'a str,
    /// The same text of last year's report, if that is at hand.
    pub last_year: Option<&'a str>,
}

/// The figures of a report.
pub trait Values {
    /// What a cell or a total amounts to, in units of its precision. None while nothing is filled in, or if it can
    /// not be computed.
    fn cell(&self, cell: CellId) -> Option<i64>;

    /// The same, but none while any part of it is blank: what a total comes to is not known before.
    fn whole(&self, cell: CellId) -> Option<i64> {
        self.cell(cell)
    }

    /// The same of last year's report. None if that is not at hand.
    fn last_year(&self, cell: CellId) -> Option<i64>;

    /// The same, but none while any part of it is blank.
    fn whole_last_year(&self, cell: CellId) -> Option<i64> {
        self.last_year(cell)
    }
}
