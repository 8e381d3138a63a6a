//! Parts of a report where people write them otherwise: headings, sign-off, title, and what stands around them.

use super::*;

const TITLE: &str = "某县人民政府2025年政府信息公开工作年度报告";

/// The text of a section, by its number.
fn section(import: &Import, number: usize) -> String {
    let section = import.form.sections.get(number - 1).unwrap();
    import.report.text(section.text.unwrap()).to_owned()
}

fn fact(import: &Import, name: &str) -> String {
    import.report.fact(import.form.fact(name).unwrap().id).to_owned()
}

/// The headings of the form of today with a sentence below each that has none of a table.
fn sections() -> Vec<String> {
    let form = Catalogue::default().by_id("2021").unwrap();
    let lines = form.sections.iter().flat_map(|section| {
        let heading = format!("{}、{}", section.number, section.heading);
        [heading, format!("{}部分的情况写在这里。", section.number)]
    });
    lines.collect()
}

/// What is doubtful, but for tables that the file has not.
fn doubts(import: &Import) -> String {
    let doubts = messages(import, NoteKind::Doubtful);
    doubts.lines().filter(|doubt| !doubt.contains("没有找到表")).collect::<Vec<_>>().join("\n")
}

fn read(lines: &[String]) -> (Document, Import) {
    let document = text(&lines.join("\n"));
    let import = import(&document);
    assert_eq!(vanished(&document, &import), Vec::<String>::new());
    (document, import)
}

#[test]
fn a_table_of_contents_has_no_sections() {
    let contents = sections().into_iter().step_by(2).enumerate();
    let contents = contents.map(|(page, heading)| match page % 3 {
        0 => format!("{heading}\u{2026}\u{2026}{}", page + 1),
        1 => format!("{heading}\n{}", page + 1),
        _ => format!("{heading}    {}", page + 1),
    });
    let mut lines = vec![TITLE.to_owned(), "目 录".to_owned()];
    lines.extend(contents);
    lines.push("（一）其他之一".to_owned());
    lines.extend(sections());
    let (_, import) = read(&lines);
    for (number, numeral) in (1..).zip("一二三四五六".chars()) {
        assert_eq!(section(&import, number), format!("{numeral}部分的情况写在这里。"));
    }
    let left = messages(&import, NoteKind::LeftOver);
    assert_eq!(left.matches("没有采用").count(), 1, "{left}");
    assert!(left.contains("是目录，没有采用"), "{left}");
    assert_eq!(doubts(&import), "");
}

#[test]
fn headings_of_an_empty_report_are_no_table_of_contents() {
    let mut lines = vec![TITLE.to_owned()];
    lines.extend(sections().into_iter().step_by(2));
    let (_, import) = read(&lines);
    assert_eq!(messages(&import, NoteKind::LeftOver), "");
    assert!(messages(&import, NoteKind::Matched).contains("是“六、其他需要报告的事项”的标题"));
}

#[test]
fn a_heading_with_other_words_is_known_by_number_and_place() {
    let mut lines = vec![TITLE.to_owned()];
    lines.extend(sections());
    for line in &mut lines {
        if line.starts_with("五、") {
            "五、存在的困难和下一步打算".clone_into(line);
        } else if line.starts_with("六、") {
            "六、需要说明的事项及信息处理费收取情况".clone_into(line);
        } else if line.starts_with("五部分") {
            "（一）存在的主要问题\n一是写在这里。".clone_into(line);
        }
    }
    let (_, import) = read(&lines);
    assert_eq!(section(&import, 4), "四部分的情况写在这里。");
    assert_eq!(section(&import, 5), "（一）存在的主要问题\n一是写在这里。");
    assert_eq!(section(&import, 6), "六部分的情况写在这里。");
    let doubts = messages(&import, NoteKind::Doubtful);
    assert!(doubts.contains("标题“六、需要说明的事项及信息处理费收取情况”与表式的“六、"), "{doubts}");
    assert!(doubts.contains("标题“五、存在的困难和下一步打算”与表式的“五、"), "{doubts}");
}

#[test]
fn a_line_inside_a_section_is_not_the_next_heading_if_that_has_other_words() {
    let mut lines = vec![TITLE.to_owned()];
    lines.extend(sections());
    "一、工作回顾".clone_into(&mut lines[1]);
    "（一）主动公开情况\n公开得多。".clone_into(&mut lines[2]);
    "二、公开的数字".clone_into(&mut lines[3]);
    let (_, import) = read(&lines);
    assert_eq!(section(&import, 1), "（一）主动公开情况\n公开得多。");
    assert_eq!(section(&import, 2), "二部分的情况写在这里。");
}

