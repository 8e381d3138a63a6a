//! Signals of the system as events.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::tui::event::Signal;

/// What the system has asked for and the program has not yet taken. Clones share it.
#[derive(Clone, Debug)]
pub struct Signals {
    pending: [Arc<AtomicBool>; URGENCY.len()],
    #[cfg(unix)]
    bell: Arc<unix::Bell>,
}

/// Most urgent first: a program that must end does not stop or repaint before.
const URGENCY: [Signal; 5] =
    [Signal::Hangup, Signal::Terminate, Signal::Interrupt, Signal::Suspend, Signal::Continue];

impl Signals {
    /// Starts to listen; systems without signals never report one.
    ///
    /// # Errors
    /// If the system refuses the handlers or the pipe through which they wake the reader.
    pub fn listen() -> io::Result<Self> {
        let signals = Self::deaf()?;
        #[cfg(unix)]
        unix::listen(&signals)?;
        Ok(signals)
    }

    /// The most urgent signal that nobody has taken yet.
    pub fn take(&self) -> Option<Signal> {
        let taken = |(signal, pending): (_, &Arc<AtomicBool>)| take(pending).then_some(signal);
        URGENCY.into_iter().zip(&self.pending).find_map(taken)
    }

    /// Makes the reader return early, from any thread: a worker has finished.
    ///
    /// Only on Unix. Elsewhere the reader has to be given a time limit while a worker is busy.
    pub fn wake(&self) {
        #[cfg(unix)]
        self.bell.ring();
    }

    /// One that hears nothing of the system.
    #[cfg_attr(not(unix), allow(clippy::unnecessary_wraps, reason = "only the pipe can be refused"))]
    pub(in crate::tui) fn deaf() -> io::Result<Self> {
        Ok(Self {
            pending: Default::default(),
            #[cfg(unix)]
            bell: Arc::new(unix::Bell::new()?),
        })
    }
}

fn take(flag: &AtomicBool) -> bool {
    // A plain look is cheaper and nearly always enough.
    flag.load(Ordering::SeqCst) && flag.swap(false, Ordering::SeqCst)
}

#[cfg(unix)]
mod unix {
    use std::io::{self, Read, Write};
    use std::os::fd::{AsFd, BorrowedFd};
    use std::os::unix::net::UnixStream;
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
    use signal_hook::{flag, low_level::pipe};

    use super::{Signal, Signals, URGENCY, take};

    /// A pipe to ourselves, so that one wait can look at the terminal and at everything else.
    #[derive(Debug)]
    pub(super) struct Bell {
        rope: UnixStream,
        clapper: UnixStream,
        resized: Arc<AtomicBool>,
    }

    impl Bell {
        pub(super) fn new() -> io::Result<Self> {
            let (rope, clapper) = UnixStream::pair()?;
            rope.set_nonblocking(true)?;
            clapper.set_nonblocking(true)?;
            Ok(Self { rope, clapper, resized: Arc::default() })
        }

        pub(super) fn ring(&self) {
            // A full pipe rings already.
            let _ = (&self.rope).write(b"!");
        }
    }

    impl Signals {
        /// Can be read from while something rings.
        pub(in crate::tui) fn bell(&self) -> BorrowedFd<'_> {
            self.bell.clapper.as_fd()
        }

        /// Silences the bell. It belongs before the look at what has happened, or a signal between the two
        /// would be slept through.
        pub(in crate::tui) fn hush(&self) {
            let mut rung = [0; 64];
            // What remains after one read only rings once more.
            let _ = (&self.bell.clapper).read(&mut rung);
        }

        /// Whether the window has changed since the last time.
        pub(in crate::tui) fn take_resized(&self) -> bool {
            take(&self.bell.resized)
        }
    }

    pub(super) fn listen(signals: &Signals) -> io::Result<()> {
        let flags = URGENCY.into_iter().map(number).zip(&signals.pending);
        for (number, raised) in flags.chain([(SIGWINCH, &signals.bell.resized)]) {
            // Handlers run in this order: the flag is up when the bell rings.
            flag::register(number, Arc::clone(raised))?;
            pipe::register(number, signals.bell.rope.try_clone()?)?;
        }
        Ok(())
    }

    const fn number(signal: Signal) -> i32 {
        match signal {
            Signal::Hangup => SIGHUP,
            Signal::Terminate => SIGTERM,
            Signal::Interrupt => SIGINT,
            Signal::Suspend => SIGTSTP,
            Signal::Continue => SIGCONT,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::Ordering;

    use super::{Signal, Signals};

    #[test]
    fn each_signal_is_taken_once_and_the_most_urgent_first() {
        let signals = Signals::deaf().unwrap();
        for index in [4, 1, 0, 1] {
            signals.pending[index].store(true, Ordering::SeqCst);
        }
        let taken: Vec<Signal> = std::iter::from_fn(|| signals.take()).collect();
        assert_eq!(taken, [Signal::Hangup, Signal::Terminate, Signal::Continue]);
    }

    #[test]
    fn waking_the_reader_is_no_signal() {
        let signals = Signals::deaf().unwrap();
        signals.wake();
        assert_eq!(signals.take(), None);
    }
}
