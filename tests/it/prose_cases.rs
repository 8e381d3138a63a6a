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
    let digits = format!("{:0width$}", value.mantissa, width = usize::from(value.decimals) + 1);
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

/// Sentences of our own with the mistakes that were found in published reports.
#[test]
fn real_mistakes_are_found() {
    let catalogue = Catalogue::default();
    let (old, new) = (catalogue.by_id("2019").unwrap(), catalogue.by_id("2021").unwrap());
    let by = |form: &Form, cells: &[(&str, i64)]| Table::zeros(form).with(form, cells);

    // One column was taken for the total, and the percentage is of another sum.
    let table = by(
        &old,
        &[
            ("requests.received.total", 859),
            ("requests.carried_in.total", 18),
            ("requests.outcome_total.total", 805),
            ("requests.granted.total", 260),
            ("requests.partial.total", 15),
            ("requests.carried_out.total", 72),
        ],
    );
    let text = "全年答复政府信息公开申请805件，予以公开和部分公开258件，占33.9%。";
    let said = remarks(&old, "overview", text, &table);
    assert_eq!(topics(&said), [Topic::Claim, Topic::Share]);
    assert_eq!(
        said[0].message,
        "文中 258 件，表中（一）（二）两项之和为 275，相差 17：“予以公开和部分公开258件”读作予以公开和部分公开。"
    );
    assert_eq!(said[0].fix.as_ref().unwrap().with, "275");
    assert_eq!(
        said[1].message,
        "文中 33.9%，予以公开和部分公开 258 占办结总数 805 的 32.0%，占新收与结转之和 877 的 29.4%。"
    );

    // One row was taken for its group.
    let rows = [("requests.unavailable_not_held.total", 265), ("requests.unavailable_must_create.total", 72)];
    let text = "答复政府信息公开申请后，因不掌握等原因无法提供的有265件。";
    let said = remarks(&old, "overview", text, &by(&old, &rows));
    assert_eq!(topics(&said), [Topic::Claim]);
    assert!(said[0].message.contains("各项之和为 337，相差 72：“"), "{}", said[0].message);

    // Two in the text, three in the table.
    let table = by(&new, &[("requests.received.total", 3)]);
    let said = remarks(&new, "overview", "本年共收到政府信息公开申请2件。", &table);
    assert_eq!(topics(&said), [Topic::Claim]);
    assert_eq!(
        said[0].message,
        "文中 2 件，表中一、本年新收为 3，相差 1：“收到政府信息公开申请2件”读作收到申请。"
    );

    // Cases put on file for those that were decided.
    let table = by(
        &new,
        &[
            ("remedies.reconsideration.total", 170),
            ("remedies.litigation_direct.total", 40),
            ("remedies.litigation_after.total", 37),
        ],
    );
    let text = "政府信息公开引发的行政复议134件、行政诉讼57件。";
    let said = remarks(&new, "remedies", text, &table);
    assert_eq!(topics(&said), [Topic::Claim, Topic::Claim]);
    assert!(said[1].message.contains("，表中行政诉讼两项总计之和为 77，相差 20：“"), "{}", said[1].message);
    assert_eq!(said[1].cells.len(), 2);

    // The office alone in the text, the whole area in the table.
    let table = by(&new, &[("requests.received.total", 95)]);
    let text = "2024年，县政府办代表县政府受理政府信息公开申请17件，均按期答复。";
    let said = remarks(&new, "overview", text, &table);
    assert_eq!(topics(&said), [Topic::Claim]);
    assert!(said[0].hint.contains("范围"), "{}", said[0].hint);

    // Growth of 1.08 % told as 1.05 %.
    let table = Table::of(&new, &[("requests.received.total", 9358)], &[("requests.received.total", 9258)])
        .with(&new, &[("requests.carried_in.total", 0)]);
    let mut table = table;
    table.last.insert(cell(&new, "requests.carried_in.total"), 0);
    let said = remarks(&new, "overview", "全市收到政府信息公开申请9358件，比上年增长1.05%。", &table);
    assert_eq!(topics(&said), [Topic::Growth]);
    assert_eq!(said[0].message, "文中增长 1.05%，应为增长 1.08%：收到申请今年 9358，上年 9258。");
    assert_eq!(said[0].fix.as_ref().unwrap().name, "改为 1.08%");

    // One channel, two figures.
    let text = "通过县政府网站公开信息20条。\n公开渠道方面，县政府网站公开信息16条。";
    let said = remarks(&new, "overview", text, &Table::zeros(&new));
    assert_eq!(topics(&said), [Topic::Twice]);

    // All answered, and yet 17 carried on.
    let table = by(
        &new,
        &[
            ("requests.received.total", 27),
            ("requests.carried_in.total", 5),
            ("requests.carried_out.total", 17),
        ],
    );
    let text = "收到政府信息公开申请27件，上年结转5件，17件结转下年办理，政府信息公开申请答复率达100%。";
    assert_eq!(topics(&remarks(&new, "overview", text, &table)), [Topic::AllDone]);
}

