//! 封面: the facts of the cover, one field a line.

mod sheet;
#[cfg(test)]
mod tests;

use ratatui::layout::Rect;

use self::sheet::Sheet;
use super::lines::keep_in_sight;
use crate::form::{Choice, Fact, FactKind};
use crate::model::{Edit, FactId, Place};
use crate::session::Session;
use crate::tui::action::Action;
use crate::tui::context::{Settings, View};
use crate::tui::flow::Flow;
use crate::tui::input_line::InputLine;
use crate::tui::keymap::Context;
use crate::tui::notice::Notice;
use crate::tui::picture::Picture;
use crate::tui::width::Policy;

/// The fields of the cover and the line being edited.
#[derive(Debug, Default)]
pub struct CoverTab {
    /// Index of the fact under the cursor.
    at: usize,
    field: Option<Field>,
    first_row: usize,
}

/// The field under the cursor.
#[derive(Debug)]
struct Field {
    fact: FactId,
    line: InputLine,
    /// What stood there before the visit.
    before: String,
}

impl CoverTab {
    /// A cover with the cursor on its first field.
    pub fn new() -> Self {
        Self::default()
    }

    /// Follows changes made elsewhere, such as undo, and scrolls to the cursor.
    pub fn settle(&mut self, session: &Session, area: Rect, policy: Policy) {
        self.follow(session);
        let sheet = self.sheet(session, area.width, policy);
        let last = self.at + 1 >= session.form().facts.len();
        let rows = sheet.lines.len();
        // Below the last field stands what no cursor reaches.
        let wanted = if last { sheet.block.start..rows } else { sheet.block.clone() };
        let wanted = if self.at == 0 { 0..wanted.end } else { wanted };
        let first = keep_in_sight(self.first_row, &wanted, rows, area.height);
        self.first_row = keep_in_sight(first, &sheet.block, rows, area.height);
    }

    /// Types into the field under the cursor, or leaves it.
    pub fn on(&mut self, action: Action, session: &Session, _settings: Settings) -> Flow {
        self.follow(session);
        let last = session.form().facts.len().saturating_sub(1);
        let Some(fact) = session.form().facts.get(self.at) else { return Flow::Ignored };
        match action {
            Action::CommitNext | Action::EditCell if matches!(fact.kind, FactKind::Choice(_)) => {
                Flow::Choose(fact.id)
            }
            Action::CommitNext | Action::NextCell | Action::MoveDown => {
                self.leave_for((self.at + 1).min(last))
            }
            Action::CommitPrevious | Action::PreviousCell | Action::MoveUp => {
                self.leave_for(self.at.saturating_sub(1))
            }
            Action::TableStart | Action::PageUp => self.leave_for(0),
            Action::TableEnd | Action::PageDown => self.leave_for(last),
            Action::Cancel => self.give_back(session),
            Action::ClearCell => self.replace(session, fact.id, ""),
            Action::Copy => Flow::Copy(shown(fact, session)),
            Action::Cut => match edit(session, fact.id, "") {
                Some(edit) => Flow::Cut(shown(fact, session), edit),
                None => Flow::Done,
            },
            _ => match &fact.kind {
                FactKind::Choice(options) => self.choose(action, session, fact.id, options),
                _ => self.type_in(action, session),
            },
        }
    }

    /// Inserts what was pasted; for a choice, picks the option of that name.
    pub fn paste(&mut self, text: &str, session: &Session) -> Flow {
        self.follow(session);
        let Some(fact) = session.form().facts.get(self.at) else { return Flow::Ignored };
        if let FactKind::Choice(options) = &fact.kind {
            let text = text.trim();
            return match options.iter().find(|option| option.label == text || option.id == text) {
                Some(option) => self.replace(session, fact.id, &option.id),
                None => Flow::Tell(Notice::failed("粘贴的内容不在选项之中，请按数字键选定。")),
            };
        }
        match &mut self.field {
            Some(field) => {
                field.line.insert(text);
                field.flow(session)
            }
            None => Flow::Ignored,
        }
    }

    /// Puts the cursor on a fact.
    pub fn go(&mut self, fact: FactId) {
        if self.at != fact.index() {
            self.at = fact.index();
            self.field = None;
        }
    }

    /// The fact under the cursor.
    pub fn place(&self, session: &Session) -> Option<Place> {
        session.form().facts.get(self.at).map(|fact| Place::Fact(fact.id))
    }

