//! What the escape sequences of terminals mean.

use crossterm::event::{KeyCode as Code, KeyEvent, KeyModifiers as Held};

use crate::tui::event::{Event, Turn};

/// What a whole sequence says.
#[derive(Debug)]
pub(super) enum Meaning {
    /// A key; its name is not yet in normal form.
    Key(KeyEvent),
    /// The mouse.
    Event(Event),
    /// Pasted text follows.
    Paste,
    /// The cursor is in this column, counted from 0.
    Column(u16),
    /// The terminal says which kind it is.
    Attributes,
    /// Nothing that the program uses.
    Nothing,
}

/// The meaning of `ESC [`, `parameters` and the byte `last`.
///
/// With `report_awaited`, an `R` with two numbers is where the cursor is; otherwise it is F3.
pub(super) fn csi(parameters: &[u8], last: u8, report_awaited: bool) -> Meaning {
    let Ok(text) = str::from_utf8(parameters) else {
        return Meaning::Nothing;
    };
    if let Some(place) = text.strip_prefix('<') {
        return mouse(&Parameters(place), last).map_or(Meaning::Nothing, Meaning::Event);
    }
    if text.starts_with('?') && last == b'c' {
        return Meaning::Attributes;
    }
    if !text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b':' | b';')) {
        return Meaning::Nothing;
    }
    let parameters = Parameters(text);
    match last {
        b'R' if report_awaited && parameters.count() == 2 => {
            parameters.get(1, 0).and_then(from_one).map_or(Meaning::Nothing, Meaning::Column)
        }
        b'~' if parameters.get(0, 0) == Some(200) => Meaning::Paste,
        _ => csi_key(&parameters, last).map_or(Meaning::Nothing, Meaning::Key),
    }
}

/// The key of `ESC O`, `parameters` and the byte `last`: function keys, and the keypad where it is switched
/// to send its own codes.
pub(super) fn ss3(parameters: &[u8], last: u8) -> Option<KeyEvent> {
    let parameters = Parameters(str::from_utf8(parameters).ok()?);
    let code = match last {
        b'a'..=b'd' => return Some(KeyEvent::new(lettered(last.to_ascii_uppercase())?, Held::CONTROL)),
        b'M' => Code::Enter,
        b'I' => Code::Tab,
        b' ' => Code::Char(' '),
        b'X' => Code::Char('='),
        // The codes of the keypad lie 64 above the characters on its keys.
        b'j'..=b'y' => Code::Char(char::from(last - 0x40)),
        _ => lettered(last)?,
    };
    Some(KeyEvent::new(code, lettered_held(&parameters)?))
}

/// The key of `ESC [ [` and the byte `last`, which the text console of Linux sends.
pub(super) fn linux(last: u8) -> Option<KeyEvent> {
    matches!(last, b'A'..=b'E').then(|| KeyEvent::new(Code::F(last - b'A' + 1), Held::NONE))
}

/// The key of a single byte below 128 other than ESC.
pub(super) fn single(byte: u8) -> KeyEvent {
    let control = |offset: u8| KeyEvent::new(Code::Char(char::from(byte + offset)), Held::CONTROL);
    let plain = |code| KeyEvent::new(code, Held::NONE);
    match byte {
        0 => KeyEvent::new(Code::Char(' '), Held::CONTROL),
        b'\r' | b'\n' => plain(Code::Enter),
        b'\t' => plain(Code::Tab),
        0x08 | 0x7f => plain(Code::Backspace),
        0x01..=0x1a => control(0x60),
        0x1b..=0x1f => control(0x40),
        _ => plain(Code::Char(char::from(byte))),
    }
}

/// Numbers between `;`, each perhaps with further numbers after `:`.
struct Parameters<'a>(&'a str);

impl Parameters<'_> {
    fn count(&self) -> usize {
        if self.0.is_empty() { 0 } else { self.0.split(';').count() }
    }

    /// Nothing if it is absent or empty; a number that is too large stays too large for any use.
    fn get(&self, field: usize, part: usize) -> Option<u32> {
        let digits = self.0.split(';').nth(field)?.split(':').nth(part)?;
        (!digits.is_empty()).then(|| digits.parse().unwrap_or(u32::MAX))
    }

    /// The modifiers in a field; nothing for a key that was let go or a modifier that has no use here.
    fn held(&self, field: usize) -> Option<Held> {
        const RELEASED: u32 = 3;
        const LOCKS: u32 = 64 | 128;
        if self.get(field, 1) == Some(RELEASED) {
            return None;
        }
        let bits = self.get(field, 0).unwrap_or(1).saturating_sub(1) & !LOCKS;
        let mut held = Held::NONE;
        for (bit, modifier) in [(1, Held::SHIFT), (2, Held::ALT), (4, Held::CONTROL), (8, META)] {
            if bits & bit != 0 {
                held |= modifier;
            }
        }
        (bits < 16).then_some(held)
    }
}

