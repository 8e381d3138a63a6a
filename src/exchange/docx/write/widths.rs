//! How wide the columns of a table are, so that the table is as wide as the text.

use crate::exchange::document::{Part, Table};

/// The width of the text, in twentieths of a point.
pub(super) const TEXT_WIDTH: u32 = 8844;

/// The space left and right of what stands in a cell.
pub(super) const MARGIN: u32 = 57;

/// Half the width of a Chinese character of 小五.
const HALF: u32 = 90;

/// A text longer than so many halves is broken into lines in any case.
const LONG: u32 = 32;

/// A cell over more rows than that has room to be broken into lines.
const TALL: usize = 3;

/// What a column asks for, in halves of a character.
#[derive(Clone, Copy, Default)]
struct Wish {
    /// Below this, figures or words are broken.
    least: u32,
    /// With this, nothing is broken.
    whole: u32,
}

/// The width of each column; together they are [`TEXT_WIDTH`].
pub(super) fn widths(table: &Table) -> Vec<u32> {
    let columns = table.columns().max(1) as u32;
    let wishes =
        |least: u32| -> Vec<Wish> { (0..table.columns()).map(|column| wish(table, column, least)).collect() };
    let room = TEXT_WIDTH.saturating_sub(columns * 2 * MARGIN) / HALF;
    let sum = |wishes: &[Wish]| wishes.iter().map(|wish| wish.least).sum::<u32>();
    let mut asked = wishes(7);
    if sum(&asked) > room {
        asked = wishes(5);
    }
    let least = sum(&asked);
    let more: u32 = asked.iter().map(|wish| wish.whole - wish.least).sum();
    let shares: Vec<u64> = if least > room || more == 0 {
        asked.iter().map(|wish| u64::from(wish.least * HALF + 2 * MARGIN)).collect()
    } else {
        let spare = u64::from(TEXT_WIDTH.saturating_sub(columns * 2 * MARGIN + least * HALF));
        let shared = |wish: &Wish| u64::from(wish.whole - wish.least) * spare / u64::from(more);
        asked.iter().map(|wish| u64::from(wish.least * HALF + 2 * MARGIN) + shared(wish)).collect()
    };
    // Scaled by running sums, so that no rounding is left over at the end.
    let total: u64 = shares.iter().sum::<u64>().max(1);
    let (mut sum, mut before) = (0, 0);
    let scaled = shares.iter().map(|share| {
        sum += share;
        let end = (u64::from(TEXT_WIDTH) * sum / total) as u32;
        let width = end - before;
        before = end;
        width
    });
    scaled.collect()
}

/// What the cells ask for that stand in one column alone.
fn wish(table: &Table, column: usize, least: u32) -> Wish {
    let mut wish = Wish { least, whole: least };
    for cell in table.cells().iter().filter(|cell| cell.column == column && cell.columns == 1) {
        let halves = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<u32>();
        let longest = cell.text.lines().map(halves).max().unwrap_or(0);
        let lines = match cell.rows {
            rows if rows > TALL => rows as u32,
            // A head of two lines looks well, and leaves room for long labels.
            _ if cell.part == Part::Head => 2,
            _ => 1,
        };
        wish.whole = wish.whole.max(longest.div_ceil(lines).min(LONG));
        let word = cell.text.split(|c: char| !c.is_ascii_graphic()).map(str::len).max().unwrap_or(0) as u32;
        // Fonts that stand in for Times New Roman have wider digits.
        wish.least = wish.least.max((word + word / 3 + 1).min(LONG / 2));
    }
    wish.whole = wish.whole.max(wish.least);
    wish
}
