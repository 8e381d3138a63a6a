//! Styles by role.
