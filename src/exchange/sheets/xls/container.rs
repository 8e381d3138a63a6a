//! The compound file: streams in chains of sectors, found by their names.

use super::{u16_at, u32_at};
use crate::exchange::ImportError;
use crate::exchange::sheets::book::Source;

/// What such files begin with.
pub(in crate::exchange::sheets) const SIGNATURE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Sectors from here on are marks and not sectors.
const MARKS: u32 = 0xFFFF_FFFA;

/// A compound file.
pub(super) struct Container<'a> {
    bytes: &'a [u8],
    sector: usize,
    /// For each sector the one that follows it.
    next: Vec<u32>,
    /// The same for the small sectors.
    next_small: Vec<u32>,
    entries: Vec<Entry>,
    /// The stream that is cut into small sectors.
    small: Vec<u8>,
    /// Streams shorter than this are in small sectors.
    cutoff: usize,
}

struct Entry {
    name: String,
    kind: u8,
    start: u32,
    size: usize,
}

impl<'a> Container<'a> {
    /// Opens a file and reads its directory.
    pub(super) fn open(bytes: &'a [u8], source: &Source) -> Result<Self, ImportError> {
        let broken = || source.broken("文件不完整，可能没有下载完");
        let sector = match u16_at(bytes, 30) {
            Some(9) => 512,
            Some(12) => 4096,
            _ => return Err(broken()),
        };
        let header = |at: usize| u32_at(bytes, at).ok_or_else(broken);
        let mut container = Self {
            bytes,
            sector,
            next: Vec::new(),
            next_small: Vec::new(),
            entries: Vec::new(),
            small: Vec::new(),
            cutoff: header(56)? as usize,
        };
        // Where the table of the chains is: the first 109 sectors of it are named in the header, the others in a chain.
        let mut table: Vec<u32> = (0..109).filter_map(|index| u32_at(bytes, 76 + 4 * index)).collect();
        let mut more = header(68)?;
        let mut turns = bytes.len() / sector + 1;
        while more < MARKS && turns > 0 {
            let names = container.at(more).ok_or_else(broken)?;
            let each: Vec<u32> = (0..names.len() / 4).filter_map(|index| u32_at(names, 4 * index)).collect();
            let Some((last, each)) = each.split_last() else { break };
            table.extend(each);
            more = *last;
            turns -= 1;
        }
        // The header may name one sector as often as it likes; the table is never larger than the file.
        let most = bytes.len() / sector + 1;
        for name in table.into_iter().filter(|name| *name < MARKS).take(most) {
            let Some(part) = container.at(name) else { continue };
            container.next.extend((0..part.len() / 4).filter_map(|index| u32_at(part, 4 * index)));
        }
        let directory = container.chain(header(48)?, usize::MAX);
        container.entries = directory.chunks_exact(128).map(entry).collect();
        if container.entries.is_empty() {
            return Err(broken());
        }
        let table = container.chain(header(60)?, usize::MAX);
        container.next_small = (0..table.len() / 4).filter_map(|index| u32_at(&table, 4 * index)).collect();
        if let Some(root) = container.entries.first() {
            container.small = container.chain(root.start, root.size);
        }
        Ok(container)
    }

    /// Whether there is a stream of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// The bytes of a stream, as far as the file has them; none if there is no such stream.
    pub(super) fn stream(&self, name: &str, source: &Source) -> Result<Option<Vec<u8>>, ImportError> {
        let Some(entry) = self.find(name) else { return Ok(None) };
        let bytes = if entry.size < self.cutoff {
            let mut bytes = Vec::new();
            let mut at = entry.start;
            for _ in 0..=self.next_small.len() {
                let start = (at as usize).saturating_mul(64);
                let Some(part) = self.small.get(start..start.saturating_add(64).min(self.small.len())) else {
                    break;
                };
                bytes.extend_from_slice(part);
                let Some(&next) = self.next_small.get(at as usize) else { break };
                if bytes.len() >= entry.size || next >= MARKS {
                    break;
                }
                at = next;
            }
            bytes.truncate(entry.size);
            bytes
        } else {
            self.chain(entry.start, entry.size)
        };
        if bytes.len() < entry.size {
            return Err(source.broken("文件不完整，可能没有下载完"));
        }
        Ok(Some(bytes))
    }

    fn find(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.kind == 2 && entry.name.eq_ignore_ascii_case(name))
    }

    /// The sectors of a chain, at most so many bytes. A chain that runs in a circle ends when it is as long as the file.
    fn chain(&self, start: u32, size: usize) -> Vec<u8> {
        let most = size.min(self.bytes.len());
        let mut bytes = Vec::new();
        let mut at = start;
        while at < MARKS && bytes.len() < most {
            let Some(part) = self.at(at).filter(|part| !part.is_empty()) else { break };
            bytes.extend_from_slice(part);
            let Some(&next) = self.next.get(at as usize) else { break };
            at = next;
        }
        bytes.truncate(most);
        bytes
    }

    /// The bytes of a sector; the last one may be short.
    fn at(&self, sector: u32) -> Option<&'a [u8]> {
        let start = (sector as usize).checked_add(1)?.checked_mul(self.sector)?;
        self.bytes.get(start..start.saturating_add(self.sector).min(self.bytes.len()))
    }
}

fn entry(bytes: &[u8]) -> Entry {
    let units = (0..32).filter_map(|index| u16_at(bytes, 2 * index)).take_while(|unit| *unit != 0);
    let name = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    Entry {
        name,
        kind: bytes.get(66).copied().unwrap_or(0),
        start: u32_at(bytes, 116).unwrap_or(u32::MAX),
        size: u32_at(bytes, 120).unwrap_or(0) as usize,
    }
}
