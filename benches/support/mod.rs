//! Reports and the program, as the benchmarks begin with them.

#![allow(clippy::unwrap_used)] // a benchmark that can not be set up has nothing to measure
#![allow(dead_code)] // no benchmark needs all of it

use gouji::form::Catalogue;
use gouji::session::Session;
use gouji::store::draft;
use gouji::tui::app::{App, Setup};
use gouji::tui::context::Settings;
use gouji::tui::keymap::Keymap;
use gouji::tui::painter::Painter;
use gouji::tui::start::StartScreen;
use gouji::tui::theme::{ColourMode, Themes};
use gouji::tui::width::Policy;
use ratatui::layout::Size;

/// The window of all benchmarks.
pub(crate) const SIZE: Size = Size::new(120, 40);

/// The bundled example, opened.
pub(crate) fn example() -> Session {
    let (name, text) = gouji::assets::SAMPLE;
    read(name, text)
}

/// A draft of `sample-data`, opened.
pub(crate) fn sample(path: &str) -> Session {
    read(path, &std::fs::read_to_string(path).unwrap())
}

fn read(name: &str, text: &str) -> Session {
    let (draft, _) = draft::read(name, text, &Catalogue::default()).unwrap();
    Session::open(draft.form, draft.report)
}

/// The program with no report open.
pub(crate) fn program() -> App {
    let setup = Setup {
        settings: Settings::default(),
        keymap: Keymap::parse(gouji::assets::KEYS).unwrap(),
        policy: Policy::Narrow,
        size: SIZE,
        forms: Vec::new(),
        folder: ".".into(),
        home: None,
        year: None,
    };
    App::new(setup, StartScreen::new(Vec::new()))
}

/// A painter that has shown the program once.
pub(crate) fn painter(app: &App) -> Painter {
    let theme = Themes::embedded().unwrap().theme(ColourMode::Colour256);
    let mut painter = Painter::new(SIZE, Policy::Narrow, theme);
    painter.frame(app);
    painter
}
