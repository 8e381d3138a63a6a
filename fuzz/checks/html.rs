//! Bytes as a web page, alone or packed into one file.

use gouji::exchange::{Format, sniff};

use super::import;

/// The laws of [`import`] hold, also where the name promises something else.
pub fn check(bytes: &[u8]) {
    for name in [None, Some("报告.htm"), Some("报告.doc"), Some("报告.xls")] {
        if let Err(error) = sniff::sniff(bytes, name) {
            import::assert_told(&error);
        }
    }
    import::check(bytes, Format::Html);
}
