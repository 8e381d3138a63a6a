//! Input from the console of Windows.

use std::io;
use std::time::Duration;

use crossterm::event as terminal;

use crate::tui::event::{Event, Signals};

/// Events from the console.
#[derive(Debug)]
pub(super) struct Source;

/// Enough for any typing ahead; a flood of keys must not keep the screen from being drawn.
const KEYS_AT_ONCE: usize = 4096;

impl Source {
    pub(super) fn open() -> Self {
        Self
    }

    /// Waits for events and adds those that are there; none if `limit` has passed.
    ///
    /// # Errors
    /// If the console is gone.
    #[allow(clippy::unused_self, reason = "the source on Unix has something to remember")]
    pub(super) fn wait(
        &mut self,
        _signals: &Signals,
        limit: Option<Duration>,
        events: &mut Vec<Event>,
    ) -> io::Result<()> {
        if let Some(limit) = limit
            && !terminal::poll(limit)?
        {
            return Ok(());
        }
        let before = events.len();
        loop {
            events.extend(Event::from_terminal(terminal::read()?));
            if events.len() - before >= KEYS_AT_ONCE || !terminal::poll(Duration::ZERO)? {
                return Ok(());
            }
        }
    }

    /// The column of the cursor, counted from 0. The console needs not be asked through its output.
    ///
    /// # Errors
    /// If the console is gone.
    #[allow(clippy::unused_self, reason = "the source on Unix has something to remember")]
    pub(super) fn cursor_column(&mut self, _ask: impl FnOnce(&[u8]) -> io::Result<()>) -> io::Result<u16> {
        crossterm::cursor::position().map(|(column, _)| column)
    }
}
