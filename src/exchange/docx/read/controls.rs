//! Parts of a page that ask to be filled in: content controls, and the fields of older forms.

use super::Reader;
use super::inline::{Line, Run};
use crate::exchange::error::ImportError;
use crate::exchange::ooxml::{Node, Ns, Xml};

/// What a box to tick shows.
const TICKED: &str = "☑";
const UNTICKED: &str = "☐";

/// How the words begin with which programs ask to fill in a control.
const ASKING: [&str; 6] = ["单击", "点击", "请单击", "请点击", "选择一项", "Click or tap"];

/// Choices of a field that are looked at; Word allows 25.
const MOST_ENTRIES: usize = 100;

impl Reader {
    /// A content control: its content, unless that only asks to be filled in.
    pub(super) fn control(
        &mut self,
        xml: &mut Xml<'_>,
        content: &mut dyn FnMut(&mut Self, &mut Xml<'_>) -> Result<(), ImportError>,
    ) -> Result<(), ImportError> {
        let outer = self.in_hint;
        loop {
            match xml.next()? {
                Node::Open(element) => match (element.ns, element.local()) {
                    (Ns::Word, "sdtPr") => self.in_hint |= shows_hint(xml)?,
                    (Ns::Word, "sdtContent") => content(self, xml)?,
                    _ => xml.skip()?,
                },
                Node::Close | Node::End => break,
                Node::Text(_) => {}
            }
        }
        self.in_hint = outer;
        Ok(())
    }

    /// Whether the words are no content but ask for it. What a program filled in without saying so is content.
    pub(super) fn is_hint(&self, line: &mut Line, text: &str, run: &Run) -> bool {
        if run.is_hint {
            return self.in_hint || ASKING.iter().any(|asking| text.trim_start().starts_with(asking));
        }
        let is_hint = self.in_hint && !text.contains(|c: char| c.is_numeric());
        if is_hint {
            line.hints.push_str(text);
        }
        is_hint
    }

    /// The words of hints that were left out though they do not look like ones.
    pub(super) fn lose_hints(&mut self, line: &Line) -> Result<(), ImportError> {
        if line.hints.trim().is_empty() {
            return Ok(());
        }
        self.lose(&line.at, format!("未填写的控件中的提示“{}”", line.hints.trim()))
    }
}

/// What a field of an older form shows that has no text: a box to tick, a choice. Up to the end of the innermost
/// element.
pub(super) fn form_field(xml: &mut Xml<'_>) -> Result<Option<String>, ImportError> {
    let mut form = FormField::default();
    let mut inside = 0_usize;
    loop {
        match xml.next()? {
            Node::Open(element) => {
                match element.local() {
                    "checkBox" => form.is_box = true,
                    "default" if form.is_box => form.ticked_at_first = element.is_on(),
                    "checked" => form.ticked = Some(element.is_on()),
                    "result" => form.chosen = element.number().unwrap_or(0),
                    "default" if form.chosen < 0 => form.chosen = element.number().unwrap_or(0),
                    "listEntry" if form.entries.len() < MOST_ENTRIES => {
                        form.entries.push(element.val().unwrap_or_default());
                    }
                    _ => {}
                }
                inside += 1;
            }
            Node::Close if inside == 0 => break,
            Node::Close => inside -= 1,
            Node::End => break,
            Node::Text(_) => {}
        }
    }
    if form.is_box {
        let ticked = form.ticked.unwrap_or(form.ticked_at_first);
        return Ok(Some(if ticked { TICKED } else { UNTICKED }.to_owned()));
    }
    let chosen = usize::try_from(form.chosen).unwrap_or(0);
    Ok(form.entries.into_iter().nth(chosen))
}

/// A field of an older form while it is read.
struct FormField {
    is_box: bool,
    ticked: Option<bool>,
    ticked_at_first: bool,
    /// Which choice; below 0 if it is not said.
    chosen: i64,
    entries: Vec<String>,
}

impl Default for FormField {
    fn default() -> Self {
        Self { is_box: false, ticked: None, ticked_at_first: false, chosen: -1, entries: Vec::new() }
    }
}

/// Whether the properties of a control say that it shows a hint.
fn shows_hint(xml: &mut Xml<'_>) -> Result<bool, ImportError> {
    let mut shows = false;
    loop {
        match xml.next()? {
            Node::Open(element) => {
                shows |= (element.ns, element.local()) == (Ns::Word, "showingPlcHdr") && element.is_on();
                xml.skip()?;
            }
            Node::Close | Node::End => return Ok(shows),
            Node::Text(_) => {}
        }
    }
}
