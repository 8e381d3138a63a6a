//! What is on the screen compared with what is in its file.

use std::path::Path;

use super::Outside;
use crate::store::journal;
use crate::store::open::{self, OpenError};
use crate::tui::app::App;
use crate::tui::overlay::{Comparison, Differences, Overlay};

impl Outside {
    /// Shows where the open report and the file that somebody else changed differ.
    pub(super) fn compare(&self, app: &mut App, path: &Path) {
        let Some(workbench) = app.workbench() else { return };
        let (form, present) = (workbench.session().form(), workbench.session().report());
        let opened = match open::open(&*self.files, path, &self.catalogue) {
            Ok(opened) => opened,
            Err(error) => {
                let text = if matches!(&error, OpenError::File(cause) if cause.is_not_found()) {
                    format!(
                        "“{}”已经不在了：被移走、改名或删去了。\n选“覆盖”就在原处重新写出这份报告。",
                        path.display()
                    )
                } else {
                    format!("文件里现在的内容打不开，不能比较。\n{error}")
                };
                return app.show_message(TITLE, text);
            }
        };
        if opened.draft.form.id != form.id {
            let (here, there) = (&form.name, &opened.draft.form.name);
            let text = format!(
                "文件里现在是另一种格式的报告（{there}），屏幕上的是{here}，不能逐项比较。\n两份都要留下，请选“另存”。"
            );
            return app.show_message(TITLE, text);
        }
        let all = journal::differences(form, present, &opened.draft.report);
        if all.is_empty() {
            // Notes of other programs and the order of the lines are no part of the report.
            let text = "文件里的报告与屏幕上的完全相同，只是写法不同。\n选“覆盖”不会丢失别人录入的内容。";
            return app.show_message(TITLE, text.to_owned());
        }
        let sentence = format!("屏幕上的报告与文件里现在的内容有 {} 处不同：", all.len());
        let table = Differences::new(["屏幕上", "文件里"], &all);
        app.open_overlay(Overlay::Comparison(Comparison::new(TITLE, sentence, table)));
    }
}

const TITLE: &str = "比较";
