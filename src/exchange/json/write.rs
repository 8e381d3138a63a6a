//! The long table as JSON.

use std::collections::BTreeSet;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::value::RawValue;

use super::{COVER, TEXT, is_number};
use crate::exchange::compose::{EXPLAINED_HEADS, FORM_PROPERTY, HEADS, STATUS_PROPERTY};
use crate::exchange::document::{Block, Document, Table};
use crate::exchange::error::ExportError;
use crate::exchange::format::Format;
use crate::model::visible::is_hidden;

/// Writes a long table ([`by_path`](crate::exchange::compose::by_path)). Names are left out, since the form knows
/// them. The same document gives the same bytes.
///
/// # Errors
/// If the document has no such table, or the same path stands in it twice.
pub fn write(document: &Document) -> Result<Vec<u8>, ExportError> {
    let failed = |cause: String| ExportError::Failed { format: Format::Json, cause };
    let table = table_with(document, &HEADS).ok_or_else(|| failed("没有按路径排列的表".to_owned()))?;
    let mut report =
        Report { form: document.properties.get(FORM_PROPERTY).map(String::as_str), ..Report::default() };
    let mut seen = BTreeSet::new();
    for row in 1..table.rows() {
        let text = |column| table.cell(row, column).map_or("", |cell| cell.text.as_str());
        let path = text(0);
        if !seen.insert(path) {
            return Err(failed(format!("路径“{path}”出现两次")));
        }
        let value = text(2);
        if path == STATUS_PROPERTY {
            report.status = Some(value);
        } else if let Some(key) = path.strip_prefix(COVER) {
            report.cover.0.push((key, Value::of_words(value)));
        } else if let Some(key) = path.strip_prefix(TEXT) {
            report.texts.0.push((key, Value::of_words(value)));
        } else {
            report.figures.0.push((path, Value::of_figure(value)));
        }
        if table.cell(row, 2).is_some_and(|cell| cell.computed) {
            report.computed.push(path);
        }
        report.stated.0.extend((!text(3).is_empty()).then(|| (path, Value::of_figure(text(3)))));
        report.notes.0.extend((!text(4).is_empty()).then(|| (path, Value::Words(text(4)))));
    }
    if let Some(table) = table_with(document, &EXPLAINED_HEADS) {
        report.explained = (1..table.rows()).map(|row| reason(table, row)).collect();
    }
    let json = serde_json::to_string_pretty(&report).map_err(|_| failed("内容写不成 JSON".to_owned()))?;
    let mut bytes = safe(&json).into_bytes();
    bytes.push(b'\n');
    Ok(bytes)
}

/// The same JSON with everything that a terminal would obey or hide written as `\u202e`, so that it is safe to look at
/// and means the same to every reader.
pub fn safe(json: &str) -> String {
    // Outside of strings there is nothing hidden but line feeds.
    json.chars().fold(String::with_capacity(json.len()), |mut text, c| {
        if c != '\n' && is_hidden(c) {
            text.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            text.push(c);
        }
        text
    })
}

/// The first table with these heads.
fn table_with<'d>(document: &'d Document, heads: &[&str]) -> Option<&'d Table> {
    document.blocks.iter().find_map(|block| match block {
        Block::Table(table) => {
            let head = |column, text: &&str| table.cell(0, column).is_some_and(|cell| cell.text == **text);
            heads.iter().enumerate().all(|(column, text)| head(column, text)).then_some(table)
        }
        _ => None,
    })
}

fn reason(table: &Table, row: usize) -> Reason<'_> {
    let text = |column| table.cell(row, column).map_or("", |cell| cell.text.as_str());
    Reason { at: text(0), code: text(2), message: text(3), words: text(4) }
}

#[derive(Serialize, Default)]
struct Report<'a> {
    form: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'a str>,
    cover: Members<'a>,
    figures: Members<'a>,
    computed: Vec<&'a str>,
    stated: Members<'a>,
    texts: Members<'a>,
    notes: Members<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    explained: Vec<Reason<'a>>,
}

/// A reason for what a sentence says.
#[derive(Serialize)]
struct Reason<'a> {
    at: &'a str,
    code: &'a str,
    message: &'a str,
    words: &'a str,
}

/// An object whose keys stay in their order.
#[derive(Default)]
struct Members<'a>(Vec<(&'a str, Value<'a>)>);

impl Serialize for Members<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

enum Value<'a> {
    Blank,
    Number(Box<RawValue>),
    Words(&'a str),
    Unread(&'a str),
}

impl<'a> Value<'a> {
    fn of_figure(text: &'a str) -> Self {
        if text.is_empty() {
            return Self::Blank;
        }
        let number = is_number(text).then(|| RawValue::from_string(text.to_owned()).ok()).flatten();
        number.map_or(Self::Unread(text), Self::Number)
    }

    fn of_words(text: &'a str) -> Self {
        if text.is_empty() { Self::Blank } else { Self::Words(text) }
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Blank => serializer.serialize_unit(),
            Self::Number(number) => number.serialize(serializer),
            Self::Words(text) => serializer.serialize_str(text),
            Self::Unread(text) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("unread", text)?;
                map.end()
            }
        }
    }
}
