//! The sections of the report as its preface tells them.

use std::ops::Range;

use super::chinese::{self, digit};
use super::line::Line;
use super::{remark, replace};
use crate::form::Section;
use crate::prose::{Remark, Setting, Topic};

pub(super) fn check(setting: &Setting, lines: &[Line], remarks: &mut Vec<Remark>) {
    let sections = &setting.form.sections;
    for line in lines {
        for sentence in sentences(line) {
            let text = line.slice(sentence.clone());
            if !names_report(text) {
                continue;
            }
            if let Some((range, number)) = count(line, &sentence)
                && number as usize != sections.len()
            {
                let right = sections.len();
                let written = line.slice(range.clone());
                let message = format!("这里说有{written}个部分，{}有 {right} 个。", setting.form.name);
                let is_digit = written.chars().all(|c| digit(c).is_some());
                let with = if is_digit { right.to_string() } else { chinese::write(right as u32) };
                let range = line.bytes(range);
                let fix = replace(range.clone(), &with);
                remarks.push(remark(Topic::Sections, range, message, HINT, Some(fix)));
            }
            listing(setting, line, &sentence, remarks);
        }
    }
}

const HINT: &str = "报告各部分的个数、名称和先后以格式为准。";

fn sentences(line: &Line) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut found = Vec::new();
    for (index, glyph) in line.glyphs.iter().enumerate() {
        if glyph.c == '。' || index + 1 == line.glyphs.len() {
            found.push(start..index + 1);
            start = index + 1;
        }
    }
    found
}

/// Whether a piece speaks of the report as a whole.
fn names_report(text: &str) -> bool {
    ["报告", "年报", "全文"].iter().any(|word| text.contains(word))
}

/// Where the report is first spoken of.
fn report_at(line: &Line, sentence: &Range<usize>) -> Option<usize> {
    sentence.clone().find(|at| names_report(line.slice(*at..at + 2)))
}

/// The number in 六个部分组成 or 共六部分, and where it stands.
fn count(line: &Line, sentence: &Range<usize>) -> Option<(Range<usize>, u32)> {
    let text = line.slice(sentence.clone());
    if !["组成", "包括", "包含", "分为", "由", "共"].iter().any(|word| text.contains(word)) {
        return None;
    }
    let subject = report_at(line, sentence)?;
    let is_figure = |c: char| chinese::is_numeral(c) || digit(c).is_some();
    for at in sentence.clone() {
        if line.get(at) != Some('部') || line.get(at + 1) != Some('分') {
            continue;
        }
        let blanks = |end: usize| {
            end - (sentence.start..end)
                .rev()
                .take_while(|i| line.get(*i).is_some_and(char::is_whitespace))
                .count()
        };
        let mut end = blanks(at);
        if matches!(line.before(end), Some('个' | '大')) {
            end = blanks(end - 1);
        }
        let length =
            (sentence.start..end).rev().take_while(|index| line.get(*index).is_some_and(is_figure)).count();
        let figure = end - length..end;
        // 第四部分 is one of them, not their number.
        if length == 0 || line.before(figure.start) == Some('第') || figure.start < subject {
            continue;
        }
        let written = line.slice(figure.clone());
        let number = chinese::read(written).or_else(|| {
            let digits: Option<Vec<u32>> = written.chars().map(digit).collect();
            digits.filter(|digits| digits.len() <= 2).map(|digits| digits.iter().fold(0, |n, d| n * 10 + d))
        });
        return number.map(|number| (figure, number));
    }
    None
}

/// Compares the names that a sentence lists with those of the form.
fn listing(setting: &Setting, line: &Line, sentence: &Range<usize>, remarks: &mut Vec<Remark>) {
    let sections = &setting.form.sections;
    let items = items(line, sentence, sections);
    let known: Vec<(&Range<usize>, usize)> =
        items.iter().filter_map(|item| Some((item, nearest(line.slice(item.clone()), sections)?))).collect();
    let (Some((first, _)), Some((last, _))) = (known.first(), known.last()) else { return };
    // Two or three names may be told without being a list of them all.
    if known.len() < 4 || known.len() > sections.len() + 2 {
        return;
    }
    let whole = line.bytes(first.start..last.end);
    let name = |index: usize| {
        sections
            .get(index)
            .map_or(String::new(), |section| format!("{}、{}", section.number, section.heading))
    };
    let missing: Vec<String> = (0..sections.len())
        .filter(|index| !known.iter().any(|(_, found)| found == index))
        .map(|index| format!("“{}”", name(index)))
        .collect();
    if !missing.is_empty() {
        let message = format!("这里没有列出{}。", missing.join("、"));
        remarks.push(remark(Topic::Sections, whole.clone(), message, HINT, None));
    }
    if let Some([before, after]) = known.windows(2).find(|pair| matches!(pair, [a, b] if a.1 > b.1)) {
        let message = format!("“{}”列在“{}”之后，与格式的先后不同。", name(after.1), name(before.1));
        remarks.push(remark(Topic::Sections, line.bytes(after.0.clone()), message, HINT, None));
    }
    for (item, index) in &known {
        let Some(section) = sections.get(*index) else { continue };
        let written = line.slice((*item).clone());
        if !is_same(written, &section.heading) {
            let message = format!("“{written}”与格式的标题“{}”不同。", section.heading);
            let range = line.bytes((*item).clone());
            let fix = replace(range.clone(), &section.heading);
            remarks.push(remark(Topic::Sections, range, message, HINT, Some(fix)));
        }
    }
}

