//! 审核: all findings, section by section, and the way to each of them.

mod list;
#[cfg(test)]
mod tests;

use ratatui::layout::Rect;

use self::list::{Counts, Entry, Painter, Subject};
use super::grid::set_apart;
use super::lines::keep_in_sight;
use super::prose::fix_of;
use crate::check::{Issue, Spot};
use crate::form::{Form, InstanceId, Severity};
use crate::model::{Place, Question};
use crate::session::Session;
use crate::tui::action::Action;
use crate::tui::context::{Settings, View};
use crate::tui::flow::Flow;
use crate::tui::keymap::Context;
use crate::tui::picture::Picture;
use crate::tui::shown::Line;
use crate::tui::theme::Role;
use crate::tui::width::Policy;

/// The list of findings, laid out when it is settled.
#[derive(Debug, Default)]
pub struct FindingsTab {
    /// What the cursor can stand on.
    entries: Vec<Entry>,
    /// The entry under the cursor.
    cursor: usize,
    summary: Line,
    rows: Vec<Row>,
    first_row: usize,
    height: u16,
}

/// One line of the list.
#[derive(Debug)]
struct Row {
    line: Line,
    /// The entry it belongs to; none for headings.
    entry: Option<usize>,
}

impl FindingsTab {
    /// A list with the cursor on its first finding.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lays the findings out anew. The cursor follows its finding, or stays near if that is gone.
    pub fn settle(&mut self, session: &Session, area: Rect, policy: Policy) {
        let form: &Form = session.form();
        let issues = session.evaluation().issues_in_order(form);
        let groups = list::groups(form, session.report(), &issues);
        let chosen = self.entries.get(self.cursor).map(|entry| entry.subject);
        self.entries = groups.iter().flat_map(|group| group.entries.iter().cloned()).collect();
        let again = chosen.and_then(|old| self.entries.iter().position(|entry| entry.subject == old));
        self.cursor = again.unwrap_or(self.cursor).min(self.entries.len().saturating_sub(1));

        self.summary = summary(session);
        self.rows.clear();
        if groups.is_empty() {
            self.rows.extend(all_is_well(form).map(|line| Row { line, entry: None }));
        }
        let painter = Painter::new(session, area.width, policy);
        let mut next = 0;
        for group in &groups {
            self.rows.push(Row { line: painter.heading(group), entry: None });
            for entry in &group.entries {
                let lines = painter.entry(entry, &issues, next == self.cursor);
                self.rows.extend(lines.into_iter().map(|line| Row { line, entry: Some(next) }));
                next += 1;
            }
        }
        self.height = list_area(area).height;
        self.scroll();
    }

    /// Moves in the list, or wishes to go to the finding under the cursor.
    pub fn on(&mut self, action: Action, session: &Session, _settings: Settings) -> Flow {
        let last = self.entries.len().saturating_sub(1);
        match action {
            Action::ListUp => self.cursor = self.cursor.saturating_sub(1),
            Action::ListDown => self.cursor = (self.cursor + 1).min(last),
            Action::ListFirst => self.cursor = 0,
            Action::ListLast => self.cursor = last,
            Action::ListPageUp => self.cursor = self.a_page_up(),
            Action::ListPageDown => self.cursor = self.a_page_down().min(last),
            Action::GoToFinding | Action::Choose => {
                return self.entries.get(self.cursor).map_or(Flow::Done, |entry| Flow::Go(entry.spot));
            }
            Action::ApplyFix => return self.fix(session),
            Action::GoBack | Action::Cancel => return Flow::Back,
            _ => return Flow::Ignored,
        }
        Flow::Done
    }

    /// There is nothing to paste into.
    pub fn paste(&mut self, _text: &str, _session: &Session) -> Flow {
        Flow::Ignored
    }

    /// The place of the finding under the cursor.
    pub fn place(&self, _session: &Session) -> Option<Place> {
        self.entries.get(self.cursor).map(|entry| entry.spot.place)
    }

