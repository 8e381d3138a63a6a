use ratatui::layout::Position as Cell;

use super::*;
use crate::model::Visit;
use crate::tui::editor::{Direction, Hit, LIMIT};
use crate::tui::flow::{Search, Tally};
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
    assert!(lines[19].ends_with("0 字（约 1,000 字以内）  第 1 行第 1 字"), "{lines:#?}");
    assert_eq!(desk.cursor(), (5, 0));
    desk.type_all("县");
    assert_eq!(desk.text(), "县");
    let lines = desk.lines();
    assert_eq!(lines[0], "     县");
    assert!(
        lines[19].starts_with("主动公开、")
            && lines[19].ends_with("  1 字（约 1,000 字以内）  第 1 行第 2 字"),
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
    let Flow::EditAndTell(edit, notice) = &pasted else { panic!("{pasted:?}") };
    assert_eq!(notice.text, "已粘贴 2 字；去掉 1 个不可见字符。");
    desk.visit = None;
    desk.session.apply(edit, None).unwrap();
    desk.settle();
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

fn caret(desk: &Desk) -> usize {
    desk.tab.editor.as_ref().unwrap().caret_offset()
}

impl Desk {
    fn search(&mut self, search: &Search) -> Flow {
        let flow = self.tab.search(search, &self.session);
        match &flow {
            Flow::EditAndTell(edit, _) => self.session.apply(edit, None).unwrap(),
            other => self.take(other),
        }
        self.settle();
        flow
    }

    fn tally(&self) -> (Option<usize>, usize, Option<Direction>) {
        let Tally { at, count, around, .. } = self.tab.tally().unwrap();
        (at, count, around)
    }
}

fn show(query: &str) -> Search {
    Search::Show(query.into())
}

#[test]
fn a_search_marks_all_counts_goes_round_and_leads_back() {
    let mut desk = Desk::with("公开一\n公开二\n３公开");
    desk.press(Action::CaretDown);
    desk.search(&show("公"));
    desk.search(&show("公开"));
    assert_eq!(desk.tally(), (Some(2), 3, None), "from where one was");
    let next = || Search::On("公开".into(), Direction::Next);
    desk.search(&next());
    assert_eq!(desk.tally(), (Some(3), 3, None));
    desk.search(&next());
    assert_eq!(desk.tally(), (Some(1), 3, Some(Direction::Next)));
    desk.search(&Search::On("公开".into(), Direction::Previous));
    assert_eq!(desk.tally(), (Some(3), 3, Some(Direction::Previous)));
    desk.search(&show("保密"));
    assert_eq!((desk.tally(), caret(&desk)), ((None, 0, None), 10));
    desk.search(&show("3"));
    assert_eq!(desk.tally(), (Some(1), 1, None), "whatever the width");
    desk.search(&Search::Leave);
    assert_eq!((caret(&desk), desk.tab.tally().is_none()), (10, true));
    desk.search(&show("二"));
    desk.search(&Search::Stay);
    assert_eq!(caret(&desk), 19);
    desk.press(Action::CaretLeft);
    assert!(desk.tab.tally().is_none(), "marks go with the next key");
}

#[test]
fn replacing_one_by_one_is_a_step_each_and_leads_back_to_the_same_words() {
    let mut desk = Desk::with("甲公开乙公开丙公开");
    desk.press(Action::CaretTextEnd);
    desk.press(Action::CaretLeft);
    let origin = caret(&desk);
    desk.search(&show("公开"));
    assert_eq!(desk.tally(), (Some(1), 3, Some(Direction::Next)));
    let depth = desk.session.history_depth().0;
    desk.search(&Search::Replace("不公开了".into()));
    assert_eq!(desk.text(), "甲不公开了乙公开丙公开");
    assert_eq!(desk.tally().0, Some(2), "what was put in is passed over");
    desk.search(&Search::Replace(String::new()));
    assert_eq!(desk.text(), "甲不公开了乙丙公开");
    assert_eq!(desk.session.history_depth().0, depth + 2);
    desk.search(&Search::Leave);
    assert_eq!(caret(&desk), origin + 6 - 6);
    desk.undo();
    assert_eq!(desk.text(), "甲不公开了乙公开丙公开");
}

#[test]
fn replacing_all_is_one_step() {
    let mut desk = Desk::with("ABC甲abc\nａｂｃ乙");
    desk.search(&show("abc"));
    let flow = desk.search(&Search::ReplaceAll("丁".into()));
    assert!(matches!(flow, Flow::EditAndTell(_, notice) if notice.text.contains("已替换 3 处")));
    assert_eq!(desk.text(), "丁甲丁\n丁乙");
    assert_eq!((desk.session.history_depth().0, desk.tally().1), (2, 0), "the text itself and this");
    assert!(matches!(desk.search(&Search::ReplaceAll("丁".into())), Flow::Tell(_)));
    desk.undo();
    assert_eq!(desk.text(), "ABC甲abc\nａｂｃ乙");
    assert_eq!(desk.tally().1, 3, "what was taken back is found again");
}

/// A row in which there is nothing but what a search has hit.
fn seen(found: bool, hits: &[Hit]) -> page::Inked<'_> {
    page::Inked { hits, found, ..page::Inked::default() }
}

