//! Files that are part of the program: the forms, the keymap, the theme, the manual.

/// The keymap as it is delivered; a user's file is laid over it.
pub const KEYS: &str = include_str!("../assets/keys.ron");
