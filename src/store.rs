//! Drafts on disk.

pub mod atomic;
pub mod decode;
pub mod error;
pub mod files;
pub mod recent;
