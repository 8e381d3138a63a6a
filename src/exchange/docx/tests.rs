mod unread;

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::exchange::document::{At, Block, Cell, Document, Part, Style, Table, TableBuilder};
use crate::exchange::error::ImportError;
use crate::exchange::format::Format;
use crate::exchange::limits::Limits;
use crate::exchange::ooxml::{clean, pack};

const HEAD: &str = concat!(
    r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
    r#"xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" "#,
    r#"xmlns:v="urn:schemas-microsoft-com:vml" xmlns:a="urn:a" "#,
    r#"xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><w:body>"#
);
const TAIL: &str = "</w:body></w:document>";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A file with a body and further parts, each related to the main part by the first word of its name.
fn packed(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let main = format!("{HEAD}{body}{TAIL}");
    let mut relations = String::from("<Relationships>");
    let more: Vec<(String, String)> = more
        .iter()
        .map(|(kind, xml)| {
            let _ = write!(relations, r#"<Relationship Type="{RELATIONS}/{kind}" Target="{kind}.xml"/>"#);
            let xml = xml.replace("<w:top", &HEAD.replace("<w:document", "<w:top").replace("<w:body>", ""));
            (format!("word/{kind}.xml"), xml)
        })
        .collect();
    relations.push_str("</Relationships>");
    let mut parts = vec![("word/document.xml", main.as_str()), ("word/_rels/document.xml.rels", &relations)];
    parts.extend(more.iter().map(|(name, xml)| (name.as_str(), xml.as_str())));
    pack(Format::Docx, &parts).unwrap()
}

fn taken(body: &str) -> Document {
    read(&packed(body, &[]), &Limits::default()).unwrap()
}

fn words(document: &Document) -> Vec<String> {
    document
        .blocks
        .iter()
        .map(|block| match block {
            Block::Heading { level, text, .. } => format!("#{level} {text}"),
            Block::Paragraph { text, style: Style::Body, .. } => text.clone(),
            Block::Paragraph { text, style, .. } => format!("{style:?} {text}"),
            Block::Table(table) => drawn(table),
        })
        .collect()
}

fn drawn(table: &Table) -> String {
    let row = |row| {
        let cells = (0..table.columns()).filter_map(move |column| table.cell(row, column));
        cells.map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("|")
    };
    (0..table.rows()).map(row).collect::<Vec<_>>().join(" / ")
}

fn lost(document: &Document) -> Vec<&str> {
    document.lost.iter().map(|lost| lost.what.as_str()).collect()
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn tc(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text))
}

#[test]
fn tracked_changes_are_accepted_and_said() {
    let document = taken(
        "<w:p><w:r><w:t>共</w:t></w:r><w:ins><w:r><w:t>98</w:t></w:r></w:ins><w:del><w:r><w:delText>99</w:delText></w:r>\
         </w:del><w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>件</w:t></w:r></w:moveTo></w:p>",
    );
    assert_eq!(words(&document), ["共98件"]);
    assert_eq!(lost(&document), ["已删除的修订“99”", "移到别处的文字（原处的一份）“旧处”"]);
    assert_eq!(document.lost[0].at, At::Paragraph(1));
}

#[test]
fn special_characters_of_a_run_are_text() {
    let document = taken(
        "<w:p><w:r><w:t xml:space=\"preserve\">甲 </w:t><w:tab/><w:t> 乙 </w:t><w:br/><w:t>&lt;&#x4e19;&amp;</w:t>\
         <w:noBreakHyphen/><w:t>8</w:t><w:softHyphen/><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/>\
         <w:sym w:font=\"Symbol\" w:char=\"F0B7\"/><w:sym w:font=\"Wingdings 2\" w:char=\"52\"/>\
         <w:sym w:font=\"宋体\" w:char=\"25A1\"/><w:sym w:font=\"Wingdings\" w:char=\"F021\"/>\
         <w:sym w:font=\"方正小标宋\" w:char=\"F0FE\"/>\
         <w:br w:type=\"page\"/></w:r></w:p>",
    );
    assert_eq!(words(&document), ["甲 \t乙\n<丙&-8☑·☑□"]);
    assert_eq!(lost(&document), ["符号（字体“Wingdings”第F021号）", "符号（字体“方正小标宋”第F0FE号）"]);
}

