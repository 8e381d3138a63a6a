//! Effects carried out: the only part of the screen program that touches files.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::app::App;
use super::effect::Effect;
use super::flow::Then;
use super::notice::Notice;
use super::overlay::Entry;
use super::start::{RecentDraft, StartScreen};
use super::workbench::Workbench;
use crate::assets;
use crate::form::{Catalogue, Form, Severity};
use crate::session::Session;
use crate::store::draft::{self, Unknown};
use crate::store::error::{StoreError, Task};
use crate::store::files::{FileKind, Files};
use crate::store::open;
use crate::store::recent::{Places, Recent};

/// How many recent drafts the first screen shows; each is read for its state.
const SHOWN: usize = 9;

/// Files and forms: all that the program reaches outside of its own state.
pub struct Outside<'a> {
    /// The file system.
    pub files: &'a dyn Files,
    /// The user's folders.
    pub places: Places,
    /// The forms at hand.
    pub catalogue: Catalogue,
}

impl Outside<'_> {
    /// Carries out an effect and gives back what follows from it.
    pub fn carry_out(&mut self, effect: Effect, app: &mut App) -> Vec<Effect> {
        match effect {
            Effect::Save { path, replace, then } => return self.save(app, path, replace, then),
            Effect::Open(path) => match self.open(&path) {
                Ok((workbench, notice)) => show(app, workbench, notice),
                Err(error) => app.tell(Notice::failed(error.to_string())),
            },
            Effect::OpenSample => match self.sample() {
                Ok((workbench, notice)) => show(app, workbench, notice),
                Err(error) => app.tell(Notice::failed(error.to_string())),
            },
            Effect::Create { unit, year, form } => {
                let found = match form {
                    Some(id) => self.catalogue.by_id(&id),
                    None => self.catalogue.for_year(year),
                };
                match found {
                    Ok(form) => show(app, new_report(form, &unit, year), None),
                    Err(error) => app.tell(Notice::failed(format!("{error}。"))),
                }
            }
            Effect::List(folder) => {
                let entries = self.list(&folder);
                app.listed(folder, entries);
            }
            Effect::Start => app.show_start(self.start_screen()),
            Effect::Redraw | Effect::Suspend | Effect::Quit => {}
        }
        Vec::new()
    }

    fn save(&self, app: &mut App, path: PathBuf, replace: bool, then: Then) -> Vec<Effect> {
        if !replace && self.files.exists(&path).unwrap_or(false) {
            app.ask_replace(path, then);
            return Vec::new();
        }
        let Some(workbench) = app.workbench_mut() else { return Vec::new() };
        let session = workbench.session();
        match open::save(self.files, &path, session.form(), session.report(), &workbench.unknown) {
            Ok(()) => {
                workbench.mark_saved();
                workbench.path = Some(path.clone());
                self.remember(&path);
                app.close_overlays();
                app.tell(Notice::done(format!("已保存到 {}。", path.display())));
                app.proceed(then)
            }
            Err(error) => {
                app.tell(Notice::failed(error.to_string()));
                Vec::new()
            }
        }
    }

    /// Opens a draft for the screen, with what its reader had to say.
    ///
    /// # Errors
    /// If the file can not be read or is no draft.
    pub fn open(&self, path: &Path) -> Result<(Workbench, Option<Notice>), open::OpenError> {
        let opened = open::open(self.files, path, &self.catalogue)?;
        let path = self.files.canonicalize(path).unwrap_or_else(|_| path.to_owned());
        self.remember(&path);
        let session = Session::open(opened.draft.form, opened.draft.report);
        let notice = told(&opened.notices);
        Ok((Workbench::new(session, Some(path), opened.draft.unknown), notice))
    }

    fn sample(&self) -> Result<(Workbench, Option<Notice>), draft::DraftError> {
        let (name, text) = assets::SAMPLE;
        let (draft, _) = draft::read(name, text, &self.catalogue)?;
        let session = Session::open_unsaved(draft.form, draft.report);
        let notice = Notice::done("这是示例，可以随意改动；保存时另存为新文件。");
        Ok((Workbench::new(session, None, draft.unknown), Some(notice)))
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
        let recent = file.map_or_else(Recent::default, |file| Recent::read(self.files, &file).0);
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
        let Ok(opened) = open::open(self.files, path, &self.catalogue) else {
            return RecentDraft { problem: Some("读不出".to_owned()), ..empty };
        };
        let session = Session::open(opened.draft.form, opened.draft.report);
        let form = session.form();
        let fact = |fact: Option<&crate::form::Fact>| {
            fact.map_or(String::new(), |fact| session.report().fact(fact.id).to_owned())
        };
        let findings = session.evaluation().findings();
        let count = |gap: bool, severity: Severity| {
            findings.iter().filter(|f| f.is_gap(form) == gap && f.severity(form) == severity).count()
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
        let (mut recent, _) = Recent::read(self.files, &file);
        recent.note(path.to_owned());
        let _ = recent.write(self.files, &file);
    }
}

fn new_report(form: Arc<Form>, unit: &str, year: i64) -> Workbench {
    Workbench::new(Session::new_report(form, unit, year), None, Unknown::default())
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

/// Shows a report, with what there is to say about it.
pub fn show(app: &mut App, workbench: Workbench, notice: Option<Notice>) {
    app.show_report(workbench);
    if let Some(notice) = notice {
        app.tell(notice);
    }
}
