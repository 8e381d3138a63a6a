//! A question with buttons.

use std::borrow::Cow;
use std::path::PathBuf;

use ratatui::layout::Rect;

use super::Desk;
use super::window::{self, EDGES, SIDES};
use crate::model::Edit;
use crate::store::moment::Moment;
use crate::tui::action::Action;
use crate::tui::flow::{ExportOrder, OverlayFlow, Then, Wish};
use crate::tui::keymap::Context;
use crate::tui::picture::Picture;
use crate::tui::shown::Line;
use crate::tui::theme::Role;
use crate::tui::width::Policy;

pub(super) const CONTEXTS: &[Context] = &[Context::Dialog, Context::Global];

/// A question and its answers.
#[derive(Debug, Clone)]
pub struct Confirm {
    title: Cow<'static, str>,
    question: String,
    buttons: Vec<Button>,
    at: usize,
}

/// One answer.
#[derive(Debug, Clone)]
pub struct Button {
    /// A word or two.
    pub label: Cow<'static, str>,
    /// Whether the keys for yes and no press it from anywhere.
    pub answer: Answer,
    /// What it asks for; without a wish it only closes the window.
    pub wish: Option<Wish>,
}

/// What a button means as an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Neither.
    Other,
}

impl Confirm {
    /// A question with two to four buttons, the first of them under the cursor.
    pub fn new(
        title: impl Into<Cow<'static, str>>,
        question: impl Into<String>,
        buttons: Vec<Button>,
    ) -> Self {
        Self { title: title.into(), question: question.into(), buttons, at: 0 }
    }

    /// Says that somebody else changed the file since it was read.
    pub fn changed(path: PathBuf, then: Then) -> Self {
        let text = format!("“{}”打开以后被别人改动过。覆盖时，别人的内容会留作备份。", path.display());
        Self::new(
            "文件已被改动",
            text,
            vec![
                Button::new("比较", Answer::Other, Some(Wish::Compare(path.clone()))),
                Button::new("另存", Answer::Yes, Some(Wish::Run(Action::SaveAs))),
                Button::new("覆盖", Answer::Other, Some(Wish::SaveTo { path, replace: true, then })),
                Button::new("取消", Answer::No, None),
            ],
        )
    }

    /// Offers to bring back edits of an earlier run; `what` says how many and from when.
    pub fn recover(what: impl Into<String>) -> Self {
        Self::new(
            "恢复修改",
            what.into(),
            vec![
                Button::new("恢复", Answer::Yes, Some(Wish::Recover)),
                Button::new("先看看", Answer::Other, Some(Wish::ShowFound)),
                Button::new("不恢复", Answer::No, Some(Wish::SetAside)),
            ],
        )
    }

    /// Offers to take the lock over from a program that is gone.
    pub fn take_over(what: impl Into<String>) -> Self {
        Self::new(
            "草稿被占用",
            what.into(),
            vec![
                Button::new("接管", Answer::Yes, Some(Wish::TakeOver)),
                Button::new("只读打开", Answer::No, None),
            ],
        )
    }

    /// Asks whether the report is to become what a backup holds.
    pub fn go_back(count: usize, edit: Edit, time: Moment) -> Self {
        let question =
            format!("有 {count} 处会改成 {time} 备份里的内容；撤销一次就能改回来。保存之前，文件不变。");
        Self::new(
            "退回到备份",
            question,
            vec![
                Button::new("退回", Answer::Yes, Some(Wish::GoBackTo { edit, time })),
                Button::new("取消", Answer::No, None),
            ],
        )
    }

    /// Asks whether a report that was never saved is to be put aside. The cursor is on the answer that changes
    /// nothing.
    pub fn put_aside(what: impl Into<String>, path: PathBuf) -> Self {
        let question = format!("搁置“{}”？以后不再列出，恢复文件改名留在原处。", what.into());
        let buttons = vec![
            Button::new("搁置", Answer::Yes, Some(Wish::PutAside(path))),
            Button::new("取消", Answer::No, None),
        ];
        Self { at: 1, ..Self::new("搁置报告", question, buttons) }
    }

    /// Asks what to do with unsaved changes before something else is done.
    pub fn unsaved(then: Then) -> Self {
        Self::new(
            "保存改动",
            "有尚未保存的改动。",
            vec![
                Button::new("保存", Answer::Yes, Some(Wish::SaveThen(then.clone()))),
                Button::new("不保存", Answer::No, Some(Wish::DiscardThen(then))),
                Button::new("取消", Answer::Other, None),
            ],
        )
    }

    /// Asks whether a file that is there may be replaced. The cursor is on the answer that does no harm.
    pub fn replace(path: PathBuf, then: Then) -> Self {
        let question = format!("“{}”已经存在。覆盖后，原来的内容由现在的报告代替。", path.display());
        let wish = Wish::SaveTo { path, replace: true, then };
        let buttons =
            vec![Button::new("覆盖", Answer::Yes, Some(wish)), Button::new("取消", Answer::No, None)];
        Self { at: 1, ..Self::new("文件已存在", question, buttons) }
    }

