//! What is shared with the other integration tests.

#[allow(dead_code, reason = "the other tests use the rest")]
#[path = "../it/support/pty.rs"]
pub(crate) mod pty;
#[allow(dead_code, reason = "the other tests use the rest")]
#[path = "../it/support/report.rs"]
pub(crate) mod report;
