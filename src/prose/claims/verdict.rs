//! Claims against figures.

use super::{By, Claim, Claims, Growth, Said, Share};
use crate::form::wording::{Amount, Quantity};
use crate::form::{Form, Severity};
use crate::model::{CellId, Precision, number};
use crate::prose::numerals::{self, Decimal, Style, Unit};
use crate::prose::{Fix, Remark, Topic, Values};

const HINT: &str = "请核对文字与表；确属不同口径的（如只是某一渠道或立案的数），请在文中写明。";
const SCOPE_HINT: &str = "请核对文字与表；如文中只是其中一个机关的数、表中是全地区的数，请在文中写明范围。";
pub(super) const SHARE_HINT: &str = "请重新计算百分比，或写明它是占哪个总数的比例。";
const GROWTH_HINT: &str = "请按上年报告的数重新计算，或写明与哪个数相比。";
const DONE_HINT: &str = "还有结转下年度的申请时，请写“按期答复”等，不写全部办结；或核对结转数。";

/// Compares all claims of a text.
pub(super) struct Verdict<'a> {
    pub(super) form: &'a Form,
    pub(super) values: &'a dyn Values,
    pub(super) claims: &'a Claims,
}

/// What a quantity amounts to, in each of the ways in which it may be meant.
pub(super) struct Known<'a> {
    pub(super) amounts: Vec<(&'a Amount, Option<i64>)>,
}

