//! What all tabs do with lines: break sentences over several, and keep some of them in sight.

use std::ops::Range;

use crate::model::visible;
use crate::tui::width::Policy;
use crate::tui::wrap::Wrapped;

/// A sentence, with everything hidden in it made visible, in lines of at most `width` columns; at least one line.
pub(super) fn fold(text: &str, width: u16, policy: Policy) -> Vec<String> {
    let text = visible(text);
    // One column more, since the layout keeps the last one free for a caret.
    let wrapped =
        Wrapped::new(&[&text], width.max(1).saturating_add(1), 0, |grapheme| policy.width(grapheme));
    wrapped.rows().map(|row| text.get(row.bytes).unwrap_or_default().trim_end().to_owned()).collect()
}

/// The first line to show, as near to `first` as possible, so that the lines of `block` are in sight, its start
/// if not all of it, and nothing is left empty below the last of `lines`.
pub(super) fn keep_in_sight(first: usize, block: &Range<usize>, lines: usize, height: u16) -> usize {
    let height = usize::from(height).max(1);
    let lowest = block.end.saturating_sub(height);
    first.min(lines.saturating_sub(height)).max(lowest).min(block.start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_folded_to_the_width_and_hidden_characters_shown() {
        assert_eq!(fold("一二三四五", 4, Policy::Narrow), ["一二", "三四", "五"]);
        assert_eq!(fold("一\u{202e}二", 40, Policy::Narrow), ["一<U+202E>二"]);
        assert_eq!(fold("", 0, Policy::Narrow), [""]);
    }

    #[test]
    fn a_block_is_kept_in_sight_by_the_smallest_step() {
        assert_eq!(keep_in_sight(0, &(3..5), 20, 10), 0);
        assert_eq!(keep_in_sight(0, &(9..12), 20, 10), 2);
        assert_eq!(keep_in_sight(8, &(3..5), 20, 10), 3);
        assert_eq!(keep_in_sight(15, &(16..17), 20, 10), 10);
        assert_eq!(keep_in_sight(0, &(4..30), 40, 10), 4, "its start, if not all of it");
        assert_eq!(keep_in_sight(5, &(0..0), 0, 0), 0);
    }
}
