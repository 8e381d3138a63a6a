//! What stands in a paragraph: runs of text, fields, references.

use super::super::styles::{ListItem, Looks};
use super::notes::plain_text;
use super::{DELETED, Flow, MOVED, Marks, Reader, UNKNOWN, controls, symbols};
use crate::exchange::document::At;
use crate::exchange::error::ImportError;
use crate::exchange::ooxml::{Element, Node, Ns, Xml, clean};
use crate::exchange::raised;

/// Fields inside one another beyond this are not told apart.
const MOST_FIELDS: usize = 64;

/// How much of the instruction of a field is looked at.
const LONGEST_INSTRUCTION: usize = 64;

/// Fields that show nothing by design: marks for indexes, values kept for later, empty fields to type into.
const SHOWN_NOWHERE: [&str; 9] = ["", "TC", "XE", "TA", "RD", "SET", "ASK", "PRIVATE", "FORMTEXT"];

/// A paragraph while it is read.
pub(super) struct Line {
    pub(super) at: At,
    pub(super) in_cell: bool,
    pub(super) text: String,
    /// Text that is formatted as hidden.
    pub(super) hidden: String,
    /// Text that is struck out.
    pub(super) struck: String,
    /// How words are pronounced, as it stands above them.
    pub(super) readings: String,
    /// Text that asks to be filled in but is not marked as such.
    pub(super) hints: String,
    /// The id of its style.
    pub(super) style: Option<String>,
    pub(super) outline: Option<i64>,
    pub(super) item: ListItem,
    /// How its text is marked, and how its end is, which counts if it has no text.
    pub(super) marks: Marks,
    pub(super) end_marks: Marks,
    /// The text boxes that hang in it.
    pub(super) boxes: Flow,
    /// A page break is a line break only between text.
    break_before_more: bool,
}

/// A field: an instruction, and the text that came of it.
pub(super) struct Field {
    instruction: String,
    /// Text in front of its result, which is not shown.
    unread: String,
    /// Whether something stands for it that has no result, such as a box to tick.
    is_shown: bool,
    /// Whether its result is being read.
    pub(super) in_result: bool,
    /// Whether it makes a table of contents, whose lines look like headings.
    pub(super) is_contents: bool,
}

/// The format of a run.
#[derive(Default)]
pub(super) struct Run {
    is_computed: bool,
    looks: Looks,
    /// Whether its style is that of words that ask to be filled in.
    pub(super) is_hint: bool,
}

impl Line {
    pub(super) fn new(at: At, in_cell: bool) -> Self {
        let boxes = Flow { place: Some(at.clone()), in_cell, ..Flow::default() };
        Self {
            at,
            in_cell,
            text: String::new(),
            hidden: String::new(),
            struck: String::new(),
            readings: String::new(),
            hints: String::new(),
            style: None,
            outline: None,
            item: ListItem::default(),
            marks: Marks::default(),
            end_marks: Marks::default(),
            boxes,
            break_before_more: false,
        }
    }
}

impl Reader {
    /// The content of a paragraph up to the end of the innermost element.
    pub(super) fn inline(&mut self, xml: &mut Xml<'_>, line: &mut Line) -> Result<(), ImportError> {
        loop {
            let element = match xml.next()? {
                Node::Open(element) => element,
                Node::Close | Node::End => return Ok(()),
                Node::Text(_) => continue,
            };
            match (element.ns, element.local()) {
                (Ns::Word, "pPr") => self.paragraph_format(xml, line)?,
                (Ns::Word | Ns::Math, "r") => {
                    let looks = self.styles.looks(line.style.as_deref());
                    self.run(xml, line, &mut Run { looks, ..Run::default() })?;
                }
                (Ns::Math, "f") => self.pair(xml, line, "/")?,
                (Ns::Math, "sSup") => self.pair(xml, line, "^")?,
                (Ns::Word, "sdt") => self.control(xml, &mut |reader, xml| reader.inline(xml, line))?,
                (
                    Ns::Word,
                    "hyperlink" | "smartTag" | "customXml" | "ins" | "moveTo" | "fldSimple" | "dir" | "bdo",
                )
                | (Ns::Math, _) => self.inline(xml, line)?,
                (Ns::Word, "del") => self.lose_inside(xml, &line.at, DELETED)?,
                (Ns::Word, "moveFrom") => self.lose_inside(xml, &line.at, MOVED)?,
                (Ns::Compatibility, "AlternateContent") => {
                    let at = line.at.clone();
                    self.alternative(xml, &at, &mut |reader, xml| reader.inline(xml, line))?;
                }
                _ => self.lose_inside(xml, &line.at, UNKNOWN)?,
            }
        }
    }

