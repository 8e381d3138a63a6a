//! The way from the command line to the screen.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Outcome, common};
use crate::model::visible_lines;
use crate::store::files::Files;
use crate::tui::farewell::{Cause, Farewell, Work};
use crate::tui::run::{self, Opening};

/// Opens the screen on a draft, or without one.
pub(super) fn run_screen(
    draft: Option<PathBuf>,
    form: Option<&Path>,
    files: Arc<dyn Files>,
    err: &mut dyn Write,
) -> anyhow::Result<Outcome> {
    let catalogue = common::catalogue(form)?;
    let environment = |name: &str| std::env::var(name).ok();
    let farewell = run::run(Opening { draft, catalogue, environment }, files)?;
    if let Some(words) = farewell.words() {
        // With the terminal gone there may be nobody left to be told.
        let _ = writeln!(err, "{}", visible_lines(&words));
    }
    Ok(match farewell {
        Farewell::Ended { cause: Cause::Broken, .. } => Outcome::Broken,
        Farewell::Ended { work: Work::Lost { .. } | Work::Doubtful(_), .. } => Outcome::Misused,
        Farewell::Left | Farewell::Ended { .. } => Outcome::Done,
    })
}
