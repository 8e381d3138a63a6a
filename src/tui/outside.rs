//! Effects carried out: the only part of the screen program that touches files.

mod autosave;
mod backups;
mod compare;
mod errand;
mod exchange;
mod keeping;
mod last_year;
mod settings;
mod unsaved;

use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;

pub use autosave::EVERY;
pub use exchange::Errands;
pub use keeping::{FAREWELL, Keepers};
pub use settings::read_settings;

use super::app::App;
use super::effect::Effect;
use super::notice::Notice;
use super::overlay::{Comparison, Confirm, Differences, Entry, Overlay};
use super::start::{RecentDraft, StartScreen};
use super::workbench::Workbench;
use crate::assets;
use crate::form::{Catalogue, Form, Severity};
use crate::session::Session;
use crate::store::draft::{self, Unknown};
use crate::store::error::{StoreError, Task};
use crate::store::files::{FileKind, Files};
use crate::store::guard::{DraftFile, Found, Standing};
use crate::store::journal::{self, Recovered};
use crate::store::keeper::Order;
use crate::store::lock::Identity;
use crate::store::open;
use crate::store::recent::{Places, Recent};

/// How many recent drafts the first screen shows; each is read for its state.
const SHOWN: usize = 9;

/// Files and forms: all that the program reaches outside of its own state.
pub struct Outside {
    /// The file system.
    pub files: Arc<dyn Files>,
    /// The user's folders.
    pub places: Places,
    /// The forms at hand.
    pub catalogue: Arc<Catalogue>,
    /// Who is at work here.
    pub me: Identity,
    /// Where drafts are kept.
    pub keepers: Keepers,
    /// Work on files other than drafts.
    pub errands: Errands,
}

impl Outside {
    /// Carries out an effect and gives back what follows from it.
    pub fn carry_out(&mut self, effect: Effect, app: &mut App) -> Vec<Effect> {
        match effect {
            Effect::Save { path, replace, then } => {
                return self.save(app, &path, replace, then, false);
            }
            Effect::Export(order) => self.export(app, order),
            Effect::Import(path) => self.import(app, path),
            Effect::TakeImport => self.take_import(app),
            Effect::Open(path) => self.open_instead(app, &path),
            Effect::OpenSample => match self.sample() {
                Ok((workbench, notice)) => self.replace(app, workbench, notice),
                Err(error) => app.tell(Notice::failed(error.to_string())),
            },
            Effect::KeepSettings => self.write_settings(app),
            Effect::Recover => recover(app),
            Effect::ShowFound => show_found(app),
            Effect::Compare(path) => self.compare(app, &path),
            Effect::ShowBackups => self.show_backups(app),
            Effect::ShowUnsaved => self.show_unsaved(app),
            Effect::Adopt(path) => self.adopt(app, &path),
            Effect::PutAside(path) => self.put_aside(app, &path),
            Effect::SetAside => set_aside(app),
            Effect::TakeOver => {
                if let Some(upkeep) = app.workbench_mut().and_then(|workbench| workbench.upkeep.as_mut()) {
                    upkeep.ask(Order::TakeOver);
                }
            }
            Effect::Create { unit, year, form } => {
                let found = match form {
                    Some(id) => self.catalogue.by_id(&id),
                    None => self.catalogue.for_year(year),
                };
                match found {
                    Ok(form) => self.replace(app, self.new_report(form, &unit, year), None),
                    Err(error) => app.tell(Notice::failed(format!("{error}。"))),
                }
            }
            Effect::List(folder) => {
                let entries = self.list(&folder);
                app.listed(folder, entries);
            }
            Effect::Redraw | Effect::Suspend | Effect::Quit => {}
        }
        Vec::new()
    }

    /// Opens a draft in place of the open report, whose changes are saved or no longer wanted.
    fn open_instead(&self, app: &mut App, path: &Path) {
        let real = |path: &Path| self.files.canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let open = app.workbench().and_then(|workbench| workbench.path.as_deref());
        let again = open.is_some_and(|open| real(open) == real(path));
        if again {
            // Two cannot hold one lock, not even here.
            self.close(app);
        }
        match self.open(path) {
            Ok((workbench, notice)) => self.replace(app, workbench, notice),
            Err(error) => {
                if again {
                    app.show_start(self.start_screen());
                }
                app.tell(Notice::failed(error.to_string()));
            }
        }
    }

    /// Shows another report in place of the open one.
    fn replace(&self, app: &mut App, workbench: Workbench, notice: Option<Notice>) {
        self.close(app);
        show(app, workbench, notice);
    }

    /// Gives a report without a file a journal of its own.
    fn with_journal(&self, mut workbench: Workbench) -> Workbench {
        let folder = self.places.unsaved_folder().unwrap_or_else(std::env::temp_dir);
        let (file, _) = DraftFile::unsaved(&*self.files, &self.me, &folder, workbench.session());
        self.entrust(&mut workbench, file);
        workbench
    }

