//! Rules to the flat program.

mod reading;

use std::collections::HashSet;
use std::ops::Range;

use super::Errors;
use super::totals::{self, Definition};
use super::unroll::{self, Room, Scope};
use super::{balances, sameness};
use crate::form::error::Spot;
use crate::form::expr::{self, Cells, Item, Name, Operator, Predicate, RuleText, Term, Test, Value};
use crate::form::program::{
    BlankRule, CellTerm, Comparison, FactTerm, Instance, Node, NodeId, RuleId, Side, TotalStep,
};
use crate::form::rule::{Rule, Template};
use crate::form::shape::Lost;
use crate::form::source::{BlankRuleSource, BlankSource, FormSource, RuleSource};
use crate::form::table::{FactKind, Role};
use crate::form::{Form, caret};
use crate::model::{CellId, Place, Precision, number};

/// Compiles all rules: first the totals, so that every rule knows which cells a person enters.
///
/// Where names were lost, the rules are only parsed.
pub(super) fn build(source: &FormSource, form: &mut Form, lost: &Lost, errors: &mut Errors) {
    let mut parsed = Vec::new();
    let mut codes = HashSet::new();
    for (index, rule) in source.rules.iter().enumerate() {
        let spot = Spot::default().field("rules").item(index);
        if !codes.insert(rule.code.as_str()) {
            errors.push(spot.field("code"), format!("规则“{}”重复", rule.code), "每个代号只能用一次");
        }
        form.rules.push(describe(rule, &spot, errors));
        parsed.push(parse(rule, &spot, errors));
    }
    if lost.names {
        return;
    }
    mark_totals(&parsed, form);
    let mut builder = Builder {
        form,
        errors,
        definitions: Vec::new(),
        defined: HashSet::new(),
        room: Room::default(),
        read: 0,
    };
    for (index, rule) in parsed.iter().enumerate() {
        if let Some(rule) = rule {
            builder.add(RuleId(index as u32), rule, source.rules[index].blank);
        }
    }
    let definitions = std::mem::take(&mut builder.definitions);
    totals::order(&definitions, &mut form.program, errors);
    index_by_cell(form);
    if lost.rules {
        return;
    }
    balances::find(source, form, errors);
    let spots: Vec<_> = parsed.iter().map(|rule| rule.as_ref().map(|rule| &rule.spot)).collect();
    sameness::check(form, &spots, errors);
}

/// A rule's text and where it stands.
struct Parsed {
    text: RuleText,
    spot: Spot,
    is_total: bool,
}

fn describe(source: &RuleSource, spot: &Spot, errors: &mut Errors) -> Rule {
    let message = Template::parse(&source.message).unwrap_or_else(|bytes| {
        let written = source.message.get(bytes.clone()).unwrap_or_default().to_owned();
        let close = caret::closest(written.trim_matches(['{', '}']), Template::gap_names());
        let hint = close.map_or_else(
            || format!("可用：{}", Template::gap_names().collect::<Vec<_>>().join("、")),
            |name| format!("是否为“{{{name}}}”？"),
        );
        errors.push(spot.field("message").bytes(bytes), format!("不认识的空位“{written}”"), hint);
        Template::default()
    });
    Rule {
        code: source.code.clone(),
        title: source.title.clone(),
        severity: source.severity.into(),
        completeness: source.completeness,
        basis: source.basis.clone(),
        message,
        hint: source.hint.clone(),
    }
}

fn parse(source: &RuleSource, spot: &Spot, errors: &mut Errors) -> Option<Parsed> {
    let (text, spot, is_total) = match (&source.total, &source.check) {
        (Some(text), None) => (text, spot.field("total"), true),
        (None, Some(text)) => (text, spot.field("check"), false),
        _ => {
            errors.push(spot.clone(), "一条规则要么写 total，要么写 check", "二者必居其一");
            return None;
        }
    };
    match expr::parse(text) {
        Ok(text) => {
            for test in text.when.iter().chain([&text.test]) {
                sameness::constants(test, &spot, errors);
            }
            Some(Parsed { text, spot, is_total })
        }
        Err(error) => {
            errors.push(spot.bytes(error.span), error.message, "");
            None
        }
    }
}

/// Totals are known before any rule is built; mistakes in them are reported when they are built.
fn mark_totals(parsed: &[Option<Parsed>], form: &mut Form) {
    let (mut room, mut totals) = (Room::default(), Vec::new());
    for rule in parsed.iter().flatten().filter(|rule| rule.is_total) {
        let mut quiet = Errors::default();
        for scope in unroll::scopes(&rule.text.binders, &mut room, form, &rule.spot, &mut quiet) {
            if quiet.is_hopeless() {
                break;
            }
            if let Some((target, _, _)) = definition(&rule.text.test) {
                totals.extend(unroll::cells(target, &scope, form, &rule.spot, &mut quiet));
            }
        }
    }
    for cell in totals {
        if let Some(slot) = form.slots.get_mut(cell.index()) {
            slot.role = Role::Total;
        }
    }
}

