//! What all readers of plain text do first: bound the size, and decode.

use super::document::At;
use super::error::ImportError;
use super::format::Format;
use super::limits::Limits;
use crate::store::decode::decode;

/// The text of a file: UTF-8, UTF-16 with its mark, or GB18030.
///
/// # Errors
/// If the file or its text is longer than allowed, or is not text.
pub(super) fn text(bytes: &[u8], format: Format, limits: &Limits) -> Result<String, ImportError> {
    file(bytes, limits)?;
    let decoded = decode(bytes).map_err(|error| ImportError::Broken {
        format,
        at: At::Unknown,
        cause: error.to_string(),
    })?;
    if decoded.text.len() > limits.text {
        return Err(ImportError::TooMuch { what: "文字", max: size(limits.text as u64) });
    }
    Ok(decoded.text)
}

/// Whether a file is short enough to be looked at.
///
/// # Errors
/// If it is not.
pub(super) fn file(bytes: &[u8], limits: &Limits) -> Result<(), ImportError> {
    if bytes.len() as u64 > limits.file {
        return Err(ImportError::TooMuch { what: "文件长度", max: size(limits.file) });
    }
    Ok(())
}

/// The error that says what there is too much of, with the unit it is counted in.
pub(super) fn too_much(what: &'static str, max: usize, unit: &str) -> ImportError {
    ImportError::TooMuch { what, max: format!("{max}{unit}") }
}

/// So many bytes, as people say it.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes}字节"),
        1024..0x10_0000 => format!("{}KB", bytes >> 10),
        _ => format!("{}MB", bytes >> 20),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_said_in_units_people_know() {
        assert_eq!([size(12), size(2048), size(32 << 20)], ["12字节", "2KB", "32MB"]);
    }
}
