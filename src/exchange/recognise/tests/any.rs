//! Documents of any content and size: nothing of them vanishes, and the large ones come to an end.

use std::fmt::Write;

use proptest::prelude::*;

use super::*;

#[test]
fn a_huge_document_comes_to_an_end() {
    let mut lines = String::from("二、主动公开政府信息情况\n");
    for number in 0..40_000 {
        writeln!(lines, "规章 {number}\t0\t0\t{number}").unwrap();
    }
    lines.push_str(&"长".repeat(2_000_000));
    let document = text(&lines);
    let import = import(&document);
    assert!(!import.notes.is_empty());
}

#[test]
fn a_huge_table_comes_to_an_end() {
    let labels: Vec<String> = (0..400).map(|number| format!("结果维持其他{}", number % 7)).collect();
    let mut builder = TableBuilder::new(512, 200_000);
    for row in 0..400 {
        builder.next_row();
        for (column, label) in labels.iter().enumerate() {
            let text = if row % 40 == 0 && column > 0 { "0".to_owned() } else { label.clone() };
            builder.push(Cell { text, ..Cell::default() });
        }
    }
    let blocks =
        vec![heading("四、政府信息公开行政复议、行政诉讼情况"), Block::Table(builder.build().unwrap())];
    let import = import(&Document { blocks, ..Document::default() });
    assert!(import.notes.iter().any(|note| note.kind == NoteKind::LeftOver));
}

fn any_line() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "规章",
        "行政许可",
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "信息内容",
        "本年制发件数",
        "（一）予以公开",
        "（六）其他处理",
        "（七）总计",
        "3.其他",
        "其他",
        "总计",
        "四、结转下年度继续办理",
        "结果维持",
        "行政复议",
        "全年工作平稳，群众满意。",
        "2023年",
        "某某局",
        "统计期限自2023年1月1日至12月31日",
        "0",
        "7",
        "12",
        "/",
        "无",
        "减4",
        "22（其中修订16件）",
        "5万元",
        "- 3 -",
        "|---|",
        "[略]",
        "2024年1月5日",
        "六、其他需要报告的事项：无",
        "",
    ]);
    let separator = prop::sample::select(vec!["\t", " | ", "   ", " ", "|", "\n"]);
    prop::collection::vec((words, separator), 0..9)
        .prop_map(|parts| parts.into_iter().flat_map(|(word, separator)| [word, separator]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn nothing_vanishes(lines in prop::collection::vec(any_line(), 1..40), as_table in any::<bool>()) {
        let mut document = text(&lines.join("\n"));
        if as_table {
            let rows: Vec<Vec<&str>> = lines.iter().map(|line| line.split('\t').collect()).collect();
            let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
            document.blocks.push(table(&rows));
        }
        if let Ok(import) = recognise(&document, &Catalogue::default(), None) {
            prop_assert_eq!(vanished(&document, &import), Vec::<String>::new());
            let mut report = Report::new(import.form.shape());
            report.apply(&import.edit).unwrap();
            prop_assert_eq!(report, import.report);
        }
    }
}