/// What a section says, with a figure in the row of applicants who did not pay.
fn unpaid(form: &Form, section: &str, text: &str, count: i64) -> Vec<Remark> {
    let path = "requests.other_unpaid.total";
    let table = Table::zeros(form).with(form, &[(path, count)]);
    claims::expected(form, form.text_of(section).unwrap(), text, &table)
}

#[test]
fn a_section_silent_on_fees_is_told_where_notices_went_unpaid() {
    let form = Catalogue::default().by_id("2021").unwrap();
    for text in [
        "无。",
        "本年度没有其他需要报告的事项。",
        "\n政务公开工作经费用于培训。",
        "全县行政事业性收费项目已在网站公开。",
    ] {
        let said = unpaid(&form, "other", text, 2);
        assert_eq!(topics(&said), [Topic::Missing], "{text}");
        assert_eq!(
            said[0].message,
            "表中（六）其他处理2.逾期未缴费为 2，说明发出过收费通知，而本部分没有提到信息处理费。"
        );
        assert_eq!(said[0].cells, [cell(&form, "requests.other_unpaid.total")]);
        assert_eq!(said[0].severity, Severity::Verify);
        assert!(text[said[0].range.clone()].is_empty());
        assert_eq!(unpaid(&form, "other", text, 0), [], "no notice, nothing to tell: {text}");
    }
    for text in [
        "全年收取信息处理费400元。",
        "2025年度本机关未收取信息公开处理费。",
        "本年对3件申请发出收费通知，申请人均未缴费。",
        "行政事业性收费已公开；依申请公开没有收费。",
        "按规定对1名申请人减免费用。",
        "向2名申请人发出缴费通知后未再处理。",
        "本年提供政府信息一律免费。",
        "{{requests.other_unpaid.total}}件申请未交费用。",
    ] {
        assert_eq!(unpaid(&form, "other", text, 2), [], "{text}");
    }
    assert_eq!(unpaid(&form, "other", " \n", 2), [], "a rule of the form tells of an empty section");
    assert_eq!(unpaid(&form, "overview", "无。", 2), [], "it is told in its own section");
    let blank = claims::expected(&form, form.text_of("other").unwrap(), "无。", &Table::default());
    assert_eq!(blank, [], "a blank row tells nothing");
}

#[test]
fn the_old_form_has_no_row_of_unpaid_notices() {
    let catalogue = Catalogue::default();
    assert!(catalogue.by_id("2019").unwrap().claims.expects.is_empty());
    assert_eq!(catalogue.by_id("2021").unwrap().claims.expects.len(), 1);
}

#[test]
fn parts_have_to_add_up() {
    let form = Catalogue::default().by_id("2021").unwrap();
    let values = Table::default();
    let wrong = [
        "共公开信息12264条。其中，网站6479条，微博784条，微信4576条，公报43条，其他方式383条。",
        "收到申请20件，其中自然人17件，法人或其他组织2件。",
        "收到申请24件，其中：线下申请15件，线上申请8件。",
        "发布信息50条，其中政策类60条。",
        "公开文件100件，其中甲类60件、乙类50件。",
        "公开信息1000条（其中网站500条，微信300条，微博199条）。",
        "发布信息200条，其中网站120条（占60%），其他80条（占45%）。",
    ];
    for text in wrong {
        let said = remarks(&form, "overview", text, &values);
        assert_eq!(said.len(), 1, "{text} {said:?}");
        assert!(matches!(said[0].topic, Topic::Parts | Topic::Share), "{text}");
    }
    let right = [
        "共公开信息12264条。其中，网站6479条，微博784条，微信4576条，公报43条，其他方式382条。",
        "公开会议15次、专题会24次，其中3次邀请代表列席。",
        "共公开信息100条，其中网站60条，微信20条。",
        "收到申请9件，上年结转1件，其中网络申请5件，信函申请5件。",
        "受理申请121件（其中新收112件，上年结转9件），答复119件。",
        "收到申请99件，其中自然人90件，法人9件，办结99件。",
        "发布信息100条，其中网站80条，其他20条，比上年增加12条。",
        "公开信息200条，其中网站150条（含转载30条），其他50条。",
        "发布信息300余条，其中网站100条，其他150条。",
        "涉及26个领域、1200余个事项，其中一级事项312个、二级事项888个。",
        "公开信息25.6万条，其中网站18万条，其他8万条。",
    ];
    for text in right {
        assert_eq!(remarks(&form, "overview", text, &values), [], "{text}");
    }
}

