//! Documents in and out: every file format is read into a [`Document`] and written from one.
//!
//! A reader knows its format and nothing of any form; [`recognise`](mod@recognise) knows forms and nothing of any format. The
//! same holds on the way out: [`compose`] lays a report out as a document, and a writer puts it into a file.

pub mod compose;
mod contained;
mod counting;
pub mod csv;
pub mod document;
pub mod docx;
pub mod error;
#[cfg(test)]
mod examples;
pub mod export;
pub mod format;
pub mod html;
pub mod import;
mod intake;
pub mod json;
pub mod limits;
pub mod markdown;
pub mod note;
mod ooxml;
pub mod pdf;
mod raised;
pub mod recognise;
pub mod sheets;
pub mod sniff;
pub mod text;

pub(crate) use contained::contained;
pub use contained::{hush_contained, is_contained};
pub use document::{At, Block, Document, Doubt, Lost};
pub use error::{ExportError, ImportError};
pub use format::Format;
pub use limits::Limits;
pub use note::{Note, NoteKind};
pub use recognise::{Import, recognise};
