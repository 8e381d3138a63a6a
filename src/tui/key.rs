//! Keys and their names.
//!
//! What terminals and systems do differently with one and the same key press ends here: a [`Key`] that
//! was made by [`Key::from_event`] or read from a name is in its one normal form.

use std::fmt;
use std::str::FromStr;

use crossterm::event as terminal;
use thiserror::Error;

/// A key press: what was pressed, and which modifiers were held. Always in normal form.
///
/// Normal form means: a character carries its own shift (`A`, `*`), letters with Ctrl or Alt are lower
/// case without shift, and control codes that terminals cannot tell from a named key are that key
/// (Ctrl-H is Backspace, Ctrl-I is Tab, Ctrl-J and Ctrl-M are Enter, Ctrl-[ is Esc).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Key {
    /// The key itself.
    pub code: KeyCode,
    /// Ctrl was held.
    pub ctrl: bool,
    /// Alt was held.
    pub alt: bool,
    /// Shift was held; never set beside a [`KeyCode::Char`].
    pub shift: bool,
}

/// The keys that the program knows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum KeyCode {
    /// A character, as typed or as committed by an input method; not folded to half width.
    Char(char),
    /// A function key, from 1.
    F(u8),
    /// Enter, on the main block or the keypad.
    Enter,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Escape.
    Esc,
}

/// Why a name is not the name of a key.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum KeyError {
    /// No key is called so.
    #[error("没有叫“{0}”的键，可写作 f1、ctrl-s、alt-1、shift-tab、space 等")]
    Unknown(String),
    /// The key exists, but terminals report it under another name.
    #[error("终端分不清“{name}”和“{instead}”，请写作“{instead}”")]
    SameAs {
        /// The name that was given.
        name: String,
        /// The name of the key that arrives in its place.
        instead: String,
    },
}

impl Key {
    /// A key without modifiers.
    pub const fn plain(code: KeyCode) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// A typed character.
    pub const fn char(c: char) -> Self {
        Self::plain(KeyCode::Char(c))
    }

    /// A letter pressed with Ctrl.
    pub const fn ctrl(c: char) -> Self {
        Self { code: KeyCode::Char(c.to_ascii_lowercase()), ctrl: true, alt: false, shift: false }
    }

    /// The key of a terminal event; nothing for releases, lone modifiers and keys that have no use here.
    pub fn from_event(event: &terminal::KeyEvent) -> Option<Self> {
        if event.kind == terminal::KeyEventKind::Release {
            return None;
        }
        let held = event.modifiers;
        if held.intersects(terminal::KeyModifiers::SUPER | terminal::KeyModifiers::HYPER) {
            return None;
        }
        let key = Self {
            code: code_of(event.code)?,
            ctrl: held.contains(terminal::KeyModifiers::CONTROL),
            alt: held.contains(terminal::KeyModifiers::ALT),
            shift: held.contains(terminal::KeyModifiers::SHIFT) || event.code == terminal::KeyCode::BackTab,
        }
        .normalised();
        (!key.typed().is_some_and(char::is_control)).then_some(key)
    }

    /// The character to be entered, when the key is one and no command modifier is held.
    pub const fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    /// The same key with its full-width character (`／`, `１`) folded to half width, if it has one.
    ///
    /// Commands on characters must work while an input method is in full-width mode; text entry does its
    /// own folding.
    pub fn half_width(self) -> Option<Self> {
        let half = match self.typed()? {
            '\u{3000}' => ' ',
            c @ '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0)?,
            _ => return None,
        };
        Some(Self::char(half))
    }

    /// How the key is shown to people: `F1`, `^S`, `Alt+A`, `Shift+Tab`, `回车`, `上`.
    ///
    /// Arrows are words, because terminals disagree on the width of arrow signs.
    pub fn hint(self) -> String {
        let name = match self.code {
            KeyCode::Char(' ') => "空格".to_owned(),
            KeyCode::Char(c) if self.ctrl && !self.alt => return format!("^{}", c.to_ascii_uppercase()),
            KeyCode::Char(c) if self.ctrl || self.alt => c.to_ascii_uppercase().to_string(),
            KeyCode::Char(c) => c.to_string(),
            KeyCode::F(n) => format!("F{n}"),
            code => cap(code).to_owned(),
        };
        let mut text = String::new();
        for (held, word) in [(self.ctrl, "Ctrl+"), (self.alt, "Alt+"), (self.shift, "Shift+")] {
            if held {
                text.push_str(word);
            }
        }
        text + &name
    }

    fn normalised(self) -> Self {
        let mut key = self;
        if let KeyCode::Char(c) = key.code {
            key.shift = false;
            if key.ctrl || key.alt {
                key.code = KeyCode::Char(c.to_ascii_lowercase());
            }
            if let Some(code) = control_code(key.code, key.ctrl) {
                key.code = code;
                key.ctrl = false;
            }
        }
        if key.code == KeyCode::Backspace {
            // Half of the terminals send the code of Ctrl-Backspace for the plain key.
            key.ctrl = false;
            key.shift = false;
        }
        key
    }
}

