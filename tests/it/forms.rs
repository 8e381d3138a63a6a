//! The two official forms against lists written out here, from the notices and not from the forms.

use gouji::assets;
use gouji::form::{FactKind, Form, NumberKind, Role, Severity};
use gouji::model::{CellId, Place};

const COLUMNS: [(&str, &str); 7] = [
    ("natural", "自然人"),
    ("business", "商业企业"),
    ("research", "科研机构"),
    ("welfare", "社会公益组织"),
    ("legal", "法律服务机构"),
    ("other_org", "其他"),
    ("total", "总计"),
];

/// Rows of table 三 up to where the two forms part, with their groups.
const REQUESTS: [(&str, &[&str]); 20] = [
    ("received", &["一、本年新收政府信息公开申请数量"]),
    ("carried_in", &["二、上年结转政府信息公开申请数量"]),
    ("granted", &["三、本年度办理结果", "（一）予以公开"]),
    ("partial", &["三、本年度办理结果", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"]),
    ("denied_state_secret", &["三、本年度办理结果", "（三）不予公开", "1.属于国家秘密"]),
    ("denied_by_law", &["三、本年度办理结果", "（三）不予公开", "2.其他法律行政法规禁止公开"]),
    ("denied_three_securities", &["三、本年度办理结果", "（三）不予公开", "3.危及“三安全一稳定”"]),
    ("denied_third_party", &["三、本年度办理结果", "（三）不予公开", "4.保护第三方合法权益"]),
    ("denied_internal", &["三、本年度办理结果", "（三）不予公开", "5.属于三类内部事务信息"]),
    ("denied_process", &["三、本年度办理结果", "（三）不予公开", "6.属于四类过程性信息"]),
    ("denied_enforcement_file", &["三、本年度办理结果", "（三）不予公开", "7.属于行政执法案卷"]),
    ("denied_query", &["三、本年度办理结果", "（三）不予公开", "8.属于行政查询事项"]),
    ("unavailable_not_held", &["三、本年度办理结果", "（四）无法提供", "1.本机关不掌握相关政府信息"]),
    ("unavailable_must_create", &["三、本年度办理结果", "（四）无法提供", "2.没有现成信息需要另行制作"]),
    ("unavailable_unclear", &["三、本年度办理结果", "（四）无法提供", "3.补正后申请内容仍不明确"]),
    ("rejected_petition", &["三、本年度办理结果", "（五）不予处理", "1.信访举报投诉类申请"]),
    ("rejected_repeat", &["三、本年度办理结果", "（五）不予处理", "2.重复申请"]),
    ("rejected_publication", &["三、本年度办理结果", "（五）不予处理", "3.要求提供公开出版物"]),
    ("rejected_excessive", &["三、本年度办理结果", "（五）不予处理", "4.无正当理由大量反复申请"]),
    (
        "rejected_reconfirm",
        &["三、本年度办理结果", "（五）不予处理", "5.要求行政机关确认或重新出具已获取信息"],
    ),
];

const OTHER_2019: [(&str, &[&str]); 1] = [("other", &["三、本年度办理结果", "（六）其他处理"])];

const OTHER_2021: [(&str, &[&str]); 3] = [
    (
        "other_no_correction",
        &[
            "三、本年度办理结果",
            "（六）其他处理",
            "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        ],
    ),
    (
        "other_unpaid",
        &[
            "三、本年度办理结果",
            "（六）其他处理",
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        ],
    ),
    ("other_misc", &["三、本年度办理结果", "（六）其他处理", "3.其他"]),
];

const LAST: [(&str, &[&str]); 2] =
    [("outcome_total", &["三、本年度办理结果", "（七）总计"]), ("carried_out", &["四、结转下年度继续办理"])];

const REMEDIES: [(&str, &[&str]); 3] = [
    ("reconsideration", &["行政复议"]),
    ("litigation_direct", &["行政诉讼", "未经复议直接起诉"]),
    ("litigation_after", &["行政诉讼", "复议后起诉"]),
];

const REMEDY_COLUMNS: [(&str, &str); 5] = [
    ("upheld", "结果维持"),
    ("corrected", "结果纠正"),
    ("other", "其他结果"),
    ("pending", "尚未审结"),
    ("total", "总计"),
];

/// Path below `disclosure`, row label, column label, kind, unit.
type Item = (&'static str, &'static str, &'static str, NumberKind, &'static str);

const DISCLOSURE_2019: [Item; 22] = [
    ("regulation.made", "规章", "本年新制作数量", NumberKind::Count, "件"),
    ("regulation.disclosed", "规章", "本年新公开数量", NumberKind::Count, "件"),
    ("regulation.disclosed_total", "规章", "对外公开总数量", NumberKind::Count, "件"),
    ("normative.made", "规范性文件", "本年新制作数量", NumberKind::Count, "件"),
    ("normative.disclosed", "规范性文件", "本年新公开数量", NumberKind::Count, "件"),
    ("normative.disclosed_total", "规范性文件", "对外公开总数量", NumberKind::Count, "件"),
    ("licence.items_last_year", "行政许可", "上一年项目数量", NumberKind::Count, "项"),
    ("licence.items_change", "行政许可", "本年增/减", NumberKind::Change, "项"),
    ("licence.decisions", "行政许可", "处理决定数量", NumberKind::Count, "件"),
    ("other_services.items_last_year", "其他对外管理服务事项", "上一年项目数量", NumberKind::Count, "项"),
    ("other_services.items_change", "其他对外管理服务事项", "本年增/减", NumberKind::Change, "项"),
    ("other_services.decisions", "其他对外管理服务事项", "处理决定数量", NumberKind::Count, "件"),
    ("penalty.items_last_year", "行政处罚", "上一年项目数量", NumberKind::Count, "项"),
    ("penalty.items_change", "行政处罚", "本年增/减", NumberKind::Change, "项"),
    ("penalty.decisions", "行政处罚", "处理决定数量", NumberKind::Count, "件"),
    ("coercion.items_last_year", "行政强制", "上一年项目数量", NumberKind::Count, "项"),
    ("coercion.items_change", "行政强制", "本年增/减", NumberKind::Change, "项"),
    ("coercion.decisions", "行政强制", "处理决定数量", NumberKind::Count, "件"),
    ("fees.items_last_year", "行政事业性收费", "上一年项目数量", NumberKind::Count, "项"),
    ("fees.items_change", "行政事业性收费", "本年增/减", NumberKind::Change, "项"),
    ("procurement.items", "政府集中采购", "采购项目数量", NumberKind::Count, "项"),
    ("procurement.amount", "政府集中采购", "采购总金额", NumberKind::Money, "万元"),
];

const DISCLOSURE_2021: [Item; 10] = [
    ("regulation.issued", "规章", "本年制发件数", NumberKind::Count, "件"),
    ("regulation.repealed", "规章", "本年废止件数", NumberKind::Count, "件"),
    ("regulation.in_force", "规章", "现行有效件数", NumberKind::Count, "件"),
    ("normative.issued", "行政规范性文件", "本年制发件数", NumberKind::Count, "件"),
    ("normative.repealed", "行政规范性文件", "本年废止件数", NumberKind::Count, "件"),
    ("normative.in_force", "行政规范性文件", "现行有效件数", NumberKind::Count, "件"),
    ("licence.decisions", "行政许可", "本年处理决定数量", NumberKind::Count, "件"),
    ("penalty.decisions", "行政处罚", "本年处理决定数量", NumberKind::Count, "件"),
    ("coercion.decisions", "行政强制", "本年处理决定数量", NumberKind::Count, "件"),
    ("fees.amount", "行政事业性收费", "本年收费金额（单位：万元）", NumberKind::Money, "万元"),
];

const SECTIONS_2019: [(&str, &str, &str); 6] = [
    ("overview", "一", "总体情况"),
    ("disclosure", "二", "主动公开政府信息情况"),
    ("requests", "三", "收到和处理政府信息公开申请情况"),
    ("remedies", "四", "政府信息公开行政复议、行政诉讼情况"),
    ("problems", "五", "政府信息公开工作存在的主要问题及改进情况"),
    ("other", "六", "其他需要报告的事项"),
];

const SECTIONS_2021: [(&str, &str, &str); 6] = [
    ("overview", "一", "总体情况"),
    ("disclosure", "二", "主动公开政府信息情况"),
    ("requests", "三", "收到和处理政府信息公开申请情况"),
    ("remedies", "四", "政府信息公开行政复议、行政诉讼情况"),
    ("problems", "五", "存在的主要问题及改进情况"),
    ("other", "六", "其他需要报告的事项"),
];

const RULES_2019: [(&str, Severity); 17] = [
    ("COVER-A", Severity::Mandatory),
    ("COVER-B", Severity::Mandatory),
    ("FORM-A", Severity::Verify),
    ("TEXT-A", Severity::Mandatory),
    ("BLANK-2", Severity::Mandatory),
    ("BLANK-3", Severity::Mandatory),
    ("BLANK-4", Severity::Mandatory),
    ("NUM-A", Severity::Mandatory),
    ("T2-19", Severity::Mandatory),
    ("S-1", Severity::Verify),
    ("S-2", Severity::Verify),
    ("S-3", Severity::Verify),
    ("S-9", Severity::Verify),
    ("T3-A", Severity::Mandatory),
    ("T3-B", Severity::Mandatory),
    ("T3-C", Severity::Mandatory),
    ("T4-A", Severity::Mandatory),
];

const RULES_2021: [(&str, Severity); 15] = [
    ("COVER-A", Severity::Mandatory),
    ("COVER-B", Severity::Mandatory),
    ("FORM-A", Severity::Verify),
    ("TEXT-A", Severity::Mandatory),
    ("BLANK-2", Severity::Mandatory),
    ("BLANK-3", Severity::Mandatory),
    ("BLANK-4", Severity::Mandatory),
    ("NUM-A", Severity::Mandatory),
    ("S-1", Severity::Verify),
    ("S-3", Severity::Verify),
    ("S-9", Severity::Verify),
    ("T3-A", Severity::Mandatory),
    ("T3-B", Severity::Mandatory),
    ("T3-C", Severity::Mandatory),
    ("T4-A", Severity::Mandatory),
];

/// Units that may make 规章: departments of the State Council, provinces, cities divided into districts.
const LEVELS: [(&str, bool); 8] = [
    ("ministry", true),
    ("province", true),
    ("province_dept", false),
    ("city", true),
    ("city_dept", false),
    ("county", false),
    ("county_dept", false),
    ("township", false),
];

#[test]
fn the_2019_form_has_22_and_161_and_15_figures() {
    assert_figures(&form("2019"), &DISCLOSURE_2019, &OTHER_2019, [22, 161, 15]);
}

#[test]
fn the_2021_form_has_10_and_175_and_15_figures() {
    assert_figures(&form("2021"), &DISCLOSURE_2021, &OTHER_2021, [10, 175, 15]);
}

#[test]
fn totals_are_the_total_column_and_the_total_row_and_nothing_else() {
    for id in ["2019", "2021"] {
        let form = form(id);
        for cell in form.all_cells() {
            let path = form.path(Place::Cell(cell));
            let parts: Vec<_> = path.split('.').collect();
            let expected = parts[0] != "disclosure" && (parts[2] == "total" || parts[1] == "outcome_total");
            let role = form.slot(cell).unwrap().role;
            assert_eq!(role == Role::Total, expected, "{id} {path}");
        }
        // 结转下年度 is what the office still has on its desk; it is never what is missing to a balance.
        assert_eq!(slot_role(&form, "requests.carried_out.natural"), Role::Input);
    }
}

#[test]
fn figures_are_counted_in_their_units() {
    for (id, items) in [("2019", &DISCLOSURE_2019[..]), ("2021", &DISCLOSURE_2021[..])] {
        let form = form(id);
        for (path, _, _, kind, unit) in items {
            let slot = form.slot(cell(&form, &format!("disclosure.{path}"))).unwrap();
            assert_eq!((slot.kind, slot.unit.as_str()), (*kind, *unit), "{id} {path}");
        }
        for slot in form.slots.iter().filter(|slot| slot.table.index() > 0) {
            assert_eq!((slot.kind, slot.unit.as_str()), (NumberKind::Count, "件"), "{id}");
        }
    }
}

#[test]
fn heads_over_the_figures_are_nested_as_printed() {
    for id in ["2019", "2021"] {
        let form = form(id);
        let natural = columns_over(&form, "requests.received.natural");
        assert_eq!(natural, ["申请人情况", "自然人"]);
        for (column, label) in &COLUMNS[1..6] {
            let labels = columns_over(&form, &format!("requests.carried_out.{column}"));
            assert_eq!(labels, ["申请人情况", "法人或其他组织", label]);
        }
        assert_eq!(columns_over(&form, "requests.received.total"), ["申请人情况", "总计"]);
        let (_, table, block) = form.block_of(cell(&form, "requests.received.natural")).unwrap();
        let corner = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）";
        assert_eq!(block.corner, corner);
        assert_eq!(block.heads.depth(), 3);
        assert_eq!(table.balance.as_ref().unwrap().columns.len(), 7);
    }
}

#[test]
fn blocks_of_table_two_carry_the_items_of_article_20() {
    let blocks = |id: &str| -> Vec<(String, String, Vec<String>)> {
        let form = form(id);
        let table = form.tables.iter().find(|table| table.id == "disclosure").unwrap();
        let block =
            |block: &gouji::form::Block| (block.title.clone(), block.corner.clone(), block.rows.clone());
        table.blocks.iter().map(block).collect()
    };
    let expected = |items: &[(&str, &[&str])]| -> Vec<(String, String, Vec<String>)> {
        items
            .iter()
            .map(|(number, rows)| {
                let rows = rows.iter().map(|row| (*row).to_owned()).collect();
                (format!("第二十条第（{number}）项"), "信息内容".to_owned(), rows)
            })
            .collect()
    };
    assert_eq!(
        blocks("2019"),
        expected(&[
            ("一", &["regulation", "normative"]),
            ("五", &["licence", "other_services"]),
            ("六", &["penalty", "coercion"]),
            ("八", &["fees"]),
            ("九", &["procurement"]),
        ])
    );
    assert_eq!(
        blocks("2021"),
        expected(&[
            ("一", &["regulation", "normative"]),
            ("五", &["licence"]),
            ("六", &["penalty", "coercion"]),
            ("八", &["fees"]),
        ])
    );
}

#[test]
fn each_form_has_the_six_sections_in_order() {
    for (id, expected) in [("2019", &SECTIONS_2019), ("2021", &SECTIONS_2021)] {
        let form = form(id);
        let sections: Vec<_> = form
            .sections
            .iter()
            .map(|section| (section.id.as_str(), section.number.as_str(), section.heading.as_str()))
            .collect();
        assert_eq!(sections, expected, "{id}");
        assert!(form.sections.iter().all(|section| section.text.is_some()), "{id}");
        let tables: Vec<_> = form
            .sections
            .iter()
            .filter_map(|section| Some((section.id.as_str(), form.table(section.table?)?.id.as_str())))
            .collect();
        let same = ["disclosure", "requests", "remedies"].map(|name| (name, name));
        assert_eq!(tables, same, "{id}");
    }
}

#[test]
fn each_year_has_one_form() {
    let (old, new) = (form("2019"), form("2021"));
    assert_eq!(
        (old.document.as_str(), new.document.as_str()),
        ("国办公开办函〔2019〕60号", "国办公开办函〔2021〕30号")
    );
    for year in [2019, 2020] {
        assert!(old.covers(year) && !new.covers(year), "{year}");
    }
    for year in [2021, 2022, 2025, 2040] {
        assert!(!old.covers(year) && new.covers(year), "{year}");
    }
    assert!(!old.covers(2018) && !new.covers(2018), "earlier reports had another form");
}

#[test]
fn every_rule_is_there_with_its_severity_and_reason() {
    for (id, expected) in [("2019", &RULES_2019[..]), ("2021", &RULES_2021[..])] {
        let form = form(id);
        let rules: Vec<_> = form.rules.iter().map(|rule| (rule.code.as_str(), rule.severity)).collect();
        assert_eq!(rules, expected, "{id}");
        for rule in &form.rules {
            let texts = [&rule.title, &rule.basis, &rule.hint];
            assert!(texts.iter().all(|text| !text.is_empty()), "{id} {}", rule.code);
            assert!(rule.hint.ends_with('。'), "{id} {}", rule.code);
            let gap = ["COVER-A", "TEXT-A", "BLANK-2", "BLANK-3", "BLANK-4"].contains(&rule.code.as_str());
            assert_eq!(rule.completeness, gap, "{id} {}", rule.code);
        }
    }
}

#[test]
fn levels_say_who_may_make_regulations() {
    for id in ["2019", "2021"] {
        let form = form(id);
        let FactKind::Choice(options) = &form.fact("level").unwrap().kind else {
            panic!("level is a choice")
        };
        let levels: Vec<_> = options
            .iter()
            .map(|option| {
                let values: Vec<_> = option.values.iter().map(|(name, _)| name.as_str()).collect();
                assert_eq!(values, ["makes_regulations", "money_ceiling"], "{}", option.id);
                assert!(option.values[1].1 > 0, "{}", option.id);
                (option.id.as_str(), option.values[0].1 == 1)
            })
            .collect();
        assert_eq!(levels, LEVELS, "{id}");
    }
}

#[test]
fn the_cover_asks_for_unit_level_year_period_contact_and_date() {
    let expected = [
        ("unit", "编制单位"),
        ("level", "单位层级"),
        ("year", "报告年度"),
        ("period_from", "统计期限起"),
        ("period_to", "统计期限止"),
        ("contact", "联系方式"),
        ("signed", "落款日期"),
    ];
    for id in ["2019", "2021"] {
        let form = form(id);
        let facts: Vec<_> = form.facts.iter().map(|fact| (fact.name.as_str(), fact.label.as_str())).collect();
        assert_eq!(facts, expected, "{id}");
    }
}

#[test]
fn short_labels_are_no_longer_than_full_ones() {
    for id in ["2019", "2021"] {
        for block in form(id).tables.iter().flat_map(|table| &table.blocks) {
            for label in block.heads.labels().iter().chain(block.labels.labels()) {
                let (short, full) = (label.short.chars().count(), label.full.chars().count());
                assert!(short <= full && short > 0, "{id} {} {}", label.short, label.full);
            }
        }
    }
}

pub(crate) fn form(id: &str) -> Form {
    let (name, text) = assets::FORMS.iter().find(|(name, _)| name.contains(id)).unwrap();
    Form::read(name, text).unwrap_or_else(|errors| panic!("{errors}"))
}

/// Counts the figures of each table and finds every listed one, with its labels, and no other.
fn assert_figures(form: &Form, disclosure: &[Item], other: &[(&str, &[&str])], counts: [usize; 3]) {
    let mut expected = Vec::new();
    for (path, row, column, _, _) in disclosure {
        expected.push((format!("disclosure.{path}"), vec![*row], vec![*column]));
    }
    for (row, labels) in REQUESTS.iter().chain(other).chain(&LAST) {
        for (column, label) in COLUMNS {
            expected.push((format!("requests.{row}.{column}"), labels.to_vec(), vec![label]));
        }
    }
    for (row, labels) in REMEDIES {
        for (column, label) in REMEDY_COLUMNS {
            expected.push((format!("remedies.{row}.{column}"), labels.to_vec(), vec![label]));
        }
    }
    let found: Vec<_> = form
        .all_cells()
        .map(|cell| {
            let path = form.path(Place::Cell(cell));
            let (slot, _, block) = form.block_of(cell).unwrap();
            let rows = block.labels.path(slot.row).map(|label| label.full.as_str()).collect::<Vec<_>>();
            let column = block.heads.leaf(slot.column).unwrap().full.as_str();
            (path, rows, vec![column])
        })
        .collect();
    assert_eq!(found, expected);
    let tables: Vec<_> = form
        .tables
        .iter()
        .map(|table| table.blocks.iter().map(|block| block.cells().count()).sum())
        .collect();
    let tables: [usize; 3] = tables.try_into().unwrap();
    assert_eq!(tables, counts);
}

fn cell(form: &Form, path: &str) -> CellId {
    match form.place(path) {
        Some(Place::Cell(cell)) => cell,
        other => panic!("{path} is {other:?}"),
    }
}

fn slot_role(form: &Form, path: &str) -> Role {
    form.slot(cell(form, path)).unwrap().role
}

/// The labels over a cell, from the top of the head down.
fn columns_over(form: &Form, path: &str) -> Vec<String> {
    let (slot, _, block) = form.block_of(cell(form, path)).unwrap();
    block.heads.path(slot.column).map(|label| label.full.clone()).collect()
}
