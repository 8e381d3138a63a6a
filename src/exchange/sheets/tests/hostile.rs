use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use proptest::prelude::*;
use zip::write::SimpleFileOptions;

use super::*;

pub(super) fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook of one sheet with this content.
pub(super) fn workbook(sheet: &str) -> Vec<u8> {
    workbook_with(sheet, "<sst/>", "<styleSheet/>")
}

/// The same with strings and styles for its cells.
pub(super) fn workbook_with(sheet: &str, strings: &str, styles: &str) -> Vec<u8> {
    let workbook = r#"<workbook><sheets><sheet name="表" r:id="r1"/></sheets></workbook>"#;
    let relations = r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="sheet.xml"/>
        <Relationship Id="r2" Type="x/sharedStrings" Target="strings.xml"/>
        <Relationship Id="r3" Type="x/styles" Target="styles.xml"/></Relationships>"#;
    packed(&[
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/sheet.xml", sheet.as_bytes()),
        ("xl/strings.xml", strings.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
    ])
}

pub(super) fn ods(rows: &str) -> Vec<u8> {
    let content = format!("<c><table:table table:name=\"表\">{rows}</table:table></c>");
    packed(&[("content.xml", content.as_bytes())])
}

#[test]
fn a_huge_dimension_costs_nothing() {
    let bytes = workbook(
        r#"<worksheet><dimension ref="A1:XFD1048576"/><sheetData>
        <row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>
        <row r="1048576"><c r="XFD1048576"><v>3</v></c></row></sheetData>
        <mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>"#,
    );
    let document = read(&bytes, Format::Xlsx).unwrap();
    assert_eq!(drawn(&document), ["Caption 表", "Body 甲", "Body 3"]);
}

#[test]
fn a_wide_or_large_table_is_refused() {
    let wide = workbook(
        r#"<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row></sheetData></worksheet>"#,
    );
    assert!(matches!(read(&wide, Format::Xlsx), Err(ImportError::TooMuch { what: "表格的列数", .. })));
    let mut rows = String::new();
    for row in 1..=3000 {
        write!(rows, r#"<row r="{row}"><c r="A{row}"><v>1</v></c><c r="CV{row}"><v>2</v></c></row>"#)
            .unwrap();
    }
    let large = workbook(&format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"));
    assert!(matches!(read(&large, Format::Xlsx), Err(ImportError::TooMuch { what: "表格的格数", .. })));
}

#[test]
fn repeated_cells_are_counted_before_they_are_made() {
    let cell = r#"<table:table-cell office:value-type="string" table:number-columns-repeated="4000000000"><text:p>甲</text:p></table:table-cell>"#;
    let row = format!(r#"<table:table-row table:number-rows-repeated="4000000000">{cell}</table:table-row>"#);
    assert!(matches!(read(&ods(&row), Format::Ods), Err(ImportError::TooMuch { .. })));
    let blank = row.replace("<text:p>甲</text:p>", "");
    assert_eq!(drawn(&read(&ods(&blank), Format::Ods).unwrap()), Vec::<String>::new());
}

#[test]
fn a_bomb_is_not_inflated() {
    let zeros = vec![b' '; 40 << 20];
    let bytes = packed(&[("xl/workbook.xml", &zeros)]);
    assert!(bytes.len() < 1 << 20);
    let limits = Limits { unpacked: 1 << 20, ..Limits::default() };
    let result = crate::exchange::sheets::read(&bytes, Format::Xlsx, &limits);
    assert!(matches!(result, Err(ImportError::TooMuch { what: "解开后的内容", .. })));
}

#[test]
fn deep_nesting_and_much_text_are_refused() {
    let deep = workbook(&"<a>".repeat(100_000));
    assert!(matches!(read(&deep, Format::Xlsx), Err(ImportError::TooMuch { what: "嵌套层数", .. })));
    let limits = Limits { text: 10, ..Limits::default() };
    let cell = r#"<worksheet><row><c t="inlineStr"><is><t>很长的一段文字</t></is></c></row></worksheet>"#;
    let result = crate::exchange::sheets::read(&workbook(cell), Format::Xlsx, &limits);
    assert!(matches!(result, Err(ImportError::TooMuch { what: "文字", .. })));
    let limits = Limits { file: 10, ..Limits::default() };
    let result = crate::exchange::sheets::read(&workbook(cell), Format::Xlsx, &limits);
    assert!(matches!(result, Err(ImportError::TooMuch { what: "文件长度", .. })));
}

#[test]
fn the_same_loss_many_times_is_one_note() {
    let sheet = format!("<worksheet>{}</worksheet>", "<drawing/>".repeat(5000));
    let frames = format!(
        "<table:table-row><table:table-cell>{}</table:table-cell></table:table-row>",
        "<draw:frame/>".repeat(5000)
    );
    for (bytes, format) in [(workbook(&sheet), Format::Xlsx), (ods(&frames), Format::Ods)] {
        let lost = read(&bytes, format).unwrap().lost;
        assert_eq!(lost.len(), 1);
        assert_eq!(lost[0].what, "图片或图表（共5000处）");
    }
}

#[test]
fn blanks_are_counted_before_they_are_made() {
    let blanks = "<text:s text:c=\"256\"/>".repeat(5);
    let cell = format!(
        r#"<table:table-cell office:value-type="float" office:value="3"><text:p>{blanks}</text:p></table:table-cell>"#
    );
    let row = format!("<table:table-row>{}</table:table-row>", cell.repeat(5));
    let limits = Limits { text: 6000, ..Limits::default() };
    let result = crate::exchange::sheets::read(&ods(&row), Format::Ods, &limits);
    assert!(matches!(result, Err(ImportError::TooMuch { what: "文字", .. })), "{result:?}");
}

#[test]
fn lists_that_cells_refer_to_are_bounded() {
    let limits = Limits { cells: 10, ..Limits::default() };
    let strings = format!("<sst>{}</sst>", "<si/>".repeat(11));
    let bytes = workbook_with("<worksheet/>", &strings, "<styleSheet/>");
    let result = crate::exchange::sheets::read(&bytes, Format::Xlsx, &limits);
    assert!(matches!(result, Err(ImportError::TooMuch { what: "表格的格数", .. })), "{result:?}");
    for (list, item, what) in [("fonts", "<font/>", "字体"), ("cellXfs", "<xf/>", "单元格格式")] {
        let styles = format!("<styleSheet><{list}>{}</{list}></styleSheet>", item.repeat(70_000));
        let result = read(&workbook_with("<worksheet/>", "<sst/>", &styles), Format::Xlsx);
        assert!(
            matches!(result, Err(ImportError::TooMuch { what: found, .. }) if found == what),
            "{result:?}"
        );
    }
    let sheets = format!("<workbook>{}</workbook>", "<sheet/>".repeat(1001));
    let many = packed(&[("xl/workbook.xml", sheets.as_bytes())]);
    assert!(matches!(read(&many, Format::Xlsx), Err(ImportError::TooMuch { what: "工作表", .. })));
    let tables = "</table:table><table:table>".repeat(1001);
    assert!(matches!(read(&ods(&tables), Format::Ods), Err(ImportError::TooMuch { what: "工作表", .. })));
}

/// With a search through all ranges for each row this would not end before everybody gives up.
#[test]
fn many_rows_and_merged_ranges_come_to_an_end() {
    let (mut rows, mut merges) = (String::new(), String::new());
    for row in 1..=30_000 {
        write!(rows, r#"<row r="{row}"><c r="A{row}" t="str"><v>甲</v></c></row>"#).unwrap();
    }
    for row in 100_000..200_000 {
        write!(merges, r#"<mergeCell ref="A{row}:B{row}"/>"#).unwrap();
    }
    let sheet =
        format!("<worksheet><sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells></worksheet>");
    assert_eq!(read(&workbook(&sheet), Format::Xlsx).unwrap().blocks.len(), 30_001);
}

#[test]
fn formulas_without_results_are_noted() {
    let sheet = r#"<worksheet><row r="1"><c><v>1</v></c><c><f>SUM(A1)</f></c><c><f>SUM(A1)</f></c></row></worksheet>"#;
    let document = read(&workbook(sheet), Format::Xlsx).unwrap();
    assert!(document.lost.is_empty(), "{:?}", document.lost);
    assert_eq!(document.doubts.len(), 1);
    let note = format!("{}：{}", document.doubts[0].at, document.doubts[0].message);
    assert!(note.starts_with("工作表“表”B1：有2个公式没有存下结果，按空白读取"), "{note}");
}

#[test]
fn protected_and_old_files_are_named() {
    assert!(matches!(
        read(&container("EncryptedPackage", &[0; 8]), Format::Xlsx),
        Err(ImportError::Protected)
    ));
    let old = read(&container("WordDocument", &[0; 8]), Format::Xls).unwrap_err().to_string();
    assert!(old.contains(".doc") && old.contains("docx"), "{old}");
    let encrypted = [0x09, 8, 4, 0, 0, 6, 5, 0, 0x2f, 0, 2, 0, 1, 0];
    assert!(matches!(read(&container("Workbook", &encrypted), Format::Xls), Err(ImportError::Protected)));
    let manifest = b"<m><manifest:encryption-data/></m>";
    let ods = packed(&[("content.xml", b"\x01\x02"), ("META-INF/manifest.xml", manifest)]);
    assert!(matches!(read(&ods, Format::Ods), Err(ImportError::Protected)));
}

/// A compound file with one stream in small sectors.
fn container(name: &str, stream: &[u8]) -> Vec<u8> {
    assert!(stream.len() <= 512);
    let mut bytes = vec![0; 512];
    bytes[..8].copy_from_slice(&crate::exchange::sheets::xls::SIGNATURE);
    bytes[30] = 9;
    bytes[32] = 6;
    let put = |bytes: &mut Vec<u8>, at: usize, value: u32| {
        bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
    };
    // Sectors: 0 the table of chains, 1 the directory, 2 the table of small chains, 3 the small sectors.
    for (at, value) in [(44, 1), (48, 1), (56, 4096), (60, 2), (64, 1), (68, 0xFFFF_FFFE)] {
        put(&mut bytes, at, value);
    }
    bytes[76..512].fill(0xFF);
    put(&mut bytes, 76, 0);
    let end = 0xFFFF_FFFE_u32;
    let mut table = vec![0xFF; 512];
    for (sector, next) in [(0, 0xFFFF_FFFD), (1, end), (2, end), (3, end)] {
        put(&mut table, sector * 4, next);
    }
    let mut directory = vec![0; 512];
    for (index, (name, kind, start, size)) in
        [("Root Entry", 5, 3, 512), (name, 2, 0, stream.len() as u32)].into_iter().enumerate()
    {
        for (at, unit) in name.encode_utf16().enumerate() {
            directory[index * 128 + 2 * at..][..2].copy_from_slice(&unit.to_le_bytes());
        }
        directory[index * 128 + 66] = kind;
        put(&mut directory, index * 128 + 116, start);
        put(&mut directory, index * 128 + 120, size);
    }
    let mut small = vec![0xFF; 512];
    for sector in 0..8 {
        put(&mut small, sector * 4, if sector == 7 { end } else { sector as u32 + 1 });
    }
    let mut content = stream.to_vec();
    content.resize(512, 0);
    [bytes, table, directory, small, content].concat()
}

/// A small workbook of the old kind: one sheet with these records.
fn old_workbook(records: &[u8]) -> Vec<u8> {
    old_workbook_with(&[], 0, records)
}

/// The same with records in front of that of the sheet, which is a table if its kind is 0.
pub(super) fn old_workbook_with(globals: &[u8], kind: u8, records: &[u8]) -> Vec<u8> {
    let bof = [0x09, 8, 4, 0, 0, 6, 5, 0];
    let mut stream = [&bof[..], globals].concat();
    let sheet = [0x85, 0, 9, 0, 0, 0, 0, 0, 0, kind, 1, 0, b'T', 0x0a, 0, 0, 0];
    let start = (stream.len() + sheet.len()) as u32;
    stream.extend(sheet);
    let at = stream.len() - sheet.len() + 4;
    stream[at..at + 4].copy_from_slice(&start.to_le_bytes());
    stream.extend(bof);
    stream.extend(records);
    container("Workbook", &stream)
}

#[test]
fn records_of_old_workbooks_are_read() {
    let number = [0x03, 2, 14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x28, 0x40];
    let packed = [0x7e, 2, 10, 0, 0, 0, 1, 0, 0, 0, 0x32, 0, 0, 0];
    let packed = {
        let mut p = packed;
        p[10] = 0x03 | (12 << 2);
        p
    };
    let far = [0x03, 2, 14, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x28, 0x40];
    let formula = [
        [0x06, 0, 22, 0, 0, 0, 2, 0, 0, 0].as_slice(),
        &[0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0],
        &[0x07, 2, 4, 0, 1, 0, 0, b'x'],
    ]
    .concat();
    let document =
        read(&old_workbook(&[&number[..], &packed, &formula, &far, &[0x0a, 0, 0, 0]].concat()), Format::Xls)
            .unwrap();
    assert_eq!(drawn(&document), ["Caption T", "12|0.12|x", "Body 12"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn random_records_are_survived(records in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&old_workbook(&records), Format::Xls);
    }

    #[test]
    fn random_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..2000), signed in 0..3_u8) {
        let mut bytes = bytes;
        let signature: &[u8] = match signed {
            0 => &crate::exchange::sheets::xls::SIGNATURE,
            1 => b"PK\x03\x04",
            _ => b"",
        };
        bytes.splice(..0, signature.iter().copied());
        if signed == 0 && bytes.len() > 600 {
            bytes[30] = 9;
            bytes[31] = 0;
            bytes[44..76].fill(0);
        }
        prop_assert!(read(&bytes, Format::Xls).is_err() || signed < 2);
    }

    #[test]
    fn spoilt_containers_are_survived(spoilt in prop::collection::vec((0..2560_usize, any::<u8>()), 1..12)) {
        let mut bytes = old_workbook(&[0x0a, 0, 0, 0]);
        for (at, byte) in spoilt {
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
        }
        let _ = read(&bytes, Format::Xls);
    }

    #[test]
    fn spoilt_parts_are_survived(spoilt in prop::collection::vec((any::<prop::sample::Index>(), "[<>/\"=a-z0-9]"), 1..6)) {
        let mut sheet = r#"<worksheet><sheetData><row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1"><f>A1</f><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>"#.to_owned();
        for (at, with) in spoilt {
            let at = at.index(sheet.len());
            sheet.replace_range(at..=at, &with);
        }
        let _ = read(&workbook(&sheet), Format::Xlsx);
        let _ = read(&ods(&sheet), Format::Ods);
    }
}

#[test]
fn a_file_cut_off_anywhere_is_an_error() {
    let bytes = written(&sample("yiyuan-2020.ron"), &Purpose::Final);
    for length in (0..bytes.len()).step_by(97).chain(bytes.len() - 40..bytes.len()) {
        assert!(read(&bytes[..length], Format::Xlsx).is_err(), "{length}");
    }
    let old = old_workbook(&[0x0a, 0, 0, 0]);
    for length in 0..old.len() {
        let _ = read(&old[..length], Format::Xls);
    }
}
