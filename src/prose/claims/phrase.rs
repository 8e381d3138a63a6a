//! Phrases against text: words in order with fillers between them.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::form::wording::Wording;

/// The most characters that a phrase with its fillers is looked for in.
const REACH: usize = 80;

/// Where the steps of a phrase begin that end, but for words of the tail, at the end of `text`; the earliest such
/// place, and the place where their last word ends.
///
/// `ends` are what [`ends`] says of the text.
pub(super) fn before(
    text: &str,
    ends: &BTreeSet<usize>,
    steps: &[Vec<String>],
    wording: &Wording,
) -> Option<(usize, usize)> {
    let mut ends = Cow::Borrowed(ends);
    let mut last = None;
    for (index, step) in steps.iter().rev().enumerate() {
        let (mut begins, mut longest) = (BTreeSet::new(), None);
        for end in ends.iter() {
            for word in step {
                if text.get(..*end).is_some_and(|left| ends_with(left, word)) {
                    begins.insert(end - word.len());
                    longest = longest.max(Some(*end));
                }
            }
        }
        if begins.is_empty() {
            return None;
        }
        last = last.or(longest);
        let more = index + 1 < steps.len();
        ends = Cow::Owned(if more {
            closed(text, begins, &wording.between, Direction::Back, floor(text))
        } else {
            begins
        });
    }
    Some((ends.first().copied()?, last?))
}

/// Where words may end that are followed, but for words of the tail, by the end of `text`.
pub(super) fn ends(text: &str, wording: &Wording) -> BTreeSet<usize> {
    closed(text, BTreeSet::from([text.len()]), &wording.tail, Direction::Back, floor(text))
}

/// Where the steps of a phrase end that begin, but for fillers, at the start of `text`; the farthest such place.
pub(super) fn after(
    text: &str,
    begins: &BTreeSet<usize>,
    steps: &[Vec<String>],
    wording: &Wording,
) -> Option<usize> {
    let mut begins = Cow::Borrowed(begins);
    for (index, step) in steps.iter().enumerate() {
        let mut ends = BTreeSet::new();
        for begin in begins.iter() {
            for word in step {
                if text.get(*begin..).is_some_and(|right| starts_with(right, word)) {
                    ends.insert(begin + word.len());
                }
            }
        }
        if ends.is_empty() {
            return None;
        }
        let more = index + 1 < steps.len();
        begins = Cow::Owned(if more {
            closed(text, ends, &wording.between, Direction::On, ceiling(text))
        } else {
            ends
        });
    }
    begins.last().copied()
}

/// Where words may begin that follow, but for fillers, the start of `text`.
pub(super) fn begins(text: &str, wording: &Wording) -> BTreeSet<usize> {
    closed(text, BTreeSet::from([0]), &wording.between, Direction::On, ceiling(text))
}

/// Whether a text is nothing but fillers, years and words for the whole of the reporting area.
pub(super) fn is_filler(text: &str, wording: &Wording) -> bool {
    strip(text, &[&wording.between, &wording.tail]).is_empty()
}

/// A text without the years, the words for the whole area and the words of the tail at its end.
pub(super) fn strip_back<'t>(text: &'t str, wording: &Wording) -> &'t str {
    strip(text, &[&wording.tail])
}

fn strip<'t>(text: &'t str, fillers: &[&[String]]) -> &'t str {
    let mut rest = text.trim_end();
    loop {
        let words = fillers.iter().flat_map(|fillers| fillers.iter()).map(String::as_str).chain(WHOLE);
        let shorter = words
            .filter_map(|word| ends_with(rest, word).then(|| rest.strip_suffix(word))?)
            .min_by_key(|rest| rest.len());
        let shorter = shorter.or_else(|| {
            let digits = rest.strip_suffix('年')?.trim_end();
            let without = digits.trim_end_matches(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
            (without.len() < digits.len()).then_some(without)
        });
        match shorter {
            Some(shorter) => rest = shorter.trim_end(),
            None => return rest,
        }
    }
}

/// Words for the whole of what a report covers.
const WHOLE: [&str; 20] = [
    "全县",
    "全市",
    "全区",
    "全镇",
    "全乡",
    "全省",
    "全局",
    "全委",
    "我县",
    "我市",
    "我区",
    "我镇",
    "我乡",
    "我省",
    "我局",
    "我委",
    "我办",
    "我街道",
    "我单位",
    "，",
];

fn ceiling(text: &str) -> usize {
    text.char_indices().nth(REACH).map_or(text.len(), |(at, _)| at)
}

/// Whether a text begins with a word. Most that are asked for do not, which their last byte tells at once: it differs
/// more than the first ones, which many Chinese characters share.
pub(super) fn starts_with(text: &str, word: &str) -> bool {
    let last = |end: usize| end.checked_sub(1).and_then(|last| text.as_bytes().get(last));
    last(word.len()) == word.as_bytes().last() && text.starts_with(word)
}

/// Whether a text ends with a word; the same for its end.
fn ends_with(text: &str, word: &str) -> bool {
    (word.is_empty() || text.as_bytes().last() == word.as_bytes().last()) && text.ends_with(word)
}

fn floor(text: &str) -> usize {
    text.char_indices().rev().nth(REACH).map_or(0, |(at, _)| at)
}

#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Back,
    On,
}

/// All places that are reached from some by passing over fillers and blanks.
fn closed(
    text: &str,
    from: BTreeSet<usize>,
    fillers: &[String],
    direction: Direction,
    limit: usize,
) -> BTreeSet<usize> {
    let mut open: Vec<usize> = from.iter().copied().collect();
    let mut reached = from;
    while let Some(at) = open.pop() {
        let mut reach = |place: usize| {
            let within = if direction == Direction::Back { place >= limit } else { place <= limit };
            if within && reached.insert(place) {
                open.push(place);
            }
        };
        let rest = match direction {
            Direction::Back => text.get(..at),
            Direction::On => text.get(at..),
        };
        let Some(rest) = rest else { continue };
        for filler in fillers.iter().map(String::as_str).chain([" ", "\u{3000}", "\u{a0}"]) {
            match direction {
                Direction::Back if ends_with(rest, filler) => reach(at - filler.len()),
                Direction::On if starts_with(rest, filler) => reach(at + filler.len()),
                _ => {}
            }
        }
    }
    reached
}
