//! What people wrote beside cells (批注).

use super::rich_text;
use super::sheet::place;
use crate::exchange::ImportError;
use crate::exchange::sheets::book::{Sheet, Source};
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
                    authors.push(String::new());
                }
                "comment" => {
                    let author = xml::number(&start, "authorId").unwrap_or(usize::MAX);
                    open = xml::attribute(&start, "ref").and_then(|name| place(&name)).map(|at| (at, author));
                }
                "text" => {
                    let said = rich_text(&mut xml, "text", source)?;
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

/// Only what was said: without the name of its author in front, and without the frame around a comment of a newer
/// kind, in which Excel explains that there is such a comment.
fn without_frame(said: &str, author: &str) -> String {
    let said = said.trim();
    if said.starts_with('[') {
        let inner =
            ["\n注释:", "\n注释：", "\n批注:", "\nComment:"].iter().find_map(|mark| said.split_once(mark));
        if let Some((_, inner)) = inner {
            return inner.trim().to_owned();
        }
    }
    let unsigned = said.strip_prefix(author).filter(|_| !author.is_empty());
    let unsigned = unsigned.and_then(|rest| rest.trim_start().strip_prefix([':', '：']));
    unsigned.unwrap_or(said).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_said_is_kept() {
        assert_eq!(without_frame("办公室:\n其中修订1件", "办公室"), "其中修订1件");
        assert_eq!(without_frame("办公室：其中修订1件", ""), "办公室：其中修订1件");
        assert_eq!(without_frame("[线程批注]\n\n此版本可读取。\n\n注释:\n    含上年1件", "x"), "含上年1件");
        assert_eq!(without_frame("[注1] 含上年1件", ""), "[注1] 含上年1件");
    }
}
