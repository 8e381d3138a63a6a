//! Whatever is edited, the texts are read as if they were read for the first time.

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;

use super::*;
use crate::assets;
use crate::check::Evaluation;
use crate::model::{Edit, Figure, Place};
use crate::prose::Topic;

static FORM: LazyLock<Arc<Form>> = LazyLock::new(|| {
    let (name, text) = assets::FORMS.iter().find(|(_, text)| text.contains("id: \"2021\"")).unwrap();
    Arc::new(Form::read(name, text).unwrap())
});

/// What is written: numbers of headings, brackets, lists, figures, sentences of last year, line ends.
const PIECES: [&str; 30] = [
    "\n",
    "\n",
    "\n\n",
    "一、",
    "二、",
    "（一）",
    "(2)",
    "（3）",
    "1.",
    "3．",
    "一是加强学习；",
    "三是完善制度。",
    "（",
    "）",
    "“",
    "”",
    "\"公开\"",
    "《条例》",
    "）",
    "。",
    "存在的问题如下：",
    "下一步将改进。",
    "收到政府信息公开申请12件，",
    "收到政府信息公开申请{{requests.received.total}}件，",
    "{{no.such.cell}}",
    "2021年1月1日至2020年12月31日",
    "国办公开办函〔2019〕60号",
    "本报告由五个部分组成。",
    SENTENCES,
    "，的的，",
];

/// What stood in last year's report.
const SENTENCES: &str = "本单位全面落实政府信息公开工作要求并取得较好成效。加强组织领导健全工作机制明确责任分工到岗到人；\
大力推进主动公开工作不断拓展公开的渠道。认真办理依申请公开事项依法及时答复每一位申请人。\
切实做好政府信息管理工作定期清理各类规范性文件并公布目录。主动接受社会各界对公开工作的监督";

#[derive(Debug, Clone)]
enum Step {
    /// Takes so many characters away at a place in one of the texts and writes something there.
    Text(usize, usize, usize, &'static str),
    Figure(usize, i64),
    Year(&'static str),
    LastYear(bool),
}

fn step() -> impl Strategy<Value = Step> {
    let removed = prop_oneof![6 => Just(0_usize), 3 => 1..6_usize, 1 => 0..400_usize];
    let piece = prop_oneof![8 => prop::sample::select(PIECES.to_vec()), 2 => Just("")];
    let text = (0..2_usize, any::<usize>(), removed, piece);
    prop_oneof![
        30 => text.prop_map(|(text, at, removed, piece)| Step::Text(text, at, removed, piece)),
        2 => (any::<usize>(), 0..20_i64).prop_map(|(cell, to)| Step::Figure(cell, to)),
        1 => prop::sample::select(vec!["2021", "2022", ""]).prop_map(Step::Year),
        1 => any::<bool>().prop_map(Step::LastYear),
    ]
}

/// The edit that a step stands for; none if it is no edit.
fn edit(report: &Report, step: &Step) -> Option<Edit> {
    Some(match step {
        Step::Text(which, at, removed, piece) => {
            let text = FORM.text_of(["overview", "problems"][*which]).unwrap();
            let old = report.text(text);
            let places: Vec<usize> = old.char_indices().map(|(at, _)| at).chain([old.len()]).collect();
            let first = at % places.len();
            let last = (first + removed).min(places.len() - 1);
            let removed = old[places[first]..places[last]].to_owned();
            Edit::Text { text, at: places[first], removed, inserted: (*piece).to_owned() }
        }
        Step::Figure(cell, to) => {
            let cells: Vec<CellId> = FORM.all_cells().collect();
            Edit::Figure { cell: cells[cell % cells.len()], to: Figure::Number(*to) }
        }
        Step::Year(year) => Edit::Fact { fact: FORM.year_fact().unwrap().id, to: (*year).to_owned() },
        Step::LastYear(_) => return None,
    })
}

fn last_year() -> Arc<LastYear> {
    let mut report = Report::new(FORM.shape());
    for section in ["overview", "problems"] {
        let text = FORM.text_of(section).unwrap();
        let inserted = SENTENCES.to_owned();
        report.apply(&Edit::Text { text, at: 0, removed: String::new(), inserted }).unwrap();
    }
    Arc::new(LastYear::new(Arc::clone(&FORM), report))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, ..ProptestConfig::default() })]

    #[test]
    fn texts_read_after_every_edit_are_as_if_read_at_once(steps in prop::collection::vec(step(), 1..50)) {
        let mut report = Report::new(FORM.shape());
        let mut kept = Evaluation::of(&FORM, &report);
        let before = last_year();
        for step in &steps {
            if let Step::LastYear(is_known) = step {
                kept.set_last_year(is_known.then(|| Arc::clone(&before)));
            }
            if let Some(edit) = edit(&report, step) {
                report.apply(&edit).unwrap();
            }
            kept.refresh(&FORM, &report);
            let mut fresh = Evaluation::default();
            fresh.set_last_year(kept.last_year().cloned());
            fresh.refresh(&FORM, &report);
            prop_assert_eq!(kept.remarks(), fresh.remarks());
            prop_assert_eq!(&kept, &fresh);
        }
    }
}

