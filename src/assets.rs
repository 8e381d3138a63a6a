//! Files that are part of the program: the forms, the keymap, the theme, the manual.
