use super::*;
use crate::tui::canvas::{Canvas, Damage};
use crate::tui::width::Policy;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The escapes that turn a blank row of 20 cells into what `draw` draws on it, `^` for ESC.
fn encoded(policy: Policy, draw: impl FnOnce(&mut Canvas<'_>)) -> String {
    let area = Rect::new(0, 0, 20, 1);
    let front = Buffer::empty(area);
    let mut back = front.clone();
    draw(&mut Canvas::new(&mut back, &mut Damage::new(1), policy, area));
    let mut out = Vec::new();
    Encoder::new(&mut out, 20).row(0, 0..20, &front.content, &back.content);
    String::from_utf8(out).unwrap().replace('\x1b', "^")
}

fn encoded_text(policy: Policy, text: &str) -> String {
    encoded(policy, |canvas| {
        canvas.put(0, 0, text, PLAIN);
    })
}

fn styled(from: Style, to: Style) -> String {
    let text = encoded(Policy::Narrow, |canvas| {
        canvas.put(0, 0, "a", from);
        canvas.put(1, 0, "b", to);
    });
    text.split_once('a').unwrap().1.strip_suffix('b').unwrap().to_owned()
}

const PLAIN: Style = Style::new();

#[test]
fn moves_by_column_within_a_row() {
    let text = encoded(Policy::Narrow, |canvas| {
        canvas.put(2, 0, "ab", PLAIN);
        canvas.put(12, 0, "c", PLAIN);
    });
    assert_eq!(text, "^[1;3H^[mab^[13Gc");
}

#[test]
fn bridges_short_gaps_of_the_same_style() {
    let gap = |x: i32, style: Style| {
        encoded(Policy::Narrow, |canvas| {
            canvas.put(0, 0, "a", style);
            canvas.put(x, 0, "b", style);
        })
    };
    assert_eq!(gap(4, PLAIN), "^[1;1H^[ma   b");
    assert_eq!(gap(5, PLAIN), "^[1;1H^[ma^[6Gb");
    assert_eq!(gap(4, Style::new().add_modifier(Modifier::BOLD)), "^[1;1H^[0;1ma^[5Gb");
}

#[test]
fn does_not_move_after_plain_wide_characters() {
    assert_eq!(encoded_text(Policy::Narrow, "中文a、1"), "^[1;1H^[m中文a、1");
}

#[test]
fn puts_blanks_under_glyphs_of_doubtful_width() {
    assert_eq!(encoded_text(Policy::Wide, "a“中"), "^[1;1H^[ma  ^[2G“^[4G中");
    assert_eq!(encoded_text(Policy::Narrow, "a“中"), "^[1;1H^[ma“^[3G中");
    assert_eq!(encoded_text(Policy::Narrow, "👍a"), "^[1;1H^[m  ^[1G👍^[3Ga");
}

#[test]
fn the_place_after_the_last_column_is_unknown() {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, 2);
    let row = [Cell::new("x"), Cell::new("y")];
    encoder.row(0, 0..2, &[Cell::EMPTY, Cell::EMPTY], &row);
    encoder.row(1, 0..2, &[Cell::EMPTY, Cell::EMPTY], &row);
    assert_eq!(out, b"\x1b[1;1H\x1b[mxy\x1b[2;1Hxy");
}

#[test]
fn styles_change_by_the_shorter_way() {
    let bold = Style::new().add_modifier(Modifier::BOLD);
    let dim = Style::new().add_modifier(Modifier::DIM);
    let red = Style::new().fg(Color::Red);
    assert_eq!(styled(PLAIN, bold), "^[1m");
    assert_eq!(styled(bold, PLAIN), "^[m");
    assert_eq!(styled(bold, bold), "");
    assert_eq!(styled(bold, dim), "^[0;2m");
    assert_eq!(styled(bold.fg(Color::Indexed(244)), bold), "^[39m");
    assert_eq!(styled(bold.fg(Color::Indexed(244)), dim.fg(Color::Indexed(244))), "^[22;2m");
    assert_eq!(styled(red, red.bg(Color::LightBlue)), "^[104m");
    assert_eq!(styled(red, red.bg(Color::Rgb(1, 20, 255))), "^[48;2;1;20;255m");
    assert_eq!(styled(PLAIN, red.add_modifier(Modifier::all())), "^[1;2;3;4;7;9;31m");
    assert_eq!(styled(Style::new().fg(Color::Gray), Style::new().fg(Color::DarkGray)), "^[90m");
}

#[test]
fn without_colours_no_colour_code_is_sent() {
    let modifiers =
        [Modifier::BOLD, Modifier::DIM, Modifier::REVERSED, Modifier::UNDERLINED, Modifier::empty()];
    for from in modifiers {
        for to in modifiers {
            let text = styled(Style::new().add_modifier(from), Style::new().add_modifier(to));
            assert!(!text.contains(['3', '9']) && !text.contains("48"), "{text}");
            assert!(!text.contains("^[;m") && !text.contains("40"), "{text}");
        }
    }
}
