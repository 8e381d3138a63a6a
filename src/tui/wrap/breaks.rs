//! Where a row of Chinese prose may be broken.

use unicode_linebreak::{BreakClass, break_property, linebreaks};

/// Marks that must not stand at the start of a row.
pub(super) const NOT_FIRST: &str = "，。、；：！？）》〉」』】〕〗”’％";
/// Marks that must not stand at the end of a row.
pub(super) const NOT_LAST: &str = "（《〈「『【〔〖“‘";

/// The byte offsets at which a row may end, in order; the end of the text is always the last one.
///
/// UAX #14 is corrected in two respects. It lets a row start with `；` after a blank, which Chinese does not. And it
/// never breaks beside `“` and `”`, since in other languages the same mark may open or close; in Chinese the
/// side is known, so a row may end before `“` and after `”`.
pub(super) fn opportunities(text: &str) -> Vec<usize> {
    let mut standard = linebreaks(text).map(|(byte, _)| byte).peekable();
    let mut found = Vec::with_capacity(text.len() / 3 + 1);
    let mut previous = None;
    let mut previous_solid = None;
    for (byte, next) in text.char_indices() {
        let by_standard = standard.next_if_eq(&byte).is_some();
        let allowed = by_standard || previous.is_some_and(|previous| beside_quote(previous, next));
        let forbidden =
            NOT_FIRST.contains(next) || previous_solid.is_some_and(|mark| NOT_LAST.contains(mark));
        if allowed && !forbidden {
            found.push(byte);
        }
        previous = Some(next);
        if !is_blank(next) {
            previous_solid = Some(next);
        }
    }
    found.push(text.len());
    found
}

/// Whether the character is a blank that may hang at the end of a row.
pub(super) fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\u{3000}')
}

fn beside_quote(previous: char, next: char) -> bool {
    use BreakClass::{ClosePunctuation, Exclamation, Ideographic, NonStarter, OpenPunctuation};
    let opens = |mark| matches!(mark, '“' | '‘');
    let closes = |mark| matches!(mark, '”' | '’');
    let (before, after) = (break_property(previous.into()), break_property(next.into()));
    if opens(next) {
        closes(previous) || matches!(before, Ideographic | ClosePunctuation | Exclamation | NonStarter)
    } else {
        closes(previous) && matches!(after, Ideographic | OpenPunctuation)
    }
}
