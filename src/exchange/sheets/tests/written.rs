use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use proptest::prelude::*;

use super::*;
use crate::exchange::document::Style;
use crate::exchange::sheets::write;
use crate::form::Role;
use crate::model::{Edit, Figure, Place};

/// The text of a part of a workbook.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Texts first, so that a difference can be read.
fn assert_same(back: &Document, document: &Document, which: &str) {
    for (back, line) in drawn(back).iter().zip(drawn(document)) {
        assert_eq!(*back, line, "{which}");
    }
    assert!(plain(back) == plain(document), "{which}");
}

#[test]
fn a_written_report_comes_back() {
    for session in samples() {
        let document = page(&session);
        let bytes = write(&document, session.form()).unwrap();
        let back = read(&bytes, Format::Xlsx).unwrap();
        assert_same(&back, &document, session.unit());
    }
}

#[test]
fn blank_forms_and_drafts_come_back_too() {
    let session =
        Session::new_report(Catalogue::default().by_id("2021").unwrap(), "某县人民政府办公室", 2025);
    for purpose in [Purpose::Blank, Purpose::Draft { mandatory: 3 }, Purpose::Final] {
        let document = compose::page(&session, &purpose);
        let back = read(&write(&document, session.form()).unwrap(), Format::Xlsx).unwrap();
        assert_same(&back, &document, &format!("{purpose:?}"));
    }
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let session = sample("hangzhou-type-2025.ron");
    let first = written(&session, &Purpose::Final);
    assert_eq!(first, written(&session, &Purpose::Final));
    assert!(part(&first, "docProps/core.xml").contains("2000-01-01T00:00:00Z"));
}

#[test]
fn totals_are_sums_of_ranges_and_stated_ones_are_numbers() {
    let mut session = sample("hangzhou-type-2025.ron");
    for cell in session.form().all_cells() {
        session.apply(&Edit::Stated { cell, to: Figure::Blank }, None).unwrap();
    }
    let sheet = part(&written(&session, &Purpose::Final), "xl/worksheets/sheet3.xml");
    assert!(sheet.contains("<f>SUM(D4:I4)</f>"), "每行的总计");
    assert!(sheet.contains("<f>SUM(D6:D26)</f>"), "各列办理结果的总计");
    let Some(Place::Cell(cell)) = session.form().place("requests.received.total") else { panic!() };
    session.apply(&Edit::Stated { cell, to: Figure::Number(5) }, None).unwrap();
    let sheet = part(&written(&session, &Purpose::Final), "xl/worksheets/sheet3.xml");
    assert!(!sheet.contains("<f>SUM(D4:I4)</f>") && sheet.contains("<v>5</v>"));
    assert!(sheet.contains("AND(ISNUMBER(J4),ROUND(J4-(SUM(D4:I4)),6)&lt;&gt;0)"), "与合计不符时变红");
}

#[test]
fn another_library_reads_the_same_figures() {
    let session = sample("yiyuan-2020.ron");
    let document = page(&session);
    let bytes = write(&document, session.form()).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let names = book.sheet_names();
    assert_eq!(names[1], "二 主动公开政府信息情况");
    let mut figures = 0;
    for (name, table) in names[1..].iter().zip(document.tables()) {
        let range = book.worksheet_range(name).unwrap();
        for cell in table.cells() {
            let Part::Figure(id) = cell.part else { continue };
            let found = range.get((cell.row, cell.column)).unwrap_or(&Data::Empty);
            let found = match found {
                Data::Float(number) => format!("{number}"),
                other => other.to_string(),
            };
            assert_eq!(found, cell.text, "{}", session.form().name(Place::Cell(id)));
            figures += 1;
        }
    }
    assert_eq!(figures, session.form().slots.len());
}

