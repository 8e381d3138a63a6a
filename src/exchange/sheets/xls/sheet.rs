//! One sheet of a workbook.

use super::comments::Objects;
use super::{BOF, CONTINUE, EOF, Globals, Record, Records, strings, u16_at, u32_at, u64_at};
use crate::exchange::ImportError;
use crate::exchange::sheets::book::{Merge, Sheet, Source, Value};
use crate::exchange::sheets::margins::Margins;
use crate::exchange::sheets::reading::Reading;

/// Reads the records of a sheet. `budget`: how many records all sheets together may still have; sheets that
/// share their records could otherwise make a short file long.
pub(super) fn read(
    stream: &[u8],
    globals: &Globals,
    sheet: &mut Sheet,
    source: &mut Source,
    budget: &mut usize,
) -> Result<(), ImportError> {
    let mut records = Records::new(stream);
    let mut depth = 0_usize;
    // The result of a formula that is a text comes in a record of its own.
    let mut waiting = None;
    let mut objects = Objects::default();
    let mut margins = Margins::default();
    source.at = sheet.at(0, 0);
    while let Some(record) = records.next() {
        *budget = budget.checked_sub(1).ok_or_else(|| source.broken("工作表的记录互相重叠"))?;
        match record.kind {
            // Charts inside the sheet have cells of their own, which are copies.
            BOF => depth += 1,
            EOF => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
            }
            _ if depth > 1 => {}
            0x0208 => {
                if let (Some(row), Some(flags)) = (u16_at(record.data, 0), record.data.get(12))
                    && flags & 0x20 != 0
                {
                    source.hide_rows(sheet, row.into(), row.into())?;
                }
            }
            0x007D => {
                if let (Some(first), Some(last), Some(flags)) =
                    (u16_at(record.data, 0), u16_at(record.data, 2), u16_at(record.data, 8))
                    && flags & 1 != 0
                {
                    source.hide_columns(sheet, first.into(), last.into())?;
                }
            }
            0x0014 => margins.add("页眉", strings::long(record.data)),
            0x0015 => margins.add("页脚", strings::long(record.data)),
            0x005D => objects.begin(record.data, sheet, source),
            0x01B6 => objects.text(record.data, &mut records, (sheet, source))?,
            0x001C => objects.note(record.data, sheet, source)?,
            0x00E5 => merges(record.data, sheet, source)?,
            0x0207 => {
                let mut parts = vec![record.data];
                while let Some(more) = records.next_if(CONTINUE) {
                    parts.push(more);
                }
                if let Some((place, look)) = waiting.take() {
                    put(sheet, source, place, strings::across(&parts), look)?;
                }
            }
            0x0006 => {
                let (Some(place), Some(style)) = (place(record.data), u16_at(record.data, 4)) else {
                    continue;
                };
                let look = Look { computed: true, struck: globals.is_struck(style) };
                match record.data.get(6..14) {
                    Some(&[0, .., 0xff, 0xff]) => waiting = Some((place, look)),
                    Some(&[1, _, value, .., 0xff, 0xff]) => {
                        put(sheet, source, place, truth(value).to_owned(), look)?;
                    }
                    Some(&[2, _, code, .., 0xff, 0xff]) => {
                        put(sheet, source, place, mistake(code).to_owned(), look)?;
                    }
                    Some(&[_, .., 0xff, 0xff]) => put(sheet, source, place, String::new(), look)?,
                    _ => {
                        let number = f64::from_bits(u64_at(record.data, 6).unwrap_or(0));
                        put(sheet, source, place, shown(globals, style, number), look)?;
                    }
                }
            }
            _ => plain(&record, globals, sheet, source)?,
        }
    }
    margins.tell(sheet, source)
}

