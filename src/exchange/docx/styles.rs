//! The styles of a Word file: which paragraphs are headings, and which figures gouji marked as computed.

use std::collections::BTreeMap;

use super::name;
use crate::exchange::document::Style;
use crate::exchange::error::ImportError;
use crate::exchange::ooxml::{Element, Node, Ns, Xml};

/// Styles that are based on one another in a longer chain are not followed further.
const LONGEST_CHAIN: usize = 16;

/// The styles by id.
#[derive(Debug, Default)]
pub(super) struct Styles(BTreeMap<String, Entry>);

/// What a paragraph is by its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A heading of a level; 0 is the title.
    Heading(u8),
    /// A paragraph.
    Paragraph(Style),
}

/// A reference to a numbered list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct ListItem {
    /// Which list; 0 is none.
    pub(super) list: Option<i64>,
    /// The level in it, from 0.
    pub(super) level: Option<i64>,
}

#[derive(Debug, Default)]
struct Entry {
    /// In small letters.
    name: String,
    based_on: Option<String>,
    outline: Option<i64>,
    item: ListItem,
    looks: Looks,
}

/// How characters look, as far as that changes what is read; none where a style leaves it to the one below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Looks {
    pub(super) hidden: Option<bool>,
    pub(super) struck: Option<bool>,
    /// Whether they are small and stand high in the line.
    pub(super) raised: Option<bool>,
}

impl Looks {
    /// Takes in a property of characters.
    pub(super) fn note(&mut self, property: &Element<'_>) {
        match property.local() {
            "vanish" => self.hidden = Some(property.is_on()),
            // Both are there to be switched off one by one.
            "strike" | "dstrike" => self.struck = Some(property.is_on() || self.struck == Some(true)),
            "vertAlign" => self.raised = Some(property.val().as_deref() == Some("superscript")),
            _ => {}
        }
    }

    /// What it says, and where it says nothing, what the other does.
    pub(super) fn over(self, other: Self) -> Self {
        Self {
            hidden: self.hidden.or(other.hidden),
            struck: self.struck.or(other.struck),
            raised: self.raised.or(other.raised),
        }
    }
}

impl Styles {
    /// Reads the part.
    ///
    /// # Errors
    /// If it is no sound XML.
    pub(super) fn read(mut xml: Xml<'_>) -> Result<Self, ImportError> {
        let mut styles = Self::default();
        loop {
            match xml.next()? {
                Node::Open(element) if (element.ns, element.local()) == (Ns::Word, "style") => {
                    let id = element.attribute("styleId").unwrap_or_default();
                    let entry = entry(&mut xml)?;
                    styles.0.insert(id, entry);
                }
                Node::End => return Ok(styles),
                Node::Open(_) | Node::Close | Node::Text(_) => {}
            }
        }
    }

    /// What a paragraph is that has a style and perhaps an outline level of its own.
    pub(super) fn role(&self, id: Option<&str>, outline: Option<i64>) -> Role {
        let named = self.chain(id).find_map(Entry::role);
        if named == Some(Role::Heading(0)) {
            return Role::Heading(0);
        }
        outline.map(by_outline).or(named).unwrap_or(Role::Paragraph(Style::Body))
    }

    /// The list that a style puts its paragraphs into.
    pub(super) fn item(&self, id: Option<&str>) -> ListItem {
        let list = self.chain(id).find_map(|entry| entry.item.list);
        ListItem { list, level: self.chain(id).find_map(|entry| entry.item.level) }
    }

    /// How the characters of a style look.
    pub(super) fn looks(&self, id: Option<&str>) -> Looks {
        self.chain(id).fold(Looks::default(), |looks, entry| looks.over(entry.looks))
    }

    /// Whether paragraphs of a style only keep two tables apart.
    pub(super) fn is_gap(&self, id: Option<&str>) -> bool {
        id.and_then(|id| self.0.get(id)).is_some_and(|entry| entry.name == name::GAP)
    }

    /// Whether a style of characters marks what was computed.
    pub(super) fn is_computed(&self, id: &str) -> bool {
        self.0.get(id).is_some_and(|entry| entry.name == name::COMPUTED)
    }

    /// Whether a style of characters is that of words that ask to be filled in.
    pub(super) fn is_hint(&self, id: &str) -> bool {
        let name = self.0.get(id).map(|entry| entry.name.as_str());
        id == "PlaceholderText" || matches!(name, Some("placeholder text" | "占位符文本"))
    }

    /// A style and those that it is based on.
    fn chain(&self, id: Option<&str>) -> impl Iterator<Item = &Entry> {
        std::iter::successors(id.and_then(|id| self.0.get(id)), |entry| {
            entry.based_on.as_ref().and_then(|id| self.0.get(id))
        })
        .take(LONGEST_CHAIN)
    }
}

impl Entry {
    /// What the style itself says, those below it apart.
    fn role(&self) -> Option<Role> {
        let heading = ["heading ", "标题 "].iter().find_map(|head| self.name.strip_prefix(head));
        if let Some(level) = heading.and_then(|level| level.trim().parse().ok()) {
            return Some(Role::Heading(level));
        }
        match self.name.as_str() {
            "title" | "标题" => Some(Role::Heading(0)),
            "caption" | "题注" => Some(Role::Paragraph(Style::Caption)),
            "signature" | "签名" | name::SIGN_OFF => Some(Role::Paragraph(Style::SignOff)),
            name::PLACEHOLDER => Some(Role::Paragraph(Style::Placeholder)),
            name::BANNER => Some(Role::Paragraph(Style::Banner)),
            _ => self.outline.map(by_outline),
        }
    }
}

/// Outline levels are counted from 0; 9 is running text.
fn by_outline(level: i64) -> Role {
    match level {
        0..=8 => Role::Heading(level as u8 + 1),
        _ => Role::Paragraph(Style::Body),
    }
}

/// One style, from behind its start to its end.
fn entry(xml: &mut Xml<'_>) -> Result<Entry, ImportError> {
    let mut entry = Entry::default();
    let mut inside = 0_usize;
    loop {
        match xml.next()? {
            Node::Open(element) => {
                match element.local() {
                    "name" => entry.name = element.val().unwrap_or_default().to_lowercase(),
                    "basedOn" => entry.based_on = element.val(),
                    "outlineLvl" => entry.outline = element.number(),
                    "numId" => entry.item.list = element.number(),
                    "ilvl" => entry.item.level = element.number(),
                    "tblStylePr" | "pPrChange" | "rPrChange" => {
                        xml.skip()?;
                        continue;
                    }
                    _ => entry.looks.note(&element),
                }
                inside += 1;
            }
            Node::Close if inside == 0 => return Ok(entry),
            Node::Close => inside -= 1,
            Node::End => return Ok(entry),
            Node::Text(_) => {}
        }
    }
}
