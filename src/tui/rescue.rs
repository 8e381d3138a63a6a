//! What is done when the program ends without the user's leave: by a signal, a lost terminal or its own mistake.

use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::app::App;
use super::event::Signals;
use super::farewell::{Keeping, Work};
use super::outside::{FAREWELL, Outside};
use super::workbench::Workbench;
use crate::exchange::is_contained;
use crate::session::Session;
use crate::store::guard::{DraftFile, Found};
use crate::store::journal::differences;

/// Hears of panics on any thread, so that the loop does not go on without a worker.
#[derive(Debug)]
pub(super) struct Watch {
    heard: Arc<AtomicBool>,
}

impl Watch {
    /// Listens from now on until the process ends. The reader returns early after a panic.
    pub(super) fn with(signals: &Signals) -> Self {
        let watch = Self { heard: Arc::default() };
        let (heard, signals, speak) = (Arc::clone(&watch.heard), signals.clone(), panic::take_hook());
        panic::set_hook(Box::new(move |what| {
            if is_contained() {
                return;
            }
            speak(what);
            heard.store(true, Ordering::SeqCst);
            signals.wake();
        }));
        watch
    }

    /// Whether there was a panic.
    pub(super) fn has_heard(&self) -> bool {
        self.heard.load(Ordering::SeqCst)
    }
}

/// Does something that may panic; none if it did.
///
/// What it was working on is used afterwards only to keep the user's changes, and what was kept is read back.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    panic::catch_unwind(AssertUnwindSafe(work)).ok()
}

/// Brings all changes into the journal if there is any way to do so, and says what became of them. It never panics.
pub(super) fn keep(outside: &mut Outside, app: &mut App) -> Work {
    // An unfinished sum counts as far as it goes.
    guarded(|| app.workbench_mut().map(Workbench::leave));
    guarded(|| outside.make_safe(app, FAREWELL));
    let Some(workbench) = app.workbench_mut() else { return Work::Clean };
    let Some(upkeep) = workbench.upkeep.take() else { return Work::Clean };
    let first = Keeping { journal: upkeep.journal.clone(), draft: workbench.path.clone() };
    // Nobody has decided about these yet: they stay as they are.
    if matches!(workbench.found, Some(Found::Pending { .. })) {
        return Work::Kept(first);
    }
    if !workbench.session().has_unsaved() {
        upkeep.close(FAREWELL);
        return Work::Clean;
    }
    let mut files = guarded(|| upkeep.release(FAREWELL)).unwrap_or_default();
    let mut works = files.iter_mut().map(|file| keep_in(file, outside, workbench.session()));
    let main = works.next().unwrap_or(Work::Doubtful(first));
    if is_safe(&main) {
        return main;
    }
    // The second journal begins with the whole report: without its file it has nothing.
    works.find(|work| matches!(work, Work::Kept(_))).unwrap_or(main)
}

fn is_safe(work: &Work) -> bool {
    matches!(work, Work::Clean | Work::Kept(_))
}

/// What of the changes is kept with this file, after another attempt if need be.
fn keep_in(file: &mut DraftFile, outside: &Outside, session: &Session) -> Work {
    let work = read_back(file, outside, session);
    if is_safe(&work) {
        return work;
    }
    guarded(|| file.rescue(&*outside.files, session));
    read_back(file, outside, session)
}

/// What became of the changes, by what the disk holds.
fn read_back(file: &DraftFile, outside: &Outside, session: &Session) -> Work {
    let keeping = Keeping {
        journal: file.journal_path().to_owned(),
        draft: file.path().map(std::path::Path::to_owned),
    };
    let found = guarded(|| {
        let next = file.next_time(&*outside.files, session.form(), &outside.catalogue)?;
        Some((differences(session.form(), &next.report, session.report()), next.is_offered))
    });
    match found.flatten() {
        None => Work::Doubtful(keeping),
        Some((changes, false)) if changes.is_empty() => Work::Clean,
        Some((changes, true)) if changes.is_empty() => Work::Kept(keeping),
        Some((changes, is_offered)) => Work::Lost { changes, rest: is_offered.then_some(keeping) },
    }
}
