//! Styles by role.
//!
//! Views name what a piece of text is, never how it looks. How each role looks is in `assets/theme.ron`, in three
//! variants: for terminals of 256 colours, of 16, and without any, where bold, dim, underlined and reversed must
//! do. No state is told by colour alone; that is the views' task.

mod source;

use ratatui::style::Style;
use serde::Deserialize;

pub use source::ThemeError;

use crate::assets;

/// What a piece of the screen is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[repr(u8)]
pub enum Role {
    /// Running text, and everything without a role of its own.
    Text,
    /// Text of second rank: explanations, units of measure, line counts.
    Dim,
    /// The line at the top: program, unit, year.
    Title,
    /// Title of a tab that is not shown.
    Tab,
    /// Title of the tab that is shown.
    TabActive,
    /// Head of a column.
    Head,
    /// Head of the column, or label of the row, in which the cursor is.
    HeadActive,
    /// Label of a row.
    Label,
    /// Label of a group of rows.
    GroupLabel,
    /// Lines that separate.
    Rule,
    /// A figure that someone typed or imported.
    Figure,
    /// The figure 0.
    Zero,
    /// Mark of a cell that is not filled in.
    Blank,
    /// A total that the program computed.
    Total,
    /// A total as stated by the paper or the imported document.
    Stated,
    /// A figure that a repair, an import or undo has just changed.
    Changed,
    /// Last year's figure.
    LastYear,
    /// The cell or line under the cursor.
    Cursor,
    /// The cell that is being typed in.
    Typing,
    /// What is selected.
    Selection,
    /// A cell that takes part in the relation at hand.
    Related,
    /// Mark of a relation that must hold and does not, and of what takes part in it.
    ErrorMark,
    /// Mark of a relation to be looked at, and of what takes part in it.
    WarningMark,
    /// Mark of a finding that has been explained in writing.
    Explained,
    /// Mark of a relation that holds.
    Agrees,
    /// A proposed repair.
    Repair,
    /// What a key does.
    Hint,
    /// The key.
    HintKey,
    /// Frame of an overlay.
    Frame,
    /// Title in the frame of an overlay.
    FrameTitle,
    /// What can be followed: another place, a file, a legal basis.
    Link,
    /// A message that something has been done.
    Notice,
    /// A message that something has failed.
    NoticeError,
    /// Text that stands where something can be typed.
    Placeholder,
    /// What a search has found.
    Match,
    /// A figure in prose that was read and agrees.
    ClaimAgrees,
    /// A figure in prose that disagrees.
    ClaimDiffers,
    /// A live figure in prose.
    Live,
}

impl Role {
    /// All roles, in the order of their declaration.
    pub const ALL: [Self; 38] = [
        Self::Text,
        Self::Dim,
        Self::Title,
        Self::Tab,
        Self::TabActive,
        Self::Head,
        Self::HeadActive,
        Self::Label,
        Self::GroupLabel,
        Self::Rule,
        Self::Figure,
        Self::Zero,
        Self::Blank,
        Self::Total,
        Self::Stated,
        Self::Changed,
        Self::LastYear,
        Self::Cursor,
        Self::Typing,
        Self::Selection,
        Self::Related,
        Self::ErrorMark,
        Self::WarningMark,
        Self::Explained,
        Self::Agrees,
        Self::Repair,
        Self::Hint,
        Self::HintKey,
        Self::Frame,
        Self::FrameTitle,
        Self::Link,
        Self::Notice,
        Self::NoticeError,
        Self::Placeholder,
        Self::Match,
        Self::ClaimAgrees,
        Self::ClaimDiffers,
        Self::Live,
    ];
}

/// How many colours there are to draw with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColourMode {
    /// The 256 of xterm.
    Colour256,
    /// The 16 that every colour terminal has.
    Colour16,
    /// None: only bold, dim, underlined and reversed.
    Mono,
}

impl ColourMode {
    /// What the environment says of the terminal, given the values of `NO_COLOR`, `TERM` and `COLORTERM`.
    ///
    /// A `NO_COLOR` that is not empty rules. Without `TERM`, as on Windows, 16 colours are taken for granted.
    pub fn detect(no_color: Option<&str>, term: Option<&str>, colorterm: Option<&str>) -> Self {
        if no_color.is_some_and(|value| !value.is_empty()) {
            return Self::Mono;
        }
        let term = term.unwrap_or_default();
        let without = ["dumb", "vt52", "vt100", "vt102", "vt220", "vt320"];
        if without.contains(&term) || term.ends_with("-m") || term.ends_with("-mono") {
            return Self::Mono;
        }
        let many = ["256", "direct", "truecolor", "kitty", "alacritty", "foot", "wezterm", "ghostty"];
        if matches!(colorterm, Some("truecolor" | "24bit")) || many.iter().any(|name| term.contains(name)) {
            return Self::Colour256;
        }
        Self::Colour16
    }
}

/// The style of every role, for one colour mode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    styles: [Style; Role::ALL.len()],
}

impl Theme {
    /// How `role` looks.
    pub fn style(&self, role: Role) -> Style {
        self.styles.get(role as usize).copied().unwrap_or_default()
    }

    /// A theme in which nothing stands out.
    pub fn plain() -> Self {
        Self { styles: [Style::new(); Role::ALL.len()] }
    }
}

/// The three variants of a theme file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Themes {
    colour256: Theme,
    colour16: Theme,
    mono: Theme,
}

impl Themes {
    /// Reads a theme file (RON: each role with its look in the three variants).
    ///
    /// # Errors
    /// The first thing that is wrong in it: the place of a mistake in writing, else the role that is missing,
    /// given twice, or has a colour in a variant that has no such colour.
    pub fn load(text: &str) -> Result<Self, ThemeError> {
        source::read(text)
    }

    /// The theme that is part of the program.
    ///
    /// # Errors
    /// As [`Themes::load`]; a test sees to it that there are none.
    pub fn embedded() -> Result<Self, ThemeError> {
        Self::load(assets::THEME)
    }

    /// The variant for a terminal.
    pub fn theme(self, mode: ColourMode) -> Theme {
        match mode {
            ColourMode::Colour256 => self.colour256,
            ColourMode::Colour16 => self.colour16,
            ColourMode::Mono => self.mono,
        }
    }
}

#[cfg(test)]
mod tests;
