//! Keys and their names.
