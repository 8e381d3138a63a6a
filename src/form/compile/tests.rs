use super::*;
use crate::assets;
use crate::form::table::Role;
use crate::form::wording::FigureAt;
use crate::model::Place;

fn bundled(id: &str) -> Form {
    let (name, text) = assets::FORMS.iter().find(|(name, _)| name.contains(id)).expect("a bundled form");
    Form::read(name, text).unwrap_or_else(|errors| panic!("{errors}"))
}

/// A small form in which single pieces can be replaced by wrong ones.
const SMALL: &str = r#"Form(
    id: "small", name: "小表", document: "文", years: (from: 2019),
    cover: [(id: "unit", label: "单位", kind: Unit), (id: "year", label: "年度", kind: Year)],
    sections: [(id: "one", number: "一", heading: "一", short: "一", table: "t")],
    tables: [(id: "t", title: "表", blocks: [(
        columns: [(id: "a", label: "甲"), (id: "m", label: "钱", kind: Money), (id: "all", label: "计")],
        rows: [(id: "x", label: "子"), (id: "y", label: "丑"), (id: "sum", label: "计")],
    )])],
    rules: [
        (code: "R1", title: "r", severity: 强制, basis: "b", total: "t.sum.a = sum(t.x..y.a)", message: "{left}", hint: "h"),
        (code: "R2", title: "r", severity: 核实, basis: "b", check: "for each r in rows(t): t.$r.a >= 0", message: "m", hint: "h"),
    ],
)"#;

#[track_caller]
fn mistakes(replace: &str, by: &str) -> Vec<(String, String)> {
    assert!(SMALL.contains(replace), "nothing to replace");
    let errors = Form::read("f.ron", &SMALL.replacen(replace, by, 1)).expect_err("a mistake");
    errors
        .blocks
        .iter()
        .map(|block| {
            let first = block.lines().next().unwrap_or_default();
            let (place, message) = first.split_once('：').expect("a place and a message");
            (place.to_owned(), message.to_owned())
        })
        .collect()
}

#[test]
fn the_official_forms_compile() {
    for id in ["2019", "2021"] {
        let form = bundled(id);
        assert_eq!(form.id, id);
        assert_eq!(form.sections.len(), 6);
    }
}

#[test]
fn totals_are_told_from_inputs() {
    let form = bundled("2021");
    let role = |path: &str| form.slot(form.cells[path]).expect("a slot").role;
    assert_eq!(role("requests.outcome_total.natural"), Role::Total);
    assert_eq!(role("requests.received.total"), Role::Total);
    assert_eq!(role("requests.carried_out.natural"), Role::Input, "it is never derived from the balance");
    let totals = form.slots.iter().filter(|slot| slot.role == Role::Total).count();
    assert_eq!(totals, 25 + 6 + 3);
    assert_eq!(form.program.totals.len(), totals, "each total has one definition");
}

#[test]
fn paths_and_names_lead_to_each_other() {
    let form = bundled("2019");
    for cell in form.all_cells() {
        let place = Place::Cell(cell);
        assert_eq!(form.place(&form.path(place)), Some(place));
    }
    let granted = form.place("requests.granted.natural").unwrap();
    assert_eq!(form.name(granted), "三（一）予以公开·自然人");
    assert_eq!(form.place("overview"), form.place("text.overview"));
    assert_eq!(form.name(form.place("cover.unit").unwrap()), "编制单位");
    assert_eq!(form.place("requests.granted.nobody"), None);
}

#[test]
fn the_balance_is_known_for_every_column() {
    let form = bundled("2021");
    let table = form.tables.iter().find(|table| table.balance.is_some()).unwrap();
    let balance = table.balance.as_ref().unwrap();
    assert_eq!(balance.columns.len(), 7);
    assert!(balance.columns.iter().all(Option::is_some));
}

