//! What the program is to do outside of its own state. Only the run loop carries these out.

use std::path::PathBuf;

use super::flow::{ExportOrder, Then};

/// Something to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Write the open report to this file.
    Save {
        /// The file.
        path: PathBuf,
        /// Whether a file that is there may be replaced.
        replace: bool,
        /// What to do once it is saved.
        then: Then,
    },
    /// Write the open report into a file for others.
    Export(ExportOrder),
    /// Read a report out of a file of another program, and show what became of what.
    Import(PathBuf),
    /// Show the report that was read, as one that was never saved.
    TakeImport,
    /// Read a draft and show it.
    Open(PathBuf),
    /// Show the bundled example as an unsaved copy.
    OpenSample,
    /// Begin a report and show it.
    Create {
        /// The reporting unit.
        unit: String,
        /// The report year.
        year: i64,
        /// The id of the form, if another than the year's own is wanted.
        form: Option<String>,
    },
    /// List a folder for the file prompt.
    List(PathBuf),
    /// Remember how the user likes to work.
    KeepSettings,
    /// Bring back the edits of an earlier run that were not saved.
    Recover,
    /// Show what those edits would change.
    ShowFound,
    /// Show where the report on the screen and this file differ.
    Compare(PathBuf),
    /// Show the earlier contents of the open draft.
    ShowBackups,
    /// Put those edits aside.
    SetAside,
    /// Take the lock over from a program that is gone.
    TakeOver,
    /// List the reports of earlier runs that were never saved.
    ShowUnsaved,
    /// Go on with the one of them that has this journal.
    Adopt(PathBuf),
    /// Move this journal of one of them out of the way.
    PutAside(PathBuf),
    /// Paint all of the screen again.
    Redraw,
    /// Stop the program and go back to the shell for a while.
    Suspend,
    /// Leave the program.
    Quit,
}
