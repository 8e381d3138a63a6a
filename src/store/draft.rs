//! Drafts as text: RON in the order of the form, one line per row of a table and per paragraph.
//!
//! ```ron
//! Draft(
//!     schema: 1,
//!     form: "2019",
//!     cover: (
//!         unit: "沂源县人民政府",
//!     ),
//!     figures: (
//!         requests: (
//!             received: (natural: 99, business: 0),
//!         ),
//!     ),
//!     stated: (
//!         requests: (
//!             received: (total: 99),
//!         ),
//!     ),
//!     texts: (
//!         overview: [
//!             "第一段……",
//!         ],
//!     ),
//! )
//! ```
//!
//! Blanks and empty groups are left out. What can not be read as a number stands as a string. Whatever the form
//! does not know is kept as it was written and goes back to the level where it stood, so that a draft of another
//! version passes through unharmed.

mod literal;
mod read;
mod verbatim;
mod write;

use std::fmt;
use std::sync::Arc;

pub use read::read;
pub use write::write;

use crate::form::outline::Position;
use crate::form::{CatalogueError, Form};
use crate::model::Report;

/// The version of the format that is written, and the only one so far.
pub const SCHEMA: i64 = 1;

/// A report as it was read, with all that belongs to it.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The form it is on.
    pub form: Arc<Form>,
    /// What was filled in.
    pub report: Report,
    /// What the form does not know.
    pub unknown: Unknown,
}

/// Fields of a draft that its form does not know, kept as they were written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unknown(Vec<Kept>);

/// One field as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Kept {
    /// Names from the top down to the group that holds the field; none for the draft itself.
    level: Vec<String>,
    /// Name of the field.
    name: String,
    /// The field as written, from its name to the end of its value.
    source: String,
}

/// Something in a file that does no harm but that the user should know of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Where it stands; none if it is about the whole file.
    pub position: Option<Position>,
    /// One sentence or two, without the name of the file.
    pub message: String,
}

/// Why a text is no draft that can be worked on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// It is something else.
    #[error("“{name}”不是本程序的草稿（开头没有 Draft 和 form）。请确认选对了文件")]
    Foreign {
        /// The file as the user named it.
        name: String,
    },
    /// It is damaged or does not keep to the format.
    #[error("草稿“{name}”有{count}处错误，没有打开：\n{}", blocks.concat().trim_end())]
    Mistakes {
        /// The file as the user named it.
        name: String,
        /// How many mistakes there are.
        count: usize,
        /// The first of them, each with file, line, column, the line itself with a caret, and a hint.
        blocks: Vec<String>,
    },
    /// It was saved by a later version of the program.
    #[error("“{name}”第 {} 行第 {} 列：这份草稿由较新版本的程序保存（格式版本 {schema}，本程序只认识 {SCHEMA}）。请换用新版本打开", .position.line, .position.column)]
    Newer {
        /// The file as the user named it.
        name: String,
        /// The version of its format, as written.
        schema: String,
        /// Where that stands.
        position: Position,
    },
    /// Its form is not at hand.
    #[error("“{name}”第 {} 行第 {} 列：{cause}。如用的是自定义表式，请同时指定表式文件", .position.line, .position.column)]
    NoForm {
        /// The file as the user named it.
        name: String,
        /// Where the form is named.
        position: Position,
        /// Why there is none.
        cause: CatalogueError,
    },
}

impl Unknown {
    /// Whether the form knows everything.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many fields are kept.
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.position {
            Some(Position { line, column }) => {
                write!(f, "第 {line} 行第 {column} 列：{}", self.message)
            }
            None => f.write_str(&self.message),
        }
    }
}

#[cfg(test)]
mod tests;
