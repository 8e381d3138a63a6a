//! Dates: broken ones, days that do not exist, and periods.

use std::ops::Range;

use super::chinese::digit;
use super::line::Line;
use super::{remark, replace};
use crate::prose::{Fix, Remark, Setting, Topic};

pub(super) fn check(setting: &Setting, lines: &[Line], remarks: &mut Vec<Remark>) {
    for line in lines {
        let parts = parts(line);
        for part in &parts {
            remarks.extend(broken(line, part));
        }
        let dates: Vec<_> = parts.chunk_by(Part::goes_on).map(Date::of).collect();
        for date in &dates {
            remarks.extend(impossible(line, date));
        }
        for pair in dates.windows(2) {
            if let [from, to] = pair
                && is_range(line, from, to)
            {
                remarks.extend(period(setting, line, from, to));
            }
        }
    }
}

/// A figure with 年, 月 or 日 behind it; places are indexes of characters.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// The figure.
    pub value: i64,
    /// How many digits it has.
    pub digits: usize,
    /// Where the digits stand.
    pub figure: Range<usize>,
    /// 年, 月 or 日.
    pub unit: char,
    /// Behind the unit.
    pub end: usize,
    /// The first that is no blank behind the unit.
    next: usize,
}

impl Part {
    /// Whether the other goes on with the same date.
    fn goes_on(&self, other: &Self) -> bool {
        other.figure.start == self.next && matches!((self.unit, other.unit), ('年', '月') | ('月', '日'))
    }
}

/// All figures of dates in a line.
pub(super) fn parts(line: &Line) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut at = 0;
    while at < line.glyphs.len() {
        let digits =
            line.glyphs.iter().skip(at).take_while(|glyph| !glyph.kept && digit(glyph.c).is_some()).count();
        if digits == 0 {
            at += 1;
            continue;
        }
        let figure = at..at + digits;
        at = figure.end;
        let sign = line.skip_blanks(figure.end);
        let is_piece = line.before(figure.start).is_some_and(|c| matches!(c, '.' | '．' | ',' | '/' | '-'));
        let Some(unit) = line.get(sign).filter(|c| matches!(c, '年' | '月' | '日')) else { continue };
        if digits > 8 || is_piece && unit != '日' && digits < 3 {
            continue;
        }
        let value =
            line.slice(figure.clone()).chars().filter_map(digit).fold(0, |v, d| v * 10 + i64::from(d));
        let end = sign + 1;
        parts.push(Part { value, digits, figure, unit, end, next: line.skip_blanks(end) });
    }
    parts
}

/// 20201月: a year that lost its 年, or other figures run together.
fn broken(line: &Line, part: &Part) -> Option<Remark> {
    let range = line.bytes(part.figure.start..part.end);
    let written = line.slice(part.figure.start..part.end);
    let figure = line.slice(part.figure.clone());
    let hint = "请补上缺少的“年”或“月”。";
    if part.unit == '月' && matches!(part.digits, 5 | 6) && figure.starts_with("20") {
        let (year, month) = figure.split_at_checked(4)?;
        let is_month = month.parse().is_ok_and(|month: i64| (1..=12).contains(&month));
        let message = format!("日期“{written}”不完整，年份后面缺“年”。");
        let fix = is_month.then(|| {
            let at = line.bytes(part.figure.clone()).start;
            Fix {
                range: at..at + figure.len(),
                with: format!("{year}年{month}"),
                name: format!("改为“{year}年{month}月”"),
            }
        });
        return Some(remark(Topic::Date, range, message, hint, fix));
    }
    let is_wrong = match part.unit {
        '年' => part.digits >= 5 && figure.starts_with("20"),
        '月' => part.digits >= 5,
        _ => part.digits >= 3 && line.before(part.figure.start) == Some('月'),
    };
    is_wrong.then(|| remark(Topic::Date, range, format!("日期“{written}”不完整或多了数字。"), hint, None))
}

/// A date with the parts that are given.
#[derive(Debug, Clone)]
struct Date {
    year: Option<Part>,
    month: Option<Part>,
    day: Option<Part>,
    glyphs: Range<usize>,
}

impl Date {
    fn of(parts: &[Part]) -> Self {
        let find = |unit: char| parts.iter().find(|part| part.unit == unit).cloned();
        let start = parts.first().map_or(0, |part| part.figure.start);
        let end = parts.last().map_or(start, |part| part.end);
        Self { year: find('年'), month: find('月'), day: find('日'), glyphs: start..end }
    }

