use std::sync::Arc;

use super::*;
use crate::exchange::document::{Part, Table};
use crate::exchange::examples::{self, put};
use crate::model::{Edit, Figure, Place};

fn session(form: &str) -> Session {
    examples::report(form, "某县人民政府办公室", &[])
}

/// Spans of every head and label as `text rows×columns`, row by row.
fn spans(table: &Table, rows: std::ops::Range<usize>) -> Vec<String> {
    rows.map(|row| {
        let cells = table.row(row).filter(|cell| !matches!(cell.part, Part::Figure(_)));
        let named = cells.map(|cell| {
            let text: String = cell.text.chars().take(6).collect();
            format!("{text} {}×{}", cell.rows, cell.columns)
        });
        named.collect::<Vec<_>>().join(" | ")
    })
    .collect()
}

/// The spans of the official template, read from its file.
#[test]
fn tables_have_the_spans_of_the_official_template() {
    let page = page(&session("2021"), &Purpose::Blank);
    let tables: Vec<&Table> = page.tables().collect();
    assert_eq!(tables.len(), 3);
    assert_eq!((tables[0].rows(), tables[0].columns()), (14, 4));
    assert_eq!(
        spans(tables[0], 0..7),
        [
            "第二十条第（ 1×4",
            "信息内容 1×1 | 本年制发件数 1×1 | 本年废止件数 1×1 | 现行有效件数 1×1",
            "规章 1×1",
            "行政规范性文 1×1",
            "第二十条第（ 1×4",
            "信息内容 1×1 | 本年处理决定 1×3",
            "行政许可 1×1",
        ]
    );
    assert_eq!((tables[1].rows(), tables[1].columns()), (28, 10));
    assert_eq!(
        spans(tables[1], 0..8),
        [
            "（本列数据的 3×3 | 申请人情况 1×7",
            "自然人 2×1 | 法人或其他组 1×5 | 总计 2×1",
            "商业企业 1×1 | 科研机构 1×1 | 社会公益组织 1×1 | 法律服务机构 1×1 | 其他 1×1",
            "一、本年新收 1×3",
            "二、上年结转 1×3",
            "三、本年度办 22×1 | （一）予以公 1×2",
            "（二）部分公 1×2",
            "（三）不予公 8×1 | 1.属于国家 1×1",
        ]
    );
    assert_eq!((tables[2].rows(), tables[2].columns()), (4, 15));
    assert_eq!(
        spans(tables[2], 0..2),
        [
            "行政复议 1×5 | 行政诉讼 1×10",
            "结果维持 2×1 | 结果纠正 2×1 | 其他结果 2×1 | 尚未审结 2×1 | 总计 2×1 | 未经复议直接 1×5 | 复议后起诉 1×5"
        ]
    );
}

#[test]
fn narrow_blocks_are_as_wide_as_the_table() {
    let page = page(&session("2019"), &Purpose::Blank);
    let fees = spans(page.tables().next().unwrap(), 13..15);
    assert_eq!(fees, ["信息内容 1×1 | 上一年项目数 1×1 | 本年增/减 1×2", "行政事业性收 1×1"]);
}

#[test]
fn every_cell_of_the_form_is_printed_once() {
    for form in ["2019", "2021"] {
        let session = session(form);
        let page = page(&session, &Purpose::Final);
        let mut printed: Vec<_> = page
            .tables()
            .flat_map(Table::cells)
            .filter_map(|cell| match cell.part {
                Part::Figure(id) => Some(id),
                _ => None,
            })
            .collect();
        printed.sort_unstable_by_key(|id| id.index());
        assert_eq!(printed, session.form().all_cells().collect::<Vec<_>>(), "{form}");
    }
}

#[test]
fn totals_are_printed_as_stated_or_else_as_computed() {
    let mut session = session("2021");
    put(&mut session, "requests.received.natural", "3");
    let total = session.form().place("requests.received.total").unwrap();
    let Place::Cell(id) = total else { panic!("a cell") };
    assert_eq!(table::shown(&session, id), ("3".to_owned(), true));
    session.apply(&Edit::Stated { cell: id, to: Figure::Number(4) }, None).unwrap();
    assert_eq!(table::shown(&session, id), ("4".to_owned(), false));
}

#[test]
fn the_page_reads_in_the_order_of_the_form() {
    let mut session = session("2021");
    put(
        &mut session,
        "text.overview",
        "全年新收{{requests.received.total}}件。\n（一）主动公开\n（二）依申请公开。有序办理。",
    );
    put(&mut session, "requests.received.natural", "3");
    put(&mut session, "cover.signed", "2026-01-20");
    put(&mut session, "cover.contact", "县政府大院1号楼");
    let page = page(&session, &Purpose::Draft { mandatory: 7 });
    let lines: Vec<String> = page
        .blocks
        .iter()
        .map(|block| match block {
            Block::Heading { level, text, .. } => format!("{level} {text}"),
            Block::Paragraph { text, style, .. } => format!("{style:?} {text}"),
            Block::Table(table) => format!("Table {}", table.columns()),
        })
        .collect();
    assert_eq!(
        lines,
        [
            "Banner 草稿，尚有7处强制性问题，不作为正式报告",
            "0 某县人民政府办公室2025年政府信息公开工作年度报告",
            "Body 本报告由某县人民政府办公室按照《中华人民共和国政府信息公开条例》和统一规定的年度报告格式编制。报告所列数据的统计期限自2025年1月1日起，至2025年12月31日止。对报告内容有疑问的，请与本单位联系：县政府大院1号楼。",
            "1 一、总体情况",
            "Body 全年新收3件。",
            "2 （一）主动公开",
            "Body （二）依申请公开。有序办理。",
            "1 二、主动公开政府信息情况",
            "Table 4",
            "1 三、收到和处理政府信息公开申请情况",
            "Table 10",
            "1 四、政府信息公开行政复议、行政诉讼情况",
            "Table 15",
            "1 五、存在的主要问题及改进情况",
            "1 六、其他需要报告的事项",
            "SignOff 某县人民政府办公室",
            "SignOff 2026年1月20日",
        ]
    );
    assert_eq!(page.properties.get("gouji.cover.signed").map(String::as_str), Some("2026-01-20"));
}

#[test]
fn a_blank_form_says_what_to_write_where() {
    let blank = Session::new_report(Arc::clone(session("2021").form()), "", 2025);
    let page = page(&blank, &Purpose::Blank);
    let text = format!("{:?}", page.blocks);
    assert!(text.contains("〔编制单位〕2025年政府信息公开工作年度报告"), "{text}");
    assert_eq!(text.matches("Placeholder").count(), blank.form().texts.len());
}

#[test]
fn the_long_table_has_a_row_for_everything() {
    let mut session = session("2021");
    put(&mut session, "text.other", "收费{{disclosure.fees.amount}}万元。\n无。");
    put(&mut session, "disclosure.fees.amount", "77.5");
    let long = by_path(&session, &Purpose::Final);
    let table = long.tables().next().unwrap();
    let form = session.form();
    let with_text = form.sections.iter().filter(|section| section.text.is_some()).count();
    assert_eq!(table.rows(), 1 + form.facts.len() + form.slots.len() + with_text);
    let row = |path: &str| {
        let found = (0..table.rows()).find(|row| table.cell(*row, 0).is_some_and(|cell| cell.text == path));
        table.row(found.unwrap()).map(|cell| cell.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(row("disclosure.fees.amount")[2], "77.5");
    assert_eq!(row("text.other")[2], "收费{{disclosure.fees.amount}}万元。\n无。", "原样");
    assert_eq!(row("cover.year")[2], "2025");
}
