//! The pictures of the README, drawn by the program itself.
//!
//! A picture that is out of date fails here; `GOUJI_BLESS=1 cargo test --test it pictures` draws all of them anew.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use crate::support::play::Play;
use crate::support::svg::svg;

/// What a picture shows: its name, the draft, the window, what is pressed, and a title in words.
type Scene = (&'static str, Option<&'static str>, (u16, u16), &'static str, &'static str);

const YIYUAN: Option<&str> = Some("sample-data/yiyuan-2020.ron");
const CITY: Option<&str> = Some("sample-data/hangzhou-type-2025.ron");
const FAULTY: Option<&str> = Some("sample-data/faulty/t3-a-2021.ron");

const SCENES: [Scene; 10] = [
    ("start-80x24", None, (80, 24), "", "开始"),
    ("cover-80x24", YIYUAN, (80, 24), "<alt-0>", "封面"),
    ("prose-120x40", YIYUAN, (120, 40), "<alt-1>", "一、总体情况"),
    ("table3-80x24", YIYUAN, (80, 24), "<alt-3><down><down>83", "三、收到和处理申请情况，一格录错"),
    ("table3-120x40", YIYUAN, (120, 40), "<alt-3><down><down>83", "三、收到和处理申请情况，一格录错"),
    ("city-table2-120x40", CITY, (120, 40), "<alt-2>", "二、主动公开情况，2021格式"),
    ("city-table3-120x40", CITY, (120, 40), "<alt-3>", "三、收到和处理申请情况，2021格式"),
    ("findings-80x24", FAULTY, (80, 24), FAULTS, "审核"),
    ("palette-80x24", YIYUAN, (80, 24), "<alt-3><f9>", "全部命令"),
    ("help-80x24", YIYUAN, (80, 24), "<alt-3><f1>", "帮助"),
];

/// More mistakes than the draft has by itself: a cell emptied, a unit typed along, and the date of signing.
const FAULTS: &str =
    "<alt-2><delete><down>22件<enter><alt-0><down><down><down><down><down><down>2024-02-30<alt-7>";

#[test]
fn pictures_are_up_to_date() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/screenshots");
    let bless = std::env::var_os("GOUJI_BLESS").is_some();
    let mut stale = Vec::new();
    for (name, draft, (width, height), keys, title) in SCENES {
        let mut play = match draft {
            Some(draft) => Play::open(draft, width, height),
            None => Play::start(width, height),
        };
        play.keys(keys);
        let picture = svg(play.painter.screen().buffer(), play.cursor, title);
        let path = folder.join(format!("{name}.svg"));
        if bless {
            File::create(&path).unwrap().write_all(picture.as_bytes()).unwrap();
        } else if std::fs::read_to_string(&path).ok().is_none_or(|drawn| drawn.replace('\r', "") != picture) {
            stale.push(name);
        }
    }
    assert!(stale.is_empty(), "out of date: {stale:?}; GOUJI_BLESS=1 cargo test --test it pictures");
}

#[test]
fn every_picture_is_of_a_scene() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/screenshots");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        assert!(SCENES.iter().any(|scene| scene.0 == name), "{name}");
    }
}

#[test]
fn glyphs_stand_in_the_middle_of_their_cells() {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
    let style = Style::new().add_modifier(Modifier::REVERSED | Modifier::UNDERLINED);
    buffer[(0, 0)].set_symbol("7").set_style(style);
    buffer[(1, 0)].set_symbol("<").set_style(style);
    // As the canvas leaves it: the second half of a wide character is an empty symbol.
    buffer[(3, 0)].set_symbol("三");
    buffer[(4, 0)].set_symbol("");
    let picture = svg(&buffer, Some(Position::new(1, 0)), "一 & 二");
    assert!(picture.contains("<title>一 &amp; 二</title>"), "{picture}");
    assert!(picture.contains("<tspan x=\"5\">7</tspan><tspan x=\"15\">&lt;</tspan>"), "{picture}");
    assert!(picture.contains("<tspan x=\"40\">三</tspan>"), "{picture}");
    assert!(
        picture.contains("<rect x=\"0\" y=\"0\" width=\"20\" height=\"22\""),
        "the reversed ground: {picture}"
    );
    assert!(picture.contains("width=\"20\" height=\"1\""), "the line under it: {picture}");
    assert!(picture.contains("<rect x=\"10\" y=\"19\" width=\"10\" height=\"3\""), "the cursor: {picture}");
}
