//! The way from the command line to the screen.

use std::path::{Path, PathBuf};

use super::{Outcome, common};
use crate::store::files::DiskFiles;
use crate::tui::run::{self, Opening};

/// Opens the screen on a draft, or without one.
pub(super) fn run_screen(draft: Option<PathBuf>, form: Option<&Path>) -> anyhow::Result<Outcome> {
    let catalogue = common::catalogue(form)?;
    let environment = |name: &str| std::env::var(name).ok();
    run::run(Opening { draft, catalogue, environment }, &DiskFiles)?;
    Ok(Outcome::Done)
}
