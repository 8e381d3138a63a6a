//! Signs that are drawn with a font of pictures.

use crate::exchange::ooxml::Element;

/// The sign as a character; none if it has none, or is not one of those that reports use.
pub(super) fn sign(element: &Element<'_>) -> Option<char> {
    let font = element.attribute("font").unwrap_or_default().to_lowercase();
    let code = u32::from_str_radix(element.attribute("char")?.trim(), 16).ok()?;
    let of_pictures = match font.as_str() {
        "wingdings" => Some(wingdings as fn(u32) -> Option<char>),
        "wingdings 2" => Some(wingdings_2 as fn(u32) -> Option<char>),
        "symbol" => Some(symbol as fn(u32) -> Option<char>),
        _ => None,
    };
    match (of_pictures, code) {
        (Some(of_font), 0x20..=0xFF) => of_font(code),
        (Some(of_font), 0xF020..=0xF0FF) => of_font(code - 0xF000),
        // Codes for private use mean what the font makes of them.
        (None, 0x21..=0x7E | 0xA1..=0xDFFF | 0xF900..=0xFFFD) => char::from_u32(code),
        _ => None,
    }
}

fn wingdings(code: u32) -> Option<char> {
    Some(match code {
        0x6C => '●',
        0x6E => '■',
        0x6F..=0x72 => '□',
        0x75 => '◆',
        0x76 => '❖',
        0x81..=0x8A => char::from_u32('①' as u32 + code - 0x81)?,
        0x9F => '•',
        0xA1 => '○',
        0xA7 => '▪',
        0xA8 => '☐',
        0xAB => '★',
        0xD8 => '➢',
        0xDF => '←',
        0xE0 => '→',
        0xFB => '✗',
        0xFC => '✓',
        0xFD => '☒',
        0xFE => '☑',
        _ => return None,
    })
}

fn wingdings_2(code: u32) -> Option<char> {
    Some(match code {
        0x4F => '✗',
        0x50 => '✓',
        0x51 | 0x53 | 0x54 => '☒',
        0x52 => '☑',
        0xA3 => '☐',
        _ => return None,
    })
}

fn symbol(code: u32) -> Option<char> {
    Some(match code {
        0xA3 => '≤',
        0xB0 => '°',
        0xB1 => '±',
        0xB3 => '≥',
        0xB4 => '×',
        0xB7 | 0xD7 => '·',
        0xB8 => '÷',
        0xB9 => '≠',
        _ => return None,
    })
}
