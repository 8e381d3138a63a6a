//! The elements and texts of a page, within bounds.
//!
//! The parser follows the rules by which browsers mend broken pages. Some of these rules make many elements out of
//! few characters, so the page is fed in small pieces, and the bounds are looked at after each of them. The nodes lie in
//! one vector: neither walking through them nor dropping them goes deeper into the stack than a line does.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, LocalName, Namespace, ParseOpts, QualName, parse_document};

use crate::exchange::intake::too_much;
use crate::exchange::{ImportError, Limits};

/// Elements and texts of one page. A page of Word has a few thousand.
const NODES: usize = 1_000_000;

/// Blanks, quotes and strokes in one tag or comment. Each may begin an attribute, and the parser holds every attribute
/// against all before it.
const MARKS_IN_TAG: usize = 50_000;

/// Bytes that are fed between two looks at the bounds.
const PIECE: usize = 1024;

/// A page.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    nameless: QualName,
}

/// Names a node of a [`Tree`].
pub(super) type Id = u32;

/// The element at hand.
#[derive(Debug)]
pub(super) struct Element {
    name: QualName,
    attributes: Vec<(LocalName, Box<str>)>,
}

/// A step of a walk through a page in reading order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// A node begins.
    Enter(Id),
    /// A node that was entered ends.
    Leave(Id),
}

/// Walks through a node and all that is in it.
#[derive(Debug)]
pub(super) struct Walk<'a> {
    tree: &'a Tree,
    root: Id,
    next: Option<Step>,
}

#[derive(Debug)]
struct Node {
    parent: Option<Id>,
    previous: Option<Id>,
    next: Option<Id>,
    first: Option<Id>,
    last: Option<Id>,
    depth: u32,
    content: Content,
}

#[derive(Debug)]
enum Content {
    /// The page itself, a comment, a declaration.
    Other,
    Text(String),
    Element(Element),
}

/// Reads a page.
///
/// # Errors
/// If it asks for more than the limits allow.
pub(super) fn parse(text: &str, limits: &Limits) -> Result<Tree, ImportError> {
    parse_in_pieces(text, limits, PIECE)
}

fn parse_in_pieces(text: &str, limits: &Limits, length: usize) -> Result<Tree, ImportError> {
    let mut parser = parse_document(Sink::new(), ParseOpts::default());
    let (mut marks, mut calls) = (0, 0);
    let mut rest = text;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(end_of_piece(rest, length));
        rest = after;
        parser.process(StrTendril::from_slice(piece));
        let sink = &parser.tokenizer.sink.sink;
        if sink.tree.borrow().nodes.len() > NODES {
            return Err(too_much("网页元素的数量", NODES, "个"));
        }
        if sink.deepest.get() as usize > limits.depth {
            return Err(too_much("嵌套层数", limits.depth, "层"));
        }
        if calls != sink.calls.get() {
            (marks, calls) = (0, sink.calls.get());
        }
        marks += piece.bytes().filter(|b| b" \t\r\n\x0c/\"'=".contains(b)).count();
        if marks > MARKS_IN_TAG {
            return Err(too_much("一个网页标签中的属性", MARKS_IN_TAG, "个"));
        }
    }
    Ok(parser.finish())
}

/// Where a piece of about this length ends: at the end of a character.
fn end_of_piece(text: &str, length: usize) -> usize {
    (length..text.len()).find(|end| text.is_char_boundary(*end)).unwrap_or(text.len())
}

