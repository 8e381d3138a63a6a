//! What is done when the program ends without the user's leave: by a signal, a lost terminal or its own mistake.

use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::app::App;
use super::event::Signals;
use super::farewell::{Keeping, Work};
use super::outside::Outside;
use super::workbench::Workbench;
use crate::store::files::Files;
use crate::store::guard::Found;
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
pub(super) fn keep(outside: &mut Outside<'_>, app: &mut App) -> Work {
    // An unfinished sum counts as far as it goes.
    guarded(|| app.workbench_mut().map(Workbench::leave));
    guarded(|| outside.keep(app, true));
    let Some(workbench) = app.workbench_mut() else { return Work::Clean };
    // Nobody has decided about these yet: they stay as they are.
    if let (Some(Found::Pending { .. }), Some(keeping)) = (&workbench.found, keeping(workbench)) {
        return Work::Kept(keeping);
    }
    if !workbench.session().has_unsaved() {
        guarded(|| outside.close(app));
        return Work::Clean;
    }
    let work = read_back(outside, app);
    if matches!(work, Work::Clean | Work::Kept(_)) {
        return work;
    }
    let files = outside.files;
    guarded(|| app.workbench_mut().map(|workbench| workbench.rescue(files)));
    read_back(outside, app)
}

/// What became of the changes, by what the disk holds.
fn read_back(outside: &Outside<'_>, app: &App) -> Work {
    let Some(workbench) = app.workbench() else { return Work::Clean };
    let Some(keeping) = keeping(workbench) else { return Work::Clean };
    let found = guarded(|| {
        let (session, file) = (workbench.session(), workbench.file.as_ref()?);
        let next = file.next_time(outside.files as &dyn Files, session.form(), &outside.catalogue)?;
        Some((differences(session.form(), &next.report, session.report()), next.is_offered))
    });
    match found.flatten() {
        None => Work::Doubtful(keeping),
        Some((changes, false)) if changes.is_empty() => Work::Clean,
        Some((changes, true)) if changes.is_empty() => Work::Kept(keeping),
        Some((changes, is_offered)) => Work::Lost { changes, rest: is_offered.then_some(keeping) },
    }
}

fn keeping(workbench: &Workbench) -> Option<Keeping> {
    let file = workbench.file.as_ref()?;
    Some(Keeping {
        journal: file.journal_path().to_owned(),
        draft: file.path().map(std::path::Path::to_owned),
    })
}
