//! The year of which figures are: what captions and heads say of it, and rows that a source has twice.

use super::wording::fold;
use crate::exchange::document::Table;

/// What a text says of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    Year(i64),
    /// The year before.
    Last,
}

impl Said {
    /// Whether it is another year than that of the report.
    pub(super) fn is_other(self, report: Option<i64>) -> bool {
        match self {
            Self::Year(year) => report.is_some_and(|report| report != year),
            Self::Last => true,
        }
    }

    /// The year in words.
    pub(super) fn name(self) -> String {
        match self {
            Self::Year(year) => format!("{year}年"),
            Self::Last => "上一年".to_owned(),
        }
    }
}

/// Words for the year before.
const LAST: [&str; 5] = ["上一年", "上年", "去年", "前一年", "上一度"];

/// What may stand beside a year that says nothing more.
const BESIDE: [&str; 14] =
    ["年度", "年", "数据", "数量", "情况", "同期", "件数", "统计", "表", "数", "度", "附", "的", "值"];

/// The year that a text speaks of, if it is only one. A date is none.
pub(super) fn said(text: &str) -> Option<Said> {
    let folded: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).map(fold).take(200).collect();
    let mut years = Vec::new();
    for (at, four) in folded.windows(4).enumerate() {
        let digit =
            |c: &char| c.to_digit(10).or_else(|| NUMERALS.chars().position(|n| n == *c).map(|n| n as u32));
        let digits: Option<Vec<u32>> = four.iter().map(digit).collect();
        let Some(digits) = digits else { continue };
        let behind = folded.get(at + 5);
        if folded.get(at + 4) != Some(&'年') || behind.is_some_and(char::is_ascii_digit) {
            continue;
        }
        let year = digits.iter().fold(0, |year, digit| year * 10 + i64::from(*digit));
        if (1990..2100).contains(&year) {
            years.push(year);
        }
    }
    let whole: String = folded.iter().collect();
    let is_last = LAST.iter().any(|word| whole.contains(word));
    years.dedup();
    match (years.as_slice(), is_last) {
        ([year], false) => Some(Said::Year(*year)),
        ([], true) => Some(Said::Last),
        _ => None,
    }
}

/// The year of a text that says nothing else.
pub(super) fn said_alone(text: &str) -> Option<Said> {
    let said = said(text)?;
    let mut rest: String =
        text.chars().map(fold).filter(|c| c.is_alphanumeric() && !c.is_ascii_digit()).collect();
    for word in LAST.iter().chain(&BESIDE) {
        rest = rest.replace(word, "");
    }
    rest.chars().all(|c| NUMERALS.contains(c)).then_some(said)
}

/// What the nearest cell over a column that says nothing but a year says.
pub(super) fn over(table: &Table, before: usize, column: usize) -> Option<Said> {
    (0..before).rev().take(FAR).find_map(|row| {
        let cells = (0..=column).rev().filter_map(|column| table.cell(row, column));
        let nearest = cells.into_iter().find(|cell| !cell.text.trim().is_empty())?;
        said_alone(&nearest.text)
    })
}

/// The latest of the years that columns of a table are said to be of, if they are several.
pub(super) fn latest(table: &Table) -> Option<i64> {
    let mut years: Vec<i64> = table
        .cells()
        .iter()
        .take(FAR * 20)
        .filter_map(|cell| match said_alone(&cell.text)? {
            Said::Year(year) => Some(year),
            Said::Last => None,
        })
        .collect();
    years.sort_unstable();
    years.dedup();
    years.last().copied().filter(|_| years.len() > 1)
}

/// Rows that are looked at.
const FAR: usize = 100;

const NUMERALS: &str = "〇一二三四五六七八九";
