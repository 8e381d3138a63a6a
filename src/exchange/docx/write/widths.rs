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
    let spare = u64::from(TEXT_WIDTH.saturating_sub(columns * 2 * MARGIN + least * HALF));
    let missing = u64::from(more * HALF);
    let given = |wish: &Wish| {
        let missed = u64::from((wish.whole - wish.least) * HALF);
        let gained = if missing > spare { missed * spare / missing } else { missed };
        let rest = spare.saturating_sub(missing) / u64::from(columns);
        u64::from(wish.least * HALF + 2 * MARGIN) + gained + rest
    };
    let shares: Vec<u64> = asked.iter().map(given).collect();
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::exchange::document::{Cell, TableBuilder};

    fn of(texts: &[&str]) -> Vec<u32> {
        let mut builder = TableBuilder::new(600, 10_000);
        for text in texts {
            builder.push(Cell { text: (*text).to_owned(), ..Cell::default() });
        }
        widths(&builder.build().unwrap())
    }

    #[test]
    fn long_labels_get_more_and_figures_enough() {
        let [label, figure] = of(&["申请人无正当理由逾期不补正、行政机关不再处理其申请", "11398889"])[..]
        else {
            panic!("two columns")
        };
        assert!(label > figure && figure >= 8 * HALF + 2 * MARGIN, "{label} {figure}");
        assert_eq!(of(&["甲"; 4]), [2211; 4]);
        let fifteen = of(&["结果维持"; 15]);
        assert!(fifteen.iter().all(|width| (589..=590).contains(width)), "{fifteen:?}");
    }

    proptest! {
        #[test]
        fn columns_fill_the_text_and_none_is_lost(texts in prop::collection::vec("[0-9]{0,30}|[一-十]{0,40}", 1..512)) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let widths = of(&texts);
            prop_assert_eq!(widths.iter().sum::<u32>(), TEXT_WIDTH);
            prop_assert!(widths.iter().all(|width| *width > 4), "slivers would be closed again: {:?}", widths);
        }
    }
}
