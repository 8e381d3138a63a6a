use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};

use super::{Answer, ESCAPE_PATIENCE, PASTE_BOUND, Parser, SEQUENCE_PATIENCE};
use crate::tui::event::{Event, Turn};
use crate::tui::key::Key;

/// The events of `bytes` and of the pause after them.
fn read(bytes: &[u8]) -> Vec<Event> {
    let (mut parser, mut events) = (Parser::default(), Vec::new());
    parser.feed(bytes, &mut events);
    parser.give_up(&mut events);
    events
}

/// The names of keys apart by blanks.
fn keys(names: &str) -> Vec<Event> {
    names.split_whitespace().map(|name| Event::Key(name.parse::<Key>().unwrap())).collect()
}

#[track_caller]
fn check(bytes: impl AsRef<[u8]>, names: &str) {
    let bytes = bytes.as_ref();
    assert_eq!(read(bytes), keys(names), "{:?}", String::from_utf8_lossy(bytes));
}

/// The sequence after ESC alone and between characters.
#[track_caller]
fn check_between(sequence: &str, name: &str) {
    check(format!("\x1b{sequence}"), name);
    check(format!("甲\x1b{sequence}乙"), &format!("甲 {name} 乙"));
}

fn paste(text: &str) -> Event {
    Event::Paste(text.to_owned())
}

#[test]
fn characters_and_control_bytes() {
    check("a1 A*~", "a 1 space A * ~");
    check("数据é𠮷", "数 据 é 𠮷");
    check("\r\n\t\x08\x7f", "enter enter tab backspace backspace");
    check("\x00\x01\x13\x1a\x1c\x1d\x1e\x1f", "ctrl-space ctrl-a ctrl-s ctrl-z ctrl-\\ ctrl-] ctrl-^ ctrl-_");
    check(b"a\xff\xc0\x80b\xe6\x95c\xed\xa0\x80d\xf5", "a b c d");
    check("\u{85}a", "a");
}

#[test]
fn escape_alone_and_before_a_character() {
    check("\x1b", "esc");
    check("\x1b\x1b", "esc esc");
    check("\x1b\x1b\x1b", "esc esc esc");
    check("\x1ba\x1bA\x1b1\x1b/\x1b数", "alt-a alt-a alt-1 alt-/ alt-数");
    check("\x1b\r\x1b\t\x1b\x7f\x1b\x1a\x1b ", "alt-enter alt-tab alt-backspace ctrl-alt-z alt-space");
    check("\x1b\x1ba", "esc alt-a");
    check(b"\x1b\xffa", "esc a");
    check("\x1b[", "alt-[");
    check("\x1bO", "alt-o");
    check("\x1b]", "alt-]");
    check("\x1bP", "alt-p");
    check("\x1bO\r\x1b[\r\x1b]\r", "alt-o enter alt-[ enter alt-] enter");
    check("\x1b[\x1b[A", "alt-[ up");
}

#[test]
fn keys_without_modifiers() {
    for (bytes, name) in [
        ("[A", "up"),
        ("[B", "down"),
        ("[C", "right"),
        ("[D", "left"),
        ("[H", "home"),
        ("[F", "end"),
        ("[Z", "shift-tab"),
        ("[P", "f1"),
        ("[Q", "f2"),
        ("[R", "f3"),
        ("[S", "f4"),
        ("[1~", "home"),
        ("[2~", "insert"),
        ("[3~", "delete"),
        ("[4~", "end"),
        ("[5~", "pageup"),
        ("[6~", "pagedown"),
        ("[7~", "home"),
        ("[8~", "end"),
        ("OA", "up"),
        ("OB", "down"),
        ("OC", "right"),
        ("OD", "left"),
        ("OH", "home"),
        ("OF", "end"),
        ("OP", "f1"),
        ("OQ", "f2"),
        ("OR", "f3"),
        ("OS", "f4"),
        // The keypad that sends its own codes.
        ("OM", "enter"),
        ("OI", "tab"),
        ("O ", "space"),
        ("OX", "="),
        ("Oj", "*"),
        ("Ok", "+"),
        ("Ol", ","),
        ("Om", "-"),
        ("On", "."),
        ("Oo", "/"),
    ] {
        check_between(bytes, name);
    }
    for digit in 0..=9_u8 {
        check([0x1b, b'O', b'p' + digit], &digit.to_string());
    }
}

