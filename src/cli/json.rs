//! The findings of a draft for programs.
//!
//! Figures are JSON numbers with all their digits, such as `152200.5`, written from text and never through a
//! floating point number. A reader that wants them exact must read them as decimals.

use std::path::Path;

use serde::Serialize;
use serde_json::value::RawValue;

use super::check::{At, Checked};
use crate::check::{Issue, Noted, date};
use crate::exchange::json;
use crate::model::{CellId, Place, Precision, number};

/// The reports as one array. What a terminal would obey or hide is written as `\u202e`, so that the text is safe to
/// look at and means the same to every reader.
pub(super) fn text(reports: &[Report]) -> serde_json::Result<String> {
    Ok(json::safe(&serde_json::to_string_pretty(reports)?))
}

/// One file. Every key is always there; what is not known is `null`.
#[derive(Serialize)]
pub(super) struct Report {
    file: String,
    form: Option<String>,
    unit: Option<String>,
    year: Option<i64>,
    findings: Vec<Item>,
    notices: Vec<Remark>,
    error: Option<String>,
}

/// One finding. `place` and `cells` are paths. A remark about prose also says where in the text it is: paragraph and
/// character, counted from 1, and its length in characters.
#[derive(Serialize)]
struct Item {
    rule: String,
    severity: &'static str,
    place: String,
    section: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    length: Option<usize>,
    left: Option<Box<RawValue>>,
    right: Option<Box<RawValue>>,
    difference: Option<Box<RawValue>>,
    cells: Vec<String>,
    message: String,
    hint: String,
    /// The reason why it may stand, if one was given.
    explanation: Option<String>,
}

#[derive(Serialize)]
struct Remark {
    line: Option<usize>,
    column: Option<usize>,
    message: String,
}

impl Report {
    pub(super) fn new(file: &Path, checked: &Result<Checked, String>) -> serde_json::Result<Self> {
        let file = file.display().to_string();
        let checked = match checked {
            Ok(checked) => checked,
            Err(error) => {
                return Ok(Self {
                    file,
                    form: None,
                    unit: None,
                    year: None,
                    findings: Vec::new(),
                    notices: Vec::new(),
                    error: Some(error.clone()),
                });
            }
        };
        let issues = checked.session.evaluation().issues_in_order(checked.session.form());
        let findings = issues.into_iter().map(|issue| Item::new(checked, issue));
        let notices = checked.notices.iter().map(|notice| Remark {
            line: notice.position.map(|position| position.line),
            column: notice.position.map(|position| position.column),
            message: notice.message.clone(),
        });
        Ok(Self {
            file,
            form: Some(checked.session.form().id.clone()),
            unit: Some(checked.unit().to_owned()),
            year: date::read_year(checked.year()),
            findings: findings.collect::<Result<_, _>>()?,
            notices: notices.collect(),
            error: None,
        })
    }
}

impl Item {
    fn new(checked: &Checked, issue: Issue<'_>) -> serde_json::Result<Self> {
        let (form, report) = (checked.session.form(), checked.session.report());
        let (sides, cells, at) = match issue {
            Issue::Finding(finding) => (finding.sides(), &finding.cells, None),
            Issue::Remark(Noted { text, remark }) => {
                (None, &remark.cells, Some(At::of(report.text(*text), &remark.range)))
            }
        };
        let path = |cell: &CellId| form.path(Place::Cell(*cell));
        let section = form.section_of(issue.place()).and_then(|id| form.section(id));
        Ok(Self {
            rule: issue.code(form).to_owned(),
            severity: issue.severity(form).name(),
            place: form.path(issue.place()),
            section: section.map(|section| section.id.clone()),
            line: at.as_ref().map(|at| at.line),
            column: at.as_ref().map(|at| at.column),
            length: at.as_ref().map(|at| at.length),
            left: sides.map(|(left, _, _, precision)| figure(left, precision)).transpose()?,
            right: sides.map(|(_, right, _, precision)| figure(right, precision)).transpose()?,
            difference: sides.map(|(_, _, apart, precision)| figure(apart, precision)).transpose()?,
            cells: cells.iter().map(path).collect(),
            message: issue.message(form, report).into_owned(),
            hint: issue.hint(form).to_owned(),
            explanation: Some(issue.explanation(form, report))
                .filter(|words| !words.is_empty())
                .map(str::to_owned),
        })
    }
}

fn figure(value: i64, precision: Precision) -> serde_json::Result<Box<RawValue>> {
    RawValue::from_string(number::print(value, precision))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_keep_all_their_digits() {
        let json = |value, precision| serde_json::to_string(&figure(value, precision).unwrap()).unwrap();
        assert_eq!(json(9_007_199_254_740_993_001, Precision::MONEY), "9007199254740.993001");
        assert_eq!(json(-500_000, Precision::MONEY), "-0.5");
        assert_eq!(json(i64::MAX, Precision::WHOLE), "9223372036854775807");
    }
}