impl Verdict<'_> {
    pub(super) fn remarks(&self) -> Vec<Remark> {
        let claims = self.claims.found.iter().filter_map(|claim| self.claim(claim));
        let shares = self.claims.shares.iter().filter_map(|share| self.share(share));
        let growths = self.claims.growths.iter().filter_map(|growth| self.growth(growth));
        let done = self.claims.done.iter().filter_map(|said| self.done(said));
        claims.chain(shares).chain(growths).chain(done).collect()
    }

    fn claim(&self, claim: &Claim) -> Option<Remark> {
        let quantity = self.quantity(claim.quantity)?;
        let known = self.known(&quantity.equals);
        if known.amounts.is_empty() || known.any(|amount, value| equals(claim, amount.precision, value)) {
            return None;
        }
        // While a cell of one reading is blank, the figure may yet turn out right.
        let amounts = known.all()?;
        if self.others_explain(claim, &known) {
            return None;
        }
        let mut told: Vec<String> = amounts
            .iter()
            .map(|(amount, value)| format!("{}为 {}", amount.name, shown(*value, amount.precision)))
            .collect();
        let same = amounts.iter().all(|(_, value)| amounts.first().is_some_and(|(_, first)| first == value));
        if same {
            told.truncate(1);
        }
        let told = told.join("，");
        let said = said(claim);
        let message = match (&claim.figure, difference(claim, &amounts).filter(|_| same)) {
            (None, _) => format!("表中{told}，文中说“{}”。", claim.words),
            (_, Some(difference)) => {
                let (words, name) = (&claim.words, &quantity.name);
                format!("文中 {said}，表中{told}，相差 {difference}：“{words}”读作{name}。")
            }
            (_, None) => {
                let (words, name) = (&claim.words, &quantity.name);
                format!("文中 {said}，表中{told}，都不相符：“{words}”读作{name}。")
            }
        };
        Some(Remark {
            topic: Topic::Claim,
            severity: Severity::Verify,
            range: claim.range.clone(),
            message,
            hint: if claim.whose.is_empty() { HINT } else { SCOPE_HINT },
            cells: cells(&quantity.equals),
            fix: amounts
                .first()
                .filter(|_| same)
                .and_then(|(amount, value)| fix(claim, amount.precision, *value)),
        })
    }

    /// Whether the same quantity told in other parts of the sentence makes this one right: one of them is the whole,
    /// or all of them together are.
    fn others_explain(&self, claim: &Claim, known: &Known<'_>) -> bool {
        let same = |other: &&Claim| other.quantity == claim.quantity && other.sentence == claim.sentence;
        let others: Vec<&Claim> = self.claims.found.iter().filter(same).collect();
        let whole =
            others.iter().any(|other| known.any(|amount, value| equals(other, amount.precision, value)));
        let numbers = others.iter().map(|other| other.value.scaled(0));
        let sum = numbers.sum::<Option<i64>>();
        others.len() > 1 && (whole || sum.is_some_and(|sum| known.any(|_, value| value == sum)))
    }

    fn share(&self, share: &Share) -> Option<Remark> {
        let claim = self.claims.found.get(share.claim)?;
        let quantity = self.quantity(claim.quantity)?;
        let part = claim.value.scaled(0)?;
        let own = self.own(quantity);
        let known = self.known(&quantity.share_of);
        let holds = known.any(|_, whole| share.holds(part, own, whole));
        let of_another = || share.wholes.iter().any(|whole| share.holds(part, None, *whole));
        if quantity.share_of.is_empty() || holds || of_another() {
            return None;
        }
        let amounts = known.all()?;
        let decimals = share.percent.value.decimals;
        let rights: Vec<_> = amounts
            .iter()
            .filter(|(_, whole)| *whole > 0)
            .filter_map(|(amount, whole)| Some((amount, whole, share_of(part, *whole, decimals)?)))
            .collect();
        let (_, _, right) = rights.first()?;
        let mut told: Vec<String> = rights
            .iter()
            .map(|(amount, whole, right)| format!("占{} {whole} 的 {right}%", amount.name))
            .collect();
        told.truncate(2);
        let certain = own == Some(part);
        Some(Remark {
            topic: Topic::Share,
            severity: Severity::Verify,
            range: claim.range.start..share.percent.range.end,
            message: format!(
                "文中 {}%，{} {part} {}。",
                plain(share.percent.value),
                quantity.name,
                told.join("，"),
            ),
            hint: SHARE_HINT,
            cells: cells(&quantity.share_of),
            fix: certain.then(|| Fix {
                range: share.percent.digits.clone(),
                with: format!("{right}%"),
                name: format!("改为 {right}%"),
            }),
        })
    }

    fn growth(&self, growth: &Growth) -> Option<Remark> {
        let quantity = self.quantity(growth.quantity)?;
        let readings = self.growth_readings(growth, quantity)?;
        let is_right = |(_, now, before): &(&Amount, i64, i64)| growth.holds(*now, *before);
        if readings.is_empty() || readings.iter().any(is_right) {
            return None;
        }
        let (amount, now, before) = *readings.iter().find(|(_, _, before)| *before > 0)?;
        let change = now.checked_sub(before)?;
        let word = if change < 0 { "下降" } else { "增长" };
        let (right, fixed) = match &growth.by {
            By::Percent(percent) => {
                let right = share_of(change.checked_abs()?, before, percent.value.decimals)?;
                (format!("{word} {right}%"), Some((percent, format!("{right}%"))))
            }
            By::Count(_) => (
                format!(
                    "{} {}",
                    if change < 0 { "减少" } else { "增加" },
                    shown(change.checked_abs()?, amount.precision)
                ),
                None,
            ),
        };
        let same_way = (change < 0) == growth.falls && change != 0;
        // Certain where all readings come to the same.
        let certain = readings.iter().all(|(_, other, base)| (*other, *base) == (now, before)) && same_way;
        Some(Remark {
            topic: Topic::Growth,
            severity: Severity::Verify,
            range: growth.range.clone(),
            message: format!(
                "文中{}{}，应为{right}：{}今年 {}，上年 {}。",
                if growth.falls { "下降" } else { "增长" },
                growth.by.shown(),
                quantity.name,
                shown(now, amount.precision),
                shown(before, amount.precision),
            ),
            hint: GROWTH_HINT,
            cells: cells(&quantity.equals),
            fix: fixed.filter(|_| certain).map(|(percent, with)| Fix {
                range: percent.digits.clone(),
                name: format!("改为 {with}"),
                with,
            }),
        })
    }

    fn done(&self, said: &Said) -> Option<Remark> {
        let done = self.form.claims.done.get(said.done)?;
        let left = sum(&done.left, |cell| self.values.cell(cell)).filter(|left| *left > 0)?;
        Some(Remark {
            topic: Topic::AllDone,
            severity: Severity::Verify,
            range: said.range.clone(),
            message: format!("表中{}为 {left}，而文中说“{}”。", done.left.name, said.words.trim()),
            hint: DONE_HINT,
            cells: cells(std::slice::from_ref(&done.left)),
            fix: None,
        })
    }

    /// The ways in which a growth may be meant: the amount, what it is now, by the text or by the table, and what it was
    /// last year. None while that is not known of all amounts.
    pub(super) fn growth_readings<'q>(
        &self,
        growth: &Growth,
        quantity: &'q Quantity,
    ) -> Option<Vec<(&'q Amount, i64, i64)>> {
        let last: Vec<i64> = quantity
            .equals
            .iter()
            .map(|amount| sum(amount, |cell| self.values.whole_last_year(cell)))
            .collect::<Option<_>>()?;
        let told = growth.claim.and_then(|claim| self.claims.found.get(claim));
        let now = self.known(&quantity.equals).amounts.into_iter();
        let mut readings = Vec::new();
        for ((amount, own), before) in now.zip(last) {
            let said = told.and_then(|claim| i64::try_from(exact(claim, amount.precision)?.0).ok());
            readings.extend([said, own].into_iter().flatten().map(|now| (amount, now, before)));
        }
        Some(readings)
    }

    /// What a quantity comes to in its first reading; none while any is blank.
    pub(super) fn own(&self, quantity: &Quantity) -> Option<i64> {
        self.known(&quantity.equals).all()?.first().map(|(_, value)| *value)
    }

    pub(super) fn quantity(&self, index: usize) -> Option<&Quantity> {
        self.form.claims.quantities.get(index)
    }

    pub(super) fn known<'k>(&self, amounts: &'k [Amount]) -> Known<'k> {
        let value = |amount| sum(amount, |cell| self.values.whole(cell));
        Known { amounts: amounts.iter().map(|amount| (amount, value(amount))).collect() }
    }
}

