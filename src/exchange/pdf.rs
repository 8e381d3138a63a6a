//! Printed pages: the text of a PDF as lines, with blanks where there is room between columns.
//!
//! A PDF has no lines and no tables, only glyphs at positions. They are put into lines by their height and at columns
//! by their place from the left, as a typewriter would, so that figures stay below their heads and blank cells stay
//! blank. A PDF without text, or whose text can not be trusted, is refused.

mod budget;
mod cmap;
mod font;
mod layout;
mod load;
mod members;
mod notes;
mod page;
mod remarks;
mod spans;
mod words;

use super::contained::contained;
use super::document::{At, Block, Document, Lost, Style};
use super::error::ImportError;
use super::format::Format;
use super::intake;
use super::limits::Limits;
use budget::Spent;
use page::Walker;

/// Reads the text of all pages, one paragraph a line.
///
/// # Errors
/// If the file is damaged or protected, asks for more than is allowed, is made of pictures, or does not say which
/// characters its glyphs are.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ImportError> {
    intake::file(bytes, limits)?;
    // The parser is well kept, but the file may be made for it: a panic only means that it can not be read.
    contained(|| within(bytes, limits)).unwrap_or_else(|| Err(broken("读不出其中的内容")))
}

/// Pages that are read.
const MOST_PAGES: usize = 2000;
/// One glyph in so many may be unknown; it is shown as such. With more of them the text can not be trusted.
const ONE_UNKNOWN_IN: usize = 50;

const HOW: &str = "请用 WPS 或 Word 打开它，另存为 docx 再导入；或者用 pdftotext -layout 转成文本再导入";

fn within(bytes: &[u8], limits: &Limits) -> Result<Document, ImportError> {
    let pdf = load::load(bytes, limits)?;
    let mut document = Document::default();
    let mut walker = Walker::new(&pdf, limits);
    let (mut pages, mut characters) = (0, 0);
    for id in pdf.page_iter() {
        pages += 1;
        if pages > MOST_PAGES {
            return Err(too_much("页数", format!("{MOST_PAGES}页")));
        }
        let page = walker.page(id).map_err(|spent| spent_on_pages(spent, limits))?;
        for (text, line) in layout::lines(page.glyphs).into_iter().zip(1..) {
            let at = At::Page { page: pages, line };
            characters += text.len();
            if document.blocks.len() >= limits.blocks {
                return Err(too_much("文字的行数", format!("{}行", limits.blocks)));
            }
            if characters > limits.text {
                return Err(too_much("文字", intake::size(limits.text as u64)));
            }
            document.blocks.push(Block::Paragraph { text, style: Style::Body, at });
        }
        if page.damaged > 0 {
            let what = format!("第{pages}页中损坏的内容（共{}处，其后的文字可能不全）", page.damaged);
            document.lost.push(Lost { at: At::Unknown, what });
        }
    }
    if pages == 0 {
        return Err(broken("里面没有页"));
    }
    let seen = walker.seen;
    if seen.glyphs == 0 {
        return Err(unsupported("扫描的或由图片拼成的 PDF"));
    }
    if seen.unknown > seen.glyphs / ONE_UNKNOWN_IN {
        return Err(unsupported("没有写明文字编码的 PDF"));
    }
    let mut lose = |count: usize, what: &str| {
        if count > 0 {
            document.lost.push(Lost { at: At::Unknown, what: format!("{what}（共{count}个）") });
        }
    };
    lose(seen.unknown, "认不出的字，写作“\u{fffd}”");
    lose(seen.turned, "斜着或倒着印的字");
    lose(seen.invisible, "印出来看不见的字");
    lose(seen.pictures, "图片");
    lose(seen.remarks, "批注或表单中没有印在页面上的文字");
    Ok(document)
}

fn spent_on_pages(spent: Spent, limits: &Limits) -> ImportError {
    match spent {
        Spent::Bytes => too_much("各页解开后的内容", intake::size(limits.unpacked / page::PART_OF_UNPACKED)),
        Spent::Steps => too_much("各页的文字和图形", format!("{}万个", budget::MOST_STEPS / 10_000)),
        Spent::Signs => too_much("一页上的字", format!("{}万个", page::MOST_SIGNS / 10_000)),
    }
}

fn broken(cause: &str) -> ImportError {
    ImportError::Broken { format: Format::Pdf, at: At::Unknown, cause: cause.to_owned() }
}

fn too_much(what: &'static str, max: String) -> ImportError {
    ImportError::TooMuch { what, max }
}

fn unsupported(what: &str) -> ImportError {
    ImportError::Unsupported { what: what.to_owned(), how: HOW.to_owned() }
}

#[cfg(test)]
mod tests;
