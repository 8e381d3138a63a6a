//! A small terminal: what a user would see after the bytes that the program writes.
//!
//! It knows the escapes that the program sends and no others, and it is as unforgiving as terminals are: a half of a
//! wide character whose other half was overwritten is [`Glyph::Lost`], and so is everything before the first
//! clearing and after a resize.

use gouji::tui::width::Policy;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};
use vte::{Params, Parser, Perform};

/// What is in one place of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Glyph {
    Char(char),
    /// The second half of a wide character.
    Tail,
    /// Nothing that a program may rely on.
    Lost,
}

/// One place of the screen with its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Square {
    pub(crate) glyph: Glyph,
    pub(crate) fg: Color,
    pub(crate) bg: Color,
    pub(crate) modifier: Modifier,
}

const LOST: Square =
    Square { glyph: Glyph::Lost, fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

pub(crate) struct Emulator {
    parser: Parser,
    grid: Grid,
}

impl Emulator {
    /// A terminal that draws characters of ambiguous width as `policy` says.
    pub(crate) fn new(size: Size, policy: Policy) -> Self {
        Self { parser: Parser::new(), grid: Grid::new(size, policy) }
    }

    /// Loses the whole screen: what terminals keep when resized differs.
    pub(crate) fn resize(&mut self, size: Size) {
        self.grid = Grid::new(size, self.grid.policy);
    }

    pub(crate) fn feed(&mut self, bytes: &[u8]) {
        self.parser.advance(&mut self.grid, bytes);
    }

    /// All squares, row by row.
    pub(crate) fn squares(&self) -> &[Square] {
        &self.grid.squares
    }

    /// Where the cursor is; `None` if hidden.
    pub(crate) fn cursor(&self) -> Option<Position> {
        self.grid.shows_cursor.then_some(Position { x: self.grid.x, y: self.grid.y })
    }

    /// The rows as text without blanks at the end, `?` for what is lost.
    pub(crate) fn rows(&self) -> Vec<String> {
        let text = |square: &Square| match square.glyph {
            Glyph::Char(c) => Some(c),
            Glyph::Tail => None,
            Glyph::Lost => Some('?'),
        };
        let width = usize::from(self.grid.size.width).max(1);
        let row = |row: &[Square]| row.iter().filter_map(text).collect::<String>().trim_end().to_owned();
        self.grid.squares.chunks(width).map(row).collect()
    }
}

struct Grid {
    size: Size,
    policy: Policy,
    squares: Vec<Square>,
    x: u16,
    y: u16,
    /// The last column was written; the next glyph goes to the next row.
    wraps: bool,
    shows_cursor: bool,
    pen: Square,
}

impl Grid {
    fn new(size: Size, policy: Policy) -> Self {
        let squares = vec![LOST; usize::from(size.width) * usize::from(size.height)];
        Self { size, policy, squares, x: 0, y: 0, wraps: false, shows_cursor: true, pen: LOST }
    }

    fn at(&mut self, x: u16, y: u16) -> Option<&mut Square> {
        let inside = x < self.size.width && y < self.size.height;
        let index = usize::from(y) * usize::from(self.size.width) + usize::from(x);
        if inside { self.squares.get_mut(index) } else { None }
    }

    /// Writes into one square; the other half of what was cut in two is lost.
    fn write(&mut self, x: u16, glyph: Glyph) {
        let (y, pen) = (self.y, self.pen);
        let Some(square) = self.at(x, y) else { return };
        let old = std::mem::replace(square, Square { glyph, ..pen });
        if old.glyph == Glyph::Tail
            && let Some(head) = self.at(x - 1, y)
            && glyph != Glyph::Tail
        {
            head.glyph = Glyph::Lost;
        }
        if let Some(next) = self.at(x + 1, y)
            && next.glyph == Glyph::Tail
        {
            next.glyph = Glyph::Lost;
        }
    }

    fn go(&mut self, x: u16, y: u16) {
        self.x = x.min(self.size.width.saturating_sub(1));
        self.y = y.min(self.size.height.saturating_sub(1));
        self.wraps = false;
    }

    fn style(&mut self, codes: &[u16]) {
        let mut codes = codes.iter().copied();
        while let Some(code) = codes.next() {
            let named = |code| NAMED.get(usize::from(code)).copied().unwrap();
            let modifier = &mut self.pen.modifier;
            match code {
                0 => self.pen = LOST,
                1 => *modifier |= Modifier::BOLD,
                2 => *modifier |= Modifier::DIM,
                3 => *modifier |= Modifier::ITALIC,
                4 => *modifier |= Modifier::UNDERLINED,
                7 => *modifier |= Modifier::REVERSED,
                9 => *modifier |= Modifier::CROSSED_OUT,
                22 => modifier.remove(Modifier::BOLD | Modifier::DIM),
                23 => modifier.remove(Modifier::ITALIC),
                24 => modifier.remove(Modifier::UNDERLINED),
                27 => modifier.remove(Modifier::REVERSED),
                29 => modifier.remove(Modifier::CROSSED_OUT),
                30..=37 => self.pen.fg = named(code - 30),
                38 => self.pen.fg = extended(&mut codes),
                39 => self.pen.fg = Color::Reset,
                40..=47 => self.pen.bg = named(code - 40),
                48 => self.pen.bg = extended(&mut codes),
                49 => self.pen.bg = Color::Reset,
                90..=97 => self.pen.fg = named(code - 82),
                100..=107 => self.pen.bg = named(code - 92),
                _ => panic!("style code {code}"),
            }
        }
    }
}

fn extended(codes: &mut impl Iterator<Item = u16>) -> Color {
    let mut next = || codes.next().and_then(|part| u8::try_from(part).ok()).unwrap();
    match next() {
        5 => Color::Indexed(next()),
        _ => Color::Rgb(next(), next(), next()),
    }
}

const NAMED: [Color; 16] = [
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];

impl Perform for Grid {
    fn print(&mut self, c: char) {
        let width = self.policy.char_width(c);
        assert!(width > 0, "{c:?} takes no cell");
        if self.wraps || self.x + width > self.size.width {
            self.go(0, self.y + 1);
        }
        self.write(self.x, Glyph::Char(c));
        if width == 2 {
            self.write(self.x + 1, Glyph::Tail);
        }
        self.wraps = self.x + width >= self.size.width;
        self.x = (self.x + width).min(self.size.width.saturating_sub(1));
    }

    fn execute(&mut self, byte: u8) {
        panic!("control character {byte:#x}");
    }

    fn csi_dispatch(&mut self, params: &Params, intermediates: &[u8], _: bool, action: char) {
        let codes: Vec<u16> = params.iter().flatten().copied().collect();
        let number = |index| codes.get(index).copied().unwrap_or(0);
        match (intermediates, action, number(0)) {
            ([], 'H', row) => self.go(number(1).max(1) - 1, row.max(1) - 1),
            ([], 'G', column) => self.go(column.max(1) - 1, self.y),
            ([], 'm', _) => self.style(&codes),
            ([], 'J', 2) => self.squares.fill(Square { glyph: Glyph::Char(' '), ..self.pen }),
            (b"?", 'h', 25) => self.shows_cursor = true,
            (b"?", 'l', 25) => self.shows_cursor = false,
            other => panic!("escape {other:?}"),
        }
    }
}
