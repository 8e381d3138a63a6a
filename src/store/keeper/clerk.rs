//! Orders carried out on a draft.

use std::sync::Arc;

use super::{Answer, Kept, Note, Order};
use crate::form::Form;
use crate::store::files::Files;
use crate::store::guard::DraftFile;
use crate::store::journal::JournalError;

/// A draft and the files it is among.
pub(super) struct Clerk {
    files: Arc<dyn Files>,
    /// None once it was closed.
    file: Option<DraftFile>,
}

impl Clerk {
    pub(super) fn new(files: Arc<dyn Files>, file: DraftFile) -> Self {
        Self { files, file: Some(file) }
    }

    /// Carries out an order.
    pub(super) fn serve(&mut self, order: Order) -> Answer {
        let files = &*self.files;
        if matches!(order, Order::Close) {
            return Answer::Closed(self.file.take().map_or(Ok(()), |file| file.close(files)));
        }
        let Some(file) = &mut self.file else { return Answer::Broken };
        match order {
            Order::Keep { form, notes, sync } => Answer::Kept(keep(files, file, &form, &notes, sync)),
            Order::State { form, report } => {
                let written = file.rewrite_journal(files, &form, &report);
                Answer::Kept(written.map(|()| Kept { durable: file.is_durable(), wants_state: false }))
            }
            Order::Save { path, bytes, when, thrift } => {
                Answer::Saved(file.save_as(files, &path, &bytes, when, thrift))
            }
            Order::Resume(replay) => {
                file.resume(&replay);
                Answer::Resumed
            }
            Order::SetAside => Answer::SetAside(file.set_aside(files)),
            Order::TakeOver => {
                Answer::TakenOver(file.take_over(files).map(|found| (found, file.access().standing())))
            }
            Order::Close => Answer::Broken,
        }
    }

    /// Waits until all that was noted is on the disk.
    pub(super) fn sync(&mut self) -> Answer {
        let Some(file) = &mut self.file else { return Answer::Broken };
        let synced = file.sync(&*self.files);
        Answer::Kept(synced.map(|()| Kept { durable: file.is_durable(), wants_state: false }))
    }
}

fn keep(
    files: &dyn Files,
    file: &mut DraftFile,
    form: &Form,
    notes: &[Note],
    sync: bool,
) -> Result<Kept, JournalError> {
    let mut outcome = Ok(());
    for change in notes {
        // Each is noted whatever became of the one before: the journal keeps in memory what it could not write.
        let written = match change {
            Note::Edit(edit, visit) => file.note_edit(files, form, edit, *visit),
            Note::Undo(edit) => file.note_undo(files, form, edit),
            Note::Redo(edit) => file.note_redo(files, form, edit),
        };
        outcome = outcome.and(written);
    }
    if file.wants_rewrite() {
        return Ok(Kept { durable: false, wants_state: true });
    }
    if sync {
        // One that could not be written before may go now.
        outcome = file.sync(files);
    }
    outcome.map(|()| Kept { durable: file.is_durable(), wants_state: false })
}
