//! What a typed or pasted text is cleaned of, and lines that a document broke at its own margin.
//!
//! The rules stand here and nowhere else. [`plain`] is for single characters as they are typed; [`clean`] is for a
//! text that comes from elsewhere and is taken in at once, and says what it has done; [`joined`] undoes hard wraps.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use crate::model::visible::is_hidden;

/// A text from elsewhere, cleaned, with what was done to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cleaned {
    /// What is left, its lines separated by `\n`.
    pub text: String,
    /// Characters taken out that nobody sees: zero width, marks of direction, control characters.
    pub invisible: usize,
    /// Blanks of odd width or meaning, tabs among them, that became a common blank.
    pub spaces: usize,
    /// Blanks taken out at the ends of lines.
    pub trailing: usize,
}

impl Cleaned {
    /// How many characters were taken out or replaced. Line ends are not counted: no one sees which kind they are.
    pub fn count(&self) -> usize {
        self.invisible + self.spaces + self.trailing
    }
}

/// A text whose lines were joined to paragraphs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    /// The paragraphs, separated by `\n`.
    pub text: String,
    /// How many lines there were, empty ones not counted.
    pub lines: usize,
    /// How many paragraphs they became.
    pub paragraphs: usize,
}

/// A text from elsewhere as it is to stand in a report.
///
/// - All kinds of line end (`\r\n`, `\r`, the separators of Unicode) become `\n`; a page break too.
/// - What is not seen goes: control characters, zero-width blanks and marks, marks of direction, byte order marks,
///   soft hyphens. Joiners stay inside emoji, which are made of them, and go elsewhere.
/// - Blanks of odd width (no-break, en, em, thin, ...) and tabs become a common blank. The full-width blank stays: it
///   indents paragraphs and parts names.
/// - Blanks before a line end go. Those at the very end stay, since text may follow them where it is pasted.
pub fn clean(text: &str) -> Cleaned {
    let mut cleaned = Cleaned { text: String::with_capacity(text.len()), ..Cleaned::default() };
    let mut characters = text.chars().peekable();
    let mut previous = None;
    while let Some(character) = characters.next() {
        match sort(character) {
            Sort::LineEnd => {
                if character == '\r' && characters.peek() == Some(&'\n') {
                    characters.next();
                }
                let kept = cleaned.text.trim_end_matches(is_blank).len();
                cleaned.trailing += cleaned.text.get(kept..).unwrap_or_default().chars().count();
                cleaned.text.truncate(kept);
                cleaned.text.push('\n');
            }
            Sort::OddBlank => {
                cleaned.spaces += 1;
                cleaned.text.push(' ');
            }
            Sort::Joiner if joins(previous, characters.peek().copied()) => cleaned.text.push(character),
            Sort::Joiner | Sort::Invisible => cleaned.invisible += 1,
            Sort::Seen => cleaned.text.push(character),
        }
        previous = Some(character);
    }
    cleaned
}

/// The same for what is typed, a character or a few at a time: blanks stay where they are typed, and joiners are not
/// judged by neighbours that are still to come.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut after_return = false;
    for character in text.chars() {
        match sort(character) {
            Sort::LineEnd if character == '\n' && after_return => {}
            Sort::LineEnd => plain.push('\n'),
            Sort::OddBlank => plain.push(' '),
            Sort::Invisible => {}
            Sort::Joiner | Sort::Seen => plain.push(character),
        }
        after_return = character == '\r';
    }
    plain
}

/// The text with the lines joined that its document broke at a margin, as a copy from a PDF or an e-mail has them;
/// `None` if it does not look broken.
///
/// A line is full if it ends within a few columns of the longest, which must be wide enough to be a line of print. A full
/// line goes on in the next one, unless that is empty, indented, or begins with the number of a heading. The text
/// counts as broken if at least two lines go on, and at least half of those break off inside a sentence.
pub fn joined(text: &str) -> Option<Joined> {
    let lines: Vec<&str> = text.split('\n').collect();
    let widths: Vec<usize> = lines.iter().map(|line| line.trim_end_matches(is_blank).width()).collect();
    let longest = widths.iter().copied().max().filter(|longest| *longest >= NARROWEST)?;
    let mut goes_on = Vec::new();
    let mut inside_sentence = 0;
    for ((line, width), next) in lines.iter().zip(&widths).zip(lines.iter().skip(1)) {
        let on = width + SLACK >= longest && !begins_paragraph(next);
        goes_on.push(on);
        inside_sentence += usize::from(on && !line.trim_end_matches(is_blank).ends_with(ENDS));
    }
    let soft = goes_on.iter().filter(|on| **on).count();
    (soft >= 2 && inside_sentence * 2 >= soft)
        .then(|| glue(&lines, |index| goes_on.get(index) == Some(&true)))
}

