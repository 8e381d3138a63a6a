//! What a text is about at each place.

use std::ops::Range;

use super::phrase;
use crate::form::wording::Wording;
use crate::model::TextId;

/// What a text is about at some place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// Nothing that the form has a word for.
    Unknown,
    /// One topic.
    Topic(usize),
    /// Two topics in one breath: 行政复议和行政诉讼.
    Several,
}

/// Where a text brings up its topics.
pub(super) struct Topics {
    /// From each place on, in order.
    turns: Vec<(usize, About)>,
}

/// The longest heading, in characters.
const LONGEST_HEADING: usize = 32;

impl Topics {
    pub(super) fn of(text: &str, id: TextId, wording: &Wording) -> Self {
        let mut own = (0..).zip(&wording.topics).filter(|(_, topic)| topic.texts.contains(&id));
        let outset = match (own.next(), own.next()) {
            (Some((index, _)), None) => About::Topic(index),
            _ => About::Unknown,
        };
        let mut topics = Self { turns: Vec::new() };
        let mut inherited = outset;
        for paragraph in paragraphs(text) {
            topics.turns.push((paragraph.start, inherited));
            let words = text.get(paragraph.clone()).unwrap_or_default();
            let begun = topics.turns.len();
            topics.read(words, paragraph.start, wording);
            if is_heading(words) {
                let last = topics.turns.get(begun..).and_then(<[_]>::last);
                inherited = last.map_or(outset, |(_, about)| *about);
            }
        }
        topics
    }

    /// What the text is about in front of a place.
    pub(super) fn at(&self, place: usize) -> About {
        let next = self.turns.partition_point(|(at, _)| *at <= place);
        next.checked_sub(1).and_then(|last| self.turns.get(last)).map_or(About::Unknown, |(_, about)| *about)
    }

    /// Says that the text is about a topic from a place on, until it brings up another.
    pub(super) fn turn(&mut self, place: usize, topic: usize) {
        let next = self.turns.partition_point(|(at, _)| *at <= place);
        self.turns.insert(next, (place, About::Topic(topic)));
    }

    fn read(&mut self, paragraph: &str, start: usize, wording: &Wording) {
        let mut last: Option<(usize, usize)> = None;
        let mut at = 0;
        while let Some(rest) = paragraph.get(at..).filter(|rest| !rest.is_empty()) {
            let here = (0..)
                .zip(&wording.topics)
                .flat_map(|(index, topic)| topic.words.iter().map(move |word| (word, index)))
                .filter(|(word, _)| phrase::starts_with(rest, word))
                .max_by_key(|(word, _)| word.len());
            let Some((word, topic)) = here else {
                at += rest.chars().next().map_or(1, char::len_utf8);
                continue;
            };
            let end = at + word.len();
            let joined = last.is_some_and(|(before, other)| {
                other != topic && is_joined(paragraph.get(before..at).unwrap_or_default())
            });
            let about = if joined { About::Several } else { About::Topic(topic) };
            self.turns.push((start + end, about));
            last = Some((end, topic));
            at = end;
        }
    }
}

/// The paragraphs of a text.
pub(super) fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut found = Vec::new();
    for piece in text.split_inclusive('\n') {
        let end = start + piece.len();
        found.push(start..end - usize::from(piece.ends_with('\n')));
        start = end;
    }
    found
}

/// Whether two topics are named as one: nothing but a joint and a few words between them.
fn is_joined(between: &str) -> bool {
    between.chars().count() <= 6
        && ["、", "和", "及", "与", "或", "暨"].iter().any(|joint| between.contains(joint))
        && !between.contains(|c: char| c.is_ascii_digit() || matches!(c, '，' | '；' | '。' | '件'))
}

fn is_heading(paragraph: &str) -> bool {
    let words = paragraph.trim().trim_end_matches('。');
    let numbered = words.starts_with(|c: char| {
        c.is_ascii_digit()
            || matches!(c, '（' | '(' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
    });
    numbered && words.chars().count() <= LONGEST_HEADING && !words.contains(['。', '，', '；'])
}
