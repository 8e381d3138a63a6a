//! The pass: totals in order, then every instance of every rule.

use std::ops::Range;
use std::sync::Arc;

use super::date;
use super::finding::{Fault, Finding};
use super::last_year::LastYear;
use super::proofread::{Figures, Noted, Proofreading};
use crate::form::expr::Operator;
use crate::form::program::{BlankRule, CellTerm, Comparison, Instance, Node, NodeId, Side};
use crate::form::{FactKind, Form, InstanceId, Role};
use crate::model::{CellId, FactId, Figure, Place, Report, TextId};
use crate::prose::claims::Match;

/// What a report amounts to: a state for every cell and the findings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evaluation {
    cells: Vec<CellState>,
    findings: Vec<Finding>,
    proofreading: Proofreading,
    last_year: Option<Arc<LastYear>>,
}

/// What is known of one cell after the pass. For a total it speaks of all inputs that it is made of.
// Four independent properties of a sum; an enum of their combinations would say less.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CellState {
    /// The number, blanks counted as 0; in units of the cell's precision.
    pub value: i64,
    /// Whether anything was left blank.
    pub any_blank: bool,
    /// Whether nothing was filled in.
    pub all_blank: bool,
    /// Whether something could not be read as a number.
    pub unread: bool,
    /// Whether the sum is too large to be held; the value then means nothing.
    pub overflow: bool,
}

/// How a rule stands in one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It holds.
    Holds,
    /// It does not hold, which is a finding.
    Fails,
    /// It can not be told yet: something is blank or is no number.
    Open,
}

impl CellState {
    /// The number to show: none while nothing is filled in or nothing sensible can be computed.
    pub fn shown(&self) -> Option<i64> {
        let nothing = self.all_blank || self.overflow || (self.unread && self.value == 0);
        (!nothing).then_some(self.value)
    }
}

impl Evaluation {
    /// Evaluates a report from scratch.
    pub fn of(form: &Form, report: &Report) -> Self {
        let mut evaluation = Self::default();
        evaluation.refresh(form, report);
        evaluation
    }

    /// Evaluates a report in full, using the memory of the last pass again.
    pub fn refresh(&mut self, form: &Form, report: &Report) {
        self.read_inputs(form, report);
        for step in &form.program.totals {
            let state = sum_states(&self.cells, form.program.terms(&step.terms));
            if let Some(cell) = self.cells.get_mut(step.cell.index()) {
                *cell = state;
            }
        }
        let mut findings = std::mem::take(&mut self.findings);
        findings.clear();
        let pass = Pass { form, report, cells: &self.cells };
        for (id, instance) in form.program.numbered() {
            findings.extend(pass.check(id, instance));
        }
        self.findings = findings;
        let figures = Figures { form, cells: &self.cells, last_year: self.last_year.as_deref() };
        self.proofreading.refresh(report, figures);
    }

    /// Compares with this report from the next pass on.
    pub fn set_last_year(&mut self, last_year: Option<Arc<LastYear>>) {
        self.last_year = last_year;
    }

    /// The report that is compared with.
    pub fn last_year(&self) -> Option<&Arc<LastYear>> {
        self.last_year.as_ref()
    }

    /// The state of a cell.
    pub fn cell(&self, id: CellId) -> CellState {
        self.cells.get(id.index()).copied().unwrap_or_default()
    }

    /// All findings, in the order of the form's rules.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// All remarks about texts, text by text, in the order of their places.
    pub fn remarks(&self) -> &[Noted] {
        self.proofreading.remarks()
    }

    /// What the claim at this byte of a text agrees with, in each of the ways in which it may be meant. Nothing where it
    /// does not agree, or nothing is claimed. `report` is the one of the last pass.
    pub fn matches(&self, form: &Form, report: &Report, text: TextId, at: usize) -> Vec<Match> {
        self.proofreading.matches(report, self.figures(form), text, at)
    }

    /// The figures as prose knows them.
    pub fn figures<'a>(&'a self, form: &'a Form) -> Figures<'a> {
        Figures { form, cells: &self.cells, last_year: self.last_year.as_deref() }
    }

    /// The two sides of a comparison as they stand, whether it holds or not. None if the instance is no plain
    /// comparison or a side can not be computed.
    pub fn sides(&self, form: &Form, report: &Report, id: InstanceId) -> Option<(i64, i64)> {
        let pass = Pass { form, report, cells: &self.cells };
        match form.program.node(form.program.instance(id)?.test)? {
            Node::Compare(comparison) => {
                let left = pass.side(&comparison.left);
                let right = pass.side(&comparison.right);
                Some((left.value?, right.value?))
            }
            _ => None,
        }
    }

