//! A draft that is kept on a thread of its own, so that a slow disk or a share that hangs delays no key.
//!
//! The keeper is given orders and answers them one after another. Whoever works on the report never waits for the
//! disk, except where it ends its work. Programs without a screen, and tests, use a [`DraftFile`] directly or a
//! keeper that works at once.

mod clerk;

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use clerk::Clerk;

use super::error::StoreError;
use super::files::Files;
use super::guard::{DraftFile, Found, SaveError, Saved, Standing, Thrift, When};
use super::journal::{JournalError, Replay};
use crate::form::Form;
use crate::model::{Edit, Report, Visit};

/// How long after an edit it is on the disk at the latest, as far as that can be had.
pub const AT_LATEST: Duration = Duration::from_millis(900);

/// How long a change may be on its way before the next one is handed over.
const GRACE: Duration = Duration::from_millis(50);

/// Keeps one draft. Dropping it gives the lock back and leaves the journal.
pub struct Keeper {
    work: Work,
    /// Answers that nobody has taken yet.
    answers: VecDeque<Answer>,
    /// When the orders were given that are not answered yet.
    asked: VecDeque<Instant>,
    broken: bool,
    /// The draft, once the keeper has given it back.
    released: Option<Box<DraftFile>>,
}

/// What a keeper can be asked for.
#[derive(Debug)]
pub enum Order {
    /// Note these changes in the journal.
    Keep {
        /// The form of the report.
        form: Arc<Form>,
        /// The changes in the order in which they were made.
        notes: Vec<Note>,
        /// Whether to wait until they are on the disk. They are there after [`AT_LATEST`] in any case.
        sync: bool,
    },
    /// Begin the journal anew with this state; see [`Kept::wants_state`].
    State {
        /// The form of the report.
        form: Arc<Form>,
        /// The report as it is now.
        report: Box<Report>,
    },
    /// Save the report.
    Save {
        /// The file, which may be another than before.
        path: PathBuf,
        /// What it is to hold.
        bytes: Vec<u8>,
        /// What to do if the file is not what it was.
        when: When,
        /// Whether what the file held must become a backup.
        thrift: Thrift,
    },
    /// Go on with the journal that was found.
    Resume(Box<Replay>),
    /// Move the journal that was found out of the way.
    SetAside,
    /// Take the lock over.
    TakeOver,
    /// Remove the journal, give the lock back and end.
    Close,
    /// Give the draft back, as [`Keeper::release`] does, and end.
    Release,
}

/// A change of the report, for the journal.
#[derive(Debug, Clone)]
pub enum Note {
    /// An edit in this visit.
    Edit(Edit, Option<Visit>),
    /// A step was taken back by this edit.
    Undo(Edit),
    /// A step was made again by this edit.
    Redo(Edit),
}

impl Order {
    /// Whether nothing can be ordered after it.
    const fn ends(&self) -> bool {
        matches!(self, Self::Close | Self::Release)
    }
}

/// What came of an order.
#[derive(Debug)]
pub enum Answer {
    /// Of the last [`Order::Keep`] or [`Order::State`], or of waiting for the disk.
    Kept(Result<Kept, JournalError>),
    /// Of [`Order::Save`].
    Saved(Result<Saved, SaveError>),
    /// Of [`Order::Resume`].
    Resumed,
    /// Of [`Order::SetAside`]: where the journal is now.
    SetAside(Result<PathBuf, StoreError>),
    /// Of [`Order::TakeOver`]: what was found beside the draft, and whether it may be saved now.
    TakenOver(Result<(Found, Standing), StoreError>),
    /// Of [`Order::Close`].
    Closed(Result<(), JournalError>),
    /// Of [`Order::Release`]; none if the draft was closed before.
    Released(Option<Box<DraftFile>>),
    /// The keeper has failed by a fault of the program and does nothing any more. What it kept comes with it; it is
    /// not known what of the last order was done.
    Broken(Option<Box<DraftFile>>),
}

