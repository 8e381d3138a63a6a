//! Documents in every shape, made of a form's own labels and of our own words.

mod any;
mod back;
mod blanks;
mod by_path;
mod further;
mod heads;
mod odd;
mod order;
mod parts;
mod reading;
mod remarks;
mod twice;
mod values;

use super::*;
use crate::exchange::compose::Purpose;
use crate::exchange::document::{Cell, Style, TableBuilder};
use crate::form::Role;
use crate::model::Figure;
use crate::session::Session;

/// One paragraph a line, as plain text comes.
fn text(lines: &str) -> Document {
    let paragraph = |(index, line): (usize, &str)| Block::Paragraph {
        text: line.to_owned(),
        style: Style::Body,
        at: At::Line(index + 1),
    };
    Document { blocks: lines.split('\n').enumerate().map(paragraph).collect(), ..Document::default() }
}

fn heading(text: &str) -> Block {
    Block::Heading { level: 1, text: text.to_owned(), at: At::Unknown }
}

/// A table of rows of cells; `text*2` covers two columns.
fn table(rows: &[&[&str]]) -> Block {
    let mut builder = TableBuilder::new(60, 5_000);
    for (number, row) in rows.iter().enumerate() {
        builder.next_row();
        for (column, cell) in row.iter().enumerate() {
            let (text, columns) =
                cell.split_once('*').map_or((*cell, 1), |(text, n)| (text, n.parse().unwrap()));
            let at = At::Cell { table: 1, row: number + 1, column: column + 1 };
            builder.push(Cell { text: text.to_owned(), rows: 1, columns, at, ..Cell::default() });
        }
    }
    Block::Table(builder.build().unwrap())
}

pub(super) fn import(document: &Document) -> Import {
    recognise(document, &Catalogue::default(), None).unwrap()
}

fn cell(import: &Import, path: &str) -> CellId {
    match import.form.place(path) {
        Some(Place::Cell(cell)) => cell,
        other => panic!("{path}: {other:?}"),
    }
}

/// Figures as typed, totals as stated, of the cells with these paths.
pub(super) fn figures(import: &Import, row: &str) -> String {
    let (table, row) = row.split_once('.').unwrap();
    let table = import.form.tables.iter().find(|known| known.id == table).unwrap();
    let block = table.blocks.iter().find(|block| block.rows.iter().any(|known| known == row)).unwrap();
    let index = block.rows.iter().position(|known| known == row).unwrap();
    let cells = (0..block.columns.len()).map(|column| shown(import, block.cell(index, column).unwrap()));
    cells.collect::<Vec<_>>().join(" ")
}

fn shown(import: &Import, cell: CellId) -> String {
    let slot = import.form.slot(cell).unwrap();
    let total = slot.role == Role::Total;
    let figure = if total { import.report.stated(cell) } else { import.report.figure(cell) };
    if figure.is_blank() { "_".to_owned() } else { figure.as_typed(slot.kind.precision()) }
}

pub(super) fn messages(import: &Import, kind: NoteKind) -> String {
    let notes = import.notes.iter().filter(|note| note.kind == kind);
    let lines = notes.map(|note| format!("{} [{}] {}", note.at, note.source, note.message));
    lines.collect::<Vec<_>>().join("\n")
}

/// Words of the document that are neither in the report nor in a note.
fn vanished(document: &Document, import: &Import) -> Vec<String> {
    let squeeze = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let mut kept = String::new();
    let form = &import.form;
    form.facts.iter().for_each(|fact| kept.push_str(&squeeze(import.report.fact(fact.id))));
    (0..form.texts.len())
        .for_each(|at| kept.push_str(&squeeze(import.report.text(crate::model::TextId::new(at)))));
    import.cell_notes.iter().for_each(|(_, note)| kept.push_str(&squeeze(note)));
    import.notes.iter().for_each(|note| kept.push_str(&squeeze(&note.source)));
    let mut texts: Vec<&str> = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph { text, .. } => texts.push(text),
            Block::Table(table) => texts.extend(table.cells().iter().map(|cell| cell.text.as_str())),
        }
    }
    let pieces = texts.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    pieces.filter(|piece| !piece.is_empty() && !kept.contains(piece)).map(str::to_owned).collect()
}

