//! The way from the command line to the screen.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Outcome, common};
use crate::store::files::DiskFiles;
use crate::tui::run::{self, Farewell, Opening};

/// Opens the screen on a draft, or without one.
pub(super) fn run_screen(
    draft: Option<PathBuf>,
    form: Option<&Path>,
    err: &mut dyn Write,
) -> anyhow::Result<Outcome> {
    let catalogue = common::catalogue(form)?;
    let environment = |name: &str| std::env::var(name).ok();
    match run::run(Opening { draft, catalogue, environment }, Arc::new(DiskFiles))? {
        Farewell::Left => Ok(Outcome::Done),
        Farewell::Stopped { kept: true } => {
            writeln!(err, "程序被终止；没有保存的改动已记入恢复文件，下次打开时可以恢复。")?;
            Ok(Outcome::Done)
        }
        Farewell::Stopped { kept: false } => {
            writeln!(err, "程序被终止；最后的改动没有能记入恢复文件，可能丢失。")?;
            Ok(Outcome::Misused)
        }
    }
}
