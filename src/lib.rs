//! Gouji fills in and checks a statutory annual report in the terminal.
//!
//! The layers, each of which imports only from those above it in this list (a test holds them to it):
//!
//! 1. [`model`]: figures, texts and facts of one report, and the one invertible [`Edit`](model::Edit)
//!    through which they change. Knows no form.
//! 2. [`form`]: the official format as data: tables, labels, totals, rules; compiled from RON with all its
//!    errors at once. Knows no report.
//! 3. [`prose`]: figures in Chinese prose, what they should equal, live figures, proof-reading. Knows figures only as
//!    values of cells.
//! 4. [`check`]: one pass over a compiled form and a report: totals, then rules, giving findings.
//! 5. [`session`]: a form, a report, its history and its findings; the one place where a report changes.
//!    Does no input or output.
//! 6. [`store`]: drafts on disk.
//! 7. [`exchange`]: documents of other programs in and out; every format meets in one `Document`.
//! 8. [`tui`]: the screen.
//! 9. [`cli`]: the command line.
//!
//! [`assets`] stands beside them: it is the only place that embeds files.

pub mod assets;
pub mod model;
pub mod form;
pub mod prose;
pub mod check;
pub mod session;
pub mod store;
pub mod exchange;
pub mod tui;
pub mod cli;
