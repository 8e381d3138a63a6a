//! JSON as the long table.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::{COVER, TEXT, is_number};
use crate::exchange::compose::{EXPLAINED_HEADS, FORM_PROPERTY, HEADS, STATUS_PROPERTY};
use crate::exchange::document::{At, Block, Cell, Document, Lost, Part, Table, TableBuilder};
use crate::exchange::error::ImportError;
use crate::exchange::format::Format;
use crate::exchange::intake;
use crate::exchange::limits::Limits;
use crate::model::visible::{excerpt, visible};

/// Reads facts, figures and prose into one long table, reasons into another, and the form into a property. Keys that mean nothing here
/// and values of a wrong kind are named in [`Document::lost`].
///
/// # Errors
/// If the file is too long, is no JSON object, or a key stands in an object twice.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ImportError> {
    let text = intake::text(bytes, Format::Json, limits)?;
    let mut reader = Reader {
        text: &text,
        lines: line_ends(&text),
        limits,
        rows: Vec::new(),
        explained: Vec::new(),
        by_path: HashMap::new(),
        properties: BTreeMap::new(),
        lost: Vec::new(),
    };
    reader.report()?;
    Ok(reader.finish())
}

/// Digits in front of or behind the point that an exponent may stand for.
const LONGEST_EXPONENT: i32 = 40;
/// Bytes in which line ends are counted at once.
const STRIDE: usize = 4096;
/// Characters of a key that are quoted in a message.
const QUOTED: usize = 40;

struct Reader<'a> {
    text: &'a str,
    /// How many lines end in front of each [`STRIDE`] of the text.
    lines: Vec<usize>,
    limits: &'a Limits,
    rows: Vec<Row>,
    /// Reasons for what sentences say, each with its place in the file.
    explained: Vec<(Reason, At)>,
    by_path: HashMap<String, usize>,
    properties: BTreeMap<String, String>,
    lost: Vec<Lost>,
}

/// A row of the long table. Each cell stands where its value does.
struct Row {
    path: Cell,
    value: Cell,
    stated: Cell,
    note: Cell,
}

impl<'a> Reader<'a> {
    fn report(&mut self) -> Result<(), ImportError> {
        let members = self.members(self.text)?;
        // Facts, figures and prose in this order, wherever they stand: the others only add to their rows.
        for section in
            ["form", "status", "cover", "figures", "texts", "computed", "stated", "notes", "explained"]
        {
            if let Some((_, value)) = members.iter().find(|(key, _)| key == section) {
                self.section(section, value)?;
            }
        }
        for (key, value) in &members {
            if !matches!(
                key.as_str(),
                "form"
                    | "status"
                    | "cover"
                    | "figures"
                    | "texts"
                    | "computed"
                    | "stated"
                    | "notes"
                    | "explained"
            ) {
                self.lose(value, format!("不认识的项目“{}”", named(key)))?;
            }
        }
        Ok(())
    }

    fn section(&mut self, section: &str, value: &'a RawValue) -> Result<(), ImportError> {
        if value.get() == "null" {
            return Ok(());
        }
        match section {
            "form" => match Self::words(value) {
                Some(form) => {
                    self.properties.insert(FORM_PROPERTY.to_owned(), form);
                }
                None => self.lose(value, "“form”的值（应是文字）".to_owned())?,
            },
            "status" => match Self::words(value) {
                Some(status) => {
                    self.properties.insert(STATUS_PROPERTY.to_owned(), status);
                }
                None => self.lose(value, "“status”的值（应是文字）".to_owned())?,
            },
            "computed" => match serde_json::from_str::<Vec<String>>(value.get()) {
                Ok(paths) => {
                    for path in paths {
                        self.row(&path, value)?.value.computed = true;
                    }
                }
                Err(_) => self.lose(value, "“computed”的值（应是路径的数组）".to_owned())?,
            },
            "explained" => match serde_json::from_str::<Vec<&RawValue>>(value.get()) {
                Ok(reasons) => reasons.into_iter().try_for_each(|value| self.reason(value))?,
                Err(_) => self.lose(value, "“explained”的值（应是审核说明的数组）".to_owned())?,
            },
            _ => {
                for (key, value) in self.members(value.get())? {
                    self.member(section, &key, value)?;
                }
            }
        }
        Ok(())
    }

