use ratatui::layout::Position as Cell;

use super::*;
use crate::model::Visit;
use crate::tui::editor::LIMIT;
use crate::tui::shown::Line;
use crate::tui::tab::testing::{SIZES, painted, put, session};
use crate::tui::theme::Role;

/// A text with its report, and the visit at hand, kept as the app keeps it.
struct Desk {
    session: Session,
    tab: ProseTab,
    visit: Option<Visit>,
    size: (u16, u16),
}

impl Desk {
    fn with(text: &str) -> Self {
        let mut session = session();
        put(&mut session, "overview", text);
        session.mark_saved();
        let Some(Place::Text(id)) = session.form().place("overview") else { panic!("no such text") };
        let mut desk = Self { session, tab: ProseTab::new(id), visit: None, size: (80, 20) };
        desk.settle();
        desk
    }

    fn settle(&mut self) {
        let area = Rect::new(0, 0, self.size.0, self.size.1);
        self.tab.settle(&self.session, area, Policy::Narrow);
    }

    fn press(&mut self, action: Action) -> Flow {
        let flow = self.tab.on(action, &self.session, Settings::default());
        self.take(&flow);
        flow
    }

    fn take(&mut self, flow: &Flow) {
        match flow {
            Flow::Edit { edit, joins } => {
                if !joins || self.visit.is_none() {
                    self.visit = Some(self.session.begin_visit());
                }
                self.session.apply(edit, self.visit).unwrap();
            }
            Flow::Cut(_, edit) | Flow::EditAndTell(edit, _) => {
                self.visit = None;
                self.session.apply(edit, None).unwrap();
            }
            Flow::Open { edit: Some((edit, joins)), .. } => {
                if !joins {
                    self.visit = Some(self.session.begin_visit());
                }
                self.session.apply(edit, self.visit).unwrap();
            }
            Flow::Done => {}
            _ => self.visit = None,
        }
        self.settle();
    }

    fn type_all(&mut self, text: &str) {
        for c in text.chars() {
            self.press(if c == '\n' { Action::NewParagraph } else { Action::Type(c) });
        }
    }

    fn undo(&mut self) {
        self.visit = None;
        assert!(self.session.undo().is_some());
        self.settle();
    }

    fn text(&self) -> &str {
        self.session.report().text(self.tab.text)
    }

    fn painted(&self) -> (Vec<String>, Option<Cell>) {
        painted(&self.session, self.size, |view, area, picture| self.tab.view(view, area, picture))
    }

    fn lines(&self) -> Vec<String> {
        self.painted().0
    }

    fn cursor(&self) -> (u16, u16) {
        let at = self.painted().1.unwrap();
        (at.x, at.y)
    }
}

#[test]
fn an_empty_text_shows_its_guidance_and_the_caret_at_the_indent() {
    let mut desk = Desk::with("");
    let lines = desk.lines();
    assert!(lines[0].starts_with("     主动公开、依申请公开"), "{lines:#?}");
    assert!(lines[19].ends_with("0 字  第 1 行第 1 字"), "{lines:#?}");
    assert_eq!(desk.cursor(), (5, 0));
    desk.type_all("县");
    assert_eq!(desk.text(), "县");
    let lines = desk.lines();
    assert_eq!(lines[0], "     县");
    assert!(
        lines[19].starts_with("主动公开、") && lines[19].ends_with("  1 字  第 1 行第 2 字"),
        "{lines:#?}"
    );
    assert_eq!(desk.cursor(), (7, 0));
}

#[test]
fn typing_is_undone_a_sentence_at_a_time() {
    let mut desk = Desk::with("");
    desk.type_all("甲乙。丙丁");
    assert_eq!(desk.session.history_depth().0, 2, "two sentences");
    desk.press(Action::CaretLeft);
    desk.type_all("戊");
    assert_eq!(desk.text(), "甲乙。丙戊丁");
    desk.undo();
    assert_eq!(desk.text(), "甲乙。丙丁");
    assert_eq!(desk.tab.editor.as_ref().unwrap().caret_offset(), "甲乙。丙".len());
    desk.undo();
    assert_eq!(desk.text(), "甲乙。");
    assert_eq!(desk.lines()[0], "     甲乙。");
    desk.type_all("己");
    assert_eq!(desk.text(), "甲乙。己");
    desk.undo();
    assert_eq!(desk.text(), "甲乙。", "typing after undo is a step of its own");
}

#[test]
fn typing_over_a_selection_is_one_step() {
    let mut desk = Desk::with("甲乙丙");
    desk.press(Action::SelectRight);
    desk.press(Action::SelectRight);
    desk.type_all("丁戊");
    assert_eq!(desk.text(), "丁戊丙");
    desk.undo();
    assert_eq!(desk.text(), "甲乙丙");
}