    fn paragraph_format(&mut self, xml: &mut Xml<'_>, line: &mut Line) -> Result<(), ImportError> {
        loop {
            let element = match xml.next()? {
                Node::Open(element) => element,
                Node::Close | Node::End => return Ok(()),
                Node::Text(_) => continue,
            };
            match element.local() {
                "numPr" => {
                    self.paragraph_format(xml, line)?;
                    continue;
                }
                "rPr" => {
                    line.end_marks.computed = self.run_format(xml, line.style.as_deref())?.is_computed;
                    continue;
                }
                "pStyle" => line.style = element.val(),
                "outlineLvl" => line.outline = element.number(),
                "numId" => line.item.list = element.number(),
                "ilvl" => line.item.level = element.number(),
                _ => {}
            }
            xml.skip()?;
        }
    }

    /// The format of a run in a paragraph of a style.
    fn run_format(&mut self, xml: &mut Xml<'_>, style: Option<&str>) -> Result<Run, ImportError> {
        let mut run = Run::default();
        let (mut own, mut named) = (Looks::default(), Looks::default());
        let below = self.styles.looks(style);
        loop {
            let element = match xml.next()? {
                Node::Open(element) => element,
                Node::Close | Node::End => break,
                Node::Text(_) => continue,
            };
            match (element.ns, element.local()) {
                (Ns::Word, "rStyle") => {
                    let id = element.val().unwrap_or_default();
                    run.is_computed = self.styles.is_computed(&id);
                    run.is_hint = self.styles.is_hint(&id);
                    named = self.styles.looks(Some(&id));
                }
                (Ns::Word, _) => own.note(&element),
                _ => {}
            }
            xml.skip()?;
        }
        // A style of characters that switches on what the paragraph's does switches it off, as Word has it.
        let both =
            |one: Option<bool>, other| if one == Some(true) && other == one { Some(false) } else { one };
        named.hidden = both(named.hidden, below.hidden);
        named.struck = both(named.struck, below.struck);
        run.looks = own.over(named).over(below);
        Ok(run)
    }

    /// A fraction or a power: two parts, with a sign between them.
    fn pair(&mut self, xml: &mut Xml<'_>, line: &mut Line, sign: &str) -> Result<(), ImportError> {
        let start = line.text.len();
        loop {
            match xml.next()? {
                Node::Open(element) if matches!(element.local(), "num" | "e" | "den" | "sup") => {
                    if matches!(element.local(), "den" | "sup") {
                        line.text.push_str(sign);
                    }
                    let part = line.text.len();
                    self.inline(xml, line)?;
                    if line.text.get(part..).is_some_and(|text| text.contains(['+', '-', '−', '×', '/'])) {
                        line.text.insert(part, '（');
                        line.text.push('）');
                    }
                }
                Node::Open(_) => xml.skip()?,
                Node::Close | Node::End => break,
                Node::Text(_) => {}
            }
        }
        // A number in front is not a part of the numerator.
        let ends_with_digit = |text: &str| text.ends_with(|c: char| c.is_ascii_digit());
        if line.text.get(..start).is_some_and(ends_with_digit) && line.text.len() > start {
            line.text.insert(start, ' ');
        }
        Ok(())
    }

