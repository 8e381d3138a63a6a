use super::*;
use crate::tui::tab::testing::{SIZES, fill, painted, put, session};

fn settled(tab: &mut FindingsTab, session: &Session, size: (u16, u16)) -> Vec<String> {
    tab.settle(session, Rect::new(0, 0, size.0, size.1), Policy::Narrow);
    painted(session, size, |view, area, picture| tab.view(view, area, picture)).0
}

fn press(tab: &mut FindingsTab, session: &Session, action: Action) -> Flow {
    let flow = tab.on(action, session, Settings::default());
    tab.settle(session, Rect::new(0, 0, 80, 20), Policy::Narrow);
    flow
}

fn line<'a>(lines: &'a [String], what: &str) -> &'a str {
    lines.iter().find(|line| line.contains(what)).unwrap_or_else(|| panic!("no {what} in {lines:#?}"))
}

fn cell(place: Option<Place>) -> crate::model::CellId {
    let Some(Place::Cell(cell)) = place else { panic!("no cell: {place:?}") };
    cell
}

#[test]
fn a_new_report_shows_its_sections_with_many_blanks_folded() {
    let session = session();
    let mut tab = FindingsTab::new();
    let lines = settled(&mut tab, &session, (80, 40));
    assert!(lines[0].starts_with("强制 0 条，核实 0 条，空白"), "{lines:#?}");
    assert!(!lines[0].contains("成立"), "nothing is said of what was not compared");
    assert_eq!(line(&lines, "封面").trim_end(), lines[1]);
    assert!(line(&lines, "一、总体情况").ends_with("空白 1"));
    assert!(line(&lines, "COVER-A").starts_with(">空 COVER-A  封面“单位层级”还没有填写。"));
    let folded = line(&lines, "处空白。");
    assert!(folded.contains("处空白。") && folded.ends_with("待改"), "{folded}");
    assert_eq!(lines.iter().filter(|line| line.contains("BLANK-3")).count(), 1, "{lines:#?}");
    assert!(
        lines.iter().filter(|line| line.contains("BLANK-2")).count() > 1,
        "few blanks are shown one by one"
    );
}

#[test]
fn a_finding_shows_both_sides_and_the_way_to_it() {
    let mut session = session();
    fill(&mut session);
    put(&mut session, "requests.received.natural", "99");
    put(&mut session, "requests.granted.natural", "98");
    put(&mut session, "cover.signed", "昨天");
    let mut tab = FindingsTab::new();
    let lines = settled(&mut tab, &session, (80, 20));
    assert!(line(&lines, "COVER-B").starts_with(">!  COVER-B  "), "{lines:#?}");
    assert!(lines[0].contains("；其余 "), "{lines:#?}");
    let finding = line(&lines, "T3-A");
    assert!(finding.contains("自然人：第一项加第二项为 99，（七）总计加第四项为 98，差 1"), "{finding}");
    assert!(line(&lines, "三、收到和处理").ends_with("强制 2"), "the column and the totals");

    let cover = session.form().place("cover.signed");
    assert_eq!(tab.place(&session), cover);
    press(&mut tab, &session, Action::ListDown);
    let Flow::Go(spot) = press(&mut tab, &session, Action::GoToFinding) else { panic!("no way to it") };
    assert_eq!(tab.place(&session), Some(spot.place));
    assert_eq!(
        session.form().section_of(spot.place),
        session.form().section_of(session.form().place("requests").unwrap())
    );
    assert!(matches!(press(&mut tab, &session, Action::GoBack), Flow::Back));
}

#[test]
fn the_hint_stands_below_the_finding_under_the_cursor() {
    let mut session = session();
    fill(&mut session);
    put(&mut session, "cover.signed", "昨天");
    let mut tab = FindingsTab::new();
    let lines = settled(&mut tab, &session, (60, 12));
    let at = lines.iter().position(|line| line.contains("COVER-B")).unwrap();
    assert!(lines[at..].iter().any(|line| line.contains("年份写四位数字")), "{lines:#?}");
}

#[test]
fn an_empty_list_says_what_was_checked() {
    let mut session = session();
    fill(&mut session);
    let mut tab = FindingsTab::new();
    let lines = settled(&mut tab, &session, (80, 20));
    let checked = format!("{} 条关系全部成立。", session.form().program.instances.len());
    assert_eq!(lines[..3], ["没有发现问题", checked.as_str(), "应填的各项都已填写，没有空白。"]);
    assert!(matches!(press(&mut tab, &session, Action::Choose), Flow::Done));
    assert_eq!(tab.place(&session), None);
}

