//! One line of words about something: the reason why a finding may stand, a note beside a figure.

use ratatui::layout::Rect;

use super::Desk;
use super::field;
use super::window::{self, EDGES, SIDES};
use crate::model::{CellId, Question};
use crate::tui::action::Action;
use crate::tui::flow::{OverlayFlow, Wish};
use crate::tui::input_line::InputLine;
use crate::tui::keymap::Context;
use crate::tui::picture::Picture;
use crate::tui::shown::Line;
use crate::tui::theme::Role;

pub(super) const CONTEXTS: &[Context] = &[Context::TextInput, Context::List, Context::Global];

/// Columns of the window.
const WIDTH: u16 = 74;
/// Lines that what the words are about may take.
const ABOUT: usize = 4;

/// What the words are for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// The reason why what is asked may stand.
    Reason(Question),
    /// The note beside the figure of a cell.
    Note(CellId),
}

/// A line to type in, below what it is about.
#[derive(Debug, Clone)]
pub struct LinePrompt {
    wanted: Wanted,
    about: String,
    hint: &'static str,
    input: InputLine,
}

impl LinePrompt {
    /// Asks why what `question` says is right. `words` is the reason given so far, or one that `has_lapsed`.
    pub fn reason(question: Question, words: &str, has_lapsed: bool) -> Self {
        let hint = if has_lapsed {
            "内容有变动，原来的说明已失效；仍然属实的，回车即可。"
        } else {
            "写明为什么属实；有关的数变动后要重新说明。清空则收回。"
        };
        let about = question.message.clone();
        Self { wanted: Wanted::Reason(question), about, hint, input: line(words) }
    }

    /// Asks for the note beside the figure of a cell, which `about` names.
    pub fn note(cell: CellId, about: String, words: &str) -> Self {
        let hint = "写明这个数的情况，例如：其中修订16件。清空则删去。";
        Self { wanted: Wanted::Note(cell), about, hint, input: line(words) }
    }

    pub(super) fn on(&mut self, action: Action) -> OverlayFlow {
        match action {
            Action::Choose => {
                let words = self.input.text().trim().to_owned();
                OverlayFlow::Submit(Wish::Write(self.wanted.clone(), words))
            }
            Action::Cancel => OverlayFlow::Close,
            _ if self.input.on(action) => OverlayFlow::Done,
            _ => OverlayFlow::Ignored,
        }
    }

    pub(super) fn paste(&mut self, text: &str) -> OverlayFlow {
        self.input.insert(text.trim());
        OverlayFlow::Done
    }

    pub(super) fn view(&self, desk: &Desk<'_>, picture: &mut Picture) {
        let policy = desk.policy;
        let mut about =
            window::wrapped(&self.about, WIDTH.min(desk.area.width).saturating_sub(SIDES), policy);
        if about.len() > ABOUT {
            about.truncate(ABOUT);
            if let Some(last) = about.last_mut() {
                last.push_str("..");
            }
        }
        let rows = u16::try_from(about.len()).unwrap_or(0);
        let window = window::centred(desk.area, WIDTH, rows.saturating_add(4 + EDGES));
        let (title, label) = match self.wanted {
            Wanted::Reason(_) => ("审核说明", "说明"),
            Wanted::Note(_) => ("附注", "附注"),
        };
        picture.overlay(window, title);
        // The line to type in comes first where there is hardly any room.
        let (above, below) = window::split_bottom(window::inside(window), 3);
        picture.lines(above, about.into_iter().map(|row| Line::of(Role::Text, row)));
        let (field, rest) = window::split_top(below, 1);
        let (hint, keys) = window::split_top(rest, 1);
        picture.line(hint, Line::of(Role::Dim, window::head(self.hint, hint.width, policy)));
        let wanted: [(&[Action], _); 2] = [(&[Action::Choose], "记下"), (&[Action::Cancel], "取消")];
        picture.line(keys, window::hints(desk.keymap, CONTEXTS, &wanted));
        field::show(picture, Rect { height: field.height.min(1), ..field }, label, &self.input, true, policy);
    }
}

/// The words as one line, without what a terminal would obey: they may come from a file.
fn line(words: &str) -> InputLine {
    let mut line = InputLine::default();
    line.insert(words);
    line
}
