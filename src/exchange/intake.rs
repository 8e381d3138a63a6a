//! What all readers of plain text do first: bound the size, decode, and keep out what nobody sees.

use super::document::{At, Lost};
use super::error::ImportError;
use super::format::Format;
use super::limits::Limits;
use crate::model::visible::is_hidden;
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

/// So many bytes, as people say it.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes}字节"),
        1024..0x10_0000 => format!("{}KB", bytes >> 10),
        _ => format!("{}MB", bytes >> 20),
    }
}

/// Takes out of texts what is not seen, and remembers how much that was.
#[derive(Debug, Default)]
pub(super) struct Sieve {
    first: Option<(char, At)>,
    count: usize,
}

impl Sieve {
    /// The text without characters that a terminal would obey or hide; line feeds and tabs stay, a no-break blank
    /// becomes a blank.
    pub(super) fn sift(&mut self, text: &str, at: &At) -> String {
        let mut kept = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '\n' | '\t' => kept.push(c),
                '\u{a0}' => kept.push(' '),
                _ if is_hidden(c) => {
                    self.count += 1;
                    self.first.get_or_insert_with(|| (c, at.clone()));
                }
                _ => kept.push(c),
            }
        }
        kept
    }

    /// What was taken out, as one entry that names the first place.
    pub(super) fn lost(self) -> Option<Lost> {
        let (c, at) = self.first?;
        let what = format!("看不见的字符（U+{:04X}等，全文共{}个）", u32::from(c), self.count);
        Some(Lost { at, what })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_is_kept_out_and_counted() {
        let mut sieve = Sieve::default();
        assert_eq!(sieve.sift("甲\t乙\u{a0}丙\n", &At::Line(1)), "甲\t乙 丙\n");
        assert_eq!(sieve.sift("12\u{202e}3\u{200b}\u{1b}", &At::Line(7)), "123");
        assert_eq!(sieve.sift("\u{feff}", &At::Line(9)), "");
        let lost = sieve.lost().unwrap();
        assert_eq!((lost.at, lost.what.as_str()), (At::Line(7), "看不见的字符（U+202E等，全文共4个）"));
        assert_eq!(Sieve::default().lost(), None);
    }

    #[test]
    fn sizes_are_said_in_units_people_know() {
        assert_eq!([size(12), size(2048), size(32 << 20)], ["12字节", "2KB", "32MB"]);
    }
}
