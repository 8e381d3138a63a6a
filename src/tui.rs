//! The screen: events to actions, actions to edits, a report to regions, regions to escapes.

pub mod action;
pub mod canvas;
pub mod editor;
pub mod encode;
pub mod event;
pub mod key;
pub mod keymap;
pub mod region;
pub mod screen;
pub mod terminal;
pub mod theme;
#[cfg(unix)]
pub mod unix_input;
pub mod width;
pub mod wrap;
