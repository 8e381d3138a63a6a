//! Plain text: every line is a paragraph, its blanks and tabs as they are. What columns they make is for
//! recognition to say.

use super::document::{At, Block, Document, Lost, Style};
use super::error::ImportError;
use super::format::Format;
use super::intake;
use super::limits::Limits;

/// Reads a plain text. Empty lines become empty paragraphs.
///
/// # Errors
/// If the file is too long, has too many lines, or is not text.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ImportError> {
    let text = intake::text(bytes, Format::Text, limits)?;
    let mut blocks = Vec::new();
    let mut pages: Option<(At, usize)> = None;
    for (line, number) in lines(&text).zip(1..) {
        let at = At::Line(number);
        // Other marks that end a line do not count as one, because editors do not count them.
        for piece in line.split(is_break).filter(|piece| !piece.is_empty() || line.is_empty()) {
            let text = piece.to_owned();
            blocks.push(Block::Paragraph { text, style: Style::Body, at: at.clone() });
        }
        let breaks = line.matches('\u{c}').count();
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
    matches!(c, '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests;
