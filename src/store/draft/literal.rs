//! Number literals of RON, read exactly.

use crate::model::{Figure, Precision, number};

/// What a scalar written where a figure belongs means; `None` if it is no number. A number that the cell can
/// not hold, being too large or too precise, is kept as it was written.
pub(super) fn figure(literal: &str, precision: Precision) -> Option<Figure> {
    let digits = literal.trim_start_matches(['+', '-']);
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let value = whole(literal, precision).or_else(|| decimal(literal, precision));
    Some(value.map_or_else(|| Figure::Unread(literal.to_owned()), Figure::Number))
}

/// A whole number in any base, with underscores and a suffix such as `u8`.
pub(super) fn whole(literal: &str, precision: Precision) -> Option<i64> {
    let (negative, digits) = match literal.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, literal.strip_prefix('+').unwrap_or(literal)),
    };
    let (base, digits) = [("0x", 16), ("0o", 8), ("0b", 2)]
        .into_iter()
        .find_map(|(prefix, base)| Some((base, digits.strip_prefix(prefix)?)))
        .unwrap_or((10, digits));
    let digits = digits.find(['i', 'u']).and_then(|suffix| digits.get(..suffix)).unwrap_or(digits);
    let plain: String = digits.chars().filter(|c| *c != '_').collect();
    if !plain.starts_with(|c: char| c.is_digit(base)) {
        return None;
    }
    let magnitude = i128::from_str_radix(&plain, base).ok()?;
    let value = magnitude.checked_mul(i128::from(precision.one()))?;
    i64::try_from(if negative { -value } else { value }).ok()
}

/// A decimal number, with an exponent or a suffix such as `f64`.
fn decimal(literal: &str, precision: Precision) -> Option<i64> {
    let plain: String = literal.chars().filter(|c| *c != '_').collect();
    let plain = plain.find('f').and_then(|suffix| plain.get(..suffix)).unwrap_or(&plain);
    let written_out = match plain.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => shifted(mantissa, exponent.parse().ok()?)?,
        None => plain.to_owned(),
    };
    number::read(&written_out, precision).ok()
}

/// A decimal number times a power of ten, written out.
fn shifted(mantissa: &str, exponent: i32) -> Option<String> {
    /// Beyond this no number fits anyway.
    const FARTHEST: usize = 40;
    let distance = usize::try_from(exponent.unsigned_abs()).ok().filter(|distance| *distance <= FARTHEST)?;
    let (sign, digits) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa.strip_prefix('+').unwrap_or(mantissa)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let zeros = "0".repeat(distance);
    let (digits, point) = if exponent < 0 {
        (format!("{zeros}{whole}{fraction}"), whole.len())
    } else {
        (format!("{whole}{fraction}{zeros}"), whole.len() + distance)
    };
    let (whole, fraction) = digits.split_at_checked(point)?;
    Some(format!("{sign}{whole}.{fraction}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_read_exactly() {
        let money = |literal| figure(literal, Precision::MONEY);
        let count = |literal| figure(literal, Precision::WHOLE);
        assert_eq!(count("82"), Some(Figure::Number(82)));
        assert_eq!(count("-4"), Some(Figure::Number(-4)));
        assert_eq!(count("+7"), Some(Figure::Number(7)));
        assert_eq!(count("1_234"), Some(Figure::Number(1234)));
        assert_eq!(count("0x1F"), Some(Figure::Number(31)));
        assert_eq!(count("-0b101"), Some(Figure::Number(-5)));
        assert_eq!(count("0o17u8"), Some(Figure::Number(15)));
        assert_eq!(count("12i64"), Some(Figure::Number(12)));
        assert_eq!(count("12.0"), Some(Figure::Number(12)));
        assert_eq!(count("1.2e1"), Some(Figure::Number(12)));
        assert_eq!(count("120e-1f32"), Some(Figure::Number(12)));
        assert_eq!(count("-9223372036854775808"), Some(Figure::Number(i64::MIN)));
        assert_eq!(money("59237.2449"), Some(Figure::Number(59_237_244_900)));
        assert_eq!(money("0.1"), Some(Figure::Number(100_000)));
        assert_eq!(money("-1.5E-3"), Some(Figure::Number(-1_500)));
        assert_eq!(money("9007199254740.993"), Some(Figure::Number(9_007_199_254_740_993_000)));
    }

    #[test]
    fn a_number_that_does_not_fit_is_kept_as_written() {
        for literal in ["99999999999999999999", "3.5", "1e30", "1e-3", "0xFFFFFFFFFFFFFFFF", "1e99999999"] {
            let kept = Some(Figure::Unread(literal.to_owned()));
            assert_eq!(figure(literal, Precision::WHOLE), kept, "{literal}");
        }
        assert_eq!(figure("0.0000001", Precision::MONEY), Some(Figure::Unread("0.0000001".to_owned())));
    }

    #[test]
    fn other_scalars_are_no_numbers() {
        for literal in ["true", "None", "'a'", "b'a'", "inf", "-inf", "NaN", "()", "Foo", ""] {
            assert_eq!(figure(literal, Precision::WHOLE), None, "{literal}");
        }
    }
}
