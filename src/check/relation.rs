//! The relations that a cell takes part in, with live figures, for the panel beside the table.

use super::{Evaluation, Standing};
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
    /// Whether it holds.
    pub standing: Standing,
    /// What is wrong, for people: how far the sides lie apart, or that it does not hold. Empty unless it fails.
    pub verdict: String,
}

/// The balance of the cell's column, then the sums that the cell takes part in, in the order of the form's rules. Rules that only ask whether a figure
/// is there and well formed are left out, and so are those that do not apply to this report.
pub fn of_cell(form: &Form, report: &Report, evaluation: &Evaluation, cell: CellId) -> Vec<Relation> {
    let own = form.program.of_cell(cell);
    // A figure inside a column decides about the balance of the column through its totals.
    let balance = balance_of(form, cell).filter(|id| !own.contains(id));
    balance.iter().chain(own).filter_map(|instance| describe(form, report, evaluation, *instance)).collect()
}

/// The instance of the balance relation shown below the table that belongs to the column of a cell.
fn balance_of(form: &Form, cell: CellId) -> Option<InstanceId> {
    let (slot, table, _) = form.block_of(cell)?;
    let balance = table.balance.as_ref().filter(|_| slot.block == 0)?;
    balance.columns.get(slot.column).copied().flatten()
}

fn describe(form: &Form, report: &Report, evaluation: &Evaluation, id: InstanceId) -> Option<Relation> {
    let program = &form.program;
    let instance = program.instance(id)?;
    let title = form.rule(instance.rule)?.title.clone();
    let standing = evaluation.standing(form, report, id)?;
    match program.node(instance.test)? {
        Node::Compare(comparison) => {
            let (left, right) = evaluation.sides(form, report, id)?;
            let precision = comparison.precision;
            let difference = (comparison.operator == Operator::Equal).then(|| left.saturating_sub(right));
            Some(Relation {
                title,
                left: addends(evaluation, program.terms(&comparison.left.terms), left, precision),
                sign: sign(comparison.operator),
                right: addends(evaluation, program.terms(&comparison.right.terms), right, precision),
                standing,
                verdict: verdict(standing, difference, precision),
            })
        }
        Node::Stated { cell, terms } => {
            let precision = form.slot(*cell)?.kind.precision();
            let computed = evaluation.cell(*cell).value;
            let stated = match report.stated(*cell) {
                Figure::Number(stated) => Some(*stated),
                Figure::Blank | Figure::Unread(_) => None,
            };
            let difference = stated.map(|stated| stated.saturating_sub(computed));
            Some(Relation {
                title,
                left: match stated {
                    Some(stated) => format!("核对数 {}", number::print(stated, precision)),
                    None => number::print(computed, precision),
                },
                sign: "=",
                right: addends(evaluation, program.terms(terms), computed, precision),
                standing,
                verdict: verdict(standing, difference, precision),
            })
        }
        _ => None,
    }
}

fn verdict(standing: Standing, difference: Option<i64>, precision: Precision) -> String {
    match (standing, difference) {
        (Standing::Holds | Standing::Open, _) => String::new(),
        // Without a sign, as in the sentence of the finding.
        (Standing::Fails, Some(difference)) => {
            format!("差 {}", number::print(difference.saturating_abs(), precision))
        }
        (Standing::Fails, None) => "不成立".to_owned(),
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
        Operator::Unequal => "≠",
        Operator::Less => "<",
        Operator::AtMost => "≤",
        Operator::Greater => ">",
        Operator::AtLeast => "≥",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Catalogue;
    use crate::model::{Edit, Place};

    /// The relations of a cell of the 2021 form after some places were filled in, as title, standing, verdict.
    fn relations(level: &str, filled: &[(&str, i64)], cell: &str) -> Vec<(String, Standing, String)> {
        let form = Catalogue::default().by_id("2021").unwrap();
        let cell_of = |path: &str| match form.place(path) {
            Some(Place::Cell(cell)) => cell,
            other => panic!("{path} is no cell but {other:?}"),
        };
        let mut report = Report::new(form.shape());
        let fact = form.fact("level").unwrap().id;
        report.apply(&Edit::Fact { fact, to: level.to_owned() }).unwrap();
        for (path, number) in filled {
            let edit = Edit::Figure { cell: cell_of(path), to: Figure::Number(*number) };
            report.apply(&edit).unwrap();
        }
        of_cell(&form, &report, &Evaluation::of(&form, &report), cell_of(cell))
            .into_iter()
            .map(|relation| (relation.title, relation.standing, relation.verdict))
            .collect()
    }

    #[test]
    fn a_rule_that_does_not_apply_is_no_relation() {
        let filled = [
            ("disclosure.regulation.issued", 3),
            ("disclosure.regulation.repealed", 5),
            ("disclosure.regulation.in_force", 74),
        ];
        let title = "无权制定规章的单位规章数为0";
        let of = |level| {
            let all = relations(level, &filled, "disclosure.regulation.issued");
            all.into_iter().find(|(known, _, _)| known == title)
        };
        assert_eq!(of("city"), None);
        assert_eq!(of("county"), Some((title.to_owned(), Standing::Fails, "差 82".to_owned())));
    }

    #[test]
    fn an_inequality_says_when_it_does_not_hold() {
        let filled = [("disclosure.normative.issued", 9), ("disclosure.normative.in_force", 2)];
        let found = relations("county", &filled, "disclosure.normative.issued");
        let expected = ("现行有效不少于本年制发".to_owned(), Standing::Fails, "不成立".to_owned());
        assert_eq!(found, [expected]);
    }

    #[test]
    fn a_relation_with_blanks_is_open() {
        let found = relations("county", &[("requests.received.natural", 9)], "requests.received.natural");
        let first = ("新收＋结转＝办结＋转下年".to_owned(), Standing::Open, String::new());
        assert_eq!(found.first(), Some(&first));
    }
}