#[test]
fn copy_cut_paste_and_escape_work_on_the_selection() {
    let mut desk = Desk::with("甲乙\n丙");
    assert!(matches!(desk.press(Action::Copy), Flow::Tell(_)));
    assert!(matches!(desk.press(Action::Cancel), Flow::Ignored));
    desk.press(Action::SelectAll);
    assert!(matches!(desk.press(Action::Copy), Flow::Copy(text) if text == "甲乙\n丙"));
    assert!(matches!(desk.press(Action::Cancel), Flow::Done));
    desk.press(Action::CaretTextStart);
    desk.press(Action::SelectRight);
    assert!(matches!(desk.press(Action::Cut), Flow::Cut(text, _) if text == "甲"));
    assert_eq!(desk.text(), "乙\n丙");
    let pasted = desk.tab.paste("子\r\n丑\u{7}", &desk.session);
    assert!(matches!(pasted, Flow::Edit { joins: false, .. }));
    desk.take(&pasted);
    assert_eq!(desk.text(), "子\n丑乙\n丙");
    desk.type_all("寅");
    desk.undo();
    assert_eq!(desk.text(), "子\n丑乙\n丙");
    desk.press(Action::DeleteBack);
    desk.press(Action::DeleteForward);
    assert_eq!(desk.text(), "子\n\n丙");
}

#[test]
fn an_edit_from_elsewhere_puts_the_caret_at_the_difference() {
    let mut desk = Desk::with("甲乙丙丁\n戊");
    desk.press(Action::CaretTextEnd);
    put(&mut desk.session, "overview", "甲乙新丁\n戊");
    desk.settle();
    let editor = desk.tab.editor.as_ref().unwrap();
    assert_eq!(editor.text(), "甲乙新丁\n戊");
    assert_eq!(editor.caret_offset(), "甲乙新".len());
    assert_eq!(difference("甲甲", "甲甲甲"), Splice { at: 6, removed: String::new(), inserted: "甲".into() });
    assert_eq!(difference("甲甲甲", "甲"), Splice { at: 3, removed: "甲甲".into(), inserted: String::new() });
}

#[test]
fn the_measure_is_forty_characters_centred_with_an_outline_when_wide() {
    let text = format!("（一）主动公开。{}\n1.平台建设\n（二）保障\n完", "公".repeat(60));
    let mut desk = Desk::with(&text);
    desk.size = (120, 36);
    desk.settle();
    let lines = desk.lines();
    let left = 24 + (120 - 24 - 81) / 2;
    assert!(lines[0].starts_with(">（一）主动公开 "), "{lines:#?}");
    assert!(lines[1].starts_with("   1.平台建设"), "{lines:#?}");
    assert_eq!(desk.cursor(), (left + 4, 0));
    assert_eq!(Policy::Narrow.measure(&lines[0]), left + 80);
    desk.press(Action::CaretTextEnd);
    assert!(desk.lines()[2].starts_with(">（二）保障"));
    desk.size = (98, 20);
    desk.settle();
    assert!(desk.lines()[0].starts_with("     （一）主动公开"));
}

#[test]
fn finding_selects_goes_on_and_says_when_there_is_nothing() {
    let mut desk = Desk::with("公开一\n公开二");
    assert!(matches!(desk.press(Action::FindNext), Flow::Tell(_)));
    assert!(desk.tab.find("公开"));
    assert!(matches!(desk.press(Action::FindNext), Flow::Done));
    assert_eq!(desk.tab.editor.as_ref().unwrap().caret().paragraph, 1);
    assert!(desk.tab.hit.is_some());
    assert!(!desk.tab.find("保密"));
    assert!(matches!(desk.press(Action::FindNext), Flow::Tell(notice) if notice.text.contains("保密")));
}

#[test]
fn selection_and_hits_have_roles_of_their_own() {
    let editor = {
        let mut desk = Desk::with("甲乙丙\n丁");
        assert!(desk.tab.find("乙"));
        desk.tab.editor.unwrap()
    };
    let wrapped = Wrapped::new(editor.paragraphs(), 40, INDENT, |_| 2);
    let rows = editor.visible_rows(&wrapped, 0, 2);
    let pieces = |role| {
        let line = Line::of(Role::Text, "    ").add(Role::Text, "甲").add(role, "乙");
        line.add(Role::Text, "丙")
    };
    assert_eq!(page::line(&rows[0], &[], true), pieces(Role::Match));
    assert_eq!(page::line(&rows[0], &[], false), pieces(Role::Selection));
}

#[test]
fn hidden_characters_are_seen_and_measured_as_seen() {
    let mut desk = Desk::with("甲\u{202e}乙");
    assert_eq!(desk.lines()[0], "     甲<U+202E>乙");
    desk.press(Action::CaretTextEnd);
    assert_eq!(desk.cursor(), (5 + 2 + 8 + 2, 0));
}