#[test]
fn all_kinds_of_remarks_that_look_at_more_than_a_paragraph_are_found() {
    let mut report = Report::new(FORM.shape());
    let mut kept = Evaluation::of(&FORM, &report);
    kept.set_last_year(Some(last_year()));
    let text = FORM.text_of("problems").unwrap();
    let written = format!("（一）甲\n（三）“乙。\n一是丙；\n三是丁：\n{SENTENCES}");
    for (at, c) in written.char_indices() {
        let edit = Edit::Text { text, at, removed: String::new(), inserted: c.to_string() };
        report.apply(&edit).unwrap();
        kept.refresh(&FORM, &report);
    }
    let topics: Vec<Topic> = kept.remarks().iter().map(|noted| noted.remark.topic).collect();
    for topic in [Topic::Heading, Topic::Pairs, Topic::Repeated] {
        assert!(topics.contains(&topic), "{topic:?} is not in {topics:?}");
    }
    assert_eq!(topics.iter().filter(|topic| **topic == Topic::Heading).count(), 2);
}

/// A report with these figures in the rows of requests, column by column from the first, and this overview.
fn with_requests(rows: &[(&str, &[i64])], overview: &str) -> Report {
    let mut report = Report::new(FORM.shape());
    let columns = ["natural", "business", "research", "welfare", "legal", "other_org"];
    for (row, figures) in rows {
        for (column, figure) in columns.iter().zip(*figures) {
            let Some(Place::Cell(cell)) = FORM.place(&format!("requests.{row}.{column}")) else { panic!() };
            report.apply(&Edit::Figure { cell, to: Figure::Number(*figure) }).unwrap();
        }
    }
    let text = FORM.text_of("overview").unwrap();
    let inserted = overview.to_owned();
    report.apply(&Edit::Text { text, at: 0, removed: String::new(), inserted }).unwrap();
    report
}

#[test]
fn growth_over_a_year_with_blanks_is_left_alone() {
    let text = "收到政府信息公开申请9件，比上年增长50%。";
    let now = with_requests(&[("received", &[9, 0, 0, 0, 0, 0]), ("carried_in", &[0; 6])], text);
    let growths = |received: &[i64]| {
        let before = with_requests(&[("received", received), ("carried_in", &[0; 6])], "");
        let mut evaluation = Evaluation::default();
        evaluation.set_last_year(Some(Arc::new(LastYear::new(Arc::clone(&FORM), before))));
        evaluation.refresh(&FORM, &now);
        evaluation.remarks().iter().filter(|noted| noted.remark.topic == Topic::Growth).count()
    };
    assert_eq!(growths(&[3, 0, 0, 0, 0, 0]), 1, "9 are three times as many as 3");
    assert_eq!(growths(&[3, 0, 0]), 0, "what was left blank may have been 3 more");
}

#[test]
fn what_agrees_is_found_at_its_place_in_the_text_as_written() {
    let claim = "收到政府信息公开申请{{requests.received.total}}件";
    let written =
        format!("甲{{{{no.such.cell}}}}\n\n乙{{{{requests.received.total}}}}，{claim}，上年结转3件。");
    let report =
        with_requests(&[("received", &[9, 0, 0, 0, 0, 0]), ("carried_in", &[2, 0, 0, 0, 0, 0])], &written);
    let evaluation = Evaluation::of(&FORM, &report);
    let text = FORM.text_of("overview").unwrap();
    let at = |at: usize| evaluation.matches(&FORM, &report, text, at);
    let start = written.find("申请{{").unwrap() + "申请".len();
    for caret in [start, start + "{{requests.received.total}}".len()] {
        let [held] = &at(caret)[..] else { panic!("{:?}", at(caret)) };
        assert_eq!((held.name.as_str(), held.value.as_str()), ("一、本年新收", "9"));
        assert!(written[held.range.clone()].ends_with("{{requests.received.total}}件"));
        assert!(!written[held.range.clone()].contains('乙'));
    }
    assert_eq!(at(written.find("3件").unwrap()), [], "it differs");
    for caret in [0, written.find("乙").unwrap(), written.len(), written.len() + 9] {
        assert_eq!(at(caret), [], "{caret}");
    }
    // What lies inside of a character is no place.
    assert_eq!(at(1), []);
}
