//! Live figures: `{{requests.received.total}}` in prose stands for what the cell holds.
//!
//! Sums, differences, quotients, percentages and growth against last year can be written as well; [`Formula`] has the
//! grammar. A report keeps them as written; they are shown and exported as their value, so they can not drift. A `{{`
//! that has no `}}` in its paragraph is a mistake; a single brace, or `}}` alone, is just text.

mod formula;
mod parse;
mod ratio;
mod resolve;
mod suggest;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::remark::{Fix, Remark, Topic};
use super::{Form, Values};
use crate::form::Severity;
use crate::form::caret::closest;
use crate::model::{Place, excerpt, visible};

pub use formula::{Formula, LiveError, ValueError};
pub use resolve::{Resolved, resolve};
pub use suggest::{PlainFigure, by_words, candidates, figure_at};

/// What a live figure begins with.
pub const OPENING: &str = "{{";
/// What it ends with.
pub const CLOSING: &str = "}}";

/// The most characters between the braces.
const LONGEST: usize = 1000;

/// A live figure in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Live {
    /// The figure with its braces, in bytes of the text; of one without an end, what has been written of it.
    pub range: Range<usize>,
    /// What it stands for, or why that can not be told.
    pub what: Result<Formula, LiveError>,
}

impl Live {
    /// What it amounts to, as shown.
    ///
    /// # Errors
    /// When it is malformed, or its cells give no value.
    pub fn value(&self, values: &dyn Values) -> Result<String, Fault<'_>> {
        self.what.as_ref().map_err(Fault::Malformed)?.value(values).map_err(Fault::NoValue)
    }
}

/// Why a live figure has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault<'a> {
    /// It is not written as it should be.
    Malformed(&'a LiveError),
    /// Its cells give none.
    NoValue(ValueError),
}

impl Fault<'_> {
    /// The reason for people, without a full stop.
    pub fn message(&self, form: &Form) -> String {
        match self {
            Self::Malformed(error) => error.to_string(),
            Self::NoValue(error) => error.message(form),
        }
    }
}

/// Whether there may be live figures in a text; a quick look, for every key.
pub fn may_have(text: &str) -> bool {
    text.contains('{')
}

/// The live figures of a text, from its start to its end.
pub fn read(form: &Form, text: &str) -> Vec<Live> {
    let mut found = Vec::new();
    if !may_have(text) {
        return found;
    }
    let mut from = 0;
    while let Some(opening) = text.get(from..).and_then(|rest| rest.find(OPENING)) {
        let start = from + opening;
        let inside = start + OPENING.len();
        let rest = text.get(inside..).unwrap_or_default();
        if rest.starts_with('{') {
            // Of three braces the last two open.
            from = start + 1;
            continue;
        }
        let end = rest.find(['{', '}', '\n']).unwrap_or(rest.len());
        let (content, after) = rest.split_at(end);
        let (range, what) = if after.starts_with(CLOSING) {
            let what = if content.chars().count() > LONGEST {
                Err(LiveError::TooLong)
            } else {
                parse::parse(form, content, inside)
            };
            (start..inside + end + CLOSING.len(), what)
        } else {
            (start..inside + written(content), Err(LiveError::Unclosed))
        };
        from = range.end;
        found.push(Live { range, what });
    }
    found
}

/// What is to be said about the live figures of a text: one remark for each that has no value.
pub fn check(form: &Form, text: &str, values: &dyn Values) -> Vec<Remark> {
    let figures = read(form, text);
    figures.iter().filter_map(|live| remark(form, text, live, &live.value(values).err()?)).collect()
}

/// What would mend a figure whose path is nearly right.
pub fn mend(form: &Form, live: &Live) -> Option<Fix> {
    let Err(LiveError::Unknown { path, range }) = &live.what else { return None };
    let meant = nearest(form, path)?;
    Some(Fix { range: range.clone(), name: format!("改为 {meant}"), with: meant })
}

fn remark(form: &Form, text: &str, live: &Live, fault: &Fault<'_>) -> Option<Remark> {
    let quoted = visible(&excerpt(text.get(live.range.clone())?, 60)).into_owned();
    let fix = mend(form, live);
    let guess = fix.as_ref().map_or("。".to_owned(), |Fix { with, .. }| {
        let name = form.place(with).map_or(String::new(), |place| form.name(place));
        format!("；是否为“{with}”（{name}）？")
    });
    let message = format!("活数“{quoted}”：{}{guess}", fault.message(form));
    let (severity, hint, cells) = match fault {
        Fault::Malformed(error) => (Severity::Mandatory, error.hint(), Vec::new()),
        Fault::NoValue(error) => {
            let cells = live.what.as_ref().map_or_else(|_| Vec::new(), Formula::cells);
            (Severity::Verify, error.hint(), cells)
        }
    };
    Some(Remark { topic: Topic::Live, severity, range: live.range.clone(), message, hint, cells, fix })
}

/// The path of a cell that is most like what was written, if one is like enough.
fn nearest(form: &Form, path: &str) -> Option<String> {
    let paths: Vec<String> = form.all_cells().map(|cell| form.path(Place::Cell(cell))).collect();
    closest(path, paths.iter().map(String::as_str)).map(str::to_owned)
}

/// How much of a figure without an end belongs to it: what could stand in a formula.
fn written(content: &str) -> usize {
    let belongs = |c: char| c.is_ascii_alphanumeric() || "_.+-/%() ".contains(c);
    let part = content.trim_start_matches(belongs);
    content.get(..content.len() - part.len()).map_or(0, |part| part.trim_end().len())
}
