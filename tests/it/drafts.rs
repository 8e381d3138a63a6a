//! Drafts on disk: what was written is read again, to the byte.

use std::fmt::Write as _;
use std::sync::Arc;

use gouji::form::{Catalogue, Form, Role};
use gouji::model::{CellId, Edit, FactId, Figure, Question, Report, TextId};
use gouji::store::draft::{self, Draft, Unknown};
use gouji::store::journal::{changes_to, differences, edits_between};
use proptest::prelude::*;

fn form(id: &str) -> Arc<Form> {
    Catalogue::default().by_id(id).unwrap()
}

fn read(text: &str) -> Draft {
    let (draft, notices) = draft::read("甲.ron", text, &Catalogue::default()).unwrap();
    assert_eq!(notices, []);
    draft
}

fn put(report: &mut Report, edit: &Edit) {
    report.apply(edit).unwrap();
}

/// Texts with everything that could break a file: quotes, backslashes, line ends, control and bidi characters.
fn hostile() -> impl Strategy<Value = String> {
    let nasty = prop::sample::select(vec![
        "\"",
        "\\",
        "\\n",
        "\n",
        "\r\n",
        "\t",
        "\0",
        "\u{1b}[31m",
        "\u{202e}",
        "\u{200b}",
        "\u{feff}",
        "\u{3000}",
        "“引”",
        "①",
        "𠮷",
        "e\u{301}",
        "r#\"",
        "\"#",
        "//",
        "/*",
        ")",
        "],",
        "{{x}}",
        "'",
        "\u{85}",
        "\u{2028}",
    ]);
    let plain = prop::sample::select(vec!["甲", "政府信息", "1", "12+", " ", "a", "，", "（其中3件）"]);
    prop::collection::vec(
        prop_oneof![nasty.prop_map(str::to_owned), plain.prop_map(str::to_owned), any::<String>()],
        0..6,
    )
    .prop_map(|parts| parts.concat())
}

/// A figure as it can stand in a cell: what reads as a number is one.
fn figure(form: &Form, cell: CellId, number: Option<i64>, text: &str) -> Figure {
    let precision = form.slot(cell).unwrap().kind.precision();
    match number {
        Some(number) => Figure::Number(number),
        None => Figure::read(text, precision),
    }
}

type Content = (Vec<(usize, Option<i64>, String)>, Vec<(usize, String)>, Vec<(usize, String)>);

fn content() -> impl Strategy<Value = Content> {
    let number = prop_oneof![
        2 => Just(None),
        2 => (-9_i64..2000).prop_map(Some),
        1 => any::<i64>().prop_map(Some),
    ];
    (
        prop::collection::vec((any::<usize>(), number, hostile()), 0..40),
        prop::collection::vec((any::<usize>(), hostile()), 0..6),
        prop::collection::vec((any::<usize>(), hostile()), 0..5),
    )
}

fn report(form: &Form, (cells, facts, texts): &Content) -> Report {
    let shape = form.shape();
    let mut report = Report::new(shape);
    for (index, number, text) in cells {
        let cell = CellId::new(index % shape.cells);
        let to = figure(form, cell, *number, text);
        put(
            &mut report,
            &match form.slot(cell).unwrap().role {
                Role::Input => Edit::Figure { cell, to },
                Role::Total => Edit::Stated { cell, to },
            },
        );
    }
    for (index, to) in facts {
        put(&mut report, &Edit::Fact { fact: FactId::new(index % shape.facts), to: to.clone() });
    }
    for (index, to) in facts {
        put(&mut report, &Edit::Note { cell: CellId::new(index % shape.cells), to: to.clone() });
        let [path, code, message] = ["requests.received.natural", to, "差 1。"].map(str::to_owned);
        put(&mut report, &Edit::Explain { question: Question { path, code, message }, to: to.clone() });
    }
    for (index, inserted) in texts {
        let text = TextId::new(index % shape.texts);
        put(&mut report, &Edit::Text { text, at: 0, removed: String::new(), inserted: inserted.clone() });
    }
    report
}

