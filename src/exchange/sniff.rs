//! Which kind of file it is, by what is in it rather than by its name: portals call web pages `.doc`, and what
//! WPS calls `.et` may be one of two kinds.

mod container;

use super::document::Document;
use super::error::ImportError;
use super::format::Format;
use super::limits::Limits;
use super::{csv, docx, html, json, markdown, pdf, sheets, text};
use crate::store::decode::decode;
use container::Content;

/// The kind of a file, by its content first and by the ending of its name where the content leaves it open. Only the
/// last part of `name` counts, which need not exist.
///
/// # Errors
/// If the file is of a kind that can not be read; the error says what to do instead. Whether the file is whole shows
/// when it is read.
pub fn sniff(bytes: &[u8], name: Option<&str>) -> Result<Format, ImportError> {
    if bytes.is_empty() {
        return unsupported("空文件", "文件长度是0，可能没有下载或保存完。请重新取得文件");
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return of_container(container::zip(bytes));
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return of_container(container::compound(bytes));
    }
    // Some programs write a line in front.
    if bytes.get(..1024.min(bytes.len())).is_some_and(|head| head.windows(5).any(|window| window == b"%PDF-"))
    {
        return Ok(Format::Pdf);
    }
    if let Some(what) = picture(bytes) {
        return unsupported(what, "图片里的表格只能照着填写，或者请对方提供 docx、xlsx 文件");
    }
    if PACKED.iter().any(|mark| bytes.starts_with(mark)) {
        return unsupported("压缩包", "请先解压，再导入其中的文件");
    }
    let ending = name.and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending.to_ascii_lowercase());
    match decode(bytes) {
        Ok(decoded) => of_text(&decoded.text, ending.as_deref()),
        // Damaged text is still of its kind; whoever reads it says what is wrong.
        Err(_) => of_ending(ending.as_deref()).ok_or_else(unknown),
    }
}

/// Reads a file of a known kind.
///
/// # Errors
/// If the file is damaged, or asks for more than is allowed.
pub fn read(bytes: &[u8], format: Format, limits: &Limits) -> Result<Document, ImportError> {
    match format {
        Format::Csv => csv::read(bytes, limits),
        Format::Json => json::read(bytes, limits),
        Format::Pdf => pdf::read(bytes, limits),
        Format::Text => text::read(bytes, limits),
        Format::Docx => docx::read(bytes, limits),
        Format::Xlsx | Format::Xls | Format::Ods => sheets::read(bytes, format, limits),
        Format::Html => html::read(bytes, limits),
        Format::Markdown => markdown::read(bytes, limits),
    }
}

/// How packed files other than zip begin.
const PACKED: [&[u8]; 4] = [b"Rar!\x1a\x07", b"7z\xBC\xAF\x27\x1C", b"\x1F\x8B\x08", b"BZh"];
/// Characters of a text that are looked at.
const HEAD: usize = 4096;
const AS_DOCX: &str = "请用 WPS 或 Word 打开它，另存为 docx 再导入";
const AS_XLSX: &str = "请用 WPS 或 Excel 打开它，另存为 xlsx 再导入";

fn of_container(content: Content) -> Result<Format, ImportError> {
    match content {
        Content::Docx => Ok(Format::Docx),
        Content::Xlsx => Ok(Format::Xlsx),
        Content::Ods => Ok(Format::Ods),
        Content::Xls => Ok(Format::Xls),
        Content::Protected => Err(ImportError::Protected),
        Content::OldWord => unsupported("旧式 Word 文档（.doc 或 .wps）", AS_DOCX),
        Content::Odt => unsupported("OpenDocument 文档（.odt）", AS_DOCX),
        Content::Ofd => {
            unsupported("版式文件（OFD）", "请用制作它的原文件（docx 或 xlsx）导入；没有的，只能照着填写")
        }
        Content::Slides => unsupported("演示文稿", "请把其中的表格复制到 docx 或 xlsx 文件再导入"),
        Content::Archive => unsupported("压缩包", "请先解压，再导入其中的文件"),
        Content::Unknown => Err(unknown()),
    }
}