/// The parts of `cell = sum`: the cell, the addends, the bytes.
fn definition(test: &Test) -> Option<(&Cells, &[Term], &Range<usize>)> {
    let Test::Compare { left, operator: Operator::Equal, right, within: None, span } = test else {
        return None;
    };
    match left.as_slice() {
        [Term { negative: false, value: Value::Sum(cells) }] => Some((cells, right, span)),
        _ => None,
    }
}

struct Builder<'a> {
    form: &'a mut Form,
    errors: &'a mut Errors,
    definitions: Vec<Definition>,
    defined: HashSet<CellId>,
    room: Room,
    /// How many cells and options of facts the rules so far read.
    read: usize,
}

impl Builder<'_> {
    fn add(&mut self, rule: RuleId, parsed: &Parsed, blank: BlankSource) {
        let spot = &parsed.spot;
        self.errors.start();
        for scope in unroll::scopes(&parsed.text.binders, &mut self.room, self.form, spot, self.errors) {
            if self.errors.is_hopeless() || self.reads_too_much() {
                break;
            }
            let first_cell = self.form.program.cells.len();
            let when = parsed.text.when.as_ref().map(|test| self.test(test, &scope, blank, spot));
            let test = if parsed.is_total {
                self.total(&parsed.text.test, &scope, blank, spot)
            } else {
                Some(self.test(&parsed.text.test, &scope, blank, spot))
            };
            let Some(test) = test else { continue };
            // A row of totals alone leaves nothing to be filled in.
            let Some(place) = self.place(test) else { continue };
            let cells = self.close_cells(first_cell, test);
            self.form.program.instances.push(Instance { rule, when, test, place, cells });
        }
    }

    /// A total: the first definition of a cell computes it, and a further one is checked against it.
    fn total(&mut self, test: &Test, scope: &Scope, blank: BlankSource, spot: &Spot) -> Option<NodeId> {
        let Some((target, addends, span)) = definition(test) else {
            self.errors.push(
                spot.clone(),
                "合计的定义要写成：格 = sum(…)",
                "左边是一格，右边是各格之和，不带容差",
            );
            return None;
        };
        let cell = *self.cells(target, scope, spot).first()?;
        if !self.defined.insert(cell) {
            return Some(self.test(test, scope, blank, spot));
        }
        let precision = self.form.slot(cell)?.kind.precision();
        let side = self.side(addends, scope, BlankRule::Zero, Some(precision), spot, span);
        if side.constant != 0 || !side.facts.is_empty() {
            self.errors.push(spot.bytes(span.clone()), "合计只能由各格相加减得出", "请去掉数字和封面项目");
        }
        let step = TotalStep { cell, terms: side.terms.clone() };
        self.definitions.push(Definition { step, spot: spot.clone() });
        Some(self.node(Node::Stated { cell, terms: side.terms }))
    }

    fn test(&mut self, test: &Test, scope: &Scope, blank: BlankSource, spot: &Spot) -> NodeId {
        let node = match test {
            Test::And(left, right) => {
                Node::And(self.test(left, scope, blank, spot), self.test(right, scope, blank, spot))
            }
            Test::Or(left, right) => {
                Node::Or(self.test(left, scope, blank, spot), self.test(right, scope, blank, spot))
            }
            Test::Not(inner) => Node::Not(self.test(inner, scope, blank, spot)),
            Test::Is(predicate, item) => self.predicate(*predicate, item, scope, spot),
            Test::Compare { left, operator, right, within, span } => {
                let precision = self.precision(&[left, right], scope, spot, span);
                let tolerance = within.as_ref().map_or(0, |number| self.number(number, precision, spot));
                Node::Compare(Comparison {
                    left: self.side(left, scope, blank_rule(blank.left), Some(precision), spot, span),
                    operator: *operator,
                    right: self.side(right, scope, blank_rule(blank.right), Some(precision), spot, span),
                    tolerance,
                    precision,
                })
            }
        };
        self.node(node)
    }

    fn predicate(&mut self, predicate: Predicate, item: &Item, scope: &Scope, spot: &Spot) -> Node {
        if let Item::Cells(Cells::Variable(name)) = item {
            match (predicate, scope.fact_or_text(name)) {
                (Predicate::Filled, Some(Place::Fact(fact))) => return Node::FactFilled(fact),
                (Predicate::Valid, Some(Place::Fact(fact))) => return Node::FactValid(fact),
                (Predicate::Filled, Some(Place::Text(text))) => return Node::TextFilled(text),
                _ => {}
            }
        }
        match (predicate, item) {
            (_, Item::Cells(cells)) => self.cells_predicate(predicate, cells, scope, spot),
            (Predicate::Filled, Item::Fact(name)) => {
                self.fact(name, spot).map_or(Node::Filled(0..0), |fact| Node::FactFilled(fact.id))
            }
            (Predicate::Valid, Item::Fact(name)) => {
                self.fact(name, spot).map_or(Node::Filled(0..0), |fact| Node::FactValid(fact.id))
            }
            (Predicate::Filled, Item::Text(name)) => {
                if let Some(prose) = self.form.text_of(&name.text) {
                    return Node::TextFilled(prose);
                }
                let known = self.form.sections.iter().filter(|section| section.text.is_some());
                let known = known.map(|section| section.id.as_str());
                self.errors.unknown(spot, Some(name.span.clone()), "文字部分", &name.text, known);
                Node::Filled(0..0)
            }
            (Predicate::Whole, Item::Fact(name)) | (_, Item::Text(name)) => {
                self.errors.push(spot.bytes(name.span.clone()), "这里只能是表中的格", "");
                Node::Filled(0..0)
            }
        }
    }

    fn cells_predicate(&mut self, predicate: Predicate, cells: &Cells, scope: &Scope, spot: &Spot) -> Node {
        let mut cells = self.cells(cells, scope, spot);
        // A total is computed, so nobody has to fill it in.
        if predicate == Predicate::Filled {
            cells.retain(|cell| self.form.slot(*cell).is_some_and(|slot| slot.role == Role::Input));
        }
        let start = self.form.program.cells.len() as u32;
        self.form.program.cells.extend(cells);
        let range = start..self.form.program.cells.len() as u32;
        match predicate {
            Predicate::Filled => Node::Filled(range),
            Predicate::Valid => Node::Valid(range),
            Predicate::Whole => Node::Whole(range),
        }
    }

    /// The one precision of all cells in a comparison; counts and money do not compare.
    fn precision(
        &mut self,
        sides: &[&Vec<Term>],
        scope: &Scope,
        spot: &Spot,
        span: &Range<usize>,
    ) -> Precision {
        let mut found = None;
        for term in sides.iter().flat_map(|side| side.iter()) {
            let Value::Sum(cells) = &term.value else { continue };
            for cell in self.cells(cells, scope, spot) {
                let Some(precision) = self.form.slot(cell).map(|slot| slot.kind.precision()) else {
                    continue;
                };
                if found.is_some_and(|first| first != precision) {
                    self.errors.push(
                        spot.bytes(span.clone()),
                        "件数与金额不能相加或比较",
                        "请分开写成两条规则",
                    );
                }
                found = Some(precision);
            }
        }
        found.unwrap_or(Precision::WHOLE)
    }

    fn side(
        &mut self,
        terms: &[Term],
        scope: &Scope,
        blank: BlankRule,
        precision: Option<Precision>,
        spot: &Spot,
        span: &Range<usize>,
    ) -> Side {
        let precision = precision.unwrap_or(Precision::WHOLE);
        let (mut cell_terms, mut fact_terms, mut constant) = (Vec::new(), Vec::new(), 0_i64);
        for term in terms {
            let sign = if term.negative { -1 } else { 1 };
            match &term.value {
                Value::Number(name) => {
                    let number = self.number(name, precision, spot);
                    match constant.checked_add(sign * number) {
                        Some(sum) => constant = sum,
                        None => self.errors.push(spot.bytes(span.clone()), "数字过大", ""),
                    }
                }
                Value::Sum(cells) => {
                    let cells = self.cells(cells, scope, spot);
                    cell_terms.extend(cells.into_iter().map(|cell| CellTerm { cell, coefficient: sign }));
                }
                Value::Fact { fact, value } => {
                    let options = self.fact_number(fact, value.as_ref(), spot);
                    if let Some((fact, options)) = options {
                        fact_terms.push(FactTerm { fact, coefficient: sign * precision.one(), options });
                    }
                }
            }
        }
        let program = &mut self.form.program;
        let (first_term, first_fact) = (program.terms.len() as u32, program.facts.len() as u32);
        program.terms.extend(cell_terms);
        program.facts.extend(fact_terms);
        Side {
            terms: first_term..program.terms.len() as u32,
            facts: first_fact..program.facts.len() as u32,
            constant,
            blank,
        }
    }

    /// The number behind a fact: a year as it is, or what each option of a choice stands for.
    #[allow(clippy::type_complexity)] // a pair used once, two lines below its only call
    fn fact_number(
        &mut self,
        name: &Name,
        value: Option<&Name>,
        spot: &Spot,
    ) -> Option<(crate::model::FactId, Option<Vec<(String, i64)>>)> {
        let fact = self.fact(name, spot)?;
        match (&fact.kind, value) {
            (FactKind::Year, None) => Some((fact.id, None)),
            (FactKind::Choice(options), Some(value)) => {
                let mut numbers = Vec::new();
                for option in options {
                    let Some((_, number)) = option.values.iter().find(|(known, _)| *known == value.text)
                    else {
                        let message = format!("选项“{}”没有数值“{}”", option.id, value.text);
                        self.errors.push(spot.bytes(value.span.clone()), message, "每个选项都要写上这个数值");
                        return None;
                    };
                    numbers.push((option.id.clone(), *number));
                }
                Some((fact.id, Some(numbers)))
            }
            _ => {
                let hint = "年份写 cover.名称，选项的数值写 cover.名称.数值名";
                self.errors.push(spot.bytes(name.span.clone()), format!("“{}”在这里不是数", name.text), hint);
                None
            }
        }
    }

    fn number(&mut self, name: &Name, precision: Precision, spot: &Spot) -> i64 {
        number::read(&name.text, precision).unwrap_or_else(|error| {
            self.errors.push(spot.bytes(name.span.clone()), format!("数字“{}”{error}", name.text), "");
            0
        })
    }

    fn node(&mut self, node: Node) -> NodeId {
        let nodes = &mut self.form.program.nodes;
        nodes.push(node);
        NodeId(nodes.len() as u32 - 1)
    }

    /// Where a person goes to mend what the test finds: the first thing it names.
    fn place(&self, test: NodeId) -> Option<Place> {
        let program = &self.form.program;
        let first_cell = |range: &Range<u32>| program.cells(range).first().copied().map(Place::Cell);
        match program.node(test) {
            Some(Node::Compare(comparison)) => {
                let cell =
                    |side: &Side| program.terms(&side.terms).first().map(|term| Place::Cell(term.cell));
                let fact =
                    |side: &Side| program.facts(&side.facts).first().map(|term| Place::Fact(term.fact));
                cell(&comparison.left)
                    .or_else(|| cell(&comparison.right))
                    .or_else(|| fact(&comparison.left))
                    .or_else(|| fact(&comparison.right))
            }
            Some(Node::Stated { cell, .. }) => Some(Place::Cell(*cell)),
            Some(Node::Filled(range) | Node::Valid(range) | Node::Whole(range)) => first_cell(range),
            Some(Node::FactFilled(fact) | Node::FactValid(fact)) => Some(Place::Fact(*fact)),
            Some(Node::TextFilled(prose)) => Some(Place::Text(*prose)),
            Some(Node::And(left, _) | Node::Or(left, _) | Node::Not(left)) => self.place(*left),
            None => None,
        }
    }

    /// Gathers all cells that a test reads into one run, each once, in the order of first mention.
    fn close_cells(&mut self, from: usize, test: NodeId) -> Range<u32> {
        let mut cells = Vec::new();
        self.collect(test, &mut cells);
        let mut seen = HashSet::new();
        cells.retain(|cell| seen.insert(*cell));
        let program = &mut self.form.program;
        if program.cells[from..] == cells[..] {
            return from as u32..program.cells.len() as u32;
        }
        let start = program.cells.len() as u32;
        program.cells.extend(cells);
        start..program.cells.len() as u32
    }

    fn collect(&self, test: NodeId, into: &mut Vec<CellId>) {
        let program = &self.form.program;
        let terms =
            |range: &Range<u32>| program.terms(range).iter().map(|term| term.cell).collect::<Vec<_>>();
        match program.node(test) {
            Some(Node::Compare(comparison)) => {
                into.extend(terms(&comparison.left.terms));
                into.extend(terms(&comparison.right.terms));
            }
            Some(Node::Stated { cell, terms: range }) => {
                into.push(*cell);
                into.extend(terms(range));
            }
            Some(Node::Filled(range) | Node::Valid(range) | Node::Whole(range)) => {
                into.extend(program.cells(range));
            }
            Some(Node::And(left, right) | Node::Or(left, right)) => {
                self.collect(*left, into);
                self.collect(*right, into);
            }
            Some(Node::Not(inner)) => self.collect(*inner, into),
            Some(Node::FactFilled(_) | Node::FactValid(_) | Node::TextFilled(_)) | None => {}
        }
    }
}

fn blank_rule(source: BlankRuleSource) -> BlankRule {
    match source {
        BlankRuleSource::Zero => BlankRule::Zero,
        BlankRuleSource::SkipIfAny => BlankRule::SkipIfAny,
        BlankRuleSource::SkipIfAll => BlankRule::SkipIfAll,
    }
}

fn index_by_cell(form: &mut Form) {
    let mut by_cell = vec![Vec::new(); form.slots.len()];
    for (id, instance) in form.program.numbered() {
        for cell in form.program.cells(&instance.cells) {
            by_cell[cell.index()].push(id);
        }
    }
    form.program.by_cell = by_cell;
}