    /// Month and day.
    fn in_year(&self) -> Option<(i64, i64)> {
        Some((self.month.as_ref()?.value, self.day.as_ref()?.value))
    }
}

fn impossible(line: &Line, date: &Date) -> Option<Remark> {
    let month = date.month.as_ref().filter(|month| month.digits <= 2)?;
    let written = line.slice(date.glyphs.clone());
    let why = if (1..=12).contains(&month.value) {
        let given = date.day.as_ref().filter(|day| day.digits <= 2)?;
        let last = days_in(date.year.as_ref().map(|year| year.value), month.value);
        if (1..=last).contains(&given.value) {
            return None;
        }
        format!("{}月没有{}日", month.value, given.value)
    } else {
        if date.year.is_none() && date.day.is_none() {
            return None;
        }
        format!("没有{}月", month.value)
    };
    let message = format!("没有“{written}”这一天：{why}。");
    Some(remark(Topic::Date, line.bytes(date.glyphs.clone()), message, "请核对月和日。", None))
}

fn days_in(year: Option<i64>, month: i64) -> i64 {
    let is_leap = year.is_none_or(|year| (year % 4 == 0 && year % 100 != 0) || year % 400 == 0);
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 31,
    }
}

/// Whether two dates are the ends of a period.
fn is_range(line: &Line, from: &Date, to: &Date) -> bool {
    let between: Vec<char> =
        line.slice(from.glyphs.end..to.glyphs.start).chars().filter(|c| !c.is_whitespace()).collect();
    let is_sign = |c: &char| matches!(c, '至' | '到' | '-' | '－' | '—' | '–' | '~' | '～');
    between.iter().any(is_sign)
        && between
            .iter()
            .all(|c| is_sign(c) || matches!(c, '起' | '始' | '，' | ',' | '开' | '止' | '（' | '）'))
}

fn period(setting: &Setting, line: &Line, from: &Date, to: &Date) -> Option<Remark> {
    let start = from.year.as_ref().filter(|year| year.digits == 4)?;
    let end = to.year.as_ref().filter(|year| year.digits == 4);
    let last_year = end.map_or(start.value, |year| year.value);
    let (first, last) = (from.in_year()?, to.in_year()?);
    let range = line.bytes(from.glyphs.start..to.glyphs.end);
    if (last_year, last) < (start.value, first) {
        let message = "期限的止日早于起日。".to_owned();
        return Some(remark(Topic::Date, range, message, "请核对起止日期。", None));
    }
    let year = setting.year?;
    if start.value == year && last_year == year {
        return None;
    }
    let before = line.some_before(from.glyphs.start);
    let before = before.rsplit(['。', '；', '！', '？']).next().unwrap_or(before);
    let is_named = before.contains("统计期限") || before.contains("统计时") || before.contains("数据统计");
    let is_whole_year = first == (1, 1) && last == (12, 31);
    let behind = line.some_from(to.glyphs.end);
    let behind = behind.split(['。', '；', '！', '？']).next().unwrap_or(behind);
    let is_compared = ["上年", "去年", "同期", "上一年", "往年", "相比", "增长"]
        .iter()
        .any(|word| before.contains(word) || behind.contains(word));
    let is_of_other_years = start.value != year && last_year != year;
    if !(is_whole_year || is_named && is_of_other_years) || is_compared || (!is_named && !is_of_other_years) {
        return None;
    }
    let message = format!(
        "期限写的是{}年，本报告年度是{year}年。",
        if start.value == year { last_year } else { start.value }
    );
    let fix = is_whole_year.then(|| {
        let digits = |part: &Part| line.bytes(part.figure.clone());
        let last = end.unwrap_or(start);
        let range = digits(start).start..digits(last).end;
        let between = line.slice(start.figure.end..last.figure.start.max(start.figure.end));
        let with = if end.is_some() { format!("{year}{between}{year}") } else { year.to_string() };
        Fix { range, with, name: format!("改为{year}年") }
    });
    Some(remark(Topic::Date, range, message, "统计期限一般为报告年度的1月1日至12月31日。", fix))
}

/// The fix that puts another year into a date.
pub(super) fn other_year(line: &Line, part: &Part, year: i64) -> Fix {
    let mut fix = replace(line.bytes(part.figure.clone()), &year.to_string());
    fix.name = format!("改为{year}年");
    fix
}
