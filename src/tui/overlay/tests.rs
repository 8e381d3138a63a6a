use super::*;
use crate::assets;
use crate::exchange::Format;
use crate::model::{Edit, FactId, Figure, Report, TextId};
use crate::store::backup::Summary;
use crate::store::journal::differences;
use crate::store::moment::Moment;
use crate::tui::editor::{Direction, Within};
use crate::tui::flow::{Search, Tally, Then, Wish};
use crate::tui::notice::Notice;
use crate::tui::region::Stage;
use crate::tui::screen::Screen;
use crate::tui::theme::Theme;
use proptest::prelude::*;
use ratatui::layout::{Position, Size};

fn keymap() -> Keymap {
    Keymap::parse(assets::KEYS).unwrap()
}

fn desk(keymap: &Keymap, width: u16, height: u16) -> Desk<'_> {
    Desk { keymap, policy: Policy::Narrow, form: None, area: Rect::new(0, 0, width, height), caret_row: None }
}

fn shown(overlay: &mut Overlay, width: u16, height: u16) -> (Vec<String>, Option<Position>) {
    let keymap = keymap();
    let desk = desk(&keymap, width, height);
    overlay.settle(&desk);
    let mut picture = Picture::default();
    overlay.view(&desk, &mut picture);
    let (regions, cursor) = picture.into_parts();
    let mut screen = Screen::new(Size::new(width, height), Policy::Narrow);
    Stage::new().present(&mut screen, &Theme::plain(), regions);
    (screen.lines(), cursor)
}

fn text(overlay: &mut Overlay, width: u16, height: u16) -> String {
    shown(overlay, width, height).0.join("\n")
}

fn act(overlay: &mut Overlay, action: Action) -> OverlayFlow {
    let keymap = keymap();
    let desk = desk(&keymap, 80, 24);
    overlay.settle(&desk);
    overlay.on(action, &desk)
}

fn type_in(overlay: &mut Overlay, text: &str) {
    for c in text.chars() {
        act(overlay, Action::Type(c));
    }
}

fn wish(flow: OverlayFlow) -> Wish {
    match flow {
        OverlayFlow::Submit(wish) => wish,
        other => panic!("no wish: {other:?}"),
    }
}

fn forms() -> Vec<FormChoice> {
    vec![
        FormChoice { id: "2019".into(), name: "2019格式".into(), years: (2019, Some(2020)) },
        FormChoice { id: "2021".into(), name: "2021格式".into(), years: (2021, None) },
    ]
}

fn choices() -> Overlay {
    let options = (1..=11).map(|n| (format!("id{n}"), format!("选项{n}"))).collect();
    Overlay::Choice(ChoiceList::new("单位层级", FactId::new(1), options, "id3"))
}

fn many_differences() -> Differences {
    let form = Form::read(assets::FORMS[1].0, assets::FORMS[1].1).unwrap();
    let (old, mut new) = (Report::new(form.shape()), Report::new(form.shape()));
    for cell in form.all_cells().take(30) {
        new.apply(&Edit::Figure { cell, to: Figure::Number(12) }).unwrap();
    }
    let inserted = "很长的一段文字，".repeat(20);
    new.apply(&Edit::Text { text: TextId::new(0), at: 0, removed: String::new(), inserted }).unwrap();
    Differences::new(["屏幕上", "文件里"], &differences(&form, &old, &new))
}

fn backups() -> Backups {
    let summary = Summary {
        unit: "沂源县人民政府".into(),
        year: "2020".into(),
        filled: 166,
        gaps: 0,
        errors: 12,
        warnings: 0,
    };
    let held = |standing| Ok(Held { summary: summary.clone(), other: true, standing });
    let all = [
        held(Standing::Differs(many_differences(), Edit::Many(Vec::new()))),
        held(Standing::Same),
        held(Standing::OtherForm("2019格式".into())),
        Err("草稿有 3 处错误：\n不是草稿".into()),
    ];
    let earlier = all.into_iter().cycle().take(10).map(|held| Earlier { time: Moment::default(), held });
    Backups::new("某 县.ron", earlier.collect())
}

