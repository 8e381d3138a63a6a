//! The earlier contents of the open draft, read once for the window that shows them.

use std::sync::Arc;

use super::Outside;
use crate::form::Form;
use crate::model::{Edit, Report};
use crate::store::backup::{self, Backup, Summary};
use crate::store::journal;
use crate::tui::app::App;
use crate::tui::notice::Notice;
use crate::tui::overlay::{Backups, Differences, Earlier, Held, Overlay, Standing};

impl Outside {
    /// Reads the backups of the open draft, compares each with what is on the screen, and shows them.
    pub(super) fn show_backups(&self, app: &mut App) {
        let Some(workbench) = app.workbench() else { return };
        let Some(path) = &workbench.path else {
            return app.tell(Notice::done("这份报告还没有保存过，没有备份。"));
        };
        // The backups stand beside the draft and not beside a link to it.
        let path = self.files.canonicalize(path).unwrap_or_else(|_| path.clone());
        let known = match backup::list(&*self.files, &path) {
            Ok(known) => known,
            Err(error) => return app.tell(Notice::failed(error.to_string())),
        };
        if known.is_empty() {
            return app.tell(Notice::done("还没有备份：从下一次保存起，被替换的内容都留作备份。"));
        }
        let (form, report) = (workbench.session().form(), workbench.session().report());
        let here = Summary::of(form, report);
        let held = |backup| self.held(backup, form, report, &here);
        let earlier = known.iter().map(|backup| Earlier { time: backup.time, held: held(backup) });
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        let backups = Backups::new(&name, earlier.collect());
        app.open_overlay(Overlay::Backups(backups));
    }

    /// What a backup holds, or a sentence why that can not be told.
    fn held(
        &self,
        backup: &Backup,
        form: &Arc<Form>,
        present: &Report,
        here: &Summary,
    ) -> Result<Held, String> {
        let draft = backup::open(&*self.files, backup, &self.catalogue).map_err(|error| error.to_string())?;
        let summary = Summary::of(&draft.form, &draft.report);
        let other = (&summary.unit, &summary.year) != (&here.unit, &here.year);
        let standing = if draft.form.id == form.id {
            let edits = journal::edits_between(form, present, &draft.report);
            let all = journal::differences(form, present, &draft.report);
            if edits.is_empty() {
                Standing::Same
            } else {
                Standing::Differs(Differences::new(["屏幕上", "备份里"], &all), Edit::Many(edits))
            }
        } else {
            Standing::OtherForm(draft.form.name.clone())
        };
        Ok(Held { summary, other, standing })
    }
}
