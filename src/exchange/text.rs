//! Plain text: every line is a paragraph, its blanks and tabs as they are. What columns they make is for
//! recognition to say.

use super::document::{At, Block, Document, Lost, Style};
use super::error::ImportError;
use super::format::Format;
use super::intake;
use super::limits::Limits;

/// Begins a page.
const PAGE_BREAK: char = '\u{c}';

/// Reads a plain text. Empty lines become empty paragraphs; the first words of a page have the page break in front of
/// them, since columns may stand elsewhere from there on.
///
/// # Errors
/// If the file is too long, has too many lines, or is not text.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ImportError> {
    let text = intake::text(bytes, Format::Text, limits)?;
    let mut blocks = Vec::new();
    let mut pages: Option<(At, usize)> = None;
    let mut new_page = false;
    for (line, number) in lines(&text).zip(1..) {
        let at = At::Line(number);
        if line.is_empty() {
            blocks.push(Block::Paragraph { text: String::new(), style: Style::Body, at: at.clone() });
        }
        // Other marks that end a line do not count as one, because editors do not count them.
        for piece in line.split_inclusive(is_break) {
            let text = piece.trim_end_matches(is_break);
            if !text.is_empty() {
                let mut text = text.to_owned();
                if std::mem::take(&mut new_page) {
                    text.insert(0, PAGE_BREAK);
                }
                blocks.push(Block::Paragraph { text, style: Style::Body, at: at.clone() });
            }
            new_page |= piece.ends_with(PAGE_BREAK);
        }
        let breaks = line.matches(PAGE_BREAK).count();
        if breaks > 0 {
            pages.get_or_insert((at, 0)).1 += breaks;
        }
        if blocks.len() > limits.blocks {
            return Err(ImportError::TooMuch { what: "行数", max: format!("{}行", limits.blocks) });
        }
    }
    let lost = pages.map(|(at, count)| Lost { at, what: format!("分页符（共{count}个）") });
    let lost = lost.into_iter().collect();
    Ok(Document { blocks, lost, ..Document::default() })
}

/// The lines of a text, ended by `\n`, `\r\n` or `\r`; nothing behind the last line end is no line.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (line, after) = rest.split_once(['\n', '\r']).unwrap_or((rest, ""));
        let was_return = rest.as_bytes().get(line.len()) == Some(&b'\r');
        rest = if was_return { after.strip_prefix('\n').unwrap_or(after) } else { after };
        Some(line)
    })
}

/// Page breaks and the line ends that only some programs know.
fn is_break(c: char) -> bool {
    matches!(c, '\u{b}' | PAGE_BREAK | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests;