    fn new_report(&self, form: Arc<Form>, unit: &str, year: i64) -> Workbench {
        self.with_journal(Workbench::new(Session::new_report(form, unit, year), None, Unknown::default()))
    }

    /// Opens a draft for the screen, with what its reader had to say.
    ///
    /// # Errors
    /// If the file can not be read or is no draft.
    pub fn open(&self, path: &Path) -> Result<(Workbench, Option<Notice>), open::OpenError> {
        let (file, opened, found) = DraftFile::open(&*self.files, &self.me, path, &self.catalogue)?;
        let path = file.path().unwrap_or(path).to_owned();
        self.remember(&path);
        let mut session = Session::open(opened.draft.form, opened.draft.report);
        let last_year = self.compare_with_last_year(&mut session, &path);
        let notice = told(&opened.notices).or(last_year);
        let mut workbench = Workbench::new(session, Some(path), opened.draft.unknown);
        self.entrust(&mut workbench, file);
        workbench.found = Some(found);
        Ok((workbench, notice))
    }

    fn sample(&self) -> Result<(Workbench, Option<Notice>), draft::DraftError> {
        let (name, text) = assets::SAMPLE;
        let (draft, _) = draft::read(name, text, &self.catalogue)?;
        let session = Session::open_unsaved(draft.form, draft.report);
        let notice = Notice::done("这是示例，可以随意改动；保存时另存为新文件。");
        Ok((self.with_journal(Workbench::new(session, None, draft.unknown)), Some(notice)))
    }

    fn list(&self, folder: &Path) -> Result<Vec<Entry>, String> {
        let failed = |error| StoreError::io(folder, Task::Read, error).to_string();
        let names = self.files.list_dir(folder).map_err(failed)?;
        let entry = |name: &OsString| {
            let kind = self.files.metadata(&folder.join(name)).ok()?.kind;
            Some(Entry { name: name.to_str()?.to_owned(), is_folder: kind == FileKind::Folder })
        };
        Ok(names.iter().filter_map(entry).collect())
    }

    /// The first screen with the recent drafts.
    pub fn start_screen(&self) -> StartScreen {
        let file = self.places.recent_file();
        let recent = file.map_or_else(Recent::default, |file| Recent::read(&*self.files, &file).0);
        StartScreen::new(recent.paths().iter().take(SHOWN).map(|path| self.describe(path)).collect())
    }

    fn describe(&self, path: &Path) -> RecentDraft {
        let empty = RecentDraft {
            path: path.to_owned(),
            unit: String::new(),
            year: String::new(),
            errors: 0,
            warnings: 0,
            gaps: 0,
            problem: None,
        };
        if !self.files.exists(path).unwrap_or(true) {
            return RecentDraft { problem: Some("文件不在".to_owned()), ..empty };
        }
        let Ok(opened) = open::open(&*self.files, path, &self.catalogue) else {
            return RecentDraft { problem: Some("读不出".to_owned()), ..empty };
        };
        let session = Session::open(opened.draft.form, opened.draft.report);
        let form = session.form();
        let fact = |fact: Option<&crate::form::Fact>| {
            fact.map_or(String::new(), |fact| session.report().fact(fact.id).to_owned())
        };
        let issues = session.evaluation().open_issues(form, session.report());
        let count = |gap: bool, severity: Severity| {
            issues
                .clone()
                .filter(|issue| issue.is_gap(form) == gap && issue.severity(form) == severity)
                .count()
        };
        RecentDraft {
            unit: fact(form.unit_fact()),
            year: fact(form.year_fact()),
            errors: count(false, Severity::Mandatory),
            warnings: count(false, Severity::Verify),
            gaps: count(true, Severity::Mandatory) + count(true, Severity::Verify),
            ..empty
        }
    }

    /// Remembers a draft for the first screen. Failing to do so is no reason to disturb anybody.
    fn remember(&self, path: &Path) {
        let Some(file) = self.places.recent_file() else { return };
        let (mut recent, _) = Recent::read(&*self.files, &file);
        recent.note(path.to_owned());
        let _ = recent.write(&*self.files, &file);
    }
}

/// What the reader of a draft had to say, in one window.
fn told(notices: &[draft::Notice]) -> Option<Notice> {
    if notices.is_empty() {
        return None;
    }
    let line = |notice: &draft::Notice| {
        let place =
            notice.position.map_or(String::new(), |at| format!("第 {} 行第 {} 列：", at.line, at.column));
        format!("\n{place}{}。", notice.message.trim_end_matches('。'))
    };
    let text = format!("草稿已打开，请留意：{}", notices.iter().map(line).collect::<String>());
    Some(Notice::done(text))
}