#[test]
fn every_mistake_has_its_place() {
    let cases = [
        // The piece replaced, its replacement, the marked piece, the message.
        ("t.x..y.a", "t.x..z.a", "z.a", "没有名为“z”的行"),
        ("t.$r.a", "t.$q.a", "$q", "没有名为“q”的变量"),
        ("t.$r.a >= 0", "t.$r.a >= t.x.m", "t.$r.a", "件数与金额不能相加或比较"),
        ("t.$r.a >= 0", "t.*.a >= 0", "t.*.a", "这里是多格，不能当作一个数"),
        ("t.$r.a >= 0", "t.$r.a >= ", "\", message: \"m\"", "这里应为表名、数字或变量"),
        ("rows(t)", "rows(u)", "u): t.$r", "没有名为“u”的表"),
        ("\"{left}\"", "\"{lft}\"", "{lft}", "不认识的空位“{lft}”"),
        ("id: \"y\"", "id: \"x\"", "\"x\", label: \"丑\"", "行“x”重复"),
        ("code: \"R2\"", "code: \"R1\"", "\"R1\", title: \"r\", severity: 核实", "规则“R1”重复"),
        ("table: \"t\"", "table: \"s\"", "\"s\"", "没有名为“s”的表"),
        ("sum(t.x..y.a)", "sum(t.x..sum.a)", "\"t.sum.a", "合计的定义绕成了圈：一个合计最终要由它自己算出"),
        ("t.sum.a = ", "t.sum.a + t.x.a = ", "\"t.sum.a", "合计的定义要写成：格 = sum(…)"),
        ("kind: Year", "kind: Line", "[(id: \"unit\"", "封面要有且只有一个 Year 项目，现有0个"),
        ("id: \"a\"", "id: \"a b\"", "\"a b\"", "名称“a b”不能使用"),
    ];
    for (replace, by, marked, message) in cases {
        let text = SMALL.replacen(replace, by, 1);
        let at = text.find(marked).expect("the marked piece");
        let line = text[..at].matches('\n').count() + 1;
        let column = text[..at].chars().rev().take_while(|c| *c != '\n').count() + 1;
        let place = format!("f.ron 第 {line} 行第 {column} 列");
        let found = mistakes(replace, by);
        assert!(found.contains(&(place.clone(), message.to_owned())), "{by}: {place} not among {found:?}");
    }
}

#[test]
fn all_mistakes_are_reported_at_once() {
    let text = SMALL.replacen("t.x..y.a", "t.x..z.a", 1).replacen("rows(t)", "rows(u)", 1);
    let errors = Form::read("f.ron", &text).unwrap_err();
    assert_eq!(errors.blocks.len(), 2);
    let shown = errors.to_string();
    assert!(shown.contains("f.ron") && (shown.contains('^') || shown.contains('~')), "{shown}");
}

#[test]
fn ten_mistakes_of_all_kinds_are_ten_blocks() {
    let text = r#"Form(
    id: "small", name: "小表", document: "文", years: (from: "2019"),
    cover: [(id: "unit", lable: "单位", kind: Unit), (id: "year", label: "年度", kind: Year, hint: 3)],
    sections: [(id: "one", number: "一", heading: "一", short: "一", table: "t", colour: "red")],
    tables: [(id: "t", title: "表", title: "又", blocks: [(
        columns: [(id: "a", label: "甲"), (id: "m", label: "钱", kind: Money), (id: "all")],
        rows: [(id: "x", label: "子"), (id: "x", label: "丑"), (id: "sum", label: "计")],
    )])],
    rules: [
        (code: "R1", title: "r", severity: 随便, basis: "b", total: "t.sum.a = sum(t.x..z.a)", message: "{left}", hint: "h"),
        (code: "R2", title: "r", severity: 核实, basis: "b", blank: (left: SkipAny),
            check: "for each r in rows(t): t.$r.a >= 0", message: "m", hint: "h"),
    ],
)"#;
    let errors = Form::read("f.ron", text).expect_err("mistakes");
    let first: Vec<_> = errors.blocks.iter().map(|block| block.lines().next().unwrap_or_default()).collect();
    let expected = [
        (2, "\"2019\"", "这里应当是整数，却是文字"),
        (3, "lable", "没有名为“lable”的项目"),
        (3, "3)]", "这里应当是文字，却是数字 3"),
        (4, "colour", "没有名为“colour”的项目"),
        (5, "title: \"又\"", "项目“title”写了两次"),
        (6, "(id: \"all\"", "缺少项目“label”"),
        (7, "\"x\", label: \"丑\"", "行“x”重复"),
        (10, "随便", "没有名为“随便”的选项"),
        (10, "z.a", "没有名为“z”的行"),
        (11, "SkipAny", "没有名为“SkipAny”的选项"),
    ];
    let expected: Vec<_> = expected
        .iter()
        .map(|(line, piece, message)| {
            let text = text.lines().nth(line - 1).expect("the line");
            let column = text[..text.find(piece).expect(piece)].chars().count() + 1;
            format!("f.ron 第 {line} 行第 {column} 列：{message}")
        })
        .collect();
    assert_eq!(first, expected);
    assert!(errors.blocks[1].contains("是否为“label”？"), "{}", errors.blocks[1]);
    assert!(errors.blocks[9].contains("是否为“SkipIfAny”？"), "{}", errors.blocks[9]);
}

