//! One pass over a text.

use super::unit::{Unit, starts};
use super::{Decimal, Kind, Numeral, Style, Value, chinese};

/// More digits than any figure has.
const MOST_DIGITS: usize = 15;
/// The longest quotation that is taken for a name.
const LONGEST_NAME: usize = 24;

/// Behind a figure, what makes it a time, a place or a number of something.
const NOT_COUNTED: [&str; 39] = [
    "年",
    "月",
    "日",
    "号",
    "时",
    "点",
    "分",
    "秒",
    "天",
    "周",
    "小时",
    "个工作日",
    "工作日",
    "个月",
    "个小时",
    "个自然日",
    "个年度",
    "岁",
    "届",
    "楼",
    "室",
    "层",
    "路",
    "环",
    "热线",
    "世纪",
    "级",
    "倍",
    "度",
    "折",
    "‰",
    "℃",
    "个季度",
    "个多月",
    "平方",
    "公里",
    "米",
    "个交易日",
    "季度",
];
const ROUGHLY_BEFORE: [&str; 16] = [
    "约",
    "近",
    "超",
    "超过",
    "逾",
    "大约",
    "将近",
    "接近",
    "不足",
    "不少于",
    "至少",
    "不低于",
    "不超过",
    "突破",
    "最多",
    "约为",
];
const ROUGHLY_AFTER: [&str; 5] = ["以上", "以下", "左右", "上下", "不等"];
/// Before a Chinese numeral, what makes it an ordinal or a part of a word.
const NO_FIGURE_AFTER: [char; 22] = [
    '第', '每', '逐', '同', '唯', '单', '某', '这', '那', '任', '统', '专', '数', '几', '上', '成', '初',
    '十', '头', '前', '后', '各',
];
/// Behind a small Chinese numeral with its unit, what makes it a turn of speech.
const TURNS: [&str; 42] = [
    "方面", "部分", "环节", "阶段", "措施", "维护", "意识", "自信", "确保", "统一", "坚持", "制度", "清单",
    "率先", "层面", "步骤", "要素", "领域", "渠道", "问题", "不足", "维度", "结合", "到位", "公开", "重点",
    "关键", "必须", "第一", "机制", "体系", "原则", "转变", "提升", "事", "性", "门", "窗", "网", "平台",
    "中心", "办",
];

/// A text as characters, with what it takes to find figures in it.
pub(super) struct Scanner {
    /// Characters, digits and signs folded to half width.
    chars: Vec<char>,
    /// Whether the character at the same place was full-width.
    full: Vec<bool>,
    /// Where each begins in the text, and the end of the text.
    at: Vec<usize>,
    /// Whether it stands in a name or a title, where nothing is counted.
    named: Vec<bool>,
}

impl Scanner {
    pub(super) fn new(text: &str) -> Self {
        let written: Vec<char> = text.chars().collect();
        let chars: Vec<char> = written.iter().copied().map(fold).collect();
        let mut at: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        at.push(text.len());
        let full = written.iter().zip(&chars).map(|(written, folded)| written != folded).collect();
        let named = names(&chars);
        Self { chars, full, at, named }
    }

    pub(super) fn all(&self) -> Vec<Numeral> {
        let mut found = Vec::new();
        let mut next = 0;
        while let Some(c) = self.get(next) {
            let (end, numeral) = if self.named.get(next) == Some(&true) {
                (next + 1, None)
            } else if c.is_ascii_digit() {
                self.digits(next)
            } else if chinese::is_part(c) {
                self.chinese(next)
            } else {
                (next + 1, None)
            };
            found.extend(numeral);
            next = end.max(next + 1);
        }
        found
    }

    /// A run of digits: where it ends, and the figure if it is one.
    fn digits(&self, start: usize) -> (usize, Option<Numeral>) {
        let mut end = self.while_digit(start);
        let mut digits: Vec<char> = self.slice(start, end).to_vec();
        let mut separator = None;
        let leading = digits.first() == Some(&'0');
        if digits.len() <= 3 && !leading {
            (end, separator) = self.groups(start, end, &mut digits);
        }
        let whole = digits.len();
        if matches!(self.get(end), Some('.')) && self.get(end + 1).is_some_and(|c| c.is_ascii_digit()) {
            let behind = self.while_digit(end + 1);
            digits.extend(self.slice(end + 1, behind));
            end = behind;
        }
        let decimals = digits.len() - whole;
        // 1.2.3 and 0533 are no figures.
        if digits.len() > MOST_DIGITS || decimals > 6 || (leading && whole > 1) || self.is_joined(start, end)
        {
            return (end, None);
        }
        let mantissa =
            digits.iter().filter_map(|c| c.to_digit(10)).fold(0_i64, |sum, c| sum * 10 + i64::from(c));
        let decimal = Decimal { mantissa, decimals: decimals as u8, grain: 1 };
        let full = self.full.get(start).copied().unwrap_or_default();
        let style = Style::Digits { full, separator };
        self.finish(start, end, decimal, style)
    }

