//! Reads a web page as a browser shows it: what is hidden is left out and said, white space is collapsed, tables that
//! only place things are seen through.

pub(in crate::exchange) mod decode;
mod element;
mod flow;
mod grid;
mod lists;
mod mhtml;
mod styles;
mod survey;
mod tree;

use std::borrow::Cow;
use std::collections::HashSet;

use super::{COMPUTED, EMPTY_CLASS, PROPERTY, TABLE_CLASS, style_of};
use crate::exchange::document::{Style, one_line};
use crate::exchange::intake::{self, too_much};
use crate::exchange::{At, Block, Document, ImportError, Limits, Lost, raised};
use element::{Role, is_raised, role, shown_option, unseen, words_in};
use flow::Flow;
use grid::{Grid, GridCell};
use lists::Lists;
use styles::Styles;
use tree::{Element, Id, Step, Tree};

/// Notes on what was left out that are given one by one; a portal has hundreds of small pictures.
const NOTES: usize = 100;

/// Properties that are taken in.
const PROPERTIES: usize = 200;

/// Reads a web page: a plain one, one packed as MHTML, in any usual encoding.
///
/// Headings are `h1` to `h6` only. A table that holds other tables or prose is taken for layout, and its cells are read as
/// paragraphs; a table inside a table of data follows it.
///
/// # Errors
/// If the page asks for more than the limits allow. Broken pages are mended as browsers do.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ImportError> {
    intake::file(bytes, limits)?;
    let packed = mhtml::page(bytes);
    let (page, outside) = match &packed {
        Some(page) => (&*page.bytes, page.encoding),
        None => (bytes, None),
    };
    let decoded = decode::decode(page, outside.or_else(|| decode::declared(page)));
    let mut document = fragment(&decoded.text, limits, 0)?;
    document.lost.extend(decoded.lost);
    Ok(document)
}

/// Reads a cell of a table in another file; the document has a table with this one cell.
///
/// # Errors
/// As [`fragment`].
pub(in crate::exchange) fn cell(text: &str, limits: &Limits) -> Result<Document, ImportError> {
    let page = format!("<table class=\"{TABLE_CLASS}\"><tr><td>{text}</td></tr></table>");
    fragment(&page, limits, 0)
}

/// Reads a piece of a page in another file, in which so many tables came before.
///
/// # Errors
/// If the piece asks for more than the limits allow.
pub(in crate::exchange) fn fragment(
    text: &str,
    limits: &Limits,
    tables: usize,
) -> Result<Document, ImportError> {
    let tree = tree::parse(&without_embedded(text), limits)?;
    let sheets = Styles::read(&tree);
    let mut reader = Reader {
        data: survey::data_tables(&tree, &sheets),
        tree: &tree,
        sheets: &sheets,
        limits,
        document: Document::default(),
        body: Flow::default(),
        heading: None,
        styles: Vec::new(),
        open: Vec::new(),
        lists: Lists::default(),
        preserved: 0,
        raised: 0,
        shown_option: None,
        unnoted: 0,
        used: Used { paragraphs: 0, tables, positions: 0, text: 0 },
    };
    let mut walk = tree.walk();
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(id) => {
                if !reader.enter(id)? {
                    walk.pass_over(id);
                }
            }
            Step::Leave(id) => reader.leave(id)?,
        }
    }
    reader.finish()
}

struct Reader<'a> {
    tree: &'a Tree,
    /// What the page hides by class.
    sheets: &'a Styles,
    limits: &'a Limits,
    /// The tables that hold data.
    data: HashSet<Id>,
    document: Document,
    /// The paragraph being read outside of tables.
    body: Flow,
    heading: Option<u8>,
    /// Elements that give the paragraphs in them a style.
    styles: Vec<(Id, Style)>,
    open: Vec<Open>,
    lists: Lists,
    /// Elements around that keep white space.
    preserved: usize,
    /// Elements around that raise what is in them.
    raised: usize,
    /// The option that shows of a list in which none is chosen.
    shown_option: Option<Id>,
    /// What was left out beyond [`NOTES`].
    unnoted: usize,
    used: Used,
}

/// A table that was entered.
enum Open {
    Data(Box<Grid>),
    Layout,
}

/// What was taken in so far.
struct Used {
    paragraphs: usize,
    tables: usize,
    positions: usize,
    text: usize,
}

