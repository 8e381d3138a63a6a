//! Documents in and out, on a thread beside the keys.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::Outside;
use super::errand::{Errand, Progress};
use crate::exchange::compose::Purpose;
use crate::exchange::export::{export, has_name_of_draft};
use crate::exchange::import::import;
use crate::exchange::{ExportError, Import, ImportError, Limits};
use crate::form::Catalogue;
use crate::session::Session;
use crate::store::atomic;
use crate::store::draft::Unknown;
use crate::store::error::{StoreError, Task};
use crate::store::files::{Files, is_same_file, read_limited};
use crate::tui::app::App;
use crate::tui::flow::ExportOrder;
use crate::tui::notice::Notice;
use crate::tui::overlay::Origin;
use crate::tui::workbench::Workbench;

/// What is under way with documents.
#[derive(Debug, Default)]
pub struct Errands {
    exporting: Option<(ExportOrder, Errand<Result<(), Refusal>>)>,
    importing: Option<(PathBuf, Errand<Result<Import, Unreadable>>)>,
    /// The report that was read last, until somebody decides about it.
    imported: Option<(Arc<Origin>, Import)>,
}

/// Why a report was not exported.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error("“{}”已经存在", .0.display())]
    Exists(PathBuf),
    #[error("“{}”是这份报告的草稿，没有覆盖它。请换一个文件名", .0.display())]
    IsDraft(PathBuf),
    #[error("“{}”的结尾是草稿的，没有写入。请换一个结尾", .0.display())]
    NameOfDraft(PathBuf),
    #[error(transparent)]
    Export(#[from] ExportError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
enum Unreadable {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("“{}”{cause}", .path.display())]
    Import { path: PathBuf, cause: ImportError },
}

impl Errands {
    /// How long the loop may sleep before a slow disk is to be told of.
    pub(super) fn patience(&self) -> Option<Duration> {
        let export = self.exporting.as_ref().and_then(|(_, errand)| errand.patience());
        let import = self.importing.as_ref().and_then(|(_, errand)| errand.patience());
        export.into_iter().chain(import).min()
    }
}

impl Outside {
    /// Begins to export the open report.
    pub(super) fn export(&mut self, app: &mut App, order: ExportOrder) {
        let Some(workbench) = app.workbench() else { return };
        // What hangs is left to itself.
        if self.errands.exporting.as_ref().is_some_and(|(_, errand)| !errand.is_slow()) {
            return app.tell(Notice::done("正在导出，请稍候。"));
        }
        let session = workbench.session();
        let (form, report) = (Arc::clone(session.form()), session.report().clone());
        let last_year = session.evaluation().last_year().cloned();
        let (files, draft, task) = (Arc::clone(&self.files), workbench.path.clone(), order.clone());
        let work = move || {
            let mut session = Session::open(form, report);
            session.set_last_year(last_year);
            write(&*files, &session, draft.as_deref(), &task)
        };
        let errand = Errand::begin(&self.keepers, work);
        self.errands.exporting = Some((order, errand));
        app.tell(Notice::done("正在导出。"));
        self.heed_errands(app);
    }

    /// Begins to read a report out of a file.
    pub(super) fn import(&mut self, app: &mut App, path: PathBuf) {
        let again = |(known, errand): &(PathBuf, Errand<_>)| *known == path && !errand.is_slow();
        if self.errands.importing.as_ref().is_some_and(again) {
            return app.tell(Notice::done("正在读取，请稍候。"));
        }
        let (files, catalogue, file) = (Arc::clone(&self.files), Arc::clone(&self.catalogue), path.clone());
        let errand = Errand::begin(&self.keepers, move || read(&*files, &catalogue, &file));
        self.errands.importing = Some((path, errand));
        app.tell(Notice::done("正在读取。"));
        self.heed_errands(app);
    }

    /// Goes on with the report that was read, in place of the open one.
    pub(super) fn take_import(&mut self, app: &mut App) {
        let Some((origin, import)) = self.errands.imported.take() else { return };
        let session = Session::open_unsaved(import.form, import.report);
        let mut workbench = self.with_journal(Workbench::new(session, None, Unknown::default()));
        let text = match origin.doubts() {
            0 => "已导入，还没有保存。".to_owned(),
            doubts => {
                format!("已导入，还没有保存；{doubts} 处请核对或未采用的，按 F9 选“导入情况”再看。")
            }
        };
        workbench.origin = Some(origin);
        self.replace(app, workbench, Some(Notice::done(text)));
    }

