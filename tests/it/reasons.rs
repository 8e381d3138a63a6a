//! Reasons for findings and notes beside figures, written by keys and read by commands.

use proptest::prelude::*;

use crate::support::play::Play;

/// One doubtful finding: fewer documents in force than were issued this year.
const DOUBT: &str = "sample-data/faulty/s-1-2021.ron";

/// With the cursor on the cell of the finding.
fn at_the_doubt(width: u16, height: u16) -> Play {
    let mut play = Play::open(DOUBT, width, height);
    play.keys("<f3>");
    assert_eq!(play.rules(), ["S-1"]);
    play
}

fn reasons(play: &Play) -> Vec<String> {
    play.session().report().explanations().map(|(_, words)| words.to_owned()).collect()
}

#[test]
fn a_reason_is_written_shown_taken_back_and_made_again() {
    for (width, height) in [(80, 24), (120, 40)] {
        let size = format!("{width}x{height}");
        let mut play = at_the_doubt(width, height);
        assert!(play.shows("疑1"), "{}", play.screen());
        insta::assert_snapshot!(format!("doubt-{size}"), play.screen());
        play.keys("<ctrl-e>");
        insta::assert_snapshot!(format!("reason-prompt-{size}"), play.screen());
        play.keys("当年制发又当年废止2件。<enter>");
        assert!(!play.shows("疑1") && play.shows("已说明，不再计入待改"), "{}", play.screen());
        insta::assert_snapshot!(format!("reason-at-cell-{size}"), play.screen());
        play.keys("<alt-7>");
        insta::assert_snapshot!(format!("reason-in-list-{size}"), play.screen());
        play.keys("<f3>");
        assert!(play.shows("没有待改的问题：余下的都已说明。"), "{}", play.screen());
        play.keys("<ctrl-z>");
        assert!(play.shows("[审核]") && play.shows("已撤销审核说明的改动。"), "{}", play.screen());
        assert!(play.shows("疑1") && reasons(&play).is_empty());
        play.keys("<ctrl-y>");
        assert!(play.shows("已重做审核说明的改动。"), "{}", play.screen());
        assert_eq!(reasons(&play), ["当年制发又当年废止2件。"]);
    }
}

#[test]
fn undo_shows_the_finding_whose_reason_it_takes_back() {
    let mut play = at_the_doubt(80, 24);
    let there = play.place();
    play.keys("<ctrl-e>属实<enter><ctrl-z>");
    assert_eq!(play.place(), there, "it can be seen there");
    play.keys("<ctrl-y><alt-0><ctrl-z>");
    assert!(play.shows("[审核]") && play.shows(">?  S-1"), "{}", play.screen());
}

#[test]
fn a_reason_lapses_with_its_figures_and_is_offered_again() {
    let mut play = at_the_doubt(80, 24);
    play.keys("<ctrl-e>当年废止<enter>");
    // On either side of the relation 3 leaves it broken, in other words.
    play.keys("3<enter><alt-7>");
    assert_eq!(play.rules(), ["S-1"]);
    assert!(play.shows("疑1"), "{}", play.screen());
    play.keys("<ctrl-e>");
    assert!(play.shows("原来的说明已失效") && play.shows("当年废止"), "{}", play.screen());
    play.keys("2件<enter>");
    assert_eq!(reasons(&play), ["当年废止2件"], "the lapsed one is gone");
    play.keys("<ctrl-z>");
    assert_eq!(reasons(&play), ["当年废止"]);
}

#[test]
fn a_reason_is_changed_and_taken_back_by_its_words() {
    let mut play = at_the_doubt(80, 24);
    play.keys("<ctrl-e>属实<enter><ctrl-e>。<enter>");
    assert_eq!(reasons(&play), ["属实。"]);
    play.keys("<ctrl-e>不要<esc>");
    assert_eq!(reasons(&play), ["属实。"]);
    play.keys("<ctrl-e><ctrl-a><backspace><enter>");
    assert!(reasons(&play).is_empty() && play.shows("已收回审核说明。"), "{}", play.screen());
    assert_eq!(play.session().history_depth().0, 3);
    play.keys("<ctrl-e><enter>");
    assert_eq!(play.session().history_depth().0, 3, "nothing was written");
}

#[test]
fn what_must_be_mended_is_not_explained() {
    let mut play = Play::open("sample-data/faulty/t3-a-2021.ron", 80, 24);
    for keys in ["<alt-7><ctrl-e>", "<f3><ctrl-e>"] {
        play.keys(keys);
        assert!(play.shows("强制的问题必须改正"), "{}", play.screen());
    }
    play.keys("<alt-1><ctrl-e>");
    assert!(play.shows("这里没有要说明的问题。"), "{}", play.screen());
    play.keys("<ctrl-k>").keys("<alt-0><ctrl-k>");
    assert_eq!(play.session().history_depth().0, 0);
}

