use super::*;
use crate::model::Visit;
use crate::tui::tab::testing::{SIZES, painted, put, session};

/// A cover with its report, and the visit at hand, kept as the app keeps it.
struct Desk {
    session: Session,
    tab: CoverTab,
    visit: Option<Visit>,
    size: (u16, u16),
}

impl Desk {
    fn new() -> Self {
        let mut desk = Self { session: session(), tab: CoverTab::new(), visit: None, size: (80, 20) };
        desk.settle();
        desk
    }

    fn at(path: &str) -> Self {
        let mut desk = Self::new();
        let Some(Place::Fact(fact)) = desk.session.form().place(path) else { panic!("no {path}") };
        desk.tab.go(fact);
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
            Flow::Done => {}
            _ => self.visit = None,
        }
        self.settle();
    }

    fn type_all(&mut self, text: &str) {
        for c in text.chars() {
            self.press(Action::Type(c));
        }
    }

    fn undo(&mut self) {
        self.visit = None;
        self.session.undo();
        self.settle();
    }

    fn value(&self, path: &str) -> String {
        self.session.shown(self.session.form().place(path).unwrap())
    }

    fn lines(&self) -> Vec<String> {
        painted(&self.session, self.size, |view, area, picture| self.tab.view(view, area, picture)).0
    }

    fn cursor(&self) -> (u16, u16) {
        let paint = |view: &View<'_>, area, picture: &mut Picture| self.tab.view(view, area, picture);
        let at = painted(&self.session, self.size, paint).1.unwrap();
        (at.x, at.y)
    }
}

#[test]
fn fields_hints_findings_and_the_title_are_shown() {
    let mut desk = Desk::new();
    let lines = desk.lines();
    assert_eq!(lines[0], ">  编制单位    沂源县人民政府");
    assert_eq!(lines[1], "               单位全称，与公章一致。");
    assert_eq!(lines[2], " ! 单位层级    未填写");
    assert!(
        lines.contains(&"   报告标题    沂源县人民政府2023年政府信息公开工作年度报告".to_owned()),
        "{lines:#?}"
    );
    assert!(lines.contains(&"   格式        2021格式（国办公开办函〔2021〕30号）".to_owned()), "{lines:#?}");
    assert!(lines.contains(&"   适用        2021年度起的报告".to_owned()), "{lines:#?}");
    put(&mut desk.session, "cover.year", "20201");
    desk.settle();
    let lines = desk.lines();
    assert!(lines.contains(&" ! 报告年度    20201".to_owned()), "{lines:#?}");
    assert!(lines.iter().any(|line| line.contains("强制：封面“报告年度”写的是“20201”")), "{lines:#?}");
}

#[test]
fn typing_replaces_shows_at_once_and_is_one_step_of_undo() {
    let mut desk = Desk::new();
    desk.type_all("乙县");
    assert_eq!(desk.value("cover.unit"), "乙县");
    assert_eq!(desk.cursor(), (15 + 4, 0));
    desk.press(Action::DeleteBack);
    assert_eq!(desk.value("cover.unit"), "乙");
    assert!(desk.lines().iter().any(|line| line.ends_with("乙2023年政府信息公开工作年度报告")));
    assert!(matches!(desk.press(Action::CommitNext), Flow::Left));
    desk.press(Action::PreviousCell);
    desk.type_all("丙");
    assert_eq!(desk.session.history_depth().0, 2);
    desk.undo();
    assert_eq!(desk.value("cover.unit"), "乙");
    assert_eq!(desk.lines()[0], ">  编制单位    乙");
    desk.undo();
    assert_eq!(desk.value("cover.unit"), "沂源县人民政府");
    desk.type_all("丁");
    assert_eq!(desk.value("cover.unit"), "丁", "after undo the next key replaces again");
}

#[test]
fn escape_gives_the_old_value_back_and_leaves_no_step() {
    let mut desk = Desk::at("cover.contact");
    desk.type_all("电话 1234");
    assert_eq!(desk.value("cover.contact"), "电话 1234");
    desk.press(Action::Cancel);
    assert_eq!(desk.value("cover.contact"), "");
    assert_eq!(desk.session.history_depth().0, 0);
    assert!(matches!(desk.press(Action::Cancel), Flow::Ignored));
}

#[test]
fn a_value_can_be_changed_instead_of_replaced() {
    let mut desk = Desk::new();
    assert!(matches!(desk.press(Action::CaretLeft), Flow::Done));
    desk.type_all("级");
    assert_eq!(desk.value("cover.unit"), "沂源县人民政级府");
    let mut desk = Desk::at("cover.period_to");
    desk.press(Action::EditCell);
    desk.press(Action::DeleteBack);
    desk.type_all("0");
    assert_eq!(desk.value("cover.period_to"), "2023-12-30");
}

