//! The official format as data.

pub mod caret;
pub mod outline;
pub mod ron_error;