#[test]
fn each_backup_says_how_it_stands_and_what_can_be_done() {
    let mut list = Overlay::Backups(backups());
    let page = text(&mut list, 80, 24);
    for wanted in ["> ", "10  1970-01-01 08:00:00", "31处", "2020年度 沂源县", "下面还有", "回车退回"]
    {
        assert!(page.contains(wanted), "{wanted}\n{page}");
    }
    act(&mut list, Action::ListPageDown);
    assert_ne!(text(&mut list, 80, 24), page);
    for wanted in ["与屏幕上的完全相同。", "gouji restore \"某 县.ron\" 序号", "可以不管。"]
    {
        act(&mut list, Action::ListDown);
        let page = text(&mut list, 80, 24);
        assert!(page.contains(wanted) && !page.contains("回车退回"), "{wanted}\n{page}");
        assert!(
            matches!(act(&mut list, Action::Choose), OverlayFlow::Open(on_top) if matches!(*on_top, Overlay::Message(_)))
        );
    }
    act(&mut list, Action::ListDown);
    assert!(
        matches!(act(&mut list, Action::Choose), OverlayFlow::Open(on_top) if matches!(*on_top, Overlay::Confirm(_)))
    );
    assert!(matches!(act(&mut list, Action::Backups), OverlayFlow::Close));
}

fn left() -> Vec<LeftReport> {
    let report = |problem: Option<&str>| LeftReport {
        path: "/状态/20260713-161502-7.journal".into(),
        unit: if problem.is_some() {
            String::new()
        } else {
            "某县人民政府办公室的很长的名称".into()
        },
        year: "2020".into(),
        form: "2019格式".into(),
        edits: 4321,
        time: Some(Moment::default()),
        problem: problem.map(str::to_owned),
    };
    (0..30).map(|n| report((n % 3 == 2).then_some("恢复文件已损坏。"))).collect()
}

#[test]
fn a_report_is_opened_put_aside_or_explained() {
    let mut list = Overlay::Left(LeftReports::new(left()));
    let page = text(&mut list, 80, 24);
    for wanted in ["有 30 份报告", "> 某县人民政府", "4321处  1970-01-01 08:00:00", "Del搁置  Esc以后再说"]
    {
        assert!(page.contains(wanted), "{wanted}\n{page}");
    }
    assert_eq!(wish(act(&mut list, Action::Choose)), Wish::Adopt("/状态/20260713-161502-7.journal".into()));
    act(&mut list, Action::ListLast);
    assert!(text(&mut list, 80, 24).contains("恢复文件已损坏。文件：20260713-161502-7.journal"));
    for (action, title) in [(Action::Choose, "不能恢复"), (Action::PutAside, "搁置报告")] {
        let OverlayFlow::Open(mut on_top) = act(&mut list, action) else { panic!("{action:?}") };
        assert!(text(&mut on_top, 80, 24).contains(title));
    }
    assert!(matches!(act(&mut list, Action::Cancel), OverlayFlow::Close));
}

fn every_kind() -> Vec<Overlay> {
    let mut listed = Overlay::File(FilePrompt::open("/报告/很长的名字".into(), Some("/家".into())));
    let names = (0..40).map(|n| Entry { name: format!("文件{n}.ron"), is_folder: n % 3 == 0 }).collect();
    listed.listed("/报告/很长的名字".into(), Ok(names));
    vec![
        Overlay::Help(Help::new()),
        Overlay::Palette(Palette::new()),
        Overlay::Confirm(Confirm::unsaved(Then::Quit)),
        Overlay::Confirm(Confirm::replace("/报告/县.ron".into(), Then::Stay)),
        Overlay::File(FilePrompt::export("/报告".into(), None, "县-2020", Format::Docx)),
        Overlay::Export(ExportMenu::new()),
        Overlay::File(FilePrompt::import("/报告".into(), None)),
        Overlay::Review(Review::asking(review::tests::origin())),
        Overlay::Review(Review::again(review::tests::origin())),
        Overlay::File(FilePrompt::save("/报告".into(), None, "县-2020.ron", Then::Stay)),
        listed,
        Overlay::New(NewReport::new(forms(), Some(2024))),
        choices(),
        Overlay::Find(FindPanel::new("公开", false)),
        Overlay::Find(FindPanel::new("", true)),
        headings(),
        Overlay::Message(Message::new("说明", "第一行\n第二行很长".repeat(40))),
        Overlay::Comparison(Comparison::new("比较", "有 30 处不同：", many_differences())),
        Overlay::Backups(backups()),
        Overlay::Left(LeftReports::new(left())),
    ]
}

