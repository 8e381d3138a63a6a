//! Which kind of file the report is to be exported into.

use ratatui::layout::Rect;

use super::Desk;
use super::list::Pick;
use super::window::{self, EDGES};
use crate::exchange::Format;
use crate::tui::action::Action;
use crate::tui::flow::{OverlayFlow, Wish};
use crate::tui::keymap::Context;
use crate::tui::picture::Picture;
use crate::tui::shown::Line;
use crate::tui::theme::Role;

pub(super) const CONTEXTS: &[Context] = &[Context::List, Context::Global];

/// Numbered kinds of files, one of which is chosen.
#[derive(Debug, Clone, Default)]
pub struct ExportMenu {
    pick: Pick,
}

impl ExportMenu {
    /// All kinds that can be written, the most usual under the cursor.
    pub fn new() -> Self {
        Self::default()
    }

    pub(super) fn settle(&mut self, desk: &Desk<'_>) {
        self.pick.settle(formats().count(), Areas::of(desk).list.height);
    }

    pub(super) fn on(&mut self, action: Action) -> OverlayFlow {
        match action {
            Action::Choose => take(self.pick.at()),
            Action::Cancel | Action::Export => OverlayFlow::Close,
            Action::Type(c) => window::digit(c).map_or(OverlayFlow::Ignored, |digit| take(digit - 1)),
            _ if self.pick.on(action, formats().count()) => OverlayFlow::Done,
            _ => OverlayFlow::Ignored,
        }
    }

    pub(super) fn view(&self, desk: &Desk<'_>, picture: &mut Picture) {
        let areas = Areas::of(desk);
        picture.overlay(areas.window, "导出");
        let seen = self.pick.seen(formats().count());
        let shown = formats().enumerate().skip(seen.start).take(seen.len());
        picture.lines(areas.list, shown.map(|(index, format)| self.line(index, format, desk)));
        let keys: [(&[Action], _); 2] = [(&[Action::Choose], "选定"), (&[Action::Cancel], "取消")];
        let line = window::hints(desk.keymap, CONTEXTS, &keys).add(Role::Hint, "数字键直接选定");
        picture.line(areas.hints, line);
    }

    fn line(&self, index: usize, format: Format, desk: &Desk<'_>) -> Line {
        let number = index + 1;
        let name = desk.policy.fit(format.name(), NAME).into_owned();
        if index == self.pick.at() {
            let words = format!("> {number} {name}{}", used_for(format));
            Line::of(Role::Cursor, words).over(Role::Cursor)
        } else {
            let line = Line::of(Role::HintKey, format!("  {number} "));
            line.add(Role::Text, name).add(Role::Dim, used_for(format))
        }
    }
}

const NAME: u16 = 17;

fn formats() -> impl Iterator<Item = Format> {
    Format::ALL.into_iter().filter(|format| format.can_be_written())
}

fn take(index: usize) -> OverlayFlow {
    match formats().nth(index) {
        Some(format) => OverlayFlow::Submit(Wish::AskExport(format)),
        None => OverlayFlow::Done,
    }
}

/// What people use such a file for.
fn used_for(format: Format) -> &'static str {
    match format {
        Format::Docx => "送审、签发",
        Format::Xlsx => "报送，表中带公式",
        Format::Html => "网站发布",
        Format::Markdown => "贴到别的文稿",
        Format::Csv | Format::Json => "交给别的程序",
        Format::Text | Format::Xls | Format::Ods | Format::Pdf => "",
    }
}

struct Areas {
    window: Rect,
    list: Rect,
    hints: Rect,
}

impl Areas {
    fn of(desk: &Desk<'_>) -> Self {
        let rows = u16::try_from(formats().count()).unwrap_or(u16::MAX);
        let window = window::centred(desk.area, 56, rows.saturating_add(2 + EDGES));
        let (list, below) = window::split_bottom(window::inside(window), 2);
        let (_, hints) = window::split_bottom(below, 1);
        Self { window, list, hints }
    }
}
