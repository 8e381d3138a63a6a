//! Reads Word files: the body in reading order, what can not be kept noted as lost.

mod controls;
mod inline;
mod margins;
mod notes;
mod shapes;
mod symbols;
mod table;

use std::collections::BTreeMap;

use super::numbering::Numbering;
use super::styles::{Role, Styles};
use crate::exchange::compose::FORM_PROPERTY;
use crate::exchange::counting;
use crate::exchange::document::{At, Block, Document, Lost, Style, one_line};
use crate::exchange::error::ImportError;
use crate::exchange::format::Format;
use crate::exchange::intake;
use crate::exchange::limits::Limits;
use crate::exchange::ooxml::{Element, Node, Ns, Package, Xml, broken};

use inline::{Field, Line};
use notes::{Notes, plain_text};

/// What the words are that are not read, for people.
const DELETED: &str = "已删除的修订";
const MOVED: &str = "移到别处的文字（原处的一份）";
const UNKNOWN: &str = "认不出的标记里的文字";

/// Additions to Word by the names that its files give them, whose markup is read. What needs others has a fallback.
const ADDITIONS: [&str; 9] = ["wps", "wpg", "wpc", "wpi", "wp14", "w14", "w15", "v", "o"];

/// Reads a Word file.
///
/// # Errors
/// If the file is too large, protected, damaged, or not a Word file; see [`ImportError`].
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ImportError> {
    let mut package = Package::open(bytes, Format::Docx, limits)?;
    let roots = package.relations("")?;
    let main = roots.iter().find(|relation| relation.kind == "officeDocument");
    let main = main.map_or_else(|| "word/document.xml".to_owned(), |relation| relation.target.clone());
    let Some(text) = package.part(&main)? else {
        return Err(broken(Format::Docx, &format!("压缩包里没有正文部件“{main}”")));
    };
    let relations = package.relations(&main)?;
    let mut related: BTreeMap<&str, String> = BTreeMap::new();
    for relation in &relations {
        if let "styles" | "numbering" | "footnotes" | "endnotes" | "comments" = relation.kind.as_str()
            && let Some(text) = package.part(&relation.target)?
        {
            related.insert(&relation.kind, text);
        }
    }
    let properties = package.own_properties()?;
    let part = |kind: &'static str| related.get(kind).map(|text| package.xml(kind, text));
    let mut reader = Reader {
        is_own: properties.contains_key(FORM_PROPERTY),
        limits: *limits,
        styles: part("styles").map(Styles::read).transpose()?.unwrap_or_default(),
        numbering: part("numbering").map(Numbering::read).transpose()?.unwrap_or_default(),
        notes: Notes::read([part("footnotes"), part("endnotes"), part("comments")])?,
        lost: Vec::new(),
        fields: Vec::new(),
        in_hint: false,
        text_left: limits.text,
        blocks_left: limits.blocks,
        cells_left: limits.cells,
        paragraphs: 0,
        tables: 0,
    };
    let blocks = reader.document(&mut package.xml(&main, &text))?;
    reader.margins(&mut package, &relations, &blocks)?;
    Ok(Document { blocks, properties, lost: reader.lost, ..Document::default() })
}

/// Reads the body; what it has come to know and how much it may still take in.
struct Reader {
    /// Whether gouji wrote the file. In others blank paragraphs are there for the looks.
    is_own: bool,
    limits: Limits,
    styles: Styles,
    numbering: Numbering,
    notes: Notes,
    lost: Vec<Lost>,
    /// Fields that are open, the innermost last. They may reach over paragraphs.
    fields: Vec<Field>,
    /// Whether what is read stands in a control that shows a hint.
    in_hint: bool,
    text_left: usize,
    blocks_left: usize,
    cells_left: usize,
    paragraphs: usize,
    tables: usize,
}

/// A stretch of paragraphs and tables: the body, a text box, or a cell.
#[derive(Default)]
struct Flow {
    /// Where all of it stands; none for the body, whose paragraphs are counted.
    place: Option<At>,
    /// Whether it is a cell, whose paragraphs are lines of one text.
    in_cell: bool,
    /// What it holds; of a cell, only its tables.
    blocks: Vec<Block>,
    /// Behind how many lines of a cell each of its tables stands.
    behind: Vec<usize>,
    /// How many paragraphs of a cell were counted, and the lines in them.
    counted: (usize, usize),
    /// The lines of a cell.
    lines: Vec<String>,
    /// How the text of a cell is marked.
    marks: Marks,
}

