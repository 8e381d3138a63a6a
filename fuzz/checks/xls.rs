//! Bytes as a workbook of Excel until 2003: its records, or the compound file itself.
//!
//! Records are written one a line: a name of [`NAMES`] or four hexadecimal digits, then what is in the record, between
//! blanks. `12` has two bytes, `#12` four, `=1.5` is a fraction of eight, `~1.5` and `~12%` are packed into four;
//! `x0aff` are bytes, `"甲"` is a text with a length of two bytes, `'甲'` with one of one (`\n` ends a line of it); `@1`
//! is where the first sheet begins, and `|` goes on in another record, also inside of a text. Anything else is left out. The records of
//! the workbook come first, then, behind lines of `%%`, those of each sheet; how they begin and end is added.

use std::fmt::Write as _;

use gouji::exchange::{Format, sniff};

use super::{compound, import};

const NAMES: [(&str, u16); 27] = [
    ("bof", BOF),
    ("eof", EOF),
    ("boundsheet", BOUNDSHEET),
    ("sst", 0x00FC),
    ("continue", CONTINUE),
    ("format", 0x041E),
    ("xf", 0x00E0),
    ("1904", 0x0022),
    ("filepass", 0x002F),
    ("codepage", 0x0042),
    ("dimensions", 0x0200),
    ("row", 0x0208),
    ("labelsst", 0x00FD),
    ("label", 0x0204),
    ("rstring", 0x00D6),
    ("number", 0x0203),
    ("rk", 0x027E),
    ("mulrk", 0x00BD),
    ("blank", 0x0201),
    ("mulblank", 0x00BE),
    ("boolerr", 0x0205),
    ("formula", 0x0006),
    ("string", 0x0207),
    ("mergecells", 0x00E5),
    ("obj", 0x005D),
    ("txo", 0x01B6),
    ("note", 0x001C),
];

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const BOUNDSHEET: u16 = 0x0085;
const CONTINUE: u16 = 0x003C;

/// The most sheets of an input.
const SHEETS: usize = 6;

/// The laws of [`import`] hold; and a workbook is known for what it is.
pub fn check(bytes: &[u8]) {
    if bytes.starts_with(&compound::SIGNATURE[..4]) {
        if let Err(error) = sniff::sniff(bytes, Some("报告.xls")) {
            import::assert_told(&error);
        }
        return import::check(bytes, Format::Xls);
    }
    let text = String::from_utf8_lossy(bytes);
    let file = compound::packed("Workbook", &stream(&text));
    assert_eq!(sniff::sniff(&file, None).ok(), Some(Format::Xls));
    import::check(&file, Format::Xls);
}

/// The stream of a workbook.
fn stream(text: &str) -> Vec<u8> {
    let mut parts = text.split("\n%%\n").take(1 + SHEETS);
    let mut globals = parts.next().unwrap_or_default().to_owned();
    let sheets: Vec<&str> = parts.collect();
    if !globals.lines().any(|line| line.starts_with("boundsheet")) {
        for number in 1..=sheets.len() {
            let _ = write!(globals, "\nboundsheet @{number} 0 '表{number}'");
        }
    }
    // How long a part is does not depend on where the others stand.
    let length = |part: &str| substream(part, true, &[]).len();
    let starts: Vec<usize> = sheets
        .iter()
        .scan(length(&globals), |at, sheet| {
            let start = *at;
            *at += length(sheet);
            Some(start)
        })
        .collect();
    let mut stream = substream(&globals, false, &starts);
    stream.extend(sheets.iter().flat_map(|sheet| substream(sheet, true, &starts)));
    stream
}

/// The records of the workbook or of a sheet. `starts`: where the sheets begin.
fn substream(text: &str, is_sheet: bool, starts: &[usize]) -> Vec<u8> {
    let mut bytes = Vec::new();
    if !text.starts_with("bof") {
        let kind = if is_sheet { 0x0010 } else { 0x0005 };
        Record::new(BOF).with(&[0x0600_u16, kind].map(u16::to_le_bytes).concat()).end(&mut bytes);
    }
    for line in text.lines() {
        let (name, rest) = line.split_once(' ').unwrap_or((line, ""));
        let named = NAMES.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
        let written = || if name.len() == 4 { u16::from_str_radix(name, 16).ok() } else { None };
        let Some(kind) = named.or_else(written) else { continue };
        let mut record = Record::new(kind);
        content(rest, starts, &mut record);
        record.end(&mut bytes);
    }
    Record::new(EOF).end(&mut bytes);
    bytes
}

