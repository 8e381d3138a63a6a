//! Boundaries of graphemes.

use unicode_segmentation::GraphemeCursor;

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

pub(super) fn is_boundary(text: &str, byte: usize) -> bool {
    text.is_char_boundary(byte)
        && GraphemeCursor::new(byte, text.len(), true).is_boundary(text, 0).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;

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
}