    /// How a rule stands in one place: none if it does not apply to this report.
    pub fn standing(&self, form: &Form, report: &Report, id: InstanceId) -> Option<Standing> {
        let instance = form.program.instance(id)?;
        let pass = Pass { form, report, cells: &self.cells };
        if !pass.applies(instance) {
            return None;
        }
        Some(match pass.test(instance.test) {
            Outcome::Holds => Standing::Holds,
            Outcome::Fails(_) => Standing::Fails,
            Outcome::Skipped => Standing::Open,
        })
    }

    fn read_inputs(&mut self, form: &Form, report: &Report) {
        self.cells.clear();
        self.cells.extend(form.all_cells().map(|cell| match report.figure(cell) {
            Figure::Number(value) => CellState { value: *value, ..CellState::default() },
            Figure::Blank => CellState { any_blank: true, all_blank: true, ..CellState::default() },
            Figure::Unread(_) => CellState { unread: true, ..CellState::default() },
        }));
    }
}

/// The state of a sum of cells.
fn sum_states(cells: &[CellState], terms: &[CellTerm]) -> CellState {
    let mut sum = CellState { all_blank: true, ..CellState::default() };
    for term in terms {
        let Some(state) = cells.get(term.cell.index()) else { continue };
        sum.any_blank |= state.any_blank;
        sum.all_blank &= state.all_blank;
        sum.unread |= state.unread;
        sum.overflow |= state.overflow;
        match state.value.checked_mul(term.coefficient).and_then(|value| sum.value.checked_add(value)) {
            Some(value) => sum.value = value,
            None => sum.overflow = true,
        }
    }
    sum
}

/// What a test came to.
enum Outcome {
    Holds,
    Fails(Fault),
    /// Not looked at: something is blank or could not be read, and another rule says so.
    Skipped,
}

/// One side of a comparison as it stands.
struct SideState {
    /// None if too large.
    value: Option<i64>,
    skip: bool,
}

struct Pass<'a> {
    form: &'a Form,
    report: &'a Report,
    cells: &'a [CellState],
}

