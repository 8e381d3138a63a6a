//! Spreadsheets between gouji, LibreOffice and openpyxl.

use std::io::Write;
use std::path::PathBuf;

use gouji::exchange::compose::{self, Purpose};
use gouji::exchange::document::Table;
use gouji::exchange::export::export;
use gouji::exchange::import::import;
use gouji::exchange::{Block, Document, Format, Limits, NoteKind, sheets};
use gouji::form::Catalogue;
use gouji::model::{CellId, Edit, Place, Question};
use gouji::session::Session;
use tempfile::TempDir;

use super::{converted, python, sample};

const SAMPLES: [&str; 3] = ["yiyuan-2020.ron", "hangzhou-type-2025.ron", "faulty/t3-a-2021.ron"];

fn written(session: &Session) -> (TempDir, PathBuf, Document) {
    let document = compose::page(session, &Purpose::Final);
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("report.xlsx");
    let bytes = sheets::write(&document, session.form()).unwrap();
    std::fs::File::create(&file).unwrap().write_all(&bytes).unwrap();
    (folder, file, document)
}

fn read(path: &PathBuf, format: Format) -> Document {
    sheets::read(&std::fs::read(path).unwrap(), format, &Limits::default()).unwrap()
}

fn tables(document: &Document) -> Vec<&Table> {
    document.tables().collect()
}

/// Texts, spans and whether they are computed, of all cells.
fn cells(table: &Table) -> Vec<(usize, usize, usize, usize, &str, bool)> {
    table
        .cells()
        .iter()
        .map(|cell| (cell.row, cell.column, cell.rows, cell.columns, cell.text.as_str(), cell.computed))
        .collect()
}

/// The texts of all cells of all tables that have one, and whether they are computed.
fn texts(document: &Document) -> Vec<(String, bool)> {
    let cells = tables(document).into_iter().flat_map(Table::cells);
    cells.filter(|cell| !cell.text.is_empty()).map(|cell| (cell.text.clone(), cell.computed)).collect()
}

/// The texts of headings and paragraphs.
fn prose(document: &Document) -> Vec<&str> {
    document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading { text, .. } | Block::Paragraph { text, .. } => Some(text.as_str()),
            Block::Table(_) => None,
        })
        .collect()
}

#[test]
fn libreoffice_saves_the_workbook_in_all_kinds_and_all_are_read_alike() {
    for name in SAMPLES {
        let session = sample(name);
        let (_folder, file, document) = written(&session);
        for (filter, format) in [("xlsx", Format::Xlsx), ("ods", Format::Ods), ("xls", Format::Xls)] {
            let Some(other) = converted(&file, filter) else { return };
            let back = read(&other, format);
            let (found, expected) = (tables(&back), tables(&document));
            if format == Format::Xls {
                // Old workbooks keep no properties that are read, so that nobody knows them for ours.
                assert_eq!(texts(&back), texts(&document), "{name} {filter}");
                continue;
            }
            let mut properties = back.properties.clone();
            properties.retain(|name, _| name.starts_with("gouji."));
            assert_eq!(properties, document.properties, "{name} {filter}");
            assert_eq!(prose(&back), prose(&document), "{name} {filter}");
            assert_eq!(found.len(), expected.len(), "{name} {filter}");
            for (found, expected) in found.iter().zip(&expected) {
                assert_eq!(cells(found), cells(expected), "{name} {filter}");
            }
        }
    }
}

/// Notes are comments of cells and reasons a sheet of their own; all kinds of workbooks keep both.
#[test]
fn notes_and_reasons_pass_through_libreoffice() {
    let mut session = sample("yiyuan-2020.ron");
    let cells: Vec<CellId> = session.form().all_cells().collect();
    for (cell, note) in [(3, "其中修订1件"), (40, "两行\n“附注”"), (cells.len() - 1, "末格")] {
        session.apply(&Edit::Note { cell: cells[cell], to: note.to_owned() }, None).unwrap();
    }
    let (path, code) = (session.form().path(Place::Cell(cells[3])), "S-1".to_owned());
    let question = Question { path, code, message: "现行有效 2，少于本年制发 5。".to_owned() };
    let words = "当年制发，当年废止。".to_owned();
    session.apply(&Edit::Explain { question, to: words }, None).unwrap();
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("report.xlsx");
    let bytes = export(&session, Format::Xlsx, &Purpose::Final).unwrap();
    std::fs::File::create(&file).unwrap().write_all(&bytes).unwrap();
    for kind in ["xlsx", "ods", "xls"] {
        let Some(other) = converted(&file, kind) else { return };
        let bytes = std::fs::read(&other).unwrap();
        let name = format!("report.{kind}");
        let back = import(&bytes, Some(&name), &Catalogue::default(), None, &Limits::default()).unwrap();
        assert_eq!(
            back.report.notes().collect::<Vec<_>>(),
            session.report().notes().collect::<Vec<_>>(),
            "{kind}"
        );
        assert!(back.report.explanations().eq(session.report().explanations()), "{kind}");
        let doubts: Vec<_> = back.notes.iter().filter(|note| note.kind != NoteKind::Matched).collect();
        assert!(doubts.is_empty() || kind == "xls", "{kind}: {doubts:#?}");
    }
}