    /// Which keys apply.
    pub fn contexts(&self) -> &'static [Context] {
        &[Context::Findings, Context::List, Context::Global]
    }

    /// Shows the list.
    pub fn view(&self, _view: &View<'_>, area: Rect, picture: &mut Picture) {
        let list = list_area(area);
        if list.y > area.y {
            picture.line(area, self.summary.clone());
        }
        let rows = self.rows.iter().skip(self.first_row).take(list.height.into());
        picture.lines(list, rows.map(|row| row.line.clone()));
        // The terminal's cursor goes with ours, for readers of the screen.
        if let Some(at) = self.row_of(self.cursor).and_then(|row| row.checked_sub(self.first_row))
            && at < usize::from(list.height)
            && list.width > 0
        {
            picture.put_cursor(list.x, list.y + at as u16);
        }
    }

    /// The issue under the cursor; of many that are listed as one, the first.
    pub fn issue<'s>(&self, session: &'s Session) -> Option<Issue<'s>> {
        let entry = self.entries.get(self.cursor)?;
        session.evaluation().issues_in_order(session.form()).get(entry.issue).copied()
    }

    /// Puts the cursor on the first issue that puts one of these questions.
    pub fn look_for(&mut self, session: &Session, questions: &[&Question]) {
        let (form, report) = (session.form(), session.report());
        let issues = session.evaluation().issues_in_order(form);
        let groups = list::groups(form, report, &issues);
        self.entries = groups.into_iter().flat_map(|group| group.entries).collect();
        let asked = |entry: &Entry| {
            let issue = issues.get(entry.issue).filter(|issue| issue.may_stand(form));
            issue.is_some_and(|issue| questions.contains(&&issue.question(form, report)))
        };
        if let Some(found) = self.entries.iter().position(asked) {
            self.cursor = found;
        }
    }

    fn fix(&self, session: &Session) -> Flow {
        let place = self.entries.get(self.cursor).map(|entry| entry.spot.place);
        if let Some(Place::Cell(_)) = place {
            return set_apart(session, place);
        }
        let Some(Spot { place: Place::Text(text), at }) =
            self.entries.get(self.cursor).map(|entry| entry.spot)
        else {
            return fix_of(session, None);
        };
        let Some(Subject::Remark(_, topic, _)) = self.entries.get(self.cursor).map(|entry| entry.subject)
        else {
            return fix_of(session, None);
        };
        let remarks = session.evaluation().remarks().iter();
        let here = remarks.filter(|noted| noted.text == text && noted.remark.range.start == at);
        fix_of(session, here.map(|noted| (text, &noted.remark)).find(|(_, remark)| remark.topic == topic))
    }

    fn scroll(&mut self) {
        let start = self.row_of(self.cursor).unwrap_or(0);
        let own = self.rows.iter().skip(start).take_while(|row| row.entry == Some(self.cursor)).count();
        // A heading comes along with the first finding below it.
        let heading = start.checked_sub(1).and_then(|above| self.rows.get(above));
        let with_heading = heading.is_some_and(|row| row.entry.is_none()) && own < usize::from(self.height);
        let block = start - usize::from(with_heading)..start + own;
        self.first_row = keep_in_sight(self.first_row, &block, self.rows.len(), self.height);
    }

    fn row_of(&self, entry: usize) -> Option<usize> {
        self.rows.iter().position(|row| row.entry == Some(entry))
    }

    fn a_page_up(&self) -> usize {
        let row = self.row_of(self.cursor).unwrap_or(0).saturating_sub(self.page());
        let reached = self.rows.iter().skip(row).find_map(|row| row.entry).unwrap_or(0);
        reached.min(self.cursor.saturating_sub(1))
    }

    fn a_page_down(&self) -> usize {
        let row = self.row_of(self.cursor).unwrap_or(0) + self.page();
        let reached = self.rows.iter().take(row + 1).rev().find_map(|row| row.entry).unwrap_or(0);
        reached.max(self.cursor + 1)
    }

    fn page(&self) -> usize {
        usize::from(self.height).saturating_sub(1).max(1)
    }
}

/// The part of the area below the summary, which is left out where there is hardly room for the list.
fn list_area(area: Rect) -> Rect {
    let top = u16::from(area.height >= 4);
    Rect { y: area.y + top, height: area.height - top, ..area }
}

fn summary(session: &Session) -> Line {
    let form: &Form = session.form();
    let issues = session.evaluation().issues();
    let findings = session.evaluation().findings();
    if issues.clone().next().is_none() {
        return Line::of(Role::Agrees, "没有发现问题");
    }
    let counts = Counts::of(form, session.report(), issues);
    let mut failing: Vec<InstanceId> = findings.iter().map(|finding| finding.instance).collect();
    failing.sort_unstable();
    failing.dedup();
    let holding = form.program.instances.len().saturating_sub(failing.len());
    let (mandatory, verify) = (Severity::Mandatory.name(), Severity::Verify.name());
    let text = format!(
        "{mandatory} {} 条，{verify} {} 条，空白 {} 处",
        counts.mandatory, counts.verify, counts.blanks
    );
    let explained = match counts.explained {
        0 => String::new(),
        count => format!("，已说明 {count} 条"),
    };
    let line = Line::of(Role::Text, text + &explained);
    // What is blank was not compared, so nothing can be said of the rest then.
    if counts.blanks > 0 { line } else { line.add(Role::Dim, format!("；其余 {holding} 条关系成立")) }
}

fn all_is_well(form: &Form) -> impl Iterator<Item = Line> + use<> {
    let checked = format!("{} 条关系全部成立。", form.program.instances.len());
    [checked, "应填的各项都已填写，没有空白。".to_owned()].into_iter().map(|text| Line::of(Role::Text, text))
}
