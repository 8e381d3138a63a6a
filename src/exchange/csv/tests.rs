use proptest::prelude::*;

use super::*;
use crate::exchange::document::{Cell, TableBuilder};

fn tables(document: &Document) -> Vec<&Table> {
    let mut tables = Vec::new();
    for block in &document.blocks {
        if let Block::Table(table) = block {
            tables.push(table);
        }
    }
    tables
}

/// Paragraphs as they are, tables row by row.
fn drawn(document: &Document) -> Vec<String> {
    let lines = document.blocks.iter().flat_map(|block| match block {
        Block::Paragraph { text, .. } => vec![text.clone()],
        Block::Table(table) => texts(table).iter().map(|row| row.join("|")).collect(),
        Block::Heading { .. } => panic!("{block:?}"),
    });
    lines.collect()
}

fn texts(table: &Table) -> Vec<Vec<&str>> {
    (0..table.rows())
        .map(|row| {
            (0..table.columns()).map(|column| table.cell(row, column).unwrap().text.as_str()).collect()
        })
        .collect()
}

fn read_it(text: &str) -> Document {
    read(text.as_bytes(), &Limits::default()).unwrap()
}

fn only(text: &str) -> Vec<Vec<String>> {
    let document = read_it(text);
    let tables = tables(&document);
    assert_eq!(tables.len(), 1, "{text:?}");
    texts(tables[0]).into_iter().map(|row| row.into_iter().map(str::to_owned).collect()).collect()
}

fn document(rows: &[Vec<String>]) -> Document {
    let mut builder = TableBuilder::new(100, 10_000);
    for row in rows {
        builder.next_row();
        for text in row {
            builder.push(Cell { text: text.clone(), ..Cell::default() });
        }
    }
    Document { blocks: builder.build().map(Block::Table).into_iter().collect(), ..Document::default() }
}

#[test]
fn quotes_line_breaks_and_ragged_rows() {
    let rows = only("项目,数量\r\n\"规章, \"\"现行\"\"\",3\r\n\"甲\r\n乙\"\r\n丙,4,\r\n");
    assert_eq!(rows, [["项目", "数量"], ["规章, \"现行\"", "3"], ["甲\n乙", ""], ["丙", "4"]]);
}

#[test]
fn the_separator_is_guessed_or_said() {
    let expected = [["甲", "1,5"], ["乙", "2"]];
    assert_eq!(only("甲;1,5\n乙;2\n"), expected);
    assert_eq!(only("甲\t1,5\n乙\t2\n"), expected);
    assert_eq!(only("甲,\"1,5\"\n乙,2"), expected);
    assert_eq!(only("sep=;\r\n甲;1,5\r\n乙;2\r\n"), expected);
    assert_eq!(only("SEP=|\n甲|1,5\n乙|2\n"), expected);
    assert_eq!(drawn(&read_it("只有一列\n甲\n")), ["只有一列", "甲"]);
}

#[test]
fn blank_rows_part_tables_and_lines_are_counted() {
    let document = read_it("\r\n甲,1\r\n\"乙\n续\",2\r\n\r\n\r\n丙,三\r\n,,\r\n丁,四\r\n");
    let tables = tables(&document);
    let lines: Vec<_> = tables.iter().map(|table| table.cells()[0].at.clone()).collect();
    assert_eq!(lines, [At::Line(2), At::Line(7), At::Line(9)]);
    assert_eq!(tables[0].cell(1, 1).unwrap().at, At::Line(3));
    assert_eq!(texts(tables[0]), [["甲", "1"], ["乙\n续", "2"]]);
    // A row that is there, though blank, may be the last of its table.
    assert_eq!(texts(tables[1]), [["丙", "三"], ["", ""]]);
    let unix = read_it("sep=,\n项,数\n\n乙,2\n");
    assert_eq!(unix.blocks.len(), 2);
    assert!(matches!(&unix.blocks[1], Block::Table(table) if table.cells()[0].at == At::Line(4)));
}

