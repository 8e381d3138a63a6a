//! Workbooks of Excel and WPS since 2007.

mod comments;
mod sheet;
mod styles;
mod words;

use std::collections::HashMap;

use super::book::{Book, MOST_SHEETS, Sheet, Source, within};
use super::xml::{self, Piece, Xml};
use crate::exchange::ImportError;
use crate::exchange::ooxml::Package;
use styles::Styles;
use words::Words;

/// Reads a workbook.
///
/// # Errors
/// [`ImportError`] with the place where reading stopped.
pub(super) fn read(package: &mut Package, source: &mut Source) -> Result<Book, ImportError> {
    let mut properties = package.own_properties()?;
    for (name, value) in &mut properties {
        source.text(name.len() + value.len())?;
        *value = unescaped(value);
    }
    let mut book = Book { properties, ..Book::default() };
    let root = package.relations("")?;
    let main = root
        .iter()
        .find(|relation| relation.kind == "officeDocument")
        .map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.target.clone());
    let Some(text) = package.part(&main)? else {
        return Err(source.broken("里面没有工作簿"));
    };
    let workbook = workbook(&text, source)?;
    let relations = package.relations(&main)?;
    let part = |kind: &str| relations.iter().find(|relation| relation.kind == kind).map(|r| r.target.clone());
    let strings = match part("sharedStrings") {
        Some(name) => package.part(&name)?.map_or(Ok(Vec::new()), |text| strings(&text, source))?,
        None => Vec::new(),
    };
    let ours = book.properties.contains_key("gouji.form");
    let styles = match part("styles") {
        Some(name) => {
            package.part(&name)?.map_or(Ok(Styles::default()), |text| Styles::read(&text, source))?
        }
        None => Styles::default(),
    };
    let tables = relations.iter().rev().filter(|relation| relation.kind == "worksheet");
    let tables: HashMap<&str, &str> = tables.map(|table| (&*table.id, &*table.target)).collect();
    for entry in &workbook.sheets {
        let Some(table) = tables.get(&*entry.relation) else {
            source.lose_sheet(&entry.name);
            continue;
        };
        let Some(text) = package.part(table)? else { continue };
        source.text(entry.name.len())?;
        let mut sheet = Sheet::new(&entry.name, entry.hidden);
        let shared =
            sheet::Shared { strings: &strings, styles: &styles, from_1904: workbook.from_1904, ours };
        sheet::read(&text, &shared, &mut sheet, source)?;
        for relation in package.relations(table)?.iter().filter(|other| other.kind == "comments") {
            if let Some(text) = package.part(&relation.target)? {
                comments::read(&text, &mut sheet, source)?;
            }
        }
        book.sheets.push(sheet);
    }
    Ok(book)
}

/// Undoes `_x000D_` and the like, with which these files write characters that XML can not.
fn unescaped(text: &str) -> String {
    let mut rest = text;
    let mut out = String::with_capacity(text.len());
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let code = rest.get(2..6).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        let character = code
            .filter(|_| rest.get(6..7) == Some("_"))
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
            .and_then(char::from_u32);
        if let Some(character) = character {
            out.push(character);
            rest = &rest[7..];
        } else {
            out.push_str("_x");
            rest = &rest[2..];
        }
    }
    out.push_str(rest);
    // Old programs write both marks of the end of a line.
    out.replace("\r\n", "\n").replace('\r', "\n")
}

struct Workbook {
    sheets: Vec<Entry>,
    from_1904: bool,
}

struct Entry {
    name: String,
    hidden: bool,
    relation: String,
}

fn workbook(text: &str, source: &Source) -> Result<Workbook, ImportError> {
    let mut workbook = Workbook { sheets: Vec::new(), from_1904: false };
    let mut xml = Xml::new(text);
    while let Some(piece) = xml.next(source)? {
        let Piece::Start(start) = piece else { continue };
        match start.local_name().as_ref() {
            "sheet" => {
                workbook.sheets.push(Entry {
                    name: xml::attribute(&start, "name").unwrap_or_default(),
                    hidden: xml::attribute(&start, "state").is_some_and(|state| state != "visible"),
                    relation: xml::attribute(&start, "id").unwrap_or_default(),
                });
                within(workbook.sheets.len(), MOST_SHEETS, "工作表", "个")?;
            }
            "workbookPr" => workbook.from_1904 = xml::is_true(&start, "date1904"),
            _ => {}
        }
    }
    Ok(workbook)
}

fn strings(text: &str, source: &mut Source) -> Result<Vec<Words>, ImportError> {
    let mut strings = Vec::new();
    let mut xml = Xml::new(text);
    while let Some(piece) = xml.next(source)? {
        if let Piece::Start(start) = piece
            && start.local_name().as_ref() == "si"
        {
            // They are counted again in each cell that uses them; here only memory is guarded.
            within(strings.len() + 1, source.limits.cells, "表格的格数", "格")?;
            strings.push(Words::read(&mut xml, "si", source)?);
        }
    }
    Ok(strings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_xml_can_not_write_come_back() {
        for (written, meant) in [
            ("甲_x000D_乙", "甲\n乙"),
            ("_x005F_x0041_", "_x0041_"),
            ("_x00", "_x00"),
            ("_xZZZZ_ _x0009_", "_xZZZZ_ \t"),
            ("_x中文字_", "_x中文字_"),
        ] {
            assert_eq!(unescaped(written), meant);
        }
    }
}
