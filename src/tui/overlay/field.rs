//! One line to type in, with its label, for every window that has one.

use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

use crate::tui::input_line::InputLine;
use crate::tui::picture::Picture;
use crate::tui::shown::Line;
use crate::tui::theme::Role;
use crate::tui::width::Policy;

/// Shows a label and the line being typed behind it. Of a text that is too long the part before the caret is
/// seen, after a `<`. The terminal's cursor stands at the caret if the field has the focus.
pub(crate) fn show(
    picture: &mut Picture,
    area: Rect,
    label: &str,
    input: &InputLine,
    focused: bool,
    policy: Policy,
) {
    let label_width = policy.measure(label).saturating_add(1);
    // The last column stays free for the caret.
    let room = area.width.saturating_sub(label_width);
    let caret = input.caret_column(policy);
    let (seen, skipped) = scrolled(input.text(), caret, room, policy);
    let mark = if skipped > 0 { "<" } else { " " };
    let role = match (focused, input.is_fresh()) {
        (true, true) => Role::Selection,
        (true, false) => Role::Typing,
        (false, _) => Role::Text,
    };
    let text = policy.clip_to(seen, room);
    let filled = if input.is_fresh() && focused { text.into() } else { policy.fit(text, room) };
    let line = Line::new()
        .add(if focused { Role::HeadActive } else { Role::Label }, label.to_owned())
        .add(Role::Dim, mark)
        .add(role, filled.into_owned());
    picture.line(area, line);
    if focused && area.width > 0 && area.height > 0 {
        let column = label_width.saturating_add(caret - skipped).min(area.width - 1);
        picture.put_cursor(area.x.saturating_add(column), area.y);
    }
}

/// The text from the first grapheme on that leaves the caret in sight, and the columns before it.
fn scrolled(text: &str, caret: u16, room: u16, policy: Policy) -> (&str, u16) {
    let hidden = caret.saturating_sub(room.saturating_sub(1));
    let mut skipped = 0_u16;
    for (at, grapheme) in text.grapheme_indices(true) {
        if skipped >= hidden {
            return (text.get(at..).unwrap_or_default(), skipped);
        }
        skipped = skipped.saturating_add(policy.width(grapheme)).min(caret);
    }
    (if hidden == 0 { text } else { "" }, skipped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_long_text_is_seen() {
        let policy = Policy::Narrow;
        assert_eq!(scrolled("abc", 3, 10, policy), ("abc", 0));
        assert_eq!(scrolled("abcdef", 6, 4, policy), ("def", 3));
        assert_eq!(scrolled("一二三四", 8, 5, policy), ("三四", 4));
        assert_eq!(scrolled("一二三四", 0, 5, policy), ("一二三四", 0));
        assert_eq!(scrolled("一二", 4, 0, policy), ("", 4));
    }
}