#[test]
fn a_choice_takes_digits_arrows_and_names() {
    let mut desk = Desk::at("cover.level");
    let lines = desk.lines();
    assert!(lines.iter().any(|line| line.ends_with(" 6 县级政府")), "{lines:#?}");
    desk.press(Action::Type('6'));
    assert_eq!(desk.value("cover.level"), "county");
    desk.press(Action::Type('８'));
    assert_eq!(desk.value("cover.level"), "township");
    desk.press(Action::CaretRight);
    assert_eq!(desk.value("cover.level"), "township", "no way round at the end");
    desk.press(Action::CaretLeft);
    assert_eq!(desk.value("cover.level"), "county_dept");
    assert_eq!(desk.session.history_depth().0, 1);
    let lines = desk.lines();
    assert!(lines.iter().any(|line| line.starts_with(">  单位层级    县级政府部门")), "{lines:#?}");
    assert!(lines.iter().any(|line| line.contains("*7 县级政府部门")), "{lines:#?}");
    assert!(matches!(desk.press(Action::Type('9')), Flow::Tell(_)));
    assert!(matches!(desk.press(Action::Type('县')), Flow::Tell(_)));
    assert!(matches!(desk.press(Action::CommitNext), Flow::Choose(_)));
    assert!(matches!(desk.press(Action::EditCell), Flow::Choose(_)));
    assert!(matches!(desk.press(Action::Copy), Flow::Copy(text) if text == "县级政府部门"));
    let pasted = desk.tab.paste("县级政府\n", &desk.session);
    desk.take(&pasted);
    assert_eq!(desk.value("cover.level"), "county");
    assert!(matches!(desk.press(Action::NextCell), Flow::Left));
    assert_eq!(desk.tab.place(&desk.session), desk.session.form().place("cover.year"));
}

#[test]
fn paste_and_cut_move_whole_lines() {
    let mut desk = Desk::at("cover.contact");
    let pasted = desk.tab.paste("某街\n1号\u{7}", &desk.session);
    desk.take(&pasted);
    assert_eq!(desk.value("cover.contact"), "某街 1号");
    let Flow::Cut(text, edit) = desk.press(Action::Cut) else { panic!("not cut") };
    assert_eq!(text, "某街 1号");
    desk.session.apply(&edit, None).unwrap();
    desk.settle();
    assert_eq!(desk.value("cover.contact"), "");
}

#[test]
fn a_small_window_scrolls_to_the_field_and_to_what_stands_below_the_last() {
    let mut desk = Desk::new();
    desk.size = (60, 12);
    desk.settle();
    for _ in 0..20 {
        let at = desk.cursor();
        assert!(desk.lines()[usize::from(at.1)].starts_with('>'));
        desk.press(Action::MoveDown);
    }
    assert!(desk.lines().iter().any(|line| line.starts_with("   适用")), "{:#?}", desk.lines());
    for _ in 0..20 {
        desk.press(Action::MoveUp);
    }
    assert!(desk.lines()[0].starts_with(">  编制单位"));
}

#[test]
fn a_long_value_shows_the_part_with_the_caret() {
    let mut desk = Desk::at("cover.contact");
    desk.size = (40, 12);
    desk.settle();
    desk.type_all("一二三四五六七八九十一二三四五六七八九终");
    let (x, y) = desk.cursor();
    assert!(desk.lines()[usize::from(y)].ends_with('终'), "{:#?}", desk.lines());
    assert!((36..40).contains(&x), "{x}");
    desk.press(Action::CaretLineStart);
    assert_eq!(desk.cursor(), (15, y));
    put(&mut desk.session, "cover.contact", "甲\u{202e}乙");
    desk.settle();
    assert!(desk.lines()[usize::from(y)].contains("甲<U+202E>乙"));
    assert_eq!(desk.cursor().0, 15 + 12);
}

#[test]
fn no_size_is_too_small() {
    let mut desk = Desk::new();
    for size in SIZES {
        desk.size = size;
        desk.tab.go(FactId::new(0));
        desk.settle();
        for action in
            [Action::Type('长'), Action::CaretLeft, Action::MoveDown, Action::CaretRight, Action::TableEnd]
        {
            desk.press(action);
            assert_eq!(desk.lines().len(), usize::from(size.1));
        }
    }
    desk.tab.go(FactId::new(99));
    desk.settle();
    assert!(desk.tab.place(&desk.session).is_some(), "a fact that is not there is the last one");
}
