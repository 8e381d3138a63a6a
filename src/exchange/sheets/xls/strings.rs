//! Strings of a workbook: in one or two bytes a character, and cut into pieces anywhere.

use super::{u16_at, u32_at};
use crate::exchange::ImportError;
use crate::exchange::sheets::book::{Source, within};

/// A string whose length is one byte.
pub(super) fn short(bytes: &[u8]) -> String {
    match bytes {
        [length, flags, rest @ ..] => characters(rest, usize::from(*length), *flags),
        _ => String::new(),
    }
}

/// A string whose length is two bytes.
pub(super) fn long(bytes: &[u8]) -> String {
    match (u16_at(bytes, 0), bytes.get(2), bytes.get(3..)) {
        (Some(length), Some(flags), Some(rest)) => {
            // What else belongs to the string stands before its characters.
            let skip = if flags & 8 == 0 { 0 } else { 2 } + if flags & 4 == 0 { 0 } else { 4 };
            characters(rest.get(skip..).unwrap_or_default(), usize::from(length), *flags)
        }
        _ => String::new(),
    }
}

/// A string whose length is two bytes, in a record and those that continue it; as much of it as there is.
pub(super) fn across(parts: &[&[u8]]) -> String {
    let whole = Pieces { parts, part: 0, at: 0 }.string();
    whole.unwrap_or_else(|| long(parts.first().copied().unwrap_or_default()))
}

/// All strings that cells refer to. `parts`: the record and those that continue it.
///
/// # Errors
/// More text than the bounds allow.
pub(super) fn table(parts: &[&[u8]], source: &mut Source) -> Result<Vec<String>, ImportError> {
    let mut strings = Vec::new();
    let count = parts.first().and_then(|part| u32_at(part, 4)).unwrap_or(0);
    let mut reader = Pieces { parts, part: 0, at: 8 };
    for _ in 0..count {
        let Some(string) = reader.string() else { break };
        // They are counted again in each cell that uses them; here only memory is guarded.
        within(strings.len() + 1, source.limits.cells, "表格的格数", "格")?;
        strings.push(string);
    }
    Ok(strings)
}

struct Pieces<'a> {
    parts: &'a [&'a [u8]],
    part: usize,
    at: usize,
}

impl Pieces<'_> {
    fn string(&mut self) -> Option<String> {
        let length = u16::from_le_bytes([self.byte()?, self.byte()?]);
        let mut flags = self.byte()?;
        let runs = if flags & 8 == 0 { 0 } else { u16::from_le_bytes([self.byte()?, self.byte()?]) };
        let extra = if flags & 4 == 0 {
            0
        } else {
            u32::from_le_bytes([self.byte()?, self.byte()?, self.byte()?, self.byte()?])
        };
        let mut units: Vec<u16> = Vec::new();
        while units.len() < usize::from(length) {
            if self.parts.get(self.part)?.len() <= self.at {
                // A string that goes on in the next piece says anew how wide its characters are.
                self.part += 1;
                self.at = 0;
                flags = self.byte()?;
            }
            let low = self.byte()?;
            let high = if flags & 1 == 0 { 0 } else { self.byte()? };
            units.push(u16::from_le_bytes([low, high]));
        }
        self.skip(usize::from(runs) * 4 + extra as usize)?;
        Some(String::from_utf16_lossy(&units))
    }

    fn byte(&mut self) -> Option<u8> {
        while self.parts.get(self.part)?.len() <= self.at {
            self.part += 1;
            self.at = 0;
        }
        let byte = self.parts.get(self.part)?.get(self.at).copied();
        self.at += 1;
        byte
    }

    fn skip(&mut self, mut bytes: usize) -> Option<()> {
        loop {
            let here = self.parts.get(self.part)?.len().saturating_sub(self.at);
            if bytes <= here {
                self.at += bytes;
                return Some(());
            }
            bytes -= here;
            self.part += 1;
            self.at = 0;
        }
    }
}

/// So many characters of one byte each, or of two if the flags say so.
pub(super) fn characters(bytes: &[u8], length: usize, flags: u8) -> String {
    if flags & 1 == 0 {
        bytes.iter().take(length).map(|byte| char::from(*byte)).collect()
    } else {
        let units: Vec<u16> = (0..length).map_while(|index| u16_at(bytes, 2 * index)).collect();
        String::from_utf16_lossy(&units)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::{Format, Limits};

    #[test]
    fn a_string_goes_on_in_the_next_piece_with_another_width() {
        // 「甲乙ab」: two characters wide, then cut, then two narrow ones; after it 「c」 with a run of one format.
        let first = [0, 0, 0, 0, 2, 0, 0, 0, 4, 0, 1, 0x32, 0x75, 0x59, 0x4e];
        let second = [0, b'a', b'b', 1, 0, 8, 1, 0, b'c', 0, 0, 0, 0];
        let limits = Limits::default();
        let mut source = Source::new(Format::Xls, &limits);
        assert_eq!(table(&[&first, &second], &mut source).unwrap(), ["甲乙ab", "c"]);
    }

    #[test]
    fn a_string_that_is_cut_off_ends_the_table() {
        let limits = Limits::default();
        let mut source = Source::new(Format::Xls, &limits);
        let bytes = [0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, b'a'];
        assert_eq!(table(&[&bytes], &mut source).unwrap(), Vec::<String>::new());
    }
}
