//! What was filled in: figures, texts and facts of one report, and the edits that change them.
//!
//! The layer knows no form: cells, texts and cover facts are dense identifiers, and nothing here has a label.
//! A [`Report`] can be read freely and changed only by an [`Edit`], which returns its inverse.

pub mod edit;
mod explained;
mod figure;
pub mod half_width;
pub mod history;
pub mod id;
pub mod number;
pub mod report;
pub mod visible;

pub use edit::{Edit, EditError};
pub use explained::Question;
pub use figure::Figure;
pub use half_width::half_width;
pub use history::{History, Visit};
pub use id::{CellId, FactId, Place, TextId};
pub use number::{Precision, ReadError};
pub use report::{Report, Shape};
pub use visible::{excerpt, visible, visible_lines};
