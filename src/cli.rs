//! The command line: new, check, get, set, import, export, backups, restore and form work on files; without a command the screen opens.
//!
//! Exit codes: 0 if all is well, 1 if something is wrong in what was checked, 2 if a file could not be read,
//! changes were lost or the command was misused, 3 if the screen ended by a mistake of the program.

mod backups;
mod check;
mod common;
mod export;
mod form;
mod fresh;
mod get;
mod guarded;
mod json;
mod new;
mod plain;
mod restore;
mod screen;
mod set;
mod usage;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{FromArgMatches, Parser, Subcommand};

use crate::exchange::hush_contained;
use crate::model::visible_lines;
use crate::store::error::Trouble;
use crate::store::files::{DiskFiles, Files};

use plain::Plain;

/// Runs the command line `args`, the first of which names the program. Results go to `out`, remarks about them
/// to `err`.
///
/// # Errors
/// What stopped the command, as a text for people, who have not been told yet. A reader of `out` that went away
/// is no error.
pub fn run(
    args: impl IntoIterator<Item = OsString>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    hush_contained();
    let args: Vec<OsString> = args.into_iter().collect();
    let parsed =
        usage::command().try_get_matches_from(&args).and_then(|matches| Cli::from_arg_matches(&matches));
    let mut console = Console { out: Plain::new(out), err: Plain::new(err) };
    let outcome = match parsed {
        // The screen has no results, and a terminal that is gone takes none.
        Ok(Cli { draft, form, command: None }) => {
            return settle(screen::run_screen(draft, form.as_deref(), Arc::new(DiskFiles), &mut console.err));
        }
        Ok(Cli { command: Some(command), .. }) => dispatch(command, &mut console),
        Err(error) => usage::explain(&error, &args, &mut console.out),
    };
    settle(outcome.and_then(|outcome| {
        console.out.flush()?;
        Ok(outcome)
    }))
}

/// Opens the screen on a draft, or without one, over the given file layer, as [`run`] does over the disk.
///
/// # Errors
/// As [`run`].
pub fn screen(
    draft: Option<PathBuf>,
    form: Option<&Path>,
    files: Arc<dyn Files>,
    err: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    settle(screen::run_screen(draft, form, files, err))
}

// Comments and not doc comments from here on: clap would show those to users.

#[derive(Parser)]
#[command(
    name = "gouji",
    version,
    about = "勾稽：填写并核对政府信息公开工作年度报告。\n不写命令时打开填报界面；要打开的草稿如与命令同名，请写成 ./名称。",
    override_usage = "gouji [草稿] [--form <表式>]\n      gouji <命令> …",
    args_conflicts_with_subcommands = true
)]
struct Cli {
    #[arg(value_name = "草稿", help = "要打开的草稿文件")]
    draft: Option<PathBuf>,
    #[arg(long, value_name = "表式", help = "表式的名称，或自定义表式的文件")]
    form: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    New(new::New),
    Check(check::Check),
    Get(get::Get),
    Set(set::Set),
    Export(export::Export),
    Backups(backups::Backups),
    Restore(restore::Restore),
    Form(form::FormCommand),
}

/// Where a command writes.
struct Console<'a> {
    /// Results.
    out: Plain<'a>,
    /// Remarks about the results.
    err: Plain<'a>,
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// All is well.
    Done,
    /// What was checked is wrong.
    Wrong,
    /// A file could not be read, or the command was misused; the user has been told.
    Misused,
    /// The program has a mistake; the user has been told.
    Broken,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Done => 0,
            Outcome::Wrong => 1,
            Outcome::Misused => 2,
            Outcome::Broken => 3,
        })
    }
}

fn dispatch(command: Command, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    match command {
        Command::New(new) => new::run(&new, console),
        Command::Check(check) => check::run(&check, console),
        Command::Get(get) => get::run(&get, console),
        Command::Set(set) => set::run(&set, console),
        Command::Export(export) => export::run(&export, console),
        Command::Backups(backups) => backups::run(&backups, console),
        Command::Restore(restore) => restore::run(&restore, console),
        Command::Form(form) => form::run(form, console),
    }
}

/// The exit code, or the error in words that are safe to print.
fn settle(outcome: anyhow::Result<Outcome>) -> anyhow::Result<ExitCode> {
    let error = match outcome {
        Ok(outcome) => return Ok(outcome.into()),
        Err(error) => error,
    };
    match error.downcast_ref::<io::Error>() {
        Some(cause) if cause.kind() == io::ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        Some(cause) => anyhow::bail!("写出结果失败：{}", Trouble::of(cause)),
        None => anyhow::bail!("{}", visible_lines(&error.to_string())),
    }
}

#[cfg(test)]
mod tests;
