//! What stands where figures do and can not be read as one.

use super::*;

#[test]
fn an_odd_cell_does_not_hide_its_row() {
    let head = "三、收到和处理政府信息公开申请情况";
    let rows: &[&[&str]] = &[
        &["项目", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"],
        &["一、本年新收政府信息公开申请数量", "约1", "2", "3", "4", "5", "6", "7"],
        &["二、上年结转政府信息公开申请数量", "8", "9", "10", "约11", "12", "13", "14"],
    ];
    let lines = |between: &str| {
        let rows: Vec<String> = rows.iter().map(|row| row.join(between)).collect();
        text(&format!("{head}\n{}", rows.join("\n")))
    };
    let cells = format!("{head}\n\t{}", rows.concat().join("\n\t"));
    let as_table = Document { blocks: vec![heading(head), table(rows)], ..Document::default() };
    for document in [as_table, lines("\t"), lines(" | "), lines("    "), text(&cells)] {
        let import = import(&document);
        assert_eq!(figures(&import, "requests.received"), "约1 2 3 4 5 6 7");
        assert_eq!(figures(&import, "requests.carried_in"), "8 9 10 约11 12 13 14");
        let doubts = messages(&import, NoteKind::Doubtful);
        assert!(doubts.contains("“约1”不是本格可用的数字"), "{doubts}");
        assert!(!doubts.contains("没有数据"), "{doubts}");
        assert_eq!(vanished(&document, &import), Vec::<String>::new());
    }
}

#[test]
fn words_instead_of_the_only_figure_are_kept() {
    let head = "二、主动公开政府信息情况";
    for odd in ["十二", "12%", "约12", "O", "见附件"] {
        let rows: &[&[&str]] = &[
            &["信息内容", "本年处理决定数量"],
            &["行政许可", odd],
            &["信息内容", "本年处理决定数量"],
            &["行政处罚", "3"],
            &["行政强制", odd],
        ];
        let document = Document { blocks: vec![heading(head), table(rows)], ..Document::default() };
        let import = import(&document);
        assert_eq!(figures(&import, "disclosure.licence"), odd);
        assert_eq!(figures(&import, "disclosure.penalty"), "3");
        assert_eq!(figures(&import, "disclosure.coercion"), odd);
        assert_eq!(messages(&import, NoteKind::Doubtful).matches("已照原样填入").count(), 2);
        assert_eq!(messages(&import, NoteKind::LeftOver), "");
    }
}

#[test]
fn figures_with_units_may_be_one_blank_apart() {
    let lines = "二、主动公开政府信息情况\n规章 1件 2件 3件\n行政规范性文件 4件 5件 6件\n行政许可 1.2万件\n\
        三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量 1人 2件 3件 4件 5件 6件 7件";
    let import = import(&text(lines));
    assert_eq!(figures(&import, "disclosure.regulation"), "1 2 3");
    assert_eq!(figures(&import, "disclosure.normative"), "4 5 6");
    assert_eq!(figures(&import, "disclosure.licence"), "12000");
    assert_eq!(figures(&import, "requests.received"), "1 2 3 4 5 6 7");
    let doubts = messages(&import, NoteKind::Doubtful);
    assert!(doubts.contains("“1.2万件”由万件换算为件，填为12000"), "{doubts}");
    assert!(doubts.contains("“1人”的单位与表式不同"), "{doubts}");
    let texts = (0..import.form.texts.len()).map(|at| import.report.text(crate::model::TextId::new(at)));
    assert_eq!(texts.collect::<String>(), "");
}