impl Tree {
    /// Walks through everything.
    pub(super) fn walk(&self) -> Walk<'_> {
        self.walk_from(0)
    }

    /// Walks through a node and all that is in it.
    pub(super) fn walk_from(&self, root: Id) -> Walk<'_> {
        Walk { tree: self, root, next: Some(Step::Enter(root)) }
    }

    /// All elements, in no order that means anything.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.nodes.iter().filter_map(|node| match &node.content {
            Content::Element(element) => Some(element),
            _ => None,
        })
    }

    /// The element, if the node is one.
    pub(super) fn element(&self, id: Id) -> Option<&Element> {
        match &self.node(id)?.content {
            Content::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The text, if the node is one.
    pub(super) fn text(&self, id: Id) -> Option<&str> {
        match &self.node(id)?.content {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }

    fn node(&self, id: Id) -> Option<&Node> {
        self.nodes.get(id as usize)
    }

    fn node_mut(&mut self, id: Id) -> Option<&mut Node> {
        self.nodes.get_mut(id as usize)
    }

    fn create(&mut self, content: Content) -> Id {
        let (parent, previous, next, first, last) = (None, None, None, None, None);
        self.nodes.push(Node { parent, previous, next, first, last, depth: 0, content });
        (self.nodes.len() - 1) as Id
    }

    fn name(&self, id: Id) -> &QualName {
        self.element(id).map_or(&self.nameless, |element| &element.name)
    }

    fn parent(&self, id: Id) -> Option<Id> {
        self.node(id)?.parent
    }

    /// Takes a node, with all that is in it, out of its place.
    fn detach(&mut self, id: Id) {
        let Some(node) = self.node_mut(id) else { return };
        let (parent, previous, next) = (node.parent.take(), node.previous.take(), node.next.take());
        match previous.and_then(|previous| self.node_mut(previous)) {
            Some(previous) => previous.next = next,
            None => {
                if let Some(parent) = parent.and_then(|parent| self.node_mut(parent)) {
                    parent.first = next;
                }
            }
        }
        match next.and_then(|next| self.node_mut(next)) {
            Some(next) => next.previous = previous,
            None => {
                if let Some(parent) = parent.and_then(|parent| self.node_mut(parent)) {
                    parent.last = previous;
                }
            }
        }
    }

    /// Puts a node into `parent`, in front of `next` or at the end. Gives how deep it lies.
    fn insert(&mut self, parent: Id, next: Option<Id>, id: Id) -> u32 {
        self.detach(id);
        let previous = match next {
            Some(next) => self.node(next).and_then(|next| next.previous),
            None => self.node(parent).and_then(|parent| parent.last),
        };
        let depth = self.node(parent).map_or(0, |parent| parent.depth + 1);
        if let Some(node) = self.node_mut(id) {
            (node.parent, node.previous, node.next, node.depth) = (Some(parent), previous, next, depth);
        }
        match previous.and_then(|previous| self.node_mut(previous)) {
            Some(previous) => previous.next = Some(id),
            None => {
                if let Some(parent) = self.node_mut(parent) {
                    parent.first = Some(id);
                }
            }
        }
        match next.and_then(|next| self.node_mut(next)) {
            Some(next) => next.previous = Some(id),
            None => {
                if let Some(parent) = self.node_mut(parent) {
                    parent.last = Some(id);
                }
            }
        }
        depth
    }

    /// Puts a node or a text into `parent`; texts that would stand side by side become one.
    fn put(&mut self, parent: Id, next: Option<Id>, child: NodeOrText<Id>) -> u32 {
        let text = match child {
            NodeOrText::AppendNode(id) => return self.insert(parent, next, id),
            NodeOrText::AppendText(text) => text,
        };
        let previous = match next {
            Some(next) => self.node(next).and_then(|next| next.previous),
            None => self.node(parent).and_then(|parent| parent.last),
        };
        if let Some(Node { content: Content::Text(before), .. }) = previous.and_then(|id| self.node_mut(id)) {
            before.push_str(&text);
            return 0;
        }
        let id = self.create(Content::Text(text.to_string()));
        self.insert(parent, next, id)
    }
}

impl Element {
    /// The name of the element in small letters.
    pub(super) fn name(&self) -> &str {
        &self.name.local
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| &**known == name).map(|(_, value)| &**value)
    }
}

impl Walk<'_> {
    /// Goes on behind a node that was just entered, without what is in it and without leaving it.
    pub(super) fn pass_over(&mut self, id: Id) {
        self.next = self.behind(id);
    }

    fn behind(&self, id: Id) -> Option<Step> {
        if id == self.root {
            return None;
        }
        let node = self.tree.node(id)?;
        node.next.map(Step::Enter).or(node.parent.map(Step::Leave))
    }
}

impl Iterator for Walk<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let step = self.next?;
        self.next = match step {
            Step::Enter(id) => {
                let first = self.tree.node(id).and_then(|node| node.first);
                Some(first.map_or(Step::Leave(id), Step::Enter))
            }
            Step::Leave(id) => self.behind(id),
        };
        Some(step)
    }
}

/// The attributes that are looked at; others are not kept.
const ATTRIBUTES: [&str; 18] = [
    "rowspan",
    "colspan",
    "style",
    "class",
    "hidden",
    "role",
    "name",
    "content",
    "alt",
    "type",
    "value",
    "selected",
    "start",
    "reversed",
    "multiple",
    "disabled",
    "media",
    super::super::COMPUTED,
];

/// What the parser builds the page with.
struct Sink {
    tree: RefCell<Tree>,
    /// How often something was built, so that a tag without end is noticed.
    calls: Cell<usize>,
    deepest: Cell<u32>,
}