#[test]
fn help_shows_keys_then_the_width_test_then_the_manual() {
    let mut help = Overlay::Help(Help::new());
    let page = text(&mut help, 80, 400);
    let place = |wanted: &str| page.find(wanted).unwrap_or_else(|| panic!("{wanted} in\n{page}"));
    assert!(place("键：录入") < place("键：窗口"));
    assert!(place("键：窗口") < place("切换字符宽度"));
    assert!(place("切换字符宽度") < page.rfind("使用手册").unwrap());
    for wanted in ["行末补零  / 、 ÷", "F10 ^Q Esc(开始)", "Alt+W", "保存      ^S"] {
        place(wanted);
    }
    for line in page.lines() {
        assert!(!line.contains("**") && !line.starts_with("| #"), "{line}");
    }
}

#[test]
fn the_bars_of_the_width_test_align() {
    for policy in [Policy::Narrow, Policy::Wide] {
        let keymap = keymap();
        let desk = Desk { policy, ..desk(&keymap, 80, 400) };
        let mut help = Overlay::Help(Help::new());
        help.settle(&desk);
        let mut picture = Picture::default();
        help.view(&desk, &mut picture);
        let mut screen = Screen::new(Size::new(80, 400), policy);
        Stage::new().present(&mut screen, &Theme::plain(), picture.into_parts().0);
        let rows = screen.lines();
        let at = rows.iter().position(|row| row.contains("===|")).unwrap();
        let column = |row: &str| policy.measure(row[..row.rfind("| ").unwrap()].trim_end());
        assert_eq!(column(&rows[at]), column(&rows[at - 1]), "{}\n{}", rows[at - 1], rows[at]);
    }
}

#[test]
fn help_scrolls_and_closes() {
    let mut help = Overlay::Help(Help::new());
    let first = text(&mut help, 60, 16);
    assert!(first.contains("键：录入"));
    assert!(matches!(act(&mut help, Action::ListPageDown), OverlayFlow::Done));
    assert_ne!(text(&mut help, 60, 16), first);
    act(&mut help, Action::ListLast);
    act(&mut help, Action::ListFirst);
    assert_eq!(text(&mut help, 60, 16), first);
    assert!(matches!(act(&mut help, Action::Cancel), OverlayFlow::Close));
}

#[test]
fn help_leaves_out_what_has_no_key_and_no_command() {
    let sparse =
        Keymap::parse("[(context: \"global\", bindings: [(keys: [\"f9\"], action: \"palette\")])]").unwrap();
    let mut help = Overlay::Help(Help::new());
    let desk = desk(&sparse, 80, 300);
    help.settle(&desk);
    let mut picture = Picture::default();
    help.view(&desk, &mut picture);
    let mut screen = Screen::new(Size::new(80, 300), Policy::Narrow);
    Stage::new().present(&mut screen, &Theme::plain(), picture.into_parts().0);
    let page = screen.lines().join("\n");
    assert!(page.contains("保存      在F9中") && !page.contains("键：光标"), "{page}");
}

#[test]
fn the_palette_finds_by_name_initials_id_and_description() {
    for (query, action) in [
        ("另存", Action::SaveAs),
        ("hdhj", Action::ToggleControlTotals),
        ("ＬＣ", Action::SaveAs),
        ("zero_report", Action::ZeroReport),
        ("随程序附带", Action::OpenSample),
        ("  撤  销 ", Action::Undo),
    ] {
        let mut palette = Overlay::Palette(Palette::new());
        type_in(&mut palette, query);
        assert_eq!(wish(act(&mut palette, Action::Choose)), Wish::Run(action), "{query}");
    }
}

