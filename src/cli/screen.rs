//! The way from the command line to the screen.

use std::path::PathBuf;

use super::Outcome;

/// Opens the screen on a draft, or without one.
pub(super) fn run_screen(draft: Option<PathBuf>, form: Option<PathBuf>) -> anyhow::Result<Outcome> {
    let named = draft.or(form).map_or(String::new(), |path| format!("“{}”", path.display()));
    anyhow::bail!("填报界面打不开{named}：本程序只带有命令。请运行 gouji --help 查看可用的命令");
}
