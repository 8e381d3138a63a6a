//! A document recognised as a report: which form it follows, which figure and which words belong where.
//!
//! Works on the [`Document`] alone, whatever file it came from, and knows forms only as data. Everything of the source
//! ends up in the report, beside a cell, or in a note: nothing vanishes.

mod align;
mod by_path;
mod columns;
mod comments;
mod content;
mod contents;
mod cover;
mod draft;
mod entries;
mod explained;
mod fields;
mod front;
mod further;
mod heads;
mod lines;
mod named;
mod paragraphs;
mod places;
mod prose;
mod reading;
mod remarks;
mod rows;
mod second;
mod sections;
mod sign_off;
mod signed;
mod targets;
mod title;
mod twice;
mod wording;
mod years;

use std::collections::HashSet;
use std::sync::Arc;

use super::compose;
use super::document::{At, Block, Document, Table, without_unseen};
use super::error::ImportError;
use super::note::{Note, NoteKind};
use crate::check::date;
use crate::form::{Catalogue, Form};
use crate::model::{CellId, Edit, Place, Report};
use align::Alignment;
use by_path::PathTable;
use contents::Contents;
use draft::Draft;
use entries::Entry;
use lines::{LineSort, Lines};
use paragraphs::Margin;
use second::Second;
use targets::Targets;
use title::Title;
use twice::Aside;

/// A report that was recognised in a document.
#[derive(Debug, Clone)]
pub struct Import {
    /// The form whose tables the document shows.
    pub form: Arc<Form>,
    /// What fills an empty report of the form with what was found.
    pub edit: Edit,
    /// The report that `edit` makes of an empty one.
    pub report: Report,
    /// Words that stood beside figures in their cells; `edit` puts them in, too.
    pub cell_notes: Vec<(CellId, String)>,
    /// What became of the source, in its order.
    pub notes: Vec<Note>,
}

/// Recognises a report of one of the forms of a catalogue. `wanted` is the id of a form that is to be taken whatever
/// the tables look like.
///
/// # Errors
/// If nothing in the document belongs to any form, or the wanted form does not exist.
pub fn recognise(
    document: &Document,
    catalogue: &Catalogue,
    wanted: Option<&str>,
) -> Result<Import, ImportError> {
    // What we wrote ourselves comes back as it was, and what stands in tables for programs is taken at its word.
    let own = document.properties.contains_key(compose::FORM_PROPERTY);
    let mut for_programs: HashSet<usize> = by_path::find(document).iter().map(|table| table.block).collect();
    for_programs.extend(explained::find(document).iter().map(|(block, _)| block));
    let document = &*without_unseen(document, |block| own || for_programs.contains(&block));
    let (paths, reasons) = (by_path::find(document), explained::find(document));
    for_programs.extend(explained::titles(document, &reasons));
    let mut lines = Lines::of(document, |block| for_programs.contains(&block));
    let forms = match wanted {
        Some(id) => vec![catalogue.by_id(id)?],
        None => catalogue.all()?,
    };
    // Files of our own have neither.
    let is_foreign = !own && paths.is_empty();
    let contents = if is_foreign { contents::take_off(&mut lines, &forms) } else { Vec::new() };
    let second = if is_foreign { second::cut(&mut lines, &forms) } else { None };
    places::locate(&mut lines);
    let mut entries = entries::entries(&lines);
    if own {
        // Files of our own have their figures in tables; a line of prose that looks like a row is none.
        entries.retain(|entry| entry.row.is_some());
    }
    let title = title::title(&lines, lines.lines.len());
    let source = Source {
        document,
        lines: &lines,
        entries: &entries,
        paths: &paths,
        reasons: &reasons,
        title: title.as_ref(),
        contents: &contents,
        second: second.as_ref(),
    };
    let mut fit = source.best(forms, catalogue).ok_or_else(|| source.nothing())?;
    let asides = if own { Vec::new() } else { source.set_aside(&mut fit) };
    source.take_in(fit, &asides, catalogue)
}

/// A document taken apart.
struct Source<'a, 'd> {
    document: &'d Document,
    lines: &'a Lines<'d>,
    entries: &'a [Entry],
    paths: &'a [PathTable<'d>],
    reasons: &'a [(usize, &'d Table)],
    title: Option<&'a Title>,
    contents: &'a [Contents<'d>],
    second: Option<&'a Second<'d>>,
}

