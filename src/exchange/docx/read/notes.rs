//! Footnotes, endnotes and comments: a document has no place for them, but what they say is not passed over.

use std::collections::BTreeMap;

use crate::exchange::error::ImportError;
use crate::exchange::ooxml::{Node, Xml};

/// The texts of all notes.
#[derive(Debug, Default)]
pub(super) struct Notes(BTreeMap<(&'static str, String), String>);

impl Notes {
    /// Reads the parts with notes that there are.
    ///
    /// # Errors
    /// If one is no sound XML.
    pub(super) fn read<'t>(parts: impl IntoIterator<Item = Option<Xml<'t>>>) -> Result<Self, ImportError> {
        let mut notes = Self::default();
        for mut xml in parts.into_iter().flatten() {
            loop {
                match xml.next()? {
                    Node::Open(element) => {
                        if let Some(kind) = kind(element.local()) {
                            let id = element.attribute("id").unwrap_or_default();
                            let text = plain_text(&mut xml)?;
                            notes.0.insert((kind, id), text);
                        }
                    }
                    Node::End => break,
                    Node::Close | Node::Text(_) => {}
                }
            }
        }
        Ok(notes)
    }

    /// What stands at a reference such as `footnoteReference`, for people.
    pub(super) fn told(&mut self, reference: &str, id: &str) -> Option<String> {
        let kind = kind(reference.strip_suffix("Reference")?)?;
        let text = self.0.remove(&(kind, id.to_owned()));
        Some(text.map_or_else(|| kind.to_owned(), |text| format!("{kind}“{}”", text.trim())))
    }
}

/// The words of the element that was opened last, deleted ones as well, a line for each paragraph.
///
/// # Errors
/// If the part is no sound XML.
pub(super) fn plain_text(xml: &mut Xml<'_>) -> Result<String, ImportError> {
    let mut text = String::new();
    let mut inside = 0_usize;
    loop {
        match xml.next()? {
            Node::Open(element) => match element.local() {
                "t" | "delText" => text.push_str(&xml.text()?),
                "instrText" | "delInstrText" | "Fallback" => xml.skip()?,
                "p" if !text.is_empty() && !text.ends_with('\n') => {
                    text.push('\n');
                    inside += 1;
                }
                _ => inside += 1,
            },
            Node::Close if inside == 0 => return Ok(text),
            Node::Close => inside -= 1,
            Node::End => return Ok(text),
            Node::Text(_) => {}
        }
    }
}

fn kind(element: &str) -> Option<&'static str> {
    match element {
        "footnote" => Some("脚注"),
        "endnote" => Some("尾注"),
        "comment" => Some("批注"),
        _ => None,
    }
}
