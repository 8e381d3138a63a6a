//! The way from issue to issue, and what there is to say where the cursor is.

use super::{Pane, SectionTab, Tab, Workbench};
use crate::check::{Finding, Issue, Spot};
use crate::model::{Edit, Place, Question};
use crate::tui::context::View;
use crate::tui::shown::Line;

impl Workbench {
    /// Where the next or previous issue without a reason is from here, round the ends; none if there is none.
    pub fn next_issue(&self, forward: bool) -> Option<Spot> {
        let (form, report) = (self.session.form(), self.session.report());
        let issues = self.session.evaluation().issues_in_order(form).into_iter();
        let mut spots: Vec<Spot> =
            issues.filter(|issue| !issue.is_explained(form, report)).map(Issue::spot).collect();
        spots.dedup();
        let rank = |spot: Spot| (self.rank(spot.place), spot);
        let Some(here) = self.spot().map(rank) else {
            return if forward { spots.first() } else { spots.last() }.copied();
        };
        if forward {
            spots.iter().find(|spot| rank(**spot) > here).or(spots.first()).copied()
        } else {
            spots.iter().rev().find(|spot| rank(**spot) < here).or(spots.last()).copied()
        }
    }

    /// The issue that the user is at: in the list of findings the one under the cursor, elsewhere one about what is
    /// under the cursor. Those that may stand with a reason and have none yet come first, then those that have one.
    pub fn issue_here(&self) -> Option<Issue<'_>> {
        let session = &self.session;
        let (form, report) = (session.form(), session.report());
        if self.tab == Tab::Findings {
            return self.findings.issue(session);
        }
        let place = self.place()?;
        let remark = self.prose().and_then(|prose| prose.remark_here(session));
        let about = |finding: &&Finding| match place {
            Place::Cell(cell) => finding.cells.contains(&cell) || finding.place == place,
            Place::Fact(_) | Place::Text(_) => finding.place == place,
        };
        let findings = session.evaluation().findings().iter().filter(about).map(Issue::Finding);
        let issues = remark.map(Issue::Remark).into_iter().chain(findings);
        issues.min_by_key(|issue| {
            (!issue.may_stand(form), issue.is_explained(form, report), issue.is_gap(form))
        })
    }

    /// Shows the finding whose reason an edit has changed: where one is, if it can be seen there, or in the list.
    pub(super) fn show_reason(&mut self, edit: &Edit) {
        let form = self.session.form();
        let questions = edit.questions();
        let here = self.place().map(|place| form.path(place));
        let is_here = |question: &&Question| here.as_ref() == Some(&question.path);
        if self.tab != Tab::Findings && !questions.iter().any(is_here) {
            self.tab = Tab::Findings;
        }
        self.findings.look_for(&self.session, &questions);
    }

    /// The cell, fact or text under the cursor, and where in the text.
    pub fn spot(&self) -> Option<Spot> {
        let place = self.place()?;
        let at = match (place, self.section()) {
            (Place::Text(_), Some(SectionTab { prose: Some(prose), .. })) => prose.caret_offset(),
            _ => 0,
        };
        Some(Spot { place, at })
    }

    /// What there is to say about the piece of prose at the caret, for the line below the tab; none where there is
    /// nothing, or something else is told.
    pub fn remark_line(&self, view: &View<'_>) -> Option<Line> {
        let Some(SectionTab { pane: Pane::Prose, prose: Some(prose), .. }) = self.section() else {
            return None;
        };
        prose.remark_lines(view).pop()
    }

    /// The row of the screen with the caret of the prose that is shown.
    pub fn caret_row(&self) -> Option<u16> {
        self.prose()?.caret_row()
    }
}
