//! Spreadsheets: xlsx, xls (with WPS `.et`) and ods are read, xlsx is written.
//!
//! All three kinds are read by code of our own into one sparse `book::Book`, and `blocks` makes a document of that.
//! What is taken in is counted while it is read: a sheet that claims a million rows costs nothing until it has
//! a million cells, and a packed part is never inflated beyond its bound.

mod blocks;
mod book;
mod hidden;
mod look;
mod losses;
mod margins;
mod number;
mod remark;
mod ods;
mod reading;
mod regions;
mod values;
mod write;
mod xls;
mod xlsx;
mod xml;

pub(in crate::exchange) use values::{Values, blocks as of_values};
pub use write::write;

use super::intake;
use super::ooxml::Package;
use super::{Document, Format, ImportError, Limits};

/// Under the tables of files that gouji wrote, a row that starts with these words shows whether the columns balance. It
/// belongs to the sheet and not to the report, so that it is not read again.
const CHECK_MARK: &str = "勾稽差（应为0；本行只供核对，不属于报表）";

/// The first sheet of a file that gouji wrote: everything but the tables.
const PROSE_SHEET: &str = "封面和文字";

/// Reads a spreadsheet. What kind it is follows from its bytes; `format` is what its name promises and is named in
/// messages.
///
/// # Errors
/// [`ImportError`]: protected, damaged, of another kind, or more than `limits` allow.
pub fn read(bytes: &[u8], format: Format, limits: &Limits) -> Result<Document, ImportError> {
    if bytes.len() as u64 > limits.file {
        return Err(ImportError::TooMuch { what: "文件长度", max: intake::size(limits.file) });
    }
    let mut source = book::Source::new(format, limits);
    let book = if bytes.starts_with(&xls::SIGNATURE) {
        xls::read(bytes, &mut source)?
    } else if bytes.starts_with(b"PK") {
        let mut package = Package::open(bytes, format, limits)?;
        if package.has("content.xml") {
            ods::read(&mut package, &mut source)?
        } else {
            xlsx::read(&mut package, &mut source)?
        }
    } else if looks_like_a_page(bytes) {
        return Err(ImportError::Unsupported {
            what: "名称是电子表格、内容却是网页的文件".to_owned(),
            how: "请把文件名的结尾改成 .html 再导入，或者用原来的程序打开，另存为 xlsx".to_owned(),
        });
    } else {
        return Err(source.broken("文件开头不是电子表格的标志"));
    };
    blocks::document(book, source.losses, limits)
}

/// Portals and old programs give out web pages under the name `.xls`.
fn looks_like_a_page(bytes: &[u8]) -> bool {
    let start = String::from_utf8_lossy(bytes.get(..512).unwrap_or(bytes)).to_lowercase();
    ["<html", "<table", "<!doctype html"].iter().any(|mark| start.contains(mark))
}

#[cfg(test)]
mod tests;
