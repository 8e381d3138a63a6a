//! Pictures, embedded objects and text boxes.

use std::collections::BTreeSet;

use super::Reader;
use super::inline::Line;
use crate::exchange::error::ImportError;
use crate::exchange::ooxml::{Node, Ns, Xml};

/// What was found in a drawing.
#[derive(Default)]
struct Seen {
    things: BTreeSet<Thing>,
    /// Words that are part of the drawing.
    words: String,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    TextBox,
    Object,
    Chart,
    Picture,
}

impl Thing {
    fn told(self) -> &'static str {
        match self {
            Self::TextBox => "文本框的位置（其中的文字接在本段之后）",
            Self::Object => "嵌入的对象",
            Self::Chart => "图表",
            Self::Picture => "图片",
        }
    }
}

impl Reader {
    /// A drawing: the text of its boxes follows the paragraph, the rest is lost.
    pub(super) fn drawing(&mut self, xml: &mut Xml<'_>, line: &mut Line) -> Result<(), ImportError> {
        let mut seen = Seen::default();
        self.shapes(xml, line, &mut seen)?;
        if seen.things.contains(&Thing::Object) {
            // The picture only shows the object.
            seen.things.remove(&Thing::Picture);
        }
        for thing in &seen.things {
            self.lose(&line.at, thing.told().to_owned())?;
        }
        let words = seen.words.trim();
        if !words.is_empty() {
            self.lose(&line.at, format!("图形中的文字“{words}”"))
        } else if seen.things.is_empty() {
            self.lose(&line.at, "图形".to_owned())
        } else {
            Ok(())
        }
    }

    fn shapes(&mut self, xml: &mut Xml<'_>, line: &mut Line, seen: &mut Seen) -> Result<(), ImportError> {
        loop {
            let element = match xml.next()? {
                Node::Open(element) => element,
                Node::Close | Node::End => return Ok(()),
                Node::Text(_) => continue,
            };
            match (element.ns, element.local()) {
                (Ns::Word, "txbxContent") => {
                    seen.things.insert(Thing::TextBox);
                    self.blocks(xml, &mut line.boxes)?;
                    continue;
                }
                (Ns::Compatibility, "AlternateContent") => {
                    let at = line.at.clone();
                    self.alternative(xml, &at, &mut |reader, xml| reader.shapes(xml, line, seen))?;
                    continue;
                }
                (Ns::Other, "t") => {
                    seen.words.push_str(&xml.text()?);
                    continue;
                }
                (_, "textpath") => seen.words.push_str(&element.attribute("string").unwrap_or_default()),
                (_, "pic" | "blip" | "imagedata") => drop(seen.things.insert(Thing::Picture)),
                (_, "chart") => drop(seen.things.insert(Thing::Chart)),
                (_, "OLEObject" | "control") => drop(seen.things.insert(Thing::Object)),
                _ => {}
            }
            self.shapes(xml, line, seen)?;
        }
    }
}
