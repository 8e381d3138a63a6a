//! Pages as portals and office programs make them.

use super::*;

/// A cell as it looks after pasting from WPS.
fn pasted(text: &str, attributes: &str) -> String {
    format!(
        "<td {attributes} style=\"border:solid windowtext 1.0pt\"><p class=\"MsoNormal\" align=center>\
         <span style=\"font-family:宋体\"><font size=\"2\">{text}</font></span><span><o:p>&nbsp;</o:p></span></p></td>"
    )
}

fn at(document: &Document, table: usize, row: usize, column: usize) -> Cell {
    tables(document)[table].cell(row, column).unwrap().clone()
}

#[test]
fn pasted_cells_keep_their_words_and_spans() {
    let mut page = String::from("<table><tbody><tr>");
    page += &pasted("办理<br>结果", "rowspan=22");
    page += &pasted("予以公开", "colspan=\"2\"");
    page += &pasted("1", "");
    page += "</tr>";
    for row in 2..=22 {
        page +=
            &["<tr>", &pasted("小类", ""), &pasted("", ""), &pasted(&row.to_string(), ""), "</tr>"].concat();
    }
    let document = read_text(&page);
    let table = tables(&document)[0];
    assert_eq!((table.rows(), table.columns()), (22, 4));
    let group = at(&document, 0, 21, 0);
    assert_eq!((group.rows, group.text.trim()), (22, "办理\n结果"));
    assert_eq!(at(&document, 0, 0, 2).columns, 2);
    assert_eq!(at(&document, 0, 21, 2).text, "");
    let last = at(&document, 0, 21, 3);
    assert_eq!((last.text.trim(), last.at), ("22", At::Cell { table: 1, row: 22, column: 4 }));
    assert!(document.lost.is_empty());
}

#[test]
fn a_page_in_gb2312_is_read() {
    let page = "<html><head><meta http-equiv=Content-Type content=\"text/html; charset=gb2312\"><title>站名</title></head>\
        <body><h1>某镇年报</h1><p>行政许可&nbsp;3&nbsp;件</p></body></html>";
    let document = read(&encoding_rs::GBK.encode(page).0, &Limits::default()).unwrap();
    assert_eq!(paragraphs(&document), ["某镇年报", "行政许可 3 件"]);
    assert!(matches!(&document.blocks[0], Block::Heading { level: 0, at: At::Paragraph(1), .. }));
}

#[test]
fn menus_and_prose_are_paragraphs_and_scripts_are_not() {
    let document = read_text(
        "<head><style>p{}</style><script>var a='<p>x</p>';</script></head><body><nav><ul><li><a>首页</a></li><li>公开</li></ul>\
         </nav><div>一、总体情况<div>第一段，<b>重</b>点。</div>尾<br>行<template><p>模板</p></template></div>\
         <noscript>请启用</noscript><!--[if gte mso 9]><xml><w:View>普通</w:View></xml><![endif]--><footer>版权</footer>",
    );
    assert_eq!(paragraphs(&document), ["首页", "公开", "一、总体情况", "第一段，重点。", "尾\n行", "版权"]);
    assert!(document.lost.is_empty(), "{:?}", document.lost);
}

#[test]
fn what_is_not_seen_is_named() {
    let document = read_text(
        "<p>前<img src=a.png alt='附图'></p><div style='Display : none'>收件<b>人</b></div><p hidden></p>\
         <table><tr><td>许可<td><s>12</s>13<tr><td hidden>藏<td>乙<img></table>",
    );
    let lost: Vec<_> = document.lost.iter().map(|lost| format!("{} {}", lost.at, lost.what)).collect();
    assert_eq!(
        lost,
        [
            "第1段 图片“附图”",
            "第2段 隐藏的文字“收件人”",
            "第2段 隐藏的文字“藏”",
            "第1个表第1行第2列 已划去的文字“12”",
            "第1个表第2行第1列 图片",
        ]
    );
    assert_eq!(rows(tables(&document)[0]), ["许可|13", "乙|"]);
}

