//! Half-width and repeated punctuation.

use std::ops::Range;

use super::chinese::{digit, is_han, is_mark};
use super::edit::{Edit, settle};
use super::line::Line;
use super::remark;
use super::shield::shielded;
use crate::prose::{Remark, Topic};

pub(super) fn check(lines: &[Line], remarks: &mut Vec<Remark>) {
    for line in lines.iter().filter(|line| line.is_chinese()) {
        let found = find(line);
        for kind in [Kind::Half, Kind::Repeated] {
            let mut of_kind = found.iter().filter(|found| found.kind == kind);
            let Some(first) = of_kind.next() else { continue };
            let count = of_kind.count() + 1;
            let shown = line.text.get(first.range.start - line.start..first.range.end - line.start);
            let shown = shown.unwrap_or_default().trim_end();
            let (name, hint) = match kind {
                Kind::Half => ("半角标点", "中文之间的标点用全角。"),
                Kind::Repeated => ("重复的标点", "请留下应有的一个。"),
            };
            let message = if count == 1 {
                format!("这里有{name}“{shown}”。")
            } else {
                format!("本段有 {count} 处{name}，第一处是“{shown}”。")
            };
            let fix = settle(line, format!("改正本段的{name}"), |line| {
                find(line).into_iter().filter(|found| found.kind == kind).filter_map(Found::edit).collect()
            });
            remarks.push(remark(Topic::Punctuation, first.range.clone(), message, hint, fix));
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Half,
    Repeated,
}

#[derive(Debug)]
struct Found {
    kind: Kind,
    range: Range<usize>,
    /// What takes its place; none where either mark may be meant.
    with: Option<String>,
}

impl Found {
    fn edit(self) -> Option<Edit> {
        self.with.map(|with| Edit { range: self.range, with })
    }
}

fn find(line: &Line) -> Vec<Found> {
    let shielded = shielded(line);
    let is_left = |index: usize| shielded.get(index).copied().unwrap_or(true);
    let mut found = brackets(line, &is_left);
    let mut index = 0;
    while index < line.glyphs.len() {
        let length = run(line, index, &is_left);
        if length > 1 {
            found.extend(repeated(line, index..index + length));
        } else if length == 1 {
            found.extend(half(line, index));
        }
        index += length.max(1);
    }
    found.sort_by_key(|found| found.range.start);
    found
}

/// Full-width mark for a mark between sentences or clauses, whatever its width.
fn stop(c: char) -> Option<char> {
    Some(match c {
        ',' | '，' => '，',
        ';' | '；' => '；',
        ':' | '：' => '：',
        '?' | '？' => '？',
        '!' | '！' => '！',
        '.' | '。' => '。',
        '、' => '、',
        _ => return None,
    })
}

/// How many stops follow each other here.
fn run(line: &Line, index: usize, is_left: &impl Fn(usize) -> bool) -> usize {
    (index..line.glyphs.len())
        .take_while(|index| !is_left(*index) && line.get(*index).is_some_and(|c| stop(c).is_some()))
        .count()
}

fn repeated(line: &Line, run: Range<usize>) -> Option<Found> {
    let marks: Vec<char> = run.clone().filter_map(|index| line.get(index)).collect();
    let is_chinese = line.before(run.start).is_some_and(|c| is_han(c) || is_mark(c))
        || marks.iter().any(|c| !c.is_ascii());
    if !is_chinese {
        return None;
    }
    let mut wide: Vec<char> = marks.iter().filter_map(|c| stop(*c)).collect();
    let is_ellipsis = wide.len() >= 3 && wide.iter().all(|c| *c == '。');
    wide.dedup();
    let with = match wide.as_slice() {
        _ if is_ellipsis => Some("……".to_owned()),
        [one] => Some(one.to_string()),
        ['、', '，'] | ['，', '、'] => Some("，".to_owned()),
        ['，' | '、' | '；', '。'] => Some("。".to_owned()),
        // A question and an exclamation in one.
        ['？', '！'] | ['！', '？'] => return None,
        _ => None,
    };
    Some(Found { kind: Kind::Repeated, range: line.bytes(run), with })
}

fn half(line: &Line, index: usize) -> Option<Found> {
    let c = line.get(index).filter(char::is_ascii)?;
    let wide = stop(c)?;
    let next_at = line.skip_blanks(index + 1);
    let (before, next) = (line.before(index)?, line.get(next_at));
    let is_chinese = |c: char| is_han(c) || is_mark(c);
    let next_is_chinese = next.is_some_and(is_chinese);
    let belongs = match c {
        // A point behind a figure or a letter may be part of it.
        '.' => is_chinese(before) && (next_is_chinese || next.is_none()),
        // A ratio, an hour or a port may stand behind a letter.
        ':' => {
            is_chinese(before) && (next_at == index + 1 || next_is_chinese)
                || is_word(before) && next_is_chinese
        }
        _ => {
            is_chinese(before) && next.is_none_or(|c| is_chinese(c) || is_word(c))
                || is_word(before) && next_is_chinese
        }
    };
    if !belongs {
        return None;
    }
    // A blank behind a half-width mark was its other half.
    let end = if next_is_chinese { next_at } else { index + 1 };
    Some(Found { kind: Kind::Half, range: line.bytes(index..end), with: Some(wide.to_string()) })
}

/// Half-width brackets around Chinese words.
fn brackets(line: &Line, is_left: &impl Fn(usize) -> bool) -> Vec<Found> {
    let mut open = Vec::new();
    let mut found = Vec::new();
    for index in (0..line.glyphs.len()).filter(|index| !is_left(*index)) {
        match line.get(index) {
            Some('(' | '（') => open.push(index),
            Some(')') => {
                let Some(first) = open.pop().filter(|first| line.get(*first) == Some('(')) else { continue };
                if line.slice(first..index).chars().any(is_han) {
                    for (at, with) in [(first, "（"), (index, "）")] {
                        let range = line.bytes(at..at + 1);
                        found.push(Found { kind: Kind::Half, range, with: Some(with.to_owned()) });
                    }
                }
            }
            Some('）') => {
                open.pop();
            }
            _ => {}
        }
    }
    found
}

/// A letter or digit.
fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || digit(c).is_some() || matches!(c, '%' | '％' | '}')
}