#[test]
fn a_list_in_a_section_is_not_the_missing_section() {
    let mut lines = vec![TITLE.to_owned()];
    lines.extend(sections().into_iter().take(10));
    let list = ["一、问题甲", "二、问题乙", "三、问题丙", "四、问题丁", "五、问题戊", "六、问题己"];
    lines.extend(list.map(str::to_owned));
    let (_, import) = read(&lines);
    assert_eq!(section(&import, 6), "");
    assert!(section(&import, 5).ends_with("六、问题己"));
}

#[test]
fn headings_with_other_numbers_are_no_text() {
    for (front, behind) in [("（", "）"), ("", "．")] {
        let mut lines = vec![TITLE.to_owned()];
        for (index, line) in sections().into_iter().enumerate() {
            let number =
                if behind == "．" { (index / 2 + 1).to_string() } else { line.chars().take(1).collect() };
            match line.split_once('、').filter(|_| index % 2 == 0) {
                Some((_, words)) => lines.push(format!("{front}{number}{behind}{words}")),
                None => lines.push(line),
            }
        }
        let (_, import) = read(&lines);
        assert_eq!(section(&import, 1), "一部分的情况写在这里。");
        assert_eq!(section(&import, 6), "六部分的情况写在这里。");
        assert_eq!(doubts(&import), "");
    }
}

/// A report with a sign-off, and what stands below it.
fn signed(sign_off: &[&str]) -> Vec<String> {
    let mut lines = vec![TITLE.to_owned()];
    lines.extend(sections());
    lines.extend(sign_off.iter().map(|line| (*line).to_owned()));
    lines
}

#[test]
fn what_stands_below_the_sign_off_does_not_hide_it() {
    for below in [
        &["附件：1.依申请公开统计表", "（此件公开发布）", "抄送：县人大常委会办公室"][..],
        &["附件说明：本县各单位的数字都由其自行填报，汇总时没有更改，如有出入，以各单位公布的为准。"],
    ] {
        let (_, import) = read(&signed(&[&["某县人民政府", "2026年3月20日"], below].concat()));
        assert_eq!(fact(&import, "signed"), "2026-03-20");
        assert_eq!(section(&import, 6), "六部分的情况写在这里。");
        let left = messages(&import, NoteKind::LeftOver);
        assert!(left.contains(&format!("落款之后还有{}段文字，没有采用", below.len())), "{left}");
    }
    // Without a unit above it a date may stand anywhere in the text.
    let (_, import) = read(&signed(&["2026年3月20日", "这一天开了会，还有许多话要说。", "完。"]));
    assert_eq!(fact(&import, "signed"), "");
    assert!(section(&import, 6).contains("2026年3月20日"));
}

#[test]
fn a_date_that_is_none_is_doubted() {
    for date in ["2026年13月40日", "2026年3月", "二〇二六年 月 日"] {
        let (_, import) = read(&signed(&["某县人民政府", date]));
        assert_eq!(fact(&import, "signed"), "");
        assert_eq!(section(&import, 6), "六部分的情况写在这里。");
        let doubts = messages(&import, NoteKind::Doubtful);
        assert!(doubts.contains(&format!("落款日期“{date}”不是完整、有效的日期")), "{doubts}");
    }
}

/// What the cover says after reading a report with this title.
fn titled(title: &str, preface: &str) -> Import {
    let mut lines = vec![title.to_owned(), preface.to_owned()];
    lines.extend(sections());
    read(&lines).1
}

#[test]
fn a_title_that_names_no_clear_unit_gives_the_year_and_a_doubt() {
    for title in [
        "【某县】2025年政府信息公开工作年度报告",
        "某县人民政府2024-2025年政府信息公开工作年度报告",
        "某县2025年政府信息公开工作年度报告（人民政府）",
    ] {
        let import = titled(title, "");
        assert_eq!((fact(&import, "unit"), fact(&import, "year")), (String::new(), "2025".into()), "{title}");
        assert_eq!(section(&import, 1), "一部分的情况写在这里。");
        let doubts = messages(&import, NoteKind::Doubtful);
        assert!(doubts.contains("标题里的单位看不清"), "{doubts}");
        assert!(
            doubts.contains("封面的单位名称没有填入") || doubts.contains("没有填入，请照实填写"),
            "{doubts}"
        );
    }
}

