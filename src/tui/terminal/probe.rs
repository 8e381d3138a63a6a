//! How wide the terminal takes characters of ambiguous width to be.

use std::io::{self, Write};
use std::str::FromStr;

use crossterm::QueueableCommand;
use crossterm::cursor::MoveTo;
use crossterm::style::Print;
use crossterm::terminal::{Clear, ClearType};
use thiserror::Error;

use crate::tui::event::Reader;

/// What the user wishes for characters of ambiguous width (`“ … ①`), by option or environment.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum WidthChoice {
    /// Ask the terminal.
    #[default]
    Auto,
    /// One column.
    Narrow,
    /// Two columns.
    Wide,
}

/// The wish is none of the known ones.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("宽度只能是“自动”“窄”或“宽”，现在是“{0}”")]
pub struct WidthChoiceError(pub String);

impl FromStr for WidthChoice {
    type Err = WidthChoiceError;

    fn from_str(text: &str) -> Result<Self, WidthChoiceError> {
        match text.trim() {
            "" | "自动" => Ok(Self::Auto),
            "窄" => Ok(Self::Narrow),
            "宽" => Ok(Self::Wide),
            word if word.eq_ignore_ascii_case("auto") => Ok(Self::Auto),
            word if word.eq_ignore_ascii_case("narrow") => Ok(Self::Narrow),
            word if word.eq_ignore_ascii_case("wide") => Ok(Self::Wide),
            _ => Err(WidthChoiceError(text.to_owned())),
        }
    }
}

pub(super) fn probe_width(reader: &mut Reader) -> bool {
    let column = column_after('“', reader);
    // The terminal's own idea of the width is known now, so a line is cleared rather than two cells.
    let _ = io::stdout().queue(MoveTo(0, 0)).and_then(|out| out.queue(Clear(ClearType::CurrentLine)));
    let _ = io::stdout().flush();
    column.map_or(true, is_wide)
}

/// One column is narrow. Anything else is wide: two as they are, the rest as the safe choice.
const fn is_wide(column: u16) -> bool {
    column != 1
}

fn column_after(glyph: char, reader: &mut Reader) -> io::Result<u16> {
    io::stdout().queue(MoveTo(0, 0))?.queue(Print(glyph))?.flush()?;
    reader.cursor_column()
}

#[cfg(test)]
mod tests {
    use super::{WidthChoice, WidthChoiceError, is_wide};

    #[test]
    fn the_wish_is_read_in_both_languages() {
        for (text, choice) in [
            ("自动", WidthChoice::Auto),
            ("Auto", WidthChoice::Auto),
            ("", WidthChoice::Auto),
            (" 窄 ", WidthChoice::Narrow),
            ("narrow", WidthChoice::Narrow),
            ("宽", WidthChoice::Wide),
            ("WIDE", WidthChoice::Wide),
        ] {
            assert_eq!(text.parse(), Ok(choice), "{text}");
        }
        assert_eq!("中".parse::<WidthChoice>(), Err(WidthChoiceError("中".into())));
    }

    #[test]
    fn only_one_column_is_narrow() {
        assert_eq!([0, 1, 2, 3].map(is_wide), [true, false, true, true]);
    }
}