/// A form and how it fits.
struct Fit {
    form: Arc<Form>,
    targets: Targets,
    alignment: Alignment,
    /// Paths of the form that the document names.
    paths: usize,
}

/// Scores that differ by less say nothing about the form.
const TIE: i32 = 400;

impl Source<'_, '_> {
    /// The form that the tables fit best; among those that they fit alike, the one of the year.
    fn best(&self, forms: Vec<Arc<Form>>, catalogue: &Catalogue) -> Option<Fit> {
        let named = self.document.properties.get(compose::FORM_PROPERTY);
        let of_year = self.title.and_then(|title| catalogue.for_year(title.year).ok());
        let mut fits: Vec<Fit> = forms
            .into_iter()
            .map(|form| {
                let targets = Targets::of(&form);
                let alignment = align::align(self.lines, self.entries, &form, &targets);
                let paths = self.paths.iter().map(|table| table.known(&form)).sum();
                Fit { form, targets, alignment, paths }
            })
            .collect();
        let best = fits.iter().map(|fit| (fit.paths, fit.alignment.score)).max()?;
        let near = |fit: &Fit| fit.paths == best.0 && fit.alignment.score + TIE > best.1;
        let preferred = |fit: &Fit| {
            let is_named = named.is_some_and(|id| *id == fit.form.id);
            let is_of_year = of_year.as_ref().is_some_and(|form| form.id == fit.form.id);
            (near(fit), is_named, is_of_year, fit.alignment.score)
        };
        // Of forms that fit alike in all this the newest comes last.
        let chosen = (0..fits.len()).max_by_key(|index| fits.get(*index).map(preferred))?;
        Some(fits.swap_remove(chosen))
    }

    /// Aligns anew without what is said to be of another year, unless there is nothing else.
    fn set_aside(&self, fit: &mut Fit) -> Vec<Aside> {
        let mut asides = twice::asides(self.lines, self.entries, self.title.map(|title| title.year));
        let form = (&*fit.form, &fit.targets);
        twice::narrow(&mut asides, self.lines, self.entries, form, &fit.alignment.matches);
        if asides.is_empty() {
            return asides;
        }
        let align = |asides: &[Aside]| {
            align::align(self.lines, &twice::without(self.entries, asides), &fit.form, &fit.targets)
        };
        let mut rest = align(&asides);
        if twice::settle(&mut asides, &fit.targets, &fit.alignment, &rest) {
            rest = align(&asides);
        }
        fit.alignment = rest;
        asides
    }

