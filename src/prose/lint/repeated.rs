//! Sentences that stood in last year's report as well.

use std::collections::HashSet;
use std::ops::Range;

use super::chinese::{digit, is_han};
use super::{Piece, remark};
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

/// The sentences of last year's text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// None if there is no such text.
    sentences: Option<HashSet<String>>,
}

impl Known {
    /// The sentences of the text that a text is compared with.
    pub fn of(setting: &Setting) -> Self {
        let plain = |text| sentences(text).into_iter().map(|sentence| sentence.plain).collect();
        Self { sentences: setting.last_year.map(plain) }
    }
}

/// A sentence of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sentence {
    /// Where it stands, in bytes of the paragraph.
    range: Range<usize>,
    /// Chinese characters.
    letters: usize,
    /// Whether it stood in last year's text.
    is_known: bool,
}

/// The sentences of a paragraph; none if there is nothing to compare them with.
pub(super) fn read(known: &Known, text: &str) -> Vec<Sentence> {
    let Some(known) = &known.sentences else { return Vec::new() };
    let sentence = |Compared { range, plain, letters }| {
        let is_known = known.contains(&plain);
        Sentence { range, letters, is_known }
    };
    sentences(text).into_iter().map(sentence).collect()
}

pub(super) fn check(setting: &Setting, paragraphs: &[Piece], remarks: &mut Vec<Remark>) {
    if setting.last_year.is_none() {
        return;
    }
    let hint = "内容雷同可能被责令重写，请按本年情况改写。";
    let found: Vec<(usize, &Sentence)> = paragraphs
        .iter()
        .flat_map(|(start, paragraph)| paragraph.sentences.iter().map(|sentence| (*start, sentence)))
        .collect();
    let count = |sentences: &mut dyn Iterator<Item = &(usize, &Sentence)>| {
        sentences.fold((0, 0), |(count, letters), (_, sentence)| (count + 1, letters + sentence.letters))
    };
    let equal = count(&mut found.iter().filter(|(_, sentence)| sentence.is_known));
    let whole = Likeness { equal, all: count(&mut found.iter()) };
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
    for run in found.chunk_by(|(_, a), (_, b)| a.is_known == b.is_known) {
        let letters: usize = run.iter().map(|(_, sentence)| sentence.letters).sum();
        let (Some((start, first)), Some((end, last))) = (run.first(), run.last()) else { continue };
        if first.is_known && run.len() >= LONG.0 && letters >= LONG.1 {
            let message = format!("从这里起连续 {} 句、{letters} 字与上年报告相同。", run.len());
            let range = start + first.range.start..end + last.range.end;
            remarks.push(remark(Topic::Repeated, range, message, hint, None));
        }
    }
}

/// A sentence as it is compared.
struct Compared {
    range: Range<usize>,
    /// Without blanks, and with every year the same.
    plain: String,
    /// Chinese characters.
    letters: usize,
}

fn sentences(text: &str) -> Vec<Compared> {
    let mut start = 0;
    text.split_inclusive(['。', '！', '？', '；', '\n'])
        .filter_map(|piece| {
            let range = start..start + piece.len();
            start = range.end;
            let letters = piece.chars().filter(|c| is_han(*c)).count();
            (letters >= SHORTEST).then(|| Compared { range, plain: plain(piece), letters })
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
