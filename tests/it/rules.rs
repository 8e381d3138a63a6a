//! The rules of both forms: every one both ways, real figures, and what must hold after any series of edits.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use gouji::assets;
use gouji::check::{Evaluation, Finding};
use gouji::form::{Form, Role};
use gouji::model::{Edit, Place, Report, number};
use gouji::session::Session;
use proptest::prelude::*;
use serde::Deserialize;

/// Cases of one form; see the files for what they say.
#[derive(Deserialize)]
#[serde(rename = "Cases", deny_unknown_fields)]
struct CaseFile {
    form: String,
    clean: Vec<(String, String)>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    #[serde(default)]
    set: Vec<(String, String)>,
    #[serde(default)]
    finds: Vec<Expected>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    rule: String,
    at: String,
    /// Left, right and left minus right, as printed.
    #[serde(default)]
    sides: Option<(String, String, String)>,
    /// A piece of the sentence.
    says: String,
}

const CASES: [&str; 2] = [include_str!("../cases/rules-2019.ron"), include_str!("../cases/rules-2021.ron")];

static FORMS: LazyLock<[Arc<Form>; 2]> = LazyLock::new(|| {
    assets::FORMS
        .map(|(name, text)| Arc::new(Form::read(name, text).unwrap_or_else(|errors| panic!("{errors}"))))
});

#[test]
fn each_case_finds_what_it_says_and_nothing_else() {
    for cases in CASES.map(read) {
        for case in &cases.cases {
            let name = format!("{}: {}", cases.form, case.name);
            let session = filled(&form(&cases.form), cases.clean.iter().chain(&case.set));
            let found = session.evaluation().findings();
            let said: Vec<_> = found.iter().map(|finding| describe(&session, finding)).collect();
            assert_eq!(found.len(), case.finds.len(), "{name}: {said:#?}");
            for (finding, expected) in found.iter().zip(&case.finds) {
                assert_finding(&name, &session, finding, expected);
            }
        }
    }
}

#[test]
fn every_rule_fails_in_some_case_and_holds_in_the_clean_report() {
    for cases in CASES.map(read) {
        let clean = filled(&form(&cases.form), &cases.clean);
        assert_eq!(clean.evaluation().findings(), [], "{}", cases.form);
        let failing: BTreeSet<_> =
            cases.cases.iter().flat_map(|case| &case.finds).map(|expected| expected.rule.as_str()).collect();
        let form = form(&cases.form);
        let all: BTreeSet<_> = form.rules.iter().map(|rule| rule.code.as_str()).collect();
        assert_eq!(failing, all, "{}", cases.form);
    }
}

#[test]
fn an_empty_report_has_nothing_but_gaps() {
    for form in FORMS.iter() {
        let report = Report::new(form.shape());
        let evaluation = Evaluation::of(form, &report);
        assert!(evaluation.findings().iter().all(|finding| finding.is_gap(form)), "{}", form.id);
        let rows: usize =
            form.tables.iter().flat_map(|table| &table.blocks).map(|block| block.rows.len()).sum();
        // One for each row with something to fill in, five of the cover, three of the prose. The row
        // （七） has totals alone.
        assert_eq!(evaluation.findings().len(), rows - 1 + 5 + 3, "{}", form.id);
    }
}

/// A blank is nothing, or leaves the rule alone, or leaves it alone only when there is nothing else.
#[test]
fn a_blank_is_treated_in_the_three_ways() {
    let ways = [
        // Both cells blank, one blank, none blank; whether the rule "甲 + 乙 >= 5" fails.
        ("Zero", [true, true, true]),
        ("SkipIfAny", [false, false, true]),
        ("SkipIfAll", [false, true, true]),
    ];
    for (way, expected) in ways {
        let form =
            Arc::new(Form::read("小表.ron", &small_form(way)).unwrap_or_else(|errors| panic!("{errors}")));
        let fails = [&[][..], &[("t.x.a", "1")], &[("t.x.a", "1"), ("t.x.b", "2")]].map(|set| {
            let mut session = Session::open(form.clone(), Report::new(form.shape()));
            for (path, text) in set {
                put(&mut session, path, text);
            }
            session.evaluation().findings().len() == 1
        });
        assert_eq!(fails, expected, "{way}");
        let mut session = Session::open(form.clone(), Report::new(form.shape()));
        put(&mut session, "t.x.a", "5");
        put(&mut session, "t.x.b", "0");
        assert_eq!(session.evaluation().findings(), [], "{way}");
    }
}

