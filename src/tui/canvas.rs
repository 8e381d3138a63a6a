//! The one drawing surface.
