//! What several of the tests need.

pub(crate) mod emulator;
pub(crate) mod play;
#[cfg(unix)]
pub(crate) mod pty;
pub(crate) mod svg;
pub(crate) mod strict;