/// How far the journal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// Whether all changes are safe from a power cut.
    pub durable: bool,
    /// Whether [`Order::State`] should be given: the journal is long, or changes are missing from it.
    pub wants_state: bool,
}

/// Called, on another thread, when there is an answer that somebody should look at soon.
pub type Bell = Arc<dyn Fn() + Send + Sync>;

enum Work {
    /// Orders are carried out when they are given.
    Here(Box<Clerk>),
    /// Orders are carried out by a thread.
    Away { orders: Sender<Order>, answers: Receiver<Said> },
    /// Nothing is done any more.
    Over,
}

/// What the thread says.
struct Said {
    answer: Answer,
    /// Whether somebody asked.
    asked: bool,
}

impl Keeper {
    /// A keeper that carries out orders at once, without a thread.
    pub fn here(files: Arc<dyn Files>, file: DraftFile) -> Self {
        Self::with(Work::Here(Box::new(Clerk::new(files, file))))
    }

    /// A keeper on a thread of its own.
    pub fn away(files: Arc<dyn Files>, file: DraftFile, bell: Bell) -> Self {
        let (orders, taken) = channel();
        let (say, answers) = channel();
        let clerk = Arc::new(Mutex::new(Some(Clerk::new(files, file))));
        let theirs = Arc::clone(&clerk);
        let started = thread::Builder::new().name("keeper".to_owned()).spawn(move || {
            if let Some(clerk) = take(&theirs) {
                serve(clerk, &taken, &Voice { say, bell });
            }
        });
        match started {
            Ok(_) => Self::with(Work::Away { orders, answers }),
            // Where the system has no thread to give, the work is done here.
            Err(_) => Self::with(take(&clerk).map_or(Work::Over, |clerk| Work::Here(Box::new(clerk)))),
        }
    }

    fn with(work: Work) -> Self {
        Self { work, answers: VecDeque::new(), asked: VecDeque::new(), broken: false, released: None }
    }

    /// Gives an order. Its answer comes from [`take`](Self::take).
    pub fn ask(&mut self, order: Order) {
        match &mut self.work {
            Work::Here(clerk) => {
                let ends = order.ends();
                let answer = clerk.serve(order);
                self.hear(Said { answer, asked: false });
                if ends {
                    self.work = Work::Over;
                }
            }
            Work::Away { orders, .. } => {
                if orders.send(order).is_ok() {
                    self.asked.push_back(Instant::now());
                } else {
                    self.listen();
                }
            }
            Work::Over => self.fail(),
        }
    }

    /// The next answer, if there is one.
    pub fn take(&mut self) -> Option<Answer> {
        self.listen();
        self.answers.pop_front()
    }