proptest! {
    #[test]
    fn a_report_that_was_written_is_read_again(content in content(), year in prop::sample::select(vec!["2019", "2021"])) {
        let form = form(year);
        let report = report(&form, &content);
        let text = draft::write(&form, &report, &Unknown::default());
        let draft = read(&text);
        prop_assert_eq!(&draft.report, &report);
        prop_assert_eq!(draft.form.id.as_str(), year);
        prop_assert_eq!(draft::write(&draft.form, &draft.report, &draft.unknown), text.clone());
        // Nothing that moves the cursor, hides, or turns the direction of writing stands in the file.
        let odd = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{feff}');
        prop_assert!(!text.contains(odd), "{:?}", text);
    }

    #[test]
    fn the_changes_to_a_report_and_between_two_lead_there(one in content(), other in content()) {
        let form = form("2021");
        let (old, new) = (report(&form, &one), report(&form, &other));
        let mut built = Report::new(form.shape());
        for change in changes_to(&form, &new) {
            put(&mut built, &change.edit(&form).unwrap());
        }
        prop_assert_eq!(&built, &new);
        let mut turned = old.clone();
        put(&mut turned, &Edit::Many(edits_between(&form, &old, &new)));
        prop_assert_eq!(&turned, &new);
        let listed = differences(&form, &old, &new);
        prop_assert_eq!(listed.is_empty(), old == new);
        prop_assert!(listed.iter().all(|one| one.old != one.new), "{:?}", listed);
    }

    #[test]
    fn a_figure_set_and_set_back_leaves_the_same_bytes(content in content(), cell in any::<usize>(), to in hostile()) {
        let form = form("2021");
        let mut report = report(&form, &content);
        let text = draft::write(&form, &report, &Unknown::default());
        let cell = CellId::new(cell % form.shape().cells);
        let to = figure(&form, cell, None, &to);
        let back = report.apply(&Edit::Figure { cell, to }).unwrap();
        put(&mut report, &back);
        prop_assert_eq!(draft::write(&form, &report, &Unknown::default()), text);
    }

    #[test]
    fn what_no_form_knows_passes_through(content in content(), fields in prop::collection::vec((0_usize..6, hostile()), 0..8)) {
        let form = form("2019");
        let text = draft::write(&form, &report(&form, &content), &Unknown::default());
        let mut text = with_unknown(&text, &fields);
        for _ in 0..2 {
            let (draft, notices) = draft::read("甲.ron", &text, &Catalogue::default()).unwrap();
            prop_assert_eq!(draft.unknown.len(), fields.len());
            prop_assert_eq!(notices.len(), fields.len());
            let again = draft::write(&draft.form, &draft.report, &draft.unknown);
            for (index, (_, content)) in fields.iter().enumerate() {
                prop_assert!(again.contains(&unknown_field(index, content)), "{}", again);
            }
            text = again;
        }
        let (draft, _) = draft::read("甲.ron", &text, &Catalogue::default()).unwrap();
        prop_assert_eq!(draft::write(&draft.form, &draft.report, &draft.unknown), text);
    }

    #[test]
    fn no_text_makes_it_panic(text in hostile(), body in "[()\\[\\]{}\",:a-z0-9 .\n-]{0,80}") {
        for text in [text.clone(), body.clone(), format!("Draft(schema: 1, form: \"2019\", {body})"), format!("Draft({text}")] {
            match draft::read("甲.ron", &text, &Catalogue::default()) {
                Ok((draft, _)) => prop_assert_eq!(draft.form.id.as_str(), "2019"),
                Err(error) => prop_assert!(error.to_string().contains("甲.ron")),
            }
        }
    }
}

fn unknown_field(index: usize, content: &str) -> String {
    let value = ron::to_string(content).unwrap();
    match index % 3 {
        0 => format!("unknown_{index}: {value}"),
        1 => format!("unknown_{index} : Some( /* ) */ [{value}, // ]\n 1.50])"),
        _ => format!("r#unknown_{index}: Note(a: {{ {value}: () }}, b: 'x')"),
    }
}

/// The draft with fields that no form knows, put in on several levels.
fn with_unknown(text: &str, fields: &[(usize, String)]) -> String {
    let mut levels = vec![String::new(); 6];
    for (index, (level, content)) in fields.iter().enumerate() {
        write!(levels[*level], "{}, ", unknown_field(index, content)).unwrap();
    }
    // Groups of the draft itself and groups that a blank report leaves out.
    let draft = read(text);
    let text = draft::write(&draft.form, &Report::new(draft.form.shape()), &draft.unknown);
    let groups = format!(
        "cover: ({}), figures: ({}requests: ({}received: ({})),), texts: ({}), {})",
        levels[0], levels[1], levels[2], levels[3], levels[4], levels[5]
    );
    text.trim_end().strip_suffix(')').unwrap().to_owned() + &groups
}

#[test]
fn a_draft_cut_short_is_never_taken_for_whole() {
    let form = form("2021");
    let mut report = Report::new(form.shape());
    for cell in form.all_cells() {
        put(&mut report, &Edit::Figure { cell, to: Figure::Number(7) });
    }
    put(&mut report, &Edit::Fact { fact: FactId::new(0), to: "某县人民政府".to_owned() });
    let text = draft::write(&form, &report, &Unknown::default());
    let whole = text.trim_end().len();
    for end in (0..whole).filter(|end| text.is_char_boundary(*end)) {
        let error = draft::read("甲.ron", &text[..end], &Catalogue::default()).unwrap_err();
        assert!(error.to_string().contains("甲.ron"), "{end}: {error}");
    }
    assert_eq!(read(&text[..whole]).report, read(&text).report);
}