#[test]
fn the_caret_has_three_rows_below_it_even_at_the_end() {
    let mut desk = Desk::with(&"甲\n".repeat(60));
    desk.size = (60, 12);
    desk.settle();
    desk.press(Action::CaretTextEnd);
    assert_eq!(desk.cursor().1, 10 - 3);
    desk.press(Action::CaretPageUp);
    assert!((3..=7).contains(&desk.cursor().1));
    desk.press(Action::CaretTextStart);
    assert_eq!(desk.cursor().1, 0);
    assert_eq!(scroll(5, 6, 0, 1), 5);
    assert_eq!(scroll(0, 1, 0, 0), 0);
}

#[test]
fn a_jump_waits_for_the_text() {
    let mut desk = Desk::with("甲乙丙");
    desk.tab = ProseTab::new(desk.tab.text);
    desk.tab.go(Some(6));
    desk.settle();
    assert_eq!(desk.tab.editor.as_ref().unwrap().caret_offset(), 6);
    desk.tab.go(None);
    desk.settle();
    assert_eq!(desk.tab.editor.as_ref().unwrap().caret_offset(), 6);
    assert_eq!(desk.tab.place(&desk.session), Some(Place::Text(desk.tab.text)));
}

#[test]
fn too_long_a_paragraph_is_told_and_changes_nothing() {
    let mut desk = Desk::with(&"公".repeat(LIMIT));
    let flow = desk.press(Action::Type('开'));
    assert!(matches!(flow, Flow::Tell(notice) if notice.text.contains("请先分段")));
    assert_eq!(desk.text().chars().count(), LIMIT);
    put(&mut desk.session, "overview", &"公".repeat(LIMIT + 1));
    desk.settle();
    assert!(desk.lines().concat().contains("请先分段"));
    assert!(matches!(desk.press(Action::Type('开')), Flow::Tell(_)));
    assert!(matches!(desk.press(Action::CaretLeft), Flow::Ignored));
    put(&mut desk.session, "overview", "短");
    desk.settle();
    assert_eq!(desk.lines()[0], "     短");
}

#[test]
fn no_size_is_too_small() {
    let mut desk =
        Desk::with("（一）甲“乙”word\u{7}\n\n　　丙丁{{requests.received.total}}{{a}}，子丑寅卯。");
    for size in SIZES {
        desk.size = size;
        desk.settle();
        for action in [
            Action::ToggleLive,
            Action::CaretTextEnd,
            Action::Type('长'),
            Action::SelectUp,
            Action::NewParagraph,
            Action::CaretPageDown,
            Action::DeleteBack,
            Action::CaretTextStart,
        ] {
            desk.press(action);
            assert_eq!(desk.lines().len(), usize::from(size.1));
        }
    }
}

/// A desk with 83 in the first row of requests and 0 beside it, and nothing else filled in.
fn desk_with_figures(text: &str) -> Desk {
    let mut desk = Desk::with(text);
    for column in ["natural", "business", "research", "welfare", "legal", "other_org"] {
        let figure = if column == "natural" { "83" } else { "0" };
        put(&mut desk.session, &format!("requests.received.{column}"), figure);
    }
    desk.settle();
    desk
}

#[test]
fn a_live_figure_is_seen_as_its_value_and_follows_its_cell() {
    let mut desk = desk_with_figures("新收{{requests.received.total}}件");
    assert_eq!(desk.lines()[0], "     新收{83}件");
    assert!(desk.lines()[19].ends_with("  5 字  第 1 行第 1 字"), "{}", desk.lines()[19]);
    put(&mut desk.session, "requests.received.natural", "1234");
    desk.settle();
    assert_eq!(desk.lines()[0], "     新收{1234}件");
    desk.press(Action::CaretTextEnd);
    assert_eq!(desk.cursor(), (5 + 4 + 6 + 2, 0));
    desk.press(Action::CaretLeft);
    assert_eq!(desk.cursor(), (5 + 4 + 6, 0));
    assert!(desk.lines()[19].starts_with("活数：一、本年新收·总计 = 1234 "), "{}", desk.lines()[19]);
    assert!(desk.lines()[19].ends_with("第 1 行第 7 字"), "braces are not counted: {}", desk.lines()[19]);
    desk.press(Action::CaretLeft);
    assert_eq!(desk.cursor(), (5 + 4, 0));
    desk.press(Action::CaretLeft);
    assert_eq!(desk.cursor(), (5 + 2, 0));
    assert!(!desk.lines()[19].contains("活数"));
    assert_eq!(desk.text(), "新收{{requests.received.total}}件", "it is kept as written");
}

