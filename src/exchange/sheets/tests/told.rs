//! What stands beside the cells of a sheet, and what could vanish without a word.

use std::io::{Cursor, Read};

use super::hostile::{ods, old_workbook_with, packed, workbook};
use super::*;

fn lost(document: &Document) -> Vec<String> {
    document.lost.iter().map(|lost| format!("{} {}", lost.at, lost.what)).collect()
}

/// A container in which every part has been changed.
pub(super) fn changed(bytes: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        let name = file.name().unwrap().into_owned();
        let text = change(&name, text);
        parts.push((name, text));
    }
    packed(&parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect::<Vec<_>>())
}

#[test]
fn headers_and_footers_are_told_once() {
    let cells = r#"<sheetData><row><c t="str"><v>正文，单位：件</v></c></row></sheetData>"#;
    let margins = "<headerFooter><oddHeader>&amp;C单位：件</oddHeader><evenHeader/>
        <oddFooter>&amp;L采购金额含上年结转12万元&amp;R第 &amp;P 页</oddFooter>
        <evenFooter>&amp;L采购金额含上年结转12万元&amp;R第 &amp;P 页</evenFooter>
        <firstFooter>&amp;C第 &amp;P 页，共 &amp;N 页</firstFooter></headerFooter>";
    let document =
        read(&workbook(&format!("<worksheet>{cells}{margins}</worksheet>")), Format::Xlsx).unwrap();
    let told = ["工作表“表”A1 页脚里的“采购金额含上年结转12万元 第 页”"];
    assert_eq!(lost(&document), told);
    let footer = [0x15, 0, 8, 0, 5, 0, 0, b'&', b'C', b'a', b'b', b'c'];
    let document = read(&old_workbook_with(&[], 0, &footer), Format::Xls).unwrap();
    assert_eq!(lost(&document), ["工作表“T”A1 页脚里的“abc”"]);
}

/// People write below the tables of a workbook that gouji wrote, and into the row that shows whether they balance.
#[test]
fn words_below_a_written_table_come_back() {
    let session = sample("hangzhou-type-2025.ron");
    let bytes = changed(&written(&session, &Purpose::Final), |name, text| {
        if name != "xl/worksheets/sheet3.xml" {
            return text;
        }
        // The last row is the one that shows whether the columns balance.
        let (_, last) = text.rsplit_once("<row r=\"").unwrap();
        let last: u32 = last.split('"').next().unwrap().parse().unwrap();
        let below = last + 2;
        let rows = format!(
            r#"<row r="{last}"><c r="L{last}" t="str"><v>含补报</v></c></row>
            <row r="{below}"><c r="A{below}" t="str"><v>说明：此表含补报数。</v></c></row></sheetData>"#
        );
        text.replace("</sheetData>", &rows)
    });
    let document = read(&bytes, Format::Xlsx).unwrap();
    let lines = drawn(&document);
    let said = lines.iter().position(|line| line == "Body 说明：此表含补报数。").unwrap();
    assert!(lines[said - 1].contains('|'), "{}", lines[said - 1]);
    let [lost] = &lost(&document)[..] else { panic!("{:?}", document.lost) };
    assert!(lost.ends_with(" 勾稽差一行里的“含补报”"), "{lost}");
    // Everything else is as it was, but for a column that now ends further to the right.
    let plain = drawn(&read(&written(&session, &Purpose::Final), Format::Xlsx).unwrap());
    assert_eq!(lines.len(), plain.len() + 1);
}

/// The text that is the result of a formula goes on in further records.
#[test]
fn long_results_of_old_workbooks_are_whole() {
    let formula = [
        [0x06, 0, 22, 0, 0, 0, 0, 0, 0, 0].as_slice(),
        &[0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0],
        // Two narrow characters, then a wide one, then one that is narrow again.
        &[0x07, 2, 5, 0, 4, 0, 0, b'a', b'b'],
        &[0x3c, 0, 3, 0, 1, 0x32, 0x75],
        &[0x3c, 0, 2, 0, 0, b'c'],
    ]
    .concat();
    let document = read(&old_workbook_with(&[], 0, &formula), Format::Xls).unwrap();
    assert_eq!(drawn(&document), ["Caption T", "Body ab甲c"]);
    let cut = [&formula[..formula.len() - 13], &[0x0a, 0, 0, 0]].concat();
    let document = read(&old_workbook_with(&[], 0, &cut), Format::Xls).unwrap();
    assert_eq!(drawn(&document), ["Caption T", "Body ab"], "as much as there is");
}

#[test]
fn sheets_that_are_no_tables_are_told() {
    for (kind, told) in [(0, false), (1, true), (2, true), (6, false)] {
        let document = read(&old_workbook_with(&[], kind, &[0x0a, 0, 0, 0]), Format::Xls).unwrap();
        assert_eq!(lost(&document) == ["工作表“T”A1 工作表“T”（不是普通的表格）"], told, "{kind}");
    }
}

#[test]
fn parts_bring_no_document_types_and_no_entities() {
    let row = |text: &str| format!("<worksheet><row><c t=\"str\"><v>{text}</v></c></row></worksheet>");
    let document = read(&workbook(&row("甲&amp;&#20057;")), Format::Xlsx).unwrap();
    assert_eq!(drawn(&document)[1], "Body 甲&乙");
    let typed = format!("<!DOCTYPE w [<!ENTITY a \"1\">]>{}", row("甲"));
    for (bytes, format, cause) in [
        (workbook(&typed), Format::Xlsx, "文档类型定义"),
        (workbook(&row("甲&a;")), Format::Xlsx, "不认识的实体"),
        (ods("<table:table-row>&a;</table:table-row>"), Format::Ods, "不认识的实体"),
    ] {
        let message = read(&bytes, format).unwrap_err().to_string();
        assert!(message.contains(cause), "{message}");
    }
}
