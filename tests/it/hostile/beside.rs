//! What lies beside drafts and in the user's folders: journals, locks, backups, recent drafts, keymaps, forms.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use gouji::form::{Catalogue, Form};
use gouji::model::{CellId, Edit, Figure, Report};
use gouji::session::Session;
use gouji::store::beside::{BACKUPS, HOLDER, JOURNAL, beside};
use gouji::store::content::Content;
use gouji::store::draft::{self, Unknown};
use gouji::store::files::{DiskFiles, Files};
use gouji::store::guard::{DraftFile, Found};
use gouji::store::journal::{Base, Change, Entry, Header, Journal, Value};
use gouji::store::lock::{self, Identity, Locking};
use gouji::store::moment::Moment;
use gouji::tui::keymap::Keymap;

use super::{draft_with, gouji, nasty, put, walk};
use crate::support::play::Play;
use crate::support::strict;

fn me() -> Identity {
    Identity { user: "测试".to_owned(), host: "本机".to_owned(), process: std::process::id() }
}

/// A folder with a new draft in it, without links in its path.
fn desk() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = fs::canonicalize(folder.path()).unwrap().join("甲.ron");
    let form = Catalogue::default().by_id("2021").unwrap();
    let session = Session::new_report(Arc::clone(&form), "局", 2024);
    put(&path, draft::write(&form, session.report(), &Unknown::default()));
    (folder, path)
}

/// One edit of every kind, each with the text in it.
fn edits(form: &Form, text: &str) -> Vec<Edit> {
    let all: Vec<CellId> = form.all_cells().collect();
    let total = all.iter().copied().find(|cell| form.slot(*cell).unwrap().role == gouji::form::Role::Total);
    let figure = || Figure::Unread(format!("约{text}"));
    let mut edits: Vec<Edit> =
        form.facts.iter().map(|fact| Edit::Fact { fact: fact.id, to: text.to_owned() }).collect();
    edits.push(Edit::Figure { cell: all[0], to: figure() });
    edits.push(Edit::Stated { cell: total.unwrap(), to: figure() });
    for text_id in form.sections.iter().filter_map(|section| section.text) {
        edits.push(Edit::Text { text: text_id, at: 0, removed: String::new(), inserted: text.to_owned() });
    }
    edits
}

/// Leaves edits beside the draft that were not saved, and gives the report with them.
fn leave_edits(path: &Path, text: &str) -> Report {
    let (mut file, opened, found) = DraftFile::open(&DiskFiles, &me(), path, &Catalogue::default()).unwrap();
    assert!(matches!(found, Found::Nothing));
    let form = opened.draft.form;
    let mut session = Session::open(Arc::clone(&form), opened.draft.report);
    for edit in edits(&form, text) {
        session.apply(&edit, None).unwrap();
        file.note_edit(&DiskFiles, &form, &edit, None).unwrap();
    }
    file.sync(&DiskFiles).unwrap();
    session.report().clone()
}

#[test]
fn edits_of_a_journal_are_shown_harmlessly_and_brought_back() {
    for text in nasty() {
        let (_folder, path) = desk();
        let edited = leave_edits(&path, &text);
        assert!(gouji(&["set", path.to_str().unwrap(), "cover.contact=1"]).err.contains("没有保存"));
        let mut play = Play::start(80, 24);
        play.show(&path);
        assert!(play.shows("恢复修改"), "{}", play.screen());
        play.keys("<right><enter>");
        assert!(play.shows("处与草稿不同"), "{}", play.screen());
        play.keys("<pagedown><pagedown><end><home><esc><alt-y>");
        play.keys("<esc>");
        assert!(play.session().report() == &edited, "{}", play.screen());
        walk(&mut play);
        play.keys("<ctrl-z><ctrl-y><ctrl-s><esc>");
        drop(play);
        assert!(super::read(&path).report == edited);
        assert!(!beside(&path, JOURNAL).exists());
    }
}

