//! What a key can ask for.
