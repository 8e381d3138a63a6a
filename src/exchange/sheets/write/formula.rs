//! Formulas over figures. They are made of addresses and numbers alone; no text of a user gets into one.

use super::figures::{Figures, Spot, by_factor};
use crate::model::CellId;

/// A weighted sum as a formula: `SUM(D5:D27)-SUM(F5,F7)`. None if a figure is not in the workbook.
pub(super) fn sum(
    figures: &Figures,
    sheet: usize,
    terms: impl IntoIterator<Item = (CellId, i64)>,
) -> Option<String> {
    let mut formula = String::new();
    // The greatest factor first, so that the formula does not begin with a sign if it need not.
    for (factor, cells) in by_factor(terms).into_iter().rev() {
        let cells = cells_of(figures, sheet, &cells)?;
        let sign = match (factor < 0, formula.is_empty()) {
            (true, _) => "-",
            (false, true) => "",
            (false, false) => "+",
        };
        formula.push_str(sign);
        if factor.unsigned_abs() != 1 {
            formula.extend([factor.unsigned_abs().to_string().as_str(), "*"]);
        }
        formula.extend(["SUM(", &cells, ")"]);
    }
    Some(if formula.is_empty() { "0".to_owned() } else { formula })
}

/// Cells as the arguments of a function, runs of them as ranges: `D5:D27,F3`. None if one is not in the workbook.
pub(super) fn cells_of(figures: &Figures, sheet: usize, cells: &[CellId]) -> Option<String> {
    let spots: Vec<Spot> = cells.iter().map(|cell| figures.spot(*cell)).collect::<Option<_>>()?;
    let parts = runs(&spots).into_iter().map(|(first, last)| {
        let range = range(first, last);
        if first.sheet == sheet {
            range
        } else {
            format!("'{}'!{range}", figures.name(first.sheet).replace('\'', "''"))
        }
    });
    Some(parts.collect::<Vec<_>>().join(","))
}

/// Cells of one sheet as a list of ranges with blanks between.
pub(super) fn list(spots: &[Spot]) -> String {
    runs(spots).into_iter().map(|(first, last)| range(first, last)).collect::<Vec<_>>().join(" ")
}

/// The name of a position: `D5`.
pub(super) fn address(row: u32, column: u16) -> String {
    let mut rest = u32::from(column) + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    format!("{}{}", letters.iter().rev().collect::<String>(), row + 1)
}

fn range(first: Spot, last: Spot) -> String {
    let start = address(first.row, first.column);
    if first == last { start } else { format!("{start}:{}", address(last.row, last.column)) }
}

/// The fewest runs of neighbours, down the columns or along the rows. Runs that are as long and side by side are one
/// rectangle.
fn runs(spots: &[Spot]) -> Vec<(Spot, Spot)> {
    let mut down = spots.to_vec();
    down.sort_unstable();
    down.dedup();
    let mut along = down.clone();
    along.sort_unstable_by_key(|spot| (spot.sheet, spot.row, spot.column));
    let below = |a: Spot, b: Spot| Spot { row: a.row + 1, ..a } == b;
    let beside = |a: Spot, b: Spot| Spot { column: a.column.saturating_add(1), ..a } == b;
    let down = joined(&joined(&singles(&down), below, |_, _| true), beside, |a, b| {
        (a.0.row, a.1.row) == (b.0.row, b.1.row)
    });
    let along = joined(&joined(&singles(&along), beside, |_, _| true), below, |a, b| {
        (a.0.column, a.1.column) == (b.0.column, b.1.column)
    });
    if along.len() < down.len() { along } else { down }
}

fn singles(spots: &[Spot]) -> Vec<(Spot, Spot)> {
    spots.iter().map(|spot| (*spot, *spot)).collect()
}

/// Joins runs with the one before where they touch and fit.
fn joined(
    runs: &[(Spot, Spot)],
    next: impl Fn(Spot, Spot) -> bool,
    fits: impl Fn(&(Spot, Spot), &(Spot, Spot)) -> bool,
) -> Vec<(Spot, Spot)> {
    let mut out: Vec<(Spot, Spot)> = Vec::new();
    for run in runs {
        match out.last_mut() {
            // Of two runs that touch, the last corner of one is next to the last corner of the other.
            Some(last) if fits(last, run) && next(last.1, run.1) => last.1 = run.1,
            _ => out.push(*run),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spots(places: &[(u32, u16)]) -> Vec<Spot> {
        places.iter().map(|(row, column)| Spot { sheet: 0, row: *row, column: *column }).collect()
    }

    #[test]
    fn neighbours_become_ranges() {
        assert_eq!(list(&spots(&[(4, 3), (5, 3), (6, 3)])), "D5:D7");
        assert_eq!(list(&spots(&[(4, 3), (4, 4), (4, 5)])), "D5:F5");
        assert_eq!(list(&spots(&[(4, 3), (5, 3), (4, 4), (5, 4)])), "D5:E6");
        assert_eq!(list(&spots(&[(4, 3), (6, 3), (4, 5)])), "D5 D7 F5");
        assert_eq!(list(&spots(&[(0, 0), (1, 0), (1, 1), (2, 1)])), "A1:A2 B2:B3");
        assert_eq!(list(&spots(&[(9, 26)])), "AA10");
    }
}
