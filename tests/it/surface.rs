//! The drawing surface against a terminal: whatever is drawn, changed and sent piece by piece, the user sees what
//! one full repaint would show, and that is what is in the buffer.

use gouji::tui::canvas::Canvas;
use gouji::tui::region::{Layer, Region, Show, Stage};
use gouji::tui::screen::Screen;
use gouji::tui::theme::{ColourMode, Role, Theme, Themes};
use gouji::tui::width::Policy;
use proptest::prelude::*;
use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::{Color, Modifier, Style};

use crate::support::emulator::{Emulator, Glyph, Square};

/// What `buffer` says that a terminal which draws ambiguous characters as `terminal` says shows.
fn expected(buffer: &Buffer, terminal: Policy) -> Vec<Square> {
    let mut squares: Vec<Square> = Vec::new();
    for cell in &buffer.content {
        let glyph = match cell.diff_option {
            // A head that the terminal draws narrow has a blank beside it.
            CellDiffOption::Skip => match squares.last().unwrap().glyph {
                Glyph::Char(head) if terminal.char_width(head) == 2 => Glyph::Tail,
                _ => Glyph::Char(' '),
            },
            _ => Glyph::Char(cell.symbol().chars().next().unwrap()),
        };
        squares.push(Square { glyph, fg: cell.fg, bg: cell.bg, modifier: cell.modifier });
    }
    squares
}

/// A screen with the terminals that listen to it.
struct Scene {
    screen: Screen,
    emulators: Vec<(Policy, Emulator)>,
}

impl Scene {
    /// A layout for wide glyphs must look right on either kind of terminal, one for narrow ones on its own.
    fn new(size: Size, policy: Policy) -> Self {
        let terminals =
            if policy == Policy::Wide { vec![Policy::Wide, Policy::Narrow] } else { vec![policy] };
        let emulators =
            terminals.into_iter().map(|terminal| (terminal, Emulator::new(size, terminal))).collect();
        Self { screen: Screen::new(size, policy), emulators }
    }

    fn resize(&mut self, size: Size) {
        self.screen.resize(size);
        for (_, emulator) in &mut self.emulators {
            emulator.resize(size);
        }
    }

    /// Flushes and compares what is seen with the buffer and with one full repaint.
    fn flush(&mut self, cursor: Option<Position>) {
        let bytes = self.screen.flush(cursor).to_vec();
        let mut repainted = self.screen.clone();
        repainted.invalidate();
        let repaint = repainted.flush(cursor).to_vec();
        let cursor = cursor.filter(|at| self.screen.area().contains(*at));
        for (terminal, emulator) in &mut self.emulators {
            emulator.feed(&bytes);
            let mut fresh = Emulator::new(self.screen.size(), *terminal);
            fresh.feed(&repaint);
            assert_same(emulator, fresh.squares(), "repaint");
            assert_same(emulator, &expected(self.screen.buffer(), *terminal), "buffer");
            assert_eq!((emulator.cursor(), fresh.cursor()), (cursor, cursor));
        }
        assert_eq!(self.screen.flush(cursor), b"", "a second flush has nothing to send");
    }
}

fn assert_same(emulator: &Emulator, squares: &[Square], what: &str) {
    if let Some(index) = (0..squares.len()).find(|&index| emulator.squares()[index] != squares[index]) {
        let (seen, wanted) = (emulator.squares()[index], squares[index]);
        panic!("{what}: square {index} is {seen:?}, not {wanted:?}\n{}", emulator.rows().join("\n"));
    }
    assert_eq!(emulator.squares().len(), squares.len());
}

#[derive(Debug, Clone)]
enum Action {
    Put(Rect, i32, i32, String, Style),
    PutRight(Rect, i32, i32, String, Style),
    Fill(Rect, Style),
    Resize(Size),
    Invalidate,
    /// Draws nothing: only the cursor moves.
    Rest,
}

fn act(scene: &mut Scene, action: &Action) {
    let mut canvas = |area: Rect, draw: &dyn Fn(&mut Canvas<'_>)| {
        let whole = scene.screen.area();
        draw(&mut scene.screen.canvas(whole).sub(area));
    };
    match action {
        Action::Put(clip, x, y, text, style) => canvas(*clip, &|canvas| {
            assert_eq!(canvas.put(*x, *y, text, *style), x + i32::from(canvas.measure(text)));
        }),
        Action::PutRight(clip, x, y, text, style) => canvas(*clip, &|canvas| {
            assert_eq!(canvas.put_right(*x, *y, text, *style), x - i32::from(canvas.measure(text)));
        }),
        Action::Fill(area, style) => {
            canvas(*area, &|canvas| canvas.fill(Rect::new(0, 0, area.width, area.height), *style));
        }
        Action::Resize(size) => scene.resize(*size),
        Action::Invalidate => scene.screen.invalidate(),
        Action::Rest => {}
    }
}

