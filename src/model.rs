//! What was filled in: figures, texts, facts, and the edits that change them.
