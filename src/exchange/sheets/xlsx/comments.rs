//! What people wrote beside cells (批注).

use super::sheet::place;
use super::words::plain_text;
use crate::exchange::ImportError;
use crate::exchange::sheets::book::{MOST_STYLES, Sheet, Source, within};
use crate::exchange::sheets::remark::without_frame;
use crate::exchange::sheets::xml::{self, Piece, Xml};

/// Reads the comments of a sheet into it.
pub(super) fn read(text: &str, sheet: &mut Sheet, source: &mut Source) -> Result<(), ImportError> {
    let mut xml = Xml::new(text);
    let mut authors: Vec<String> = Vec::new();
    let mut in_author = false;
    let mut open: Option<((u32, u32), usize)> = None;
    source.at = sheet.at(0, 0);
    while let Some(piece) = xml.next(source)? {
        match piece {
            Piece::Start(start) => match start.local_name().as_ref() {
                "author" => {
                    in_author = true;
                    within(authors.len() + 1, MOST_STYLES, "批注的作者", "个")?;
                    authors.push(String::new());
                }
                "comment" => {
                    let author = xml::number(&start, "authorId").unwrap_or(usize::MAX);
                    open = xml::attribute(&start, "ref").and_then(|name| place(&name)).map(|at| (at, author));
                }
                "text" => {
                    let said = plain_text(&mut xml, "text", source)?;
                    if let Some((at, author)) = open.take() {
                        source.at = sheet.at(at.0, at.1);
                        let author = authors.get(author).map_or("", String::as_str);
                        source.remark(sheet, at, &without_frame(&said, author))?;
                    }
                }
                _ => {}
            },
            Piece::End(name) if name == "author" => in_author = false,
            Piece::Text(more) if in_author => {
                if let Some(author) = authors.last_mut() {
                    author.push_str(&more);
                }
            }
            Piece::End(_) | Piece::Text(_) => {}
        }
    }
    Ok(())
}
