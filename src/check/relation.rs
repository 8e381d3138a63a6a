//! The relations that a cell takes part in, with live figures, for the panel beside the table.

use super::Evaluation;
use crate::form::expr::Operator;
use crate::form::program::{CellTerm, Node};
use crate::form::{Form, InstanceId};
use crate::model::{CellId, Figure, Precision, Report, number};

/// One relation as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// The relation in a few words.
    pub title: String,
    /// Left side: addends and, if there are several, their sum.
    pub left: String,
    /// The comparison sign.
    pub sign: &'static str,
    /// Right side.
    pub right: String,
    /// Left minus right in figures; empty when the two agree or the relation does not compare sums.
    pub difference: String,
}

/// The sums that a cell takes part in, in the order of the form's rules. Rules that only ask whether a figure
/// is there and well formed are left out.
pub fn of_cell(form: &Form, report: &Report, evaluation: &Evaluation, cell: CellId) -> Vec<Relation> {
    form.program
        .of_cell(cell)
        .iter()
        .filter_map(|instance| describe(form, report, evaluation, *instance))
        .collect()
}

fn describe(form: &Form, report: &Report, evaluation: &Evaluation, id: InstanceId) -> Option<Relation> {
    let program = &form.program;
    let instance = program.instance(id)?;
    let title = form.rule(instance.rule)?.title.clone();
    match program.node(instance.test)? {
        Node::Compare(comparison) => {
            let (left, right) = evaluation.sides(form, report, id)?;
            let precision = comparison.precision;
            let difference = left.saturating_sub(right);
            let shown = comparison.operator == Operator::Equal && difference != 0;
            Some(Relation {
                title,
                left: addends(evaluation, program.terms(&comparison.left.terms), left, precision),
                sign: sign(comparison.operator),
                right: addends(evaluation, program.terms(&comparison.right.terms), right, precision),
                difference: if shown { number::print(difference, precision) } else { String::new() },
            })
        }
        Node::Stated { cell, terms } => {
            let precision = form.slot(*cell)?.kind.precision();
            let computed = evaluation.cell(*cell).value;
            let stated = match report.stated(*cell) {
                Figure::Number(stated) => Some(*stated),
                Figure::Blank | Figure::Unread(_) => None,
            };
            let difference = stated.map_or(0, |stated| stated.saturating_sub(computed));
            Some(Relation {
                title,
                left: match stated {
                    Some(stated) => format!("核对数 {}", number::print(stated, precision)),
                    None => number::print(computed, precision),
                },
                sign: "=",
                right: addends(evaluation, program.terms(terms), computed, precision),
                difference: if difference == 0 {
                    String::new()
                } else {
                    number::print(difference, precision)
                },
            })
        }
        _ => None,
    }
}

/// `99+0` for a few addends; for many, how many of them there are and their sum.
fn addends(evaluation: &Evaluation, terms: &[CellTerm], sum: i64, precision: Precision) -> String {
    const FEW: usize = 6;
    match terms {
        [] | [_] => number::print(sum, precision),
        terms if terms.len() <= FEW => {
            let mut text = String::new();
            for term in terms {
                let sign = match (term.coefficient < 0, text.is_empty()) {
                    (true, _) => "-",
                    (false, true) => "",
                    (false, false) => "+",
                };
                text.push_str(sign);
                text.push_str(&number::print(evaluation.cell(term.cell).value, precision));
            }
            text
        }
        terms => format!("{}项之和 {}", terms.len(), number::print(sum, precision)),
    }
}

fn sign(operator: Operator) -> &'static str {
    match operator {
        Operator::Equal => "=",
        Operator::Unequal => "!=",
        Operator::Less => "<",
        Operator::AtMost => "<=",
        Operator::Greater => ">",
        Operator::AtLeast => ">=",
    }
}