/// The text with all its lines joined but those before an empty line, an indented one or the number of a heading: for
/// a user who says himself what belongs together. `None` if there is nothing to join.
pub fn joined_all(text: &str) -> Option<Joined> {
    let lines: Vec<&str> = text.split('\n').collect();
    let on = |index: usize| {
        let here = lines.get(index).is_some_and(|line| !line.trim_matches(is_blank).is_empty());
        here && lines.get(index + 1).is_some_and(|next| !begins_paragraph(next))
    };
    (0..lines.len()).any(on).then(|| glue(&lines, on))
}

/// The number that a line begins with, as `（一）`, `一、`, `1.`, `(2)`, `第三，` or `一是`: how deep such a heading
/// stands (0 for `（一）` and `一、`, 1 for `1.`, 2 for the others) and which bytes of the line the number takes, with
/// the marks around it.
pub fn numbering(line: &str) -> Option<(usize, Range<usize>)> {
    let text = line.trim_start();
    let start = line.len() - text.len();
    let (level, rest) = number_and_rest(text)?;
    Some((level, start..line.len() - rest.len()))
}

/// Whether a blank is of odd width or meaning, a tab among them. The full-width blank is not: it indents paragraphs.
pub const fn is_odd_blank(c: char) -> bool {
    matches!(c, '\t' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}')
}

/// Columns by which a full line may be shorter than the longest: an indent that was lost, or a mark that may not stand
/// at the start of the next line.
const SLACK: usize = 6;
/// Columns of the longest line from which on a text can be one that was broken.
const NARROWEST: usize = 36;
/// Marks that end a sentence or announce what follows.
const ENDS: [char; 8] = ['。', '！', '？', '；', '：', '.', '!', '?'];

enum Sort {
    LineEnd,
    OddBlank,
    Invisible,
    /// Seen only by what it does to its neighbours.
    Joiner,
    Seen,
}

fn sort(character: char) -> Sort {
    match character {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Sort::LineEnd,
        '\u{200d}' => Sort::Joiner,
        blank if is_odd_blank(blank) => Sort::OddBlank,
        hidden if is_hidden(hidden) => Sort::Invisible,
        _ => Sort::Seen,
    }
}

/// Whether a joiner (U+200D) between these two makes one emoji of them.
pub fn joins(before: Option<char>, after: Option<char>) -> bool {
    let pictorial = |c: char| matches!(c, '\u{fe0f}' | '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}');
    before.is_some_and(pictorial) && after.is_some_and(pictorial)
}

fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\u{3000}')
}

fn begins_paragraph(line: &str) -> bool {
    let indented = line.starts_with('\u{3000}') || line.starts_with("  ");
    // A line may well begin with a date or an amount that was broken off, so of numbers only those in brackets count
    // and those that a heading has.
    indented || line.trim_matches(is_blank).is_empty() || numbering(line).is_some_and(|(level, _)| level < 2)
}

fn glue(lines: &[&str], goes_on: impl Fn(usize) -> bool) -> Joined {
    let mut joined = Joined { text: String::new(), lines: 0, paragraphs: 0 };
    let mut open = false;
    for (index, line) in lines.iter().enumerate() {
        let on = goes_on(index);
        let line = if on { line.trim_end_matches(is_blank) } else { line };
        let filled = !line.trim_matches(is_blank).is_empty();
        joined.lines += usize::from(filled);
        joined.paragraphs += usize::from(filled && !open);
        let line = if open { line.trim_start_matches(is_blank) } else { line };
        let western = |c: char| c.is_ascii_alphanumeric();
        // Where two words of another language met, the line end stood for a blank.
        if open && joined.text.ends_with(western) && line.starts_with(|c: char| c.is_ascii_alphabetic()) {
            joined.text.push(' ');
        }
        joined.text.push_str(line);
        if !on && index + 1 < lines.len() {
            joined.text.push('\n');
        }
        open = on;
    }
    joined
}

/// The level of the number that a text begins with, and what follows it.
fn number_and_rest(text: &str) -> Option<(usize, &str)> {
    if let Some(rest) = text.strip_prefix(['（', '(']) {
        let rest = after_run(rest, |c| is_numeral(c) || is_digit(c))?.strip_prefix(['）', ')'])?;
        return Some((0, rest));
    }
    if let Some(rest) = text.strip_prefix('第') {
        return Some((2, after_run(rest, is_numeral)?.strip_prefix(['，', '、', ','])?));
    }
    if let Some(rest) = after_run(text, is_numeral) {
        let level = if rest.starts_with('、') { 0 } else { 2 };
        return Some((level, rest.strip_prefix(['、', '是'])?));
    }
    let rest = after_run(text, is_digit)?.strip_prefix(['.', '．', '、'])?;
    (!rest.starts_with(is_digit)).then_some((1, rest))
}

/// What follows a run of one to three characters of a kind.
fn after_run(text: &str, kind: impl Fn(char) -> bool) -> Option<&str> {
    let rest = text.trim_start_matches(&kind);
    let length = text.get(..text.len() - rest.len())?.chars().count();
    (1..=3).contains(&length).then_some(rest)
}

fn is_numeral(c: char) -> bool {
    "一二三四五六七八九十".contains(c)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

#[cfg(test)]
mod tests;
