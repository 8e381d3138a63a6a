//! How the open report is kept on the disk: its keeper, a second one in need, and the save that is under way.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::flow::Then;
use crate::store::guard::{DraftFile, Standing};
use crate::store::journal::Replay;
use crate::store::keeper::{Answer, Keeper, Note, Order};

/// How long a disk may be silent before the user is told.
pub const PATIENCE: Duration = Duration::from_secs(3);

/// Keeps one open report.
#[derive(Debug)]
pub struct Upkeep {
    /// Keeps the draft and its journal.
    keeper: Keeper,
    /// The journal of the draft, which need not exist.
    pub journal: PathBuf,
    /// Keeps a journal elsewhere while the other can not.
    rescue: Option<Keeper>,
    /// Whether the draft may be saved.
    pub standing: Standing,
    /// The save that is not answered yet.
    pub saving: Option<Saving>,
    /// Whether everything is safe from a power cut, as of the last answer.
    durable: bool,
    /// Whether the same holds for the second journal.
    rescue_durable: bool,
    /// What the user was told is wrong; told once, not at every key.
    pub told: Option<Trouble>,
    /// When what the file held last became a backup.
    pub backed_up: Option<Instant>,
    /// When the first change was noticed that is not saved yet, or the last attempt of the program to save it.
    pub unsaved_since: Option<Instant>,
}

/// A save that is under way.
#[derive(Debug)]
pub struct Saving {
    /// The file.
    pub path: PathBuf,
    /// What to do once it is saved.
    pub then: Then,
    /// Whether the program saves by itself.
    pub by_itself: bool,
}

/// Why the journal is not kept as it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The disk has not answered for [`PATIENCE`].
    Silent,
    /// The journal could not be written.
    Failing,
}

impl Upkeep {
    /// Keeps a report whose file the keeper has.
    pub fn new(keeper: Keeper, standing: Standing, journal: PathBuf) -> Self {
        Self {
            keeper,
            journal,
            rescue: None,
            standing,
            saving: None,
            durable: true,
            rescue_durable: true,
            told: None,
            backed_up: None,
            unsaved_since: None,
        }
    }

    /// Hands changes to all keepers.
    pub fn keep(&mut self, form: &std::sync::Arc<crate::form::Form>, notes: Vec<Note>, sync: bool) {
        let form = || std::sync::Arc::clone(form);
        if let Some(rescue) = &mut self.rescue {
            self.rescue_durable &= notes.is_empty();
            rescue.ask(Order::Keep { form: form(), notes: notes.clone(), sync });
        }
        self.durable &= notes.is_empty();
        self.keeper.catch_up();
        self.keeper.ask(Order::Keep { form: form(), notes, sync });
    }

    /// Gives the keeper of the draft an order.
    pub fn ask(&mut self, order: Order) {
        self.keeper.ask(order);
    }

    /// Gives the second keeper an order.
    pub fn ask_rescue(&mut self, order: Order) {
        if let Some(rescue) = &mut self.rescue {
            rescue.ask(order);
        }
    }

    /// Goes on with the journal that was found.
    pub fn resume(&mut self, replay: &Replay) {
        self.keeper.ask(Order::Resume(Box::new(replay.clone())));
    }

    /// The next answer of the keeper of the draft.
    pub fn answer(&mut self) -> Option<Answer> {
        let answer = self.keeper.take()?;
        if let Answer::Kept(kept) = &answer {
            // Beside a draft open for reading nothing is kept, however well that goes.
            let keeps = !matches!(self.standing, Standing::ReadOnly { .. });
            self.durable = keeps && kept.as_ref().is_ok_and(|kept| kept.durable);
        }
        Some(answer)
    }

    /// The next answer of the second keeper.
    pub fn rescue_answer(&mut self) -> Option<Answer> {
        let answer = self.rescue.as_mut()?.take()?;
        if let Answer::Kept(kept) = &answer {
            self.rescue_durable = kept.as_ref().is_ok_and(|kept| kept.durable);
        }
        Some(answer)
    }

    /// Keeps a journal elsewhere too.
    pub fn set_rescue(&mut self, keeper: Keeper) {
        self.rescue_durable = false;
        self.rescue = Some(keeper);
    }

    /// Whether a journal is kept elsewhere.
    pub fn has_rescue(&self) -> bool {
        self.rescue.is_some()
    }

    /// Ends the second journal, which is not needed any more.
    pub fn end_rescue(&mut self, limit: Duration) {
        if let Some(rescue) = self.rescue.take() {
            rescue.close(limit);
        }
    }

    /// Lets the second keeper take the place of the first, which is left to itself. What that one was saving counts
    /// as not saved. False if there is no second.
    pub fn promote(&mut self) -> bool {
        let Some(rescue) = self.rescue.take() else { return false };
        self.keeper = rescue;
        self.durable = self.rescue_durable;
        self.standing = Standing::Locked;
        self.saving = None;
        self.told = None;
        true
    }

    /// Whether the keeper of the draft can not be waited for.
    pub fn is_stuck(&mut self) -> bool {
        self.keeper.is_broken()
            || self.keeper.waiting_since().is_some_and(|since| since.elapsed() >= PATIENCE)
    }

    /// Since when the keeper of the draft owes an answer.
    pub fn waiting_since(&mut self) -> Option<Instant> {
        self.keeper.waiting_since()
    }

    /// Waits until everything is written down somewhere, at most this long.
    pub fn wait(&mut self, limit: Duration) {
        match &mut self.rescue {
            // One journal is enough, and the first is the one that made trouble.
            Some(rescue) => rescue.wait(limit),
            None => self.keeper.wait(limit),
        };
    }

    /// Whether everything is safe from a power cut, in one journal or the other.
    pub fn is_durable(&mut self) -> bool {
        let main = self.durable && self.keeper.waiting_since().is_none();
        let rescue = self.rescue.as_mut().is_some_and(|rescue| rescue.waiting_since().is_none());
        main || (rescue && self.rescue_durable)
    }

    /// Ends the keeping and gives back what was kept, the draft first and then the second journal. A disk that does
    /// not answer keeps what it has.
    pub fn release(self, limit: Duration) -> Vec<DraftFile> {
        let keepers = [Some(self.keeper), self.rescue];
        keepers.into_iter().flatten().filter_map(|keeper| keeper.release(limit)).collect()
    }

    /// Ends the work on the report, whose changes are saved or no longer wanted.
    pub fn close(self, limit: Duration) {
        if let Some(rescue) = self.rescue {
            rescue.close(limit);
        }
        self.keeper.close(limit);
    }
}
