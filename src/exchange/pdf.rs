//! Printed pages: the text of a PDF as lines, with blanks where there is room between columns.
//!
//! A PDF has no lines and no tables, only glyphs at positions. They are put into lines by their height and at columns
//! by their place from the left, as a typewriter would, so that figures stay below their heads and blank cells stay
//! blank. A PDF without text, or whose text can not be trusted, is refused.

mod cmap;
mod font;
mod layout;
mod page;

use std::cell::Cell;

use lopdf::{DecompressError, Document as Pdf, LoadOptions, Object, ObjectId};

use super::contained::contained;
use super::document::{At, Block, Document, Lost, Style};
use super::error::ImportError;
use super::format::Format;
use super::intake;
use super::limits::Limits;
use page::Walker;

/// Reads the text of all pages, one paragraph a line.
///
/// # Errors
/// If the file is damaged or protected, asks for more than is allowed, is made of pictures, or does not say which
/// characters its glyphs are.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ImportError> {
    intake::file(bytes, limits)?;
    // The parser is well kept, but the file may be made for it: a panic only means that it can not be read.
    contained(|| within(bytes, limits)).unwrap_or_else(|| {
        let spent = LEFT.get().is_none();
        Err(if spent { too_much(limits) } else { broken("读不出其中的内容") })
    })
}

/// Bytes that one stream may have that the parser unpacks while it loads; they hold objects, not text.
const LARGEST_STREAM: usize = 4 << 20;
/// Bytes that all of them together may have.
const ALL_STREAMS: u64 = 512 << 20;
/// Pages that are read.
const MOST_PAGES: usize = 2000;
/// One glyph in so many may be unknown; it is shown as such. With more of them the text can not be trusted.
const ONE_UNKNOWN_IN: usize = 50;

const HOW: &str = "请用 WPS 或 Word 打开它，另存为 docx 再导入；或者用 pdftotext -layout 转成文本再导入";

thread_local! {
    /// What the file that is being loaded may still ask for: bytes of its streams, and bytes that the parser may
    /// unpack. None once it asked for more.
    static LEFT: Cell<Option<(u64, u64)>> = const { Cell::new(None) };
}

fn within(bytes: &[u8], limits: &Limits) -> Result<Document, ImportError> {
    let pdf = load(bytes, limits)?;
    let mut document = Document::default();
    let mut walker = Walker::new(&pdf, limits);
    let (mut pages, mut characters) = (0, 0);
    for id in pdf.page_iter().take(MOST_PAGES) {
        pages += 1;
        let glyphs = walker.page(id).map_err(|page::Spent| too_much(limits))?;
        for (text, line) in layout::lines(glyphs).into_iter().zip(1..) {
            let at = At::Page { page: pages, line };
            characters += text.len();
            if document.blocks.len() >= limits.blocks || characters > limits.text {
                return Err(too_much(limits));
            }
            document.blocks.push(Block::Paragraph { text, style: Style::Body, at });
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
    Ok(document)
}

fn load(bytes: &[u8], limits: &Limits) -> Result<Pdf, ImportError> {
    let encrypted = bytes.windows(8).any(|window| window == b"/Encrypt");
    LEFT.set(Some((limits.unpacked, ALL_STREAMS)));
    let options = LoadOptions {
        // What is encrypted does not pass by the filter.
        max_decompressed_size: Some(if encrypted { LARGEST_STREAM / 8 } else { LARGEST_STREAM }),
        filter: Some(admit),
        ..LoadOptions::default()
    };
    let pdf = Pdf::load_mem_with_options(bytes, options).map_err(|error| match error {
        lopdf::Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => too_much(limits),
        lopdf::Error::Decryption(_) | lopdf::Error::InvalidPassword => ImportError::Protected,
        _ => broken("读不出其中的内容"),
    })?;
    if pdf.is_encrypted() { Err(ImportError::Protected) } else { Ok(pdf) }
}

/// Counts what the objects of a file ask for while it is loaded, and leaves pictures out. The parser has no bound for
/// the whole file and no way to be stopped but unwinding, of which no hook hears.
#[expect(clippy::unnecessary_wraps, reason = "the parser asks for this shape")]
fn admit(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let (mut bytes, mut unpacked) = (64, 0);
    if let Object::Stream(stream) = object {
        bytes += stream.content.len() as u64;
        if stream.dict.has_type(b"ObjStm") {
            unpacked = LARGEST_STREAM as u64;
        }
    }
    let left =
        LEFT.get().and_then(|(raw, packed)| Some((raw.checked_sub(bytes)?, packed.checked_sub(unpacked)?)));
    LEFT.set(left);
    if left.is_none() {
        std::panic::resume_unwind(Box::new("the file asks for too much"));
    }
    let picture = object.as_stream().is_ok_and(|stream| {
        stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Image")
    });
    if picture {
        // That it is a picture is all that is asked of it later.
        if let Object::Stream(stream) = object {
            stream.content = Vec::new();
        }
    }
    // A stream is taken from where it is, only objects out of other streams are taken from here.
    let returned = if matches!(object, Object::Stream(_)) { Object::Null } else { object.clone() };
    Some((id, returned))
}

fn broken(cause: &str) -> ImportError {
    ImportError::Broken { format: Format::Pdf, at: At::Unknown, cause: cause.to_owned() }
}

fn too_much(limits: &Limits) -> ImportError {
    ImportError::TooMuch { what: "解开后的内容", max: intake::size(limits.unpacked) }
}

fn unsupported(what: &str) -> ImportError {
    ImportError::Unsupported { what: what.to_owned(), how: HOW.to_owned() }
}

#[cfg(test)]
mod tests;
