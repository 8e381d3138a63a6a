//! Pages in a browser, and real pages and texts.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use gouji::exchange::compose::{self, Purpose};
use gouji::exchange::document::Table;
use gouji::exchange::{Document, Limits, html, markdown};

fn page(name: &str) -> Document {
    compose::page(&super::sample(name), &Purpose::Final)
}

fn tables(document: &Document) -> Vec<&Table> {
    document.tables().collect()
}

/// The words of all cells, row by row.
fn words(document: &Document) -> Vec<String> {
    tables(document).iter().flat_map(|table| table.cells()).map(|cell| cell.text.clone()).collect()
}

/// A published file of the folder that `GOUJI_REPORTS` names; nothing where it names none.
fn published(ending: &str) -> Option<Vec<u8>> {
    let Some(folder) = std::env::var_os("GOUJI_REPORTS").map(PathBuf::from) else {
        println!("跳过：GOUJI_REPORTS 没有指明年度报告所在的文件夹");
        return None;
    };
    let mut files = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let found = files.find(|path| path.to_string_lossy().ends_with(ending));
    Some(fs::read(found.unwrap_or_else(|| panic!("no {ending} in {}", folder.display()))).unwrap())
}

/// What Chromium makes of a page; nothing where it is not installed.
fn in_browser(page: &Path, arguments: &[&str]) -> Option<()> {
    let mut chromium = Command::new("chromium");
    chromium.args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]).args(arguments);
    let done = chromium.arg(page).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let Ok(status) = done else {
        println!("跳过：没有安装 Chromium");
        return None;
    };
    assert!(status.success(), "chromium: {status}");
    Some(())
}

#[test]
fn samples_are_read_back_from_pages_and_from_marked_up_text() {
    for name in ["hangzhou-type-2025.ron", "yiyuan-2020.ron"] {
        let document = page(name);
        let page = html::read(&html::write(&document).unwrap(), &Limits::default()).unwrap();
        assert_eq!(page.properties, document.properties);
        assert_eq!(page.blocks.len(), document.blocks.len());
        assert_eq!(words(&page), words(&document));
        for (one, other) in tables(&page).iter().zip(tables(&document)) {
            let spans = |table: &Table| -> Vec<_> {
                table
                    .cells()
                    .iter()
                    .map(|cell| (cell.row, cell.column, cell.rows, cell.columns, cell.computed))
                    .collect()
            };
            assert_eq!(spans(one), spans(other));
        }
        let text = markdown::read(&markdown::write(&document).unwrap(), &Limits::default()).unwrap();
        assert_eq!(text.blocks.len(), document.blocks.len());
        assert_eq!(text.properties, document.properties);
    }
}

/// No text is cut off and no table is wider than the paper; the sheets are few.
#[test]
fn a_page_prints_on_a4() {
    let folder = tempfile::tempdir().unwrap();
    let (file, pdf) = (folder.path().join("page.html"), folder.path().join("page.pdf"));
    let mut written = fs::File::create(&file).unwrap();
    std::io::Write::write_all(&mut written, &html::write(&page("hangzhou-type-2025.ron")).unwrap()).unwrap();
    drop(written);
    let print = format!("--print-to-pdf={}", pdf.display());
    if in_browser(&file, &[&print, "--no-pdf-header-footer"]).is_none() {
        return;
    }
    let pdf = fs::read(pdf).unwrap();
    let pdf = String::from_utf8_lossy(&pdf);
    let sheets = pdf.matches("/Type /Page\n").count();
    assert!((3..=8).contains(&sheets), "{sheets} sheets");
    // 210 mm × 297 mm in points.
    assert!(pdf.contains("/MediaBox [0 0 595.") || pdf.contains("/MediaBox [0 0 594."), "not A4");
}

#[test]
fn a_published_page_is_read() {
    let Some(bytes) = published(".html") else { return };
    let document = html::read(&bytes, &Limits::default()).unwrap();
    let tables = tables(&document);
    assert_eq!(tables.len(), 3);
    assert_eq!((tables[1].rows(), tables[1].columns()), (28, 10));
    assert_eq!(tables[1].cell(27, 2).unwrap().text, tables[1].cell(27, 0).unwrap().text);
    let words = words(&document);
    for figure in ["11398889", "316441", "13612", "14069"] {
        assert!(words.iter().any(|word| word == figure), "{figure}");
    }
    assert!(document.lost.is_empty());
}

#[test]
fn a_published_text_with_tables_of_one_row_is_read() {
    let Some(bytes) = published("上海市人民政府办公厅_2021fmt.txt") else { return };
    let document = markdown::read(&bytes, &Limits::default()).unwrap();
    let bars = String::from_utf8(bytes).unwrap();
    let rows = bars.lines().filter(|line| line.starts_with('|') && !line.starts_with("|---")).count();
    assert_eq!(tables(&document).iter().map(|table| table.rows()).sum::<usize>(), rows);
    let words = words(&document);
    for figure in ["22", "34", "189", "1259", "1295", "484", "276", "1191", "290"] {
        assert!(words.iter().any(|word| word == figure), "{figure}");
    }
}