#[test]
fn titles_in_other_writing_are_titles() {
    for (title, unit) in [
        ("标题：某县人民政府2025年政府信息公开工作年度报告", "某县人民政府"),
        ("某县人民政府二〇二五年政府信息公开工作年度报告", "某县人民政府"),
        ("某县人民政府2025年政府資訊公開工作年度報告", "某县人民政府"),
    ] {
        let import = titled(title, "");
        assert_eq!((fact(&import, "unit").as_str(), fact(&import, "year").as_str()), (unit, "2025"));
        assert_eq!(doubts(&import), "", "{title}");
    }
}

#[test]
fn a_missing_title_is_told_and_the_year_is_that_of_the_period() {
    let import = titled("", "");
    let doubts = messages(&import, NoteKind::Doubtful);
    assert!(doubts.contains("没有找到写明") && doubts.contains("年度"), "{doubts}");
    let mut blank = sections().into_iter().step_by(2).collect::<Vec<_>>();
    blank.push("（文字描述。）".to_owned());
    assert_eq!(self::doubts(&read(&blank).1), "", "a blank form has no title to be missed");
    let preface = "本报告由某县人民政府按照《中华人民共和国政府信息公开条例》和统一规定的年度报告格式编制。\
                   报告所列数据的统计期限自2025年1月1日起，至2025年12月31日止。";
    let import = titled("", preface);
    assert_eq!((fact(&import, "unit").as_str(), fact(&import, "year").as_str()), ("某县人民政府", "2025"));
    let doubts = messages(&import, NoteKind::Doubtful);
    assert!(doubts.contains("标题里没有年度，按统计期限填为2025"), "{doubts}");
    assert!(!doubts.contains("没有找到写明"), "{doubts}");
}

#[test]
fn headings_inside_a_section_without_its_own_are_kept() {
    let mut lines = vec![TITLE.to_owned(), "（一）主动公开".to_owned(), "今年公开得多。".to_owned()];
    lines.extend(["（二）依申请公开".to_owned(), "申请也多。".to_owned()]);
    lines.extend(sections().into_iter().skip(2));
    let (_, import) = read(&lines);
    assert_eq!(section(&import, 1), "（一）主动公开\n今年公开得多。\n（二）依申请公开\n申请也多。");
    assert_eq!(messages(&import, NoteKind::LeftOver), "");
}

#[test]
fn lines_in_rows_of_a_table_with_other_cells_are_read_like_text() {
    let (unit, figures_of) =
        ("某县人民政府", "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t3\t5\t74");
    let mut lines = signed(&[unit, "2026年3月20日"]);
    "标题：某县人民政府2025年政府信息公开工作年度报告".clone_into(&mut lines[0]);
    lines.insert(4, figures_of.to_owned());
    let lines = lines.join("\n");
    let rows: Vec<Vec<&str>> = lines
        .split('\n')
        .map(|line| {
            let mut cells: Vec<&str> = line.split('\t').collect();
            cells.resize(4, "");
            cells
        })
        .collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let mut document = Document::default();
    document.blocks.push(table(&rows));
    let import = import(&document);
    assert_eq!(figures(&import, "disclosure.regulation"), "3 5 74");
    assert_eq!((fact(&import, "unit").as_str(), fact(&import, "year").as_str()), (unit, "2025"));
    assert_eq!(fact(&import, "signed"), "2026-03-20");
    assert_eq!(section(&import, 6), "六部分的情况写在这里。");
}

#[test]
fn of_two_reports_the_one_of_the_later_year_is_taken() {
    let form = Catalogue::default().by_id("2021").unwrap();
    for separator in ["    ", "\t", " | "] {
        let (before, _) = printed(&form, separator, "邻县人民政府2024年政府信息公开工作年度报告");
        let (lines, count) = printed(&form, separator, TITLE);
        let document = text(&format!("{}\n邻县人民政府\n2025年3月20日\n{lines}", before.replace('1', "9")));
        let import = import(&document);
        all_in_order(&import, count);
        assert_eq!(vanished(&document, &import), Vec::<String>::new());
        let doubts = messages(&import, NoteKind::Doubtful);
        assert!(doubts.contains("只采用了年度较近的一份，它前面从“邻县人民政府"), "{doubts}");
        assert!(messages(&import, NoteKind::LeftOver).contains("是另一份报告"));
    }
}