#[test]
fn the_cursor_follows_its_finding_and_stays_near_when_that_is_gone() {
    let mut session = session();
    fill(&mut session);
    put(&mut session, "requests.received.natural", "1");
    put(&mut session, "requests.received.business", "2");
    let mut tab = FindingsTab::new();
    settled(&mut tab, &session, (80, 20));
    press(&mut tab, &session, Action::ListDown);
    let business = tab.place(&session);
    assert_eq!(session.form().column_name(cell(business)), "商业企业");
    put(&mut session, "cover.signed", "昨天");
    settled(&mut tab, &session, (80, 20));
    assert_eq!(tab.place(&session), business, "one more above");
    put(&mut session, "requests.received.business", "0");
    settled(&mut tab, &session, (80, 20));
    assert_eq!(session.form().column_name(cell(tab.place(&session))), "总计", "what stands there now");
    fill(&mut session);
    put(&mut session, "cover.signed", "昨天");
    settled(&mut tab, &session, (80, 20));
    assert_eq!(tab.place(&session), session.form().place("cover.signed"), "the last one left");
}

#[test]
fn pages_reach_both_ends_and_keep_the_cursor_in_sight() {
    let session = session();
    let mut tab = FindingsTab::new();
    for size in [(60, 5), (80, 12)] {
        settled(&mut tab, &session, size);
        for action in [Action::ListPageDown, Action::ListPageUp] {
            for _ in 0..tab.entries.len() {
                tab.on(action, &session, Settings::default());
                let lines = settled(&mut tab, &session, size);
                assert!(lines.iter().any(|line| line.starts_with('>')), "{lines:#?}");
            }
            let end = if action == Action::ListPageUp { 0 } else { tab.entries.len() - 1 };
            assert_eq!(tab.cursor, end);
        }
    }
}

#[test]
fn the_order_is_cover_sections_places_rules() {
    let mut session = session();
    put(&mut session, "requests.received.natural", "x");
    put(&mut session, "cover.year", "1999");
    let form = session.form();
    let issues = session.evaluation().issues_in_order(form);
    let keys: Vec<_> = issues.iter().map(|issue| (form.section_of(issue.place()), issue.spot())).collect();
    assert_eq!(keys.len(), session.evaluation().issues().count());
    assert!(keys.is_sorted());
    assert_eq!(keys[0].0, None);
}

#[test]
fn no_size_is_too_small_and_long_sentences_are_folded() {
    let mut session = session();
    put(&mut session, "requests.received.natural", &"九十九\u{202e}件".repeat(30));
    for size in SIZES {
        let mut tab = FindingsTab::new();
        settled(&mut tab, &session, size);
        for action in [Action::ListDown, Action::ListLast, Action::ListPageUp, Action::ListUp] {
            tab.on(action, &session, Settings::default());
            let lines = settled(&mut tab, &session, size);
            assert_eq!(lines.len(), usize::from(size.1));
        }
    }
    let mut tab = FindingsTab::new();
    let lines = settled(&mut tab, &session, (60, 60));
    assert!(lines.concat().contains("<U+202E>"));
}

/// The edit that explains the issue under the cursor.
fn explain(tab: &FindingsTab, session: &mut Session, words: &str) {
    let (form, report) = (session.form(), session.report());
    let question = tab.issue(session).unwrap().question(form, report);
    let edit = session.evaluation().explain(form, report, &question, words);
    session.apply(&edit, None).unwrap();
}

#[test]
fn a_finding_with_a_reason_stays_where_it_is_and_is_counted_apart() {
    let mut session = session();
    fill(&mut session);
    put(&mut session, "disclosure.normative.issued", "5");
    put(&mut session, "disclosure.regulation.in_force", "1");
    let mut tab = FindingsTab::new();
    settled(&mut tab, &session, (80, 20));
    press(&mut tab, &session, Action::ListDown);
    let lines = settled(&mut tab, &session, (80, 20));
    assert!(lines[0].starts_with("强制 0 条，核实 2 条，空白 0 处"), "{lines:#?}");
    let folded: String = lines.iter().map(|line| line.trim()).collect();
    assert!(folded.contains("确实如此的，可以写审核说明。"), "{lines:#?}");
    explain(&tab, &mut session, "当年制发又当年废止。");
    let lines = settled(&mut tab, &session, (80, 20));
    assert!(lines[0].starts_with("强制 0 条，核实 1 条，空白 0 处，已说明 1 条"), "{lines:#?}");
    assert!(line(&lines, "二、").ends_with("核实 1  已说明 1"), "{lines:#?}");
    let explained = line(&lines, "S-1");
    assert!(explained.starts_with(">说") && explained.ends_with("已说明"), "{explained}");
    assert!(line(&lines, "已说明：当年制发").trim_start().starts_with("已说明：当年制发又当年废止。"));
    press(&mut tab, &session, Action::ListUp);
    let lines = settled(&mut tab, &session, (40, 20));
    assert!(lines.iter().any(|line| line.trim() == "已说明：当年制发又当年废止。"), "{lines:#?}");

    let question = session.report().explanations().next().unwrap().0.clone();
    tab.look_for(&session, &[&question]);
    assert_eq!(tab.place(&session), session.form().place(&question.path));
    put(&mut session, "disclosure.normative.in_force", "1");
    let lines = settled(&mut tab, &session, (80, 20));
    assert!(lines[0].starts_with("强制 0 条，核实 2 条，空白 0 处；"), "it has lapsed: {lines:#?}");
}
