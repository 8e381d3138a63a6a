//! Figures and claims in sentences: how many are found, and how many of those found are right.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use gouji::check::Evaluation;
use gouji::form::{Catalogue, Form, Severity};
use gouji::model::{CellId, Edit, Figure, Place, Report, TextId};
use gouji::prose::claims::{self, Claims};
use gouji::prose::numerals::{self, Decimal, Kind, Numeral, Unit, Value};
use gouji::prose::{Remark, Setting, Topic, Values};
use gouji::store::draft::{self, Draft};
use serde::Deserialize;

/// The least share of what is found that has to be right, and of what is there that has to be found.
const FLOOR_FIGURES: (f64, f64) = (0.97, 0.97);
const FLOOR_CLAIMS: (f64, f64) = (0.97, 0.90);

#[derive(Deserialize)]
struct Cases {
    figures: Vec<(String, Vec<String>)>,
    claims: Vec<(String, String, String, Vec<String>)>,
}

fn cases() -> Cases {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/prose.ron");
    ron::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// What was found against what is there.
#[derive(Default)]
struct Score {
    right: usize,
    found: usize,
    there: usize,
    misses: String,
}

impl Score {
    fn add(&mut self, text: &str, found: &[String], there: &[String]) {
        let mut left = there.to_vec();
        for one in found {
            if let Some(at) = left.iter().position(|known| known == one) {
                left.remove(at);
                self.right += 1;
            }
        }
        self.found += found.len();
        self.there += there.len();
        if found != there {
            writeln!(self.misses, "{text}\n    found {found:?}\n    there {there:?}").unwrap();
        }
    }

    #[allow(clippy::cast_precision_loss)] // a few hundred cases
    fn rates(&self) -> (f64, f64) {
        (self.right as f64 / self.found as f64, self.right as f64 / self.there as f64)
    }

    #[allow(clippy::print_stdout)] // read with --nocapture
    fn judge(&self, what: &str, floor: (f64, f64)) {
        let (precision, recall) = self.rates();
        println!(
            "{what}: {} there, precision {precision:.3}, recall {recall:.3}\n{}",
            self.there, self.misses
        );
        assert!(
            precision >= floor.0 && recall >= floor.1,
            "{what}: {precision:.3} {recall:.3}\n{}",
            self.misses
        );
    }
}

fn shown(value: Decimal) -> String {
    let digits = value.mantissa.to_string();
    match usize::from(value.decimals) {
        0 => digits,
        decimals => format!("{}.{}", &digits[..digits.len() - decimals], &digits[digits.len() - decimals..]),
    }
}

fn figure(numeral: &Numeral) -> String {
    let mark = if numeral.approx { "~" } else { "" };
    match (numeral.value, numeral.kind) {
        (Value::Fraction { over, under }, _) => format!("{mark}{over}/{under}"),
        (Value::Exact(value), Kind::Percent) => format!("{mark}{} %", shown(value)),
        (Value::Exact(value), _) => {
            format!("{mark}{} {}", shown(value), numeral.unit.map_or("", Unit::name)).trim_end().to_owned()
        }
    }
}

#[test]
fn figures_are_read() {
    let cases = cases();
    let mut score = Score::default();
    for (text, there) in &cases.figures {
        let found: Vec<String> = numerals::read(text).iter().map(figure).collect();
        score.add(text, &found, there);
    }
    score.judge("figures", FLOOR_FIGURES);
}

fn setting<'a>(form: &'a Form, section: &str) -> Setting<'a> {
    Setting {
        form,
        text: form.text_of(section).unwrap(),
        year: Some(2024),
        unit: "甲县人民政府",
        last_year: None,
    }
}

#[test]
fn claims_are_bound() {
    let cases = cases();
    let catalogue = Catalogue::default();
    assert!(cases.claims.len() + cases.figures.len() >= 150);
    let mut score = Score::default();
    for (form, section, text, there) in &cases.claims {
        let form = catalogue.by_id(form).unwrap();
        let mut setting = setting(&form, section);
        setting.year = Some(if form.id == "2019" { 2020 } else { 2024 });
        let found: Vec<String> = claims::read(&setting, text)
            .found
            .iter()
            .map(|claim| format!("{}={}", form.claims.quantities[claim.quantity].id, shown(claim.value)))
            .collect();
        score.add(text, &found, there);
    }
    score.judge("claims", FLOOR_CLAIMS);
}

/// Figures by cell, for this year and for last year.
#[derive(Default)]
struct Table {
    now: HashMap<CellId, i64>,
    last: HashMap<CellId, i64>,
}

impl Values for Table {
    fn cell(&self, cell: CellId) -> Option<i64> {
        self.now.get(&cell).copied()
    }

