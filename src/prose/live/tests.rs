use std::collections::HashMap;
use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::assets;
use crate::model::CellId;

static FORM: LazyLock<Form> = LazyLock::new(|| Form::read(assets::FORMS[1].0, assets::FORMS[1].1).unwrap());

const NEW: &str = "requests.received.total";
const CARRIED: &str = "requests.carried_in.total";
const GRANTED: &str = "requests.granted.total";
const FEES: &str = "disclosure.fees.amount";

#[derive(Default)]
struct Figures {
    now: HashMap<CellId, i64>,
    before: HashMap<CellId, i64>,
}

impl Values for Figures {
    fn cell(&self, cell: CellId) -> Option<i64> {
        self.now.get(&cell).copied()
    }

    fn last_year(&self, cell: CellId) -> Option<i64> {
        self.before.get(&cell).copied()
    }
}

fn cell(path: &str) -> CellId {
    let Some(Place::Cell(cell)) = FORM.place(path) else { panic!("no cell {path}") };
    cell
}

fn figures(now: &[(&str, i64)], before: &[(&str, i64)]) -> Figures {
    let map = |all: &[(&str, i64)]| all.iter().map(|(path, value)| (cell(path), *value)).collect();
    Figures { now: map(now), before: map(before) }
}

fn usual() -> Figures {
    figures(
        &[(NEW, 99), (CARRIED, 6), (GRANTED, 35), (FEES, 25_100_000)],
        &[(NEW, 80), (CARRIED, 0), (GRANTED, 40)],
    )
}

fn shown(text: &str) -> String {
    resolve(&FORM, text, &usual()).text
}

/// The first complaint about a text.
fn complaint(text: &str) -> String {
    check(&FORM, text, &usual()).first().map_or(String::new(), |remark| remark.message.clone())
}

#[test]
fn cells_sums_shares_and_growth_are_shown_as_values() {
    let cases = [
        ("共{{requests.received.total}}件", "共99件"),
        ("{{ requests.received.total+requests.carried_in.total }}", "105"),
        ("{{requests.received.total - requests.carried_in.total - requests.granted.total}}", "58"),
        ("{{requests.received.total - (requests.carried_in.total + requests.granted.total)}}", "58"),
        ("{{requests.carried_in.total - requests.received.total}}", "-93"),
        ("{{requests.granted.total / requests.received.total %}}", "35.4%"),
        ("{{requests.granted.total / requests.received.total %.2}}", "35.35%"),
        ("{{requests.granted.total / requests.received.total%.0}}", "35%"),
        ("{{requests.granted.total ／ （requests.received.total＋requests.carried_in.total）％}}", "33.3%"),
        ("{{requests.received.total / requests.carried_in.total}}", "16.5"),
        ("{{requests.carried_in.total / requests.received.total}}", "0.06"),
        ("{{requests.received.total / requests.received.total %}}", "100.0%"),
        ("{{growth(requests.received.total)}}", "23.8%"),
        ("{{growth( requests.granted.total ) %.2}}", "-12.50%"),
        ("{{growth(requests.received.total + requests.granted.total)}}", "11.7%"),
        ("{{last_year.requests.received.total}}", "80"),
        ("{{requests.received.total - last_year.requests.received.total}}", "19"),
        ("{{disclosure.fees.amount}}万元", "25.1万元"),
        ("甲{{requests.received.total}}{{requests.carried_in.total}}乙", "甲996乙"),
        ("{{{requests.carried_in.total}}}", "{6}"),
    ];
    for (text, expected) in cases {
        assert_eq!(shown(text), expected, "{text}");
        assert_eq!(complaint(text), "", "{text}");
    }
}