#[test]
fn selection_and_hits_have_roles_of_their_own() {
    let mut desk = Desk::with("甲乙丙乙\n丁");
    desk.search(&show("乙"));
    let editor = desk.tab.editor.as_ref().unwrap();
    let hits = &desk.tab.seeking.as_ref().unwrap().hits;
    let wrapped = Wrapped::new(editor.paragraphs(), 40, INDENT, |_| 2);
    let rows = editor.visible_rows(&wrapped, 0, 2);
    let pieces = |first, second| {
        let line = Line::of(Role::Text, "    ").add(Role::Text, "甲").add(first, "乙");
        line.add(Role::Text, "丙").add(second, "乙")
    };
    assert_eq!(page::line(&rows[0], &seen(true, hits)), pieces(Role::Match, Role::Related));
    let plain = Line::of(Role::Text, "    ").add(Role::Text, "甲").add(Role::Selection, "乙");
    assert_eq!(page::line(&rows[0], &seen(false, &[])), plain.add(Role::Text, "丙乙"));
    assert_eq!(page::line(&rows[1], &seen(true, hits)), Line::of(Role::Text, "    ").add(Role::Text, "丁"));
}

#[test]
fn a_paste_is_cleaned_told_and_one_step() {
    let mut desk = Desk::with("");
    let text = format!("{}\u{200b}\u{a0}完", "公".repeat(20_000));
    let flow = desk.tab.paste(&text, &desk.session);
    let Flow::EditAndTell(edit, notice) = &flow else { panic!("{flow:?}") };
    assert_eq!(notice.text, "已粘贴 20,001 字；去掉 1 个不可见字符，替换 1 个特殊空格。");
    desk.session.apply(edit, None).unwrap();
    desk.settle();
    assert_eq!(desk.text(), format!("{} 完", "公".repeat(20_000)));
    desk.undo();
    assert_eq!(desk.text(), "");
}

#[test]
fn what_an_input_method_hands_over_as_a_paste_counts_as_typed() {
    let mut desk = Desk::with("");
    desk.type_all("全年");
    for words in ["公开", "信息"] {
        let flow = desk.tab.paste(words, &desk.session);
        assert!(matches!(flow, Flow::Edit { joins: true, .. }), "{flow:?}");
        desk.take(&flow);
    }
    assert_eq!((desk.text(), desk.session.history_depth().0), ("全年公开信息", 1));
}

#[test]
fn a_pause_ends_a_step_of_undo() {
    let mut desk = Desk::with("");
    desk.type_all("甲乙");
    desk.tab.pause();
    desk.type_all("丙丁");
    desk.press(Action::DeleteBack);
    desk.press(Action::DeleteBack);
    assert_eq!(desk.text(), "甲乙");
    desk.undo();
    assert_eq!(desk.text(), "甲乙丙丁", "what is deleted is a step of its own");
    desk.undo();
    assert_eq!(desk.text(), "甲乙");
    desk.undo();
    assert_eq!(desk.text(), "");
}