/// All rows of a form with figures 1, 2, 3 …, every table under its heading, with a separator between cells.
fn printed(form: &Form, separator: &str, title: &str) -> (String, usize) {
    let mut lines = vec![title.to_owned()];
    let mut next = 0;
    for section in &form.sections {
        lines.push(format!("{}、{}", section.number, section.heading));
        let Some(table) = section.table.and_then(|table| form.table(table)) else {
            lines.push(format!("{}都写在这里。", section.short));
            continue;
        };
        for block in &table.blocks {
            lines.push(block.title.clone());
            let heads = block.heads.labels().iter().map(|label| label.full.clone());
            lines
                .push(std::iter::once(block.corner.clone()).chain(heads).collect::<Vec<_>>().join(separator));
            for row in 0..block.rows.len() {
                let mut cells = vec![block.labels.leaf(row).unwrap().full.clone()];
                cells.extend((0..block.columns.len()).map(|_| {
                    next += 1;
                    next.to_string()
                }));
                lines.push(cells.join(separator));
            }
        }
    }
    (lines.join("\n"), next)
}

fn all_in_order(import: &Import, count: usize) {
    let found: Vec<String> = import.form.all_cells().map(|cell| shown(import, cell)).collect();
    let expected: Vec<String> = (1..=count).map(|number| number.to_string()).collect();
    assert_eq!(found, expected);
}

#[test]
fn whole_forms_are_read_back_in_every_shape() {
    for id in ["2019", "2021"] {
        let form = Catalogue::default().by_id(id).unwrap();
        let year = form.years.0;
        for separator in ["\t", "    ", " | ", "\n", "\n\t", " |\n", "\n\n"] {
            let title = format!("某县人民政府{year}年政府信息公开工作年度报告");
            let (lines, count) = printed(&form, separator, &title);
            let document = text(&lines);
            let import = import(&document);
            assert_eq!(import.form.id, id, "{separator:?}");
            all_in_order(&import, count);
            assert_eq!(vanished(&document, &import), Vec::<String>::new(), "{separator:?}");
            let doubts = messages(&import, NoteKind::Doubtful);
            assert!(doubts.is_empty(), "{separator:?}: {doubts}");
            let left = messages(&import, NoteKind::LeftOver);
            assert!(left.is_empty(), "{separator:?}: {left}");
            assert_eq!(import.report.fact(import.form.unit_fact().unwrap().id), "某县人民政府");
            for section in &import.form.sections {
                let expected = if section.table.is_some() {
                    String::new()
                } else {
                    format!("{}都写在这里。", section.short)
                };
                assert_eq!(import.report.text(section.text.unwrap()), expected, "{separator:?}");
            }
        }
    }
}

#[test]
fn the_edit_makes_the_report_of_an_empty_one() {
    let form = Catalogue::default().by_id("2021").unwrap();
    let (lines, _) = printed(&form, "\t", "某县2022年政府信息公开工作年度报告");
    let import = import(&text(&lines));
    let mut report = Report::new(form.shape());
    report.apply(&import.edit).unwrap();
    assert_eq!(report, import.report);
}

#[test]
fn the_tables_decide_the_form_and_the_year_is_doubted() {
    let form = Catalogue::default().by_id("2019").unwrap();
    let (lines, count) = printed(&form, "\t", "某镇人民政府2022年政府信息公开工作年度报告");
    let document = text(&lines);
    let found = import(&document);
    assert_eq!(found.form.id, "2019");
    all_in_order(&found, count);
    assert!(messages(&found, NoteKind::Doubtful).contains("2022年度应使用2021格式，文件中的表是2019格式"));
    let forced = recognise(&document, &Catalogue::default(), Some("2021")).unwrap();
    assert_eq!(forced.form.id, "2021");
    assert_eq!(vanished(&document, &forced), Vec::<String>::new());
}

