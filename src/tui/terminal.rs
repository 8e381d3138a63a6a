//! Taking over the terminal and giving it back.
