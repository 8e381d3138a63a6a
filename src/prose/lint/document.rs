//! Numbers of documents: their brackets, and the document that prescribes the form.

use std::ops::Range;

use super::chinese::{digit, is_han};
use super::line::Line;
use super::{remark, replace};
use crate::prose::{Remark, Setting, Topic};

pub(super) fn check(setting: &Setting, lines: &[Line], remarks: &mut Vec<Remark>) {
    let form = setting.form;
    let is_of_year = setting.year.is_none_or(|year| form.covers(year));
    for line in lines {
        for mention in mentions(line) {
            let plain = mention.plain(line);
            let outdated =
                form.other_documents.iter().find(|other| is_of_year && plain.ends_with(other.as_str()));
            if let Some(other) = outdated {
                let letters = other.chars().take_while(|c| *c != '〔').count();
                let first = mention.prefix.end.saturating_sub(letters).max(mention.prefix.start);
                let range = line.bytes(first..mention.end);
                let message = match setting.year {
                    Some(year) => format!("{year}年度的报告应依据{}，这里写的是{other}。", form.document),
                    None => format!("{}依据{}，这里写的是{other}。", form.name, form.document),
                };
                let hint = "请核对报告所依据的文件；如是引用旧文件，可不改。";
                let fix = replace(range.clone(), &form.document);
                remarks.push(remark(Topic::Document, range, message, hint, Some(fix)));
            } else if !mention.is_right(line) {
                let range = line.bytes(mention.brackets.clone());
                let right = format!("〔{}〕", mention.year);
                let written = line.slice(mention.brackets.clone());
                let message = format!("文号的年份写作“{written}”，应用六角括号“{right}”。");
                let hint = "文号的年份用六角括号〔〕括起。";
                let fix = replace(range.clone(), &right);
                remarks.push(remark(Topic::Document, range, message, hint, Some(fix)));
            }
        }
    }
}

/// The number of a document in a line; places are indexes of characters.
#[derive(Debug)]
pub(super) struct Mention {
    /// The Chinese characters before the year.
    pub prefix: Range<usize>,
    /// The year with its brackets.
    pub brackets: Range<usize>,
    /// The year.
    pub year: u32,
    /// The running number.
    pub number: u32,
    /// Behind 号.
    pub end: usize,
}

impl Mention {
    fn is_right(&self, line: &Line) -> bool {
        line.slice(self.brackets.clone()).trim() == format!("〔{}〕", self.year)
            || (line.get(self.brackets.start) == Some('〔') && line.get(self.brackets.end - 1) == Some('〕'))
    }

    fn plain(&self, line: &Line) -> String {
        format!("{}〔{}〕{}号", line.slice(self.prefix.clone()), self.year, self.number)
    }
}

/// All numbers of documents in a line, whatever brackets they have.
pub(super) fn mentions(line: &Line) -> Vec<Mention> {
    (0..line.glyphs.len()).filter_map(|open| mention_at(line, open)).collect()
}

fn mention_at(line: &Line, open: usize) -> Option<Mention> {
    let bracket = line.get(open)?;
    if !matches!(
        bracket,
        '〔' | '[' | '［' | '【' | '(' | '（' | '﹝' | '﹙' | '「' | '{' | '｛' | '<' | '〈'
    ) {
        return None;
    }
    let (year, after) = number(line, line.skip_blanks(open + 1), 4..=4)?;
    let close = line.skip_blanks(after);
    if !matches!(
        line.get(close)?,
        '〕' | ']' | '］' | '】' | ')' | '）' | '﹞' | '﹚' | '」' | '}' | '｝' | '>' | '〉'
    ) {
        return None;
    }
    let mut at = line.skip_blanks(close + 1);
    if line.get(at) == Some('第') {
        at = line.skip_blanks(at + 1);
    }
    let (number, after) = number(line, at, 1..=5)?;
    let end = line.skip_blanks(after);
    if line.get(end)? != '号'
        || line.get(end + 1).is_some_and(|c| matches!(c, '楼' | '线' | '院' | '店' | '门' | '房'))
    {
        return None;
    }
    let blanks =
        (0..open).rev().take_while(|index| line.get(*index).is_some_and(char::is_whitespace)).count();
    let last = open - blanks;
    let letters = (0..last).rev().take_while(|index| line.get(*index).is_some_and(is_han)).count();
    let is_issuer = line.before(last).is_some_and(|c| ISSUERS.contains(c));
    let is_round = matches!(bracket, '(' | '（' | '<' | '〈');
    if letters < 2 || !(1949..=2099).contains(&year) || (is_round && !is_issuer) {
        return None;
    }
    Some(Mention { prefix: last - letters..last, brackets: open..close + 1, year, number, end: end + 1 })
}

/// What the letters of a document's number end in.
const ISSUERS: &str = "发字函办规令电通呈请复议报党组纪要告文政府委明传释备";

fn number(line: &Line, from: usize, lengths: std::ops::RangeInclusive<usize>) -> Option<(u32, usize)> {
    let digits: Vec<_> = line.glyphs.iter().skip(from).map_while(|glyph| digit(glyph.c)).take(6).collect();
    let value = digits.iter().fold(0, |value, digit| value * 10 + digit);
    lengths.contains(&digits.len()).then_some((value, from + digits.len()))
}
