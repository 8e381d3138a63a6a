//! Word files in LibreOffice and python-docx.

use std::io::Write as _;
use std::process::Command;

use gouji::exchange::compose::{Purpose, page};
use gouji::exchange::document::{At, Block, Cell, Document, Part, Style, Table, TableBuilder};
use gouji::exchange::{Limits, docx};

use super::{converted, python, sample};

/// A table out of cells with their rows and columns, as html gives them.
fn table(rows: &[&[(&str, usize, usize, Part)]]) -> Block {
    let mut builder = TableBuilder::new(20, 1000);
    for row in rows {
        builder.next_row();
        for (text, rows, columns, part) in *row {
            builder.push(Cell {
                text: (*text).to_owned(),
                rows: *rows,
                columns: *columns,
                part: *part,
                ..Cell::default()
            });
        }
    }
    Block::Table(builder.build().unwrap())
}

/// A table with the spans of the official one of 2021 on requests: three rows of heads, a group over 22 rows.
fn requests() -> Block {
    let mut builder = TableBuilder::new(20, 1000);
    let (mut columns, mut open) = (0, [0_usize; 10]);
    let mut put = |text: &str, rows: usize, wide: usize, part| {
        let taken = |open: &[usize; 10]| open.iter().filter(|rows| **rows > 0).count();
        if columns == 0 || taken(&open) == 10 {
            builder.next_row();
            for rows in &mut open {
                *rows = rows.saturating_sub(1);
            }
            columns = 1;
        }
        for free in open.iter_mut().filter(|rows| **rows == 0).take(wide) {
            *free = rows;
        }
        builder.push(Cell {
            text: text.to_owned(),
            rows,
            columns: wide,
            part,
            computed: text == "12345",
            ..Cell::default()
        });
    };
    put("（本列数据的关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3, Part::Head);
    put("申请人情况", 1, 7, Part::Head);
    put("自然人", 2, 1, Part::Head);
    put("法人或其他组织", 1, 5, Part::Head);
    put("总计", 2, 1, Part::Head);
    for head in ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"] {
        put(head, 1, 1, Part::Head);
    }
    let groups = [("甲、本年新收数量", 0), ("乙、上年结转数量", 0), ("", 22), ("丁、结转下年度继续办理", 0)];
    for (label, rows) in groups {
        if rows == 0 {
            put(label, 1, 3, Part::Label);
            (0..7).for_each(|column| put(if column == 6 { "12345" } else { "678" }, 1, 1, Part::Unknown));
            continue;
        }
        put("丙、本年度办理结果", rows, 1, Part::Label);
        let inner = [
            ("（一）全部同意", 0),
            ("（二）部分同意（区分处理的只计这一情形）", 0),
            ("（三）不同意", 8),
            ("（四）无法提供", 3),
            ("（五）不予处理", 5),
            ("（六）其他处理", 3),
            ("（七）合计", 0),
        ];
        for (label, rows) in inner {
            put(label, rows.max(1), if rows == 0 { 2 } else { 1 }, Part::Label);
            for row in 0..rows.max(1) {
                if rows > 0 {
                    put(&format!("{}.理由较长的一种情形，在格内要换行", row + 1), 1, 1, Part::Label);
                }
                (0..7).for_each(|column| put(if column == 6 { "12345" } else { "0" }, 1, 1, Part::Unknown));
            }
        }
    }
    Block::Table(builder.build().unwrap())
}

/// A report of full size with our own words in it.
fn report() -> Document {
    let heading = |level, text: &str| Block::Heading { level, text: text.to_owned(), at: At::Unknown };
    let paragraph = |style, text: &str| Block::Paragraph { text: text.to_owned(), style, at: At::Unknown };
    let prose =
        "本段用来检查版面：引号“三方”、省略号……与破折号——都应当用中文字体，数字 1,234 和 33.9% 用西文字体；\
                 每行二十八字，段首空两字。"
            .repeat(4);
    let label = |text| (text, 1, 1, Part::Label);
    let head = |text| (text, 1, 1, Part::Head);
    let wide = |text| (text, 1, 4, Part::Head);
    let over = |text| (text, 1, 3, Part::Head);
    let figure = (("11398889"), 1, 1, Part::Unknown);
    let one = ("59237.2449", 1, 3, Part::Unknown);
    let disclosure = table(&[
        &[wide("第（一）项")],
        &[head("信息内容"), head("本年制发件数"), head("本年废止件数"), head("现行有效件数")],
        &[label("规章"), figure, figure, figure],
        &[label("行政规范性文件"), figure, figure, figure],
        &[wide("第（五）项")],
        &[head("信息内容"), over("本年处理决定数量")],
        &[label("行政许可"), one],
        &[wide("第（八）项")],
        &[head("信息内容"), over("本年收费金额（单位：万元）")],
        &[label("行政事业性收费"), one],
    ]);
    let tall = |text| (text, 2, 1, Part::Head);
    let five = |text| (text, 1, 5, Part::Head);
    let results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"];
    let remedies = table(&[
        &[five("行政复议"), (("行政诉讼"), 1, 10, Part::Head)],
        &[
            tall(results[0]),
            tall(results[1]),
            tall(results[2]),
            tall(results[3]),
            tall(results[4]),
            five("未经复议直接起诉"),
            five("复议后起诉"),
        ],
        &results.iter().chain(&results).map(|text| head(text)).collect::<Vec<_>>(),
        &[("123", 1, 1, Part::Unknown); 15],
    ]);
    Document {
        blocks: vec![
            paragraph(Style::Banner, "草稿：尚有 3 处错误没有改正"),
            heading(0, "某某县政府办公室2025年政府信息公开工作年度报告"),
            paragraph(Style::Body, &prose),
            heading(1, "一、总体情况"),
            heading(2, "（一）主动公开"),
            paragraph(Style::Body, &prose),
            heading(2, "（二）依申请公开"),
            paragraph(Style::Body, &prose),
            heading(1, "二、主动公开政府信息情况"),
            disclosure,
            heading(1, "三、收到和处理政府信息公开申请情况"),
            requests(),
            heading(1, "四、政府信息公开行政复议、行政诉讼情况"),
            remedies,
            heading(1, "五、存在的主要问题及改进情况"),
            paragraph(Style::Placeholder, "（请在此写明存在的主要问题和改进情况）"),
            heading(1, "六、其他需要报告的事项"),
            paragraph(Style::Body, &prose),
            paragraph(Style::SignOff, "某某县政府办公室"),
            paragraph(Style::SignOff, "2026年1月20日"),
        ],
        properties: [("gouji.form".to_owned(), "2021".to_owned())].into(),
        ..Document::default()
    }
}