const WIDTH: u16 = 14;
const HEIGHT: u16 = 4;

fn text() -> impl Strategy<Value = String> {
    let glyphs: Vec<char> =
        "  012abcXYZ中文国和、（）“”…①×─é█👍\u{301}\u{200b}\u{1b}\u{a0}\u{3000}".chars().collect();
    prop::collection::vec(prop::sample::select(glyphs), 0..10).prop_map(String::from_iter)
}

fn style() -> impl Strategy<Value = Style> {
    prop::sample::select(vec![
        Style::new(),
        Style::new(),
        Style::new().add_modifier(Modifier::BOLD),
        Style::new().add_modifier(Modifier::REVERSED),
        Style::new().add_modifier(Modifier::UNDERLINED | Modifier::ITALIC),
        Style::new().fg(Color::Red).add_modifier(Modifier::DIM),
        Style::new().fg(Color::Red).add_modifier(Modifier::DIM | Modifier::BOLD),
        Style::new().fg(Color::Indexed(66)),
        Style::new().fg(Color::Indexed(66)).bg(Color::LightYellow),
        Style::new().fg(Color::White).bg(Color::Rgb(0, 95, 135)).add_modifier(Modifier::BOLD),
    ])
}

fn area() -> impl Strategy<Value = Rect> {
    (0..WIDTH + 2, 0..HEIGHT + 1, 0..WIDTH + 2, 0..HEIGHT + 1)
        .prop_map(|(x, y, width, height)| Rect::new(x, y, width, height))
}

fn size() -> impl Strategy<Value = Size> {
    prop_oneof![
        (0u16..4, 0u16..4).prop_map(|(width, height)| Size::new(width, height)),
        Just(Size::new(WIDTH, HEIGHT)),
        Just(Size::new(WIDTH - 3, HEIGHT + 1)),
    ]
}

fn cursor() -> impl Strategy<Value = Option<Position>> {
    prop::option::of((0..WIDTH, 0..HEIGHT).prop_map(Position::from))
}

fn policy() -> impl Strategy<Value = Policy> {
    prop::sample::select(vec![Policy::Narrow, Policy::Wide])
}

fn action() -> impl Strategy<Value = Action> {
    let columns = -5..i32::from(WIDTH) + 3;
    let rows = -1..i32::from(HEIGHT) + 1;
    let whole = prop_oneof![3 => Just(Rect::new(0, 0, WIDTH, HEIGHT)), 2 => area()];
    let put = (whole, columns, rows, text(), style()).boxed();
    prop_oneof![
        12 => put.clone().prop_map(|(clip, x, y, text, style)| Action::Put(clip, x, y, text, style)),
        4 => put.prop_map(|(clip, x, y, text, style)| Action::PutRight(clip, x, y, text, style)),
        4 => (area(), style()).prop_map(|(area, style)| Action::Fill(area, style)),
        1 => size().prop_map(Action::Resize),
        1 => Just(Action::Invalidate),
        1 => Just(Action::Rest),
    ]
}

/// A few lines of text in one style: enough to overlap, to be cut and to be empty.
#[derive(Debug, Clone, PartialEq)]
struct Lines(Vec<String>, Style, i32);

impl Show for Lines {
    fn paint(&self, canvas: &mut Canvas<'_>, _: &Theme) {
        for (y, line) in (0i32..).zip(&self.0) {
            canvas.put(self.2, y, line, self.1);
        }
    }
}

fn lines() -> impl Strategy<Value = Lines> {
    (prop::collection::vec(text(), 0..4), style(), -2..2i32)
        .prop_map(|(lines, style, x)| Lines(lines, style, x))
}

#[derive(Debug, Clone)]
enum Change {
    /// Other regions altogether.
    Shape(Vec<(Rect, bool, Lines)>),
    /// Another value in one of them.
    Value(prop::sample::Index, Lines),
    Resize(Size),
    Policy(Policy),
    Same,
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        2 => prop::collection::vec((area(), any::<bool>(), lines()), 0..7).prop_map(Change::Shape),
        8 => (any::<prop::sample::Index>(), lines()).prop_map(|(index, lines)| Change::Value(index, lines)),
        1 => size().prop_map(Change::Resize),
        1 => policy().prop_map(Change::Policy),
        1 => Just(Change::Same),
    ]
}

