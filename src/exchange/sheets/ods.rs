//! Tables of LibreOffice.

use std::collections::{BTreeMap, HashMap, HashSet};

use quick_xml::events::BytesStart;

use super::book::{Book, MOST_SHEETS, MOST_STYLES, Merge, Sheet, Source, Value, within};
use super::number::{self, Kind};
use super::reading::Reading;
use super::xml::{self, Piece, Xml};
use crate::exchange::ImportError;
use crate::exchange::ooxml::Package;

/// Reads a file of tables.
///
/// # Errors
/// [`ImportError`] with the place where reading stopped.
pub(super) fn read(package: &mut Package, source: &mut Source) -> Result<Book, ImportError> {
    let manifest = package.part("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(ImportError::Protected);
    }
    let mut book = Book { properties: properties(package, source)?, ..Book::default() };
    let Some(text) = package.part("content.xml")? else {
        return Err(source.broken("里面没有内容"));
    };
    let mut xml = Xml::new(&text);
    let (mut hidden, mut style) = (HashSet::new(), String::new());
    let mut styles = Styles { first_day: "1899-12-30".to_owned(), looks: HashMap::new() };
    while let Some(piece) = xml.next(source)? {
        let Piece::Start(start) = piece else { continue };
        match start.local_name().as_ref() {
            "style" => style = xml::attribute(&start, "name").unwrap_or_default(),
            // Formats of numbers have words that look somehow as well.
            name if name.ends_with("-style") => style.clear(),
            "table-properties" if xml::attribute(&start, "display").as_deref() == Some("false") => {
                hidden.insert(style.clone());
                within(hidden.len(), MOST_STYLES, "表格样式", "种")?;
            }
            "text-properties" => {
                let said = |name| xml::attribute(&start, name);
                let line = said("text-line-through-style").or_else(|| said("text-line-through-type"));
                let struck = line.map(|line| line != "none");
                let moved = said("text-position").is_some_and(|position| !position.starts_with('0'));
                if struck.is_some() || moved {
                    styles.looks.insert(style.clone(), TextLook { struck, moved });
                    within(styles.looks.len(), MOST_STYLES, "文字样式", "种")?;
                }
            }
            "null-date" => {
                styles.first_day = xml::attribute(&start, "date-value").unwrap_or(styles.first_day);
            }
            "table" => {
                let name = xml::attribute(&start, "name").unwrap_or_default();
                let hidden =
                    xml::attribute(&start, "style-name").is_some_and(|style| hidden.contains(&style));
                source.text(name.len())?;
                let mut sheet = Sheet::new(&name, hidden);
                read_sheet(&mut xml, &mut sheet, &styles, source)?;
                book.sheets.push(sheet);
                within(book.sheets.len(), MOST_SHEETS, "工作表", "个")?;
            }
            _ => {}
        }
    }
    Ok(book)
}

/// What cells refer to.
struct Styles {
    /// The day from which days are counted.
    first_day: String,
    /// How words look, by the names of the styles that say so.
    looks: HashMap<String, TextLook>,
}

/// How words look.
#[derive(Clone, Copy, Default)]
struct TextLook {
    /// Whether they are crossed out; none where what is around them says so.
    struck: Option<bool>,
    /// Whether they are raised or lowered.
    moved: bool,
}

impl Styles {
    /// How the words of an element look.
    fn look(&self, start: &BytesStart) -> TextLook {
        let name = xml::attribute(start, "style-name");
        name.and_then(|name| self.looks.get(&name)).copied().unwrap_or_default()
    }
}

/// A cell as it is written: it may stand for many.
struct Written {
    column: u32,
    times: u32,
    span: (u32, u32),
    value: Value,
    /// What someone wrote beside the cell.
    remark: String,
}

impl Written {
    /// Whether it has no word and covers nothing: cells with only a border.
    fn is_drawing(&self) -> bool {
        self.value.text.is_empty() && !self.value.computed && self.span == (1, 1)
    }
}