#[test]
fn the_balance_of_each_column_is_watched_and_shown() {
    let bytes = written(&sample("faulty/t3-a-2021.ron"), &Purpose::Final);
    let sheet = part(&bytes, "xl/worksheets/sheet3.xml");
    assert!(sheet.contains("SUM(D4:D5)-SUM(D27:D28)"), "勾稽差");
    assert!(sheet.contains("未填全"));
    assert!(sheet.contains("conditionalFormatting sqref=\"D4:D5 D27:D28\""), "该列四格变红");
    let strings = part(&bytes, "xl/sharedStrings.xml");
    assert!(strings.contains("勾稽差（应为0；本行只供核对，不属于报表）"));
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let name = book.sheet_names()[2].clone();
    let range = book.worksheet_range(&name).unwrap();
    let residuals: Vec<_> = (3..10).map(|column| range.get((29, column)).unwrap().to_string()).collect();
    assert!(residuals.iter().any(|residual| residual != "0"), "{residuals:?}");
}

#[test]
fn what_may_be_entered_is_said_in_chinese() {
    let sheet = part(&written(&sample("yiyuan-2020.ron"), &Purpose::Blank), "xl/worksheets/sheet2.xml");
    assert!(sheet.contains("type=\"whole\"") && sheet.contains("type=\"decimal\""));
    assert!(sheet.contains("errorStyle=\"warning\""), "只提醒，不拒绝");
    assert!(sheet.contains("增加填正数，减少填负数"));
}

#[test]
fn pages_are_set_up_for_print() {
    let bytes = written(&sample("hangzhou-type-2025.ron"), &Purpose::Final);
    let requests = part(&bytes, "xl/worksheets/sheet3.xml");
    assert!(requests.contains("paperSize=\"9\"") && requests.contains("orientation=\"landscape\""));
    assert!(requests.contains("fitToPage=\"1\"") && !requests.contains("fitToHeight"), "整表一页");
    assert!(part(&bytes, "xl/worksheets/sheet1.xml").contains("fitToHeight=\"0\""), "文字不限页数");
    assert!(requests.contains("xSplit=\"3\" ySplit=\"3\""), "表头和行名不动");
    assert!(part(&bytes, "xl/workbook.xml").contains("_xlnm.Print_Titles"));
    let disclosure = part(&bytes, "xl/worksheets/sheet2.xml");
    assert!(!disclosure.contains("landscape") && !disclosure.contains("ySplit"), "下面还有表头");
}

/// A document of one paragraph and one table whose only figure has this text.
fn with_figure(path: &str, text: &str, paragraph: &str) -> (Session, Document) {
    let session = Session::new_report(Catalogue::default().by_id("2021").unwrap(), "甲", 2025);
    let Some(Place::Cell(id)) = session.form().place(path) else { panic!("{path}") };
    let mut builder = TableBuilder::new(2, 10);
    builder.push(Cell { text: "=1+1".into(), part: Part::Label, ..Cell::default() });
    builder.push(Cell { text: text.into(), part: Part::Figure(id), ..Cell::default() });
    let paragraph = Block::Paragraph { text: paragraph.into(), style: Style::Body, at: At::Unknown };
    let blocks = vec![paragraph, Block::Table(builder.build().unwrap())];
    let properties = BTreeMap::from([("gouji.form".to_owned(), "2021".to_owned())]);
    (session, Document { blocks, properties, ..Document::default() })
}

#[test]
fn figures_that_a_workbook_would_change_are_text() {
    for (path, text, is_number) in [
        ("requests.received.natural", "12", true),
        ("requests.received.natural", "0", true),
        ("requests.received.natural", "-3", true),
        ("requests.received.natural", "999999999999999", true),
        ("requests.received.natural", "9007199254740993", false),
        ("requests.received.natural", "007", false),
        ("requests.received.natural", "=1+1", false),
        ("requests.received.natural", "减4", false),
        ("requests.received.natural", "/", false),
        ("disclosure.fees.amount", "7730.28", true),
        ("disclosure.fees.amount", "59237.2449", true),
        ("disclosure.fees.amount", "0.1", true),
        ("disclosure.fees.amount", "9223372036854.775807", false),
    ] {
        let (session, document) = with_figure(path, text, "文字");
        let bytes = write(&document, session.form()).unwrap();
        let sheet = part(&bytes, "xl/worksheets/sheet2.xml");
        assert_eq!(sheet.contains(&format!("<v>{text}</v>")), is_number, "{text}");
        assert!(!sheet.contains("<f>"), "{text}");
        assert_same(&read(&bytes, Format::Xlsx).unwrap(), &document, text);
    }
}