#[test]
fn either_reading_will_do_and_blanks_say_nothing() {
    let form = Catalogue::default().by_id("2021").unwrap();
    let table = Table::of(&form, &[("requests.received.total", 99), ("requests.carried_in.total", 5)], &[]);
    for text in ["收到政府信息公开申请99件。", "收到政府信息公开申请104件。"] {
        assert_eq!(remarks(&form, "overview", text, &table), [], "{text}");
    }
    let said = remarks(&form, "overview", "收到政府信息公开申请98件。", &table);
    assert!(
        said[0].message.starts_with("文中 98 件，表中一、本年新收为 99，一、二两项之和为 104，都不相符：“")
    );
    assert_eq!(said[0].fix, None, "which of the two was meant is not known");
    let half = Table::of(&form, &[("requests.received.total", 99)], &[]);
    assert_eq!(remarks(&form, "overview", "收到政府信息公开申请104件，办结90件。", &half), []);
}

/// What a figure in a text agrees with, in words.
fn agreed(form: &Form, text: &str, figure: &str, values: &Table) -> String {
    let start = text.find(figure).unwrap();
    let claims = claims::read(&setting(form, "overview"), text);
    let matches = claims.matches(form, values, &(start..start + figure.len()));
    for held in &matches {
        assert!(text[held.range.clone()].contains(figure) && !held.cells.is_empty(), "{text}");
    }
    matches.iter().map(|held| format!("{} {}", held.name, held.value)).collect::<Vec<_>>().join("，")
}

#[test]
fn what_agrees_tells_with_which_reading() {
    let form = Catalogue::default().by_id("2021").unwrap();
    let now = [
        ("requests.received.total", 99),
        ("requests.carried_in.total", 5),
        ("requests.granted.total", 82),
        ("requests.outcome_total.total", 110),
    ];
    let last = [("requests.received.total", 90), ("requests.carried_in.total", 0)];
    let table = Table::of(&form, &now, &last);
    for (text, figure, held) in [
        ("收到政府信息公开申请99件。", "99", "一、本年新收 99"),
        ("收到政府信息公开申请104件。", "104", "一、二两项之和 104"),
        ("收到政府信息公开申请98件。", "98", ""),
        ("收到政府信息公开申请99件，比上年增长10%。", "10%", "上年一、本年新收 90"),
        ("收到政府信息公开申请99件，比上年增长30%。", "30%", ""),
        ("收到政府信息公开申请99件，予以公开82件，占74.5%。", "74.5%", "占办结总数 110"),
        ("收到政府信息公开申请99件，予以公开82件，占74.5%。", "82件", "（一）予以公开 82"),
        ("召开会议99次。", "99", ""),
    ] {
        assert_eq!(agreed(&form, text, figure, &table), held, "{text}");
    }
    let none = Table::of(&form, &[("requests.received.total", 9), ("requests.carried_in.total", 0)], &[]);
    let held = "一、本年新收 9，一、二两项之和 9";
    assert_eq!(agreed(&form, "收到政府信息公开申请9件。", "9", &none), held);
    let blank = Table::of(&form, &[("requests.received.total", 9)], &[]);
    assert_eq!(agreed(&form, "收到政府信息公开申请9件。", "9", &blank), "一、本年新收 9");
    assert_eq!(agreed(&form, "收到政府信息公开申请9件。", "9", &Table::default()), "");
}

#[test]
fn all_done_is_held_against_what_is_carried_on() {
    let form = Catalogue::default().by_id("2021").unwrap();
    let figures = [("requests.received.total", 9), ("requests.carried_out.total", 3)];
    let left = Table::of(&form, &figures, &[]);
    let none = Table::of(&form, &[("requests.received.total", 9), ("requests.carried_out.total", 0)], &[]);
    for text in [
        "收到政府信息公开申请9件，均已办结。",
        "收到9件政府信息公开申请，已全部答复。",
        "政府信息公开申请办结率为100%。",
    ] {
        assert_eq!(topics(&remarks(&form, "overview", text, &left)), [Topic::AllDone], "{text}");
        assert_eq!(remarks(&form, "overview", text, &none), [], "{text}");
    }
    for text in [
        "收到政府信息公开申请9件，均已按期答复。",
        "上年结转的申请均已办结。",
        "承办人大代表建议20件，全部办结，办结率100%。",
    ] {
        assert_eq!(remarks(&form, "overview", text, &left), [], "{text}");
    }
}

