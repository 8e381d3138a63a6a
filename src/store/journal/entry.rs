//! One line of a journal: `<sequence> <CRC32> <RON>`.

use serde::{Deserialize, Serialize};

use super::change::Change;
use crate::store::content::Content;
use crate::store::moment::Moment;

/// The version of the format that is written, and the only one so far.
pub const SCHEMA: u32 = 1;

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Entry {
    /// What the journal belongs to; the first line and no other.
    Header(Header),
    /// An edit was made.
    Edit {
        /// When.
        at: Moment,
        /// Edits of the same visit are one step of undo; without one each is a step.
        visit: Option<u32>,
        /// What changed.
        changes: Vec<Change>,
    },
    /// A step was taken back, by these changes.
    Undo {
        /// When.
        at: Moment,
        /// What changed.
        changes: Vec<Change>,
    },
    /// A step was made again, by these changes.
    Redo {
        /// When.
        at: Moment,
        /// What changed.
        changes: Vec<Change>,
    },
    /// All that the report held, in place of the entries that led to it.
    State {
        /// When.
        at: Moment,
        /// Everything, as changes of an empty report.
        changes: Vec<Change>,
    },
    /// The report as it now is makes a draft of this content, which is about to be written. A draft that has it
    /// contains all entries up to here, whether or not the save was seen to succeed.
    Saving {
        /// The file.
        path: String,
        /// What it will hold.
        content: Content,
    },
}

/// What a journal belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Version of the format.
    pub schema: u32,
    /// The form of the report.
    pub form: String,
    /// Where the edits start.
    pub base: Base,
    /// Version of the program that wrote it.
    pub program: String,
    /// When the journal was begun.
    pub at: Moment,
}

/// Where the edits of a journal start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Base {
    /// A draft with this content.
    Draft(Content),
    /// A report that is in no file yet. It is kept whole: what a form fills in by itself may change between
    /// versions, and the report may come from a sample or an import.
    Unsaved(Vec<Change>),
}

/// Why a line is not good. Reading ends before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// It has no end: writing was interrupted.
    Cut,
    /// It is not made of sequence, checksum and content.
    Malformed,
    /// Its content is not what was written.
    Checksum,
    /// A line is missing before it, or it is from elsewhere.
    Sequence,
    /// It was written as it stands, by another version of the program, and can not be understood.
    Unknown,
    /// It does not say what the journal belongs to, or says so again.
    Header,
    /// It says that the format is of this later version.
    Newer(u32),
}

impl Header {
    /// Of a journal of this version of the program.
    pub fn new(form: &str, base: Base, at: Moment) -> Self {
        let program = env!("CARGO_PKG_VERSION").to_owned();
        Self { schema: SCHEMA, form: form.to_owned(), base, program, at }
    }
}

impl Entry {
    /// When it was made, if it changed the report.
    pub fn changed_at(&self) -> Option<Moment> {
        match self {
            Self::Edit { at, .. }
            | Self::Undo { at, .. }
            | Self::Redo { at, .. }
            | Self::State { at, .. } => Some(*at),
            Self::Header(_) | Self::Saving { .. } => None,
        }
    }

    /// The line, with its end. None if the entry can not be written, which no entry of ours should cause.
    pub(super) fn line(&self, sequence: u64) -> Option<String> {
        // RON writes control characters in strings as escapes, line ends among them.
        let content = ron::to_string(self).ok()?;
        let line = format!("{sequence} {:08x} {content}\n", checksum(sequence, &content));
        (line.find('\n') == Some(line.len() - 1)).then_some(line)
    }

    /// Reads a line without its end.
    pub(super) fn read(line: &str, expected: u64) -> Result<Self, Flaw> {
        let mut parts = line.splitn(3, ' ');
        let mut part = || parts.next().ok_or(Flaw::Malformed);
        let (sequence, sum, content) = (part()?, part()?, part()?);
        let sequence: u64 = sequence.parse().map_err(|_| Flaw::Malformed)?;
        let sum = u32::from_str_radix(sum, 16).map_err(|_| Flaw::Malformed)?;
        if checksum(sequence, content) != sum {
            return Err(Flaw::Checksum);
        }
        if sequence != expected {
            return Err(Flaw::Sequence);
        }
        ron::from_str(content).map_err(|_| Flaw::Unknown)
    }
}

/// Over the sequence too, so that a line is good in its own place only.
fn checksum(sequence: u64, content: &str) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&sequence.to_le_bytes());
    hasher.update(content.as_bytes());
    hasher.finalize()
}
