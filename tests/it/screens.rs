//! The whole program played by keys, without a terminal.

use proptest::prelude::*;
use ratatui::backend::TestBackend;
use ratatui::buffer::Cell;
use ratatui::layout::Size;

use crate::support::play::{Play, theme};
use gouji::tui::event::{Event, Signal};
use gouji::tui::painter::Painter;

const YIYUAN: &str = "sample-data/yiyuan-2020.ron";
const CITY: &str = "sample-data/hangzhou-type-2025.ron";

#[test]
fn a_digit_counts_at_once_and_escape_takes_it_back() {
    let mut play = Play::open(YIYUAN, 80, 24);
    play.keys("<alt-3><down><down>");
    assert_eq!(play.place(), "requests.granted.natural");
    play.keys("8");
    assert_eq!(
        (play.value("requests.granted.total"), play.value("requests.outcome_total.natural")),
        ("8".into(), "25".into())
    );
    play.keys("3");
    assert_eq!(play.value("requests.granted.total"), "83");
    assert_eq!(play.value("requests.outcome_total.natural"), "100");
    assert_eq!(play.value("requests.outcome_total.total"), "100");
    assert_eq!(play.rules(), ["T3-A"]);
    assert!(play.shows("[三申请 错2"), "{}", play.screen());
    insta::assert_snapshot!("digit-80x24", play.screen());
    play.keys("<esc>");
    assert_eq!(play.value("requests.granted.natural"), "82");
    assert!(play.rules().is_empty());
    assert!(play.shows("[三申请]") && play.shows("已保存"));
}

#[test]
fn a_console_without_escapes_shows_the_same() {
    let mut play = Play::open(YIYUAN, 80, 24);
    let mut painter = Painter::new(play.app.size(), play.app.policy(), theme());
    let mut console = TestBackend::new(80, 24);
    for keys in ["<alt-3>", "83", "<esc><f9>", "<esc><alt-1>"] {
        play.keys(keys);
        painter.frame_through(&play.app, &mut console).unwrap();
        // Second halves of wide characters are no cells of their own there.
        let shown: String = console.buffer().content().iter().map(Cell::symbol).collect();
        for line in play.lines() {
            for word in line.split_whitespace().filter(|word| word.is_ascii()) {
                assert!(shown.contains(word), "{keys}: {word}");
            }
        }
    }
}

#[test]
fn all_tabs_at_both_sizes() {
    for (width, height) in [(80, 24), (120, 40)] {
        let mut play = Play::open(YIYUAN, width, height);
        for tab in 0..8 {
            play.keys(&format!("<alt-{tab}>"));
            insta::assert_snapshot!(format!("tab-{tab}-{width}x{height}"), play.screen());
        }
    }
}

#[test]
fn the_form_of_2021_with_large_figures() {
    let mut play = Play::open(CITY, 120, 40);
    play.keys("<alt-3>");
    insta::assert_snapshot!("city-requests-120x40", play.screen());
    play.keys("<down><down><down>999");
    insta::assert_snapshot!("city-stated-total-differs-120x40", play.screen());
    play.keys("<esc>").resize(80, 24).keys("<ctrl-home>");
    insta::assert_snapshot!("city-requests-80x24", play.screen());
    play.keys("<ctrl-end>");
    insta::assert_snapshot!("city-requests-end-80x24", play.screen());
    play.keys("<alt-2>");
    insta::assert_snapshot!("city-disclosure-80x24", play.screen());
}

#[test]
fn findings_are_gone_to_and_come_back_from() {
    let mut play = Play::open("sample-data/faulty/t3-a-2021.ron", 80, 24);
    play.keys("<alt-7>");
    insta::assert_snapshot!("findings-80x24", play.screen());
    play.keys("<enter>");
    let there = play.place();
    assert!(there.starts_with("requests."), "{there}");
    play.keys("<ctrl-r>");
    assert!(play.shows("[审核"), "{}", play.screen());
    play.keys("<alt-0><f3>");
    assert!(play.place().starts_with("requests."));
    let first = play.place();
    play.keys("<f3>");
    assert_ne!(play.place(), first, "the next finding is another one");
    play.keys("<shift-f3>");
    assert_eq!(play.place(), first);
}

#[test]
fn leaving_with_changes_is_asked_about() {
    let mut play = Play::open(YIYUAN, 80, 24);
    play.keys("<f10>");
    assert!(play.has_quit, "nothing was changed");
    let mut play = Play::open(YIYUAN, 80, 24);
    play.keys("<alt-3>5<f10>");
    assert!(!play.has_quit);
    insta::assert_snapshot!("confirm-80x24", play.screen());
    play.keys("<esc><f10><alt-n>");
    assert!(play.has_quit);
}

