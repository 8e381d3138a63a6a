//! Bytes of a file to text.
//!
//! Windows Notepad writes UTF-8 with a mark, UTF-16 or the code page of the country; other programs write plain
//! UTF-8. Guessing wrong would show nonsense where there were names, so whatever does not decode cleanly is
//! refused.

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

/// The longest file that is read as text, 16 MiB. Whoever reads the bytes checks it before reading.
pub const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// The text of a file and how it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without byte order mark. Line ends stay as they were.
    pub text: String,
    /// How the bytes were to be read.
    pub encoding: Encoding,
    /// Whether the file began with a byte order mark.
    pub had_bom: bool,
}

/// The ways in which text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-16 with the low byte first, "Unicode" in Notepad.
    Utf16Le,
    /// UTF-16 with the high byte first.
    Utf16Be,
    /// The Chinese national standard, which contains GBK and GB 2312; "ANSI" in a Chinese Notepad.
    Gb18030,
}

/// Why bytes are not text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// No encoding fits, or there are NUL characters.
    #[error("不是文本文件")]
    NotText,
    /// The file is written in this encoding, by its mark or its content, but does not keep to it.
    #[error("像是 {} 编码的文本，但中间有损坏的字节", .0.name())]
    Damaged(Encoding),
}

/// Reads bytes as UTF-8, as UTF-16 if they begin with its mark, else as GB18030.
///
/// # Errors
/// If the bytes are not wholly text in one of these encodings; nothing is ever replaced or dropped.
pub fn decode(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    let (encoding, content, certain) = recognise(bytes);
    let text = match encoding {
        Encoding::Utf8 => std::str::from_utf8(content).ok().map(str::to_owned),
        Encoding::Utf16Le => strictly(UTF_16LE, content),
        Encoding::Utf16Be => strictly(UTF_16BE, content),
        Encoding::Gb18030 => strictly(GB18030, content),
    };
    let zeros_are_usual = matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be);
    match text {
        Some(text) if !text.contains('\0') => {
            Ok(Decoded { text, encoding, had_bom: content.len() < bytes.len() })
        }
        None if certain && (zeros_are_usual || !content.contains(&0)) => Err(DecodeError::Damaged(encoding)),
        _ => Err(DecodeError::NotText),
    }
}

impl Encoding {
    /// The name by which people know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
            Self::Gb18030 => "GB18030",
        }
    }
}

/// The encoding, the bytes after the mark, and whether the file itself says that it is this encoding.
fn recognise(bytes: &[u8]) -> (Encoding, &[u8], bool) {
    for (mark, encoding) in [
        (&b"\xEF\xBB\xBF"[..], Encoding::Utf8),
        (b"\xFF\xFE", Encoding::Utf16Le),
        (b"\xFE\xFF", Encoding::Utf16Be),
        (b"\x84\x31\x95\x33", Encoding::Gb18030),
    ] {
        if let Some(content) = bytes.strip_prefix(mark) {
            return (encoding, content, true);
        }
    }
    match std::str::from_utf8(bytes) {
        Ok(_) => (Encoding::Utf8, bytes, true),
        Err(error) if looks_like_utf8(bytes.get(..error.valid_up_to()).unwrap_or_default()) => {
            (Encoding::Utf8, bytes, true)
        }
        Err(_) => (Encoding::Gb18030, bytes, false),
    }
}

fn strictly(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
}

/// Whether a file whose head is `valid` UTF-8 is a damaged one of that encoding. GB18030 would often read the
/// rest of it too, as nonsense. Chinese characters take three bytes in UTF-8, and such triples hardly ever come
/// about by chance in Chinese written otherwise.
fn looks_like_utf8(valid: &[u8]) -> bool {
    valid.iter().filter(|byte| matches!(byte, 0xE4..=0xE9 | 0xEF)).count() >= 3
}

#[cfg(test)]
mod tests;
