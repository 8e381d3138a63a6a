//! Codes of a font to characters and widths.

use std::collections::HashMap;

use encoding_rs::{GB18030, UTF_16BE};
use lopdf::{Dictionary, Document as Pdf, Object};

use super::cmap::{CMap, code};

/// A font as far as text needs it.
#[derive(Debug)]
pub(super) struct Font {
    codes: Codes,
    map: Option<CMap>,
    /// The characters of one-byte codes where there is no map.
    table: Vec<Option<String>>,
    /// Widths by code, in parts of the font size; of fonts whose codes have other numbers there are none.
    widths: HashMap<u32, f64>,
    width: f64,
    /// Whether lines run from top to bottom.
    pub(super) vertical: bool,
}

/// How the bytes of a text make codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Codes {
    OneByte,
    TwoBytes,
    /// GBK and its like: one byte or two, and the code is the character.
    National,
    /// The code is the character.
    Unicode,
}

/// One code of a text.
pub(super) struct Sign {
    /// Its characters, if known.
    pub(super) text: Option<String>,
    /// Its width in parts of the font size.
    pub(super) width: f64,
    /// Whether word spacing widens it.
    pub(super) is_blank: bool,
}

/// Bytes that the map of one font may have.
const LARGEST_MAP: usize = 2 << 20;
/// Widths that are taken in of one font.
const MOST_WIDTHS: usize = 70_000;
/// Of a font's flags, the one that says that its codes follow no standard.
const SYMBOLIC: i64 = 4;

impl Font {
    pub(super) fn read(font: &Dictionary, pdf: &Pdf) -> Self {
        let map = font
            .get_deref(b"ToUnicode", pdf)
            .and_then(Object::as_stream)
            .and_then(|stream| stream.get_plain_content_with_limit(LARGEST_MAP))
            .map(|text| CMap::read(&text))
            .ok();
        if font.get_deref(b"Subtype", pdf).and_then(Object::as_name).is_ok_and(|name| name == b"Type0") {
            Self::composite(font, pdf, map)
        } else {
            Self::simple(font, pdf, map)
        }
    }

    /// The codes of a text.
    pub(super) fn signs<'a>(&'a self, text: &'a [u8]) -> impl Iterator<Item = Sign> + 'a {
        let mut rest = text;
        std::iter::from_fn(move || {
            let length = match self.codes {
                Codes::OneByte => 1,
                Codes::National if *rest.first()? < 0x81 => 1,
                Codes::Unicode if (0xD8..0xDC).contains(rest.first()?) => 4,
                Codes::TwoBytes | Codes::National | Codes::Unicode => 2,
            };
            let (bytes, after) = rest.split_at(length.min(rest.len()));
            rest = after;
            (!bytes.is_empty()).then(|| self.sign(bytes))
        })
    }

    fn sign(&self, bytes: &[u8]) -> Sign {
        let code = code(bytes);
        // Some programs write the codes of one-byte fonts with two bytes in the map.
        let mapped = self.map.as_ref().and_then(|map| {
            map.get(code, bytes.len()).or_else(|| map.get(code, 3_usize.saturating_sub(bytes.len())))
        });
        let text = mapped.or_else(|| match self.codes {
            Codes::OneByte => self.table.get(code as usize).cloned().flatten(),
            Codes::TwoBytes => None,
            Codes::National => {
                GB18030.decode_without_bom_handling_and_without_replacement(bytes).map(Into::into)
            }
            Codes::Unicode => {
                UTF_16BE.decode_without_bom_handling_and_without_replacement(bytes).map(Into::into)
            }
        });
        // A private character means something in this font only.
        let text = text.filter(|text| !text.contains(['\u{fffd}', '\0']) && !text.contains(is_private));
        let half = self.codes == Codes::National && bytes.len() == 1;
        let width = self.widths.get(&code).copied().unwrap_or(if half { 0.5 } else { self.width });
        Sign { text, width, is_blank: bytes == b" " }
    }

