//! Reports exported from the screen: what is asked before, what is in the file, and disks that fail.

use std::fs;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use gouji::exchange::{Limits, docx, html};
use gouji::store::atomic;
use gouji::store::files::DiskFiles;

use crate::support::files::faulty::{FaultyFiles, Plight};
use crate::support::play::Play;

const YIYUAN: &str = "sample-data/yiyuan-2020.ron";
const SAMPLE: &str = "sample-data/hangzhou-type-2025.ron";

/// A report with nothing that must be mended, in a folder of its own.
fn sound(width: u16, height: u16) -> Play {
    let play = Play::open(SAMPLE, width, height);
    assert!(play.rules().is_empty(), "{:?}", play.rules());
    play
}

/// Writes a file.
fn put(path: impl AsRef<Path>, content: impl AsRef<[u8]>) {
    atomic::save(&DiskFiles, path.as_ref(), content.as_ref()).unwrap();
}

/// The screen without the path that is typed, which is another one every time.
fn pathless(play: &Play) -> String {
    let line = |line: String| match line.find("导出到 ").or(line.find("文件 /")) {
        Some(_) => "（路径）".to_owned(),
        None => line.trim_end().to_owned(),
    };
    play.lines().into_iter().map(line).collect::<Vec<_>>().join("\n")
}

fn words(document: &gouji::exchange::Document) -> String {
    format!("{:?}", document.blocks)
}

#[test]
fn a_sound_report_goes_out_in_every_kind() {
    let endings = ["docx", "xlsx", "html", "md", "csv", "json"];
    for (number, ending) in endings.iter().enumerate() {
        let mut play = sound(80, 24);
        play.keys("<f5>").keys(&(number + 1).to_string());
        assert!(play.shows("导出成"), "{}", play.screen());
        play.keys("<enter>");
        let told = format!("已导出“hangzhou-type-2025.{ending}”。");
        assert!(play.shows(&told) && !play.shows("导出成"), "{}", play.screen());
        let bytes = fs::read(play.path().with_extension(ending)).unwrap();
        assert!(bytes.len() > 1000, "{ending}: {} bytes", bytes.len());
        assert!(!play.session().has_unsaved());
    }
}

#[test]
fn the_menu_and_the_prompt_are_laid_out() {
    for (width, height) in [(80, 24), (120, 40)] {
        let mut play = sound(width, height);
        play.keys("<f5>");
        insta::assert_snapshot!(format!("export-menu-{width}x{height}"), play.screen());
        play.keys("<down><down><enter>");
        assert!(play.shows("hangzhou-type-2025.html") && play.shows("导出成网页"), "{}", play.screen());
        play.keys("<esc>");
        assert!(!play.shows("导出成"), "{}", play.screen());
    }
}

#[test]
fn what_must_be_mended_is_mended_or_the_file_says_that_it_is_a_draft() {
    for (width, height) in [(60, 16), (80, 24), (120, 40)] {
        let mut play = Play::open(YIYUAN, width, height);
        let target = play.path().with_extension("html");
        play.keys("<alt-3><delete><alt-0><f5>3<enter>");
        insta::assert_snapshot!(format!("export-mandatory-{width}x{height}"), pathless(&play));
        assert!(play.shows("> 去看问题 <") && !target.exists(), "{}", play.screen());
        play.keys("<enter>");
        assert!(!play.shows("导出成") && !play.place().is_empty(), "{}", play.screen());
        assert!(play.app.workbench().unwrap().issue_here().is_some(), "{}", play.screen());
        play.keys("<f5>3<enter><alt-y>");
        assert!(play.shows("已导出“yiyuan-2020.html”，已标明“草稿”。"), "{}", play.screen());
        let document = html::read(&fs::read(&target).unwrap(), &Limits::default()).unwrap();
        assert!(words(&document).contains("草稿，尚有"), "{}", words(&document));
    }
}