#[test]
fn a_slip_in_a_name_hides_nothing_else() {
    let text = SMALL
        .replacen(
            "kind: Unit",
            "kind: Unit), (id: \"c\", label: \"选\", kind: Chioce([(idd: \"x\", label: \"甲\")])",
            1,
        )
        .replacen("kind: Money", "kind: Monny", 1)
        .replacen("severity: 核实", "severity: \"核实\"", 1)
        .replacen("t.$r.a >= 0", "t.$r.b >= t.$q.m", 1);
    let errors = Form::read("f.ron", &text).unwrap_err();
    let parts = [
        "是否为“Choice”？",
        "没有名为“idd”的项目",
        "是否为“Money”？",
        "请写 核实，不加引号",
        "没有名为“b”的列",
        "没有名为“q”的变量",
    ];
    assert_eq!(errors.blocks.len(), parts.len(), "{errors}");
    for (block, part) in errors.blocks.iter().zip(parts) {
        assert!(block.contains(part), "{block}");
    }
}

#[test]
fn a_name_that_can_not_be_read_is_not_missed_elsewhere() {
    assert_eq!(
        mistakes("(id: \"y\", label: \"丑\")", "(id: 5, label: \"丑\")"),
        [("f.ron 第 7 行第 44 列".to_owned(), "这里应当是文字，却是数字 5".to_owned())]
    );
    assert_eq!(
        mistakes("table: \"t\"", "table: [1]"),
        [("f.ron 第 4 行第 74 列".to_owned(), "这里应当是文字，却是一列内容".to_owned())]
    );
}

/// The small form with these checks added as rules A, B and so on.
#[track_caller]
fn with_checks(checks: &[&str]) -> Vec<String> {
    let rules = checks.iter().zip('A'..).fold(String::new(), |rules, (check, code)| {
        let kind = if check.starts_with("total ") { "total" } else { "check" };
        rules + &rule(&code.to_string(), kind, check.trim_start_matches("total "))
    });
    let text = SMALL.replacen("rules: [", &format!("rules: [{rules}"), 1);
    let blocks = Form::read("f.ron", &text).map_or_else(|errors| errors.blocks, |_| Vec::new());
    let message =
        |block: String| block.lines().next().and_then(|line| line.split_once('：')).unwrap().1.to_owned();
    blocks.into_iter().map(message).collect()
}

fn rule(code: &str, kind: &str, text: &str) -> String {
    format!(
        "(code: \"{code}\", title: \"r\", severity: 强制, basis: \"b\", {kind}: \"{text}\", \
         message: \"m\", hint: \"h\"),\n"
    )
}

#[test]
fn copies_are_redundant() {
    for pair in [
        ["t.x.a + t.y.a = t.x.all", "t.x.all = t.y.a + t.x.a"],
        ["t.x.a > t.y.a", "t.y.a < t.x.a"],
        [
            "for each c in columns(t) except (m): t.x.$c >= t.y.$c",
            "for each k in columns(t) except (m): t.y.$k <= t.x.$k",
        ],
        ["filled(t.x.a) and t.x.a = 1", "t.x.a = 1 and filled(t.x.a)"],
        ["when cover.year = 2020: t.x.a = 1", "when 2020 = cover.year: 1 = t.x.a"],
        ["total t.x.all = t.x.a + t.y.a", "total t.x.all = sum(t.x..y.a)"],
    ] {
        assert_eq!(with_checks(&pair), ["规则“B”与规则“A”核对的是同一关系"], "{pair:?}");
    }
    for pair in [
        ["t.x.a > t.y.a", "t.x.a >= t.y.a"],
        ["t.x.a = t.y.a", "t.x.a = t.y.a within 1"],
        ["when cover.year = 2020: t.x.a = 1", "when cover.year = 2021: t.x.a = 1"],
        ["t.x.a - t.y.a > 1", "t.y.a - t.x.a > 1"],
        ["valid(t.x.a)", "filled(t.x.a)"],
    ] {
        assert_eq!(with_checks(&pair), [""; 0], "{pair:?}");
    }
}

