//! Numbers as people type them, and back.
//!
//! Accepted are full-width digits and signs, thousands separators in groups of three, 增 and 减 as signs,
//! and sums such as `12+7`. The result is exact: a 64-bit count of the smallest unit, never a float.

use std::ops::ControlFlow;

/// How many decimals a cell keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Precision(u8);

impl Precision {
    /// Whole numbers: counts and changes of counts.
    pub const WHOLE: Self = Self(0);
    /// Money in 万元, kept to a hundredth of a 元 (six decimals).
    pub const MONEY: Self = Self(6);

    /// The number of decimals.
    pub const fn decimals(self) -> u8 {
        self.0
    }

    /// The smallest units in one: 1 for whole numbers, a million for money.
    pub const fn one(self) -> i64 {
        10_i64.pow(self.0 as u32)
    }
}

/// Why a text is not a number of a given precision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Nothing was typed.
    #[error("未填写")]
    Empty,
    /// Something other than a number, a sign or a sum.
    #[error("不是数字")]
    NotANumber,
    /// Separators that do not cut the digits in groups of three.
    #[error("千位分隔符的位置不对")]
    Grouping,
    /// More decimals than the cell keeps.
    #[error("小数位数过多")]
    TooPrecise,
    /// Beyond what can be held.
    #[error("数值过大")]
    TooLarge,
}

/// Reads a number or a sum of numbers, in units of `precision`.
///
/// # Errors
/// Says what is wrong with the text; the caller keeps the text.
pub fn read(text: &str, precision: Precision) -> Result<i64, ReadError> {
    // Blanks may stand around numbers and signs, but two numbers side by side are not one.
    if text.split_whitespace().zip(text.split_whitespace().skip(1)).any(|(left, right)| {
        let digit = |c: Option<char>| c.map(fold).is_some_and(|c| c.is_ascii_digit());
        digit(left.chars().next_back()) && digit(right.chars().next())
    }) {
        return Err(ReadError::NotANumber);
    }
    let folded: String = text.chars().map(fold).filter(|c| !c.is_whitespace()).collect();
    if folded.is_empty() {
        return Err(ReadError::Empty);
    }
    sum(&folded, precision)
}

/// Reads one number, not a sum: what stands in a document as `3-5` may be a range, a date or a telephone number, and
/// was not meant to be reckoned with.
///
/// # Errors
/// As [`read`]; a sum is [`ReadError::NotANumber`].
pub fn read_printed(text: &str, precision: Precision) -> Result<i64, ReadError> {
    let unsigned = text.trim_start().trim_start_matches(|c| matches!(fold(c), '+' | '-'));
    if unsigned.contains(|c| matches!(fold(c), '+' | '-')) {
        return Err(ReadError::NotANumber);
    }
    read(text, precision)
}

/// Reads what stands in a cell while it is being typed: an operator at the end waits for its number, so
/// that `12+` counts as 12 until the next digit comes, and a sign alone is nothing yet.
///
/// # Errors
/// As [`read`].
pub fn read_unfinished(text: &str, precision: Precision) -> Result<i64, ReadError> {
    let whole = read(text, precision);
    if whole.is_ok() {
        return whole;
    }
    let trimmed = text.trim_end();
    match trimmed.char_indices().next_back() {
        Some((at, last)) if matches!(fold(last), '+' | '-' | '.' | ',') => read(&trimmed[..at], precision),
        _ => whole,
    }
}

/// Reads a number with a remark behind it, as 22（其中修订16件）: the number, and the remark without its brackets.
/// None if it is not plainly both; 251000元 may be another unit and is left to a person.
pub fn read_remarked(text: &str, precision: Precision) -> Option<(i64, &str)> {
    const BRACKETS: [(char, char); 4] = [('（', '）'), ('(', ')'), ('【', '】'), ('〔', '〕')];
    let opens = |c: char| BRACKETS.iter().any(|(open, _)| *open == c);
    let at = [text.find(opens), text.find("其中")].into_iter().flatten().min()?;
    let (figure, remark) = text.split_at(at);
    let number =
        read(figure.trim_end_matches(|c: char| c.is_whitespace() || "，,；;、".contains(c)), precision);
    let remark = remark.trim();
    let inside = BRACKETS
        .iter()
        .find_map(|(open, close)| remark.strip_prefix(*open)?.strip_suffix(*close))
        .filter(|inside| !inside.contains(opens));
    let remark = inside.unwrap_or(remark).trim();
    Some((number.ok()?, remark)).filter(|(_, remark)| !remark.is_empty())
}

