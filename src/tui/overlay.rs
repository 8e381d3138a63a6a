//! Windows on top of the screen. One file each, with the same functions: `settle` (scroll and layout for the
//! size at hand), `on` (a wish), `paste`, `contexts` (which keys apply) and `view` (read only).

mod backups;
mod choice;
mod comparison;
mod confirm;
mod differences;
mod export;
pub(crate) mod field;
mod file_prompt;
mod find;
mod help;
mod left_reports;
mod line_prompt;
pub(crate) mod list;
mod live_list;
mod message;
mod new_report;
pub mod outline;
mod palette;
mod pinyin;
mod review;
#[cfg(test)]
mod tests;
pub(crate) mod window;

use std::path::{Path, PathBuf};

use ratatui::layout::Rect;

pub use backups::{Backups, Earlier, Held, Standing};
pub use choice::ChoiceList;
pub use comparison::Comparison;
pub use confirm::{Answer, Button, Confirm};
pub use differences::Differences;
pub use export::ExportMenu;
pub use file_prompt::{Entry, FilePrompt, proposed_name};
pub use find::FindPanel;
pub use help::Help;
pub use left_reports::{LeftReport, LeftReports};
pub use line_prompt::{LinePrompt, Wanted};
pub use live_list::{LiveList, Spot};
pub use message::Message;
pub use new_report::{FormChoice, NewReport};
pub use outline::TextOutline;
pub use palette::Palette;
pub use review::{Origin, Review};

use super::action::Action;
use super::flow::OverlayFlow;
use super::keymap::{Context, Keymap};
use super::picture::Picture;
use super::width::Policy;
use crate::form::Form;

/// A window on top of the screen.
#[derive(Debug)]
pub enum Overlay {
    /// Keys and manual.
    Help(Help),
    /// All commands.
    Palette(Palette),
    /// A question with buttons.
    Confirm(Confirm),
    /// Which file to open or to write.
    File(FilePrompt),
    /// The kind of file to export into.
    Export(ExportMenu),
    /// What a new report is about.
    New(NewReport),
    /// The options of a fact.
    Choice(ChoiceList),
    /// A cell for a live figure.
    Live(LiveList),
    /// A reason or a note.
    Line(LinePrompt),
    /// What to search for and to replace.
    Find(FindPanel),
    /// The headings of a text.
    Outline(TextOutline),
    /// Something longer to read.
    Message(Message),
    /// Two contents of the report side by side.
    Comparison(Comparison),
    /// Earlier contents of the draft.
    Backups(Backups),
    /// What became of an imported file.
    Review(Review),
    /// Reports that were never saved.
    Left(LeftReports),
}

/// What overlays and the start screen may look at besides their own state.
#[derive(Debug, Clone, Copy)]
pub struct Desk<'a> {
    /// Keys, for hints and help.
    pub keymap: &'a Keymap,
    /// How wide the terminal draws ambiguous characters.
    pub policy: Policy,
    /// The form of the open report, if one is open.
    pub form: Option<&'a Form>,
    /// The whole screen.
    pub area: Rect,
    /// The row of the screen with the caret of the text that is edited below the windows, if there is one.
    pub caret_row: Option<u16>,
}

impl Overlay {
    /// Brings layout and scrolling in line with the size at hand. To be called after every change of the overlay
    /// or of the screen, before [`Overlay::view`].
    pub fn settle(&mut self, desk: &Desk<'_>) {
        match self {
            Self::Help(help) => help.settle(desk),
            Self::Palette(palette) => palette.settle(desk),
            Self::File(prompt) => prompt.settle(desk),
            Self::Export(menu) => menu.settle(desk),
            Self::Choice(list) => list.settle(desk),
            Self::Live(list) => list.settle(desk),
            Self::Message(message) => message.settle(desk),
            Self::Comparison(comparison) => comparison.settle(desk),
            Self::Backups(backups) => backups.settle(desk),
            Self::Review(review) => review.settle(desk),
            Self::Left(left) => left.settle(desk),
            Self::Outline(outline) => outline.settle(desk),
            Self::Confirm(_) | Self::New(_) | Self::Line(_) | Self::Find(_) => {}
        }
    }

