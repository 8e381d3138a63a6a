//! Columns whose heads name others, stand twice, or are of another year.

use super::*;

const HEADS: [&str; 7] = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"];

fn in_section(section: &str, rows: &[&[&str]]) -> Import {
    import(&Document { blocks: vec![heading(section), table(rows)], ..Document::default() })
}

#[test]
fn figures_do_not_go_by_their_order_where_a_head_names_another_column() {
    let document = |rows: &[&[&str]]| Document {
        blocks: vec![heading("二、主动公开政府信息情况"), table(rows)],
        ..Document::default()
    };
    let form = |document: &Document| recognise(document, &Catalogue::default(), Some("2019")).unwrap();
    let rows: &[&[&str]] = &[&["信息内容", "采购总金额", ""], &["政府集中采购", "2248", ""]];
    let found = form(&document(rows));
    assert_eq!(figures(&found, "disclosure.procurement"), "_ _");
    let doubts = messages(&found, NoteKind::Doubtful);
    assert!(doubts.contains("文件中有1个数，看不出"), "{doubts}");
    assert_eq!(vanished(&document(rows), &found), Vec::<String>::new());
    let rows: &[&[&str]] = &[
        &["信息内容", "本年新公开数量", "对外公开总数量"],
        &["规章", "2108", "2118"],
        &["规范性文件", "2129", "2135"],
    ];
    let found = form(&document(rows));
    assert_eq!(figures(&found, "disclosure.regulation"), "_ 2108 2118");
    assert_eq!(figures(&found, "disclosure.normative"), "_ 2129 2135");
    assert!(messages(&found, NoteKind::Doubtful).contains("文件中没有“本年新制作数量”列"));
}

#[test]
fn heads_of_one_name_are_told_apart_by_their_groups() {
    let names = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"];
    let numbers: Vec<String> = (1..=15).map(|number| number.to_string()).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    // As a table comes that lost its merged cells, with the first two columns exchanged.
    let mut groups = [""; 15];
    (groups[0], groups[5]) = ("行政复议", "行政诉讼");
    let mut middle = [""; 15];
    middle[..5].copy_from_slice(&names);
    middle.swap(0, 1);
    (middle[5], middle[10]) = ("未经复议直接起诉", "复议后起诉");
    let mut lowest = [""; 15];
    lowest[5..10].copy_from_slice(&names);
    lowest[10..].copy_from_slice(&names);
    let section = "四、政府信息公开行政复议、行政诉讼情况";
    let found = in_section(section, &[&groups, &middle, &lowest, &numbers]);
    assert_eq!(figures(&found, "remedies.reconsideration"), "2 1 3 4 5");
    assert_eq!(figures(&found, "remedies.litigation_direct"), "6 7 8 9 10");
    assert_eq!(figures(&found, "remedies.litigation_after"), "11 12 13 14 15");
    // Without any groups nothing tells which column is whose.
    let mut flat: Vec<&str> = names.iter().cycle().take(15).copied().collect();
    flat.swap(0, 1);
    let found = in_section(section, &[&flat, &numbers]);
    assert_eq!(figures(&found, "remedies.litigation_direct"), "_ _ _ _ _");
    assert!(!messages(&found, NoteKind::Doubtful).is_empty());
}

/// A row with figures of two years.
fn in_two_years<'t>(label: &'t str, one: &'t str, other: &'t str) -> Vec<&'t str> {
    let figures = |first| [first, "0", "0", "0", "0", "0", first];
    [label].into_iter().chain(figures(one)).chain(figures(other)).collect()
}

#[test]
fn columns_of_another_year_are_left_out() {
    let twice: Vec<&str> = ["项目"].into_iter().chain(HEADS).chain(HEADS).collect();
    let section = "某县人民政府2025年政府信息公开工作年度报告";
    let import = |years: [&str; 2]| {
        let rows: [&[&str]; 5] = [
            &["", &format!("{}*7", years[0]), &format!("{}*7", years[1])],
            &twice,
            &in_two_years("一、本年新收政府信息公开申请数量", "9", "1"),
            &in_two_years("二、上年结转政府信息公开申请数量", "8", "2"),
            &in_two_years("（一）予以公开", "7", "3"),
        ];
        in_section(section, &rows)
    };
    for years in [["2024年", "2025年"], ["上年", "本年"]] {
        let import = import(years);
        assert_eq!(figures(&import, "requests.received"), "1 0 0 0 0 0 1", "{years:?}");
        assert_eq!(figures(&import, "requests.granted"), "3 0 0 0 0 0 3", "{years:?}");
        let left = messages(&import, NoteKind::LeftOver);
        let name = if years[0] == "上年" { "上一年" } else { "2024年" };
        assert!(left.contains(&format!("这一列“自然人”是{name}的，3行的内容没有采用：9、8、7")), "{left}");
        assert_eq!(left.matches("这一列").count(), 7, "{left}");
    }
}

#[test]
fn columns_with_the_same_heads_are_in_doubt() {
    let twice: Vec<&str> = ["项目"].into_iter().chain(HEADS).chain(HEADS).collect();
    let rows: [&[&str]; 3] = [
        &twice,
        &in_two_years("一、本年新收政府信息公开申请数量", "9", "1"),
        &in_two_years("二、上年结转政府信息公开申请数量", "8", "2"),
    ];
    let import = in_section("三、收到和处理政府信息公开申请情况", &rows);
    let doubts = messages(&import, NoteKind::Doubtful);
    assert!(doubts.contains("文件里有两列“自然人”，采用了前一列，这一列2行的内容没有采用：1、2"), "{doubts}");
}
