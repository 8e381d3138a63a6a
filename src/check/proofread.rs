//! Proof-reading of the texts of a report.
//!
//! What depends on a text alone is kept until the text changes; comparing it with the figures is done at every edit.

#[cfg(test)]
mod tests;

use super::{CellState, LastYear, date};
use crate::form::{Fact, Form};
use crate::model::{CellId, Report, TextId};
use crate::prose::claims::{self, Claims, Match};
use crate::prose::live::{self, Resolved};
use crate::prose::{Remark, Setting, Values, lint};

/// A remark about a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// The text.
    pub text: TextId,
    /// The remark, with its place in the text as it is written.
    pub remark: Remark,
}

/// The texts as they were read last, and what there is to say about them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Proofreading {
    /// One for each text of the form.
    readings: Vec<Reading>,
    /// What the texts say differently of one quantity; known from the texts alone.
    twice: Vec<(Piece, Remark)>,
    remarks: Vec<Noted>,
}

/// What was read in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Reading {
    /// What it was read with.
    year: Option<i64>,
    unit: String,
    last_year: Option<String>,
    known: lint::Known,
    /// The text with its live figures in place.
    text: String,
    paragraphs: Vec<Paragraph>,
    /// What there is to say about the text as a whole.
    style: Vec<Remark>,
}

/// What was read in one paragraph; places count from its start.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Paragraph {
    text: String,
    style: lint::Paragraph,
    claims: Claims,
}

/// The most remarks of one text that are kept. Nobody reads more, and a text that is no prose has no end of them.
const MOST: usize = 500;

/// A paragraph by its text and by where it begins in it.
type Piece = (TextId, usize);

/// The figures of a report as prose knows them.
#[derive(Debug, Clone, Copy)]
pub struct Figures<'a> {
    pub(super) form: &'a Form,
    pub(super) cells: &'a [CellState],
    pub(super) last_year: Option<&'a LastYear>,
}

impl Values for Figures<'_> {
    fn cell(&self, cell: CellId) -> Option<i64> {
        self.cells.get(cell.index())?.shown()
    }

    fn whole(&self, cell: CellId) -> Option<i64> {
        self.cells.get(cell.index()).filter(|state| !state.any_blank)?.shown()
    }

    fn last_year(&self, cell: CellId) -> Option<i64> {
        self.last_year?.cell(self.form, cell)
    }

    fn whole_last_year(&self, cell: CellId) -> Option<i64> {
        self.last_year?.whole(self.form, cell)
    }
}

impl Proofreading {
    /// All remarks, text by text, in the order of their places.
    pub(super) fn remarks(&self) -> &[Noted] {
        &self.remarks
    }

    /// Reads what has changed and compares everything with the figures.
    pub(super) fn refresh(&mut self, report: &Report, figures: Figures<'_>) {
        let Figures { form, last_year, .. } = figures;
        let fact = |fact: Option<&Fact>| fact.map_or("", |fact| report.fact(fact.id).trim());
        let (year, unit) = (date::read_year(fact(form.year_fact())), fact(form.unit_fact()));
        self.readings.resize_with(form.texts.len(), Reading::default);
        let mut remarks = std::mem::take(&mut self.remarks);
        remarks.clear();
        let mut all_resolved = Vec::with_capacity(self.readings.len());
        let mut changed = false;
        for (index, reading) in self.readings.iter_mut().enumerate() {
            let text = TextId::new(index);
            let written = report.text(text);
            let resolved = live::may_have(written).then(|| live::resolve(form, written, &figures));
            let shown = resolved.as_ref().map_or(written, |resolved| resolved.text.as_str());
            let last_year = last_year.and_then(|last_year| last_year.text(form, text));
            let setting = Setting { form, text, year, unit, last_year };
            changed |= reading.follow(&setting, shown);
            if resolved.is_some() {
                let own = live::check(form, written, &figures).into_iter();
                remarks.extend(own.map(|remark| Noted { text, remark }));
            }
            let mut note =
                |remark| remarks.push(Noted { text, remark: as_written(remark, resolved.as_ref()) });
            reading.style.iter().cloned().for_each(&mut note);
            claims::expected(form, text, shown, &figures).into_iter().for_each(&mut note);
            for (start, paragraph) in reading.pieces() {
                let read =
                    paragraph.style.remarks.iter().cloned().chain(paragraph.claims.check(form, &figures));
                read.map(|remark| remark.moved_by(start)).for_each(&mut note);
            }
            all_resolved.push(resolved);
        }
        if changed {
            self.twice = self.told_twice();
        }
        for ((text, start), remark) in self.twice.iter().cloned() {
            let resolved = all_resolved.get(text.index()).and_then(Option::as_ref);
            remarks.push(Noted { text, remark: as_written(remark.moved_by(start), resolved) });
        }
        remarks.sort_by_key(|noted| (noted.text, noted.remark.range.start, noted.remark.topic));
        let mut counted = (TextId::new(0), 0);
        remarks.retain(|noted| {
            counted = if counted.0 == noted.text { (noted.text, counted.1 + 1) } else { (noted.text, 1) };
            counted.1 <= MOST
        });
        self.remarks = remarks;
    }
}

