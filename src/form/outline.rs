//! Positions in RON text.
//!
//! serde forgets where a value stood, drops unknown fields, keeps the last of several equal keys and rounds
//! decimals. An [`Outline`] is read from the same text beside it and answers these questions: where is this
//! value, what was really written there, which fields are there, which are there twice.
//!
//! The outline is meant for text that `ron` has accepted. Any other text gives some tree and never a panic:
//! what is not understood becomes [`Kind::Scalar`].

mod scan;

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

pub(in crate::form) use scan::Scanner;

/// The tree of values of one RON text, with the place of each.
#[derive(Debug, Clone)]
pub struct Outline<'t> {
    text: &'t str,
    root: Node,
}

/// One value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Bytes of the text, from the name of a struct or the opening quote to the closing bracket or quote.
    /// `Some(x)` has no node of its own: it is that of `x`, as with the extension `implicit_some`.
    pub span: Range<usize>,
    /// What the value is made of.
    pub kind: Kind,
}

/// What a [`Node`] is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A struct `Name(a: 1)`, `(a: 1)` or a map `{ "a": 1 }`, in the order of the text.
    Fields(Vec<Field>),
    /// A list `[1, 2]`, a tuple `(1, 2)` or a variant with unnamed parts `Name(1, 2)`.
    List(Vec<Node>),
    /// A string literal, quotes included.
    Text,
    /// A number, truth value, character, byte string, unit or bare identifier; also what was not understood.
    Scalar,
}

/// One `name: value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The name without `r#`, or the key of a map: the content of a string, otherwise the text of the key.
    pub name: String,
    /// Bytes of the name or key as written, quotes and `r#` included.
    pub name_span: Range<usize>,
    /// What follows the colon.
    pub value: Node,
}

/// One step on the way from the root to a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step<'a> {
    /// Into the field or map entry of this name.
    Field(Cow<'a, str>),
    /// Into the item of a list, counted from 0.
    Index(usize),
}

/// A place as people count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Character in the line, from 1, whatever its width.
    pub column: usize,
}

impl<'t> Outline<'t> {
    /// Reads the tree of `text`. Linear in its length; nesting deeper than 128 becomes one scalar.
    pub fn scan(text: &'t str) -> Self {
        Self { text, root: scan::document(text) }
    }

    /// The same text with another tree, such as one in which a misspelt field was given its right name.
    pub(in crate::form) fn with_root(&self, root: Node) -> Self {
        Self { text: self.text, root }
    }

    /// The text that was scanned.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The outermost value.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// Whether nothing but white space, comments and `#![...]` lines stands there.
    pub fn is_blank(&self) -> bool {
        self.root.span.start == self.text.len()
    }

    /// The value at the end of `path`, or `None` if a step leads nowhere.
    pub fn find(&self, path: &[Step<'_>]) -> Option<&Node> {
        path.iter().try_fold(&self.root, |node, step| match step {
            Step::Field(name) => node.field(name).map(|field| &field.value),
            Step::Index(index) => node.items().get(*index),
        })
    }

    /// Line and column of a byte of the text; the end for anything beyond it.
    pub fn position(&self, offset: usize) -> Position {
        Position::at(self.text, offset)
    }

    /// Every field whose name stood in the same struct or map before, with the first one of that name,
    /// in the order of the text.
    pub fn duplicate_fields(&self) -> Vec<(&Field, &Field)> {
        let mut found = Vec::new();
        collect_duplicates(&self.root, &mut found);
        found
    }
}

impl Node {
    /// The field of this name; of several the last, which is the one serde keeps in a map.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields().iter().rev().find(|field| field.name == name)
    }

    /// All fields; none if the value has no named parts.
    pub fn fields(&self) -> &[Field] {
        match &self.kind {
            Kind::Fields(fields) => fields,
            _ => &[],
        }
    }

    /// All items; none if the value is not a list.
    pub fn items(&self) -> &[Node] {
        match &self.kind {
            Kind::List(items) => items,
            _ => &[],
        }
    }

    /// What stands in `text`, which must be the text that was scanned.
    pub fn slice<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.span.clone()).unwrap_or_default()
    }

    /// The content of a string literal with its escapes resolved; `None` for any other value.
    pub fn decoded(&self, text: &str) -> Option<String> {
        if self.kind != Kind::Text {
            return None;
        }
        decode_literal(self.slice(text))
    }

    /// The byte of the file where the byte `offset` of the decoded string comes from. An offset inside an
    /// escape gives the start of that escape, one beyond the end the closing quote. For a value that is no
    /// string: its start.
    pub fn file_offset(&self, text: &str, offset: usize) -> usize {
        if self.kind != Kind::Text {
            return self.span.start;
        }
        self.span.start + scan::literal_offset(self.slice(text), offset)
    }
}

impl Position {
    /// The place of the byte `offset` of `text`; the end of the text for anything beyond it.
    pub fn at(text: &str, offset: usize) -> Self {
        let before = text.get(..floor_boundary(text, offset)).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
            column: before.get(line_start..).map_or(0, |line| line.chars().count()) + 1,
        }
    }

    /// The byte of `text` at this place: the end of the line, or of the text, if there is no such place.
    pub fn offset(self, text: &str) -> usize {
        let newlines = text.match_indices('\n').map(|(at, _)| at);
        let start = match self.line.checked_sub(2) {
            None => 0,
            Some(skipped) => newlines.clone().nth(skipped).map_or(text.len(), |newline| newline + 1),
        };
        let line = text.get(start..).unwrap_or_default();
        let line = line.split('\n').next().unwrap_or_default();
        let within = line.char_indices().nth(self.column.saturating_sub(1));
        start + within.map_or(line.len(), |(at, _)| at)
    }
}

impl<'a> From<&'a str> for Step<'a> {
    fn from(name: &'a str) -> Self {
        Self::Field(Cow::Borrowed(name))
    }
}

impl From<String> for Step<'_> {
    fn from(name: String) -> Self {
        Self::Field(Cow::Owned(name))
    }
}

impl From<usize> for Step<'_> {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

/// The largest character boundary that is not beyond `offset`.
pub(in crate::form) fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn collect_duplicates<'a>(node: &'a Node, found: &mut Vec<(&'a Field, &'a Field)>) {
    let mut first = HashMap::new();
    for field in node.fields() {
        if let Some(earlier) = first.get(field.name.as_str()) {
            found.push((*earlier, field));
        } else {
            first.insert(field.name.as_str(), field);
        }
        collect_duplicates(&field.value, found);
    }
    for item in node.items() {
        collect_duplicates(item, found);
    }
}

fn decode_literal(literal: &str) -> Option<String> {
    let plain = literal.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    match plain {
        Some(content) if !content.contains(['\\', '"']) => Some(content.to_owned()),
        _ => ron::from_str(literal).ok(),
    }
}

#[cfg(test)]
mod tests;
