//! Documents in and out: every file format is read into a [`Document`] and written from one.
//!
//! A reader knows its format and nothing of any form; `recognise` knows forms and nothing of any format. The
//! same holds on the way out: `compose` lays a report out as a document, and a writer puts it into a file.

pub mod document;
pub mod error;
pub mod format;
pub mod limits;
pub mod note;
pub mod recognise;

pub use document::{At, Block, Document, Lost};
pub use error::ImportError;
pub use format::Format;
pub use limits::Limits;
pub use note::{Note, NoteKind};
pub use recognise::{Import, recognise};