#[test]
fn a_journal_that_does_not_fit_is_told_harmlessly_and_left() {
    for text in nasty() {
        let (_folder, path) = desk();
        let content = Content::of(&fs::read(&path).unwrap());
        let at = Moment::from_seconds(1_783_915_200);
        let changes = vec![
            Change::Figure(text.clone(), Value::Unread(text.clone())),
            Change::Stated(text.clone(), Value::Number(i64::MIN)),
            Change::Fact(text.clone(), text.clone()),
            Change::Text { path: text.clone(), at: u64::MAX, removed: text.clone(), inserted: text.clone() },
        ];
        let edit = Entry::Edit { at, visit: Some(u32::MAX), changes: changes.clone() };
        let saving = Entry::Saving { path: text.clone(), content: Content::of(b"x") };
        for (form, base) in [
            (text.as_str(), Base::Draft(content)),
            ("2021", Base::Draft(content)),
            ("2021", Base::Draft(Content::of(b"other"))),
            ("2021", Base::Unsaved(changes)),
        ] {
            let journal = beside(&path, JOURNAL);
            let mut written = Journal::new(&journal, &Header::new(form, base, at));
            for entry in [&edit, &saving, &edit] {
                written.append(&DiskFiles, entry).unwrap();
            }
            drop(written);
            let before = fs::read(&journal).unwrap();
            let told = gouji(&["set", path.to_str().unwrap(), "cover.contact="]);
            assert!(
                told.err.contains("没有保存的改动") || told.err.contains("处改动没有保存"),
                "{}",
                told.err
            );
            assert_eq!(fs::read(&journal).unwrap(), before);
            let mut play = Play::start(80, 24);
            play.show(&path);
            play.keys("<right><enter><end><esc><alt-y><pagedown><end><esc><esc><alt-1><alt-3><alt-7>");
            drop(play);
            let _ = fs::remove_file(&journal);
        }
        // And what is no journal at all.
        for bytes in [text.as_bytes().to_vec(), format!("1 00000000 {text}\n").into_bytes(), vec![0xff; 500]]
        {
            put(beside(&path, JOURNAL), &bytes);
            gouji(&["set", path.to_str().unwrap(), "cover.contact="]);
            let mut play = Play::start(80, 24);
            play.show(&path);
            play.keys("<esc><esc>1<ctrl-s><esc>");
        }
    }
}

#[test]
fn who_holds_a_lock_is_told_harmlessly() {
    for text in nasty() {
        let (_folder, path) = desk();
        let other = Identity { user: text.clone(), host: format!("A{text}"), process: u32::MAX };
        let Locking::Held(held) = lock::acquire(&DiskFiles, &other, &path) else { panic!("not locked") };
        let name = path.to_str().unwrap();
        for args in [
            &["set", name, "cover.contact=1"][..],
            &["restore", name, "1"],
            &["new", "--unit", "局", "--year", "2024", "-o", name, "--force"],
        ] {
            let told = gouji(args);
            assert!(told.code.is_none() && told.err.contains("编辑，没有改动它"), "{}", told.err);
        }
        let mut play = Play::start(80, 24);
        play.show(&path);
        play.keys("<down><end><esc>");
        assert!(play.session().report() == &super::read(&path).report);
        for holder in [text.clone(), format!("(user:{text:?})"), "(".repeat(4000), "x".repeat(5000)] {
            put(beside(&path, HOLDER), holder);
            assert!(gouji(&["set", name, "cover.contact=1"]).err.contains("其他人"));
            play.show(&path);
            play.keys("<esc>");
        }
        drop(held);
    }
}

