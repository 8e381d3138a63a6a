//! All integration tests in one binary.

// Helpers of tests may give up as the tests themselves do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod backups;
mod cli;
mod documents;
mod drafts;
#[cfg(unix)]
mod endings;
mod exchanging;
mod faults;
mod forms;
mod hostile;
mod live;
mod manual;
mod office;
mod overlays;
mod pictures;
mod prose;
mod prose_cases;
mod published;
#[cfg(unix)]
mod pty;
mod reasons;
mod received;
#[cfg(unix)]
mod recognising;
mod recovery;
mod rules;
mod samples;
mod screens;
mod seeds;
#[cfg(unix)]
mod sharing;
mod support;
mod surface;
mod tidy;
mod wordml;
mod writing;
