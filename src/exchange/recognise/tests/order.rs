//! Rows in another order than in the form.

use super::*;

#[test]
fn rows_that_changed_places_keep_their_figures() {
    let rows: [&[&str]; 5] = [
        &["项目*2", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"],
        &["二、上年结转政府信息公开申请数量*2", "5", "0", "0", "0", "0", "0", "5"],
        &["一、本年新收政府信息公开申请数量*2", "1", "2", "0", "0", "0", "0", "3"],
        &["三、本年度办理结果", "（二）部分公开", "4", "0", "0", "0", "0", "0", "4"],
        &["三、本年度办理结果", "（一）予以公开", "7", "0", "0", "0", "0", "0", "7"],
    ];
    let document = Document {
        blocks: vec![heading("三、收到和处理政府信息公开申请情况"), table(&rows)],
        ..Document::default()
    };
    let import = import(&document);
    assert_eq!(figures(&import, "requests.received"), "1 2 0 0 0 0 3");
    assert_eq!(figures(&import, "requests.carried_in"), "5 0 0 0 0 0 5");
    assert_eq!(figures(&import, "requests.granted"), "7 0 0 0 0 0 7");
    assert_eq!(figures(&import, "requests.partial"), "4 0 0 0 0 0 4");
    assert!(messages(&import, NoteKind::Doubtful).contains("次序不同"));
}

#[test]
fn a_row_with_the_label_of_another_is_not_taken_for_its_neighbour() {
    let rows: [&[&str]; 4] = [
        &["项目", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"],
        &["二、上年结转政府信息公开申请数量", "5", "0", "0", "0", "0", "0", "5"],
        &["二、上年结转政府信息公开申请数量", "7", "0", "0", "0", "0", "0", "7"],
        &["（一）予以公开", "3", "0", "0", "0", "0", "0", "3"],
    ];
    let document = Document {
        blocks: vec![heading("三、收到和处理政府信息公开申请情况"), table(&rows)],
        ..Document::default()
    };
    let import = import(&document);
    assert_eq!(figures(&import, "requests.received"), "_ _ _ _ _ _ _");
    assert_eq!(figures(&import, "requests.carried_in"), "7 0 0 0 0 0 7");
    assert_eq!(figures(&import, "requests.granted"), "3 0 0 0 0 0 3");
    assert!(messages(&import, NoteKind::Doubtful).contains("没有采用"));
}
