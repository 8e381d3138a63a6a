//! Screen cells to terminal escapes.
