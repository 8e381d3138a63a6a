use ratatui::layout::Rect;

use super::*;
use crate::model::Figure;
use crate::tui::flow::Flow;
use crate::tui::tab::testing::session;

const SETTINGS: Settings =
    Settings { enter: crate::tui::context::EnterDirection::Right, control_totals: false, autosave: false };

/// The table of section 三 of a new report, with the session it works on.
struct Bench {
    session: Session,
    tab: GridTab,
    settings: Settings,
    notice: Option<Notice>,
}

impl Bench {
    fn new() -> Self {
        let session = session();
        let table = session.form().sections.iter().filter_map(|section| section.table).nth(1).unwrap();
        let mut bench = Self { tab: GridTab::new(table), session, settings: SETTINGS, notice: None };
        bench.settle(80, 20);
        bench
    }

    fn settle(&mut self, width: u16, height: u16) {
        self.tab.settle(&self.session, Rect::new(0, 0, width, height), Policy::Narrow, width >= 100);
    }

    fn at(&mut self, path: &str) -> &mut Self {
        let Some(Place::Cell(cell)) = self.session.form().place(path) else { panic!("no cell {path}") };
        let form = Arc::clone(self.session.form());
        self.tab.go(&form, cell);
        self
    }

    fn follow(&mut self, flow: Flow) {
        let edit = match flow {
            Flow::Edit { edit, .. } | Flow::LastEdit(edit) => Some(edit),
            Flow::EditAndTell(edit, notice) => {
                self.notice = Some(notice);
                Some(edit)
            }
            Flow::Tell(notice) => {
                self.notice = Some(notice);
                None
            }
            _ => None,
        };
        if let Some(edit) = edit {
            self.session.apply(&edit, None).unwrap();
        }
        self.settle(80, 20);
    }

    fn act(&mut self, action: Action) -> &mut Self {
        let flow = self.tab.on(action, &self.session, self.settings);
        self.follow(flow);
        self
    }

    fn type_text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.act(Action::Type(c));
        }
        self
    }

    fn paste(&mut self, text: &str) -> &mut Self {
        let flow = self.tab.paste(text, &self.session);
        self.follow(flow);
        self
    }

    #[track_caller]
    fn is(&mut self, path: &str, shown: &str) -> &mut Self {
        let place = self.session.form().place(path).unwrap();
        assert_eq!(self.session.shown(place), shown, "{path}");
        self
    }

    #[track_caller]
    fn stands_at(&mut self, path: &str) -> &mut Self {
        let place = self.tab.place(&self.session).unwrap();
        assert_eq!(self.session.form().path(place), path);
        self
    }
}

#[test]
fn every_digit_counts_and_escape_gives_the_old_value_back() {
    let mut bench = Bench::new();
    bench.at("requests.received.natural").type_text("82").act(Action::CommitNext);
    bench.at("requests.received.natural").type_text("8").is("requests.received.total", "8");
    bench.type_text("3").is("requests.received.total", "83");
    bench.act(Action::Cancel).is("requests.received.natural", "82").stands_at("requests.received.natural");
}

#[test]
fn enter_goes_right_passes_totals_and_turns_to_the_next_row() {
    let mut bench = Bench::new();
    bench.at("requests.received.other_org").type_text("1").act(Action::CommitNext);
    bench.stands_at("requests.carried_in.natural");
    bench.act(Action::CommitPrevious).stands_at("requests.received.other_org");
    bench.settings.control_totals = true;
    bench.act(Action::CommitNext).stands_at("requests.received.total");
    bench.settings.control_totals = false;
    bench.settings.enter = crate::tui::context::EnterDirection::Down;
    bench.at("requests.received.natural").act(Action::CommitNext).stands_at("requests.carried_in.natural");
}

#[test]
fn a_figure_typed_over_a_total_is_stated() {
    let mut bench = Bench::new();
    bench.at("requests.received.natural").type_text("5").act(Action::CommitNext);
    bench.at("requests.received.total").type_text("6");
    let Some(Place::Cell(cell)) = bench.session.form().place("requests.received.total") else { panic!() };
    assert_eq!(bench.session.report().stated(cell), &Figure::Number(6));
    bench.is("requests.received.total", "5");
    bench.act(Action::ClearCell);
    assert_eq!(bench.session.report().stated(cell), &Figure::Blank);
}

