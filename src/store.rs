//! Drafts on disk.

pub mod atomic;
pub mod decode;
pub mod draft;
pub mod error;
pub mod files;
pub mod open;
pub mod recent;