#[test]
fn the_palette_moves_and_says_when_there_is_nothing() {
    let mut palette = Overlay::Palette(Palette::new());
    let first = wish(act(&mut palette, Action::Choose));
    act(&mut palette, Action::ListDown);
    assert_ne!(wish(act(&mut palette, Action::Choose)), first);
    let (lines, cursor) = shown(&mut palette, 60, 16);
    let all = lines.join("\n");
    assert!(all.contains("查找") && all.contains("^Y") | all.contains("F2"), "{all}");
    assert!(cursor.is_some());
    type_in(&mut palette, "没有的命令");
    assert!(text(&mut palette, 60, 16).contains("没有这样的命令"));
    assert!(matches!(act(&mut palette, Action::Choose), OverlayFlow::Done));
    assert!(matches!(act(&mut palette, Action::Palette), OverlayFlow::Close));
}

#[test]
fn unsaved_changes_are_saved_given_up_or_kept() {
    let mut confirm = Overlay::Confirm(Confirm::unsaved(Then::Quit));
    let page = text(&mut confirm, 60, 16);
    for wanted in ["有尚未保存的改动。", "> 保存 <", "[ 不保存 ]", "[ 取消 ]", "Alt+Y", "Esc取消"]
    {
        assert!(page.contains(wanted), "{wanted}\n{page}");
    }
    assert_eq!(wish(act(&mut confirm, Action::Choose)), Wish::SaveThen(Then::Quit));
    assert_eq!(wish(act(&mut confirm, Action::ConfirmNo)), Wish::DiscardThen(Then::Quit));
    act(&mut confirm, Action::ListUp);
    assert!(matches!(act(&mut confirm, Action::Choose), OverlayFlow::Close));
    assert!(matches!(act(&mut confirm, Action::Cancel), OverlayFlow::Close));
    assert!(matches!(act(&mut confirm, Action::Save), OverlayFlow::Ignored));
}

#[test]
fn a_question_without_a_neutral_answer_must_be_answered() {
    let mut confirm = Overlay::Confirm(Confirm::recover("上次有 3 处修改没有保存。"));
    let page = text(&mut confirm, 60, 16);
    assert!(page.contains("> 恢复 <") && page.contains("F10退出") && !page.contains("Esc"), "{page}");
    assert!(matches!(act(&mut confirm, Action::Cancel), OverlayFlow::Ignored));
    assert!(matches!(act(&mut confirm, Action::Quit), OverlayFlow::Run(Action::Quit)));
    assert_eq!(wish(act(&mut confirm, Action::ConfirmNo)), Wish::SetAside);
    let mut other = Overlay::Confirm(Confirm::take_over("有人曾打开这份草稿。"));
    assert!(matches!(act(&mut other, Action::Quit), OverlayFlow::Ignored));
    assert!(matches!(act(&mut other, Action::Cancel), OverlayFlow::Close), "only read");
}

#[test]
fn replacing_a_file_is_not_the_first_choice() {
    let mut confirm = Overlay::Confirm(Confirm::replace("/报告/县.ron".into(), Then::AskOpen));
    assert!(text(&mut confirm, 60, 16).contains("> 取消 <"));
    assert!(matches!(act(&mut confirm, Action::Choose), OverlayFlow::Close));
    let expected = Wish::SaveTo { path: "/报告/县.ron".into(), replace: true, then: Then::AskOpen };
    assert_eq!(wish(act(&mut confirm, Action::ConfirmYes)), expected);
}

