//! Proof-reading: what can be seen to be wrong in a text without its figures.
//!
//! Every rule would rather be silent than wrong: a clerk who is told of three faults that are none stops reading.

mod chinese;
mod date;
mod document;
mod edit;
mod heading;
mod hidden;
mod line;
mod missing;
mod pairs;
mod punctuation;
mod repeated;
mod sections;
mod sequence;
mod shield;
#[cfg(test)]
mod tests;
mod titles;
mod unit;
mod words;
mod year;

use std::ops::Range;

use super::{Fix, Remark, Setting, Topic};
use crate::form::Severity;
use line::Line;

pub use repeated::{Likeness, likeness};

/// Everything that can be seen to be wrong, in the order of the text. Depends on the setting and the text alone.
pub fn lint(setting: &Setting, text: &str) -> Vec<Remark> {
    let mut remarks = whole(setting, text);
    let mut start = 0;
    for one in text.split('\n') {
        remarks.extend(paragraph(setting, one).into_iter().map(|remark| remark.moved_by(start)));
        start += one.len() + 1;
    }
    remarks.sort_by_key(|remark| (remark.range.start, remark.topic));
    remarks.truncate(MOST);
    remarks
}

/// What can be seen in one paragraph by itself. Whoever keeps it until the paragraph changes reads a long text at the
/// pace of its paragraphs.
pub fn paragraph(setting: &Setting, paragraph: &str) -> Vec<Remark> {
    let lines = Line::all(paragraph);
    let mut remarks = Vec::new();
    hidden::check(&lines, &mut remarks);
    document::check(setting, &lines, &mut remarks);
    punctuation::check(&lines, &mut remarks);
    words::check(&lines, &mut remarks);
    date::check(setting, &lines, &mut remarks);
    year::check(setting, &lines, &mut remarks);
    unit::check(setting, &lines, &mut remarks);
    remarks
}

/// What can be seen only in the text as a whole.
pub fn whole(setting: &Setting, text: &str) -> Vec<Remark> {
    let lines = Line::all(text);
    let mut remarks = Vec::new();
    heading::check(setting, &lines, &mut remarks);
    sequence::check(&lines, &mut remarks);
    pairs::check(text, &lines, &mut remarks);
    sections::check(setting, &lines, &mut remarks);
    titles::check(setting, &lines, &mut remarks);
    missing::check(setting, text, &mut remarks);
    repeated::check(setting, text, &mut remarks);
    remarks
}

/// Nobody reads more remarks about one text; a file full of brackets must not fill the memory.
const MOST: usize = 500;

/// A remark of proof-reading: always 核实, never about a cell.
fn remark(
    topic: Topic,
    range: Range<usize>,
    message: String,
    hint: &'static str,
    fix: Option<Fix>,
) -> Remark {
    Remark { topic, severity: Severity::Verify, range, message, hint, cells: Vec::new(), fix }
}

/// Replaces one piece.
fn replace(range: Range<usize>, with: &str) -> Fix {
    Fix { range, with: with.to_owned(), name: format!("改为“{with}”") }
}
