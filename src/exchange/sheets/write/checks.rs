//! What the workbook watches by itself while someone fills it in: what may be entered, and what must agree.

use rust_xlsxwriter::{
    ConditionalFormatFormula, DataValidation, DataValidationErrorStyle, DataValidationRule, Formula,
    Worksheet, XlsxError,
};

use super::figures::{Figures, Spot, as_float};
use super::{formats, formula};
use crate::exchange::document::{Part, Table};
use crate::exchange::sheets::CHECK_MARK;
use crate::form::expr::Operator;
use crate::form::program::{BlankRule, Comparison, Instance, Node};
use crate::form::{NumberKind, Role};
use crate::model::CellId;

pub(super) fn write(
    sheet: &mut Worksheet,
    index: usize,
    table: &Table,
    figures: &Figures,
) -> Result<(), XlsxError> {
    let own: Vec<(CellId, Spot, bool)> = table
        .cells()
        .iter()
        .filter_map(|cell| match cell.part {
            Part::Figure(id) => Some((id, figures.spot(id)?, cell.computed)),
            _ => None,
        })
        .filter(|(_, spot, _)| spot.sheet == index)
        .collect();
    for kind in [NumberKind::Count, NumberKind::Change, NumberKind::Money] {
        let of_kind = own.iter().filter(|(id, _, computed)| {
            !computed && figures.form.slot(*id).is_some_and(|slot| slot.kind == kind)
        });
        let spots: Vec<Spot> = of_kind.map(|(_, spot, _)| *spot).collect();
        if let Some(first) = spots.first() {
            let validation = validation(kind)?.set_multi_range(formula::list(&spots));
            sheet.add_data_validation(first.row, first.column, first.row, first.column, &validation)?;
        }
    }
    for (id, spot, computed) in &own {
        let stated = !computed && figures.form.slot(*id).is_some_and(|slot| slot.role == Role::Total);
        if let Some(terms) = figures.total(*id).filter(|_| stated)
            && let Some(sum) =
                formula::sum(figures, index, terms.iter().map(|term| (term.cell, term.coefficient)))
        {
            let here = formula::address(spot.row, spot.column);
            mark(sheet, &[*spot], &format!("=AND(ISNUMBER({here}),ROUND({here}-({sum}),6)<>0)"))?;
        }
    }
    for instance in &figures.form.program.instances {
        let Some(equation) = equation(figures, instance) else { continue };
        let Some(spots) = equation.cells.iter().map(|id| figures.spot(*id)).collect::<Option<Vec<_>>>()
        else {
            continue;
        };
        if spots.is_empty() || spots.iter().any(|spot| spot.sheet != index) {
            continue;
        }
        if let Some(fails) = equation.fails(figures, index) {
            // The cells of one rule are marked by one formula, which must not move with the cells.
            mark(sheet, &spots, &format!("={}", fixed(&fails)))?;
        }
    }
    residuals(sheet, index, table, figures)
}

/// What may be entered. A warning and not a refusal: nothing is refused for being wrong.
fn validation(kind: NumberKind) -> Result<DataValidation, XlsxError> {
    const MOST: i32 = 999_999_999;
    let (validation, message) = match kind {
        NumberKind::Count => (
            DataValidation::new().allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0)),
            "请填不小于0的整数；没有的填0。说明文字请写在文字部分。",
        ),
        NumberKind::Change => (
            DataValidation::new().allow_whole_number(DataValidationRule::Between(-MOST, MOST)),
            "请填整数：增加填正数，减少填负数，没有变化填0。",
        ),
        NumberKind::Money => (
            DataValidation::new().allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0)),
            "请填不小于0的数，单位是万元；没有的填0。",
        ),
    };
    validation
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title("请核对所填的数")?
        .set_error_message(message)
}

fn mark(sheet: &mut Worksheet, spots: &[Spot], rule: &str) -> Result<(), XlsxError> {
    let Some(first) = spots.iter().min_by_key(|spot| (spot.row, spot.column)) else { return Ok(()) };
    let mark = ConditionalFormatFormula::new()
        .set_rule(rule)
        .set_format(formats::wrong())
        .set_multi_range(formula::list(spots));
    sheet.add_conditional_format(first.row, first.column, first.row, first.column, &mark)?;
    Ok(())
}

/// A rule that two sums are equal, as one sum that must be 0.
struct Equation<'a> {
    comparison: &'a Comparison,
    terms: Vec<(CellId, i64)>,
    cells: Vec<CellId>,
}

/// The equation that an instance states; none if it states something else, or not always.
fn equation<'a>(figures: &Figures<'a>, instance: &Instance) -> Option<Equation<'a>> {
    let program = &figures.form.program;
    let Node::Compare(comparison) = program.node(instance.test)? else { return None };
    let (left, right) = (&comparison.left, &comparison.right);
    let plain = instance.when.is_none()
        && comparison.operator == Operator::Equal
        && program.facts(&left.facts).is_empty()
        && program.facts(&right.facts).is_empty();
    if !plain {
        return None;
    }
    let side =
        |terms, sign: i64| program.terms(terms).iter().map(move |term| (term.cell, sign * term.coefficient));
    let terms: Vec<_> = side(&left.terms, 1).chain(side(&right.terms, -1)).collect();
    let cells = terms.iter().map(|term| term.0).collect();
    Some(Equation { comparison, terms, cells })
}