#[test]
fn a_new_report_needs_a_unit_and_a_year() {
    let mut new = Overlay::New(NewReport::new(forms(), Some(2024)));
    assert!(text(&mut new, 60, 16).contains("2021格式（随年度）"));
    act(&mut new, Action::CommitNext);
    act(&mut new, Action::CommitNext);
    assert!(text(&mut new, 60, 16).contains("请填写编制单位。"));
    type_in(&mut new, "沂源县");
    act(&mut new, Action::CommitNext);
    type_in(&mut new, "20");
    act(&mut new, Action::CommitNext);
    assert!(text(&mut new, 60, 16).contains("年度认不出"));
    type_in(&mut new, "20");
    assert!(text(&mut new, 60, 16).contains("2019格式（随年度）"));
    let expected = Wish::Create { unit: "沂源县".into(), year: 2020, form: None };
    assert_eq!(wish(act(&mut new, Action::CommitNext)), expected);
}

#[test]
fn another_form_can_be_chosen() {
    let mut new = Overlay::New(NewReport::new(forms(), Some(2010)));
    type_in(&mut new, "沂源县");
    act(&mut new, Action::NextCell);
    act(&mut new, Action::CommitNext);
    assert!(text(&mut new, 60, 16).contains("没有适用于这个年度的格式"));
    act(&mut new, Action::CaretRight);
    assert!(text(&mut new, 60, 16).contains("2019格式（另选）"));
    let expected = Wish::Create { unit: "沂源县".into(), year: 2010, form: Some("2019".into()) };
    assert_eq!(wish(act(&mut new, Action::CommitNext)), expected);
    let mut own = Overlay::New(NewReport::new(forms(), Some(2019)));
    type_in(&mut own, "甲");
    act(&mut own, Action::PreviousCell);
    act(&mut own, Action::CaretRight);
    let expected = Wish::Create { unit: "甲".into(), year: 2019, form: None };
    assert_eq!(wish(act(&mut own, Action::CommitNext)), expected);
}

#[test]
fn options_are_chosen_by_digit_or_enter() {
    let mut list = choices();
    let page = text(&mut list, 60, 16);
    assert!(page.contains("> 3 选项3") && page.contains("单位层级"), "{page}");
    let fact = |id: &str| Wish::SetFact(FactId::new(1), id.into());
    assert_eq!(wish(act(&mut list, Action::Choose)), fact("id3"));
    assert_eq!(wish(act(&mut list, Action::Type('５'))), fact("id5"));
    assert_eq!(wish(act(&mut list, Action::Type('1'))), fact("id1"));
    act(&mut list, Action::ListLast);
    assert_eq!(wish(act(&mut list, Action::Choose)), fact("id11"));
    assert!(matches!(act(&mut list, Action::Type('0')), OverlayFlow::Ignored));
    assert!(text(&mut list, 60, 12).contains(">   选项11"));
}

#[test]
fn the_options_come_from_the_form() {
    let (name, source) = assets::FORMS[1];
    let form = Form::read(name, source).unwrap();
    let mut list = Overlay::Choice(ChoiceList::of(form.fact("level").unwrap(), "county").unwrap());
    assert!(text(&mut list, 60, 16).contains("> 6 县级政府"));
    assert!(ChoiceList::of(form.fact("unit").unwrap(), "").is_none());
}

fn search(flow: OverlayFlow) -> Search {
    match flow {
        OverlayFlow::Search(search) => search,
        other => panic!("no search: {other:?}"),
    }
}

#[test]
fn a_search_needs_a_text_and_follows_what_is_typed() {
    let mut find = Overlay::Find(FindPanel::new("", false));
    act(&mut find, Action::Choose);
    assert!(text(&mut find, 60, 16).contains("请录入要找的文字。"));
    assert_eq!(search(find.paste("依申请\n公开")), Search::Show("依申请 公开".into()));
    assert_eq!(
        search(act(&mut find, Action::FindPrevious)),
        Search::On("依申请 公开".into(), Direction::Previous)
    );
    assert_eq!(search(act(&mut find, Action::Choose)), Search::Stay);
    assert_eq!(search(act(&mut find, Action::Cancel)), Search::Leave);
    let mut again = Overlay::Find(FindPanel::new("旧", false));
    assert_eq!(search(act(&mut again, Action::Type('新'))), Search::Show("新".into()));
}

