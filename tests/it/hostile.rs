//! Files that mean harm, or are broken, through the whole program: nothing in them reaches the terminal as an escape,
//! nothing of them is lost, and none makes the program fall.

mod beside;
mod bounds;

use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

use gouji::form::Catalogue;
use gouji::store::draft::{self, Draft};
use serde_json::Value;

use crate::support::play::Play;
use crate::support::strict;

/// Makes a file, fast and with no care for a loss of power.
fn put(path: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
    File::create(path).unwrap().write_all(bytes.as_ref()).unwrap();
}

/// How a command ended.
struct Told {
    code: Option<String>,
    out: String,
    err: String,
}

/// Runs a command inside this process and looks at every line that it prints.
fn gouji(args: &[&str]) -> Told {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let all = std::iter::once("gouji").chain(args.iter().copied()).map(OsString::from);
    let code = match gouji::cli::run(all, &mut out, &mut err) {
        Ok(code) => Some(format!("{code:?}")),
        Err(error) => {
            err.extend(format!("错误：{error}\n").into_bytes());
            None
        }
    };
    let (out, err) = (String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap());
    for text in [&out, &err] {
        assert_eq!(strict::complaint_about_lines(text), None, "{args:?}");
    }
    Told { code, out, err }
}

/// Texts that a terminal would obey, hide or choke on.
fn nasty() -> Vec<String> {
    let controls: String = ('\0'..='\u{1f}').chain('\u{7f}'..='\u{9f}').collect();
    let turned: String = ('\u{202a}'..='\u{202e}').chain('\u{2066}'..='\u{2069}').collect();
    let mut all = vec![
        controls,
        format!("某县{turned}局"),
        "\u{1b}[2J\u{1b}]52;c;aGk=\u{7}\u{1b}]0;标题\u{1b}\\\u{1b}P1$r\u{1b}\\\u{1b}c".to_owned(),
        "\u{9b}2J\u{9d}52;c;aGk=\u{9c}\u{90}x\u{9c}".to_owned(),
        "甲\u{200b}\u{200c}\u{200d}\u{2060}\u{ad}\u{180e}\u{34f}\u{feff}乙\u{e0041}\u{fff9}".to_owned(),
        "\u{301}\u{fffd}\u{20e3}e\u{301}\u{302}\u{303}".to_owned(),
        "一\u{2028}二\u{2029}三\u{85}四\u{b}五\u{c}六\r七\r\n八\n九".to_owned(),
        "\t甲\t\t乙\t".to_owned(),
        "\u{115f}\u{3164}👨\u{200d}👩\u{200d}👧🇨🇳\u{fe0f}\u{10ffff}\u{e000}".to_owned(),
        "<U+001B>[31m\\u{1b}\\x1b".to_owned(),
        "אבג\u{61c}علي\u{200f}".to_owned(),
    ];
    all.push(all.concat());
    all
}

/// A draft in which the text stands wherever one can, written raw where RON allows it if `raw`, else as an escape.
fn draft_with(text: &str, raw: bool) -> String {
    // A file with a NUL is taken for no text at all.
    let q = if raw && !text.contains(['"', '\\', '\r', '\0']) {
        format!("\"{text}\"")
    } else {
        ron::to_string(text).unwrap()
    };
    let comment = text.replace(['\n', '\r', '\0'], " ");
    format!(
        "// {comment}\nDraft(schema: 1, form: \"2021\",\n\
         cover: (unit: {q}, level: {q}, year: {q}, period_from: {q}, contact: {q}, signed: {q}, odd: {q}),\n\
         figures: (requests: (received: (natural: {q}, business: {q}, odd: {q}), granted: (natural: 3, legal: {q}),\n\
         odd: {{ {q}: {q} }}), disclosure: (fees: (amount: {q})), odd: [{q}]),\n\
         stated: (requests: (received: (total: {q}), outcome_total: (total: 5))),\n\
         texts: (overview: [{q}, \"\", {q}], problems: {q}, other: [], odd: {q}),\n\
         odd: Odd(a: {{ {q}: 'c', 2: {q} }}, b: ({q}, Some({q}))),\n)\n",
    )
}