impl Flow {
    /// How many lines a cell has so far, those that were broken by hand counted one by one.
    fn line_count(&mut self) -> usize {
        let (lines, mut count) = self.counted;
        let more = self.lines.get(lines..).unwrap_or_default();
        count += more.iter().map(|line| line.split('\n').count()).sum::<usize>();
        self.counted = (self.lines.len(), count);
        count
    }

    /// Says that all tables which were added stand behind the lines so far.
    fn note_tables(&mut self) {
        if self.in_cell {
            let lines = self.line_count();
            self.behind.resize(self.blocks.len(), lines);
        }
    }
}

/// Whether some text is marked as computed, and whether some is not.
#[derive(Debug, Default, Clone, Copy)]
struct Marks {
    computed: bool,
    other: bool,
}

impl Marks {
    fn add(&mut self, more: Self) {
        self.computed |= more.computed;
        self.other |= more.other;
    }
}

impl Reader {
    /// The whole main part.
    fn document(&mut self, xml: &mut Xml<'_>) -> Result<Vec<Block>, ImportError> {
        let mut flow = Flow::default();
        loop {
            match xml.next()? {
                Node::Open(element) => match (element.ns, element.local()) {
                    (Ns::Word, "document") => {}
                    (Ns::Word, "body") => self.blocks(xml, &mut flow)?,
                    _ if xml.depth() == 1 => {
                        return Err(broken(Format::Docx, "正文部件里不是 Word 的内容"));
                    }
                    _ => xml.skip()?,
                },
                Node::Close | Node::Text(_) => {}
                Node::End => break,
            }
        }
        self.end_fields(&At::Paragraph(self.paragraphs))?;
        Ok(flow.blocks)
    }

    /// Paragraphs and tables up to the end of the innermost element.
    fn blocks(&mut self, xml: &mut Xml<'_>, flow: &mut Flow) -> Result<(), ImportError> {
        loop {
            match xml.next()? {
                Node::Open(element) => self.block(&element, xml, flow)?,
                Node::Close | Node::End => return Ok(()),
                Node::Text(_) => {}
            }
        }
    }

    /// What an element holds that stands among paragraphs.
    fn block(
        &mut self,
        element: &Element<'_>,
        xml: &mut Xml<'_>,
        flow: &mut Flow,
    ) -> Result<(), ImportError> {
        match (element.ns, element.local()) {
            (Ns::Word, "p") => self.paragraph(xml, flow),
            (Ns::Word, "tbl") => self.table(xml, flow),
            (Ns::Word, "sdt") => self.control(xml, &mut |reader, xml| reader.blocks(xml, flow)),
            (Ns::Word, "customXml" | "smartTag" | "ins" | "moveTo") => self.blocks(xml, flow),
            (Ns::Compatibility, "AlternateContent") => {
                let at = self.place(flow);
                self.alternative(xml, &at, &mut |reader, xml| reader.blocks(xml, flow))
            }
            (Ns::Word, "del") => {
                let at = self.place(flow);
                self.lose_inside(xml, &at, DELETED)
            }
            (Ns::Word, "moveFrom") => {
                let at = self.place(flow);
                self.lose_inside(xml, &at, MOVED)
            }
            (Ns::Word, "altChunk") => {
                let at = self.place(flow);
                self.lose(&at, "嵌入的另一个文档".to_owned())?;
                xml.skip()
            }
            _ => {
                let at = self.place(flow);
                self.lose_inside(xml, &at, UNKNOWN)
            }
        }
    }

    /// One paragraph.
    fn paragraph(&mut self, xml: &mut Xml<'_>, flow: &mut Flow) -> Result<(), ImportError> {
        if flow.place.is_none() {
            self.paragraphs += 1;
        }
        let mut line = Line::new(self.place(flow), flow.in_cell);
        self.inline(xml, &mut line)?;
        self.end_line_fields(&line.at)?;
        self.lose_words(&line.at, "隐藏的文字", &line.hidden)?;
        self.lose_words(&line.at, "已划去的文字", &line.struck)?;
        self.lose_words(&line.at, "注音", &line.readings)?;
        self.lose_hints(&line)?;
        let label = self.number(&line)?;
        let text = counting::joined(&label, &line.text);
        let blank = text.trim().is_empty();
        self.take_text(text.len())?;
        if flow.in_cell {
            flow.marks.add(if line.text.is_empty() { line.end_marks } else { line.marks });
            flow.lines.push(text);
        } else if !blank || (self.is_own && !self.styles.is_gap(line.style.as_deref())) {
            self.take_block()?;
            let at = line.at;
            flow.blocks.push(match self.styles.role(line.style.as_deref(), line.outline) {
                Role::Heading(_) if blank => Block::Paragraph { text, style: Style::Body, at },
                Role::Heading(level) => Block::Heading { level, text: one_line(&text), at },
                Role::Paragraph(style) => Block::Paragraph { text, style, at },
            });
        }
        if flow.in_cell {
            let before = flow.line_count();
            flow.behind.extend(line.boxes.behind.iter().map(|lines| before + lines));
        }
        flow.blocks.append(&mut line.boxes.blocks);
        flow.lines.append(&mut line.boxes.lines);
        flow.marks.add(line.boxes.marks);
        Ok(())
    }

