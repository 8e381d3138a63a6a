use super::*;
use crate::assets;
use crate::tui::keymap::Keymap;
use crate::tui::region::Stage;
use crate::tui::screen::Screen;
use crate::tui::theme::Theme;
use proptest::prelude::*;
use ratatui::layout::Size;

fn draft(unit: &str, problem: Option<&str>) -> RecentDraft {
    RecentDraft {
        path: format!("/家/政府信息公开/二〇二〇年度/各单位报送/{unit}-2020.ron").into(),
        unit: unit.into(),
        year: "2020".into(),
        errors: 2,
        warnings: 0,
        gaps: 5,
        problem: problem.map(str::to_owned),
    }
}

fn rendered(start: &mut StartScreen, width: u16, height: u16) -> Vec<String> {
    let keymap = Keymap::parse(assets::KEYS).unwrap();
    let area = Rect::new(0, 0, width, height);
    let desk = Desk { keymap: &keymap, policy: Policy::Narrow, form: None, area, caret_row: None };
    start.settle(area);
    let mut picture = Picture::default();
    start.view(&desk, area, &mut picture);
    let mut screen = Screen::new(Size::new(width, height), Policy::Narrow);
    Stage::new().present(&mut screen, &Theme::plain(), picture.into_parts().0);
    screen.lines()
}

#[test]
fn it_explains_itself_and_lists_what_there_is() {
    let mut start = StartScreen::new(vec![draft("沂源县人民政府", None), draft("燕崖镇", Some("文件不在"))]);
    for (width, height) in [(60, 16), (80, 24), (120, 40)] {
        let lines = rendered(&mut start, width, height);
        let all = lines.join("\n");
        for wanted in ["勾稽", "F1帮助", "F9命令", "“示例”", "2020年度", "错2 空5", "文件不在", "> 沂源县"]
        {
            assert!(all.contains(wanted), "{wanted} at {width}:\n{all}");
        }
        for wanted in ["新建", "打开", "示例", "退出"] {
            assert!(lines.iter().any(|line| line.trim() == wanted), "{wanted}:\n{all}");
        }
        assert!(lines.last().unwrap().ends_with("沂源县人民政府-2020.ron"), "{all}");
    }
}

#[test]
fn enter_opens_what_is_chosen() {
    let mut start = StartScreen::new(vec![draft("甲", None)]);
    let path = draft("甲", None).path;
    assert_eq!(start.on(Action::Choose), StartFlow::Submit(Wish::OpenDraft(path)));
    let mut wishes = Vec::new();
    for _ in 0..5 {
        assert_eq!(start.on(Action::ListDown), StartFlow::Done);
        wishes.push(start.on(Action::Choose));
    }
    let expected = [
        Wish::Run(Action::NewReport),
        Wish::Run(Action::Open),
        Wish::OpenSample,
        Wish::Run(Action::Import),
        Wish::Run(Action::Quit),
    ];
    assert_eq!(wishes, expected.map(StartFlow::Submit));
    assert_eq!(start.on(Action::NewReport), StartFlow::Ignored);
}

#[test]
fn a_long_list_scrolls_to_the_choice() {
    let mut start = StartScreen::new((0..20).map(|n| draft(&format!("单位{n}"), None)).collect());
    rendered(&mut start, 60, 16);
    start.on(Action::ListLast);
    let lines = rendered(&mut start, 60, 16);
    assert!(lines.iter().any(|line| line.trim() == "> 退出"), "{lines:#?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn no_size_and_no_action_makes_it_fail(
        steps in prop::collection::vec((0usize..Action::ALL.len(), 0u16..130, 0u16..40), 1..12),
        drafts in 0usize..5,
    ) {
        let mut start = StartScreen::new((0..drafts).map(|n| draft(&format!("单位{n}"), None)).collect());
        for (action, width, height) in steps {
            start.on(Action::ALL[action]);
            let lines = rendered(&mut start, width, height);
            prop_assert_eq!(lines.len(), usize::from(height));
        }
    }
}
