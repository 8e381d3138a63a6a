//! How wide the terminal draws a character.
//!
//! Terminals agree about ASCII and about Chinese characters, but “ ” … ① × ─ and some hundred others are one
//! cell wide on one and two on another. Which of the two holds is the [`Policy`]; it is probed or set when the
//! program starts, and everything that measures text takes it as a value.

mod ambiguous;

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

use crate::model::visible::is_hidden;

/// What the terminal makes of characters of ambiguous width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Policy {
    /// One cell, as most terminals outside Chinese Windows have it.
    #[default]
    Narrow,
    /// Two cells. What is laid out so is legible on a narrow terminal too, only with gaps.
    Wide,
}

impl Policy {
    /// Cells that one character takes: 0, 1 or 2.
    ///
    /// Combining marks, joiners and variation selectors take none and are not drawn. Control characters count
    /// as 1, since the canvas draws a `?` for them; see [`visible`](crate::model::visible()) for showing which one it was.
    pub fn char_width(self, c: char) -> u16 {
        match c {
            ' '..='~' | '\u{2028}' | '\u{2029}' => return 1,
            '\u{4e00}'..='\u{9fff}' | '\u{3000}'..='\u{3029}' | '\u{ff01}'..='\u{ff60}' => return 2,
            _ => {}
        }
        match c.width() {
            Some(0) => 0,
            Some(1) if self == Self::Wide && is_ambiguous(c) => 2,
            Some(1) | None => 1,
            Some(_) => 2,
        }
    }

    /// Cells that one grapheme takes: the sum over its characters, for that is how terminals count which know
    /// nothing of clusters. A letter with its combining marks is as wide as the letter.
    pub fn width(self, grapheme: &str) -> u16 {
        self.measure(grapheme)
    }

    /// Cells that a whole text takes in one line; [`u16::MAX`] for all that is longer.
    pub fn measure(self, text: &str) -> u16 {
        text.chars().fold(0, |sum: u16, c| sum.saturating_add(self.char_width(c)))
    }

    /// The longest beginning of `text`, in whole graphemes, that takes at most `width` cells.
    pub fn clip_to(self, text: &str, width: u16) -> &str {
        if text.len() <= usize::from(width) && text.is_ascii() {
            return text;
        }
        let mut used = 0u16;
        for (start, grapheme) in text.grapheme_indices(true) {
            used = used.saturating_add(self.width(grapheme));
            if used > width {
                return text.get(..start).unwrap_or_default();
            }
        }
        text
    }

    /// `text` in exactly `width` cells: cut without an ellipsis if it is longer, filled with blanks at the end
    /// if it is shorter.
    pub fn fit(self, text: &str, width: u16) -> Cow<'_, str> {
        let clipped = self.clip_to(text, width);
        let missing = width.saturating_sub(self.measure(clipped));
        if missing == 0 {
            return Cow::Borrowed(clipped);
        }
        let mut filled = String::with_capacity(clipped.len() + usize::from(missing));
        filled.push_str(clipped);
        filled.extend(std::iter::repeat_n(' ', usize::from(missing)));
        Cow::Owned(filled)
    }
}

/// What the canvas draws for `c`: a `?` in place of anything that a terminal would obey or hide.
pub(crate) fn drawn(c: char) -> char {
    if is_hidden(c) { '?' } else { c }
}

/// Whether every terminal that can show `c` at all gives it two cells, so that the cursor is known after it.
pub(crate) fn is_plain_wide(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{3247}' | '\u{3250}'..='\u{4dbf}' | '\u{4e00}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff01}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}')
}

fn is_ambiguous(c: char) -> bool {
    ambiguous::AMBIGUOUS
        .binary_search_by(|&(first, last)| {
            if last < c {
                std::cmp::Ordering::Less
            } else if first > c {
                std::cmp::Ordering::Greater
            } else {
                std::cmp::Ordering::Equal
            }
        })
        .is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_disjoint() {
        for pair in ambiguous::AMBIGUOUS.windows(2) {
            assert!(pair[0].0 <= pair[0].1 && pair[0].1 < pair[1].0, "{pair:?}");
        }
    }

    #[test]
    fn ambiguous_characters_follow_the_policy() {
        for c in "“”‘’…—①⑩Ⅳ×÷±─│█■●○★→√≤≥°′‰℃№※€§·āáǎàéüΩЖ".chars()
        {
            assert_eq!(Policy::Narrow.char_width(c), 1, "{c}");
            assert_eq!(Policy::Wide.char_width(c), 2, "{c}");
        }
    }

    #[test]
    fn other_characters_do_not() {
        for policy in [Policy::Narrow, Policy::Wide] {
            for c in (' '..='~').chain("░►✓✗¥∙⋯«»›⓪➀↚".chars()) {
                assert_eq!(policy.char_width(c), 1, "{c}");
            }
            for c in "一〇龥〔〕【】《》「」、。，；：？！（）％＋－～￥㎡㎏\u{3000}Ａ０".chars()
            {
                assert_eq!(policy.char_width(c), 2, "{c}");
            }
            for c in "\u{301}\u{200b}\u{200d}\u{fe0f}\u{feff}".chars() {
                assert_eq!(policy.char_width(c), 0, "{c:?}");
            }
        }
    }

    #[test]
    fn plain_wide_characters_are_wide_and_not_ambiguous() {
        for c in ('\0'..=char::MAX).filter(|&c| is_plain_wide(c)) {
            let width = c.width().unwrap_or(0);
            assert!(!is_ambiguous(c), "{c:?}");
            // The few combining marks among them never reach a cell.
            assert!(width == 2 || width == 0 || !c.is_alphanumeric(), "{c:?} {width}");
        }
    }

    #[test]
    fn measures_and_saturates() {
        assert_eq!(Policy::Narrow.measure("一、“a”"), 7);
        assert_eq!(Policy::Wide.measure("一、“a”"), 9);
        assert_eq!(Policy::Narrow.width("e\u{301}"), 1);
        assert_eq!(Policy::Narrow.measure(&"一".repeat(40_000)), u16::MAX);
    }

    #[test]
    fn clips_at_whole_graphemes() {
        assert_eq!(Policy::Narrow.clip_to("中文abc", 5), "中文a");
        assert_eq!(Policy::Narrow.clip_to("中文abc", 3), "中");
        assert_eq!(Policy::Narrow.clip_to("中", 1), "");
        assert_eq!(Policy::Narrow.clip_to("abc", 3), "abc");
        assert_eq!(Policy::Narrow.clip_to("abc", 0), "");
        assert_eq!(Policy::Wide.clip_to("①②", 3), "①");
        assert_eq!(Policy::Narrow.clip_to("ae\u{301}b", 2), "ae\u{301}");
    }

    #[test]
    fn fits_exactly() {
        assert_eq!(Policy::Narrow.fit("中文", 3), "中 ");
        assert_eq!(Policy::Narrow.fit("ab", 4), "ab  ");
        assert_eq!(Policy::Narrow.fit("abcd", 4), "abcd");
        assert_eq!(Policy::Wide.fit("①", 1), " ");
        assert_eq!(Policy::Wide.fit("①", 0), "");
    }
}
