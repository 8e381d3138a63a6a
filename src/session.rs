//! A report being worked on: form, report, history and findings together.