    /// The same of a file to export to.
    pub fn replace_exported(order: ExportOrder) -> Self {
        let question = format!("“{}”已经存在。覆盖后，原来的内容由新导出的代替。", order.path.display());
        let wish = Wish::Export(ExportOrder { replace: true, ..order });
        let buttons =
            vec![Button::new("覆盖", Answer::Yes, Some(wish)), Button::new("取消", Answer::No, None)];
        Self { at: 1, ..Self::new("文件已存在", question, buttons) }
    }

    pub(super) fn on(&mut self, action: Action) -> OverlayFlow {
        let count = self.buttons.len().max(1);
        match action {
            Action::ListDown => self.at = (self.at + 1) % count,
            Action::ListUp => self.at = (self.at + count - 1) % count,
            Action::ListFirst => self.at = 0,
            Action::ListLast => self.at = count - 1,
            Action::Choose => return press(self.buttons.get(self.at)),
            Action::ConfirmYes => return self.answer(Answer::Yes),
            Action::ConfirmNo => return self.answer(Answer::No),
            Action::Cancel if !self.must_be_answered() => return OverlayFlow::Close,
            // Leaving the program leaves the question for the next time.
            Action::Quit if self.must_be_answered() => return OverlayFlow::Run(action),
            _ => return OverlayFlow::Ignored,
        }
        OverlayFlow::Done
    }

    /// Whether every answer asks for something, so that there is none that only closes the window.
    pub fn must_be_answered(&self) -> bool {
        self.buttons.iter().all(|button| button.wish.is_some())
    }

    pub(super) fn view(&self, desk: &Desk<'_>, picture: &mut Picture) {
        let width = WIDTH.min(desk.area.width).saturating_sub(SIDES);
        let question = window::wrapped(&self.question, width, desk.policy);
        let buttons = self.rows_of_buttons(width, desk.policy);
        let rows = u16::try_from(question.len() + buttons.len() + 3).unwrap_or(u16::MAX);
        let window = window::centred(desk.area, WIDTH, rows.saturating_add(EDGES));
        picture.overlay(window, self.title.clone());
        // Where there is too little room, the buttons are the last to go.
        let inside = window::inside(window);
        let (inside, hints) = match window::split_bottom(inside, 2) {
            (rest, hints) if usize::from(rest.height) > buttons.len() => (rest, hints),
            _ => (inside, Rect::default()),
        };
        let (text, below) = window::split_bottom(inside, u16::try_from(buttons.len()).unwrap_or(u16::MAX));
        picture.lines(text, question.into_iter().map(|row| Line::of(Role::Text, row)));
        picture.lines(below, buttons);
        let (_, hints) = window::split_bottom(hints, 1);
        picture.line(hints, self.hints(desk));
    }

    fn answer(&self, answer: Answer) -> OverlayFlow {
        match self.buttons.iter().find(|button| button.answer == answer) {
            Some(button) => press(Some(button)),
            None => OverlayFlow::Ignored,
        }
    }

    /// The buttons side by side, in more rows if they do not fit into one.
    fn rows_of_buttons(&self, width: u16, policy: Policy) -> Vec<Line> {
        let mut rows = Vec::new();
        let mut line = Line::new();
        for (index, button) in self.buttons.iter().enumerate() {
            let here = index == self.at;
            let text = if here { format!("> {} <", button.label) } else { format!("[ {} ]", button.label) };
            let taken = line.width(policy);
            if taken > 0 && taken.saturating_add(policy.measure(&text)) > width {
                rows.push(std::mem::take(&mut line));
            }
            line = line.add(if here { Role::Cursor } else { Role::Text }, text).add(Role::Text, "  ");
        }
        rows.push(line);
        rows
    }

    fn hints(&self, desk: &Desk<'_>) -> Line {
        let mut line = window::hints(desk.keymap, CONTEXTS, &[(&[Action::Choose], "选定")]);
        for (action, answer) in [(Action::ConfirmYes, Answer::Yes), (Action::ConfirmNo, Answer::No)] {
            let button = self.buttons.iter().find(|button| button.answer == answer);
            let keys = desk.keymap.keys_for(action, CONTEXTS);
            if let (Some(button), Some(key)) = (button, keys.first()) {
                line = line.add(Role::HintKey, key.hint());
                line = line.add(Role::Hint, button.label.clone()).add(Role::Hint, "  ");
            }
        }
        let (action, word) = if self.must_be_answered() {
            (Action::Quit, Action::Quit.name())
        } else {
            (Action::Cancel, "取消")
        };
        if let Some(key) = desk.keymap.keys_for(action, CONTEXTS).first() {
            line = line.add(Role::HintKey, key.hint()).add(Role::Hint, word);
        }
        line
    }
}

impl Button {
    /// An answer.
    pub fn new(label: impl Into<Cow<'static, str>>, answer: Answer, wish: Option<Wish>) -> Self {
        Self { label: label.into(), answer, wish }
    }
}

const WIDTH: u16 = 60;

fn press(button: Option<&Button>) -> OverlayFlow {
    button.and_then(|button| button.wish.clone()).map_or(OverlayFlow::Close, OverlayFlow::Submit)
}
