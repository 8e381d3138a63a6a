//! Files between gouji and other programs. Where a program is not installed, its tests say so and do nothing.

// A test that is skipped says so.
#![allow(clippy::print_stdout)]

mod html;