#[test]
fn wrappers_are_looked_through_and_alternatives_taken_once() {
    let document = taken(&format!(
        "<w:sdt><w:sdtPr><w:alias w:val=\"x\"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>\
         <w:p><w:hyperlink><w:r><w:t>网</w:t></w:r></w:hyperlink><w:smartTag><w:r><w:t>址</w:t></w:r></w:smartTag>\
         <w:r><mc:AlternateContent><mc:Choice><w:t>一</w:t></mc:Choice><mc:Fallback><w:t>二</w:t></mc:Fallback>\
         </mc:AlternateContent></w:r><m:oMath><m:f><m:num><m:r><m:t>x</m:t></m:r></m:num></m:f></m:oMath>\
         <w:r><w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase></w:ruby>\
         </w:r></w:p>",
        p("里面")
    ));
    assert_eq!(words(&document), ["里面", "网址一x拼"]);
    assert_eq!(lost(&document), ["注音“pin”"]);
}

/// A content control with these properties.
fn control(properties: &str, content: &str) -> String {
    format!("<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>")
}

#[test]
fn what_asks_to_be_filled_in_is_no_content() {
    let run = |style: &str, text: &str| {
        format!("<w:r><w:rPr><w:rStyle w:val=\"{style}\"/></w:rPr><w:t>{text}</w:t></w:r>")
    };
    let paragraph = |inner: &str| format!("<w:p>{inner}</w:p>");
    let hint = run("PlaceholderText", "单击此处输入文字。");
    let asking = control("<w:showingPlcHdr/>", &hint);
    let block = control("<w:alias w:val=\"填\"/><w:showingPlcHdr/>", &paragraph(&hint));
    let filled = control("<w:showingPlcHdr w:val=\"0\"/>", &run("", "某局"));
    let by_program = control("<w:showingPlcHdr/>", &run("", "12"));
    let other = control("<w:showingPlcHdr/>", &run("", "填在这里"));
    let cell = |inner: &str| control("<w:showingPlcHdr/>", &format!("<w:tc>{}</w:tc>", paragraph(inner)));
    let body = [
        paragraph(&format!("<w:r><w:t>单位：</w:t></w:r>{asking}")),
        block,
        paragraph(&format!("{filled}{by_program}{other}")),
        paragraph(&run("a1", "单击此处输入日期。")),
        paragraph(&run("a1", "确有其事")),
        format!("<w:tbl><w:tr>{}{}{}</w:tr></w:tbl>", tc("", "规章"), cell(&hint), tc("", "3")),
        paragraph(&control("", &run("a1", "☒"))),
    ];
    let styles = "<w:top><w:style w:styleId=\"a1\"><w:name w:val=\"Placeholder Text\"/></w:style></w:top>";
    let file = packed(&body.concat(), &[("styles", styles)]);
    let document = read(&file, &Limits::default()).unwrap();
    assert_eq!(words(&document), ["单位：", "某局12", "确有其事", "规章||3", "☒"]);
    assert_eq!(lost(&document), ["未填写的控件中的提示“填在这里”"]);
}

#[test]
fn fields_of_older_forms_show_what_was_chosen() {
    let field = |data: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:name w:val=\"x\"/>{data}</w:ffData></w:fldChar>\
             </w:r><w:r><w:instrText> FORM </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    let list = "<w:listEntry w:val=\"否\"/><w:listEntry w:val=\"是\"/>";
    let fields = [
        "<w:checkBox><w:default w:val=\"0\"/><w:checked/></w:checkBox>".to_owned(),
        "<w:checkBox><w:default w:val=\"1\"/><w:checked w:val=\"0\"/></w:checkBox>".to_owned(),
        "<w:checkBox><w:default w:val=\"1\"/></w:checkBox>".to_owned(),
        format!("<w:ddList><w:result w:val=\"1\"/>{list}</w:ddList>"),
        format!("<w:ddList>{list}</w:ddList>"),
        "<w:textInput/>".to_owned(),
    ];
    let fields: String = fields.iter().map(|data| field(data)).collect();
    let document = taken(&format!("<w:p>{fields}<w:r><w:t>。</w:t></w:r></w:p>"));
    assert_eq!(words(&document), ["☑☐☑是否。"]);
}

#[test]
fn fields_show_their_result_and_contents_are_left_out() {
    let field = |instruction: &str, result: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>{result}</w:t></w:r>\
             <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    let document = taken(&format!(
        "<w:p>{}</w:p><w:p><w:r><w:t>到</w:t></w:r>{}</w:p>",
        field(" TOC \\o ", "一、总体情况 1"),
        field(" DATE ", "12月31日")
    ));
    assert_eq!(words(&document), ["到12月31日"]);
    assert_eq!(lost(&document), ["目录"]);
}

