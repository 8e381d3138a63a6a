//! The report as it comes into being, with the notes on where each part came from.

use super::content;
use super::lines::Lines;
use crate::check::Evaluation;
use crate::exchange::document::At;
use crate::exchange::note::{Note, NoteKind};
use crate::form::{Form, Role};
use crate::model::{CellId, Edit, FactId, Figure, Place, Question, Report, TextId};

/// Collects edits and notes, and which pieces of the source have been used.
pub(super) struct Draft<'a> {
    form: &'a Form,
    facts: Vec<String>,
    texts: Vec<Vec<String>>,
    figures: Vec<Edit>,
    /// Totals as printed; whether the file says that they were computed.
    stated: Vec<(CellId, Figure, bool)>,
    cell_notes: Vec<(CellId, String)>,
    explained: Vec<Edit>,
    /// The cells of the source of which what stands beside them was kept.
    pub(super) commented: Vec<At>,
    /// Notes with the piece or line that puts them in order.
    notes: Vec<(usize, Note)>,
    taken: Vec<bool>,
    /// Whether a table with paths was read, so that tables and headings as printed are not to be missed.
    pub(super) is_by_path: bool,
}

impl<'a> Draft<'a> {
    pub(super) fn new(form: &'a Form, pieces: usize) -> Self {
        Self {
            form,
            facts: vec![String::new(); form.facts.len()],
            texts: vec![Vec::new(); form.texts.len()],
            figures: Vec::new(),
            stated: Vec::new(),
            cell_notes: Vec::new(),
            explained: Vec::new(),
            commented: Vec::new(),
            notes: Vec::new(),
            taken: vec![false; pieces],
            is_by_path: false,
        }
    }

    /// Marks a piece as used; says whether it was free.
    pub(super) fn take(&mut self, piece: usize) -> bool {
        self.taken.get_mut(piece).is_some_and(|taken| !std::mem::replace(taken, true))
    }

    pub(super) fn is_taken(&self, piece: usize) -> bool {
        self.taken.get(piece).copied().unwrap_or(true)
    }

    /// Whether nothing of a line has been used yet.
    pub(super) fn is_free(&self, lines: &Lines<'_>, line: usize) -> bool {
        lines.lines.get(line).is_some_and(|line| line.pieces.clone().all(|piece| !self.is_taken(piece)))
    }

    pub(super) fn note(
        &mut self,
        order: usize,
        kind: NoteKind,
        place: Option<Place>,
        at: &At,
        source: impl Into<String>,
        message: impl Into<String>,
    ) {
        let note = Note { kind, place, at: at.clone(), source: source.into(), message: message.into() };
        self.notes.push((order, note));
    }

    /// Puts more of the source in front of the newest note.
    pub(super) fn extend_note(&mut self, index: usize, more: &str) {
        if let Some((_, note)) = self.notes.get_mut(index) {
            note.source =
                if note.source.is_empty() { more.to_owned() } else { format!("{more} {}", note.source) };
        }
    }

    /// The index that the next note will have.
    pub(super) fn next_note(&self) -> usize {
        self.notes.len()
    }

    /// Reads a piece of text into a cell; returns what is doubtful about it.
    pub(super) fn fill(&mut self, cell: CellId, text: &str, computed: bool, in_yuan: bool) -> Option<String> {
        let slot = self.form.slot(cell)?;
        let content = content::read(text, slot, in_yuan);
        if let Some(note) = content.note {
            self.remark(cell, &note);
        }
        self.put(cell, content.figure, computed);
        content.doubt
    }

    /// Remarks something beside a figure, after what is remarked there already.
    pub(super) fn remark(&mut self, cell: CellId, note: &str) {
        match self.cell_notes.iter_mut().find(|(known, _)| *known == cell) {
            Some((_, known)) => {
                known.push('；');
                known.push_str(note);
            }
            None => self.cell_notes.push((cell, note.to_owned())),
        }
    }