#[test]
fn side_by_side_rows_and_merged_heads_of_a_table() {
    let document = Document {
        blocks: vec![
            heading("四、政府信息公开行政复议、行政诉讼情况"),
            table(&[
                &["行政复议*5", "行政诉讼*10"],
                &[
                    "结果\n维持",
                    "结果纠正",
                    "其他结果",
                    "尚未审结",
                    "总计",
                    "未经复议直接起诉*5",
                    "复议后起诉*5",
                ],
                &[
                    "",
                    "",
                    "",
                    "",
                    "",
                    "结果维持",
                    "结果纠正",
                    "其他结果",
                    "尚未审结",
                    "总计",
                    "结果维持",
                    "结果纠正",
                    "其他结果",
                    "尚未审结",
                    "总计",
                ],
                &["1", "2", "3", "", "6", "4", "", "5", "6", "15", "7", "8", "9", "1", "25"],
            ]),
        ],
        ..Document::default()
    };
    let import = import(&document);
    assert_eq!(
        figures(&import, "remedies.reconsideration"),
        "1 2 3 _ 6",
        "{}",
        messages(&import, NoteKind::Matched) + &messages(&import, NoteKind::Doubtful)
    );
    assert_eq!(figures(&import, "remedies.litigation_direct"), "4 _ 5 6 15");
    assert_eq!(figures(&import, "remedies.litigation_after"), "7 8 9 1 25");
    assert_eq!(vanished(&document, &import), Vec::<String>::new());
}

#[test]
fn columns_follow_their_heads_in_tables_and_in_text() {
    let rows: &[&[&str]] = &[
        &["第二十条第（一）项*4"],
        &["信息内容", "现行有效件数", "本年制发件数", "本年废止件数"],
        &["规章", "9", "2", "1"],
        &["行政规范性文件", "30", "4", ""],
    ];
    let as_table = Document {
        blocks: vec![heading("二、主动公开政府信息情况"), table(rows)],
        ..Document::default()
    };
    let lines = "二、主动公开政府信息情况\n信息内容\t现行有效件数\t本年制发件数\t本年废止件数\n\
        规章\t9\t2\t1\n行政规范性文件\t30\t4\t";
    for document in [as_table, text(lines)] {
        let import = import(&document);
        assert_eq!(figures(&import, "disclosure.regulation"), "2 1 9");
        assert_eq!(figures(&import, "disclosure.normative"), "4 _ 30");
        assert!(messages(&import, NoteKind::Doubtful).contains("列的次序与表式不同"));
    }
}

#[test]
fn heads_that_were_moved_over_the_labels_are_not_followed() {
    let head = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计", "", "", ""];
    let rows: [&[&str]; 2] =
        [&head, &["", "（三）", "7.属于行政执法案卷", "282", "4", "0", "0", "0", "1", "287"]];
    let document = Document { blocks: vec![table(&rows)], ..Document::default() };
    assert_eq!(figures(&import(&document), "requests.denied_enforcement_file"), "282 4 0 0 0 1 287");
}

#[test]
fn dropped_and_added_columns_are_said() {
    let rows: &[&[&str]] = &[
        &["信息内容", "本年制发件数", "现行有效件数", "备注情况"],
        &["规章", "2", "9", "较上年多一件"],
        &["行政规范性文件", "4", "30", ""],
    ];
    let document = Document {
        blocks: vec![heading("二、主动公开政府信息情况"), table(rows)],
        ..Document::default()
    };
    let import = import(&document);
    assert_eq!(vanished(&document, &import), Vec::<String>::new());
    assert_eq!(figures(&import, "disclosure.normative"), "4 _ 30");
    assert!(
        messages(&import, NoteKind::Doubtful).contains("没有“本年废止件数”列"),
        "{}",
        messages(&import, NoteKind::Matched) + &messages(&import, NoteKind::Doubtful)
    );
}

#[test]
fn figures_that_can_not_be_located_are_not_put_in() {
    let lines = "三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量 |\n3 |\n3 |\n|||||||\n\
        二、上年结转政府信息公开申请数量 |\n|\n|\n|\n|\n|\n|\n2 |\n||\n四、结转下年度继续办理 | 1 | 1 |";
    let document = text(lines);
    let import = import(&document);
    assert_eq!(figures(&import, "requests.received"), "_ _ _ _ _ _ _");
    assert_eq!(figures(&import, "requests.carried_in"), "_ _ _ _ _ _ 2");
    assert_eq!(figures(&import, "requests.carried_out"), "_ _ _ _ _ _ _");
    let doubts = messages(&import, NoteKind::Doubtful);
    assert_eq!(doubts.matches("看不出各在哪一格").count(), 2, "{doubts}");
    assert!(doubts.contains("第2行 [") && doubts.contains("申请数量 3 3]"), "{doubts}");
    assert_eq!(vanished(&document, &import), Vec::<String>::new());
}

