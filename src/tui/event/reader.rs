//! Waiting for events.

use std::io::{self, Write};
use std::time::Duration;

use crate::tui::event::burst::{Rule, Run};
#[cfg(not(unix))]
use crate::tui::event::console::Source;
use crate::tui::event::{Event, Signal, Signals, coalesce};
#[cfg(unix)]
use crate::tui::unix_input::Source;

/// Reads events in batches: what was waiting together is drawn once.
#[derive(Debug)]
pub struct Reader {
    signals: Signals,
    rule: Rule,
    source: Source,
}

/// How long a paste that arrives as keys may pause before it is over.
const PASTE_PAUSE: Duration = Duration::from_millis(5);

impl Reader {
    /// A reader of the terminal that was taken over.
    ///
    /// `rule` tells a paste that arrives as keys: [`Rule::Burst`] is for terminals without bracketed paste. Where
    /// pastes are marked it must be [`Rule::Block`], or fast typing ahead would be taken for one.
    pub fn new(signals: Signals, rule: Rule) -> Self {
        Self { signals, rule, source: Source::open() }
    }

    /// Waits for events and returns all that are there.
    ///
    /// The batch is empty if `limit` has passed, or if [`Signals::wake`] was called. It never fails: a
    /// terminal that cannot be read any more is gone, which is [`Signal::Hangup`].
    pub fn read(&mut self, limit: Option<Duration>) -> Vec<Event> {
        let mut batch = Vec::new();
        let mut waited = self.source.wait(&self.signals, limit, &mut batch);
        // A single key, which is nearly every batch, needs no look.
        if batch.len() > 1 {
            if waited.is_ok() {
                waited = self.follow_a_paste(&mut batch);
            }
            batch = coalesce(batch, self.rule);
        }
        batch.extend(std::iter::from_fn(|| self.signals.take()).map(Event::Signal));
        if waited.is_err() && !batch.contains(&Event::Signal(Signal::Hangup)) {
            batch.push(Event::Signal(Signal::Hangup));
        }
        batch
    }

    /// The column of the cursor, counted from 0. What is typed meanwhile is read later.
    pub(in crate::tui) fn cursor_column(&mut self) -> io::Result<u16> {
        self.source.cursor_column(|question| {
            let mut out = io::stdout().lock();
            out.write_all(question)?;
            out.flush()
        })
    }

    /// Reads on while the batch ends in what can only be a paste, however long that is.
    fn follow_a_paste(&mut self, batch: &mut Vec<Event>) -> io::Result<()> {
        let mut run = Run::default();
        let mut seen = 0;
        loop {
            batch.iter().skip(seen).for_each(|event| run.note(event));
            if seen == batch.len() || !run.is_paste(self.rule) {
                return Ok(());
            }
            seen = batch.len();
            self.source.wait(&self.signals, Some(PASTE_PAUSE), batch)?;
        }
    }
}