    /// Groups of three behind the first digits.
    fn groups(&self, start: usize, first: usize, digits: &mut Vec<char>) -> (usize, Option<char>) {
        let Some(separator @ (',' | '，' | '﹐' | ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}')) =
            self.get(first)
        else {
            return (first, None);
        };
        let mut end = first;
        let mut more = Vec::new();
        while self.get(end) == Some(separator) && self.while_digit(end + 1) == end + 4 {
            more.extend_from_slice(self.slice(end + 1, end + 4));
            end += 4;
        }
        // A comma in a sentence and a blank between figures look the same; a unit behind them tells.
        let is_plain = separator == ',' && !self.full.get(first).copied().unwrap_or_default();
        let after = self.skip_blanks(end);
        let has_unit = self.get(after).is_some_and(|c| matches!(c, '%' | '万' | '亿' | '余' | '多'))
            || Unit::at(self.from(after)).is_some();
        let is_year = self.year_like(start, first);
        if more.is_empty() || is_year || !(is_plain || has_unit || self.get(end) == Some('.')) {
            return (first, None);
        }
        digits.append(&mut more);
        (end, Some(separator))
    }

    fn year_like(&self, start: usize, end: usize) -> bool {
        end - start == 4 && matches!(self.slice(start, start + 2), ['1', '9'] | ['2', '0'])
    }

    /// Whether digits hang together with letters or with other digits: dates, telephone numbers, ranges, names.
    fn is_joined(&self, start: usize, end: usize) -> bool {
        let joins = |c: char| matches!(c, '-' | '—' | '–' | '~' | '～' | '/' | ':' | '.' | '－' | '−');
        let before = start.checked_sub(1).and_then(|at| self.get(at));
        let two_before = start.checked_sub(2).and_then(|at| self.get(at));
        let after = self.get(end);
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let letter =
            |c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '@' | '/' | '\\' | '=' | '#' | '&' | '?');
        before.is_some_and(letter)
            || after.is_some_and(|c| letter(c) && c != '?')
            || before.is_some_and(joins) && (digit(two_before) || two_before.is_some_and(letter))
            || after.is_some_and(joins) && digit(self.get(end + 1))
            || before.is_some_and(|c| joins(c) && c != ':' && c != '—' && c != '.')
    }

    /// A run of Chinese numerals.
    fn chinese(&self, start: usize) -> (usize, Option<Numeral>) {
        let mut end = self.while_chinese(start);
        if starts(self.from(end), "分之") {
            return self.fraction(start, end);
        }
        if self.get(end) == Some('点') && self.get(end + 1).is_some_and(chinese::is_part) {
            end = self.while_chinese(end + 1);
        }
        let before = start.checked_sub(1).and_then(|at| self.get(at));
        if before.is_some_and(|c| NO_FIGURE_AFTER.contains(&c)) {
            return (end, None);
        }
        let Some(decimal) = chinese::read(self.slice(start, end)) else { return (end, None) };
        let (next, numeral) = self.finish(start, end, decimal, Style::Chinese);
        let Some(numeral) = numeral else { return (next, None) };
        let small = end - start == 1 && decimal.mantissa < 10;
        let after = self.from(next);
        let turn = small && TURNS.iter().any(|turn| starts(after, turn));
        // 一件 is mostly “a”; it counts where the clause ends with it.
        let article = small
            && decimal.mantissa == 1
            && !after.first().is_none_or(|c| is_stop(*c) || *c == '）' || *c == ')');
        let is_counted = numeral.unit.is_some() && !turn && !article;
        (next, is_counted.then_some(numeral))
    }

