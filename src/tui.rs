//! The screen: events to actions, actions to edits, a report to regions, regions to escapes.

pub mod action;
pub mod app;
pub mod canvas;
pub mod context;
pub mod editor;
pub mod effect;
pub mod encode;
pub mod event;
pub mod flow;
pub mod input_line;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod notice;
pub mod outside;
pub mod overlay;
pub mod painter;
pub mod panel;
pub mod picture;
pub mod region;
pub mod run;
pub mod screen;
pub mod shown;
pub mod start;
pub mod tab;
pub mod terminal;
pub mod theme;
#[cfg(unix)]
pub mod unix_input;
pub mod upkeep;
pub mod view;
pub mod width;
pub mod workbench;
pub mod wrap;
