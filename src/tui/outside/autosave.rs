//! Saving without being asked, where the user has turned it on.

use std::time::{Duration, Instant};

use super::Outside;
use crate::store::guard::Standing;
use crate::tui::app::App;
use crate::tui::effect::Effect;
use crate::tui::flow::Then;

/// How long after a change it is saved.
pub const EVERY: Duration = Duration::from_secs(60);

impl Outside {
    /// How long the loop may sleep before [`autosave`](Self::autosave) has something to do; none if it has not.
    pub fn autosave_in(&self, app: &mut App, every: Duration) -> Option<Duration> {
        let wanted = app.settings().autosave;
        let workbench = app.workbench_mut()?;
        let unsaved = workbench.session().has_unsaved() && workbench.path.is_some();
        let upkeep = workbench.upkeep.as_mut()?;
        let may = !matches!(upkeep.standing, Standing::ReadOnly { .. }) && upkeep.saving.is_none();
        if !(wanted && unsaved && may) {
            upkeep.unsaved_since = None;
            return None;
        }
        let since = *upkeep.unsaved_since.get_or_insert_with(Instant::now);
        Some((since + every).saturating_duration_since(Instant::now()))
    }

    /// Saves the report if it is time. What goes wrong is told, and tried again after the same time.
    pub fn autosave(&mut self, app: &mut App, every: Duration) -> Vec<Effect> {
        if self.autosave_in(app, every) != Some(Duration::ZERO) {
            return Vec::new();
        }
        let Some(workbench) = app.workbench_mut() else { return Vec::new() };
        if let Some(upkeep) = &mut workbench.upkeep {
            upkeep.unsaved_since = None;
        }
        let Some(path) = workbench.path.clone() else { return Vec::new() };
        self.save(app, &path, false, Then::Stay, true)
    }
}
