//! `gouji export` and `gouji import` as their users run them.

use std::fs;
use std::path::Path;

use gouji::exchange::compose::Purpose;
use gouji::exchange::export::export;
use gouji::exchange::import::import;
use gouji::exchange::{Format, Limits};
use gouji::form::{Catalogue, Role};
use gouji::model::{CellId, Edit, Figure, Question};
use gouji::session::Session;
use gouji::store::draft;
use proptest::prelude::*;

use crate::cli::Desk;

const LOSSLESS: [&str; 5] = ["docx", "xlsx", "html", "csv", "json"];

/// A desk with a bundled draft under the name 甲.ron.
fn desk_with(sample: &str) -> Desk {
    let desk = Desk::with_draft("2025");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(sample);
    desk.write("甲.ron", &fs::read(path).unwrap());
    desk
}

fn opened(desk: &Desk, name: &str) -> Session {
    let (draft, _) = draft::read(name, &desk.read(name), &Catalogue::default()).unwrap();
    Session::open(draft.form, draft.report)
}

#[test]
fn what_goes_out_comes_back_the_same() {
    for sample in ["yiyuan-2020.ron", "hangzhou-type-2025.ron"] {
        let desk = desk_with(sample);
        for ending in LOSSLESS {
            let (file, back) = (format!("乙.{ending}"), format!("{ending}.ron"));
            let out = desk.run(&["export", "甲.ron", "-o", &file, "--yes"]);
            assert_eq!((out.code, out.err.as_str()), (0, ""), "{sample} {ending}: {}", out.out);
            assert!(out.out.starts_with(&format!("已导出“{file}”")), "{}", out.out);
            let told = desk.run(&["import", &file, "-o", &back]);
            assert_eq!((told.code, told.err.as_str()), (0, ""), "{sample} {ending}: {}", told.out);
            assert!(told.out.contains("0处请核对，0处没有采用"), "{}", told.out);
            let (here, there) = (opened(&desk, "甲.ron"), opened(&desk, &back));
            assert_eq!(there.form().id, here.form().id);
            for cell in here.form().all_cells() {
                assert_eq!(
                    there.report().figure(cell),
                    here.report().figure(cell),
                    "{sample} {ending} {cell:?}"
                );
                assert_eq!(
                    there.report().stated(cell),
                    here.report().stated(cell),
                    "{sample} {ending} {cell:?}"
                );
            }
            for fact in &here.form().facts {
                assert_eq!(there.report().fact(fact.id), here.report().fact(fact.id), "{sample} {ending}");
            }
        }
    }
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let desk = desk_with("yiyuan-2020.ron");
    for ending in LOSSLESS.into_iter().chain(["md"]) {
        let files = ["一", "二"].map(|name| format!("{name}.{ending}"));
        for file in &files {
            assert_eq!(desk.run(&["export", "甲.ron", "-o", file, "--yes"]).code, 0);
        }
        let bytes = files.map(|file| fs::read(desk.path(&file)).unwrap());
        assert!(bytes[0] == bytes[1], "{ending}");
    }
}

#[test]
fn what_is_wrong_goes_out_only_as_a_draft() {
    let desk = desk_with("faulty/t3-a-2021.ron");
    for ending in LOSSLESS {
        let file = format!("乙.{ending}");
        let refused = desk.run(&["export", "甲.ron", "-o", &file]);
        assert_eq!(refused.code, 1);
        assert!(refused.err.contains("T3-A") && refused.err.contains("没有导出"), "{}", refused.err);
        assert!(!desk.path(&file).exists());
        let made = desk.run(&["export", "甲.ron", "-o", &file, "--draft"]);
        assert_eq!(made.code, 0, "{}", made.err);
        assert!(made.out.contains("已标明“草稿”"), "{}", made.out);
    }
    for ending in ["html", "csv", "json"] {
        assert!(desk.read(&format!("乙.{ending}")).contains("草稿，尚有2处强制性问题"), "{ending}");
    }
    for ending in LOSSLESS {
        let told = desk.run(&["import", &format!("乙.{ending}"), "-o", &format!("{ending}.ron")]);
        assert_eq!(told.code, 0, "the mark is no part of the report: {}", told.out);
    }
}

#[test]
fn what_is_in_doubt_is_asked_about() {
    let desk = desk_with("faulty/s-1-2021.ron");
    let asked = desk.run(&["export", "甲.ron", "--to", "html"]);
    assert_eq!(asked.code, 1, "{}", asked.out);
    assert!(asked.err.contains("S-1") && asked.err.contains("--yes"), "{}", asked.err);
    assert_eq!(desk.run(&["export", "甲.ron", "--to", "html", "--yes"]).code, 0);
    assert!(desk.path("甲.html").exists(), "beside the draft");
}

