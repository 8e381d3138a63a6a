//! The theme file as it is written, and its conversion.

use std::fmt;

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

use super::{Role, Theme, Themes};

/// What is wrong with a theme file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ThemeError {
    /// It is not RON, or names something that does not exist.
    #[error("主题文件第 {line} 行第 {column} 列写法有误{}", unknown(name.as_deref()))]
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// The unknown name, if that is the mistake.
        name: Option<String>,
    },
    /// A role is not given.
    #[error("主题文件缺少“{0:?}”一项")]
    Missing(Role),
    /// A role is given more than once.
    #[error("主题文件中“{0:?}”一项重复")]
    Duplicate(Role),
    /// A colour in the variant without colours, or one of 256 in the variant of 16.
    #[error("主题文件中“{0:?}”一项的 {1} 用了该模式没有的颜色")]
    Colour(Role, &'static str),
}

/// Reads and converts a theme file.
pub(super) fn read(text: &str) -> Result<Themes, ThemeError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let Entries(entries) = ron::from_str(text).map_err(|error| {
        let name = match error.code {
            ron::Error::NoSuchEnumVariant { found, .. } | ron::Error::NoSuchStructField { found, .. } => {
                Some(found)
            }
            _ => None,
        };
        ThemeError::Syntax { line: error.span.start.line, column: error.span.start.col, name }
    })?;
    let mut themes = Themes { colour256: Theme::plain(), colour16: Theme::plain(), mono: Theme::plain() };
    for role in Role::ALL {
        let mut given = entries.iter().filter(|(name, _)| *name == role).map(|(_, looks)| looks);
        let looks = given.next().ok_or(ThemeError::Missing(role))?;
        if given.next().is_some() {
            return Err(ThemeError::Duplicate(role));
        }
        if !looks.colour16.inks().all(Ink::is_of_16) {
            return Err(ThemeError::Colour(role, "colour16"));
        }
        if !looks.mono.inks().all(|ink| ink == Ink::Default) {
            return Err(ThemeError::Colour(role, "mono"));
        }
        set(&mut themes.colour256, role, looks.colour256);
        set(&mut themes.colour16, role, looks.colour16);
        set(&mut themes.mono, role, looks.mono);
    }
    Ok(themes)
}

fn unknown(name: Option<&str>) -> String {
    name.map(|name| format!("：“{name}”不是可用的名称")).unwrap_or_default()
}

fn set(theme: &mut Theme, role: Role, look: WrittenLook) {
    if let Some(style) = theme.styles.get_mut(role as usize) {
        *style = look.style();
    }
}

/// All entries of the file's map in order, so that a role given twice is noticed.
struct Entries(Vec<(Role, Looks)>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Entries;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a map from roles to looks")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}

/// How one role looks in the three variants; what is left out is plain.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Looks {
    colour256: WrittenLook,
    colour16: WrittenLook,
    mono: WrittenLook,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct WrittenLook {
    fg: Ink,
    bg: Ink,
    marks: Marks,
}

impl WrittenLook {
    fn inks(self) -> impl Iterator<Item = Ink> {
        [self.fg, self.bg].into_iter()
    }

    fn style(self) -> Style {
        let mut style = Style::new().add_modifier(self.marks.0);
        if self.fg != Ink::Default {
            style = style.fg(self.fg.color());
        }
        if self.bg != Ink::Default {
            style = style.bg(self.bg.color());
        }
        style
    }
}

/// A colour as written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
enum Ink {
    /// What the terminal draws in by itself.
    #[default]
    Default,
    Black,
    Red,
    Green,
    Yellow,
    Blue,
    Magenta,
    Cyan,
    Gray,
    DarkGray,
    LightRed,
    LightGreen,
    LightYellow,
    LightBlue,
    LightMagenta,
    LightCyan,
    White,
    /// One of xterm's 256.
    Indexed(u8),
}

impl Ink {
    fn is_of_16(self) -> bool {
        !matches!(self, Self::Indexed(_))
    }

    fn color(self) -> Color {
        match self {
            Self::Default => Color::Reset,
            Self::Black => Color::Black,
            Self::Red => Color::Red,
            Self::Green => Color::Green,
            Self::Yellow => Color::Yellow,
            Self::Blue => Color::Blue,
            Self::Magenta => Color::Magenta,
            Self::Cyan => Color::Cyan,
            Self::Gray => Color::Gray,
            Self::DarkGray => Color::DarkGray,
            Self::LightRed => Color::LightRed,
            Self::LightGreen => Color::LightGreen,
            Self::LightYellow => Color::LightYellow,
            Self::LightBlue => Color::LightBlue,
            Self::LightMagenta => Color::LightMagenta,
            Self::LightCyan => Color::LightCyan,
            Self::White => Color::White,
            Self::Indexed(index) => Color::Indexed(index),
        }
    }
}

/// A list of marks as one set.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(from = "Vec<Mark>")]
struct Marks(Modifier);

#[derive(Debug, Clone, Copy, Deserialize)]
enum Mark {
    Bold,
    Dim,
    Italic,
    Underlined,
    Reversed,
}

impl From<Vec<Mark>> for Marks {
    fn from(marks: Vec<Mark>) -> Self {
        let one = |mark: &Mark| match mark {
            Mark::Bold => Modifier::BOLD,
            Mark::Dim => Modifier::DIM,
            Mark::Italic => Modifier::ITALIC,
            Mark::Underlined => Modifier::UNDERLINED,
            Mark::Reversed => Modifier::REVERSED,
        };
        Self(marks.iter().map(one).collect())
    }
}
