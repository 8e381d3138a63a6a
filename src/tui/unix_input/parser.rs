//! Bytes from a terminal to events. Pure: no input or output, no clock.

use std::mem;
use std::time::Duration;

use crossterm::event::{KeyCode as Code, KeyEvent, KeyModifiers as Held};

use crate::tui::event::{Event, unix_lines};
use crate::tui::key::Key;
use crate::tui::unix_input::sequence::{self, Meaning};

/// Reads events out of bytes that come in pieces of any length.
///
/// How the bytes are cut into pieces makes no difference: what a piece leaves open is kept until the next.
/// Only the passing of time makes one, because the Esc key sends the byte with which all sequences begin;
/// so [`Parser::patience`] says how long to wait for more, and [`Parser::give_up`] takes what is open as it
/// stands.
///
/// Sequences that mean nothing here are skipped whole, and bytes that are no UTF-8 are dropped.
#[derive(Debug, Default)]
pub struct Parser {
    state: State,
    /// The bytes of the unfinished character, the parameters of the unfinished sequence or the text of the
    /// unfinished paste.
    held: Vec<u8>,
    /// A second ESC stands before the sequence: PuTTY and rxvt mark Alt so.
    second_escape: bool,
    report: Report,
}

/// What a terminal said when it was asked where its cursor is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    /// In this column, counted from 0.
    Column(u16),
    /// Nothing, although it answered the question that came after.
    Refused,
}

/// How long the rest of a sequence may lag behind an ESC. A line over the network may cut between them.
pub const ESCAPE_PATIENCE: Duration = Duration::from_millis(25);

/// How long a sequence may pause in its middle. Nobody types what could be taken for one.
pub const SEQUENCE_PATIENCE: Duration = Duration::from_millis(500);

/// The most bytes of one paste. What comes after them becomes a paste of its own.
pub const PASTE_BOUND: usize = 16 << 20;

impl Parser {
    /// Takes the next bytes and adds the events that they complete.
    pub fn feed(&mut self, bytes: &[u8], events: &mut Vec<Event>) {
        let mut rest = bytes;
        while let Some((&byte, tail)) = rest.split_first() {
            rest = if self.state == State::Paste {
                self.paste(rest, events)
            } else {
                self.step(byte, events);
                tail
            };
        }
    }

    /// How long to wait for more bytes before [`Parser::give_up`]; for ever if there is nothing.
    pub fn patience(&self) -> Option<Duration> {
        match self.state {
            State::Ground | State::Character { .. } | State::Paste => None,
            State::Escape | State::Text { introducer: Some(_) } => Some(ESCAPE_PATIENCE),
            State::Csi | State::Ss3 if self.held.is_empty() => Some(ESCAPE_PATIENCE),
            _ => Some(SEQUENCE_PATIENCE),
        }
    }

    /// No more bytes came in time: a lone ESC is the Esc key, `ESC [` is Alt-[ and so on; a longer piece of
    /// a sequence is dropped.
    pub fn give_up(&mut self, events: &mut Vec<Event>) {
        if self.patience().is_some() {
            self.settle(events);
        }
    }

    /// No more bytes will ever come: the same, and an unfinished paste is delivered as it is.
    pub fn finish(&mut self, events: &mut Vec<Event>) {
        self.settle(events);
    }

    /// The terminal is being asked for its cursor (`CSI 6 n`) and then for its kind (`CSI c`).
    ///
    /// Until one of the answers comes or is given up, `CSI row ; column R` is where the cursor is. After it, and if nobody
    /// asked, it is F3 with modifiers.
    pub fn await_report(&mut self) {
        self.report = Report::Awaited;
    }

    /// No answer will come any more.
    pub fn forget_report(&mut self) {
        self.report = Report::Unasked;
    }

