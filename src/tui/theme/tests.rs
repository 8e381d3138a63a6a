use super::*;
use ratatui::style::{Color, Modifier};

fn themes() -> Themes {
    Themes::embedded().unwrap()
}

#[test]
fn roles_are_numbered_in_order() {
    for (number, role) in Role::ALL.into_iter().enumerate() {
        assert_eq!(role as usize, number);
    }
}

#[test]
fn mono_has_no_colour_and_all_marks_differ_where_it_counts() {
    let theme = themes().theme(ColourMode::Mono);
    for role in Role::ALL {
        let style = theme.style(role);
        assert_eq!((style.fg, style.bg), (None, None), "{role:?}");
    }
    for role in [Role::Cursor, Role::Typing, Role::Selection, Role::TabActive] {
        assert!(theme.style(role).add_modifier.contains(Modifier::REVERSED), "{role:?}");
    }
    assert_ne!(theme.style(Role::Zero), theme.style(Role::Figure));
}

#[test]
fn text_keeps_the_terminals_own_colours() {
    for mode in [ColourMode::Colour256, ColourMode::Colour16, ColourMode::Mono] {
        assert_eq!(themes().theme(mode).style(Role::Text), Style::new());
    }
}

/// Relative luminance of one of xterm's 256 colours after WCAG 2.
fn luminance(index: u8) -> f64 {
    let rgb = match index {
        0..=15 => panic!("the first 16 are whatever the terminal makes of them"),
        16..=231 => {
            let level = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
            let cube = index - 16;
            [level(cube / 36), level(cube / 6 % 6), level(cube % 6)]
        }
        grey => [8 + 10 * (grey - 232); 3],
    };
    let linear = rgb.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.03928 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn contrast(a: f64, b: f64) -> f64 {
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn colours_are_legible_on_black_and_on_white() {
    let theme = themes().theme(ColourMode::Colour256);
    for role in Role::ALL {
        let style = theme.style(role);
        match (style.fg, style.bg) {
            (None, None) => {}
            (Some(Color::Indexed(fg)), None) => {
                let least = contrast(luminance(fg), 0.0).min(contrast(luminance(fg), 1.0));
                assert!(least >= 3.0, "{role:?}: {least:.2}");
            }
            (Some(Color::Indexed(fg)), Some(Color::Indexed(bg))) => {
                let between = contrast(luminance(fg), luminance(bg));
                assert!(between >= 4.5, "{role:?}: {between:.2}");
            }
            other => panic!("{role:?}: {other:?}"),
        }
    }
    let basic = themes().theme(ColourMode::Colour16);
    for role in Role::ALL {
        assert!(!matches!(basic.style(role).fg, Some(Color::Blue | Color::LightBlue)), "{role:?}");
    }
}

#[test]
fn mistakes_in_the_file_are_told() {
    let error = |from: &str, to: &str| {
        let text = assets::THEME.replacen(from, to, 1);
        assert_ne!(text, assets::THEME);
        Themes::load(&text).unwrap_err()
    };
    assert_eq!(error("    Dim: ", "    Text: "), ThemeError::Duplicate(Role::Text));
    assert_eq!(error("    Text: (),\n", ""), ThemeError::Missing(Role::Text));
    assert_eq!(error("fg: DarkGray", "fg: Indexed(7)"), ThemeError::Colour(Role::Dim, "colour16"));
    assert_eq!(error("mono: (marks", "mono: (fg: Red, marks"), ThemeError::Colour(Role::Dim, "mono"));
    let unknown = error("    Dim: ", "    Dimm: ");
    assert!(
        matches!(&unknown, ThemeError::Syntax { line: 6, name: Some(name), .. } if name == "Dimm"),
        "{unknown:?}"
    );
    assert_eq!(unknown.to_string(), "主题文件第 6 行第 5 列写法有误：“Dimm”不是可用的名称");
    assert!(matches!(error("{", ""), ThemeError::Syntax { name: None, .. }));
}

#[test]
fn a_byte_order_mark_does_no_harm() {
    assert_eq!(Themes::load(&format!("\u{feff}{}", assets::THEME)), Ok(themes()));
}

#[test]
fn the_environment_decides_the_mode() {
    use ColourMode::{Colour16, Colour256, Mono};
    let detect = ColourMode::detect;
    assert_eq!(detect(Some("1"), Some("xterm-256color"), Some("truecolor")), Mono);
    assert_eq!(detect(Some(""), Some("xterm-256color"), None), Colour256);
    assert_eq!(detect(None, Some("xterm"), Some("truecolor")), Colour256);
    assert_eq!(detect(None, Some("xterm"), Some("1")), Colour16);
    assert_eq!(detect(None, Some("linux"), None), Colour16);
    assert_eq!(detect(None, None, None), Colour16);
    assert_eq!(detect(None, Some("vt100"), None), Mono);
    assert_eq!(detect(None, Some("dumb"), None), Mono);
    assert_eq!(detect(None, Some("linux-m"), None), Mono);
}