    fn member(&mut self, section: &str, key: &str, value: &'a RawValue) -> Result<(), ImportError> {
        let path = match section {
            "cover" => format!("{COVER}{key}"),
            "texts" => format!("{TEXT}{key}"),
            _ => key.to_owned(),
        };
        let text =
            if matches!(section, "figures" | "stated") { Self::figure(value) } else { Self::words(value) };
        let Some(text) = text else {
            let expected = if matches!(section, "figures" | "stated") { "数" } else { "文字" };
            self.row(&path, value)?;
            return self.lose(value, format!("“{}”的值（应是{expected}）", named(&path)));
        };
        let cell = Cell { text, at: self.place(value), ..Cell::default() };
        let row = self.row(&path, value)?;
        match section {
            "stated" => row.stated = cell,
            "notes" => row.note = cell,
            _ => row.value = cell,
        }
        Ok(())
    }

    fn reason(&mut self, value: &RawValue) -> Result<(), ImportError> {
        let Ok(reason) = serde_json::from_str(value.get()) else {
            let what = "一条审核说明（应有 at、code、message、words 四项文字）".to_owned();
            return self.lose(value, what);
        };
        self.room()?;
        self.explained.push((reason, self.place(value)));
        Ok(())
    }

    /// Whether there is room for one more row.
    fn room(&self) -> Result<(), ImportError> {
        let most = self.limits.cells / HEADS.len();
        if self.rows.len() + self.explained.len() >= most {
            return Err(ImportError::TooMuch { what: "项目", max: format!("{most}项") });
        }
        Ok(())
    }

    /// The row of a path, which is made if there is none yet.
    fn row(&mut self, path: &str, value: &RawValue) -> Result<&mut Row, ImportError> {
        let at = self.place(value);
        let index = if let Some(index) = self.by_path.get(path) {
            *index
        } else {
            self.room()?;
            let cell = |text: String| Cell { text, at: at.clone(), ..Cell::default() };
            self.rows.push(Row {
                path: Cell { part: Part::Label, ..cell(path.to_owned()) },
                value: cell(String::new()),
                stated: cell(String::new()),
                note: cell(String::new()),
            });
            self.by_path.insert(path.to_owned(), self.rows.len() - 1);
            self.rows.len() - 1
        };
        // The index was just looked up or made.
        self.rows.get_mut(index).ok_or_else(|| broken(at, "内容读不出来"))
    }

    /// A figure as a person would type it; none if the value can be none.
    fn figure(value: &RawValue) -> Option<String> {
        let raw = value.get();
        if raw.starts_with('{') {
            let members: BTreeMap<String, String> = serde_json::from_str(raw).ok()?;
            let (key, text) = members.iter().next()?;
            return (members.len() == 1 && key == "unread").then(|| text.clone());
        }
        Self::words(value)
    }

    /// A text; a number counts as the text of its digits.
    fn words(value: &RawValue) -> Option<String> {
        let raw = value.get();
        match raw.as_bytes().first()? {
            b'"' => {
                let text: String = serde_json::from_str(raw).ok()?;
                Some(text.replace("\r\n", "\n").replace('\r', "\n"))
            }
            b'-' | b'0'..=b'9' => Some(without_exponent(raw).unwrap_or_else(|| raw.to_owned())),
            b'n' => Some(String::new()),
            _ => None,
        }
    }

    /// The members of an object in their order.
    fn members(&self, json: &'a str) -> Result<Vec<(String, &'a RawValue)>, ImportError> {
        let Members { list, twice } = serde_json::from_str(json).map_err(|error| {
            let first = self.line_of(json);
            let at = At::Line(first + error.line().saturating_sub(1));
            match error.classify() {
                Category::Eof => broken(at, "文件到这里就断了"),
                Category::Data => broken(at, "这里应是一个对象 {…}"),
                Category::Syntax | Category::Io => {
                    broken(at, &format!("第{}个字符附近不合 JSON 的写法", error.column()))
                }
            }
        })?;
        match twice {
            Some((key, value)) => Err(broken(self.place(value), &format!("“{}”出现了两次", named(&key)))),
            None => Ok(list),
        }
    }

    fn lose(&mut self, value: &RawValue, what: String) -> Result<(), ImportError> {
        if self.lost.len() >= self.limits.blocks {
            return Err(ImportError::TooMuch { what: "项目", max: format!("{}项", self.limits.blocks) });
        }
        self.lost.push(Lost { at: self.place(value), what });
        Ok(())
    }

    fn place(&self, value: &RawValue) -> At {
        At::Line(self.line_of(value.get()))
    }