    /// The answer, once.
    pub fn take_answer(&mut self) -> Option<Answer> {
        let Report::Answered(answer) = self.report else {
            return None;
        };
        self.report = Report::Unasked;
        Some(answer)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum State {
    /// Between characters and sequences.
    #[default]
    Ground,
    /// Inside a character of several bytes.
    Character { alt: bool },
    /// After ESC.
    Escape,
    /// After `ESC [`.
    Csi,
    /// After `ESC [ [`.
    Linux,
    /// After `ESC O`.
    Ss3,
    /// So many bytes of an old mouse report remain.
    Mouse(u8),
    /// Inside an answer of any length, which the terminal ends. Its first byte is kept while nothing has
    /// followed it.
    Text { introducer: Option<u8> },
    /// After ESC inside such an answer.
    TextEscape,
    /// Inside a paste.
    Paste,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Report {
    #[default]
    Unasked,
    Awaited,
    Answered(Answer),
}

const ESC: u8 = 0x1b;
const BELL: u8 = 0x07;
const CANCEL: u8 = 0x18;
const SUBSTITUTE: u8 = 0x1a;
const PASTE_END: &[u8] = b"\x1b[201~";

/// No sequence of use has parameters as long as this; of longer ones only the end is looked for.
const LONGEST: usize = 64;

impl Parser {
    fn step(&mut self, byte: u8, events: &mut Vec<Event>) {
        match self.state {
            State::Ground => self.ground(byte, events),
            State::Character { alt } => self.character(byte, alt, events),
            State::Escape => self.escape(byte, events),
            State::Csi => self.csi(byte, events),
            State::Ss3 => self.ss3(byte, events),
            State::Linux => match byte {
                0x20..=0x7e => self.conclude(key_or_nothing(sequence::linux(byte)), events),
                _ => self.restart(byte, events),
            },
            State::Mouse(left) => match byte {
                0..=0x1f => self.restart(byte, events),
                _ if left > 1 => self.state = State::Mouse(left - 1),
                _ => self.conclude(Meaning::Nothing, events),
            },
            State::Text { introducer } => match byte {
                0x20..=0x7e => self.state = State::Text { introducer: None },
                _ if introducer.is_some() => self.restart(byte, events),
                ESC => self.state = State::TextEscape,
                BELL | CANCEL | SUBSTITUTE => self.conclude(Meaning::Nothing, events),
                _ => {}
            },
            State::TextEscape => {
                self.conclude(Meaning::Nothing, events);
                // ESC and a backslash are the end; anything else begins something new.
                if byte != b'\\' {
                    self.state = State::Escape;
                    self.step(byte, events);
                }
            }
            State::Paste => {
                self.paste(&[byte], events);
            }
        }
    }

    fn ground(&mut self, byte: u8, events: &mut Vec<Event>) {
        match byte {
            ESC => self.state = State::Escape,
            0..=0x7f => push(sequence::single(byte), events),
            _ => self.begin_character(byte, false),
        }
    }

    fn begin_character(&mut self, byte: u8, alt: bool) {
        // Other bytes never begin a character.
        if matches!(byte, 0xc2..=0xf4) {
            self.held.push(byte);
            self.state = State::Character { alt };
        }
    }

    fn character(&mut self, byte: u8, alt: bool, events: &mut Vec<Event>) {
        if !matches!(byte, 0x80..=0xbf) {
            return self.restart(byte, events);
        }
        self.held.push(byte);
        let length = match self.held.first() {
            Some(..=0xdf) => 2,
            Some(..=0xef) => 3,
            _ => 4,
        };
        if self.held.len() == length {
            let character = str::from_utf8(&self.held).ok().and_then(|text| text.chars().next());
            let held = if alt { Held::ALT } else { Held::NONE };
            let key = character.map(|c| KeyEvent::new(Code::Char(c), held));
            self.conclude(key_or_nothing(key), events);
        }
    }

    fn escape(&mut self, byte: u8, events: &mut Vec<Event>) {
        match byte {
            b'[' => self.state = State::Csi,
            b'O' => self.state = State::Ss3,
            b'P' | b']' | b'^' | b'_' => self.state = State::Text { introducer: Some(byte) },
            ESC if self.second_escape => push(ESCAPE_KEY, events),
            ESC => self.second_escape = true,
            0..=0x7f => {
                self.take_second_escape(events);
                self.state = State::Ground;
                push(with_alt(sequence::single(byte)), events);
            }
            0xc2..=0xf4 => {
                self.take_second_escape(events);
                self.begin_character(byte, true);
            }
            _ => self.restart(byte, events),
        }
    }

    fn csi(&mut self, byte: u8, events: &mut Vec<Event>) {
        match byte {
            b'[' if self.held.is_empty() => self.state = State::Linux,
            b'M' if self.held.is_empty() => self.state = State::Mouse(3),
            // A last byte for rxvt only; the standard has it before one.
            b'$' if !self.held.is_empty() && self.held.iter().all(u8::is_ascii_digit) => {
                self.conclude_csi(byte, events);
            }
            0x20..=0x3f => self.hold(byte),
            0x40..=0x7e => self.conclude_csi(byte, events),
            _ => self.restart(byte, events),
        }
    }

    fn conclude_csi(&mut self, last: u8, events: &mut Vec<Event>) {
        let meaning = if self.held.len() < LONGEST {
            sequence::csi(&self.held, last, self.report == Report::Awaited)
        } else {
            Meaning::Nothing
        };
        self.conclude(meaning, events);
    }

    fn ss3(&mut self, byte: u8, events: &mut Vec<Event>) {
        match byte {
            b'0'..=b'9' | b';' => self.hold(byte),
            0x20..=0x7e => {
                let key = sequence::ss3(&self.held, byte).filter(|_| self.held.len() < LONGEST);
                self.conclude(key_or_nothing(key), events);
            }
            _ => self.restart(byte, events),
        }
    }

    fn hold(&mut self, byte: u8) {
        if self.held.len() < LONGEST {
            self.held.push(byte);
        }
    }

    /// Takes bytes of a paste up to the next possible end and returns the rest.
    fn paste<'a>(&mut self, bytes: &'a [u8], events: &mut Vec<Event>) -> &'a [u8] {
        let room = PASTE_BOUND.saturating_sub(self.held.len());
        let near = bytes.iter().take(room).position(|&byte| byte == b'~').map(|at| at + 1);
        let (piece, rest) = bytes.split_at(near.unwrap_or(room).min(bytes.len()));
        self.held.extend_from_slice(piece);
        if self.held.ends_with(PASTE_END) {
            self.held.truncate(self.held.len() - PASTE_END.len());
            self.deliver(events);
            self.state = State::Ground;
        } else if self.held.len() >= PASTE_BOUND {
            let tail = self.held.split_off(self.held.len() - open_at_the_end(&self.held));
            self.deliver(events);
            self.held = tail;
        }
        rest
    }

    fn deliver(&mut self, events: &mut Vec<Event>) {
        let bytes = mem::take(&mut self.held);
        let text: String = bytes.utf8_chunks().map(|chunk| chunk.valid()).collect();
        if !text.is_empty() {
            events.push(Event::Paste(unix_lines(&text)));
        }
    }

    /// A sequence has ended.
    fn conclude(&mut self, meaning: Meaning, events: &mut Vec<Event>) {
        self.state = State::Ground;
        self.held.clear();
        if let Meaning::Key(key) = meaning {
            let alt = mem::take(&mut self.second_escape);
            return push(if alt { with_alt(key) } else { key }, events);
        }
        // What is no key can not be pressed with Alt, so the first ESC was a key.
        self.take_second_escape(events);
        let awaited = self.report == Report::Awaited;
        match meaning {
            Meaning::Event(event) => events.push(event),
            Meaning::Paste => self.state = State::Paste,
            Meaning::Column(column) if awaited => self.report = Report::Answered(Answer::Column(column)),
            Meaning::Attributes if awaited => self.report = Report::Answered(Answer::Refused),
            Meaning::Key(_) | Meaning::Column(_) | Meaning::Attributes | Meaning::Nothing => {}
        }
    }

    /// `byte` cannot belong to what is open.
    fn restart(&mut self, byte: u8, events: &mut Vec<Event>) {
        self.settle(events);
        self.step(byte, events);
    }

    /// Takes what is open as it stands.
    fn settle(&mut self, events: &mut Vec<Event>) {
        self.take_second_escape(events);
        let untouched = self.held.is_empty();
        match mem::take(&mut self.state) {
            State::Escape | State::TextEscape => push(ESCAPE_KEY, events),
            State::Csi if untouched => push(with_alt(sequence::single(b'[')), events),
            State::Ss3 if untouched => push(with_alt(sequence::single(b'O')), events),
            State::Text { introducer: Some(byte) } => push(with_alt(sequence::single(byte)), events),
            State::Paste => self.deliver(events),
            _ => {}
        }
        self.held.clear();
    }

    fn take_second_escape(&mut self, events: &mut Vec<Event>) {
        if mem::take(&mut self.second_escape) {
            push(ESCAPE_KEY, events);
        }
    }
}

const ESCAPE_KEY: KeyEvent = KeyEvent::new(Code::Esc, Held::NONE);

fn push(key: KeyEvent, events: &mut Vec<Event>) {
    events.extend(Key::from_event(&key).map(Event::Key));
}

fn with_alt(key: KeyEvent) -> KeyEvent {
    KeyEvent { modifiers: key.modifiers | Held::ALT, ..key }
}

fn key_or_nothing(key: Option<KeyEvent>) -> Meaning {
    key.map_or(Meaning::Nothing, Meaning::Key)
}

/// How many bytes at the end may be the beginning of a character, of a line end or of the mark that ends a
/// paste.
fn open_at_the_end(bytes: &[u8]) -> usize {
    let (_, tail) = bytes.split_at(bytes.len().saturating_sub(PASTE_END.len()));
    let open = tail.iter().position(|&byte| matches!(byte, ESC | b'\r' | 0xc0..));
    open.map_or(0, |at| tail.len() - at)
}

#[cfg(test)]
mod tests;