/// The name used in keymap files: `ctrl-s`, `shift-f3`, `space`, `*`.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, word) in [(self.ctrl, "ctrl-"), (self.alt, "alt-"), (self.shift, "shift-")] {
            if held {
                f.write_str(word)?;
            }
        }
        match self.code {
            KeyCode::Char(' ') => f.write_str("space"),
            KeyCode::Char(c) => write!(f, "{c}"),
            KeyCode::F(n) => write!(f, "f{n}"),
            code => f.write_str(NAMES.iter().find(|(_, c)| *c == code).map_or("", |(name, _)| name)),
        }
    }
}

impl FromStr for Key {
    type Err = KeyError;

    fn from_str(name: &str) -> Result<Self, KeyError> {
        let unknown = || KeyError::Unknown(name.to_owned());
        let (mut ctrl, mut alt, mut shift) = (false, false, false);
        let mut rest = name;
        while let Some((word, tail)) = rest.split_once('-').filter(|(_, tail)| !tail.is_empty()) {
            let held = match word {
                "ctrl" => &mut ctrl,
                "alt" => &mut alt,
                "shift" => &mut shift,
                _ => return Err(unknown()),
            };
            if std::mem::replace(held, true) {
                return Err(unknown());
            }
            rest = tail;
        }
        let key = Self { code: named_code(rest).ok_or_else(unknown)?, ctrl, alt, shift };
        let normal = key.normalised();
        if normal == key {
            return Ok(key);
        }
        let instead = match key.code {
            KeyCode::Char(c) if shift && !ctrl && !alt => c.to_uppercase().to_string(),
            _ => normal.to_string(),
        };
        Err(KeyError::SameAs { name: name.to_owned(), instead })
    }
}

const NAMES: [(&str, KeyCode); 14] = [
    ("enter", KeyCode::Enter),
    ("tab", KeyCode::Tab),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("insert", KeyCode::Insert),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pageup", KeyCode::PageUp),
    ("pagedown", KeyCode::PageDown),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("esc", KeyCode::Esc),
];

fn named_code(name: &str) -> Option<KeyCode> {
    let mut chars = name.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return (!c.is_control() && !c.is_whitespace()).then_some(KeyCode::Char(c));
    }
    if name == "space" {
        return Some(KeyCode::Char(' '));
    }
    if let Some(number) = name.strip_prefix('f').and_then(|n| n.parse::<u8>().ok()) {
        return (1..=24).contains(&number).then_some(KeyCode::F(number));
    }
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, code)| *code)
}

fn code_of(code: terminal::KeyCode) -> Option<KeyCode> {
    Some(match code {
        terminal::KeyCode::Char(c) => KeyCode::Char(c),
        terminal::KeyCode::F(n) => KeyCode::F(n),
        terminal::KeyCode::Enter => KeyCode::Enter,
        terminal::KeyCode::Tab | terminal::KeyCode::BackTab => KeyCode::Tab,
        terminal::KeyCode::Backspace => KeyCode::Backspace,
        terminal::KeyCode::Delete => KeyCode::Delete,
        terminal::KeyCode::Insert => KeyCode::Insert,
        terminal::KeyCode::Home => KeyCode::Home,
        terminal::KeyCode::End => KeyCode::End,
        terminal::KeyCode::PageUp => KeyCode::PageUp,
        terminal::KeyCode::PageDown => KeyCode::PageDown,
        terminal::KeyCode::Up => KeyCode::Up,
        terminal::KeyCode::Down => KeyCode::Down,
        terminal::KeyCode::Left => KeyCode::Left,
        terminal::KeyCode::Right => KeyCode::Right,
        terminal::KeyCode::Esc => KeyCode::Esc,
        _ => return None,
    })
}

/// The named key that a control code stands for, whether it came as a letter with Ctrl or as the bare code.
const fn control_code(code: KeyCode, ctrl: bool) -> Option<KeyCode> {
    match (code, ctrl) {
        (KeyCode::Char('h'), true) | (KeyCode::Char('\u{8}' | '\u{7f}'), _) => Some(KeyCode::Backspace),
        (KeyCode::Char('i'), true) | (KeyCode::Char('\t'), _) => Some(KeyCode::Tab),
        (KeyCode::Char('j' | 'm'), true) | (KeyCode::Char('\r' | '\n'), _) => Some(KeyCode::Enter),
        (KeyCode::Char('['), true) | (KeyCode::Char('\u{1b}'), _) => Some(KeyCode::Esc),
        _ => None,
    }
}

/// What stands on the key cap, in Chinese where keyboards sold in China say it in Chinese.
const fn cap(code: KeyCode) -> &'static str {
    match code {
        KeyCode::Enter => "回车",
        KeyCode::Tab => "Tab",
        KeyCode::Backspace => "退格",
        KeyCode::Delete => "Del",
        KeyCode::Insert => "Ins",
        KeyCode::Home => "Home",
        KeyCode::End => "End",
        KeyCode::PageUp => "PgUp",
        KeyCode::PageDown => "PgDn",
        KeyCode::Up => "上",
        KeyCode::Down => "下",
        KeyCode::Left => "左",
        KeyCode::Right => "右",
        KeyCode::Esc => "Esc",
        KeyCode::Char(_) | KeyCode::F(_) => "",
    }
}

#[cfg(test)]
mod tests;