#[test]
fn what_a_field_only_draws_is_said() {
    let field = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>eq \\o\\ac(○,1)</w:instrText></w:r>\
                 <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    let document = taken(&format!("<w:p>{field}<w:r><w:t>公开</w:t></w:r></w:p>"));
    assert_eq!(words(&document), ["公开"]);
    assert_eq!(lost(&document), ["公式域“eq \\o\\ac(○,1)”"]);
}

#[test]
fn contents_without_an_end_do_not_hide_tables() {
    let open = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>TOC</w:instrText>\
                <w:fldChar w:fldCharType=\"separate\"/></w:r></w:p>";
    let document = taken(&format!("{open}{}<w:tbl><w:tr>{}</w:tr></w:tbl>", p("隐"), tc("", "显")));
    assert_eq!(words(&document), ["显"]);
    assert_eq!(lost(&document), ["目录", "目录后的文字（目录没有结束标记）"]);
}

#[test]
fn text_boxes_follow_their_paragraph_and_pictures_are_named() {
    let document = taken(
        "<w:p><w:r><w:t>前</w:t><mc:AlternateContent><mc:Choice><w:drawing><a:x><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r>\
         </w:p></w:txbxContent></a:x></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent><w:p>\
         <w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>\
         <w:t>后</w:t></w:r></w:p><w:p><w:r><w:drawing><a:pic/></w:drawing><w:object><a:OLEObject/></w:object></w:r></w:p>",
    );
    assert_eq!(words(&document), ["前后", "框"]);
    assert_eq!(lost(&document), ["文本框的位置（其中的文字接在本段之后）", "图片", "嵌入的对象"]);
    assert_eq!(document.lost[1].at, At::Paragraph(2));
}

#[test]
fn notes_and_hidden_text_are_said_with_their_words() {
    let body = "<w:p><w:r><w:t>文</w:t><w:footnoteReference w:id=\"2\"/><w:commentReference w:id=\"0\"/></w:r>\
                <w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r></w:p>";
    let note = |kind: &str, id: u8, text: &str| {
        format!("<w:top><w:{kind} w:id=\"{id}\">{}</w:{kind}></w:top>", p(text))
    };
    let (foot, comment) = (note("footnote", 2, "含上年"), note("comment", 0, "请核"));
    let file = packed(body, &[("footnotes", &foot), ("comments", &comment)]);
    let document = read(&file, &Limits::default()).unwrap();
    assert_eq!(words(&document), ["文"]);
    assert_eq!(lost(&document), ["脚注“含上年”", "批注“请核”", "隐藏的文字“藏”"]);
}

#[test]
fn merged_cells_become_one() {
    let document = taken(&format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr><w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>{}</w:tr>\
         <w:tr><w:trPr><w:del/></w:trPr>{}</w:tr></w:tbl>",
        tc("<w:vMerge w:val=\"restart\"/>", "甲"),
        tc("<w:gridSpan w:val=\"2\"/>", "乙"),
        tc("<w:vMerge/>", "遮"),
        tc("<w:hMerge w:val=\"restart\"/>", "丙"),
        tc("<w:hMerge/>", ""),
        tc("", "丁"),
        tc("", "删"),
    ));
    assert_eq!(words(&document), ["甲|乙|乙 / 甲|丙|丙 / |丁|"]);
    assert_eq!(lost(&document), ["合并单元格中被遮住的文字“遮”", "已删除的行“删”"]);
    let Block::Table(table) = &document.blocks[0] else { panic!("no table") };
    assert_eq!(table.cell(1, 0).map(|cell| (cell.rows, cell.columns)), Some((2, 1)));
    assert_eq!(table.cell(1, 2).map(|cell| (cell.rows, cell.columns)), Some((1, 2)));
    assert_eq!(table.cell(2, 1).map(|cell| cell.at.clone()), Some(At::Cell { table: 1, row: 3, column: 2 }));
}

