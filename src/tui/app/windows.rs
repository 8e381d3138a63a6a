//! Windows on top of what the program shows: opening them, and what their answers mean.

use std::path::PathBuf;
use std::sync::Arc;

use super::App;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::flow::{OverlayFlow, Then, Wish};
use crate::tui::overlay::{Confirm, Desk, Entry, LeftReport, LeftReports, Message, Overlay};
use crate::tui::workbench::Workbench;

impl App {
    /// Answers the file prompt's question for a folder.
    pub fn listed(&mut self, folder: PathBuf, entries: Result<Vec<Entry>, String>) {
        if let Some(overlay) = self.overlays.last_mut() {
            overlay.listed(folder, entries);
        }
        self.settle();
    }

    /// The file that a save was meant for is there already: asks whether to replace it.
    pub fn ask_replace(&mut self, path: PathBuf, then: Then) {
        self.overlays.push(Overlay::Confirm(Confirm::replace(path, then)));
        self.settle();
    }

    /// Somebody else changed the file since it was read: asks what to do.
    pub fn ask_overwrite(&mut self, path: PathBuf, then: Then) {
        self.overlays.push(Overlay::Confirm(Confirm::changed(path, then)));
        self.settle();
    }

    /// Shows a longer text in a window.
    pub fn show_message(&mut self, title: &str, text: String) {
        self.overlays.push(Overlay::Message(Message::new(title, text)));
        self.settle();
    }

    /// Opens a window on top of all others.
    pub fn open_overlay(&mut self, overlay: Overlay) {
        self.overlays.push(overlay);
        self.settle();
    }

    /// Lists reports that were never saved, in place of an earlier list of them. No list is shown of none.
    pub fn show_left_reports(&mut self, reports: Vec<LeftReport>) {
        self.overlays.retain(|overlay| !matches!(overlay, Overlay::Left(_)));
        if !reports.is_empty() {
            self.overlays.push(Overlay::Left(LeftReports::new(reports)));
        }
        self.settle();
    }

    /// Asks about something found beside a draft.
    pub fn ask(&mut self, question: Confirm) {
        self.overlays.push(Overlay::Confirm(question));
        self.settle();
    }

    pub(super) fn act_on_overlay(&mut self, action: Action) -> Vec<Effect> {
        let form = self.workbench().map(|workbench| Arc::clone(workbench.session().form()));
        let desk = Desk {
            keymap: &self.keymap,
            policy: self.policy,
            form: form.as_deref(),
            area: self.layout.screen,
            caret_row: self.workbench().and_then(Workbench::caret_row),
        };
        if action == Action::PasteInternal {
            let text = self.clipboard.clone();
            return self.paste(&text);
        }
        let Some(overlay) = self.overlays.last_mut() else { return Vec::new() };
        let flow = overlay.on(action, &desk);
        self.follow_overlay(flow)
    }

    pub(super) fn follow_overlay(&mut self, flow: OverlayFlow) -> Vec<Effect> {
        match flow {
            OverlayFlow::Ignored | OverlayFlow::Done => Vec::new(),
            OverlayFlow::Close => {
                self.overlays.pop();
                Vec::new()
            }
            OverlayFlow::Open(overlay) => {
                self.overlays.push(*overlay);
                Vec::new()
            }
            OverlayFlow::List(folder) => vec![Effect::List(folder)],
            OverlayFlow::Search(search) => self.search(&search),
            OverlayFlow::Run(action) => self.act_globally(action),
            // The prompt for a file stays until the file is opened or saved, so that a path need not be typed
            // twice; a question stays while one looks at what it is about.
            OverlayFlow::Submit(
                wish @ (Wish::SaveTo { .. }
                | Wish::OpenDraft(_)
                | Wish::ExportTo { .. }
                | Wish::ImportFile(_)
                | Wish::ShowFound
                | Wish::Compare(_)),
            ) => self.grant(wish),
            OverlayFlow::Submit(wish) => {
                self.overlays.pop();
                self.grant(wish)
            }
        }
    }
}