    fn composite(font: &Dictionary, pdf: &Pdf, map: Option<CMap>) -> Self {
        let encoding = font.get_deref(b"Encoding", pdf).and_then(Object::as_name).unwrap_or_default();
        let codes = match encoding {
            name if name.starts_with(b"GB") => Codes::National,
            name if name.starts_with(b"UniGB-") => Codes::Unicode,
            _ => Codes::TwoBytes,
        };
        let descendant = font
            .get_deref(b"DescendantFonts", pdf)
            .and_then(Object::as_array)
            .ok()
            .and_then(|fonts| fonts.first())
            .and_then(|font| pdf.dereference(font).ok())
            .and_then(|(_, font)| font.as_dict().ok());
        let mut widths = HashMap::new();
        // Widths go by glyph, which is the code only where no table stands between them.
        if let (Codes::TwoBytes, Some(descendant)) = (codes, descendant)
            && let Ok(list) = descendant.get_deref(b"W", pdf).and_then(Object::as_array)
        {
            widths = composite_widths(list, pdf);
        }
        let width = descendant.and_then(|font| number(font, b"DW", pdf)).unwrap_or(1000.0) / 1000.0;
        Self { codes, map, table: Vec::new(), widths, width, vertical: encoding.ends_with(b"-V") }
    }

    fn simple(font: &Dictionary, pdf: &Pdf, map: Option<CMap>) -> Self {
        let descriptor = font.get_deref(b"FontDescriptor", pdf).and_then(Object::as_dict).ok();
        let flags = descriptor.and_then(|font| number(font, b"Flags", pdf)).unwrap_or_default() as i64;
        let known = font.has(b"Encoding") || flags & SYMBOLIC == 0;
        let table = match font.get_font_encoding_with_limit(pdf, LARGEST_MAP) {
            Ok(encoding) if map.is_none() && known => (0..=u8::MAX)
                .map(|byte| encoding.bytes_to_string(&[byte]).ok().filter(|text| !text.is_empty()))
                .collect(),
            _ => Vec::new(),
        };
        let first = number(font, b"FirstChar", pdf).unwrap_or_default() as u32;
        let list = font.get_deref(b"Widths", pdf).and_then(Object::as_array);
        // The glyphs of a font of pictures have their own measure.
        let type3 =
            font.get_deref(b"Subtype", pdf).and_then(Object::as_name).is_ok_and(|name| name == b"Type3");
        let scale = if type3 { type3_scale(font, pdf) } else { 0.001 };
        let widths = list.map_or_else(
            |_| HashMap::new(),
            |list| {
                let width =
                    |width: &Object| pdf.dereference(width).ok().and_then(|(_, width)| width.as_float().ok());
                let some = list.iter().take(MOST_WIDTHS).zip(first..);
                some.filter_map(|(object, code)| Some((code, f64::from(width(object)?) * scale))).collect()
            },
        );
        let width =
            descriptor.and_then(|font| number(font, b"MissingWidth", pdf)).filter(|width| *width > 0.0);
        Self {
            codes: Codes::OneByte,
            map,
            table,
            widths,
            width: width.unwrap_or(500.0) / 1000.0,
            vertical: false,
        }
    }
}

/// The widths of a composite font: `first [w w w]` and `first last w`.
fn composite_widths(list: &[Object], pdf: &Pdf) -> HashMap<u32, f64> {
    let mut widths = HashMap::new();
    let value = |object: &Object| {
        pdf.dereference(object).ok().and_then(|(_, object)| object.as_float().ok()).map(f64::from)
    };
    let mut rest = list;
    while let [first, second, after @ ..] = rest {
        let Some(code) = value(first) else { break };
        let array = pdf.dereference(second).ok().and_then(|(_, object)| object.as_array().ok());
        if let Some(each) = array {
            for (width, code) in each.iter().zip(code as u32..) {
                widths.extend(value(width).map(|width| (code, width / 1000.0)));
            }
            rest = after;
        } else {
            let [third, after @ ..] = after else { break };
            let (Some(until), Some(width)) = (value(second), value(third)) else { break };
            let codes = code as u32..=(until as u32).min(0xFFFF);
            widths.extend(codes.map(|code| (code, width / 1000.0)));
            rest = after;
        }
        if widths.len() > MOST_WIDTHS {
            break;
        }
    }
    widths
}

fn type3_scale(font: &Dictionary, pdf: &Pdf) -> f64 {
    let matrix = font.get_deref(b"FontMatrix", pdf).and_then(Object::as_array).ok();
    let scale = matrix.and_then(|matrix| matrix.first()).and_then(|scale| scale.as_float().ok());
    scale.map_or(0.001, f64::from)
}

fn number(dictionary: &Dictionary, key: &[u8], pdf: &Pdf) -> Option<f64> {
    dictionary.get_deref(key, pdf).and_then(Object::as_float).ok().map(f64::from)
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}
