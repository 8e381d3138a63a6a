//! Input from a Unix terminal.

mod parser;
mod sequence;

pub use parser::{Answer, ESCAPE_PATIENCE, PASTE_BOUND, Parser, SEQUENCE_PATIENCE};