impl<'a> Known<'a> {
    /// All readings; none if the cells of one are blank.
    fn all(&self) -> Option<Vec<(&'a Amount, i64)>> {
        self.amounts.iter().map(|(amount, value)| Some((*amount, (*value)?))).collect()
    }

    fn any(&self, holds: impl Fn(&Amount, i64) -> bool) -> bool {
        self.amounts.iter().any(|(amount, value)| value.is_some_and(|value| holds(amount, value)))
    }
}

impl Share {
    /// Whether it is what the part is of a whole, or what the table has in its place.
    pub(super) fn holds(&self, part: i64, own: Option<i64>, whole: i64) -> bool {
        let is = |part| is_share_of(self.percent.value, part, whole);
        is(part) || own.is_some_and(is)
    }
}

impl Growth {
    pub(super) fn holds(&self, now: i64, before: i64) -> bool {
        let change = i128::from(now) - i128::from(before);
        let signed = if self.falls { -change } else { change };
        match &self.by {
            By::Count(count) => signed == i128::from(*count),
            By::Percent(percent) => is_part_of(percent.value, signed, i128::from(before)),
        }
    }
}

impl By {
    fn shown(&self) -> String {
        match self {
            Self::Percent(percent) => format!(" {}%", plain(percent.value)),
            Self::Count(count) => format!(" {count}"),
        }
    }
}

/// Whether a percentage is what one number is of another, give or take one in the last printed place.
pub(super) fn is_share_of(percent: Decimal, part: i64, whole: i64) -> bool {
    is_part_of(percent, i128::from(part), i128::from(whole))
}

fn is_part_of(percent: Decimal, part: i128, whole: i128) -> bool {
    let Some(scale) = 100_i128.checked_mul(10_i128.pow(u32::from(percent.decimals.min(9)))) else {
        return false;
    };
    let told = i128::from(percent.mantissa) * whole;
    whole > 0 && part.checked_mul(scale).is_some_and(|right| (told - right).abs() <= whole)
}

