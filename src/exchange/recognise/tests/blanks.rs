//! Cells that are blank, odd or too many: no figure gets into the cell of another.

use super::*;

const HEADS: [&str; 10] =
    ["项目", "", "", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"];

/// The third table as a program for sheets gives it, without its merged cells and with these figures in its rows.
fn unmerged(heads: &[&str], rows: &[(&[&str], &[&str])]) -> [Document; 3] {
    let mut lines: Vec<Vec<&str>> = vec![heads.to_vec()];
    for (labels, figures) in rows {
        let mut row = labels.to_vec();
        row.resize(3, "");
        row.extend(*figures);
        lines.push(row);
    }
    let lines_with = |bar: &str| lines.iter().map(|line| line.join(bar)).collect::<Vec<_>>().join("\n");
    let head = "三、收到和处理政府信息公开申请情况\n";
    let slices: Vec<&[&str]> = lines.iter().map(Vec::as_slice).collect();
    let table = Document { blocks: vec![heading(head.trim()), table(&slices)], ..Document::default() };
    [table, text(&format!("{head}{}", lines_with("\t"))), text(&format!("{head}{}", lines_with(" | ")))]
}

#[test]
fn blank_cells_of_labels_are_no_figures() {
    let rows: [(&[&str], &[&str]); 5] = [
        (&["一、本年新收政府信息公开申请数量"], &["1", "2", "3", "4", "5", "6", ""]),
        (&["二、上年结转政府信息公开申请数量"], &["", "7", "", "8", "9", "10", ""]),
        (&["三、本年度办理结果", "（一）予以公开"], &["11", "12", "13", "14", "15", "16", ""]),
        (&["", "（二）部分公开"], &["17", "", "", "", "", "18", ""]),
        (&["", "（三）不予公开", "1.属于国家秘密"], &["19", "20", "21", "22", "23", "24", ""]),
    ];
    let nameless = ["项目", "", "", "自然人", "甲", "乙", "丙", "丁", "戊", "己"];
    for heads in [&HEADS, &nameless] {
        let [table, tabs, bars] = unmerged(heads, &rows);
        for document in [table, tabs] {
            let import = import(&document);
            assert_eq!(figures(&import, "requests.received"), "1 2 3 4 5 6 _");
            assert_eq!(figures(&import, "requests.carried_in"), "_ 7 _ 8 9 10 _");
            assert_eq!(figures(&import, "requests.granted"), "11 12 13 14 15 16 _");
            assert_eq!(figures(&import, "requests.partial"), "17 _ _ _ _ 18 _");
            assert_eq!(figures(&import, "requests.denied_state_secret"), "19 20 21 22 23 24 _");
        }
        // A bar at the end may close a row or be in front of a blank cell.
        let import = import(&bars);
        for row in ["received", "carried_in", "granted", "partial", "denied_state_secret"] {
            assert_eq!(figures(&import, &format!("requests.{row}")), "_ _ _ _ _ _ _");
        }
    }
    let full: Vec<(&[&str], &[&str])> =
        rows.iter().map(|(labels, _)| (*labels, &["1", "", "2", "3", "4", "5", "6"][..])).collect();
    for document in unmerged(&HEADS, &full) {
        let import = import(&document);
        for row in ["received", "carried_in", "granted", "partial", "denied_state_secret"] {
            assert_eq!(figures(&import, &format!("requests.{row}")), "1 _ 2 3 4 5 6");
        }
    }
}

#[test]
fn rows_of_text_may_have_no_cells_for_merged_ones() {
    let lines = "三、收到和处理政府信息公开申请情况\n自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计\n\
        一、本年新收政府信息公开申请数量\t1\t2\t\t\t3\t4\t5\n三、本年度办理结果\t（一）予以公开\t6\t\t7\t\t8\t9\t10\n\
        （二）部分公开\t\t11\t12\t\t13\t14\t15";
    let import = import(&text(lines));
    assert_eq!(figures(&import, "requests.received"), "1 2 _ _ 3 4 5");
    assert_eq!(figures(&import, "requests.granted"), "6 _ 7 _ 8 9 10");
    assert_eq!(figures(&import, "requests.partial"), "_ 11 12 _ 13 14 15");
}

#[test]
fn a_blank_label_does_not_stand_for_a_column_that_is_missing() {
    let heads = [&HEADS[..4], &HEADS[5..]].concat();
    let rows: [(&[&str], &[&str]); 3] = [
        (&["三、本年度办理结果", "（一）予以公开"], &["1", "2", "3", "4", "5", "6"]),
        (&["", "（二）部分公开"], &["7", "8", "9", "10", "11", "12"]),
        (&["", "（三）不予公开", "1.属于国家秘密"], &["13", "14", "15", "16", "17", "18"]),
    ];
    let [_, tabs, bars] = unmerged(&heads, &rows);
    for document in [tabs, bars] {
        let import = import(&document);
        assert_eq!(figures(&import, "requests.granted"), "_ _ _ _ _ _ _");
        assert_eq!(figures(&import, "requests.partial"), "_ _ _ _ _ _ _");
        assert!(messages(&import, NoteKind::Doubtful).contains("应有7格，文件中有6个数"));
    }
}

#[test]
fn a_blank_that_may_be_a_label_or_a_figure_is_not_guessed() {
    // Neither a head nor another row tells whether the first blank is one of the figures.
    let lines = "三、收到和处理政府信息公开申请情况\n（七）总计\t\t1\t2\t3\t4\t5\t6\n";
    let import = import(&text(lines));
    assert_eq!(figures(&import, "requests.outcome_total"), "_ _ _ _ _ _ _");
    assert!(messages(&import, NoteKind::Doubtful).contains("看不出各在哪一格"));
}

#[test]
fn a_figure_too_many_does_not_make_a_row_another_block() {
    let title = "二、主动公开政府信息情况";
    let rows: &[&[&str]] = &[
        &["信息内容", "本年处理决定数量*2"],
        &["行政许可", "60006", "2143"],
        &["信息内容", "本年处理决定数量*2"],
        &["行政处罚", "2153*2"],
        &["行政强制", "2160*2"],
    ];
    let document = Document { blocks: vec![heading(title), table(rows)], ..Document::default() };
    let lines = "信息内容    本年处理决定数量\n行政许可    60006    2143\n信息内容    本年处理决定数量\n行政处罚    2153\n行政强制    2160";
    for document in [
        document,
        text(&format!("{title}\n{lines}")),
        text(&format!("{title}\n{}", lines.replace("    ", "\t"))),
    ] {
        let import = import(&document);
        let shown =
            ["licence", "penalty", "coercion"].map(|row| figures(&import, &format!("disclosure.{row}")));
        assert_eq!(shown, ["_", "2153", "2160"], "{}", messages(&import, NoteKind::Matched));
        let doubts = messages(&import, NoteKind::Doubtful);
        assert!(doubts.contains("“行政许可”应有1格，文件中有2个数"), "{doubts}");
    }
    let wide = format!("{title}\n规章\t1\t2\t3\t4\t5\t6\n行政规范性文件\t7\t8\t9\t10\t11\t12");
    let import = import(&text(&wide));
    assert_eq!(figures(&import, "disclosure.regulation"), "_ _ _");
    assert_eq!(figures(&import, "disclosure.normative"), "_ _ _");
}

#[test]
fn a_blank_behind_the_figure_of_a_row_is_not_the_next_row() {
    let lines = "二、主动公开政府信息情况\n信息内容 | 本年处理决定数量 |  | \n行政处罚 | 2153 |  | \n行政强制 | 2160 |  | ";
    let import = import(&text(lines));
    assert_eq!(figures(&import, "disclosure.penalty"), "2153");
    assert_eq!(figures(&import, "disclosure.coercion"), "2160");
    assert_eq!(messages(&import, NoteKind::LeftOver), "");
}

#[test]
fn rows_side_by_side_are_told_by_their_labels() {
    let title = "二、主动公开政府信息情况";
    let import_of = |lines: &str| import(&text(&format!("{title}\n{lines}")));
    let beside = import_of("本年处理决定数量\n行政处罚\t行政强制\n5\t6");
    assert_eq!(figures(&beside, "disclosure.penalty"), "5");
    assert_eq!(figures(&beside, "disclosure.coercion"), "6");
    // Whose figures come first, those of a row or those of a column?
    let both = import_of("\t规章\n\t行政规范性文件\n\t1\n\t2\n\t3\n\t4\n\t5\n\t6");
    assert_eq!(figures(&both, "disclosure.regulation"), "_ _ _");
}

#[test]
fn heads_over_figures_without_labels_are_no_rows() {
    let lines = "二、主动公开政府信息情况\n上一年项目数量    本年增/减\n2230    2234\n\
        三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量    1    2    3    4    5    6    7";
    let below = lines.replace("目数量    ", "目数量\n").replace("2230    ", "2230\n");
    for lines in [lines.to_owned(), below] {
        let import = recognise(&text(&lines), &Catalogue::default(), Some("2019")).unwrap();
        assert_eq!(figures(&import, "disclosure.licence"), "_ _ _");
        assert!(messages(&import, NoteKind::LeftOver).contains("2234"));
    }
}
