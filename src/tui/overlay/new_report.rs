//! What a new report is about: unit, year and the form that follows from it.

use ratatui::layout::Rect;

use super::Desk;
use super::field;
use super::window::{self, EDGES};
use crate::model::half_width;
use crate::tui::action::Action;
use crate::tui::flow::{OverlayFlow, Wish};
use crate::tui::input_line::InputLine;
use crate::tui::keymap::Context;
use crate::tui::picture::Picture;
use crate::tui::shown::Line;
use crate::tui::theme::Role;

/// The cover's keys lead from field to field here too.
pub(super) const CONTEXTS: &[Context] = &[Context::TextInput, Context::Cover, Context::Global];

/// Two lines to type in and a choice.
#[derive(Debug, Clone)]
pub struct NewReport {
    unit: InputLine,
    year: InputLine,
    forms: Vec<FormChoice>,
    /// The form chosen instead of the year's own.
    chosen: Option<usize>,
    focus: Field,
    problem: Option<(Field, &'static str)>,
}

/// A form that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormChoice {
    /// Stable name.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// The report years it is meant for; open at the end while it is in force.
    pub years: (i64, Option<i64>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Unit,
    Year,
    Form,
}

impl NewReport {
    /// Asks for unit and year; `year` is proposed. Of several forms for one year the last is its own.
    pub fn new(forms: Vec<FormChoice>, year: Option<i64>) -> Self {
        let year = year.map_or_else(InputLine::default, |year| InputLine::replacing(year.to_string()));
        Self { unit: InputLine::default(), year, forms, chosen: None, focus: Field::Unit, problem: None }
    }

    pub(super) fn on(&mut self, action: Action) -> OverlayFlow {
        self.problem = None;
        match action {
            Action::Cancel => return OverlayFlow::Close,
            Action::CommitNext | Action::Choose => match self.focus {
                Field::Unit => self.focus = Field::Year,
                Field::Year | Field::Form => return self.submit(),
            },
            Action::NextCell | Action::MoveDown | Action::ListDown => self.focus = self.focus.next(),
            Action::PreviousCell | Action::CommitPrevious | Action::MoveUp | Action::ListUp => {
                self.focus = self.focus.previous();
            }
            Action::TableStart => self.focus = Field::Unit,
            Action::TableEnd => self.focus = Field::Form,
            _ => {
                let used = match self.focus {
                    Field::Unit => self.unit.on(action),
                    Field::Year => self.year.on(action),
                    Field::Form => self.turn(action),
                };
                return if used { OverlayFlow::Done } else { OverlayFlow::Ignored };
            }
        }
        OverlayFlow::Done
    }

    pub(super) fn paste(&mut self, text: &str) -> OverlayFlow {
        self.problem = None;
        match self.focus {
            Field::Unit => self.unit.insert(text.trim()),
            Field::Year => self.year.insert(text.trim()),
            Field::Form => return OverlayFlow::Ignored,
        }
        OverlayFlow::Done
    }

    pub(super) fn view(&self, desk: &Desk<'_>, picture: &mut Picture) {
        let window = window::centred(desk.area, 64, 6 + EDGES);
        picture.overlay(window, "新建报告");
        let inside = window::inside(window);
        let row = |index: u16| {
            let (_, rest) = window::split_top(inside, index);
            window::split_top(rest, 1).0
        };
        let policy = desk.policy;
        // The field that has the focus is shown last, so that its row wins where there is but one.
        field::show(picture, row(0), "编制单位", &self.unit, self.focus == Field::Unit, policy);
        field::show(picture, row(1), "报告年度", &self.year, self.focus == Field::Year, policy);
        self.view_form(picture, row(2));
        let (_, bottom) = window::split_bottom(inside, inside.height.saturating_sub(4).min(2));
        let rows = match self.problem {
            Some((_, problem)) => window::wrapped(problem, bottom.width, policy)
                .into_iter()
                .map(|row| Line::of(Role::NoticeError, row))
                .collect(),
            None => vec![self.hint(), self.keys(desk)],
        };
        picture.lines(bottom, rows);
    }

