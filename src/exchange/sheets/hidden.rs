//! Rows and columns that nobody sees who looks at the sheet.
//!
//! A hidden row is mostly a draft of the one that is shown; its words are told and not read. A hidden column is read,
//! because figures beside it are found by where they stand, and told.

use std::collections::{BTreeMap, HashMap};

use super::book::Sheet;
use super::losses::Losses;
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
    let mut rows: BTreeMap<u32, (u32, String)> = BTreeMap::new();
    let hidden = &sheet.hidden_rows;
    sheet.cells.retain(|place, value| {
        if !hidden.cover(place.0, end(place).0) {
            return true;
        }
        let (_, words) = rows.entry(place.0).or_insert((place.1, String::new()));
        if !words.is_empty() && !value.text.is_empty() {
            words.push(' ');
        }
        words.push_str(&value.text);
        false
    });
    for (row, (column, words)) in rows {
        if !words.trim().is_empty() {
            losses.push(sheet.at(row, column), &format!("隐藏的行里的“{}”", excerpt(&words, MOST_WORDS)));
        }
    }
    let mut remarks = std::mem::take(&mut sheet.remarks);
    remarks.retain(|place, said| {
        let seen = !sheet.hidden_rows.cover(place.0, end(place).0);
        if !seen {
            let what = format!("隐藏的行里的批注“{}”", excerpt(said, MOST_WORDS));
            losses.push(sheet.at(place.0, place.1), &what);
        }
        seen
    });
    sheet.remarks = remarks;
    let mut columns: BTreeMap<u32, ((u32, u32), usize)> = BTreeMap::new();
    for (place, value) in &sheet.cells {
        if !value.text.trim().is_empty() && sheet.hidden_columns.cover(place.1, end(place).1) {
            columns.entry(place.1).or_insert((*place, 0)).1 += 1;
        }
    }
    for ((row, column), cells) in columns.into_values() {
        let what = format!("把这一列隐藏起来的设置（列里的{cells}格内容照常读取了，请核对是否有用）");
        losses.push(sheet.at(row, column), &what);
    }
}

/// How many characters of a row are told.
const MOST_WORDS: usize = 200;

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
