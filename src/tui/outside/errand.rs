//! Work that is done beside the keys, with one answer at its end.

use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::Keepers;
use crate::exchange::contained;
use crate::tui::upkeep::PATIENCE;

/// Work under way. Dropping it leaves the work to itself; its answer is then heard by nobody.
#[derive(Debug)]
pub(super) struct Errand<T> {
    answer: Receiver<T>,
    since: Instant,
    /// Whether the user was told that it takes long.
    told: bool,
}

/// How far an errand is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Progress<T> {
    /// It is under way.
    Pending,
    /// It is done, and this is its answer.
    Done(T),
    /// It has failed by a fault of the program, or could not be begun.
    Broken,
}

impl<T: Send + 'static> Errand<T> {
    /// Begins work, where keepers work: at once, or on a thread of its own that rings at its end. A fault in it ends
    /// nothing but the work.
    pub(super) fn begin(keepers: &Keepers, work: impl FnOnce() -> T + Send + 'static) -> Self {
        let (say, answer) = channel();
        let run = move || {
            if let Some(answer) = contained(work) {
                // If nobody listens any more, nobody wants to know.
                let _ = say.send(answer);
            }
        };
        match keepers {
            Keepers::Here => run(),
            Keepers::Away(bell) => {
                let bell = Bell(std::sync::Arc::clone(bell));
                let started = thread::Builder::new().name("errand".to_owned()).spawn(move || {
                    let _bell = bell;
                    run();
                });
                // Without a thread the errand is broken from the start, which is found at the first look.
                drop(started);
            }
        }
        Self { answer, since: Instant::now(), told: false }
    }

    /// How far it is.
    pub(super) fn look(&self) -> Progress<T> {
        match self.answer.try_recv() {
            Ok(answer) => Progress::Done(answer),
            Err(TryRecvError::Empty) => Progress::Pending,
            Err(TryRecvError::Disconnected) => Progress::Broken,
        }
    }

    /// The same after waiting for its end, at most this long.
    pub(super) fn wait(&self, limit: Duration) -> Progress<T> {
        match self.answer.recv_timeout(limit) {
            Ok(answer) => Progress::Done(answer),
            Err(RecvTimeoutError::Timeout) => Progress::Pending,
            Err(RecvTimeoutError::Disconnected) => Progress::Broken,
        }
    }

    /// Whether it has taken longer than one should have to wait.
    pub(super) fn is_slow(&self) -> bool {
        self.since.elapsed() >= PATIENCE
    }

    /// Whether it is time to say that it takes long; true once.
    pub(super) fn is_to_be_told(&mut self) -> bool {
        self.is_slow() && !std::mem::replace(&mut self.told, true)
    }

    /// How long until it is time to look at it unasked.
    pub(super) fn patience(&self) -> Option<Duration> {
        // Where nobody rings, answers have to be looked for.
        let looked_for = cfg!(not(unix)).then_some(Duration::from_millis(50));
        let left = (!self.told).then(|| (self.since + PATIENCE).saturating_duration_since(Instant::now()));
        left.into_iter().chain(looked_for).min()
    }
}

/// Rings when it is dropped, however the work has ended.
struct Bell(crate::store::keeper::Bell);

impl Drop for Bell {
    fn drop(&mut self) {
        (self.0)();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn an_answer_comes_once_and_a_fault_is_contained() {
        for keepers in [Keepers::Here, Keepers::Away(Arc::new(|| ()))] {
            let errand = Errand::begin(&keepers, || 7);
            assert_eq!(errand.wait(Duration::from_secs(20)), Progress::Done(7));
            let broken = Errand::begin(&keepers, || -> u8 { std::panic::resume_unwind(Box::new("fault")) });
            assert_eq!(broken.wait(Duration::from_secs(20)), Progress::Broken);
        }
    }

    #[test]
    fn it_rings_at_its_end_and_is_waited_for_no_longer_than_asked() {
        let (ring, heard) = channel();
        let ring = std::sync::Mutex::new(ring);
        let keepers = Keepers::Away(Arc::new(move || ring.lock().unwrap().send(()).unwrap()));
        let (open, door) = channel::<()>();
        let mut errand = Errand::begin(&keepers, move || door.recv().is_ok());
        assert_eq!(errand.look(), Progress::Pending);
        assert_eq!(errand.wait(Duration::ZERO), Progress::Pending);
        assert!(!errand.is_to_be_told() && errand.patience().is_some());
        open.send(()).unwrap();
        heard.recv_timeout(Duration::from_secs(20)).unwrap();
        assert_eq!(errand.look(), Progress::Done(true));
    }
}