#[test]
fn overlays_and_first_screen() {
    for (width, height) in [(80, 24), (120, 40)] {
        let mut play = Play::start(width, height);
        insta::assert_snapshot!(format!("start-{width}x{height}"), play.screen());
        play.keys("<f1>");
        insta::assert_snapshot!(format!("help-{width}x{height}"), play.screen());
        play.keys("<esc><ctrl-n>");
        insta::assert_snapshot!(format!("new-{width}x{height}"), play.screen());
        play.keys("<esc>");
        let mut play = Play::open(YIYUAN, width, height);
        play.keys("<f9>");
        insta::assert_snapshot!(format!("palette-{width}x{height}"), play.screen());
    }
}

#[test]
fn a_new_report_says_what_is_missing() {
    let mut play = Play::start(80, 24);
    play.keys("<ctrl-n>某县某局<enter>2023<enter>");
    assert_eq!(play.value("cover.unit"), "某县某局");
    assert_eq!(play.value("cover.period_to"), "2023-12-31");
    assert_eq!(play.session().form().id, "2021");
    play.keys("<alt-3>");
    insta::assert_snapshot!("new-requests-80x24", play.screen());
}

#[test]
fn typing_prose_is_one_step_until_the_sentence_ends() {
    let mut play = Play::open(YIYUAN, 80, 24);
    let before = play.value("text.problems");
    play.keys("<alt-5><ctrl-end>今年整改到位");
    let text = play.value("text.problems");
    assert_eq!(text, format!("{before}今年整改到位"));
    play.keys("<ctrl-z>");
    assert_eq!(play.value("text.problems"), before);
    play.keys("<ctrl-y>");
    assert_eq!(play.value("text.problems"), text);
}

#[test]
fn what_is_done_in_two_cells_is_two_steps() {
    let mut play = Play::open(YIYUAN, 80, 24);
    play.keys("<alt-3><down>*7<enter>8<enter>");
    assert_eq!(play.value("requests.carried_in.natural"), "99");
    assert_eq!(play.value("requests.carried_in.business"), "7");
    assert_eq!(play.session().history_depth().0, 3);
    play.keys("<ctrl-z><ctrl-z>");
    assert_eq!(play.value("requests.carried_in.business"), "0");
    assert_eq!(play.value("requests.carried_in.natural"), "99");
    play.keys("<delete>12<enter>");
    assert_eq!(play.session().history_depth().0, 3);
}

#[test]
fn paste_is_one_step_of_undo() {
    let mut play = Play::open(YIYUAN, 80, 24);
    play.keys("<alt-3>").paste("1\t2\t3\n4\t5\t6\n");
    assert_eq!(play.value("requests.carried_in.research"), "6");
    play.keys("<ctrl-z>");
    assert_eq!(play.value("requests.carried_in.research"), "0");
    assert_eq!(play.value("requests.received.natural"), "99");
    assert!(play.shows("已保存"));
}

#[test]
fn saving_in_the_middle_of_a_figure_goes_on_with_it() {
    let mut play = Play::open(YIYUAN, 80, 24);
    play.keys("<alt-3>8<ctrl-s>");
    assert!(play.shows("已保存"));
    play.keys("3<enter>");
    assert_eq!(play.value("requests.received.natural"), "83");
}

#[test]
fn an_unfinished_sum_left_by_a_jump_is_one_step() {
    let mut play = Play::open(YIYUAN, 80, 24);
    play.keys("<alt-3>12+<alt-1>");
    assert_eq!(play.value("requests.received.natural"), "12+");
    play.keys("<ctrl-z>");
    assert_eq!(play.value("requests.received.natural"), "99");
}

#[test]
fn nothing_is_changed_in_a_window_that_shows_nothing() {
    let mut play = Play::open(YIYUAN, 80, 24);
    play.keys("<alt-3>5").resize(40, 10).paste("123").keys("7<f10>");
    assert!(!play.has_quit && play.shows("有改动未保存"));
    assert_eq!(play.resize(80, 24).value("requests.received.natural"), "5");
    play.resize(40, 10).keys("<ctrl-s><f10>");
    assert!(play.has_quit);
}

#[test]
fn what_was_not_saved_is_offered_shown_and_brought_back() {
    let mut play = Play::open(YIYUAN, 80, 24);
    play.keys("<alt-3>83<enter>7<enter><ctrl-z><alt-1>字");
    let mut play = play.reopen();
    insta::assert_snapshot!("recover-80x24", play.screen().split("最后").next().unwrap());
    assert!(play.shows("上次有 4 处修改没有保存"), "{}", play.screen());
    assert_eq!(play.value("requests.received.natural"), "99");
    play.keys("<right><enter>");
    assert!(play.shows("恢复后有 2 处与草稿不同"), "{}", play.screen());
    assert!(play.shows_row("一、本年新收·自然人 99 83"), "{}", play.screen());
    play.keys("<enter><left><enter>");
    assert_eq!(play.value("requests.received.natural"), "83");
    assert_eq!(play.value("requests.received.business"), "0");
    assert!(play.value("text.overview").starts_with('字'));
    play.keys("<ctrl-z><ctrl-z>");
    assert_eq!(play.value("requests.received.natural"), "99");
}

