//! What people see of a cell, and what they do not.

use super::hostile::{ods, old_workbook_with, workbook, workbook_with};
use super::*;

fn lost(document: &Document) -> Vec<String> {
    document.lost.iter().map(|lost| format!("{} {}", lost.at, lost.what)).collect()
}

fn doubts(document: &Document) -> Vec<String> {
    document.doubts.iter().map(|doubt| format!("{} {}", doubt.at, doubt.message)).collect()
}

/// A row of cells of xlsx with texts in them.
fn row(number: u32, attributes: &str, texts: &[&str]) -> String {
    let cells = texts.iter().map(|text| format!(r#"<c t="str"><v>{text}</v></c>"#));
    format!(r#"<row r="{number}" {attributes}>{}</row>"#, cells.collect::<String>())
}

#[test]
fn figures_shown_as_days_are_told_with_their_numbers() {
    let styles = r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;
    let sheet = r#"<worksheet><row><c t="str"><v>规章</v></c><c s="1"><v>152</v></c></row></worksheet>"#;
    let cell = "<table:table-cell><text:p>规章</text:p></table:table-cell>";
    let day = r#"<table:table-cell office:value-type="date" office:date-value="1900-05-31"><text:p>1900-05-31</text:p></table:table-cell>"#;
    let formats = [0xe0, 0, 4, 0, 0, 0, 14, 0];
    let label = [0x04, 2, 10, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, b'A'];
    let number = [0x7e, 2, 10, 0, 0, 0, 1, 0, 0, 0, 0x62, 2, 0, 0];
    for (bytes, format) in [
        (workbook_with(sheet, "<sst/>", styles), Format::Xlsx),
        (ods(&format!("<table:table-row>{cell}{day}</table:table-row>")), Format::Ods),
        (old_workbook_with(&formats, 0, &[&label[..], &number].concat()), Format::Xls),
    ] {
        let document = read(&bytes, format).unwrap();
        assert!(drawn(&document)[1].ends_with("|1900-05-31"), "{:?}", drawn(&document));
        assert!(document.lost.is_empty(), "{:?}", document.lost);
        let told = doubts(&document);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("B1 单元格设成了日期格式，显示为1900-05-31，数值是152"), "{told:?}");
    }
    // The day under a report is a day.
    let day = r#"<worksheet><row><c s="1"><v>44926</v></c></row></worksheet>"#;
    assert!(read(&workbook_with(day, "<sst/>", styles), Format::Xlsx).unwrap().doubts.is_empty());
}

#[test]
fn raised_marks_of_notes_are_no_digits() {
    let raised = |before: &str, mark: &str| {
        format!(
            "<is><r><t>{before}</t></r><r><rPr><vertAlign val=\"superscript\"/></rPr><t>{mark}</t></r></is>"
        )
    };
    let words =
        [("18", "1"), ("1,218", "②"), ("30m", "2"), ("18", "件"), ("18 ", "１"), ("注", "1"), ("", "1")];
    let cells = words.map(|(before, mark)| format!(r#"<c t="inlineStr">{}</c>"#, raised(before, mark)));
    let sheet = format!("<worksheet><row>{}</row></worksheet>", cells.concat());
    let document = read(&workbook(&sheet), Format::Xlsx).unwrap();
    assert_eq!(drawn(&document)[1], "18[1]|1,218[2]|30m2|18件|18 [1]|注1|1");
}

#[test]
fn what_is_crossed_out_is_told_and_not_read() {
    let strings = "<sst><si><r><rPr><strike/></rPr><t>12</t></r><r><t>18</t></r></si><si><t>旧数</t></si>
        <si><r><t>旧</t></r><r><rPr><b/></rPr><t>5</t></r></si>
        <si><r><rPr><strike val=\"0\"/></rPr><t>6</t></r></si></sst>";
    let styles = "<styleSheet><fonts><font/><font><strike/></font></fonts>
        <cellXfs><xf fontId=\"0\"/><xf fontId=\"1\"/></cellXfs></styleSheet>";
    let sheet = r#"<worksheet><row><c t="s"><v>0</v></c><c s="1" t="s"><v>1</v></c><c s="1" t="s"><v>2</v></c>
        <c t="s"><v>3</v></c><c s="1"><v>99</v></c><c t="s"><v>2</v></c></row></worksheet>"#;
    let document = read(&workbook_with(sheet, strings, styles), Format::Xlsx).unwrap();
    assert_eq!(drawn(&document)[1], "18||5|6||旧5");
    let told = ["A1 已划去的文字“12”", "B1 已划去的文字“旧数”", "C1 已划去的文字“旧”", "E1 已划去的文字“99”"];
    assert_eq!(lost(&document), told.map(|told| format!("工作表“表”{told}")));
}

/// The same in files of other kinds, with raised marks of notes in ods.
#[test]
fn what_is_crossed_out_elsewhere_is_told_and_not_read() {
    let styles = r#"<style:style style:name="a"><style:text-properties style:text-line-through-style="solid"/></style:style>
        <style:style style:name="b"><style:text-properties style:text-line-through-style="none"/></style:style>
        <style:style style:name="c"><style:text-properties style:text-position="super 58%"/></style:style>"#;
    let cell = |style: &str, text: &str| {
        format!("<table:table-cell {style}><text:p>{text}</text:p></table:table-cell>")
    };
    let span =
        |style: &str, text: &str| format!(r#"<text:span text:style-name="{style}">{text}</text:span>"#);
    let struck = r#"table:style-name="a" office:value-type="float" office:value="99""#;
    let cells = [
        cell("", &format!("{}18", span("a", "12"))),
        cell(struck, "99"),
        cell(r#"table:style-name="a""#, &format!("旧{}", span("b", "5"))),
        cell("", &format!("18{}", span("c", "1"))),
    ];
    let bytes = ods(&format!("{styles}<table:table-row>{}</table:table-row>", cells.concat()));
    let content = "<c><table:table table:name=\"表\">";
    let document = read(
        &told::changed(&bytes, |_, text| {
            let rows = text.replace(content, "").replace(styles, "");
            format!("<c>{styles}<table:table table:name=\"表\">{rows}")
        }),
        Format::Ods,
    )
    .unwrap();
    assert_eq!(drawn(&document)[1], "18||5|18[1]");
    let told = ["A1 已划去的文字“12”", "B1 已划去的文字“99”", "C1 已划去的文字“旧”"];
    assert_eq!(lost(&document), told.map(|told| format!("工作表“表”{told}")));

    let fonts = [[0x31, 0, 4, 0, 0, 0, 0, 0], [0x31, 0, 4, 0, 0, 0, 8, 0]].concat();
    let formats = [[0xe0, 0, 4, 0, 0, 0, 0, 0], [0xe0, 0, 4, 0, 1, 0, 0, 0]].concat();
    let label =
        |column: u8, style: u8, letter: u8| [0x04, 2, 10, 0, 0, 0, column, 0, style, 0, 1, 0, 0, letter];
    let records = [label(0, 0, b'A'), label(1, 1, b'B'), label(2, 0, b'C')].concat();
    let document = read(&old_workbook_with(&[fonts, formats].concat(), 0, &records), Format::Xls).unwrap();
    assert_eq!(drawn(&document)[1], "A||C");
    assert_eq!(lost(&document), ["工作表“T”B1 已划去的文字“B”"]);
}

/// Hidden rows never win over others, in any kind of file; those that have no rival are read.
#[test]
fn hidden_rows_are_told() {
    let rows = [
        row(1, "", &["项目", "数"]),
        row(2, "", &["规章", "3"]),
        row(3, "hidden=\"1\"", &["1.规章（旧）", "99"]),
        row(4, "ht=\"0\"", &["文件", "98"]),
        row(5, "hidden=\"1\"", &["文件", "97"]),
        row(6, "", &["许可"]),
        row(7, "hidden=\"1\"", &["收费", "6"]),
    ];
    let sheet = format!("<worksheet><sheetData>{}</sheetData></worksheet>", rows.concat());
    let document = read(&workbook(&sheet), Format::Xlsx).unwrap();
    assert_eq!(drawn(&document), ["Caption 表", "项目|数", "规章|3", "|", "|", "|", "许可|", "收费|6"]);
    let told = ["A3 隐藏的行里的“1.规章（旧） 99”", "A4 隐藏的行里的“文件 98”", "A5 隐藏的行里的“文件 97”"];
    assert_eq!(lost(&document), told.map(|told| format!("工作表“表”{told}")));
    assert_eq!(doubts(&document), ["工作表“表”A7 这一行是隐藏的，“收费 6”照常读取了，请核对是否有用"]);

    let row = |attributes: &str, text: &str| {
        let cell = format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
        format!("<table:table-row {attributes}>{cell}{cell}</table:table-row>")
    };
    let rows = [
        row("", "甲"),
        row("table:visibility=\"collapse\"", "乙"),
        row("table:visibility=\"filter\"", "丙"),
        row("table:visibility=\"visible\"", "丁"),
    ];
    let document = read(&ods(&rows.concat()), Format::Ods).unwrap();
    assert_eq!(drawn(&document), ["Caption 表", "甲|甲", "|", "|", "丁|丁"]);
    assert_eq!(
        lost(&document),
        ["乙 乙", "丙 丙"].map(|words| {
            format!("工作表“表”A{} 隐藏的行里的“{words}”", if words == "乙 乙" { 2 } else { 3 })
        })
    );

    let hidden = [0x08, 2, 16, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0x20, 0, 0, 0];
    let label = |row: u8, column: u8, letter: u8| [0x04, 2, 10, 0, row, 0, column, 0, 0, 0, 1, 0, 0, letter];
    let records = [
        hidden.to_vec(),
        [label(0, 0, b'A'), label(0, 1, b'B'), label(1, 0, b'C'), label(1, 1, b'D')].concat(),
    ];
    let document = read(&old_workbook_with(&[], 0, &records.concat()), Format::Xls).unwrap();
    assert_eq!(drawn(&document), ["Caption T", "A|B"]);
    assert_eq!(lost(&document), ["工作表“T”A2 隐藏的行里的“C D”"]);
}

#[test]
fn a_merged_cell_is_seen_as_long_as_one_of_its_rows_is() {
    let rows = [
        row(1, "", &["项目", "数"]),
        row(2, "hidden=\"1\"", &["结果", "9"]),
        row(3, "", &["", "3"]),
        row(4, "hidden=\"1\"", &["小计数", "含一"]),
    ];
    let merges = r#"<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="A4:A4"/></mergeCells>"#;
    let sheet = format!("<worksheet>{}{merges}</worksheet>", rows.concat());
    let document = read(&workbook(&sheet), Format::Xlsx).unwrap();
    assert_eq!(drawn(&document), ["Caption 表", "项目|数", "结果|", "3"]);
    assert_eq!(lost(&document), ["工作表“表”B2 隐藏的行里的“9”", "工作表“表”A4 隐藏的行里的“小计数 含一”"]);
}

#[test]
fn hidden_columns_are_read_and_told() {
    let rows = [row(1, "", &["项目", "甲", "乙"]), row(2, "", &["规章", "3", "4"])].concat();
    let columns = |attributes: &str| format!(r#"<cols><col min="2" max="2" {attributes}/></cols>"#);
    for attributes in ["hidden=\"1\"", "width=\"0\""] {
        let sheet = format!("<worksheet>{}<sheetData>{rows}</sheetData></worksheet>", columns(attributes));
        let document = read(&workbook(&sheet), Format::Xlsx).unwrap();
        assert_eq!(drawn(&document), ["Caption 表", "项目|甲|乙", "规章|3|4"]);
        let told = "工作表“表”B1 这一列是隐藏的，列里的2格内容照常读取了，请核对是否有用";
        assert_eq!(doubts(&document), [told]);
        assert!(document.lost.is_empty(), "{:?}", document.lost);
    }
    let cell = "<table:table-cell><text:p>甲</text:p></table:table-cell>";
    let columns = r#"<table:table-column/><table:table-column table:visibility="collapse"/>"#;
    let document =
        read(&ods(&format!("{columns}<table:table-row>{cell}{cell}</table:table-row>")), Format::Ods);
    assert!(doubts(&document.unwrap())[0].starts_with("工作表“表”B1 这一列是隐藏的"));
    let narrow = [0x7d, 0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0];
    let label = |column: u8| [0x04, 2, 10, 0, 0, 0, column, 0, 0, 0, 1, 0, 0, b'A'];
    let records = [&narrow[..], &label(0), &label(1)].concat();
    let document = read(&old_workbook_with(&[], 0, &records), Format::Xls).unwrap();
    assert!(doubts(&document)[0].starts_with("工作表“T”B1 这一列是隐藏的"));
}

#[test]
fn what_lies_under_an_overlapping_merge_is_told() {
    let rows = [row(1, "", &["项目", "甲", "乙"]), row(2, "", &["规章", "18", "4"])].concat();
    let merges = r#"<mergeCells><mergeCell ref="B1:B2"/><mergeCell ref="B2:C2"/></mergeCells>"#;
    let document = read(&workbook(&format!("<worksheet>{rows}{merges}</worksheet>")), Format::Xlsx).unwrap();
    assert_eq!(drawn(&document), ["Caption 表", "项目|甲|乙", "规章|4"]);
    assert_eq!(lost(&document), ["工作表“表”B2 被合并单元格盖住的“18”"]);
}
