//! Codes of a font to characters and widths.

use std::rc::Rc;

use encoding_rs::{GB18030, UTF_16BE};
use lopdf::{Dictionary, Document as Pdf, Object};

use super::budget::{Budget, Spent};
use super::cmap::{CMap, code};
use super::spans::Spans;

/// A font as far as text needs it.
#[derive(Debug)]
pub(super) struct Font {
    codes: Codes,
    map: Option<Rc<CMap>>,
    /// The characters of one-byte codes where there is no map.
    table: Vec<Option<String>>,
    /// Widths by code, in parts of the font size; of fonts whose codes have other numbers there are none.
    widths: Spans<f64>,
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

/// Of a font's flags, the one that says that its codes follow no standard.
const SYMBOLIC: i64 = 4;
/// Bytes that tables of an encoding may unpack; they hold none.
const LARGEST_ENCODING: usize = 1 << 10;
/// The last code of a font of one byte and of two.
const LAST_OF_ONE: u32 = 0xFF;
const LAST_OF_TWO: u32 = 0xFFFF;

impl Font {
    /// Reads a font of which the map is known.
    ///
    /// # Errors
    /// If its lists are longer than what is left.
    pub(super) fn read(
        font: &Dictionary,
        map: Option<Rc<CMap>>,
        pdf: &Pdf,
        budget: &mut Budget,
    ) -> Result<Self, Spent> {
        if is_composite(font, pdf) {
            Self::composite(font, pdf, map, budget)
        } else {
            Self::simple(font, pdf, map, budget)
        }
    }

    /// The font of a text for which the file has none. Of its signs only the blank is known.
    pub(super) fn missing() -> Self {
        let table = (0..=u8::MAX).map(|byte| (byte == b' ').then(|| " ".to_owned())).collect();
        let widths = Spans::default();
        Self { codes: Codes::OneByte, map: None, table, widths, width: 0.5, vertical: false }
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
        let width = self.widths.get(code).copied().unwrap_or(if half { 0.5 } else { self.width });
        Sign { text, width, is_blank: bytes == b" " }
    }

    fn composite(
        font: &Dictionary,
        pdf: &Pdf,
        map: Option<Rc<CMap>>,
        budget: &mut Budget,
    ) -> Result<Self, Spent> {
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
        let mut widths = Spans::default();
        // Widths go by glyph, which is the code only where no table stands between them.
        if let (Codes::TwoBytes, Some(descendant)) = (codes, descendant)
            && let Ok(list) = descendant.get_deref(b"W", pdf).and_then(Object::as_array)
        {
            widths = composite_widths(list, pdf, budget)?;
        }
        let width = descendant.and_then(|font| number(font, b"DW", pdf)).unwrap_or(1000.0) / 1000.0;
        Ok(Self { codes, map, table: Vec::new(), widths, width, vertical: encoding.ends_with(b"-V") })
    }

    fn simple(
        font: &Dictionary,
        pdf: &Pdf,
        map: Option<Rc<CMap>>,
        budget: &mut Budget,
    ) -> Result<Self, Spent> {
        let descriptor = font.get_deref(b"FontDescriptor", pdf).and_then(Object::as_dict).ok();
        let flags = descriptor.and_then(|font| number(font, b"Flags", pdf)).unwrap_or_default() as i64;
        let known = font.has(b"Encoding") || flags & SYMBOLIC == 0;
        let encoding = font.get_deref(b"Encoding", pdf).and_then(Object::as_dict);
        let differences = encoding.and_then(|encoding| encoding.get_deref(b"Differences", pdf));
        budget.steps(differences.and_then(Object::as_array).map_or(0, Vec::len))?;
        // The parser would take a map that can not be used as an encoding, and write it out code by code.
        let unmapped = font.get_deref(b"ToUnicode", pdf).and_then(Object::as_stream).is_err();
        let mut table = Vec::new();
        if map.is_none()
            && known
            && unmapped
            && let Ok(encoding) = font.get_font_encoding_with_limit(pdf, LARGEST_ENCODING)
        {
            let text = |byte| encoding.bytes_to_string(&[byte]).ok().filter(|text| !text.is_empty());
            table = (0..=u8::MAX).map(text).collect();
        }
        let first = number(font, b"FirstChar", pdf).unwrap_or_default() as u32;
        let list = font.get_deref(b"Widths", pdf).and_then(Object::as_array);
        // The glyphs of a font of pictures have their own measure.
        let type3 =
            font.get_deref(b"Subtype", pdf).and_then(Object::as_name).is_ok_and(|name| name == b"Type3");
        let scale = if type3 { type3_scale(font, pdf) } else { 0.001 };
        let mut widths = Spans::default();
        for (object, code) in list.map(Vec::as_slice).unwrap_or_default().iter().zip(first..=LAST_OF_ONE) {
            budget.steps(1)?;
            if let Some(width) = value(object, pdf) {
                widths.set(code, code, width * scale);
            }
        }
        let width =
            descriptor.and_then(|font| number(font, b"MissingWidth", pdf)).filter(|width| *width > 0.0);
        let width = width.unwrap_or(500.0) / 1000.0;
        Ok(Self { codes: Codes::OneByte, map, table, widths, width, vertical: false })
    }
}

/// Whether a font is made of others, with codes of more than one byte.
pub(super) fn is_composite(font: &Dictionary, pdf: &Pdf) -> bool {
    font.get_deref(b"Subtype", pdf).and_then(Object::as_name).is_ok_and(|name| name == b"Type0")
}

/// The widths of a composite font: `first [w w w]` and `first last w`.
fn composite_widths(list: &[Object], pdf: &Pdf, budget: &mut Budget) -> Result<Spans<f64>, Spent> {
    let mut widths = Spans::default();
    let mut rest = list;
    while let [first, second, after @ ..] = rest {
        budget.steps(1)?;
        let Some(code) = value(first, pdf) else { break };
        let array = pdf.dereference(second).ok().and_then(|(_, object)| object.as_array().ok());
        if let Some(each) = array {
            for (width, code) in each.iter().zip(code as u32..=LAST_OF_TWO) {
                budget.steps(1)?;
                if let Some(width) = value(width, pdf) {
                    widths.set(code, code, width / 1000.0);
                }
            }
            rest = after;
        } else {
            let [third, after @ ..] = after else { break };
            let (Some(until), Some(width)) = (value(second, pdf), value(third, pdf)) else { break };
            widths.set(code as u32, (until as u32).min(LAST_OF_TWO), width / 1000.0);
            rest = after;
        }
    }
    Ok(widths)
}

/// A number of the file.
pub(super) fn value(object: &Object, pdf: &Pdf) -> Option<f64> {
    pdf.dereference(object).ok().and_then(|(_, object)| object.as_float().ok()).map(f64::from)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_is_named_often_counts_each_time() {
        let mut pdf = Pdf::with_version("1.7");
        let each = pdf.add_object(vec![Object::from(250); 1000]);
        let mut list = vec![0.into(), each.into(), 5000.into(), 65_535.into(), 2000.into()];
        let widths = composite_widths(&list, &pdf, &mut Budget::of_steps(2000)).unwrap();
        let width = |code| widths.get(code).copied();
        assert_eq!(
            [width(0), width(999), width(1000), width(5000), width(65_535)],
            [Some(0.25), Some(0.25), None, Some(2.0), Some(2.0)]
        );
        list = list.iter().take(2).cycle().take(20).cloned().collect();
        let spent = composite_widths(&list, &pdf, &mut Budget::of_steps(2000)).unwrap_err();
        assert_eq!(spent, Spent::Steps);
    }
}
