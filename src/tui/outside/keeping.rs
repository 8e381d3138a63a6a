//! Keeping the open report: its journal after every change, saving, and what is told when a disk makes trouble.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::{Outside, lines};
use crate::store::beside::{JOURNAL, beside};
use crate::store::draft;
use crate::store::guard::{DraftFile, SaveError, Saved, Standing, Thrift, When};
use crate::store::journal::JournalError;
use crate::store::keeper::{Answer, Bell, Keeper, Kept, Order};
use crate::tui::app::App;
use crate::tui::effect::Effect;
use crate::tui::flow::Then;
use crate::tui::notice::Notice;
use crate::tui::upkeep::{PATIENCE, Saving, Trouble, Upkeep};
use crate::tui::workbench::Workbench;

/// Where keepers work.
#[derive(Clone)]
pub enum Keepers {
    /// At once, where they are asked; for tests.
    Here,
    /// On threads of their own, which ring when there is something to look at.
    Away(Bell),
}

/// How long the program waits for a disk before it ends or stops.
pub const FAREWELL: Duration = Duration::from_secs(5);

/// How long it waits to remove what is not needed any more.
const TIDYING: Duration = Duration::from_secs(1);

/// What a save by the program itself replaces becomes a backup at most this often.
const BACKUP_EVERY: Duration = Duration::from_secs(15 * 60);

/// Said where a second journal has taken over.
const ELSEWHERE: &str = "改动暂时记在本机的另一个恢复文件里，不会丢失；请用 F12 另存到别的地方。";

impl Outside {
    /// Hands what was changed to the journal. It is on the disk at once if a cell or a tab was left or `now` is
    /// set, and a second later in any case.
    pub fn keep(&mut self, app: &mut App, now: bool) {
        let Some(workbench) = app.workbench_mut() else { return };
        if workbench.needs_journal_of_its_own() {
            self.start_rescue(app);
        } else {
            workbench.keep(now);
        }
    }

    /// Listens to what became of the journal and of saves, and says how things stand.
    pub fn heed(&mut self, app: &mut App) -> Vec<Effect> {
        let mut effects = Vec::new();
        while let Some(answer) = upkeep(app).and_then(Upkeep::answer) {
            match answer {
                Answer::Kept(Ok(kept)) => Self::kept(app, kept),
                Answer::Kept(Err(error)) => self.not_kept(app, &error),
                Answer::Saved(outcome) => effects.extend(self.saved(app, outcome)),
                Answer::SetAside(outcome) => {
                    let notice = match outcome {
                        Ok(path) => Notice::done(format!("没有恢复；原恢复文件留在 {}。", path.display())),
                        Err(error) => Notice::failed(error.to_string()),
                    };
                    app.tell(notice);
                }
                Answer::TakenOver(outcome) => super::taken_over(app, outcome),
                Answer::Broken(_) => self.broken(app),
                Answer::Resumed | Answer::Closed(_) | Answer::Released(_) => {}
            }
        }
        while let Some(answer) = upkeep(app).and_then(Upkeep::rescue_answer) {
            match answer {
                Answer::Kept(Err(error)) => {
                    app.tell(Notice::failed(format!("{error}。请马上用 F12 另存到别的盘。")));
                }
                Answer::Kept(Ok(Kept { wants_state: true, .. })) => {
                    if let Some(workbench) = app.workbench_mut() {
                        workbench.keep_state_in_rescue();
                    }
                }
                _ => {}
            }
        }
        self.heed_errands(app);
        effects
    }

    /// Waits until everything is in a journal, and says whether it is safe there.
    pub fn make_safe(&mut self, app: &mut App, limit: Duration) -> bool {
        self.keep(app, true);
        let Some(upkeep) = upkeep(app) else { return true };
        upkeep.wait(limit);
        while upkeep.answer().is_some() {}
        while upkeep.rescue_answer().is_some() {}
        upkeep.is_durable()
    }

    /// How long the loop may sleep before [`mind_silence`](Self::mind_silence) has something to do.
    pub fn patience(&self, app: &mut App) -> Option<Duration> {
        self.errands.patience().into_iter().chain(Self::patience_with_keeper(app)).min()
    }