/// Puts what is written on the rest of a line into a record.
fn content(line: &str, starts: &[usize], record: &mut Record) {
    let mut rest = line.trim_start();
    while !rest.is_empty() {
        if let Some(quote) = ['"', '\''].into_iter().find(|quote| rest.starts_with(*quote)) {
            let inside = &rest[1..];
            let (text, after) = inside.split_once(quote).unwrap_or((inside, ""));
            record.text(text, quote == '\'');
            rest = after.trim_start();
            continue;
        }
        let (word, after) = rest.split_once(' ').unwrap_or((rest, ""));
        rest = after.trim_start();
        if word == "|" {
            record.cut();
        } else {
            record.with(&value(word, starts).unwrap_or_default());
        }
    }
}

/// The bytes of a number.
fn value(word: &str, starts: &[usize]) -> Option<Vec<u8>> {
    let (sign, after) = word.split_at_checked(1)?;
    Some(match sign {
        "#" => (after.parse::<i64>().ok()? as u32).to_le_bytes().to_vec(),
        "=" => after.parse::<f64>().ok()?.to_le_bytes().to_vec(),
        "~" => squeezed(after)?.to_le_bytes().to_vec(),
        "@" => {
            let number = after.parse::<usize>().ok()?;
            let start = starts.get(number.checked_sub(1)?).copied().unwrap_or(0);
            (start as u32).to_le_bytes().to_vec()
        }
        "x" => {
            let digits: Vec<u32> = after.chars().map_while(|c| c.to_digit(16)).collect();
            digits.chunks_exact(2).map(|pair| (pair[0] << 4 | pair[1]) as u8).collect()
        }
        _ => (word.parse::<i32>().ok()? as u16).to_le_bytes().to_vec(),
    })
}

/// A number as four bytes have it: whole, or the upper part of a fraction; and either of them in hundredths.
fn squeezed(word: &str) -> Option<u32> {
    let (number, hundredths) = word.strip_suffix('%').map_or((word, 0), |number| (number, 1));
    let packed = match number.parse::<i32>() {
        Ok(whole) => (whole << 2).cast_unsigned() | 2,
        Err(_) => (number.parse::<f64>().ok()?.to_bits() >> 32) as u32 & !3,
    };
    Some(packed | hundredths)
}

/// A record and those that continue it.
struct Record {
    kind: u16,
    pieces: Vec<Vec<u8>>,
}

impl Record {
    fn new(kind: u16) -> Self {
        Self { kind, pieces: vec![Vec::new()] }
    }

    fn with(&mut self, bytes: &[u8]) -> &mut Self {
        self.pieces.last_mut().expect("a piece").extend_from_slice(bytes);
        self
    }

    fn cut(&mut self) {
        self.pieces.push(Vec::new());
    }

    /// A text, one byte a character where all of a piece fits; each piece says so anew.
    fn text(&mut self, text: &str, is_short: bool) {
        let text = text.replace("\\n", "\n");
        let units = text.encode_utf16().filter(|unit| *unit != u16::from(b'|')).count();
        let length = (units as u16).to_le_bytes();
        self.with(if is_short { &length[..1] } else { &length });
        for (index, piece) in text.split('|').enumerate() {
            if index > 0 {
                self.cut();
            }
            let is_wide = piece.chars().any(|c| u32::from(c) > 0xFF);
            self.with(&[u8::from(is_wide)]);
            for unit in piece.encode_utf16() {
                self.with(&unit.to_le_bytes()[..=usize::from(is_wide)]);
            }
        }
    }

    fn end(&self, bytes: &mut Vec<u8>) {
        for (index, piece) in self.pieces.iter().enumerate() {
            let kind = if index == 0 { self.kind } else { CONTINUE };
            let length = piece.len().min(usize::from(u16::MAX));
            bytes.extend([kind, length as u16].map(u16::to_le_bytes).concat());
            bytes.extend_from_slice(&piece[..length]);
        }
    }
}
