//! Documents in and out: what is asked before a file is written, and after one was read.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{App, Scene};
use crate::check::Issue;
use crate::exchange::Format;
use crate::exchange::compose::Purpose;
use crate::exchange::export::{Obstacles, obstacles};
use crate::model::{excerpt, visible};
use crate::session::Session;
use crate::tui::effect::Effect;
use crate::tui::flow::{ExportOrder, Wish};
use crate::tui::notice::Notice;
use crate::tui::overlay::{
    Answer, Button, Confirm, ExportMenu, FilePrompt, Origin, Overlay, Review, proposed_name,
};

/// Issues that a question lists.
const LISTED: usize = 3;
/// Characters of each.
const LONGEST: usize = 60;

impl App {
    /// Asks which kind of file the report is to be exported into.
    pub(super) fn ask_export(&mut self) {
        if let Scene::Work(workbench) = &mut self.scene {
            // The figure being typed goes out with the others.
            workbench.leave();
            self.overlays.push(Overlay::Export(ExportMenu::new()));
        }
    }

    /// Asks where to, beginning beside the draft.
    pub(super) fn ask_export_file(&mut self, format: Format) -> Vec<Effect> {
        let Scene::Work(workbench) = &self.scene else { return Vec::new() };
        let draft = workbench.path.as_deref();
        let stem = draft.and_then(Path::file_stem).map_or_else(
            || {
                let session = workbench.session();
                let year = session.form().year_fact().map_or("", |fact| session.report().fact(fact.id));
                proposed_name(session.unit(), year).trim_end_matches(".ron").to_owned()
            },
            |stem| stem.to_string_lossy().into_owned(),
        );
        let folder = draft.and_then(Path::parent).unwrap_or(&self.folder).to_owned();
        self.overlays.push(Overlay::File(FilePrompt::export(
            folder.clone(),
            self.home.clone(),
            &stem,
            format,
        )));
        vec![Effect::List(folder)]
    }

    /// Exports, unless something stands in the way: then that is asked about.
    pub(super) fn export_to(&mut self, path: PathBuf, format: Format) -> Vec<Effect> {
        let Scene::Work(workbench) = &self.scene else { return Vec::new() };
        let session = workbench.session();
        let Obstacles { mandatory, unexplained } = obstacles(session);
        let order = |purpose| ExportOrder { path, format, purpose, replace: false };
        let question = match (mandatory.first(), unexplained.first()) {
            (None, None) => return vec![Effect::Export(order(Purpose::Final))],
            (Some(first), _) => {
                let order = order(Purpose::Draft { mandatory: mandatory.len() });
                let question = format!(
                    "还有 {} 处强制的问题，不能作为正式报告导出；可以导出标明“草稿”的文件。",
                    mandatory.len()
                );
                Confirm::new(
                    "有强制的问题",
                    question + &list(session, &mandatory),
                    vec![
                        Button::new("去看问题", Answer::No, Some(Wish::LookAt(first.spot()))),
                        Button::new("导出草稿", Answer::Yes, Some(Wish::Export(order))),
                        Button::new("取消", Answer::Other, None),
                    ],
                )
            }
            (None, Some(first)) => {
                let order = order(Purpose::Final);
                let question = format!("还有 {} 处核实的问题没有写审核说明。", unexplained.len());
                Confirm::new(
                    "没有审核说明",
                    question + &list(session, &unexplained),
                    vec![
                        Button::new("去写说明", Answer::No, Some(Wish::LookAt(first.spot()))),
                        Button::new("仍要导出", Answer::Yes, Some(Wish::Export(order))),
                        Button::new("取消", Answer::Other, None),
                    ],
                )
            }
        };
        self.ask(question);
        Vec::new()
    }

    /// The file that was to be exported is there already: asks whether to replace it.
    pub fn ask_replace_exported(&mut self, order: ExportOrder) {
        self.ask(Confirm::replace_exported(order));
    }

    /// Closes the prompt for a file to export to, if it is still open.
    pub fn close_export_prompt(&mut self) {
        let asks = |overlay: &Overlay| matches!(overlay, Overlay::File(prompt) if prompt.is_for_export());
        self.overlays.retain(|overlay| !asks(overlay));
        self.settle();
    }

    /// Asks for a file of another program.
    pub(super) fn ask_import(&mut self) -> Vec<Effect> {
        let prompt = FilePrompt::import(self.folder.clone(), self.home.clone());
        self.overlays.push(Overlay::File(prompt));
        vec![Effect::List(self.folder.clone())]
    }

    /// Whether the prompt for a file to import is still open: closing it means not to wait any longer.
    pub fn awaits_import(&self) -> bool {
        let asks = |overlay: &Overlay| matches!(overlay, Overlay::File(prompt) if prompt.is_for_import());
        self.overlays.iter().any(asks)
    }

    /// Shows what became of the file that was read, and asks whether to go on with the report.
    pub fn ask_take_import(&mut self, origin: Arc<Origin>) {
        self.notice = None;
        self.open_overlay(Overlay::Review(Review::asking(origin)));
    }

    /// Shows the same once more.
    pub(super) fn show_import_notes(&mut self) {
        let Scene::Work(workbench) = &mut self.scene else { return };
        workbench.leave();
        match &workbench.origin {
            Some(origin) => self.overlays.push(Overlay::Review(Review::again(Arc::clone(origin)))),
            None => self.notice = Some(Notice::done("没有导入情况：不是导入的报告，或者导入后已经保存。")),
        }
    }
}

/// The first issues, each on a line of its own.
fn list(session: &Session, issues: &[Issue<'_>]) -> String {
    let (form, report) = (session.form(), session.report());
    let line = |(index, issue): (usize, &Issue<'_>)| {
        let message = issue.message(form, report);
        format!("\n{}. {}", index + 1, visible(&excerpt(&message, LONGEST)))
    };
    let rest = issues.len().saturating_sub(LISTED);
    let rest = if rest > 0 { format!("\n另有 {rest} 处。") } else { String::new() };
    issues.iter().enumerate().take(LISTED).map(line).chain([rest]).collect()
}
