//! Files cut at every byte, and files of great size.

use std::fmt::Write as _;
use std::fs;

use gouji::form::{Catalogue, Form};
use gouji::store::beside::{JOURNAL, beside};
use gouji::store::draft;
use gouji::store::files::DiskFiles;
use gouji::store::guard::{DraftFile, Found};
use gouji::store::lock::Identity;
use gouji::store::open::{self, OpenError};
use gouji::tui::keymap::Keymap;

use super::{draft_with, gouji, put, survives_a};
use crate::support::play::Play;
use crate::support::strict;

/// As many keys, paragraphs or pieces as no file has that means well. What takes quadratic time does not end here.
const MANY: usize = 100_000;

fn me() -> Identity {
    Identity { user: "测试".to_owned(), host: "本机".to_owned(), process: std::process::id() }
}

/// Looks at a few places only.
fn glance(play: &mut Play) {
    play.keys("<alt-0><down><alt-1><down><end><alt-3><down><f3><alt-7><down><end><home>");
}

#[test]
fn a_draft_cut_at_any_byte_is_refused_with_its_place_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("甲.ron");
    let whole = draft_with("局“\u{202e}\u{1b}”", false).into_bytes();
    let end = whole.iter().rposition(|byte| *byte == b')').unwrap();
    for cut in 0..=whole.len() {
        put(&path, &whole[..cut]);
        let opened = DraftFile::open(&DiskFiles, &me(), &path, &Catalogue::default());
        assert_eq!(fs::read(&path).unwrap(), &whole[..cut]);
        let error = match opened {
            Ok(_) if cut > end => continue,
            Ok(_) => panic!("{cut} of {end} bytes are no draft"),
            Err(error) => error.to_string(),
        };
        assert!(error.contains("甲.ron"), "{error}");
        let placed = error.contains(" 行第 ") && error.contains(" 列：");
        assert!(
            placed || error.contains("损坏的字节") || error.contains("文件是空的") || error.contains("不是"),
            "{cut}: {error}"
        );
    }
    // And so it is on the screen.
    for cut in (0..end).step_by(97) {
        put(&path, &whole[..cut]);
        let mut play = Play::start(80, 24);
        play.keys("<ctrl-o>").paste(path.to_str().unwrap()).keys("<enter>");
        assert!(play.app.workbench().is_none());
        assert_eq!(fs::read(&path).unwrap(), &whole[..cut]);
    }
    let names: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["甲.ron"], "nothing is left beside a draft that was not opened");
}