impl Equation<'_> {
    /// By how much the sides differ, as a formula.
    fn difference(&self, figures: &Figures, sheet: usize) -> Option<String> {
        let sum = formula::sum(figures, sheet, self.terms.iter().copied())?;
        let constant = self.comparison.left.constant.checked_sub(self.comparison.right.constant)?;
        let precision = self.comparison.precision;
        let sum = match constant {
            0 => sum,
            constant => format!("{sum}+({})", crate::model::number::print(constant, precision)),
        };
        Some(if precision.decimals() == 0 { sum } else { format!("ROUND({sum},{})", precision.decimals()) })
    }

    /// Whether all that the rule asks for is filled in, as a formula; none if it does not ask.
    fn filled(&self, figures: &Figures, sheet: usize) -> Option<String> {
        let asks = |rule: BlankRule| rule != BlankRule::Zero;
        if !asks(self.comparison.left.blank) && !asks(self.comparison.right.blank) {
            return None;
        }
        let inputs = figures.inputs(self.cells.iter().copied());
        let cells = formula::cells_of(figures, sheet, &inputs)?;
        let any = |rule: BlankRule| rule == BlankRule::SkipIfAny;
        Some(if any(self.comparison.left.blank) || any(self.comparison.right.blank) {
            format!("COUNT({cells})={}", inputs.len())
        } else {
            format!("COUNT({cells})>0")
        })
    }

    fn fails(&self, figures: &Figures, sheet: usize) -> Option<String> {
        let difference = self.difference(figures, sheet)?;
        let tolerance = crate::model::number::print(self.comparison.tolerance, self.comparison.precision);
        let fails = format!("ABS({difference})>{tolerance}");
        Some(match self.filled(figures, sheet) {
            Some(filled) => format!("AND({filled},{fails})"),
            None => fails,
        })
    }

    /// What the row of residuals shows, as a program that opens the file without reckoning shows it.
    fn shown(&self, figures: &Figures) -> String {
        let inputs = figures.inputs(self.cells.iter().copied());
        let number = |cell: &CellId| figures.values.get(cell).copied();
        if self.comparison.left.blank != BlankRule::Zero && inputs.iter().any(|cell| number(cell).is_none()) {
            return UNFILLED.to_owned();
        }
        let sum = self
            .terms
            .iter()
            .map(|(cell, factor)| i128::from(number(cell).unwrap_or(0)) * i128::from(*factor));
        let sum = sum.sum::<i128>() + i128::from(self.comparison.left.constant)
            - i128::from(self.comparison.right.constant);
        let sum = i64::try_from(sum).unwrap_or(i64::MAX);
        crate::exchange::sheets::number::plain(as_float(sum, self.comparison.precision))
    }
}

/// What the row of residuals says while figures are missing.
const UNFILLED: &str = "未填全";

/// The row under the table that shows by how much each column fails to balance: in figures, so that it can be seen
/// in print without colours.
fn residuals(sheet: &mut Worksheet, index: usize, table: &Table, figures: &Figures) -> Result<(), XlsxError> {
    let own = table.cells().iter().find_map(|cell| match cell.part {
        Part::Figure(id) => figures.form.slot(id).map(|slot| slot.table),
        _ => None,
    });
    let Some(balance) = own.and_then(|id| figures.form.table(id)).and_then(|table| table.balance.as_ref())
    else {
        return Ok(());
    };
    let format = formats::cell(formats::Role::Check);
    let row = table.rows() as u32 + 1;
    let mut columns: Vec<u16> = Vec::new();
    for instance in balance.columns.iter().flatten() {
        let Some(instance) = figures.form.program.instance(*instance) else { continue };
        let Some(equation) = equation(figures, instance) else { continue };
        let Some(spot) = equation.cells.first().and_then(|id| figures.spot(*id)) else { continue };
        let Some(difference) = equation.difference(figures, index) else { continue };
        let formula = match equation.filled(figures, index) {
            Some(filled) => format!("=IF({filled},{difference},\"{UNFILLED}\")"),
            None => format!("={difference}"),
        };
        let formula = Formula::new(formula).set_result(equation.shown(figures));
        sheet.write_formula_with_format(row, spot.column, formula, &format)?;
        columns.push(spot.column);
    }
    let (Some(first), Some(last)) = (columns.iter().min().copied(), columns.iter().max().copied()) else {
        return Ok(());
    };
    let label = formats::cell(formats::Role::Check);
    match first {
        // Without labels at the left there is only the place behind the figures.
        0 => sheet.write_string_with_format(row, last.saturating_add(1), CHECK_MARK, &label)?,
        1 => sheet.write_string_with_format(row, 0, CHECK_MARK, &label)?,
        first => sheet.merge_range(row, 0, row, first - 1, CHECK_MARK, &label)?,
    };
    sheet.set_row_height(row, 32)?;
    let wrong = ConditionalFormatFormula::new()
        .set_rule(format!("=AND(ISNUMBER({0}),{0}<>0)", formula::address(row, first)).as_str())
        .set_format(formats::wrong());
    sheet.add_conditional_format(row, first, row, last, &wrong)?;
    Ok(())
}

/// A formula whose addresses stay when it is applied to another cell: `$D$5`.
fn fixed(formula: &str) -> String {
    let mut out = String::with_capacity(formula.len() + 16);
    let mut rest = formula;
    while let Some(start) = rest.find(|c: char| c.is_ascii_uppercase()) {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        let letters = from.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(from.len());
        let (name, after) = from.split_at(letters);
        let digits = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
        let (number, after) = after.split_at(digits);
        if number.is_empty() {
            out.push_str(name);
        } else {
            out.extend(["$", name, "$", number]);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::fixed;

    #[test]
    fn addresses_are_fixed_and_functions_are_not() {
        assert_eq!(
            fixed("AND(COUNT(D5:D27)=3,ABS(SUM(D5,AA10)-2*SUM(E7))>0)"),
            "AND(COUNT($D$5:$D$27)=3,ABS(SUM($D$5,$AA$10)-2*SUM($E$7))>0)"
        );
    }
}
