//! One XML part, read piece by piece and never trusted: no document types, no entities of its own, bounded depth.

use std::borrow::Cow;

use quick_xml::NsReader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;

use super::broken;
use crate::exchange::error::ImportError;
use crate::exchange::format::Format;

/// A part that is being read.
pub(in crate::exchange) struct Xml<'t> {
    reader: NsReader<&'t [u8]>,
    part: &'t str,
    format: Format,
    depth: usize,
    max_depth: usize,
}

/// The next piece of a part.
pub(in crate::exchange) enum Node<'t> {
    /// An element begins. An empty element is followed by its [`Node::Close`] as well.
    Open(Element<'t>),
    /// Text, entities resolved.
    Text(Cow<'t, str>),
    /// The innermost open element ends.
    Close,
    /// The part ends.
    End,
}

/// The start of an element.
pub(in crate::exchange) struct Element<'t> {
    /// Which vocabulary its name is of.
    pub(in crate::exchange) ns: Ns,
    start: BytesStart<'t>,
}

/// Vocabularies that readers tell apart; the strict and the usual names of each are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::exchange) enum Ns {
    /// Word.
    Word,
    /// Alternatives for programs of different age.
    Compatibility,
    /// Formulas.
    Math,
    /// Any other.
    Other,
}

impl Element<'_> {
    /// Its name without the prefix.
    pub(in crate::exchange) fn local(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// The value of an attribute, by its name without the prefix.
    pub(in crate::exchange) fn attribute(&self, local: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        attributes.with_checks(false);
        attributes.flatten().find(|attribute| attribute.key.local_name().into_inner() == local).and_then(
            |attribute| Some(attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned()),
        )
    }

    /// The `val` attribute, which carries most of what Word says.
    pub(in crate::exchange) fn val(&self) -> Option<String> {
        self.attribute("val")
    }

    /// The `val` attribute as a whole number.
    pub(in crate::exchange) fn number(&self) -> Option<i64> {
        self.val()?.trim().parse().ok()
    }

    /// Whether a switch is on: it is, unless it says that it is not.
    pub(in crate::exchange) fn is_on(&self) -> bool {
        self.val().is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "off"))
    }
}

impl<'t> Xml<'t> {
    /// Begins to read a part.
    pub(in crate::exchange) fn new(part: &'t str, text: &'t str, format: Format, max_depth: usize) -> Self {
        let mut reader = NsReader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, part, format, depth: 0, max_depth }
    }

    /// The next piece.
    ///
    /// # Errors
    /// If the part is no sound XML, brings its own entities, or is nested too deeply.
    pub(in crate::exchange) fn next(&mut self) -> Result<Node<'t>, ImportError> {
        loop {
            let (name, event) = match self.reader.read_resolved_event() {
                Ok((name, event)) => (ns(&name), event),
                Err(_) => return Err(self.broken("的标记不完整")),
            };
            match event {
                Event::Start(start) | Event::Empty(start) => {
                    self.depth += 1;
                    if self.depth > self.max_depth {
                        let max = format!("{}层", self.max_depth);
                        return Err(ImportError::TooMuch { what: "嵌套层数", max });
                    }
                    return Ok(Node::Open(Element { ns: name, start }));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Node::Close);
                }
                Event::Text(text) => return Ok(Node::Text(text.xml10_content())),
                Event::CData(text) => return Ok(Node::Text(text.xml10_content())),
                Event::GeneralRef(name) => return self.resolve(&name).map(Node::Text),
                Event::DocType(_) => return Err(self.broken("带有文档类型定义，为安全起见不读")),
                Event::Eof if self.depth > 0 => return Err(self.broken("没有写完")),
                Event::Eof => return Ok(Node::End),
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
            }
        }
    }

    /// How many elements are open.
    pub(in crate::exchange) fn depth(&self) -> usize {
        self.depth
    }

    /// Passes over the rest of the element that was opened last.
    ///
    /// # Errors
    /// As [`Xml::next`].
    pub(in crate::exchange) fn skip(&mut self) -> Result<(), ImportError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if let Node::End = self.next()? {
                break;
            }
        }
        Ok(())
    }

    /// All text up to the end of the element that was opened last.
    ///
    /// # Errors
    /// As [`Xml::next`].
    pub(in crate::exchange) fn text(&mut self) -> Result<String, ImportError> {
        let outside = self.depth.saturating_sub(1);
        let mut all = String::new();
        while self.depth > outside {
            match self.next()? {
                Node::Text(text) => all.push_str(&text),
                Node::End => break,
                Node::Open(_) | Node::Close => {}
            }
        }
        Ok(all)
    }

    /// The five entities of XML and numbered characters.
    fn resolve(&self, name: &BytesRef<'t>) -> Result<Cow<'t, str>, ImportError> {
        if let Ok(Some(character)) = name.resolve_char_ref() {
            return Ok(Cow::Owned(character.to_string()));
        }
        match &**name {
            "lt" => Ok("<".into()),
            "gt" => Ok(">".into()),
            "amp" => Ok("&".into()),
            "quot" => Ok("\"".into()),
            "apos" => Ok("'".into()),
            _ => Err(self.broken("里有不认识的实体")),
        }
    }

    fn broken(&self, what: &str) -> ImportError {
        let at = self.reader.buffer_position();
        broken(self.format, &format!("部件“{}”{what}，停在第{at}字节", self.part))
    }
}

/// Text as XML can hold it: without the control characters that it has no way to write, line ends as `\n`.
pub(in crate::exchange) fn clean(text: &str) -> Cow<'_, str> {
    let unfit = |c: char| matches!(c, '\0'..='\u{8}' | '\u{B}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    if !text.contains(unfit) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    Cow::Owned(text.chars().filter(|c| !unfit(*c)).collect())
}

/// Text for between tags.
pub(in crate::exchange) fn escape(text: &str) -> String {
    clean(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Text for between the quotes of an attribute.
pub(in crate::exchange) fn attribute(text: &str) -> String {
    escape(text).replace('"', "&quot;").replace('\n', "&#10;").replace('\t', "&#9;")
}

fn ns(name: &ResolveResult<'_>) -> Ns {
    let ResolveResult::Bound(namespace) = name else { return Ns::Other };
    match namespace.into_inner() {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Ns::Word,
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => Ns::Compatibility,
        "http://schemas.openxmlformats.org/officeDocument/2006/math"
        | "http://purl.oclc.org/ooxml/officeDocument/math" => Ns::Math,
        _ => Ns::Other,
    }
}