#[test]
fn keys_take_a_live_figure_whole() {
    let source = "{{requests.received.total + requests.received.total}}";
    let mut desk = desk_with_figures(&format!("甲{source}乙"));
    assert_eq!(desk.lines()[0], "     甲{166}乙");
    desk.press(Action::CaretTextEnd);
    desk.press(Action::CaretLeft);
    desk.press(Action::DeleteBack);
    assert_eq!(desk.text(), "甲乙");
    desk.undo();
    assert_eq!(desk.lines()[0], "     甲{166}乙");
    desk.press(Action::CaretTextStart);
    desk.press(Action::CaretRight);
    desk.press(Action::SelectRight);
    assert!(matches!(desk.press(Action::Copy), Flow::Copy(text) if text == source));
    desk.press(Action::DeleteForward);
    assert_eq!(desk.text(), "甲乙");
    let pasted = desk.tab.paste(source, &desk.session);
    desk.take(&pasted);
    assert_eq!(desk.lines()[0], "     甲{166}乙");
}

#[test]
fn live_figures_have_roles_of_their_own() {
    let mut desk =
        desk_with_figures("甲{{requests.received.total}}乙{{requests.granted.total}}丙{{abc}}丁{{growth(");
    let roles = |desk: &Desk, found: bool| {
        let editor = desk.tab.editor.as_ref().unwrap();
        let row = &editor.visible_rows(&desk.tab.wrapped, 0, 1)[0];
        page::line(row, &desk.tab.figures[0], found)
    };
    let expected = |figure: Role| {
        let line =
            Line::of(Role::Text, "    ").add(Role::Text, "甲").add(figure, "{83}").add(Role::Text, "乙");
        let line =
            line.add(Role::WarningMark, "{未填}").add(Role::Text, "丙").add(Role::ErrorMark, "{{abc}}");
        line.add(Role::Text, "丁").add(Role::ErrorMark, "{{growth(")
    };
    assert_eq!(roles(&desk, false), expected(Role::Live));
    desk.press(Action::CaretRight);
    desk.press(Action::SelectRight);
    assert_eq!(roles(&desk, false), expected(Role::Selection));
    desk.press(Action::CaretTextEnd);
    assert!(desk.lines()[19].starts_with("活数有误：缺少后面的两个花括号 }}"), "{}", desk.lines()[19]);
    for _ in 0.."丁{{growth(".chars().count() {
        desk.press(Action::CaretLeft);
    }
    assert!(desk.lines()[19].starts_with("活数有误：没有“abc”这一格"), "{}", desk.lines()[19]);
    for _ in 0.."丙{{abc}}".chars().count() {
        desk.press(Action::CaretLeft);
    }
    assert!(
        desk.lines()[19].starts_with("活数无数可显：“三（一）予以公开·总计”还没有填，或不是.."),
        "{}",
        desk.lines()[19]
    );
}

#[test]
fn live_figures_wrap_as_their_value_and_are_never_cut() {
    let mut desk = desk_with_figures(&format!("{}{{{{requests.received.total}}}}完", "公".repeat(35)));
    // The indent and 35 characters leave 4 of the 78 columns for text.
    assert_eq!(desk.lines()[0], format!("     {}{{83}}", "公".repeat(35)));
    assert_eq!(desk.lines()[1], " 完");
    put(&mut desk.session, "requests.received.natural", "8300");
    desk.settle();
    assert_eq!(desk.lines()[1], " {8300}完");
    assert_eq!(desk.text().matches("{{").count(), 1);
}

#[test]
fn two_braces_open_the_list() {
    let mut desk = desk_with_figures("新收");
    desk.press(Action::CaretTextEnd);
    assert!(matches!(desk.press(Action::Type('{')), Flow::Edit { joins: false, .. }));
    let flow = desk.press(Action::Type('{'));
    assert!(matches!(&flow, Flow::Open { edit: Some((_, true)), .. }), "{flow:?}");
    let mut full = desk_with_figures("");
    full.press(Action::Type('｛'));
    assert!(matches!(full.press(Action::Type('｛')), Flow::Open { .. }));
    let mut third = desk_with_figures("{{");
    third.press(Action::CaretTextEnd);
    assert!(matches!(third.press(Action::Type('{')), Flow::Edit { .. }), "three braces open nothing");
}

#[test]
fn a_long_section_with_many_live_figures_stays_quick() {
    let sentence = format!("{}{{{{requests.received.total}}}}件。", "公开".repeat(10));
    let text = sentence.repeat(20_000 / 23);
    let mut desk = desk_with_figures(&text);
    let begin = std::time::Instant::now();
    desk.press(Action::CaretTextEnd);
    for _ in 0..10 {
        desk.press(Action::Type('字'));
    }
    assert_eq!(desk.lines().len(), 20);
    // A build for tests takes some milliseconds for a key; squared it would be minutes.
    assert!(begin.elapsed().as_secs() < 20, "{:?}", begin.elapsed());
}