fn read(path: &Path) -> Draft {
    let text = fs::read_to_string(path).unwrap();
    draft::read("甲.ron", &text, &Catalogue::default()).unwrap().0
}

/// Looks at everything there is: every tab with a few keys, both panes, lists, help, questions.
fn walk(play: &mut Play) {
    for tab in 0..8 {
        // On the cover the arrows to the sides choose.
        let aside = if tab == 0 { "" } else { "<right>" };
        play.keys(&format!("<alt-{tab}><down>{aside}<down><pagedown><end><home><up>"));
        play.keys("<f7><down><end><pagedown><f7>");
    }
    play.keys("<alt-7><enter><ctrl-r><f3><f3><shift-f3><f6><f6>");
    play.keys("<f1><pagedown><esc><f9><down><esc><ctrl-l>");
    play.resize(120, 40).keys("<alt-1><alt-3><alt-7>").resize(61, 17).keys("<alt-0><alt-3><alt-7>");
    play.resize(20, 5).resize(80, 24);
}

/// Opens a draft on the screen, walks, makes a change and takes it back, saves, and proves that nothing was lost.
fn survives(path: &Path) {
    survives_a(walk, path);
}

/// The same with a walk of one's own.
fn survives_a(walk: impl FnOnce(&mut Play), path: &Path) {
    let before = read(path);
    let mut play = Play::start(80, 24);
    play.show(path);
    play.keys("<esc><esc>");
    walk(&mut play);
    play.keys("<alt-3><home><down>7<esc><ctrl-s><esc>");
    assert!(play.session().report() == &before.report, "{}", play.screen());
    play.keys("<alt-3>7<enter><ctrl-s><esc><ctrl-z><ctrl-s><esc>");
    drop(play);
    let after = read(path);
    assert!(after.report == before.report, "{}", path.display());
    assert_eq!(after.unknown.len(), before.unknown.len());
    let written = |draft: &Draft| draft::write(&draft.form, &draft.report, &draft.unknown);
    assert!(written(&after) == written(&before), "{}", path.display());
}

#[test]
fn whatever_stands_in_a_draft_is_shown_harmlessly_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("甲.ron");
    for text in nasty() {
        put(&path, draft_with(&text, true));
        survives(&path);
    }
    put(&path, draft_with("\u{1b}[2J\u{202e}", true));
    let mut play = Play::start(80, 24);
    play.show(&path);
    for tab in [0, 1, 3, 7] {
        play.keys(&format!("<esc><alt-{tab}>"));
        assert!(play.shows("<U+001B>"), "{}", play.screen());
    }
}

#[test]
fn whatever_stands_in_a_draft_is_printed_harmlessly() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("甲.ron");
    let name = path.to_str().unwrap();
    for text in nasty() {
        put(&path, draft_with(&text, true));
        let shown = gouji(&["check", name]).out;
        assert!(shown.contains("共 ") && shown.contains("注意："), "{shown}");
        let json = gouji(&["check", name, "--format", "json"]).out;
        let json: Value = serde_json::from_str(&json).unwrap();
        let report = read(&path);
        let unit = report.form.unit_fact().unwrap().id;
        assert_eq!(json[0]["unit"].as_str().unwrap(), report.report.fact(unit));
        assert!(gouji(&["get", name]).out.contains("\nrequests.granted.natural 3\n"));
        assert!(gouji(&["get", name, "--stated"]).out.contains("\nrequests.outcome_total.total 5\n"));
        let set = gouji(&[
            "set",
            name,
            "requests.granted.natural=4",
            &format!("cover.contact={}", text.replace('\0', "")),
        ]);
        assert!(set.out.contains("3 → 4\n"), "{}{}", set.out, set.err);
        assert!(gouji(&["set", name, &format!("{text}=1")]).code.is_none());
        assert!(gouji(&["get", name, &text]).err.contains("没有“"));
        assert!(gouji(&["backups", name]).out.contains("强制"));
        assert!(gouji(&["restore", name, "1"]).out.contains("已把“"));
        let made = folder.path().join("乙.ron");
        let made = made.to_str().unwrap();
        let unit = format!("局{text}");
        assert!(
            gouji(&["new", "--unit", &unit, "--year", "2024", "-o", made, "--force"]).out.contains("已新建“")
        );
    }
}

