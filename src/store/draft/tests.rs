use super::*;
use crate::form::Catalogue;
use crate::model::{Figure, Place};

fn draft(body: &str) -> String {
    format!("Draft(schema: 1, form: \"2019\",\n{body})")
}

fn open(body: &str) -> (Draft, Vec<String>) {
    let (draft, notices) = read("甲.ron", &draft(body), &Catalogue::default()).unwrap();
    (draft, notices.iter().map(Notice::to_string).collect())
}

fn refused(text: &str) -> String {
    read("甲.ron", text, &Catalogue::default()).unwrap_err().to_string()
}

fn figure(draft: &Draft, path: &str) -> Figure {
    match draft.form.place(path).unwrap() {
        Place::Cell(cell) => draft.report.figure(cell).clone(),
        other => panic!("{other:?}"),
    }
}

fn rewritten(draft: &Draft) -> String {
    write(&draft.form, &draft.report, &draft.unknown)
}

#[test]
fn notes_and_reasons_are_kept_and_half_ones_are_told() {
    let text = |explained: &str| {
        format!(
            "Draft(schema: 1, form: \"2021\", notes: (requests: (received: (natural: \"其中修订16件\"))), explained: {explained})"
        )
    };
    let (draft, notices) = read(
        "甲",
        &text("[(at: \"nowhere\", code: \"S-1\", message: \"差 1。\", words: \"已核实\")]"),
        &Catalogue::default(),
    )
    .unwrap();
    assert_eq!(notices, []);
    assert_eq!(draft.report.notes().map(|(_, note)| note).collect::<Vec<_>>(), ["其中修订16件"]);
    let reasons: Vec<_> =
        draft.report.explanations().map(|(question, words)| (question.path.as_str(), words)).collect();
    assert_eq!(reasons, [("nowhere", "已核实")], "也留着表式没有的位置");
    for half in
        ["[(at: \"x\")]", "[1]", "(at: 1)", "[(at: \"\", code: \"\", message: \"\", words: \"\", more: 1)]"]
    {
        let error = read("甲", &text(half), &Catalogue::default()).unwrap_err().to_string();
        assert!(error.contains("审核说明"), "{half}: {error}");
    }
    assert!(read("甲", &text("[]"), &Catalogue::default()).is_ok());
}

#[test]
fn the_format_is_as_agreed() {
    let text = r#"// 勾稽草稿。可用文本编辑器查看；注释在保存时不保留。
Draft(
    schema: 1,
    form: "2019",
    cover: (
        unit: "沂源县人民政府",
        level: "county",
        year: "2020",
    ),
    figures: (
        disclosure: (
            regulation: (made: 0, disclosed: 0, disclosed_total: 0),
            procurement: (items: 162, amount: 152200.5),
        ),
        requests: (
            received: (natural: 99, business: "22（其中修订16件）"),
        ),
    ),
    stated: (
        requests: (
            received: (total: 99),
        ),
    ),
    texts: (
        overview: [
            "第一段“引号”……",
            "",
            "第二段\u{202e}\"\\\u{1b}",
        ],
    ),
)
"#;
    let (draft, notices) = read("甲.ron", text, &Catalogue::default()).unwrap();
    assert_eq!(notices, []);
    assert_eq!(rewritten(&draft), text);
    let text = draft.form.text_of("overview").unwrap();
    assert_eq!(draft.report.text(text), "第一段“引号”……\n\n第二段\u{202e}\"\\\u{1b}");
}

#[test]
fn an_empty_report_is_three_lines() {
    let (draft, _) = open("cover: (), figures: (requests: ( /* 无 */ )), texts: (overview: [])");
    let lines: Vec<_> = rewritten(&draft).lines().skip(1).map(str::to_owned).collect();
    assert_eq!(lines, ["Draft(", "    schema: 1,", "    form: \"2019\",", ")"]);
}

#[test]
fn strings_that_are_numbers_are_numbers() {
    let (draft, _) = open(
        "figures: (requests: (received: (natural: \"８２\", business: \" \", research: \"/\", welfare: Some(4), \
         legal: 0x1F, other_org: 99999999999999999999)))",
    );
    assert_eq!(figure(&draft, "requests.received.natural"), Figure::Number(82));
    assert_eq!(figure(&draft, "requests.received.business"), Figure::Blank);
    assert_eq!(figure(&draft, "requests.received.research"), Figure::Unread("/".to_owned()));
    assert_eq!(figure(&draft, "requests.received.welfare"), Figure::Number(4));
    assert_eq!(figure(&draft, "requests.received.legal"), Figure::Number(31));
    let large = Figure::Unread("99999999999999999999".to_owned());
    assert_eq!(figure(&draft, "requests.received.other_org"), large);
}

