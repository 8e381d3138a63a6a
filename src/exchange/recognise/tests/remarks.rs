//! Columns and rows in which offices remark something, and what stands alone in the rows of a table.

use super::*;

fn note<'i>(import: &'i Import, path: &str) -> &'i str {
    import.report.note(cell(import, path))
}

fn text<'i>(import: &'i Import, section: &str) -> &'i str {
    let section = import.form.sections.iter().find(|known| known.number == section).unwrap();
    import.report.text(section.text.unwrap())
}

/// Table two of the form of 2021 with a column of remarks: blocks with heads of their own.
fn disclosed() -> Block {
    table(&[
        &["第二十条第（一）项*5"],
        &["信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "备注"],
        &["规章", "3", "5", "74", "含政府令"],
        &["行政规范性文件", "", "", "", "年内机构改革，数据移交"],
        &["第二十条第（五）项*5"],
        &["信息内容", "本年处理决定数量*3", "备注"],
        &["行政许可", "11（其中延续2件）*3", "3"],
        &["第二十条第（六）项*5"],
        &["信息内容", "本年处理决定数量*3", "备注"],
        &["行政处罚", "7*3", ""],
        &["行政强制", "8*3", "/"],
    ])
}

#[test]
fn a_column_of_remarks_becomes_notes_of_cells() {
    let document = Document {
        blocks: vec![heading("二、主动公开政府信息情况"), disclosed()],
        ..Document::default()
    };
    let import = import(&document);
    assert_eq!(figures(&import, "disclosure.regulation"), "3 5 74");
    assert_eq!(figures(&import, "disclosure.normative"), "_ _ _");
    assert_eq!(figures(&import, "disclosure.licence"), "11");
    assert_eq!(figures(&import, "disclosure.penalty"), "7");
    assert_eq!(note(&import, "disclosure.regulation.issued"), "含政府令");
    assert_eq!(note(&import, "disclosure.normative.issued"), "年内机构改革，数据移交");
    assert_eq!(note(&import, "disclosure.licence.decisions"), "其中延续2件；3");
    assert_eq!(import.report.notes().count(), 3, "blank ones and signs for nothing say nothing");
    let matched = messages(&import, NoteKind::Matched);
    assert!(matched.contains("[含政府令] 备注“含政府令”存为“"), "{matched}");
    assert_eq!(matched.matches("的附注").count(), 3, "{matched}");
    assert_eq!(messages(&import, NoteKind::LeftOver), "");
    assert_eq!(vanished(&document, &import), Vec::<String>::new());
}

#[test]
fn beside_a_total_the_remark_is_of_the_total() {
    let heads =
        ["项目*2", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计", "说明"];
    let document = Document {
        blocks: vec![
            heading("三、收到和处理政府信息公开申请情况"),
            table(&[
                &heads,
                &["一、本年新收政府信息公开申请数量*2", "1", "0", "0", "0", "0", "0", "1", "网上申请"],
                &["二、上年结转政府信息公开申请数量*2", "", "", "", "", "", "", "", "无"],
                &["三、本年度办理结果", "（一）予以公开", "1", "0", "0", "0", "0", "0", "1", ""],
                &["备注：以上数据由各科室提供*10"],
            ]),
        ],
        ..Document::default()
    };
    let import = import(&document);
    assert_eq!(figures(&import, "requests.received"), "1 0 0 0 0 0 1");
    assert_eq!(figures(&import, "requests.granted"), "1 0 0 0 0 0 1");
    assert_eq!(note(&import, "requests.received.total"), "网上申请");
    assert_eq!(import.report.notes().count(), 1);
    assert_eq!(text(&import, "三"), "备注：以上数据由各科室提供");
    assert_eq!(vanished(&document, &import), Vec::<String>::new());
}

#[test]
fn what_stands_alone_in_a_row_may_be_a_heading() {
    let document = Document {
        blocks: vec![table(&[
            &["某县人民政府2022年政府信息公开工作年度报告", "", "", ""],
            &["二、主动公开政府信息情况", "", "", ""],
            &["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
            &["规章", "3", "5", "74"],
            &["行政规范性文件", "1", "2", "3"],
            &["备注：含乡镇", "", "", ""],
            &["五、存在的主要问题及改进情况", "", "", ""],
            &["（一）问题", "", "", ""],
            &["人手不足", "", "", ""],
        ])],
        ..Document::default()
    };
    let import = import(&document);
    assert_eq!(figures(&import, "disclosure.regulation"), "3 5 74");
    assert_eq!(text(&import, "二"), "备注：含乡镇");
    assert_eq!(text(&import, "五"), "（一）问题\n人手不足");
    assert_eq!(messages(&import, NoteKind::LeftOver), "");
    assert_eq!(vanished(&document, &import), Vec::<String>::new());
}
