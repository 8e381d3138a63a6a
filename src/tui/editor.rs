//! Editing a prose text.

mod splice;

pub use splice::{Origin, Splice, continues};
