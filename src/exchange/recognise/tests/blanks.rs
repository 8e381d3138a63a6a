//! Cells that are blank, odd or too many: no figure gets into the cell of another.

use super::*;

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