    /// Waits until all orders are answered, at most this long. Gives back whether they are.
    pub fn wait(&mut self, limit: Duration) -> bool {
        let end = Instant::now() + limit;
        self.listen();
        while !self.asked.is_empty() {
            let Work::Away { answers, .. } = &self.work else { break };
            match answers.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(said) => self.hear(said),
                Err(RecvTimeoutError::Timeout) => return false,
                Err(RecvTimeoutError::Disconnected) => self.listen(),
            }
        }
        true
    }

    /// Waits until nothing is to be written that was given before, but never longer than an instant after it was given:
    /// so hardly more than one change is on its way at any time, and a disk that hangs is waited for once.
    pub fn catch_up(&mut self) {
        if let Some(since) = self.waiting_since() {
            self.wait((since + GRACE).saturating_duration_since(Instant::now()));
        }
    }

    /// Since when the oldest order has been waiting for its answer; none if all are answered.
    pub fn waiting_since(&mut self) -> Option<Instant> {
        self.listen();
        self.asked.front().copied()
    }

    /// Whether it does nothing any more.
    pub fn is_broken(&self) -> bool {
        self.broken
    }

    /// Ends the work on the draft, whose changes are saved or no longer wanted. Waits at most this long; a journal
    /// that stays behind is offered at the next opening.
    pub fn close(mut self, limit: Duration) {
        self.ask(Order::Close);
        self.wait(limit);
    }

    /// Ends the keeping and gives the draft back with its lock and its journal. None if the keeper does not answer
    /// in this time.
    pub fn release(mut self, limit: Duration) -> Option<DraftFile> {
        self.ask(Order::Release);
        self.wait(limit);
        self.released.map(|file| *file)
    }

    fn listen(&mut self) {
        loop {
            let Work::Away { answers, .. } = &self.work else { return };
            match answers.try_recv() {
                Ok(said) => self.hear(said),
                Err(TryRecvError::Empty) => return,
                Err(TryRecvError::Disconnected) => {
                    let ended = self.answers.iter().any(|answer| matches!(answer, Answer::Closed(_)));
                    self.work = Work::Over;
                    if !ended && self.released.is_none() {
                        self.fail();
                    }
                    return;
                }
            }
        }
    }

    fn hear(&mut self, said: Said) {
        if said.asked {
            self.asked.pop_front();
        }
        let answer = match said.answer {
            Answer::Broken(file) => {
                (self.broken, self.released) = (true, file);
                Answer::Broken(None)
            }
            Answer::Released(file) => {
                self.released = file;
                return;
            }
            answer => answer,
        };
        self.answers.push_back(answer);
    }

    fn fail(&mut self) {
        self.work = Work::Over;
        self.asked.clear();
        if !std::mem::replace(&mut self.broken, true) {
            self.answers.push_back(Answer::Broken(None));
        }
    }
}

impl std::fmt::Debug for Keeper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let waiting = self.asked.len();
        f.debug_struct("Keeper")
            .field("waiting", &waiting)
            .field("broken", &self.broken)
            .finish_non_exhaustive()
    }
}

/// How the thread makes itself heard.
struct Voice {
    say: Sender<Said>,
    bell: Bell,
}

impl Voice {
    /// Says something. False if nobody listens any more.
    fn say(&self, answer: Answer, asked: bool) -> bool {
        // That all went well is heard soon enough with the next key.
        let urgent = !matches!(answer, Answer::Kept(Ok(Kept { wants_state: false, .. })));
        let heard = self.say.send(Said { answer, asked }).is_ok();
        if urgent {
            (self.bell)();
        }
        heard
    }
}

/// What only one of two may have.
fn take(clerk: &Mutex<Option<Clerk>>) -> Option<Clerk> {
    clerk.lock().unwrap_or_else(PoisonError::into_inner).take()
}

fn serve(mut clerk: Clerk, orders: &Receiver<Order>, voice: &Voice) {
    // Until when what was noted must be on the disk.
    let mut deadline: Option<Instant> = None;
    loop {
        let order = match deadline {
            None => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(deadline) => orders.recv_timeout(deadline.saturating_duration_since(Instant::now())),
        };
        let (asked, ends) = (order.is_ok(), order.as_ref().is_ok_and(Order::ends));
        let answer = match order {
            Ok(order) => catch_unwind(AssertUnwindSafe(|| clerk.serve(order))),
            Err(RecvTimeoutError::Timeout) => catch_unwind(AssertUnwindSafe(|| clerk.sync())),
            Err(RecvTimeoutError::Disconnected) => {
                // Nobody is there any more; what was noted is made safe all the same.
                let _ = catch_unwind(AssertUnwindSafe(|| clerk.sync()));
                return;
            }
        };
        let Ok(answer) = answer else {
            // A journal of which it is not known what it holds is not to be gone on with.
            voice.say(Answer::Broken(clerk.release().map(Box::new)), asked);
            return;
        };
        deadline = match &answer {
            Answer::Kept(Ok(kept)) if asked && !kept.durable => {
                deadline.or_else(|| Some(Instant::now() + AT_LATEST))
            }
            // After a failure the next change tries again, not the clock: a full disk would be told of every second.
            Answer::Kept(_) => None,
            _ => deadline,
        };
        if !voice.say(answer, asked) || ends {
            return;
        }
    }
}

#[cfg(test)]
mod tests;
