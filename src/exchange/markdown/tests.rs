use super::*;
use crate::exchange::compose::{self, Purpose};
use crate::exchange::document::{Style, Table};
use crate::exchange::examples::{self, rows};
use crate::exchange::{At, Block, Document, ImportError, Limits};

fn read_text(text: &str) -> Document {
    read(text.as_bytes(), &Limits::default()).unwrap()
}

fn report() -> Document {
    let typed = [
        ("requests.received.natural", "12"),
        ("requests.granted.natural", "22|其中*修订*16件"),
        ("remedies.litigation_after.pending", "3"),
        ("disclosure.licence.decisions", "5"),
        ("text.overview", "1. 主动公开。\n\n  - 见[网站](x)<br>\n| 甲 | 乙 |\n# 号\n==="),
        ("cover.contact", "电话 123 --> \"<x>\""),
    ];
    compose::page(&examples::report("2021", "某县_办公室_", &typed), &Purpose::Draft { mandatory: 2 })
}

#[test]
fn all_words_survive_and_heads_of_groups_repeat() {
    let document = report();
    let text = String::from_utf8(write(&document).unwrap()).unwrap();
    let again = read_text(&text);
    assert_eq!(again.properties, document.properties);
    assert_eq!(again.blocks.len(), document.blocks.len(), "{text}");
    for (one, other) in document.blocks.iter().zip(&again.blocks) {
        match (one, other) {
            (Block::Heading { level, text, .. }, Block::Heading { level: again, text: words, .. }) => {
                assert_eq!((level, text), (again, words));
            }
            (Block::Paragraph { text, .. }, Block::Paragraph { text: words, .. }) => assert_eq!(text, words),
            (Block::Table(table), Block::Table(again)) => {
                assert_eq!((table.rows(), table.columns()), (again.rows(), again.columns()));
                for cell in table.cells() {
                    assert_eq!(cell.text, again.cell(cell.row, cell.column).unwrap().text);
                }
            }
            pair => panic!("{pair:?}"),
        }
    }
    let tables: Vec<&Table> = again.tables().collect();
    assert_eq!(
        rows(tables[1])[1],
        "|||自然人|法人或其他组织|法人或其他组织|法人或其他组织|法人或其他组织|法人或其他组织|总计"
    );
    assert_eq!(
        rows(tables[0])[4..7],
        ["第二十条第（五）项|||", "信息内容|本年处理决定数量||", "行政许可|5||"]
    );
    assert_eq!(rows(tables[2])[0].matches("行政诉讼").count(), 10);
    assert_eq!(rows(tables[2])[2].matches("总计").count(), 2);
}

#[test]
fn tables_of_one_row_keep_it() {
    let document = read_text(
        "## 表二\n| 信息内容 | 制发 |\n|---|---|\n## 表二\n| 规章 | 22 | 235 |\n|---|---|---|\n\n注\n| 公开 | 206 |\n|:--|--:|\n\
         | 部分 | 2 |  |\n| 0 | 0 |\n|---|---|\n| 不再 | 40\n后文\n甲 | 乙\n--|--\n1 | 2\n",
    );
    let tables: Vec<&Table> = document.tables().collect();
    let all: Vec<_> = tables.iter().map(|table| rows(table).join("/")).collect();
    assert_eq!(all, ["信息内容|制发", "规章|22|235", "公开|206|/部分|2|", "0|0/不再|40", "甲|乙/1|2"]);
    assert_eq!(tables[2].cell(1, 1).unwrap().at, At::Cell { table: 3, row: 2, column: 2 });
    let lines: Vec<_> = document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading { level, text, at } => Some(format!("{at} h{level} {text}")),
            Block::Paragraph { text, at, .. } => Some(format!("{at} {text}")),
            Block::Table(_) => None,
        })
        .collect();
    assert_eq!(lines, ["第1行 h1 表二", "第4行 h1 表二", "第8行 注", "第15行 后文"]);
}

#[test]
fn lines_are_paragraphs_and_marks_are_taken_off() {
    let document = read_text(
        "年报\n===\n**一、总体情况**\n\n> 第一\\_段&amp;\n---\n- ![图](a.png)5 件\n```\n1. 甲\n#号 # \n",
    );
    let blocks: Vec<_> = document.blocks.iter().map(|block| format!("{block:?}")).collect();
    let words = [
        "level: 0, text: \"年报\"",
        "\"一、总体情况\"",
        "\"第一_段&\"",
        "\"5 件\"",
        "\"1. 甲\"",
        "\"#号 #\"",
    ];
    assert_eq!(blocks.len(), words.len(), "{blocks:#?}");
    for (block, words) in blocks.iter().zip(words) {
        assert!(block.contains(words), "{block} {words}");
    }
    assert_eq!(document.lost[0].what, "图片“图”");
}

