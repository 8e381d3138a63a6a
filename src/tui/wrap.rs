//! Soft wrap of Chinese prose.