/// What one number is of another in percent, rounded to so many decimals.
pub(super) fn share_of(part: i64, whole: i64, decimals: u8) -> Option<String> {
    let scale = 100_i128.checked_mul(10_i128.checked_pow(u32::from(decimals))?)?;
    let whole = i128::from(whole);
    let right = (i128::from(part).checked_mul(scale)?.checked_mul(2)? + whole).checked_div(whole * 2)?;
    let mantissa = i64::try_from(right).ok()?;
    Some(plain(Decimal { mantissa, decimals, grain: 1 }))
}

/// How far a claim is from what it should be.
fn difference(claim: &Claim, amounts: &[(&Amount, i64)]) -> Option<String> {
    let (amount, value) = amounts.first()?;
    let said = exact(claim, amount.precision)?.0;
    let difference = i64::try_from((said - i128::from(*value)).abs()).ok()?;
    Some(shown(difference, amount.precision))
}

/// Whether a claim says this number, as exactly as it is written.
pub(super) fn equals(claim: &Claim, precision: Precision, value: i64) -> bool {
    exact(claim, precision).is_some_and(|(said, grain)| (said - i128::from(value)).abs() < grain)
}

/// What a claim says in units of a precision, and what one in its last place is worth. Money is kept in 万元.
fn exact(claim: &Claim, precision: Precision) -> Option<(i128, i128)> {
    let decimals = i32::from(precision.decimals());
    let unit = match claim.unit.map(Unit::name) {
        Some("元") if decimals > 0 => -4,
        Some("亿元") if decimals > 0 => 4,
        _ => 0,
    };
    let exponent = decimals + unit - i32::from(claim.value.decimals);
    let (mantissa, grain) = (i128::from(claim.value.mantissa), i128::from(claim.value.grain));
    let power = 10_i128.checked_pow(exponent.unsigned_abs())?;
    if exponent >= 0 {
        Some((mantissa.checked_mul(power)?, grain.checked_mul(power)?))
    } else {
        // Finer than the cell: it has to be exact.
        (mantissa % power == 0).then_some((mantissa / power, 1))
    }
}

fn fix(claim: &Claim, precision: Precision, value: i64) -> Option<Fix> {
    let range = claim.figure.clone()?;
    let unit = claim.unit.map_or("", Unit::name);
    let with = if precision == Precision::WHOLE {
        (claim.value.grain == 1).then(|| numerals::write(value, claim.style)).flatten()?
    } else {
        let plain = matches!(claim.style, Style::Digits { full: false, separator: None });
        (plain && unit == "万元").then(|| number::print(value, precision))?
    };
    Some(Fix { range, name: format!("改为 {with}"), with })
}

pub(super) fn sum(amount: &Amount, value: impl Fn(CellId) -> Option<i64>) -> Option<i64> {
    amount
        .terms
        .iter()
        .try_fold(0_i64, |sum, term| sum.checked_add(value(term.cell)?.checked_mul(term.coefficient)?))
}

pub(super) fn cells(amounts: &[Amount]) -> Vec<CellId> {
    let mut cells = Vec::new();
    for term in amounts.iter().flat_map(|amount| &amount.terms) {
        if !cells.contains(&term.cell) {
            cells.push(term.cell);
        }
    }
    cells
}

fn said(claim: &Claim) -> String {
    let unit = claim.unit.map_or("", Unit::name);
    format!("{} {unit}", plain(claim.value)).trim_end().to_owned()
}

pub(super) fn shown(value: i64, precision: Precision) -> String {
    number::print(value, precision)
}

/// A decimal number as it would be printed, with all its places.
fn plain(value: Decimal) -> String {
    let power = 10_i64.pow(u32::from(value.decimals.min(9)));
    if value.decimals == 0 {
        return value.mantissa.to_string();
    }
    let width = usize::from(value.decimals);
    format!("{}.{:0width$}", value.mantissa / power, value.mantissa % power)
}