/// A record of cells that were entered.
fn plain(
    record: &Record,
    globals: &Globals,
    sheet: &mut Sheet,
    source: &mut Source,
) -> Result<(), ImportError> {
    let data = record.data;
    let (Some(place), Some(style)) = (place(data), u16_at(data, 4)) else { return Ok(()) };
    let value = match record.kind {
        0x0203 => u64_at(data, 6).map(|bits| shown(globals, style, f64::from_bits(bits))),
        0x027E => u32_at(data, 6).map(|packed| shown(globals, style, unpacked(packed))),
        0x00FD => {
            u32_at(data, 6).and_then(|index| globals.strings.get(index as usize)).cloned().map(Value::from)
        }
        0x0204 | 0x00D6 => Some(strings::long(data.get(6..).unwrap_or_default()).into()),
        0x0205 => match data.get(6..8) {
            Some(&[value, 0]) => Some(truth(value).to_owned().into()),
            Some(&[code, _]) => Some(mistake(code).to_owned().into()),
            _ => None,
        },
        0x0201 => Some(Value::default()),
        0x00BD => {
            // Many numbers side by side: for each its style and the number.
            for (column, each) in
                (place.1..).zip(data.get(4..data.len() - 2).unwrap_or_default().chunks_exact(6))
            {
                if let (Some(style), Some(packed)) = (u16_at(each, 0), u32_at(each, 2)) {
                    let look = Look { computed: false, struck: globals.is_struck(style) };
                    put(sheet, source, (place.0, column), shown(globals, style, unpacked(packed)), look)?;
                }
            }
            None
        }
        0x00BE => {
            let columns = (data.len().saturating_sub(6) / 2) as u32;
            sheet.leave_blank(place.0, place.1, place.1.saturating_add(columns.saturating_sub(1)));
            None
        }
        _ => None,
    };
    let look = Look { computed: false, struck: globals.is_struck(style) };
    value.map_or(Ok(()), |value| put(sheet, source, place, value, look))
}

/// What is known of a cell besides its value.
#[derive(Clone, Copy)]
struct Look {
    computed: bool,
    /// Whether its words are crossed out.
    struck: bool,
}

fn put(
    sheet: &mut Sheet,
    source: &mut Source,
    place: (u32, u32),
    value: impl Into<Value>,
    look: Look,
) -> Result<(), ImportError> {
    source.at = sheet.at(place.0, place.1);
    let value = value.into();
    let text = value.text.replace("\r\n", "\n").replace('\r', "\n");
    if look.struck {
        if let Some(what) = (Reading { struck: text, ..Reading::default() }).lost() {
            source.lose(source.at.clone(), &what);
        }
        return source.put(sheet, place, Value::default());
    }
    source.put(sheet, place, Value { text, computed: look.computed, ..value })
}

fn place(data: &[u8]) -> Option<(u32, u32)> {
    Some((u16_at(data, 0)?.into(), u16_at(data, 2)?.into()))
}

fn shown(globals: &Globals, style: u16, number: f64) -> Value {
    if !number.is_finite() {
        return Value::default();
    }
    globals.kinds.get(usize::from(style)).copied().unwrap_or_default().value(number, globals.from_1904)
}

/// A number in four bytes: the upper part of a binary fraction or a whole number, of which two bits say what it is.
fn unpacked(packed: u32) -> f64 {
    let number = if packed & 2 == 0 {
        f64::from_bits(u64::from(packed & !3) << 32)
    } else {
        f64::from(packed.cast_signed() >> 2)
    };
    if packed & 1 == 0 { number } else { number / 100.0 }
}

fn truth(value: u8) -> &'static str {
    if value == 0 { "FALSE" } else { "TRUE" }
}

fn mistake(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}

fn merges(data: &[u8], sheet: &mut Sheet, source: &mut Source) -> Result<(), ImportError> {
    for each in data.get(2..).unwrap_or_default().chunks_exact(8) {
        if let (Some(row), Some(last_row), Some(column), Some(last)) =
            (u16_at(each, 0), u16_at(each, 2), u16_at(each, 4), u16_at(each, 6))
        {
            let merge =
                Merge { row: row.into(), column: column.into(), last: (last_row.into(), last.into()) };
            source.merge(sheet, merge)?;
        }
    }
    Ok(())
}