#[test]
fn a_long_paragraph_goes_on_in_the_next_cell() {
    let long = "长".repeat(40_000);
    let (session, document) = with_figure("requests.received.natural", "1", &long);
    let back = read(&write(&document, session.form()).unwrap(), Format::Xlsx).unwrap();
    let texts: Vec<&str> = back
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Paragraph { text, .. } => Some(text.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(texts.iter().map(|text| text.chars().count()).collect::<Vec<_>>(), [32_767, 7_233]);
    assert_eq!(texts.concat(), long);
}

/// Text as people and programs write it, marks of all formats among it.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[甲乙丙，。“”…a-zA-Z0-9]{1,8}",
        "[=+@<>&\"'_%-]{1,3}",
        Just("_x0041_".to_owned()),
        Just("\n".to_owned()),
        Just("  ".to_owned()),
        Just("\t".to_owned()),
        Just("\u{1}".to_owned()),
        Just("𠮷".to_owned()),
    ];
    prop::collection::vec(piece, 1..6)
        .prop_map(|pieces| pieces.concat())
        .prop_filter("有字", |text| !text.trim().is_empty())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_prose_comes_back(
        blocks in prop::collection::vec((text(), 0..9_u8), 1..12),
        fact in text(),
    ) {
        let styles = [Style::Body, Style::Caption, Style::SignOff, Style::Placeholder, Style::Banner];
        let blocks = blocks.into_iter().map(|(text, kind)| match styles.get(usize::from(kind)) {
            Some(style) => Block::Paragraph { text, style: *style, at: At::Unknown },
            None => Block::Heading { level: kind - 5, text, at: At::Unknown },
        });
        let properties = BTreeMap::from([
            ("gouji.form".to_owned(), "2021".to_owned()),
            ("gouji.cover.contact".to_owned(), fact),
        ]);
        let document = Document { blocks: blocks.collect(), properties, ..Document::default() };
        let form = Catalogue::default().by_id("2021").unwrap();
        let back = read(&write(&document, &form).unwrap(), Format::Xlsx).unwrap();
        prop_assert_eq!(plain(&back), document);
    }

    #[test]
    fn any_table_comes_back(
        cells in prop::collection::vec((0..6_usize, 0..6_usize, 1..3_usize, 1..4_usize, text(), prop::option::of(text())), 1..12),
    ) {
        let mut builder = TableBuilder::new(8, 200);
        for (row, column, rows, columns, text, remark) in cells {
            let remark = remark.unwrap_or_default().trim().to_owned();
            builder.place(Cell { text, remark, row, column, rows, columns, part: Part::Label, ..Cell::default() });
        }
        let properties = BTreeMap::from([("gouji.form".to_owned(), "2021".to_owned())]);
        let blocks = vec![Block::Table(builder.build().unwrap())];
        let document = Document { blocks, properties, ..Document::default() };
        let form = Catalogue::default().by_id("2021").unwrap();
        let back = read(&write(&document, &form).unwrap(), Format::Xlsx).unwrap();
        assert_same(&back, &document, "任意内容");
    }

    #[test]
    fn any_figures_come_back_and_totals_stay_computed(
        figures in prop::collection::vec((0..190_usize, prop_oneof![
            (0..100_000_i64).prop_map(|n| n.to_string()),
            Just(String::new()),
            Just("=HYPERLINK(1)".to_owned()),
            Just("12345.678901".to_owned()),
        ]), 0..60),
    ) {
        let mut session = Session::new_report(Catalogue::default().by_id("2021").unwrap(), "甲", 2025);
        let cells: Vec<_> = session.form().all_cells().collect();
        for (index, text) in figures {
            let edit = session.typed(Place::Cell(cells[index % cells.len()]), &text);
            session.apply(&edit, None).unwrap();
        }
        let document = page(&session);
        let totals = session.form().slots.iter().filter(|slot| slot.role == Role::Total).count();
        let computed = |document: &Document| document.blocks.iter().map(|block| match block {
            Block::Table(table) => table.cells().iter().filter(|cell| cell.computed).count(),
            _ => 0,
        }).sum::<usize>();
        let back = read(&write(&document, session.form()).unwrap(), Format::Xlsx).unwrap();
        prop_assert!(computed(&back) <= totals);
        assert_same(&back, &document, "任意内容");
    }
}