#[test]
fn a_group_printed_as_one_row_is_split_only_where_it_is_zero() {
    let whole = |figures: &str, wanted: Option<&str>| {
        let lines = format!(
            "三、收到和处理政府信息公开申请情况\n（五）不予处理\t5.要求行政机关确认或重新出具已获取信息\t0\t0\t0\t0\t0\t0\t0\n\
            （六）其他处理\t{figures}\n（七）总计\t4\t0\t0\t0\t0\t0\t4"
        );
        recognise(&text(&lines), &Catalogue::default(), wanted).unwrap()
    };
    let zero = whole("0\t0\t0\t0\t0\t0\t0", Some("2021"));
    for row in ["other_no_correction", "other_unpaid", "other_misc"] {
        assert_eq!(figures(&zero, &format!("requests.{row}")), "0 0 0 0 0 0 0");
    }
    let some = whole("4\t0\t0\t0\t0\t0\t4", None);
    assert_eq!(some.form.id, "2019", "one row is what that form has");
    let lines = "（六）其他处理\t4\t0\t0\t0\t0\t0\t4\n（七）总计\t4\t0\t0\t0\t0\t0\t4";
    let forced = recognise(&text(lines), &Catalogue::default(), Some("2021")).unwrap();
    assert_eq!(figures(&forced, "requests.other_misc"), "_ 0 0 0 0 0 _");
    let left = messages(&forced, NoteKind::LeftOver);
    assert!(left.contains("其他处理 4 0 0 0 0 0 4]") && left.contains("请查明各分项"), "{left}");
}

#[test]
fn contents_of_cells_are_taken_apart() {
    let lines = "二、主动公开政府信息情况\n规章\t31（其中修订8件）\t/\t12件\n行政规范性文件\t1,234\t\t５\n\
        行政事业性收费\t88000元";
    let import = import(&text(lines));
    assert_eq!(figures(&import, "disclosure.regulation"), "31 / 12");
    assert_eq!(figures(&import, "disclosure.normative"), "1234 _ 5");
    assert_eq!(figures(&import, "disclosure.fees"), "8.8");
    assert_eq!(
        import.cell_notes,
        [(cell(&import, "disclosure.regulation.issued"), "其中修订8件".to_owned())]
    );
    let doubts = messages(&import, NoteKind::Doubtful);
    assert!(doubts.contains("由元换算为万元，填为8.8") && doubts.contains("“/”不是"), "{doubts}");
    assert_eq!(
        import.report.figure(cell(&import, "disclosure.regulation.repealed")),
        &Figure::Unread("/".into())
    );
}

#[test]
fn computed_totals_are_stated_only_where_they_differ() {
    let build = |total: &str, computed| {
        let mut builder = TableBuilder::new(20, 100);
        builder.next_row();
        for (index, text) in
            ["一、本年新收政府信息公开申请数量", "1", "2", "0", "0", "0", "0", total].iter().enumerate()
        {
            builder.push(Cell {
                text: (*text).to_owned(),
                computed: computed && index == 7,
                ..Cell::default()
            });
        }
        let blocks =
            vec![heading("三、收到和处理政府信息公开申请情况"), Block::Table(builder.build().unwrap())];
        import(&Document { blocks, ..Document::default() })
    };
    let stated = |import: &Import| shown(import, cell(import, "requests.received.total"));
    assert_eq!(stated(&build("3", false)), "3");
    assert_eq!(stated(&build("3", true)), "_");
    assert_eq!(stated(&build("4", true)), "4");
}

