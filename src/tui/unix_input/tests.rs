//! The source on a socket in place of a terminal.

use std::io::{ErrorKind, Write};
use std::os::unix::net::UnixStream;
use std::thread;
use std::time::{Duration, Instant};

use super::{ANSWER_PATIENCE, Source};
use crate::tui::event::{Event, Signals};
use crate::tui::key::Key;

fn keys(names: &str) -> Vec<Event> {
    names.split_whitespace().map(|name| Event::Key(name.parse::<Key>().unwrap())).collect()
}

struct Bench {
    terminal: UnixStream,
    source: Source<UnixStream>,
    signals: Signals,
}

impl Bench {
    fn new() -> Self {
        let (terminal, input) = UnixStream::pair().unwrap();
        Self { terminal, source: Source::new(input), signals: Signals::deaf().unwrap() }
    }

    fn send(&mut self, bytes: &[u8]) {
        self.terminal.write_all(bytes).unwrap();
    }

    fn read(&mut self, limit: Option<Duration>) -> Vec<Event> {
        let mut events = Vec::new();
        self.source.wait(&self.signals, limit, &mut events).unwrap();
        events
    }
}

#[test]
fn a_batch_is_what_was_there() {
    let mut bench = Bench::new();
    bench.send("12\x1b[1;2R数".as_bytes());
    assert_eq!(bench.read(None), keys("1 2 shift-f3 数"));
    assert_eq!(bench.read(Some(Duration::ZERO)), []);
    bench.send(b"a\x1b");
    assert_eq!(bench.read(None), keys("a"), "what is complete does not wait");
    assert_eq!(bench.read(None), keys("esc"), "and a lone ESC needs no further key");
}

#[test]
fn a_sequence_may_be_cut_at_its_escape() {
    let mut bench = Bench::new();
    bench.send(b"a\x1b");
    assert_eq!(bench.read(None), keys("a"));
    bench.send(b"[A");
    assert_eq!(bench.read(None), keys("up"));
    // However long the program was busy: what is there already is not late.
    bench.send(b"b\x1b");
    assert_eq!(bench.read(None), keys("b"));
    bench.source.open_until = Some(Instant::now());
    bench.send(b"[B");
    assert_eq!(bench.read(None), keys("down"));
}

#[test]
fn a_limit_holds_while_nothing_of_use_comes() {
    let mut bench = Bench::new();
    bench.send(b"\x1b[I");
    assert_eq!(bench.read(Some(Duration::from_millis(1))), []);
    bench.send(b"\x1b[200~open");
    assert_eq!(bench.read(Some(Duration::from_millis(1))), []);
}

#[test]
fn a_wake_ends_the_wait_once() {
    let mut bench = Bench::new();
    let signals = bench.signals.clone();
    let worker = thread::spawn(move || signals.wake());
    assert_eq!(bench.read(None), []);
    worker.join().unwrap();
    let before = Instant::now();
    assert_eq!(bench.read(Some(Duration::from_millis(5))), []);
    assert!(before.elapsed() >= Duration::from_millis(5));
}

#[test]
fn a_terminal_that_is_gone_gives_what_it_had_and_then_an_error() {
    let mut bench = Bench::new();
    bench.send(b"a\x1b[200~open");
    let Bench { terminal, mut source, signals } = bench;
    drop(terminal);
    let mut events = Vec::new();
    source.wait(&signals, None, &mut events).unwrap();
    assert_eq!(events, keys("a"));
    for _ in 0..2 {
        let gone = source.wait(&signals, None, &mut events).unwrap_err();
        assert_eq!(gone.kind(), ErrorKind::UnexpectedEof);
    }
    assert_eq!(events, [keys("a"), vec![Event::Paste("open".into())]].concat());
}

#[test]
fn the_cursor_is_asked_for_and_nothing_typed_is_lost() {
    let mut bench = Bench::new();
    let mut terminal = bench.terminal.try_clone().unwrap();
    let column = bench.source.cursor_column(|question| {
        assert_eq!(question, b"\x1b[6n\x1b[c");
        terminal.write_all("一\x1b[1;2R\x1b[?62c\x1b[1;2R2\x1b".as_bytes())
    });
    assert_eq!(column.unwrap(), 1);
    assert_eq!(bench.read(None), keys("一 shift-f3 2"));
    assert_eq!(bench.read(None), keys("esc"));
}

#[test]
fn a_terminal_that_knows_only_its_kind_costs_no_waiting() {
    let mut bench = Bench::new();
    let mut terminal = bench.terminal.try_clone().unwrap();
    let before = Instant::now();
    let refused = bench.source.cursor_column(|_| terminal.write_all(b"1\x1b[?6c")).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Unsupported);
    assert!(before.elapsed() < ANSWER_PATIENCE);
    assert_eq!(bench.read(None), keys("1"));
}

#[test]
fn a_mute_terminal_is_given_up_and_a_late_answer_is_no_key() {
    let mut bench = Bench::new();
    let mut terminal = bench.terminal.try_clone().unwrap();
    let before = Instant::now();
    let mute = bench.source.cursor_column(|_| terminal.write_all(b"1\x1b")).unwrap_err();
    assert_eq!(mute.kind(), ErrorKind::TimedOut);
    assert!(before.elapsed() >= ANSWER_PATIENCE);
    assert_eq!(bench.read(None), keys("1 esc"));
    bench.send(b"\x1b[1;2R\x1b[?62c\x1b[1;2R");
    assert_eq!(bench.read(None), keys("shift-f3"));

    let never = bench.source.cursor_column(|_| Ok(())).unwrap_err();
    assert_eq!(never.kind(), ErrorKind::TimedOut);
    bench.source.late_until = Some(Instant::now());
    bench.send(b"\x1b[1;2R");
    assert_eq!(bench.read(None), keys("shift-f3"), "on a mute terminal too the key must work in the end");
}