#[test]
fn names_of_files_and_folders_are_shown_harmlessly() {
    let folder = tempfile::tempdir().unwrap();
    for (number, text) in nasty().into_iter().enumerate() {
        let name: String = text.replace(['/', '\0'], "").chars().take(40).collect();
        let name = format!("{number}{name}");
        let inner = folder.path().join(&name);
        fs::create_dir(&inner).unwrap();
        let path = inner.join(format!("{name}.ron"));
        put(&path, draft_with("局", false));
        put(inner.join(format!("坏{name}.ron")), "Draft(");
        survives(&path);

        let mut play = Play::start(80, 24);
        play.show(&path);
        play.keys("<esc>1<ctrl-s><ctrl-o><down><down><enter><esc><esc><f12><esc>");
        play.keys("<ctrl-o>").paste(&format!("{}/坏{name}.ron", inner.display())).keys("<enter><esc><esc>");
        play.keys("<ctrl-o>").paste(&format!("{}/没有{name}", inner.display())).keys("<enter><esc><esc>");
        drop(play);

        let (good, bad) = (path.to_str().unwrap(), inner.join(format!("坏{name}.ron")));
        let bad = bad.to_str().unwrap();
        gouji(&["check", good]);
        gouji(&["check", good, bad, inner.to_str().unwrap(), &name, "--format", "json"]);
        let checked = gouji(&["check", bad]).out;
        assert!(checked.contains("第 1 行第 "), "{checked}");
        for file in [good, bad, inner.to_str().unwrap(), name.as_str()] {
            gouji(&["check", file]);
            gouji(&["get", file, "cover.unit"]);
            gouji(&["set", file, "cover.contact=1"]);
            gouji(&["backups", file]);
        }
        gouji(&["form", "check", bad]);
        gouji(&["form", "show", &name]);
        gouji(&["check", good, "--form", bad]);
        gouji(&["new", "--unit", "局", "--year", "2024", "-o", good]);
        gouji(&["new", "--unit", "局", "--year", "2024", "-o", good, "--force"]);
        gouji(&["restore", good, "99"]);
        gouji(&[&name, &name]);
        gouji(&["check", good, "--format", &name]);
        gouji(&["new", "--unit", "局", "--year", &name, "-o", good]);
    }
}

