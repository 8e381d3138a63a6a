//! Proof-reading as a whole: cases, properties, samples and, where they are at hand, real reports.

mod cases;
mod fine;
mod last_year;
mod reports;
mod units;

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::assets;
use crate::form::Form;

static FORMS: LazyLock<Vec<Form>> =
    LazyLock::new(|| assets::FORMS.iter().map(|(name, text)| Form::read(name, text).unwrap()).collect());

fn form(id: &str) -> &'static Form {
    FORMS.iter().find(|form| form.id == id).unwrap()
}

fn setting<'a>(form: &'a Form, section: &str, year: i64, unit: &'a str) -> Setting<'a> {
    Setting { form, text: form.text_of(section).unwrap(), year: Some(year), unit, last_year: None }
}

fn apply(text: &str, fix: &Fix) -> String {
    format!("{}{}{}", &text[..fix.range.start], fix.with, &text[fix.range.end..])
}

/// Pieces of which reports are made, right and wrong, so that rules meet each other.
fn piece() -> impl Strategy<Value = String> {
    let pieces = [
        "一、",
        "二、",
        "—、",
        "-、",
        "（一）",
        "(二)",
        "（—）",
        "（2）",
        "(3)",
        "1.",
        "2、",
        "3．",
        "一是",
        "二是",
        "三是",
        "四是",
        "总体情况",
        "本单位",
        "主动公开",
        "政府信息",
        "的",
        "的的",
        "进行",
        "进行进行",
        "2021年",
        "２０２１年",
        "2020年，我局共",
        "20201月1日",
        "2月30日",
        "2020年1月1日",
        "至",
        "2020年12月31日",
        "统计期限",
        "，",
        "。",
        "、",
        "；",
        "：",
        ",",
        ".",
        ":",
        "?",
        "!",
        "(",
        ")",
        "（",
        "）",
        "[",
        "]",
        "“",
        "”",
        "\"",
        "《",
        "》",
        "国办公开办函",
        "[2021]",
        "〔2019〕60号",
        "（2021）30号",
        "{{",
        "}}",
        "{{requests.received.total}}",
        "http://a.cn/b,c",
        "a@b.cn",
        "1,234",
        "3.6",
        "8:30",
        "由四个部分组成",
        "报告全文",
        "其他需要报告的事项",
        "问题",
        "\u{200b}",
        "\u{3000}",
        "\u{a0}",
        "\t",
        "\u{fffd}",
        "\u{e000}",
        "⼀",
        "﹝2020﹞",
        " ",
        "\n",
        "\n",
        "……",
        "——",
        "件",
        "12",
        "%",
        "APP",
        "’s",
        "某局",
        "某县人民政府",
        "办公室",
        "政府信息公开工作年度报告",
        "现公布",
        "截至",
        "2012年",
        "转结",
        "六、",
    ];
    prop_oneof![20 => prop::sample::select(pieces.to_vec()).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)]
}

fn prose() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn remarks_lie_within_the_text(text in prop_oneof![prose(), any::<String>()], section in 0..6_usize, last in prose()) {
        let form = form("2021");
        let setting = Setting {
            form,
            text: form.sections[section].text.unwrap(),
            year: Some(2021),
            unit: "某局",
            last_year: Some(&last),
        };
        for remark in lint(&setting, &text) {
            prop_assert!(text.get(remark.range.clone()).is_some(), "{remark:?}");
            prop_assert_eq!(remark.severity, Severity::Verify);
            prop_assert!(!remark.message.is_empty() && !remark.hint.is_empty());
            if let Some(fix) = &remark.fix {
                prop_assert!(text.get(fix.range.clone()).is_some_and(|old| old != fix.with), "{:?}", remark);
            }
        }
    }

    #[test]
    fn a_fix_mends_what_it_is_offered_for(text in prose()) {
        let form = form("2021");
        let setting = setting(form, "overview", 2021, "某局");
        for remark in lint(&setting, &text) {
            let Some(fix) = &remark.fix else { continue };
            let mended = apply(&text, fix);
            let same = |other: &Remark| {
                other.topic == remark.topic && other.range.start == remark.range.start && other.message == remark.message
            };
            let still = lint(&setting, &mended).into_iter().find(same);
            prop_assert!(still.is_none(), "{:?}\n{:?}\n{:?}", remark, mended, still);
        }
    }

    #[test]
    fn fixing_comes_to_an_end(text in prose()) {
        let form = form("2021");
        let setting = setting(form, "problems", 2021, "某局");
        let mut text = text;
        let limit = 20 + text.len();
        for round in 0.. {
            let Some(fix) = lint(&setting, &text).into_iter().find_map(|remark| remark.fix) else { break };
            text = apply(&text, &fix);
            prop_assert!(round < limit, "{:?} by {:?}", text, fix);
        }
    }
}

#[test]
fn a_text_of_one_piece_over_and_over_is_read_to_its_end() {
    // Each would take minutes if a rule looked through the whole line for every piece of it.
    let pieces = [
        "（",
        "》",
        "“",
        "\"",
        "一是，",
        "二是，",
        "某办发〔2021〕1号",
        "(甲)",
        "甲,",
        "2020年，我局共",
        "20201月",
        "1部分",
        "的的",
        "\u{200b}",
        "﹝2020﹞1号",
        "情况、",
        "{{",
        "a@",
        "1.\n",
        "（一）\n",
        "2020年1月1日至2020年12月31日",
    ];
    let form = form("2021");
    for piece in pieces {
        for text in
            [piece.repeat(60_000 / piece.len()), format!("{}报告由情况", piece.repeat(30_000 / piece.len()))]
        {
            let remarks = lint(&setting(form, "overview", 2021, ""), &text);
            assert!(remarks.len() <= MOST, "{piece}");
        }
    }
    let nested = format!("{}{}", "（".repeat(10_000), "》".repeat(10_000));
    assert_eq!(lint(&setting(form, "overview", 2021, ""), &nested).len(), MOST);
}

#[test]
fn the_samples_draw_no_remark() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let mut texts = 0;
    for folder in [root.clone(), root.join("faulty")] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|ending| ending != "ron") {
                continue;
            }
            let draft = std::fs::read_to_string(&path).unwrap();
            let id = if draft.contains("form: \"2019\"") { "2019" } else { "2021" };
            let form = form(id);
            let year = draft.split("year: \"").nth(1).and_then(|rest| rest.get(..4)?.parse().ok()).unwrap();
            for (section, text) in texts_of(&draft) {
                texts += 1;
                let remarks = lint(&setting(form, &section, year, ""), &text);
                assert!(remarks.is_empty(), "{}: {remarks:#?}", path.display());
            }
        }
    }
    assert!(texts > 60, "{texts} texts");
}

/// The texts of a draft by section.
fn texts_of(draft: &str) -> Vec<(String, String)> {
    let texts = draft.split("texts: (").nth(1).unwrap_or_default();
    let mut found: Vec<(String, String)> = Vec::new();
    for line in texts.lines().map(str::trim) {
        if let Some((section, _)) = line.split_once(": [") {
            found.push((section.to_owned(), String::new()));
        }
        let inner = line.split_once(": [").map_or(line, |(_, rest)| rest);
        if let (Some((_, text)), Some(from), Some(to)) = (found.last_mut(), inner.find('"'), inner.rfind('"'))
        {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&inner[from + 1..to]);
        }
    }
    found
}