/// Prints a number without separators and without trailing zeros behind the point.
pub fn print(number: i64, precision: Precision) -> String {
    let one = precision.one().unsigned_abs();
    let magnitude = number.unsigned_abs();
    let sign = if number < 0 { "-" } else { "" };
    let (whole, fraction) = (magnitude / one, magnitude % one);
    if fraction == 0 {
        return format!("{sign}{whole}");
    }
    let digits = format!("{fraction:0width$}", width = usize::from(precision.decimals()));
    format!("{sign}{whole}.{}", digits.trim_end_matches('0'))
}

/// The half-width form of a character that may stand in a number.
fn fold(c: char) -> char {
    match c {
        '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
        '＋' | '增' | '﹢' => '+',
        '－' | '−' | '–' | '—' | '﹣' | '减' => '-',
        '，' | '﹐' | '､' => ',',
        '．' | '。' | '｡' => '.',
        other => other,
    }
}

fn sum(text: &str, precision: Precision) -> Result<i64, ReadError> {
    let mut total: i64 = 0;
    let mut rest = text;
    let mut first = true;
    loop {
        let (negative, after_sign) = match rest.as_bytes().first() {
            Some(b'+') => (false, &rest[1..]),
            Some(b'-') => (true, &rest[1..]),
            _ if first => (false, rest),
            _ => return Err(ReadError::NotANumber),
        };
        let end = after_sign.find(['+', '-']).unwrap_or(after_sign.len());
        let term = term(&after_sign[..end], precision)?;
        let signed = if negative { -term } else { term };
        total = total.checked_add(signed).ok_or(ReadError::TooLarge)?;
        rest = &after_sign[end..];
        first = false;
        if rest.is_empty() {
            return Ok(total);
        }
    }
}

/// One number without a sign.
fn term(text: &str, precision: Precision) -> Result<i64, ReadError> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if whole.is_empty() && fraction.is_empty() {
        return Err(ReadError::NotANumber);
    }
    if !whole.chars().all(|c| c.is_ascii_digit() || c == ',') || !fraction.chars().all(|c| c.is_ascii_digit())
    {
        return Err(ReadError::NotANumber);
    }
    if !well_grouped(whole) {
        return Err(ReadError::Grouping);
    }
    let kept = fraction.trim_end_matches('0');
    let decimals = usize::from(precision.decimals());
    if kept.len() > decimals {
        return Err(ReadError::TooPrecise);
    }
    let padding = std::iter::repeat_n(b'0', decimals - kept.len());
    let digits = whole.bytes().filter(|b| *b != b',').chain(kept.bytes()).chain(padding);
    let value = digits.into_iter().try_fold(0_i64, |value, digit| {
        match value.checked_mul(10).and_then(|tens| tens.checked_add(i64::from(digit - b'0'))) {
            Some(next) => ControlFlow::Continue(next),
            None => ControlFlow::Break(()),
        }
    });
    match value {
        ControlFlow::Continue(value) => Ok(value),
        ControlFlow::Break(()) => Err(ReadError::TooLarge),
    }
}