fn read_sheet(
    xml: &mut Xml,
    sheet: &mut Sheet,
    styles: &Styles,
    source: &mut Source,
) -> Result<(), ImportError> {
    let (mut row, mut column) = (0_u32, 0_u32);
    source.at = sheet.at(0, 0);
    while let Some(piece) = xml.next(source)? {
        match piece {
            Piece::Start(start) => match start.local_name().as_ref() {
                "table-row" => {
                    source.at = sheet.at(row, 0);
                    // No program has more rows than this; a file may still say so.
                    let times = count(&start, "number-rows-repeated").min(1 << 20);
                    if is_hidden(&start) {
                        source.hide_rows(sheet, row, row.saturating_add(times - 1))?;
                    }
                    let cells = read_row(xml, (sheet, row), styles, source)?;
                    // Rows that are only drawn say no more the second time.
                    let says = cells.iter().any(|cell| !cell.is_drawing());
                    for more in 0..if says { times } else { times.min(1) } {
                        if cells.is_empty() {
                            break;
                        }
                        lay_out(&cells, row.saturating_add(more), sheet, source)?;
                    }
                    row = row.saturating_add(times);
                }
                "table-column" => {
                    let next = column.saturating_add(count(&start, "number-columns-repeated"));
                    if is_hidden(&start) {
                        source.hide_columns(sheet, column, next - 1)?;
                    }
                    column = next;
                }
                "shapes" => {
                    source.lose(sheet.at(0, 0), "图片或图表");
                    skip(xml, "shapes", source)?;
                }
                // Copies of tables elsewhere, and what a table had at other times.
                name @ ("table-source" | "scenario" | "named-expressions") => skip(xml, name, source)?,
                _ => {}
            },
            Piece::End(name) if name == "table" => break,
            Piece::End(_) | Piece::Text(_) => {}
        }
    }
    Ok(())
}

/// Whether a row or column is hidden, be it by a filter.
fn is_hidden(start: &BytesStart) -> bool {
    xml::attribute(start, "visibility").is_some_and(|visibility| visibility != "visible")
}

/// Puts the cells of a row into a sheet, each as often as it says.
fn lay_out(cells: &[Written], row: u32, sheet: &mut Sheet, source: &mut Source) -> Result<(), ImportError> {
    for cell in cells {
        // Rows stand for any number of others.
        source.step()?;
        let column = cell.column;
        source.remark(sheet, (row, column), &cell.remark)?;
        if cell.is_drawing() {
            sheet.leave_blank(row, column, column.saturating_add(cell.times - 1));
            continue;
        }
        for more in 0..cell.times {
            source.put(sheet, (row, column.saturating_add(more)), cell.value.clone())?;
        }
        let last = (row.saturating_add(cell.span.0 - 1), column.saturating_add(cell.span.1 - 1));
        source.merge(sheet, Merge { row, column, last })?;
    }
    Ok(())
}

/// The cells of a row that say something. Blank ones only take up room, often a whole row at once.
fn read_row(
    xml: &mut Xml,
    (sheet, row): (&Sheet, u32),
    styles: &Styles,
    source: &mut Source,
) -> Result<Vec<Written>, ImportError> {
    let mut cells = Vec::new();
    let mut column = 0_u32;
    while let Some(piece) = xml.next(source)? {
        match piece {
            Piece::Start(start) if start.local_name().as_ref().ends_with("table-cell") => {
                source.at = sheet.at(row, column);
                let (value, remark) = read_cell(xml, &start, (sheet, styles), source)?;
                let times = count(&start, "number-columns-repeated");
                let span = (count(&start, "number-rows-spanned"), count(&start, "number-columns-spanned"));
                let blank = value.text.is_empty() && !value.computed;
                let drawn = xml::attribute(&start, "style-name").is_some();
                if !blank || span != (1, 1) || drawn || !remark.is_empty() {
                    within(cells.len() + 1, source.limits.cells, "表格的格数", "格")?;
                    let times = if blank && span != (1, 1) { 1 } else { times };
                    cells.push(Written { column, times, span, value, remark });
                }
                column = column.saturating_add(times);
            }
            Piece::End(name) if name == "table-row" => break,
            Piece::Start(_) | Piece::End(_) | Piece::Text(_) => {}
        }
    }
    Ok(cells)
}

