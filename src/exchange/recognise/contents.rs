//! A table of contents: headings one below the other that come again further down, with what they are headings of.

use std::sync::Arc;

use super::draft::Draft;
use super::lines::{LineSort, Lines};
use super::sections;
use super::wording::Words;
use crate::exchange::document::At;
use crate::exchange::note::NoteKind;
use crate::form::Form;

/// A table of contents that was taken out.
#[derive(Debug)]
pub(super) struct Contents<'d> {
    text: String,
    at: &'d At,
    /// The piece that now stands in its place.
    before: usize,
}

/// Headings that make a table of contents.
const LEAST: usize = 3;

/// Tables of contents that are looked at: each is taken out by itself.
const MOST: usize = 8;

/// Characters of an entry.
const LONGEST: usize = 60;

/// Takes the tables of contents out of the lines, before a page number is taken for a figure.
pub(super) fn take_off<'d>(lines: &mut Lines<'d>, forms: &[Arc<Form>]) -> Vec<Contents<'d>> {
    let sections = sections::named_in(lines, forms);
    let mut runs = Vec::new();
    let mut run = Run::default();
    for (index, line) in lines.lines.iter().enumerate() {
        if matches!(line.sort, LineSort::Empty | LineSort::Noise) {
            continue;
        }
        let section = sections.get(index).copied().flatten();
        let goes_on = match section {
            Some(section) => run.last.is_none_or(|last| last < section),
            None => is_title(line.text) || run.last.is_some() && is_entry(line.text),
        };
        if !goes_on {
            runs.extend(std::mem::take(&mut run).ended(&sections));
        }
        if goes_on || section.is_some() {
            run.lines.push(index);
            run.last = section.or(run.last);
        }
    }
    runs.extend(run.ended(&sections));
    let mut found: Vec<Contents<'d>> = Vec::new();
    for range in runs.into_iter().take(MOST).rev() {
        let Some(at) = lines.lines.get(range.start).map(|line| line.at) else { continue };
        let texts = lines.lines.get(range.clone()).unwrap_or_default().iter().map(|line| line.text.trim());
        let text = texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n");
        let pieces = lines.pieces.len();
        let before = lines.remove(range);
        for later in &mut found {
            later.before -= pieces - lines.pieces.len();
        }
        found.push(Contents { text, at, before });
    }
    found
}

impl Contents<'_> {
    /// Says that it is there and was left out.
    pub(super) fn tell(&self, draft: &mut Draft<'_>) {
        draft.note(self.before, NoteKind::LeftOver, None, self.at, self.text.clone(), "是目录，没有采用");
    }
}

/// Lines that may be a table of contents.
#[derive(Default)]
struct Run {
    lines: Vec<usize>,
    /// The section of its last heading.
    last: Option<usize>,
}

impl Run {
    /// The lines, if they are a table of contents.
    fn ended(mut self, sections: &[Option<usize>]) -> Option<std::ops::Range<usize>> {
        let later = sections.get(self.lines.last()? + 1..).unwrap_or_default();
        let section_of = |index: &usize| sections.get(*index).copied().flatten();
        let named: Vec<usize> = self.lines.iter().filter_map(section_of).collect();
        if named.len() < LEAST {
            return None;
        }
        let comes_again = |section: &usize| later.contains(&Some(*section));
        // A form without words has its headings one below the other, too, but once.
        let again = named.iter().filter(|section| comes_again(section)).count();
        if again < LEAST || again * 2 < named.len() {
            return None;
        }
        if !named.first().is_some_and(comes_again) {
            // Entries below the last heading may be what the first section begins with.
            let last = self.lines.iter().rposition(|index| section_of(index).is_some());
            self.lines.truncate(last.map_or(0, |last| last + 1));
        }
        Some(*self.lines.first()?..self.lines.last()? + 1)
    }
}

fn is_title(text: &str) -> bool {
    text.chars().filter(|c| !c.is_whitespace()).eq("目录".chars())
}

/// Whether a line may be an entry between headings of sections: a number and words, but no sentence, or the number of
/// a page.
fn is_entry(text: &str) -> bool {
    let page = text.trim();
    if matches!(page.len(), 1..=3) && page.bytes().all(|b| b.is_ascii_digit()) {
        return true;
    }
    text.chars().count() <= LONGEST
        && !text.contains(['。', '；', '，'])
        && Words::of(text.trim()).number.is_some()
}
