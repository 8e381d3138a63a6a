//! Drafts between disk and memory.

use std::path::Path;

use super::content::Content;
use super::decode::{self, Decoded, Encoding};
use super::draft::{self, Draft, DraftError, Notice};
use super::error::StoreError;
use super::files::{Files, read_limited};
use crate::form::Catalogue;

/// A draft from disk.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Its content.
    pub draft: Draft,
    /// What the user should know about the file, in its order.
    pub notices: Vec<Notice>,
    /// What the file held when it was read.
    pub content: Content,
}

/// Why a draft was not opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file could not be read.
    #[error(transparent)]
    File(#[from] StoreError),
    /// The file is no good draft.
    #[error(transparent)]
    Draft(#[from] DraftError),
}

/// Opens a draft. A file longer than [`decode::MAX_BYTES`] is refused without being read.
///
/// # Errors
/// If the file can not be read or is no draft.
pub fn open(files: &(impl Files + ?Sized), path: &Path, catalogue: &Catalogue) -> Result<Opened, OpenError> {
    let bytes = read_limited(files, path, decode::MAX_BYTES)?;
    let content = Content::of(&bytes);
    let decoded = as_text(path, &bytes)?;
    let (draft, mut notices) = draft::read(&path.display().to_string(), &decoded.text, catalogue)?;
    if decoded.encoding != Encoding::Utf8 {
        let message = format!("文件是 {} 编码，保存时会改为 UTF-8 编码", decoded.encoding.name());
        notices.insert(0, Notice { position: None, message });
    }
    Ok(Opened { draft, notices, content })
}

/// The text of a file of at most [`decode::MAX_BYTES`].
///
/// # Errors
/// If the file can not be read, is too long, or is no text.
pub fn read_text(files: &(impl Files + ?Sized), path: &Path) -> Result<Decoded, StoreError> {
    let bytes = read_limited(files, path, decode::MAX_BYTES)?;
    as_text(path, &bytes)
}

fn as_text(path: &Path, bytes: &[u8]) -> Result<Decoded, StoreError> {
    decode::decode(bytes).map_err(|cause| StoreError::NotText { path: path.to_owned(), cause })
}
