//! A report being worked on, with its tabs: everything of the screen that belongs to one open report.

mod issues;

use std::path::PathBuf;
use std::sync::Arc;

use super::context::{Settings, View};
use super::flow::{Flow, Search};
use super::keymap::Context;
use super::layout::Layout;
use super::overlay::Origin;
use super::picture::Picture;
use super::tab::cover::CoverTab;
use super::tab::findings::FindingsTab;
use super::tab::grid::GridTab;
use super::tab::prose::ProseTab;
use super::upkeep::{Saving, Upkeep};
use super::width::Policy;
use crate::check::Spot;
use crate::form::SectionId;
use crate::model::{Edit, Place, Visit};
use crate::session::Session;
use crate::store::draft::Unknown;
use crate::store::guard::{Found, Standing};
use crate::store::journal::{self, Recovered};
use crate::store::keeper::{Note, Order};
use crate::tui::action::Action;

/// A tab of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// The facts of the cover.
    Cover,
    /// A section.
    Section(SectionId),
    /// All findings.
    Findings,
}

/// What is shown of a section that has both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// The table.
    Table,
    /// The prose.
    Prose,
}

/// What a step of undo or redo has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stepped {
    /// Figures, facts, texts or notes; their place is shown.
    Figures,
    /// Only the reason for a finding.
    Reason,
    /// Nothing: there was no step.
    Nowhere,
}

/// A section with what the user is doing in it.
#[derive(Debug)]
struct SectionTab {
    grid: Option<GridTab>,
    prose: Option<ProseTab>,
    pane: Pane,
}

/// One open report on the screen.
#[derive(Debug)]
pub struct Workbench {
    session: Session,
    /// Where it is saved; none before it was saved for the first time.
    pub path: Option<PathBuf>,
    /// What the file holds that the form does not know.
    pub unknown: Unknown,
    tab: Tab,
    cover: CoverTab,
    sections: Vec<SectionTab>,
    findings: FindingsTab,
    visit: Option<Visit>,
    /// Where the last jumps began.
    back: Vec<(Tab, Option<Spot>)>,
    /// How it is kept on the disk.
    pub(super) upkeep: Option<Upkeep>,
    /// Edits of an earlier run that the file does not contain, until the user has decided about them.
    pub(super) found: Option<Found>,
    /// The file that it was imported from, until it is saved.
    pub(super) origin: Option<Arc<Origin>>,
    /// Changes that the journal is still to learn of.
    notes: Vec<Note>,
    /// Whether a cell or a tab was left since the journal was last made durable.
    left: bool,
}

impl Workbench {
    /// Opens a report on its first tab with something in it: the cover.
    pub fn new(session: Session, path: Option<PathBuf>, unknown: Unknown) -> Self {
        let sections = session
            .form()
            .sections
            .iter()
            .map(|section| SectionTab {
                grid: section.table.map(GridTab::new),
                prose: section.text.map(ProseTab::new),
                pane: if section.table.is_some() { Pane::Table } else { Pane::Prose },
            })
            .collect();
        Self {
            session,
            path,
            unknown,
            tab: Tab::Cover,
            cover: CoverTab::new(),
            sections,
            findings: FindingsTab::new(),
            visit: None,
            back: Vec::new(),
            upkeep: None,
            found: None,
            origin: None,
            notes: Vec::new(),
            left: false,
        }
    }

    /// The report.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The tab that is shown.
    pub fn tab(&self) -> Tab {
        self.tab
    }

    /// All tabs from left to right.
    pub fn tabs(&self) -> Vec<Tab> {
        let sections = self.session.form().numbered_sections().map(|(id, _)| Tab::Section(id));
        std::iter::once(Tab::Cover).chain(sections).chain([Tab::Findings]).collect()
    }

    /// What of the section is shown, and whether it has the other as well.
    pub fn pane(&self) -> Option<(Pane, bool)> {
        let section = self.section()?;
        Some((section.pane, section.grid.is_some() && section.prose.is_some()))
    }

    /// The cell, fact or text under the cursor.
    pub fn place(&self) -> Option<Place> {
        match self.tab {
            Tab::Cover => self.cover.place(&self.session),
            Tab::Findings => None,
            Tab::Section(_) => {
                let section = self.section()?;
                match section.pane {
                    Pane::Table => section.grid.as_ref()?.place(&self.session),
                    Pane::Prose => section.prose.as_ref()?.place(&self.session),
                }
            }
        }
    }

