use std::collections::BTreeSet;

use super::{Context, Keymap, Problem};
use crate::assets::KEYS;
use crate::tui::action::Action;
use crate::tui::key::Key;

/// Actions that are only in the palette: rare, or too far-reaching for a slip of the finger.
const PALETTE_ONLY: [Action; 5] = [
    Action::ImportNotes,
    Action::OpenSample,
    Action::ToggleAutosave,
    Action::UnsavedReports,
    Action::ZeroReport,
];

const GRID: [Context; 2] = [Context::Grid, Context::Global];
const TYPING: [Context; 2] = [Context::CellEdit, Context::Global];
const CHANGING: [Context; 3] = [Context::TextInput, Context::CellEdit, Context::Global];
const PROSE: [Context; 2] = [Context::Prose, Context::Global];

fn bundled() -> Keymap {
    Keymap::parse(KEYS).unwrap_or_else(|errors| panic!("{errors}"))
}

fn key(name: &str) -> Key {
    name.parse().unwrap()
}

#[track_caller]
fn means(contexts: &[Context], name: &str, action: impl Into<Option<Action>>) {
    assert_eq!(bundled().resolve(contexts, key(name)), action.into(), "{name} in {contexts:?}");
}

#[track_caller]
fn errors(text: &str, expected: &[&str]) {
    let errors = Keymap::parse(text).expect_err("the file must be refused");
    let lines: Vec<String> = errors.0.iter().map(ToString::to_string).collect();
    assert_eq!(lines, expected);
    assert_eq!(errors.to_string(), expected.join("\n"));
}

#[test]
fn every_action_has_a_key_or_is_known_to_have_none() {
    let keymap = bundled();
    for &action in Action::ALL {
        let bound = Context::ALL.iter().any(|&context| !keymap.keys_for(action, &[context]).is_empty());
        assert_eq!(bound, !PALETTE_ONLY.contains(&action), "{action:?}");
    }
    assert!(PALETTE_ONLY.iter().all(|action| action.in_palette()));
}

#[test]
fn the_line_of_hints_is_true() {
    let keymap = bundled();
    let line = [
        Action::Help,
        Action::NextFinding,
        Action::ToggleControlTotals,
        Action::Palette,
        Action::Save,
        Action::Undo,
        Action::Quit,
    ];
    for contexts in [&GRID[..], &TYPING, &CHANGING, &PROSE, &[Context::Cover, Context::Global]] {
        let hints: Vec<String> = line.iter().filter_map(|&action| keymap.hint(action, contexts)).collect();
        assert_eq!(hints.join(" "), "F1帮助 F3下一问题 F6核对合计 F9命令 ^S保存 ^Z撤销 F10退出");
    }
}

#[test]
fn where_text_is_typed_no_character_is_a_command() {
    let keymap = bundled();
    for contexts in [&TYPING[..], &CHANGING, &PROSE, &[Context::Cover, Context::TextInput, Context::Global]] {
        for c in (' '..='~').chain("、÷×＊／１一".chars()) {
            assert_eq!(keymap.resolve(contexts, Key::char(c)), None, "{c} in {contexts:?}");
        }
    }
    for c in "0123456789-.０９－．".chars() {
        assert_eq!(keymap.resolve(&GRID, Key::char(c)), None, "{c} begins a figure");
    }
}

#[test]
fn the_keypad_is_enough_for_a_table() {
    for name in ["/", "／", "、", "÷"] {
        means(&GRID, name, Action::ZeroRestOfRow);
    }
    for name in ["*", "＊", "×"] {
        means(&GRID, name, Action::DuplicateFromAbove);
    }
    means(&GRID, "enter", Action::CommitNext);
    means(&GRID, "＋", Action::CommitPrevious);
    means(&TYPING, "enter", Action::CommitNext);
}

#[test]
fn the_first_context_decides() {
    means(&TYPING, "left", Action::MoveLeft);
    means(&CHANGING, "left", Action::CaretLeft);
    means(&CHANGING, "up", Action::MoveUp);
    means(&CHANGING, "enter", Action::CommitNext);
    means(&CHANGING, "delete", Action::DeleteForward);
    means(&[Context::TextInput, Context::List], "home", Action::CaretLineStart);
    means(&[Context::TextInput, Context::List], "down", Action::ListDown);
    means(&[Context::TextInput, Context::List], "f10", None);
    means(&[Context::Findings, Context::List], "enter", Action::GoToFinding);
    means(&[Context::Help, Context::List, Context::Global], "f1", Action::Cancel);
    means(&[], "f1", None);
}

