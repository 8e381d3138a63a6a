//! Characters that can not be seen, or do not belong into Chinese prose.

mod forms;

use std::ops::Range;

use super::chinese::{is_han, is_mark};
use super::document::mentions;
use super::edit::{Edit, settle};
use super::line::Line;
use super::remark;
use crate::model::visible::is_hidden;
use crate::prose::clean::is_odd_blank;
use crate::prose::{Remark, Topic};

/// A kind of characters that do not belong into a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Kind {
    /// Zero-width characters, direction marks, soft hyphens and controls.
    Invisible,
    /// Blanks other than the plain one: no-break, thin, ideographic, tabs.
    Blank,
    /// Forms that only look like a Chinese character or mark.
    Form,
    /// Places where a character was lost, and private characters.
    Lost,
}

impl Kind {
    /// All of them.
    const ALL: [Self; 4] = [Self::Invisible, Self::Blank, Self::Form, Self::Lost];

    /// The name for people.
    const fn name(self) -> &'static str {
        match self {
            Self::Invisible => "看不见的字符",
            Self::Blank => "特殊空格",
            Self::Form => "形似字符",
            Self::Lost => "无法辨认的字符",
        }
    }
}

pub(super) fn check(lines: &[Line], remarks: &mut Vec<Remark>) {
    for line in lines {
        let found = find_to_tell(line);
        for kind in Kind::ALL {
            let mut of_kind = found.iter().filter(|found| found.kind == kind);
            let Some(first) = of_kind.next() else { continue };
            let place = if found.iter().any(|other| other.kind == kind && other.range != first.range) {
                format!("本段有 {} 处{}，第一处是", of_kind.count() + 1, kind.name())
            } else {
                format!("这里有{}：", kind.name())
            };
            let message = format!("{place}{}。", named(first.c));
            let fix = settle(line, format!("改正本段的{}", kind.name()), |line| {
                find_to_tell(line)
                    .into_iter()
                    .filter(|found| found.kind == kind)
                    .filter_map(Found::edit)
                    .collect()
            });
            remarks.push(remark(Topic::Hidden, first.range.clone(), message, hint(kind), fix));
        }
    }
}

/// A character that does not belong.
struct Found {
    kind: Kind,
    c: char,
    range: Range<usize>,
    /// What takes its place; none if nobody can know.
    with: Option<String>,
}

impl Found {
    fn edit(self) -> Option<Edit> {
        self.with.map(|with| Edit { range: self.range, with })
    }
}

/// What is found, but for the brackets of document numbers: they have a remark of their own.
fn find_to_tell(line: &Line) -> Vec<Found> {
    let mut found = find(line);
    if !found.is_empty() {
        let documents: Vec<_> =
            mentions(line).into_iter().map(|mention| line.bytes(mention.brackets)).collect();
        found.retain(|found| {
            let next = documents.partition_point(|range| range.end <= found.range.start);
            documents.get(next).is_none_or(|range| found.range.start < range.start)
        });
    }
    found
}

fn find(line: &Line) -> Vec<Found> {
    let inner = line.text.trim();
    let first = line.start + (line.text.len() - line.text.trim_start().len());
    let mut found = Vec::new();
    for (index, glyph) in line.glyphs.iter().enumerate() {
        let c = glyph.c;
        let (kind, with) = match c {
            ' '..='~' => continue,
            c if c == '\u{3000}' || is_odd_blank(c) => {
                // Around a line they are an indent of another program, which shows by itself.
                if glyph.at < first || glyph.at >= first + inner.len() {
                    continue;
                }
                (Kind::Blank, Some(blank(line, index)))
            }
            '\u{fffd}' | '\u{e000}'..='\u{f8ff}' => (Kind::Lost, None),
            c if is_hidden(c) => (Kind::Invisible, Some(String::new())),
            c => match forms::plain(c) {
                Some(plain) => (Kind::Form, Some(plain.to_string())),
                None => continue,
            },
        };
        found.push(Found { kind, c, range: glyph.at..glyph.end(), with });
    }
    found
}

/// A plain blank between words of Latin letters or figures, nothing in Chinese.
fn blank(line: &Line, index: usize) -> String {
    let next = line.glyphs.iter().skip(index + 1).map(|glyph| glyph.c).find(|c| !c.is_whitespace());
    let before = line.before(index);
    let is_chinese = |c: Option<char>| c.is_none_or(|c| is_han(c) || is_mark(c) || c.is_whitespace());
    if is_chinese(before) || is_chinese(next) { String::new() } else { " ".to_owned() }
}

/// The character as a reader can tell it.
fn named(c: char) -> String {
    match c {
        '\t' => "制表符".to_owned(),
        '\u{3000}' => "全角空格".to_owned(),
        '\u{a0}' => "不换行空格".to_owned(),
        '\u{200b}' => "零宽空格".to_owned(),
        '\u{ad}' => "软连字符".to_owned(),
        c if is_hidden(c) || c.is_whitespace() || ('\u{e000}'..='\u{f8ff}').contains(&c) => {
            format!("<U+{:04X}>", u32::from(c))
        }
        c => format!("“{c}”<U+{:04X}>", u32::from(c)),
    }
}

const fn hint(kind: Kind) -> &'static str {
    match kind {
        Kind::Invisible => "多是从网页或其他软件粘贴来的，可以删去。",
        Kind::Blank => "中文之间不用空格；文中空格请用普通空格。",
        Kind::Form => "多是从 PDF 粘贴来的，看来一样，检索不到，请改为通常的字。",
        Kind::Lost => "原字已丢失或只在某种字体中有，请对照原稿改正。",
    }
}
