//! One sheet of a workbook.

use quick_xml::events::BytesStart;

use super::styles::Styles;
use super::unescaped;
use super::words::Words;
use crate::exchange::ImportError;
use crate::exchange::sheets::book::{Merge, Sheet, Source, Value};
use crate::exchange::sheets::margins::Margins;
use crate::exchange::sheets::reading::Reading;
use crate::exchange::sheets::xml::{self, Piece, Xml};

/// What the sheets of a workbook have in common.
pub(super) struct Shared<'a> {
    pub(super) strings: &'a [Words],
    pub(super) styles: &'a Styles,
    pub(super) from_1904: bool,
    /// Whether gouji wrote the workbook, so that fonts mean something.
    pub(super) ours: bool,
}

/// Reads the cells and merged ranges of a sheet.
pub(super) fn read(
    text: &str,
    shared: &Shared,
    sheet: &mut Sheet,
    source: &mut Source,
) -> Result<(), ImportError> {
    let mut xml = Xml::new(text);
    // Cells and rows need not say where they are; then they are next to the ones before.
    let mut next = (0_u32, 0_u32);
    let mut margins = Margins::default();
    source.at = sheet.at(0, 0);
    while let Some(piece) = xml.next(source)? {
        match piece {
            Piece::Start(start) => match start.local_name().as_ref() {
                "row" => {
                    next = (xml::number::<u32>(&start, "r").map_or(next.0, |row| row.saturating_sub(1)), 0);
                    if is_hidden(&start, "ht") {
                        source.hide_rows(sheet, next.0, next.0)?;
                    }
                }
                "col" if is_hidden(&start, "width") => {
                    let number = |name| xml::number::<u32>(&start, name).and_then(|at| at.checked_sub(1));
                    if let (Some(first), Some(last)) = (number("min"), number("max")) {
                        source.hide_columns(sheet, first, last)?;
                    }
                }
                "c" => {
                    let place = xml::attribute(&start, "r").and_then(|name| place(&name)).unwrap_or(next);
                    source.at = sheet.at(place.0, place.1);
                    let (value, has_result) = cell(&mut xml, &start, shared, source)?;
                    if value.computed && !has_result {
                        sheet.without_result.get_or_insert_with(|| (0, source.at.clone())).0 += 1;
                    }
                    source.put(sheet, place, value)?;
                    next = (place.0, place.1.saturating_add(1));
                }
                "mergeCell" => {
                    if let Some(merge) = xml::attribute(&start, "ref").and_then(|range| merge(&range)) {
                        source.merge(sheet, merge)?;
                    }
                }
                name @ ("oddHeader" | "evenHeader" | "firstHeader") => {
                    margins.add("页眉", all_text(&mut xml, name, source)?);
                }
                name @ ("oddFooter" | "evenFooter" | "firstFooter") => {
                    margins.add("页脚", all_text(&mut xml, name, source)?);
                }
                "drawing" => source.lose(sheet.at(0, 0), "图片或图表"),
                _ => {}
            },
            Piece::End(name) if name == "row" => next = (next.0.saturating_add(1), 0),
            Piece::End(_) | Piece::Text(_) => {}
        }
    }
    margins.tell(sheet, source)
}

/// The text up to the end of an element that holds nothing else.
fn all_text(xml: &mut Xml, end: &str, source: &Source) -> Result<String, ImportError> {
    let mut text = String::new();
    while let Some(piece) = xml.next(source)? {
        match piece {
            Piece::Text(more) => text.push_str(&more),
            Piece::End(name) if name == end => break,
            Piece::Start(_) | Piece::End(_) => {}
        }
    }
    Ok(unescaped(&text))
}

/// Whether a row or column is hidden, or so flat or narrow that it is.
fn is_hidden(start: &BytesStart, size: &str) -> bool {
    xml::is_true(start, "hidden") || xml::number::<f64>(start, size).is_some_and(|size| size <= 0.0)
}

/// One cell, up to its end, and whether the file has a value of it, be it blank.
fn cell(
    xml: &mut Xml,
    start: &BytesStart,
    shared: &Shared,
    source: &mut Source,
) -> Result<(Value, bool), ImportError> {
    let style = xml::number::<usize>(start, "s").unwrap_or(0);
    let kind = xml::attribute(start, "t").unwrap_or_default();
    let (mut raw, mut inline, mut computed, mut in_value) = (String::new(), None, false, false);
    while let Some(piece) = xml.next(source)? {
        match piece {
            Piece::Start(start) => match start.local_name().as_ref() {
                "f" => computed = true,
                "v" => in_value = true,
                "is" => inline = Some(Words::read(xml, "is", source)?),
                _ => {}
            },
            Piece::End(name) if name == "v" => in_value = false,
            Piece::End(name) if name == "c" => break,
            Piece::Text(text) if in_value => raw.push_str(&text),
            Piece::End(_) | Piece::Text(_) => {}
        }
    }
    // A blank text is a result; a blank number is none.
    let has_value = kind == "str" || !raw.trim().is_empty();
    let is_struck = shared.styles.is_struck(style);
    let words = |words: Option<&Words>| words.map(|words| words.within(is_struck)).unwrap_or_default();
    let mut reading = Reading::default();
    let mut value = match kind.as_str() {
        "s" | "inlineStr" => {
            let index = raw.trim().parse::<usize>().ok().filter(|_| kind == "s");
            reading = words(index.and_then(|index| shared.strings.get(index)).or(inline.as_ref()));
            Value::from(std::mem::take(&mut reading.text))
        }
        "str" => Value::from(unescaped(&raw)),
        "b" => Value::from(if raw.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned()),
        // Errors such as #REF!, and days in writing.
        "e" | "d" => Value::from(raw),
        _ => match raw.trim().parse::<f64>() {
            Ok(number) if number.is_finite() => shared.styles.kind(style).value(number, shared.from_1904),
            _ => Value::from(raw),
        },
    };
    if is_struck && !matches!(kind.as_str(), "s" | "inlineStr") {
        reading.struck = std::mem::take(&mut value).text;
        computed = false;
    }
    if let Some(what) = reading.lost() {
        source.lose(source.at.clone(), &what);
    }
    let look = shared.styles.look(style).filter(|_| shared.ours);
    Ok((Value { computed, look, ..value }, has_value))
}

/// The row and column of `B5`.
pub(super) fn place(name: &str) -> Option<(u32, u32)> {
    let name = name.trim().trim_start_matches('$');
    let digits = name.find(|c: char| !c.is_ascii_alphabetic())?;
    let (letters, row) = name.split_at(digits);
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let column =
        letters.bytes().fold(0_u32, |sum, b| sum * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1);
    let row: u32 = row.trim_start_matches('$').parse().ok()?;
    Some((row.checked_sub(1)?, column - 1))
}

fn merge(range: &str) -> Option<Merge> {
    let (first, last) = range.split_once(':')?;
    let ((row, column), last) = (place(first)?, place(last)?);
    Some(Merge { row, column, last })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_cells_are_places() {
        assert_eq!(place("A1"), Some((0, 0)));
        assert_eq!(place("$AA$10"), Some((9, 26)));
        assert_eq!(place("XFD1048576"), Some((1_048_575, 16_383)));
        for wrong in ["", "A", "1", "A0", "ABCD1", "甲1", "A99999999999"] {
            assert_eq!(place(wrong), None, "{wrong}");
        }
    }
}
