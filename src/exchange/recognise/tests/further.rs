//! Columns that the form does not have, and the unit over a table.

use super::*;

#[test]
fn a_column_that_the_form_has_not_is_told_once() {
    let heads =
        ["项目*2", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计", "校验"];
    let document = Document {
        blocks: vec![
            heading("三、收到和处理政府信息公开申请情况"),
            table(&[
                &heads,
                &["一、本年新收政府信息公开申请数量*2", "1", "0", "0", "0", "0", "0", "1", "0"],
                &["二、上年结转政府信息公开申请数量*2", "2", "0", "0", "0", "0", "0", "2", "正确"],
                &["三、本年度办理结果", "（一）予以公开", "3", "0", "0", "0", "0", "0", "3", "8"],
            ]),
        ],
        ..Document::default()
    };
    let import = import(&document);
    assert_eq!(figures(&import, "requests.carried_in"), "2 0 0 0 0 0 2");
    let left = messages(&import, NoteKind::LeftOver);
    assert_eq!(left.lines().count(), 1, "{left}");
    assert!(left.contains("[校验 0 正确 8] 这一列“校验”在表式中没有对应的列，3行的内容没有采用"), "{left}");
    assert_eq!(vanished(&document, &import), Vec::<String>::new());
}

#[test]
fn the_unit_over_a_table_goes_to_the_cover() {
    let rows: [&[&str]; 4] = [
        &["2022年政府信息公开工作年度报告数据统计表*4"],
        &["填报单位：某县财政局（盖章）", "", "", "单位：件"],
        &["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        &["规章", "3", "5", "74"],
    ];
    let document = Document { blocks: vec![table(&rows)], ..Document::default() };
    let import = import(&document);
    let fact = |name: &str| import.report.fact(import.form.fact(name).unwrap().id);
    assert_eq!((fact("unit"), fact("year")), ("某县财政局", "2022"));
    assert_eq!(figures(&import, "disclosure.regulation"), "3 5 74");
    assert_eq!(messages(&import, NoteKind::LeftOver), "");
}

#[test]
fn what_another_sheet_says_is_no_text_of_the_section_before() {
    const TITLE: &str = "某县人民政府2022年政府信息公开工作年度报告";
    let line = |sheet: &str, row, text: &str| Block::Paragraph {
        text: text.to_owned(),
        style: Style::Body,
        at: At::Sheet { sheet: sheet.into(), row, column: 0 },
    };
    let document = Document {
        blocks: vec![
            line("数据", 0, TITLE),
            line("数据", 1, "五、存在的主要问题及改进情况"),
            line("数据", 2, "人手不足。"),
            line("填表说明", 0, "本表由各科室填报。"),
            line("数据（续）", 0, TITLE),
            line("数据（续）", 1, "六、其他需要报告的事项"),
            line("数据（续）", 2, "没有。"),
        ],
        ..Document::default()
    };
    let import = import(&document);
    let text = |section: usize| import.report.text(import.form.sections[section].text.unwrap());
    assert_eq!((text(4), text(5)), ("人手不足。", "没有。"));
    let left = messages(&import, NoteKind::LeftOver);
    assert!(left.contains("[本表由各科室填报。]") && left.lines().count() == 1, "{left}");
    assert!(messages(&import, NoteKind::Matched).contains("又是标题"));
}
