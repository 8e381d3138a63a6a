use crossterm::event::{KeyCode as Code, KeyEvent, KeyEventKind, KeyModifiers as Held};

use super::{Key, KeyCode, KeyError};

#[track_caller]
fn event(code: Code, held: Held, name: &str) {
    let key = Key::from_event(&KeyEvent::new(code, held)).expect("a key");
    assert_eq!(key.to_string(), name);
    assert_eq!(name.parse(), Ok(key), "the name must read back");
}

#[test]
fn one_press_has_one_form_whatever_the_terminal_says() {
    event(Code::Char('A'), Held::SHIFT, "A");
    event(Code::Char('*'), Held::SHIFT, "*");
    event(Code::Char('*'), Held::NONE, "*");
    event(Code::Char('S'), Held::CONTROL | Held::SHIFT, "ctrl-s");
    event(Code::Char('A'), Held::ALT | Held::SHIFT, "alt-a");
    event(Code::Char('z'), Held::ALT | Held::CONTROL, "ctrl-alt-z");
    event(Code::BackTab, Held::SHIFT, "shift-tab");
    event(Code::BackTab, Held::NONE, "shift-tab");
    event(Code::Tab, Held::SHIFT, "shift-tab");
    event(Code::Char('h'), Held::CONTROL, "backspace");
    event(Code::Char('\u{7f}'), Held::NONE, "backspace");
    event(Code::Backspace, Held::CONTROL, "backspace");
    event(Code::Char('j'), Held::CONTROL, "enter");
    event(Code::Char('h'), Held::CONTROL | Held::ALT, "alt-backspace");
    event(Code::Char(' '), Held::NONE, "space");
    event(Code::Char(' '), Held::CONTROL, "ctrl-space");
    event(Code::F(3), Held::SHIFT, "shift-f3");
    event(Code::Home, Held::CONTROL, "ctrl-home");
    event(Code::Char('-'), Held::NONE, "-");
    event(Code::Char('-'), Held::ALT, "alt--");
}

#[test]
fn full_width_characters_arrive_as_they_are() {
    event(Code::Char('１'), Held::NONE, "１");
    assert_eq!(Key::char('／').half_width(), Some(Key::char('/')));
    assert_eq!(Key::char('．').half_width(), Some(Key::char('.')));
    assert_eq!(Key::char('\u{3000}').half_width(), Some(Key::char(' ')));
    assert_eq!(Key::char('/').half_width(), None);
    assert_eq!(Key::char('、').half_width(), None);
}

#[test]
fn releases_and_keys_without_use_are_dropped() {
    let release = KeyEvent::new_with_kind(Code::Char('a'), Held::NONE, KeyEventKind::Release);
    let repeat = KeyEvent::new_with_kind(Code::Char('a'), Held::NONE, KeyEventKind::Repeat);
    assert_eq!(Key::from_event(&release), None);
    assert_eq!(Key::from_event(&repeat), Some(Key::char('a')));
    assert_eq!(Key::from_event(&KeyEvent::new(Code::CapsLock, Held::NONE)), None);
    assert_eq!(Key::from_event(&KeyEvent::new(Code::Char('c'), Held::SUPER)), None);
    assert_eq!(Key::from_event(&KeyEvent::new(Code::Char('\u{1}'), Held::NONE)), None);
}

#[test]
fn wrong_names_say_what_is_wrong() {
    for name in ["", "ctrl-", "cmd-s", "ctrl-ctrl-s", "f0", "f99", "ab", "文字", "\t", "home-ctrl", " "] {
        assert_eq!(name.parse::<Key>(), Err(KeyError::Unknown(name.to_owned())), "{name:?}");
    }
    for (name, instead) in [
        ("ctrl-i", "tab"),
        ("ctrl-h", "backspace"),
        ("ctrl-m", "enter"),
        ("ctrl-S", "ctrl-s"),
        ("shift-a", "A"),
        ("ctrl-shift-s", "ctrl-s"),
        ("ctrl-backspace", "backspace"),
    ] {
        let expected = KeyError::SameAs { name: name.to_owned(), instead: instead.to_owned() };
        assert_eq!(name.parse::<Key>(), Err(expected));
        assert!(instead.parse::<Key>().is_ok(), "the advice itself must be a name: {instead}");
    }
}

#[test]
fn hints_are_short_and_chinese() {
    for (name, hint) in [
        ("f1", "F1"),
        ("ctrl-s", "^S"),
        ("alt-a", "Alt+A"),
        ("ctrl-alt-z", "Ctrl+Alt+Z"),
        ("shift-tab", "Shift+Tab"),
        ("enter", "回车"),
        ("alt-up", "Alt+上"),
        ("ctrl-pagedown", "Ctrl+PgDn"),
        ("/", "/"),
        ("space", "空格"),
    ] {
        assert_eq!(name.parse::<Key>().unwrap().hint(), hint);
    }
    assert_eq!(Key::plain(KeyCode::Left).hint(), "左");
}
