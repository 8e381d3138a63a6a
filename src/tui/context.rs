//! What views may look at besides their own state.

use serde::{Deserialize, Serialize};

use super::keymap::{Context, Keymap};
use super::width::Policy;
use crate::session::Session;

/// Everything a tab needs to show itself. Read only.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The report.
    pub session: &'a Session,
    /// Keys, for hints.
    pub keymap: &'a Keymap,
    /// How wide the terminal draws ambiguous characters.
    pub policy: Policy,
    /// How the user likes to work.
    pub settings: Settings,
    /// Which keys apply just now.
    pub contexts: &'static [Context],
    /// Whether the line below the tab tells how something went.
    pub is_told: bool,
}

/// How the user likes to work; kept from one run to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Where Enter goes.
    pub enter: EnterDirection,
    /// Whether Enter stops at totals too, so that the totals on paper are keyed and compared.
    pub control_totals: bool,
    /// Whether the program saves by itself some time after a change.
    pub autosave: bool,
}

/// Where Enter goes after a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum EnterDirection {
    /// To the right, and from the end of a row to the next row.
    #[default]
    Right,
    /// Down, and from the end of a column to the next column.
    Down,
}
