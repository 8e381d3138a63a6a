//! The file operations the store needs, behind a trait so that faults can be injected.
