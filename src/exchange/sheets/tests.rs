//! What is written comes back, what others write is read, and hostile files cost little.

mod foreign;
mod hostile;
mod seen;
mod told;
mod written;

use std::path::Path;

use crate::exchange::compose::{self, Purpose};
use crate::exchange::document::{Cell, Part, Table, TableBuilder};
use crate::exchange::{At, Block, Document, Format, ImportError, Limits};
use crate::form::Catalogue;
use crate::session::Session;
use crate::store::draft;

/// A report that comes with the program.
fn sample(name: &str) -> Session {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(name);
    let text = std::fs::read_to_string(path).unwrap();
    let (draft, _) = draft::read(name, &text, &Catalogue::default()).unwrap();
    Session::open(draft.form, draft.report)
}

fn samples() -> Vec<Session> {
    ["yiyuan-2020.ron", "hangzhou-type-2025.ron", "faulty/t3-a-2021.ron", "faulty/num-a-2021.ron"]
        .into_iter()
        .chain(["faulty/t3-b-2021.ron", "faulty/blank-3-2021.ron"])
        .map(sample)
        .collect()
}

fn page(session: &Session) -> Document {
    compose::page(session, &Purpose::Final)
}

fn written(session: &Session, purpose: &Purpose) -> Vec<u8> {
    super::write(&compose::page(session, purpose), session.form()).unwrap()
}

fn read(bytes: &[u8], format: Format) -> Result<Document, ImportError> {
    super::read(bytes, format, &Limits::default())
}

/// A document without what no file can keep: places and the parts of cells.
fn plain(document: &Document) -> Document {
    let mut plain = document.clone();
    for block in &mut plain.blocks {
        match block {
            Block::Heading { at, .. } | Block::Paragraph { at, .. } => *at = At::Unknown,
            Block::Table(table) => *table = plain_table(table),
        }
    }
    plain
}

fn plain_table(table: &Table) -> Table {
    let mut builder = TableBuilder::new(table.columns(), usize::MAX);
    for cell in table.cells() {
        builder.place(Cell { part: Part::default(), at: At::Unknown, ..cell.clone() });
    }
    builder.build().unwrap()
}

/// The texts of all blocks, rows of tables with bars between the cells.
fn drawn(document: &Document) -> Vec<String> {
    let mut lines = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading { text, level, .. } => lines.push(format!("#{level} {text}")),
            Block::Paragraph { text, style, .. } => lines.push(format!("{style:?} {text}")),
            Block::Table(table) => {
                for row in 0..table.rows() {
                    let cells = table.row(row).map(|cell| cell.text.as_str());
                    lines.push(cells.collect::<Vec<_>>().join("|"));
                }
            }
        }
    }
    lines
}

#[test]
fn what_is_no_spreadsheet_is_said_to_be_none() {
    let page = b"<html><table><tr><td>1</td></tr></table></html>";
    let message = read(page, Format::Xls).unwrap_err().to_string();
    assert!(message.contains("内容却是网页"), "{message}");
    let message = read("报告".as_bytes(), Format::Xlsx).unwrap_err().to_string();
    assert!(message.contains("不是完好的Excel（xlsx）文件"), "{message}");
}
