//! Text from outside made safe to show.
//!
//! Whatever stands in a file, its name, the clipboard or the command line may hold characters that a terminal obeys
//! or hides. They are kept as they are and shown by their number.

use std::borrow::Cow;
use std::fmt::Write;

/// `text` with everything made visible that a terminal would obey or hide: controls, escapes, direction marks and
/// zero-width characters as `<U+202E>`, a tab as blanks.
///
/// All text that comes from a file, the clipboard or the command line passes through here before it is shown.
/// Break it into lines first, or use [`visible_lines`]: a line feed is shown as a control like any other.
pub fn visible(text: &str) -> Cow<'_, str> {
    shown(text, is_hidden)
}

/// The same for a text of several lines, in which a line feed goes to the next line.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    shown(text, |c| c != '\n' && is_hidden(c))
}

/// The first `longest` characters, followed by “……” if there are more: for sentences and lines that quote what a
/// file holds, which may be of any length.
pub fn excerpt(text: &str, longest: usize) -> Cow<'_, str> {
    if text.len() <= longest {
        return Cow::Borrowed(text);
    }
    match text.char_indices().nth(longest) {
        Some((end, _)) => Cow::Owned(format!("{}……", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

/// Whether a terminal would obey the character or show nothing for it, so that a reader would not know of it.
pub fn is_hidden(c: char) -> bool {
    // Nearly all text there is.
    if matches!(c, ' '..='~' | '\u{4e00}'..='\u{9fff}') {
        return false;
    }
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e007f}')
}

/// Blanks that stand for one tab.
const TAB: &str = "    ";

fn shown(text: &str, is_hidden: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.chars().any(&is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\t' => shown.push_str(TAB),
            c if is_hidden(c) => {
                // Writing to a string can not fail.
                let _ = write!(shown, "<U+{:04X}>", u32::from(c));
            }
            c => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_become_visible() {
        assert_eq!(visible("\u{1b}[31m"), "<U+001B>[31m");
        assert_eq!(visible("a\u{202e}b\u{200b}\u{feff}\u{ad}"), "a<U+202E>b<U+200B><U+FEFF><U+00AD>");
        assert_eq!(visible("1\t2\r\u{9b}\n"), "1    2<U+000D><U+009B><U+000A>");
        assert!(matches!(visible("“正常”的 text①"), Cow::Borrowed(_)));
    }

    #[test]
    fn lines_stay_lines() {
        assert_eq!(visible_lines("甲\r\n\u{7f}乙\n"), "甲<U+000D>\n<U+007F>乙\n");
        assert!(matches!(visible_lines("甲\n乙\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn only_long_texts_are_cut() {
        assert_eq!(excerpt("一二三", 3), "一二三");
        assert_eq!(excerpt("一二三四", 3), "一二三……");
        assert_eq!(excerpt("abc", 0), "……");
        assert_eq!(excerpt("", 0), "");
    }

    #[test]
    fn nothing_hidden_is_left() {
        let all: String = ('\0'..=char::MAX).collect();
        assert!(!visible(&all).contains(is_hidden));
        assert!(('\0'..=char::MAX).filter(|c| c.is_control()).all(is_hidden));
    }
}
