//! Input from a Unix terminal: one wait and one read per key.
//!
//! crossterm takes Shift-F3 for a cursor report, and either loses keys that come all at once or never
//! notices a terminal that is gone; so the bytes are read here.

mod parser;
mod sequence;

use std::io::{self, Stdin};
use std::mem;
use std::os::fd::{AsFd, BorrowedFd};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use crate::tui::event::{Event, Signals};

pub use parser::{Answer, ESCAPE_PATIENCE, PASTE_BOUND, Parser, SEQUENCE_PATIENCE};

/// Events from a terminal and from the signals.
#[derive(Debug)]
pub(in crate::tui) struct Source<F = Stdin> {
    input: F,
    parser: Parser,
    buffer: Box<[u8]>,
    /// When the parser stops waiting for the rest of a sequence.
    open_until: Option<Instant>,
    /// Until when an answer that was given up may still come; afterwards it would be a key.
    late_until: Option<Instant>,
    /// What was typed while the terminal was asked something.
    early: Vec<Event>,
}

/// As much as a terminal holds at once.
const BUFFER: usize = 4096;

/// How long the program waits for a terminal to answer.
const ANSWER_PATIENCE: Duration = Duration::from_millis(300);

/// How long after the question an answer over a slow line must not be taken for Shift-F3.
const LATE_ANSWER: Duration = Duration::from_secs(3);

impl Source<Stdin> {
    /// The terminal on standard input.
    pub(in crate::tui) fn open() -> Self {
        Self::new(io::stdin())
    }
}

impl<F: AsFd> Source<F> {
    fn new(input: F) -> Self {
        Self {
            input,
            parser: Parser::default(),
            buffer: vec![0; BUFFER].into_boxed_slice(),
            open_until: None,
            late_until: None,
            early: Vec::new(),
        }
    }

    /// Waits for events and adds those that are there; none if `limit` has passed or somebody rang.
    ///
    /// # Errors
    /// If the terminal is gone. What it sent before is among the events.
    pub(in crate::tui) fn wait(
        &mut self,
        signals: &Signals,
        limit: Option<Duration>,
        events: &mut Vec<Event>,
    ) -> io::Result<()> {
        if !self.early.is_empty() {
            events.append(&mut self.early);
            return Ok(());
        }
        let before = events.len();
        let end = limit.and_then(|limit| Instant::now().checked_add(limit));
        loop {
            let ready = self.ready(Some(signals.bell()), end)?;
            let received = self.receive(&ready, events);
            if ready.bell {
                signals.hush();
                if signals.take_resized() {
                    events.extend(
                        crossterm::terminal::size().map(|(columns, rows)| Event::Resize(columns, rows)),
                    );
                }
            }
            if received.is_err() || ready.bell || events.len() > before || passed(end) {
                return received;
            }
        }
    }

    /// The column of the cursor, counted from 0. `ask` sends a question to the terminal.
    ///
    /// The second question is one that every terminal answers, so that one which does not know the first
    /// costs no waiting.
    ///
    /// # Errors
    /// If the terminal does not say it in [`ANSWER_PATIENCE`] or is gone.
    pub(in crate::tui) fn cursor_column(
        &mut self,
        ask: impl FnOnce(&[u8]) -> io::Result<()>,
    ) -> io::Result<u16> {
        self.parser.await_report();
        ask(b"\x1b[6n\x1b[c")?;
        let asked = Instant::now();
        let end = asked + ANSWER_PATIENCE;
        self.late_until = Some(asked + LATE_ANSWER);
        let mut early = mem::take(&mut self.early);
        let answer = loop {
            match self.parser.take_answer() {
                Some(Answer::Column(column)) => break Ok(column),
                Some(Answer::Refused) => break Err(io::ErrorKind::Unsupported.into()),
                None if passed(Some(end)) => break Err(io::ErrorKind::TimedOut.into()),
                None => {}
            }
            let received = self.ready(None, Some(end)).and_then(|ready| self.receive(&ready, &mut early));
            if let Err(gone) = received {
                break Err(gone);
            }
        };
        self.early = early;
        answer
    }

    /// Waits for the terminal, the bell, `end` or the end of the parser's patience.
    fn ready(&self, bell: Option<BorrowedFd>, end: Option<Instant>) -> io::Result<Ready> {
        let end = [end, self.open_until].into_iter().flatten().min();
        let left = end.map(|end| end.saturating_duration_since(Instant::now()));
        // A wait that is too long for the system is one without end.
        let left = left.and_then(|left| Timespec::try_from(left).ok());
        // Without a bell the terminal stands in its place and is looked at twice.
        let watch = |fd| PollFd::from_borrowed_fd(fd, PollFlags::IN);
        let mut fds = [watch(self.input.as_fd()), watch(bell.unwrap_or_else(|| self.input.as_fd()))];
        match poll(&mut fds, left.as_ref()) {
            Ok(_) => {
                let [input, bell] = fds.map(|fd| !fd.revents().is_empty());
                Ok(Ready { input, bell })
            }
            Err(Errno::INTR) => Ok(Ready { input: false, bell: false }),
            Err(error) => Err(error.into()),
        }
    }

    fn receive(&mut self, ready: &Ready, events: &mut Vec<Event>) -> io::Result<()> {
        if !ready.input {
            // Only after a look at the terminal: a rest that is there already is not too late because we were.
            if passed(self.open_until) {
                self.open_until = None;
                self.parser.give_up(events);
            }
            return Ok(());
        }
        if passed(self.late_until) {
            self.late_until = None;
            self.parser.forget_report();
        }
        let gone = match rustix::io::read(&self.input, &mut self.buffer[..]) {
            Ok(0) => io::ErrorKind::UnexpectedEof.into(),
            Ok(count) => {
                self.parser.feed(self.buffer.get(..count).unwrap_or_default(), events);
                self.open_until = self.parser.patience().map(|patience| Instant::now() + patience);
                return Ok(());
            }
            Err(Errno::INTR | Errno::AGAIN) => return Ok(()),
            Err(error) => error.into(),
        };
        self.parser.finish(events);
        self.open_until = None;
        Err(gone)
    }
}

struct Ready {
    input: bool,
    bell: bool,
}

fn passed(moment: Option<Instant>) -> bool {
    moment.is_some_and(|moment| moment <= Instant::now())
}

#[cfg(test)]
mod tests;