    /// What it makes of an action. [`OverlayFlow::Ignored`] ends there: nothing below an overlay may act on it.
    pub fn on(&mut self, action: Action, desk: &Desk<'_>) -> OverlayFlow {
        if matches!(action, Action::Redraw | Action::ToggleWide | Action::Suspend) {
            return OverlayFlow::Run(action);
        }
        match self {
            Self::Help(help) => help.on(action, desk),
            Self::Palette(palette) => palette.on(action),
            Self::Confirm(confirm) => confirm.on(action),
            Self::File(prompt) => prompt.on(action),
            Self::Export(menu) => menu.on(action),
            Self::New(new) => new.on(action),
            Self::Choice(list) => list.on(action),
            Self::Live(list) => list.on(action),
            Self::Line(prompt) => prompt.on(action),
            Self::Find(find) => find.on(action),
            Self::Message(message) => message.on(action),
            Self::Comparison(comparison) => comparison.on(action),
            Self::Backups(backups) => backups.on(action),
            Self::Review(review) => review.on(action),
            Self::Left(left) => left.on(action),
            Self::Outline(outline) => outline.on(action),
        }
    }

    /// Takes in pasted text, if there is something to type into.
    pub fn paste(&mut self, text: &str) -> OverlayFlow {
        match self {
            Self::Palette(palette) => palette.paste(text),
            Self::File(prompt) => prompt.paste(text),
            Self::New(new) => new.paste(text),
            Self::Line(prompt) => prompt.paste(text),
            Self::Find(find) => find.paste(text),
            Self::Live(list) => list.paste(text),
            Self::Help(_)
            | Self::Confirm(_)
            | Self::Export(_)
            | Self::Choice(_)
            | Self::Message(_)
            | Self::Comparison(_)
            | Self::Backups(_)
            | Self::Review(_)
            | Self::Left(_)
            | Self::Outline(_) => OverlayFlow::Ignored,
        }
    }

    /// Which keys apply, the innermost first.
    pub fn contexts(&self) -> &'static [Context] {
        match self {
            Self::Help(_) => help::CONTEXTS,
            Self::Palette(_) => palette::CONTEXTS,
            Self::Confirm(_) => confirm::CONTEXTS,
            Self::File(_) => file_prompt::CONTEXTS,
            Self::Export(_) => export::CONTEXTS,
            Self::New(_) => new_report::CONTEXTS,
            Self::Choice(_) => choice::CONTEXTS,
            Self::Live(_) => live_list::CONTEXTS,
            Self::Line(_) => line_prompt::CONTEXTS,
            Self::Find(_) => find::CONTEXTS,
            Self::Message(_) => message::CONTEXTS,
            Self::Comparison(_) => comparison::CONTEXTS,
            Self::Backups(_) => backups::CONTEXTS,
            Self::Review(_) => review::CONTEXTS,
            Self::Left(_) => left_reports::CONTEXTS,
            Self::Outline(_) => outline::CONTEXTS,
        }
    }

    /// Shows it on top of what the picture holds.
    pub fn view(&self, desk: &Desk<'_>, picture: &mut Picture) {
        match self {
            Self::Help(help) => help.view(desk, picture),
            Self::Palette(palette) => palette.view(desk, picture),
            Self::Confirm(confirm) => confirm.view(desk, picture),
            Self::File(prompt) => prompt.view(desk, picture),
            Self::Export(menu) => menu.view(desk, picture),
            Self::New(new) => new.view(desk, picture),
            Self::Choice(list) => list.view(desk, picture),
            Self::Live(list) => list.view(desk, picture),
            Self::Line(prompt) => prompt.view(desk, picture),
            Self::Find(find) => find.view(desk, picture),
            Self::Message(message) => message.view(desk, picture),
            Self::Comparison(comparison) => comparison.view(desk, picture),
            Self::Backups(backups) => backups.view(desk, picture),
            Self::Review(review) => review.view(desk, picture),
            Self::Left(left) => left.view(desk, picture),
            Self::Outline(outline) => outline.view(desk, picture),
        }
    }

    /// The rows that it takes from the tab, which then ends above it; none for windows that lie over it.
    pub fn docked_rows(&self) -> u16 {
        match self {
            Self::Find(find) => find.rows(),
            _ => 0,
        }
    }

    /// The folder whose content it lacks: to be asked when it is opened; later it asks by
    /// [`OverlayFlow::List`].
    pub fn awaits(&self) -> Option<&Path> {
        match self {
            Self::File(prompt) => prompt.awaits(),
            _ => None,
        }
    }

    /// Gives it the content of a folder it asked for, or a sentence why that can not be read. An answer that
    /// comes too late is dropped.
    pub fn listed(&mut self, folder: PathBuf, entries: Result<Vec<Entry>, String>) {
        if let Self::File(prompt) = self {
            prompt.listed(folder, entries);
        }
    }
}