#[test]
fn keys_with_modifiers() {
    for (bytes, name) in [
        // The first three are easily taken for reports of the cursor.
        ("[1;2R", "shift-f3"),
        ("[1;3R", "alt-f3"),
        ("[1;5R", "ctrl-f3"),
        ("[1;2P", "shift-f1"),
        ("O2P", "shift-f1"),
        ("O1;2R", "shift-f3"),
        ("O5C", "ctrl-right"),
        ("[5A", "ctrl-up"),
        ("[;5A", "ctrl-up"),
        ("[3;5~", "ctrl-delete"),
        ("[5;5~", "ctrl-pageup"),
        ("[6;5~", "ctrl-pagedown"),
        ("[15;2~", "shift-f5"),
        ("[24;8~", "ctrl-alt-shift-f12"),
        ("[1;5H", "ctrl-home"),
        ("[1;6F", "ctrl-shift-end"),
        ("[1;3A", "alt-up"),
        ("[1;9A", "alt-up"),
        ("[1;133A", "ctrl-up"),
        ("[1;5Z", "ctrl-shift-tab"),
        // PuTTY and rxvt put Alt in front.
        ("\x1b[A", "alt-up"),
        ("\x1bOP", "alt-f1"),
        ("\x1b[5~", "alt-pageup"),
    ] {
        check_between(bytes, name);
    }
    for (modifiers, name) in
        (2..=8).zip(["shift-", "alt-", "alt-shift-", "ctrl-", "ctrl-shift-", "ctrl-alt-", "ctrl-alt-shift-"])
    {
        check(format!("\x1b[1;{modifiers}D"), &format!("{name}left"));
        check(format!("\x1b[1;{modifiers}R"), &format!("{name}f3"));
        check(format!("\x1b[6;{modifiers}~"), &format!("{name}pagedown"));
    }
}

#[test]
fn keys_in_the_way_of_some_terminals() {
    for (bytes, name) in [
        // The text console of Linux.
        ("[[A", "f1"),
        ("[[E", "f5"),
        // rxvt.
        ("[a", "shift-up"),
        ("[b", "shift-down"),
        ("[c", "shift-right"),
        ("[d", "shift-left"),
        ("Oa", "ctrl-up"),
        ("Od", "ctrl-left"),
        ("[7$", "shift-home"),
        ("[7^", "ctrl-home"),
        ("[7@", "ctrl-shift-home"),
        ("[25~", "f13"),
        // A code for every key.
        ("[27;5;13~", "ctrl-enter"),
        ("[27;2;13~", "shift-enter"),
        ("[27;2;9~", "shift-tab"),
        ("[27;5;97~", "ctrl-a"),
        ("[13;2u", "shift-enter"),
        ("[9;2u", "shift-tab"),
        ("[27u", "esc"),
        ("[127u", "backspace"),
        ("[97;5u", "ctrl-a"),
        ("[97;2u", "A"),
        ("[49:33;2u", "!"),
        ("[65;2u", "A"),
        ("[97;3u", "alt-a"),
        ("[97;5:2u", "ctrl-a"),
        ("[25968u", "数"),
    ] {
        check_between(bytes, name);
    }
}

#[test]
fn function_keys_have_their_numbers() {
    let numbers =
        [11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24, 25, 26, 28, 29, 31, 32, 33, 34, 42, 43, 44, 45];
    for (key, number) in (1..).zip(numbers) {
        check(format!("\x1b[{number}~"), &format!("f{key}"));
        check(format!("\x1b[{number};2~"), &format!("shift-f{key}"));
    }
}

