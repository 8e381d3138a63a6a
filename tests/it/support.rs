//! What several of the tests need.

pub(crate) mod emulator;
pub(crate) mod play;