#[test]
fn labels_broken_over_lines_and_figures_between_their_halves() {
    let lines = "三、收到和处理政府信息公开申请情况\n      5.要求行政机关确认或重\n      新出具已获取信息\n\
        \u{20}                          1    0    0    0    0    0    1\n      （六）其他\n      处理   2    0    0    0    0    0    2\n\
        - 3 -\n      （七）\n                 3    0    0    0    0    0    3\n      总计";
    let document = text(lines);
    let import = import(&document);
    assert_eq!(figures(&import, "requests.rejected_reconfirm"), "1 0 0 0 0 0 1");
    assert_eq!(vanished(&document, &import), Vec::<String>::new());
}

#[test]
fn rows_without_a_place_are_left_over_with_their_figures() {
    let lines = "二、主动公开政府信息情况\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t0\t0\t0\n\
        内部资料汇编\t5\t6\t7\n行政规范性文件\t1\t0\t3\n注：数据由法制科提供。";
    let import = import(&text(lines));
    assert_eq!(figures(&import, "disclosure.normative"), "1 0 3");
    let left = messages(&import, NoteKind::LeftOver);
    assert!(left.contains("第4行 [内部资料汇编 5 6 7]"), "{left}");
    let text = import.form.text_of("disclosure").unwrap();
    assert_eq!(import.report.text(text), "注：数据由法制科提供。");
}

#[test]
fn sections_are_known_by_wording_and_order() {
    let lines = "乙局2023年政府信息公开工作年度报告\n—、工作基本情况\n全年平稳。\n1.建章立制。\n二、行政机关主动公开政府信息情况\n无变化。\n\
        三、收到的处理政府信息公开申请情况\n无申请。\n四、因政府信息公开工作被申请行政复议、提起行政诉讼情况\n无案件。\n\
        五、政府信息公开工作存在的主要问题和整改措施\n人手少。\n六、其他需要报告的事项：无。\n\
        \u{20}              乙局\n              2024年1月18日";
    let document = text(lines);
    let import = import(&document);
    let texts: Vec<&str> =
        import.form.sections.iter().map(|section| import.report.text(section.text.unwrap())).collect();
    assert_eq!(texts, ["全年平稳。\n1.建章立制。", "无变化。", "无申请。", "无案件。", "人手少。", "无。"]);
    let fact = |name: &str| import.report.fact(import.form.fact(name).unwrap().id);
    assert_eq!((fact("unit"), fact("year"), fact("signed")), ("乙局", "2023", "2024-01-18"));
    assert_eq!(vanished(&document, &import), Vec::<String>::new());
}

#[test]
fn paths_are_taken_directly() {
    let rows: &[&[&str]] = &[
        &["路径", "名称", "填报数", "核对数", "附注"],
        &["cover.unit", "编制单位", "丙镇", "", ""],
        &["text.overview", "总体情况", "一段。\n又一段。", "", ""],
        &["requests.received.natural", "自然人", "12", "", "含口头申请"],
        &["requests.received.total", "总计", "12", "13", ""],
        &["disclosure.nothing.here", "没有的", "7", "", ""],
    ];
    let document = Document { blocks: vec![table(rows)], ..Document::default() };
    let import = import(&document);
    assert_eq!(import.report.fact(import.form.unit_fact().unwrap().id), "丙镇");
    assert_eq!(import.report.text(import.form.text_of("overview").unwrap()), "一段。\n又一段。");
    assert_eq!(figures(&import, "requests.received"), "12 _ _ _ _ _ 13");
    assert_eq!(import.cell_notes.len(), 1);
    assert!(messages(&import, NoteKind::LeftOver).contains("没有路径“disclosure.nothing.here”"));
    assert_eq!(vanished(&document, &import), Vec::<String>::new());
}

#[test]
fn properties_fill_what_the_pages_do_not_show() {
    let mut document = text("丁局2023年政府信息公开工作年度报告\n一、总体情况\n好。");
    document.properties.insert("gouji.cover.unit".to_owned(), "别的单位".to_owned());
    document.properties.insert("gouji.cover.level".to_owned(), "county_dept".to_owned());
    document.properties.insert("gouji.form".to_owned(), "2021".to_owned());
    let import = import(&document);
    let fact = |name: &str| import.report.fact(import.form.fact(name).unwrap().id);
    assert_eq!((fact("unit"), fact("level")), ("丁局", "county_dept"));
}

