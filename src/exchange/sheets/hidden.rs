//! Rows and columns that nobody sees who looks at the sheet.
//!
//! A hidden row that is a draft of one that is shown is told and not read, and so are words without figures. A hidden
//! row of figures that stands for itself is read and told: people hide rows that are of no interest to them, which a
//! report must have. A hidden column is read, because figures beside it are found by where they stand, and told.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::book::Sheet;
use super::losses::Losses;
use super::regions::is_figure;
use crate::model::excerpt;

/// Rows or columns, from one to another, both inclusive.
#[derive(Debug, Default)]
pub(super) struct Ranges(Vec<(u32, u32)>);

impl Ranges {
    /// Adds a range; one that goes on where the last one ended costs nothing.
    pub(super) fn add(&mut self, first: u32, last: u32) {
        match self.0.last_mut() {
            Some(range) if range.1.checked_add(1) == Some(first) => range.1 = last.max(first),
            _ => self.0.push((first, last.max(first))),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// How many of them lie between two others. Only after [`take`].
    pub(super) fn between(&self, before: u32, after: u32) -> u32 {
        let from = self.0.partition_point(|range| range.1 <= before);
        let inside = self.0.iter().skip(from).take_while(|range| range.0 < after);
        inside.map(|(first, last)| (*last).min(after - 1) - (*first).max(before + 1) + 1).sum()
    }

    /// Whether all of a range is among them.
    fn cover(&self, first: u32, last: u32) -> bool {
        let at = self.0.partition_point(|range| range.0 <= first);
        at.checked_sub(1).and_then(|at| self.0.get(at)).is_some_and(|range| range.1 >= last)
    }

    /// In order, and none beside or over another.
    fn sort(&mut self) {
        self.0.sort_unstable();
        let mut sorted: Vec<(u32, u32)> = Vec::with_capacity(self.0.len());
        for (first, last) in self.0.drain(..) {
            match sorted.last_mut() {
                Some(range) if first <= range.1.saturating_add(1) => range.1 = range.1.max(last),
                _ => sorted.push((first, last)),
            }
        }
        self.0 = sorted;
    }
}

/// Takes hidden rows out of a sheet, and tells them and what stands in hidden columns.
pub(super) fn take(sheet: &mut Sheet, losses: &mut Losses) {
    sheet.hidden_rows.sort();
    sheet.hidden_columns.sort();
    if sheet.hidden_rows.len() == 0 && sheet.hidden_columns.len() == 0 {
        return;
    }
    // A merged cell is seen as long as any of its rows and columns is.
    let mut ends: HashMap<(u32, u32), (u32, u32)> = HashMap::new();
    for merge in &sheet.merges {
        let end = ends.entry((merge.row, merge.column)).or_insert(merge.last);
        *end = (end.0.max(merge.last.0), end.1.max(merge.last.1));
    }
    let end = |place: &(u32, u32)| ends.get(place).copied().unwrap_or(*place);
    let is_hidden = |place: &(u32, u32)| sheet.hidden_rows.cover(place.0, end(place).0);
    let (mut hidden, mut seen) = (BTreeMap::<u32, Words>::new(), BTreeMap::<u32, Words>::new());
    for (place, value) in sheet.cells.iter().filter(|(_, value)| !value.text.trim().is_empty()) {
        let rows = if is_hidden(place) { &mut hidden } else { &mut seen };
        rows.entry(place.0).or_insert_with(|| Words::at(place.1)).add(&value.text);
    }
    let mut lost = HashSet::new();
    for (row, words) in &hidden {
        let told = excerpt(&words.all, MOST_WORDS);
        let at = sheet.at(*row, words.column);
        if stands_alone(*row, words, &hidden, &seen) {
            losses.doubt(at, &format!("这一行是隐藏的，“{told}”照常读取了，请核对是否有用"));
        } else {
            losses.push(at, &format!("隐藏的行里的“{told}”"));
            lost.insert(*row);
        }
    }
    let mut columns: BTreeMap<u32, ((u32, u32), usize)> = BTreeMap::new();
    for (place, value) in &sheet.cells {
        if !value.text.trim().is_empty() && sheet.hidden_columns.cover(place.1, end(place).1) {
            columns.entry(place.1).or_insert((*place, 0)).1 += 1;
        }
    }
    for ((row, column), cells) in columns.into_values() {
        let message = format!("这一列是隐藏的，列里的{cells}格内容照常读取了，请核对是否有用");
        losses.doubt(sheet.at(row, column), &message);
    }
    let goes: HashSet<(u32, u32)> = {
        let cells = sheet.cells.keys().chain(sheet.remarks.keys());
        cells.filter(|place| lost.contains(&place.0) && is_hidden(place)).copied().collect()
    };
    sheet.cells.retain(|place, _| !goes.contains(place));
    let mut remarks = std::mem::take(&mut sheet.remarks);
    remarks.retain(|place, said| {
        if goes.contains(place) {
            let what = format!("隐藏的行里的批注“{}”", excerpt(said, MOST_WORDS));
            losses.push(sheet.at(place.0, place.1), &what);
        }
        !goes.contains(place)
    });
    sheet.remarks = remarks;
}

/// How many characters of a row are told.
const MOST_WORDS: usize = 200;
/// How many pairs of rows are compared; where there are more, hidden rows are not read.
const MOST_PAIRS: usize = 1_000_000;

/// So much of a label is compared.
const LONGEST_LABEL: usize = 300;

/// The words of a row.
struct Words {
    /// Where they begin.
    column: u32,
    all: String,
    /// The letters of what are no figures.
    label: String,
    has_figures: bool,
}

impl Words {
    fn at(column: u32) -> Self {
        Self { column, all: String::new(), label: String::new(), has_figures: false }
    }

    fn add(&mut self, text: &str) {
        if !self.all.is_empty() {
            self.all.push(' ');
        }
        self.all.push_str(text);
        if is_figure(text) {
            self.has_figures = true;
        } else if self.label.len() < LONGEST_LABEL {
            self.label.extend(text.chars().filter(|c| c.is_alphabetic()).take(LONGEST_LABEL));
        }
    }

    /// Whether two rows are for the same, as far as their labels tell.
    fn is_like(&self, other: &Self) -> bool {
        let (long, short) = if self.label.len() < other.label.len() {
            (&other.label, &self.label)
        } else {
            (&self.label, &other.label)
        };
        !short.is_empty() && short.len() * 2 >= long.len() && long.contains(short.as_str())
    }
}

/// Whether figures in a hidden row have no rival. A report whose form has a row that someone hid because nothing was to
/// be said in it still has that row; what is a draft of another row, or a sentence, was not to be seen.
fn stands_alone(row: u32, words: &Words, hidden: &BTreeMap<u32, Words>, seen: &BTreeMap<u32, Words>) -> bool {
    words.has_figures
        && !words.label.is_empty()
        && hidden.len().saturating_mul(hidden.len() + seen.len()) <= MOST_PAIRS
        && hidden.iter().chain(seen).all(|(other, theirs)| *other == row || !words.is_like(theirs))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_know_what_lies_in_them() {
        let mut ranges = Ranges::default();
        for (first, last) in [(9, 9), (3, 4), (5, 5), (4, 6), (u32::MAX, u32::MAX)] {
            ranges.add(first, last);
        }
        ranges.sort();
        assert_eq!(ranges.0, [(3, 6), (9, 9), (u32::MAX, u32::MAX)]);
        assert!(ranges.cover(3, 6) && ranges.cover(9, 9) && ranges.cover(u32::MAX, u32::MAX));
        assert!(!ranges.cover(2, 3) && !ranges.cover(6, 7) && !ranges.cover(7, 8));
        assert_eq!(ranges.between(2, 10), 5);
        assert_eq!(ranges.between(4, 6), 1);
        assert_eq!(ranges.between(6, 7), 0);
        assert_eq!(ranges.between(0, u32::MAX), 5);
    }
}
