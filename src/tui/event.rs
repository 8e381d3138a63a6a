//! What reaches the program from outside.
