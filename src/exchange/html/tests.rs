mod hostile;
mod portal;
mod unread;

use proptest::prelude::*;

use super::*;
use crate::exchange::compose::{self, Purpose};
use crate::exchange::document::{Cell, Part, Table, TableBuilder};
use crate::exchange::examples::{self, rows};
use crate::exchange::{At, Block, Document, Limits};
use crate::model::CellId;

/// A document without what a page does not keep: places, and what cells are there for.
fn plain(document: &Document) -> (Vec<String>, Vec<(String, String)>) {
    let blocks = document.blocks.iter().map(|block| match block {
        Block::Heading { level, text, .. } => format!("h{level} {text:?}"),
        Block::Paragraph { text, style, .. } => format!("{style:?} {text:?}"),
        Block::Table(table) => drawn(table),
    });
    (blocks.collect(), document.properties.clone().into_iter().collect())
}

/// All cells of a table with their spans.
fn drawn(table: &Table) -> String {
    let cells = table.cells().iter().map(|cell| {
        let computed = if cell.computed { "=" } else { "" };
        format!("{},{} {}×{} {computed}{:?}", cell.row, cell.column, cell.rows, cell.columns, cell.text)
    });
    format!("{}×{}\n{}", table.rows(), table.columns(), cells.collect::<Vec<_>>().join("\n"))
}

fn read_text(page: &str) -> Document {
    read(page.as_bytes(), &Limits::default()).unwrap()
}

fn paragraphs(document: &Document) -> Vec<&str> {
    let texts = document.blocks.iter().filter_map(|block| match block {
        Block::Paragraph { text, .. } | Block::Heading { text, .. } => Some(text.as_str()),
        Block::Table(_) => None,
    });
    texts.collect()
}

fn tables(document: &Document) -> Vec<&Table> {
    document.tables().collect()
}

fn report(form: &str, purpose: &Purpose) -> Document {
    let typed = [
        ("requests.received.natural", "1,234"),
        ("requests.granted.business", "22（其中\"修订\"16件）"),
        ("text.overview", "（一）主动公开\n全年 <b>公开</b>  5条。\n\n  见'网站'&amp;"),
        ("cover.contact", "电话 123 --> \"<x>\""),
    ];
    compose::page(&examples::report(form, "某县<办公室>&“甲”", &typed), purpose)
}

#[test]
fn a_report_is_read_back_as_it_was_written() {
    for form in ["2019", "2021"] {
        for purpose in [Purpose::Final, Purpose::Draft { mandatory: 3 }, Purpose::Blank] {
            let document = report(form, &purpose);
            assert_eq!(tables(&document).len(), 3);
            let page = write(&document).unwrap();
            let again = read(&page, &Limits::default()).unwrap();
            assert_eq!(plain(&again), plain(&document), "{form} {purpose:?}");
            assert!(again.lost.is_empty(), "{:?}", again.lost);
            assert!(again.properties.len() > 3);
            assert_eq!(write(&document).unwrap(), page, "the same bytes");
        }
    }
}

#[test]
fn a_page_needs_nothing_from_elsewhere_and_runs_nothing() {
    let page = String::from_utf8(write(&report("2021", &Purpose::Final)).unwrap()).unwrap();
    for absent in ["<script", "http:", "https:", " on", "javascript", "url(", "<b>", "<x>"] {
        assert!(!page.split("<body>").last().unwrap().contains(absent) || absent == " on", "{absent}");
    }
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">"));
    assert!(page.contains("<title>某县&lt;办公室&gt;&amp;“甲”"), "{page}");
    assert!(page.contains("size: A4"));
}

/// The table of requests and that of remedies repeat their heads on every sheet; the first has heads between its rows,
/// which must not.
#[test]
fn figures_name_the_heads_they_stand_under() {
    let page = String::from_utf8(write(&report("2021", &Purpose::Final)).unwrap()).unwrap();
    let parts: Vec<&str> = page.split("<table").collect();
    assert_eq!(parts.len(), 4);
    assert!(!parts[1].contains("<thead>") && parts[1].matches("<tbody>").count() == 4, "{}", parts[1]);
    assert!(parts[2].contains("<thead>") && parts[3].contains("<thead>"));
    // （一）予以公开 · 商业企业
    let cell = parts[2].split("<td").find(|cell| cell.contains("修订")).unwrap();
    let named: Vec<&str> =
        cell.split("headers=\"").nth(1).unwrap().split('"').next().unwrap().split(' ').collect();
    let words = named.iter().map(|id| {
        let cell = parts[2].split(&format!("id=\"{id}\"")).nth(1).unwrap();
        cell.split('>').nth(1).unwrap().split('<').next().unwrap()
    });
    let words: Vec<_> = words.collect();
    assert_eq!(words, ["申请人情况", "法人或其他组织", "商业企业", "三、本年度办理结果", "（一）予以公开"]);
    assert!(parts[2].contains("scope=\"rowgroup\"") && parts[2].contains("scope=\"colgroup\""));
}

