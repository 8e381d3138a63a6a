//! Windows that show what came before or elsewhere: a foreign change, backups, reports that were never saved.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use crate::support::play::Play;

const YIYUAN: &str = "sample-data/yiyuan-2020.ron";
const FORM_2021: &str = "sample-data/hangzhou-type-2025.ron";

fn put(path: &Path, content: &str) {
    fs::File::create(path).unwrap().write_all(content.as_bytes()).unwrap();
}

/// A draft changed here, and changed by somebody else in its file; then saved.
fn clash(width: u16, height: u16, foreign: impl Fn(&str) -> String) -> Play {
    let mut play = Play::open(YIYUAN, width, height);
    let path = play.path();
    let text = fs::read_to_string(&path).unwrap();
    play.keys("<alt-3>83<enter>7<enter>");
    put(&path, &foreign(&text));
    play.keys("<ctrl-s>");
    play
}

#[test]
fn a_foreign_change_can_be_looked_at_before_it_is_replaced() {
    for (width, height) in [(80, 24), (120, 40)] {
        let mut play =
            clash(width, height, |text| text.replacen("99", "98", 1).replace("补偿安置、城乡规划居多", ""));
        assert!(play.shows("> 比较 <") && play.shows("文件已被改动"), "{}", play.screen());
        play.keys("<enter>");
        insta::assert_snapshot!(format!("compare-{width}x{height}"), play.screen());
        assert!(play.shows_row("一、本年新收·自然人 83 98"), "{}", play.screen());
        assert!(play.shows_row("一、本年新收·商业企业 7 0"), "{}", play.screen());
        assert!(
            play.shows_row("屏幕上 补偿安置、城乡规划居多") && play.shows_row("文件里 （空）"),
            "{}",
            play.screen()
        );
        play.keys("<esc>");
        assert!(play.shows("> 比较 <"), "the question stays");
        play.keys("<right><right><enter>");
        assert!(play.shows("已保存"), "{}", play.screen());
        assert!(fs::read_to_string(play.path()).unwrap().contains("83"));
    }
}

#[test]
fn a_file_that_can_not_be_compared_is_told_of_in_words() {
    let other = fs::read_to_string(FORM_2021).unwrap();
    for (foreign, words) in [
        ("这是一封信。".to_owned(), "文件里现在的内容打不开，不能比较。"),
        (other, "文件里现在是另一种格式的报告"),
    ] {
        let mut play = clash(80, 24, |_| foreign.clone());
        play.keys("<enter>");
        assert!(play.shows(words), "{}", play.screen());
        play.keys("<enter>");
        assert!(play.shows("> 比较 <"), "{}", play.screen());
    }
    let mut play = clash(80, 24, |text| format!("{text}// 附注\n").replacen("99", "83", 1));
    fs::remove_file(play.path()).unwrap();
    play.keys("<enter>");
    assert!(play.shows("已经不在了"), "{}", play.screen());
    assert!(play.keys("<enter><esc>").shows("有改动"));
}

#[test]
fn a_file_that_says_the_same_in_other_words_is_no_danger() {
    let mut play = Play::open(YIYUAN, 80, 24);
    let text = fs::read_to_string(play.path()).unwrap();
    put(&play.path(), &format!("// 附注\n{text}"));
    play.keys("<ctrl-s><enter>");
    assert!(play.shows("完全相同"), "{}", play.screen());
}

/// Saves the draft with each of these figures in one cell, so that each save leaves a backup of the one before.
fn saved_with(play: &mut Play, figures: &[&str]) {
    for figure in figures {
        play.keys(&format!("<alt-3><ctrl-home>{figure}<enter><ctrl-s>"));
        assert!(play.shows("已保存"), "{}", play.screen());
    }
}

/// Puts a file among the backups, the newest of them.
fn put_backup(play: &Play, name: &str, content: &str) {
    let path = play.path();
    let folder = format!(".{}.backups", path.file_name().unwrap().to_str().unwrap());
    put(&path.with_file_name(folder).join(name), content);
}