#[test]
fn a_file_that_is_no_report_is_refused() {
    let error = recognise(&text("会议通知\n请于明日到会。"), &Catalogue::default(), None).unwrap_err();
    assert!(matches!(error, ImportError::NothingFound { blocks: 2, tables: 0 }), "{error}");
    let error = recognise(&text("一、总体情况"), &Catalogue::default(), Some("1999")).unwrap_err();
    assert!(error.to_string().contains("1999"), "{error}");
}

#[test]
fn lines_of_printed_pages_are_joined_to_paragraphs() {
    let lines = "甲县2023年政府信息公开工作年度报告\n\
        \u{3000}\u{3000}本报告由甲县人民政府办公室根据条例的要求和统一规定的格式编制而\n\
        成，所列数据的统计期限自2023年1月1日起，至2023年12月\n31日止。报告的电子版可以在本级政府的网站上查阅和下载，欢迎\n各界提出意见和建议。\n\
        一、总体情况\n\
        \u{3000}\u{3000}本单位全年认真做好信息公开各项工作，年内共发布各类信息若干条，\n\
        内容涵盖规划计划、财政资金、行政执法等方面，群众反映良好，没有\n出现差错，办公室专人负责。\n\
        \u{3000}\u{3000}第二段从这里开始。";
    let paragraph = |(index, text): (usize, &str)| Block::Paragraph {
        text: text.to_owned(),
        style: Style::Body,
        at: At::Page { page: 1 + index / 6, line: 1 + index % 6 },
    };
    let blocks = lines.split('\n').enumerate().map(paragraph).collect();
    let found = import(&Document { blocks, ..Document::default() });
    let fact = |name: &str| found.report.fact(found.form.fact(name).unwrap().id);
    assert_eq!((fact("period_from"), fact("period_to")), ("2023-01-01", "2023-12-31"));
    assert!(messages(&found, NoteKind::Doubtful).contains("正文之前的1段说明"));
    let overview = found.report.text(found.form.sections[0].text.unwrap());
    assert_eq!(overview.lines().count(), 3, "{overview}");
}

