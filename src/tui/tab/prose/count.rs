//! How long a text is, and how long it is meant to be.

use super::paste::grouped;

/// The characters of a text as Chinese word processors count them: marks count, blanks and line ends do not.
pub(super) fn characters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// The number of characters that a guidance calls for at most: `一般不超过一千字`, `1000字以内`. None if it says nothing of
/// the kind.
pub(super) fn limit(guidance: &str) -> Option<usize> {
    let (before, after) = guidance.split_once('字')?;
    let start = before.trim_end_matches(|c: char| numeral(c).is_some() || matches!(c, ',' | '，')).len();
    let (words, number) = before.split_at_checked(start)?;
    let limits = ["不超过", "不多于", "最多", "控制在"].iter().any(|word| words.trim_end().ends_with(word));
    let below = ["以内", "以下", "左右"].iter().any(|word| after.starts_with(word));
    (limits || below).then(|| value(number)).flatten()
}

/// What stands at the right of the status line: `1,204 字（约 1,000 字以内）`, and whether it is too long.
pub(super) fn words(count: usize, selected: Option<usize>, limit: Option<usize>) -> (String, bool) {
    let is_selected = selected.is_some();
    let selected = selected.map_or(String::new(), |selected| format!("选中 {} 字，共 ", grouped(selected)));
    // Who selects wants to know how much that is; the rest would only push it aside.
    match limit.filter(|limit| !is_selected || count > *limit) {
        Some(limit) if count > limit => {
            let over = grouped(count - limit);
            (format!("{selected}{} 字，超出 {over} 字（约 {} 字以内）", grouped(count), grouped(limit)), true)
        }
        Some(limit) => (format!("{selected}{} 字（约 {} 字以内）", grouped(count), grouped(limit)), false),
        None => (format!("{selected}{} 字", grouped(count)), false),
    }
}

enum Numeral {
    Digit(usize),
    Unit(usize),
}

fn numeral(c: char) -> Option<Numeral> {
    let digits = "〇一二三四五六七八九";
    Some(match c {
        '两' => Numeral::Digit(2),
        '十' => Numeral::Unit(10),
        '百' => Numeral::Unit(100),
        '千' => Numeral::Unit(1000),
        '万' => Numeral::Unit(10_000),
        '０'..='９' => Numeral::Digit(usize::try_from(u32::from(c) - u32::from('０')).ok()?),
        _ => Numeral::Digit(match c.to_digit(10) {
            Some(digit) => usize::try_from(digit).ok()?,
            None => digits.chars().position(|known| known == c)?,
        }),
    })
}

/// The value of a number such as `1000`, `一千` or `两千五百`; none of an empty or enormous one.
fn value(number: &str) -> Option<usize> {
    let (mut total, mut digits) = (0_usize, None::<usize>);
    for numeral in number.chars().filter_map(numeral) {
        match numeral {
            Numeral::Digit(digit) => digits = Some(digits.unwrap_or(0).checked_mul(10)?.checked_add(digit)?),
            Numeral::Unit(unit) => {
                total = total.checked_add(digits.take().unwrap_or(1).checked_mul(unit)?)?;
            }
        }
    }
    Some(total.checked_add(digits.unwrap_or(0))?).filter(|value| *value > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_line_ends_do_not_count() {
        assert_eq!(characters("　　共 12 件，\n无。"), 7);
        assert_eq!(characters(""), 0);
    }

    #[test]
    fn a_guidance_says_how_long() {
        for (guidance, expected) in [
            ("五个方面；一般不超过一千字。", Some(1000)),
            ("1000字以内。", Some(1000)),
            ("约 １，５００字左右", Some(1500)),
            ("控制在两千五百字", Some(2500)),
            ("最多十字", Some(10)),
            ("表外需要说明的事项，没有可不写。", None),
            ("写三千字", None),
            ("不超过字", None),
            ("不超过99999999999999999999字", None),
        ] {
            assert_eq!(limit(guidance), expected, "{guidance}");
        }
    }

    #[test]
    fn the_status_says_how_much_too_long() {
        assert_eq!(words(1204, None, Some(1000)), ("1,204 字，超出 204 字（约 1,000 字以内）".into(), true));
        assert_eq!(words(999, Some(12), Some(1000)), ("选中 12 字，共 999 字".into(), false));
        assert_eq!(words(3, None, None), ("3 字".into(), false));
    }
}
