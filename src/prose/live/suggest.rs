//! Which cell a plain figure may have been copied from.

use std::ops::Range;

use super::super::{Form, Values};
use super::read;
use crate::form::{NumberKind, Role};
use crate::model::{CellId, Precision, number};
use crate::prose::numerals::{self, Kind, Numeral, Unit};

/// A figure written out in a text, in digits or in Chinese numerals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainFigure {
    /// Where it stands, in bytes of the text, with its 万 but without its unit.
    pub range: Range<usize>,
    /// What it amounts to, in millionths.
    pub value: i64,
    /// Whether it is a percentage.
    pub is_percentage: bool,
    what: Measured,
}

/// What a figure is of, as far as it says whether a cell can stand in its place with the unit left as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measured {
    /// Of things, or of something that is not told.
    Things,
    /// Of 万元, as cells hold money.
    TenThousandYuan,
    /// Of 元 or 亿元, which no cell holds.
    OtherMoney,
}

impl Measured {
    fn is(self, kind: NumberKind) -> bool {
        match self {
            Self::Things => kind != NumberKind::Money,
            Self::TenThousandYuan => kind == NumberKind::Money,
            Self::OtherMoney => false,
        }
    }
}

/// The figure in which byte `at` of a text lies, or which ends or begins there: digits, Chinese numerals (一百二十) and
/// either with 万 or 亿 behind it (3.6万). None if there is no figure, or if it is part of something larger.
pub fn figure_at(form: &Form, text: &str, at: usize) -> Option<PlainFigure> {
    if read(form, text).iter().any(|live| live.range.start < at && at < live.range.end) {
        return None;
    }
    numeral_at(text, at).or_else(|| digits_at(text, at))
}

/// The cells that amount to a figure, those first whose labels the words around it speak of.
pub fn candidates(form: &Form, text: &str, figure: &PlainFigure, values: &dyn Values) -> Vec<CellId> {
    if figure.is_percentage {
        return Vec::new();
    }
    let equal = |cell: &CellId| {
        let Some(slot) = form.slot(*cell) else { return false };
        let scale = Precision::MONEY.one() / slot.kind.precision().one();
        let value = values.cell(*cell).and_then(|value| value.checked_mul(scale));
        value == Some(figure.value) && figure.what.is(slot.kind)
    };
    ranked(form, text, &figure.range, form.all_cells().filter(equal))
}

/// All cells, those first whose labels the words around a place of the text speak of.
pub fn by_words(form: &Form, text: &str, place: &Range<usize>) -> Vec<CellId> {
    ranked(form, text, place, form.all_cells())
}

/// The figure at a place as it is read for claims.
fn numeral_at(text: &str, at: usize) -> Option<PlainFigure> {
    if !text.is_char_boundary(at) {
        return None;
    }
    let touches = |numeral: &Numeral| numeral.range.start <= at && at <= numeral.range.end;
    let numeral = numerals::read(text).into_iter().rfind(touches)?;
    let unit = numeral.unit.map_or("", Unit::name);
    // Of 3.6万元 the 万 may be read with the figure; the unit that stays behind the live figure is 万元 then.
    let is_wan = unit == "元" && text.get(numeral.range.clone())?.ends_with('万');
    let (range, power) = if is_wan {
        (numeral.range.start..numeral.range.end - '万'.len_utf8(), 4)
    } else {
        (numeral.range.clone(), 0)
    };
    let millionths = numeral.decimal()?.scaled(Precision::MONEY.decimals())?;
    Some(PlainFigure {
        range,
        value: millionths / 10_i64.pow(power),
        is_percentage: numeral.kind == Kind::Percent,
        what: match unit {
            "万元" => Measured::TenThousandYuan,
            "元" if is_wan => Measured::TenThousandYuan,
            "元" | "亿元" => Measured::OtherMoney,
            _ => Measured::Things,
        },
    })
}

