//! What all file formats have in common: headings, paragraphs and tables in reading order.

mod table;
mod unseen;

pub use table::{Cell, Part, Table, TableBuilder};
pub(super) use unseen::without_unseen;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::model::visible::visible;

/// The content of a file, in reading order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Headings, paragraphs and tables.
    pub blocks: Vec<Block>,
    /// Named facts that a reader of the page does not see, such as the form; of files that gouji wrote itself. What
    /// is written on the page outweighs them.
    pub properties: BTreeMap<String, String>,
    /// What the reader left out because a document has no place for it.
    pub lost: Vec<Lost>,
    /// What the reader took in and a person should look at all the same.
    pub doubts: Vec<Doubt>,
}

impl Document {
    /// Its tables, in reading order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks
            .iter()
            .filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None })
    }
}

/// One piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading of the file's own making: a style, an element. Many files have none and only look so.
    Heading {
        /// 0 is the title of the whole, 1 the six sections, 2 and more what is below them.
        level: u8,
        /// The words, without line breaks.
        text: String,
        /// Where it stands in the file.
        at: At,
    },
    /// A paragraph, or one line of a plain text.
    Paragraph {
        /// The words. Line breaks inside a paragraph are `\n`; a form feed in front begins a page of plain text.
        text: String,
        /// What it is there for.
        style: Style,
        /// Where it stands in the file.
        at: At,
    },
    /// A table.
    Table(Table),
}

/// What a paragraph is there for. Readers of plain formats know only [`Style::Body`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Style {
    /// Running text.
    #[default]
    Body,
    /// The line over a table.
    Caption,
    /// Unit and date at the end.
    SignOff,
    /// Asks the reader to write something in its place; of blank forms.
    Placeholder,
    /// Says of the whole what must not be overlooked, such as 草稿.
    Banner,
}

/// A place in a file, as people look for it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum At {
    /// Not known.
    #[default]
    Unknown,
    /// A line of a text, counted from 1.
    Line(usize),
    /// A line of a printed page, both counted from 1.
    Page {
        /// Which page.
        page: usize,
        /// Which line of text on it.
        line: usize,
    },
    /// A paragraph outside of tables, counted from 1.
    Paragraph(usize),
    /// A row and a column of a table, all counted from 1; columns as in the rectangle, spans counted in full.
    Cell {
        /// Which table of the file.
        table: usize,
        /// Which row.
        row: usize,
        /// Which column.
        column: usize,
    },
    /// A cell of a sheet.
    Sheet {
        /// The name of the sheet.
        sheet: Arc<str>,
        /// The row, counted from 0.
        row: u32,
        /// The column, counted from 0.
        column: u32,
    },
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("文件中"),
            Self::Line(line) => write!(f, "第{line}行"),
            Self::Page { page, line } => write!(f, "第{page}页第{line}行"),
            Self::Paragraph(paragraph) => write!(f, "第{paragraph}段"),
            Self::Cell { table, row, column } => write!(f, "第{table}个表第{row}行第{column}列"),
            Self::Sheet { sheet, row, column } => {
                write!(f, "工作表“{}”{}{}", visible(sheet), letters(*column), u64::from(*row) + 1)
            }
        }
    }
}

/// Something in the file that a document can not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// Where it stood.
    pub at: At,
    /// What it was, for people: `图片`, `已删除的修订“…”`.
    pub what: String,
}

/// Something in the file that was taken in, though it may not have been meant to be, or not so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// Where it stands.
    pub at: At,
    /// What was done and what to do now, in Chinese.
    pub message: String,
}

/// The letters of a column of a sheet: 0 is A, 26 is AA.
fn letters(column: u32) -> String {
    let mut rest = u64::from(column) + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// The lines of a heading that was broken by hand, as one: a blank only between words of Latin letters or digits.
pub(super) fn one_line(text: &str) -> String {
    if !text.contains('\n') {
        return text.to_owned();
    }
    let mut line = String::with_capacity(text.len());
    for part in text.split('\n').map(|part| part.trim_matches(' ')).filter(|part| !part.is_empty()) {
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if is_word(line.chars().next_back()) && is_word(part.chars().next()) {
            line.push(' ');
        }
        line.push_str(part);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_named_as_people_look_for_them() {
        let at = |row, column| At::Sheet { sheet: "表三".into(), row, column }.to_string();
        assert_eq!(at(4, 1), "工作表“表三”B5");
        assert_eq!(at(0, 26), "工作表“表三”AA1");
        assert_eq!(at(u32::MAX, 701), "工作表“表三”ZZ4294967296");
        let hostile = At::Sheet { sheet: "表\u{1b}\u{202e}".into(), row: 0, column: 0 };
        assert_eq!(hostile.to_string(), "工作表“表<U+001B><U+202E>”A1");
        assert_eq!(At::Cell { table: 2, row: 4, column: 5 }.to_string(), "第2个表第4行第5列");
    }
}