    /// Tells what came of what was under way.
    pub(super) fn heed_errands(&mut self, app: &mut App) {
        if let Some((order, errand)) = self.errands.exporting.take() {
            match errand.look() {
                Progress::Pending => self.errands.exporting = Some((order, errand)),
                Progress::Done(outcome) => exported(app, order, outcome),
                Progress::Broken => app.tell(Notice::failed(BROKEN)),
            }
        }
        if let Some((path, errand)) = self.errands.importing.take() {
            match errand.look() {
                Progress::Pending => self.errands.importing = Some((path, errand)),
                // Who has closed the prompt does not want it any more.
                _ if !app.awaits_import() => {}
                Progress::Done(Ok(import)) => {
                    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
                    let origin = Arc::new(Origin::of(&name, &import));
                    self.errands.imported = Some((Arc::clone(&origin), import));
                    app.ask_take_import(origin);
                }
                Progress::Done(Err(error)) => app.tell(Notice::failed(format!("没有导入。{error}。"))),
                Progress::Broken => {
                    app.tell(Notice::failed(
                        "没有导入：读这个文件时程序出错。请用原来的程序另存成别的格式再试。",
                    ));
                }
            }
        }
    }

    /// Tells of a disk that does not answer.
    pub(super) fn mind_silent_errands(&mut self, app: &mut App) {
        let export = self.errands.exporting.as_mut().is_some_and(|(_, errand)| errand.is_to_be_told());
        let import = self.errands.importing.as_mut().is_some_and(|(_, errand)| errand.is_to_be_told());
        if export {
            app.tell(Notice::failed(
                "导出的位置没有回应，可能是网络盘断开了。可以继续填写，或另换位置导出。",
            ));
        }
        if import && app.awaits_import() {
            app.tell(Notice::failed("文件还没有读完，可能很大，或者网络盘断开了；按 Esc 就不再等。"));
        }
    }

    /// Waits for a file that is being written before the program ends. False if that has failed, which was told.
    pub(in crate::tui) fn finish_errands(&mut self, app: &mut App, limit: Duration) -> bool {
        let Some((order, errand)) = self.errands.exporting.take() else { return true };
        match errand.wait(limit) {
            // A disk that hangs for so long is not waited for.
            Progress::Done(Ok(())) | Progress::Pending => true,
            Progress::Done(outcome) => {
                exported(app, order, outcome);
                false
            }
            Progress::Broken => {
                app.tell(Notice::failed(BROKEN));
                false
            }
        }
    }
}

const BROKEN: &str = "程序出错，没有导出。请换一种格式再试。";

/// Writes the file, unless there is one that must not be replaced.
fn write(
    files: &dyn Files,
    session: &Session,
    draft: Option<&Path>,
    order: &ExportOrder,
) -> Result<(), Refusal> {
    let path = &order.path;
    if draft.is_some_and(|draft| is_same_file(files, draft, path)) {
        return Err(Refusal::IsDraft(path.clone()));
    }
    if has_name_of_draft(path) {
        return Err(Refusal::NameOfDraft(path.clone()));
    }
    let exists = files.exists(path).map_err(|cause| StoreError::io(path, Task::Save, cause))?;
    if exists && !order.replace {
        return Err(Refusal::Exists(path.clone()));
    }
    let bytes = export(session, order.format, &order.purpose)?;
    atomic::save(files, path, &bytes)?;
    Ok(())
}

/// Reads the file and recognises the report in it.
fn read(files: &dyn Files, catalogue: &Catalogue, path: &Path) -> Result<Import, Unreadable> {
    let limits = Limits::default();
    let bytes = read_limited(files, path, limits.file)?;
    let name = path.file_name().map(|name| name.to_string_lossy());
    import(&bytes, name.as_deref(), catalogue, None, &limits)
        .map_err(|cause| Unreadable::Import { path: path.to_owned(), cause })
}

fn exported(app: &mut App, order: ExportOrder, outcome: Result<(), Refusal>) {
    match outcome {
        Ok(()) => {
            app.close_export_prompt();
            let name = order.path.file_name().unwrap_or(order.path.as_os_str()).to_string_lossy();
            let draft =
                if matches!(order.purpose, Purpose::Draft { .. }) { "，已标明“草稿”" } else { "" };
            app.tell(Notice::done(format!("已导出“{name}”{draft}。")));
        }
        Err(Refusal::Exists(_)) => app.ask_replace_exported(order),
        Err(error) => app.tell(Notice::failed(format!("没有导出。{error}。"))),
    }
}