impl Reader<'_> {
    /// Whether to go into the node.
    fn enter(&mut self, id: Id) -> Result<bool, ImportError> {
        if let Some(text) = self.tree.text(id) {
            self.words(text)?;
            return Ok(true);
        }
        let tree = self.tree;
        let Some(element) = tree.element(id) else { return Ok(true) };
        let role = role(element);
        if role == Role::Silent && self.shown_option != Some(id) {
            return Ok(false);
        }
        if let Some(why) = unseen(tree, id, self.sheets) {
            let words = words_in(tree, id);
            if !words.is_empty() {
                self.lose(format!("{why}“{words}”"));
            }
            return Ok(false);
        }
        match role {
            Role::Inline => {
                self.raised += usize::from(is_raised(element));
                // The lists of a page outside of its tables lead elsewhere.
                if element.name() == "select" && !self.is_outside() {
                    self.shown_option = shown_option(tree, id);
                }
            }
            Role::Silent => {}
            Role::Other(what) => {
                let alt = element.attribute("alt").map(str::trim).filter(|alt| !alt.is_empty());
                let alt = alt.map(|alt| crate::model::visible::excerpt(alt, 20));
                self.lose(alt.map_or(what.to_owned(), |alt| format!("{what}“{alt}”")));
                return Ok(false);
            }
            Role::Break => self.flow().line_break(),
            Role::Field => self.words(element.attribute("value").unwrap_or_default())?,
            Role::Block | Role::Preserved | Role::Heading(_) => {
                self.enter_block(id, element, role)?;
                self.lists.enter(id, element);
            }
            Role::Table | Role::Caption | Role::Group | Role::Row | Role::Cell => {
                self.enter_table(id, element, role)?;
            }
        }
        Ok(true)
    }

    fn enter_block(&mut self, id: Id, element: &Element, role: Role) -> Result<(), ImportError> {
        self.end_block()?;
        match role {
            Role::Heading(level) if self.is_outside() => self.heading = Some(level),
            Role::Preserved => self.preserved += 1,
            _ => {}
        }
        let Some(classes) = element.attribute("class") else { return Ok(()) };
        if let Some(style) = style_of(classes) {
            self.styles.push((id, style));
        }
        if classes == EMPTY_CLASS && self.is_outside() {
            self.used.paragraphs += 1;
            let at = At::Paragraph(self.used.paragraphs);
            return self.push(Block::Paragraph { text: String::new(), style: Style::Body, at });
        }
        Ok(())
    }

    fn enter_table(&mut self, id: Id, element: &Element, role: Role) -> Result<(), ImportError> {
        if role == Role::Table {
            self.end_block()?;
            let holds_data = self.data.contains(&id);
            self.open.push(if holds_data { Open::Data(Box::default()) } else { Open::Layout });
            return Ok(());
        }
        let Some(Open::Data(grid)) = self.open.last_mut() else {
            self.end_block()?;
            if role == Role::Caption {
                self.styles.push((id, Style::Caption));
            }
            return Ok(());
        };
        match role {
            Role::Caption => grid.caption = Some(Flow::default()),
            Role::Group => grid.next_group(Some(element.name())),
            Role::Row => grid.next_row(),
            Role::Cell => {
                grid.end_cell();
                grid.cell = Some(GridCell {
                    rows: span(element, "rowspan").unwrap_or(1),
                    columns: span(element, "colspan").unwrap_or(1).max(1),
                    computed: element.attribute(COMPUTED).is_some(),
                    ..GridCell::default()
                });
            }
            _ => {}
        }
        Ok(())
    }

    fn leave(&mut self, id: Id) -> Result<(), ImportError> {
        let tree = self.tree;
        let Some(element) = tree.element(id) else { return Ok(()) };
        let role = role(element);
        match role {
            Role::Block | Role::Heading(_) => {
                self.end_block()?;
                self.lists.leave(id, element);
            }
            Role::Preserved => {
                self.end_block()?;
                self.preserved -= 1;
            }
            Role::Table => self.leave_table()?,
            Role::Caption | Role::Group | Role::Cell | Role::Row => match (self.open.last_mut(), role) {
                (Some(Open::Data(grid)), Role::Cell) => grid.end_cell(),
                (Some(Open::Data(grid)), Role::Group) => grid.next_group(None),
                (Some(Open::Data(grid)), Role::Caption) => {
                    let caption = grid.caption.take().map(|mut flow| flow.take());
                    grid.captions.extend(caption.filter(|text| !text.is_empty()));
                }
                (Some(Open::Data(_)), _) => {}
                _ => self.end_block()?,
            },
            Role::Inline => self.raised -= usize::from(is_raised(element)),
            _ => {}
        }
        if matches!(role, Role::Heading(_)) {
            self.heading = None;
        }
        if self.styles.last().is_some_and(|(styled, _)| *styled == id) {
            self.styles.pop();
        }
        Ok(())
    }

    fn leave_table(&mut self) -> Result<(), ImportError> {
        let Some(Open::Data(mut grid)) = self.open.pop() else { return self.end_block() };
        grid.end_cell();
        let inner = std::mem::take(&mut grid.inner);
        let outer = self.open.iter_mut().rev().find_map(|open| match open {
            Open::Data(outer) => Some(outer),
            Open::Layout => None,
        });
        if let Some(outer) = outer {
            outer.inner.push(*grid);
            outer.inner.extend(inner);
            return self.end_block();
        }
        self.body_block()?;
        for grid in std::iter::once(*grid).chain(inner) {
            self.table(grid)?;
        }
        Ok(())
    }

    /// Adds a table, with the words over it in front.
    fn table(&mut self, mut grid: Grid) -> Result<(), ImportError> {
        for text in std::mem::take(&mut grid.captions) {
            self.used.paragraphs += 1;
            let at = At::Paragraph(self.used.paragraphs);
            self.push(Block::Paragraph { text, style: Style::Caption, at })?;
        }
        let room = self.limits.cells.saturating_sub(self.used.positions);
        let (table, lost) = grid.lay_out(self.used.tables + 1, self.limits, room)?;
        if let Some(table) = table {
            self.used.tables += 1;
            self.used.positions += table.rows() * table.columns();
            self.push(Block::Table(table))?;
        }
        for lost in lost {
            self.note(lost);
        }
        Ok(())
    }

    fn words(&mut self, text: &str) -> Result<(), ImportError> {
        self.used.text += text.trim_ascii().len();
        if self.used.text > self.limits.text {
            let max = intake::size(self.limits.text as u64);
            return Err(ImportError::TooMuch { what: "文字", max });
        }
        let preserved = self.preserved > 0;
        let is_raised = self.raised > 0 && !self.is_outside();
        let numbered = self.lists.numbered(text);
        let flow = self.flow();
        let note = is_raised.then(|| raised::note(flow.short_line(), text)).flatten();
        flow.push(note.or(numbered).as_deref().unwrap_or(text), preserved);
        Ok(())
    }

    /// The text that is being read: that of the innermost cell, else that of the page.
    fn flow(&mut self) -> &mut Flow {
        let inner = self.open.iter_mut().rev().find_map(|open| match open {
            Open::Data(grid) => grid.flow(),
            Open::Layout => None,
        });
        inner.unwrap_or(&mut self.body)
    }

    /// Whether what is read now stands outside of all tables of data.
    fn is_outside(&self) -> bool {
        !self.open.iter().any(|open| matches!(open, Open::Data(_)))
    }

    /// A block begins or ends: what follows does not stand in the same line.
    fn end_block(&mut self) -> Result<(), ImportError> {
        if self.is_outside() {
            return self.body_block();
        }
        self.flow().end_block();
        Ok(())
    }

    /// Ends the paragraph that is being read outside of tables.
    fn body_block(&mut self) -> Result<(), ImportError> {
        let text = self.body.take();
        if text.is_empty() {
            return Ok(());
        }
        self.used.paragraphs += 1;
        let at = At::Paragraph(self.used.paragraphs);
        let style = self.styles.last().map_or(Style::Body, |(_, style)| *style);
        self.push(match self.heading {
            Some(level) => Block::Heading { level, text: one_line(&text), at },
            None => Block::Paragraph { text, style, at },
        })
    }

    fn push(&mut self, block: Block) -> Result<(), ImportError> {
        if self.document.blocks.len() >= self.limits.blocks {
            return Err(too_much("段落和表格的数量", self.limits.blocks, "个"));
        }
        self.document.blocks.push(block);
        Ok(())
    }

    /// Something was left out here.
    fn lose(&mut self, what: String) {
        let cell = self.open.iter_mut().rev().find_map(|open| match open {
            Open::Data(grid) => grid.cell.as_mut(),
            Open::Layout => None,
        });
        match cell {
            // Notes in cells wait for the place of the cell.
            Some(cell) if cell.lost.len() < NOTES => cell.lost.push(what),
            Some(_) => self.unnoted += 1,
            None => self.note(Lost { at: At::Paragraph(self.used.paragraphs + 1), what }),
        }
    }

    fn note(&mut self, lost: Lost) {
        if self.document.lost.len() < NOTES {
            self.document.lost.push(lost);
        } else {
            self.unnoted += 1;
        }
    }

    fn finish(mut self) -> Result<Document, ImportError> {
        self.body_block()?;
        if self.unnoted > 0 {
            let what = format!("另有{}处图片、隐藏或划去的内容", self.unnoted);
            self.document.lost.push(Lost { at: At::Unknown, what });
        }
        let properties =
            self.tree.elements().filter(|element| element.name() == "meta").filter_map(|element| {
                let name = element.attribute("name").filter(|name| name.starts_with(PROPERTY))?;
                Some((name.to_owned(), element.attribute("content")?.to_owned()))
            });
        self.document.properties.extend(properties.take(PROPERTIES));
        Ok(self.document)
    }
}

/// A span as browsers read one: digits, and whatever follows them.
fn span(element: &Element, name: &str) -> Option<usize> {
    let value = element.attribute(name)?.trim_start();
    let digits = value.split(|c: char| !c.is_ascii_digit()).next().filter(|digits| !digits.is_empty())?;
    Some(digits.parse().unwrap_or(usize::MAX))
}

/// The page without pictures that are written out in it, which may be most of its bytes.
fn without_embedded(text: &str) -> Cow<'_, str> {
    const MARK: &str = ";base64,";
    if !text.contains(MARK) {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut pieces = text.split(MARK);
    kept.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        kept.push_str(MARK);
        kept.push_str(
            piece.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=')),
        );
    }
    Cow::Owned(kept)
}
