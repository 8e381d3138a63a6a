//! Another report behind the first one in the same file: where it begins, and what is told of it.

use std::ops::Range;
use std::sync::Arc;

use super::draft::Draft;
use super::lines::{Line, LineSort, Lines, Piece, PieceSort};
use super::sections;
use super::sign_off::sign_off_date;
use super::title;
use crate::exchange::document::At;
use crate::exchange::note::NoteKind;
use crate::form::Form;
use crate::model::{Place, excerpt};

/// The report that was left out, of two in a file.
#[derive(Debug)]
pub(super) struct Second<'d> {
    text: String,
    at: &'d At,
    /// Whether it stands in front of the other, which is of a later year.
    is_older: bool,
}

/// Lines from the beginning of a report in which its title stands.
const TITLE: usize = 3;

/// Figures that a report has at least, so that what follows it may be another one and not its tables.
const FIGURES: usize = 10;

/// Takes all of one report out of the lines where there are two: the one behind, or the one in front if its title says
/// that it is of an earlier year.
pub(super) fn cut<'d>(lines: &mut Lines<'d>, forms: &[Arc<Form>]) -> Option<Second<'d>> {
    let from = begin(lines, forms)?;
    let end = lines.lines.len();
    let year = |mut within: Range<usize>| {
        within.find_map(|line| title::read_title(&squeezed(lines, line)).map(|(_, year)| year))
    };
    let is_older =
        year(0..from).zip(year(from..end.min(from + TITLE))).is_some_and(|(one, other)| one < other);
    let out = if is_older { 0..from } else { from..end };
    let rest = lines.lines.get(out.clone()).unwrap_or_default();
    let at = rest.first()?.at;
    let text = rest.iter().filter_map(|line| text_of(line, &lines.pieces)).collect::<Vec<_>>().join("\n");
    lines.remove(out);
    Some(Second { text, at, is_older })
}

impl Second<'_> {
    /// Says that it is there and was left out.
    pub(super) fn tell(&self, draft: &mut Draft<'_>, form: &Form) {
        let place = form.unit_fact().map(|fact| Place::Fact(fact.id));
        let first = excerpt(self.text.lines().next().unwrap_or_default(), 40).into_owned();
        let message = if self.is_older {
            format!(
                "文件里不止一份报告：只采用了年度较近的一份，它前面从“{first}”起的一份没有采用；要采用那一份，请把它单独存成文件再导入"
            )
        } else {
            format!(
                "文件里不止一份报告：只采用了前面的一份，从“{first}”起是另一份，没有采用；要采用后一份，请把它单独存成文件再导入"
            )
        };
        draft.note(usize::MAX, NoteKind::Doubtful, place, self.at, first, message);
        draft.note(
            usize::MAX,
            NoteKind::LeftOver,
            None,
            self.at,
            self.text.clone(),
            "是另一份报告，没有采用",
        );
    }
}

/// The line of its title, or the one behind the sign-off of the first, where headings that were there come again from
/// the first one on.
fn begin(lines: &Lines<'_>, forms: &[Arc<Form>]) -> Option<usize> {
    let sections = sections::named_in(lines, forms);
    let all: Vec<(usize, usize)> =
        sections.into_iter().enumerate().filter_map(|(line, section)| Some((line, section?))).collect();
    let filled = |line: &Line<'_>| !matches!(line.sort, LineSort::Empty | LineSort::Noise);
    // In a table of contents nothing stands below the headings.
    let has_content = |(at, (line, _)): (usize, &(usize, usize))| {
        let next = all.get(at + 1).map_or(lines.lines.len(), |(next, _)| *next);
        lines.lines.get(line + 1..next).is_some_and(|between| between.iter().any(filled))
    };
    let with_content: Vec<(usize, usize)> =
        all.iter().enumerate().filter(|heading| has_content(*heading)).map(|(_, heading)| *heading).collect();
    let (_, first) = with_content.first()?;
    let is_there = |from: usize, least: usize| {
        let again = |section: &usize| all.iter().any(|(line, known)| *line >= from && known == section);
        let mut before: Vec<usize> =
            with_content.iter().filter(|(line, _)| *line < from).map(|(_, section)| *section).collect();
        before.sort_unstable();
        before.dedup();
        let next = all.iter().find(|(line, _)| *line >= from);
        next.is_some_and(|(_, section)| section <= first)
            && before.iter().filter(|section| again(section)).count() >= least
            && has_own_figures(lines, from)
    };
    // Only where the first heading comes again can another report have begun, between the one and the other.
    with_content.windows(2).find_map(|pair| {
        let [(from, _), (until, section)] = pair else { return None };
        let between = (from + 1..*until).filter(|_| section <= first);
        let titled = between.clone().find(|line| is_title(lines, *line));
        let titled = titled.map(|line| with_unit_above(lines, line)).filter(|line| is_there(*line, 2));
        let is_date = |line: &Line<'_>| sign_off_date(line.text).is_some();
        let dated = || between.clone().rfind(|line| lines.lines.get(*line).is_some_and(is_date));
        titled.or_else(|| dated().map(|line| line + 1).filter(|line| is_there(*line, 3)))
    })
}

/// Whether there are figures in front, or none behind: tables of a report may stand behind its text, under a title and
/// headings of their own.
fn has_own_figures(lines: &Lines<'_>, from: usize) -> bool {
    let start = lines.lines.get(from).map_or(0, |line| line.pieces.start);
    let (before, behind) = lines.pieces.split_at(start.min(lines.pieces.len()));
    let are_many = |pieces: &[Piece<'_>]| {
        pieces.iter().filter(|piece| piece.sort == PieceSort::Value).nth(FIGURES - 1).is_some()
    };
    are_many(before) || !are_many(behind)
}

fn is_title(lines: &Lines<'_>, line: usize) -> bool {
    let text = squeezed(lines, line);
    text.len() <= 300 && title::is_title(&text)
}

/// The line of a title, or the one above that names the unit.
fn with_unit_above(lines: &Lines<'_>, line: usize) -> usize {
    let unit = |text: &str| title::read_title(text).map(|(unit, _)| unit);
    let text = squeezed(lines, line);
    let above = (0..line).rev().find(|above| !squeezed(lines, *above).is_empty());
    let Some(above) = above.filter(|_| unit(&text).is_some_and(|unit| unit.is_empty())) else { return line };
    let front = squeezed(lines, above);
    let names_it = sign_off_date(&front).is_none()
        && front.len() <= 120
        && unit(&format!("{front}{text}")).is_some_and(|unit| !unit.is_empty());
    if names_it { above } else { line }
}

fn squeezed(lines: &Lines<'_>, line: usize) -> String {
    let text = lines.lines.get(line).map_or("", |line| line.text);
    text.trim_start_matches('#').chars().filter(|c| !c.is_whitespace()).collect()
}

/// The words of a line; of a row, those of its cells.
fn text_of(line: &Line<'_>, pieces: &[Piece<'_>]) -> Option<String> {
    if !matches!(line.sort, LineSort::Row(..)) {
        return Some(line.text.trim().to_owned()).filter(|text| !text.is_empty());
    }
    let cells = pieces.get(line.pieces.clone())?.iter().map(|piece| piece.text);
    let text = cells.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
    Some(text).filter(|text| !text.is_empty())
}
