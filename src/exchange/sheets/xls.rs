//! Workbooks of Excel until 2003 and of WPS (`.et`): records in a stream, in a file that is a small file system.
//!
//! The library that reads these files builds whole rectangles and follows chains of sectors without looking for
//! loops, both before anyone could set a bound; so the records are read here.

mod comments;
mod container;
mod sheet;
mod strings;

use std::collections::HashMap;

use super::book::{Book, MOST_SHEETS, Sheet, Source, within};
use super::number::Kind;
use crate::exchange::ImportError;
use container::Container;
pub(super) use container::SIGNATURE;

/// Reads a workbook.
///
/// # Errors
/// [`ImportError`] with the place where reading stopped.
pub(super) fn read(bytes: &[u8], source: &mut Source) -> Result<Book, ImportError> {
    let container = Container::open(bytes, source)?;
    if container.has("EncryptedPackage") {
        return Err(ImportError::Protected);
    }
    let Some(stream) = container.stream("Workbook", source)? else {
        return Err(elsewhere(&container, source));
    };
    let globals = globals(&stream, source)?;
    let mut book = Book::default();
    let mut budget = stream.len() / 2;
    for entry in &globals.sheets {
        if !entry.is_table {
            source.lose_sheet(&entry.name);
            continue;
        }
        let Some(part) = stream.get(entry.start..) else { continue };
        let mut sheet = Sheet::new(&entry.name, entry.hidden);
        sheet::read(part, &globals, &mut sheet, source, &mut budget)?;
        book.sheets.push(sheet);
    }
    Ok(book)
}

/// What a file without a workbook is.
fn elsewhere(container: &Container, source: &Source) -> ImportError {
    let unsupported = |what: &str, how: &str| ImportError::Unsupported { what: what.into(), how: how.into() };
    if container.has("WordDocument") {
        unsupported("旧式 Word 文档（.doc）", "请用 Word 或 WPS 打开，另存为 docx 再导入")
    } else if container.has("Book") {
        unsupported("Excel 95 及更早的工作簿", "请用 Excel 或 WPS 打开，另存为 xlsx 再导入")
    } else {
        source.broken("里面没有工作簿")
    }
}

/// What the sheets of a workbook have in common.
struct Globals {
    sheets: Vec<Entry>,
    strings: Vec<String>,
    /// What numbers stand for, by the index of the style.
    kinds: Vec<Kind>,
    /// Whether the words are crossed out, by the index of the style.
    struck: Vec<bool>,
    from_1904: bool,
}

impl Globals {
    fn is_struck(&self, style: u16) -> bool {
        self.struck.get(usize::from(style)).copied().unwrap_or_default()
    }
}

struct Entry {
    name: String,
    start: usize,
    hidden: bool,
    is_table: bool,
}

fn globals(stream: &[u8], source: &mut Source) -> Result<Globals, ImportError> {
    let mut globals = Globals {
        sheets: Vec::new(),
        strings: Vec::new(),
        kinds: Vec::new(),
        struck: Vec::new(),
        from_1904: false,
    };
    let (mut codes, mut styles, mut fonts) = (HashMap::new(), Vec::new(), Vec::new());
    let mut records = Records::new(stream);
    let mut first = true;
    while let Some(record) = records.next() {
        let data = record.data;
        if first && (record.kind != BOF || u16_at(data, 0) != Some(0x0600)) {
            return Err(ImportError::Unsupported {
                what: "Excel 95 及更早的工作簿".into(),
                how: "请用 Excel 或 WPS 打开，另存为 xlsx 再导入".into(),
            });
        }
        first = false;
        match record.kind {
            EOF => break,
            0x002F => return Err(ImportError::Protected),
            0x0022 => globals.from_1904 = u16_at(data, 0) == Some(1),
            0x0085 => {
                if let (Some(start), Some(&[state, kind, ..])) = (u32_at(data, 0), data.get(4..)) {
                    let name = strings::short(data.get(6..).unwrap_or_default());
                    source.text(name.len())?;
                    let hidden = state & 3 != 0;
                    // Modules of macros are listed as well, but nobody sees them as sheets.
                    if kind != 6 {
                        let start = start as usize;
                        globals.sheets.push(Entry { name, start, hidden, is_table: kind == 0 });
                    }
                    within(globals.sheets.len(), MOST_SHEETS, "工作表", "个")?;
                }
            }
            0x041E => {
                if let Some(id) = u16_at(data, 0) {
                    let code = strings::long(data.get(2..).unwrap_or_default());
                    codes.insert(id, Kind::of_code(&code));
                }
            }
            0x0031 => fonts.push(data.get(2).is_some_and(|flags| flags & 8 != 0)),
            0x00E0 => styles.push((u16_at(data, 0).unwrap_or(0), u16_at(data, 2).unwrap_or(0))),
            0x00FC => {
                let mut parts = vec![data];
                while let Some(more) = records.next_if(CONTINUE) {
                    parts.push(more);
                }
                globals.strings = strings::table(&parts, source)?;
            }
            _ => {}
        }
    }
    let kind = |id: &u16| codes.get(id).copied().unwrap_or_else(|| Kind::builtin(*id));
    globals.kinds = styles.iter().map(|(_, format)| kind(format)).collect();
    // There is no font with the number 4.
    let font = |number: u16| fonts.get(usize::from(if number > 4 { number - 1 } else { number }));
    globals.struck = styles.iter().map(|(number, _)| font(*number).is_some_and(|struck| *struck)).collect();
    Ok(globals)
}

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const CONTINUE: u16 = 0x003C;

struct Record<'a> {
    kind: u16,
    data: &'a [u8],
}

/// The records of a stream, one after another. A record that is cut off is the end.
struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    fn new(rest: &'a [u8]) -> Self {
        Self { rest }
    }

    fn next(&mut self) -> Option<Record<'a>> {
        let kind = u16_at(self.rest, 0)?;
        let end = 4 + usize::from(u16_at(self.rest, 2)?);
        let data = self.rest.get(4..end)?;
        self.rest = self.rest.get(end..)?;
        Some(Record { kind, data })
    }

    /// The data of the next record if it is of this kind; otherwise it is still to come.
    fn next_if(&mut self, kind: u16) -> Option<&'a [u8]> {
        if u16_at(self.rest, 0) == Some(kind) { self.next().map(|record| record.data) } else { None }
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(pair.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    let eight = bytes.get(at..at.checked_add(8)?)?;
    Some(u64::from_le_bytes(eight.try_into().ok()?))
}
