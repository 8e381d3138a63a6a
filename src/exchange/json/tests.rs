use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::exchange::compose::{FORM_PROPERTY, HEADS, by_path};
use crate::exchange::document::{At, Block, Cell, Document, Table, TableBuilder};
use crate::exchange::examples;
use crate::exchange::limits::Limits;

/// Path, value, stated total, note, and whether the value is computed.
type Row = (String, String, String, String, bool);

fn document(rows: &[Row]) -> Document {
    let mut builder = TableBuilder::new(5, 100_000);
    for head in HEADS {
        builder.push(Cell { text: head.to_owned(), ..Cell::default() });
    }
    for (path, value, stated, note, computed) in rows {
        builder.next_row();
        for (index, text) in [path, "名称", value, stated, note].into_iter().enumerate() {
            let computed = index == 2 && *computed;
            builder.push(Cell { text: text.to_string(), computed, ..Cell::default() });
        }
    }
    Document {
        blocks: builder.build().map(Block::Table).into_iter().collect(),
        properties: BTreeMap::from([(FORM_PROPERTY.to_owned(), "2021".to_owned())]),
        ..Document::default()
    }
}

fn table(document: &Document) -> &Table {
    match document.blocks.as_slice() {
        [Block::Table(table)] => table,
        other => panic!("{other:?}"),
    }
}

fn rows(document: &Document) -> Vec<Row> {
    let table = table(document);
    assert_eq!(table.row(0).map(|cell| cell.text.as_str()).collect::<Vec<_>>(), HEADS);
    (1..table.rows())
        .map(|row| {
            let cell = |column| table.cell(row, column).unwrap();
            let text = |column| cell(column).text.clone();
            (text(0), text(2), text(3), text(4), cell(2).computed)
        })
        .collect()
}

fn row(path: &str, value: &str) -> Row {
    (path.to_owned(), value.to_owned(), String::new(), String::new(), false)
}

fn read_it(text: &str) -> Document {
    read(text.as_bytes(), &Limits::default()).unwrap()
}

fn message(text: &str) -> String {
    read(text.as_bytes(), &Limits::default()).unwrap_err().to_string()
}

#[test]
fn a_report_is_legible_and_in_order() {
    let mut sum = row("requests.received.total", "100");
    (sum.2, sum.3, sum.4) = ("99".to_owned(), "抄录时如此".to_owned(), true);
    let rows = [
        row("cover.unit", "某县"),
        row("cover.signed", ""),
        row("requests.received.natural", "99"),
        sum,
        row("disclosure.fees.amount", "59237.2449"),
        row("requests.received.legal", ""),
        row("requests.received.welfare", "/"),
        row("text.overview", "第一段\n“第二段”\u{202e}"),
    ];
    let bytes = write(&document(&rows)).unwrap();
    let expected = r#"{
  "form": "2021",
  "cover": {
    "unit": "某县",
    "signed": null
  },
  "figures": {
    "requests.received.natural": 99,
    "requests.received.total": 100,
    "disclosure.fees.amount": 59237.2449,
    "requests.received.legal": null,
    "requests.received.welfare": {
      "unread": "/"
    }
  },
  "computed": [
    "requests.received.total"
  ],
  "stated": {
    "requests.received.total": 99
  },
  "texts": {
    "overview": "第一段\n“第二段”\u202e"
  },
  "notes": {
    "requests.received.total": "抄录时如此"
  }
}
"#;
    assert_eq!(String::from_utf8(bytes).unwrap(), expected);
    let back = read_it(expected);
    assert_eq!(back.properties[FORM_PROPERTY], "2021");
    assert_eq!(table(&back).cell(3, 2).unwrap().at, At::Line(8));
    assert_eq!(
        table(&back).cell(8, 2).unwrap().text,
        "第一段\n“第二段”\u{202e}",
        "the mark of direction is kept"
    );
}

#[test]
fn a_real_report_comes_back() {
    for form in ["2019", "2021"] {
        let mut session = examples::report(form, "某县人民政府办公室", &[]);
        let places: Vec<_> = session.form().all_cells().collect();
        for (number, cell) in places.into_iter().enumerate() {
            let typed = ["7", "", "0", "/", "减4"][number % 5];
            let edit = session.typed(crate::model::Place::Cell(cell), typed);
            session.apply(&edit, None).unwrap();
        }
        let long = by_path(&session, &crate::exchange::compose::Purpose::Final);
        let back = read(&write(&long).unwrap(), &Limits::default()).unwrap();
        assert_eq!(rows(&back), rows(&long));
        assert_eq!(back.properties, long.properties);
        assert!(rows(&back).iter().any(|row| row.4), "totals are marked as computed");
    }
}

#[test]
fn numbers_are_exact() {
    let read_number =
        |number: &str| rows(&read_it(&format!("{{\"figures\": {{\"a.b.c\": {number}}}}}")))[0].1.clone();
    assert_eq!(read_number("0.1234567890123456789"), "0.1234567890123456789");
    assert_eq!(read_number("9007199254740993"), "9007199254740993");
    assert_eq!(read_number("-4"), "-4");
    assert_eq!(read_number("1e3"), "1000");
    assert_eq!(read_number("1.25E+1"), "12.5");
    assert_eq!(read_number("-125e-4"), "-0.0125");
    assert_eq!(read_number("0e0"), "0");
    assert_eq!(read_number("1e999999999"), "1e999999999");
    assert_eq!(read_number("\"22（其中修订16件）\""), "22（其中修订16件）");
    for text in ["", "-", "01", "1.", ".5", "1e3", "+1", "1,000"] {
        assert!(!is_number(text), "{text}");
    }
}

