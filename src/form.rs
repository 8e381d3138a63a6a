//! The official format as data.

pub mod outline;
