//! Windows on top of the screen. One file each, with the same four functions: `on` (a wish), `paste`,
//! `contexts` (which keys apply) and `view` (read only).

/// A window on top of the screen.
#[derive(Debug)]
pub enum Overlay {}