#[test]
fn replacing_asks_for_the_other_text_and_does_one_or_all() {
    let mut find = Overlay::Find(FindPanel::new("旧", false));
    assert_eq!((find.docked_rows(), text(&mut find, 80, 24).contains("换成")), (4, false));
    act(&mut find, Action::Replace);
    type_in(&mut find, "新");
    assert!(text(&mut find, 80, 24).contains("换成 新"));
    assert_eq!(find.docked_rows(), 5);
    assert_eq!(search(act(&mut find, Action::Choose)), Search::Replace("新".into()));
    assert_eq!(search(act(&mut find, Action::ReplaceAll)), Search::ReplaceAll("新".into()));
    act(&mut find, Action::ListDown);
    assert_eq!(search(act(&mut find, Action::Type('甲'))), Search::Show("甲".into()));
    let mut empty = Overlay::Find(FindPanel::new("", true));
    act(&mut empty, Action::ReplaceAll);
    assert!(text(&mut empty, 80, 24).contains("请录入要找的文字。"));
}

#[test]
fn the_panel_tells_how_far_the_search_is() {
    let told = |tally: Tally| {
        let mut panel = FindPanel::new("公开", false);
        panel.tell(Some(tally));
        text(&mut Overlay::Find(panel), 80, 24)
    };
    assert!(told(Tally::default()).contains("没有找到"));
    let around = Some(Direction::Next);
    assert!(
        told(Tally { at: Some(1), count: 7, around, ..Tally::default() })
            .contains("第 1 处，共 7 处，已从头找起")
    );
    assert!(told(Tally { at: None, count: 7, around, ..Tally::default() }).contains("共 7 处"));
    let around = Some(Direction::Previous);
    let back = Tally { at: Some(7), within: Within::Shown, count: 7, around };
    assert!(told(back).contains("第 7 处（活数），共 7 处，已从末尾找起"));
}

fn headings() -> Overlay {
    let entry = |index: usize| outline::Entry {
        offset: index * 100,
        level: index % 2,
        title: format!("（{index}）主动公开"),
        words: "。全年共公开政府信息一千二百三十四条，其中规范性文件十二件".repeat(2),
        row: index * 3 + 1,
    };
    Overlay::Outline(TextOutline::new((0..30).map(entry).collect(), 4))
}

#[test]
fn the_outline_goes_to_the_heading_that_is_chosen() {
    let mut list = headings();
    assert!(text(&mut list, 80, 24).contains("> （4）主动公开。全年"));
    assert!(text(&mut list, 80, 24).contains("第 13 行"));
    act(&mut list, Action::ListDown);
    assert_eq!(wish(act(&mut list, Action::Choose)), Wish::GoTo(500));
    assert!(matches!(act(&mut list, Action::Cancel), OverlayFlow::Close));
}

#[test]
fn the_cursor_stands_behind_what_is_typed() {
    let mut find = Overlay::Find(FindPanel::new("", false));
    let (_, before) = shown(&mut find, 60, 16);
    type_in(&mut find, "公开");
    let (lines, after) = shown(&mut find, 60, 16);
    let (before, after) = (before.unwrap(), after.unwrap());
    assert_eq!((after.x - before.x, after.y), (4, before.y));
    assert!(lines[usize::from(after.y)].contains("公开"));
}

#[test]
fn a_long_path_shows_its_end() {
    let folder = format!("/{}", "很长的文件夹/".repeat(12));
    let mut file = Overlay::File(FilePrompt::save(folder.into(), None, "县-2020.ron", Then::Stay));
    let (lines, cursor) = shown(&mut file, 60, 16);
    let cursor = cursor.unwrap();
    assert!(lines[usize::from(cursor.y)].contains("县-2020.ron"), "{lines:#?}");
    assert!(cursor.x < 59);
}