#[test]
fn columns_that_rounding_left_are_closed() {
    let grid =
        "<w:tblGrid><w:gridCol w:w=\"600\"/><w:gridCol w:w=\"1\"/><w:gridCol w:w=\"600\"/></w:tblGrid>";
    let two = "<w:gridSpan w:val=\"2\"/>";
    let row = |cells: [String; 2]| format!("<w:tr>{}</w:tr>", cells.concat());
    let top = row([tc(two, "甲"), tc("", "乙")]);
    let narrow = taken(&format!("<w:tbl>{grid}{top}{}</w:tbl>", row([tc("", "丙"), tc(two, "丁")])));
    assert_eq!(words(&narrow), ["甲|乙 / 丙|丁"]);
    let used = taken(&format!("<w:tbl>{grid}{top}{}</w:tbl>", row([tc("", "丙"), tc("", "窄")])));
    assert_eq!(words(&used), ["甲|甲|乙 / 丙|窄|"]);
}

#[test]
fn a_table_that_only_places_others_is_seen_through() {
    let inner = |text| format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", tc("", text), tc("", "1"));
    let cell = |inner: &str| format!("<w:tc>{inner}</w:tc>");
    let layout = [p("一、"), inner("甲"), p(""), p("二、"), inner("乙"), p("三、")].concat();
    let document = taken(&format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", tc("", "左"), cell(&layout)));
    assert_eq!(words(&document), ["左", "一、", "甲|1", "二、", "乙|1", "三、"]);
    // Rows of their own make it a table of data, which the tables in it follow.
    let row = format!("<w:tr>{}{}{}</w:tr>", tc("", "规章"), tc("", "3"), cell(&(p("外") + &inner("内"))));
    assert_eq!(words(&taken(&format!("<w:tbl>{row}</w:tbl>"))), ["规章|3|外", "内|1"]);
}

#[test]
fn what_is_struck_out_is_said_and_not_read() {
    let run = |format: &str, text: &str| format!("<w:r><w:rPr>{format}</w:rPr><w:t>{text}</w:t></w:r>");
    let cell = format!(
        "<w:tc><w:p>{}{}{}</w:p></w:tc>",
        run("<w:strike/>", "12"),
        run("<w:strike w:val=\"0\"/>", "5\u{ad}3"),
        run("<w:dstrike/>", "0")
    );
    let document = taken(&format!("<w:tbl><w:tr>{}{cell}</w:tr></w:tbl>", tc("", "规章")));
    // What nobody sees is taken out of all documents alike, later.
    assert_eq!(words(&document), ["规章|5\u{ad}3"]);
    assert_eq!(lost(&document), ["已划去的文字“120”"]);
    assert_eq!(document.lost[0].at, At::Cell { table: 1, row: 1, column: 2 });
}

#[test]
fn a_long_title_is_not_torn_within_a_word() {
    let text = "某省某市人民政府2025年政府信息公开工作年度报告";
    let title = |text: &str| Block::Heading { level: 0, text: text.to_owned(), at: At::Unknown };
    let document = Document { blocks: vec![title(text)], ..Document::default() };
    let bytes = write(&document).unwrap();
    let again = read(&bytes, &Limits::default()).unwrap();
    assert!(matches!(&again.blocks[..], [Block::Heading { text: read, .. }] if read == text), "{again:?}");
    let body = super::write::body(&document);
    assert!(body.contains("某省某市人民政府</w:t><w:br/>"), "{body}");
}

#[test]
fn numbers_that_word_makes_are_written_out() {
    let level = |level: u8, format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let numbering = format!(
        "<w:top><w:abstractNum w:abstractNumId=\"4\">{}{}{}</w:abstractNum><w:abstractNum w:abstractNumId=\"5\">{}{}\
         </w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"4\"/></w:num><w:num w:numId=\"2\">\
         <w:abstractNumId w:val=\"4\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"9\"/></w:lvlOverride></w:num>\
         <w:num w:numId=\"3\"><w:abstractNumId w:val=\"5\"/></w:num>\
         <w:abstractNum w:abstractNumId=\"6\"><w:numStyleLink w:val=\"s\"/></w:abstractNum>\
         <w:abstractNum w:abstractNumId=\"7\"><w:styleLink w:val=\"s\"/>{}</w:abstractNum>\
         <w:num w:numId=\"6\"><w:abstractNumId w:val=\"6\"/></w:num></w:top>",
        level(0, "chineseCountingThousand", "%1、"),
        level(1, "chineseCounting", "（%2）"),
        level(2, "decimal", "%2.%3"),
        level(0, "bullet", "•"),
        level(1, "hebrew1", "%2"),
        level(0, "chineseCounting", "（%1）"),
    );
    let styles = "<w:top><w:style w:styleId=\"a\"><w:name w:val=\"我的标题\"/><w:basedOn w:val=\"1\"/></w:style>\
                  <w:style w:styleId=\"1\"><w:name w:val=\"heading 1\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr>\
                  </w:pPr></w:style></w:top>";
    let item = |list: u8, level: u8, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr><w:r><w:t>{text}\
             </w:t></w:r></w:p>"
        )
    };
    let by_style = "<w:p><w:pPr><w:pStyle w:val=\"a\"/></w:pPr><w:r><w:t>样式</w:t></w:r></w:p>";
    let body = [
        item(1, 0, "总体"),
        item(1, 1, "甲"),
        item(1, 1, "乙"),
        item(1, 2, "丙"),
        by_style.to_owned(),
        item(1, 1, "丁"),
        item(2, 0, "重来"),
        item(2, 0, "再来"),
        item(3, 0, "点"),
        item(3, 1, "奇"),
        item(0, 0, "无"),
        item(1, 2, "2025年"),
        item(6, 0, "样式的"),
    ]
    .concat();
    let file = packed(&body, &[("numbering", &numbering), ("styles", styles)]);
    let document = read(&file, &Limits::default()).unwrap();
    assert_eq!(
        words(&document),
        [
            "一、总体",
            "（一）甲",
            "（二）乙",
            "二.1丙",
            "#1 二、样式",
            "（一）丁",
            "九、重来",
            "十、再来",
            "点",
            "奇",
            "无",
            "一.1 2025年",
            "（一）样式的"
        ]
    );
    assert_eq!(lost(&document), ["自动编号"]);
}

