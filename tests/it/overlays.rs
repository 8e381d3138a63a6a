//! Windows that show what came before or elsewhere: a foreign change, backups, reports that were never saved.

use std::fs;

use crate::support::play::Play;

const YIYUAN: &str = "sample-data/yiyuan-2020.ron";
const FORM_2021: &str = "sample-data/hangzhou-type-2025.ron";

/// A draft changed here, and changed by somebody else in its file; then saved.
fn clash(width: u16, height: u16, foreign: impl Fn(&str) -> String) -> Play {
    let mut play = Play::open(YIYUAN, width, height);
    let path = play.path();
    let text = fs::read_to_string(&path).unwrap();
    play.keys("<alt-3>83<enter>7<enter>");
    fs::write(&path, foreign(&text)).unwrap();
    play.keys("<ctrl-s>");
    play
}

#[test]
fn a_foreign_change_can_be_looked_at_before_it_is_replaced() {
    for (width, height) in [(80, 24), (120, 40)] {
        let mut play =
            clash(width, height, |text| text.replacen("99", "98", 1).replace("补偿安置、城乡规划居多", ""));
        assert!(play.shows("> 比较 <") && play.shows("被别人改动过"), "{}", play.screen());
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
    fs::write(play.path(), format!("// 附注\n{text}")).unwrap();
    play.keys("<ctrl-s><enter>");
    assert!(play.shows("完全相同"), "{}", play.screen());
}