#[test]
fn arithmetic_is_exact_where_floats_are_not() {
    let huge = figures(&[(NEW, i64::MAX), (CARRIED, 1), (FEES, 100_000), (GRANTED, 3)], &[]);
    let value = |text: &str| resolve(&FORM, &format!("{{{{{text}}}}}"), &huge).text;
    assert_eq!(value("requests.received.total + requests.carried_in.total"), "9223372036854775808");
    assert_eq!(value("disclosure.fees.amount + disclosure.fees.amount + disclosure.fees.amount"), "0.3");
    assert_eq!(
        value(
            "requests.carried_in.total / requests.granted.total + requests.carried_in.total / requests.granted.total + requests.carried_in.total / requests.granted.total"
        ),
        "1"
    );
    assert_eq!(value("requests.carried_in.total / requests.granted.total %.6"), "33.333333%");
    let quotient = ["requests.received.total"; 9].join(" / requests.carried_in.total / ");
    assert_eq!(value(&quotient), value(&quotient), "too much is no value, and no panic");
    let product = format!("requests.carried_in.total / ({})", ["requests.received.total"; 4].join(" / "));
    assert!(value(&product).len() > 3);
}

#[test]
fn halves_are_rounded_away_from_zero() {
    let value = |a, b, text: &str| {
        resolve(&FORM, &format!("{{{{{text}}}}}"), &figures(&[(NEW, a), (CARRIED, b)], &[])).text
    };
    let share = "requests.received.total / requests.carried_in.total %";
    assert_eq!(value(1, 8, &format!("{share}.0")), "13%");
    assert_eq!(value(1, 16, share), "6.3%");
    assert_eq!(value(-1, 16, share), "-6.3%");
    assert_eq!(value(-1, 100_000, share), "0.0%", "no minus before nothing");
    assert_eq!(value(1999, 2000, share), "100.0%");
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let cases = [
        (
            "{{requests.recieved.total}}",
            "没有“requests.recieved.total”这一格；是否为“requests.received.total”（一、本年新收·总计）？",
        ),
        ("{{甲乙}}", "没有“甲乙”这一格。"),
        ("{{}}", "应写一格的路径。"),
        ("{{requests.received.total +}}", "应写一格的路径。"),
        ("{{requests.received.total + %}}", "“%”之前应写一格的路径。"),
        ("{{overview}}", "“overview”不是表内的数。"),
        ("{{cover.unit}}", "“cover.unit”不是表内的数。"),
        ("{{requests.received.total requests.received.total}}", "不明白“requests.received.total”。"),
        ("{{requests.received.total %.x}}", "不明白“.x”。"),
        ("{{requests.received.total %.9}}", "不明白“.9”。"),
        ("{{(requests.received.total}}", "括号没有成对。"),
        ("{{requests.received.total)}}", "括号没有成对。"),
        ("{{growth(last_year.requests.received.total)}}", "增长率里不能再写上年的格。"),
        ("{{requests.received.total", "缺少后面的两个花括号 }}。"),
        ("{{requests.received.total}件", "缺少后面的两个花括号 }}。"),
        ("{{requests.partial.total}}", "“三（二）部分公开·总计”还没有填，或不是数字。"),
        ("{{last_year.requests.partial.total}}", "没有“三（二）部分公开·总计”的上年数。"),
        ("{{requests.received.total / (requests.granted.total - requests.granted.total)}}", "除数为 0。"),
        ("{{growth(requests.carried_in.total)}}", "上年为 0，算不出增长率。"),
    ];
    for (text, expected) in cases {
        let said = complaint(text);
        assert!(said.starts_with("活数“{{") && said.ends_with(expected), "{text}: {said}");
    }
    let deep = format!("{{{{{}requests.received.total{}}}}}", "(".repeat(40), ")".repeat(40));
    assert!(complaint(&deep).contains("套得太多"));
    assert!(complaint(&format!("{{{{{}}}}}", "a".repeat(1001))).contains("太长"));
}

#[test]
fn a_slip_in_a_path_is_mended_with_one_fix() {
    let text = "共{{requests.carried_in.total + last_year.requests.recieved.total}}件";
    let remark = check(&FORM, text, &usual()).remove(0);
    assert_eq!((remark.topic, remark.severity), (Topic::Live, Severity::Mandatory));
    assert_eq!(remark.range, 3..text.len() - 3);
    let fix = remark.fix.unwrap();
    assert_eq!(&text[fix.range.clone()], "requests.recieved.total");
    let mut mended = text.to_owned();
    mended.replace_range(fix.range, &fix.with);
    assert_eq!(shown(&mended), "共86件");
    let blank = check(&FORM, "{{requests.partial.total}}", &usual()).remove(0);
    assert_eq!((blank.severity, blank.cells), (Severity::Verify, vec![cell("requests.partial.total")]));
}

