//! Drafts on disk.

pub mod atomic;
pub mod backup;
pub mod beside;
pub mod content;
pub mod decode;
pub mod draft;
pub mod error;
pub mod files;
pub mod guard;
pub mod journal;
pub mod keeper;
pub mod lock;
pub mod moment;
pub mod open;
pub mod recent;