#[test]
fn only_keys_that_are_reached_are_told() {
    let keymap = bundled();
    let contexts = [Context::TextInput, Context::List];
    assert_eq!(keymap.keys_for(Action::ListFirst, &contexts), [key("ctrl-home")]);
    assert_eq!(keymap.keys_for(Action::Choose, &[Context::Findings, Context::List]), []);
    assert_eq!(keymap.keys_for(Action::PreviousFinding, &GRID), [key("shift-f3"), key("alt-up")]);
    assert_eq!(keymap.hint(Action::ZeroReport, &GRID), None);
}

#[test]
fn a_user_binds_and_unbinds_on_top() {
    let user = "\u{feff}[(context: \"global\", bindings: [
        (keys: [\"alt-s\"], action: \"save\"),
        (keys: [\"f3\"], action: \"none\"),
        (keys: [\"f10\"], action: \"go_back\"),
    ])]";
    let keymap = bundled().overridden_by(user).unwrap();
    assert_eq!(keymap.keys_for(Action::Save, &GRID), [key("alt-s"), key("ctrl-s")]);
    assert_eq!(keymap.resolve(&GRID, key("f3")), None);
    assert_eq!(keymap.keys_for(Action::NextFinding, &GRID), [key("alt-down")]);
    assert_eq!(keymap.keys_for(Action::GoBack, &GRID), [key("f10"), key("ctrl-r")]);
    assert_eq!(keymap.keys_for(Action::Quit, &GRID), [key("ctrl-q")]);
    assert_eq!(bundled().overridden_by("[]").unwrap(), bundled());
}

#[test]
fn all_mistakes_are_reported_at_once_with_their_place() {
    errors(
        r#"[
    (context: "global", bindings: [
        (keys: ["f1", "ctrl-i"], action: "help"),
        (keys: ["f1"], action: "halp"),
        (keys: ["x"], action: "none"),
    ]),
    (context: "gird", bindings: [(keys: ["hyper-f1"], action: "save")]),
    // f1
    (context: "grid", bindings: [(keys: ["f1", "5", "f1"], action: "save")]),
]"#,
        &[
            "第3行第23列：终端分不清“ctrl-i”和“tab”，请写作“tab”",
            "第4行第17列：“f1”在“global”里已于第3行用过，一个键只能有一个用处，请去掉一处",
            "第4行第32列：没有叫“halp”的命令",
            "第5行第17列：在“global”里“x”是要录入的字符，不能作命令键，请改用功能键或加 ctrl-、alt-",
            "第7行第15列：没有叫“gird”的场合，可用的有：global、grid、cell_edit、cover、prose、findings、start、list、dialog、text_input、help、search、review",
            "第7行第42列：没有叫“hyper-f1”的键，可写作 f1、ctrl-s、alt-1、shift-tab、space 等",
            "第9行第48列：在“grid”里“5”是要录入的字符，不能作命令键，请改用功能键或加 ctrl-、alt-",
            "第9行第53列：“f1”在“grid”里已于第9行用过，一个键只能有一个用处，请去掉一处",
        ],
    );
}

#[test]
fn broken_files_are_explained_in_chinese() {
    for (text, place) in [
        ("", "第1行"),
        ("[(context: “global”, bindings: [])]", "第1行第11列"),
        ("[(context: \"global\", bindings: [], extra: 1)]", "第1行"),
        ("[\n(context: \"global\")]", "第2行"),
        ("[(context: \"global\" bindings: [])]", "第1行"),
        ("[] []", "第1行"),
        ("[(context: \"global\", context: \"grid\", bindings: [])]", "第1行"),
        ("[(context: 1, bindings: [])]", "第1行"),
        ("/* ", "第1行"),
        (&"[".repeat(10_000), "第1行"),
    ] {
        let errors = Keymap::parse(text).expect_err(text);
        let message = errors.to_string();
        assert!(message.starts_with(place), "{text}: {message}");
        assert!(matches!(errors.0.as_slice(), [e] if matches!(e.problem, Problem::Syntax(_))));
    }
}

#[test]
fn the_contexts_stand_in_the_order_of_their_numbers() {
    for (number, context) in Context::ALL.into_iter().enumerate() {
        assert_eq!(context as usize, number);
        assert_eq!(context.id().parse(), Ok(context));
    }
    let ids: BTreeSet<&str> = Context::ALL.map(Context::id).into();
    assert_eq!(ids.len(), Context::ALL.len());
}
