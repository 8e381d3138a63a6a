//! Chinese numerals.

use super::Decimal;

/// Largest number that is written in Chinese numerals, and one more.
const LIMIT: i64 = 1_000_000_000_000;
const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// Whether a character may stand in a Chinese numeral.
pub(super) fn is_part(c: char) -> bool {
    digit(c).is_some() || matches!(c, '十' | '百' | '千' | '万' | '亿')
}

/// Reads a numeral such as 一百二十, 两千零五, 三十三点九. None if it is not one, such as 三四 or 二〇二三.
pub(super) fn read(numeral: &[char]) -> Option<Decimal> {
    let mut sides = numeral.split(|c| *c == '点');
    let mantissa = whole(sides.next()?)?;
    let Some(behind) = sides.next() else { return Some(Decimal::whole(mantissa)) };
    if sides.next().is_some() || behind.is_empty() || behind.len() > 6 {
        return None;
    }
    let mantissa = behind.iter().try_fold(mantissa, |sum, c| sum.checked_mul(10)?.checked_add(digit(*c)?))?;
    Some(Decimal { mantissa, decimals: behind.len() as u8, grain: 1 })
}

/// Writes a number in Chinese numerals.
pub(super) fn write(number: i64) -> Option<String> {
    if !(0..LIMIT).contains(&number) {
        return None;
    }
    if number == 0 {
        return Some("零".to_owned());
    }
    let mut written = String::new();
    let mut gap = false;
    for (part, name) in
        [(number / 100_000_000, "亿"), (number / 10_000 % 10_000, "万"), (number % 10_000, "")]
    {
        if part == 0 {
            gap = !written.is_empty();
            continue;
        }
        if !written.is_empty() && (gap || part < 1000) {
            written.push('零');
        }
        section(part, &mut written);
        written.push_str(name);
        gap = false;
    }
    let short = written.strip_prefix("一十").map(|rest| format!("十{rest}"));
    Some(short.unwrap_or(written))
}

/// Up to four digits.
fn section(part: i64, into: &mut String) {
    let (mut begun, mut gap) = (false, false);
    for (size, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = part / size % 10;
        if digit == 0 {
            gap = begun;
            continue;
        }
        if gap {
            into.push('零');
        }
        into.extend(DIGITS.get(digit as usize));
        into.push_str(name);
        (begun, gap) = (true, false);
    }
}

fn whole(numeral: &[char]) -> Option<i64> {
    let (mut total, mut section, mut last) = (0_i64, 0_i64, None::<i64>);
    // What the last size was, so that sizes only fall within a section: 三百五十, not 五十三百.
    let mut size = 10_000;
    let mut zero = false;
    for (index, c) in numeral.iter().enumerate() {
        if let Some(value) = digit(*c) {
            if value == 0 {
                if last.is_some() || (index > 0 && zero) {
                    return None;
                }
                zero = true;
                continue;
            }
            if last.is_some() {
                return None;
            }
            last = Some(value);
            continue;
        }
        match c {
            '十' | '百' | '千' => {
                let this = match c {
                    '十' => 10,
                    '百' => 100,
                    _ => 1000,
                };
                let bare_ten = this == 10 && (index == 0 || zero);
                if this >= size || (last.is_none() && !bare_ten) {
                    return None;
                }
                section += last.take().unwrap_or(1) * this;
                size = this;
            }
            _ => {
                let this = if *c == '万' { 10_000 } else { 100_000_000 };
                section += last.take().unwrap_or_default();
                if section == 0
                    || (this == 10_000 && total % 100_000_000 != 0)
                    || (this > 10_000 && total != 0)
                {
                    return None;
                }
                total += section * this;
                (section, size) = (0, 10_000);
            }
        }
        zero = false;
    }
    let end = last.unwrap_or_default();
    // 一百五 is 150, but so few write it that it is no figure here; 零 alone is 0.
    if end > 0 && !zero && (size > 10 && size < 10_000 || size == 10_000 && total > 0) {
        return None;
    }
    if zero && end == 0 && numeral.len() > 1 {
        return None;
    }
    Some(total + section + end)
}

fn digit(c: char) -> Option<i64> {
    match c {
        '〇' | '○' => Some(0),
        '两' => Some(2),
        _ => DIGITS.iter().position(|known| *known == c).map(|value| value as i64),
    }
}
