//! Sentences that stood in last year's report as well.

use std::collections::HashSet;
use std::ops::Range;

use super::chinese::{digit, is_han};
use super::remark;
use crate::prose::{Remark, Setting, Topic};

/// How much of a text stood in last year's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Likeness {
    /// Sentences that are equal but for years, and their characters.
    pub equal: (usize, usize),
    /// Sentences in all, and their characters. Headings and very short sentences are not counted.
    pub all: (usize, usize),
}

impl Likeness {
    /// The share of equal characters in percent, rounded down.
    pub fn percent(self) -> usize {
        (self.equal.1 * 100).checked_div(self.all.1).unwrap_or(0)
    }
}

/// How much of `text` stood in `last_year`.
pub fn likeness(text: &str, last_year: &str) -> Likeness {
    let known: HashSet<String> = sentences(last_year).into_iter().map(|sentence| sentence.plain).collect();
    let mut likeness = Likeness { equal: (0, 0), all: (0, 0) };
    for sentence in sentences(text) {
        likeness.all = (likeness.all.0 + 1, likeness.all.1 + sentence.letters);
        if known.contains(&sentence.plain) {
            likeness.equal = (likeness.equal.0 + 1, likeness.equal.1 + sentence.letters);
        }
    }
    likeness
}

/// Characters of Chinese below which a sentence is too short to be anybody's own: 无其他需要报告的事项。
const SHORTEST: usize = 10;
/// What makes a run long: sentences and characters.
const LONG: (usize, usize) = (4, 120);
/// The share of equal characters from which the whole text is told of, in percent.
const MOST: usize = 60;

pub(super) fn check(setting: &Setting, text: &str, remarks: &mut Vec<Remark>) {
    let Some(last_year) = setting.last_year else { return };
    let hint = "内容雷同可能被责令重写，请按本年情况改写。";
    let whole = likeness(text, last_year);
    let is_long = whole.equal.0 >= LONG.0 && whole.equal.1 >= LONG.1;
    if is_long && whole.percent() >= MOST {
        let message = format!(
            "本部分 {} 句中有 {} 句与上年报告相同（占 {}%）。",
            whole.all.0,
            whole.equal.0,
            whole.percent()
        );
        remarks.push(remark(Topic::Repeated, 0..0, message, hint, None));
        return;
    }
    let known: HashSet<String> = sentences(last_year).into_iter().map(|sentence| sentence.plain).collect();
    let found = sentences(text);
    for run in found.chunk_by(|a, b| known.contains(&a.plain) == known.contains(&b.plain)) {
        let letters: usize = run.iter().map(|sentence| sentence.letters).sum();
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        if known.contains(&first.plain) && run.len() >= LONG.0 && letters >= LONG.1 {
            let message = format!("从这里起连续 {} 句、{letters} 字与上年报告相同。", run.len());
            remarks.push(remark(Topic::Repeated, first.range.start..last.range.end, message, hint, None));
        }
    }
}

struct Sentence {
    range: Range<usize>,
    /// Without blanks, and with every year the same.
    plain: String,
    /// Chinese characters.
    letters: usize,
}

fn sentences(text: &str) -> Vec<Sentence> {
    let mut start = 0;
    text.split_inclusive(['。', '！', '？', '；', '\n'])
        .filter_map(|piece| {
            let range = start..start + piece.len();
            start = range.end;
            let letters = piece.chars().filter(|c| is_han(*c)).count();
            (letters >= SHORTEST).then(|| Sentence { range, plain: plain(piece), letters })
        })
        .collect()
}

fn plain(piece: &str) -> String {
    let chars: Vec<char> = piece.chars().filter(|c| !c.is_whitespace()).collect();
    let mut plain = String::with_capacity(piece.len());
    let mut at = 0;
    while let Some(c) = chars.get(at) {
        let is_year = chars.get(at..at + 5).is_some_and(
            |five| matches!(five, [a, b, c, d, '年'] if [a, b, c, d].iter().all(|c| digit(**c).is_some())),
        );
        if is_year {
            plain.push('年');
            at += 5;
        } else {
            plain.push(*c);
            at += 1;
        }
    }
    plain
}
