//! Live figures on the screen, played by keys.

use gouji::tui::event::Event;
use gouji::tui::key::Key;

use crate::support::play::Play;

const YIYUAN: &str = "sample-data/yiyuan-2020.ron";

/// The example with nothing but this in its first section, the caret at its end.
fn with_text(text: &str, width: u16, height: u16) -> Play {
    let mut play = Play::open(YIYUAN, width, height);
    play.keys("<alt-1><ctrl-a><delete>").paste(text);
    play
}

fn text(play: &Play) -> String {
    play.value("text.overview")
}

#[test]
fn two_braces_offer_the_cells_that_the_words_speak_of() {
    for (width, height) in [(60, 16), (80, 24), (120, 40)] {
        let mut play = with_text("本年新收政府信息公开申请", width, height);
        play.keys("{{");
        insta::assert_snapshot!(format!("live-list-{width}x{height}"), play.screen());
        assert!(play.shows("> 一、本年新收·总计"), "{}", play.screen());
        play.keys("<enter>件");
        assert_eq!(text(&play), "本年新收政府信息公开申请{{requests.received.total}}件");
        assert!(play.shows("本年新收政府信息公开申请{99}件"), "{}", play.screen());
        play.keys("<left>");
        assert!(play.shows("活数：一、本年新收·总计 = 99"), "{}", play.screen());
        insta::assert_snapshot!(format!("live-{width}x{height}"), play.screen());
    }
}

#[test]
fn the_list_leaves_the_line_of_the_caret_in_sight() {
    for (width, height) in [(60, 16), (80, 24), (120, 40)] {
        for line in 0..height {
            let text = format!("{}本年新收", "甲\n".repeat(line.into()));
            let mut play = with_text(&text, width, height);
            play.keys("{{");
            assert!(play.lines().iter().any(|line| line.contains("本年新收{{")), "{}", play.screen());
            assert!(play.shows("> 一、本年新收·总计"), "{}", play.screen());
        }
    }
}

#[test]
fn cells_are_found_by_characters_initials_and_path_and_joined_by_signs() {
    let mut play = with_text("", 80, 24);
    for query in ["新收", "bnxs", "received.to", "本年 总计", "ｘｓ"] {
        play.keys(&format!("{{{{{query}"));
        assert!(
            play.shows("> 一、本年新收·总计") && play.shows("一、本年新收·总计 = 99"),
            "{query}: {}",
            play.screen()
        );
        play.keys("<enter>");
        assert_eq!(text(&play), "{{requests.received.total}}", "{query}");
        play.keys("<backspace>");
        assert_eq!(text(&play), "", "{query}");
    }
    play.keys("{{予以公开 总计／新收％");
    assert!(play.shows("（百分比） = 82.8%"), "{}", play.screen());
    play.keys(".2<enter>");
    assert_eq!(text(&play), "{{requests.granted.total／requests.received.total％.2}}");
    assert!(play.shows("{82.83%}"), "{}", play.screen());
    play.keys("<backspace>{{growth(xs");
    assert!(play.shows("没有“一、本年新收·总计”的上年数"), "{}", play.screen());
    play.keys("<enter>");
    assert_eq!(text(&play), "{{growth(requests.received.total)}}");
    assert!(play.shows("{缺上年}") && play.shows("活数无数可显："), "{}", play.screen());
}

#[test]
fn whoever_knows_the_path_types_on_and_escape_loses_nothing() {
    let mut play = with_text("甲", 80, 24);
    play.keys("{{requests.received.total}}件{{不知<esc>道");
    assert_eq!(text(&play), "甲{{requests.received.total}}件{{不知道");
    assert!(play.shows("甲{99}件{{不知道"), "{}", play.screen());
    play.keys("{{<esc>");
    assert!(text(&play).ends_with("不知道{{"));
    play.keys("没有的格{{没有这样的<enter>");
    assert!(text(&play).ends_with("{{没有这样的}}"), "what can not be found is kept: {}", text(&play));
}

#[test]
fn the_figure_follows_its_cell_at_once() {
    let mut play = with_text("新收{{requests.received.total}}件。", 80, 24);
    play.keys("<alt-3>5<alt-1>");
    assert!(play.shows("新收{5}件。"), "{}", play.screen());
    play.keys("<ctrl-z><alt-1>");
    assert!(play.shows("新收{99}件。"), "{}", play.screen());
    play.keys(
        "<alt-3><delete><right><delete><right><delete><right><delete><right><delete><right><delete><alt-1>",
    );
    assert!(play.shows("新收{未填}件。"), "{}", play.screen());
}