#[test]
fn relations_that_say_nothing_are_reported() {
    let nothing = "比较的两边都是写定的数，这条规则什么也没有核对";
    assert_eq!(with_checks(&["1 = 2"]), [nothing]);
    assert_eq!(with_checks(&["1 = 1"]), [nothing]);
    assert_eq!(with_checks(&["when 1 < 2: t.x.a = 1"]), [nothing]);
    assert_eq!(with_checks(&["t.x.a = t.x.a"]), ["规则“A”的两边相同，什么也没有核对"]);
    assert_eq!(with_checks(&["for each c in columns(t): t.x.$c >= t.x.$c"]).len(), 1);
    assert_eq!(with_checks(&["for each c in columns(t) except (m): t.x.$c >= t.x.a"]), [""; 0]);
}

#[test]
fn relations_that_can_not_both_hold_are_reported() {
    assert_eq!(
        with_checks(&["t.x.a = t.y.a + 1", "t.y.a = t.x.a + 1"]),
        ["规则“B”与规则“A”矛盾：同样的格不能等于两个不同的数"]
    );
    assert_eq!(with_checks(&["t.x.a = 1 and t.x.a = 2"]), ["规则“A”自相矛盾：同样的格不能等于两个不同的数"]);
    assert_eq!(with_checks(&["total t.x.all = t.x.a + t.y.a", "t.x.all = t.x.a + t.y.a + 5"]).len(), 1);
    assert_eq!(with_checks(&["t.x.a = 1 within 1", "t.x.a = 3 within 1"]), [""; 0]);
    assert_eq!(with_checks(&["when filled(t.y.a): t.x.a = 1", "t.x.a = 2"]), [""; 0]);
}

#[test]
fn a_file_of_nothing_but_mistakes_is_bounded() {
    let rows = "(idd: 1, lable: [], x: 2),".repeat(20_000);
    let text = SMALL.replacen("rows: [", &format!("rows: [{rows}"), 1);
    let errors = Form::read("f.ron", &text).unwrap_err();
    assert_eq!(errors.blocks.len(), crate::form::error::MAX_MISTAKES);
    assert!(errors.more && errors.to_string().ends_with("请改正后再检查。\n"));
    let copies = "title: \"表\",".repeat(50_000);
    let text = SMALL.replacen("title: \"表\",", &copies, 1);
    assert!(Form::read("f.ron", &text).unwrap_err().more);
    let rules = (0..2_000)
        .fold(String::new(), |rules, n| rules + &rule(&format!("C{n}"), "check", &format!("t.x.a = {n}")));
    let text = SMALL.replacen("rules: [", &format!("rules: [{rules}"), 1);
    assert!(Form::read("f.ron", &text).unwrap_err().more);
}

#[test]
fn a_syntax_mistake_is_told_in_chinese() {
    let errors = Form::read("f.ron", &SMALL.replacen("years: (", "years: ((", 1)).unwrap_err();
    let shown = errors.to_string();
    assert!(shown.contains("f.ron"), "{shown}");
    assert!(!shown.contains("Expected"), "{shown}");
}

#[test]
fn a_chain_of_totals_is_computed_in_order() {
    let text = SMALL.replacen(
        "rules: [",
        r#"rules: [
        (code: "R0", title: "r", severity: 强制, basis: "b", total: "for each r in rows(t): t.$r.all = t.$r.a", message: "m", hint: "h"),"#,
        1,
    );
    let form = Form::read("f.ron", &text).unwrap_or_else(|errors| panic!("{errors}"));
    let order: Vec<_> = form.program.totals.iter().map(|step| form.path(Place::Cell(step.cell))).collect();
    let at = |path: &str| order.iter().position(|known| known == path).unwrap();
    assert!(at("t.sum.a") < at("t.sum.all"), "{order:?}");
}

