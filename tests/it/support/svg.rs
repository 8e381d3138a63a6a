//! Draws a screen as a picture: an SVG as a terminal with a dark, calm background would show it.
//!
//! Every glyph stands in the middle of its cells by its own position, and lines under text are shapes, so that the
//! picture is aligned whatever font the viewer has. (Lists of positions would be shorter, but not every viewer of
//! SVG knows them.)

use std::fmt::Write;
use std::ops::Range;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

/// The picture of `buffer`, with the cursor if it is to be seen. `title` is for those who can not see it.
pub(crate) fn svg(buffer: &Buffer, cursor: Option<Position>, title: &str) -> String {
    let (columns, rows) = (usize::from(buffer.area.width), usize::from(buffer.area.height));
    let (width, height) = (columns * CELL + 2 * MARGIN, rows * LINE + 2 * MARGIN);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" role=\"img\">\n<title>{}</title>\n<rect width=\"{width}\" height=\"{height}\" \
         rx=\"8\" fill=\"{}\"/>\n<g transform=\"translate({MARGIN} {MARGIN})\" fill=\"{}\" font-size=\"{FONT}\" \
         font-family=\"{FONTS}\" text-anchor=\"middle\">\n",
        escaped(title),
        Rgb::BACKGROUND.hex(),
        Rgb::FOREGROUND.hex(),
    );
    for (y, row) in buffer.content.chunks(columns.max(1)).enumerate() {
        // Backgrounds first, for a glyph may reach over the edge of its cells.
        let runs = runs(row);
        for (columns, ink) in &runs {
            ink.ground(&mut out, y, columns);
        }
        for (columns, ink) in &runs {
            ink.text(&mut out, y, row, columns);
        }
    }
    if let Some(Position { x, y }) = cursor {
        let (x, y) = (usize::from(x) * CELL, usize::from(y) * LINE + LINE - 3);
        let _ = writeln!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{CELL}\" height=\"3\" fill=\"{CURSOR}\"/>");
    }
    out.push_str("</g>\n</svg>\n");
    out
}

/// Width of a cell. Twice this is a little more than [`FONT`], so that Chinese characters do not touch.
const CELL: usize = 10;
/// Height of a cell.
const LINE: usize = 22;
/// From the top of a cell to where letters stand.
const BASELINE: usize = 17;
const MARGIN: usize = 16;
const FONT: usize = 18;
const FONTS: &str = "ui-monospace,SFMono-Regular,Consolas,'DejaVu Sans Mono','Noto Sans Mono CJK SC',\
                     'PingFang SC','Microsoft YaHei','WenQuanYi Micro Hei',monospace";
const CURSOR: &str = "#e0b050";

/// Neighbouring cells that look the same.
fn runs(row: &[Cell]) -> Vec<(Range<usize>, Ink)> {
    let mut runs: Vec<(Range<usize>, Ink)> = Vec::new();
    for (x, cell) in row.iter().enumerate() {
        let ink = Ink::of(cell);
        match runs.last_mut() {
            Some((columns, last)) if *last == ink => columns.end = x + 1,
            _ => runs.push((x..x + 1, ink)),
        }
    }
    runs
}

/// What a cell looks like when all is resolved.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Ink {
    front: Rgb,
    ground: Rgb,
    modifier: Modifier,
}

impl Ink {
    fn of(cell: &Cell) -> Self {
        let mut front = Rgb::of(cell.fg).unwrap_or(Rgb::FOREGROUND);
        let mut ground = Rgb::of(cell.bg).unwrap_or(Rgb::BACKGROUND);
        if cell.modifier.contains(Modifier::REVERSED) {
            (front, ground) = (ground, front);
        }
        if cell.modifier.contains(Modifier::DIM) {
            front = front.towards(ground);
        }
        let drawn = Modifier::BOLD | Modifier::ITALIC | Modifier::UNDERLINED;
        Self { front, ground, modifier: cell.modifier.intersection(drawn) }
    }

    fn ground(self, out: &mut String, y: usize, columns: &Range<usize>) {
        if self.ground != Rgb::BACKGROUND {
            rect(out, columns, (y * LINE, LINE), self.ground);
        }
    }

