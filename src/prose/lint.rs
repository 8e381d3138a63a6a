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

pub use repeated::{Known, Likeness, likeness};

/// Everything that can be seen to be wrong, in the order of the text. Depends on the setting and the text alone.
pub fn lint(setting: &Setting, text: &str) -> Vec<Remark> {
    let known = Known::of(setting);
    let read: Vec<_> = text.split('\n').map(|one| (one.len(), paragraph(setting, &known, one))).collect();
    let mut start = 0;
    let mut paragraphs = Vec::with_capacity(read.len());
    for (length, one) in &read {
        paragraphs.push((start, one));
        start += length + 1;
    }
    let mut remarks = whole(setting, text, &paragraphs);
    for (start, one) in paragraphs {
        remarks.extend(one.remarks.iter().cloned().map(|remark| remark.moved_by(start)));
    }
    remarks.sort_by_key(|remark| (remark.range.start, remark.topic));
    remarks.truncate(MOST);
    remarks
}

/// What is read in one paragraph by itself; places count from its start. Whoever keeps it until the paragraph changes
/// reads a long text at the pace of its paragraphs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// What can be seen to be wrong in it, whatever stands around it.
    pub remarks: Vec<Remark>,
    /// How it begins.
    opening: heading::Opening,
    /// The name that stands behind the number of a whole section.
    title: Option<titles::Title>,
    /// The items of lists in it.
    items: Vec<sequence::Item>,
    /// Its brackets and quotation marks.
    marks: Vec<pairs::Mark>,
    /// Whether it ends with a sentence.
    is_ended: bool,
    /// Which of the things that a section must say it says.
    said: missing::Said,
    /// Its sentences, where they are compared with those of last year.
    sentences: Vec<repeated::Sentence>,
}

/// A paragraph with the byte of the text at which it begins.
pub type Piece<'a> = (usize, &'a Paragraph);

/// Reads one paragraph, which has no line end.
pub fn paragraph(setting: &Setting, known: &Known, text: &str) -> Paragraph {
    let line = Line::new(0, text);
    let lines = std::slice::from_ref(&line);
    let mut remarks = Vec::new();
    hidden::check(lines, &mut remarks);
    document::check(setting, lines, &mut remarks);
    punctuation::check(lines, &mut remarks);
    words::check(lines, &mut remarks);
    date::check(setting, lines, &mut remarks);
    year::check(setting, lines, &mut remarks);
    unit::check(setting, lines, &mut remarks);
    sections::check(setting, lines, &mut remarks);
    let opening = heading::read(&line);
    Paragraph {
        remarks,
        title: titles::read(&line, &opening),
        opening,
        items: sequence::read(&line),
        marks: pairs::read(&line),
        is_ended: pairs::is_ended(&line),
        said: missing::read(setting, text),
        sentences: repeated::read(known, text),
    }
}

/// What can be seen only in the text as a whole, which has these paragraphs. Takes no longer for a text with more
/// words, only for one with more headings, brackets and the like.
pub fn whole(setting: &Setting, text: &str, paragraphs: &[Piece]) -> Vec<Remark> {
    let mut remarks = Vec::new();
    heading::check(setting, paragraphs, &mut remarks);
    titles::check(setting, paragraphs, &mut remarks);
    sequence::check(paragraphs, &mut remarks);
    pairs::check(text, paragraphs, &mut remarks);
    missing::check(setting, paragraphs, &mut remarks);
    repeated::check(setting, paragraphs, &mut remarks);
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
