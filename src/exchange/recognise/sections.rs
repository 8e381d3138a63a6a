//! Where the sections of a form begin in a source, by their headings and in their order.

use super::draft::Draft;
use super::lines::{LineSort, Lines};
use super::wording::{NumberStyle, Pattern, Words};
use crate::form::Form;

/// Where a section begins.
#[derive(Debug, Clone)]
pub(super) struct Start<'d> {
    /// Index into the form's sections.
    pub(super) section: usize,
    /// The line of the heading, or the first line of its table.
    pub(super) line: usize,
    /// How the heading reads there; none if only the table told where the section begins.
    pub(super) heading: Option<&'d str>,
    /// What follows the heading on the same line.
    pub(super) rest: &'d str,
    /// Whether the heading is that of the form.
    pub(super) is_same: bool,
    /// Whether the line reads like a heading inside the section, which stays in its text.
    pub(super) is_inner: bool,
}

/// The lines that each table of a form takes up, first and last; none if it was not found.
pub(super) type Spans = Vec<Option<(usize, usize)>>;

/// Characters that a heading may have.
const LONGEST: usize = 45;

/// What a candidate must reach to be taken for a heading.
const LEAST: i32 = 350;

/// What it must reach in a row of a table.
const SURE: i32 = 1000;

/// Finds the sections. Lines that tables have taken are no headings.
pub(super) fn find<'d>(lines: &Lines<'d>, draft: &Draft<'_>, form: &Form, spans: &Spans) -> Vec<Start<'d>> {
    let labels: Vec<(Words, Pattern, u8)> = form
        .sections
        .iter()
        .map(|section| {
            let words = Words::of(&section.heading);
            let number = Words::of(&format!("{}、", section.number)).number.map_or(0, |number| number.value);
            let pattern = Pattern::of(&words.body);
            (words, pattern, number)
        })
        .collect();
    // best[k]: the best score with the first k sections passed; the way there as (section, line) pairs.
    let mut best: Vec<(i32, Vec<(usize, usize)>)> = vec![(0, Vec::new()); labels.len() + 1];
    for (index, line) in lines.lines.iter().enumerate() {
        let is_row = matches!(line.sort, LineSort::Row(..));
        let may_be = is_row || matches!(line.sort, LineSort::Heading(_) | LineSort::Text(_));
        if !may_be || !draft.is_free(lines, index) {
            continue;
        }
        let Some(words) = candidate(line.text) else { continue };
        let is_heading = matches!(line.sort, LineSort::Heading(1..));
        for (section, label) in labels.iter().enumerate().rev() {
            let value = score(label, &words, is_heading) - LEAST;
            // In a table without blank rows a heading stands alone in its row, as labels do.
            if value <= if is_row { SURE - LEAST } else { 0 } || !is_possible(form, spans, section, index) {
                continue;
            }
            // Sections before this one may be missing: the best way through any of them.
            let before = best.iter().take(section + 1).max_by_key(|(score, _)| *score).cloned();
            let Some((score, mut way)) = before else { continue };
            if best.get(section + 1).is_some_and(|known| score + value > known.0) {
                way.push((section, index));
                if let Some(slot) = best.get_mut(section + 1) {
                    *slot = (score + value, way);
                }
            }
        }
    }
    let way = best.into_iter().max_by_key(|(score, _)| *score).map(|(_, way)| way).unwrap_or_default();
    let mut starts: Vec<Start<'d>> = way
        .into_iter()
        .filter_map(|(section, line)| {
            Some(start(labels.get(section)?, section, line, lines.lines.get(line)?.text))
        })
        .collect();
    for (section, known) in form.sections.iter().enumerate() {
        let span = known.table.and_then(|table| spans.get(table.index()).copied().flatten());
        if let Some((line, _)) = span
            && starts.iter().all(|start| start.section != section)
        {
            starts.push(Start { section, line, heading: None, rest: "", is_same: true, is_inner: false });
        }
    }
    starts.sort_by_key(|start| start.line);
    starts
}

/// The words of a line that may be a heading or begin with one.
fn candidate(text: &str) -> Option<Words> {
    let text = text.trim().trim_start_matches('#').trim();
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    let head = text.get(..end)?;
    let words = Words::of(head);
    (!words.body.is_empty() && (end == text.len() || words.number.is_some())).then_some(words)
}

fn score((label, pattern, number): &(Words, Pattern, u8), words: &Words, is_heading: bool) -> i32 {
    let numbered = words.number.is_some_and(|found| found.style == NumberStyle::Comma);
    let same_number = numbered && words.number.is_some_and(|found| found.value == *number);
    let longer = label.body.len().max(words.body.len());
    let as_whole = 1000 - (1000 * pattern.distance(&words.body).min(longer) / longer.max(1)) as i32;
    let (inside, _) = pattern.found_in(&words.body);
    // A long line may speak of the section without being its heading.
    let extra = words.body.len().saturating_sub(label.body.len()) as i32;
    let leads = same_number && words.body.starts_with(&label.body);
    let likeness = if leads { 1000 } else { as_whole.max(inside - 100 - 20 * extra) };
    let number = if same_number { 300 } else { 0 } + if numbered || is_heading { 100 } else { 0 };
    let short = words.body.len() <= 14;
    match likeness {
        550.. => likeness + number,
        // Only its number speaks for it.
        _ if same_number && (short || likeness >= 350) => likeness / 2 + number,
        _ => 0,
    }
}

/// Whether a section can begin at a line: tables of sections before it end above, its own and later ones begin below.
fn is_possible(form: &Form, spans: &Spans, section: usize, line: usize) -> bool {
    form.sections.iter().enumerate().all(|(other, known)| {
        match known.table.and_then(|table| spans.get(table.index()).copied().flatten()) {
            Some((first, _)) if other >= section => line < first,
            Some((_, last)) => line > last,
            None => true,
        }
    })
}

fn start<'d>(
    (label, pattern, number): &(Words, Pattern, u8),
    section: usize,
    line: usize,
    text: &'d str,
) -> Start<'d> {
    let words = Words::of(text.trim_start().trim_start_matches('#'));
    let (heading, rest) = parted(text, label);
    let same_number =
        words.number.is_none_or(|found| found.value == *number && !text.contains(['—', '-', '─']));
    let is_same = same_number && (label.alike(pattern, &words) >= 1000 || heading.is_some());
    let is_inner = words.number.is_some_and(|found| found.style != NumberStyle::Comma);
    Start { section, line, heading: Some(heading.unwrap_or(text).trim()), rest, is_same, is_inner }
}

/// A line that begins with the very words of a heading and goes on: the heading, and what follows it.
fn parted<'d>(text: &'d str, label: &Words) -> (Option<&'d str>, &'d str) {
    let found = text.char_indices().filter(|(_, c)| c.is_alphanumeric());
    // The number in front has one or two characters, which are no part of the label.
    let letters: Vec<(usize, char)> = found.collect();
    for skip in 0..=2 {
        let rest = letters.get(skip..).unwrap_or_default();
        let same = rest.len() > label.body.len()
            && rest.iter().zip(&label.body).all(|((_, c), known)| super::wording::fold(*c) == *known);
        if same
            && skip > 0
            && let Some((last, c)) = rest.get(label.body.len() - 1)
        {
            let end = last + c.len_utf8();
            let rest = text.get(end..).unwrap_or_default();
            let follows = rest.trim_start().starts_with(['。', '：', ':', '，'])
                || rest.starts_with(char::is_whitespace);
            if follows {
                let rest = rest
                    .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '。' | '：' | ':' | '，'));
                return (text.get(..end), rest);
            }
        }
    }
    (None, "")
}
