//! Editing a prose text.
