//! What the figures of a text claim about the tables, and whether it is so.
//!
//! [`read`] does all that depends on the text alone: which figure stands for which quantity of the form, which is a
//! share or a growth of it, which are the parts of a whole. [`Claims::check`] compares that with the figures of the
//! report and is fast enough for every keystroke. The form knows the words; nothing here knows a row.
//!
//! A figure is bound within its clause only, and rather not at all than wrongly: a clerk who was misled once does
//! not look at the next remark.

mod across;
mod expected;
mod matched;
mod parts;
mod phrase;
mod reader;
mod shares;
mod topics;
mod verdict;

use std::ops::Range;

use super::numerals::{Decimal, Style, Unit};
use super::{Remark, Setting, Values};
use crate::form::Form;

pub use across::across;
pub use expected::expected;
pub use matched::Match;

/// What a text claims.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claims {
    /// Figures that stand for a quantity, in the order of the text.
    pub found: Vec<Claim>,
    /// Percentages of a total.
    shares: Vec<Share>,
    /// Growth against last year.
    growths: Vec<Growth>,
    /// Words which say that nothing is left.
    done: Vec<Said>,
    /// Parts that do not add up: known from the text alone.
    parts: Vec<Remark>,
}

/// A figure that stands for a quantity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The quantity, as an index into those of the form.
    pub quantity: usize,
    /// The words and the figure with its unit, in bytes of the text.
    pub range: Range<usize>,
    /// The figure alone; none where words say that there is none.
    pub figure: Option<Range<usize>>,
    /// What it is said to be.
    pub value: Decimal,
    /// The unit it is said in.
    pub unit: Option<Unit>,
    style: Style,
    /// Words and figure as they stand.
    words: String,
    /// The words of the phrase, which tell two ways to tell the same quantity apart.
    told_as: String,
    /// Whose quantity it is, as far as the clause says; empty if it does not.
    whose: String,
    /// Whether it is told as a part of something.
    is_part: bool,
    /// Which sentence of the text.
    sentence: usize,
}

/// A percentage of a total.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Share {
    /// The claim of which it tells the share, as an index.
    claim: usize,
    percent: Percent,
    /// Other figures that it may be a share of, by what the sentence says.
    wholes: Vec<i64>,
}

/// A percentage in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Percent {
    range: Range<usize>,
    /// Without the sign.
    digits: Range<usize>,
    value: Decimal,
}

/// Growth against last year.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Growth {
    /// The quantity that grew.
    quantity: usize,
    /// The claim that tells it, as an index.
    claim: Option<usize>,
    by: By,
    range: Range<usize>,
    falls: bool,
}

/// By how much something grew.
#[derive(Debug, Clone, PartialEq, Eq)]
enum By {
    Percent(Percent),
    Count(i64),
}

/// Words which say that nothing is left, as an index into those of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Said {
    done: usize,
    range: Range<usize>,
    words: String,
}

/// Reads what a text claims.
pub fn read(setting: &Setting<'_>, text: &str) -> Claims {
    reader::Reader::new(setting, text).claims()
}

impl Claims {
    /// Compares the claims with the figures of the report, in the order of the text. What depends on blank cells is
    /// left alone. All remarks are 核实: prose is never read with certainty.
    pub fn check(&self, form: &Form, values: &dyn Values) -> Vec<Remark> {
        let mut remarks = verdict::Verdict { form, values, claims: self }.remarks();
        remarks.extend(self.parts.iter().cloned());
        remarks.sort_by_key(|remark| (remark.range.start, remark.topic));
        remarks
    }

    /// What the claim that this piece of the text touches agrees with, in each of the ways in which it may be meant; of
    /// several claims, the one that begins last. Nothing where it does not agree, or no figure is claimed.
    pub fn matches(&self, form: &Form, values: &dyn Values, piece: &Range<usize>) -> Vec<Match> {
        verdict::Verdict { form, values, claims: self }.matches(piece)
    }
}

#[cfg(test)]
mod tests;