#[test]
fn a_wrong_kind_of_value_is_told_with_its_place_or_kept() {
    let values = [
        "1",
        "-1",
        "1.5",
        "\"甲\"",
        "'c'",
        "true",
        "()",
        "[]",
        "{}",
        "(1, 2)",
        "[1, \"甲\"]",
        "{ 1: 2 }",
        "None",
        "Some(())",
        "(a: 1)",
        "Odd",
        "Odd(1)",
        "Odd(a: 1)",
        "b\"x\"",
        "r#\"甲\u{1b}\"#",
        "[[[]]]",
        "inf",
        "NaN",
        "-inf",
        "0x1F",
        "1_000",
        "\"\"",
        "[\"\"]",
        "[None]",
        "\"\u{1b}]52;c;\u{7}\"",
    ];
    let whole = "Draft(schema: 1, form: \"2021\", cover: (unit: \"局\"), figures: (requests: (received: (natural: 1))), \
                 stated: (requests: (received: (total: 1))), texts: (overview: [\"甲\"]))";
    let places = [
        "1,",
        "\"2021\"",
        "(unit: \"局\")",
        "\"局\"",
        "(requests: (received: (natural: 1)))",
        "(received: (natural: 1))",
        "(natural: 1)",
        "1)))",
        "(requests: (received: (total: 1)))",
        "(received: (total: 1))",
        "(total: 1)",
        "(overview: [\"甲\"])",
        "[\"甲\"]",
        "\"甲\"",
    ];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("甲.ron");
    let (mut good, mut bad) = (0, 0);
    for place in places {
        let (before, after) = whole.split_once(place).unwrap();
        let ending = place.trim_start_matches(|c: char| c != ',' && c != ')');
        let ending = if place.starts_with('1') { ending } else { "" };
        for value in values {
            put(&path, format!("{before}{value}{ending}{after}"));
            let checked = gouji(&["check", path.to_str().unwrap()]).out;
            if checked.contains("：没有核对\n") {
                bad += 1;
                assert!(
                    checked.contains(" 行第 ") && checked.contains(" 列：")
                        || checked.contains("不是本程序的草稿"),
                    "{checked}"
                );
            } else {
                good += 1;
                let mut play = Play::start(80, 24);
                play.show(&path);
                play.keys("<esc><alt-3>7<esc><ctrl-s><alt-1><alt-7>");
            }
        }
    }
    assert!(good > 40 && bad > 300, "{good} good, {bad} bad");
}

#[test]
fn numbers_of_all_kinds_are_kept_or_refused_with_their_place() {
    let long = "9".repeat(10_000);
    let (fraction, zeros) = (format!("0.{long}"), format!("{}1", "0".repeat(10_000)));
    let sum = vec!["1"; 10_000].join("+");
    let literals = [
        "1e308",
        "1e309",
        "-1e308",
        "1E-400",
        "-0",
        "-0.0",
        "+5",
        "NaN",
        "inf",
        "-inf",
        "0x7fffffffffffffff",
        "0xffffffffffffffffff",
        "0b11",
        "0o17",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "-9223372036854775809",
        "0.0000001",
        "1.0000000000000000001",
        ".5",
        "5.",
        "1_000",
        "1e",
        "--1",
        "１２",
        "一",
        &long,
        &fraction,
        &zeros,
    ];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("甲.ron");
    let mut opened = 0;
    for literal in literals.into_iter().chain([sum.as_str()]) {
        for written in [literal.to_owned(), format!("\"{literal}\"")] {
            let text = format!(
                "Draft(schema: 1, form: \"2021\", figures: (requests: (received: (natural: {written})), disclosure: \
                 (fees: (amount: {written}))), stated: (requests: (received: (total: {written}))))"
            );
            put(&path, text);
            let checked = gouji(&["check", path.to_str().unwrap()]).out;
            if checked.contains("：没有核对\n") {
                assert!(checked.contains(" 行第 ") && checked.contains(" 列："), "{written:.40}: {checked}");
                continue;
            }
            opened += 1;
            let walk = |play: &mut Play| {
                play.keys("<alt-2><pagedown><alt-3><down><f6><f6><alt-7><f3><f3>");
            };
            survives_a(walk, &path);
        }
    }
    assert!(opened > 45, "{opened}");
}

#[test]
fn a_key_with_any_name_at_any_level_is_kept() {
    let mut body = String::new();
    for text in nasty() {
        write!(body, "{}: 1, ", ron::to_string(&text).unwrap()).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("甲.ron");
    put(
        &path,
        format!(
            "Draft(schema: 1, form: \"2021\", 键\u{301}: {{ {body} }}, r#a.b-c: 1, cover: (名: 1), figures: (表: {{ {body} }}, \
             requests: (行: (列: 1), received: (列: {{ {body} }}))), texts: (文: [{{ {body} }}]))"
        ),
    );
    survives(&path);
    assert_eq!(read(&path).unknown.len(), 7);
}
