//! Evaluation of a report against its form.
