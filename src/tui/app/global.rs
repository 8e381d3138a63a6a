//! What actions and wishes mean for the program as a whole, once tabs and overlays have had no use for them.

use std::sync::Arc;

use super::{App, Scene};
use crate::form::Form;
use crate::model::excerpt;
use crate::session::Session;
use crate::tui::action::Action;
use crate::tui::context::EnterDirection;
use crate::tui::editor::Direction;
use crate::tui::effect::Effect;
use crate::tui::flow::{Flow, Search, Then, Wish};
use crate::tui::notice::Notice;
use crate::tui::overlay::{
    Confirm, FilePrompt, FindPanel, FormChoice, Help, NewReport, Overlay, Palette, proposed_name,
};
use crate::tui::width::Policy;
use crate::tui::workbench::{Stepped, Workbench};

/// Said where there is nothing to search in.
const NO_PROSE: &str = "查找用于文字部分；请先转到有文字的页。";

impl App {
    /// Carries out what an overlay or the start screen wishes.
    pub(super) fn grant(&mut self, wish: Wish) -> Vec<Effect> {
        match wish {
            Wish::Run(action) => self.act(action),
            Wish::SaveTo { path, replace, then } => vec![Effect::Save { path, replace, then }],
            Wish::OpenDraft(path) => self.leave_report(Then::OpenDraft(path)),
            Wish::AskExport(format) => self.ask_export_file(format),
            Wish::ExportTo { path, format } => self.export_to(path, format),
            Wish::Export(order) => vec![Effect::Export(order)],
            Wish::ImportFile(path) => vec![Effect::Import(path)],
            Wish::TakeImport => vec![Effect::TakeImport],
            Wish::LookAt(spot) => {
                self.overlays.clear();
                self.follow(Flow::Go(spot))
            }
            Wish::OpenSample => self.leave_report(Then::OpenSample),
            Wish::Create { unit, year, form } => vec![Effect::Create { unit, year, form }],
            Wish::SetFact(fact, value) => {
                let edit = crate::model::Edit::Fact { fact, to: value };
                self.follow(Flow::Edit { edit, joins: false })
            }
            Wish::Edit(edit) => self.follow(Flow::Edit { edit, joins: false }),
            Wish::Write(wanted, words) => self.write(wanted, words),
            Wish::GoTo(offset) => {
                if let Some(workbench) = self.workbench_mut() {
                    workbench.go_to(offset);
                }
                Vec::new()
            }
            Wish::Recover => vec![Effect::Recover],
            Wish::ShowFound => vec![Effect::ShowFound],
            Wish::Compare(path) => vec![Effect::Compare(path)],
            Wish::GoBackTo { edit, time } => {
                self.overlays.clear();
                let text = format!("已退回到 {time} 的内容，还没有保存；按 ^Z 可以撤销。");
                self.follow(Flow::EditAndTell(edit, Notice::done(text)))
            }
            Wish::SetAside => vec![Effect::SetAside],
            Wish::TakeOver => vec![Effect::TakeOver],
            Wish::Adopt(path) => self.leave_report(Then::Adopt(path)),
            Wish::PutAside(path) => vec![Effect::PutAside(path)],
            Wish::SaveThen(then) => self.save(then),
            Wish::DiscardThen(then) => self.proceed(then),
        }
    }

