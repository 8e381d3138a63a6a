//! Where the sections of a form begin in a source, by their headings and in their order.

use std::sync::Arc;

use super::draft::Draft;
use super::lines::{Line, LineSort, Lines};
use super::wording::{NumberStyle, Pattern, Words};
use crate::form::{Form, Section};

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

/// Characters of a heading with other words.
const LONGEST_RENAMED: usize = 30;

/// What it must reach in a row of a table.
const SURE: i32 = 1000;

/// Finds the sections. Lines that tables have taken are no headings.
pub(super) fn find<'d>(lines: &Lines<'d>, draft: &Draft<'_>, form: &Form, spans: &Spans) -> Vec<Start<'d>> {
    let labels = labels(form);
    // best[k]: the best score with the first k sections passed; the way there as (section, line) pairs.
    let mut best: Vec<(i32, Vec<(usize, usize)>)> = vec![(0, Vec::new()); labels.len() + 1];
    for (index, line) in lines.lines.iter().enumerate() {
        let is_row = matches!(line.sort, LineSort::Row(..));
        if !line.reads_as_text() || !draft.is_free(lines, index) {
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
    renamed(&mut starts, lines, draft, form, spans);
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

/// The headings of a form: words, how to look for them, and their number.
fn labels(form: &Form) -> Vec<(Words, Pattern, u8)> {
    let label = |section: &Section| {
        let words = Words::of(&section.heading);
        let number = Words::of(&format!("{}、", section.number)).number.map_or(0, |number| number.value);
        let pattern = Pattern::of(&words.body);
        (words, pattern, number)
    };
    form.sections.iter().map(label).collect()
}

/// Finds headings with other words, of which only the number and the place speak, for the sections that are missing.
fn renamed<'d>(
    starts: &mut Vec<Start<'d>>,
    lines: &Lines<'d>,
    draft: &Draft<'_>,
    form: &Form,
    spans: &Spans,
) {
    for (section, (_, _, number)) in labels(form).iter().enumerate() {
        // A line within a section may look like the heading of the next one, whose own has other words.
        let known = starts.iter().position(|start| start.section == section);
        if known.and_then(|at| starts.get(at)).is_some_and(|start| !start.is_inner) {
            continue;
        }
        let of_others = |later: bool| {
            let sorted = starts.iter().filter(move |start| (start.section > section) == later);
            sorted.filter(|start| start.section != section).map(|start| start.line)
        };
        let (from, until) = (of_others(false).max(), of_others(true).min().unwrap_or(lines.lines.len()));
        let from = from.map_or(0, |line| line + 1);
        // Where other numbers come first they are those of a list inside the section before.
        let mut numbered = (from..until).filter_map(|index| {
            let line = lines.lines.get(index).filter(|line| !matches!(line.sort, LineSort::Row(..)))?;
            let value =
                (line.reads_as_text() && draft.is_free(lines, index)).then(|| bare_number(line.text))??;
            Some((index, value))
        });
        let Some((line, value)) = numbered.next() else { continue };
        if value != *number || from == 0 && section > 0 || !is_possible(form, spans, section, line) {
            continue;
        }
        let Some(heading) = lines.lines.get(line).map(|line| line.text.trim()) else { continue };
        if let Some(known) = known {
            starts.remove(known);
        }
        let (is_same, is_inner) = (false, false);
        starts.push(Start { section, line, heading: Some(heading), rest: "", is_same, is_inner });
    }
}

/// The number of a short line that is no sentence, written as those of sections are.
fn bare_number(text: &str) -> Option<u8> {
    let text = text.trim().trim_start_matches('#').trim();
    if text.chars().nth(LONGEST_RENAMED).is_some() || text.contains(['。', '；', '，', '：']) {
        return None;
    }
    let words = Words::of(text);
    words
        .number
        .filter(|number| number.style == NumberStyle::Comma && !words.body.is_empty())
        .map(|n| n.value)
}

/// The section that each line is the heading of, in any of some forms.
pub(super) fn named_in(lines: &Lines<'_>, forms: &[Arc<Form>]) -> Vec<Option<usize>> {
    let labels: Vec<_> = forms.iter().map(|form| labels(form)).collect();
    lines.lines.iter().map(|line| labels.iter().find_map(|labels| named(labels, line))).collect()
}

/// The section whose heading a line is, be it with a page number behind it.
fn named(labels: &[(Words, Pattern, u8)], line: &Line<'_>) -> Option<usize> {
    let words = candidate(line.text).filter(|_| line.reads_as_text())?;
    labels.iter().position(|(label, _, number)| {
        let behind = words.body.strip_prefix(label.body.as_slice());
        words.number.is_none_or(|found| found.value == *number)
            && behind.is_some_and(|behind| behind.len() <= 3 && behind.iter().all(char::is_ascii_digit))
    })
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
    match likeness {
        550.. => likeness + number,
        // Its number speaks for it.
        350.. if same_number => likeness / 2 + number,
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
    let is_inner = !is_same && words.number.is_some_and(|found| found.style != NumberStyle::Comma);
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