#[test]
fn a_backup_is_looked_at_and_gone_back_to_in_one_step() {
    for (width, height) in [(80, 24), (120, 40)] {
        let mut play = Play::open(YIYUAN, width, height);
        saved_with(&mut play, &["98", "97", "96"]);
        let saved = fs::read(play.path()).unwrap();
        play.keys("<down>5<enter><alt-0><enter><alt-5>今年，<alt-3>12+<f8>");
        assert!(play.shows("第 1 份与屏幕上的有 4 处不同"), "{}", play.screen());
        play.keys("<down><down>");
        insta::assert_snapshot!(format!("backups-{width}x{height}"), play.timeless_screen());
        let before = play.session().report().clone();
        let depth = play.session().history_depth().0;
        play.keys("<enter>");
        assert!(play.shows("有 4 处会改成") && play.shows("> 退回 <  [ 取消 ]"), "{}", play.screen());
        play.keys("<esc>");
        assert!(play.shows("第 3 份与屏幕上的有 4 处不同"), "the list stays: {}", play.screen());
        play.keys("<enter><enter>");
        let told = play.timeless_screen();
        assert!(told.contains("已退回到 2026-07-13 16:15:02 的内容，还没有保存；按 ^Z 可以撤销。"), "{told}");
        assert_eq!(play.value("requests.received.natural"), "99");
        assert!(!play.value("text.problems").contains("今年，") && play.shows("有改动"));
        assert_eq!(play.session().history_depth().0, depth + 1);
        assert_eq!(fs::read(play.path()).unwrap(), saved, "nothing is saved yet");
        let gone_back = play.session().report().clone();
        // The journal has it like any other edit.
        let mut play = play.reopen();
        play.keys("<enter><esc>");
        assert_eq!(play.session().report(), &gone_back);
        play.keys("<ctrl-z>");
        assert_eq!(play.session().report(), &before);
        play.keys("<ctrl-y><ctrl-s><f8>");
        assert!(play.shows_row("相同"), "{}", play.screen());
        play.keys("<end><enter>");
        assert!(play.shows("完全相同，不用退回"), "{}", play.screen());
    }
}

#[test]
fn facts_texts_and_stated_totals_go_back_too() {
    let mut play = Play::open(FORM_2021, 80, 24);
    let first = play.session().report().clone();
    play.keys("<f6><alt-3><ctrl-home><end><right>5<enter><alt-1>字<alt-0>新<enter><ctrl-s>");
    let second = play.session().report().clone();
    assert!(play.session().form().all_cells().any(|cell| first.stated(cell) != second.stated(cell)));
    assert_eq!(play.value("cover.unit"), "新");
    assert!(play.value("text.overview").starts_with('字'));
    play.keys("<f8><enter><enter>");
    assert!(play.session().report() == &first, "{}", play.screen());
    play.keys("<ctrl-z>");
    assert!(play.session().report() == &second);
}

#[test]
fn backups_that_are_damaged_or_on_another_form_are_listed_and_left_alone() {
    let mut play = Play::open(YIYUAN, 80, 24);
    saved_with(&mut play, &["98"]);
    let other = fs::read_to_string(FORM_2021).unwrap();
    put_backup(&play, "0007-20260101-080000.ron", &other);
    put_backup(&play, "0008-20260102-080000.ron", "Draft(form: \"2019\", 表");
    play.keys("<f8>");
    assert!(play.shows_row("1 2026-01-02 08:00:00 已损坏，打不开"), "{}", play.screen());
    play.keys("<enter>");
    assert!(play.shows("这一份打不开，不能退回。"), "{}", play.screen());
    play.keys("<esc><down>");
    insta::assert_snapshot!("backups-other-form-80x24", play.timeless_screen());
    assert!(play.shows("另一格式") && play.shows("gouji restore yiyuan-2020.ron 序号"), "{}", play.screen());
    let before = play.session().report().clone();
    play.keys("<enter><enter><down>");
    assert!(play.shows("第 3 份与屏幕上的有 1 处不同"), "{}", play.screen());
    play.keys("<esc>");
    assert_eq!(play.session().report(), &before);
    assert!(play.shows("[三申请"), "{}", play.screen());
}

#[test]
fn a_report_without_backups_says_so() {
    let mut play = Play::open(YIYUAN, 80, 24);
    play.keys("<f8>");
    assert!(play.shows("还没有备份"), "{}", play.screen());
    let mut play = Play::start(80, 24);
    play.keys("<f8><ctrl-n>某县某局<enter>2023<enter><f8>");
    assert!(play.shows("这份报告还没有保存过，没有备份。"), "{}", play.screen());
    play.keys("<f9>bf");
    assert!(play.shows_row("> 备份 F8"), "{}", play.screen());
}

#[test]
fn windows_of_earlier_contents_fit_any_size() {
    let mut play = Play::open(YIYUAN, 80, 24);
    saved_with(&mut play, &["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"]);
    play.keys("<alt-3>/<down>/<f8>");
    assert!(play.shows(" 10  20") && !play.shows(" 11  20"), "ten are kept: {}", play.screen());
    for (width, height) in [(0, 0), (1, 1), (3, 5), (59, 15), (60, 16), (61, 17), (99, 30), (300, 100)] {
        play.resize(width, height).keys("<down><pagedown><end><pageup><home>");
    }
    play.resize(60, 16).keys("<end>");
    insta::assert_snapshot!("backups-60x16", play.timeless_screen());
}

/// Reports begun and left without being saved, one after another.
fn left_behind(width: u16, height: u16, reports: &[(&str, &str)]) -> Play {
    let mut play = Play::start(width, height);
    for (unit, figures) in reports {
        play.keys(&format!("<esc><ctrl-n>{unit}<enter>2023<enter><alt-3>{figures}"));
        assert!(play.shows(&format!("{unit} 2023年度")), "{}", play.screen());
        play = play.restart();
    }
    play
}

