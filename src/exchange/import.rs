//! The bytes of a file as a report.

use super::error::ImportError;
use super::limits::Limits;
use super::recognise::{Import, recognise};
use super::sniff;
use crate::form::Catalogue;

/// Reads a file of any known kind and recognises the report in it. `name` is the name of the file, whose ending
/// decides where the content does not; `wanted` is the id of the form that it is on, if that is known better than the
/// tables show.
///
/// # Errors
/// If the file is of no known kind, damaged, larger than `limits` allow, or holds nothing of any form.
pub fn import(
    bytes: &[u8],
    name: Option<&str>,
    catalogue: &Catalogue,
    wanted: Option<&str>,
    limits: &Limits,
) -> Result<Import, ImportError> {
    let format = sniff::sniff(bytes, name)?;
    let document = sniff::read(bytes, format, limits)?;
    recognise(&document, catalogue, wanted)
}
