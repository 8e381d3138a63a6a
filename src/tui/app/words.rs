//! Words that are kept beside the figures: reasons for findings, and notes.

use super::{App, Scene};
use crate::check::Issue;
use crate::form::Severity;
use crate::model::{Edit, Place, Question};
use crate::session::Session;
use crate::tui::effect::Effect;
use crate::tui::flow::Flow;
use crate::tui::notice::Notice;
use crate::tui::overlay::{LinePrompt, Overlay, Wanted};

impl App {
    /// Asks why the finding at hand may stand, or says why that is not asked.
    pub(super) fn ask_reason(&mut self) {
        let Scene::Work(workbench) = &mut self.scene else { return };
        workbench.leave();
        let (session, issue) = (workbench.session(), workbench.issue_here());
        match issue.map(|issue| (issue, issue.severity(session.form()))) {
            None => self.notice = Some(Notice::done("这里没有要说明的问题。")),
            Some((_, Severity::Mandatory)) => {
                self.notice =
                    Some(Notice::failed("强制的问题必须改正，不能用说明代替；核实的问题才可以说明。"));
            }
            Some((issue, Severity::Verify)) => {
                let prompt = prompt_for(session, issue);
                self.overlays.push(Overlay::Line(prompt));
            }
        }
    }

    /// Asks for the note beside the figure at hand.
    pub(super) fn ask_note(&mut self) {
        let Scene::Work(workbench) = &mut self.scene else { return };
        workbench.leave();
        let Some(Place::Cell(cell)) = workbench.place() else {
            self.notice = Some(Notice::done("附注写在表格的格旁；请先到那一格。"));
            return;
        };
        let session = workbench.session();
        let (name, figure) = (session.form().name(Place::Cell(cell)), session.shown(Place::Cell(cell)));
        let figure = if figure.is_empty() { "未填".to_owned() } else { figure };
        let prompt = LinePrompt::note(cell, format!("{name}  {figure}"), session.report().note(cell));
        self.overlays.push(Overlay::Line(prompt));
    }

    /// Keeps what was written.
    pub(super) fn write(&mut self, wanted: Wanted, words: String) -> Vec<Effect> {
        let Scene::Work(workbench) = &self.scene else { return Vec::new() };
        let session = workbench.session();
        let (edit, text) = match (wanted, words.is_empty()) {
            (Wanted::Reason(question), gone) => {
                let text = if gone {
                    "已收回审核说明。"
                } else {
                    "已说明，不再计入待改；有关的数变动后要重新说明。"
                };
                (explain(session, &question, &words), text)
            }
            (Wanted::Note(cell), true) => (Edit::Note { cell, to: words }, "已删去附注。"),
            (Wanted::Note(cell), false) => (Edit::Note { cell, to: words }, "已记下附注。"),
        };
        if edit.changes_nothing(session.report()) {
            return Vec::new();
        }
        self.follow(Flow::EditAndTell(edit, Notice::done(text)))
    }
}

fn explain(session: &Session, question: &Question, words: &str) -> Edit {
    session.evaluation().explain(session.form(), session.report(), question, words)
}

/// Begins with the reason given so far; else with one for what the rule said before, which may still be true.
fn prompt_for(session: &Session, issue: Issue<'_>) -> LinePrompt {
    let (form, report) = (session.form(), session.report());
    let question = issue.question(form, report);
    let words = report.explanation(&question);
    let lapsed = session.evaluation().lapsed(form, report, &question);
    match lapsed.first() {
        Some((_, before)) if words.is_empty() => LinePrompt::reason(question, before, true),
        _ => LinePrompt::reason(question, words, false),
    }
}