#[test]
fn libreoffice_reckons_the_same_totals() {
    for name in SAMPLES {
        let session = sample(name);
        let (folder, file, document) = written(&session);
        // Without the results that stand in the file, nothing but reckoning can give them.
        let bare = folder.path().join("bare.xlsx");
        let script = "import sys, openpyxl\nopenpyxl.load_workbook(sys.argv[1]).save(sys.argv[2])";
        if python("openpyxl", script, &[&file, &bare]).is_none() {
            return;
        }
        // What they amount to is known without them, so nothing is lost.
        let without = read(&bare, Format::Xlsx);
        assert!(without.lost.is_empty() && without.doubts.is_empty(), "{:?}", without.doubts);
        let has_formulas = texts(&document).iter().any(|(_, computed)| *computed);
        assert_eq!(texts(&without) != texts(&document), has_formulas, "{name}");
        let Some(reckoned) = converted(&bare, "xlsx") else { return };
        let back = read(&reckoned, Format::Xlsx);
        assert_eq!(texts(&back), texts(&document), "{name}");
    }
}

#[test]
fn openpyxl_reads_figures_formulas_and_merges() {
    let session = sample("yiyuan-2020.ron");
    let (_folder, file, _) = written(&session);
    let script = "
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
values = openpyxl.load_workbook(sys.argv[1], data_only=True)
print(book.sheetnames)
sheet = book.worksheets[2]
print(sheet['J4'].value, values.worksheets[2]['J4'].value, type(values.worksheets[2]['D4'].value).__name__)
print(sorted(str(merge) for merge in sheet.merged_cells.ranges)[:3])
print(sheet.freeze_panes, sheet.page_setup.orientation, sheet.print_title_rows, len(sheet.data_validations.dataValidation))
";
    let Some(said) = python("openpyxl", script, &[&file]) else { return };
    let lines: Vec<&str> = said.lines().collect();
    assert!(
        lines[0].starts_with("['封面和文字', '二 主动公开政府信息情况', '三 收到和处理政府信息公开申请情况'"),
        "{}",
        lines[0]
    );
    assert_eq!(lines[1], "=SUM(D4:I4) 99 int");
    assert_eq!(lines[2], "['A1:C3', 'A26:C26', 'A28:C28']");
    assert_eq!(lines[3], "D4 landscape $1:$3 1");
}

#[test]
fn a_sheet_by_openpyxl_is_read() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("made.xlsx");
    let script = "
import sys, datetime, openpyxl
book = openpyxl.Workbook()
sheet = book.active
sheet.title = '表三'
sheet.append(['项目', '自然人', '总计'])
sheet.append(['新收', 12, '=B2'])
sheet.append(['金额', 7730.28, 0.5])
sheet['C3'].number_format = '0%'
sheet.append(['日期', datetime.date(2022, 1, 20), None])
sheet.merge_cells('B4:C4')
book.save(sys.argv[1])
";
    if python("openpyxl", script, &[&file]).is_none() {
        return;
    }
    let document = read(&file, Format::Xlsx);
    let table = tables(&document)[0];
    let texts: Vec<&str> = table.cells().iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(
        texts,
        ["项目", "自然人", "总计", "新收", "12", "", "金额", "7730.28", "50%", "日期", "2022-01-20"]
    );
    assert!(document.lost.is_empty(), "{:?}", document.lost);
    assert_eq!(document.doubts.len(), 1, "a formula without a result: {:?}", document.doubts);
}
