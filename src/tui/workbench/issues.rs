//! The way from issue to issue, and what there is to say where the cursor is.

use super::{SectionTab, Workbench};
use crate::check::{Issue, Spot};
use crate::model::Place;
use crate::prose::Remark;
use crate::tui::tab::prose::remark_at;

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

    /// The remark about the piece of prose at the caret; of several the one that begins last.
    pub fn remark_here(&self) -> Option<&Remark> {
        let Spot { place: Place::Text(text), at } = self.spot()? else { return None };
        remark_at(&self.session, text, at)
    }
}
