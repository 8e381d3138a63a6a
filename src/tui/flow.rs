//! What a tab or an overlay answers to an action: a wish. Nothing has changed yet but its own state.

use std::path::PathBuf;

use super::action::Action;
use super::notice::Notice;
use super::overlay::Overlay;
use crate::model::{Edit, FactId, Place};
use crate::store::moment::Moment;

/// The answer of a tab.
#[derive(Debug)]
pub enum Flow {
    /// It has no use for the action.
    Ignored,
    /// It has changed its own state, and the present visit goes on.
    Done,
    /// The place that was being edited has been left: the next edit is a new step of undo.
    Left,
    /// A change of the report.
    Edit {
        /// The change.
        edit: Edit,
        /// Whether it belongs to the visit at hand, so that both are one step of undo. If not, it begins one.
        joins: bool,
    },
    /// A change that belongs to the visit at hand and ends it.
    LastEdit(Edit),
    /// A change that is a step of its own, with something to say about it.
    EditAndTell(Edit, Notice),
    /// Show a place.
    Go(Place),
    /// Go back to where the last jump began.
    Back,
    /// Something to say.
    Tell(Notice),
    /// Let the user pick one of the options of this fact.
    Choose(FactId),
    /// Open a window, after a change if there is one: the change, and whether it belongs to the visit at hand.
    Open {
        /// The change.
        edit: Option<(Edit, bool)>,
        /// The window.
        overlay: Box<Overlay>,
    },
    /// Put this into the program's own clipboard.
    Copy(String),
    /// Put this into the program's own clipboard, and change the report.
    Cut(String, Edit),
}

/// The answer of an overlay.
#[derive(Debug)]
pub enum OverlayFlow {
    /// It has no use for the action.
    Ignored,
    /// It has changed its own state.
    Done,
    /// It closes without a wish.
    Close,
    /// It closes with a wish.
    Submit(Wish),
    /// It stays, and this opens on top of it.
    Open(Box<Overlay>),
    /// It stays, and needs the content of this folder: see [`Overlay::listed`](super::overlay::Overlay::listed).
    List(PathBuf),
    /// It stays, and this is to be done meanwhile: painting anew, changing the width of characters.
    Run(Action),
}

/// What an overlay or the start screen was opened for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// Do something, as if its key had been pressed.
    Run(Action),
    /// Write the draft to this file.
    SaveTo {
        /// The file.
        path: PathBuf,
        /// Whether a file that is there may be replaced.
        replace: bool,
        /// What to do once it is saved.
        then: Then,
    },
    /// Read a draft.
    OpenDraft(PathBuf),
    /// Open the bundled example as an unsaved copy.
    OpenSample,
    /// Begin a report.
    Create {
        /// The reporting unit.
        unit: String,
        /// The report year.
        year: i64,
        /// The id of the form, if another than the year's own is wanted.
        form: Option<String>,
    },
    /// Fill in a fact of the cover.
    SetFact(FactId, String),
    /// Change the report, as a step of its own.
    Edit(Edit),
    /// Search the prose.
    Find(String),
    /// Bring back the edits of an earlier run that were not saved.
    Recover,
    /// Show what those edits would change.
    ShowFound,
    /// Show where the report on the screen and this file differ.
    Compare(PathBuf),
    /// Make the report what a backup holds.
    GoBackTo {
        /// The change, as one step of undo.
        edit: Edit,
        /// The time of the backup.
        time: Moment,
    },
    /// Put those edits aside, where they stay until the next ones are put there.
    SetAside,
    /// Take the lock over from a program that is gone.
    TakeOver,
    /// Go on with the report of an earlier run that was never saved and has this journal.
    Adopt(PathBuf),
    /// Move this journal of such a report out of the way.
    PutAside(PathBuf),
    /// Save first, then do what was asked for.
    SaveThen(Then),
    /// Do what was asked for and give up the changes.
    DiscardThen(Then),
}

/// What is to happen once the open report is dealt with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Then {
    /// Nothing: go on with the report.
    #[default]
    Stay,
    /// Leave the program.
    Quit,
    /// Ask for a draft to open.
    AskOpen,
    /// Ask for a new report.
    AskNew,
    /// Open this draft.
    OpenDraft(PathBuf),
    /// Open the bundled example.
    OpenSample,
    /// Go on with the report that was never saved and has this journal.
    Adopt(PathBuf),
}