    /// Which keys apply. The field under the cursor is always ready to be typed in.
    pub fn contexts(&self) -> &'static [Context] {
        &[Context::TextInput, Context::Cover, Context::Global]
    }

    /// Shows the fields, and below them what they make.
    pub fn view(&self, view: &View<'_>, area: Rect, picture: &mut Picture) {
        let sheet = self.sheet(view.session, area.width, view.policy);
        if let Some((row, column)) = sheet.caret
            && let Some(down) = row.checked_sub(self.first_row)
            && down < usize::from(area.height)
            && column < area.width
        {
            picture.put_cursor(area.x + column, area.y + down as u16);
        }
        picture.lines(area, sheet.lines.into_iter().skip(self.first_row));
    }

    fn sheet(&self, session: &Session, width: u16, policy: Policy) -> Sheet {
        Sheet::new(session, self.at, self.field.as_ref().map(|field| &field.line), width, policy)
    }

    /// Makes the line that of the fact under the cursor, and takes over a value that came from elsewhere.
    fn follow(&mut self, session: &Session) {
        let facts = &session.form().facts;
        self.at = self.at.min(facts.len().saturating_sub(1));
        let Some(fact) = facts.get(self.at).map(|fact| fact.id) else { return };
        let value = session.report().fact(fact);
        let agrees = |field: &Field| {
            field.fact == fact && (field.line.text() == value || field.line.text().trim() == value)
        };
        if !self.field.as_ref().is_some_and(agrees) {
            self.field = Some(Field { fact, line: InputLine::replacing(value), before: value.to_owned() });
        }
    }

    fn leave_for(&mut self, at: usize) -> Flow {
        self.at = at;
        self.field = None;
        Flow::Left
    }

    fn give_back(&mut self, session: &Session) -> Flow {
        let Some(field) = &mut self.field else { return Flow::Ignored };
        let before = field.before.clone();
        let fresh = field.line.is_fresh();
        field.line = InputLine::replacing(before.clone());
        match edit(session, field.fact, &before) {
            Some(edit) => Flow::Edit { edit, joins: true },
            None if fresh => Flow::Ignored,
            None => Flow::Done,
        }
    }

    fn type_in(&mut self, action: Action, session: &Session) -> Flow {
        let Some(field) = &mut self.field else { return Flow::Ignored };
        if action == Action::EditCell {
            field.line = InputLine::new(field.line.text());
        } else if !field.line.on(action) {
            return Flow::Ignored;
        }
        field.flow(session)
    }

    fn choose(&mut self, action: Action, session: &Session, fact: FactId, options: &[Choice]) -> Flow {
        let value = session.report().fact(fact);
        let now = options.iter().position(|option| option.id == value);
        let last = options.len().saturating_sub(1);
        let wanted = match action {
            Action::CaretLeft => now.map_or(last, |now| now.saturating_sub(1)),
            Action::CaretRight => now.map_or(0, |now| (now + 1).min(last)),
            Action::CaretLineStart => 0,
            Action::CaretLineEnd => last,
            Action::DeleteBack | Action::DeleteForward => return self.replace(session, fact, ""),
            Action::Type(c) => match number(c).and_then(|number| number.checked_sub(1)) {
                Some(index) if index <= last => index,
                _ => return Flow::Tell(Notice::failed("请按选项前的数字，或按左右键选定。")),
            },
            _ => return Flow::Ignored,
        };
        options.get(wanted).map_or(Flow::Done, |option| self.replace(session, fact, &option.id))
    }

    fn replace(&mut self, session: &Session, fact: FactId, value: &str) -> Flow {
        if let Some(field) = &mut self.field {
            field.line = InputLine::replacing(value);
        }
        edit(session, fact, value).map_or(Flow::Done, |edit| Flow::Edit { edit, joins: true })
    }
}

impl Field {
    /// The change that brings the report to what stands in the line.
    fn flow(&self, session: &Session) -> Flow {
        let changed = edit(session, self.fact, self.line.text());
        changed.map_or(Flow::Done, |edit| Flow::Edit { edit, joins: true })
    }
}

/// The change that gives a fact this value, if it has another one.
fn edit(session: &Session, fact: FactId, value: &str) -> Option<Edit> {
    // A value that is there already is not tidied up just because the cursor passed.
    if session.report().fact(fact) == value {
        return None;
    }
    let edit = session.typed(Place::Fact(fact), value);
    (!edit.changes_nothing(session.report())).then_some(edit)
}

/// What stands in a fact, as people read it.
fn shown(fact: &Fact, session: &Session) -> String {
    let value = session.report().fact(fact.id);
    match &fact.kind {
        FactKind::Choice(options) => {
            options.iter().find(|option| option.id == value).map_or(value, |option| &option.label).to_owned()
        }
        _ => value.to_owned(),
    }
}

/// The number that a digit stands for; the input method may give it in full width.
fn number(digit: char) -> Option<usize> {
    let half = match digit {
        '０'..='９' => u32::from(digit) - u32::from('０'),
        _ => digit.to_digit(10)?,
    };
    usize::try_from(half).ok()
}
