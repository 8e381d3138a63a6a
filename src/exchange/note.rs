//! What an import says about itself: what was matched, what is doubtful, what was left over.

use super::document::At;
use crate::model::Place;

/// One remark on what became of a part of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Whether it went in, should be looked at, or went nowhere.
    pub kind: NoteKind,
    /// Where in the report it went or would belong, if that is known.
    pub place: Option<Place>,
    /// Where it stood in the file.
    pub at: At,
    /// The words and figures of the source that it speaks of; empty if it speaks of something that is missing.
    pub source: String,
    /// What was done and what to do now, in Chinese.
    pub message: String,
}

/// What became of a part of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NoteKind {
    /// It went into the report; one note for each row of a table.
    Matched,
    /// A person should look: something was guessed, converted, or not put in because it could not be told where.
    Doubtful,
    /// It went nowhere; the source keeps its words.
    LeftOver,
}

impl NoteKind {
    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Matched => "已对应",
            Self::Doubtful => "请核对",
            Self::LeftOver => "未采用",
        }
    }
}
