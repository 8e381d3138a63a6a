//! Lines of print joined to the paragraphs they were broken from.
//!
//! Only lines of plain text and PDF are joined; formats that know paragraphs keep theirs.

use unicode_width::UnicodeWidthStr;

use crate::exchange::document::At;
use crate::prose::clean;

/// How the lines of a document are broken: where the margin is, or that there is none.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Margin {
    /// Columns of a full line; none if lines are paragraphs.
    full: Option<usize>,
    /// Whether paragraphs are indented.
    indented: bool,
    /// Whether paragraphs stand as they were written, as in files of our own.
    exact: bool,
}

/// Columns by which a full line may fall short: a mark that may not begin the next line, a figure kept whole.
const SLACK: usize = 5;

/// Columns of the narrowest and widest line of print.
const PRINT: std::ops::RangeInclusive<usize> = 36..=120;

impl Margin {
    /// Paragraphs are taken as they stand, empty ones between them too.
    pub(super) fn exact() -> Self {
        Self { exact: true, ..Self::default() }
    }

    pub(super) fn is_exact(self) -> bool {
        self.exact
    }

    /// Finds the margin of the lines of running text.
    pub(super) fn of<'d>(lines: impl Iterator<Item = (&'d str, &'d At)>) -> Self {
        let mut widths = Vec::new();
        let mut indents = 0;
        for (text, at) in lines {
            let trimmed = text.trim();
            if !matches!(at, At::Line(_) | At::Page { .. }) || trimmed.len() > 4 * PRINT.end() {
                return Self::default();
            }
            // What is spread over columns is no running text.
            if trimmed.width() * 2 >= *PRINT.start() && !trimmed.contains("   ") {
                widths.push((trimmed.width(), trimmed.ends_with(ENDS)));
                indents += usize::from(is_indented(text));
            }
        }
        // A few lines may be longer than the margin: headings with figures, addresses.
        let mut sorted: Vec<usize> = widths.iter().map(|(width, _)| *width).collect();
        sorted.sort_unstable();
        let Some(full) = sorted.get(sorted.len() * 9 / 10).copied().filter(|full| PRINT.contains(full))
        else {
            return Self::default();
        };
        let at_margin = widths.iter().filter(|(width, _)| width + SLACK >= full);
        let (all, open) =
            at_margin.fold((0, 0), |(all, open), (_, ends)| (all + 1, open + usize::from(!ends)));
        let broken = all >= 3 && open * 2 >= all && all * 4 >= widths.len();
        Self {
            full: broken.then_some(full),
            indented: indents > 0 && indents * 2 < widths.len(),
            exact: false,
        }
    }

    /// The paragraphs of some lines that follow each other, trimmed and cleaned.
    pub(super) fn join(self, lines: &[&str]) -> Vec<String> {
        if self.exact {
            let empty = |line: &&&str| line.trim().is_empty();
            let (front, back) =
                (lines.iter().take_while(empty).count(), lines.iter().rev().take_while(empty).count());
            let kept = lines.get(front..lines.len().saturating_sub(back)).unwrap_or_default();
            return kept.iter().map(|line| (*line).to_owned()).collect();
        }
        let mut paragraphs: Vec<String> = Vec::new();
        let mut before: Option<&str> = None;
        for line in lines {
            let text = line.trim();
            match (paragraphs.last_mut(), before) {
                (Some(last), Some(before)) if !self.begins(line, before) => {
                    let western = |c: char| c.is_ascii_alphabetic();
                    if last.ends_with(western)
                        && text.starts_with(western)
                        && before.width() + SLACK < self.full.unwrap_or(0)
                    {
                        last.push(' ');
                    }
                    last.push_str(text);
                }
                _ => paragraphs.push(text.to_owned()),
            }
            before = Some(line);
        }
        paragraphs
            .iter()
            .map(|paragraph| clean::clean(paragraph).text.trim().to_owned())
            .filter(|p| !p.is_empty())
            .collect()
    }

    /// Whether a line begins a paragraph after another one.
    fn begins(self, line: &str, before: &str) -> bool {
        let Some(full) = self.full else { return true };
        let ended = before.trim_end().ends_with(ENDS);
        let short = before.trim().width() + SLACK < full;
        let numbered = |text: &str| clean::numbering(text.trim()).is_some_and(|(level, _)| level == 0);
        // A heading on a line of its own ends there, though no mark says so.
        if numbered(before) && !before.contains(['。', '，']) && before.trim().width() * 4 < full * 3 {
            return true;
        }
        let heading = numbered(line);
        if self.indented {
            return is_indented(line) || (short && ended && before.trim().width() * 4 < full * 3);
        }
        (ended && short) || (heading && (ended || short))
    }
}

/// Whether a line is indented; a page break in front does not count.
fn is_indented(line: &str) -> bool {
    line.trim_start_matches('\u{c}').starts_with([' ', '\u{3000}', '\u{a0}'])
}

/// Marks that end a sentence or announce what follows.
const ENDS: [char; 9] = ['。', '！', '？', '；', '：', '.', '!', '?', '”'];

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(text: &str) -> Vec<String> {
        let lines: Vec<&str> = text.lines().collect();
        let at = At::Line(1);
        Margin::of(lines.iter().map(|line| (*line, &at))).join(&lines)
    }

    #[test]
    fn indented_lines_begin_paragraphs() {
        let text = "    本单位全年认真做好信息公开各项工作，年内共发布各\n类信息若干条，内容涵盖规划计划、财政资金、行政执法\n等方面，群众反映\
            良好，没有出现差错。办公室专人负责\n每月核对栏目内容。\n    第二段从这里开始，也写得比较长，直到超过一行的\n宽度才结束。";
        let paragraphs = joined(text);
        assert_eq!(paragraphs.len(), 2, "{paragraphs:#?}");
        assert!(paragraphs[0].contains("发布各类信息若干条"), "{paragraphs:#?}");
    }

    #[test]
    fn without_indents_a_short_line_that_ends_a_sentence_ends_the_paragraph() {
        let text = "本单位全年认真做好信息公开各项工作，年内共发布各类\n类信息若干条，内容涵盖规划计划、财政资金、行政执法\n等方面，群众反映\
            良好，没有出现差错，办公室专人负责\n每月核对栏目内容。\n（一）从这里另起一段，也写得比较长，直到超过一行的\n宽度，\n才结束。";
        let paragraphs = joined(text);
        assert_eq!(paragraphs.len(), 2, "{paragraphs:#?}");
        assert!(paragraphs[1].ends_with("宽度，才结束。"));
    }

    #[test]
    fn lines_that_are_paragraphs_stay() {
        assert_eq!(joined("甲。\n乙。\n丙").len(), 3);
    }
}