/// Whether the separators, if any, leave one to three digits in front and groups of three behind.
fn well_grouped(whole: &str) -> bool {
    let mut groups = whole.split(',');
    let Some(first) = groups.next() else { return true };
    let mut separated = false;
    let rest = groups.all(|group| {
        separated = true;
        group.len() == 3
    });
    rest && (!separated || (1..=3).contains(&first.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_clerks_type() {
        let cases: &[(&str, Result<i64, ReadError>)] = &[
            ("83", Ok(83)),
            (" ８３ ", Ok(83)),
            ("1,234,567", Ok(1_234_567)),
            ("１，２３４", Ok(1234)),
            ("12+7", Ok(19)),
            ("12＋7－1", Ok(18)),
            ("+279", Ok(279)),
            ("减4", Ok(-4)),
            ("增5", Ok(5)),
            ("−8", Ok(-8)),
            ("12.0", Ok(12)),
            ("007", Ok(7)),
            ("", Err(ReadError::Empty)),
            ("　", Err(ReadError::Empty)),
            ("/", Err(ReadError::NotANumber)),
            ("-", Err(ReadError::NotANumber)),
            ("12 + 7", Ok(19)),
            ("- 8", Ok(-8)),
            ("1, 234", Ok(1234)),
            ("82 0 0", Err(ReadError::NotANumber)),
            ("８２　０", Err(ReadError::NotANumber)),
            ("12+", Err(ReadError::NotANumber)),
            ("1++2", Err(ReadError::NotANumber)),
            ("无", Err(ReadError::NotANumber)),
            ("251000元", Err(ReadError::NotANumber)),
            ("12,34", Err(ReadError::Grouping)),
            (",234", Err(ReadError::Grouping)),
            ("1234,567", Err(ReadError::Grouping)),
            ("3.5", Err(ReadError::TooPrecise)),
            ("9223372036854775807", Ok(i64::MAX)),
            ("9223372036854775808", Err(ReadError::TooLarge)),
            ("9223372036854775807+1", Err(ReadError::TooLarge)),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text, Precision::WHOLE), *expected, "{text:?}");
        }
    }

    #[test]
    fn money_is_exact_to_six_decimals() {
        assert_eq!(read("59237.2449", Precision::MONEY), Ok(59_237_244_900));
        assert_eq!(read("0.000001", Precision::MONEY), Ok(1));
        assert_eq!(read(".5", Precision::MONEY), Ok(500_000));
        assert_eq!(read("0.0000001", Precision::MONEY), Err(ReadError::TooPrecise));
        assert_eq!(print(59_237_244_900, Precision::MONEY), "59237.2449");
        assert_eq!(print(-500_000, Precision::MONEY), "-0.5");
    }

    #[test]
    fn a_number_with_a_remark_is_taken_apart() {
        let read = |text| read_remarked(text, Precision::WHOLE);
        assert_eq!(read("22（其中修订16件）"), Some((22, "其中修订16件")));
        assert_eq!(read("１，０２２ (修订 16)"), Some((1022, "修订 16")));
        assert_eq!(read("22，其中修订16件"), Some((22, "其中修订16件")));
        assert_eq!(read("22（甲）（乙）"), Some((22, "（甲）（乙）")));
        assert_eq!(read("22（甲"), Some((22, "（甲")));
        for text in
            ["251000元", "22", "（其中修订16件）", "22（）", "约22（估计）", "", "无（其中）", "3.5（估）"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn an_unfinished_sum_counts_as_far_as_it_goes() {
        assert_eq!(read_unfinished("12+", Precision::WHOLE), Ok(12));
        assert_eq!(read_unfinished("12+7", Precision::WHOLE), Ok(19));
        assert_eq!(read_unfinished("3.", Precision::MONEY), Ok(3_000_000));
        assert_eq!(read_unfinished("1,", Precision::WHOLE), Ok(1));
        assert_eq!(
            read_unfinished("-", Precision::WHOLE),
            Err(ReadError::Empty),
            "its digits are still to come"
        );
        assert_eq!(read_unfinished("12+无", Precision::WHOLE), Err(ReadError::NotANumber));
    }

    proptest! {
        #[test]
        fn printing_then_reading_is_identity(number in any::<i64>()) {
            // i64::MIN has no positive twin and so can be printed but not read; nobody can enter it either.
            prop_assume!(number != i64::MIN);
            for precision in [Precision::WHOLE, Precision::MONEY] {
                prop_assert_eq!(read(&print(number, precision), precision), Ok(number));
            }
        }

        #[test]
        fn reading_never_panics(text in "\\PC{0,40}") {
            let _ = read(&text, Precision::MONEY);
            let outcome = read_unfinished(&text, Precision::WHOLE);
            prop_assert!(outcome.is_ok() || outcome.is_err());
        }
    }
}
