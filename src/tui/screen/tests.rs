use super::*;
use ratatui::backend::TestBackend;
use ratatui::style::{Modifier, Style};

fn screen(width: u16, height: u16) -> Screen {
    Screen::new(Size::new(width, height), Policy::Narrow)
}

fn flushed(screen: &mut Screen, cursor: Option<(u16, u16)>) -> String {
    let bytes = screen.flush(cursor.map(Position::from)).to_vec();
    String::from_utf8(bytes).unwrap().replace('\x1b', "^")
}

fn put(screen: &mut Screen, x: i32, y: i32, text: &str) {
    screen.canvas(screen.area()).put(x, y, text, Style::new());
}

#[test]
fn the_first_flush_clears_and_the_next_is_empty() {
    let mut screen = screen(10, 2);
    put(&mut screen, 0, 1, "中a");
    assert_eq!(flushed(&mut screen, Some((3, 1))), "^[?25l^[m^[2J^[2;1H中a^[?25h");
    assert_eq!(flushed(&mut screen, Some((3, 1))), "");
    put(&mut screen, 0, 1, "中a");
    assert_eq!(flushed(&mut screen, Some((3, 1))), "");
    assert_eq!(screen.lines(), ["", "中a"]);
}

#[test]
fn the_cursor_moves_hides_and_shows() {
    let mut screen = screen(10, 2);
    flushed(&mut screen, None);
    assert_eq!(flushed(&mut screen, None), "");
    assert_eq!(flushed(&mut screen, Some((4, 1))), "^[2;5H^[?25h");
    assert_eq!(flushed(&mut screen, Some((5, 1))), "^[2;6H");
    assert_eq!(flushed(&mut screen, Some((10, 1))), "^[?25l");
    put(&mut screen, 0, 0, "x");
    assert_eq!(flushed(&mut screen, None), "^[1;1H^[mx");
    put(&mut screen, 0, 0, "y");
    assert_eq!(flushed(&mut screen, Some((0, 0))), "^[1;1H^[my^[1G^[?25h");
}

#[test]
fn the_cursor_is_hidden_only_for_larger_frames() {
    let mut screen = screen(40, 2);
    flushed(&mut screen, Some((0, 0)));
    put(&mut screen, 0, 1, "0123456789abcdef");
    assert!(!flushed(&mut screen, Some((0, 0))).contains("^[?25"));
    put(&mut screen, 0, 1, "fedcba98765432100");
    let text = flushed(&mut screen, Some((0, 0)));
    assert!(text.starts_with("^[?25l") && text.ends_with("^[1;1H^[?25h"), "{text}");
}

#[test]
fn invalidate_sends_all_again_without_drawing() {
    let mut screen = screen(10, 1);
    put(&mut screen, 1, 0, "x");
    let first = flushed(&mut screen, None);
    let generation = screen.generation();
    screen.invalidate();
    assert_eq!(flushed(&mut screen, None), first);
    assert_eq!(screen.generation(), generation);
}

#[test]
fn resize_and_policy_drop_what_was_drawn() {
    let mut screen = screen(10, 1);
    put(&mut screen, 0, 0, "①x");
    screen.resize(Size::new(10, 1));
    assert_eq!((screen.generation(), screen.lines()), (0, vec!["①x".to_owned()]));
    screen.set_policy(Policy::Wide);
    assert_eq!((screen.generation(), screen.lines()), (1, vec![String::new()]));
    screen.set_policy(Policy::Wide);
    screen.resize(Size::new(3, 2));
    assert_eq!((screen.generation(), screen.lines().len(), screen.size()), (2, 2, Size::new(3, 2)));
}

#[test]
fn tiny_screens_work() {
    for (width, height) in [(0, 0), (0, 3), (3, 0), (1, 1), (2, 2)] {
        let mut screen = screen(width, height);
        put(&mut screen, -1, 0, "中文");
        put(&mut screen, 0, 1, "ab中");
        let text = flushed(&mut screen, Some((0, 0)));
        assert_eq!(text.contains("^[?25h"), width > 0 && height > 0, "{width}x{height}");
        screen.resize(Size::new(height, width));
        assert!(flushed(&mut screen, None).starts_with("^[?25l^[m^[2J"));
    }
}

#[test]
fn a_backend_gets_the_same_cells() {
    let mut screen = Screen::new(Size::new(8, 2), Policy::Wide);
    let mut backend = TestBackend::new(8, 2);
    let bold = Style::new().add_modifier(Modifier::BOLD);
    screen.canvas(screen.area()).put(0, 0, "中①x", bold);
    screen.flush_to_backend(&mut backend, Some(Position::new(2, 1))).unwrap();
    let symbols: Vec<&str> = backend.buffer().content.iter().take(6).map(Cell::symbol).collect();
    assert_eq!(symbols, ["中", " ", "①", " ", "x", " "]);
    let modifiers: Vec<Modifier> =
        backend.buffer().content.iter().take(6).map(|cell| cell.modifier).collect();
    assert_eq!(modifiers[2..], [Modifier::BOLD, Modifier::BOLD, Modifier::BOLD, Modifier::empty()]);
    backend.assert_cursor_position(Position::new(2, 1));
    put(&mut screen, 0, 0, "ab");
    screen.flush_to_backend(&mut backend, Some(Position::new(0, 0))).unwrap();
    assert_eq!(backend.buffer()[(1, 0)].symbol(), "b");
    backend.assert_cursor_position(Position::new(0, 0));
}
