//! Words of a source held against words of a form: what is left of a label when width, punctuation, blanks and old
//! characters are taken away, and how far two of them are apart.
//!
//! Similarities are in thousandths: 1000 is the same.

use std::sync::LazyLock;

use crate::model::half_width;

/// A label as it is compared: its leading number apart, and only letters, characters and digits of the rest.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Words {
    pub(super) number: Option<Number>,
    pub(super) body: Vec<char>,
    /// Which characters occur, roughly: one bit each, several characters to a bit.
    pub(super) mask: u128,
}

/// The number in front of a heading or label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) style: NumberStyle,
    pub(super) value: u8,
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NumberStyle {
    /// 一、
    Comma,
    /// （一）
    Brackets,
    /// 1.
    Point,
}

/// Characters of a text that are looked at; no label of a form is near as long.
pub(super) const LONGEST: usize = 160;

/// Characters of a [`Pattern`].
const PATTERN: usize = 64;

impl Words {
    /// The words of a text; nothing at all of one that is too long to be a label.
    pub(super) fn of(text: &str) -> Self {
        if text.len() > LONGEST * 4 || text.chars().nth(LONGEST).is_some() {
            return Self::default();
        }
        let folded: Vec<char> = text.chars().map(fold).filter(|c| !c.is_whitespace()).collect();
        let (number, used) = leading_number(&folded);
        let body: Vec<char> =
            folded.get(used..).unwrap_or_default().iter().copied().filter(|c| c.is_alphanumeric()).collect();
        let mask = mask(&body);
        Self { number, body, mask }
    }

    /// How alike two labels are as wholes, their numbers weighing little.
    pub(super) fn alike(&self, pattern: &Pattern, other: &Self) -> i32 {
        let longer = self.body.len().max(other.body.len());
        if longer == 0 || !overlaps(self.mask, other.mask) || other.body.len() > 2 * PATTERN {
            return 0;
        }
        share(pattern.distance(&other.body), longer) + numbers_weigh(self.number, other.number)
    }
}

/// A label prepared to be looked for; only its first 64 characters count.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Pattern {
    length: usize,
    /// Positions of each character as bits, sorted by character.
    bits: Vec<(char, u64)>,
}

impl Pattern {
    pub(super) fn of(body: &[char]) -> Self {
        let length = body.len().min(PATTERN);
        let mut bits: Vec<(char, u64)> = Vec::with_capacity(length);
        for (position, c) in body.iter().take(length).enumerate() {
            match bits.iter_mut().find(|(known, _)| known == c) {
                Some((_, found)) => *found |= 1 << position,
                None => bits.push((*c, 1 << position)),
            }
        }
        bits.sort_unstable();
        Self { length, bits }
    }

    /// Changes of single characters that turn the pattern into the text.
    pub(super) fn distance(&self, text: &[char]) -> usize {
        self.run(text, true).last().unwrap_or(self.length)
    }

    /// The fewest changes that turn the pattern into a piece of the text, and where the last such piece ends.
    pub(super) fn within(&self, text: &[char]) -> (usize, usize) {
        let mut best = (self.length, 0);
        for (index, distance) in self.run(text, false).enumerate() {
            if distance <= best.0 {
                best = (distance, index + 1);
            }
        }
        best
    }

    /// How much of the pattern is found in one piece of the text, and where that piece ends.
    pub(super) fn found_in(&self, text: &[char]) -> (i32, usize) {
        let (distance, end) = self.within(text);
        (share(distance, self.length), end)
    }

    /// The distance after each character of the text, by the bit-parallel method of Myers: all positions of the
    /// pattern are carried in one word. Anchored, the piece begins where the text does; else anywhere.
    fn run<'a>(&'a self, text: &'a [char], anchored: bool) -> impl Iterator<Item = usize> + 'a {
        let last = 1_u64 << self.length.saturating_sub(1);
        let (mut up, mut down, mut distance) = (!0_u64, 0_u64, self.length);
        text.iter().map(move |c| {
            let equal = self.bits.binary_search_by_key(c, |(known, _)| *known);
            let equal = equal.ok().and_then(|at| self.bits.get(at)).map_or(0, |(_, bits)| *bits);
            let vertical = equal | down;
            let horizontal = ((equal & up).wrapping_add(up) ^ up) | equal;
            let mut rises = down | !(horizontal | up);
            let mut falls = up & horizontal;
            if self.length > 0 {
                distance = distance + usize::from(rises & last != 0) - usize::from(falls & last != 0);
            }
            rises = (rises << 1) | u64::from(anchored);
            falls <<= 1;
            up = falls | !(vertical | rises);
            down = rises & vertical;
            distance
        })
    }
}

/// How much of the one's characters the other has, wherever they stand.
pub(super) fn contained(part: &[char], whole: &[char]) -> i32 {
    let sorted = |chars: &[char]| {
        let mut chars = chars.to_vec();
        chars.sort_unstable();
        chars
    };
    let mut left = sorted(whole).into_iter().peekable();
    let missing = sorted(part).into_iter().filter(|c| {
        while left.next_if(|known| known < c).is_some() {}
        left.next_if_eq(c).is_none()
    });
    share(missing.count(), part.len())
}

/// What the numbers in front of two labels say about their being the same.
pub(super) fn numbers_weigh(one: Option<Number>, other: Option<Number>) -> i32 {
    match (one, other) {
        (Some(one), Some(other)) if one.value == other.value => 60,
        (Some(_), Some(_)) => -120,
        _ => 0,
    }
}

/// Whether at least half of the characters of a label may be among those of a text.
pub(super) fn overlaps(label: u128, text: u128) -> bool {
    (label & text).count_ones() * 2 >= label.count_ones()
}