fn of_text(text: &str, ending: Option<&str>) -> Result<Format, ImportError> {
    let text = text.trim_start();
    let head: String = text.chars().take(HEAD).collect::<String>().to_ascii_lowercase();
    if head.starts_with("{\\rtf") {
        return unsupported("RTF 文档", AS_DOCX);
    }
    if head.starts_with("mime-version:") || head.starts_with("from: <saved by") {
        return Ok(Format::Html);
    }
    if head.starts_with("<?xml") && head.contains("<?mso-application") {
        let word = head.contains("word.document");
        return if word {
            unsupported("Word 2003 的 XML 文档", AS_DOCX)
        } else {
            unsupported("Excel 2003 的 XML 表格", AS_XLSX)
        };
    }
    if head.starts_with('<') && TAGS.iter().any(|tag| head.contains(tag)) {
        return Ok(Format::Html);
    }
    if head.starts_with("draft(") || head.starts_with("// 勾稽草稿") {
        return Err(ImportError::IsDraft);
    }
    if let Some(after) = head.strip_prefix('{')
        && after.trim_start().starts_with(['"', '}'])
    {
        return Ok(Format::Json);
    }
    if let Some(format) = of_ending(ending) {
        // A name can not make a text one of the others.
        if matches!(format, Format::Csv | Format::Text | Format::Markdown | Format::Json | Format::Html) {
            return Ok(format);
        }
    }
    if head.starts_with("sep=") {
        return Ok(Format::Csv);
    }
    let is_rule = |line: &str| {
        line.len() > 2
            && line.contains("--")
            && line.contains('|')
            && line.chars().all(|c| "|-: \t".contains(c))
    };
    Ok(if head.lines().any(is_rule) { Format::Markdown } else { Format::Text })
}

/// Elements by which a web page is known, or a piece of one.
const TAGS: [&str; 7] = ["<!doctype html", "<html", "<head", "<body", "<table", "<div", "<p"];

fn of_ending(ending: Option<&str>) -> Option<Format> {
    Some(match ending? {
        "docx" | "docm" => Format::Docx,
        "xlsx" | "xlsm" => Format::Xlsx,
        "xls" | "et" => Format::Xls,
        "ods" => Format::Ods,
        "htm" | "html" => Format::Html,
        "md" | "markdown" => Format::Markdown,
        "csv" | "tsv" => Format::Csv,
        "txt" | "text" => Format::Text,
        "json" => Format::Json,
        "pdf" => Format::Pdf,
        _ => return None,
    })
}

fn picture(bytes: &[u8]) -> Option<&'static str> {
    let marks: [(&[u8], &str); 6] = [
        (b"\x89PNG\r\n", "图片（png）"),
        (b"\xFF\xD8\xFF", "图片（jpg）"),
        (b"GIF8", "图片（gif）"),
        (b"II*\0", "图片（tif）"),
        (b"MM\0*", "图片（tif）"),
        (b"RIFF", "图片（webp）"),
    ];
    // "BM" may also begin a text, but no text says its own length in bytes.
    let length = bytes.get(2..6).and_then(|length| length.try_into().ok()).map(u32::from_le_bytes);
    if bytes.starts_with(b"BM") && length.is_some_and(|length| length as usize == bytes.len()) {
        return Some("图片（bmp）");
    }
    marks.into_iter().find_map(|(mark, what)| bytes.starts_with(mark).then_some(what))
}

fn unknown() -> ImportError {
    ImportError::Unsupported {
        what: "不认识的文件".to_owned(),
        how: "能读的有 docx、xlsx、xls、ods、html、md、csv、json、txt 和带文字的 pdf".to_owned(),
    }
}

fn unsupported<T>(what: &str, how: &str) -> Result<T, ImportError> {
    Err(ImportError::Unsupported { what: what.to_owned(), how: how.to_owned() })
}

#[cfg(test)]
mod tests;
