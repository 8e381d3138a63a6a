//! Which character separates the values.

use std::collections::BTreeMap;

/// How many rows are looked at.
const ROWS: usize = 200;
/// What separates values, in the order in which equal guesses are taken.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// The separator, and where the values begin: Excel reads a first line `sep=;` as a word to itself.
pub(super) fn separator(text: &str) -> (u8, usize) {
    if let Some(said) = said(text) {
        return said;
    }
    let mut best = (b',', (0, 0));
    for separator in SEPARATORS {
        let likeness = likeness(text, separator);
        if likeness > best.1 {
            best = (separator, likeness);
        }
    }
    (best.0, 0)
}

fn said(text: &str) -> Option<(u8, usize)> {
    let (line, _) = text.split_once('\n')?;
    let value = line.trim_end_matches('\r');
    let (word, separator) = value.split_once('=')?;
    let separator = match separator.as_bytes() {
        [byte] if byte.is_ascii() && !byte.is_ascii_alphanumeric() && *byte != b'"' => *byte,
        _ => return None,
    };
    word.eq_ignore_ascii_case("sep").then_some((separator, line.len() + 1))
}

/// How many rows have as many separators as most rows, and how many that is; what stands between quotation marks does
/// not count, nor do rows without any.
fn likeness(text: &str, separator: u8) -> (usize, usize) {
    let mut counts = BTreeMap::<usize, usize>::new();
    let (mut rows, mut here, mut quoted) = (0, 0, false);
    for byte in text.bytes().chain(Some(b'\n')) {
        match byte {
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'\n' | b'\r' => {
                if here > 0 {
                    *counts.entry(here).or_default() += 1;
                    rows += 1;
                }
                here = 0;
                if rows == ROWS {
                    break;
                }
            }
            _ => here += usize::from(byte == separator),
        }
    }
    counts.into_iter().map(|(count, rows)| (rows, count)).max().unwrap_or_default()
}