#[test]
fn tables_in_html_are_read_in_their_place() {
    let document = read_text(
        "| a | b |\n|---|---|\n<table><tr><td rowspan=2>甲</td><td>1</td></tr>\n<tr><td>2</td></tr></table>\n后",
    );
    let tables: Vec<&Table> = document.tables().collect();
    assert_eq!(rows(tables[1]), ["甲|1", "2"]);
    assert_eq!(tables[1].cell(1, 1).unwrap().at, At::Cell { table: 2, row: 2, column: 2 });
    assert_eq!(document.blocks.len(), 3);
}

fn drawn(document: &Document) -> Vec<String> {
    let block = |block: &Block| match block {
        Block::Heading { text, at, .. } | Block::Paragraph { text, at, .. } => format!("{at} {text}"),
        Block::Table(table) => rows(table).join("/"),
    };
    document.blocks.iter().map(block).collect()
}

fn lost(document: &Document) -> Vec<String> {
    document.lost.iter().map(|lost| format!("{} {}", lost.at, lost.what)).collect()
}

#[test]
fn comments_are_said_and_not_read() {
    let document = read_text(
        "前<!-- 一 -->后\n<!--\n第二\n-->\n文 \\<!-- 不是 -->\n<!-- -->\n<!-- gouji.form \"2021\" -->\n<!-- 未完\n尾",
    );
    assert_eq!(drawn(&document), ["第1行 前后", "第5行 文 <!-- 不是 -->", "第8行 <!-- 未完", "第9行 尾"]);
    assert_eq!(lost(&document), ["第1行 注释“一”", "第2行 注释“第二”"]);
    assert_eq!(document.properties["gouji.form"], "2021");
    let many = read_text(&"<!-- 注 -->\n".repeat(200));
    assert_eq!((many.lost.len(), many.lost[100].what.as_str()), (101, "另有100处注释"));
}

#[test]
fn elements_in_lines_and_cells_show_as_on_a_web_page() {
    let document = read_text(
        "<p align=\"center\">全县<b>加*粗*</b></p>\n<div>\n少于<5件 <某局>\n</div>\n前<div><table><tr><td>甲</td><td>1</td></tr>\n\
         </table></div>\n\\<b> \\<table>\n\n| 公开 | 82<sup>1</sup> | 9<sub>a</sub> |\n|---|---|---|\n\
         | 不予 | <span style=\"display:none\">9</span>82 | <b>1</b>\\|<del>3</del> |\n| 其他 | *8*~~1~~ | &#56;2&emsp; |\n",
    );
    assert_eq!(
        drawn(&document),
        [
            "第1行 全县加粗",
            "第3行 少于<5件 <某局>",
            "第5行 前",
            "甲|1",
            "第7行 <b> <table>",
            "公开|82[1]|9a/不予|82|1|/其他|8|82 ",
        ]
    );
    assert_eq!(
        lost(&document),
        [
            "第2个表第2行第2列 隐藏的文字“9”",
            "第2个表第2行第3列 已划去的文字“3”",
            "第2个表第3行第2列 已划去的文字“1”"
        ]
    );
}

#[test]
fn blanks_in_front_of_a_paragraph_come_back() {
    let at = At::Unknown;
    let block = |text: &str| Block::Paragraph { text: text.to_owned(), style: Style::Body, at: at.clone() };
    let document = Document {
        blocks: vec![block("　　全年"), block("  半角"), block("- 项")],
        ..Document::default()
    };
    let again = read(&write(&document).unwrap(), &Limits::default()).unwrap();
    assert_eq!(drawn(&again), ["第1行 　　全年", "第3行   半角", "第5行 - 项"]);
    assert_eq!(drawn(&read_text(" 　# 号 \n　　- 项\n　\n\t文\t")), ["第1行 号", "第2行 项", "第4行 文"]);
}

#[test]
fn it_is_bounded() {
    let limits = Limits { cells: 2_000, blocks: 1_000, text: 1 << 20, file: 2 << 20, ..Limits::default() };
    let refused = |text: &str| match read(text.as_bytes(), &limits) {
        Err(error @ ImportError::TooMuch { .. }) => error.to_string(),
        other => panic!("{:?}", other.map(|document| document.blocks.len())),
    };
    assert!(refused(&"a".repeat(3 << 20)).starts_with("文件长度"));
    assert!(refused(&"a".repeat((1 << 20) + 1)).starts_with("文字"));
    assert!(refused(&"甲\n".repeat(1_001)).starts_with("段落和表格的数量"));
    assert!(refused(&"|".repeat(600)).starts_with("表格的列数"));
    assert!(refused(&format!("{}|{}", "|1|\n".repeat(500), "1|".repeat(500))).starts_with("表格的格数"));
    assert!(refused(&"<table><tr><td>甲<td>乙</table>\n".repeat(1_001)).starts_with("表格的格数"));
    let links = read_text(&"[".repeat(100_000));
    assert_eq!(links.blocks.len(), 1);
    let tags = read("<b>甲\n".repeat(20_001).as_bytes(), &Limits::default()).unwrap_err().to_string();
    assert!(tags.starts_with("带网页标签的段落和格"), "{tags}");
    // Deep elements are refused, not followed.
    assert!(refused(&"<b><div>".repeat(400)).starts_with("嵌套层数"));
}
