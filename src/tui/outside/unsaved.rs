//! Reports of earlier runs that were never saved: their journals are all there is of them.

use std::path::Path;

use super::{Outside, told_recovered};
use crate::form::Fact;
use crate::store::draft::Unknown;
use crate::store::error::StoreError;
use crate::store::guard::{self, UnsavedReport};
use crate::store::journal;
use crate::tui::app::App;
use crate::tui::notice::Notice;
use crate::tui::overlay::LeftReport;
use crate::tui::workbench::Workbench;

impl Outside {
    /// Offers to go on with reports of earlier runs that were never saved, if there are any.
    pub fn offer_unsaved(&self, app: &mut App) {
        match self.left_reports() {
            Ok(reports) => app.show_left_reports(reports),
            Err(error) => app.tell(Notice::failed(format!("没有保存过的报告列不出来。{error}"))),
        }
    }

    /// Tells that there are some to a user who has opened a draft, unless there is something else to tell.
    pub fn mention_unsaved(&self, app: &mut App) {
        let count = self.unsaved().map_or(0, |reports| reports.len());
        if count > 0 && !app.has_something_to_say() {
            let text = format!("本机还有 {count} 份没有保存过的报告；按 F9 选“未存报告”可以打开。");
            app.tell(Notice::done(text));
        }
    }

    /// Lists them because the user asked.
    pub(super) fn show_unsaved(&self, app: &mut App) {
        match self.left_reports() {
            Ok(reports) if reports.is_empty() => {
                app.tell(Notice::done("没有中断时还没保存过的报告。"));
            }
            _ => self.offer_unsaved(app),
        }
    }

    /// Goes on with the report whose journal this is. The others stay for another time.
    pub(super) fn adopt(&self, app: &mut App, path: &Path) {
        let Some(report) = self.find(app, path) else { return };
        let form = match self.catalogue.by_id(form_of(&report)) {
            Ok(form) => form,
            Err(error) => return app.tell(Notice::failed(format!("{error}。"))),
        };
        match guard::adopt(form, report) {
            Ok((file, session, recovered)) => {
                let mut workbench = Workbench::new(session, None, Unknown::default());
                self.entrust(&mut workbench, file);
                self.replace(app, workbench, Some(told_recovered(&recovered)));
            }
            Err(report) => {
                let path = report.path.display();
                app.tell(Notice::failed(format!("“{path}”看不出从哪里开始，没有恢复。请保留这个文件。")));
            }
        }
    }

    /// Moves the journal of a report out of the way and lists those that remain.
    pub(super) fn put_aside(&self, app: &mut App, path: &Path) {
        let Some(report) = self.find(app, path) else { return };
        let aside = report.set_aside(&*self.files);
        self.offer_unsaved(app);
        match aside {
            Ok(path) => app.tell(Notice::done(format!("已搁置，不再列出；文件留在 {}。", path.display()))),
            Err(error) => app.tell(Notice::failed(error.to_string())),
        }
    }

    /// Looks a report up anew: since it was listed, another window may have gone on with it.
    fn find(&self, app: &mut App, path: &Path) -> Option<UnsavedReport> {
        let found = self.unsaved().unwrap_or_default().into_iter().find(|report| report.path == path);
        if found.is_none() {
            self.offer_unsaved(app);
            app.tell(Notice::failed("这份报告已在别处打开或保存，不再列出。"));
        }
        found
    }

    fn left_reports(&self) -> Result<Vec<LeftReport>, StoreError> {
        Ok(self.unsaved()?.iter().map(|report| self.describe_left(report)).collect())
    }

    /// The reports, each locked as long as it lives.
    fn unsaved(&self) -> Result<Vec<UnsavedReport>, StoreError> {
        let Some(folder) = self.places.unsaved_folder() else { return Ok(Vec::new()) };
        guard::unsaved_reports(&*self.files, &self.me, &folder)
    }

    fn describe_left(&self, report: &UnsavedReport) -> LeftReport {
        let mut left = LeftReport {
            path: report.path.clone(),
            unit: String::new(),
            year: String::new(),
            form: form_of(report).to_owned(),
            edits: report.replay.edits(0),
            time: report.time(),
            problem: None,
        };
        let Some(header) = &report.replay.header else {
            left.problem = Some(match &report.unreadable {
                Some(error) => format!("恢复文件读不出来。{error}。"),
                None => "恢复文件已损坏，看不出是哪份报告。".to_owned(),
            });
            return left;
        };
        let form = match self.catalogue.by_id(&header.form) {
            Ok(form) => form,
            Err(error) => {
                left.problem = Some(format!("{error}。"));
                return left;
            }
        };
        left.form.clone_from(&form.name);
        let Some((mut session, _)) = journal::start(form, &header.base) else {
            left.problem = Some("恢复文件没有记下报告从哪里开始。".to_owned());
            return left;
        };
        journal::recover(&mut session, report.replay.from(0));
        let fact = |fact: Option<&Fact>| {
            fact.map_or(String::new(), |fact| session.report().fact(fact.id).to_owned())
        };
        left.unit = fact(session.form().unit_fact());
        left.year = fact(session.form().year_fact());
        left
    }
}

/// The id of its form; empty if the journal does not say.
fn form_of(report: &UnsavedReport) -> &str {
    report.replay.header.as_ref().map_or("", |header| header.form.as_str())
}
