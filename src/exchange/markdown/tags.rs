//! What of html stands in marked-up text: comments, tables, elements in a line.

use std::borrow::Cow;

use super::PROPERTY;
use crate::exchange::{At, Lost};
use crate::model::visible::{excerpt, visible};

/// Comments that are noted one by one.
const NOTES: usize = 100;

/// Elements that stand in lines and cells. What looks like a tag but is none of these are words.
const ELEMENTS: [&str; 52] = [
    "a",
    "abbr",
    "article",
    "b",
    "big",
    "blockquote",
    "caption",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "input",
    "ins",
    "kbd",
    "li",
    "main",
    "mark",
    "o:p",
    "ol",
    "p",
    "q",
    "ruby",
    "s",
    "section",
    "select",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "u",
    "ul",
];

/// The text without its comments, whose lines stay, and notes on those that hold words. A comment without end is words.
pub(super) fn without_comments(text: &str) -> (Cow<'_, str>, Vec<Lost>) {
    const BEGIN: &str = "<!--";
    const END: &str = "-->";
    let mut kept = String::new();
    let (mut lost, mut unnoted) = (Vec::new(), 0_usize);
    let (mut from, mut at, mut line) = (0, 0, 1);
    while let Some(begin) = text.get(at..).and_then(|rest| rest.find(BEGIN)).map(|found| at + found) {
        let rest = text.get(begin..).unwrap_or_default();
        if rest.starts_with(PROPERTY) || is_escaped(text, begin) {
            at = begin + BEGIN.len();
            continue;
        }
        let Some(length) = rest.find(END).map(|end| end + END.len()) else { break };
        let before = text.get(from..begin).unwrap_or_default();
        let comment = rest.get(..length).unwrap_or_default();
        kept.push_str(before);
        line += before.matches('\n').count();
        let words: String = comment.split(['<', '!', '-', '>']).collect();
        if lost.len() >= NOTES {
            unnoted += 1;
        } else if !words.trim().is_empty() {
            let what = format!("注释“{}”", visible(&excerpt(words.trim(), 20)));
            lost.push(Lost { at: At::Line(line), what });
        }
        let lines = comment.matches('\n').count();
        kept.extend(std::iter::repeat_n('\n', lines));
        line += lines;
        at = begin + length;
        from = at;
    }
    if unnoted > 0 {
        lost.push(Lost { at: At::Unknown, what: format!("另有{unnoted}处注释") });
    }
    if from == 0 {
        return (Cow::Borrowed(text), lost);
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    (Cow::Owned(kept), lost)
}

/// Whether a table begins in the line.
pub(super) fn begins_table(line: &str) -> bool {
    tags(line).any(|name| name.eq_ignore_ascii_case("table"))
}

/// Whether there are elements in the line that a web page would not show as words.
pub(super) fn has_tags(line: &str) -> bool {
    tags(line).any(|name| ELEMENTS.iter().any(|known| name.eq_ignore_ascii_case(known)))
}

/// The text for a reader of html, to which a stroke in front of a sign says nothing.
pub(super) fn with_entities(text: &str) -> String {
    text.replace("\\<", "&lt;").replace("\\&", "&amp;")
}

/// The names of what looks like the tags of elements.
fn tags(line: &str) -> impl Iterator<Item = &str> {
    line.match_indices('<').filter(|(at, _)| !is_escaped(line, *at)).filter_map(|(at, _)| {
        let rest = line.get(at + 1..)?;
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == ':';
        let end = rest.char_indices().take(20).find(|(_, c)| !is_name(*c));
        let (length, after) = end?;
        (after.is_whitespace() || matches!(after, '>' | '/')).then(|| rest.get(..length)).flatten()
    })
}

/// Whether a stroke in front of a place says that no mark begins there.
fn is_escaped(text: &str, at: usize) -> bool {
    const MOST: usize = 100;
    let before = text.as_bytes().get(..at).unwrap_or_default();
    before.iter().rev().take(MOST).take_while(|b| **b == b'\\').count() % 2 == 1
}
