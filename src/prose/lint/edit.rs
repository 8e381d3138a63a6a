//! Replacements of a line, done until nothing is left to do.

use std::ops::Range;

use super::line::Line;
use crate::prose::Fix;

/// A piece of a text and what takes its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    /// The piece, in bytes of the text.
    pub range: Range<usize>,
    /// What takes its place.
    pub with: String,
}

/// How often a line is gone over: a replacement may lay two marks side by side, which is mended by the next round.
const ROUNDS: usize = 32;

/// The fix that does to a line all that `find` finds, again and again. None if nothing changes.
pub(super) fn settle(line: &Line, name: String, find: impl Fn(&Line) -> Vec<Edit>) -> Option<Fix> {
    let mut text = line.text.to_owned();
    for _ in 0..ROUNDS {
        let edits = find(&Line::new(0, &text));
        if edits.is_empty() {
            break;
        }
        text = applied(&text, &edits);
    }
    difference(line, &text, name)
}

/// A text with replacements made; they are in order and do not overlap.
pub(super) fn applied(text: &str, edits: &[Edit]) -> String {
    let mut done = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        if edit.range.start < at {
            continue;
        }
        done.push_str(text.get(at..edit.range.start).unwrap_or_default());
        done.push_str(&edit.with);
        at = edit.range.end;
    }
    done.push_str(text.get(at..).unwrap_or_default());
    done
}

/// The smallest replacement that makes one text of the other.
fn difference(line: &Line, new: &str, name: String) -> Option<Fix> {
    let old = line.text;
    if old == new {
        return None;
    }
    let head: usize =
        old.chars().zip(new.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let (old_rest, new_rest) = (old.get(head..)?, new.get(head..)?);
    let tail: usize = old_rest
        .chars()
        .rev()
        .zip(new_rest.chars().rev())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    let with = new_rest.get(..new_rest.len() - tail)?.to_owned();
    Some(Fix { range: line.start + head..line.end() - tail, with, name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_difference_is_the_fix() {
        let line = Line::new(10, "甲,乙,丙");
        let commas = |line: &Line| {
            let found = line.glyphs.iter().filter(|glyph| glyph.c == ',');
            found.map(|glyph| Edit { range: glyph.at..glyph.end(), with: "，".to_owned() }).collect()
        };
        let fix = settle(&line, String::new(), commas).unwrap();
        assert_eq!((fix.range, fix.with.as_str()), (13..18, "，乙，"));
        assert_eq!(settle(&line, String::new(), |_| Vec::new()), None);
    }
}
