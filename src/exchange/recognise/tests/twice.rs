//! Tables that a document has twice.

use super::*;

const TITLE: &str = "某县人民政府2025年政府信息公开工作年度报告";
const SECTION: &str = "三、收到和处理政府信息公开申请情况";
const HEADS: [&str; 8] =
    ["项目", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"];

fn rows(first: &str) -> [[String; 8]; 3] {
    let row = |label: &str, figure: &str| [label, figure, "0", "0", "0", "0", "0", figure].map(str::to_owned);
    [
        row("一、本年新收政府信息公开申请数量", first),
        row("二、上年结转政府信息公开申请数量", "0"),
        row("（一）予以公开", first),
    ]
}

fn as_table(first: &str) -> Block {
    let rows = rows(first);
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let all: Vec<&[&str]> = [&HEADS[..]].into_iter().chain(rows.iter().map(Vec::as_slice)).collect();
    table(&all)
}

fn as_lines(first: &str) -> String {
    let rows = rows(first).map(|row| row.join("    "));
    format!("{}\n{}", HEADS.join("    "), rows.join("\n"))
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph { text: text.to_owned(), style: Style::Body, at: At::Unknown }
}

#[test]
fn a_table_under_a_caption_of_another_year_is_left_out() {
    for caption in ["2024年度收到和处理政府信息公开申请情况：", "上年度情况：", "（二〇二四年）"]
    {
        let blocks = vec![heading(TITLE), heading(SECTION), paragraph(caption), as_table("9"), as_table("1")];
        let as_tables = Document { blocks, ..Document::default() };
        let lines = [TITLE, SECTION, caption, &as_lines("9"), &as_lines("1")].join("\n");
        for document in [as_tables, text(&lines)] {
            let import = import(&document);
            assert_eq!(figures(&import, "requests.received"), "1 0 0 0 0 0 1", "{caption}");
            assert_eq!(figures(&import, "requests.granted"), "1 0 0 0 0 0 1", "{caption}");
            let left = messages(&import, NoteKind::LeftOver);
            assert!(left.contains("下方的3行是") && left.lines().count() == 1, "{left}");
            assert_eq!(vanished(&document, &import), Vec::<String>::new());
        }
    }
}

#[test]
fn the_only_table_is_taken_whatever_its_caption_says() {
    let caption = paragraph("2024年度收到和处理政府信息公开申请情况：");
    let blocks = vec![heading(TITLE), heading(SECTION), caption, as_table("9")];
    let import = import(&Document { blocks, ..Document::default() });
    assert_eq!(figures(&import, "requests.received"), "9 0 0 0 0 0 9");
    let doubts = messages(&import, NoteKind::Doubtful);
    assert!(doubts.contains("下方的数是2024年的，文件里没有别的"), "{doubts}");
}

#[test]
fn a_table_that_comes_again_is_in_doubt() {
    let blocks = vec![heading(TITLE), heading(SECTION), as_table("1"), as_table("9")];
    let as_tables = Document { blocks, ..Document::default() };
    let lines = [TITLE, SECTION, &as_lines("1"), &as_lines("9")].join("\n");
    for document in [as_tables, text(&lines)] {
        let import = import(&document);
        assert_eq!(figures(&import, "requests.received"), "1 0 0 0 0 0 1");
        let doubts = messages(&import, NoteKind::Doubtful);
        assert!(doubts.contains("文件里有两份“") && doubts.contains("这里的3行没有采用"), "{doubts}");
        assert!(!messages(&import, NoteKind::LeftOver).contains("没有对应的行"));
        assert_eq!(vanished(&document, &import), Vec::<String>::new());
    }
}

#[test]
fn a_heading_in_the_prose_that_names_a_year_sets_nothing_aside() {
    let prose = "五、存在的主要问题及改进情况\n（一）2024年工作中存在问题的改进情况\n重点做了以下工作。";
    let import = import(&text(&[TITLE, SECTION, &as_lines("1"), prose].join("\n")));
    assert_eq!(figures(&import, "requests.granted"), "1 0 0 0 0 0 1");
    assert_eq!(messages(&import, NoteKind::LeftOver), "");
    let text = import.report.text(import.form.sections[4].text.unwrap());
    assert_eq!(text, "（一）2024年工作中存在问题的改进情况\n重点做了以下工作。");
}