fn tables(document: &Document) -> Vec<&Table> {
    document.tables().collect()
}

/// All that a file keeps of a table.
fn shape(table: &Table) -> Vec<(usize, usize, usize, usize, &str, bool)> {
    let cells = table.cells().iter();
    cells
        .map(|cell| (cell.row, cell.column, cell.rows, cell.columns, cell.text.as_str(), cell.computed))
        .collect()
}

/// Headings and paragraphs with what they are.
fn words(document: &Document) -> Vec<String> {
    let told = document.blocks.iter().filter_map(|block| match block {
        Block::Heading { level, text, .. } => Some(format!("{level} {text}")),
        Block::Paragraph { text, style, .. } => Some(format!("{style:?} {text}")),
        Block::Table(_) => None,
    });
    told.collect()
}

#[test]
fn reports_come_back_as_they_were_composed() {
    for name in ["yiyuan-2020.ron", "hangzhou-type-2025.ron"] {
        for purpose in [Purpose::Final, Purpose::Draft { mandatory: 3 }, Purpose::Blank] {
            let written = page(&sample(name), &purpose);
            let read = docx::read(&docx::write(&written).unwrap(), &Limits::default()).unwrap();
            assert_eq!(words(&read), words(&written), "{name} {purpose:?}");
            let shapes = |document| tables(document).into_iter().map(shape).collect::<Vec<_>>();
            assert_eq!(shapes(&read), shapes(&written), "{name} {purpose:?}");
            assert_eq!(read.properties, written.properties);
            assert!(read.lost.is_empty(), "{:?}", read.lost);
        }
    }
}

#[test]
fn libreoffice_prints_and_saves_what_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.docx");
    std::fs::File::create(&file).unwrap().write_all(&docx::write(&report()).unwrap()).unwrap();
    let Some(pdf) = converted(&file, "pdf") else { return };
    let printed = Command::new("pdftotext").arg("-layout").arg(&pdf).arg("-").output();
    if let Ok(printed) = printed {
        let text = String::from_utf8(printed.stdout).unwrap();
        let pages: Vec<&str> = text.trim_end_matches('\u{c}').split('\u{c}').collect();
        assert!((4..=9).contains(&pages.len()), "{} pages", pages.len());
        for (number, page) in (1..).zip(&pages) {
            let page = page.replace(' ', "");
            assert!(page.contains(&format!("—{number}—")), "page {number}: {page}");
            assert!(page.contains("尚有3处错误"), "page {number}: {page}");
        }
    } else {
        println!("跳过：没有安装 pdftotext");
    }
    // What LibreOffice saves anew is still the same report.
    let again = converted(&file, "docx").unwrap();
    let (written, read) = (report(), docx::read(&std::fs::read(again).unwrap(), &Limits::default()).unwrap());
    assert_eq!(tables(&read).len(), 3);
    for (read, written) in tables(&read).into_iter().zip(tables(&written)) {
        assert_eq!(shape(read), shape(written));
    }
    assert_eq!(words(&read), words(&written));
    assert_eq!(read.properties, written.properties);
}

#[test]
fn python_docx_sees_the_same_tables_and_headings() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.docx");
    std::fs::File::create(&file).unwrap().write_all(&docx::write(&report()).unwrap()).unwrap();
    let script = "import docx, sys\n\
        d = docx.Document(sys.argv[1])\n\
        for p in d.paragraphs:\n\
        \x20   if p.style.name.startswith(('Heading', 'Title')): print(p.style.name, p.text)\n\
        for t in d.tables:\n\
        \x20   print(len(t.rows), len(t.columns), len({c._tc for r in t.rows for c in r.cells}))\n\
        print(d.sections[0].page_width.twips, d.sections[0].left_margin.twips)\n";
    let Some(told) = python("docx", script, &[&file]) else { return };
    assert!(told.contains("Title 某某县政府办公室\n2025年"), "{told}");
    assert!(
        told.contains("Heading 1 六、其他需要报告的事项") && told.contains("Heading 2 （一）主动公开"),
        "{told}"
    );
    let document = report();
    for table in tables(&document) {
        let size = format!("\n{} {} {}\n", table.rows(), table.columns(), table.cells().len());
        assert!(told.contains(&size), "{size} is not in {told}");
    }
    assert!(told.ends_with("11906 1588\n"), "{told}");
}