#[test]
fn a_remark_about_prose_stands_with_a_reason() {
    let mut play = Play::open("sample-data/yiyuan-2020.ron", 80, 24);
    play.keys("<alt-1><ctrl-home>全年收到申请98件。<left><left>");
    assert!(play.shows("^E说明"), "{}", play.screen());
    play.keys("<ctrl-e>另有口径<enter><left><right>");
    assert_eq!(reasons(&play), ["另有口径"]);
    assert!(play.shows("   已说明：另有口径（文中 98 件"), "{}", play.screen());
    assert!(!play.shows("疑1"));
}

#[test]
fn reasons_and_notes_are_saved_and_outlive_a_crash() {
    let mut play = at_the_doubt(80, 24);
    play.keys("<ctrl-e>属实<enter><ctrl-k>其中修订1件<enter><ctrl-s>");
    assert!(play.saved_text().contains("属实") && play.saved_text().contains("其中修订1件"));
    play.keys("<ctrl-e>，已核<enter><ctrl-k>。<enter>");
    let mut play = play.reopen();
    play.keys("<enter>");
    assert_eq!(reasons(&play), ["属实，已核"]);
    assert_eq!(play.session().report().notes().map(|(_, note)| note).collect::<Vec<_>>(), ["其中修订1件。"]);
}

#[test]
fn a_note_is_written_marked_and_shown() {
    for (width, height) in [(80, 24), (120, 40)] {
        let size = format!("{width}x{height}");
        let mut play = Play::open("sample-data/yiyuan-2020.ron", width, height);
        play.keys("<alt-3><ctrl-k>");
        insta::assert_snapshot!(format!("note-prompt-{size}"), play.screen());
        play.keys("其中修订16件<enter>");
        insta::assert_snapshot!(format!("note-at-cell-{size}"), play.screen());
        play.keys("<down>");
        assert!(play.shows_row("99*"), "{}", play.screen());
        play.keys("<alt-0><ctrl-z>");
        assert_eq!(play.place(), "requests.received.natural");
        assert!(!play.shows("99*") && !play.shows("其中修订"), "{}", play.screen());
        play.keys("<ctrl-y>5<shift-f2>");
        assert!(play.shows("其中修订16件"), "{}", play.screen());
        assert_eq!(play.value("requests.received.natural"), "5");
    }
}

#[test]
fn a_number_with_words_offers_to_make_them_a_note() {
    let mut play = Play::open("sample-data/yiyuan-2020.ron", 120, 40);
    play.keys("<alt-3>99（其中修订16件）<enter><left>");
    insta::assert_snapshot!("words-in-cell-120x40", play.screen());
    play.keys("<alt-7>");
    assert!(play.rules().contains(&"NUM-A".to_owned()));
    play.keys("<f4>");
    assert!(play.rules().is_empty(), "{}", play.screen());
    play.keys("<ctrl-z>");
    assert_eq!(play.value("requests.received.natural"), "99（其中修订16件）");
    play.resize(80, 24).keys("<f4>");
    assert_eq!(play.value("requests.received.natural"), "99");
    assert!(play.shows("附注：其中修订16件"), "{}", play.screen());
}

#[test]
fn no_size_panics_with_words_on_the_screen() {
    let mut play = at_the_doubt(80, 24);
    let long = "很长的话，".repeat(60);
    play.keys("<ctrl-e>").paste(&long).keys("<enter><ctrl-k>").paste(&long).keys("<enter>");
    for (width, height) in [(0, 0), (1, 1), (2, 2), (7, 3), (60, 16), (61, 17), (100, 16), (300, 100)] {
        for keys in ["<ctrl-e>", "字<home>", "<esc><ctrl-k>", "字<end>", "<esc><alt-7>", "<f9>", "<esc>"] {
            play.resize(width, height).keys(keys);
            assert_eq!(play.lines().len(), usize::from(height));
        }
        play.resize(80, 24).keys("<esc><esc><alt-2>");
    }
}

/// Steps that write and take back words among other changes.
const STEPS: [&str; 9] = [
    "<ctrl-e>属实<enter>",
    "<ctrl-e>，已核<enter>",
    "<ctrl-e><ctrl-a><backspace><enter>",
    "<ctrl-k>其中1件<enter>",
    "7<enter>",
    "<f3>",
    "<alt-7>",
    "<down>",
    "<ctrl-z>",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Undoing everything gives the report that was opened, and redoing everything what it was before.
    #[test]
    fn explaining_and_undoing_restores(steps in prop::collection::vec(0..STEPS.len(), 1..25)) {
        let mut play = at_the_doubt(80, 24);
        let opened = play.session().report().clone();
        for step in steps {
            play.keys(STEPS[step]);
        }
        play.keys("<esc><alt-0>");
        let written = play.session().report().clone();
        let mut undone = 0;
        while play.session().history_depth().0 > 0 {
            play.keys("<ctrl-z>");
            undone += 1;
        }
        prop_assert_eq!(play.session().report(), &opened);
        for _ in 0..undone {
            play.keys("<ctrl-y>");
        }
        prop_assert_eq!(play.session().report(), &written);
    }
}
