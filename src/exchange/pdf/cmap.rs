//! Which characters the codes of a font are (`ToUnicode`).
//!
//! The parser has a reader for these maps too, which writes every range out code by code; a file of a few bytes could
//! fill the memory with that.

use std::rc::Rc;

use super::spans::Spans;
use super::words::{Operand, Words};

/// Characters that one code may be, as units of UTF-16; a ligature has three.
const LONGEST: usize = 32;

/// A map from codes to characters.
#[derive(Debug, Default)]
pub(super) struct CMap {
    /// By length of the code in bytes, the characters of a range and the code at which they begin.
    ranges: [Spans<(u32, Rc<Target>)>; 4],
}

#[derive(Debug)]
enum Target {
    /// The characters of the first code; in those of the others the last one counts on.
    From(Vec<u16>),
    /// The characters of each code.
    Each(Vec<Vec<u16>>),
}

impl CMap {
    /// Reads the text of a map. What it does not understand it leaves out.
    pub(super) fn read(text: &[u8]) -> Self {
        let mut map = Self::default();
        // The map is written in the language of page contents: pairs and triples in front of a closing word.
        for operation in Words::new(text) {
            match operation.word {
                b"endbfchar" => {
                    for pair in operation.operands.chunks_exact(2) {
                        if let [from, to] = pair {
                            map.add(from, from, to);
                        }
                    }
                }
                b"endbfrange" => {
                    for triple in operation.operands.chunks_exact(3) {
                        if let [from, until, to] = triple {
                            map.add(from, until, to);
                        }
                    }
                }
                _ => {}
            }
        }
        map
    }

    /// The map of a font whose codes of two bytes are the characters themselves.
    pub(super) fn identity() -> Self {
        let mut map = Self::default();
        map.set(2, 0, 0xFFFF, Target::From(vec![0]));
        map
    }

    /// The characters of a code of so many bytes.
    pub(super) fn get(&self, code: u32, length: usize) -> Option<String> {
        let (origin, target) = self.ranges.get(length.checked_sub(1)?)?.get(code)?;
        let nth = code - origin;
        let units = match target.as_ref() {
            Target::From(units) => {
                let (end, begin) = units.split_last()?;
                let end = end.wrapping_add(nth as u16);
                begin.iter().copied().chain(Some(end)).collect()
            }
            Target::Each(all) => all.get(nth as usize)?.clone(),
        };
        String::from_utf16(&units).ok()
    }

    fn add(&mut self, from: &Operand, until: &Operand, to: &Operand) {
        let (Some(from), Some(until)) = (from.text(), until.text()) else { return };
        let target = match to {
            Operand::Text(bytes) if bytes.len() > LONGEST * 2 => return,
            Operand::Text(bytes) => Target::From(units(bytes)),
            Operand::List(each) => {
                let text = |text: &Operand| text.text().filter(|text| text.len() <= LONGEST * 2).map(units);
                Target::Each(each.iter().map(|each| text(each).unwrap_or_default()).collect())
            }
            _ => return,
        };
        if from.len() == until.len() {
            self.set(from.len(), code(from), code(until), target);
        }
    }

    fn set(&mut self, length: usize, from: u32, until: u32, target: Target) {
        if let Some(ranges) = length.checked_sub(1).and_then(|index| self.ranges.get_mut(index)) {
            ranges.set(from, until, (from, Rc::new(target)));
        }
    }
}

/// The number that up to four bytes write.
pub(super) fn code(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |code, byte| (code << 8) | u32::from(*byte))
}

fn units(bytes: &[u8]) -> Vec<u16> {
    bytes.chunks(2).map(|pair| pair.iter().fold(0, |unit, byte| (unit << 8) | u16::from(*byte))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_ranges_and_lists() {
        let map = CMap::read(
            b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n\
              1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
              2 beginbfchar <0003> <0031> <0004><D842DFB7> endbfchar\n\
              2 beginbfrange <0010> <0019> <0030> <0020> <0021> [<6C7A> <00660069>] endbfrange\n\
              1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange\n\
              endcmap end end",
        );
        assert_eq!(map.get(3, 2).as_deref(), Some("1"));
        assert_eq!(map.get(4, 2).as_deref(), Some("𠮷"));
        assert_eq!(map.get(0x15, 2).as_deref(), Some("5"));
        assert_eq!(map.get(0x21, 2).as_deref(), Some("fi"));
        assert_eq!([map.get(5, 2), map.get(3, 1), map.get(0x22, 2)], [None, None, None]);
        assert_eq!(map.get(7, 4).as_deref(), Some("H"), "a range of all codes costs nothing");
        assert!(CMap::read(b"<</ [[[ beginbfchar <00").ranges.iter().all(|ranges| ranges.len() == 0));
    }

    #[test]
    fn a_code_within_a_range_leaves_the_others() {
        let map = CMap::read(
            b"1 beginbfrange <0000> <FFFF> <0000> endbfrange 1 beginbfchar <0031> <4E00> endbfchar\n\
              1 beginbfrange <0040> <0042> [<0061> <0062> <0063>] endbfrange 1 beginbfchar <0041> <0078> endbfchar",
        );
        let text = |codes: [u32; 6]| codes.map(|code| map.get(code, 2).unwrap()).concat();
        assert_eq!(text([0x30, 0x31, 0x32, 0x40, 0x41, 0x42]), "0一2axc");
        assert_eq!(map.get(0x5168, 2).as_deref(), Some("全"));
        let same = CMap::identity();
        assert_eq!([same.get(0x5168, 2).as_deref(), same.get(0xD800, 2).as_deref()], [Some("全"), None]);
    }
}
