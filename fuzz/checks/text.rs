//! Bytes as a text of some kind, which the first of them chooses.

use gouji::exchange::{Format, sniff};

use super::import;

/// The laws of [`import`] hold for what the first byte says: `t` text, `c` csv, `m` Markdown, `j` JSON; with any other
/// the content decides.
pub fn check(bytes: &[u8]) {
    let Some((kind, bytes)) = bytes.split_first() else { return };
    let format = match kind {
        b't' => Format::Text,
        b'c' => Format::Csv,
        b'm' => Format::Markdown,
        b'j' => Format::Json,
        _ => match sniff::sniff(bytes, Some("报告.txt")) {
            Ok(format) => format,
            Err(error) => return import::assert_told(&error),
        },
    };
    import::check(bytes, format);
}
