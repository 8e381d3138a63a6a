//! How lists write their counts, of programs for text and of web pages.

use crate::prose::numerals;

/// A way to write a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Way {
    /// 1 2 3
    #[default]
    Decimal,
    /// 01 02 03
    TwoDigits,
    /// １ ２ ３
    FullWidth,
    /// ① ② ③
    Circled,
    /// ⑴ ⑵ ⑶
    Bracketed,
    /// ⒈ ⒉ ⒊
    Stopped,
    /// ㊀ ㊁ ㊂
    CircledChinese,
    /// 一 二 三
    Chinese,
    /// 一〇 for 10
    ChineseDigits,
    /// 壹 贰 叁
    Formal,
    /// 甲 乙 丙
    Stems,
    /// 子 丑 寅
    Branches,
    /// A B C
    UpperLetters,
    /// a b c
    LowerLetters,
    /// I II III
    UpperRoman,
    /// i ii iii
    LowerRoman,
}

impl Way {
    /// The count in this way. None if it can not say it.
    pub(super) fn write(self, count: i64) -> Option<String> {
        let nth = |first: char, last: char| {
            let letter = u32::try_from(count.checked_sub(1)?).ok()?.checked_add(first as u32)?;
            char::from_u32(letter).filter(|letter| *letter <= last).map(String::from)
        };
        let of = |signs: &str| {
            usize::try_from(count.checked_sub(1)?).ok().and_then(|at| signs.chars().nth(at)).map(String::from)
        };
        let chinese = || numerals::write(count, numerals::Style::Chinese);
        match self {
            Self::Decimal => Some(count.to_string()),
            Self::TwoDigits => Some(format!("{count:02}")),
            Self::FullWidth => {
                numerals::write(count, numerals::Style::Digits { full: true, separator: None })
            }
            Self::Circled => nth('①', '⑳'),
            Self::Bracketed => nth('⑴', '⒇'),
            Self::Stopped => nth('⒈', '⒛'),
            Self::CircledChinese => nth('㊀', '㊉'),
            Self::Chinese => chinese(),
            Self::ChineseDigits => {
                Some(count.to_string().chars().map(|digit| spelled(digit, "〇一二三四五六七八九")).collect())
            }
            Self::Formal => Some(chinese()?.chars().map(formal).collect()),
            Self::Stems => of("甲乙丙丁戊己庚辛壬癸"),
            Self::Branches => of("子丑寅卯辰巳午未申酉戌亥"),
            Self::UpperLetters => nth('A', 'Z'),
            Self::LowerLetters => nth('a', 'z'),
            Self::UpperRoman => roman(count),
            Self::LowerRoman => roman(count).map(|number| number.to_lowercase()),
        }
    }
}

/// A number and the words behind it; a blank parts a point and a digit, so that they do not make another number.
pub(super) fn joined(number: &str, text: &str) -> String {
    let word = |c: char| c.is_ascii_alphanumeric();
    let clash = number.ends_with(['.', '．', '-']) && text.starts_with(char::is_numeric)
        || number.ends_with(word) && text.starts_with(word);
    if clash { format!("{number} {text}") } else { format!("{number}{text}") }
}

fn spelled(digit: char, digits: &str) -> char {
    digit.to_digit(10).and_then(|digit| digits.chars().nth(digit as usize)).unwrap_or(digit)
}

fn formal(numeral: char) -> char {
    let plain = "一二三四五六七八九十百千";
    plain
        .chars()
        .position(|c| c == numeral)
        .and_then(|at| "壹贰叁肆伍陆柒捌玖拾佰仟".chars().nth(at))
        .unwrap_or(numeral)
}

fn roman(count: i64) -> Option<String> {
    let mut rest = usize::try_from(count).ok().filter(|count| (1..4000).contains(count))?;
    let mut number = String::new();
    let signs = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    for (size, sign) in signs {
        number.push_str(&sign.repeat(rest / size));
        rest %= size;
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_written_in_every_way_that_can_say_them() {
        let ways = [Way::Chinese, Way::Formal, Way::ChineseDigits, Way::Stems, Way::Circled, Way::LowerRoman];
        let eleven: Vec<_> = ways.iter().map(|way| way.write(11).unwrap_or_default()).collect();
        assert_eq!(eleven, ["十一", "拾壹", "一一", "", "⑪", "xi"]);
        for way in ways {
            assert!(
                way.write(0).is_none_or(|text| !text.is_empty())
                    && way.write(i64::MIN).is_none_or(|text| !text.is_empty())
            );
        }
    }

    #[test]
    fn a_number_does_not_run_into_the_words() {
        assert_eq!(joined("1.", "推进公开"), "1.推进公开");
        assert_eq!(joined("1.", "2025年"), "1. 2025年");
        assert_eq!(joined("一、", "总体情况"), "一、总体情况");
        assert_eq!(joined("", "12"), "12");
    }
}
