use super::*;

const PLAIN: Style = Style::new();

/// Draws on a row of `width` cells and gives it as text, `_` for a tail, with the damaged columns.
fn drawn_row(width: u16, policy: Policy, draw: impl FnOnce(&mut Canvas<'_>)) -> (String, Range<u16>) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, 1));
    let mut damage = Damage::new(1);
    draw(&mut Canvas::new(&mut buffer, &mut damage, policy, Rect::new(0, 0, width, 1)));
    let row = buffer.content.iter().map(|cell| if is_tail(cell) { "_" } else { cell.symbol() }).collect();
    let columns = damage.drain().next().map_or(0..0, |(_, columns)| columns);
    (row, columns)
}

#[test]
fn draws_heads_and_tails_and_gives_the_next_column() {
    let mut next = 0;
    let (row, columns) = drawn_row(8, Policy::Narrow, |canvas| next = canvas.put(1, 0, "a中①", PLAIN));
    assert_eq!((row.as_str(), columns, next), (" a中_①   ", 1..5, 5));
    let (row, columns) = drawn_row(8, Policy::Wide, |canvas| next = canvas.put(1, 0, "a中①", PLAIN));
    assert_eq!((row.as_str(), columns, next), (" a中_①_  ", 1..6, 6));
}

#[test]
fn heads_are_two_wide_and_tails_are_skipped() {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 1));
    let mut damage = Damage::new(1);
    let style = Style::new().fg(Color::Red).add_modifier(Modifier::BOLD);
    Canvas::new(&mut buffer, &mut damage, Policy::Wide, Rect::new(0, 0, 4, 1)).put(0, 0, "…é", style);
    assert_eq!(buffer[(0, 0)].diff_option, TWO_CELLS);
    assert_eq!((buffer[(1, 0)].symbol(), buffer[(1, 0)].diff_option), ("", CellDiffOption::Skip));
    assert!(buffer.content.iter().all(|cell| cell.fg == Color::Red && cell.modifier == Modifier::BOLD));
}

#[test]
fn overwriting_a_half_blanks_the_other() {
    let half = |x: i32, text: &'static str| {
        drawn_row(6, Policy::Narrow, |canvas| {
            canvas.put(1, 0, "中文", PLAIN);
            canvas.put(x, 0, text, PLAIN);
        })
        .0
    };
    assert_eq!(half(1, "x"), " x 文_ ");
    assert_eq!(half(2, "x"), "  x文_ ");
    assert_eq!(half(2, "国"), "  国_  ");
    assert_eq!(half(0, "国"), "国_ 文_ ");
    assert_eq!(half(4, "国"), " 中_ 国_");
}

#[test]
fn a_half_outside_the_clip_is_blanked_too() {
    let (row, columns) = drawn_row(6, Policy::Narrow, |canvas| {
        canvas.put(0, 0, "中文国", PLAIN);
        canvas.damage.drain().for_each(drop);
        canvas.sub(Rect::new(1, 0, 4, 1)).fill(Rect::new(0, 0, 9, 9), PLAIN);
    });
    assert_eq!((row.as_str(), columns), ("      ", 0..6));
}

#[test]
fn text_is_cut_at_both_edges() {
    let cut = |x: i32| {
        drawn_row(7, Policy::Narrow, |canvas| {
            canvas.fill(Rect::new(0, 0, 7, 1), PLAIN);
            canvas.put(0, 0, "-------", PLAIN);
            assert_eq!(canvas.sub(Rect::new(2, 0, 3, 1)).put(x, 0, "中国", PLAIN), x + 4);
        })
        .0
    };
    assert_eq!(cut(-9), "-------");
    assert_eq!(cut(-3), "-- ----");
    assert_eq!(cut(-2), "--国_---");
    assert_eq!(cut(-1), "-- 国_--");
    assert_eq!(cut(0), "--中_ --");
    assert_eq!(cut(2), "---- --");
    assert_eq!(cut(3), "-------");
}

#[test]
fn rows_outside_are_not_drawn_and_zero_width_is_left_out() {
    let (row, columns) = drawn_row(4, Policy::Narrow, |canvas| {
        canvas.put(0, -1, "x", PLAIN);
        assert_eq!(canvas.put(0, 1, "xy", PLAIN), 2);
        canvas.put(i32::MAX, 0, "x", PLAIN);
        canvas.put(i32::MIN, i32::MIN, "x", PLAIN);
    });
    assert_eq!((row.as_str(), columns), ("    ", 0..0));
    let (row, _) = drawn_row(4, Policy::Narrow, |canvas| {
        assert_eq!(canvas.put(0, 0, "e\u{301}\u{200b}f\u{1b}", PLAIN), 3);
    });
    assert_eq!(row, "ef? ");
}

#[test]
fn figures_are_aligned_at_the_right() {
    let mut start = 0;
    let (row, _) = drawn_row(6, Policy::Narrow, |canvas| start = canvas.put_right(5u16, 0, "共12", PLAIN));
    assert_eq!((row.as_str(), start), (" 共_12 ", 1));
    let (row, _) = drawn_row(3, Policy::Narrow, |canvas| start = canvas.put_right(3, 0, "共123", PLAIN));
    assert_eq!((row.as_str(), start), ("123", -2));
}

#[test]
fn only_real_changes_are_damage() {
    let (_, columns) = drawn_row(6, Policy::Wide, |canvas| {
        canvas.put(0, 0, "中①", PLAIN);
        canvas.damage.drain().for_each(drop);
        canvas.put(0, 0, "中①", PLAIN);
        canvas.fill(Rect::new(4, 0, 2, 1), PLAIN);
    });
    assert_eq!(columns, 0..0);
}

#[test]
fn a_style_is_not_mixed_with_what_was_there() {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 1, 1));
    let mut damage = Damage::new(1);
    let mut canvas = Canvas::new(&mut buffer, &mut damage, Policy::Narrow, Rect::new(0, 0, 1, 1));
    canvas.put(0, 0, "x", Style::new().bg(Color::Red).add_modifier(Modifier::REVERSED));
    canvas.put(0, 0, "x", Style::new().fg(Color::Green));
    let look = Look { fg: Color::Green, ..Look::PLAIN };
    assert_eq!(Look::from(&buffer[(0, 0)]), look);
}

#[test]
fn canvases_outside_the_buffer_draw_nothing() {
    for (width, height) in [(0, 0), (1, 1), (2, 2)] {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        let mut damage = Damage::new(height);
        let mut canvas = Canvas::new(&mut buffer, &mut damage, Policy::Wide, Rect::new(1, 1, u16::MAX, 9));
        canvas.fill(Rect::new(0, 0, u16::MAX, u16::MAX), PLAIN);
        canvas.put(-1, 0, "中文", PLAIN);
        canvas.sub(Rect::new(u16::MAX, u16::MAX, 5, 5)).put(0, 0, "中", PLAIN);
        assert_eq!(canvas.size(), Size::new(u16::MAX - 1, 9));
        assert!(buffer.content.iter().all(|cell| cell.symbol() == " "));
    }
}
