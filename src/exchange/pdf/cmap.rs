//! Which characters the codes of a font are (`ToUnicode`).
//!
//! The parser has a reader for these maps too, which writes every range out code by code; a file of a few bytes could
//! fill the memory with that.

use std::collections::BTreeMap;

use lopdf::Object;
use lopdf::content::Content;

/// A map from codes to characters.
#[derive(Debug, Default)]
pub(super) struct CMap {
    /// By length in bytes and first code, the last code and what the first one is.
    ranges: BTreeMap<(usize, u32), (u32, Target)>,
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
        for operation in Content::decode_iter(text).map_while(Result::ok) {
            match operation.operator.as_str() {
                "endbfchar" => {
                    for pair in operation.operands.chunks_exact(2) {
                        if let [from, to] = pair {
                            map.add(from, from, to);
                        }
                    }
                }
                "endbfrange" => {
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

    /// The characters of a code of so many bytes.
    pub(super) fn get(&self, code: u32, length: usize) -> Option<String> {
        let (&(_, first), (last, target)) = self.ranges.range((length, 0)..=(length, code)).next_back()?;
        if code > *last {
            return None;
        }
        let nth = code - first;
        let units = match target {
            Target::From(units) => {
                let (end, begin) = units.split_last()?;
                let end = end.wrapping_add(nth as u16);
                begin.iter().copied().chain(Some(end)).collect()
            }
            Target::Each(all) => all.get(nth as usize)?.clone(),
        };
        String::from_utf16(&units).ok()
    }

    fn add(&mut self, from: &Object, until: &Object, to: &Object) {
        let (Ok(from), Ok(until)) = (from.as_str(), until.as_str()) else { return };
        let target = match to {
            Object::String(bytes, _) => Target::From(units(bytes)),
            Object::Array(each) => {
                Target::Each(each.iter().map(|text| text.as_str().map(units).unwrap_or_default()).collect())
            }
            _ => return,
        };
        if (1..=4).contains(&from.len()) && from.len() == until.len() {
            self.ranges.insert((from.len(), code(from)), (code(until), target));
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
        assert!(CMap::read(b"<</ [[[ beginbfchar <00").ranges.is_empty());
    }
}