    fn last_year(&self, cell: CellId) -> Option<i64> {
        self.last.get(&cell).copied()
    }
}

impl Table {
    fn of(form: &Form, now: &[(&str, i64)], last: &[(&str, i64)]) -> Self {
        let cells = |figures: &[(&str, i64)]| {
            figures.iter().map(|(path, value)| (cell(form, path), *value)).collect()
        };
        Self { now: cells(now), last: cells(last) }
    }

    /// A report whose blanks are 0.
    fn zeros(form: &Form) -> Self {
        Self { now: form.all_cells().map(|cell| (cell, 0)).collect(), last: HashMap::new() }
    }

    fn with(mut self, form: &Form, now: &[(&str, i64)]) -> Self {
        self.now.extend(Self::of(form, now, &[]).now);
        self
    }
}

fn cell(form: &Form, path: &str) -> CellId {
    match form.place(path) {
        Some(Place::Cell(cell)) => cell,
        _ => panic!("{path}"),
    }
}

fn remarks(form: &Form, section: &str, text: &str, values: &dyn Values) -> Vec<Remark> {
    let claims = claims::read(&setting(form, section), text);
    let mut remarks = claims.check(form, values);
    remarks
        .extend(claims::across(&[(form.text_of(section).unwrap(), &claims)]).into_iter().map(|(_, one)| one));
    for remark in &remarks {
        assert_eq!(remark.severity, Severity::Verify);
        assert!(text.get(remark.range.clone()).is_some(), "{remark:?}");
    }
    remarks
}

fn topics(remarks: &[Remark]) -> Vec<Topic> {
    remarks.iter().map(|remark| remark.topic).collect()
}

/// What a report amounts to.
struct Whole(Evaluation);

impl Values for Whole {
    fn cell(&self, cell: CellId) -> Option<i64> {
        self.0.cell(cell).shown()
    }

    fn last_year(&self, _: CellId) -> Option<i64> {
        None
    }
}

fn sample(name: &str) -> Draft {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(name);
    draft::read(name, &fs::read_to_string(path).unwrap(), &Catalogue::default()).unwrap().0
}

/// All remarks on the prose of a report.
fn on_report(form: &Form, report: &Report) -> Vec<String> {
    let values = Whole(Evaluation::of(form, report));
    let year = report.fact(form.year_fact().unwrap().id).parse().ok();
    let unit = report.fact(form.unit_fact().unwrap().id);
    let mut said = Vec::new();
    let read: Vec<(TextId, Claims)> = (0..form.texts.len())
        .map(TextId::new)
        .map(|text| {
            let setting = Setting { form, text, year, unit, last_year: None };
            (text, claims::read(&setting, report.text(text)))
        })
        .collect();
    for (_, claims) in &read {
        said.extend(claims.check(form, &values).into_iter().map(|remark| remark.message));
    }
    let all: Vec<_> = read.iter().map(|(text, claims)| (*text, claims)).collect();
    said.extend(claims::across(&all).into_iter().map(|(_, remark)| remark.message));
    said
}

#[test]
fn the_samples_agree_with_their_tables() {
    for name in ["yiyuan-2020.ron", "hangzhou-type-2025.ron"] {
        let draft = sample(name);
        assert_eq!(on_report(&draft.form, &draft.report), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn a_changed_cell_is_noticed_in_the_prose() {
    for (name, path, figure) in [
        ("yiyuan-2020.ron", "requests.received.natural", "98"),
        ("yiyuan-2020.ron", "requests.granted.natural", "83"),
        ("yiyuan-2020.ron", "requests.carried_out.natural", "1"),
        ("yiyuan-2020.ron", "remedies.reconsideration.upheld", "1"),
        ("yiyuan-2020.ron", "disclosure.normative.disclosed_total", "151"),
        ("hangzhou-type-2025.ron", "requests.received.business", "253"),
        ("hangzhou-type-2025.ron", "requests.denied_query.natural", "148"),
        ("hangzhou-type-2025.ron", "remedies.litigation_after.upheld", "75"),
        ("hangzhou-type-2025.ron", "disclosure.normative.repealed", "985"),
        ("hangzhou-type-2025.ron", "disclosure.fees.amount", "31644"),
        ("hangzhou-type-2025.ron", "disclosure.licence.decisions", "11398888"),
    ] {
        let Draft { form, mut report, .. } = sample(name);
        let at = cell(&form, path);
        let precision = form.slot(at).unwrap().kind.precision();
        report.apply(&Edit::Figure { cell: at, to: Figure::read(figure, precision) }).unwrap();
        assert_ne!(on_report(&form, &report), Vec::<String>::new(), "{name} {path}");
    }
}
