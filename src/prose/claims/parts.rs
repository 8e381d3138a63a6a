//! 其中: parts that should add up to their whole.
//!
//! Often 其中 names only some parts. A remark is made only where the list says that it is complete, where it is
//! complete but for a slip of the pen, or where the parts are more than the whole.

use super::reader::{Reader, is_break};
use super::{Claims, shares};
use crate::form::Severity;
use crate::prose::numerals::{Kind, Numeral, Unit};
use crate::prose::{Remark, Topic};

const HINT: &str = "请核对总数与各分项；如只列举了一部分，可写明“包括”或补上其余部分。";
/// What begins something that is no part any more.
const NO_PART: [&str; 5] = ["另", "此外", "同时", "另外", "除此"];
/// Lists with at least so many parts that miss the whole by at most one in a hundred were meant to be complete.
const MANY: usize = 3;

/// Looks for parts in a text that has been read. `bound` says for each figure which claim it makes.
pub(super) struct Parts<'r, 'a> {
    pub(super) reader: &'r Reader<'a>,
    pub(super) bound: &'r [Option<usize>],
    pub(super) claims: &'r Claims,
}

/// A whole with its parts.
struct Split<'r> {
    whole: &'r Numeral,
    /// What else the parts may add up to.
    wholes: Vec<i64>,
    parts: Vec<Part<'r>>,
}

struct Part<'r> {
    index: usize,
    numeral: &'r Numeral,
    number: i64,
    words: &'r str,
}