#[test]
fn one_note_speaks_of_all_signs_for_nothing_in_a_row() {
    let document = Document {
        blocks: vec![
            heading("二、主动公开政府信息情况"),
            table(&[
                &["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
                &["规章", "/", "3", "/"],
                &["行政规范性文件", "1", "-", "7"],
            ]),
        ],
        ..Document::default()
    };
    let import = import(&document);
    assert_eq!(figures(&import, "disclosure.regulation"), "/ 3 /");
    let doubts = messages(&import, NoteKind::Doubtful);
    assert_eq!(doubts.matches('/').count(), 2, "the source and the message: {doubts}");
    assert!(doubts.contains("规章：有2格填的是“/”"), "{doubts}");
    assert!(doubts.contains("行政规范性文件·本年废止件数：“-”不是本格可用的数字"), "{doubts}");
}

#[test]
fn a_further_column_does_not_make_one_row_the_whole_table() {
    let document = Document {
        blocks: vec![
            heading("二、主动公开政府信息情况"),
            table(&[
                &["第二十条第（六）项*3"],
                &["信息内容", "本年处理决定数量", "类别"],
                &["行政处罚", "31", ""],
                &["行政强制", "4", "见附件"],
            ]),
        ],
        ..Document::default()
    };
    let import = import(&document);
    assert_eq!(figures(&import, "disclosure.penalty"), "31");
    assert_eq!(figures(&import, "disclosure.coercion"), "4");
    let left = messages(&import, NoteKind::LeftOver);
    assert!(left.contains("这一行的“见附件”没有对应的列") && left.lines().count() == 1, "{left}");
}

#[test]
fn names_of_sheets_are_neither_text_nor_left_over() {
    let at = |row| At::Sheet { sheet: "填报".into(), row, column: 0 };
    let line = |text: &str, style, row| Block::Paragraph { text: text.to_owned(), style, at: at(row) };
    let document = Document {
        blocks: vec![
            line("填报", Style::Caption, 0),
            line("一、总体情况", Style::Body, 0),
            line("写在表里的文字。", Style::Body, 1),
        ],
        ..Document::default()
    };
    let import = import(&document);
    assert_eq!(import.report.text(import.form.sections[0].text.unwrap()), "写在表里的文字。");
    assert_eq!(messages(&import, NoteKind::LeftOver), "");
    assert!(messages(&import, NoteKind::Matched).contains("是工作表的名称"));
}

#[test]
fn what_was_written_over_a_placeholder_is_text() {
    let placeholder =
        |text: &str| Block::Paragraph { text: text.to_owned(), style: Style::Placeholder, at: At::Unknown };
    let document = Document {
        blocks: vec![
            heading("一、总体情况"),
            placeholder("写在提示的位置。"),
            heading("六、其他需要报告的事项"),
            placeholder("〔请在此填写：没有也请写明。〕"),
        ],
        ..Document::default()
    };
    let import = import(&document);
    let text = |section: usize| import.report.text(import.form.sections[section].text.unwrap());
    assert_eq!((text(0), text(5)), ("写在提示的位置。", ""));
}

/// Programs on the way may drop styles and properties of a blank form.
#[test]
fn a_blank_form_asks_for_words_in_whatever_style() {
    let blank = Session::new_report(Catalogue::default().by_id("2021").unwrap(), "", 2025);
    let mut page = compose::page(&blank, &Purpose::Blank);
    page.properties.clear();
    for block in &mut page.blocks {
        if let Block::Paragraph { style, .. } = block {
            *style = Style::Body;
        }
    }
    let import = import(&page);
    let texts: Vec<_> = import.form.sections.iter().filter_map(|section| section.text).collect();
    assert!(texts.iter().all(|text| import.report.text(*text).is_empty()), "{:?}", import.report);
    assert_eq!(messages(&import, NoteKind::LeftOver), "");
}

/// Web pages and PDFs are full of characters that nobody sees.
#[test]
fn what_nobody_sees_is_taken_out_of_foreign_files_and_told() {
    let lines = "一、总体\u{200b}情况\n全年\u{feff}平稳，\u{202e}有序\u{a0}办理。\n\
        信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规\u{ad}章\t\u{200e}3\t0\t1\u{200b}7";
    let import = import(&text(lines));
    assert_eq!(figures(&import, "disclosure.regulation"), "3 0 17");
    let overview = import.form.sections[0].text.unwrap();
    assert_eq!(import.report.text(overview), "全年平稳，有序 办理。");
    let left = messages(&import, NoteKind::LeftOver);
    assert!(left.contains("[看不见的字符（U+200B等，全文共6个）]"), "{left}");
}

/// What stands beside a figure of a sheet belongs to the figure, what stands elsewhere is told.
#[test]
fn comments_of_sheets_become_notes_of_figures() {
    let mut builder = TableBuilder::new(9, 99);
    let rows = [
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "1", "0", "9"],
        ["行政规范性文件", "22（其中修订16件）", "", "55"],
    ];
    for (row, cells) in (0..).zip(rows) {
        builder.next_row();
        for (column, text) in (0..).zip(cells) {
            let remark = match (row, column) {
                (2, 1) => "含联合发文2件",
                (2, 2) => "没有统计",
                (1, 0) => "含地方性法规",
                _ => "",
            };
            let at = At::Sheet { sheet: "表".into(), row, column };
            let (text, remark) = (text.to_owned(), remark.to_owned());
            builder.push(Cell { text, remark, at, ..Cell::default() });
        }
    }
    let blocks = vec![heading("二、主动公开政府信息情况"), Block::Table(builder.build().unwrap())];
    let import = import(&Document { blocks, ..Document::default() });
    let note = |path: &str| import.report.note(cell(&import, path)).to_owned();
    assert_eq!(note("disclosure.normative.issued"), "含联合发文2件；其中修订16件");
    assert_eq!(note("disclosure.normative.repealed"), "没有统计");
    let left = messages(&import, NoteKind::LeftOver);
    assert!(left.contains("A2 [含地方性法规] 批注“含地方性法规”不在填入的数旁边"), "{left}");
}
