//! Marked-up text with tables of bars, as it is kept in repositories and as programs make it out of printed pages.
//!
//! Such a table has no merged cells. What covers several positions is written at the first of them and leaves the others
//! empty, except for heads over a group of columns: those repeat, since a reader of the text would not see otherwise
//! which columns they stand over.

mod inline;
mod read;
mod tags;
mod write;

pub use read::read;
pub use write::write;

/// How a line begins that carries a property of the document; the name and the value in JSON follow.
const PROPERTY: &str = "<!-- gouji.";

/// A paragraph without words; a blank line only separates paragraphs.
const EMPTY: &str = "&nbsp;";

#[cfg(test)]
mod tests;