    /// What an action means wherever it is used. Tabs and overlays have had no use for it.
    pub(super) fn act_globally(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Quit => return self.leave_report(Then::Quit),
            Action::Help => self.overlays.push(Overlay::Help(Help::new())),
            Action::Palette => self.overlays.push(Overlay::Palette(Palette::new())),
            Action::Redraw => return vec![Effect::Redraw],
            Action::UnsavedReports => return vec![Effect::ShowUnsaved],
            Action::Suspend => return vec![Effect::Suspend],
            Action::ToggleWide => self.toggle_width(),
            Action::Open => return self.leave_report(Then::AskOpen),
            Action::NewReport => return self.leave_report(Then::AskNew),
            Action::Import => return self.leave_report(Then::AskImport),
            Action::OpenSample => return self.leave_report(Then::OpenSample),
            Action::ToggleEnterDirection => return self.toggle_enter(),
            Action::ToggleControlTotals => return self.toggle_control_totals(),
            Action::ToggleAutosave => return self.toggle_autosave(),
            _ => return self.act_on_report(action),
        }
        Vec::new()
    }

    fn act_on_report(&mut self, action: Action) -> Vec<Effect> {
        let Scene::Work(workbench) = &mut self.scene else { return Vec::new() };
        match action {
            Action::Save => return self.save(Then::Stay),
            Action::SaveAs => return self.ask_save(Then::Stay),
            Action::Export => self.ask_export(),
            Action::ImportNotes => self.show_import_notes(),
            Action::Backups => {
                // They are compared with the report as it stands, the figure being typed included.
                workbench.leave();
                return vec![Effect::ShowBackups];
            }
            Action::Undo | Action::Redo => {
                let forward = action == Action::Redo;
                let what = match (workbench.step(forward), forward) {
                    (Stepped::Figures, _) => return Vec::new(),
                    (Stepped::Reason, true) => "已重做审核说明的改动。",
                    (Stepped::Reason, false) => "已撤销审核说明的改动。",
                    (Stepped::Nowhere, true) => "没有可以重做的改动。",
                    (Stepped::Nowhere, false) => "没有可以撤销的改动。",
                };
                self.notice = Some(Notice::done(what));
            }
            Action::Explain => self.ask_reason(),
            Action::EditNote => self.ask_note(),
            Action::NextTab => workbench.turn(true),
            Action::PreviousTab => workbench.turn(false),
            Action::SwitchPane => {
                if !workbench.switch_pane() {
                    self.notice = Some(Notice::done("本页没有表文切换。"));
                }
            }
            Action::NextFinding | Action::PreviousFinding => {
                match workbench.next_issue(action == Action::NextFinding) {
                    Some(spot) => workbench.jump(spot),
                    None => self.notice = Some(Notice::done(nothing_to_mend(workbench.session()))),
                }
            }
            Action::GoBack => {
                if !workbench.jump_back() {
                    self.notice = Some(Notice::done("没有可以返回的地方。"));
                }
            }
            Action::Find | Action::Replace => return self.open_search(action == Action::Replace),
            Action::FindNext => return self.search_on(Direction::Next),
            Action::FindPrevious => return self.search_on(Direction::Previous),
            Action::PasteInternal => {
                // However short, it is a step of its own.
                workbench.end_visit();
                let text = self.clipboard.clone();
                let effects = self.paste(&text);
                if let Some(workbench) = self.workbench_mut() {
                    workbench.end_visit();
                }
                return effects;
            }
            _ => {
                if let Some(tab) = action.tab().and_then(|index| workbench.tabs().get(index).copied()) {
                    workbench.show_tab(tab);
                }
            }
        }
        Vec::new()
    }

    /// Opens the panel for searching, with what is selected, or was searched for last, marked at once.
    fn open_search(&mut self, replaces: bool) -> Vec<Effect> {
        let Some(prose) = self.workbench().and_then(Workbench::prose) else {
            self.notice = Some(Notice::done(NO_PROSE));
            return Vec::new();
        };
        let query = prose.selected_words().unwrap_or_else(|| self.query.clone());
        self.overlays.push(Overlay::Find(FindPanel::new(&query, replaces)));
        self.search(&Search::Show(query))
    }

    /// Goes on with the last search, without the panel.
    fn search_on(&mut self, direction: Direction) -> Vec<Effect> {
        if self.query.is_empty() {
            return self.open_search(false);
        }
        let effects = self.search(&Search::On(self.query.clone(), direction));
        let tally =
            self.workbench().and_then(Workbench::prose).map(|prose| prose.tally().unwrap_or_default());
        let query = excerpt(&self.query, 20);
        self.notice = Some(match tally {
            None => Notice::done(NO_PROSE),
            Some(tally) if tally.count == 0 => Notice::failed(format!("没有找到“{query}”。")),
            Some(tally) => Notice::done(format!("“{query}”{}。", tally.words())),
        });
        effects
    }

    /// Carries out a step of a search; the panel closes with the last one.
    pub(super) fn search(&mut self, search: &Search) -> Vec<Effect> {
        match search {
            Search::Show(query) | Search::On(query, _) => query.clone_into(&mut self.query),
            Search::Leave | Search::Stay => drop(self.overlays.pop()),
            Search::Replace(_) | Search::ReplaceAll(_) => {}
        }
        let flow = self.workbench_mut().map_or(Flow::Ignored, |workbench| workbench.search(search));
        self.follow(flow)
    }

    pub(super) fn save(&mut self, then: Then) -> Vec<Effect> {
        let Scene::Work(workbench) = &mut self.scene else { return Vec::new() };
        // The figure being typed is in the report already, and goes on being typed after the save.
        workbench.end_visit();
        match workbench.path.clone() {
            Some(path) => vec![Effect::Save { path, replace: false, then }],
            None => self.ask_save(then),
        }
    }

    fn ask_save(&mut self, then: Then) -> Vec<Effect> {
        let Scene::Work(workbench) = &self.scene else { return Vec::new() };
        let session = workbench.session();
        let fact = |fact: Option<&crate::form::Fact>| {
            fact.map_or(String::new(), |fact| session.report().fact(fact.id).to_owned())
        };
        let present = workbench.path.as_ref().and_then(|path| path.file_name());
        let name = present.map_or_else(
            || proposed_name(&fact(session.form().unit_fact()), &fact(session.form().year_fact())),
            |name| name.to_string_lossy().into_owned(),
        );
        let prompt = FilePrompt::save(self.folder.clone(), self.home.clone(), &name, then);
        self.overlays.push(Overlay::File(prompt));
        vec![Effect::List(self.folder.clone())]
    }

    pub(super) fn ask_open(&mut self) -> Vec<Effect> {
        self.overlays.push(Overlay::File(FilePrompt::open(self.folder.clone(), self.home.clone())));
        vec![Effect::List(self.folder.clone())]
    }

    pub(super) fn ask_new(&mut self) -> Vec<Effect> {
        let choice =
            |form: &Arc<Form>| FormChoice { id: form.id.clone(), name: form.name.clone(), years: form.years };
        let forms = self.forms.iter().map(choice).collect();
        self.overlays.push(Overlay::New(NewReport::new(forms, self.year)));
        Vec::new()
    }

    /// Goes on with `then`, after asking about unsaved changes.
    pub(super) fn leave_report(&mut self, then: Then) -> Vec<Effect> {
        if let Scene::Work(workbench) = &mut self.scene {
            workbench.leave();
            if workbench.session().has_unsaved() {
                self.overlays.push(Overlay::Confirm(Confirm::unsaved(then)));
                return Vec::new();
            }
        }
        self.proceed(then)
    }

    fn toggle_width(&mut self) {
        self.policy = match self.policy {
            Policy::Narrow => Policy::Wide,
            Policy::Wide => Policy::Narrow,
        };
        let wide = self.policy == Policy::Wide;
        let words = if wide {
            "引号、圈码等字符现按两格宽显示。"
        } else {
            "引号、圈码等字符现按一格宽显示。"
        };
        self.notice = Some(Notice::done(words));
    }

    fn toggle_enter(&mut self) -> Vec<Effect> {
        let (enter, words) = match self.settings.enter {
            EnterDirection::Right => (EnterDirection::Down, "回车后向下走。"),
            EnterDirection::Down => (EnterDirection::Right, "回车后向右走。"),
        };
        self.settings.enter = enter;
        self.notice = Some(Notice::done(words));
        vec![Effect::KeepSettings]
    }

    fn toggle_control_totals(&mut self) -> Vec<Effect> {
        self.settings.control_totals = !self.settings.control_totals;
        let words = if self.settings.control_totals {
            "核对合计：请照纸面录入总计，与算出的合计不同会标出。"
        } else {
            "不再核对合计；已录入的核对数仍保留。"
        };
        self.notice = Some(Notice::done(words));
        vec![Effect::KeepSettings]
    }

    fn toggle_autosave(&mut self) -> Vec<Effect> {
        self.settings.autosave = !self.settings.autosave;
        let words = if self.settings.autosave {
            "自动保存已打开：改动一分钟后存入草稿文件；从未保存过的报告请先用 ^S 存一次。"
        } else {
            "自动保存已关闭；改动仍记入恢复文件，请用 ^S 保存。"
        };
        self.notice = Some(Notice::done(words));
        vec![Effect::KeepSettings]
    }
}

/// Said where no issue is left to go to.
fn nothing_to_mend(session: &Session) -> &'static str {
    if session.evaluation().issues().next().is_none() {
        "没有问题：全部关系都成立。"
    } else {
        "没有待改的问题：余下的都已说明。"
    }
}
