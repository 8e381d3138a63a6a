//! Lays a report out as a document: the printed page, or the long table for programs.

mod explained;
mod long;
mod table;

pub use explained::{EXPLAINED_HEADS, EXPLAINED_TITLE};
pub use long::{HEADS, by_path};

use std::collections::BTreeMap;

use super::document::{At, Block, Document, Style};
use crate::check::date::Date;
use crate::form::{FactKind, Form, Section, Template};
use crate::model::FactId;
use crate::prose::clean::numbering;
use crate::prose::live;
use crate::session::Session;

/// The property that names the form.
pub const FORM_PROPERTY: &str = "gouji.form";
/// The property that says that a file is a draft, and why.
pub const STATUS_PROPERTY: &str = "gouji.status";
/// The beginning of the properties that hold facts of the cover as entered; the fact's name follows.
pub const COVER_PROPERTY: &str = "gouji.cover.";

/// What a printed page is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// To be signed and published.
    Final,
    /// To be looked at: it says 草稿 and how much is still wrong.
    Draft {
        /// How many findings are 强制.
        mandatory: usize,
    },
    /// To be filled in by someone else.
    Blank,
}

/// The longest line of prose that is set as a heading, in characters.
const LONGEST_HEADING: usize = 30;

/// The report as it is printed: title, preface, sections with their tables and prose, sign-off. Live figures are
/// shown as their values, totals as stated or, where nothing is stated, as computed.
pub fn page(session: &Session, purpose: &Purpose) -> Document {
    let mut page = Page { session, purpose, blocks: Vec::new() };
    if let Purpose::Draft { mandatory } = purpose {
        page.paragraph(draft_mark(*mandatory), Style::Banner);
    }
    let form: &Form = session.form();
    page.heading(0, page.title());
    let preface: String = form.page.preface.iter().filter_map(|sentence| page.fill(sentence)).collect();
    if !preface.is_empty() {
        page.paragraph(preface, Style::Body);
    }
    for section in &form.sections {
        page.section(section);
    }
    for line in &form.page.sign_off {
        if let Some(line) = page.fill(line) {
            page.paragraph(line, Style::SignOff);
        }
    }
    Document { blocks: page.blocks, properties: properties(session), ..Document::default() }
}

/// The same for those who look through the report: the reasons that were given (审核说明) stand at the end. They are
/// not for the public.
pub fn page_with_reasons(session: &Session, purpose: &Purpose) -> Document {
    let mut document = page(session, purpose);
    if let Some(table) = explained::explained(session).filter(|_| *purpose != Purpose::Blank) {
        let (text, style) = (EXPLAINED_TITLE.to_owned(), Style::Caption);
        document.blocks.push(Block::Paragraph { text, style, at: At::Unknown });
        document.blocks.push(Block::Table(table));
    }
    document
}

/// What a paragraph of a blank form begins with that asks for words.
const ASKS: &str = "〔请在此填写：";

/// Whether a paragraph still asks for words, be it that its style was lost on the way through another program.
pub fn asks_for_words(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(ASKS) && text.ends_with('〕')
}

/// A fact of the cover as it is printed; none while it is not filled in.
pub fn printed_fact(form: &Form, id: FactId, entered: &str) -> Option<String> {
    let entered = entered.trim();
    if entered.is_empty() {
        return None;
    }
    Some(match &form.fact_by_id(id)?.kind {
        FactKind::Date => Date::read(entered).map_or_else(
            || entered.to_owned(),
            |date| format!("{}年{}月{}日", date.year, date.month, date.day),
        ),
        FactKind::Choice(choices) => choices
            .iter()
            .find(|choice| choice.id == entered)
            .map_or_else(|| entered.to_owned(), |choice| choice.label.clone()),
        FactKind::Unit | FactKind::Line | FactKind::Year => entered.to_owned(),
    })
}

/// What stands in a blank form in the place of a fact.
pub fn blank_fact(form: &Form, id: FactId) -> String {
    form.fact_by_id(id).map_or(String::new(), |fact| format!("〔{}〕", fact.label))
}