#[test]
fn a_table_that_wraps_the_page_is_seen_through() {
    let document = read_text(
        "<table width=1000><tr><td>首页</td><td><table><tr><td>导航</td></tr></table></td></tr><tr><td colspan=2><p>一、总体</p>\
         <table><caption>表<br>一</caption><tr><th>规章<th>3<tr><td>文件<td>4</table><p>二、其他</p></td></tr></table>",
    );
    assert_eq!(paragraphs(&document), ["首页", "导航", "一、总体", "表\n一", "二、其他"]);
    assert_eq!(rows(tables(&document)[0]), ["规章|3", "文件|4"]);
    assert!(matches!(&document.blocks[3], Block::Paragraph { style: Style::Caption, .. }));
    assert!(matches!(&document.blocks[4], Block::Table(_)));
}

#[test]
fn a_table_of_one_cell_or_of_long_prose_is_no_table() {
    let prose = "本机关依法公开。".repeat(80);
    for page in [
        format!("<table><tr><td><p>甲</p><p>{prose}</p></td></tr></table>"),
        format!("<table><tr><td>甲</td><td><p>{prose}</p></td></tr></table>"),
        format!("<table role=presentation><tr><td>甲</td></tr><tr><td>{prose}</td></tr></table>"),
    ] {
        assert_eq!(paragraphs(&read_text(&page)), ["甲", &prose]);
    }
}

#[test]
fn small_tables_in_cells_do_not_break_the_outer_one() {
    let row = |label: &str, figure: &str| {
        format!("<tr><td>{label}</td><td><table><tr><td>{figure}</td></tr></table></td><td>0</td></tr>")
    };
    let inner = "<table><tr><td>子</td><td>1</td></tr></table>";
    let page = format!(
        "<table>{}{}{}{}<tr><td>丁{inner}</td><td>7</td><td>8</td></tr></table><p>后</p>",
        row("甲", "3"),
        row("乙", "4"),
        row("丙", "5"),
        row("戊", "6"),
    );
    let document = read_text(&page);
    assert_eq!(rows(tables(&document)[0]), ["甲|3|0", "乙|4|0", "丙|5|0", "戊|6|0", "丁|7|8"]);
    assert_eq!(rows(tables(&document)[1]), ["子|1"]);
    assert_eq!(at(&document, 1, 0, 1).at, At::Cell { table: 2, row: 1, column: 2 });
    assert_eq!(paragraphs(&document), ["后"]);
}

#[test]
fn spans_end_with_their_group_and_width() {
    let document = read_text(
        "<table><thead><tr><td rowspan=0>甲<td>乙<tr><td>丙<tbody><tr><td rowspan=99999999999999999999>丁<td>戊<tr><td>己\
         <tr><td colspan=1000000000>题</table>",
    );
    let table = tables(&document)[0];
    assert_eq!((table.rows(), table.columns()), (5, 3));
    assert_eq!(rows(table), ["甲|乙|", "丙|", "丁|戊|", "己|", "题"]);
    assert_eq!(
        (at(&document, 0, 1, 0).rows, at(&document, 0, 4, 0).rows, at(&document, 0, 4, 1).columns),
        (2, 3, 2)
    );
}

#[test]
fn broken_markup_is_mended_as_browsers_do() {
    let document = read_text("<table>表外<tr><td>甲<td><p>1<p>2</table></td>后<h2>二、<br>公开 </p>x");
    assert_eq!(paragraphs(&document), ["表外", "后", "二、公开", "x"]);
    assert_eq!(rows(tables(&document)[0]), ["甲|1\n2"]);
}

#[test]
fn fields_show_their_values_and_lists_their_choice() {
    let document = read_text(
        "<table><tr><td>许可<td><input value=12><tr><td>单位<td><select><option>元<option selected>万元</select>\
         <input type=hidden value=9></table>",
    );
    assert_eq!(rows(tables(&document)[0]), ["许可|12", "单位|万元"]);
}

#[test]
fn a_package_of_word_is_read() {
    let page = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"=_b\"\n\n--=_b\nContent-Type: text/html; \
        charset=\"utf-8\"\nContent-Transfer-Encoding: quoted-printable\n\n<p class=3DMsoNormal>=E8=A1=8C=\n=E6=94=BF=\n=\n12</p>\n--=_b--\n";
    assert_eq!(paragraphs(&read_text(page)), ["行政12"]);
}

#[test]
fn styles_and_headings_inside_other_elements_are_kept() {
    let document = read_text(
        "<h3><div>（一）</div></h3><div class='x gouji-signoff'><p>某县</p><p>某日</p></div><p>文</p>",
    );
    let seen = plain(&document).0;
    assert_eq!(seen, ["h2 \"（一）\"", "SignOff \"某县\"", "SignOff \"某日\"", "Body \"文\""]);
}