    fn take_in(&self, fit: Fit, asides: &[Aside], catalogue: &Catalogue) -> Result<Import, ImportError> {
        let Fit { form, targets, alignment, paths } = fit;
        let lines = self.lines;
        let mut draft = Draft::new(&form, lines.pieces.len());
        self.contents.iter().for_each(|contents| contents.tell(&mut draft));
        for table in self.paths {
            table.fill(&mut draft, &form);
        }
        let matches = &alignment.matches;
        let notes = rows::fill(
            &mut draft,
            self.document,
            lines,
            self.entries,
            (&form, &targets),
            (&alignment, self.title.map(|title| title.year)),
        );
        twice::note(&mut draft, lines, self.entries, (&form, &targets), (asides, matches));
        let spans = self.spans(&form, &targets, &alignment);
        let own = self.document.properties.contains_key(compose::FORM_PROPERTY);
        let starts = sections::find(lines, &draft, &form, &spans);
        if matches.is_empty() && paths == 0 && starts.is_empty() {
            return Err(self.nothing());
        }
        prose::note_headings(&mut draft, lines, &form, &starts);
        prose::take_sheet_names(&mut draft, lines);
        let rows = matches.iter().filter_map(|found| self.entries.get(found.entry)).map(Entry::start).min();
        let named = self.title.map_or("", |title| &title.unit);
        named::take_unit(&mut draft, lines, &form, named, rows.unwrap_or(0));
        let printed: Vec<prose::Printed> = form.tables.iter().map(prose::Printed::of).collect();
        prose::take_heads(&mut draft, lines, self.entries, &targets, (matches, &notes), (&printed, &starts));
        let first = starts.first().map_or(lines.lines.len(), |start| start.line);
        let margin = if own { Margin::exact() } else { Margin::of(self.running_text(&draft)) };
        let title = self.title.filter(|title| title.lines.end <= first);
        let of_form = front::take_front(&mut draft, lines, &form, (title, margin), first);
        if let Some(title) = title.filter(|_| !own) {
            title::take_repeated(&mut draft, lines, title);
        }
        let last = starts.last().map_or(first, |start| start.line);
        sign_off::take(&mut draft, lines, &form, last, own);
        signed::take_unit(&mut draft, lines, &form);
        prose::take_rest(&mut draft, lines, self.entries, &form, &printed, (&starts, &spans, margin));
        cover::read_text(&mut draft, &form);
        if !own && !draft.is_by_path {
            cover::year_of_period(&mut draft, &form);
        }
        self.note_year(&mut draft, &form, catalogue);
        by_path::properties(&mut draft, self.document, &form);
        if !own && !of_form && !draft.is_by_path && !draft.is_blank() {
            title::note_missing(&mut draft, &form);
        }
        explained::fill(&mut draft, self.reasons, &form);
        comments::tell_others(&mut draft, self.document);
        if let Some(second) = self.second {
            second.tell(&mut draft, &form);
        }
        for mark in &lines.marks {
            draft.note(mark.before, NoteKind::Matched, None, mark.at, mark.text, mark.message);
        }
        for doubt in &self.document.doubts {
            draft.note(usize::MAX, NoteKind::Doubtful, None, &doubt.at, "", doubt.message.clone());
        }
        for lost in &self.document.lost {
            let message = format!("{}不能读入，没有采用", lost.what);
            draft.note(usize::MAX, NoteKind::LeftOver, None, &lost.at, lost.what.clone(), message);
        }
        let (edit, report, cell_notes, notes) = draft.finish();
        Ok(Import { form, edit, report, cell_notes, notes })
    }

    /// The lines that each table of the form takes up.
    fn spans(&self, form: &Form, targets: &Targets, alignment: &Alignment) -> sections::Spans {
        let mut spans = vec![None; form.tables.len()];
        for found in &alignment.matches {
            let (Some(entry), Some(target)) = (self.entries.get(found.entry), targets.all.get(found.target))
            else {
                continue;
            };
            let line_of = |piece: usize| self.lines.pieces.get(piece).map(|piece| piece.line);
            let (first, last) = (line_of(entry.start()), entry.pieces().filter_map(line_of).max());
            if let (Some(first), Some(last), Some(span)) = (first, last, spans.get_mut(target.table)) {
                let (from, to) = span.unwrap_or((first, last));
                *span = Some((from.min(first), to.max(last)));
            }
        }
        spans
    }

    fn running_text<'b>(&'b self, draft: &'b Draft<'_>) -> impl Iterator<Item = (&'b str, &'b At)> {
        let lines = self.lines.lines.iter().enumerate().filter(|(index, line)| {
            matches!(line.sort, LineSort::Text(_))
                && !line.pieces.is_empty()
                && draft.is_free(self.lines, *index)
        });
        lines.map(|(_, line)| (line.text, line.at))
    }

    /// Says so if the year asks for another form than the tables show.
    fn note_year(&self, draft: &mut Draft<'_>, form: &Form, catalogue: &Catalogue) {
        let Some(fact) = form.year_fact() else { return };
        let said = draft.fact(&fact.name).and_then(date::read_year);
        let Some(year) = said.filter(|year| !form.covers(*year)) else { return };
        let Ok(right) = catalogue.for_year(year) else { return };
        let message = format!(
            "{year}年度应使用{}，文件中的表是{}，请核对年度或改用正确的格式重新填写",
            right.name, form.name
        );
        let place = Some(Place::Fact(fact.id));
        let line = self.title.and_then(|title| self.lines.lines.get(title.lines.start));
        let (order, at) = line.map_or((0, &At::Unknown), |line| (line.pieces.start, line.at));
        let source = line.map_or("", |line| line.text.trim());
        draft.note(order, NoteKind::Doubtful, place, at, source, message);
    }

    fn nothing(&self) -> ImportError {
        let tables = self.document.blocks.iter().filter(|block| matches!(block, Block::Table(_))).count();
        ImportError::NothingFound { blocks: self.document.blocks.len() - tables, tables }
    }
}

#[cfg(test)]
mod tests;
