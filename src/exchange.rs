//! Documents in and out: every file format is read into a [`Document`] and written from one.
//!
//! A reader knows its format and nothing of any form; `recognise` knows forms and nothing of any format. The
//! same holds on the way out: [`compose`] lays a report out as a document, and a writer puts it into a file.

pub mod compose;
pub mod document;
pub mod error;
pub mod format;
pub mod html;
pub mod limits;
pub mod markdown;
pub mod sheets;

pub use document::{At, Block, Document, Lost};
pub use error::{ExportError, ImportError};
pub use format::Format;
pub use limits::Limits;