#[test]
fn strict_files_and_utf_16_are_read() {
    let main = format!("<?xml version=\"1.0\" encoding=\"UTF-16\"?>{HEAD}{}{TAIL}", p("严格")).replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    );
    let strict = pack(Format::Docx, &[("word/document.xml", &main)]).unwrap();
    assert_eq!(words(&read(&strict, &Limits::default()).unwrap()), ["严格"]);
    let wide: Vec<u8> =
        "\u{FEFF}".encode_utf16().chain(main.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let file = zipped(&[("Word\\Document.xml", &wide)]);
    assert_eq!(words(&read(&file, &Limits::default()).unwrap()), ["严格"]);
}

/// Packs parts that are no text.
fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write as _;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn refusal(bytes: &[u8], limits: &Limits) -> String {
    read(bytes, limits).unwrap_err().to_string()
}

#[test]
fn what_is_too_much_is_refused() {
    let limits =
        Limits { unpacked: 1 << 20, cells: 1000, columns: 63, text: 5000, blocks: 100, ..Limits::default() };
    let refused = |body: &str, what: &str| {
        let told = refusal(&packed(body, &[]), &limits);
        assert!(told.starts_with(what), "{told}");
    };
    let bomb = zipped(&[("word/document.xml", &vec![b' '; 8 << 20])]);
    assert!(bomb.len() < 16 << 10);
    assert!(refusal(&bomb, &limits).starts_with("解开后的内容"));
    refused(&"<w:p>".repeat(10_000), "嵌套层数");
    refused(&"<w:tbl><w:tr><w:tc>".repeat(300), "嵌套层数");
    refused(&p("字").repeat(101), "段落数");
    refused(&p(&"字".repeat(2000)), "文字");
    refused(
        &format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", tc("<w:gridSpan w:val=\"4000000000\"/>", "")),
        "表格的列数",
    );
    refused(&format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", "<w:tc/>".repeat(64)), "表格的列数");
    refused(&format!("<w:tbl>{}</w:tbl>", "<w:tr/>".repeat(1001)), "表格的格数");
    // Ragged rows fill up to the widest one.
    let wide = "<w:tc/>".repeat(60);
    refused(
        &format!("<w:tbl><w:tr>{wide}</w:tr>{}</w:tbl>", "<w:tr><w:tc/></w:tr>".repeat(30)),
        "表格的格数",
    );
}