#[test]
fn braces_that_open_nothing_are_text() {
    for text in ["", "{", "}}", "{甲}", "甲}}乙{", "{}", "} {", "a{b}}c"] {
        assert!(read(&FORM, text).is_empty(), "{text}");
        assert_eq!(shown(text), text);
    }
    let live = read(&FORM, "前{{requests.received.total 件\n后{{requests.received.total}}");
    assert_eq!(live.iter().map(|live| live.what.is_ok()).collect::<Vec<_>>(), [false, true]);
    assert_eq!(live[0].range, 3..3 + 25, "what has been written of the figure");
    assert_eq!(read(&FORM, "{{a{{requests.received.total}}").len(), 2);
}

#[test]
fn names_say_what_a_figure_is() {
    let name = |text: &str| {
        let text = format!("{{{{{text}}}}}");
        read(&FORM, &text)[0].what.as_ref().unwrap().name(&FORM)
    };
    assert_eq!(name(NEW), "一、本年新收·总计");
    assert_eq!(name(&format!("{NEW}+{CARRIED}")), "一、本年新收·总计 + 二、上年结转·总计");
    assert_eq!(
        name(&format!("{GRANTED}/({NEW}+{CARRIED})%")),
        "三（一）予以公开·总计 / (一、本年新收·总计 + 二、上年结转·总计)（百分比）"
    );
    assert_eq!(name(&format!("growth({NEW})")), "一、本年新收·总计（比上年增长）");
    assert_eq!(name(&format!("last_year.{NEW}")), "上年一、本年新收·总计");
}

#[test]
fn remarks_about_the_shown_text_go_back_to_the_written_one() {
    let text = "共{{requests.received.total}}件，其中{{requests.carried_in.total}}件。";
    let resolved = resolve(&FORM, text, &usual());
    assert_eq!(resolved.text, "共99件，其中6件。");
    let whole = |part: &str| resolved.text.find(part).map(|at| at..at + part.len()).unwrap();
    let written = |part: &str| &text[resolved.written(whole(part))];
    assert_eq!(written("99"), "{{requests.received.total}}");
    assert_eq!(written("9件"), "{{requests.received.total}}件");
    assert_eq!(written("其中"), "其中");
    assert_eq!(written("6件"), "{{requests.carried_in.total}}件");
    assert_eq!(resolved.written(0..resolved.text.len()), 0..text.len());
    assert_eq!(resolved.written(3..3), 3..3);
    assert_eq!(resolved.shown(3..30), 3..5);
    assert_eq!(resolved.shown(10..12), 3..5);
    let remark = |range: Range<usize>| Remark {
        topic: Topic::Claim,
        severity: Severity::Verify,
        range: range.clone(),
        message: String::new(),
        hint: "",
        cells: Vec::new(),
        fix: Some(Fix { range, with: "7".into(), name: String::new() }),
    };
    assert_eq!(resolved.to_written(remark(whole("6"))).fix, None, "a live figure is not written over");
    let kept = resolved.to_written(remark(whole("其中")));
    assert_eq!(&text[kept.fix.unwrap().range], "其中");
}