#[test]
fn backups_with_odd_names_and_contents_are_listed_harmlessly() {
    let (_folder, path) = desk();
    let name = path.to_str().unwrap();
    assert!(gouji(&["set", name, "cover.contact=1"]).code.is_some());
    let backups = beside(&path, BACKUPS);
    let first: Vec<_> = fs::read_dir(&backups).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    let first = first[0].to_str().unwrap().to_owned();
    let time = first.split_once('-').unwrap().1.to_owned();
    for (number, text) in nasty().into_iter().enumerate() {
        let odd: String = text.replace(['/', '\0'], "").chars().take(40).collect();
        for odd in [odd.clone(), format!("{odd}.ron"), format!("0001-{odd}.ron"), format!("{odd}-{time}")] {
            put(backups.join(odd), &text);
        }
        put(backups.join(format!("{:04}-{time}", 100 + 2 * number)), &text);
        put(backups.join(format!("{:04}-{time}", 101 + 2 * number)), draft_with(&text, false));
        // Those that are drafts and those that are none take turns.
        let told = gouji(&["backups", name]);
        assert_eq!(told.out.lines().count(), 3 + 2 * number, "{}", told.out);
        assert!(told.out.lines().nth(1).unwrap().contains("不能打开："), "{}", told.out);
        assert!(gouji(&["restore", name, "2"]).err.contains("不能打开"));
    }
    fs::create_dir(backups.join(format!("9000-{time}"))).unwrap();
    put(backups.join(format!("99999999999999999999-{time}")), "x");
    assert!(gouji(&["restore", name, "1"]).out.contains("已把“"));
    assert!(gouji(&["set", name, "cover.contact=2"]).out.contains("已保存"));
}

#[test]
fn the_first_screen_lists_any_paths_harmlessly() {
    let folder = tempfile::tempdir().unwrap();
    let mut paths = Vec::new();
    for (number, text) in nasty().into_iter().enumerate() {
        let name: String = text.replace(['/', '\0'], "").chars().take(40).collect();
        let path = folder.path().join(format!("{number}{name}.ron"));
        put(&path, draft_with(&text, false));
        paths.push(path.to_str().unwrap().to_owned());
        paths.push(format!("/没有/{text}"));
        paths.push(text);
    }
    for chunk in paths.chunks(5) {
        let mut play = Play::start(80, 24);
        play.show_recent(ron::to_string(chunk).unwrap().as_bytes());
        play.keys("<down><down><down><end><up>").resize(61, 17).resize(120, 40).keys("<f1><esc>");
    }
    for text in nasty() {
        let mut play = Play::start(80, 24);
        play.show_recent(text.as_bytes());
        play.show_recent(&[text.as_bytes(), b"\xff\xfe"].concat());
        assert!(play.shows("开始") || play.shows("打开"), "{}", play.screen());
    }
    let mut play = Play::start(80, 24);
    play.show_recent(format!("[{}]", "\"/甲\u{1b}\",".repeat(50_000)).as_bytes());
    play.keys("<down><up>");
}

#[test]
fn mistakes_of_a_keymap_are_told_harmlessly() {
    let own = Keymap::parse(gouji::assets::KEYS).unwrap();
    for text in nasty() {
        let q = ron::to_string(&text).unwrap();
        let files = [
            text.clone(),
            format!("[(context: {q}, bindings: [])]"),
            format!("[(context: \"grid\", bindings: [(keys: [{q}], action: \"undo\")])]"),
            format!("[(context: \"grid\", bindings: [(keys: [\"f5\"], action: {q})])]"),
            format!("[(context: \"grid\", {}: [])]", "键\u{301}"),
            "[(context: \"grid\", bindings: [(keys: [\"f5\", \"f5\"], action: \"undo\")])]".to_owned(),
        ];
        for file in files {
            let error = own.overridden_by(&file).unwrap_err().to_string();
            assert!(error.contains("行第") && error.contains("列："), "{error}");
            // As the program tells it, which reads its keymap before it takes the terminal over.
            let folder = tempfile::tempdir().unwrap();
            fs::create_dir(folder.path().join("gouji")).unwrap();
            put(folder.path().join("gouji/keys.ron"), file.replace('\0', ""));
            let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
            command.env("XDG_CONFIG_HOME", folder.path()).env("XDG_STATE_HOME", folder.path());
            let told = command.env("APPDATA", folder.path()).output().unwrap();
            let told = String::from_utf8(told.stderr).unwrap();
            assert_eq!(strict::complaint_about_lines(&told), None);
            assert!(told.starts_with("错误：") && told.contains("按键文件"), "{told}");
        }
    }
}

