//! Rectangles of the screen that show a comparable value.
