//! A journal read back, up to the first line that is not good.

use super::entry::{Base, Entry, Flaw, Header, SCHEMA};
use crate::store::content::Content;
use crate::store::moment::Moment;

/// What a journal holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Replay {
    /// What it belongs to; none if not even that can be read.
    pub header: Option<Header>,
    /// The entries behind the header.
    pub entries: Vec<Entry>,
    /// Bytes of the good lines.
    pub good: u64,
    /// Where reading ended, if that was before the end.
    pub torn: Option<Torn>,
}

/// The first line of a journal that is not good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Torn {
    /// Its number, from 1.
    pub line: usize,
    /// Its first byte.
    pub at: u64,
    /// What is wrong with it.
    pub flaw: Flaw,
}

/// How a journal relates to a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// The draft contains the entries before this one and none from it on.
    From(usize),
    /// The journal belongs to another content.
    Foreign,
}

/// Reads a journal. Whatever the bytes are, the result is what can be relied on.
pub fn replay(bytes: &[u8]) -> Replay {
    let mut replay = Replay::default();
    for (index, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        if let Err(flaw) = replay.take(index as u64, line) {
            replay.torn = Some(Torn { line: index + 1, at: replay.good, flaw });
            break;
        }
        replay.good += line.len() as u64;
    }
    replay
}

/// How many changes these entries make, as a person counts: the digits of one figure, typed in one visit, are one.
pub(super) fn count(entries: &[Entry]) -> usize {
    let mut last = None;
    let mut count = 0;
    for entry in entries.iter().filter(|entry| entry.changed_at().is_some()) {
        let visit = match entry {
            Entry::Edit { visit, .. } => *visit,
            _ => None,
        };
        count += usize::from(visit.is_none() || visit != last);
        last = visit;
    }
    count
}

impl Replay {
    /// How it relates to a draft of this content. If the content occurred several times, the last one counts: the
    /// entries between lead from that content back to it.
    pub fn fit(&self, content: &Content) -> Fit {
        let saved = self
            .entries
            .iter()
            .rposition(|entry| matches!(entry, Entry::Saving { content: saved, .. } if saved == content));
        let base = || match &self.header.as_ref()?.base {
            Base::Draft(base) if base == content => Some(0),
            _ => None,
        };
        saved.map(|at| at + 1).or_else(base).map_or(Fit::Foreign, Fit::From)
    }

    /// The entries from this one on.
    pub fn from(&self, from: usize) -> &[Entry] {
        self.entries.get(from..).unwrap_or_default()
    }

    /// How many changes of the report follow from this entry on, as a person counts: the digits of
    /// one figure are one.
    pub fn edits(&self, from: usize) -> usize {
        count(self.from(from))
    }

    /// When the report was changed last.
    pub fn last_change(&self) -> Option<Moment> {
        self.entries.iter().rev().find_map(Entry::changed_at)
    }

    /// The sequence of the line that would come next.
    pub(super) fn next(&self) -> u64 {
        self.entries.len() as u64 + u64::from(self.header.is_some())
    }

    fn take(&mut self, sequence: u64, line: &[u8]) -> Result<(), Flaw> {
        let line = line.strip_suffix(b"\n").ok_or(Flaw::Cut)?;
        let line = std::str::from_utf8(line).map_err(|_| Flaw::Malformed)?;
        match (Entry::read(line, sequence)?, &self.header) {
            (Entry::Header(header), None) if header.schema > SCHEMA => Err(Flaw::Newer(header.schema)),
            (Entry::Header(header), None) => {
                self.header = Some(header);
                Ok(())
            }
            (Entry::Header(_), Some(_)) | (_, None) => Err(Flaw::Header),
            (entry, Some(_)) => {
                self.entries.push(entry);
                Ok(())
            }
        }
    }
}