#[test]
fn what_means_nothing_is_skipped_whole() {
    for bytes in [
        "[I",
        "[O",
        "[E",
        "[0n",
        "[?1;2c",
        "[?62;22c",
        "[>41;354;0c",
        "[?2026;2$y",
        "[12;2$y",
        "[8;24;80t",
        "[24;80R",
        "[1;2;3A",
        "[99~",
        "[201~",
        "[1;99999999999A",
        "[97;5:3u",
        "[57399u",
        "[1u",
        "[?1;2A",
        "[ q",
        "[[Z",
        "[M\x20\x21\x22",
        "[0;5;6M",
        "OE",
        "Oz",
        "]11;rgb:0000/0000/0000\x07",
        "]11;rgb:0000/0000/0000\x1b\\",
        "P1+r544e=787465\x1b\\",
        "P>|XTerm(379)\x1b\\",
        "_Gi=1;OK\x1b\\",
        "]52;c;一\x18",
    ] {
        check(format!("\x1b{bytes}"), "");
        check(format!("a\x1b{bytes}b"), "a b");
    }
    check(format!("\x1b[{}Aa", "1;".repeat(10_000)), "a");
    check(format!("\x1bO{}Aa", "1".repeat(10_000)), "a");
    check(format!("\x1b]{}\x07a", "x".repeat(100_000)), "a");
    check("\x1b\x1b[Ia", "esc a");
    check("\x1b[1;2\ra", "enter a");
    check("\x1b]x\x1b[Aa", "up a");
}

#[test]
fn an_open_sequence_has_patience_and_is_then_dropped() {
    let (mut parser, mut events) = (Parser::default(), Vec::new());
    for (bytes, patience) in [
        ("a".as_bytes(), None),
        (&[0xe6], None),
        (b"\x1b", Some(ESCAPE_PATIENCE)),
        (b"[", Some(ESCAPE_PATIENCE)),
        (b"1", Some(SEQUENCE_PATIENCE)),
        (b"A\x1b]", Some(ESCAPE_PATIENCE)),
        (b"0;", Some(SEQUENCE_PATIENCE)),
        (b"\x1b", Some(SEQUENCE_PATIENCE)),
        (b"\\\x1b[200~abc\x1b", None),
    ] {
        parser.feed(bytes, &mut events);
        assert_eq!(parser.patience(), patience, "{bytes:?}");
    }
    check("\x1b[1;2", "");
    check("\x1b]0;title", "");
    assert_eq!(events, keys("a up"));
}

#[test]
fn pastes_are_one_event() {
    assert_eq!(
        read("\x1b[200~甲\r\n乙\r丙\x1b[201~x".as_bytes()),
        [vec![paste("甲\n乙\n丙")], keys("x")].concat()
    );
    assert_eq!(read(b"\x1b[200~a\x1b[Ab~\x1b[201\x1b[201~"), [paste("a\x1b[Ab~\x1b[201")]);
    assert_eq!(read(b"\x1b[200~a\xff\xe6\x95b\x1b[201~"), [paste("ab")]);
    assert_eq!(read(b"\x1b[200~\x1b[201~a"), keys("a"));
    assert_eq!(read(b"\x1b[200~open"), [], "a pause does not end a paste");
    let (mut parser, mut events) = (Parser::default(), Vec::new());
    parser.feed(b"\x1b[200~open", &mut events);
    parser.finish(&mut events);
    assert_eq!(events, [paste("open")]);
}

