//! Names of sheets.

use std::collections::HashSet;

use super::PROSE_SHEET;
use crate::exchange::document::{Part, Style, Table};
use crate::exchange::{Block, Document};
use crate::form::Form;
use crate::model::Place;

/// The most UTF-16 units that a name may have.
const LONGEST: usize = 31;

/// A name for the sheet of each table, such as `二 主动公开政府信息情况`: valid, and each only once.
pub(super) fn of_tables(document: &Document, form: &Form) -> Vec<String> {
    let mut taken: HashSet<String> = HashSet::from([PROSE_SHEET.to_lowercase()]);
    let mut heading: Option<&str> = None;
    let mut names = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph { text, style: Style::Caption, .. } => {
                heading = Some(text);
            }
            Block::Paragraph { .. } => {}
            Block::Table(table) => {
                let wanted = of_section(table, form).or_else(|| heading.map(|text| text.replace('、', " ")));
                let wanted = valid(&wanted.unwrap_or_default());
                let mut name = shortened(&wanted, "");
                for more in 2.. {
                    if taken.insert(name.to_lowercase()) {
                        break;
                    }
                    name = shortened(&wanted, &format!(" {more}"));
                }
                names.push(name);
            }
        }
    }
    names
}

/// The number and heading of the section that the figures of a table belong to.
fn of_section(table: &Table, form: &Form) -> Option<String> {
    let cell = table.cells().iter().find_map(|cell| match cell.part {
        Part::Figure(id) => Some(id),
        _ => None,
    })?;
    let section = form.section(form.section_of(Place::Cell(cell))?)?;
    Some(format!("{} {}", section.number, section.heading))
}

/// Without the characters that a name must not have.
fn valid(name: &str) -> String {
    let kept = |c: &char| !c.is_control() && !"[]:*?/\\“”".contains(*c);
    let name: String = name.chars().filter(kept).collect();
    let name = name.trim_matches(|c: char| c == '\'' || c.is_whitespace());
    if name.is_empty() { "表".to_owned() } else { name.to_owned() }
}

/// As much of the name as there is room for before the ending.
fn shortened(name: &str, ending: &str) -> String {
    let room = LONGEST - ending.len();
    let mut units = 0;
    let kept = name.chars().take_while(|c| {
        units += c.len_utf16();
        units <= room
    });
    let kept: String = kept.collect();
    format!("{}{ending}", kept.trim_end_matches(|c: char| c == '\'' || c.is_whitespace()))
}
