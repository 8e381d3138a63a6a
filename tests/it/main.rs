//! All integration tests in one binary.

// Helpers of tests may give up as the tests themselves do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod backups;
mod cli;
mod drafts;
mod forms;
mod hostile;
mod manual;
mod pictures;
#[cfg(unix)]
mod pty;
#[cfg(unix)]
mod recovery;
mod rules;
mod samples;
mod screens;
mod support;
mod surface;
mod tidy;
