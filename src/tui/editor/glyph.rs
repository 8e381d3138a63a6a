//! Boundaries of graphemes and words, and what a typed or pasted text is cleaned of.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// The text as the editor takes it in: line ends as `\n`, a tab as one blank, without control characters and
/// without characters that are not seen and could only mislead (zero-width blanks, bidi controls, byte order marks).
/// Joiners and variation selectors stay, since emoji are made of them.
pub fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut after_return = false;
    for character in text.chars() {
        match character {
            '\n' if after_return => {}
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => cleaned.push('\n'),
            '\t' => cleaned.push(' '),
            invisible if invisible.is_control() || is_misleading(invisible) => {}
            seen => cleaned.push(seen),
        }
        after_return = character == '\r';
    }
    cleaned
}

/// The last grapheme boundary at or before `byte`.
pub(super) fn floor(text: &str, byte: usize) -> usize {
    let byte = byte.min(text.len());
    if is_boundary(text, byte) { byte } else { before(text, byte).unwrap_or(0) }
}

/// The first grapheme boundary at or after `byte`, or the end of the text.
pub(super) fn ceil(text: &str, byte: usize) -> usize {
    let byte = byte.min(text.len());
    if is_boundary(text, byte) { byte } else { after(text, byte).unwrap_or(text.len()) }
}

/// The last grapheme boundary before `byte`.
pub(super) fn before(text: &str, byte: usize) -> Option<usize> {
    let inside = (0..=byte.min(text.len())).rev().find(|byte| text.is_char_boundary(*byte))?;
    if inside < byte && is_boundary(text, inside) {
        return Some(inside);
    }
    GraphemeCursor::new(inside, text.len(), true).prev_boundary(text, 0).ok().flatten()
}

/// The first grapheme boundary after `byte`.
pub(super) fn after(text: &str, byte: usize) -> Option<usize> {
    let inside = (0..=byte.min(text.len())).rev().find(|byte| text.is_char_boundary(*byte))?;
    GraphemeCursor::new(inside, text.len(), true).next_boundary(text, 0).ok().flatten()
}

/// Where the word before `byte` starts: a run of letters or digits, or one Chinese character, and blanks after it.
pub(super) fn word_before(text: &str, byte: usize) -> usize {
    let head = text.get(..byte).unwrap_or(text).trim_end();
    let start = head.split_word_bound_indices().next_back().map_or(0, |(start, _)| start);
    floor(text, start)
}

/// Where the word after `byte` ends, with the blanks after it.
pub(super) fn word_after(text: &str, byte: usize) -> usize {
    let tail = text.get(byte..).unwrap_or_default();
    let word = tail.split_word_bounds().next().unwrap_or_default();
    let rest = tail.get(word.len()..).unwrap_or_default().trim_start();
    ceil(text, text.len() - rest.len())
}

pub(super) fn is_boundary(text: &str, byte: usize) -> bool {
    text.is_char_boundary(byte)
        && GraphemeCursor::new(byte, text.len(), true).is_boundary(text, 0).unwrap_or(false)
}

fn is_misleading(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleaning_keeps_what_is_seen() {
        assert_eq!(clean("甲\r\n乙\r丙\n\n丁\u{2028}"), "甲\n乙\n丙\n\n丁\n");
        assert_eq!(clean("\u{feff}一\t二\u{7}\u{200b}　三\u{202e}"), "一 二　三");
        assert_eq!(
            clean("👩\u{200d}👩\u{200d}👧e\u{301}☑\u{fe0f}"),
            "👩\u{200d}👩\u{200d}👧e\u{301}☑\u{fe0f}"
        );
    }

    #[test]
    fn boundaries_do_not_cut_a_grapheme() {
        let text = "甲e\u{301}👩\u{200d}👩\u{200d}👧乙";
        let boundaries: Vec<usize> =
            text.grapheme_indices(true).map(|(byte, _)| byte).chain([text.len()]).collect();
        for byte in 0..=text.len() + 1 {
            let at_most = boundaries.iter().rev().find(|boundary| **boundary <= byte).copied();
            let at_least = boundaries.iter().find(|boundary| **boundary >= byte).copied();
            assert_eq!(floor(text, byte), at_most.unwrap(), "{byte}");
            assert_eq!(ceil(text, byte), at_least.unwrap_or(text.len()), "{byte}");
            assert_eq!(
                before(text, byte),
                boundaries.iter().rev().find(|boundary| **boundary < byte).copied(),
                "{byte}"
            );
            assert_eq!(
                after(text, byte),
                boundaries.iter().find(|boundary| **boundary > byte).copied(),
                "{byte}"
            );
        }
    }

    #[test]
    fn a_word_is_a_run_of_digits_or_one_chinese_character() {
        let text = "共1,234件 二";
        assert_eq!(word_before(text, text.len()), 12);
        assert_eq!(word_before(text, 12), 8);
        assert_eq!(word_before(text, 8), 3);
        assert_eq!(word_after(text, 3), 8);
        assert_eq!(word_after(text, 8), 12);
        assert_eq!(word_after(text, text.len()), text.len());
    }
}