fn read_cell(
    xml: &mut Xml,
    start: &BytesStart,
    (sheet, styles): (&Sheet, &Styles),
    source: &mut Source,
) -> Result<(Value, String), ImportError> {
    let (name, mut remark) = (start.local_name(), String::new());
    let cell_look = styles.look(start);
    let mut looks: Vec<TextLook> = Vec::new();
    let (mut reading, mut paragraphs) = (Reading::default(), 0_usize);
    let mut inside = 0_usize;
    // What is crossed out in a cell may be so by its own style or by those of the words.
    let mut add = |run: &str, looks: &[TextLook], source: &mut Source| {
        source.raw_text(run.len())?;
        let struck = looks.iter().rev().find_map(|look| look.struck).or(cell_look.struck);
        reading.add(run, struck.unwrap_or(false), looks.iter().any(|look| look.moved));
        Ok::<(), ImportError>(())
    };
    while let Some(piece) = xml.next(source)? {
        match piece {
            Piece::Start(start) => match start.local_name().as_ref() {
                "annotation" => remark = annotation(xml, source)?,
                "frame" => {
                    source.lose(sheet.at(0, 0), "图片或图表");
                    skip(xml, "frame", source)?;
                }
                "p" => {
                    inside += 1;
                    if paragraphs > 0 {
                        add("\n", &looks, source)?;
                    }
                    paragraphs += 1;
                }
                "span" => looks.push(styles.look(&start)),
                "s" => add(&" ".repeat(count(&start, "c").min(256) as usize), &looks, source)?,
                "tab" => add("\t", &looks, source)?,
                "line-break" => add("\n", &looks, source)?,
                _ => {}
            },
            Piece::End(name) if name == "p" => inside = inside.saturating_sub(1),
            Piece::End(name) if name == "span" => drop(looks.pop()),
            Piece::End(end) if end == name.as_ref() => break,
            Piece::Text(text) if inside > 0 => add(&text.replace('\n', " "), &looks, source)?,
            Piece::End(_) | Piece::Text(_) => {}
        }
    }
    let struck = cell_look.struck == Some(true) && reading.text.trim().is_empty();
    if let Some(what) = reading.lost() {
        source.lose(source.at.clone(), &what);
    }
    if struck {
        return Ok((Value::default(), remark));
    }
    let shown = reading.text;
    let value = xml::number::<f64>(start, "value").filter(|value| value.is_finite());
    let number = match xml::attribute(start, "value-type").as_deref() {
        Some("date") => {
            xml::attribute(start, "date-value").and_then(|day| number::of_date(&day, &styles.first_day))
        }
        Some("time") => xml::attribute(start, "time-value").and_then(|time| number::of_time(&time)),
        _ => None,
    };
    let text = match (xml::attribute(start, "value-type").as_deref(), value) {
        (Some("percentage"), Some(value)) => Kind::Percent.show(value, false),
        (Some("float" | "currency"), Some(value)) => number::plain(value),
        (Some("date"), _) => xml::attribute(start, "date-value")
            .map_or(shown, |day| day.strip_suffix("T00:00:00").unwrap_or(&day).replace('T', " ")),
        (Some("boolean"), _) => {
            xml::attribute(start, "boolean-value").map_or(shown, |value| value.to_uppercase())
        }
        _ => shown,
    };
    let computed = xml::attribute(start, "formula").is_some();
    Ok((Value { text, computed, look: None, number }, remark))
}

/// What someone wrote beside a cell, without who and when.
fn annotation(xml: &mut Xml, source: &mut Source) -> Result<String, ImportError> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut inside = false;
    while let Some(piece) = xml.next(source)? {
        match piece {
            Piece::Start(start) if start.local_name().as_ref() == "p" => {
                inside = true;
                begin(&mut paragraphs, source)?;
            }
            Piece::End(name) if name == "p" => inside = false,
            Piece::End(name) if name == "annotation" => break,
            Piece::Text(text) if inside => add(&mut paragraphs, &text, source)?,
            Piece::Start(_) | Piece::End(_) | Piece::Text(_) => {}
        }
    }
    Ok(paragraphs.join("\n"))
}

/// Begins a paragraph, which costs memory even where it stays empty.
fn begin(paragraphs: &mut Vec<String>, source: &mut Source) -> Result<(), ImportError> {
    source.raw_text(1)?;
    paragraphs.push(String::new());
    Ok(())
}

/// Adds to the last paragraph.
fn add(paragraphs: &mut [String], text: &str, source: &mut Source) -> Result<(), ImportError> {
    source.raw_text(text.len())?;
    if let Some(paragraph) = paragraphs.last_mut() {
        paragraph.push_str(text);
    }
    Ok(())
}

/// A count of at least 1.
fn count(start: &BytesStart, name: &str) -> u32 {
    xml::number::<u32>(start, name).unwrap_or(1).max(1)
}

/// Passes over the rest of an element that has been opened.
fn skip(xml: &mut Xml, name: &str, source: &Source) -> Result<(), ImportError> {
    let mut depth = 1_usize;
    while depth > 0 {
        match xml.next(source)? {
            Some(Piece::Start(start)) if start.local_name().as_ref() == name => depth += 1,
            Some(Piece::End(end)) if end == name => depth -= 1,
            Some(_) => {}
            None => break,
        }
    }
    Ok(())
}

fn properties(package: &mut Package, source: &mut Source) -> Result<BTreeMap<String, String>, ImportError> {
    let mut properties = BTreeMap::new();
    let Some(text) = package.part("meta.xml")? else { return Ok(properties) };
    let mut xml = Xml::new(&text);
    let mut open: Option<(String, String)> = None;
    while let Some(piece) = xml.next(source)? {
        match piece {
            Piece::Start(start) if start.local_name().as_ref() == "user-defined" => {
                open = Some((xml::attribute(&start, "name").unwrap_or_default(), String::new()));
            }
            Piece::Text(text) => {
                if let Some((_, value)) = &mut open {
                    value.push_str(&text);
                }
            }
            Piece::End(end) if end == "user-defined" => {
                if let Some((name, value)) = open.take() {
                    source.text(name.len() + value.len())?;
                    properties.insert(name, value);
                }
            }
            Piece::Start(_) | Piece::End(_) => {}
        }
    }
    Ok(properties)
}
