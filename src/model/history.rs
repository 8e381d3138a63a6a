//! Undo and redo without limit.

use super::{Edit, Report};

/// A stay in one place, such as the visit of a cell from entering it to leaving it. All edits of one visit
/// are one step of undo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Visit(u64);

/// The steps taken so far and those taken back.
///
/// A step is kept as the edit that takes it back. Undoing applies that edit, and its inverse becomes the step
/// to redo; so nothing is written twice.
#[derive(Debug, Default)]
pub struct History {
    undo: Vec<Step>,
    redo: Vec<Step>,
    /// How many steps led to what is on disk; none once that state can not be reached any more.
    saved: Option<usize>,
    /// How many steps led to what is being written to the disk just now; none if nothing is, or if that state can
    /// not be reached any more.
    saving: Option<usize>,
    visits: u64,
}

#[derive(Debug)]
struct Step {
    inverse: Edit,
    visit: Option<Visit>,
}

impl History {
    /// A history whose present state is the saved one.
    pub fn saved() -> Self {
        Self { saved: Some(0), ..Self::default() }
    }

    /// A new visit, different from all before.
    pub fn begin_visit(&mut self) -> Visit {
        self.visits += 1;
        Visit(self.visits)
    }

    /// Records an edit that has just been made, by its inverse. Within one visit the steps melt together, and
    /// a visit that ends where it began leaves no step at all.
    pub fn record(&mut self, inverse: Edit, visit: Option<Visit>, report: &Report) {
        for mark in [&mut self.saved, &mut self.saving] {
            *mark = mark.filter(|steps| *steps <= self.undo.len());
        }
        self.redo.clear();
        // A step that has been saved stays as it is; otherwise "unsaved changes" could not be told.
        let joins = visit.is_some()
            && ![self.saved, self.saving].contains(&Some(self.undo.len()))
            && self.undo.last().is_some_and(|step| step.visit == visit);
        let joined = if joins { self.undo.pop() } else { None };
        let inverse = match joined {
            Some(step) => inverse.then(step.inverse),
            None => inverse,
        };
        if !inverse.changes_nothing(report) {
            self.undo.push(Step { inverse, visit });
        }
    }

    /// The edit that takes back the last step. Call [`History::undone`] with its inverse once it is applied.
    pub fn to_undo(&self) -> Option<&Edit> {
        self.undo.last().map(|step| &step.inverse)
    }

    /// The edit that makes the last undone step again. Call [`History::redone`] with its inverse.
    pub fn to_redo(&self) -> Option<&Edit> {
        self.redo.last().map(|step| &step.inverse)
    }

    /// Moves the step that was taken back to the steps to redo.
    pub fn undone(&mut self, inverse: Edit) {
        if self.undo.pop().is_some() {
            self.redo.push(Step { inverse, visit: None });
        }
    }

    /// Moves the step that was made again to the steps to undo.
    pub fn redone(&mut self, inverse: Edit) {
        if self.redo.pop().is_some() {
            self.undo.push(Step { inverse, visit: None });
        }
    }

    /// Marks the present state as the one on disk.
    pub fn mark_saved(&mut self) {
        self.saved = Some(self.undo.len());
    }

    /// Marks the present state as the one that is being written to the disk.
    pub fn begin_save(&mut self) {
        self.saving = Some(self.undo.len());
    }

    /// Marks that state as the one on disk, if it got there. Changes made meanwhile stay unsaved.
    pub fn end_save(&mut self, saved: bool) {
        let saving = self.saving.take();
        if saved {
            self.saved = saving;
        }
    }

    /// Whether the present state differs from the one on disk.
    pub fn has_unsaved(&self) -> bool {
        self.saved != Some(self.undo.len())
    }

    /// How many steps can be undone and redone.
    pub fn depth(&self) -> (usize, usize) {
        (self.undo.len(), self.redo.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CellId, Figure, Shape};

    fn report() -> Report {
        Report::new(Shape { facts: 0, texts: 0, cells: 3 })
    }

    fn put(report: &mut Report, history: &mut History, cell: usize, n: i64, visit: Option<Visit>) {
        let edit = Edit::Figure { cell: CellId::new(cell), to: Figure::Number(n) };
        let inverse = report.apply(&edit).expect("the cell exists");
        history.record(inverse, visit, report);
    }

    fn undo(report: &mut Report, history: &mut History) {
        let edit = history.to_undo().expect("a step to undo").clone();
        let inverse = report.apply(&edit).expect("an inverse fits");
        history.undone(inverse);
    }

    #[test]
    fn one_visit_is_one_step() {
        let (mut report, mut history) = (report(), History::saved());
        let visit = Some(history.begin_visit());
        put(&mut report, &mut history, 0, 8, visit);
        put(&mut report, &mut history, 0, 83, visit);
        assert_eq!(history.depth(), (1, 0));
        undo(&mut report, &mut history);
        assert_eq!(report.figure(CellId::new(0)), &Figure::Blank);
        assert_eq!(history.depth(), (0, 1));
        assert!(!history.has_unsaved());
    }

    #[test]
    fn a_visit_that_gives_back_the_old_value_leaves_no_step() {
        let (mut report, mut history) = (report(), History::saved());
        put(&mut report, &mut history, 0, 82, None);
        history.mark_saved();
        let visit = Some(history.begin_visit());
        put(&mut report, &mut history, 0, 83, visit);
        put(&mut report, &mut history, 0, 82, visit);
        assert_eq!(history.depth(), (1, 0));
        assert!(!history.has_unsaved());
    }

    #[test]
    fn the_saved_state_is_known_again_after_undo_and_lost_after_a_new_edit() {
        let (mut report, mut history) = (report(), History::saved());
        put(&mut report, &mut history, 0, 1, None);
        put(&mut report, &mut history, 1, 2, None);
        history.mark_saved();
        undo(&mut report, &mut history);
        assert!(history.has_unsaved());
        put(&mut report, &mut history, 1, 2, None);
        assert!(history.has_unsaved(), "the saved state was left by another way and can not be recognised");
    }

    #[test]
    fn a_change_during_a_save_stays_unsaved() {
        let (mut report, mut history) = (report(), History::saved());
        let visit = Some(history.begin_visit());
        put(&mut report, &mut history, 0, 8, visit);
        history.begin_save();
        put(&mut report, &mut history, 0, 83, visit);
        history.end_save(true);
        assert!(history.has_unsaved());
        undo(&mut report, &mut history);
        assert_eq!(report.figure(CellId::new(0)), &Figure::Number(8));
        assert!(!history.has_unsaved());

        put(&mut report, &mut history, 0, 9, None);
        history.begin_save();
        undo(&mut report, &mut history);
        put(&mut report, &mut history, 1, 7, None);
        history.end_save(true);
        assert!(history.has_unsaved(), "what was saved can not be reached any more");

        history.begin_save();
        history.end_save(false);
        assert!(history.has_unsaved());
    }

    #[test]
    fn saving_within_a_visit_starts_a_new_step() {
        let (mut report, mut history) = (report(), History::saved());
        let visit = Some(history.begin_visit());
        put(&mut report, &mut history, 0, 8, visit);
        history.mark_saved();
        put(&mut report, &mut history, 0, 83, visit);
        assert!(history.has_unsaved());
        undo(&mut report, &mut history);
        assert_eq!(report.figure(CellId::new(0)), &Figure::Number(8));
        assert!(!history.has_unsaved());
    }
}
