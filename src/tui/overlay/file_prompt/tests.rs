use super::*;
use crate::tui::flow::Wish;

fn entry(name: &str, is_folder: bool) -> Entry {
    Entry { name: name.into(), is_folder }
}

fn given(mut prompt: FilePrompt) -> FilePrompt {
    let folder = prompt.awaits().unwrap().to_owned();
    prompt.listed(
        folder,
        Ok(vec![
            entry("沂源县.ron", false),
            entry("说明.txt", false),
            entry("区镇", true),
            entry(".隐藏.ron", false),
            entry("博山区.RON", false),
            entry("无扩展名", false),
        ]),
    );
    prompt
}

fn opening() -> FilePrompt {
    given(FilePrompt::open("/报告".into(), Some("/家".into())))
}

fn saving() -> FilePrompt {
    given(FilePrompt::save("/报告".into(), None, "淄博市-2020.ron", Then::Quit))
}

fn type_in(prompt: &mut FilePrompt, text: &str) -> OverlayFlow {
    text.chars().map(|c| prompt.on(Action::Type(c))).last().unwrap()
}

fn opened(flow: &OverlayFlow) -> &Path {
    match flow {
        OverlayFlow::Submit(Wish::OpenDraft(path)) => path,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_list_has_folders_first_and_only_drafts() {
    let items = opening().items();
    assert_eq!(
        items,
        [
            Item::Parent,
            Item::Folder("区镇".into()),
            Item::File("博山区.RON".into()),
            Item::File("沂源县.ron".into()),
        ]
    );
}

#[test]
fn what_is_typed_filters_and_enter_takes_the_first() {
    let mut prompt = opening();
    assert!(matches!(type_in(&mut prompt, "源"), OverlayFlow::Done));
    assert_eq!(prompt.items(), [Item::File("沂源县.ron".into())]);
    assert_eq!(opened(&prompt.on(Action::Choose)), Path::new("/报告/沂源县.ron"));
}

#[test]
fn a_name_that_is_there_is_taken_as_typed() {
    let mut prompt = opening();
    type_in(&mut prompt, "无扩展名");
    assert_eq!(opened(&prompt.on(Action::Choose)), Path::new("/报告/无扩展名"));
    let mut prompt = opening();
    type_in(&mut prompt, "没有.ron");
    assert_eq!(opened(&prompt.on(Action::Choose)), Path::new("/报告/没有.ron"));
}

#[test]
fn arrows_choose_and_enter_goes_into_folders() {
    let mut prompt = opening();
    assert!(matches!(prompt.on(Action::Choose), OverlayFlow::Done));
    assert!(prompt.problem.is_some());
    prompt.on(Action::ListDown);
    prompt.on(Action::ListDown);
    let flow = prompt.on(Action::Choose);
    assert!(matches!(flow, OverlayFlow::List(folder) if folder == Path::new("/报告/区镇")));
    assert_eq!(prompt.input.text(), "/报告/区镇/");
    assert_eq!(prompt.remark(&[]).unwrap(), "正在读取文件夹。");
    prompt.on(Action::ListDown);
    let flow = prompt.on(Action::Choose);
    assert!(matches!(flow, OverlayFlow::List(folder) if folder == Path::new("/报告")));
}

#[test]
fn tab_and_right_complete() {
    for action in [Action::NextCell, Action::CaretRight] {
        let mut prompt = opening();
        type_in(&mut prompt, "沂");
        assert!(matches!(prompt.on(action), OverlayFlow::Done));
        assert_eq!(prompt.input.text(), "/报告/沂源县.ron");
        let mut prompt = opening();
        type_in(&mut prompt, "区");
        assert!(matches!(prompt.on(action), OverlayFlow::List(_)));
        assert_eq!(prompt.input.text(), "/报告/区镇/");
    }
    let mut prompt = opening();
    prompt.on(Action::NextCell);
    assert_eq!(prompt.input.text(), "/报告/");
}

#[test]
fn home_is_expanded_and_listed() {
    let mut prompt = opening();
    prompt.on(Action::SelectAll);
    assert!(matches!(type_in(&mut prompt, "~"), OverlayFlow::List(folder) if folder == Path::new("/家")));
    type_in(&mut prompt, "/甲.ron");
    assert_eq!(opened(&prompt.on(Action::Choose)), Path::new("/家/甲.ron"));
}

#[test]
fn saving_adds_the_extension_and_does_not_replace() {
    let mut prompt = saving();
    prompt.on(Action::SelectAll);
    type_in(&mut prompt, "新");
    let OverlayFlow::Submit(Wish::SaveTo { path, replace, then }) = prompt.on(Action::Choose) else {
        panic!("not saved");
    };
    assert_eq!((path.as_path(), replace, then), (Path::new("/报告/新.ron"), false, Then::Quit));
}

#[test]
fn saving_elsewhere_keeps_the_name() {
    let mut prompt = saving();
    assert_eq!(prompt.items(), [Item::Parent, Item::Folder("区镇".into())]);
    prompt.on(Action::ListDown);
    prompt.on(Action::ListDown);
    prompt.on(Action::Choose);
    assert_eq!(prompt.input.text(), "/报告/区镇/淄博市-2020.ron");
}

#[test]
fn late_answers_are_dropped_and_bad_folders_said() {
    let mut prompt = opening();
    type_in(&mut prompt, "甲/");
    prompt.listed("/报告".into(), Ok(Vec::new()));
    assert_eq!(prompt.awaits(), Some(Path::new("/报告/甲")));
    prompt.listed("/报告/甲".into(), Err("没有权限".into()));
    assert_eq!(prompt.awaits(), None);
    assert_eq!(prompt.remark(&prompt.items()).unwrap(), "读不出这个文件夹：没有权限");
}

#[test]
fn leaving_the_list_upwards_takes_what_is_typed() {
    let mut prompt = saving();
    prompt.on(Action::ListDown);
    assert_eq!(prompt.selected(&prompt.items()), Some(0));
    prompt.on(Action::ListUp);
    assert_eq!(prompt.selected(&prompt.items()), None);
    assert!(matches!(prompt.on(Action::Choose), OverlayFlow::Submit(Wish::SaveTo { .. })));
}

#[test]
fn a_whole_path_is_pasted_in_place_of_the_proposed_folder() {
    let mut prompt = opening();
    assert!(matches!(prompt.paste("/甲/乙.ron"), OverlayFlow::List(folder) if folder == Path::new("/甲")));
    assert_eq!(opened(&prompt.on(Action::Choose)), Path::new("/甲/乙.ron"));
}

#[test]
fn a_pasted_path_loses_its_quotes() {
    let mut prompt = opening();
    prompt.on(Action::SelectAll);
    assert!(
        matches!(prompt.paste("\"/甲/乙.ron\"\n"), OverlayFlow::List(folder) if folder == Path::new("/甲"))
    );
    assert_eq!(opened(&prompt.on(Action::Choose)), Path::new("/甲/乙.ron"));
}