    /// 三分之一, 百分之三十三点九.
    fn fraction(&self, start: usize, end: usize) -> (usize, Option<Numeral>) {
        let from = end + 2;
        let per_cent = self.slice(start, end) == ['百'];
        let to = if per_cent && self.get(from).is_some_and(|c| c.is_ascii_digit()) {
            let whole = self.while_digit(from);
            let point =
                self.get(whole) == Some('.') && self.get(whole + 1).is_some_and(|c| c.is_ascii_digit());
            if point { self.while_digit(whole + 1) } else { whole }
        } else {
            let whole = self.while_chinese(from);
            let point = self.get(whole) == Some('点') && self.get(whole + 1).is_some_and(chinese::is_part);
            if point { self.while_chinese(whole + 1) } else { whole }
        };
        let over = match self.slice(from, to) {
            ['百'] => Some(Decimal::whole(100)),
            digits if digits.first().is_some_and(char::is_ascii_digit) => decimal_of(digits),
            numeral => chinese::read(numeral),
        };
        let Some(over) = over.filter(|_| to > from) else { return (to, None) };
        let value = if per_cent {
            Value::Exact(over)
        } else {
            match chinese::read(self.slice(start, end)) {
                Some(under) if under.mantissa > 1 && over.decimals == 0 => {
                    Value::Fraction { over: over.mantissa, under: under.mantissa }
                }
                _ => return (to, None),
            }
        };
        let numeral = Numeral {
            range: self.at(start)..self.at(to),
            end: self.at(to),
            value,
            kind: if per_cent { Kind::Percent } else { Kind::Fraction },
            unit: None,
            approx: self.roughly_before(start)
                || ROUGHLY_AFTER.iter().any(|word| starts(self.from(to), word)),
            style: Style::Chinese,
        };
        (to, Some(numeral))
    }

    /// What stands behind a number: 万, the percent sign, the unit. None if that makes it no figure.
    fn finish(
        &self,
        start: usize,
        end: usize,
        mut decimal: Decimal,
        style: Style,
    ) -> (usize, Option<Numeral>) {
        let mut end = end;
        let mut approx = self.roughly_before(start);
        let mut after = self.skip_blanks(end);
        if self.get(after) == Some('%') {
            return (after + 1, self.percent(start, after + 1, decimal, style, approx));
        }
        let mut rough = |after: &mut usize| {
            if matches!(self.get(*after), Some('余' | '多')) {
                *after += 1;
                approx = true;
            }
        };
        rough(&mut after);
        let money = starts(self.from(after), "万元") || starts(self.from(after), "亿元");
        if let (Some(size @ ('万' | '亿')), false) = (self.get(after), money) {
            let size = if size == '万' { 10_000 } else { 100_000_000 };
            let Some(scaled) = scaled(decimal, size) else { return (after + 1, None) };
            decimal = scaled;
            end = after + 1;
            after = self.skip_blanks(end);
            rough(&mut after);
        }
        let rest = self.from(after);
        let before = self.skip_back(start);
        let is_ordinal = before.is_some_and(|c| matches!(c, '第' | '〔' | '﹝' | '[' | '［' | '【'));
        let unit = if NOT_COUNTED.iter().any(|word| starts(rest, word)) && !starts(rest, "点击") {
            return (end, None);
        } else {
            Unit::at(rest)
        };
        if is_ordinal || (unit.is_none() && self.is_bare_number(start, end, style)) {
            return (end, None);
        }
        let close = unit.map_or(end, |unit| after + unit.length());
        approx |= ROUGHLY_AFTER.iter().any(|word| starts(self.from(close), word));
        let numeral = Numeral {
            range: self.at(start)..self.at(end),
            end: self.at(close),
            value: Value::Exact(decimal),
            kind: Kind::Count,
            unit,
            approx,
            style,
        };
        (close, Some(numeral))
    }

    fn percent(
        &self,
        start: usize,
        end: usize,
        decimal: Decimal,
        style: Style,
        approx: bool,
    ) -> Option<Numeral> {
        let is_ordinal = self.skip_back(start) == Some('第');
        (!is_ordinal).then(|| Numeral {
            range: self.at(start)..self.at(end),
            end: self.at(end),
            value: Value::Exact(decimal),
            kind: Kind::Percent,
            unit: None,
            approx: approx || ROUGHLY_AFTER.iter().any(|word| starts(self.from(end), word)),
            style,
        })
    }