/// The digits at a place, even where they are no figure that could be claimed, such as those of a year.
fn digits_at(text: &str, at: usize) -> Option<PlainFigure> {
    let range = run(text, at, true)?;
    let precise = |range: &Range<usize>| {
        number::read(text.get(range.clone()).unwrap_or_default(), Precision::MONEY).ok()
    };
    // Where the points and commas make no number, the digits alone may be one.
    let (range, value) = match precise(&range) {
        Some(value) => (range, value),
        None => run(text, at, false).and_then(|range| precise(&range).map(|value| (range, value)))?,
    };
    let after = text.get(range.end..).unwrap_or_default().trim_start();
    let is_money = after.starts_with("万元");
    let goes_on = !is_money && after.starts_with(['万', '亿']);
    let is_percentage = after.starts_with(['%', '％', '‰']);
    let what = if is_money { Measured::TenThousandYuan } else { Measured::Things };
    (!goes_on).then_some(PlainFigure { range, value, is_percentage, what })
}

fn ranked(form: &Form, text: &str, place: &Range<usize>, cells: impl Iterator<Item = CellId>) -> Vec<CellId> {
    let words = around(text, place);
    let mut found: Vec<(usize, bool, CellId)> = Vec::new();
    for cell in cells {
        let Some((slot, table, block)) = form.block_of(cell) else { continue };
        let rows = block.labels.path(slot.row).map(|label| label.full.as_str());
        let columns = block.heads.path(slot.column).map(|label| label.full.as_str());
        let labels: String = rows.chain(columns).chain([table.title.as_str()]).collect::<Vec<_>>().join("\n");
        let likeness = likeness(&labels, &words);
        // Of cells that the words do not speak of, none is better than another.
        found.push((likeness, likeness > 0 && slot.role == Role::Total, cell));
    }
    found.sort_by_key(|(likeness, is_total, cell)| (std::cmp::Reverse((*likeness, *is_total)), *cell));
    found.into_iter().map(|(_, _, cell)| cell).collect()
}

/// How many pairs of neighbouring characters of the labels stand in the words too, each pair once.
fn likeness(labels: &str, words: &str) -> usize {
    let mut seen: Vec<(char, char)> = Vec::new();
    for (a, b) in labels.chars().zip(labels.chars().skip(1)) {
        let is_word = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        if is_word(a) && is_word(b) && !seen.contains(&(a, b)) && words.contains(&*String::from_iter([a, b]))
        {
            seen.push((a, b));
        }
    }
    seen.len()
}

/// The clause before a figure, and the few characters behind it.
fn around(text: &str, range: &Range<usize>) -> String {
    const BEFORE: usize = 16;
    const AFTER: usize = 6;
    let before = text.get(..range.start).unwrap_or_default();
    let clause = before
        .rfind(['。', '；', '，', '、', '\n'])
        .map_or(before, |at| before.get(at..).unwrap_or_default());
    let skipped = clause.chars().count().saturating_sub(BEFORE);
    let after = text.get(range.end..).unwrap_or_default();
    clause.chars().skip(skipped).chain(after.chars().take(AFTER)).collect()
}

/// The digits around a place, with the points and commas between them if `joined`.
fn run(text: &str, at: usize, joined: bool) -> Option<Range<usize>> {
    let (before, after) = text.split_at_checked(at)?;
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let belongs = |c: &char| is_digit(*c) || (joined && matches!(c, '.' | '．' | ','));
    let left: usize = before.chars().rev().take_while(belongs).map(char::len_utf8).sum();
    let right: usize = after.chars().take_while(belongs).map(char::len_utf8).sum();
    let run = text.get(at - left..at + right)?;
    let start = at - left + (run.len() - run.trim_start_matches(|c| !is_digit(c)).len());
    let end = at + right - (run.len() - run.trim_end_matches(|c| !is_digit(c)).len());
    (start < end && start <= at && at <= end).then_some(start..end)
}