impl<'r> Parts<'r, '_> {
    pub(super) fn remarks(&self) -> Vec<Remark> {
        let text = self.reader.text;
        let splits = text.match_indices("其中").filter_map(|(at, word)| self.split(at, at + word.len()));
        let mut remarks = Vec::new();
        for split in splits {
            remarks.extend(self.sum(&split));
            remarks.extend(self.shares(&split));
        }
        remarks
    }

    fn split(&self, at: usize, behind: usize) -> Option<Split<'r>> {
        let reader = self.reader;
        let mut start = reader.sentence_start(at);
        let begins = reader.slice(start..at).trim().is_empty();
        if begins {
            let before = reader.text.get(..start)?.trim_end_matches(['。', '\u{3000}', ' ']).len();
            start = reader.sentence_start(before);
            if reader.text.get(..at)?.get(start..)?.contains('\n') {
                return None;
            }
        }
        let earlier: Vec<_> = reader
            .figures(start..at)
            .filter(|(index, _)| !shares::is_growth(reader.slice(reader.clause(*index))))
            .map(|(_, numeral)| numeral)
            .filter(|numeral| numeral.kind == Kind::Count)
            .collect();
        // Parts of what is only roughly told can not be added up.
        let whole = earlier.last().copied().filter(|whole| is_exact(whole))?;
        let same: Vec<i64> = earlier
            .iter()
            .filter(|known| known.unit == whole.unit)
            .filter_map(|known| known.whole())
            .collect();
        let mut wholes = same.clone();
        wholes.extend(same.iter().try_fold(0_i64, |sum, number| sum.checked_add(*number)));
        wholes.sort_unstable();
        wholes.dedup();
        let parts = self.parts(behind, whole.unit);
        Some(Split { whole, wholes, parts })
    }

    fn parts(&self, start: usize, unit: Option<Unit>) -> Vec<Part<'r>> {
        let text = self.reader.text;
        let end = scope_end(text, start);
        let mut parts = Vec::new();
        let mut last = start;
        for (index, numeral) in self.reader.figures(start..text.len()) {
            let words = self.reader.slice(last..numeral.range.start);
            let fresh = words.trim_start_matches(|c: char| is_break(c) || c == ' ');
            if numeral.end > end || NO_PART.iter().any(|word| fresh.starts_with(word)) {
                break;
            }
            let is_deeper = depth(self.reader.slice(start..numeral.range.start)) > 0;
            let is_growth = shares::is_growth(self.reader.slice(self.reader.clause(index)));
            if numeral.kind == Kind::Count && numeral.unit != unit && !is_deeper {
                last = numeral.end;
                continue;
            }
            match numeral.whole() {
                Some(_) if !is_exact(numeral) && !is_deeper => return Vec::new(),
                Some(number) if !is_deeper && !is_growth => {
                    parts.push(Part { index, numeral, number, words });
                    last = numeral.end;
                }
                _ => {}
            }
        }
        parts
    }

    fn sum(&self, split: &Split<'_>) -> Option<Remark> {
        let whole = split.whole.whole()?;
        let mut sums = Vec::new();
        for part in &split.parts {
            sums.push(sums.last().copied().unwrap_or(0_i64).checked_add(part.number)?);
        }
        if sums.is_empty() || sums.iter().any(|sum| split.wholes.contains(sum)) {
            return None;
        }
        let (length, sum) = self.meant(split, whole, &sums)?;
        let parts = split.parts.get(..length)?;
        let unit = split.whole.unit.map_or("", Unit::name);
        let added: Vec<_> = parts.iter().map(|part| part.number.to_string()).collect();
        let end = parts.last()?.numeral.end;
        let message = if length == 1 {
            format!("“其中”一项为 {sum} {unit}，多于总数 {whole} {unit}。")
        } else {
            let added = added.join("+");
            format!(
                "“其中”各项之和 {added}={sum} {unit}，与总数 {whole} {unit}相差 {}。",
                (sum - whole).abs()
            )
        };
        Some(Remark {
            topic: Topic::Parts,
            severity: Severity::Verify,
            range: split.whole.range.start..end,
            message,
            hint: HINT,
            cells: Vec::new(),
            fix: None,
        })
    }

    /// How many parts were meant to add up to the whole, with their sum. None if that is not certain.
    fn meant(&self, split: &Split<'_>, whole: i64, sums: &[i64]) -> Option<(usize, i64)> {
        if let Some(length) = self.complete(split) {
            return Some((length, *sums.get(length.checked_sub(1)?)?));
        }
        if split.wholes.len() > 1 {
            return None;
        }
        if let [sum, ..] = sums
            && *sum > whole
        {
            return Some((1, *sum));
        }
        let (index, sum) =
            sums.iter().copied().enumerate().skip(1).min_by_key(|(_, sum)| sum.abs_diff(whole))?;
        let close = index + 1 >= MANY && sum.abs_diff(whole).saturating_mul(100) <= whole.unsigned_abs();
        let over = sums.get(1).is_some_and(|two| *two > whole) && sums.len() == 2;
        (close || over).then_some((index + 1, sum))
    }

    /// How many parts make the list complete by what they are called.
    fn complete(&self, split: &Split<'_>) -> Option<usize> {
        let words: Vec<String> = split.parts.iter().map(|part| part.words.replace("其他组织", "")).collect();
        let rest = words
            .iter()
            .skip(1)
            .position(|words| ["其他", "其它", "其余"].iter().any(|word| words.contains(word)));
        let sets = self.reader.wording.complete.iter().filter_map(|set| {
            let each = set.iter().map(|word| words.iter().position(|words| words.contains(word.as_str())));
            let places = each.collect::<Option<Vec<_>>>()?;
            let mut different = places.clone();
            different.sort_unstable();
            different.dedup();
            (different.len() == places.len()).then(|| places.iter().max().map(|last| last + 1))?
        });
        // A set that the form knows is complete earlier than a list that ends with 其他.
        sets.min().or(rest.map(|at| at + 2))
    }

    /// Shares of the whole told behind parts that stand for no quantity of the form.
    fn shares(&self, split: &Split<'_>) -> Vec<Remark> {
        let mut remarks = Vec::new();
        for part in &split.parts {
            let claim =
                self.bound.get(part.index).copied().flatten().and_then(|at| self.claims.found.get(at));
            let known = claim.and_then(|claim| self.reader.wording.quantities.get(claim.quantity));
            let Some(next) = self.reader.numerals.get(part.index + 1) else { continue };
            let is_share = shares::is_share(self.reader.slice(part.numeral.end..next.range.start));
            if next.kind != Kind::Percent
                || !is_share
                || known.is_some_and(|known| !known.share_of.is_empty())
            {
                continue;
            }
            let Some(value) = next.decimal() else { continue };
            let fits = |whole: &i64| super::verdict::is_share_of(value, part.number, *whole);
            if split.wholes.iter().any(fits) || next.approx {
                continue;
            }
            let Some(whole) = split.whole.whole().filter(|whole| *whole > 0) else { continue };
            let Some(right) = super::verdict::share_of(part.number, whole, value.decimals) else { continue };
            remarks.push(Remark {
                topic: Topic::Share,
                severity: Severity::Verify,
                range: next.range.clone(),
                message: format!(
                    "{} 占 {whole} 的 {right}%，文中为 {}。",
                    part.number,
                    self.reader.slice(next.range.clone())
                ),
                hint: super::verdict::SHARE_HINT,
                cells: Vec::new(),
                fix: None,
            });
        }
        remarks
    }
}

/// Whether a figure says a whole number and no rounded one.
fn is_exact(numeral: &Numeral) -> bool {
    let rounded = numeral.decimal().is_none_or(|value| value.grain > 1);
    numeral.whole().is_some() && !numeral.approx && !rounded
}

/// Where the list behind 其中 ends: with its brackets or its sentence.
fn scope_end(text: &str, start: usize) -> usize {
    let mut open = 0_usize;
    let rest = text.get(start..).unwrap_or_default();
    for (at, c) in rest.char_indices() {
        match c {
            '（' | '(' => open += 1,
            '）' | ')' if open > 0 => open -= 1,
            '）' | ')' | '。' | '；' | ';' | '！' | '？' | '\n' if open == 0 => return start + at,
            _ if at > 0 && rest.get(at..).is_some_and(|rest| rest.starts_with("其中")) => {
                return start + at;
            }
            _ => {}
        }
    }
    text.len()
}

/// How many brackets are open at the end of a piece.
fn depth(piece: &str) -> usize {
    piece.chars().fold(0_usize, |open, c| match c {
        '（' | '(' => open + 1,
        '）' | ')' => open.saturating_sub(1),
        _ => open,
    })
}