    /// Whether a table is shown, so that there is a cell to speak of.
    pub fn shows_table(&self) -> bool {
        self.section().is_some_and(|section| section.pane == Pane::Table)
    }

    /// Fits the tab that is shown to its area, after any change.
    pub fn settle(&mut self, layout: &Layout, policy: Policy) {
        let (session, area) = (&self.session, layout.body);
        match self.tab {
            Tab::Cover => self.cover.settle(session, area, policy),
            Tab::Findings => self.findings.settle(session, area, policy),
            Tab::Section(id) => {
                let Some(section) = self.sections.get_mut(id.index()) else { return };
                match (section.pane, &mut section.grid, &mut section.prose) {
                    (Pane::Table, Some(grid), _) => grid.settle(session, area, policy, layout.roomy),
                    (_, _, Some(prose)) => prose.settle(session, area, policy),
                    _ => {}
                }
            }
        }
    }

    /// Which keys apply.
    pub fn contexts(&self) -> &'static [Context] {
        match self.tab {
            Tab::Cover => self.cover.contexts(),
            Tab::Findings => self.findings.contexts(),
            Tab::Section(_) => match self.section() {
                Some(SectionTab { pane: Pane::Table, grid: Some(grid), .. }) => grid.contexts(),
                Some(SectionTab { prose: Some(prose), .. }) => prose.contexts(),
                _ => &[Context::Global],
            },
        }
    }

    /// Lets the tab that is shown answer an action.
    pub fn on(&mut self, action: Action, settings: Settings) -> Flow {
        let session = &self.session;
        match self.tab {
            Tab::Cover => self.cover.on(action, session, settings),
            Tab::Findings => self.findings.on(action, session, settings),
            Tab::Section(id) => match self.sections.get_mut(id.index()) {
                Some(SectionTab { pane: Pane::Table, grid: Some(grid), .. }) => {
                    grid.on(action, session, settings)
                }
                Some(SectionTab { prose: Some(prose), .. }) => prose.on(action, session, settings),
                _ => Flow::Ignored,
            },
        }
    }

    /// Lets the tab that is shown take pasted text.
    pub fn paste(&mut self, text: &str) -> Flow {
        let session = &self.session;
        match self.tab {
            Tab::Cover => self.cover.paste(text, session),
            Tab::Findings => Flow::Ignored,
            Tab::Section(id) => match self.sections.get_mut(id.index()) {
                Some(SectionTab { pane: Pane::Table, grid: Some(grid), .. }) => grid.paste(text, session),
                Some(SectionTab { prose: Some(prose), .. }) => prose.paste(text, session),
                _ => Flow::Ignored,
            },
        }
    }

    /// Shows the tab.
    pub fn view(&self, view: &View<'_>, layout: &Layout, picture: &mut Picture) {
        match self.tab {
            Tab::Cover => self.cover.view(view, layout.body, picture),
            Tab::Findings => self.findings.view(view, layout.body, picture),
            Tab::Section(_) => match self.section() {
                Some(SectionTab { pane: Pane::Table, grid: Some(grid), .. }) => {
                    grid.view(view, layout.body, picture);
                }
                Some(SectionTab { prose: Some(prose), .. }) => prose.view(view, layout.body, picture),
                _ => {}
            },
        }
    }

    /// Changes the report. A change that joins the visit at hand is one step of undo with it; any other begins a
    /// visit, which later ones may join.
    ///
    /// # Errors
    /// If the edit does not fit the report.
    pub fn apply(&mut self, edit: &Edit, joins: bool) -> Result<(), crate::model::EditError> {
        let at_hand = if joins { self.visit } else { None };
        let visit = at_hand.unwrap_or_else(|| self.session.begin_visit());
        self.visit = Some(visit);
        self.session.apply(edit, Some(visit))?;
        self.notes.push(Note::Edit(edit.clone(), Some(visit)));
        Ok(())
    }

    /// Hands the changes made since the last call to the journal. They are to be on the disk at once if a cell or a
    /// tab was left or `now` is set.
    pub fn keep(&mut self, now: bool) {
        let Some(upkeep) = &mut self.upkeep else { return };
        let sync = std::mem::take(&mut self.left) || now;
        if sync || !self.notes.is_empty() {
            upkeep.keep(self.session.form(), std::mem::take(&mut self.notes), sync);
        }
    }

    /// Whether there are changes and nowhere to keep them: the journal beside a draft that is open for reading belongs
    /// to whoever edits it.
    pub fn needs_journal_of_its_own(&self) -> bool {
        let reads =
            |upkeep: &Upkeep| matches!(upkeep.standing, Standing::ReadOnly { .. }) && !upkeep.has_rescue();
        !self.notes.is_empty() && self.upkeep.as_ref().is_some_and(reads)
    }

    /// Has the journal begun anew with the report as it is now.
    pub fn keep_state(&mut self) {
        // What was changed must be in the state, or in the notes after it, and not in both.
        self.keep(false);
        let state = self.state();
        if let Some(upkeep) = &mut self.upkeep {
            upkeep.ask(state);
            upkeep.keep(self.session.form(), Vec::new(), true);
        }
    }

    /// The same for the second journal.
    pub fn keep_state_in_rescue(&mut self) {
        let state = self.state();
        if let Some(upkeep) = &mut self.upkeep {
            upkeep.ask_rescue(state);
        }
    }

    /// Lets the second journal take the place of the first.
    pub fn promote_rescue(&mut self) {
        if self.upkeep.as_mut().is_some_and(Upkeep::promote) {
            self.session.end_save(false);
        }
    }

    /// Brings back the edits of an earlier run.
    pub fn recover(&mut self) -> Recovered {
        let Some(Found::Pending { replay, from }) = self.found.take() else { return Recovered::default() };
        if let Some(upkeep) = &mut self.upkeep {
            upkeep.resume(&replay);
        }
        journal::recover(&mut self.session, replay.from(from))
    }

    /// Ends the visit at hand: the next edit is a new step of undo.
    pub fn end_visit(&mut self) {
        self.visit = None;
        self.left = true;
    }

    /// Takes back or makes again a step, and shows where it was.
    pub fn step(&mut self, forward: bool) -> Stepped {
        self.leave();
        let edit = if forward { self.session.redo() } else { self.session.undo() };
        let Some(edit) = edit else { return Stepped::Nowhere };
        let place = if forward { edit.place() } else { edit.last_place() };
        match place {
            Some(place) => self.show(place),
            None => self.show_reason(&edit),
        }
        self.notes.push(if forward { Note::Redo(edit) } else { Note::Undo(edit) });
        if place.is_some() { Stepped::Figures } else { Stepped::Reason }
    }

    /// Shows a tab.
    pub fn show_tab(&mut self, tab: Tab) {
        self.leave();
        self.tab = tab;
    }

    /// Shows the tab to the right or to the left, round the ends.
    pub fn turn(&mut self, forward: bool) {
        let tabs = self.tabs();
        let here = tabs.iter().position(|tab| *tab == self.tab).unwrap_or(0);
        let step = if forward { 1 } else { tabs.len() - 1 };
        if let Some(tab) = tabs.get((here + step) % tabs.len()) {
            self.show_tab(*tab);
        }
    }

    /// Changes between the table and the prose of the section. False if it has only one of them.
    pub fn switch_pane(&mut self) -> bool {
        self.leave();
        let Tab::Section(id) = self.tab else { return false };
        let Some(section) = self.sections.get_mut(id.index()) else { return false };
        if section.grid.is_none() || section.prose.is_none() {
            return false;
        }
        section.pane = match section.pane {
            Pane::Table => Pane::Prose,
            Pane::Prose => Pane::Table,
        };
        true
    }

    /// Goes to a place and remembers where the jump began.
    pub fn jump(&mut self, spot: Spot) {
        self.back.push((self.tab, self.spot()));
        self.leave();
        self.show_spot(spot);
    }

    /// Goes back to where the last jump began. False if there was none.
    pub fn jump_back(&mut self) -> bool {
        let Some((tab, spot)) = self.back.pop() else { return false };
        self.leave();
        self.tab = tab;
        if let Some(spot) = spot {
            self.show_spot(spot);
        }
        true
    }

    /// The prose that is shown; none if it is something else.
    pub fn prose(&self) -> Option<&ProseTab> {
        self.section().filter(|section| section.pane == Pane::Prose)?.prose.as_ref()
    }

    /// Carries out a step of a search in the prose that is shown.
    pub fn search(&mut self, search: &Search) -> Flow {
        let session = &self.session;
        let Tab::Section(id) = self.tab else { return Flow::Ignored };
        match self.sections.get_mut(id.index()) {
            Some(SectionTab { pane: Pane::Prose, prose: Some(prose), .. }) => prose.search(search, session),
            _ => Flow::Ignored,
        }
    }

    /// Puts the caret of the prose that is shown to this byte offset.
    pub fn go_to(&mut self, offset: usize) {
        self.leave();
        if let Some(prose) = self.prose_mut() {
            prose.go(Some(offset));
        }
    }

    /// Lets the user's pause end what was being typed, where that makes a difference.
    pub fn pause(&mut self) {
        if let Some(prose) = self.prose_mut() {
            prose.pause();
        }
    }

    fn prose_mut(&mut self) -> Option<&mut ProseTab> {
        let Tab::Section(id) = self.tab else { return None };
        let section = self.sections.get_mut(id.index())?;
        if section.pane == Pane::Prose { section.prose.as_mut() } else { None }
    }

    /// Whether a save is under way.
    pub fn is_being_saved(&self) -> bool {
        self.upkeep.as_ref().is_some_and(|upkeep| upkeep.saving.is_some())
    }

    /// Marks the report as it is now as the one that is being saved.
    pub fn begin_save(&mut self) {
        self.end_visit();
        self.session.begin_save();
    }

    /// Marks it as saved, or not, and gives back what save that was; none if no save was under way.
    pub fn end_save(&mut self, saved: bool) -> Option<Saving> {
        let saving = self.upkeep.as_mut()?.saving.take()?;
        self.session.end_save(saved);
        Some(saving)
    }

    fn state(&self) -> Order {
        let (form, report) = (self.session.form(), self.session.report());
        Order::State { form: Arc::clone(form), report: Box::new(report.clone()) }
    }

    /// Ends whatever is being typed, as before a jump or a save.
    pub fn leave(&mut self) {
        if let Tab::Section(id) = self.tab
            && let Some(SectionTab { pane: Pane::Table, grid: Some(grid), .. }) =
                self.sections.get_mut(id.index())
            && let Some(edit) = grid.leave(&self.session)
        {
            // The edit was made for a cell of this very form.
            let applied = self.session.apply(&edit, self.visit);
            debug_assert!(applied.is_ok(), "the cell under the cursor exists");
            self.notes.push(Note::Edit(edit, self.visit));
        }
        self.end_visit();
    }

    fn show_spot(&mut self, spot: Spot) {
        self.show(spot.place);
        let section = self.session.form().section_of(spot.place);
        let tab = section.and_then(|id| self.sections.get_mut(id.index()));
        if let (Place::Text(_), Some(SectionTab { prose: Some(prose), .. })) = (spot.place, tab) {
            prose.go(Some(spot.at));
        }
    }

    fn show(&mut self, place: Place) {
        let section = self.session.form().section_of(place);
        self.tab = section.map_or(Tab::Cover, Tab::Section);
        let tab = section.and_then(|id| self.sections.get_mut(id.index()));
        match (place, tab) {
            (Place::Fact(fact), _) => self.cover.go(fact),
            (Place::Cell(cell), Some(SectionTab { grid: Some(grid), pane, .. })) => {
                *pane = Pane::Table;
                grid.go(self.session.form(), cell);
            }
            (Place::Text(_), Some(SectionTab { prose: Some(prose), pane, .. })) => {
                *pane = Pane::Prose;
                prose.go(None);
            }
            _ => {}
        }
    }

    fn rank(&self, place: Place) -> usize {
        self.session.form().section_of(place).map_or(0, |section| section.index() + 1)
    }

    fn section(&self) -> Option<&SectionTab> {
        match self.tab {
            Tab::Section(id) => self.sections.get(id.index()),
            Tab::Cover | Tab::Findings => None,
        }
    }
}