/// Shows a report, with what there is to say about it and to ask.
pub fn show(app: &mut App, workbench: Workbench, notice: Option<Notice>) {
    app.show_report(workbench);
    if let Some(notice) = notice {
        app.tell(notice);
    }
    ask_about(app);
}

/// Asks about what was found beside the draft: edits that were not saved, somebody else at work.
fn ask_about(app: &mut App) {
    let Some(workbench) = app.workbench_mut() else { return };
    match workbench.upkeep.as_ref().map(|upkeep| upkeep.standing.clone()) {
        Some(Standing::ReadOnly { holder, dead }) => {
            let who = holder.as_ref().map_or_else(|| "其他人".to_owned(), ToString::to_string);
            if dead == Some(true) {
                app.ask(Confirm::take_over(format!("{who}曾打开这份草稿，那个程序已经不在了。")));
            } else {
                app.tell(Notice::failed(format!("{who}正在编辑，现以只读打开；改动可以另存到别的文件。")));
            }
            return;
        }
        Some(Standing::Unlocked(error)) => {
            let text = format!("这个位置不能加锁，请不要与别人同时编辑。{error}");
            app.tell(Notice::failed(text));
        }
        Some(Standing::Locked) | None => {}
    }
    let Some(workbench) = app.workbench_mut() else { return };
    match &workbench.found {
        None | Some(Found::Nothing) => {}
        Some(Found::Pending { replay, from }) => {
            let when = replay.last_change().map_or(String::new(), |at| format!("，最后一处在 {at}"));
            let text = format!("上次有 {} 处修改没有保存{when}。", replay.edits(*from));
            app.ask(Confirm::recover(text));
        }
        Some(Found::Foreign(replay)) => {
            let count = replay.edits(0);
            app.tell(Notice::failed(format!("旁边有恢复文件（{count} 处修改），但草稿已被换过，不能直接恢复。\n保存时它会移到一边，不会删除。")));
        }
        Some(Found::Damaged(_)) => {
            app.tell(Notice::failed("旁边的恢复文件已损坏，不能恢复。\n保存时它会移到一边，不会删除。"));
        }
        Some(Found::Unreadable(error)) => {
            let text = format!("旁边的恢复文件读不出来。{error}");
            app.tell(Notice::failed(text));
        }
    }
}

/// Moves the journal that was found out of the way.
fn set_aside(app: &mut App) {
    let Some(workbench) = app.workbench_mut() else { return };
    workbench.found = None;
    if let Some(upkeep) = &mut workbench.upkeep {
        upkeep.ask(Order::SetAside);
    }
}

/// Says what came of taking the lock over, and asks about what was found then.
fn taken_over(app: &mut App, outcome: Result<(Found, Standing), StoreError>) {
    let Some(workbench) = app.workbench_mut() else { return };
    match outcome {
        Ok((found, standing)) => {
            workbench.found = Some(found);
            if let Some(upkeep) = &mut workbench.upkeep {
                upkeep.standing = standing;
            }
            ask_about(app);
        }
        Err(error) => app.tell(Notice::failed(error.to_string())),
    }
}

/// Brings back the edits of an earlier run and says what came back.
fn recover(app: &mut App) {
    let Some(workbench) = app.workbench_mut() else { return };
    let recovered = workbench.recover();
    app.tell(told_recovered(&recovered));
}

/// Shows what the edits of an earlier run would change, before the user decides about them.
fn show_found(app: &mut App) {
    let Some(workbench) = app.workbench() else { return };
    let Some(Found::Pending { replay, from }) = &workbench.found else { return };
    let present = workbench.session();
    let mut tried = Session::open(Arc::clone(present.form()), present.report().clone());
    journal::recover(&mut tried, replay.from(*from));
    let all = journal::differences(present.form(), present.report(), tried.report());
    let sentence = format!("恢复后有 {} 处与草稿不同：", all.len());
    let table = Differences::new(["草稿里", "恢复后"], &all);
    app.open_overlay(Overlay::Comparison(Comparison::new("未保存的修改", sentence, table)));
}

fn told_recovered(recovered: &Recovered) -> Notice {
    let count = recovered.edits;
    if recovered.skipped.is_empty() {
        return Notice::done(format!("已恢复 {count} 处修改，还没有保存；按 ^Z 可以逐步撤销。"));
    }
    let lost = lines(recovered.skipped.iter().map(|skipped| skipped.path.clone()));
    Notice::failed(format!(
        "已恢复 {count} 处修改；以下 {} 处对不上，没有恢复：{lost}",
        recovered.skipped.len()
    ))
}

/// Each sentence on a line of its own, below what stands before.
fn lines(sentences: impl Iterator<Item = String>) -> String {
    sentences.fold(String::new(), |text, sentence| text + "\n" + &sentence)
}
