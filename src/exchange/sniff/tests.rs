use std::io::{Cursor, Write};

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

fn zipped(names: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in names {
        let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        zip.start_file(*name, stored).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn compound(names: &[&str]) -> Vec<u8> {
    let mut bytes = vec![0; 512];
    bytes[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    for name in names {
        let name: Vec<u8> = name.encode_utf16().chain(Some(0)).flat_map(u16::to_le_bytes).collect();
        let mut entry = vec![0; 128];
        entry[..name.len()].copy_from_slice(&name);
        entry[64] = name.len() as u8;
        bytes.extend(entry);
    }
    bytes
}

fn gb18030(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

#[test]
fn known_files_are_known_whatever_their_name() {
    let ods = "application/vnd.oasis.opendocument.spreadsheet";
    let cases: Vec<(Vec<u8>, Option<&str>, Format)> = vec![
        (zipped(&[("[Content_Types].xml", ""), ("word/document.xml", "")]), Some("报告.xlsx"), Format::Docx),
        (zipped(&[("[Content_Types].xml", ""), ("xl/workbook.xml", "")]), Some("报告.et"), Format::Xlsx),
        (zipped(&[("mimetype", ods), ("content.xml", "")]), None, Format::Ods),
        (compound(&["Root Entry", "Workbook"]), Some("报告.et"), Format::Xls),
        (compound(&["Root Entry", "Book"]), None, Format::Xls),
        (b"%PDF-1.7\n".to_vec(), Some("报告.txt"), Format::Pdf),
        (b"\xEF\xBB\xBF\r\n%PDF-1.4".to_vec(), None, Format::Pdf),
        ("\u{feff}<!DOCTYPE html><html>".into(), Some("报告.doc"), Format::Html),
        (
            gb18030("\r\n<html xmlns:x=\"excel\"><meta charset=gb2312><table>表"),
            Some("报告.xls"),
            Format::Html,
        ),
        ("<!-- 片段 --><TABLE><tr>".into(), None, Format::Html),
        ("没有标签的网页".into(), Some("报告.HTM"), Format::Html),
        (b"MIME-Version: 1.0\r\n".to_vec(), Some("报告.doc"), Format::Html),
        ("{\"form\": \"2021\"}".into(), Some("报告.txt"), Format::Json),
        ("[1]".into(), Some("报告.json"), Format::Json),
        ("规章,1".into(), Some("报告.csv"), Format::Csv),
        ("规章\t1".into(), Some("报告.TSV"), Format::Csv),
        ("sep=;\r\n规章;1".into(), None, Format::Csv),
        ("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |".into(), None, Format::Markdown),
        ("# 标题".into(), Some("说明.md"), Format::Markdown),
        ("| 甲 |\n|---|".into(), Some("报告.txt"), Format::Text),
        ("一、总体情况".into(), None, Format::Text),
        (gb18030("一、总体情况"), Some("报告.docx"), Format::Text),
        ("BMP是一种图片".into(), Some("a/b.c/报告"), Format::Text),
        ("< 5 件".into(), None, Format::Text),
    ];
    for (bytes, name, format) in cases {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(30)]).into_owned();
        assert_eq!(sniff(&bytes, name).unwrap(), format, "{name:?} {head:?}");
    }
}

#[test]
fn what_can_not_be_read_says_what_to_do() {
    let bitmap = [b"BM".as_slice(), &30_u32.to_le_bytes(), &[0; 24]].concat();
    let cases: Vec<(Vec<u8>, Option<&str>, &str, &str)> = vec![
        (Vec::new(), Some("报告.docx"), "空文件", "重新取得"),
        (compound(&["Root Entry", "WordDocument"]), Some("报告.wps"), "旧式 Word 文档", "另存为 docx"),
        (compound(&["Root Entry", "EncryptedPackage"]), Some("报告.docx"), "密码", "去掉密码"),
        (compound(&["Root Entry"]), None, "不认识的文件", "能读的有"),
        (zipped(&[("OFD.xml", ""), ("Doc_0/Document.xml", "")]), None, "OFD", "照着填写"),
        (zipped(&[("报告.docx", "")]), Some("报告.zip"), "压缩包", "先解压"),
        (zipped(&[("ppt/presentation.xml", "")]), None, "演示文稿", "复制"),
        (b"Rar!\x1a\x07\x01\0".to_vec(), None, "压缩包", "先解压"),
        (b"{\\rtf1\\ansi".to_vec(), Some("报告.doc"), "RTF", "另存为 docx"),
        (
            b"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>".to_vec(),
            None,
            "Excel 2003",
            "另存为 xlsx",
        ),
        (b"\x89PNG\r\n\x1a\n".to_vec(), Some("报告.pdf"), "png", "照着填写"),
        (b"\xFF\xD8\xFF\xE0".to_vec(), None, "jpg", "照着填写"),
        (bitmap, None, "bmp", "照着填写"),
        ("// 勾稽草稿。\nDraft(".into(), Some("报告.txt"), "勾稽的草稿", "直接打开"),
        (b"\0\x01\x02\xFF".to_vec(), Some("程序.exe"), "不认识的文件", "能读的有"),
    ];
    for (bytes, name, what, how) in cases {
        let message = sniff(&bytes, name).unwrap_err().to_string();
        assert!(message.contains(what) && message.contains(how), "{name:?}: {message}");
    }
}

#[test]
fn files_that_were_cut_off_are_still_of_their_kind() {
    let whole = zipped(&[("[Content_Types].xml", "x"), ("word/document.xml", &"正文".repeat(100))]);
    assert_eq!(sniff(&whole[..whole.len() / 2], None).unwrap(), Format::Docx);
    assert!(sniff(b"PK\x05\x06", None).unwrap_err().to_string().contains("压缩包"));
    assert_eq!(sniff(b"\0\0\0", Some("报告.xlsx")).unwrap(), Format::Xlsx);
}

#[test]
fn every_kind_goes_to_its_reader() {
    let limits = Limits::default();
    let count = |bytes: &[u8], format| read(bytes, format, &limits).map(|document| document.blocks.len());
    assert_eq!(count("甲,1\n\n乙,丙".as_bytes(), Format::Csv).unwrap(), 2);
    assert_eq!(count("甲\n乙\n丙".as_bytes(), Format::Text).unwrap(), 3);
    assert_eq!(count(b"{\"figures\": {\"a.b.c\": 1}}", Format::Json).unwrap(), 1);
    assert!(count(b"%PDF-1.7", Format::Pdf).unwrap_err().to_string().contains("PDF"));
}

proptest! {
    #[test]
    fn no_bytes_do_harm(
        mark in prop::sample::select(vec![&b""[..], b"PK\x03\x04", b"PK\x01\x02", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"{", b"<"]),
        bytes in prop::collection::vec(any::<u8>(), 0..1200),
        ending in prop::option::of("[a-z]{0,4}"),
    ) {
        let bytes = [mark, &bytes].concat();
        let name = ending.map(|ending| format!("文件.{ending}"));
        match sniff(&bytes, name.as_deref()) {
            Ok(format) => prop_assert!(Format::ALL.contains(&format)),
            Err(error) => prop_assert!(error.to_string().chars().count() > 8),
        }
    }
}
