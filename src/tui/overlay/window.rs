//! Geometry and text that all windows share.

use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

use crate::model::visible;
use crate::tui::action::Action;
use crate::tui::keymap::{Context, Keymap};
use crate::tui::shown::Line;
use crate::tui::theme::Role;
use crate::tui::width::Policy;
use crate::tui::wrap::Wrapped;

/// A rectangle of at most this size in the middle of an area. It takes the whole width where only torn pieces of
/// what lies below would be seen beside it.
pub(crate) fn centred(area: Rect, width: u16, height: u16) -> Rect {
    const TORN: u16 = 4;
    let width = if width.saturating_add(TORN) >= area.width { area.width } else { width };
    let height = height.min(area.height);
    Rect {
        x: area.x.saturating_add((area.width - width) / 2),
        y: area.y.saturating_add((area.height - height) / 2),
        width,
        height,
    }
}

/// The same, but so that a row stays in sight: directly below it if there is room, else on the side with more rows. It
/// is lower where there are fewer.
pub(crate) fn off_row(area: Rect, row: Option<u16>, width: u16, height: u16) -> Rect {
    /// Rows in which a list with what belongs to it can be used well.
    const ENOUGH: u16 = 11;
    let window = centred(area, width, height);
    let Some(row) = row.filter(|row| (area.top()..area.bottom()).contains(row)) else { return window };
    let (above, below) = (row - area.top(), area.bottom() - row - 1);
    if below >= window.height.min(ENOUGH) || below >= above {
        Rect { y: row + 1, height: window.height.min(below), ..window }
    } else {
        let height = window.height.min(above);
        Rect { y: row - height, height, ..window }
    }
}

/// Columns that the frame and the blanks beside it take.
pub(crate) const SIDES: u16 = 4;
/// Rows that the frame takes.
pub(crate) const EDGES: u16 = 2;

/// What is left of a window inside its frame, with a blank column at both sides.
pub(crate) fn inside(window: Rect) -> Rect {
    Rect {
        x: window.x.saturating_add(SIDES / 2),
        y: window.y.saturating_add(EDGES / 2),
        width: window.width.saturating_sub(SIDES),
        height: window.height.saturating_sub(EDGES),
    }
}

/// The first rows of an area and the rest.
pub(crate) fn split_top(area: Rect, rows: u16) -> (Rect, Rect) {
    let rows = rows.min(area.height);
    let rest = Rect { y: area.y.saturating_add(rows), height: area.height - rows, ..area };
    (Rect { height: rows, ..area }, rest)
}

/// An area without its last rows, and these.
pub(crate) fn split_bottom(area: Rect, rows: u16) -> (Rect, Rect) {
    split_top(area, area.height.saturating_sub(rows))
}

/// A text of one or more lines in rows of at most `width` columns.
pub(crate) fn wrapped(text: &str, width: u16, policy: Policy) -> Vec<String> {
    let paragraphs: Vec<_> = text.lines().map(visible).collect();
    // The wrap keeps one column free for a caret, and there is none here.
    let rows = Wrapped::new(&paragraphs, width.saturating_add(1), 0, |grapheme| policy.width(grapheme));
    let text = |row: crate::tui::wrap::Row| {
        let paragraph = paragraphs.get(row.paragraph).map_or("", |paragraph| paragraph.as_ref());
        paragraph.get(row.bytes).unwrap_or_default().trim_end().to_owned()
    };
    rows.rows().map(text).collect()
}

/// The end of a text that is too long, after two dots; paths are told apart by their end.
pub(crate) fn tail(text: &str, width: u16, policy: Policy) -> String {
    if policy.measure(text) <= width {
        return text.to_owned();
    }
    let room = width.saturating_sub(2);
    let mut used = 0_u16;
    let mut start = text.len();
    for (at, grapheme) in text.grapheme_indices(true).rev() {
        used = used.saturating_add(policy.width(grapheme));
        if used > room {
            break;
        }
        start = at;
    }
    let dots = policy.clip_to("..", width);
    format!("{dots}{}", text.get(start..).unwrap_or_default())
}