#[test]
fn sums_full_width_digits_and_words_are_understood_or_kept() {
    let mut bench = Bench::new();
    bench.at("requests.received.natural").type_text("12+").is("requests.received.natural", "12");
    bench.type_text("7").is("requests.received.natural", "19");
    bench.act(Action::CommitNext).type_text("１２，３４５").act(Action::CommitNext);
    bench.is("requests.received.business", "12345");
    bench.type_text("无").act(Action::CommitNext).is("requests.received.research", "无");
    bench.at("requests.received.welfare").type_text("12+").act(Action::CommitNext);
    bench.is("requests.received.welfare", "12+").stands_at("requests.received.legal");
}

#[test]
fn a_slash_behind_a_figure_fills_the_rest_of_the_row() {
    let mut bench = Bench::new();
    bench.at("requests.received.natural").type_text("21/");
    bench.is("requests.received.natural", "21").is("requests.received.business", "0");
    bench.is("requests.received.other_org", "0").is("requests.received.total", "21");
    bench.stands_at("requests.carried_in.natural");
    bench
        .act(Action::ZeroRestOfRow)
        .is("requests.carried_in.natural", "0")
        .stands_at("requests.granted.natural");
}

#[test]
fn blanks_of_a_table_and_of_the_report_are_filled_and_nothing_else() {
    let mut bench = Bench::new();
    bench.at("requests.received.natural").type_text("21").act(Action::CommitNext);
    bench.act(Action::ZeroTable).is("requests.received.natural", "21").is("requests.carried_out.legal", "0");
    bench.is("remedies.reconsideration.upheld", "");
    bench.act(Action::ZeroReport).is("remedies.reconsideration.upheld", "0");
    bench.act(Action::ZeroReport);
    assert!(bench.notice.as_ref().unwrap().text.contains("没有空格"));
}

#[test]
fn a_block_goes_in_as_one_change_and_what_does_not_fit_is_told() {
    let mut bench = Bench::new();
    bench.at("requests.received.legal").paste("1\t2\t3\t4\n5\t无\t\t\r\n");
    bench.is("requests.received.legal", "1").is("requests.received.other_org", "2");
    bench.is("requests.carried_in.legal", "5").is("requests.carried_in.other_org", "无");
    let told = &bench.notice.as_ref().unwrap().text;
    assert!(
        told.contains("已粘贴 5 个数") && told.contains("1 格不是数字") && told.contains("1 个超出表格"),
        "{told}"
    );
    // The third column lies over the totals, and is stated.
    let Some(Place::Cell(total)) = bench.session.form().place("requests.received.total") else { panic!() };
    assert_eq!(bench.session.report().stated(total), &Figure::Number(3));
    bench.session.undo();
    bench.is("requests.received.legal", "");
}

#[test]
fn labels_at_the_left_of_a_block_are_left_out() {
    let mut bench = Bench::new();
    bench.at("requests.received.natural").paste("一、本年新收\t21\t0\n二、上年结转\t3\t0");
    bench.is("requests.received.natural", "21").is("requests.carried_in.natural", "3");
    assert!(bench.notice.as_ref().unwrap().text.contains("左边 1 列是文字"));
}

#[test]
fn signs_in_words_and_none_are_no_labels() {
    let mut bench = Bench::new();
    bench.at("requests.received.natural").paste("减4\t5\n无\t6");
    bench.is("requests.received.natural", "-4").is("requests.received.business", "5");
    bench.is("requests.carried_in.natural", "无").is("requests.carried_in.business", "6");
}

#[test]
fn rows_find_their_labels_and_heads_take_no_row() {
    let mut bench = Bench::new();
    bench.at("requests.received.natural").paste(
        "申请人情况\t自然人\t商业企业\n四、结转下年度继续办理\t3\t4\n（一）予以公开\t8\t9\n1.属于国家秘密\t1\t2\n第二十条",
    );
    bench.is("requests.carried_out.natural", "3").is("requests.carried_out.business", "4");
    bench.is("requests.granted.natural", "8").is("requests.denied_state_secret.business", "2");
    bench.is("requests.received.natural", "");
    assert!(bench.notice.as_ref().unwrap().text.contains("已粘贴 6 个数"));
}

