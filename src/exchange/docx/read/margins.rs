//! What stands at the top and the bottom of every page. A document has no place for it; what only counts pages or
//! repeats the text is no loss.

use super::Reader;
use super::notes::plain_text;
use crate::exchange::document::{At, Block};
use crate::exchange::error::ImportError;
use crate::exchange::ooxml::{Package, Relation};

/// Headers and footers that are looked at; a section has three of each at most.
const MOST: usize = 24;

impl Reader {
    /// Notes the words of headers and footers, the same ones once.
    pub(super) fn margins(
        &mut self,
        package: &mut Package<'_>,
        relations: &[Relation],
        blocks: &[Block],
    ) -> Result<(), ImportError> {
        let margins = relations.iter().filter_map(|relation| match relation.kind.as_str() {
            "header" => Some(("页眉", relation)),
            "footer" => Some(("页脚", relation)),
            _ => None,
        });
        let mut told: Vec<String> = Vec::new();
        for (what, relation) in margins.take(MOST) {
            let Some(text) = package.part(&relation.target)? else { continue };
            let words = plain_text(&mut package.xml(&relation.target, &text))?;
            let bare = without_blanks(&words);
            if counts_pages(&bare) || told.contains(&bare) || is_repeated(&bare, blocks) {
                continue;
            }
            self.lose_words(&At::Unknown, what, &words)?;
            told.push(bare);
        }
        Ok(())
    }
}

/// Whether it is a number of a page and nothing else: 「— 1 —」, 「第1页 共12页」.
fn counts_pages(bare: &str) -> bool {
    bare.chars().all(|c| !c.is_alphanumeric() || c.is_numeric() || "第共页一二三四五六七八九十".contains(c))
}

/// Whether a heading or paragraph says the same.
fn is_repeated(bare: &str, blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match block {
        Block::Heading { text, .. } | Block::Paragraph { text, .. } => without_blanks(text).contains(bare),
        Block::Table(_) => false,
    })
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{ad}').collect()
}
