//! Last year's report, looked for beside the draft.

use std::path::Path;
use std::sync::Arc;

use super::Outside;
use crate::check::LastYear;
use crate::session::Session;
use crate::store::open;
use crate::tui::notice::Notice;

impl Outside {
    /// Compares with last year's draft if it lies beside this one under the same name but for the year, and is of the
    /// same unit. Says so if it does.
    pub(super) fn compare_with_last_year(&self, session: &mut Session, path: &Path) -> Option<Notice> {
        let year = session.year()?;
        let name = path.file_name()?.to_str()?;
        let candidate = name.replace(&year.to_string(), &(year - 1).to_string());
        if candidate == name {
            return None;
        }
        let opened = open::open(&*self.files, &path.with_file_name(&candidate), &self.catalogue).ok()?;
        let then = Session::open(opened.draft.form, opened.draft.report);
        if then.year() != Some(year - 1) || then.unit() != session.unit() {
            return None;
        }
        let last_year = LastYear::new(Arc::clone(then.form()), then.report().clone());
        session.set_last_year(Some(Arc::new(last_year)));
        Some(Notice::done(format!("已对照上年的草稿“{candidate}”。")))
    }
}
