//! What a tab or an overlay answers to an action: a wish. Nothing has changed yet but its own state.

use std::path::PathBuf;

use super::action::Action;
use super::editor::{Direction, Within};
use super::notice::Notice;
use super::overlay::{Overlay, Wanted};
use crate::check::Spot;
use crate::exchange::Format;
use crate::exchange::compose::Purpose;
use crate::model::{Edit, FactId};
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
    Go(Spot),
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
    /// It stays, or closes with a search that ends, and the text below is searched.
    Search(Search),
    /// It stays, and this is to be done meanwhile: painting anew, changing the width of characters.
    Run(Action),
}

/// A step of a search in the prose that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Search {
    /// Mark all places of a text and select the first one from where one was on.
    Show(String),
    /// Mark all places of a text and select the next one.
    On(String, Direction),
    /// Put this text in the place of the one that is selected, and go on to the next.
    Replace(String),
    /// Put this text in the place of all that was found.
    ReplaceAll(String),
    /// End the search where one was before it.
    Leave,
    /// End the search at what it has found.
    Stay,
}

/// How far a search is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Which of the places is selected, counted from 1.
    pub at: Option<usize>,
    /// What the selected one is a part of.
    pub within: Within,
    /// How many places there are.
    pub count: usize,
    /// The way on which the last step went round the end of the text.
    pub around: Option<Direction>,
}

impl Tally {
    /// In words: which place of how many.
    pub fn words(self) -> String {
        let around = match self.around {
            Some(Direction::Next) => "，已从头找起",
            Some(Direction::Previous) => "，已从末尾找起",
            None => "",
        };
        let within = match self.within {
            Within::Text => "",
            Within::Number => "（数的一段）",
            Within::Shown => "（活数）",
        };
        match (self.at, self.count) {
            (_, 0) => "没有找到".to_owned(),
            (Some(at), count) => format!("第 {at} 处{within}，共 {count} 处{around}"),
            (None, count) => format!("共 {count} 处"),
        }
    }
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
    /// Ask for the file into which the report is to be exported.
    AskExport(Format),
    /// Export the report into this file, after a look at what stands in the way.
    ExportTo {
        /// The file.
        path: PathBuf,
        /// Its kind.
        format: Format,
    },
    /// Export the report; nothing stands in the way any more.
    Export(ExportOrder),
    /// Read a report out of a file of another program.
    ImportFile(PathBuf),
    /// Go on with the report that was read.
    TakeImport,
    /// Close all windows and show a place.
    LookAt(Spot),
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
    /// Keep these words: a reason, or a note. Without any it is taken away.
    Write(Wanted, String),
    /// Put the caret to this byte offset of the text that is shown.
    GoTo(usize),
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

/// A report to be written for others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportOrder {
    /// The file.
    pub path: PathBuf,
    /// Its kind.
    pub format: Format,
    /// Whether it is final or a draft.
    pub purpose: Purpose,
    /// Whether a file that is there may be replaced.
    pub replace: bool,
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
    /// Ask for a file to import.
    AskImport,
    /// Open this draft.
    OpenDraft(PathBuf),
    /// Open the bundled example.
    OpenSample,
    /// Go on with the report that was never saved and has this journal.
    Adopt(PathBuf),
}