#[test]
fn items_of_lists_have_the_numbers_that_a_browser_shows() {
    let page = read_text(
        "<ol style='list-style-type: cjk-ideographic'><li><h2>总体情况</h2><p>收到3件。</p>\
         <li><p>主动公开</p><ol><li>规章<li value=7>规范性文件<li style='display:none'>藏<li>2025年</ol></ol>\
         <ol start=3 type=a><li>甲<li><b></b><b>乙</b></ol><ol reversed><li>丙</ol><ul><li>丁</ul>\
         <ol style='list-style:none'><li>戊</ol><ol><li>（一）己<li>1.庚<li>1.5万件<li><li>23<li>十一月</ol>辛",
    );
    assert_eq!(
        paragraphs(&page),
        [
            "一、总体情况",
            "收到3件。",
            "二、主动公开",
            "1.规章",
            "7.规范性文件",
            "8. 2025年",
            "c.甲",
            "d.乙",
            "丙",
            "丁",
            "戊",
            "（一）己",
            "1.庚",
            "3. 1.5万件",
            "23",
            "6.十一月",
            "辛"
        ]
    );
    let table =
        read_text("<table><tr><td><ol><li>属于国家秘密</ol></td><td><ol><li>5</ol></td></tr></table>");
    let Block::Table(table) = &table.blocks[0] else { panic!("no table") };
    let cells: Vec<_> = table.cells().iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(cells, ["1.属于国家秘密", "5"]);
}

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("行政"),
        Just(" "),
        Just("  "),
        Just("\n"),
        Just("&nbsp;"),
        Just("<td>"),
        Just("\""),
        Just("'"),
        Just("12"),
        Just("“x”"),
        Just("</table>"),
        Just("-->"),
        Just("&"),
        Just("\u{202e}"),
        Just("　"),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat().trim_matches('\n').to_owned())
}

fn any_table() -> impl Strategy<Value = Table> {
    let cell = (0..6_usize, 0..6_usize, 1..4_usize, 1..4_usize, any_text(), 0..4_u8, any::<bool>());
    prop::collection::vec(cell, 1..12).prop_filter_map("a cell", |cells| {
        let mut builder = TableBuilder::new(10, 200);
        for (row, column, rows, columns, text, part, computed) in cells {
            let part = match part {
                0 => Part::Head,
                1 => Part::Label,
                2 => Part::Figure(CellId::new(row)),
                _ => Part::Unknown,
            };
            let text = if text.trim().is_empty() { String::new() } else { text };
            builder.place(Cell { text, row, column, rows, columns, part, computed, ..Cell::default() });
        }
        builder.build()
    })
}

fn any_block() -> impl Strategy<Value = Block> {
    let style = prop_oneof![
        Just(Style::Body),
        Just(Style::Caption),
        Just(Style::SignOff),
        Just(Style::Placeholder),
        Just(Style::Banner),
    ];
    let words = || any_text().prop_filter("words", |text| !text.trim().is_empty());
    let line = words().prop_map(|text| text.replace('\n', "").trim_matches(' ').to_owned());
    prop_oneof![
        (0..6_u8, line).prop_map(|(level, text)| Block::Heading { level, text, at: At::Unknown }),
        (words(), style).prop_map(|(text, style)| Block::Paragraph { text, style, at: At::Unknown }),
        any_table().prop_map(Block::Table),
    ]
}

proptest! {
    #[test]
    fn whatever_is_written_is_read_back(
        blocks in prop::collection::vec(any_block(), 0..6),
        value in any_text(),
    ) {
        let properties = [("gouji.cover.unit".to_owned(), value)].into();
        let document = Document { blocks, properties, ..Document::default() };
        let page = write(&document).unwrap();
        let again = read(&page, &Limits::default()).unwrap();
        prop_assert_eq!(plain(&again), plain(&document), "{}", String::from_utf8_lossy(&page));
    }
}
