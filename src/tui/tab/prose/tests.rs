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
            Flow::Cut(_, edit) => {
                self.visit = None;
                self.session.apply(edit, None).unwrap();
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
    assert_eq!(page::line(&rows[0], true), pieces(Role::Match));
    assert_eq!(page::line(&rows[0], false), pieces(Role::Selection));
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
    let mut desk = Desk::with("（一）甲“乙”word\u{7}\n\n　　丙丁戊己庚辛壬癸，子丑寅卯。");
    for size in SIZES {
        desk.size = size;
        desk.settle();
        for action in [
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