#[test]
fn nothing_is_overwritten_unasked() {
    let desk = desk_with("yiyuan-2020.ron");
    desk.write("乙.html", b"mine");
    let refused = desk.run(&["export", "甲.ron", "-o", "乙.html", "--yes"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("“乙.html”已经存在"), "{}", refused.err);
    assert_eq!(desk.read("乙.html"), "mine");
    assert_eq!(desk.run(&["export", "甲.ron", "-o", "乙.html", "--yes", "--force"]).code, 0);
    let before = desk.read("甲.ron");
    let refused = desk.run(&["import", "乙.html", "-o", "甲.ron"]);
    assert_eq!(refused.code, 2);
    assert_eq!(desk.read("甲.ron"), before);
    assert_eq!(desk.run(&["set", "甲.ron", "cover.contact=另一处"]).code, 0);
    assert_eq!(desk.run(&["import", "乙.html", "-o", "甲.ron", "--force"]).code, 0);
    assert!(desk.run(&["backups", "甲.ron"]).out.contains(" 1 "), "what was there is a backup");
}

#[test]
fn neither_the_draft_nor_the_source_is_overwritten() {
    let desk = desk_with("yiyuan-2020.ron");
    let before = desk.read("甲.ron");
    for (output, expected) in
        [("甲.ron", "是要导出的草稿"), ("./甲.ron", "是要导出的草稿"), ("乙.RON", "结尾是草稿的")]
    {
        let refused = desk.run(&["export", "甲.ron", "--to", "csv", "-o", output, "--yes", "--force"]);
        assert_eq!(refused.code, 2, "{output}");
        assert!(refused.err.contains(expected), "{output}: {}", refused.err);
    }
    assert_eq!(desk.read("甲.ron"), before);
    assert!(!desk.path("乙.RON").exists());
    assert_eq!(desk.run(&["export", "甲.ron", "-o", "乙.docx", "--yes"]).code, 0);
    let source = fs::read(desk.path("乙.docx")).unwrap();
    let refused = desk.run(&["import", "乙.docx", "-o", "乙.docx", "--force"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("是要导入的文件"), "{}", refused.err);
    assert!(fs::read(desk.path("乙.docx")).unwrap() == source);
}

#[test]
fn a_blank_form_comes_back_blank_and_without_a_doubt() {
    let desk = Desk::with_draft("2025");
    for form in ["2019", "2021"] {
        for ending in ["docx", "xlsx"] {
            let made = desk.run(&["export", "--blank", "--form", form, "--to", ending]);
            assert_eq!(made.code, 0, "{}", made.err);
            let (file, back) = (format!("空表-{form}.{ending}"), format!("{form}-{ending}.ron"));
            let told = desk.run(&["import", &file, "-o", &back]);
            assert_eq!(told.code, 0, "{}", told.out);
            let session = opened(&desk, &back);
            assert_eq!(session.form().id, form);
            let report = session.report();
            assert!(
                session
                    .form()
                    .all_cells()
                    .all(|cell| report.figure(cell).is_blank() && report.stated(cell).is_blank())
            );
            assert_eq!(session.unit(), "");
        }
    }
}

#[test]
fn what_can_not_be_read_is_told_with_what_to_do() {
    let desk = Desk::with_draft("2025");
    for (name, bytes, expected) in [
        ("旧.doc", &b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 rest"[..], "“旧.doc”"),
        ("图.png", b"\x89PNG\r\n\x1a\n....", "图片"),
        ("空.docx", b"", "空文件"),
        ("坏.docx", b"PK\x03\x04broken", "“坏.docx”"),
        ("信.txt", "今天天气很好。".as_bytes(), "没有找到年度报告的表格"),
    ] {
        desk.write(name, bytes);
        let told = desk.run(&["import", name, "-o", "乙.ron"]);
        assert_eq!(told.code, 2, "{name}: {}", told.out);
        assert!(told.err.starts_with("错误：") && told.err.contains(expected), "{name}: {}", told.err);
        assert!(
            ["请", "只能", "能读的有"].iter().any(|advice| told.err.contains(advice)),
            "{name}: {}",
            told.err
        );
        assert!(!desk.path("乙.ron").exists(), "{name}");
    }
    let missing = desk.run(&["import", "没有.docx", "-o", "乙.ron"]);
    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("没有.docx"), "{}", missing.err);
}

#[test]
fn an_import_says_what_it_did_with_everything() {
    let desk = Desk::with_draft("2025");
    let text = "某县某局2025年政府信息公开工作年度报告\n一、总体情况\n全年平稳。\n二、主动公开政府信息情况\n\
                信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t0\t0\t0\n行政规范性文件\t22（其中修订16件）\t/\t55\n\
                其他主动公开文件\t1\t2\t3\n";
    desk.write("报.txt", text.as_bytes());
    let told = desk.run(&["import", "报.txt", "-o", "乙.ron"]);
    assert_eq!(told.code, 1, "{}", told.err);
    for expected in ["某县某局 2025年度，2021格式", "未采用 第8行", "其他主动公开文件"]
    {
        assert!(told.out.contains(expected), "{expected}: {}", told.out);
    }
    let session = opened(&desk, "乙.ron");
    let cell = |path: &str| match session.form().place(path).unwrap() {
        gouji::model::Place::Cell(cell) => cell,
        other => panic!("{other:?}"),
    };
    let issued = cell("disclosure.normative.issued");
    assert_eq!(session.report().figure(issued).number(), Some(22));
    assert_eq!(session.report().note(issued), "其中修订16件");
    assert_eq!(session.report().figure(cell("disclosure.normative.in_force")).number(), Some(55));
    assert!(desk.run(&["import", "报.txt", "-o", "丙.ron", "--all"]).out.contains("已对应"));
}

/// Lines of prose, some of which look like something else: a heading, a page number, a formula, a table, markup.
const LINES: [&str; 18] = [
    "全年收到申请3件，办结2件。",
    "（一）主动公开情况",
    "（二）依申请公开情况。有序办理。",
    "1.平台建设",
    "一是加强学习；二是规范办理。",
    "一、不是标题的一句话。",
    "- 4 -",
    "=1+1",
    "+8",
    "| 竖线 | 表 |",
    "<b>标签</b>&amp;“引号”",
    "规章 0 0 0",
    "四、结转下年度继续办理",
    "无",
    "总计 12",
    "2025年12月31日",
    "零宽\u{200b}空白，\u{202e}反向\u{202c}，软\u{ad}连字符。",
    "",
];

fn lines() -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(prop::sample::select(LINES.to_vec()), 0..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Export and import are the identity on figures, stated totals, prose and cover, in each lossless format.
    #[test]
    fn any_report_comes_back_from_every_lossless_format(
        form in prop::sample::select(vec!["2019", "2021"]),
        figures in prop::collection::vec((any::<prop::sample::Index>(), 0_i64..100_000_000), 0..150),
        texts in prop::collection::vec(lines(), 6),
        notes in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(vec!["其中修订1件", "=1+1", "两行\n附注，\"引号\""])), 0..4),
        reasons in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(vec!["S-1", "P-CLAIM"]), prop::sample::select(vec!["文中12件，表中13件。", "+8\n“9”"])), 0..3),
        unit in prop::sample::select(vec!["某县某局", "某省某市第2中学", "某县A区管委会", "很长的很长的很长的很长的很长的很长的很长的机关"]),
    ) {
        let form = Catalogue::default().by_id(form).unwrap();
        let year = if form.id == "2019" { 2020 } else { 2025 };
        let mut session = Session::new_report(form.clone(), unit, year);
        for (cell, number) in figures {
            let cell = CellId::new(cell.index(form.slots.len()));
            let to = Figure::Number(number);
            let edit = match form.slot(cell).unwrap().role {
                Role::Input => Edit::Figure { cell, to },
                Role::Total => Edit::Stated { cell, to },
            };
            session.apply(&edit, None).unwrap();
        }
        for (section, lines) in form.sections.iter().zip(&texts) {
            let Some(text) = section.text else { continue };
            // What stands around the prose of a section, and blanks around it, is not part of it.
            let inserted = lines.join("\n").trim().to_owned();
            session.apply(&Edit::Text { text, at: 0, removed: String::new(), inserted }, None).unwrap();
        }
        for (cell, note) in notes {
            let cell = CellId::new(cell.index(form.slots.len()));
            session.apply(&Edit::Note { cell, to: note.to_owned() }, None).unwrap();
        }
        for (cell, code, message) in reasons {
            let path = form.path(gouji::model::Place::Cell(CellId::new(cell.index(form.slots.len()))));
            let question = Question { path, code: code.to_owned(), message: message.to_owned() };
            session.apply(&Edit::Explain { question, to: "属实，另有说明。".to_owned() }, None).unwrap();
        }
        for format in [Format::Docx, Format::Xlsx, Format::Html, Format::Csv, Format::Json] {
            let bytes = export(&session, format, &Purpose::Final).unwrap();
            let name = format!("报告.{}", format.extension());
            let back = import(&bytes, Some(&name), &Catalogue::default(), None, &Limits::default()).unwrap();
            prop_assert_eq!(&back.form.id, &form.id);
            for cell in form.all_cells() {
                let path = form.path(gouji::model::Place::Cell(cell));
                prop_assert_eq!(back.report.figure(cell), session.report().figure(cell), "{} {}", name, path);
                prop_assert_eq!(back.report.stated(cell), session.report().stated(cell), "{} {}", name, path);
            }
            for text in form.sections.iter().filter_map(|section| section.text) {
                prop_assert_eq!(back.report.text(text), session.report().text(text), "{}", name);
            }
            // Word files and web pages are for the public, who need not see what is said inside the house.
            if !matches!(format, Format::Docx | Format::Html) {
                prop_assert!(back.report.notes().eq(session.report().notes()), "{}", name);
                prop_assert!(back.report.explanations().eq(session.report().explanations()), "{}", name);
            }
            for fact in &form.facts {
                prop_assert_eq!(back.report.fact(fact.id), session.report().fact(fact.id), "{} {}", name, &fact.name);
            }
        }
    }
}