impl Pass<'_> {
    fn check(&self, id: InstanceId, instance: &Instance) -> Option<Finding> {
        if !self.applies(instance) {
            return None;
        }
        let Outcome::Fails(fault) = self.test(instance.test) else { return None };
        let program = &self.form.program;
        let cells: Vec<CellId> = match fault {
            Fault::Blank => program
                .cells(&instance.cells)
                .iter()
                .copied()
                .filter(|cell| self.report.figure(*cell).is_blank())
                .collect(),
            _ => program.cells(&instance.cells).to_vec(),
        };
        let place = match (&fault, cells.first()) {
            (Fault::Blank, Some(first)) => Place::Cell(*first),
            _ => instance.place,
        };
        Some(Finding { rule: instance.rule, instance: id, place, cells, fault })
    }

    fn applies(&self, instance: &Instance) -> bool {
        instance.when.is_none_or(|when| matches!(self.test(when), Outcome::Holds))
    }

    fn test(&self, id: NodeId) -> Outcome {
        let program = &self.form.program;
        match program.node(id) {
            Some(Node::Compare(comparison)) => self.compare(comparison),
            Some(Node::Stated { cell, terms }) => self.stated(*cell, terms),
            Some(Node::Filled(range)) => {
                let filled = |cell: &CellId| !self.report.figure(*cell).is_blank();
                holds(program.cells(range).iter().all(filled), || Fault::Blank)
            }
            Some(Node::Valid(range)) => self.valid(range),
            Some(Node::Whole(range)) => {
                holds(program.cells(range).iter().all(|c| self.is_whole(*c)), || Fault::Broken)
            }
            Some(Node::FactFilled(fact)) => {
                holds(!self.report.fact(*fact).trim().is_empty(), || Fault::Blank)
            }
            Some(Node::FactValid(fact)) => holds(self.fact_is_valid(*fact), || Fault::Unread),
            Some(Node::TextFilled(text)) => {
                holds(!self.report.text(*text).trim().is_empty(), || Fault::Blank)
            }
            Some(Node::And(left, right)) => match (self.test(*left), self.test(*right)) {
                (Outcome::Fails(fault), _) | (_, Outcome::Fails(fault)) => Outcome::Fails(fault),
                (Outcome::Skipped, _) | (_, Outcome::Skipped) => Outcome::Skipped,
                _ => Outcome::Holds,
            },
            Some(Node::Or(left, right)) => match (self.test(*left), self.test(*right)) {
                (Outcome::Holds, _) | (_, Outcome::Holds) => Outcome::Holds,
                (Outcome::Skipped, _) | (_, Outcome::Skipped) => Outcome::Skipped,
                // The side with figures says more than a bare "not so".
                (Outcome::Fails(Fault::Broken), Outcome::Fails(fault)) | (Outcome::Fails(fault), _) => {
                    Outcome::Fails(fault)
                }
            },
            Some(Node::Not(inner)) => match self.test(*inner) {
                Outcome::Holds => Outcome::Fails(Fault::Broken),
                Outcome::Fails(_) => Outcome::Holds,
                Outcome::Skipped => Outcome::Skipped,
            },
            None => Outcome::Skipped,
        }
    }

    fn compare(&self, comparison: &Comparison) -> Outcome {
        let (left, right) = (self.side(&comparison.left), self.side(&comparison.right));
        if left.skip || right.skip {
            return Outcome::Skipped;
        }
        let (Some(left), Some(right)) = (left.value, right.value) else {
            return Outcome::Fails(Fault::Overflow);
        };
        let Some(difference) = left.checked_sub(right) else { return Outcome::Fails(Fault::Overflow) };
        let near = difference.unsigned_abs() <= comparison.tolerance.unsigned_abs();
        let ok = match comparison.operator {
            Operator::Equal => near,
            Operator::Unequal => !near,
            Operator::Less => difference < 0 && !near || (near && comparison.tolerance != 0),
            Operator::Greater => difference > 0 && !near || (near && comparison.tolerance != 0),
            Operator::AtMost => difference <= 0 || near,
            Operator::AtLeast => difference >= 0 || near,
        };
        holds(ok, || Fault::Unequal { left, right, precision: comparison.precision })
    }

    fn stated(&self, cell: CellId, terms: &Range<u32>) -> Outcome {
        let computed = sum_states(self.cells, self.form.program.terms(terms));
        if computed.overflow {
            return Outcome::Fails(Fault::Overflow);
        }
        match self.report.stated(cell) {
            Figure::Blank => Outcome::Holds,
            Figure::Unread(_) => Outcome::Fails(Fault::StatedUnread),
            Figure::Number(_) if computed.any_blank || computed.unread => Outcome::Skipped,
            Figure::Number(stated) => {
                let precision =
                    self.form.slot(cell).map_or(crate::model::Precision::WHOLE, |slot| slot.kind.precision());
                holds(*stated == computed.value, || Fault::Unequal {
                    left: *stated,
                    right: computed.value,
                    precision,
                })
            }
        }
    }

    fn side(&self, side: &Side) -> SideState {
        let program = &self.form.program;
        let sum = sum_states(self.cells, program.terms(&side.terms));
        let blank = match side.blank {
            BlankRule::Zero => false,
            BlankRule::SkipIfAny => sum.any_blank,
            BlankRule::SkipIfAll => sum.all_blank && !side.terms.is_empty(),
        };
        let mut value =
            (!sum.overflow).then_some(sum.value).and_then(|value| value.checked_add(side.constant));
        let mut unknown = false;
        for term in program.facts(&side.facts) {
            match self.fact_number(term.fact, term.options.as_deref()) {
                Some(number) => {
                    value =
                        number.checked_mul(term.coefficient).and_then(|number| value?.checked_add(number));
                }
                None => unknown = true,
            }
        }
        SideState { value, skip: blank || sum.unread || unknown }
    }

    fn fact_number(&self, fact: FactId, options: Option<&[(String, i64)]>) -> Option<i64> {
        let text = self.report.fact(fact).trim();
        match options {
            None => date::read_year(text),
            Some(options) => options.iter().find(|(id, _)| id == text).map(|(_, number)| *number),
        }
    }

    fn fact_is_valid(&self, id: FactId) -> bool {
        let text = self.report.fact(id).trim();
        text.is_empty()
            || match self.form.fact_by_id(id).map(|fact| &fact.kind) {
                Some(FactKind::Year) => date::read_year(text).is_some(),
                Some(FactKind::Date) => date::Date::read(text).is_some(),
                Some(FactKind::Choice(options)) => options.iter().any(|option| option.id == text),
                Some(FactKind::Unit | FactKind::Line) | None => true,
            }
    }

    fn valid(&self, range: &Range<u32>) -> Outcome {
        for cell in self.form.program.cells(range) {
            match self.report.figure(*cell) {
                Figure::Unread(_) => return Outcome::Fails(Fault::Unread),
                Figure::Number(number)
                    if self
                        .form
                        .slot(*cell)
                        .is_some_and(|slot| slot.role == Role::Input && !slot.kind.allows(*number)) =>
                {
                    return Outcome::Fails(Fault::Negative);
                }
                Figure::Blank | Figure::Number(_) => {}
            }
        }
        Outcome::Holds
    }

    fn is_whole(&self, cell: CellId) -> bool {
        let one = self.form.slot(cell).map_or(1, |slot| slot.kind.precision().one());
        self.cells.get(cell.index()).is_none_or(|state| state.value % one == 0)
    }
}

fn holds(ok: bool, fault: impl FnOnce() -> Fault) -> Outcome {
    if ok { Outcome::Holds } else { Outcome::Fails(fault()) }
}