#[test]
fn the_figures_of_a_county_for_2020_hold() {
    let session = filled(&form("2019"), &pairs(YIYUAN_2020));
    assert_no_finding(&session);
    let total = |path: &str| shown(&session, path);
    assert_eq!(total("requests.received.total"), "99");
    assert_eq!(total("requests.outcome_total.natural"), "99");
    assert_eq!(total("requests.outcome_total.total"), "99");
}

#[test]
fn the_figures_of_a_large_city_for_2025_hold() {
    let mut session = filled(&form("2021"), &pairs(CITY_2025));
    for (row, figures) in CITY_REQUESTS {
        let columns = ["natural", "business", "research", "welfare", "legal", "other_org", "total"];
        for (column, figure) in columns.into_iter().zip(figures) {
            put(&mut session, &format!("requests.{row}.{column}"), &figure.to_string());
        }
    }
    for (row, figures) in CITY_REMEDIES {
        for (column, figure) in ["upheld", "corrected", "other", "pending", "total"].into_iter().zip(figures)
        {
            put(&mut session, &format!("remedies.{row}.{column}"), &figure.to_string());
        }
    }
    // The totals as published are stated beside the computed ones, so each of them is compared here.
    assert_no_finding(&session);
}

#[test]
fn every_sentence_is_chinese_and_complete() {
    for cases in CASES.map(read) {
        for case in &cases.cases {
            let session = filled(&form(&cases.form), cases.clean.iter().chain(&case.set));
            for finding in session.evaluation().findings() {
                assert_sentence(&finding.message(session.form(), session.report()));
                assert_sentence(finding.hint(session.form()));
            }
        }
    }
}