    fn patience_with_keeper(app: &mut App) -> Option<Duration> {
        let upkeep = upkeep(app)?;
        let since = upkeep.waiting_since()?;
        // Where nobody rings, answers have to be looked for.
        let looked_for = cfg!(not(unix)).then_some(Duration::from_millis(50));
        let told = upkeep.told == Some(Trouble::Silent);
        let left = (!told).then(|| (since + PATIENCE).saturating_duration_since(Instant::now()));
        left.into_iter().chain(looked_for).min()
    }

    /// Tells of a disk that does not answer, and keeps the changes elsewhere meanwhile.
    pub fn mind_silence(&mut self, app: &mut App) {
        self.mind_silent_errands(app);
        let Some(upkeep) = upkeep(app) else { return };
        if !upkeep.is_stuck() || upkeep.told.is_some() {
            return;
        }
        upkeep.told = Some(Trouble::Silent);
        let kept = self.start_rescue(app);
        let safe = if kept {
            "可以继续填写，改动暂时记在本机。"
        } else {
            "改动没有能记入恢复文件。"
        };
        let text = format!("保存位置好几秒没有回应，可能是网络盘断开了。\n{safe}请用 F12 另存到本机。");
        app.tell(Notice::failed(text));
    }

    /// Begins to save the report.
    pub(super) fn save(
        &mut self,
        app: &mut App,
        path: &Path,
        replace: bool,
        then: Then,
        by_itself: bool,
    ) -> Vec<Effect> {
        self.keep(app, true);
        if upkeep(app).is_some_and(Upkeep::is_stuck) {
            self.start_rescue(app);
            if let Some(workbench) = app.workbench_mut() {
                workbench.promote_rescue();
            }
        }
        let Some(workbench) = app.workbench_mut() else { return Vec::new() };
        let session = workbench.session();
        let bytes = draft::write(session.form(), session.report(), &workbench.unknown).into_bytes();
        let when = if replace { When::Always } else { When::Unchanged };
        let Some(upkeep) = &mut workbench.upkeep else { return Vec::new() };
        if upkeep.saving.is_some() {
            app.tell(Notice::done("正在保存，请稍候。"));
            return Vec::new();
        }
        let recent = upkeep.backed_up.is_some_and(|last| last.elapsed() < BACKUP_EVERY);
        let thrift = if by_itself && recent { Thrift::Spare } else { Thrift::Keep };
        upkeep.saving = Some(Saving { path: path.to_owned(), then, by_itself });
        upkeep.ask(Order::Save { path: path.to_owned(), bytes, when, thrift });
        if thrift == Thrift::Keep {
            upkeep.backed_up = Some(Instant::now());
        }
        workbench.begin_save();
        self.heed(app)
    }

    /// Ends the work on the open report, whose changes are saved or no longer wanted.
    pub fn close(&self, app: &mut App) {
        if let Some(upkeep) = app.workbench_mut().and_then(|workbench| workbench.upkeep.take()) {
            upkeep.close(TIDYING);
        }
    }

    /// Has somebody keep this draft.
    pub(super) fn keeper(&self, file: DraftFile) -> Keeper {
        let files = Arc::clone(&self.files);
        match &self.keepers {
            Keepers::Here => Keeper::here(files, file),
            Keepers::Away(bell) => Keeper::away(files, file, Arc::clone(bell)),
        }
    }

    /// Gives a workbench the file it works on.
    pub(super) fn entrust(&self, workbench: &mut Workbench, file: DraftFile) {
        let (standing, journal) = (file.access().standing(), file.journal_path().to_owned());
        workbench.upkeep = Some(Upkeep::new(self.keeper(file), standing, journal));
    }

