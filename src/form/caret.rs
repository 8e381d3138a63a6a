//! A message with the line of the file that it is about, and a mark under the place.
//!
//! The frame is ASCII, since box drawing is wide in some Chinese terminals. Quotes such as “ count one column,
//! as ratatui has it; where a terminal draws them two wide, the mark stands that much too far to the left.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::outline::{Position, floor_boundary};
use crate::model::visible;

/// Columns of the widest line of source that is printed, frame included.
pub const MAX_COLUMNS: usize = 100;

/// A text and the name by which people know it.
#[derive(Debug, Clone)]
pub struct Source<'t> {
    /// The path as it was given, or what else names the text.
    pub name: String,
    /// The whole text; all spans are bytes of it.
    pub text: &'t str,
}

impl Source<'_> {
    /// The message with its place, the line and a mark under `span`, then the hint; lines end in `\n`.
    ///
    /// A span that goes over several lines is marked on the first, an empty one gets a `^`, and one beyond the
    /// text stands at its end. Control characters, also in the message, are shown as `<U+001B>`.
    pub fn render(&self, span: Range<usize>, message: &str, hint: Option<&str>) -> String {
        let start = floor_boundary(self.text, span.start);
        let end = floor_boundary(self.text, span.end).max(start);
        let Position { line, column } = Position::at(self.text, start);
        let number = format!("{line:>5}");
        let margin = " ".repeat(number.len());
        let (shown, mark) = excerpt(self.text, start..end, MAX_COLUMNS - number.len() - 3);
        let mut block = format!(
            "{} 第 {line} 行第 {column} 列：{}\n{number} | {shown}\n{margin} | {mark}\n",
            visible(&self.name),
            visible(message),
        );
        if let Some(hint) = hint {
            block.push_str("  提示：");
            block.push_str(&visible(hint));
            block.push('\n');
        }
        block
    }
}

/// The candidate that is most like `name`, if one is like enough that it may be a slip: at most a third of the
/// characters inserted, left out, replaced or swapped. Of equals the first.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name: Vec<char> = name.chars().take(MAX_NAME + 1).collect();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let other: Vec<char> = candidate.chars().take(MAX_NAME + 1).collect();
        let longer = name.len().max(other.len());
        if longer > MAX_NAME {
            continue;
        }
        let distance = edit_distance(&name, &other);
        let close_enough = distance <= (longer / 3).max(1) && distance < name.len().min(other.len());
        if close_enough && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Longest name, in characters, for which a likeness is sought.
const MAX_NAME: usize = 80;
/// Bytes to either side of the place that are looked at; more than fits in [`MAX_COLUMNS`].
const REACH: usize = 1000;
const CUT: &str = "...";

/// One character as people see it.
struct Glyph {
    at: usize,
    shown: String,
    width: usize,
}

/// The part of the line around `span` that fits in `columns`, and the mark to print under it.
fn excerpt(text: &str, span: Range<usize>, columns: usize) -> (String, String) {
    let line_start = text.get(..span.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let line_end =
        text.get(span.start..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| span.start + at);
    let from = floor_boundary(text, span.start.saturating_sub(REACH)).max(line_start);
    let to = floor_boundary(text, span.start + REACH).min(line_end);
    let part = text.get(from..to).unwrap_or_default();
    let part = part.strip_suffix('\r').unwrap_or(part);

    let glyphs: Vec<Glyph> =
        part.grapheme_indices(true).map(|(at, glyph)| Glyph::new(from + at, glyph)).collect();
    let total: usize = glyphs.iter().map(|glyph| glyph.width).sum();
    let before: usize =
        glyphs.iter().take_while(|glyph| glyph.at < span.start).map(|glyph| glyph.width).sum();
    let fits = from == line_start && to == line_end && total <= columns;
    // A third of the window before the place shows where one is, the rest what is wrong there.
    let skip = if fits || before <= columns / 3 { 0 } else { before - columns / 3 };
    let cut_left = skip > 0 || from > line_start;

    let mut shown = String::from(if cut_left { CUT } else { "" });
    let mut mark = " ".repeat(shown.len());
    let mut used = shown.len();
    let mut passed = 0;
    for glyph in &glyphs {
        passed += glyph.width;
        if passed - glyph.width < skip {
            continue;
        }
        if !fits && used + glyph.width + CUT.len() > columns {
            shown.push_str(CUT);
            break;
        }
        used += glyph.width;
        shown.push_str(&glyph.shown);
        if glyph.at < span.start {
            mark.push_str(&" ".repeat(glyph.width));
        } else if glyph.at < span.end {
            mark.push_str(&"~".repeat(glyph.width));
        }
    }
    if !mark.ends_with('~') {
        mark.push('^');
    }
    (shown, mark)
}

impl Glyph {
    fn new(at: usize, glyph: &str) -> Self {
        let shown = visible(glyph).into_owned();
        Self { at, width: shown.width(), shown }
    }
}

/// Insertions, omissions, replacements and swaps of neighbours that lead from one name to the other.
fn edit_distance(from: &[char], to: &[char]) -> usize {
    let mut before_last = vec![0; to.len() + 1];
    let mut last: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in to.iter().enumerate() {
            let step = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX - 1);
            let mut cost =
                (step(&last, j) + usize::from(a != b)).min(step(&last, j + 1) + 1).min(step(&row, j) + 1);
            let swapped = i > 0 && j > 0 && from.get(i - 1) == Some(b) && to.get(j - 1) == Some(a);
            if swapped {
                cost = cost.min(step(&before_last, j - 1) + 1);
            }
            row.push(cost);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(from.len())
}

#[cfg(test)]
mod tests;