    fn text(self, out: &mut String, y: usize, row: &[Cell], columns: &Range<usize>) {
        if self.modifier.contains(Modifier::UNDERLINED) {
            rect(out, columns, (y * LINE + BASELINE + 2, 1), self.front);
        }
        let glyphs: Vec<(usize, &str)> = columns
            .clone()
            .map(|x| (x, row[x].symbol()))
            .filter(|(_, symbol)| !symbol.trim().is_empty())
            .collect();
        if glyphs.is_empty() {
            return;
        }
        let _ = write!(out, "<text y=\"{}\"", y * LINE + BASELINE);
        if self.front != Rgb::FOREGROUND {
            let _ = write!(out, " fill=\"{}\"", self.front.hex());
        }
        if self.modifier.contains(Modifier::BOLD) {
            out.push_str(" font-weight=\"700\"");
        }
        if self.modifier.contains(Modifier::ITALIC) {
            out.push_str(" font-style=\"italic\"");
        }
        out.push('>');
        for (x, symbol) in glyphs {
            // The canvas leaves the second half of a wide character empty.
            let wide = row.get(x + 1).is_some_and(|next| next.symbol().is_empty());
            let middle = x * CELL + if wide { CELL } else { CELL / 2 };
            let _ = write!(out, "<tspan x=\"{middle}\">{}</tspan>", escaped(symbol));
        }
        out.push_str("</text>\n");
    }
}

fn rect(out: &mut String, columns: &Range<usize>, (y, height): (usize, usize), fill: Rgb) {
    let (x, width) = (columns.start * CELL, columns.len() * CELL);
    let fill = fill.hex();
    let _ =
        writeln!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\"/>");
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Rgb(u8, u8, u8);

impl Rgb {
    const FOREGROUND: Self = Self(0xd3, 0xd8, 0xde);
    const BACKGROUND: Self = Self(0x1c, 0x20, 0x26);

    /// The colour, unless it is the terminal's own.
    fn of(color: Color) -> Option<Self> {
        Some(match color {
            Color::Reset => return None,
            Color::Rgb(red, green, blue) => Self(red, green, blue),
            Color::Indexed(index) => Self::indexed(index),
            Color::Black => Self::indexed(0),
            Color::Red => Self::indexed(1),
            Color::Green => Self::indexed(2),
            Color::Yellow => Self::indexed(3),
            Color::Blue => Self::indexed(4),
            Color::Magenta => Self::indexed(5),
            Color::Cyan => Self::indexed(6),
            Color::Gray => Self::indexed(7),
            Color::DarkGray => Self::indexed(8),
            Color::LightRed => Self::indexed(9),
            Color::LightGreen => Self::indexed(10),
            Color::LightYellow => Self::indexed(11),
            Color::LightBlue => Self::indexed(12),
            Color::LightMagenta => Self::indexed(13),
            Color::LightCyan => Self::indexed(14),
            Color::White => Self::indexed(15),
        })
    }

    /// One of xterm's 256: sixteen that each terminal chooses, a cube of six levels, a row of greys.
    fn indexed(index: u8) -> Self {
        const SIXTEEN: [Rgb; 16] = [
            Rgb(0x2a, 0x2f, 0x37),
            Rgb(0xd1, 0x60, 0x60),
            Rgb(0x7f, 0xa6, 0x6a),
            Rgb(0xd0, 0xa8, 0x5c),
            Rgb(0x6a, 0x8f, 0xc4),
            Rgb(0xb0, 0x7c, 0xb8),
            Rgb(0x5a, 0xa5, 0xa5),
            Rgb(0xc0, 0xc5, 0xcc),
            Rgb(0x78, 0x80, 0x8a),
            Rgb(0xe5, 0x7f, 0x7f),
            Rgb(0x9c, 0xc4, 0x86),
            Rgb(0xe6, 0xc4, 0x7c),
            Rgb(0x8a, 0xae, 0xe0),
            Rgb(0xcb, 0x9a, 0xd2),
            Rgb(0x7c, 0xc4, 0xc4),
            Rgb(0xf2, 0xf4, 0xf6),
        ];
        let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
        match index {
            0..16 => SIXTEEN[usize::from(index)],
            16..232 => {
                let step = index - 16;
                Self(level(step / 36), level(step / 6 % 6), level(step % 6))
            }
            232.. => {
                let grey = 8 + 10 * (index - 232);
                Self(grey, grey, grey)
            }
        }
    }

    fn towards(self, other: Self) -> Self {
        Self(self.0.midpoint(other.0), self.1.midpoint(other.1), self.2.midpoint(other.2))
    }

    fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