#[test]
fn broken_lines_are_offered_to_be_joined() {
    let broken = format!("{}\n{}\n{}完。\n", "公".repeat(20), "开".repeat(20), "信".repeat(3));
    let mut desk = Desk::with("");
    assert!(matches!(desk.press(Action::JoinLines), Flow::Tell(notice) if notice.text.contains("选中")));
    let flow = desk.tab.paste(&broken, &desk.session);
    let Flow::EditAndTell(edit, notice) = &flow else { panic!("{flow:?}") };
    assert!(notice.text.contains("Alt-J"), "{}", notice.text);
    desk.session.apply(edit, None).unwrap();
    desk.settle();
    let flow = desk.press(Action::JoinLines);
    let Flow::EditAndTell(_, notice) = &flow else { panic!("{flow:?}") };
    assert_eq!(notice.text, "已把 3 行接成 1 段；按 ^Z 可以撤销。");
    assert_eq!(desk.text(), broken.replace('\n', "") + "\n");
    desk.undo();
    assert_eq!(desk.text(), broken);
    assert!(matches!(desk.press(Action::JoinLines), Flow::Tell(_)), "it is no longer what was just pasted");
    desk.press(Action::SelectAll);
    assert!(matches!(desk.press(Action::JoinLines), Flow::EditAndTell(..)));
}

#[test]
fn headings_are_listed_and_gone_through() {
    let mut desk = Desk::with("前言\n（一）主动公开。共12条\n正文\n1.平台\n（二）保障");
    desk.press(Action::NextHeading);
    assert_eq!(caret(&desk), 7);
    desk.press(Action::NextHeading);
    desk.press(Action::CaretRight);
    desk.press(Action::PreviousHeading);
    assert_eq!(desk.tab.editor.as_ref().unwrap().caret(), Position { paragraph: 3, byte: 0 });
    let Flow::Open { edit: None, overlay } = desk.press(Action::TextOutline) else { panic!("no list") };
    let Overlay::Outline(_) = *overlay else { panic!("no outline") };
    desk.press(Action::CaretTextEnd);
    assert!(matches!(desk.press(Action::NextHeading), Flow::Tell(_)));
    let mut plain = Desk::with("没有");
    assert!(matches!(plain.press(Action::TextOutline), Flow::Tell(_)));
    assert!(matches!(plain.press(Action::PreviousHeading), Flow::Tell(_)));
}

#[test]
fn the_status_counts_characters_and_what_is_selected() {
    let mut desk = Desk::with("共 12 件。");
    assert!(desk.lines()[19].ends_with("5 字（约 1,000 字以内）  第 1 行第 1 字"), "{:#?}", desk.lines());
    desk.press(Action::SelectWordRight);
    desk.press(Action::SelectWordRight);
    assert!(desk.lines()[19].contains("选中 3 字，共 5 字"), "{:#?}", desk.lines());
    let long = Desk::with(&"公".repeat(1004));
    assert!(long.lines()[19].contains("1,004 字，超出 4 字"), "{:#?}", long.lines());
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
    assert!(desk.lines()[19].ends_with("  5 字（约 1,000 字以内）  第 1 行第 1 字"), "{}", desk.lines()[19]);
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
        page::line(row, &page::Inked { figures: &desk.tab.figures[0], found, ..page::Inked::default() })
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
    assert!(desk.lines()[19].starts_with("活数无数可显：“三（一）予以公开·总"), "{}", desk.lines()[19]);
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
fn a_long_section_with_many_live_figures_takes_keys() {
    let sentence = format!("{}{{{{requests.received.total}}}}件。", "公开".repeat(10));
    let text = sentence.repeat(20_000 / 23);
    let mut desk = desk_with_figures(&text);
    desk.press(Action::CaretTextEnd);
    for _ in 0..10 {
        desk.press(Action::Type('字'));
    }
    assert_eq!(desk.lines().len(), 20);
}