#[test]
fn keys_that_can_not_be_seen_are_shown_harmlessly() {
    let characters = ["\u{202e}", "\u{200b}", "\u{301}", "\u{ad}", "\u{feff}", "\u{e0041}", "\u{fffd}"];
    let bindings = |actions: &[&str]| {
        let pairs = characters.iter().zip(actions.iter().cycle());
        pairs
            .map(|(key, action)| format!("(keys: [{key:?}, \"alt-{key}\"], action: {action:?}),"))
            .collect::<Vec<_>>()
            .concat()
    };
    let file = format!(
        "[(context: \"global\", bindings: [{}]), (context: \"list\", bindings: [{}])]",
        characters.map(|key| format!("(keys: [\"alt-{key}\"], action: \"help\"),")).concat(),
        bindings(&["choose", "list_down", "cancel"]),
    );
    let mut play = Play::start_with(80, 24, Catalogue::default(), &file);
    play.keys("<f1><pagedown><pagedown><end><esc><f9><pagedown><end><esc>")
        .resize(120, 40)
        .keys("<f1><esc><f9>");
    assert!(play.shows("帮助"));
}

#[test]
fn labels_of_a_form_are_shown_harmlessly() {
    let official =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/forms/2021.ron")).unwrap();
    let mut opened = 0;
    for text in nasty() {
        let spelt = ron::to_string(&text.replace(['{', '}'], "")).unwrap();
        let inside = spelt.trim_matches('"');
        let mut marked = official.clone();
        for words in [
            "2021格式",
            "国办公开办函〔2021〕30号",
            "编制单位",
            "单位全称",
            "国务院部门",
            "总体情况",
            "总体\"",
            "五个方面",
            "规章",
            "制发件数",
            "新收",
            "自然人",
            "予以公开",
            "请核对",
            "结转下年度",
            "统计期限起",
        ] {
            marked = marked.replace(words, &format!("{inside}{words}"));
        }
        assert_ne!(marked, official);
        let (_folder, path) = desk();
        let file = path.with_file_name("表式.ron");
        put(&file, &marked);
        let (form, name) = (file.to_str().unwrap(), path.to_str().unwrap());
        let checked = gouji(&["form", "check", form]);
        gouji(&["form", "show", form]);
        gouji(&["form", "show", form, "--paths"]);
        let mut catalogue = Catalogue::default();
        let Ok(_) = catalogue.add("表式.ron", &marked) else {
            assert!(checked.out.contains(" 行第 "), "{}", checked.out);
            continue;
        };
        opened += 1;
        assert!(gouji(&["check", name, "--form", form]).out.contains("共 "));
        assert!(gouji(&["check", name, "--form", form, "--format", "json"]).out.starts_with('['));
        gouji(&["set", name, "requests.received.natural=x", "--form", form]);
        gouji(&["get", name, "nothing", "--form", form]);
        let made = path.with_file_name("乙.ron");
        gouji(&["new", "--unit", "局", "--year", "1999", "--form", form, "-o", made.to_str().unwrap()]);
        let mut play = Play::start_with(80, 24, catalogue, "[]");
        play.show(&path);
        walk(&mut play);
        play.keys("<alt-0><right><down>").keys("<ctrl-n><down><down><esc><esc>");
    }
    assert!(opened > 8, "{opened}");
}

#[test]
fn a_reader_gets_a_text_to_the_byte_and_a_terminal_does_not() {
    let (folder, path) = desk();
    let text = "甲\u{1b}[2J\u{202e}乙\n\u{9b}";
    let source = folder.path().join("文.txt");
    put(&source, text);
    let change = format!("overview=@{}", source.display());
    let told = gouji(&["set", path.to_str().unwrap(), &change]);
    assert!(told.out.contains("已保存"), "{}", told.err);
    let got = Command::new(env!("CARGO_BIN_EXE_gouji"))
        .args(["get", path.to_str().unwrap(), "overview", "--raw"])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(got.stdout).unwrap(), format!("{text}\n"));
    assert!(DiskFiles.exists(&path).unwrap());
}