#[test]
fn a_sign_alone_is_nothing_yet() {
    let mut bench = Bench::new();
    bench.at("requests.received.natural").type_text("-").is("requests.received.natural", "");
    bench.type_text("3").is("requests.received.natural", "-3");
    bench.at("requests.received.business").type_text("-").act(Action::CommitNext);
    bench.is("requests.received.business", "-");
}

#[test]
fn the_cell_above_is_copied() {
    let mut bench = Bench::new();
    bench.act(Action::DuplicateFromAbove);
    assert!(bench.notice.is_some());
    bench.at("requests.received.natural").type_text("21").act(Action::CommitNext);
    bench
        .at("requests.carried_in.natural")
        .act(Action::DuplicateFromAbove)
        .is("requests.carried_in.natural", "21");
}

#[test]
fn moves_stay_inside_the_table_and_find_blanks() {
    let mut bench = Bench::new();
    bench.act(Action::MoveUp).act(Action::MoveLeft).stands_at("requests.received.natural");
    bench.act(Action::TableEnd).stands_at("requests.carried_out.other_org");
    bench.act(Action::MoveRight).stands_at("requests.carried_out.total").act(Action::MoveRight);
    bench
        .stands_at("requests.carried_out.total")
        .act(Action::RowStart)
        .stands_at("requests.carried_out.natural");
    bench.act(Action::TableStart).type_text("1").act(Action::CommitNext).act(Action::TableStart);
    bench.act(Action::NextBlank).stands_at("requests.received.business");
    bench.act(Action::PageDown).act(Action::PageDown).act(Action::PageDown).act(Action::PageDown);
    bench.stands_at("requests.carried_out.business");
}

#[test]
fn no_size_panics_and_the_cursor_stays_in_sight() {
    let mut bench = Bench::new();
    for width in [0, 1, 2, 20, 37, 60, 80, 120, 200] {
        for height in [0, 1, 2, 5, 12, 18, 38, 60] {
            for path in
                ["requests.received.natural", "requests.outcome_total.total", "requests.carried_out.legal"]
            {
                bench.at(path);
                bench.settle(width, height);
                if bench.tab.solved.area.height > 0 {
                    let line = bench
                        .tab
                        .solved
                        .layout
                        .line_of(bench.tab.cursor.block, bench.tab.cursor.row)
                        .unwrap();
                    let (top, height) = (bench.tab.top, usize::from(bench.tab.solved.area.height));
                    assert!(line >= top && line < top + height, "{width}×{height} {path}");
                }
            }
        }
    }
}

#[test]
fn narrow_windows_scroll_sideways() {
    let mut bench = Bench::new();
    bench.at("requests.received.total");
    bench.settle(60, 16);
    let room = 60 - bench.tab.solved.layout.label_width;
    let sight = bench.tab.solved.layout.columns_in_sight(bench.tab.left, room);
    assert!(sight.contains(&6), "{sight:?}");
    bench.at("requests.received.natural");
    bench.settle(60, 16);
    assert_eq!(bench.tab.left, 0);
}

#[test]
fn a_number_with_words_is_taken_apart_by_one_key() {
    let mut bench = Bench::new();
    bench.at("requests.received.natural").type_text("22（其中修订16件）");
    bench.is("requests.received.natural", "22（其中修订16件）").act(Action::ApplyFix);
    bench.is("requests.received.natural", "22");
    let Some(Place::Cell(cell)) = bench.session.form().place("requests.received.natural") else { panic!() };
    assert_eq!(bench.session.report().note(cell), "其中修订16件");
    assert!(bench.notice.as_ref().unwrap().text.contains("其中修订16件"));
    assert!(bench.tab.entry.is_none());
    bench.type_text("23（退回1件）").act(Action::ApplyFix).is("requests.received.natural", "23");
    assert_eq!(bench.session.report().note(cell), "其中修订16件；退回1件");
    bench.session.undo();
    assert_eq!(bench.session.report().note(cell), "其中修订16件");
    bench.act(Action::ClearCell).type_text("251000元").act(Action::ApplyFix);
    bench.is("requests.received.natural", "251000元");
    assert!(bench.notice.as_ref().unwrap().text.contains("没有可以一键改正"));
}