#[test]
fn the_question_about_lost_edits_waits_for_an_answer() {
    let mut play = Play::open(YIYUAN, 80, 24);
    play.keys("<alt-3>5<enter>");
    let mut play = play.reopen();
    play.keys("<esc><f9><ctrl-s>7").paste("7");
    assert!(play.shows("上次有 1 处修改没有保存"), "{}", play.screen());
    // Neither a window too small for the question nor one that closes answers it.
    play.resize(40, 10).keys("<ctrl-s><esc>").resize(80, 24);
    assert!(play.shows("上次有 1 处修改没有保存"));
    play.keys("<ctrl-q>");
    assert!(play.has_quit);
    let mut play = play.reopen();
    assert!(play.shows("上次有 1 处修改没有保存"), "{}", play.screen());
    play.event(Event::Signal(Signal::Hangup));
    assert!(play.has_quit);
    let mut play = play.reopen();
    play.keys("<enter>");
    assert_eq!(play.value("requests.received.natural"), "5");
}

#[test]
fn edits_that_are_not_wanted_are_put_aside() {
    let mut play = Play::open(YIYUAN, 80, 24);
    play.keys("<alt-3>83<enter>");
    let mut play = play.reopen();
    play.keys("<alt-n>");
    assert_eq!(play.value("requests.received.natural"), "99");
    play.keys("<esc><alt-3>5<enter>");
    let play = play.reopen();
    assert!(play.shows("上次有 1 处修改没有保存"), "{}", play.screen());
}

#[test]
fn a_window_too_small_says_so_and_comes_back() {
    let mut play = Play::open(YIYUAN, 80, 24);
    play.keys("<alt-3>").resize(59, 24);
    assert!(play.shows("窗口太小"));
    play.resize(80, 24);
    assert!(play.shows("予以公开"));
}

#[test]
fn no_size_panics_on_any_tab() {
    let mut play = Play::open(YIYUAN, 80, 24);
    for (width, height) in
        [(0, 0), (1, 1), (2, 2), (1, 80), (200, 1), (60, 16), (61, 17), (99, 30), (300, 100)]
    {
        for keys in ["<alt-0>", "<alt-1>", "<alt-2>", "<alt-3>", "<alt-7>", "<f1>", "<esc><f9>", "<esc>"] {
            play.resize(width, height).keys(keys).keys("<down>5<pagedown><end>");
            assert_eq!(play.painter.screen().size(), Size::new(width, height));
        }
        play.resize(80, 24).keys("<esc><esc>");
    }
}

const KEYS: [&str; 34] = [
    "<up>",
    "<down>",
    "<left>",
    "<right>",
    "<enter>",
    "<tab>",
    "<shift-tab>",
    "<esc>",
    "<home>",
    "<end>",
    "<pageup>",
    "<pagedown>",
    "<f2>",
    "<f3>",
    "<shift-f3>",
    "<f6>",
    "<f7>",
    "<f9>",
    "<f1>",
    "<ctrl-z>",
    "<ctrl-y>",
    "<alt-0>",
    "<alt-1>",
    "<alt-2>",
    "<alt-3>",
    "<alt-7>",
    "<delete>",
    "<backspace>",
    "8",
    "+",
    "/",
    "字",
    "<ctrl-n>",
    "<alt-w>",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// The incremental screen equals a full repaint after any sequence of keys, pastes and sizes.
    #[test]
    fn drawing_what_changed_equals_drawing_all(
        steps in prop::collection::vec((0usize..KEYS.len() + 3, 58u16..130, 14u16..42), 1..40),
    ) {
        let mut play = Play::open(YIYUAN, 80, 24);
        for (step, width, height) in steps {
            match step.checked_sub(KEYS.len()) {
                None => play.keys(KEYS[step]),
                Some(0) => play.resize(width, height),
                Some(1) => play.paste("7\t“无”\n①\t3"),
                Some(_) => play.resize(80, 24),
            };
            let mut fresh = Painter::new(play.app.size(), play.app.policy(), theme());
            let cursor = fresh.compose(&play.app);
            prop_assert_eq!(fresh.screen().buffer(), play.painter.screen().buffer());
            prop_assert_eq!(cursor, play.cursor);
        }
    }

    /// Undoing everything gives the report that was opened.
    #[test]
    fn undo_leads_back_to_the_start(steps in prop::collection::vec(0usize..KEYS.len(), 1..60)) {
        let mut play = Play::open(YIYUAN, 80, 24);
        let before = play.session().report().clone();
        for step in steps {
            // Keys that leave the report are not meant here.
            if KEYS[step] != "<ctrl-n>" {
                play.keys(KEYS[step]);
            }
        }
        play.keys("<esc><esc><esc><alt-0>");
        while play.session().history_depth().0 > 0 {
            play.keys("<ctrl-z>");
        }
        prop_assert_eq!(play.session().report(), &before);
    }
}