#[test]
fn a_quantity_told_twice_has_one_figure() {
    let form = Catalogue::default().by_id("2021").unwrap();
    for (text, right) in [
        ("收到政府信息公开申请9件。\n本年收到8件政府信息公开申请。", false),
        ("收到政府信息公开申请9件。\n本年收到9件政府信息公开申请。", true),
        ("新收政府信息公开申请9件。\n收到政府信息公开申请11件。", true),
        ("微信发布信息20条。\n政务微信发布信息20条。", true),
    ] {
        let said = remarks(&form, "overview", text, &Table::default());
        assert_eq!(said.is_empty(), right, "{text} {said:?}");
        assert!(said.iter().all(|one| one.topic == Topic::Twice), "{text} {said:?}");
    }
}

#[test]
fn a_fix_keeps_the_way_the_figure_is_written() {
    let form = Catalogue::default().by_id("2021").unwrap();
    let table = Table::of(&form, &[("requests.outcome_total.total", 1205)], &[]);
    for (said, with) in
        [("1204", "1205"), ("１２０４", "１２０５"), ("1,204", "1,205"), ("一千二百零四", "一千二百零五")]
    {
        let text = format!("办结{said}件。");
        let said = remarks(&form, "requests", &text, &table);
        let fix = said[0].fix.clone().unwrap();
        let mut mended = text.clone();
        mended.replace_range(fix.range, &fix.with);
        assert_eq!(mended, format!("办结{with}件。"));
        assert_eq!(fix.name, format!("改为 {with}"));
        assert_eq!(remarks(&form, "requests", &mended, &table), []);
    }
    // 0.12万 stands for anything near, and an amount of money for what it is rounded to.
    assert_eq!(remarks(&form, "requests", "办结0.12万件。", &table), []);
    let fees = Table::of(&form, &[("disclosure.fees.amount", 7_730_280_000)], &[]);
    for text in ["7730.28万元", "7730.3万元", "7730万元", "0.77亿元", "77302800元"] {
        assert_eq!(remarks(&form, "overview", &format!("行政事业性收费{text}。"), &fees), [], "{text}");
    }
    let said = remarks(&form, "overview", "行政事业性收费7731.28万元。", &fees);
    assert_eq!(said[0].fix.as_ref().unwrap().with, "7730.28");
}

#[test]
fn growth_is_compared_with_last_year() {
    let form = Catalogue::default().by_id("2021").unwrap();
    let cells = ["requests.received.total", "requests.carried_in.total", "requests.outcome_total.total"];
    let both = |now: i64, last: i64| {
        let figures = |value: i64| [(cells[0], value), (cells[1], 0), (cells[2], value)];
        Table::of(&form, &figures(now), &figures(last))
    };
    let table = both(162, 83);
    for (text, right) in [
        ("收到政府信息公开申请162件，较上年增长95.2%。", true),
        ("收到政府信息公开申请162件，较上年增长95%。", true),
        ("收到政府信息公开申请162件，同比增加79件。", true),
        ("收到政府信息公开申请162件，同比增加97件。", false),
        ("收到政府信息公开申请162件，同比下降95.2%。", false),
        ("收到政府信息公开申请162件，比2023年增长99%。", false),
        ("收到政府信息公开申请162件，比2019年增长99%。", true),
        ("办结政府信息公开申请162件，较上年增长51.2%。", false),
        ("政府信息公开申请数量较上年增长96%。", true),
        ("政府信息公开申请数量较上年增长69%。", false),
        ("网站访问量较上年增长69%。", true),
        ("网站发布40条，办结政府信息公开申请162件，同比分别增长10%、25%。", true),
        ("收到政府信息公开申请162件，较上年增长至90%。", true),
        ("收到政府信息公开申请162件，网站发布信息300条，比上年增长7%。", true),
    ] {
        let said = remarks(&form, "overview", text, &table);
        assert_eq!(said.is_empty(), right, "{text} {said:?}");
        assert!(said.iter().all(|one| one.topic == Topic::Growth), "{text} {said:?}");
    }
    let alone = Table { now: table.now.clone(), last: HashMap::new() };
    assert_eq!(remarks(&form, "overview", "收到政府信息公开申请162件，同比增加97件。", &alone), []);
}