    fn view_form(&self, picture: &mut Picture, area: Rect) {
        let focused = self.focus == Field::Form;
        let (role, name) = match (self.chosen, self.form()) {
            (Some(_), Some(form)) => (Role::Text, format!("{}（另选）", form.name)),
            (None, Some(form)) => (Role::Text, format!("{}（随年度）", form.name)),
            (_, None) => (Role::Placeholder, "录入年度后自动选定".to_owned()),
        };
        let text = if focused { format!("< {name} >") } else { name };
        let line = Line::of(if focused { Role::HeadActive } else { Role::Label }, "格式")
            .add(Role::Label, "     ")
            .add(if focused { Role::Cursor } else { role }, text);
        picture.line(area, line);
    }

    fn hint(&self) -> Line {
        Line::of(
            Role::Dim,
            match self.focus {
                Field::Unit => "单位全称，与公章一致。",
                Field::Year => "四位年份，是报告所反映的那一年。",
                Field::Form => "左右键另选格式；一般不必改。",
            },
        )
    }

    fn keys(&self, desk: &Desk<'_>) -> Line {
        let enter = if self.focus == Field::Unit { "下一项" } else { "新建" };
        let keys: [(&[Action], _); 3] = [
            (&[Action::CommitNext], enter),
            (&[Action::MoveUp, Action::MoveDown], "换项"),
            (&[Action::Cancel], "取消"),
        ];
        window::hints(desk.keymap, CONTEXTS, &keys)
    }

    /// Chooses another form. False if the action does not.
    fn turn(&mut self, action: Action) -> bool {
        let last = self.forms.len();
        // 0 is the year's own form, the others follow.
        let at = self.chosen.map_or(0, |index| index + 1);
        let to = match action {
            Action::CaretRight | Action::Type(' ') => (at + 1) % (last + 1),
            Action::CaretLeft => (at + last) % (last + 1),
            _ => return false,
        };
        self.chosen = to.checked_sub(1);
        true
    }

    fn submit(&mut self) -> OverlayFlow {
        let unit = self.unit.text().trim();
        let problem = if unit.is_empty() {
            (Field::Unit, "请填写编制单位。")
        } else if let Some(year) = read_year(self.year.text()) {
            let own = self.own_form(year);
            match self.chosen.and_then(|index| self.forms.get(index)).or(own) {
                Some(form) => {
                    let form = (Some(form) != own).then(|| form.id.clone());
                    return OverlayFlow::Submit(Wish::Create { unit: unit.to_owned(), year, form });
                }
                None => (Field::Form, "没有适用于这个年度的格式。请改年度，或用左右键选一种格式。"),
            }
        } else {
            (Field::Year, "年度认不出。请填四位年份，例如 2024。")
        };
        self.problem = Some(problem);
        self.focus = problem.0;
        OverlayFlow::Done
    }

    /// The form chosen, or else that of the year.
    fn form(&self) -> Option<&FormChoice> {
        match self.chosen {
            Some(index) => self.forms.get(index),
            None => self.own_form(read_year(self.year.text())?),
        }
    }

    fn own_form(&self, year: i64) -> Option<&FormChoice> {
        let covers =
            |form: &&FormChoice| year >= form.years.0 && form.years.1.is_none_or(|last| year <= last);
        self.forms.iter().rev().find(covers)
    }
}

impl Field {
    const fn next(self) -> Self {
        match self {
            Self::Unit => Self::Year,
            Self::Year => Self::Form,
            Self::Form => Self::Unit,
        }
    }

    const fn previous(self) -> Self {
        match self {
            Self::Unit => Self::Form,
            Self::Year => Self::Unit,
            Self::Form => Self::Year,
        }
    }
}

/// Four digits of full or half width, with or without 年 or 年度 behind.
fn read_year(text: &str) -> Option<i64> {
    let text = text.trim();
    let text = text.strip_suffix("年度").or_else(|| text.strip_suffix('年')).unwrap_or(text).trim();
    let digits: String = text.chars().map(half_width).collect();
    let is_year = digits.len() == 4 && digits.chars().all(|c| c.is_ascii_digit());
    digits.parse().ok().filter(|year| is_year && *year >= 1900)
}

#[cfg(test)]
mod tests {
    use super::read_year;

    #[test]
    fn years_are_read_as_people_write_them() {
        for text in ["2024", " 2024 ", "２０２４", "2024年", "2024 年度"] {
            assert_eq!(read_year(text), Some(2024), "{text}");
        }
        for text in ["", "24", "20245", "二〇二四", "-024", "0024", "年"] {
            assert_eq!(read_year(text), None, "{text}");
        }
    }
}
