//! 一是、二是、三是: lists that run on in the text.

use std::cmp::Ordering;
use std::ops::Range;

use super::chinese;
use super::line::Line;
use super::{Piece, remark, replace};
use crate::prose::{Remark, Topic};

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    number: u32,
    /// The number with 是, in bytes of the paragraph.
    range: Range<usize>,
}

/// The items of lists in a line.
pub(super) fn read(line: &Line) -> Vec<Item> {
    let item = |index| {
        let (number, end) = number_at(line, index)?;
        Some(Item { number, range: line.bytes(index..end) })
    };
    (0..line.glyphs.len()).filter_map(item).collect()
}

pub(super) fn check(paragraphs: &[Piece], remarks: &mut Vec<Remark>) {
    // The last number of each open list; a list within a list lies on top.
    let mut open: Vec<u32> = Vec::new();
    for (start, paragraph) in paragraphs {
        if paragraph.opening.mark().is_some() {
            open.clear();
        }
        for Item { number, range } in &paragraph.items {
            let number = *number;
            let continued =
                number.checked_sub(1).and_then(|last| open.iter().rposition(|known| *known == last));
            if number == 1 || open.is_empty() {
                if open.len() == DEEPEST {
                    open.remove(0);
                }
                open.push(number);
                continue;
            }
            if let Some(level) = continued {
                open.truncate(level);
                open.push(number);
                continue;
            }
            let last = open.pop().unwrap_or_default();
            open.push(number);
            let name = |number: u32| format!("{}是", chinese::write(number));
            let right = name(last.saturating_add(1));
            let message = match number.cmp(&last) {
                Ordering::Equal => format!("“{}”重复，应为“{right}”。", name(number)),
                Ordering::Greater => format!("“{}”之后是“{}”，缺“{right}”。", name(last), name(number)),
                Ordering::Less => format!("“{}”之后是“{}”，应为“{right}”。", name(last), name(number)),
            };
            let fix = replace(range.clone(), &right);
            let hint = "请按先后连续编号；如少写了一条，请补上。";
            let said = remark(Topic::Heading, range.clone(), message, hint, Some(fix));
            remarks.push(said.moved_by(*start));
        }
    }
}

/// How many lists within lists are kept in mind.
const DEEPEST: usize = 16;

/// A number followed by 是, and where it ends.
fn number_at(line: &Line, index: usize) -> Option<(u32, usize)> {
    if !line.get(index).is_some_and(chinese::is_numeral) {
        return None;
    }
    let is_boundary =
        line.before(index).is_none_or(|c| c.is_whitespace() || "。；：，、！？（;:,中为".contains(c));
    if !is_boundary {
        return None;
    }
    let end = index + line.glyphs.iter().skip(index).take_while(|glyph| chinese::is_numeral(glyph.c)).count();
    // 一是一 and the like are sayings.
    let is_list = line.get(end) == Some('是') && !line.get(end + 1).is_some_and(chinese::is_numeral);
    let number = chinese::read(line.slice(index..end))?;
    is_list.then_some((number, end + 1))
}