#[test]
fn f2_makes_a_plain_figure_live_and_back_in_one_step() {
    let mut play = with_text("对外公开的规范性文件总数为152件", 80, 24);
    play.keys("<left><f2>");
    assert_eq!(text(&play), "对外公开的规范性文件总数为{{disclosure.normative.disclosed_total}}件");
    assert!(
        play.shows("{152}") && play.shows("已改为活数：规范性文件·对外公开总数量。"),
        "{}",
        play.screen()
    );
    play.keys("<ctrl-z>");
    assert_eq!(text(&play), "对外公开的规范性文件总数为152件");
    play.keys("<ctrl-y><f2>");
    assert_eq!(text(&play), "对外公开的规范性文件总数为152件");
    assert!(play.shows("已改为普通数字 152，不再随表变动。"), "{}", play.screen());
    play.keys("<ctrl-z>");
    assert!(play.shows("{152}"), "{}", play.screen());
}

#[test]
fn of_several_cells_the_one_that_the_words_speak_of_is_first() {
    for (width, height) in [(80, 24), (120, 40)] {
        let mut play = with_text("其中予以公开82件，占33.9%，共7654321件，", width, height);
        play.keys("<home>").keys(&"<right>".repeat(6)).keys("<f2>");
        assert!(
            play.shows("活数：82 是哪一格的数") && play.shows("> 三（一）予以公开·总计"),
            "{}",
            play.screen()
        );
        insta::assert_snapshot!(format!("live-choice-{width}x{height}"), play.screen());
        play.keys("<esc>");
        assert!(text(&play).starts_with("其中予以公开82件"));
        play.keys("<f2><down><enter>");
        assert!(text(&play).starts_with("其中予以公开{{requests.granted.natural}}件"), "{}", text(&play));
        play.keys("<ctrl-z>");
        assert!(text(&play).starts_with("其中予以公开82件"));
        play.keys(&"<right>".repeat(5)).keys("<f2>");
        assert!(play.shows("百分数请删去后"), "{}", play.screen());
        play.keys(&"<right>".repeat(8)).keys("<f2>");
        assert!(play.shows("表中没有等于 7654321 的格"), "{}", play.screen());
        play.keys("<end><f2>新收<enter>");
        assert!(text(&play).ends_with("件，{{requests.received.total}}"), "{}", text(&play));
    }
}

#[test]
fn f2_takes_chinese_numerals_and_ten_thousands_and_gives_back_digits() {
    let mut play = with_text("本年新收九十九件", 80, 24);
    play.keys("<left><f2>");
    assert_eq!(text(&play), "本年新收九十九件", "several cells have it");
    assert!(
        play.shows("活数：九十九 是哪一格的数") && play.shows("> 一、本年新收·总计"),
        "{}",
        play.screen()
    );
    play.keys("<enter>");
    assert_eq!(text(&play), "本年新收{{requests.received.total}}件");
    play.keys("<f2>");
    assert_eq!(text(&play), "本年新收99件");
    let mut play = with_text("对外公开的规范性文件总数为3.6万件", 80, 24);
    play.keys("<left><f2>");
    assert!(play.shows("表中没有等于 3.6万 的格"), "{}", play.screen());
    play.keys("<alt-2>");
    let there = play.place();
    assert!(there.starts_with("disclosure."), "{there}");
}

#[test]
fn a_search_finds_the_value_and_never_writes_over_a_live_figure() {
    let mut play = with_text("新收{{requests.received.total}}件，办结99件，1998年99,000次。", 80, 24);
    play.keys("<ctrl-home><ctrl-f>99");
    assert!(play.shows("第 1 处（活数），共 4 处"), "{}", play.screen());
    play.keys("<down>");
    assert!(play.shows("第 2 处，共 4 处"), "{}", play.screen());
    play.keys("<down>");
    assert!(play.shows("第 3 处（数的一段），共 4 处"), "{}", play.screen());
    play.keys("<alt-r>98<alt-a>");
    assert_eq!(text(&play), "新收{{requests.received.total}}件，办结98件，1998年99,000次。");
    assert!(
        play.shows("已替换 1 处；2 处在更长的数中，1 处是活数，没有改动。按 ^Z 可以撤销。"),
        "{}",
        play.screen()
    );
    play.keys("<alt-a>");
    assert!(play.shows("没有替换：2 处在更长的数中，1 处是活数。"), "{}", play.screen());
    play.keys("<esc><ctrl-home><alt-r>99<tab>98<enter>");
    assert!(play.shows("那一处是活数，随表变动，没有替换"), "{}", play.screen());
    assert!(text(&play).starts_with("新收{{requests.received.total}}件"));
    play.keys("<enter>");
    assert!(text(&play).contains("1988年"), "one by one it is for the clerk to say: {}", text(&play));
    play.keys("<esc><ctrl-f>requests");
    assert!(play.shows("没有找到"), "{}", play.screen());
    play.keys("<ctrl-a>total");
    assert!(play.shows("没有找到"), "{}", play.screen());
    play.keys("<esc><ctrl-f>{");
    assert!(play.shows("没有找到"), "{}", play.screen());
    play.keys("<esc><alt-r>收99件，<tab>受理<alt-a>");
    assert!(text(&play).starts_with("新收{{requests.received.total}}件"), "{}", text(&play));
}