#[test]
fn a_blank_row_among_figures_parts_no_table() {
    for blank in ["\n", ",,\n", ",,\n\n"] {
        let rows = only(&format!("项目,甲,乙\n一,1,2\n{blank}二,3,\n三,,4\n"));
        let filled: Vec<_> = rows.iter().filter(|row| row.iter().any(|text| !text.is_empty())).collect();
        assert_eq!(filled.len(), 4, "{blank:?}");
    }
    assert_eq!(read_it("项目,甲,乙\n一,1,2\n\n项目,丙\n二,3\n").blocks.len(), 2);
    let apart = read_it("项目,甲,乙\n一,1,2\n,,\n,,\n,,\n二,3,\n");
    assert_eq!(tables(&apart).len(), 2);
}

const REPORT: &str = "某局年度报告,,,
,,,
一、总体情况,,,
\"全年公开信息12条,比上年多3条。\",,,
二、主动公开情况,,,
第（一）项,,,
信息内容,制发,废止,有效
规章,0,,3
许可,1,,
以上数据已经核对。,,,
三、收到申请,,,
（一）情况,,,
没有收到申请。,,,
";

#[test]
fn the_prose_around_tables_stands_in_paragraphs() {
    let expected = [
        "某局年度报告",
        "一、总体情况",
        "全年公开信息12条,比上年多3条。",
        "二、主动公开情况",
        "第（一）项",
        "信息内容|制发|废止|有效",
        "规章|0||3",
        "许可|1||",
        "以上数据已经核对。",
        "三、收到申请",
        "（一）情况",
        "没有收到申请。",
    ];
    let document = read_it(REPORT);
    assert_eq!(drawn(&document), expected);
    assert_eq!(tables(&document).len(), 1);
    assert!(matches!(&document.blocks[2], Block::Paragraph { at: At::Line(4), .. }));
    let tabs = REPORT.replace("条,比", "条，比").replace(',', "\t").replace('，', ",");
    assert_eq!(drawn(&read_it(&tabs)), expected);
    let national = encoding_rs::GB18030.encode(REPORT).0.into_owned();
    assert_eq!(drawn(&read(&national, &Limits::default()).unwrap()), expected);
}

#[test]
fn prose_without_quotation_marks_gets_its_commas_back() {
    let text = "总体情况\n全年公开12,264条,比上年多,共公开1,264,000字。\n项目,甲,乙\n规章,1,2\n许可,3,4\n收费,5,含证照。\n\
        处罚,6,7,含警告。\n\"说明\",没有处罚。,别的\n";
    let expected = [
        "总体情况",
        "全年公开12,264条,比上年多,共公开1,264,000字。",
        "项目|甲|乙|",
        "规章|1|2|",
        "许可|3|4|",
        "收费|5|含证照。|",
        "处罚|6|7|含警告。",
        "说明|没有处罚。|别的|",
    ];
    assert_eq!(drawn(&read_it(text)), expected);
    // What has a path is a row, however long it is.
    let paths = "路径,名称,填报数\nrequests.received.natural,新收,3\ntexts.overview,总体情况,全年公开。,,\n";
    assert_eq!(drawn(&read_it(paths))[2], "texts.overview|总体情况|全年公开。");
}