    /// Whether a number without a unit is a year, a heading, a telephone number or the like.
    fn is_bare_number(&self, start: usize, end: usize, style: Style) -> bool {
        if style == Style::Chinese || self.year_like(start, end) {
            return true;
        }
        let before = self.skip_back(start);
        let after = self.get(self.skip_blanks(end));
        let in_brackets =
            before.is_some_and(|c| matches!(c, '(' | '（')) && after.is_some_and(|c| matches!(c, ')' | '）'));
        let begins = before.is_none_or(|c| matches!(c, '\n' | '\r' | '。' | '；' | '：' | '！' | ';' | '|'));
        let heads = begins && after.is_none_or(|c| matches!(c, '.' | '、' | ')' | '）' | '．' | '\n'));
        let word: String = self.slice(start.saturating_sub(8), start).iter().collect();
        let contact = ["邮编", "电话", "编码", "传真", "热线", "手机", "号码", "代码", "地址"];
        in_brackets || heads || (end - start >= 3 && contact.iter().any(|known| word.contains(known)))
    }

    fn roughly_before(&self, start: usize) -> bool {
        ROUGHLY_BEFORE.iter().any(|word| {
            let length = word.chars().count();
            start >= length && starts(self.slice(start - length, start), word)
        })
    }

    fn while_digit(&self, from: usize) -> usize {
        self.while_(from, |c| c.is_ascii_digit())
    }

    fn while_chinese(&self, from: usize) -> usize {
        self.while_(from, chinese::is_part)
    }

    fn while_(&self, from: usize, holds: fn(char) -> bool) -> usize {
        from + self.from(from).iter().take_while(|c| holds(**c)).count()
    }

    fn skip_blanks(&self, from: usize) -> usize {
        self.while_(from, is_blank)
    }

    fn skip_back(&self, from: usize) -> Option<char> {
        self.slice(0, from).iter().rev().copied().find(|c| !is_blank(*c))
    }

    fn get(&self, index: usize) -> Option<char> {
        self.chars.get(index).copied()
    }

    fn from(&self, index: usize) -> &[char] {
        self.chars.get(index..).unwrap_or_default()
    }

    fn slice(&self, from: usize, to: usize) -> &[char] {
        self.chars.get(from..to).unwrap_or_default()
    }

    fn at(&self, index: usize) -> usize {
        self.at.get(index).or(self.at.last()).copied().unwrap_or_default()
    }
}

/// Where names and titles stand: 《…》, short quotations, live figures.
fn names(chars: &[char]) -> Vec<bool> {
    let mut named = vec![false; chars.len()];
    let mut open: Option<(usize, char)> = None;
    for (at, c) in chars.iter().enumerate() {
        let close = match c {
            '《' => Some('》'),
            '“' => Some('”'),
            '「' => Some('」'),
            '{' if chars.get(at + 1) == Some(&'{') => Some('}'),
            _ => None,
        };
        match (open, close) {
            (None, Some(close)) => open = Some((at, close)),
            (Some((from, expected)), _) if *c == expected => {
                if expected != '”' || at - from <= LONGEST_NAME {
                    named.get_mut(from..at).unwrap_or_default().fill(true);
                }
                open = None;
            }
            _ if *c == '\n' => open = None,
            _ => {}
        }
    }
    named
}

fn decimal_of(digits: &[char]) -> Option<Decimal> {
    let behind = digits.iter().position(|c| *c == '.').map_or(0, |point| digits.len() - point - 1);
    if digits.len() > MOST_DIGITS {
        return None;
    }
    let mantissa = digits.iter().filter_map(|c| c.to_digit(10)).fold(0_i64, |sum, c| sum * 10 + i64::from(c));
    Some(Decimal { mantissa, decimals: behind as u8, grain: 1 })
}

/// The number times 万 or 亿.
fn scaled(decimal: Decimal, size: i64) -> Option<Decimal> {
    let (mut mantissa, mut decimals, mut grain, mut size) =
        (decimal.mantissa, decimal.decimals, decimal.grain, size);
    while decimals > 0 && size > 1 {
        decimals -= 1;
        size /= 10;
    }
    mantissa = mantissa.checked_mul(size)?;
    grain = grain.checked_mul(size)?;
    Some(Decimal { mantissa, decimals, grain })
}

fn is_stop(c: char) -> bool {
    matches!(c, '，' | '。' | '；' | '、' | '：' | '！' | ',' | ';' | '\n')
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{3000}' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

/// The half-width form of a digit or sign.
fn fold(c: char) -> char {
    match c {
        '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
        'Ａ'..='Ｚ' => char::from(b'A' + (c as u32 - 'Ａ' as u32) as u8),
        'ａ'..='ｚ' => char::from(b'a' + (c as u32 - 'ａ' as u32) as u8),
        '．' => '.',
        '％' | '﹪' => '%',
        other => other,
    }
}
