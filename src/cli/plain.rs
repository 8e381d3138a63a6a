//! What the commands print, made safe for a terminal.

use std::io::{self, Write};

use crate::model::visible_lines;

/// Passes text on with everything made visible that a terminal would obey or hide; lines stay lines.
///
/// Commands make visible what must not break a line of theirs. This one stands behind them all, so that no name,
/// label or content of any file reaches the terminal as an escape.
pub(super) struct Plain<'a> {
    inner: &'a mut dyn Write,
}

impl<'a> Plain<'a> {
    /// Of a writer.
    pub(super) fn new(inner: &'a mut dyn Write) -> Self {
        Self { inner }
    }

    /// The writer behind, for a content that is asked for to the byte.
    pub(super) fn exact(&mut self) -> &mut dyn Write {
        self.inner
    }
}

impl Write for Plain<'_> {
    /// Takes all of it. Characters come whole, since commands write strings.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.inner.write_all(visible_lines(&String::from_utf8_lossy(bytes)).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_line_feeds_pass() {
        let mut out = Vec::new();
        let mut plain = Plain::new(&mut out);
        writeln!(plain, "甲\u{1b}乙\u{9b}2J\r").unwrap();
        plain.write_all(b"\xff\n").unwrap();
        plain.exact().write_all(b"\x1b").unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "甲<U+001B>乙<U+009B>2J<U+000D>\n\u{fffd}\n\u{1b}");
    }
}