/// The beginning of a text that is too long, before two dots.
pub(crate) fn head(text: &str, width: u16, policy: Policy) -> String {
    if policy.measure(text) <= width {
        return text.to_owned();
    }
    format!("{}{}", policy.clip_to(text, width.saturating_sub(2)), policy.clip_to("..", width))
}

/// A line of keys and what they do here: `上/下选择`. Actions without a key are left out.
pub(crate) fn hints(keymap: &Keymap, contexts: &[Context], wanted: &[(&[Action], &'static str)]) -> Line {
    let first = |action: &Action| keymap.keys_for(*action, contexts).first().map(|key| key.hint());
    let mut line = Line::new();
    for (actions, label) in wanted {
        let keys: Vec<String> = actions.iter().filter_map(first).collect();
        if !keys.is_empty() {
            line = line.add(Role::HintKey, keys.join("/")).add(Role::Hint, *label).add(Role::Hint, "  ");
        }
    }
    line
}

/// A digit from 1 to 9, of full or half width.
pub(crate) fn digit(c: char) -> Option<usize> {
    let half = if ('１'..='９').contains(&c) { u32::from(c) - u32::from('０') } else { c.to_digit(10)? };
    usize::try_from(half).ok().filter(|digit| *digit > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_stay_inside_any_area() {
        for (width, height) in [(0, 0), (1, 1), (2, 2), (5, 3), (80, 24), (u16::MAX, u16::MAX)] {
            let area = Rect::new(0, 0, width, height);
            let window = centred(area, 60, 10);
            assert_eq!(window.intersection(area), window);
            assert!(inside(window).width <= width);
            let (top, rest) = split_top(area, 3);
            assert_eq!(top.height + rest.height, height);
        }
    }

    #[test]
    fn a_window_beside_a_row_leaves_it_in_sight() {
        for (width, height) in [(0, 0), (1, 1), (5, 3), (60, 16), (80, 24), (120, 40)] {
            let area = Rect::new(0, 0, width, height);
            for row in 0..height {
                let window = off_row(area, Some(row), 78, 22);
                assert_eq!(window.intersection(area), window);
                assert!(row < window.y || window.bottom() <= row, "{row} {window:?}");
                assert!(height < 16 || window.height >= 7, "{row} {window:?}");
            }
            assert_eq!(off_row(area, None, 78, 22), centred(area, 78, 22));
            assert_eq!(off_row(area, Some(height), 78, 22), centred(area, 78, 22));
        }
        let area = Rect::new(0, 0, 80, 24);
        assert_eq!(off_row(area, Some(3), 60, 14).top(), 4);
        assert_eq!(off_row(area, Some(20), 60, 14).bottom(), 20);
    }

    #[test]
    fn paths_keep_their_end_and_sentences_their_beginning() {
        let policy = Policy::Narrow;
        assert_eq!(tail("/家/报告/县.ron", 9, policy), "../县.ron");
        assert_eq!(tail("县.ron", 9, policy), "县.ron");
        assert_eq!(head("一二三四五", 7, policy), "一二..");
        for width in 0..12 {
            assert!(policy.measure(&tail("/家/报告/县.ron", width, policy)) <= width);
            assert!(policy.measure(&head("一二三四五", width, policy)) <= width);
        }
    }

    #[test]
    fn text_is_wrapped_to_the_full_width_and_made_visible() {
        assert_eq!(wrapped("一二三四五六", 8, Policy::Narrow), ["一二三四", "五六"]);
        assert_eq!(wrapped("甲\n\n乙\u{202e}", 20, Policy::Narrow), ["甲", "", "乙<U+202E>"]);
        assert_eq!(wrapped("", 0, Policy::Narrow), [""]);
    }
}
