//! How wide the terminal draws a character.
