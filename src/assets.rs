//! Files that are part of the program: the forms, the keymap, the theme, the manual.

/// How each [`Role`](crate::tui::theme::Role) of the screen looks.
pub const THEME: &str = include_str!("../assets/theme.ron");