#[test]
fn what_may_stand_is_explained_or_exported_all_the_same() {
    let mut play = sound(80, 24);
    // The prose says other figures.
    play.keys("<alt-2><ctrl-home>1<enter>1<enter>1<enter><f5>1<enter>");
    assert!(play.shows("没有写审核说明") && play.shows("> 去写说明 <"), "{}", play.screen());
    insta::assert_snapshot!("export-verify-80x24", pathless(&play));
    let target = play.path().with_extension("docx");
    play.keys("<esc>");
    assert!(play.shows("导出成") && !target.exists(), "the prompt stays: {}", play.screen());
    play.keys("<enter><right><enter>");
    assert!(play.shows("已导出“hangzhou-type-2025.docx”。"), "{}", play.screen());
    let document = docx::read(&fs::read(&target).unwrap(), &Limits::default()).unwrap();
    assert!(!words(&document).contains("草稿，"));
    play.keys("<f5>1<enter><enter><ctrl-e>");
    assert!(play.shows("审核说明"), "{}", play.screen());
}

#[test]
fn a_file_that_is_there_is_replaced_only_after_a_question() {
    let mut play = sound(80, 24);
    let target = play.path().with_extension("md");
    put(&target, "别人的");
    play.keys("<f5>4<enter>");
    assert!(play.shows("已经存在") && play.shows("> 取消 <"), "{}", play.screen());
    play.keys("<enter>");
    assert_eq!(fs::read_to_string(&target).unwrap(), "别人的");
    assert!(play.shows("导出成"), "{}", play.screen());
    play.keys("<enter><alt-y>");
    assert!(play.shows("已导出"), "{}", play.screen());
    assert!(fs::read_to_string(&target).unwrap().contains("总体情况"));
}

#[test]
fn the_draft_itself_is_never_overwritten() {
    let mut play = sound(80, 24);
    let (draft, link) = (play.path(), play.path().with_extension("json"));
    let before = fs::read(&draft).unwrap();
    fs::rename(&draft, &link).unwrap();
    play.open_draft(&link);
    play.keys("<f5>6<enter>");
    assert!(play.shows("没有覆盖它"), "{}", play.screen());
    assert_eq!(fs::read(&link).unwrap(), before);
}

#[test]
fn a_path_is_completed_and_the_ending_added() {
    let mut play = sound(80, 24);
    fs::create_dir(play.drafts().join("送审稿")).unwrap();
    let typed = format!("{}/送", play.drafts().display());
    play.keys("<f5>1").paste(&typed);
    play.keys("<tab>");
    assert!(play.shows("送审稿/"), "{}", play.screen());
    play.paste("第一稿").keys("<enter>");
    assert!(play.shows("已导出“第一稿.docx”。"), "{}", play.screen());
    assert!(play.drafts().join("送审稿/第一稿.docx").exists());
}

#[test]
fn a_report_never_saved_is_exported_under_its_unit_and_year() {
    let mut play = Play::start(80, 24);
    play.keys("<f5>");
    assert!(!play.shows("导出成"), "there is nothing to export: {}", play.screen());
    play.keys("<ctrl-n>某县某局<enter>2023<enter><f5>1");
    assert!(play.shows("某县某局-2023.docx"), "{}", play.screen());
}

#[test]
fn disks_that_refuse_are_told_of_and_the_second_attempt_works() {
    for plight in [Plight::NoWriting(28), Plight::NoWriting(30), Plight::NoWriting(13), Plight::Nothing(5)] {
        let files = FaultyFiles::default();
        let mut play = Play::open_on(Arc::new(files.clone()), SAMPLE, 80, 24);
        let target = play.path().with_extension("docx");
        files.strike(&play.drafts(), plight);
        play.keys("<f5>1<enter>");
        assert!(play.shows("没有导出。") && !play.shows("已导出"), "{plight:?}: {}", play.screen());
        assert!(!target.exists(), "{plight:?}");
        files.heal();
        play.keys("<esc><enter>");
        assert!(play.shows("已导出"), "{plight:?}: {}", play.screen());
        assert!(docx::read(&fs::read(&target).unwrap(), &Limits::default()).is_ok());
        let left: Vec<_> = fs::read_dir(play.drafts()).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert!(!left.iter().any(|path| path.extension().is_some_and(|end| end == "tmp")), "{left:?}");
    }
}