#[test]
fn what_the_form_does_not_know_is_kept_where_it_stood() {
    let (draft, notices) = open(
        r#"props: Props(a: Some("x"), b: [1, 2]), cover: (uint: "甲", extra: { 1: 'c' }),
        figures: (request: (a: 1), requests: (recieved: (natural: 1), received: (total: 99, naturel: 5, natural: 4))),
        stated: (requests: (received: (natural: 3))),
        texts: (overwiew: ["乙"], r#2: Some ( /* ) */ 3 /* 注 */ )),"#,
    );
    assert_eq!(
        notices,
        [
            "第 2 行第 1 列：草稿没有“props”这一项，已原样保留。",
            "第 2 行第 48 列：封面没有“uint”这一项，已原样保留。是否为“unit”？",
            "第 2 行第 59 列：封面没有“extra”这一项，已原样保留。",
            "第 3 行第 19 列：没有名为“request”的表，已原样保留。是否为“requests”？",
            "第 3 行第 47 列：表“requests”没有名为“recieved”的行，已原样保留。是否为“received”？",
            "第 3 行第 82 列：“requests.received.total”是合计，由程序计算，不采用这里的数；核对数请写在 stated 中，已原样保留。",
            "第 3 行第 93 列：“requests.received”没有名为“naturel”的列，已原样保留。是否为“natural”？",
            "第 4 行第 40 列：“requests.received.natural”不是合计，没有核对数；数据请写在 figures 中，已原样保留。",
            "第 5 行第 17 列：没有名为“overwiew”的文字部分，已原样保留。是否为“overview”？",
            "第 5 行第 34 列：没有名为“2”的文字部分，已原样保留。",
        ]
    );
    let text = rewritten(&draft);
    let lines: Vec<&str> = text.lines().skip(4).collect();
    assert_eq!(
        lines,
        [
            "    cover: (",
            "        uint: \"甲\",",
            "        extra: { 1: 'c' },",
            "    ),",
            "    figures: (",
            "        requests: (",
            "            received: (natural: 4, total: 99, naturel: 5),",
            "            recieved: (natural: 1),",
            "        ),",
            "        request: (a: 1),",
            "    ),",
            "    stated: (",
            "        requests: (",
            "            received: (natural: 3),",
            "        ),",
            "    ),",
            "    texts: (",
            "        overwiew: [\"乙\"],",
            "        r#2: Some ( /* ) */ 3 /* 注 */ ),",
            "    ),",
            "    props: Props(a: Some(\"x\"), b: [1, 2]),",
            ")",
        ]
    );
    let (again, _) = read("甲.ron", &text, &Catalogue::default()).unwrap();
    assert_eq!(again.report, draft.report);
    assert_eq!(rewritten(&again), text);
}

#[test]
fn what_is_kept_finds_its_level_even_on_another_form() {
    let (draft, _) =
        open("figures: (requests: (received: (extra: 1)), disclosure: (procurement: (extra: 2)))");
    let newer = Catalogue::default().by_id("2021").unwrap();
    let text = write(&newer, &Report::new(newer.shape()), &draft.unknown);
    assert!(text.contains("received: (extra: 1),"), "{text}");
    assert!(text.contains("procurement: (extra: 2),"), "{text}");
    read("甲.ron", &text, &Catalogue::default()).unwrap();
}

#[test]
fn wrong_kinds_are_refused_with_their_place() {
    for (body, line) in [
        ("figures: (requests: (received: (natural: [1])))", "甲.ron 第 2 行第 42 列：这里应当是数字"),
        ("figures: (requests: (received: (natural: None)))", "甲.ron 第 2 行第 42 列：这里应当是数字"),
        ("figures: (requests: (received: (natural: inf)))", "甲.ron 第 2 行第 42 列：这里应当是数字"),
        ("figures: (requests: [1])", "甲.ron 第 2 行第 21 列：这里应当是用 ( ) 括起来的一组内容"),
        ("figures: {\"requests\": ()}", "甲.ron 第 2 行第 10 列：这里应当是用 ( ) 括起来的一组内容"),
        ("figures: Figures(requests: ())", "甲.ron 第 2 行第 10 列：这里应当是用 ( ) 括起来的一组内容"),
        ("cover: (unit: true)", "甲.ron 第 2 行第 15 列：这里应当是文字"),
        ("texts: (overview: [\"甲\", 5])", "甲.ron 第 2 行第 25 列：这里应当是一段文字"),
        ("texts: (overview: (\"甲\", \"乙\"))", "甲.ron 第 2 行第 19 列：这里应当是用 [ ] 括起来的几段文字"),
    ] {
        let error = refused(&draft(body));
        assert!(error.contains(line), "{body}\n{error}");
        assert!(error.contains("  提示："), "{error}");
    }
}

#[test]
fn a_key_written_twice_is_refused_on_every_level() {
    for body in [
        "cover: (unit: \"甲\"),\ncover: ()",
        "cover: (unit: \"甲\",\nunit: \"乙\")",
        "figures: (requests: (received: (natural: 1,\nr#natural: 2)))",
        "other: { \"a\": 1,\n a: 2 }",
    ] {
        let error = refused(&draft(body));
        assert!(error.contains("写了两次，第一次在第 2 行"), "{body}\n{error}");
        assert!(error.contains("甲.ron 第 3 行第 "), "{body}\n{error}");
    }
}

#[test]
fn all_mistakes_are_told_at_once_but_not_endlessly() {
    let error = refused(&draft("cover: (unit: 1.5, level: 'x')"));
    assert!(error.starts_with("草稿“甲.ron”有2处错误，没有打开：\n"), "{error}");
    let many = format!("texts: (overview: [{}])", "1,".repeat(20_000));
    let error = refused(&draft(&many));
    assert!(error.starts_with("草稿“甲.ron”有20000处错误"), "{}", error.len());
    assert_eq!(error.matches("这里应当是一段文字").count(), 50);
    let many = (0..20_000).map(|index| format!("k{index}: 0")).collect::<Vec<_>>().join(", ");
    let (draft, notices) = open(&many);
    assert_eq!((draft.unknown.len(), notices.len()), (20_000, 51));
    assert_eq!(notices[50], "另有 19950 处本表式没有的内容，也已原样保留");
}

#[test]
fn other_files_are_said_to_be_no_drafts() {
    for text in [
        "单位,数据\n甲,1\n",
        "{\"unit\": 1}",
        "Form(id: \"2019\")",
        "(a: 1)",
        "[1, 2]",
        "Drafts(schema: 1, form: \"2019\")",
        "1",
        "<html></html>",
        "hello",
    ] {
        assert!(refused(text).starts_with("“甲.ron”不是本程序的草稿"), "{text}: {}", refused(text));
    }
    assert!(refused("").contains("文件是空的"));
    assert!(refused("// 只有注释\n").contains("文件是空的"));
    assert!(refused("Draft()").contains("缺少项目“schema”"), "{}", refused("Draft()"));
    assert!(refused("Draft(schema: 1)").contains("缺少项目“form”"));
    assert!(refused("Draft(schema: 0, form: \"2019\")").contains("没有这样的格式版本"));
    assert!(refused("Draft(schema: \"1\", form: \"2019\")").contains("这里应当是整数"));
}

#[test]
fn newer_versions_and_unknown_forms_are_named() {
    for schema in ["2", "99999999999999999999999"] {
        let error = refused(&format!("Draft(\n  schema: {schema}, form: \"2031\")"));
        assert!(error.starts_with("“甲.ron”第 2 行第 11 列：这份草稿由较新版本的程序保存"), "{error}");
    }
    let error = refused("Draft(schema: 1,\n form: \"p37\")");
    assert!(error.starts_with("“甲.ron”第 2 行第 8 列：没有名为“p37”的表式（现有 2019、2021）"), "{error}");
}

#[test]
fn deep_nesting_is_refused() {
    for open in ["(a: ", "[", "{1: ", "Some("] {
        let error = refused(&format!("Draft(schema: 1, form: \"2019\", x: {}", open.repeat(100_000)));
        assert!(error.contains("括号嵌套过深"), "{open}: {error}");
    }
}

/// What came from a document as a range or a date was not reckoned with, and is not when the draft is opened.
#[test]
fn what_is_kept_as_words_is_not_reckoned_with() {
    for text in ["1904-01-01", "3-5", "12+7"] {
        let (draft, _) = open(&format!("figures: (requests: (received: (research: \"{text}\")))"));
        assert_eq!(figure(&draft, "requests.received.research"), Figure::Unread(text.to_owned()));
    }
}