    /// The line on which a part of the text begins.
    fn line_of(&self, part: &str) -> usize {
        let offset = part.as_ptr().addr().saturating_sub(self.text.as_ptr().addr());
        let stride = offset / STRIDE;
        let near = self.text.as_bytes().get(stride * STRIDE..offset).unwrap_or_default();
        self.lines.get(stride).copied().unwrap_or_default() + count_line_ends(near) + 1
    }

    fn finish(self) -> Document {
        let mut builder = TableBuilder::new(HEADS.len(), self.limits.cells.saturating_add(HEADS.len() * 2));
        if !self.rows.is_empty() {
            for head in HEADS {
                builder.push(Cell { text: head.to_owned(), part: Part::Head, ..Cell::default() });
            }
        }
        for row in self.rows {
            builder.next_row();
            let name = Cell { part: Part::Label, at: row.path.at.clone(), ..Cell::default() };
            for cell in [row.path, name, row.value, row.stated, row.note] {
                builder.push(cell);
            }
        }
        let tables = builder.build().into_iter().chain(reasons(self.explained));
        Document {
            blocks: tables.map(Block::Table).collect(),
            properties: self.properties,
            lost: self.lost,
            ..Document::default()
        }
    }
}

/// A reason for what a sentence says, as it is written.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Reason {
    at: String,
    code: String,
    message: String,
    words: String,
}

/// The table of reasons; none if there are none.
fn reasons(explained: Vec<(Reason, At)>) -> Option<Table> {
    if explained.is_empty() {
        return None;
    }
    let mut builder = TableBuilder::new(EXPLAINED_HEADS.len(), usize::MAX);
    for head in EXPLAINED_HEADS {
        builder.push(Cell { text: head.to_owned(), part: Part::Head, ..Cell::default() });
    }
    for (reason, at) in explained {
        builder.next_row();
        for text in [reason.at, String::new(), reason.code, reason.message, reason.words] {
            builder.push(Cell { text, at: at.clone(), ..Cell::default() });
        }
    }
    builder.build()
}

/// The digits of a number with an exponent, written out; none if it has none or would be long.
fn without_exponent(raw: &str) -> Option<String> {
    let (mantissa, exponent) = raw.split_once(['e', 'E'])?;
    let exponent: i32 = exponent.parse().ok().filter(|exponent: &i32| exponent.abs() <= LONGEST_EXPONENT)?;
    let (sign, digits) = mantissa.strip_prefix('-').map_or(("", mantissa), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let point = i32::try_from(whole.len()).ok()? + exponent;
    let digits = format!("{whole}{fraction}");
    let length = i32::try_from(digits.len()).ok()?;
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or_default());
    let (whole, fraction) = if point <= 0 {
        ("0".to_owned(), format!("{}{digits}", zeros(-point)))
    } else if point >= length {
        (format!("{digits}{}", zeros(point - length)), String::new())
    } else {
        let (whole, fraction) = digits.split_at_checked(usize::try_from(point).ok()?)?;
        (whole.to_owned(), fraction.to_owned())
    };
    let whole = Some(whole.trim_start_matches('0')).filter(|whole| !whole.is_empty()).unwrap_or("0");
    let fraction = fraction.trim_end_matches('0');
    let text =
        if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") };
    is_number(&text).then_some(text)
}

/// How many lines end in front of each stride, the end of the text included.
fn line_ends(text: &str) -> Vec<usize> {
    let mut ends = 0;
    let strides = text.as_bytes().chunks(STRIDE).map(|stride| {
        ends += count_line_ends(stride);
        ends
    });
    std::iter::once(0).chain(strides).collect()
}

fn count_line_ends(bytes: &[u8]) -> usize {
    bytes.split(|byte| *byte == b'\n').count() - 1
}

fn broken(at: At, cause: &str) -> ImportError {
    ImportError::Broken { format: Format::Json, at, cause: cause.to_owned() }
}

/// A key as it is quoted in a message.
fn named(key: &str) -> String {
    visible(&excerpt(key, QUOTED)).into_owned()
}

/// An object with its members in order, and the first one whose key had been there before.
struct Members<'a> {
    list: Vec<(String, &'a RawValue)>,
    twice: Option<(String, &'a RawValue)>,
}

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Collect)
    }
}

struct Collect;

impl<'de> Visitor<'de> for Collect {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
        let mut members = Members { list: Vec::new(), twice: None };
        let mut seen = std::collections::HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            if members.twice.is_some() {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let value = map.next_value::<&RawValue>()?;
            if seen.insert(key.clone()) {
                members.list.push((key, value));
            } else {
                members.twice = Some((key, value));
            }
        }
        Ok(members)
    }
}
