//! Chinese characters and the small numerals of headings.

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// Whether the character is a Chinese one.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '〇' | '\u{20000}'..='\u{3ffff}')
}

/// Whether the character is a full-width mark of Chinese text.
pub(super) fn is_mark(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | '“'
            | '”'
            | '‘'
            | '’'
            | '（'
            | '）'
            | '…'
            | '—'
            | '《'
            | '》'
            | '〈'
            | '〉'
            | '〔'
            | '〕'
            | '【'
            | '】'
            | '「'
            | '」'
            | '『'
            | '』'
    )
}

/// Whether the character is a digit of a Chinese numeral.
pub(super) fn is_numeral(c: char) -> bool {
    c == '十' || (c != '〇' && DIGITS.contains(&c))
}

/// The value of a digit, full-width ones included.
pub(super) fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => None,
    }
}

/// Reads 一 to 九十九.
pub(super) fn read(text: &str) -> Option<u32> {
    let value = |c: char| DIGITS.iter().skip(1).position(|known| *known == c).map(|index| index as u32 + 1);
    let (tens, ones) = match text.split_once('十') {
        None => ("〇", text),
        Some(("", ones)) => ("一", ones),
        Some(parts) => parts,
    };
    let one = |text: &str| {
        let mut chars = text.chars();
        let first = chars.next()?;
        chars.next().is_none().then(|| value(first))?
    };
    let tens = if tens == "〇" { 0 } else { one(tens)? };
    let ones = if ones.is_empty() && tens > 0 { 0 } else { one(ones)? };
    Some(tens * 10 + ones)
}

/// Writes 1 to 99; greater ones in digits.
pub(super) fn write(number: u32) -> String {
    let digit = |n: u32| DIGITS.get(n as usize).copied().unwrap_or('〇');
    match number {
        1..=9 => digit(number).to_string(),
        10..=99 => {
            let mut text = String::new();
            if number >= 20 {
                text.push(digit(number / 10));
            }
            text.push('十');
            if !number.is_multiple_of(10) {
                text.push(digit(number % 10));
            }
            text
        }
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_read_and_write_back() {
        for number in 1..=99 {
            assert_eq!(read(&write(number)), Some(number), "{}", write(number));
        }
        assert_eq!(write(10), "十");
        assert_eq!(write(21), "二十一");
        for wrong in ["", "〇", "百", "一二", "十十", "二十十", "一十二十"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
