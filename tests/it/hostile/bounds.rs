//! Files cut at every byte, and files of great size.