/// Where terminals tell Meta from Alt, people press the one for the other.
const META: Held = Held::ALT;

fn csi_key(parameters: &Parameters, last: u8) -> Option<KeyEvent> {
    let numbered_with = |held| Some(KeyEvent::new(numbered(parameters.get(0, 0)?)?, held));
    match last {
        b'u' => by_character(parameters.get(0, 0)?, parameters.get(0, 1), parameters.held(1)?),
        b'~' if parameters.get(0, 0) == Some(27) && parameters.count() == 3 => {
            by_character(parameters.get(2, 0)?, None, parameters.held(1)?)
        }
        b'~' => numbered_with(parameters.held(1)?),
        b'$' => numbered_with(Held::SHIFT),
        b'^' => numbered_with(Held::CONTROL),
        b'@' => numbered_with(Held::SHIFT | Held::CONTROL),
        b'a'..=b'd' => Some(KeyEvent::new(lettered(last.to_ascii_uppercase())?, Held::SHIFT)),
        b'Z' => Some(KeyEvent::new(Code::Tab, lettered_held(parameters)? | Held::SHIFT)),
        _ => Some(KeyEvent::new(lettered(last)?, lettered_held(parameters)?)),
    }
}

fn lettered(last: u8) -> Option<Code> {
    Some(match last {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'F' => Code::End,
        b'H' => Code::Home,
        b'P'..=b'S' => Code::F(last - b'P' + 1),
        _ => return None,
    })
}

/// `1;m`, or `m` alone from old terminals.
fn lettered_held(parameters: &Parameters) -> Option<Held> {
    match parameters.count() {
        0 | 1 => parameters.held(0),
        2 if parameters.get(0, 0).is_none_or(|number| number == 1) => parameters.held(1),
        _ => None,
    }
}

fn numbered(number: u32) -> Option<Code> {
    let number = u8::try_from(number).ok()?;
    Some(match number {
        1 | 7 => Code::Home,
        2 => Code::Insert,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        // The numbers leave a gap after every few keys, as the keys of the VT220 did.
        11..=15 => Code::F(number - 10),
        17..=21 => Code::F(number - 11),
        23..=26 => Code::F(number - 12),
        28..=29 => Code::F(number - 13),
        31..=34 => Code::F(number - 14),
        42..=45 => Code::F(number - 21),
        _ => return None,
    })
}

/// The key that bears a character, from terminals that were told to send one for every key.
fn by_character(number: u32, shifted: Option<u32>, held: Held) -> Option<KeyEvent> {
    let code = match number {
        9 => Code::Tab,
        13 => Code::Enter,
        27 => Code::Esc,
        8 | 127 => Code::Backspace,
        _ => {
            // In the private area lie keys without a character.
            let of = |number| {
                char::from_u32(number).filter(|c| !c.is_control() && !matches!(c, '\u{e000}'..='\u{f8ff}'))
            };
            let c = of(number)?;
            let upper = || shifted.and_then(of).unwrap_or_else(|| upper_case(c));
            Code::Char(if held.contains(Held::SHIFT) { upper() } else { c })
        }
    };
    Some(KeyEvent::new(code, held))
}

fn upper_case(c: char) -> char {
    let mut upper = c.to_uppercase();
    upper.next().filter(|_| upper.next().is_none()).unwrap_or(c)
}

/// Buttons and the wheel have numbers; bits for held modifiers stand beside them.
fn mouse(place: &Parameters, last: u8) -> Option<Event> {
    const MODIFIERS: u32 = 4 | 8 | 16;
    let button = place.get(0, 0)? & !MODIFIERS;
    let (column, row) = (from_one(place.get(1, 0)?)?, from_one(place.get(2, 0)?)?);
    match button {
        _ if last != b'M' => None,
        0 => Some(Event::Click { column, row }),
        64 => Some(Event::Wheel { turn: Turn::Up, column, row }),
        65 => Some(Event::Wheel { turn: Turn::Down, column, row }),
        _ => None,
    }
}

fn from_one(number: u32) -> Option<u16> {
    u16::try_from(number.checked_sub(1)?).ok()
}