    /// The number that Word puts in front of a paragraph.
    fn number(&mut self, line: &Line) -> Result<String, ImportError> {
        let styled = self.styles.item(line.style.as_deref());
        let list = line.item.list.or(styled.list).filter(|list| *list != 0);
        let Some(list) = list else { return Ok(String::new()) };
        if line.text.trim().is_empty() && !line.in_cell {
            return Ok(String::new());
        }
        let level = line.item.level.or(styled.level).unwrap_or(0);
        if let Some(label) = self.numbering.next(list, level) {
            return Ok(label);
        }
        self.lose(&line.at, "自动编号".to_owned())?;
        Ok(String::new())
    }

    /// Of several renderings of the same thing the first that can be read.
    fn alternative(
        &mut self,
        xml: &mut Xml<'_>,
        at: &At,
        read: &mut dyn FnMut(&mut Self, &mut Xml<'_>) -> Result<(), ImportError>,
    ) -> Result<(), ImportError> {
        let mut taken = false;
        let mut unread = String::new();
        loop {
            match xml.next()? {
                Node::Open(element) => match element.local() {
                    "Choice" | "Fallback" if taken => xml.skip()?,
                    "Choice" if !is_understood(&element) => {
                        let words = plain_text(xml)?;
                        if unread.is_empty() {
                            unread = words;
                        }
                    }
                    "Choice" | "Fallback" => {
                        taken = true;
                        read(self, xml)?;
                    }
                    _ => xml.skip()?,
                },
                Node::Close | Node::End => break,
                Node::Text(_) => {}
            }
        }
        if taken { Ok(()) } else { self.lose_words(at, UNKNOWN, &unread) }
    }

    /// What the element that was opened last holds is not read: its words are lost.
    fn lose_inside(&mut self, xml: &mut Xml<'_>, at: &At, what: &str) -> Result<(), ImportError> {
        let words = plain_text(xml)?;
        self.lose_words(at, what, &words)
    }

    /// Words that are not read, if there are any.
    fn lose_words(&mut self, at: &At, what: &str, words: &str) -> Result<(), ImportError> {
        let words = words.trim();
        if words.is_empty() {
            return Ok(());
        }
        self.lose(at, format!("{what}“{}”", words.replace('\n', " ")))
    }

    /// Fields that never ended hide what came after them; that must be said.
    fn end_fields(&mut self, at: &At) -> Result<(), ImportError> {
        let hiding = self.fields.iter().any(|field| field.is_contents);
        self.fields.clear();
        if hiding {
            self.lose(at, "目录后的文字（目录没有结束标记）".to_owned())
        } else {
            Ok(())
        }
    }

    fn place(&self, flow: &Flow) -> At {
        flow.place.clone().unwrap_or(At::Paragraph(self.paragraphs))
    }

    fn lose(&mut self, at: &At, what: String) -> Result<(), ImportError> {
        self.take_text(what.len())?;
        self.lost.push(Lost { at: at.clone(), what });
        Ok(())
    }

    fn take_text(&mut self, bytes: usize) -> Result<(), ImportError> {
        let Some(left) = self.text_left.checked_sub(bytes) else {
            let max = intake::size(self.limits.text as u64);
            return Err(ImportError::TooMuch { what: "文字", max });
        };
        self.text_left = left;
        Ok(())
    }

    fn take_block(&mut self) -> Result<(), ImportError> {
        let Some(left) = self.blocks_left.checked_sub(1) else {
            let max = format!("{}段", self.limits.blocks);
            return Err(ImportError::TooMuch { what: "段落数", max });
        };
        self.blocks_left = left;
        Ok(())
    }
}

/// Whether all that a rendering needs is known. One that needs nothing is for all.
fn is_understood(choice: &Element<'_>) -> bool {
    let needed = choice.attribute("Requires").unwrap_or_default();
    needed.split_whitespace().all(|name| ADDITIONS.contains(&name))
}
