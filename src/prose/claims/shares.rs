//! Percentages of a total, and growth against last year.

use super::reader::{Reader, is_break};
use super::{By, Claims, Growth, Percent, Share, phrase};
use crate::prose::numerals::{Kind, Numeral};

/// The longest words between a figure and its share.
const NEAR: usize = 16;
const LAST_YEAR: [&str; 14] = [
    "比上年",
    "较上年",
    "比去年",
    "较去年",
    "同比",
    "比上一年",
    "较上一年",
    "与上年相比",
    "与去年相比",
    "与上年度相比",
    "与上一年相比",
    "上年同期",
    "去年同期",
    "与上年比",
];
const RISES: [&str; 7] = ["增长", "上升", "增加", "提高", "增幅", "多", "升"];
const FALLS: [&str; 7] = ["下降", "减少", "回落", "降低", "降幅", "少", "降"];
// Not 至 or 到, behind which stands the new level and not the growth.
const THEN: [&str; 6] = ["了", "为", "达", "约", "：", "率"];

/// Finds both behind and beside what was bound. `bound` says for each figure which claim it makes.
pub(super) fn read(reader: &Reader<'_>, bound: &[Option<usize>], claims: &mut Claims) {
    for (index, numeral) in reader.numerals.iter().enumerate() {
        if numeral.approx {
            continue;
        }
        if let Some(growth) = growth(reader, index, numeral, bound, claims) {
            claims.growths.push(growth);
        } else if let Some(share) = share(reader, index, numeral, bound) {
            claims.shares.push(share);
        }
    }
}

/// Whether the words in front of a figure make it a growth and not an amount.
pub(super) fn is_growth(clause: &str) -> bool {
    direction(clause).is_some() || LAST_YEAR.iter().any(|word| clause.contains(word))
}

/// Whether a percentage tells the share of the figure before it.
pub(super) fn is_share(between: &str) -> bool {
    let opened = between.trim().starts_with(['（', '(']);
    let words = between.trim().trim_start_matches(is_break).trim();
    let tells = words.starts_with('占') || words.starts_with("约占");
    words.chars().count() <= NEAR && !words.contains(is_break) && (tells || (opened && words.is_empty()))
}

fn share(reader: &Reader<'_>, index: usize, numeral: &Numeral, bound: &[Option<usize>]) -> Option<Share> {
    let percent = percent(numeral)?;
    let last = index.checked_sub(1)?;
    let before = reader.numerals.get(last)?;
    let claim = bound.get(last).copied().flatten()?;
    if !is_share(reader.slice(before.end..numeral.range.start)) {
        return None;
    }
    let start = reader.sentence_start(numeral.range.start);
    let wholes = reader.figures(start..before.range.start).filter_map(|(_, known)| known.whole()).collect();
    Some(Share { claim, percent, wholes })
}

fn growth(
    reader: &Reader<'_>,
    index: usize,
    numeral: &Numeral,
    bound: &[Option<usize>],
    claims: &Claims,
) -> Option<Growth> {
    let clause = reader.clause(index);
    let words = reader.slice(clause.clone());
    // 分别 deals several growths out to several figures.
    let falls = direction(words).filter(|_| !words.contains("分别"))?;
    let at = compared(words, reader.setting.year)?;
    let by = match numeral.kind {
        Kind::Percent => By::Percent(percent(numeral)?),
        Kind::Count => By::Count(numeral.whole()?),
        Kind::Fraction => return None,
    };
    let what = words.get(..at).unwrap_or_default();
    let range = clause.start + at..numeral.end;
    let named = reader.wording.quantities.iter().position(|quantity| {
        quantity.named.iter().any(|name| {
            phrase::strip_back(what, reader.wording).ends_with(name.as_str())
                || what.trim_end().ends_with(name.as_str())
        })
    });
    let last = index.checked_sub(1);
    let claim = last.and_then(|last| bound.get(last).copied().flatten());
    let same_sentence = last
        .and_then(|last| reader.numerals.get(last))
        .is_some_and(|before| reader.sentence(before.range.start) == reader.sentence(numeral.range.start));
    let told = claim.filter(|_| same_sentence);
    if let Some(quantity) = named {
        // The figure before is a claim of the same kind, or the growth stands alone.
        let told =
            told.filter(|index| claims.found.get(*index).is_some_and(|claim| claim.quantity == quantity));
        return Some(Growth { quantity, claim: told, by, range, falls });
    }
    let told = told.filter(|_| phrase::is_filler(what, reader.wording))?;
    let quantity = claims.found.get(told)?.quantity;
    let same_unit = |count: &Numeral| claims.found.get(told).is_some_and(|claim| claim.unit == count.unit);
    if matches!(by, By::Count(_)) && !same_unit(numeral) {
        return None;
    }
    Some(Growth { quantity, claim: Some(told), by, range, falls })
}

/// Whether the words end in a rise (false) or a fall (true).
fn direction(clause: &str) -> Option<bool> {
    let mut rest = clause.trim_end();
    while let Some(shorter) = THEN.iter().find_map(|word| rest.strip_suffix(word)) {
        rest = shorter.trim_end();
    }
    if RISES.iter().any(|word| rest.ends_with(word)) {
        return Some(false);
    }
    FALLS.iter().any(|word| rest.ends_with(word)).then_some(true)
}

/// Where words say that something is compared with last year.
fn compared(clause: &str, year: Option<i64>) -> Option<usize> {
    let told = LAST_YEAR.iter().filter_map(|word| clause.find(word)).min();
    let year = year.map(|year| year - 1);
    let named = || {
        let year = year?;
        ["比", "较"].iter().find_map(|word| {
            clause.find(&format!("{word}{year}年")).or_else(|| clause.find(&format!("{word} {year} 年")))
        })
    };
    told.or_else(named)
}

fn percent(numeral: &Numeral) -> Option<Percent> {
    let value = numeral.decimal().filter(|_| numeral.kind == Kind::Percent)?;
    let range = numeral.range.clone();
    Some(Percent { digits: range.clone(), range, value })
}
