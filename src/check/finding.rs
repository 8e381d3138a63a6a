//! A rule that does not hold, and its sentence.

use crate::form::rule::Gap;
use crate::form::{FactKind, Form, InstanceId, RuleId, Severity};
use crate::model::number::{self, ReadError};
use crate::model::{CellId, Figure, Place, Precision, Report, excerpt};

/// A rule that does not hold at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: RuleId,
    /// The instance of the rule, for one row, one column or one cell.
    pub instance: InstanceId,
    /// Where a person goes to mend it.
    pub place: Place,
    /// The cells that take part; for something blank, just the blank ones.
    pub cells: Vec<CellId>,
    /// How it fails.
    pub fault: Fault,
}

/// How a rule fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The two sides do not compare as they should.
    Unequal {
        /// Left side, in units of `precision`; for a total, what was stated.
        left: i64,
        /// Right side; for a total, what was computed.
        right: i64,
        /// How exactly both are kept.
        precision: Precision,
    },
    /// Something was not filled in.
    Blank,
    /// What was filled in is not of its kind: no number, no date.
    Unread,
    /// A stated total is not a number.
    StatedUnread,
    /// A number below 0 where none can be.
    Negative,
    /// A sum is too large to be held.
    Overflow,
    /// It does not hold, and there is no more to say.
    Broken,
}

impl Finding {
    /// How serious it is.
    pub fn severity(&self, form: &Form) -> Severity {
        form.rule(self.rule).map_or(Severity::Verify, |rule| rule.severity)
    }

    /// Whether it only says that something is still to be filled in.
    pub fn is_gap(&self, form: &Form) -> bool {
        form.rule(self.rule).is_some_and(|rule| rule.completeness)
    }

    /// Left side, right side and left minus right, if the rule compares two sides.
    pub fn sides(&self) -> Option<(i64, i64, i64, Precision)> {
        match self.fault {
            Fault::Unequal { left, right, precision } => {
                Some((left, right, left.saturating_sub(right), precision))
            }
            _ => None,
        }
    }

    /// The sentence for people: what, where, both sides and the difference in figures.
    pub fn message(&self, form: &Form, report: &Report) -> String {
        let Some(rule) = form.rule(self.rule) else { return String::new() };
        match self.fault {
            Fault::Overflow => format!("{}：数值过大，无法计算“{}”。", form.name(self.place), rule.title),
            Fault::StatedUnread => {
                format!("{}：核对数“{}”不是数字。", form.name(self.place), self.entered(form, report))
            }
            _ => rule.message.fill(|gap| self.fill(gap, form, report)),
        }
    }

    /// What to do about it.
    pub fn hint<'a>(&self, form: &'a Form) -> &'a str {
        match self.fault {
            Fault::Overflow => "请检查是否多打了数字。",
            _ => form.rule(self.rule).map_or("", |rule| rule.hint.as_str()),
        }
    }

    fn fill(&self, gap: Gap, form: &Form, report: &Report) -> String {
        let cell = match self.place {
            Place::Cell(cell) => Some(cell),
            Place::Fact(_) | Place::Text(_) => None,
        };
        let sides = self.sides();
        let figure = |value: Option<(i64, Precision)>| {
            value.map_or(String::new(), |(value, precision)| number::print(value, precision))
        };
        match gap {
            Gap::Left => figure(sides.map(|(left, _, _, precision)| (left, precision))),
            Gap::Right => figure(sides.map(|(_, right, _, precision)| (right, precision))),
            Gap::Difference => {
                figure(sides.map(|(_, _, difference, precision)| (difference.saturating_abs(), precision)))
            }
            Gap::Row => cell.map_or(String::new(), |cell| form.row_name(cell)),
            Gap::Column => cell.map_or(String::new(), |cell| form.column_name(cell)),
            Gap::Place => form.name(self.place),
            Gap::Count => self.cells.len().to_string(),
            Gap::Columns => columns(form, &self.cells),
            Gap::Entered => self.entered(form, report),
            Gap::Reason => self.reason(form, report),
        }
    }

    fn entered(&self, form: &Form, report: &Report) -> String {
        match self.place {
            Place::Fact(fact) => excerpt(report.fact(fact), QUOTED).into_owned(),
            Place::Text(_) => String::new(),
            Place::Cell(cell) => {
                let precision = form.slot(cell).map_or(Precision::WHOLE, |slot| slot.kind.precision());
                let figure = match self.fault {
                    Fault::StatedUnread => report.stated(cell),
                    _ => report.figure(cell),
                };
                excerpt(&figure.as_typed(precision), QUOTED).into_owned()
            }
        }
    }

    fn reason(&self, form: &Form, report: &Report) -> String {
        match (self.place, self.fault) {
            (_, Fault::Negative) => "不能小于 0".to_owned(),
            (Place::Fact(fact), _) => match form.fact_by_id(fact).map(|fact| &fact.kind) {
                Some(FactKind::Year) => "不是四位年份".to_owned(),
                Some(FactKind::Choice(_)) => "不在选项之中".to_owned(),
                _ => "不是真实的日期".to_owned(),
            },
            (Place::Cell(cell), _) => unreadable(form, report, cell),
            (Place::Text(_), _) => String::new(),
        }
    }
}

/// Characters of an entry that a sentence quotes at most.
const QUOTED: usize = 60;

/// Why what stands in a cell is not a number, and in which unit one was expected.
fn unreadable(form: &Form, report: &Report, cell: CellId) -> String {
    let Some(slot) = form.slot(cell) else { return String::new() };
    let Figure::Unread(text) = report.figure(cell) else { return String::new() };
    let precision = slot.kind.precision();
    match number::read_printed(text, precision) {
        Err(ReadError::NotANumber) if number::read(text, precision).is_ok() => {
            "可能是范围、日期或算式，没有代为计算".to_owned()
        }
        Err(ReadError::NotANumber) => match number_with_words(text) {
            Some(words) => {
                format!("除数字外还有“{}”（本格单位为{}）", excerpt(words, QUOTED), slot.unit)
            }
            None => "不能读作数字".to_owned(),
        },
        Err(ReadError::TooPrecise) if precision == Precision::WHOLE => "应为整数".to_owned(),
        Err(ReadError::TooPrecise) => format!("小数最多{}位", precision.decimals()),
        Err(error) => error.to_string(),
        Ok(_) => String::new(),
    }
}

/// The words that follow a number: "元" in "251000元".
fn number_with_words(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.' | '+' | '-')))?;
    (end > 0).then(|| text[end..].trim())
}

/// The columns of some cells of one row: at most three by name.
fn columns(form: &Form, cells: &[CellId]) -> String {
    let mut names: Vec<_> = cells.iter().take(3).map(|cell| form.column_name(*cell)).collect();
    if cells.len() > 3 {
        names.push("等".to_owned());
        let last = names.pop().unwrap_or_default();
        return format!("{}{last}", names.join("、"));
    }
    names.join("、")
}
