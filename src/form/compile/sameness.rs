//! Rules that say nothing, say what another says, or say what can not hold beside another.
//!
//! Each relation is brought into one form, all terms on one side and in one order, and compared by a hash of
//! it; the cost grows with the length of the program and not with the number of pairs of rules.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::Errors;
use crate::form::Form;
use crate::form::error::{MAX_MISTAKES, Spot};
use crate::form::expr::{Operator, Test, Value};
use crate::form::outline::Step;
use crate::form::program::{BlankRule, Comparison, Node, NodeId, Program, RuleId, Side};

/// Reports every comparison of numbers that are written out on both sides.
pub(super) fn constants(test: &Test, spot: &Spot, errors: &mut Errors) {
    match test {
        Test::And(left, right) | Test::Or(left, right) => {
            constants(left, spot, errors);
            constants(right, spot, errors);
        }
        Test::Not(inner) => constants(inner, spot, errors),
        Test::Compare { left, right, span, .. } => {
            if left.iter().chain(right).all(|term| matches!(term.value, Value::Number(_))) {
                let message = "比较的两边都是写定的数，这条规则什么也没有核对";
                errors.push(spot.bytes(span.clone()), message, "请写上要核对的格或封面项目");
            }
        }
        Test::Is(..) => {}
    }
}

/// Reports rules that are always the case, that are copies and that contradict others. `spots` has the place of
/// each rule that could be parsed; rules with other mistakes are left out, since their cells are not known.
pub(super) fn check(form: &Form, spots: &[Option<&Spot>], errors: &mut Errors) {
    if errors.found.len() >= MAX_MISTAKES {
        return;
    }
    let faulty = faulty_rules(errors, spots.len());
    let mut rules: Vec<Vec<u64>> = vec![Vec::new(); spots.len()];
    let mut empty: Vec<bool> = vec![true; spots.len()];
    let mut equations: HashMap<u64, (i128, i128, RuleId)> = HashMap::new();
    for instance in &form.program.instances {
        let index = instance.rule.index();
        let (Some(Some(spot)), Some(false)) = (spots.get(index), faulty.get(index)) else { continue };
        let when = instance.when.map(|node| fingerprint(&form.program, node));
        let test = fingerprint(&form.program, instance.test);
        if let Some(keys) = rules.get_mut(index) {
            keys.push(hash(&(when, test)));
        }
        if let Some(empty) = empty.get_mut(index) {
            *empty &= cancels_out(&form.program, instance.test);
        }
        for equation in equations_of(&form.program, instance.test) {
            let key = hash(&(when, equation.terms));
            let (first, tolerance, rule) =
                *equations.entry(key).or_insert((equation.constant, equation.tolerance, instance.rule));
            if (first - equation.constant).abs() > tolerance + equation.tolerance {
                contradiction(form, rule, instance.rule, spot, errors);
            }
        }
    }
    let mut seen: HashMap<Vec<u64>, usize> = HashMap::new();
    for (index, mut keys) in rules.into_iter().enumerate() {
        let (Some(Some(spot)), false) = (spots.get(index), keys.is_empty()) else { continue };
        if empty.get(index) == Some(&true) {
            let message = format!("规则“{}”的两边相同，什么也没有核对", code(form, index));
            errors.push((*spot).clone(), message, "请核对两边所写的格");
            continue;
        }
        keys.sort_unstable();
        keys.dedup();
        match seen.get(&keys) {
            Some(first) => {
                let message =
                    format!("规则“{}”与规则“{}”核对的是同一关系", code(form, index), code(form, *first));
                errors.push((*spot).clone(), message, "请删去其中一条");
            }
            None => {
                seen.insert(keys, index);
            }
        }
    }
}

fn contradiction(form: &Form, first: RuleId, second: RuleId, spot: &Spot, errors: &mut Errors) {
    let message = if first == second {
        format!("规则“{}”自相矛盾：同样的格不能等于两个不同的数", code(form, first.index()))
    } else {
        let (second, first) = (code(form, second.index()), code(form, first.index()));
        format!("规则“{second}”与规则“{first}”矛盾：同样的格不能等于两个不同的数")
    };
    errors.push(spot.clone(), message, "请删去或更正其中一条");
}

fn code(form: &Form, rule: usize) -> &str {
    form.rules.get(rule).map_or("", |rule| &rule.code)
}

/// Which rules have a mistake already.
fn faulty_rules(errors: &Errors, count: usize) -> Vec<bool> {
    let mut faulty = vec![false; count];
    for error in &errors.found {
        if let [Step::Field(list), Step::Index(index), ..] = error.spot.steps.as_slice()
            && list == "rules"
            && let Some(rule) = faulty.get_mut(*index)
        {
            *rule = true;
        }
    }
    faulty
}

/// A term without its coefficient.
#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Atom<'a> {
    Cell(usize),
    Fact(usize, Option<&'a [(String, i64)]>),
}

/// Coefficients by term; those of 0 are left out.
type Terms<'a> = BTreeMap<Atom<'a>, i128>;

/// `terms = constant`, give or take the tolerance, as hashed terms with the first coefficient positive.
struct Equation {
    terms: u64,
    constant: i128,
    tolerance: i128,
}