/// Two reports in one text: lines of the first and of the second.
fn two(separator: &str, sign_off: &[&str], second: &str) -> (String, usize) {
    let form = Catalogue::default().by_id("2021").unwrap();
    let (mut lines, count) = printed(&form, separator, TITLE);
    for line in sign_off {
        lines.push('\n');
        lines.push_str(line);
    }
    let (other, _) = printed(&form, separator, second);
    (format!("{lines}\n{}", other.replace('1', "9")), count)
}

#[test]
fn a_second_report_in_the_same_file_is_left_over() {
    let title = "邻县人民政府2024年政府信息公开工作年度报告";
    let parted = "邻县人民政府\n2024年政府信息公开工作年度报告";
    for separator in ["    ", "\t", " | "] {
        for (sign_off, second) in [
            (&["某县人民政府", "2026年3月20日"][..], title),
            (&["某县人民政府", "2026年3月20日"], parted),
            (&[], title),
        ] {
            let (lines, count) = two(separator, sign_off, second);
            let document = text(&lines);
            let import = import(&document);
            all_in_order(&import, count);
            assert_eq!(vanished(&document, &import), Vec::<String>::new());
            assert_eq!(section(&import, 6), "其他都写在这里。");
            let left = messages(&import, NoteKind::LeftOver);
            assert_eq!(left.matches("] ").count(), 1, "{left}");
            assert!(left.contains("是另一份报告") && left.contains("[邻县人民政府"), "{left}");
            let doubts = messages(&import, NoteKind::Doubtful);
            assert!(doubts.contains("文件里不止一份报告") && doubts.contains("从“邻县人民政府"), "{doubts}");
            assert_eq!(fact(&import, "signed"), if sign_off.is_empty() { "" } else { "2026-03-20" });
        }
    }
}

#[test]
fn a_sign_off_ends_a_report_where_headings_come_again() {
    let (lines, count) = two("\t", &["某县人民政府", "2026年3月20日"], "邻县去年的");
    let import = import(&text(&lines));
    all_in_order(&import, count);
    assert_eq!(section(&import, 6), "其他都写在这里。");
    assert!(messages(&import, NoteKind::Doubtful).contains("从“邻县去年的”起是另一份"));
}

#[test]
fn tables_behind_the_text_are_of_the_same_report() {
    let form = Catalogue::default().by_id("2021").unwrap();
    let (tables, count) = printed(&form, "\t", "2025年政府信息公开工作年度报告");
    let document = text(&format!("{}\n{tables}", signed(&[]).join("\n")));
    let import = import(&document);
    all_in_order(&import, count);
    assert!(!messages(&import, NoteKind::Doubtful).contains("不止一份报告"));
}

#[test]
fn a_title_that_heads_every_page_ends_nothing() {
    let form = Catalogue::default().by_id("2021").unwrap();
    let (lines, count) = printed(&form, "\t", TITLE);
    let headed: Vec<String> = lines
        .split('\n')
        .map(|line| if line.starts_with("三、") { format!("{TITLE}\n{line}") } else { line.to_owned() })
        .collect();
    let import = import(&text(&headed.join("\n")));
    all_in_order(&import, count);
    assert!(!messages(&import, NoteKind::Doubtful).contains("不止一份报告"));
}

#[test]
fn marks_of_the_file_are_told() {
    let paragraph = |text: &str, style| Block::Paragraph { text: text.to_owned(), style, at: At::Unknown };
    let mut blocks = vec![
        paragraph("草稿，尚有3处强制性问题，不作为正式报告", Style::Banner),
        heading(TITLE),
        heading("一、总体情况"),
        paragraph("〔请在此填写：总的情况〕", Style::Placeholder),
        heading("六、其他需要报告的事项"),
    ];
    for style in [Style::Banner, Style::Body] {
        if let Some(first) = blocks.first_mut() {
            *first = paragraph("草稿，尚有3处强制性问题，不作为正式报告", style);
        }
        let document = Document { blocks: blocks.clone(), ..Document::default() };
        let import = import(&document);
        assert_eq!(vanished(&document, &import), Vec::<String>::new());
        assert_eq!(messages(&import, NoteKind::LeftOver), "");
        let matched = messages(&import, NoteKind::Matched);
        assert!(matched.contains("不作为正式报告] 是文件的标记"), "{matched}");
        assert!(matched.contains("总的情况〕] 是请人填写的提示"), "{matched}");
    }
}