/// The bits of the characters that occur.
pub(super) fn mask(body: &[char]) -> u128 {
    body.iter().fold(0, |mask, c| mask | 1 << (u32::from(*c) % 128))
}

/// A character as it is compared: half width, of today.
pub(super) fn fold(c: char) -> char {
    let c = half_width(c);
    if c.is_ascii() {
        return c;
    }
    let known = TODAY.binary_search_by_key(&c, |(old, _)| *old).ok().and_then(|at| TODAY.get(at));
    known.map_or(c, |(_, today)| *today)
}

/// What is left of `length` characters after so many changes.
fn share(changes: usize, length: usize) -> i32 {
    (1000 * changes.min(length)).checked_div(length).map_or(0, |lost| 1000 - lost as i32)
}

/// The number in front of folded characters, and how many of them it takes.
fn leading_number(text: &[char]) -> (Option<Number>, usize) {
    let open = usize::from(text.first() == Some(&'('));
    let rest = text.get(open..).unwrap_or_default();
    let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
    let numerals = rest.iter().take_while(|c| NUMERALS.contains(**c)).count();
    let (length, value) = match (digits, numerals) {
        (1..=2, _) => (digits, rest.iter().take(digits).fold(0, |sum, c| sum * 10 + (*c as u8 - b'0'))),
        (0, 1..=2) => (numerals, numeral_value(rest.get(..numerals).unwrap_or_default())),
        // A dash is often typed where 一 is meant.
        (0, 0) if matches!(rest, ['—' | '-' | '–' | '―' | '─', '、', ..]) => (1, 1),
        _ => return (None, 0),
    };
    let style = match (open, digits, rest.get(length)) {
        (1, _, Some(')')) => NumberStyle::Brackets,
        (0, 0, Some('、' | '.' | ',')) => NumberStyle::Comma,
        (0, _, Some('.' | '、' | ',')) if !rest.get(length + 1).is_some_and(char::is_ascii_digit) => {
            NumberStyle::Point
        }
        _ => return (None, 0),
    };
    (Some(Number { style, value }), open + length + 1)
}

fn numeral_value(numerals: &[char]) -> u8 {
    numerals.iter().fold(0, |sum, c| match NUMERALS.chars().position(|known| known == *c) {
        // 十 alone is 10, before another numeral it is its ten.
        Some(9) => sum.max(1) * 10,
        Some(position) => sum + position as u8 + 1,
        None => sum,
    })
}

const NUMERALS: &str = "一二三四五六七八九十";

/// Sorted by the old characters.
static TODAY: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let chars: Vec<char> = OLD_AND_NEW.chars().collect();
    let mut pairs: Vec<_> =
        chars.chunks_exact(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect();
    pairs.sort_unstable();
    pairs
});

/// The traditional form of each character that occurs in labels, headings and titles of forms, followed by today's.
const OLD_AND_NEW: &str = "總总體体況况動动開开規规範范許许業业務务對对項项數数處处決决罰罚強强製制費费購购採采額额\
    萬万單单級级類类內内過过執执詢询無无關关舉举訴诉復复複复覆复審审結结維维糾纠轉转繼继續续辦办組组織织會会構构機机\
    團团個个請请條条題题問问與与報报檢检監监護护權权義义書书經经現现場场應应補补確确認认獲获繳缴納纳預预為为爲为計计\
    統统發发廢废別别據据險险證证穩稳國国祕秘屬属於于係系網网頁页號号見见員员門门進进這这種种區区縣县鄉乡鎮镇廳厅實实\
    時时說说説说沒没檔档產产財财稅税資资標标兩两閱阅領领頒颁顧顾聯联絡络電电話话郵邮來来從从後后寫写備备註注該该\
    擾扰訪访訟讼繫系衛卫學学習习導导評评議议責责減减資资訊讯";

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(label: &str, text: &str) -> i32 {
        let label = Words::of(label);
        label.alike(&Pattern::of(&label.body), &Words::of(text))
    }

    #[test]
    fn width_punctuation_and_old_characters_do_not_matter() {
        for text in ["(一)予以公开", "（一） 予以\n公开", "(一)予以公開", "（一）、予以公开"]
        {
            assert!(alike("（一）予以公开", text) >= 1000, "{text}");
        }
        assert_eq!(alike("危及“三安全一稳定”", "3.危及\"三安全一穩定\""), 1000);
        assert!(alike("（三）不予公开", "（一）予以公开") < 600);
    }

    #[test]
    fn numbers_are_read_in_front() {
        let number = |text| Words::of(text).number.map(|number| (number.style, number.value));
        assert_eq!(number("三、本 年 度"), Some((NumberStyle::Comma, 3)));
        assert_eq!(number("—、情况"), Some((NumberStyle::Comma, 1)));
        assert_eq!(number("（十二）情况"), Some((NumberStyle::Brackets, 12)));
        assert_eq!(number("3．其他"), Some((NumberStyle::Point, 3)));
        assert_eq!(number("3.14"), None);
        assert_eq!(number("第二十条第（一）项"), None);
        assert_eq!(Words::of("（七）总计").body, ['总', '计']);
    }

    #[test]
    fn distances_are_those_of_single_changes() {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        let pattern = Pattern::of(&chars("kitten"));
        assert_eq!(pattern.distance(&chars("sitting")), 3);
        assert_eq!(pattern.distance(&[]), 6);
        assert_eq!(pattern.within(&chars("the kiten sat")), (1, 9));
        assert_eq!(Pattern::of(&[]).within(&chars("x")), (0, 1));
    }
}