/// A hash that is the same for tests that mean the same.
fn fingerprint(program: &Program, id: NodeId) -> u64 {
    let cells = |range| {
        let mut cells: Vec<_> = program.cells(range).iter().map(|cell| cell.index()).collect();
        cells.sort_unstable();
        cells.dedup();
        cells
    };
    match program.node(id) {
        Some(Node::Compare(comparison)) => compared(program, comparison),
        // The first definition of a total computes it; a copy is compared as blanks of 0.
        Some(node @ Node::Stated { .. }) => {
            let mut terms = stated(program, node);
            make_positive(&mut terms);
            hash(&("merged", "=", BlankTag::of(BlankRule::Zero), terms, 0_i128, 0_i64))
        }
        Some(Node::Filled(range)) => hash(&("filled", cells(range))),
        Some(Node::Valid(range)) => hash(&("valid", cells(range))),
        Some(Node::Whole(range)) => hash(&("whole", cells(range))),
        Some(Node::FactFilled(fact)) => hash(&("fact filled", fact.index())),
        Some(Node::FactValid(fact)) => hash(&("fact valid", fact.index())),
        Some(Node::TextFilled(text)) => hash(&("text filled", text.index())),
        Some(Node::And(left, right)) => either_way("and", program, *left, *right),
        Some(Node::Or(left, right)) => either_way("or", program, *left, *right),
        Some(Node::Not(inner)) => hash(&("not", fingerprint(program, *inner))),
        None => 0,
    }
}

fn either_way(name: &str, program: &Program, left: NodeId, right: NodeId) -> u64 {
    let mut parts = [fingerprint(program, left), fingerprint(program, right)];
    parts.sort_unstable();
    hash(&(name, parts))
}

fn compared(program: &Program, comparison: &Comparison) -> u64 {
    // Greater is written as less with the sides exchanged.
    let (left, right, operator) = match comparison.operator {
        Operator::Equal => (&comparison.left, &comparison.right, "="),
        Operator::Unequal => (&comparison.left, &comparison.right, "!="),
        Operator::Less => (&comparison.left, &comparison.right, "<"),
        Operator::AtMost => (&comparison.left, &comparison.right, "<="),
        Operator::Greater => (&comparison.right, &comparison.left, "<"),
        Operator::AtLeast => (&comparison.right, &comparison.left, "<="),
    };
    // Where a blank is judged by all figures of its side, it matters on which side a figure stands.
    if left.blank != right.blank || left.blank == BlankRule::SkipIfAll {
        let side =
            |side: &Side| (BlankTag::of(side.blank), hash(&gathered(program, &[(side, 1)])), side.constant);
        return hash(&("sides", operator, side(left), side(right), comparison.tolerance));
    }
    let mut terms = gathered(program, &[(left, 1), (right, -1)]);
    let mut constant = i128::from(right.constant) - i128::from(left.constant);
    if matches!(comparison.operator, Operator::Equal | Operator::Unequal) {
        constant *= make_positive(&mut terms);
    }
    hash(&("merged", operator, BlankTag::of(left.blank), terms, constant, comparison.tolerance))
}

/// Whether the same terms stand on both sides of a comparison.
fn cancels_out(program: &Program, id: NodeId) -> bool {
    match program.node(id) {
        Some(Node::Compare(comparison)) => {
            gathered(program, &[(&comparison.left, 1), (&comparison.right, -1)]).is_empty()
        }
        _ => false,
    }
}

/// The equations that a test demands: itself or the parts of an `and`.
fn equations_of(program: &Program, id: NodeId) -> Vec<Equation> {
    let mut found = Vec::new();
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        let (mut terms, constant, tolerance) = match program.node(id) {
            Some(Node::And(left, right)) => {
                open.extend([*right, *left]);
                continue;
            }
            Some(Node::Compare(Comparison { left, operator: Operator::Equal, right, tolerance, .. })) => {
                let constant = i128::from(right.constant) - i128::from(left.constant);
                (gathered(program, &[(left, 1), (right, -1)]), constant, i128::from(*tolerance))
            }
            Some(node @ Node::Stated { .. }) => (stated(program, node), 0, 0),
            _ => continue,
        };
        let sign = make_positive(&mut terms);
        if !terms.is_empty() {
            found.push(Equation { terms: hash(&terms), constant: constant * sign, tolerance });
        }
    }
    found
}

/// A total less what it is the sum of.
fn stated<'a>(program: &'a Program, node: &Node) -> Terms<'a> {
    let mut terms = Terms::new();
    if let Node::Stated { cell, terms: range } = node {
        terms.insert(Atom::Cell(cell.index()), 1);
        for term in program.terms(range) {
            *terms.entry(Atom::Cell(term.cell.index())).or_default() -= i128::from(term.coefficient);
        }
    }
    terms.retain(|_, coefficient| *coefficient != 0);
    terms
}

/// The terms of both sides, each side times its sign.
fn gathered<'a>(program: &'a Program, sides: &[(&Side, i128)]) -> Terms<'a> {
    let mut terms = Terms::new();
    for (side, sign) in sides {
        for term in program.terms(&side.terms) {
            *terms.entry(Atom::Cell(term.cell.index())).or_default() += sign * i128::from(term.coefficient);
        }
        for term in program.facts(&side.facts) {
            let atom = Atom::Fact(term.fact.index(), term.options.as_deref());
            *terms.entry(atom).or_default() += sign * i128::from(term.coefficient);
        }
    }
    terms.retain(|_, coefficient| *coefficient != 0);
    terms
}

/// Turns all signs if the first coefficient is negative, and gives the sign that does the same to a constant.
fn make_positive(terms: &mut Terms<'_>) -> i128 {
    if terms.values().next().is_none_or(|first| *first > 0) {
        return 1;
    }
    for coefficient in terms.values_mut() {
        *coefficient = -*coefficient;
    }
    -1
}

/// A blank rule that can be hashed.
#[derive(Hash)]
struct BlankTag(u8);

impl BlankTag {
    fn of(rule: BlankRule) -> Self {
        Self(match rule {
            BlankRule::Zero => 0,
            BlankRule::SkipIfAny => 1,
            BlankRule::SkipIfAll => 2,
        })
    }
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