#[test]
fn a_share_that_hangs_delays_no_key_of_an_export() {
    let (door, files) = (Arc::new((Mutex::new(false), Condvar::new())), FaultyFiles::default());
    let shut = |is: bool| {
        *door.0.lock().unwrap() = is;
        door.1.notify_all();
    };
    let mut play = Play::start_on(Arc::new(files.clone()), 80, 24).with_threads();
    let draft = play.drafts().join("甲.ron");
    fs::create_dir(play.drafts()).unwrap();
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join(SAMPLE), &draft).unwrap();
    play.open_draft(&draft);
    let at_door = Arc::clone(&door);
    files.before_each(move || {
        if std::thread::current().name() == Some("errand") {
            drop(at_door.1.wait_while(at_door.0.lock().unwrap(), |shut| *shut).unwrap());
        }
    });
    shut(true);
    play.keys("<f5>1<enter>");
    assert!(play.shows("正在导出。"), "{}", play.screen());
    play.keys("<esc><alt-3>12<enter>34");
    assert!(play.shows("34"), "{}", play.screen());
    let limit = Instant::now() + Duration::from_secs(20);
    while !play.shows("没有回应") {
        assert!(Instant::now() < limit, "never told: {}", play.screen());
        play.idle();
    }
    shut(false);
    while !play.shows("已导出“甲.docx”") {
        assert!(Instant::now() < limit, "never done: {}", play.screen());
        play.idle();
    }
    assert!(docx::read(&fs::read(draft.with_extension("docx")).unwrap(), &Limits::default()).is_ok());
}

/// A file of another program beside the draft, with the report in words that need a look.
fn foreign(play: &Play) -> std::path::PathBuf {
    let rows = [
        "某县人民政府2023年政府信息公开工作年度报告",
        "一、总体情况",
        "主动公开\u{200b}信息12条。",
        "二、主动公开政府信息情况",
        "第二十条第（一）项",
        "信息内容\t本年制发件数\t本年废止件数\t现行有效件数",
        "规章\t0\t0\t0",
        "行政规范性文件\t3件（其中修订1件）\t约5\t40",
        "某种没有的行\t7\t8\t9",
    ];
    let path = play.elsewhere().join("报告.txt");
    put(&path, rows.join("\n"));
    path
}

fn imported(width: u16, height: u16) -> Play {
    let mut play = Play::start(width, height);
    let path = foreign(&play);
    play.keys("<alt-i>").paste(&path.display().to_string()).keys("<enter>");
    play
}

#[test]
fn what_became_of_the_file_is_shown_before_the_report_is_taken_over() {
    for (width, height) in [(60, 16), (80, 24), (120, 40)] {
        let mut play = imported(width, height);
        assert!(play.shows("导入：请核对") && play.shows("某县人民政府  2023年度"), "{}", play.screen());
        insta::assert_snapshot!(format!("import-review-{width}x{height}"), pathless(&play));
        assert!(play.app.workbench().is_none());
        play.keys("<tab><end>");
        assert!(play.shows("收起已对应"), "{}", play.screen());
        play.keys("<f2>");
        assert!(play.shows("[ 确定 ]"), "{}", play.screen());
        play.keys("<esc><enter>");
        assert!(play.shows("已导入，还没有保存") && !play.shows("导入：请核对"), "{}", play.screen());
        assert_eq!(play.value("cover.unit"), "某县人民政府");
        assert_eq!(play.value("cover.year"), "2023");
        assert!(play.session().has_unsaved() && play.app.workbench().unwrap().path.is_none());
        assert!(fs::read_dir(play.unsaved_folder()).unwrap().count() > 0, "it has a journal");
    }
}

#[test]
fn nothing_changes_when_the_report_is_not_wanted() {
    let mut play = sound(80, 24);
    let (before, path) = (play.session().report().clone(), foreign(&play));
    play.keys("<alt-i>").paste(&path.display().to_string()).keys("<enter>");
    assert!(play.shows("导入：请核对"), "{}", play.screen());
    play.keys("<esc>");
    assert!(play.shows("导入文件"), "another file may be chosen: {}", play.screen());
    play.keys("<esc>");
    assert_eq!(play.session().report(), &before);
    assert!(!play.session().has_unsaved() && play.app.workbench().unwrap().path.is_some());
    play.keys("<f9>drqk<enter>");
    assert!(play.shows("没有导入情况"), "{}", play.screen());
}

