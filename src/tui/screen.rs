//! The screen: two buffers and the damage between them.