    /// The content of a run up to the end of the innermost element.
    fn run(&mut self, xml: &mut Xml<'_>, line: &mut Line, run: &mut Run) -> Result<(), ImportError> {
        loop {
            match xml.next()? {
                Node::Open(element) => self.in_run(&element, xml, line, run)?,
                Node::Close | Node::End => return Ok(()),
                Node::Text(_) => {}
            }
        }
    }

    fn in_run(
        &mut self,
        element: &Element<'_>,
        xml: &mut Xml<'_>,
        line: &mut Line,
        run: &mut Run,
    ) -> Result<(), ImportError> {
        match (element.ns, element.local()) {
            (Ns::Word, "rPr") => {
                *run = self.run_format(xml, line.style.as_deref())?;
                return Ok(());
            }
            (Ns::Word | Ns::Math, "t") => {
                let text = said(&xml.text()?, element.attribute("space").as_deref() == Some("preserve"));
                return self.say(line, &text, run);
            }
            (Ns::Word, "instrText") => {
                let text = xml.text()?;
                if let Some(field) = self.fields.last_mut() {
                    let room = LONGEST_INSTRUCTION.saturating_sub(field.instruction.len());
                    field.instruction.extend(text.chars().take(room));
                }
                return Ok(());
            }
            (Ns::Word, "drawing" | "pict" | "object") => return self.drawing(xml, line),
            (Ns::Compatibility, "AlternateContent") => {
                let at = line.at.clone();
                return self.alternative(xml, &at, &mut |reader, xml| reader.run(xml, line, run));
            }
            (Ns::Word, "ruby") => return self.ruby(xml, line),
            (Ns::Word, "tab" | "ptab") => self.say(line, "\t", run)?,
            (Ns::Word, "br") if matches!(element.attribute("type").as_deref(), Some("page" | "column")) => {
                line.break_before_more = true;
            }
            (Ns::Word, "br" | "cr") => self.say(line, "\n", run)?,
            (Ns::Word, "noBreakHyphen") => self.say(line, "-", run)?,
            (Ns::Word, "sym") => match symbols::sign(element) {
                Some(sign) => self.say(line, sign.encode_utf8(&mut [0; 4]), run)?,
                None => self.lose(&line.at, symbol(element))?,
            },
            (Ns::Word, "fldChar") => {
                let mut is_shown = false;
                if let Some(shown) = controls::form_field(xml)? {
                    self.say(line, &shown, run)?;
                    is_shown = true;
                }
                return self.field(element, line, is_shown);
            }
            (Ns::Word, reference) if reference.ends_with("Reference") => {
                let id = element.attribute("id").unwrap_or_default();
                if let Some(note) = self.notes.told(reference, &id) {
                    self.lose(&line.at, note)?;
                }
            }
            _ => {}
        }
        self.lose_inside(xml, &line.at, UNKNOWN)
    }

    /// Text with its pronunciation above it: the text. How it is pronounced is said for the whole paragraph at once.
    fn ruby(&mut self, xml: &mut Xml<'_>, line: &mut Line) -> Result<(), ImportError> {
        loop {
            match xml.next()? {
                Node::Open(element) if element.local() == "rubyBase" => self.inline(xml, line)?,
                Node::Open(element) if element.local() == "rt" => {
                    let reading = plain_text(xml)?;
                    line.readings.push_str(if line.readings.is_empty() { "" } else { " " });
                    line.readings.push_str(reading.trim());
                }
                Node::Open(_) => xml.skip()?,
                Node::Close | Node::End => return Ok(()),
                Node::Text(_) => {}
            }
        }
    }

