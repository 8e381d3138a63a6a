//! Signals of the system as events.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use crate::tui::event::Signal;

/// What the system has asked for and the program has not yet taken. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Signals {
    pending: Arc<AtomicU8>,
}

/// Most urgent first: a program that must end does not stop or repaint before.
const URGENCY: [Signal; 5] =
    [Signal::Hangup, Signal::Terminate, Signal::Interrupt, Signal::Suspend, Signal::Continue];

/// Stands beside the bits of the signals: somebody only wanted the reader to look up.
const WAKE: u8 = 1 << 7;

impl Signals {
    /// Starts to listen; systems without signals never report one.
    ///
    /// # Errors
    /// If the system refuses the handlers or the thread that waits for them.
    pub fn listen() -> io::Result<Self> {
        let signals = Self::default();
        #[cfg(unix)]
        unix::listen(&signals)?;
        Ok(signals)
    }

    /// The most urgent signal that nobody has taken yet.
    pub fn take(&self) -> Option<Signal> {
        URGENCY.into_iter().find(|&signal| self.clear(bit(signal)))
    }

    /// Makes the reader return early, from any thread: a worker has finished.
    ///
    /// Only on Unix. Elsewhere the reader has to be given a time limit while a worker is busy.
    pub fn wake(&self) {
        self.set(WAKE);
    }

    /// Whether the reader was woken for no other reason than [`Signals::wake`].
    pub(super) fn take_wake(&self) -> bool {
        self.clear(WAKE)
    }

    fn set(&self, bit: u8) {
        self.pending.fetch_or(bit, Ordering::SeqCst);
        #[cfg(unix)]
        unix::interrupt_the_reader();
    }

    fn clear(&self, bit: u8) -> bool {
        self.pending.fetch_and(!bit, Ordering::SeqCst) & bit != 0
    }
}

const fn bit(signal: Signal) -> u8 {
    match signal {
        Signal::Hangup => 1,
        Signal::Terminate => 1 << 1,
        Signal::Interrupt => 1 << 2,
        Signal::Suspend => 1 << 3,
        Signal::Continue => 1 << 4,
    }
}

#[cfg(unix)]
mod unix {
    use std::io;
    use std::thread;

    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
    use signal_hook::iterator::Signals as Incoming;

    use super::{Signal, Signals, WAKE, bit};

    pub(super) fn listen(signals: &Signals) -> io::Result<()> {
        let mut incoming = Incoming::new([SIGHUP, SIGTERM, SIGINT, SIGTSTP, SIGCONT])?;
        let signals = signals.clone();
        thread::Builder::new().name("signals".into()).spawn(move || {
            for number in incoming.forever() {
                // The wake bit tells the reader that the window has not changed its size.
                signals.set(bit(meaning(number)) | WAKE);
            }
        })?;
        Ok(())
    }

    /// A read that waits for the terminal returns for a change of the window, so we claim one.
    pub(super) fn interrupt_the_reader() {
        // It cannot fail for a number that exists; if it did, the signal would be seen at the next key.
        let _ = signal_hook::low_level::raise(SIGWINCH);
    }

    fn meaning(number: i32) -> Signal {
        match number {
            SIGHUP => Signal::Hangup,
            SIGINT => Signal::Interrupt,
            SIGTSTP => Signal::Suspend,
            SIGCONT => Signal::Continue,
            _ => Signal::Terminate,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Signal, Signals, bit};

    #[test]
    fn each_signal_is_taken_once_and_the_most_urgent_first() {
        let signals = Signals::default();
        for signal in [Signal::Continue, Signal::Terminate, Signal::Hangup, Signal::Terminate] {
            signals.set(bit(signal));
        }
        let taken: Vec<Signal> = std::iter::from_fn(|| signals.take()).collect();
        assert_eq!(taken, [Signal::Hangup, Signal::Terminate, Signal::Continue]);
    }

    #[test]
    fn waking_the_reader_is_no_signal() {
        let signals = Signals::default();
        signals.wake();
        assert_eq!(signals.take(), None);
        assert!(signals.take_wake());
        assert!(!signals.take_wake());
    }
}
