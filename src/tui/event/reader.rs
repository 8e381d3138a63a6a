//! Waiting for events.

use std::io;
use std::time::Duration;

use crossterm::event as terminal;

use crate::tui::event::burst::Run;
use crate::tui::event::{Event, Signal, Signals, coalesce};

/// Reads events in batches: what was waiting together is drawn once.
#[derive(Debug)]
pub struct Reader {
    signals: Signals,
    bursts_are_pastes: bool,
    size: (u16, u16),
}

/// How long to look for further events that are already there. Not zero, because crossterm's level
/// triggered source returns at once for zero without looking into what it has read.
const LOOK: Duration = Duration::from_micros(4);

/// How long a paste that arrives as keys may pause before it is over.
const PASTE_PAUSE: Duration = Duration::from_millis(5);

/// Enough for any typing ahead; a flood of keys must not keep the screen from being drawn.
const KEYS_AT_ONCE: usize = 4096;

impl Reader {
    /// A reader of the terminal that was taken over.
    ///
    /// `bursts_are_pastes` is for terminals without bracketed paste: see [`coalesce`]. Where pastes are
    /// marked it must be off, or fast typing ahead would be taken for one.
    ///
    /// # Errors
    /// If the terminal cannot be opened for reading.
    pub fn new(signals: Signals, bursts_are_pastes: bool) -> io::Result<Self> {
        let size = crossterm::terminal::size()?;
        // Opens the source now: from here on a signal that comes between a look at `signals` and the wait
        // ends the wait.
        terminal::poll(LOOK)?;
        Ok(Self { signals, bursts_are_pastes, size })
    }

    /// Waits for events and returns all that are there.
    ///
    /// The batch is empty if `limit` has passed, or if [`Signals::wake`] was called. It never fails: a
    /// terminal that cannot be read any more is gone, which is [`Signal::Hangup`].
    pub fn read(&mut self, limit: Option<Duration>) -> Vec<Event> {
        let mut batch = Vec::new();
        let waited = if let Some(signal) = self.signals.take() {
            batch.push(Event::Signal(signal));
            Ok(())
        } else {
            self.wait(limit, &mut batch)
        };
        if self.bursts_are_pastes {
            batch = coalesce(batch);
        }
        batch.extend(std::iter::from_fn(|| self.signals.take()).map(Event::Signal));
        if waited.is_err() && !batch.contains(&Event::Signal(Signal::Hangup)) {
            batch.push(Event::Signal(Signal::Hangup));
        }
        batch
    }

    fn wait(&mut self, limit: Option<Duration>, batch: &mut Vec<Event>) -> io::Result<()> {
        if let Some(limit) = limit
            && !terminal::poll(limit.max(LOOK))?
        {
            return Ok(());
        }
        let mut run = Run::default();
        loop {
            if let Some(event) = Event::from_terminal(terminal::read()?).filter(|event| self.is_news(event)) {
                run.note(&event);
                batch.push(event);
            }
            let pasting = self.bursts_are_pastes && run.is_paste();
            if !pasting && batch.len() >= KEYS_AT_ONCE {
                return Ok(());
            }
            if !terminal::poll(if pasting { PASTE_PAUSE } else { LOOK })? {
                return Ok(());
            }
        }
    }

    /// A claimed change of the window is how the reader is woken. A real one counts even if the size is
    /// the old one again, because the terminal may have lost what it showed in between.
    fn is_news(&mut self, event: &Event) -> bool {
        let Event::Resize(columns, rows) = *event else {
            return true;
        };
        let claimed = self.signals.take_wake();
        let same = self.size == (columns, rows);
        self.size = (columns, rows);
        !(claimed && same)
    }
}
