use proptest::prelude::*;

use super::*;

fn lines_of(document: &Document) -> Vec<(&str, usize)> {
    document
        .blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph { text, at: At::Line(line), style: Style::Body } => (text.as_str(), *line),
            other => panic!("{other:?}"),
        })
        .collect()
}

fn read_it(bytes: &[u8]) -> Document {
    read(bytes, &Limits::default()).unwrap()
}

#[test]
fn blanks_tabs_and_empty_lines_stay() {
    let document = read_it("# source: 某处\n\t规章\t\t3\n\n  行政许可   12  \u{a0}4 \n".as_bytes());
    assert_eq!(
        lines_of(&document),
        [("# source: 某处", 1), ("\t规章\t\t3", 2), ("", 3), ("  行政许可   12  \u{a0}4 ", 4)]
    );
    assert!(document.lost.is_empty());
}

#[test]
fn all_line_ends_are_known_and_counted_as_editors_do() {
    let document = read_it("甲\r\n乙\r丙\n\r\n丁\u{2028}戊\n己".as_bytes());
    assert_eq!(
        lines_of(&document),
        [("甲", 1), ("乙", 2), ("丙", 3), ("", 4), ("丁", 5), ("戊", 5), ("己", 6)]
    );
}

#[test]
fn page_breaks_stand_before_what_they_begin_and_are_noted() {
    let document = read_it("- 1 -\n\u{c}第二页\n甲\u{c}\n\n乙\n\u{c}".as_bytes());
    assert_eq!(lines_of(&document), [("- 1 -", 1), ("\u{c}第二页", 2), ("甲", 3), ("", 4), ("\u{c}乙", 5)]);
    assert_eq!(document.lost, [Lost { at: At::Line(2), what: "分页符（共3个）".to_owned() }]);
}

#[test]
fn older_programs_write_gb18030_and_utf16() {
    let text = "一、总体情况\r\n行政许可\t12\r\n";
    let (national, ..) = encoding_rs::GB18030.encode(text);
    assert_eq!(lines_of(&read_it(&national)), [("一、总体情况", 1), ("行政许可\t12", 2)]);
    let mut wide = vec![0xFF, 0xFE];
    wide.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(read_it(&wide).blocks, read_it(&national).blocks);
}

#[test]
fn bounds_hold() {
    let limits = Limits { file: 100, blocks: 10, text: 50, ..Limits::default() };
    let message = |bytes: &[u8]| read(bytes, &limits).unwrap_err().to_string();
    assert!(message(&[b'a'; 101]).starts_with("文件长度超过上限（100字节）"));
    assert!(message(&[b'a'; 51]).starts_with("文字超过上限（50字节）"));
    assert!(message(&[b'\n'; 11]).starts_with("行数超过上限（10行）"));
    assert!(read(&[b'\n'; 10], &limits).is_ok());
    let broken = message(b"\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD\xFF");
    assert!(broken.contains("纯文本") && broken.contains("另存"), "{broken}");
}

proptest! {
    #[test]
    fn no_visible_character_is_lost(text in "[ \ta-z甲乙一1-9\r\n\u{c}]{0,200}") {
        let document = read_it(text.as_bytes());
        let kept: String = document.blocks.iter().map(|block| match block {
            Block::Paragraph { text, .. } => text.trim_start_matches('\u{c}'),
            other => panic!("{other:?}"),
        }).collect();
        prop_assert_eq!(kept, text.replace(['\r', '\n', '\u{c}'], ""));
    }

    #[test]
    fn no_bytes_do_harm(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(document) = read(&bytes, &Limits::default()) {
            prop_assert!(document.blocks.len() <= bytes.len());
        }
    }
}