#[test]
fn a_journal_cut_at_any_byte_gives_what_was_whole_and_the_draft_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = fs::canonicalize(folder.path()).unwrap().join("甲.ron");
    let text = draft_with("局", false);
    put(&path, &text);
    let open = || DraftFile::open(&DiskFiles, &me(), &path, &Catalogue::default()).unwrap();
    {
        let (mut file, opened, _) = open();
        let form = opened.draft.form;
        let mut session = gouji::session::Session::open(form.clone(), opened.draft.report);
        for (place, value) in
            [("cover.contact", "甲\u{1b}"), ("requests.received.legal", "5"), ("text.overview", "乙\n丙")]
        {
            let edit = session.typed(form.place(place).unwrap(), value);
            session.apply(&edit, None).unwrap();
            file.note_edit(&DiskFiles, &form, &edit, None).unwrap();
        }
        file.sync(&DiskFiles).unwrap();
    }
    let journal = beside(&path, JOURNAL);
    let whole = fs::read(&journal).unwrap();
    let mut most = 0;
    for cut in 0..=whole.len() {
        put(&journal, &whole[..cut]);
        let (_, _, found) = open();
        let edits = match found {
            Found::Nothing => 0,
            Found::Pending { replay, from } => replay.edits(from),
            other => panic!("{cut}: {other:?}"),
        };
        assert!(edits >= most, "{cut}");
        most = edits;
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
    assert_eq!(most, 3);
    // A byte changed is noticed, and nothing behind it is believed.
    for at in (0..whole.len()).step_by(3) {
        let mut changed = whole.clone();
        changed[at] ^= 0x15;
        put(&journal, &changed);
        let (_, _, found) = open();
        match found {
            Found::Pending { replay, from } => assert!(replay.edits(from) < 3, "{at}"),
            Found::Nothing | Found::Damaged(_) | Found::Foreign(_) => {}
            Found::Unreadable(error) => panic!("{at}: {error}"),
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
}

#[test]
fn a_keymap_cut_at_any_byte_is_refused_with_its_place() {
    let own = Keymap::parse(gouji::assets::KEYS).unwrap();
    let whole = "// 甲\n[(context: \"grid\", bindings: [\n  (keys: [\"f5\", \"ctrl-e\"], action: \"undo\"), /* 乙 */\n  \
                 (keys: [\"alt-s\"], action: \"none\"),\n])]\n";
    let end = whole.rfind(']').unwrap();
    for cut in (0..whole.len()).filter(|cut| whole.is_char_boundary(*cut)) {
        match own.overridden_by(&whole[..cut]) {
            Ok(_) => assert!(cut > end, "{cut}"),
            Err(error) => {
                let error = error.to_string();
                assert!(error.contains("行第") && error.contains("列："), "{cut}: {error}");
            }
        }
    }
    assert!(own.overridden_by(whole).is_ok());
    for cut in (0..gouji::assets::KEYS.trim_end().len()).step_by(11) {
        if let Some(part) = gouji::assets::KEYS.get(..cut) {
            assert!(own.overridden_by(part).is_err(), "{cut}");
        }
    }
}

/// A form with a bit of everything.
const FORM: &str = r#"Form(
    id: "small", name: "小表", document: "文", years: (from: 2019),
    cover: [(id: "unit", label: "单位", kind: Unit), (id: "year", label: "年度", kind: Year)],
    sections: [(id: "one", number: "一", heading: "一", short: "一", table: "t", text: (guidance: "写"))],
    tables: [(id: "t", title: "表", blocks: [(
        columns: [(id: "a", label: "甲"), (id: "m", label: "钱", kind: Money), (id: "all", label: "计")],
        rows: [(id: "x", label: "子"), (id: "y", label: "丑"), (id: "sum", label: "计")],
    )])],
    rules: [
        (code: "R1", title: "r", severity: 强制, basis: "b", total: "t.sum.a = sum(t.x..y.a)", message: "{left}", hint: "h"),
        (code: "R2", title: "r", severity: 核实, basis: "b", check: "for each r in rows(t): t.$r.a >= 0", message: "m", hint: "h"),
    ],
)"#;

#[test]
fn a_form_cut_at_any_byte_is_refused_with_its_place() {
    let official = gouji::assets::FORMS[0].1;
    let whole = [FORM, official];
    for (whole, step) in [(whole[0], 1), (whole[1], 37)] {
        for cut in (0..whole.trim_end().len()).step_by(step) {
            let Some(part) = whole.get(..cut) else { continue };
            let error = Form::read("表式.ron", part).unwrap_err().to_string();
            assert!(error.contains("表式.ron 第 ") || error.contains("文件是空的"), "{cut}: {error}");
            assert!(error.contains(" 列：") || error.contains("文件是空的"), "{cut}: {error}");
        }
    }
}

#[test]
fn a_hundred_thousand_keys_at_any_level_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("甲.ron");
    let keys = (0..MANY).fold(String::new(), |mut keys, index| {
        write!(keys, "k{index}:1,").unwrap();
        keys
    });
    let head = "Draft(schema: 1, form: \"2021\", ";
    let lines = keys.replace(',', ",\n");
    for body in [
        keys.clone(),
        lines,
        format!("cover: ({keys})"),
        format!("figures: ({keys})"),
        format!("figures: (requests: ({keys}))"),
        format!("stated: (requests: (received: ({keys})))"),
        format!("texts: ({keys})"),
        format!("odd: {{{keys}}}"),
    ] {
        let text = format!("{head}{body})");
        let (read, notices) = draft::read("甲.ron", &text, &Catalogue::default()).unwrap();
        assert!(notices.len() <= 51);
        let written = draft::write(&read.form, &read.report, &read.unknown);
        assert!(written.contains("k0:1") && written.contains("k99999:1"));
        let (again, _) = draft::read("甲.ron", &written, &Catalogue::default()).unwrap();
        assert!(again.unknown.len() == read.unknown.len());
    }
    put(&path, format!("{head}odd: {{{keys}}}, {keys} cover: ({keys}))"));
    survives_a(glance, &path);
    let checked = gouji(&["check", path.to_str().unwrap()]).out;
    assert!(checked.contains("处本表式没有的内容，也已原样保留"), "{checked}");
}

#[test]
fn a_hundred_thousand_mistakes_are_counted_and_not_all_listed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("甲.ron");
    let head = "Draft(schema: 1, form: \"2021\", ";
    for body in [
        "unit: 1,".repeat(MANY),
        "unit: 1,\n".repeat(MANY),
        format!("cover: ({})", "unit: \"局\",".repeat(MANY)),
        format!("texts: (overview: [{}])", "1,".repeat(MANY)),
        format!("texts: (overview: [{}])", "1,\n".repeat(MANY)),
        format!("odd: {{{}}}", "1: 2,".repeat(MANY)),
    ] {
        put(&path, format!("{head}{body})"));
        let checked = gouji(&["check", path.to_str().unwrap()]).out;
        assert!(checked.contains("处错误，没有打开") && checked.lines().count() < 250, "{}", checked.len());
    }
}

#[test]
fn a_hundred_thousand_brackets_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("甲.ron");
    for bracket in [
        "(", "[", "{", "(a:", "{1:", "[[(", "Some(", "/*", "r#\"", "r##", "\"", "'", "\\", "#![", ")", "]",
        "b\"",
    ] {
        let many = bracket.repeat(MANY);
        for text in [many.clone(), format!("Draft(schema: 1, form: \"2021\", odd: {many}")] {
            put(&path, &text);
            let checked = gouji(&["check", path.to_str().unwrap()]).out;
            assert!(checked.contains("：没有核对\n"), "{bracket}: {checked}");
            assert!(
                checked.contains(" 行第 ") || checked.contains("不是本程序的草稿"),
                "{bracket}: {checked}"
            );
            assert!(checked.chars().count() < 2000, "{bracket}");
            gouji(&["form", "check", path.to_str().unwrap()]);
            let error = Keymap::parse(gouji::assets::KEYS).unwrap().overridden_by(&text).unwrap_err();
            assert!(error.to_string().contains("行第"));
        }
    }
}