impl Sink {
    fn new() -> Self {
        let nameless = QualName::new(None, Namespace::default(), LocalName::default());
        let mut tree = Tree { nodes: Vec::new(), nameless };
        tree.create(Content::Other);
        Self { tree: RefCell::new(tree), calls: Cell::new(0), deepest: Cell::new(0) }
    }

    fn create(&self, content: Content) -> Id {
        self.calls.set(self.calls.get() + 1);
        self.tree.borrow_mut().create(content)
    }

    fn put(&self, parent: Id, next: Option<Id>, child: NodeOrText<Id>) {
        self.calls.set(self.calls.get() + 1);
        let depth = self.tree.borrow_mut().put(parent, next, child);
        self.deepest.set(self.deepest.get().max(depth));
    }
}

fn kept(attributes: Vec<Attribute>) -> Vec<(LocalName, Box<str>)> {
    attributes
        .into_iter()
        .filter(|attribute| ATTRIBUTES.contains(&&*attribute.name.local))
        .map(|attribute| (attribute.name.local, attribute.value.to_string().into_boxed_str()))
        .collect()
}

impl TreeSink for Sink {
    type Handle = Id;
    type Output = Tree;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Tree {
        self.tree.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a Id) -> Ref<'a, QualName> {
        Ref::map(self.tree.borrow(), |tree| tree.name(*target))
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Id {
        self.create(Content::Element(Element { name, attributes: kept(attributes) }))
    }

    fn create_comment(&self, _: StrTendril) -> Id {
        self.create(Content::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Id {
        self.create(Content::Other)
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        self.put(*parent, None, child);
    }

    fn append_based_on_parent_node(&self, element: &Id, previous: &Id, child: NodeOrText<Id>) {
        let parent = self.tree.borrow().parent(*element);
        match parent {
            Some(parent) => self.put(parent, Some(*element), child),
            None => self.put(*previous, None, child),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    /// What is in a template is not shown, so that it needs no place of its own.
    fn get_template_contents(&self, target: &Id) -> Id {
        *target
    }

    fn same_node(&self, one: &Id, other: &Id) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Id, child: NodeOrText<Id>) {
        let parent = self.tree.borrow().parent(*sibling);
        if let Some(parent) = parent {
            self.put(parent, Some(*sibling), child);
        }
    }

    fn add_attrs_if_missing(&self, target: &Id, attributes: Vec<Attribute>) {
        self.calls.set(self.calls.get() + 1);
        if let Some(Node { content: Content::Element(element), .. }) =
            self.tree.borrow_mut().node_mut(*target)
        {
            for (name, value) in kept(attributes) {
                if element.attribute(&name).is_none() {
                    element.attributes.push((name, value));
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Id) {
        self.tree.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &Id, new_parent: &Id) {
        let mut tree = self.tree.borrow_mut();
        while let Some(child) = tree.node(*node).and_then(|node| node.first) {
            tree.insert(*new_parent, None, child);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn drawn(tree: &Tree) -> String {
        let steps = tree.walk().map(|step| match step {
            Step::Enter(id) => match (tree.text(id), tree.element(id)) {
                (Some(text), _) => format!("{text:?}"),
                (_, Some(element)) => format!("<{} {:?}>", element.name(), element.attributes),
                _ => String::new(),
            },
            Step::Leave(_) => "/".to_owned(),
        });
        steps.collect()
    }

    proptest! {
        #[test]
        fn it_does_not_matter_where_pieces_end(
            parts in prop::collection::vec(prop::sample::select(vec![
                "&amp;", "&", "nbsp;", "&ltx", "&#12", "&#x4e00;", "&notin;", "&NotEqualTilde;", "<p class=a>", "<td rowspan='2'>", "<table>",
                "<!-- a -- b -->", "<!DOCTYPE html>", "</table>", "<b>", "</b>", "<script>a</scrip", "</script>", "甲", "\r\n", "\r", " ",
                "<![CDATA[x]]>", "<svg>", "<textarea>", "</textarea>", "<input value=\"&amp;lt;\">",
            ]), 0..30),
            length in 1..40_usize,
        ) {
            let page = parts.concat();
            let limits = Limits::default();
            let pieces = parse_in_pieces(&page, &limits, length).unwrap();
            let whole = parse_in_pieces(&page, &limits, usize::MAX).unwrap();
            prop_assert_eq!(drawn(&pieces), drawn(&whole), "{}", page);
        }
    }
}