#[test]
fn f2_leaves_the_caret_behind_the_figure() {
    let mut play = with_text("甲\n对外公开的规范性文件总数为152件，\n乙", 80, 24);
    play.keys("<up><home>").keys(&"<right>".repeat(14)).keys("<f2>字");
    let live = "甲\n对外公开的规范性文件总数为{{disclosure.normative.disclosed_total}}字件，\n乙";
    assert_eq!(text(&play), live);
    play.keys("<left><f2>字");
    assert_eq!(text(&play), "甲\n对外公开的规范性文件总数为152字字件，\n乙");
    play.keys("<ctrl-z><ctrl-z>");
    assert_eq!(text(&play), live);
}

#[test]
fn hits_follow_the_figure_while_the_search_stays() {
    let mut play = with_text("新收{{requests.received.total}}件", 80, 24);
    play.keys("<ctrl-home><ctrl-f>5<enter><alt-3>5<alt-1><ctrl-g>");
    assert!(play.shows("“5”第 1 处（活数），共 1 处"), "{}", play.screen());
}

#[test]
fn what_is_wrong_is_seen_as_written_and_mended_by_f2() {
    let mut play = with_text("新收{{requests.recieved.total}}件，{{cover.unit}}", 80, 24);
    assert!(play.shows("新收{{requests.recieved.total}}件，{{cover.unit}}"), "{}", play.screen());
    assert!(play.shows("活数有误：“cover.unit”不是表内的数"), "{}", play.screen());
    play.keys("<f2>新收<enter>");
    assert_eq!(text(&play), "新收{{requests.recieved.total}}件，{{requests.received.total}}");
    play.keys("<home><right><right><f2>");
    assert_eq!(text(&play), "新收{{requests.received.total}}件，{{requests.received.total}}");
    assert!(play.shows("已把活数的路径改为 requests.received.total。"), "{}", play.screen());
    assert!(play.shows("新收{99}件，{99}"), "{}", play.screen());
}

#[test]
fn the_draft_keeps_what_was_written() {
    let mut play = with_text("新收{{requests.received.total}}件", 80, 24);
    play.keys("<ctrl-s>");
    assert!(play.saved_text().contains("新收{{requests.received.total}}件"), "{}", play.saved_text());
    let mut play = play.reopen();
    play.keys("<alt-1>");
    assert!(play.shows("新收{99}件"), "{}", play.screen());
}

#[test]
fn the_cursor_stands_right_whatever_the_terminal_draws_wide() {
    let mut play = with_text("“甲”{{requests.received.total}}“乙”", 80, 24);
    let column = |play: &Play| play.cursor.unwrap().x;
    assert_eq!(column(&play), 5 + 4 + 4 + 4);
    play.keys("<alt-w>");
    assert_eq!(column(&play), 5 + 6 + 4 + 6);
    play.keys("<left><left><left>");
    assert_eq!(column(&play), 5 + 6 + 4);
    play.keys("<left>");
    assert_eq!(column(&play), 5 + 6);
}

#[test]
fn no_size_is_too_small() {
    let mut play = with_text("甲{{requests.received.total}}乙{{a}}丙99", 80, 24);
    for (width, height) in [(0, 0), (1, 1), (3, 5), (59, 15), (60, 16), (61, 17), (99, 30), (300, 100)] {
        play.resize(width, height).keys("<f2><down><pagedown>新<esc><left>{{新+<end>");
        play.event(Event::Key(Key::char('（')));
        play.keys("<enter><esc><ctrl-z>");
    }
    play.resize(80, 24).keys("<esc>");
    assert!(play.shows("[一总体"), "{}", play.screen());
}