#[test]
fn what_rules_unroll_to_is_bounded_for_the_whole_form() {
    let rule = |index: usize, check: &str| {
        format!(
            "(code: \"B{index}\", title: \"r\", severity: 核实, basis: \"b\", check: \"{check}\", message: \"m\", hint: \"h\"),"
        )
    };
    let rules = |count: usize, check: &str| (0..count).map(|index| rule(index, check)).collect::<String>();
    let told = |added: &str, wanted: &str| {
        let mistakes = mistakes("rules: [", &format!("rules: [{added}"));
        mistakes.iter().filter(|(_, message)| message == wanted).count()
    };
    let loops = "for each a in rows(t), b in rows(t), c in rows(t), d in rows(t), e in rows(t): t.$a.a >= 0";
    // 243 instances a rule: each is well within bounds, and all are not.
    assert_eq!(told(&rules(90, loops), "全部规则展开后超过20000条"), 1);
    let long = format!("t.x.a >= {}", vec!["sum(t.*.a)"; 4000].join(" + "));
    assert_eq!(told(&rules(45, &long), "全部规则读取的数累计超过1000000个"), 1);
}

#[test]
fn a_form_of_no_sensible_size_is_refused() {
    let many = |item: &dyn Fn(usize) -> String| (0..1001).map(item).collect::<String>();
    let facts = many(&|index| format!("(id: \"f{index}\", label: \"项\", kind: Line), "));
    let options = many(&|index| format!("(id: \"o{index}\", label: \"项\"), "));
    let choice = format!("(id: \"level\", label: \"级\", kind: Choice([{options}])), ");
    for (field, added, told) in [
        ("cover: [", &facts, "封面项目过多：有1003个，最多200个"),
        ("cover: [", &choice, "选项过多：有1001个，最多1000个"),
    ] {
        let mistakes = mistakes(field, &format!("{field}{added}"));
        assert_eq!(mistakes.iter().map(|(_, message)| message.as_str()).collect::<Vec<_>>(), [told]);
    }
}

#[test]
fn texts_say_what_content_they_must_have() {
    use crate::form::TextRole;
    for id in ["2019", "2021"] {
        let form = bundled(id);
        let role = |section: &str| form.role_of_text(form.text_of(section).expect("a text"));
        assert_eq!(role("problems"), Some(TextRole::Problems));
        assert_eq!(role("other"), Some(TextRole::Other));
        assert_eq!(role("overview"), None);
        assert_eq!(role("requests"), None);
    }
    let (place, message) = mistakes(r#"table: "t")"#, r#"table: "t", text: (guidance: "写", role: Odd))"#)
        .pop()
        .expect("an unknown role is refused");
    assert!(place.contains("第 4 行"), "{place}");
    assert!(message.contains("Odd"), "{message}");
}

#[test]
fn each_official_form_knows_the_documents_of_the_other_years() {
    let (old, new) = (bundled("2019"), bundled("2021"));
    assert_eq!(new.other_documents, [old.document]);
    assert_eq!(old.other_documents, [new.document]);
}

/// Claims for the small form, with one piece replaced.
fn claimed(replace: &str, by: &str) -> String {
    let claims = r##"claims: (
        between: "的", tail: "共", apart: "", others: "",
        topics: [(id: "apples", words: "苹果"), (id: "pears", words: "梨子")],
        quantities: [
            (id: "all", name: "总数", topic: "apples", units: "件", equals: [(name: "计", sum: "t.sum.a")], phrases: ["收到|受理 申请 #", "# 收到"]),
            (id: "part", name: "一部分", topic: "apples", units: "件", equals: [(name: "子", sum: "t.x.a + t.y.a")], phrases: ["没有"], under: "all"),
        ],
        complete: ["甲 乙"],
        done: [(topic: "apples", words: "全部办结", left: (name: "计", sum: "t.sum.a"))],
        expects: [(section: "one", words: "费用", except: "经费用", when: (name: "计", sum: "t.sum.a"), says: "没有写费用")],
    ),
)"##;
    assert!(claims.contains(replace), "nothing to replace");
    let rules_end = SMALL.rfind(')').expect("the end of the form");
    let small = SMALL[..rules_end].replace("table: \"t\")]", "table: \"t\", text: (guidance: \"写\"))]");
    format!("{small}{}", claims.replacen(replace, by, 1))
}

