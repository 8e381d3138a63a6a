//! Characters that nobody sees, taken out of what other programs wrote.
//!
//! Web pages and PDFs are full of them: zero-width blanks, byte order marks, marks of direction, soft hyphens. In a
//! label or figure they keep it from being recognised, in prose nobody would find them. The file keeps them, and one
//! entry of [`Document::lost`] says where they begin and how many there were.

use std::borrow::Cow;

use super::{At, Block, Document, Lost};
use crate::model::visible::is_hidden;
use crate::prose::clean::joins;

/// The document without unseen characters, except in the blocks for which `keep` says so. Line feeds, tabs and page breaks stay, a
/// no-break blank becomes a blank.
pub(in crate::exchange) fn without_unseen(
    document: &Document,
    keep: impl Fn(usize) -> bool,
) -> Cow<'_, Document> {
    let has_any = |(index, block): (usize, &Block)| {
        !keep(index)
            && match block {
                Block::Heading { text, .. } | Block::Paragraph { text, .. } => text.contains(is_odd),
                Block::Table(table) => table
                    .cells()
                    .iter()
                    .any(|cell| cell.text.contains(is_odd) || cell.remark.contains(is_odd)),
            }
    };
    if !document.blocks.iter().enumerate().any(has_any) {
        return Cow::Borrowed(document);
    }
    let mut sifted = document.clone();
    let mut sieve = Sieve::default();
    for (_, block) in sifted.blocks.iter_mut().enumerate().filter(|(index, _)| !keep(*index)) {
        match block {
            Block::Heading { text, at, .. } | Block::Paragraph { text, at, .. } => sieve.sift(text, at),
            Block::Table(table) => {
                for cell in &mut table.cells {
                    sieve.sift(&mut cell.text, &cell.at);
                    sieve.sift(&mut cell.remark, &cell.at);
                }
            }
        }
    }
    sifted.lost.extend(sieve.lost());
    Cow::Owned(sifted)
}

/// What a text is searched for before it is looked at character by character.
fn is_odd(c: char) -> bool {
    // A page break in front of a text says that columns may stand elsewhere from there on.
    c == '\u{a0}' || (is_hidden(c) && !matches!(c, '\n' | '\t' | '\u{c}'))
}

/// Takes out what is not seen, and remembers how much that was.
#[derive(Default)]
struct Sieve {
    first: Option<(char, At)>,
    count: usize,
}

impl Sieve {
    fn sift(&mut self, text: &mut String, at: &At) {
        if !text.contains(is_odd) {
            return;
        }
        let mut kept = String::with_capacity(text.len());
        let mut characters = text.chars().peekable();
        let mut before = None;
        while let Some(c) = characters.next() {
            match c {
                '\u{a0}' => kept.push(' '),
                '\u{200d}' if joins(before, characters.peek().copied()) => kept.push(c),
                _ if is_odd(c) => {
                    self.count += 1;
                    self.first.get_or_insert_with(|| (c, at.clone()));
                }
                _ => kept.push(c),
            }
            before = Some(c);
        }
        *text = kept;
    }

    /// What was taken out, as one entry that names the first place.
    fn lost(self) -> Option<Lost> {
        let (c, at) = self.first?;
        let what = format!("看不见的字符（U+{:04X}等，全文共{}个）", u32::from(c), self.count);
        Some(Lost { at, what })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Cell, Style, TableBuilder};
    use super::*;

    fn paragraph(text: &str, line: usize) -> Block {
        Block::Paragraph { text: text.to_owned(), style: Style::Body, at: At::Line(line) }
    }

    #[test]
    fn what_is_not_seen_is_taken_out_and_counted() {
        let mut builder = TableBuilder::new(9, 9);
        builder.push(Cell { text: "12\u{202e}3\u{200b}\u{1b}".to_owned(), ..Cell::default() });
        let blocks = vec![
            paragraph("甲\t乙\u{a0}丙\n", 1),
            paragraph("\u{feff}丁👩\u{200d}💻", 7),
            Block::Table(builder.build().unwrap()),
            paragraph("\u{200b}戊", 9),
        ];
        let document = Document { blocks, ..Document::default() };
        let sifted = without_unseen(&document, |index| index == 3);
        assert_eq!(sifted.blocks[..2], [paragraph("甲\t乙 丙\n", 1), paragraph("丁👩\u{200d}💻", 7)]);
        assert_eq!(sifted.blocks[3], document.blocks[3], "kept where it was asked for");
        assert!(matches!(&sifted.blocks[2], Block::Table(table) if table.cells()[0].text == "123"));
        let what = "看不见的字符（U+FEFF等，全文共4个）".to_owned();
        assert_eq!(sifted.lost, [Lost { at: At::Line(7), what }]);
    }

    #[test]
    fn most_documents_are_left_as_they_are() {
        let document = Document { blocks: vec![paragraph("甲\t乙\n丙", 1)], ..Document::default() };
        assert!(matches!(without_unseen(&document, |_| false), Cow::Borrowed(_)));
    }
}