/// What an edit of the random series does.
#[derive(Debug, Clone)]
enum Step {
    Type(usize, &'static str),
    Undo,
    Redo,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    const TEXTS: &[&str] = &[
        "",
        "0",
        "1",
        "7",
        "99",
        "-4",
        "减3",
        "/",
        "-",
        "无",
        "12+7",
        "３８",
        "38.5",
        "251000元",
        "22（其中修订16件）",
        "9223372036854775807",
        "99999999999999999999",
        "2020",
        "2020-02-30",
        "county",
        "city",
    ];
    let typed =
        (any::<usize>(), prop::sample::select(TEXTS)).prop_map(|(place, text)| Step::Type(place, text));
    let step = prop_oneof![8 => typed, 1 => Just(Step::Undo), 1 => Just(Step::Redo)];
    prop::collection::vec(step, 0..60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn rechecking_after_edits_equals_checking_from_scratch(which in 0_usize..2, steps in steps()) {
        let mut session = session_of_cases(which);
        for step in &steps {
            take(&mut session, step);
            prop_assert_eq!(session.evaluation(), &Evaluation::of(session.form(), session.report()));
        }
    }

    #[test]
    fn undoing_everything_gives_the_first_report_and_redoing_the_last(which in 0_usize..2, steps in steps()) {
        let form = FORMS[which].clone();
        let first = session_of_cases(which).report().clone();
        let mut session = Session::open(form, first.clone());
        for step in &steps {
            take(&mut session, step);
        }
        let last = session.report().clone();
        let (done, _) = session.history_depth();
        while session.undo().is_some() {}
        prop_assert_eq!(session.report(), &first);
        prop_assert!(!session.has_unsaved());
        for _ in 0..done {
            prop_assert!(session.redo().is_some());
        }
        prop_assert_eq!(session.report(), &last);
    }

    #[test]
    fn no_sentence_shows_a_gap_or_an_english_word(which in 0_usize..2, steps in steps()) {
        let mut session = session_of_cases(which);
        for step in &steps {
            // The level is stored under an English name, which nobody types by hand.
            if !matches!(step, Step::Type(_, "county" | "city")) {
                take(&mut session, step);
            }
        }
        for finding in session.evaluation().findings() {
            assert_sentence(&finding.message(session.form(), session.report()));
            prop_assert!(finding.hint(session.form()).ends_with('。'));
        }
    }

    #[test]
    fn one_figure_off_by_any_amount_is_found(which in 0_usize..2, cell in any::<usize>(), by in 1_i64..1_000_000) {
        let mut session = session_of_cases(which);
        let inputs: Vec<_> = session
            .form()
            .all_cells()
            .filter(|cell| {
                let form = session.form();
                form.path(Place::Cell(*cell)).starts_with("requests.")
                    && form.slot(*cell).is_some_and(|slot| slot.role == Role::Input)
            })
            .collect();
        let cell = inputs[cell % inputs.len()];
        let figure = session.report().figure(cell).number().unwrap();
        let edit = session.typed(Place::Cell(cell), &(figure + by).to_string());
        session.apply(&edit, None).unwrap();
        let codes: BTreeSet<_> = codes(&session);
        prop_assert_eq!(codes, BTreeSet::from(["T3-A".to_owned()]));
    }
}

fn take(session: &mut Session, step: &Step) {
    match step {
        Step::Type(place, text) => {
            let place = place_at(session.form(), *place);
            let edit = session.typed(place, text);
            session.apply(&edit, None).unwrap();
        }
        Step::Undo => drop(session.undo()),
        Step::Redo => drop(session.redo()),
    }
}

/// Any place of the form, by a number that is taken modulo their count.
fn place_at(form: &Form, number: usize) -> Place {
    let facts = form.facts.iter().map(|fact| Place::Fact(fact.id));
    let texts = form.sections.iter().filter_map(|section| section.text).map(Place::Text);
    let places: Vec<_> = facts.chain(texts).chain(form.all_cells().map(Place::Cell)).collect();
    places[number % places.len()]
}

fn session_of_cases(which: usize) -> Session {
    let cases = read(CASES[which]);
    filled(&form(&cases.form), &cases.clean)
}

fn read(text: &str) -> CaseFile {
    ron::from_str(text).unwrap_or_else(|error| panic!("{error}"))
}

fn form(id: &str) -> Arc<Form> {
    FORMS.iter().find(|form| form.id == id).unwrap().clone()
}

/// A report with 0 in every cell that is entered, and then these places.
fn filled<'a>(form: &Arc<Form>, set: impl IntoIterator<Item = &'a (String, String)>) -> Session {
    let mut report = Report::new(form.shape());
    for cell in form.all_cells() {
        if form.slot(cell).is_some_and(|slot| slot.role == Role::Input) {
            report.apply(&Edit::Figure { cell, to: gouji::model::Figure::Number(0) }).unwrap();
        }
    }
    let mut session = Session::open(form.clone(), report);
    for (path, text) in set {
        put(&mut session, path, text);
    }
    session
}

fn put(session: &mut Session, path: &str, text: &str) {
    let place = session.form().place(path).unwrap_or_else(|| panic!("no place {path}"));
    let edit = session.typed(place, text);
    session.apply(&edit, None).unwrap();
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

fn shown(session: &Session, path: &str) -> String {
    session.shown(session.form().place(path).unwrap())
}

fn codes(session: &Session) -> BTreeSet<String> {
    let code = |finding: &Finding| session.form().rule(finding.rule).unwrap().code.clone();
    session.evaluation().findings().iter().map(code).collect()
}

fn describe(session: &Session, finding: &Finding) -> String {
    let form = session.form();
    let code = &form.rule(finding.rule).unwrap().code;
    format!("{code} at {}: {}", form.path(finding.place), finding.message(form, session.report()))
}

#[track_caller]
fn assert_finding(name: &str, session: &Session, finding: &Finding, expected: &Expected) {
    let said = describe(session, finding);
    let form = session.form();
    assert_eq!(form.rule(finding.rule).unwrap().code, expected.rule, "{name}: {said}");
    assert_eq!(form.path(finding.place), expected.at, "{name}: {said}");
    let sides = finding.sides().map(|(left, right, difference, precision)| {
        [left, right, difference].map(|figure| number::print(figure, precision))
    });
    let wanted = expected.sides.clone().map(|(left, right, difference)| [left, right, difference]);
    assert_eq!(sides, wanted, "{name}: {said}");
    assert!(finding.message(form, session.report()).contains(&expected.says), "{name}: {said}");
}

#[track_caller]
fn assert_no_finding(session: &Session) {
    let said: Vec<_> =
        session.evaluation().findings().iter().map(|finding| describe(session, finding)).collect();
    assert_eq!(said, Vec::<String>::new());
}

/// No gap left open, no word of a program, a full stop at the end.
#[track_caller]
fn assert_sentence(text: &str) {
    assert!(!text.contains(['{', '}']), "{text}");
    let longest = text.split(|c: char| !c.is_ascii_alphabetic()).map(str::len).max();
    assert!(longest.unwrap_or(0) < 4, "{text}");
    assert!(text.ends_with('。'), "{text}");
    assert!(!text.contains("“”") && !text.contains("：。") && !text.contains("，。"), "{text}");
}

/// A form with one rule, "甲 + 乙 >= 5", that treats blanks in one way.
fn small_form(way: &str) -> String {
    format!(
        r#"Form(
    id: "small", name: "小表", document: "文", years: (from: 2019),
    cover: [(id: "unit", label: "单位", kind: Unit), (id: "year", label: "年度", kind: Year)],
    sections: [(id: "one", number: "一", heading: "一", short: "一", table: "t")],
    tables: [(id: "t", title: "表", blocks: [(
        columns: [(id: "a", label: "甲"), (id: "b", label: "乙")],
        rows: [(id: "x", label: "子")],
    )])],
    rules: [
        (code: "R", title: "题", severity: 强制, basis: "据", blank: (left: {way}, right: {way}),
            check: "t.x.a + t.x.b >= 5", message: "为 {{left}}。", hint: "示。"),
    ],
)"#
    )
}

/// The published figures of 沂源县 for 2020; what is not listed is 0.
const YIYUAN_2020: &[(&str, &str)] = &[
    ("cover.unit", "沂源县人民政府"),
    ("cover.level", "county"),
    ("cover.year", "2020"),
    ("cover.period_from", "2020-01-01"),
    ("cover.period_to", "2020-12-31"),
    ("cover.signed", "2021年2月19日"),
    ("text.overview", "有。"),
    ("text.problems", "有。"),
    ("text.other", "有。"),
    ("disclosure.normative.made", "18"),
    ("disclosure.normative.disclosed", "18"),
    ("disclosure.normative.disclosed_total", "152"),
    ("disclosure.licence.items_last_year", "217"),
    ("disclosure.licence.items_change", "+279"),
    ("disclosure.licence.decisions", "77486"),
    ("disclosure.other_services.items_last_year", "24"),
    ("disclosure.other_services.items_change", "+20"),
    ("disclosure.other_services.decisions", "14305"),
    ("disclosure.penalty.items_last_year", "3674"),
    ("disclosure.penalty.items_change", "+401"),
    ("disclosure.penalty.decisions", "145677"),
    ("disclosure.coercion.items_last_year", "133"),
    ("disclosure.coercion.items_change", "+28"),
    ("disclosure.coercion.decisions", "4722"),
    ("disclosure.fees.items_last_year", "50"),
    ("disclosure.procurement.items", "162"),
    ("disclosure.procurement.amount", "152200"),
    ("requests.received.natural", "99"),
    ("requests.granted.natural", "82"),
    ("requests.unavailable_not_held.natural", "14"),
    ("requests.other.natural", "3"),
    ("requests.received.total", "99"),
    ("requests.granted.total", "82"),
    ("requests.unavailable_not_held.total", "14"),
    ("requests.other.total", "3"),
    ("requests.outcome_total.natural", "99"),
    ("requests.outcome_total.total", "99"),
];

/// The published figures of a large city for 2025.
const CITY_2025: &[(&str, &str)] = &[
    ("cover.unit", "测试市人民政府"),
    ("cover.level", "city"),
    ("cover.year", "2025"),
    ("cover.period_from", "2025-01-01"),
    ("cover.period_to", "2025-12-31"),
    ("text.overview", "有。"),
    ("text.problems", "有。"),
    ("text.other", "有。"),
    ("disclosure.regulation.issued", "3"),
    ("disclosure.regulation.repealed", "5"),
    ("disclosure.regulation.in_force", "74"),
    ("disclosure.normative.issued", "564"),
    ("disclosure.normative.repealed", "984"),
    ("disclosure.normative.in_force", "4185"),
    ("disclosure.licence.decisions", "11398889"),
    ("disclosure.penalty.decisions", "6937489"),
    ("disclosure.coercion.decisions", "166105"),
    ("disclosure.fees.amount", "316441"),
];

/// Its table 三, total column and total row as published.
const CITY_REQUESTS: [(&str, [i64; 7]); 25] = [
    ("received", [13612, 252, 0, 45, 128, 32, 14069]),
    ("carried_in", [535, 6, 0, 1, 18, 0, 560]),
    ("granted", [5345, 129, 0, 41, 19, 14, 5548]),
    ("partial", [2120, 39, 0, 1, 6, 2, 2168]),
    ("denied_state_secret", [13, 0, 0, 0, 0, 0, 13]),
    ("denied_by_law", [30, 0, 0, 0, 0, 0, 30]),
    ("denied_three_securities", [11, 0, 0, 0, 0, 0, 11]),
    ("denied_third_party", [49, 2, 0, 0, 0, 0, 51]),
    ("denied_internal", [103, 1, 0, 0, 0, 0, 104]),
    ("denied_process", [84, 1, 0, 0, 0, 0, 85]),
    ("denied_enforcement_file", [282, 4, 0, 0, 0, 0, 286]),
    ("denied_query", [147, 0, 0, 0, 1, 2, 150]),
    ("unavailable_not_held", [3075, 50, 0, 0, 89, 8, 3222]),
    ("unavailable_must_create", [177, 3, 0, 0, 0, 0, 180]),
    ("unavailable_unclear", [19, 0, 0, 0, 0, 0, 19]),
    ("rejected_petition", [199, 1, 0, 0, 3, 0, 203]),
    ("rejected_repeat", [147, 1, 0, 0, 0, 0, 148]),
    ("rejected_publication", [0, 0, 0, 0, 0, 0, 0]),
    ("rejected_excessive", [100, 1, 0, 0, 0, 0, 101]),
    ("rejected_reconfirm", [5, 0, 0, 0, 0, 0, 5]),
    ("other_no_correction", [315, 3, 0, 0, 0, 0, 318]),
    ("other_unpaid", [202, 0, 0, 1, 0, 0, 203]),
    ("other_misc", [941, 17, 0, 1, 3, 3, 965]),
    ("outcome_total", [13364, 252, 0, 44, 121, 29, 13810]),
    ("carried_out", [783, 6, 0, 2, 25, 3, 819]),
];

/// Its table 四, totals as published.
const CITY_REMEDIES: [(&str, [i64; 5]); 3] = [
    ("reconsideration", [376, 97, 196, 121, 790]),
    ("litigation_direct", [16, 1, 12, 27, 56]),
    ("litigation_after", [74, 1, 30, 51, 156]),
];