#[test]
fn a_message_is_read_to_its_end() {
    let long = (1..=40).map(|n| format!("第{n}条")).collect::<Vec<_>>().join("\n");
    let mut message = Overlay::Message(Message::of(&Notice::failed(long)));
    let page = text(&mut message, 60, 16);
    assert!(page.contains("没有做成") && page.contains("[ 确定 ]") && page.contains("下面还有"), "{page}");
    let keymap = keymap();
    message.on(Action::ListLast, &desk(&keymap, 60, 16));
    assert!(text(&mut message, 60, 16).contains("第40条"));
    assert!(matches!(act(&mut message, Action::Choose), OverlayFlow::Close));
}

#[test]
fn every_overlay_fits_the_smallest_screen_and_draws_a_frame() {
    for mut overlay in every_kind() {
        let page = text(&mut overlay, 60, 16);
        let edge = |line: &str| line.starts_with('+') && line.ends_with('+');
        let edges = page.lines().filter(|line| edge(line.trim())).count();
        assert_eq!(edges, 2, "{page}");
    }
}

#[test]
fn the_screen_itself_can_be_mended_under_every_overlay() {
    for mut overlay in every_kind() {
        assert!(matches!(act(&mut overlay, Action::ToggleWide), OverlayFlow::Run(Action::ToggleWide)));
        assert!(matches!(act(&mut overlay, Action::Redraw), OverlayFlow::Run(Action::Redraw)));
    }
}

#[test]
fn escape_closes_every_overlay() {
    use crate::tui::key::{Key, KeyCode};
    for mut overlay in every_kind() {
        let action = keymap().resolve(overlay.contexts(), Key::plain(KeyCode::Esc)).unwrap();
        let flow = act(&mut overlay, action);
        assert!(matches!(flow, OverlayFlow::Close | OverlayFlow::Search(Search::Leave)), "{overlay:?}");
    }
}

fn any_action() -> impl Strategy<Value = Action> {
    prop_oneof![
        (0..Action::ALL.len()).prop_map(|index| Action::ALL[index]),
        prop::sample::select(vec!['a', '1', '县', '/', '~', '.', ' ', '\u{301}', '\u{202e}', '“'])
            .prop_map(Action::Type),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_size_and_no_action_makes_an_overlay_fail(
        kind in 0..every_kind().len(),
        steps in prop::collection::vec((any_action(), 0u16..130, 0u16..45), 1..12),
        wide in any::<bool>(),
        pasted in "[ab县/\n~.“]{0,90}",
    ) {
        let keymap = keymap();
        let policy = if wide { Policy::Wide } else { Policy::Narrow };
        let mut overlay = every_kind().into_iter().nth(kind).unwrap();
        for (index, (action, width, height)) in steps.into_iter().enumerate() {
            let desk = Desk { policy, ..desk(&keymap, width, height) };
            if index == 2 {
                overlay.paste(&pasted);
            }
            overlay.on(action, &desk);
            overlay.settle(&desk);
            let mut picture = Picture::default();
            overlay.view(&desk, &mut picture);
            let (regions, cursor) = picture.into_parts();
            for region in &regions {
                prop_assert_eq!(region.area.intersection(desk.area), region.area);
            }
            prop_assert!(cursor.is_none_or(|at| desk.area.contains(at)));
            let mut screen = Screen::new(Size::new(width, height), policy);
            Stage::new().present(&mut screen, &Theme::plain(), regions);
        }
    }

    #[test]
    fn tiny_screens_are_no_trouble(kind in 0..every_kind().len(), width in 0u16..6, height in 0u16..6) {
        let mut overlay = every_kind().into_iter().nth(kind).unwrap();
        let (lines, _) = shown(&mut overlay, width, height);
        prop_assert_eq!(lines.len(), usize::from(height));
    }
}

#[test]
fn hints_name_the_keys_of_the_keymap() {
    let mut file = Overlay::File(FilePrompt::open("/".into(), None));
    assert!(text(&mut file, 60, 16).contains("回车打开  Tab补全  上/下选择  Esc取消"));
    let mut help = Overlay::Help(Help::new());
    assert!(text(&mut help, 60, 16).contains("上/下滚动  空格下一屏  Esc关闭"));
}