#[test]
fn a_line_of_a_megabyte_is_shown_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("甲.ron");
    for piece in ["长", "e\u{301}", "\u{1b}[2J", "1+"] {
        let text = piece.repeat((1 << 20) / piece.len());
        put(
            &path,
            format!(
                "Draft(schema: 1, form: \"2021\", texts: (overview: [{text:?}]), cover: (unit: {text:?}), \
                 odd: {text:?}, figures: (requests: (received: (natural: {text:?}))), \
                 stated: (requests: (received: (total: {text:?}))))"
            ),
        );
        survives_a(glance, &path);
    }
    let checked = gouji(&["check", path.to_str().unwrap()]).out;
    assert!(checked.contains("共 "), "{}", checked.len());
}

#[test]
fn a_draft_that_could_not_be_opened_again_is_not_saved() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("甲.ron");
    // Each of these takes one byte here and six where it is spelt out.
    let body =
        format!("Draft(schema: 1, form: \"2021\", texts: (overview: [\"{}\"]))", "\u{1b}".repeat(3 << 20));
    put(&path, &body);
    let told = gouji(&["set", path.to_str().unwrap(), "cover.contact=1"]);
    assert!(told.code.is_none() && told.err.contains("会超过 16 MB，再也打不开，没有保存"), "{}", told.err);
    assert!(fs::read_to_string(&path).unwrap() == body);
    let names: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["甲.ron"]);
}

#[test]
fn a_hundred_thousand_paragraphs_are_shown_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("甲.ron");
    for piece in ["\"\",", "\"一、甲\",\n", "\"\u{1b}\","] {
        let text = format!("Draft(schema: 1, form: \"2021\", texts: (overview: [{}]))", piece.repeat(MANY));
        put(&path, text);
        survives_a(glance, &path);
    }
}

#[test]
fn keymaps_and_forms_of_great_size_end_in_time() {
    let own = Keymap::parse(gouji::assets::KEYS).unwrap();
    let block = |keys: &str, action: &str| {
        format!("[(context: \"findings\", bindings: [(keys: [{keys}], action: \"{action}\")])]")
    };
    let distinct: Vec<String> =
        ('\u{4e00}'..'\u{9fff}').chain('\u{ac00}'..'\u{d7a3}').map(|c| format!("\"{c}\",")).collect();
    for text in [
        block(&"\"f5\",".repeat(MANY), "undo"),
        block(&"\"没有\",".repeat(MANY), "undo"),
        block(&distinct.concat(), "undo"),
        format!("[{}]", "(context: \"没有\", bindings: []),".repeat(MANY)),
        format!("[(context: \"grid\", bindings: [{}])]", "(keys: [], action: \"没有\"),".repeat(MANY)),
    ] {
        let error = own.overridden_by(&text).unwrap_err().to_string();
        assert!(error.contains("行第") && error.lines().count() < 60, "{}", error.lines().count());
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("表式.ron");
    for text in [
        format!("Form({})", "id: \"甲\",".repeat(MANY)),
        format!("Form({})", (0..MANY).fold(String::new(), |all, index| all + &format!("k{index}: 1,"))),
        FORM.replace(
            "cover: [",
            &format!("cover: [{}", "(id: \"unit\", label: \"单位\", kind: Unit, hint: \"甲\"),".repeat(MANY)),
        ),
        format!("[{}]", "\"甲\",".repeat(MANY)),
    ] {
        put(&path, text);
        let told = gouji(&["form", "check", path.to_str().unwrap()]);
        assert!(told.out.contains(" 行第 "), "{:.500}", told.out);
        assert!(told.out.lines().count() < 2500, "{}", told.out.lines().count());
    }
}

#[test]
fn files_of_other_kinds_are_refused_without_being_read_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("甲.ron");
    for bytes in
        [vec![0_u8; 1 << 20], vec![0xff; 1 << 20], b"PK\x03\x04rest".to_vec(), b"\xff\xfe\x00".to_vec()]
    {
        put(&path, &bytes);
        let error = open::open(&DiskFiles, &path, &Catalogue::default()).unwrap_err();
        assert_eq!(strict::complaint_about_lines(&error.to_string()), None);
        assert!(matches!(error, OpenError::File(_) | OpenError::Draft(_)));
    }
    let file = fs::File::create(&path).unwrap();
    file.set_len(1 << 40).unwrap();
    let checked = gouji(&["check", path.to_str().unwrap()]).out;
    assert!(checked.contains("太大，超过 16 MB"), "{checked}");
    drop(file);
    let text = draft_with("局", false);
    let (read, _) = draft::read("甲.ron", &text, &Catalogue::default()).unwrap();
    assert_eq!(read.form.id, "2021");
}
