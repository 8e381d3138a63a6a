use proptest::prelude::*;

use super::*;

fn tables(document: &Document) -> Vec<&Table> {
    document
        .blocks
        .iter()
        .map(|block| match block {
            Block::Table(table) => table,
            other => panic!("{other:?}"),
        })
        .collect()
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
    let rows = only("项目,数量\r\n\"规章, \"\"现行\"\"\",3\r\n\"甲\r\n乙\"\r\n");
    assert_eq!(rows, [["项目", "数量"], ["规章, \"现行\"", "3"], ["甲\n乙", ""]]);
}

#[test]
fn the_separator_is_guessed_or_said() {
    let expected = [["甲", "1,5"], ["乙", "2"]];
    assert_eq!(only("甲;1,5\n乙;2\n"), expected);
    assert_eq!(only("甲\t1,5\n乙\t2\n"), expected);
    assert_eq!(only("甲,\"1,5\"\n乙,2"), expected);
    assert_eq!(only("sep=;\r\n甲;1,5\r\n乙;2\r\n"), expected);
    assert_eq!(only("SEP=|\n甲|1,5\n乙|2\n"), expected);
    assert_eq!(only("只有一列\n甲\n"), [["只有一列"], ["甲"]]);
}

#[test]
fn blank_rows_part_tables_and_lines_are_counted() {
    let document = read_it("\r\n甲,1\r\n\"乙\n续\",2\r\n\r\n\r\n丙\r\n,,\r\n丁,3\r\n");
    let tables = tables(&document);
    let lines: Vec<_> = tables.iter().map(|table| table.cells()[0].at.clone()).collect();
    assert_eq!(lines, [At::Line(2), At::Line(7), At::Line(9)]);
    assert_eq!(tables[0].cell(1, 1).unwrap().at, At::Line(3));
    assert_eq!(texts(tables[0]), [["甲", "1"], ["乙\n续", "2"]]);
    assert_eq!(texts(tables[1]), [["丙"]]);
    let unix = read_it("sep=,\n甲,1\n\n乙,2\n");
    assert_eq!(unix.blocks.len(), 2);
    assert!(matches!(&unix.blocks[1], Block::Table(table) if table.cells()[0].at == At::Line(4)));
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
    both.blocks.extend(table(&[&["=甲"]]).blocks);
    let bytes = write(&both).unwrap();
    assert_eq!(
        String::from_utf8(bytes.clone()).unwrap(),
        "\u{feff}\"项目\",\"数\"\r\n\"规章\",-3\r\n\"许可\",\"\"\r\n\r\n\"'=甲\"\r\n"
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
    assert!(message("1\n2\n3\n1,2,3,4").starts_with("表格的格数超过上限（12格）"));
    let unclosed = message("甲,1\n\"乙,2\n丙,3\n");
    assert!(unclosed.contains("第2行") && unclosed.contains("引号"), "{unclosed}");
    assert_eq!(only("5\" 管,1\n3\" 管,2\n"), [["5\" 管", "1"], ["3\" 管", "2"]]);
    assert!(read(b"", &limits).unwrap().blocks.is_empty());
}

proptest! {
    #[test]
    fn any_table_comes_back(
        columns in 1..5_usize,
        rows in prop::collection::vec(prop::collection::vec("[\\-+=@'\",;\t\n 甲乙12.（）]{0,6}", 5), 1..6),
    ) {
        // A row that is blank throughout would end the table.
        let rows: Vec<Vec<String>> = rows.into_iter().map(|mut row| {
            row.truncate(columns);
            if row.iter().all(|text| text.trim().is_empty()) {
                row[0] = "一".to_owned();
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
                prop_assert!(table.cells().iter().all(|cell| matches!(cell.at, At::Line(_))));
            }
        }
    }
}