#[test]
fn plain_figures_are_found_around_the_caret() {
    let found = |text: &str, at: usize| {
        figure_at(&FORM, text, at)
            .map(|figure| (text[figure.range].to_owned(), figure.value, figure.is_percentage))
    };
    let text = "共1,234件";
    for at in [3, 5, 8] {
        assert_eq!(found(text, at), Some(("1,234".into(), 1_234_000_000, false)), "{at}");
    }
    assert_eq!(found(text, 0), None);
    assert_eq!(found("第９９，5", 9), Some(("９９".into(), 99_000_000, false)));
    assert_eq!(found("1,23件", 1), Some(("1".into(), 1_000_000, false)));
    assert_eq!(found("为99。", 5), Some(("99".into(), 99_000_000, false)));
    assert!(found("占33.9%", 4).unwrap().2);
    assert_eq!(found("3万件", 0), Some(("3万".into(), 30_000_000_000, false)));
    assert_eq!(found("共3.6万件", 9), Some(("3.6万".into(), 36_000_000_000, false)));
    assert_eq!(found("受理一百二十件", 9), Some(("一百二十".into(), 120_000_000, false)));
    assert_eq!(found("收费三万元", 6), Some(("三".into(), 3_000_000, false)));
    assert_eq!(found("三分之一的申请", 0), None);
    assert_eq!(found("25.1万元", 0), Some(("25.1".into(), 25_100_000, false)));
    assert_eq!(found("{{requests1}}", 10), None);
    assert_eq!(found("甲", 1), None, "inside a character");
}

#[test]
fn the_cell_that_the_words_speak_of_comes_first() {
    let values = figures(
        &[(NEW, 99), ("requests.received.natural", 99), (GRANTED, 99), (CARRIED, 99), (FEES, 99_000_000)],
        &[],
    );
    let found = |text: &str| {
        let figure = figure_at(&FORM, text, text.find("99").unwrap()).unwrap();
        let cells = candidates(&FORM, text, &figure, &values);
        cells.into_iter().map(|cell| FORM.path(Place::Cell(cell))).collect::<Vec<_>>()
    };
    assert_eq!(found("本年新收申请99件")[0], NEW);
    assert_eq!(found("本年新收自然人申请99件")[0], "requests.received.natural");
    assert_eq!(found("本年新收120件，上年结转99件")[0], CARRIED);
    assert_eq!(found("予以公开99件")[0], GRANTED);
    assert_eq!(found("99").len(), 4, "no money without its unit");
    assert_eq!(found("收费99万元"), [FEES]);
    assert!(found("收费99元").is_empty(), "the unit would no longer fit");
    assert!(found("占99%").is_empty());
}

fn text() -> impl Strategy<Value = String> {
    let pieces = vec![
        "{",
        "}",
        "{{",
        "}}",
        "甲，",
        "\n",
        " ",
        "+",
        "-",
        "/",
        "%",
        ".2",
        "(",
        ")",
        "growth(",
        "last_year.",
        "9",
        "e\u{301}",
        "requests",
        "requests.received.total",
        "{{requests.received.total}}",
        "{{requests.granted.total / requests.received.total %}}",
        "{{requests.partial.total}}",
        "＋",
        "（",
    ];
    prop::collection::vec(prop::sample::select(pieces), 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_resolves_and_its_pieces_map_both_ways(text in text(), noise in "\\PC{0,20}", a in 0_usize..99, b in 0_usize..99) {
        let text = text + &noise;
        let resolved = resolve(&FORM, &text, &usual());
        if !text.contains(OPENING) {
            prop_assert_eq!(&resolved.text, &text);
        }
        check(&FORM, &text, &usual());
        let mut last = 0;
        for live in read(&FORM, &text) {
            prop_assert!(last <= live.range.start && live.range.start < live.range.end);
            last = live.range.end;
            prop_assert!(text[live.range.clone()].starts_with(OPENING));
            if let Ok(value) = live.value(&usual()) {
                let shown = resolved.shown(live.range.clone());
                prop_assert_eq!(&resolved.text[shown.clone()], value);
                prop_assert_eq!(resolved.written(shown), live.range);
            }
        }
        let (a, b) = (a.min(b).min(resolved.text.len()), a.max(b).min(resolved.text.len()));
        let written = resolved.written(a..b);
        prop_assert!(written.start <= written.end && written.end <= text.len());
        let back = resolved.shown(written);
        prop_assert!(back.start <= a && b <= back.end, "{a}..{b} came back as {back:?}");
        for at in 0..=text.len() {
            figure_at(&FORM, &text, at);
        }
    }
}
