//! The way from issue to issue, and what there is to say where the cursor is.

use super::{Pane, SectionTab, Workbench};
use crate::check::{Issue, Spot};
use crate::model::Place;
use crate::tui::context::View;
use crate::tui::shown::Line;

impl Workbench {
    /// Where the next or previous issue from here is, round the ends; none if there is none.
    pub fn next_issue(&self, forward: bool) -> Option<Spot> {
        let issues = self.session.evaluation().issues_in_order(self.session.form());
        let mut spots: Vec<Spot> = issues.into_iter().map(Issue::spot).collect();
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
}
