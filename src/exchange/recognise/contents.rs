//! A table of contents: headings one below the other that come again further down, with what they are headings of.

use super::draft::Draft;
use super::lines::{LineSort, Lines};
use super::sections;
use super::wording::Words;
use crate::exchange::document::At;
use crate::exchange::note::NoteKind;
use crate::form::Form;

/// Headings that make a table of contents.
const LEAST: usize = 3;

/// Characters of an entry.
const LONGEST: usize = 60;

/// Takes the tables of contents, each in one note.
pub(super) fn take(draft: &mut Draft<'_>, lines: &Lines<'_>, form: &Form) {
    let labels = sections::labels(form);
    let sections: Vec<Option<usize>> =
        lines.lines.iter().map(|line| sections::named(&labels, line)).collect();
    let mut run = Run::default();
    for (index, line) in lines.lines.iter().enumerate() {
        if matches!(line.sort, LineSort::Empty | LineSort::Noise) {
            continue;
        }
        let section = sections.get(index).copied().flatten();
        let is_free = draft.is_free(lines, index);
        let goes_on = match section {
            Some(section) => run.last.is_none_or(|last| last < section),
            None => is_title(line.text) || run.last.is_some() && is_entry(line.text),
        };
        if !is_free || !goes_on {
            run.end(draft, lines, &sections);
        }
        if is_free && (section.is_some() || goes_on) {
            run.lines.push(index);
            if section.is_some() {
                run.last = section;
                run.headings += 1;
                run.until = run.lines.len();
            }
        }
    }
    run.end(draft, lines, &sections);
}

/// Lines that may be a table of contents.
#[derive(Default)]
struct Run {
    lines: Vec<usize>,
    /// The section of its last heading.
    last: Option<usize>,
    headings: usize,
    /// How many of its lines there are up to the last heading.
    until: usize,
}

impl Run {
    /// Takes the lines if they are a table of contents, and begins anew.
    fn end(&mut self, draft: &mut Draft<'_>, lines: &Lines<'_>, sections: &[Option<usize>]) {
        let mut run = std::mem::take(self);
        run.lines.truncate(run.until);
        let Some(last) = run.lines.last().copied().filter(|_| run.headings >= LEAST) else { return };
        let later = sections.get(last + 1..).unwrap_or_default();
        let named = run.lines.iter().filter_map(|index| sections.get(*index).copied().flatten());
        // A form without words has its headings one below the other, too, but once.
        let again = named.filter(|section| later.contains(&Some(*section))).count();
        if again < LEAST || again * 2 < run.headings {
            return;
        }
        let mut texts = Vec::new();
        for line in run.lines.iter().filter_map(|index| lines.lines.get(*index)) {
            texts.push(line.text.trim());
            line.pieces.clone().for_each(|piece| {
                draft.take(piece);
            });
        }
        let first = run.lines.first().and_then(|index| lines.lines.get(*index));
        let (order, at) = first.map_or((0, &At::Unknown), |line| (line.pieces.start, line.at));
        draft.note(order, NoteKind::LeftOver, None, at, texts.join("\n"), "是目录，没有采用");
    }
}

fn is_title(text: &str) -> bool {
    text.chars().filter(|c| !c.is_whitespace()).eq("目录".chars())
}

/// Whether a line may be an entry between headings of sections: a number, words, and no sentence.
fn is_entry(text: &str) -> bool {
    text.chars().count() <= LONGEST
        && !text.contains(['。', '；', '，'])
        && Words::of(text.trim()).number.is_some()
}
