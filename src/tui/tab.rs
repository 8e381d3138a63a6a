//! The tabs. One file each, with the same functions: `settle` (after every change: scroll and layout for the
//! size at hand), `on` (a wish, nothing of the report changed), `paste`, `go` (move to a place), `contexts`
//! (which keys apply) and `view` (read only).

pub mod cover;
pub mod findings;
pub mod grid;
mod lines;
pub mod prose;
#[cfg(test)]
mod testing;