#[test]
fn claims_are_compiled_to_words_and_cells() {
    let form = Form::read("f.ron", &claimed("的", "的")).unwrap_or_else(|errors| panic!("{errors}"));
    let claims = &form.claims;
    assert_eq!(claims.quantities[0].phrases[0].written(), "收到|受理 申请 #");
    assert_eq!(claims.quantities[1].under, [0]);
    assert_eq!(claims.quantities[1].equals[0].terms.len(), 2);
    assert_eq!(claims.done[0].left.terms[0].cell, form.cells["t.sum.a"]);
    let expect = &claims.expects[0];
    assert_eq!((expect.text, &expect.says), (form.text_of("one").unwrap(), &"没有写费用".to_owned()));
    assert_eq!((expect.words.len(), expect.except.len(), expect.when.terms.len()), (1, 1, 1));
    let inside = Form::read("f.ron", &claimed("收到|受理 申请 #", "收到|受理 # 申请")).unwrap();
    assert_eq!(inside.claims.quantities[0].phrases[0].figure, FigureAt::Within(1));
    assert_eq!(inside.claims.quantities[0].phrases[0].written(), "收到|受理 # 申请");
    let without = Form::read("f.ron", SMALL).unwrap_or_else(|errors| panic!("{errors}"));
    assert!(without.claims.quantities.is_empty(), "a form need not know any claims");
}

#[test]
fn mistakes_in_claims_are_shown_at_their_place() {
    for (replace, by, line, message) in [
        ("topic: \"apples\", units", "topic: \"appels\", units", 17, "没有名为“appels”的主题"),
        ("under: \"all\"", "under: \"al\"", 18, "没有名为“al”的数量"),
        ("t.sum.a\")], phrases", "t.sun.a\")], phrases", 17, "没有名为“sun”的行"),
        ("t.x.a + t.y.a", "t.x.a +", 18, "这里应为表名、数字或变量"),
        ("t.x.a + t.y.a", "t.x.a + 1", 18, "这里只能是表中的格"),
        ("t.x.a + t.y.a", "t.x.a + t.x.m", 18, "件数与金额不能相加"),
        ("t.x.a + t.y.a", "t.x.a = t.y.a", 18, "求和到这里应当结束"),
        ("收到|受理 申请 #", "收到 # 申请 #", 17, "说法“收到 # 申请 #”写得不对"),
        ("section: \"one\"", "section: \"two\"", 22, "没有名为“two”的文字部分"),
        ("费用\", except", "\", except", 22, "这里至少要有一个词"),
        (
            "when: (name: \"计\", sum: \"t.sum.a\")",
            "when: (name: \"计\", sum: \"t.sum.z\")",
            22,
            "没有名为“z”的列",
        ),
        ("says: \"没有写费用\"", "says: \"\"", 22, "这里要写明由此可知什么"),
        (", says: \"没有写费用\"", "", 22, "缺少项目“says”"),
        ("收到|受理 申请 #", "收到||受理 #", 17, "说法“收到||受理 #”写得不对"),
        ("[\"没有\"]", "[]", 18, "至少写一种说法"),
        ("[\"没有\"]", "[\"# 收到\"]", 18, "说法“# 收到”在同一主题下写了两次"),
        ("id: \"part\"", "id: \"all\"", 18, "数量“all”重复或没有名称"),
        ("id: \"pears\"", "id: \"apples\"", 15, "主题“apples”重复或没有名称"),
        ("words: \"梨子\"", "words: \"梨子\", sections: \"two\"", 15, "没有名为“two”的文字部分"),
        (
            "units: \"件\", equals: [(name: \"子\"",
            "units: \"\", equals: [(name: \"子\"",
            18,
            "这里至少要有一个词",
        ),
        ("apart: \"\", ", "", 13, "缺少项目“apart”"),
    ] {
        let errors = Form::read("f.ron", &claimed(replace, by)).expect_err(by);
        let first: Vec<&str> = errors.blocks.iter().filter_map(|block| block.lines().next()).collect();
        let wanted = format!("f.ron 第 {line} 行");
        assert!(
            first.iter().any(|found| found.starts_with(&wanted) && found.contains(message)),
            "{by}: {errors}"
        );
    }
}