#[test]
fn changes_at_hand_are_asked_about_first() {
    let mut play = sound(80, 24);
    let path = foreign(&play);
    play.keys("<alt-3>7<enter><alt-i>");
    assert!(play.shows("有尚未保存的改动。"), "{}", play.screen());
    play.keys("<esc>");
    assert!(play.session().has_unsaved() && !play.shows("导入文件"), "{}", play.screen());
    play.keys("<alt-i><alt-y>");
    assert!(play.shows("导入文件") && !play.session().has_unsaved(), "{}", play.screen());
    play.paste(&path.display().to_string()).keys("<enter><enter>");
    assert_eq!(play.value("cover.unit"), "某县人民政府");
}

#[test]
fn the_notes_lead_to_their_places_until_the_report_is_saved() {
    let mut play = imported(80, 24);
    play.keys("<enter><f9>drqk<enter>");
    assert!(play.shows("导入情况") && play.shows("到那一处"), "{}", play.screen());
    play.keys("<enter>");
    assert!(!play.shows("到那一处") && !play.place().is_empty(), "{}", play.screen());
    let target = play.elsewhere().join("县.ron").display().to_string();
    play.keys("<f12><ctrl-a>").paste(&target).keys("<enter>");
    assert!(play.shows("已保存"), "{}", play.screen());
    play.keys("<f9>drqk<enter>");
    assert!(play.shows("没有导入情况"), "{}", play.screen());
}

#[test]
fn files_that_hold_no_report_are_told_of_in_words() {
    let mut play = Play::start(80, 24);
    let folder = play.elsewhere();
    put(folder.join("空.docx"), "");
    put(folder.join("信.txt"), "这是一封信。");
    put(folder.join("坏.docx"), b"PK\x03\x04xxxx");
    for (name, words) in
        [("空.docx", "空文件"), ("信.txt", "没有找到年度报告"), ("坏.docx", "坏.docx”"), ("无.docx", "失败")]
    {
        play.keys("<alt-i>").paste(&folder.join(name).display().to_string()).keys("<enter>");
        let told = play.screen();
        assert!(told.contains("没有导入。") && told.contains(words), "{name}: {told}");
        play.keys("<enter>");
        assert!(play.shows("导入文件"), "the prompt stays: {}", play.screen());
        play.keys("<esc>");
    }
}

#[test]
fn a_file_that_can_not_be_read_to_its_end_is_not_waited_for() {
    let (door, files) = (Arc::new((Mutex::new(true), Condvar::new())), FaultyFiles::default());
    let mut play = Play::start_on(Arc::new(files.clone()), 80, 24).with_threads();
    let path = foreign(&play);
    let at_door = Arc::clone(&door);
    files.before_each(move || {
        if std::thread::current().name() == Some("errand") {
            drop(at_door.1.wait_while(at_door.0.lock().unwrap(), |shut| *shut).unwrap());
        }
    });
    play.keys("<alt-i>").paste(&path.display().to_string()).keys("<enter>");
    let limit = Instant::now() + Duration::from_secs(20);
    while !play.shows("就不再等") {
        assert!(Instant::now() < limit, "never told: {}", play.screen());
        play.idle();
    }
    play.keys("<esc>");
    *door.0.lock().unwrap() = false;
    door.1.notify_all();
    play.idle();
    assert!(!play.shows("导入：请核对"), "{}", play.screen());
    // Asked for again, it comes.
    play.keys("<alt-i>").paste(&path.display().to_string()).keys("<enter>");
    while !play.shows("导入：请核对") {
        assert!(Instant::now() < limit, "never read: {}", play.screen());
        play.idle();
    }
}

#[test]
fn the_review_fits_any_size() {
    let mut play = imported(80, 24);
    for (width, height) in [(0, 0), (1, 1), (3, 5), (59, 15), (60, 16), (61, 17), (99, 30), (300, 100)] {
        play.resize(width, height).keys("<down><pagedown><end><tab><pageup><home>");
    }
    play.resize(80, 24);
    assert!(play.shows("导入：请核对"), "{}", play.screen());
}