    fn saved(&mut self, app: &mut App, outcome: Result<Saved, SaveError>) -> Vec<Effect> {
        let Some(workbench) = app.workbench_mut() else { return Vec::new() };
        let Some(saving) = workbench.end_save(outcome.is_ok()) else { return Vec::new() };
        let Saving { path, then, by_itself } = saving;
        match outcome {
            Ok(saved) => {
                workbench.path = Some(path.clone());
                workbench.origin = None;
                if let Some(upkeep) = &mut workbench.upkeep {
                    upkeep.end_rescue(TIDYING);
                    upkeep.told = None;
                    upkeep.standing = Standing::Locked;
                    upkeep.journal = beside(&path, JOURNAL);
                }
                let warnings = lines(saved.warnings.iter().map(|warning| format!("{warning}。")));
                // The name alone: a long path would open a window at every save.
                let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
                if by_itself {
                    app.tell(Notice::done(format!("已自动保存：{name}{warnings}")));
                    return Vec::new();
                }
                self.remember(&path);
                app.close_overlays();
                app.tell(Notice::done(format!("已保存：{name}{warnings}")));
                // What was typed while the disk was slow is not to be lost with the report.
                app.proceed_unless_changed(then)
            }
            Err(error) if by_itself => {
                app.tell(Notice::failed(format!("自动保存没有成功。{error}。")));
                Vec::new()
            }
            Err(SaveError::Exists { path }) => {
                app.ask_replace(path, then);
                Vec::new()
            }
            Err(SaveError::Changed { path }) => {
                app.ask_overwrite(path, then);
                Vec::new()
            }
            Err(error) => {
                let safe = workbench.upkeep.as_mut().is_some_and(Upkeep::is_durable);
                let safe = if safe { "。\n改动已记入恢复文件，不会丢失。" } else { "。" };
                app.tell(Notice::failed(format!("{error}{safe}")));
                Vec::new()
            }
        }
    }

    fn kept(app: &mut App, kept: Kept) {
        let Some(workbench) = app.workbench_mut() else { return };
        if kept.wants_state {
            workbench.keep_state();
            return;
        }
        let Some(upkeep) = &mut workbench.upkeep else { return };
        if kept.durable && upkeep.told.take().is_some() {
            // The trouble is over, and with it the need for a second journal.
            upkeep.end_rescue(TIDYING);
        }
    }

    fn not_kept(&mut self, app: &mut App, error: &JournalError) {
        let Some(upkeep) = upkeep(app) else { return };
        if upkeep.told.replace(Trouble::Failing) == Some(Trouble::Failing) {
            return;
        }
        let text = match error {
            _ if !self.start_rescue(app) => format!("{error}。请用 F12 另存到别的地方。"),
            JournalError::Store(cause) => {
                format!("改动没有能记入草稿旁的恢复文件。{cause}。\n{ELSEWHERE}")
            }
            _ => format!("{error}。\n{ELSEWHERE}"),
        };
        app.tell(Notice::failed(text));
    }

    fn broken(&mut self, app: &mut App) {
        if let Some(workbench) = app.workbench_mut() {
            workbench.end_save(false);
        }
        if let Some(upkeep) = upkeep(app) {
            upkeep.told = Some(Trouble::Failing);
        }
        let kept = self.start_rescue(app);
        let safe = if kept {
            "改动暂时记在本机的另一个恢复文件里。"
        } else {
            "改动没有能记入恢复文件。"
        };
        let text = format!(
            "程序出错，这份草稿的恢复文件停止记录。\n{safe}请用 F12 另存到别的文件，再重新打开程序。"
        );
        app.tell(Notice::failed(text));
    }

    /// Begins a second journal, in the user's own folder, from the report as it is now. Whether it could be begun.
    fn start_rescue(&mut self, app: &mut App) -> bool {
        let Some(workbench) = app.workbench_mut() else { return false };
        // What was changed must be in the state, or in the notes after it, and not in both.
        workbench.keep(false);
        let Some(folder) = self.places.unsaved_folder() else { return false };
        match &workbench.upkeep {
            Some(upkeep) if upkeep.has_rescue() => return true,
            // A report without a file has its journal there already.
            Some(_) if workbench.path.is_none() => return false,
            Some(_) => {}
            None => return false,
        }
        let (file, made) = DraftFile::unsaved(&*self.files, &self.me, &folder, workbench.session());
        let keeper = self.keeper(file);
        if let Some(upkeep) = &mut workbench.upkeep {
            upkeep.set_rescue(keeper);
        }
        workbench.keep_state_in_rescue();
        made.is_ok()
    }
}

fn upkeep(app: &mut App) -> Option<&mut Upkeep> {
    app.workbench_mut()?.upkeep.as_mut()
}