fn regions(scene: &[(Rect, bool, Lines)]) -> Vec<Region<Lines>> {
    let region = |(area, over, lines): &(Rect, bool, Lines)| Region {
        area: *area,
        layer: if *over { Layer::Overlay } else { Layer::Base },
        shown: lines.clone(),
    };
    scene.iter().map(region).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn increments_show_what_a_repaint_shows(
        policy in policy(),
        frames in prop::collection::vec((prop::collection::vec(action(), 1..5), cursor()), 1..12),
    ) {
        let mut scene = Scene::new(Size::new(WIDTH, HEIGHT), policy);
        for (actions, cursor) in &frames {
            for action in actions {
                act(&mut scene, action);
            }
            scene.flush(*cursor);
        }
    }

    #[test]
    fn regions_show_what_a_fresh_stage_shows(
        policy in policy(),
        first in prop::collection::vec((area(), any::<bool>(), lines()), 0..7),
        changes in prop::collection::vec(change(), 1..12),
    ) {
        let theme = Theme::plain();
        let mut scene = Scene::new(Size::new(WIDTH, HEIGHT), policy);
        let mut stage = Stage::new();
        let mut shown = first;
        for change in std::iter::once(&Change::Same).chain(&changes) {
            match change {
                Change::Shape(other) => shown.clone_from(other),
                Change::Value(index, lines) if !shown.is_empty() => {
                    let index = index.index(shown.len());
                    shown[index].2 = lines.clone();
                }
                Change::Resize(size) => scene.resize(*size),
                // The terminal stays as it is, so only a layout that suits both kinds can be looked at there.
                Change::Policy(other) if policy == Policy::Wide => {
                    scene.screen.set_policy(*other);
                    scene.screen.set_policy(policy);
                }
                Change::Policy(_) | Change::Value(..) | Change::Same => {}
            }
            stage.present(&mut scene.screen, &theme, regions(&shown));
            let mut fresh = Screen::new(scene.screen.size(), policy);
            Stage::new().present(&mut fresh, &theme, regions(&shown));
            prop_assert_eq!(scene.screen.buffer(), fresh.buffer());
            scene.flush(None);
        }
    }
}

/// One digit more in a cell: the cell, its row total, a column total and two sides of a balance with the difference
/// change, and the cursor stays in the cell.
fn one_digit(theme: &Theme) -> Vec<u8> {
    let mut screen = Screen::new(Size::new(120, 40), Policy::Narrow);
    let draw = |screen: &mut Screen, digits: [&str; 6]| {
        let roles = [Role::Typing, Role::Total, Role::Total, Role::Total, Role::Total, Role::ErrorMark];
        let places = [(40, 12), (80, 12), (40, 30), (40, 33), (80, 33), (40, 35)];
        let mut canvas = screen.canvas(Rect::new(0, 0, 120, 40));
        canvas.put(0, 12, "（一）予以公开", theme.style(Role::Label));
        for ((digit, role), (x, y)) in digits.into_iter().zip(roles).zip(places) {
            canvas.put_right(x, y, digit, theme.style(role));
        }
    };
    draw(&mut screen, ["1", "11", "21", "21", "31", "+1"]);
    screen.flush(Some(Position::new(39, 12)));
    draw(&mut screen, ["3", "13", "23", "23", "33", "+3"]);
    screen.flush(Some(Position::new(39, 12))).to_vec()
}

#[test]
fn a_digit_costs_less_than_125_bytes() {
    for mode in [ColourMode::Colour256, ColourMode::Colour16, ColourMode::Mono] {
        let bytes = one_digit(&Themes::embedded().unwrap().theme(mode));
        let text = String::from_utf8_lossy(&bytes).replace('\x1b', "^");
        assert!(bytes.len() < 125, "{} bytes: {text}", bytes.len());
        assert!(!text.contains("^[?25"), "the cursor need not be hidden: {text}");
    }
}

#[test]
fn without_colours_no_colour_code_is_sent() {
    let theme = Themes::embedded().unwrap().theme(ColourMode::Mono);
    let mut screen = Screen::new(Size::new(20, 40), Policy::Narrow);
    for (y, role) in (0i32..).zip(Role::ALL) {
        screen.canvas(screen.area()).put(y % 5, y, "中1", theme.style(role));
    }
    let mut emulator = Emulator::new(Size::new(20, 40), Policy::Narrow);
    emulator.feed(screen.flush(None));
    assert!(emulator.squares().iter().all(|square| (square.fg, square.bg) == (Color::Reset, Color::Reset)));
    let text = String::from_utf8(screen.clone().flush(None).to_vec()).unwrap();
    assert_eq!(text, "");
    screen.invalidate();
    let text = String::from_utf8(screen.flush(None).to_vec()).unwrap();
    for codes in text.split("\x1b[").filter_map(|part| part.split_once('m').map(|(codes, _)| codes)) {
        let only_marks = codes
            .split(';')
            .all(|code| matches!(code, "" | "0" | "1" | "2" | "4" | "7" | "22" | "24" | "27"));
        let is_move = codes.contains(|c: char| c.is_ascii_uppercase());
        assert!(only_marks || is_move, "{codes}");
    }
}