/// What the mark of a draft begins and ends with.
const DRAFT: &str = "草稿";
const NOT_FINAL: &str = "，不作为正式报告";

/// Whether a paragraph is the mark of a draft, be it that its style was lost on the way.
pub fn marks_draft(text: &str) -> bool {
    let rest = text.trim().strip_prefix(DRAFT).and_then(|text| text.strip_suffix(NOT_FINAL));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("，尚有"))
}

/// What stands on a page, or in a table for programs, that is not to be taken for the report itself.
fn draft_mark(mandatory: usize) -> String {
    let rest = if mandatory > 0 { format!("，尚有{mandatory}处强制性问题") } else { String::new() };
    format!("{DRAFT}{rest}{NOT_FINAL}")
}

/// Facts that a reader of the page does not see as they were entered.
fn properties(session: &Session) -> BTreeMap<String, String> {
    let form = session.form();
    let facts = form.facts.iter().filter_map(|fact| {
        let entered = session.report().fact(fact.id);
        (!entered.is_empty()).then(|| (format!("{COVER_PROPERTY}{}", fact.name), entered.to_owned()))
    });
    std::iter::once((FORM_PROPERTY.to_owned(), form.id.clone())).chain(facts).collect()
}

struct Page<'a> {
    session: &'a Session,
    purpose: &'a Purpose,
    blocks: Vec<Block>,
}

impl Page<'_> {
    fn title(&self) -> String {
        let form = self.session.form();
        if let Some(title) = self.fill(&form.page.title).filter(|title| !title.is_empty()) {
            return title;
        }
        // The unit or the year is missing, or the form names no title.
        let year = self.session.year().map(|year| format!("{year}年度")).unwrap_or_default();
        format!("{}{year}报告", self.session.unit())
    }

    fn section(&mut self, section: &Section) {
        let (form, report) = (self.session.form(), self.session.report());
        self.heading(1, format!("{}、{}", section.number, section.heading));
        if let Some(table) = section.table.and_then(|id| form.table(id)) {
            let blank = *self.purpose == Purpose::Blank;
            self.blocks.extend(table::lay_out(self.session, table, blank).map(Block::Table));
        }
        let Some(id) = section.text else { return };
        let text = live::resolve(form, report.text(id), self.session).text;
        if text.is_empty() && *self.purpose == Purpose::Blank {
            let guidance = form.texts.get(id.index()).map_or("", |slot| slot.guidance.as_str());
            self.paragraph(format!("{ASKS}{guidance}〕"), Style::Placeholder);
        }
        if text.is_empty() {
            return;
        }
        for line in text.split('\n') {
            match heading_level(line) {
                Some(level) => self.heading(level, line.to_owned()),
                None => self.paragraph(line.to_owned(), Style::Body),
            }
        }
    }

    /// A sentence with facts of the cover; none if one of them is missing, except in a blank form.
    fn fill(&self, sentence: &Template) -> Option<String> {
        let form = self.session.form();
        sentence.fill(|id| {
            printed_fact(form, id, self.session.report().fact(id))
                .or_else(|| (*self.purpose == Purpose::Blank).then(|| blank_fact(form, id)))
        })
    }

    fn heading(&mut self, level: u8, text: String) {
        self.blocks.push(Block::Heading { level, text, at: At::Unknown });
    }

    fn paragraph(&mut self, text: String, style: Style) {
        self.blocks.push(Block::Paragraph { text, style, at: At::Unknown });
    }
}

/// The level of a line of prose that is a heading and nothing else: a number and some words without a mark.
fn heading_level(line: &str) -> Option<u8> {
    let (level, number) = numbering(line)?;
    let words = line.get(number.end..)?;
    let is_bare = !words.is_empty()
        && words.trim() == words
        && words.chars().count() <= LONGEST_HEADING
        && !words.contains(['。', '，', '；', '：', '！', '？', ',', ';', ':', '\t', '\r']);
    (is_bare && level < 2).then_some(2 + level as u8)
}

#[cfg(test)]
mod tests;