/// The pieces of a sentence that end like a heading: …情况, …事项.
fn items(line: &Line, sentence: &Range<usize>, sections: &[Section]) -> Vec<Range<usize>> {
    let tail = |heading: &str| heading.chars().rev().take(2).collect::<Vec<_>>();
    let tails: Vec<_> = sections.iter().map(|section| tail(&section.heading)).collect();
    let is_tail = |end: usize| {
        end >= 2 && tails.iter().any(|tail| matches!(tail.as_slice(), [b, a] if line.get(end - 2) == Some(*a) && line.get(end - 1) == Some(*b)))
    };
    let mut items = Vec::new();
    let mut start = sentence.start;
    for at in sentence.clone() {
        // A verb begins the list anew, since what stands before it is no name.
        if matches!(line.get(at), Some('由' | '：' | ':'))
            || (line.get(at) == Some('括') && line.before(at) == Some('包'))
        {
            start = at + 1;
        }
        if is_tail(at + 1) && ends_name(line, at + 1) {
            push_names(line, trimmed(line, start..at + 1), sections, &mut items);
            start = at + 1;
        }
    }
    items
}

/// Adds a name, or two where one that ends otherwise stands before it: 问题和改进措施、其他需要报告的事项.
fn push_names(line: &Line, name: Range<usize>, sections: &[Section], items: &mut Vec<Range<usize>>) {
    let is_separator = |index: &usize| matches!(line.get(*index), Some('、' | '，' | '；'));
    if let Some(separator) = name.clone().rev().find(is_separator) {
        let (before, behind) = (name.start..separator, trimmed(line, separator + 1..name.end));
        let of = |part: &Range<usize>| nearest(line.slice(part.clone()), sections);
        if let (Some(first), Some(second)) = (of(&before), of(&behind))
            && first != second
        {
            items.extend([before, behind]);
            return;
        }
    }
    items.push(name);
}

fn ends_name(line: &Line, end: usize) -> bool {
    line.get(line.skip_blanks(end)).is_none_or(|c| {
        matches!(
            c,
            '、' | '，'
                | '；'
                | ','
                | ';'
                | '和'
                | '以'
                | '及'
                | '与'
                | '等'
                | '共'
                | '组'
                | '。'
                | '六'
                | '”'
                | '）'
                | '（'
        )
    })
}

/// A name without the connecting words and the number before it.
fn trimmed(line: &Line, mut item: Range<usize>) -> Range<usize> {
    while let Some(c) = line.get(item.start).filter(|_| item.start < item.end) {
        let next = line.get(item.start + 1);
        let is_number =
            (chinese::is_numeral(c) || digit(c).is_some()) && matches!(next, Some('、' | '.' | '是'));
        let is_bracketed = matches!(c, '（' | '(') && matches!(line.get(item.start + 2), Some('）' | ')'));
        if is_bracketed {
            item.start += 3;
        } else if is_number {
            item.start += 2;
        } else if c.is_whitespace()
            || matches!(c, '、' | '，' | '；' | ',' | ';' | '和' | '以' | '及' | '与' | '“' | '：')
        {
            item.start += 1;
        } else {
            break;
        }
    }
    item.start = item.start.min(item.end);
    item
}

/// The section whose heading is most like a name.
fn nearest(name: &str, sections: &[Section]) -> Option<usize> {
    let likeness = |heading: &str| {
        let (a, b): (Vec<char>, Vec<char>) = (letters(name), letters(heading));
        if a.ends_with(&b) {
            // 政府信息公开总体情况: nothing is more like a name than what it ends in.
            return 100 + b.len();
        }
        common(&a, &b) * 200 / (a.len() + b.len()).max(1)
    };
    let best = sections.iter().enumerate().map(|(index, section)| (likeness(&section.heading), index));
    best.max_by_key(|(likeness, index)| (*likeness, usize::MAX - index))
        .filter(|(likeness, _)| *likeness >= 50)
        .map(|(_, index)| index)
}

/// Whether a name says the same as a heading: nothing but connecting words differs, it says more, or only the
/// beginning that all headings have in common is left out.
pub(super) fn is_same(name: &str, heading: &str) -> bool {
    let (name, heading) = (letters(name), letters(heading));
    common(&name, &heading) == heading.len() || (name.len() >= 8 && heading.ends_with(&name))
}

/// Without the words that only connect, 其它 as 其他.
fn letters(name: &str) -> Vec<char> {
    name.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '的' | '和' | '与' | '及' | '、' | '，' | '以'))
        .map(|c| if c == '它' { '他' } else { c })
        .collect()
}

/// The length of the longest common subsequence.
fn common(a: &[char], b: &[char]) -> usize {
    let mut row = vec![0_usize; b.len() + 1];
    for c in a {
        let mut diagonal = 0;
        for (index, other) in b.iter().enumerate() {
            let above = row.get(index + 1).copied().unwrap_or(0);
            let left = row.get(index).copied().unwrap_or(0);
            let value = if c == other { diagonal + 1 } else { above.max(left) };
            if let Some(cell) = row.get_mut(index + 1) {
                *cell = value;
            }
            diagonal = above;
        }
    }
    row.last().copied().unwrap_or(0)
}