#[test]
fn tricks_with_xml_are_refused_by_name_of_the_part() {
    let refused = |main: &str, why: &str| {
        let file = pack(Format::Docx, &[("word/document.xml", main)]).unwrap();
        let told = refusal(&file, &Limits::default());
        assert!(told.contains("word/document.xml") && told.contains(why), "{told}");
    };
    refused(&format!("<!DOCTYPE x [<!ENTITY a \"aaaa\">]>{HEAD}{}{TAIL}", p("&a;")), "文档类型定义");
    refused(&format!("{HEAD}{}{TAIL}", p("&a;")), "不认识的实体");
    refused(&format!("{HEAD}{}{TAIL}", p("&#xD800;")), "不认识的实体");
    refused(&format!("{HEAD}<w:p>"), "没有写完");
    refused(&format!("{HEAD}<w:p></w:q>"), "标记不完整");
    let file = pack(Format::Docx, &[("word/document.xml", "<html/>")]).unwrap();
    assert!(refusal(&file, &Limits::default()).contains("不是 Word 的内容"));
}

#[test]
fn files_of_other_kinds_are_told_apart() {
    let compound = |stream: &str| {
        let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0];
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        refusal(&bytes, &Limits::default())
    };
    assert!(compound("EncryptedPackage").contains("密码"));
    assert!(compound("WordDocument").contains(".doc"));
    assert!(compound("Workbook").contains(".xls"));
    assert!(refusal(b"{\\rtf1}", &Limits::default()).contains("RTF"));
    assert!(refusal(b"", &Limits::default()).contains("空"));
    assert!(refusal(b"hello", &Limits::default()).contains("不是压缩包"));
    assert!(refusal(&zipped(&[("a.txt", b"a")]), &Limits::default()).contains("没有正文部件"));
    assert!(refusal(&zipped(&[("../word/document.xml", b"a")]), &Limits::default()).contains("外面"));
    assert!(refusal(&zipped(&[("A.xml", b""), ("a.xml", b"")]), &Limits::default()).contains("两个"));
}

#[test]
fn a_cut_file_is_refused_at_every_length() {
    let file = packed(&p("完整"), &[]);
    for length in 0..file.len() {
        let told = refusal(&file[..length], &Limits::default());
        assert!(told.starts_with("不是完好的"), "{length}: {told}");
    }
}

#[test]
fn damaged_bytes_never_break_the_reader() {
    let file = write(&document(vec![paragraph("文字", Style::Body)], &[])).unwrap();
    for at in 0..file.len() {
        let mut damaged = file.clone();
        damaged[at] ^= 0x55;
        if let Err(error) = read(&damaged, &Limits::default()) {
            assert!(!error.to_string().is_empty());
        }
    }
}

fn document(blocks: Vec<Block>, properties: &[(&str, &str)]) -> Document {
    let properties =
        properties.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Document { blocks, properties, ..Document::default() }
}

fn paragraph(text: &str, style: Style) -> Block {
    Block::Paragraph { text: text.to_owned(), style, at: At::Unknown }
}

/// What the format keeps: not where things stand, nor what figures they are.
fn bare(mut document: Document) -> Document {
    for block in &mut document.blocks {
        match block {
            Block::Heading { at, .. } | Block::Paragraph { at, .. } => *at = At::Unknown,
            Block::Table(table) => {
                let mut builder = TableBuilder::new(100, 10_000);
                (0..table.rows()).for_each(|_| builder.next_row());
                for cell in table.cells() {
                    builder.place(Cell {
                        at: At::Unknown,
                        part: Part::Unknown,
                        text: clean(&cell.text).into(),
                        ..cell.clone()
                    });
                }
                *table = builder.build().unwrap();
            }
        }
    }
    document
}

#[test]
fn styles_properties_and_marks_come_back() {
    let mut builder = TableBuilder::new(9, 99);
    builder.push(Cell { text: "总计".into(), part: Part::Head, ..Cell::default() });
    builder.push(Cell { text: "12".into(), computed: true, ..Cell::default() });
    builder.push(Cell { text: String::new(), computed: true, ..Cell::default() });
    let mut blocks = vec![paragraph("草稿", Style::Banner)];
    blocks.extend((0..10).map(|level| Block::Heading {
        level,
        text: format!("第{level}级"),
        at: At::Unknown,
    }));
    blocks.extend(
        [Style::Body, Style::Caption, Style::SignOff, Style::Placeholder]
            .map(|style| paragraph("一\t二\n三", style)),
    );
    blocks.push(Block::Table(builder.build().unwrap()));
    let written = document(blocks, &[("gouji.form", "a<b>&\"c\"\n"), ("gouji.cover.unit", "某县")]);
    let file = write(&written).unwrap();
    assert_eq!(bare(read(&file, &Limits::default()).unwrap()), bare(written.clone()));
    assert_eq!(file, write(&written).unwrap(), "the same document gives the same bytes");
}