    /// Puts a figure into a cell, or states it beside a total.
    pub(super) fn put(&mut self, cell: CellId, figure: Figure, computed: bool) {
        match self.form.slot(cell).map(|slot| slot.role) {
            Some(Role::Total) => self.stated.push((cell, figure, computed)),
            Some(Role::Input) => self.figures.push(Edit::Figure { cell, to: figure }),
            None => {}
        }
    }

    /// Gives a reason for what a sentence says.
    pub(super) fn explain(&mut self, question: Question, words: &str) {
        self.explained.push(Edit::Explain { question, to: words.to_owned() });
    }

    /// What the cover says so far.
    pub(super) fn fact(&self, name: &str) -> Option<&str> {
        let fact = self.form.fact(name)?;
        self.facts.get(fact.id.index()).map(String::as_str)
    }

    /// Whether nothing has been found but what a blank form has: a word in brackets asks for words.
    pub(super) fn is_blank(&self) -> bool {
        let blank = |edit: &Edit| matches!(edit, Edit::Figure { to, .. } if to.is_blank());
        let asks = |text: &String| text.starts_with(['（', '〔']) && text.ends_with(['）', '〕']);
        self.texts.iter().flatten().all(asks)
            && self.figures.iter().all(blank)
            && self.stated.iter().all(|(_, figure, _)| figure.is_blank())
    }

    /// Fills in a fact of the cover that is still empty; says whether it was.
    pub(super) fn set_fact(&mut self, fact: FactId, to: &str) -> bool {
        match self.facts.get_mut(fact.index()) {
            Some(known) if known.is_empty() && !to.trim().is_empty() => {
                to.trim().clone_into(known);
                true
            }
            _ => false,
        }
    }

    /// Adds paragraphs at the end of a text.
    pub(super) fn add_text(&mut self, text: TextId, paragraphs: impl IntoIterator<Item = String>) {
        if let Some(known) = self.texts.get_mut(text.index()) {
            known.extend(paragraphs);
        }
    }

    pub(super) fn text(&self, text: TextId) -> &[String] {
        self.texts.get(text.index()).map_or(&[], Vec::as_slice)
    }

    /// The edit, the report that it makes of an empty one, the notes on cells, and the notes in order.
    pub(super) fn finish(mut self) -> (Edit, Report, Vec<(CellId, String)>, Vec<Note>) {
        let mut edits: Vec<Edit> = Vec::new();
        for (fact, to) in self.form.facts.iter().zip(std::mem::take(&mut self.facts)) {
            if !to.is_empty() {
                edits.push(Edit::Fact { fact: fact.id, to });
            }
        }
        edits.append(&mut self.figures);
        let mut report = Report::new(self.form.shape());
        let figures = Edit::Many(edits.clone());
        let fitted = report.apply(&figures);
        debug_assert!(fitted.is_ok(), "cells and facts of the form exist in its reports");
        let evaluation = Evaluation::of(self.form, &report);
        for (cell, to, computed) in std::mem::take(&mut self.stated) {
            // A program counts blanks as 0, and its sum of nothing is 0.
            let state = evaluation.cell(cell);
            let same = !state.overflow && to.number() == Some(state.value);
            if !(to.is_blank() || computed && same) {
                edits.push(Edit::Stated { cell, to });
            }
        }
        for (index, paragraphs) in std::mem::take(&mut self.texts).into_iter().enumerate() {
            let inserted = paragraphs.join("\n");
            if !inserted.is_empty() {
                edits.push(Edit::Text { text: TextId::new(index), at: 0, removed: String::new(), inserted });
            }
        }
        let notes = self.cell_notes.iter().map(|(cell, to)| Edit::Note { cell: *cell, to: to.clone() });
        edits.extend(notes);
        edits.append(&mut self.explained);
        let edit = Edit::Many(edits);
        let mut report = Report::new(self.form.shape());
        let fitted = report.apply(&edit);
        debug_assert!(fitted.is_ok(), "what was collected fits an empty report");
        self.notes.sort_by_key(|(order, _)| *order);
        (edit, report, self.cell_notes, self.notes.into_iter().map(|(_, note)| note).collect())
    }
}
