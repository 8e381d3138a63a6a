//! How much room text takes. Programs fit rows to their text only where no cells are merged, so that all heights are
//! given here, rather a little too large than too small.

use unicode_width::UnicodeWidthStr;

/// The width of a text in half-width characters; of several lines, the widest.
pub(super) fn width(text: &str) -> f64 {
    text.lines().map(units).fold(0.0, f64::max)
}

/// How many lines a text takes in columns of this width (in characters of the standard font) at this size in points.
pub(super) fn lines(text: &str, columns: f64, size: f64) -> f64 {
    // The standard character is 7 pixels wide, and a margin is kept on both sides. A line rarely fills to its end.
    let room = ((columns * 7.0 - 10.0) / half_width(size)).max(2.0);
    let room = (room - 1.0).max(2.0);
    let one = |line: &str| (units(line) / room).ceil().max(1.0);
    text.split('\n').map(one).sum::<f64>().max(1.0)
}

/// The height of so many lines, in points.
pub(super) fn height(lines: f64, size: f64) -> f64 {
    lines * size * 1.35 + 6.0
}

/// The width of a line in half-width characters.
fn units(line: &str) -> f64 {
    f64::from(u32::try_from(line.width()).unwrap_or(u32::MAX))
}

/// The width of half a Chinese character in pixels.
fn half_width(size: f64) -> f64 {
    size * 96.0 / 72.0 / 2.0
}