#[test]
fn reports_that_were_never_saved_are_chosen_from() {
    for (width, height) in [(80, 24), (120, 40)] {
        let mut play =
            left_behind(width, height, &[("甲镇人民政府", "1<enter>2<enter>"), ("乙街道办事处", "3<enter>")]);
        let damaged = play.unsaved_folder().join("20260101-080000-7.journal");
        put(&damaged, "0 00000000 x\n");
        fs::create_dir(play.unsaved_folder().join("20260102-080000-7.journal")).unwrap();
        play = play.restart();
        assert!(
            play.shows("有 4 份报告") && play.shows_row("甲镇人民政府 2023 2021格式 2处 20"),
            "{}",
            play.screen()
        );
        let row = |play: &Play, text: &str| play.lines().iter().position(|line| line.contains(text)).unwrap();
        // Both were worked on within a second or two: the order is that of their last change.
        let down = row(&play, "甲镇人民政府 ") - row(&play, "单位  ") - 1;
        play.keys(&"<down>".repeat(down)).keys("<enter>");
        assert_eq!(play.value("cover.unit"), "甲镇人民政府");
        assert_eq!(play.value("requests.received.business"), "2");
        assert!(play.shows("已恢复 2 处修改"), "{}", play.screen());
        // The one that is open is not listed; the others are there for another time.
        play.keys("<f9>wcbg<enter>");
        assert!(play.shows("有 3 份报告") && !play.shows("甲镇人民政府 2023 "), "{}", play.screen());
        play.keys("<esc>");
        play = play.restart();
        assert!(play.shows("有 4 份报告"), "{}", play.screen());
    }
}

#[test]
fn the_list_of_unsaved_reports_is_in_columns() {
    for (width, height) in [(60, 16), (80, 24), (120, 40)] {
        let mut play = left_behind(width, height, &[("甲镇人民政府", "1<enter>2<enter>")]);
        put(&play.unsaved_folder().join("20260101-080000-7.journal"), "0 00000000 x\n");
        play = play.restart();
        insta::assert_snapshot!(format!("unsaved-{width}x{height}"), play.timeless_screen());
        play.keys("<down>");
        assert!(play.shows("恢复文件已损坏"), "{}", play.screen());
    }
}

#[test]
fn a_report_is_put_aside_after_a_question() {
    let mut play = left_behind(80, 24, &[("甲镇人民政府", "1<enter>")]);
    assert!(play.shows("> 甲镇人民政府"), "{}", play.screen());
    play.keys("<delete>");
    assert!(play.shows("搁置“甲镇人民政府 2023年度”？") && play.shows("> 取消 <"), "{}", play.screen());
    play.keys("<enter>");
    assert!(play.shows("有 1 份报告"), "{}", play.screen());
    play.keys("<delete><alt-y>");
    assert!(!play.shows("份报告，上次") && play.shows("已搁置，不再列出"), "{}", play.screen());
    let names: Vec<_> =
        fs::read_dir(play.unsaved_folder()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(names.iter().any(|name| name.to_str().unwrap().ends_with(".journal.old")), "{names:?}");
    play.keys("<enter><f9>wcbg<enter>");
    assert!(play.shows("没有中断时还没保存过的报告。"), "{}", play.screen());
}

#[test]
fn a_report_that_can_not_be_brought_back_says_why() {
    let mut play = left_behind(80, 24, &[("甲镇人民政府", "1<enter>")]);
    let folder = play.unsaved_folder();
    let mut journals = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let journal = journals.find(|path| path.extension().is_some_and(|end| end == "journal")).unwrap();
    fs::remove_file(journal).unwrap();
    // Gone since it was listed.
    play.keys("<enter>");
    assert!(play.shows("这份报告已在别处打开或保存，不再列出。"), "{}", play.screen());
    put(&folder.join("20260101-080000-7.journal"), "0 00000000 x\n");
    play = play.restart();
    assert!(play.shows("> （不能恢复）") && play.shows("恢复文件已损坏"), "{}", play.screen());
    play.keys("<enter>");
    assert!(play.shows("请保留这个文件"), "{}", play.screen());
    for (width, height) in [(0, 0), (1, 1), (3, 5), (59, 15), (60, 16), (61, 17), (99, 30), (300, 100)] {
        play.resize(width, height).keys("<esc><f9>wcbg<enter><down><pagedown><delete>");
    }
    play.resize(60, 16).keys("<esc>");
    assert!(play.shows("> （不能恢复）"), "{}", play.screen());
}

#[test]
fn changes_at_hand_are_asked_about_before_another_report_is_opened() {
    let mut play = left_behind(80, 24, &[("甲镇人民政府", "1<enter>"), ("乙街道办事处", "3<enter>")]);
    play.keys("<enter><f9>wcbg<enter><enter>");
    assert!(play.shows("有尚未保存的改动。"), "{}", play.screen());
    let first = play.value("cover.unit");
    play.keys("<esc>");
    assert_eq!(play.value("cover.unit"), first);
}
