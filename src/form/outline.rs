//! Positions in RON text.