    /// A mark of a field; `is_shown` says that something was read for it already.
    fn field(&mut self, element: &Element<'_>, line: &Line, is_shown: bool) -> Result<(), ImportError> {
        match element.attribute("fldCharType").as_deref() {
            Some("begin") if self.fields.len() < MOST_FIELDS => {
                self.fields.push(Field {
                    instruction: String::new(),
                    unread: String::new(),
                    is_shown,
                    in_result: false,
                    is_contents: false,
                });
            }
            Some("separate") => {
                let Some(field) = self.fields.last_mut() else { return Ok(()) };
                field.in_result = true;
                field.is_contents = field.instruction.trim_start().to_uppercase().starts_with("TOC");
                if field.is_contents {
                    self.lose(&line.at, "目录".to_owned())?;
                }
            }
            Some("end") => {
                if let Some(field) = self.fields.pop().filter(|field| !field.in_result) {
                    self.lose_field(&field, &line.at)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Takes leave of the fields that did not come to a result in their paragraph.
    pub(super) fn end_line_fields(&mut self, at: &At) -> Result<(), ImportError> {
        let (kept, ended) = self.fields.drain(..).partition(|field| field.in_result);
        self.fields = kept;
        let ended: Vec<Field> = ended;
        ended.iter().try_for_each(|field| self.lose_field(field, at))
    }

    /// Says what a field would show that has no result. What an equation draws, a digit in a circle for one, stands
    /// nowhere but in its instruction.
    fn lose_field(&mut self, field: &Field, at: &At) -> Result<(), ImportError> {
        self.lose_words(at, "没有结果的域里的文字", &field.unread)?;
        let instruction = field.instruction.trim();
        let name = instruction.split_whitespace().next().unwrap_or_default().to_uppercase();
        match name.as_str() {
            "EQ" => self.lose_words(at, "公式域", instruction),
            name if field.is_shown || SHOWN_NOWHERE.contains(&name) => Ok(()),
            _ => self.lose_words(at, "没有结果的域", instruction),
        }
    }

    /// Adds text, unless it is the inside of a field or hidden.
    fn say(&mut self, line: &mut Line, text: &str, run: &Run) -> Result<(), ImportError> {
        if text.is_empty() {
            return Ok(());
        }
        if let Some(field) = self.fields.iter_mut().rev().find(|field| !field.in_result) {
            field.unread.push_str(text);
            return Ok(());
        }
        if self.fields.iter().any(|field| field.is_contents) {
            return Ok(());
        }
        if self.is_hint(line, text, run) {
            return Ok(());
        }
        if run.looks.hidden == Some(true) {
            line.hidden.push_str(text);
            return Ok(());
        }
        if run.looks.struck == Some(true) {
            line.struck.push_str(text);
            return Ok(());
        }
        if std::mem::take(&mut line.break_before_more) && !line.text.is_empty() {
            line.text.push('\n');
        }
        let is_raised = line.in_cell && run.looks.raised == Some(true);
        match is_raised.then(|| raised::note(&line.text, text)).flatten() {
            Some(note) => line.text.push_str(&note),
            None => line.text.push_str(text),
        }
        let other = !run.is_computed && !text.trim().is_empty();
        line.marks.add(Marks { computed: run.is_computed, other });
        // The text is taken from the allowance at the end of the paragraph; a single huge one must not wait for that.
        if line.text.len() > self.text_left { self.take_text(line.text.len()) } else { Ok(()) }
    }
}

/// The words of a text element: blanks at its ends count only if it says so, and line ends are blanks.
fn said(raw: &str, preserve: bool) -> String {
    let blank = [' ', '\t', '\n', '\r'];
    let raw = if preserve { raw } else { raw.trim_matches(blank) };
    clean(&raw.replace(blank, " ")).into_owned()
}

fn symbol(element: &Element<'_>) -> String {
    let font = element.attribute("font").unwrap_or_default();
    let code = element.attribute("char").unwrap_or_default();
    format!("符号（字体“{font}”第{code}号）")
}
