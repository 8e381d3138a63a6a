use proptest::prelude::*;

use super::*;
use crate::form::{Catalogue, Severity};
use crate::model::CellId;
use crate::prose::Topic;

/// A report with the same figure everywhere.
struct Everywhere(i64);

impl Values for Everywhere {
    fn cell(&self, _: CellId) -> Option<i64> {
        Some(self.0)
    }

    fn last_year(&self, _: CellId) -> Option<i64> {
        Some(self.0 + 1)
    }
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

const PIECES: &[&str] = &[
    "收到",
    "政府信息公开",
    "申请",
    "办结",
    "结转",
    "下年度",
    "上年",
    "其中",
    "予以公开",
    "和部分公开",
    "行政复议",
    "行政诉讼",
    "维持",
    "1件结果纠正",
    "规范性文件",
    "制发",
    "废止",
    "12件",
    "九十九件",
    "3.6万条",
    "占33.9%",
    "（20%）",
    "比上年增长",
    "同比下降5件",
    "，",
    "。",
    "；",
    "、",
    "（",
    "）",
    "\n",
    "（一）依申请公开情况\n",
    "没有",
    "未收到",
    "全部办结",
    "答复率100%",
    "自然人",
    "法人",
    "2023年",
    "网站公开信息",
    "其他",
    " ",
    "件",
    "行政事业性收费",
    "1.5亿元",
    "999999999999999件",
];

proptest! {
    #[test]
    fn any_text_is_read_and_every_remark_has_its_place(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40),
        noise in "\\PC{0,10}",
        figure in prop_oneof![0..100_i64, Just(i64::MAX - 1), Just(-1)],
        section in prop::sample::select(&["overview", "requests", "remedies"][..]),
    ) {
        let form = Catalogue::default().by_id("2021").unwrap();
        let text = format!("{noise}{}{noise}", pieces.concat());
        let setting = setting(&form, section);
        let claims = read(&setting, &text);
        for claim in &claims.found {
            prop_assert!(text.get(claim.range.clone()).is_some());
            prop_assert!(claim.figure.clone().is_none_or(|figure| text.get(figure).is_some()));
        }
        let mut remarks = claims.check(&form, &Everywhere(figure));
        remarks.extend(across(&[(setting.text, &claims)]).into_iter().map(|(_, remark)| remark));
        for remark in remarks {
            prop_assert_eq!(remark.severity, Severity::Verify);
            prop_assert!(text.get(remark.range.clone()).is_some());
            prop_assert!(remark.fix.is_none_or(|fix| text.get(fix.range).is_some()));
        }
    }
}

#[test]
fn a_mended_text_has_nothing_left_to_mend() {
    let form = Catalogue::default().by_id("2021").unwrap();
    let setting = setting(&form, "requests");
    let mut text = "办结３件，予以公开一百件，部分公开1,000件；结转下年度5件。".to_owned();
    for left in (0..4).rev() {
        let remarks = read(&setting, &text).check(&form, &Everywhere(42));
        assert_eq!(remarks.len(), left + 1, "{text}");
        let fix = remarks[0].fix.clone().unwrap();
        text.replace_range(fix.range, &fix.with);
    }
    assert_eq!(text, "办结４２件，予以公开四十二件，部分公开42件；结转下年度42件。");
    assert_eq!(read(&setting, &text).check(&form, &Everywhere(42)), []);
}

#[test]
fn every_phrase_of_the_forms_is_found_in_a_sentence_of_its_own() {
    use crate::form::wording::FigureAt;
    for id in ["2019", "2021"] {
        let form = Catalogue::default().by_id(id).unwrap();
        let mut missed = Vec::new();
        for (index, quantity) in form.claims.quantities.iter().enumerate() {
            // A part is told behind its whole, and an outcome behind its topic.
            let whole =
                quantity.under.first().map_or(String::new(), |_| "新收政府信息公开申请9件，其中".to_owned());
            let topic = quantity.topic.and_then(|topic| form.claims.topics.get(topic));
            let topic = topic.and_then(|topic| topic.words.first()).cloned().unwrap_or_default();
            let section = if quantity.near.is_empty() { "overview" } else { "remedies" };
            for phrase in &quantity.phrases {
                let words: String = phrase.steps.iter().map(|step| step[0].as_str()).collect();
                let figure = format!("5{}", quantity.units[0]);
                let told = match phrase.figure {
                    FigureAt::End => format!("{words}{figure}"),
                    FigureAt::Start => format!("{figure}{words}"),
                    FigureAt::Within(front) => {
                        let (front, back) = phrase.steps.split_at(front);
                        let first = |steps: &[Vec<String>]| -> String {
                            steps.iter().map(|step| step[0].as_str()).collect()
                        };
                        format!("{}{figure}{}", first(front), first(back))
                    }
                    FigureAt::Zero => words.clone(),
                };
                let text = format!("{topic}情况良好，{whole}{told}。");
                let claims = read(&setting(&form, section), &text);
                if !claims.found.iter().any(|claim| claim.quantity == index) {
                    missed.push(text);
                }
            }
        }
        assert_eq!(missed, Vec::<String>::new(), "{id}");
    }
}

#[test]
fn a_text_is_named_by_what_it_belongs_to() {
    let form = Catalogue::default().by_id("2021").unwrap();
    let (first, second) = (form.text_of("overview").unwrap(), form.text_of("requests").unwrap());
    let one = read(&setting(&form, "overview"), "新收政府信息公开申请12件。");
    let other = read(&setting(&form, "requests"), "本年新收政府信息公开申请13件。");
    let said = across(&[(first, &one), (second, &other)]);
    assert_eq!(said.len(), 1);
    assert_eq!((said[0].0, said[0].1.topic), (second, Topic::Twice));
    assert_eq!(
        said[0].1.message,
        "同一数量前后不一：前面写“新收政府信息公开申请12件”，这里写“新收政府信息公开申请13件”。"
    );
    assert_eq!(across(&[(first, &one), (second, &one)]), []);
}

#[test]
fn far_longer_texts_than_any_section_are_read_whole() {
    let form = Catalogue::default().by_id("2021").unwrap();
    let sentence = "全年收到政府信息公开申请99件，办结98件，予以公开60件（占61.2%），结转下年度1件。";
    let text = sentence.repeat(200);
    let claims = read(&setting(&form, "overview"), &text);
    assert_eq!(claims.found.len(), 800);
    assert_eq!(claims.check(&form, &Everywhere(2)).len(), 800, "the shares agree with the text");
    // One sentence without an end.
    for (piece, least) in
        [("收到政府信息公开申请9件，占20%，没有结转下年度", 1000), ("收到申请9件，其中网站8条", 1)]
    {
        let claims = read(&setting(&form, "overview"), &piece.repeat(5_000));
        assert!(claims.found.len() >= least, "{piece} {}", claims.found.len());
        assert!(claims.check(&form, &Everywhere(2)).len() >= least);
    }
}