#[test]
fn what_can_not_be_taken_in_is_named() {
    let document = read_it(
        "\u{feff}{\n\"form\": 2021,\n\"programme\": {\"v\": [1]},\n\"figures\": {\"a.b.c\": [1],\n\"a.b.d\": true, \
         \"a.b.e\": {\"other\": \"x\"}},\n\"cover\": {\"year\": 2025, \"unit\": {}}, \"texts\": null}",
    );
    let lost: Vec<String> = document.lost.iter().map(|lost| format!("{}：{}", lost.at, lost.what)).collect();
    assert_eq!(
        lost,
        [
            "第6行：“cover.unit”的值（应是文字）",
            "第4行：“a.b.c”的值（应是数）",
            "第5行：“a.b.d”的值（应是数）",
            "第5行：“a.b.e”的值（应是数）",
            "第3行：不认识的项目“programme”"
        ]
    );
    assert_eq!(document.properties[FORM_PROPERTY], "2021");
    assert_eq!(rows(&document)[0], row("cover.year", "2025"));
}

#[test]
fn damage_is_named_with_its_line() {
    let twice = message("{\"figures\": {\"a.b.c\": 1,\n\"a.b.d\": 2,\n\"a.b.c\": 1}}");
    assert!(twice.contains("第3行") && twice.contains("“a.b.c”出现了两次"), "{twice}");
    assert!(message("{\"form\": \"1\", \"form\": \"2\"}").contains("“form”出现了两次"));
    let cut = message("{\"cover\": {\n\"unit\": \"某");
    assert!(cut.contains("第2行") && cut.contains("断了"), "{cut}");
    assert!(message("{\"a\": 1,}").contains("不合 JSON 的写法"));
    assert!(message("[1]").contains("应是一个对象"));
    assert!(message("{\"figures\": [1]}").contains("应是一个对象"));
    assert!(message("").contains("断了"));
    let limits = Limits { cells: 10, ..Limits::default() };
    let many = read(b"{\"figures\": {\"a\": 1, \"b\": 2, \"c\": 3}}", &limits).unwrap_err().to_string();
    assert!(many.starts_with("项目超过上限（2项）"), "{many}");
}

#[test]
fn deep_nesting_does_no_harm() {
    for depth in [200, 1_000_000] {
        let deep = format!("{{\"x\": {}1{}}}", "[".repeat(depth), "]".repeat(depth));
        match read(deep.as_bytes(), &Limits::default()) {
            Ok(document) => assert_eq!(document.lost.len(), 1),
            Err(error) => assert!(error.to_string().contains("JSON")),
        }
        let open = "{\"figures\":".repeat(depth);
        assert!(read(open.as_bytes(), &Limits::default()).is_err());
    }
}

#[test]
fn lines_are_counted_in_long_files_too() {
    let document = read_it(&format!("{{\"x\":{}1,{}\"y\": 2}}", "\n".repeat(9000), " \n".repeat(4000)));
    let lines: Vec<_> = document.lost.iter().map(|lost| lost.at.clone()).collect();
    assert_eq!(lines, [At::Line(9001), At::Line(13001)]);
}

#[test]
fn only_the_long_table_can_be_written() {
    assert!(write(&Document::default()).unwrap_err().to_string().contains("没有按路径排列的表"));
    let twice = document(&[row("a.b.c", "1"), row("a.b.c", "2")]);
    assert!(write(&twice).unwrap_err().to_string().contains("“a.b.c”出现两次"));
}

proptest! {
    #[test]
    fn any_path_table_comes_back(
        facts in prop::collection::btree_map("[a-z]{1,5}", "[^\\p{C}\\p{Zl}\\p{Zp}\u{a0}]{0,8}", 0..4),
        figures in prop::collection::btree_map(
            "[a-b]\\.[a-z]{1,3}\\.[a-z]", ("(-?[0-9]{0,22}(\\.[0-9]{0,7})?|[ 减/1\"\\\\]{0,4})", "[0-9/]{0,3}", "[甲\n]{0,3}", any::<bool>()),
            1..8,
        ),
        texts in prop::collection::btree_map("[a-z]{1,5}", "[甲乙“\n\t 。]{0,12}", 0..3),
    ) {
        let fact = facts.iter().map(|(key, text)| row(&format!("cover.{key}"), text));
        let figure = figures.into_iter().map(|(path, (value, stated, note, computed))| (path, value, stated, note, computed));
        let text = texts.iter().map(|(key, text)| row(&format!("text.{key}"), text));
        let all: Vec<Row> = fact.chain(figure).chain(text).collect();
        let written = write(&document(&all)).unwrap();
        let back = read(&written, &Limits::default()).unwrap();
        prop_assert_eq!(rows(&back), all);
        prop_assert!(back.lost.is_empty(), "{:?}", back.lost);
    }

    #[test]
    fn no_text_does_harm(text in "[{}\\[\\]:,\"a1e\\-.\n\\\\ufigures]{0,80}", valid in any::<bool>()) {
        let text = if valid { format!("{{\"figures\": {{\"a\": {text}}}}}") } else { text };
        if let Ok(document) = read(text.as_bytes(), &Limits::default()) {
            prop_assert!(document.blocks.len() <= 1);
        }
    }
}