impl Proofreading {
    /// What the claim at this byte of a text agrees with. Only its paragraph is looked at.
    pub(super) fn matches(
        &self,
        report: &Report,
        figures: Figures<'_>,
        text: TextId,
        at: usize,
    ) -> Vec<Match> {
        let written = report.text(text);
        let Some((before, after)) = written.split_at_checked(at) else { return Vec::new() };
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let end = after.find('\n').map_or(written.len(), |length| at + length);
        let written = written.get(start..end).unwrap_or_default();
        let resolved = live::may_have(written).then(|| live::resolve(figures.form, written, &figures));
        let shown = resolved.as_ref().map_or(written, |resolved| resolved.text.as_str());
        let reading = self.readings.get(text.index());
        // No live figure goes on behind the end of its paragraph, so both texts have the same ones.
        let paragraph = reading.and_then(|reading| reading.paragraphs.get(before.matches('\n').count()));
        let Some(paragraph) = paragraph.filter(|paragraph| paragraph.text == shown) else {
            return Vec::new();
        };
        let caret = at - start..at - start;
        let piece = resolved.as_ref().map_or(caret.clone(), |resolved| resolved.shown(caret));
        let mut matches = paragraph.claims.matches(figures.form, &figures, &piece);
        for Match { range, .. } in &mut matches {
            let within = resolved.as_ref().map_or(range.clone(), |resolved| resolved.written(range.clone()));
            *range = start + within.start..start + within.end;
        }
        matches
    }

    fn told_twice(&self) -> Vec<(Piece, Remark)> {
        let readings = (0..).map(TextId::new).zip(&self.readings);
        let claims: Vec<(Piece, &Claims)> = readings
            .flat_map(|(text, reading)| {
                reading.pieces().map(move |(start, paragraph)| ((text, start), &paragraph.claims))
            })
            .collect();
        claims::across(&claims)
    }
}

impl Reading {
    /// Reads again what has changed: the paragraphs between those at both ends that are as they were, or everything
    /// if it is to be read with something else. Gives back whether anything has.
    fn follow(&mut self, setting: &Setting<'_>, text: &str) -> bool {
        let same_setting = (self.year, self.unit.as_str()) == (setting.year, setting.unit)
            && self.last_year.as_deref() == setting.last_year;
        if same_setting && self.text == text && !self.paragraphs.is_empty() {
            return false;
        }
        if !same_setting {
            self.paragraphs.clear();
            (self.year, self.unit) = (setting.year, setting.unit.to_owned());
            self.last_year = setting.last_year.map(str::to_owned);
            self.known = lint::Known::of(setting);
        }
        let new: Vec<&str> = text.split('\n').collect();
        let same = |(old, new): &(&Paragraph, &&str)| old.text == **new;
        let shorter = new.len().min(self.paragraphs.len());
        let front = self.paragraphs.iter().zip(&new).take_while(same).count();
        let back = self.paragraphs.iter().rev().zip(new.iter().rev()).take_while(same).count();
        let back = back.min(shorter - front);
        let changed = new.get(front..new.len() - back).unwrap_or_default();
        let read = changed.iter().map(|paragraph| Paragraph {
            text: (*paragraph).to_owned(),
            style: lint::paragraph(setting, &self.known, paragraph),
            claims: claims::read(setting, paragraph),
        });
        let end = self.paragraphs.len() - back;
        let read: Vec<_> = read.collect();
        self.paragraphs.splice(front..end, read);
        let pieces: Vec<_> = self.pieces().map(|(start, paragraph)| (start, &paragraph.style)).collect();
        self.style = lint::whole(setting, text, &pieces);
        text.clone_into(&mut self.text);
        true
    }

    /// The paragraphs with the bytes of the text at which they begin.
    fn pieces(&self) -> impl Iterator<Item = (usize, &Paragraph)> {
        self.paragraphs.iter().scan(0, |next, paragraph| {
            let start = *next;
            *next += paragraph.text.len() + 1;
            Some((start, paragraph))
        })
    }
}

/// A remark about a text with its live figures in place, as one about the text as it is written.
fn as_written(remark: Remark, resolved: Option<&Resolved>) -> Remark {
    match resolved {
        Some(resolved) => resolved.to_written(remark),
        None => remark,
    }
}
