//! A text with the values of its live figures, and the way back.

use std::ops::Range;

use super::super::{Form, Values};
use super::read;
use crate::prose::Remark;

/// A text as it is read: with values in the place of live figures. Those without a value stay as written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Resolved {
    /// The text.
    pub text: String,
    figures: Vec<Figure>,
}

/// A live figure: where it stands as written and as shown, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Figure {
    written: Range<usize>,
    shown: Range<usize>,
}

/// Puts values in the place of live figures.
pub fn resolve(form: &Form, text: &str, values: &dyn Values) -> Resolved {
    let mut resolved = Resolved::default();
    let mut done = 0;
    for live in read(form, text) {
        let Ok(value) = live.value(values) else { continue };
        resolved.text.push_str(text.get(done..live.range.start).unwrap_or_default());
        let start = resolved.text.len();
        resolved.text.push_str(&value);
        done = live.range.end;
        resolved.figures.push(Figure { written: live.range, shown: start..resolved.text.len() });
    }
    resolved.text.push_str(text.get(done..).unwrap_or_default());
    resolved
}

impl Resolved {
    /// Where a piece of the text as shown is written. A piece that touches a live figure takes in all of it.
    pub fn written(&self, shown: Range<usize>) -> Range<usize> {
        let pairs = || self.figures.iter().map(|figure| (&figure.shown, &figure.written));
        translated(shown, pairs)
    }

    /// Where a piece of the text as written is shown.
    pub fn shown(&self, written: Range<usize>) -> Range<usize> {
        let pairs = || self.figures.iter().map(|figure| (&figure.written, &figure.shown));
        translated(written, pairs)
    }

    /// Whether a piece of the text as shown has to do with a live figure.
    pub fn touches(&self, shown: &Range<usize>) -> bool {
        self.figures.iter().any(|figure| shown.start < figure.shown.end && figure.shown.start < shown.end)
    }

    /// A remark about the text as shown as one about the text as written. A fix that would write over a live figure is
    /// dropped: the cell is what has to change then.
    #[must_use]
    pub fn to_written(&self, mut remark: Remark) -> Remark {
        remark.range = self.written(remark.range);
        remark.fix = remark.fix.filter(|fix| !self.touches(&fix.range)).map(|mut fix| {
            fix.range = self.written(fix.range);
            fix
        });
        remark
    }
}

/// A range in the other of two texts, given the pieces in which they differ, in order.
fn translated<'a, I: Iterator<Item = (&'a Range<usize>, &'a Range<usize>)>>(
    range: Range<usize>,
    pieces: impl Fn() -> I,
) -> Range<usize> {
    let start = match last_before(pieces(), |from| from.start <= range.start) {
        Some((from, to)) if range.start < from.end => to.start,
        Some((from, to)) => range.start - from.end + to.end,
        None => range.start,
    };
    let end = match last_before(pieces(), |from| from.start < range.end) {
        Some((from, to)) if range.end <= from.end => to.end,
        Some((from, to)) => range.end - from.end + to.end,
        None => range.end,
    };
    // Of an empty range at the edge of a figure, one end may have been drawn in.
    if range.is_empty() && end < start { end..end } else { start..end.max(start) }
}

fn last_before<'a>(
    pieces: impl Iterator<Item = (&'a Range<usize>, &'a Range<usize>)>,
    is_before: impl Fn(&Range<usize>) -> bool,
) -> Option<(&'a Range<usize>, &'a Range<usize>)> {
    pieces.take_while(|(from, _)| is_before(from)).last()
}