#[test]
fn characters_that_xml_can_not_hold_are_left_out() {
    let file = write(&document(vec![paragraph("甲\u{0}\u{8}乙\r\n丙\u{FFFF}", Style::Body)], &[])).unwrap();
    assert_eq!(words(&read(&file, &Limits::default()).unwrap()), ["甲乙\n丙"]);
}

fn any_text() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop_oneof![
            any::<char>(),
            prop::sample::select(vec!['<', '&', ']', '"', '\n', '\t', ' ', '\u{a0}', '一', '&'])
        ],
        0..12,
    )
    .prop_map(|characters| clean(&characters.into_iter().collect::<String>()).into_owned())
}

fn any_block() -> impl Strategy<Value = Block> {
    let words = || any_text().prop_map(|text| format!("{text}字"));
    let heading = (0..10_u8, words()).prop_map(|(level, text)| Block::Heading {
        level,
        text: text.replace('\n', ""),
        at: At::Unknown,
    });
    let styles = [Style::Body, Style::Caption, Style::SignOff, Style::Placeholder, Style::Banner];
    let paragraph = (words(), prop::sample::select(styles.to_vec()))
        .prop_map(|(text, style)| Block::Paragraph { text, style, at: At::Unknown });
    let cell = (0..6_usize, 0..6_usize, 1..4_usize, 1..4_usize, any_text(), any::<bool>());
    let table = prop::collection::vec(cell, 1..12).prop_map(|cells| {
        let mut builder = TableBuilder::new(20, 400);
        for (row, column, rows, columns, text, computed) in cells {
            // A cell whose text is only blanks has nothing that could be marked.
            let computed = computed && (text.is_empty() || !text.trim().is_empty());
            builder.place(Cell { text, row, column, rows, columns, computed, ..Cell::default() });
        }
        Block::Table(builder.build().unwrap())
    });
    prop_oneof![heading, paragraph, table]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn what_is_written_is_read(blocks in prop::collection::vec(any_block(), 0..6), value in any_text()) {
        let written = document(blocks, &[("gouji.form", "2021"), ("gouji.cover.unit", &value)]);
        let read = read(&write(&written).unwrap(), &Limits::default()).unwrap();
        prop_assert!(read.lost.is_empty());
        prop_assert_eq!(bare(read), bare(written));
    }

    #[test]
    fn any_markup_is_taken_or_refused(pieces in prop::collection::vec(prop::sample::select(vec![
        "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>字</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>",
        "<w:tcPr><w:vMerge/></w:tcPr>", "<w:tcPr><w:hMerge/><w:gridSpan w:val=\"3\"/></w:tcPr>", "<w:del>", "</w:del>",
        "<w:fldChar w:fldCharType=\"begin\"/>", "<w:fldChar w:fldCharType=\"end\"/>", "<w:drawing>", "</w:drawing>",
        "<w:txbxContent>", "</w:txbxContent>", "<mc:AlternateContent><mc:Choice>", "</mc:Choice></mc:AlternateContent>", "<", "&",
    ]), 0..30)) {
        if let Ok(document) = read(&packed(&pieces.concat(), &[]), &Limits::default()) {
            prop_assert!(document.blocks.len() <= pieces.len());
        }
    }
}

#[test]
fn the_official_blank_form_is_read_whole() {
    let Ok(folder) = std::env::var("GOUJI_REPORTS") else {
        println!("skipped: GOUJI_REPORTS is not set");
        return;
    };
    let path = std::path::Path::new(&folder).join("官方格式模板_2021fmt_空白.docx");
    let document = read(&std::fs::read(path).unwrap(), &Limits::default()).unwrap();
    let tables: Vec<&Table> = document
        .blocks
        .iter()
        .filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None })
        .collect();
    let sizes: Vec<_> = tables.iter().map(|table| (table.rows(), table.columns())).collect();
    println!("{sizes:?} {:?}", document.lost);
    assert_eq!(sizes.get(1..), Some(&[(28, 10), (4, 15)][..]));
    let group = tables[1].cell(5, 0).unwrap();
    assert_eq!((group.rows, group.columns), (22, 1));
    let ImportError::Broken { .. } = read(b"PK", &Limits::default()).unwrap_err() else {
        panic!("not broken")
    };
}
