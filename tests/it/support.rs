//! What several of the tests need.

pub(crate) mod emulator;
pub(crate) mod files;
pub(crate) mod play;
#[cfg(unix)]
pub(crate) mod pty;
#[cfg(unix)]
pub(crate) mod report;
pub(crate) mod svg;
pub(crate) mod strict;