#[test]
fn formulas_are_defused_and_come_back() {
    let cases = [
        ("=1+1", "'=1+1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("''-5", "'''-5"),
        ("-5", "-5"),
        ("-12.5", "-12.5"),
        ("+3", "+3"),
        ("'七'", "'七'"),
        ("减4", "减4"),
        ("-", "'-"),
    ];
    for (text, written) in cases {
        assert_eq!(defused(text), written);
        assert_eq!(meant(&defused(text)), text);
    }
    assert_eq!(meant("=\"007\""), "007");
    assert_eq!(meant(&defused("=\"007\"")), "=\"007\"");
}

#[test]
fn what_is_written_is_what_excel_expects() {
    let table = |rows: &[&[&str]]| {
        document(
            &rows.iter().map(|row| row.iter().map(|&text| text.to_owned()).collect()).collect::<Vec<_>>(),
        )
    };
    let mut both = table(&[&["项目", "数"], &["规章", "-3"], &["许可", ""]]);
    both.blocks.extend(table(&[&["=甲", "丙"]]).blocks);
    let bytes = write(&both).unwrap();
    assert_eq!(
        String::from_utf8(bytes.clone()).unwrap(),
        "\u{feff}\"项目\",\"数\"\r\n\"规章\",-3\r\n\"许可\",\"\"\r\n\r\n\"'=甲\",\"丙\"\r\n"
    );
    assert_eq!(write(&both).unwrap(), bytes);
    let back = read(&bytes, &Limits::default()).unwrap();
    assert_eq!(tables(&back).iter().map(|table| texts(table)).collect::<Vec<_>>(), {
        tables(&both).iter().map(|table| texts(table)).collect::<Vec<_>>()
    });
    let nothing = write(&Document::default()).unwrap_err().to_string();
    assert!(nothing.contains("没有可写的表格"), "{nothing}");
}

#[test]
fn merged_cells_stand_at_their_corner() {
    let mut builder = TableBuilder::new(10, 100);
    builder.push(Cell { text: "合并".to_owned(), rows: 2, columns: 2, ..Cell::default() });
    builder.push(Cell { text: "右".to_owned(), ..Cell::default() });
    builder.next_row();
    builder.push(Cell { text: "下".to_owned(), ..Cell::default() });
    let document =
        Document { blocks: builder.build().map(Block::Table).into_iter().collect(), ..Document::default() };
    let written = String::from_utf8(write(&document).unwrap()).unwrap();
    assert_eq!(written, "\u{feff}\"合并\",\"\",\"右\"\r\n\"\",\"\",\"下\"\r\n");
}

#[test]
fn older_programs_write_gb18030() {
    let (national, ..) = encoding_rs::GB18030.encode("行政许可,550\r\n行政处罚,4119\r\n");
    let document = read(&national, &Limits::default()).unwrap();
    assert_eq!(texts(tables(&document)[0]), [["行政许可", "550"], ["行政处罚", "4119"]]);
}

#[test]
fn bounds_and_damage_are_named() {
    let limits = Limits { columns: 4, cells: 12, ..Limits::default() };
    let message = |text: &str| read(text.as_bytes(), &limits).unwrap_err().to_string();
    assert!(message("1,2,3,4,5").starts_with("表格的列数超过上限（4列）"));
    assert!(message("1,1\n2,2\n3,3\n1,2,3,4").starts_with("表格的格数超过上限（12格）"));
    assert!(message("1,1,1,1\n1,1,1,1\n1,1,1,1\n1,1,1,1").starts_with("表格的格数超过上限（12格）"));
    let unclosed = message("甲,1\n\"乙,2\n丙,3\n");
    assert!(unclosed.contains("第2行") && unclosed.contains("引号"), "{unclosed}");
    assert_eq!(only("5\" 管,1\n3\" 管,2\n"), [["5\" 管", "1"], ["3\" 管", "2"]]);
    assert!(read(b"", &limits).unwrap().blocks.is_empty());
}

proptest! {
    #[test]
    fn any_table_comes_back(
        columns in 2..5_usize,
        rows in prop::collection::vec(prop::collection::vec("[\\-+=@'\",;\t\n 甲乙12.（）]{0,6}", 5), 1..6),
    ) {
        // What stands alone at the edge would be a paragraph, and a blank column at the edge none.
        let rows: Vec<Vec<String>> = rows.into_iter().map(|mut row| {
            row.truncate(columns);
            for edge in [0, columns - 1] {
                if row[edge].trim().is_empty() {
                    row[edge] = "一".to_owned();
                }
            }
            row
        }).collect();
        let document = document(&rows);
        let back = read(&write(&document).unwrap(), &Limits::default()).unwrap();
        prop_assert_eq!(back.blocks.len(), 1);
        prop_assert_eq!(texts(tables(&back)[0]), texts(tables(&document)[0]));
    }

    #[test]
    fn no_bytes_do_harm(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(document) = read(&bytes, &Limits::default()) {
            prop_assert!(tables(&document).iter().all(|table| table.rows() <= bytes.len() + 1));
        }
    }

    #[test]
    fn no_text_does_harm(text in "[,;\t\"'\r\n=a甲]{0,120}") {
        if let Ok(document) = read(text.as_bytes(), &Limits::default()) {
            for table in tables(&document) {
                let filled = |cell: &&Cell| !cell.text.is_empty();
                prop_assert!(table.cells().iter().filter(filled).all(|cell| matches!(cell.at, At::Line(_))));
            }
        }
    }
}
