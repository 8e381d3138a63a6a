//! The events of an XML part, with what is the same for all parts: names without prefixes, text with its
//! references, bounded depth.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::book::Source;
use crate::exchange::ImportError;

/// An XML part while it is read.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
}

/// What comes next.
pub(super) enum Piece<'a> {
    /// An element begins. Empty elements end at once.
    Start(BytesStart<'a>),
    /// An element of this name ends.
    End(String),
    /// Text.
    Text(String),
}

impl<'a> Xml<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, depth: 0 }
    }

    /// The next piece; none at the end.
    ///
    /// # Errors
    /// The part is not well formed or nested too deeply.
    pub(super) fn next(&mut self, source: &Source) -> Result<Option<Piece<'a>>, ImportError> {
        loop {
            source.step()?;
            let event = self.reader.read_event().map_err(|_| source.broken("内部的标记不完整"))?;
            return Ok(Some(match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > source.limits.depth {
                        return Err(ImportError::TooMuch {
                            what: "嵌套层数",
                            max: format!("{}层", source.limits.depth),
                        });
                    }
                    Piece::Start(start)
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    Piece::End(end.local_name().as_ref().to_owned())
                }
                Event::Text(text) => Piece::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Piece::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(reference) => Piece::Text(match reference.resolve_char_ref() {
                    Ok(Some(character)) => character.to_string(),
                    _ => named(&reference).ok_or_else(|| source.broken("内部有不认识的实体"))?,
                }),
                Event::DocType(_) => {
                    return Err(source.broken("内部带有文档类型定义，为安全起见不读"));
                }
                Event::Eof if self.depth > 0 => return Err(source.broken("内部的标记没有写完")),
                Event::Eof => return Ok(None),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            }));
        }
    }
}

/// An attribute by its name without prefix.
pub(super) fn attribute(start: &BytesStart, name: &str) -> Option<String> {
    let found =
        start.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(quick_xml::escape::unescape(&found.value).map_or_else(|_| found.value.to_string(), Into::into))
}

/// An attribute as a number.
pub(super) fn number<T: std::str::FromStr>(start: &BytesStart, name: &str) -> Option<T> {
    attribute(start, name)?.trim().parse().ok()
}

/// Whether an attribute says yes.
pub(super) fn is_true(start: &BytesStart, name: &str) -> bool {
    attribute(start, name).is_some_and(|value| value == "1" || value == "true")
}

/// Whether a switch is on: it is, unless it says that it is not.
pub(super) fn is_on(start: &BytesStart) -> bool {
    attribute(start, "val").is_none_or(|value| value != "0" && value != "false")
}

/// One of the five references that every XML knows.
fn named(reference: &str) -> Option<String> {
    quick_xml::escape::resolve_predefined_entity(reference).map(str::to_owned)
}
