//! Reading the number of a heading.

use std::ops::Range;

use super::super::chinese;
use super::super::line::Line;
use super::{is_reference, is_title};

/// The four levels of headings in the order of the national standard for documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Level {
    /// 一、
    Part,
    /// （一）
    Item,
    /// 1.
    Point,
    /// （1）
    Detail,
}

impl Level {
    /// A number of this level as it should be written.
    pub(super) fn write(self, number: u32, separator: Option<char>, is_half: bool) -> String {
        match self {
            Self::Part => format!("{}、", chinese::write(number)),
            Self::Item => format!("（{}）", chinese::write(number)),
            Self::Point => format!("{number}{}", separator.unwrap_or('.')),
            Self::Detail if is_half => format!("({number})"),
            Self::Detail => format!("（{number}）"),
        }
    }

    /// The level that is taken for it by mistake: both stand in brackets.
    pub(super) const fn twin(self) -> Option<Self> {
        match self {
            Self::Item => Some(Self::Detail),
            Self::Detail => Some(Self::Item),
            Self::Part | Self::Point => None,
        }
    }
}

/// The number at the beginning of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Mark {
    /// Its level.
    pub level: Level,
    /// Its number.
    pub number: u32,
    /// Where it stands, in bytes of the text.
    pub range: Range<usize>,
    /// As it stands there.
    pub written: String,
    /// What stands behind a digit without brackets.
    pub separator: Option<char>,
    /// Whether a bracket is half-width.
    pub is_half: bool,
    /// Whether a dash stands for 一.
    pub is_dash: bool,
}

impl Mark {
    /// The number that a line begins with, if it is a heading.
    pub(in super::super) fn of(line: &Line) -> Option<Self> {
        let first = line.skip_blanks(0);
        match line.get(first)? {
            '（' | '(' => bracketed(line, first),
            c if chinese::digit(c).is_some() => point(line, first),
            _ => part(line, first),
        }
    }
}

const DASHES: [char; 11] = ['-', '－', '—', '–', '―', '─', '━', '丨', '|', 'ー', 'ㄧ'];

fn bracketed(line: &Line, first: usize) -> Option<Mark> {
    let end = (first + 1..first + 8).find(|index| matches!(line.get(*index), Some('）' | ')')))?;
    if is_reference(line.get(line.skip_blanks(end + 1))) {
        return None;
    }
    let inside = line.slice(first + 1..end).trim();
    let is_dash = is_dash(inside);
    let (level, number) = if is_dash {
        (Level::Item, 1)
    } else if let Some(number) = chinese::read(inside) {
        (Level::Item, number)
    } else {
        (Level::Detail, digits(inside)?)
    };
    let is_half = line.get(first) == Some('(') || line.get(end) == Some(')');
    Some(Mark {
        level,
        number,
        range: line.bytes(first..end + 1),
        written: line.slice(first..end + 1).to_owned(),
        separator: None,
        is_half,
        is_dash,
    })
}

fn part(line: &Line, first: usize) -> Option<Mark> {
    let end = (first + 1..first + 5).find(|index| line.get(*index) == Some('、'))?;
    let inside = line.slice(first..end).trim();
    let next = line.get(line.skip_blanks(end + 1));
    if next.is_some_and(|c| chinese::is_numeral(c) || !is_title(Some(c))) {
        return None;
    }
    let is_dash = is_dash(inside);
    let number = if is_dash { 1 } else { chinese::read(inside)? };
    let written = line.slice(first..end + 1).to_owned();
    let range = line.bytes(first..end + 1);
    Some(Mark { level: Level::Part, number, range, written, separator: None, is_half: false, is_dash })
}

fn point(line: &Line, first: usize) -> Option<Mark> {
    let end = (first + 1..first + 3).find(|index| matches!(line.get(*index), Some('.' | '．' | '、')))?;
    if !is_title(line.get(line.skip_blanks(end + 1))) {
        return None;
    }
    let number = digits(line.slice(first..end))?;
    let (range, written) = (line.bytes(first..end + 1), line.slice(first..end + 1).to_owned());
    let separator = line.get(end);
    Some(Mark { level: Level::Point, number, range, written, separator, is_half: false, is_dash: false })
}

fn is_dash(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| DASHES.contains(&c)) && chars.next().is_none()
}

/// One or two digits that make at least 1.
fn digits(text: &str) -> Option<u32> {
    if text.is_empty() || text.chars().count() > 2 {
        return None;
    }
    let number = text.chars().try_fold(0, |number, c| Some(number * 10 + chinese::digit(c)?))?;
    (number > 0).then_some(number)
}