#[test]
fn a_paste_without_end_comes_in_pieces_of_bounded_size() {
    // Three bytes a character, so the bound falls into one.
    let text = "数".repeat(PASTE_BOUND / 3 + 1000);
    let (mut parser, mut events) = (Parser::default(), Vec::new());
    for piece in format!("\x1b[200~{text}\x1b[201~a").as_bytes().chunks(4096) {
        parser.feed(piece, &mut events);
    }
    assert_eq!(events.pop(), keys("a").pop());
    let pieces: Vec<String> = events
        .into_iter()
        .map(|event| match event {
            Event::Paste(text) => text,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(pieces.len(), 2);
    assert!(pieces.iter().all(|piece| piece.len() <= PASTE_BOUND));
    assert!(pieces.concat() == text, "no character may be lost at the bound");
}

#[test]
fn of_the_mouse_left_press_and_wheel() {
    assert_eq!(read(b"\x1b[<0;8;4M\x1b[<0;8;4m"), [Event::Click { column: 7, row: 3 }]);
    assert_eq!(read(b"\x1b[<16;8;4M"), [Event::Click { column: 7, row: 3 }]);
    assert_eq!(read(b"\x1b[<64;8;4M"), [Event::Wheel { turn: Turn::Up, column: 7, row: 3 }]);
    assert_eq!(read(b"\x1b[<65;1;1M"), [Event::Wheel { turn: Turn::Down, column: 0, row: 0 }]);
    check("\x1b[<2;8;4M\x1b[<32;8;4M\x1b[<35;8;4M\x1b[<0;0;4M\x1b[<0;99999;4M\x1b[<0M", "");
}

#[test]
fn a_report_counts_only_while_somebody_waits_for_it() {
    let (mut parser, mut events) = (Parser::default(), Vec::new());
    parser.await_report();
    parser.feed(b"7\x1b[1;2R\x1b[?62c\x1b[1;2R", &mut events);
    assert_eq!(parser.take_answer(), Some(Answer::Column(1)));
    assert_eq!(parser.take_answer(), None);
    assert_eq!(events, keys("7 shift-f3"));

    parser.await_report();
    parser.feed(b"\x1b\x1b[?62c\x1b[1;2R", &mut events);
    assert_eq!(parser.take_answer(), Some(Answer::Refused));
    assert_eq!(events, keys("7 shift-f3 esc shift-f3"));
}

/// Random bytes seldom make a sequence; these do.
fn stream() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        any::<u8>().prop_map(|byte| vec![byte]),
        prop_oneof![
            Just("\x1b"),
            Just("\x1b["),
            Just("\x1bO"),
            Just("\x1b]"),
            Just("\x1b\\"),
            Just("[["),
            Just("\x1b[200~"),
            Just("\x1b[201~"),
            Just("\x1b[<0;"),
            Just("\x1b[M"),
            Just("1;2"),
            Just(";"),
            Just("~"),
            Just("R"),
            Just("A"),
            Just("$"),
            Just("数"),
            Just("𠮷"),
            Just("\r\n"),
        ]
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn random_bytes_never_break_it(bytes in vec(any::<u8>(), 0..300)) {
        let (mut parser, mut events) = (Parser::default(), Vec::new());
        parser.feed(&bytes, &mut events);
        parser.give_up(&mut events);
        parser.finish(&mut events);
        parser.feed(b"a", &mut events);
        assert_eq!(events.pop(), keys("a").pop(), "it must always find back");
    }

    #[test]
    fn any_cut_gives_the_same_events(bytes in stream(), cuts in vec(1_usize..5, 1..60)) {
        let (mut whole, mut expected) = (Parser::default(), Vec::new());
        whole.feed(&bytes, &mut expected);
        let (mut parser, mut events) = (Parser::default(), Vec::new());
        let mut rest = &bytes[..];
        for cut in cuts.iter().cycle() {
            let (piece, tail) = rest.split_at((*cut).min(rest.len()));
            parser.feed(piece, &mut events);
            rest = tail;
            if rest.is_empty() {
                break;
            }
        }
        assert_eq!(parser.patience(), whole.patience());
        parser.finish(&mut events);
        whole.finish(&mut expected);
        assert_eq!(events, expected);
    }
}
