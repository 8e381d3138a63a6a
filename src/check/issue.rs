//! All that is to be looked at in a report: rules that do not hold, and remarks about its prose.

use std::borrow::Cow;

use super::{Evaluation, Finding, Noted};
use crate::form::{Form, Severity};
use crate::model::{Place, Report};

/// Something to be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Issue<'a> {
    /// A rule that does not hold.
    Finding(&'a Finding),
    /// A remark about a piece of prose.
    Remark(&'a Noted),
}

/// Where a person goes to mend it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// The cell, fact or text.
    pub place: Place,
    /// In a text, the byte at which the piece begins; otherwise 0.
    pub at: usize,
}

impl From<Place> for Spot {
    fn from(place: Place) -> Self {
        Self { place, at: 0 }
    }
}

impl Evaluation {
    /// All of them: findings in the order of the form's rules, then remarks in the order of the texts.
    pub fn issues(&self) -> impl Iterator<Item = Issue<'_>> + Clone {
        let findings = self.findings().iter().map(Issue::Finding);
        findings.chain(self.remarks().iter().map(Issue::Remark))
    }

    /// All of them in the order in which people go through them: the cover, then section by section; within one by
    /// place, texts before cells, and at one place findings in the order of the rules before remarks.
    pub fn issues_in_order(&self, form: &Form) -> Vec<Issue<'_>> {
        let mut issues: Vec<Issue<'_>> = self.issues().collect();
        issues.sort_by_cached_key(|issue| {
            let rule = match issue {
                Issue::Finding(found) => Some((found.rule, found.instance)),
                Issue::Remark(_) => None,
            };
            // Nothing sorts before something, so the rule comes second.
            (form.section_of(issue.place()), issue.spot(), rule.is_none(), rule)
        });
        issues
    }
}

impl<'a> Issue<'a> {
    /// How serious it is.
    pub fn severity(self, form: &Form) -> Severity {
        match self {
            Self::Finding(finding) => finding.severity(form),
            Self::Remark(noted) => noted.remark.severity,
        }
    }

    /// Whether it only says that something is still to be filled in.
    pub fn is_gap(self, form: &Form) -> bool {
        matches!(self, Self::Finding(finding) if finding.is_gap(form))
    }

    /// The cell, fact or text.
    pub fn place(self) -> Place {
        match self {
            Self::Finding(finding) => finding.place,
            Self::Remark(noted) => Place::Text(noted.text),
        }
    }

    /// Where a person goes to mend it.
    pub fn spot(self) -> Spot {
        match self {
            Self::Finding(finding) => finding.place.into(),
            Self::Remark(noted) => Spot { place: Place::Text(noted.text), at: noted.remark.range.start },
        }
    }

    /// The code of the rule or the topic.
    pub fn code(self, form: &'a Form) -> &'a str {
        match self {
            Self::Finding(finding) => form.rule(finding.rule).map_or("", |rule| rule.code.as_str()),
            Self::Remark(noted) => noted.remark.topic.code(),
        }
    }

    /// The sentence for people.
    pub fn message(self, form: &Form, report: &Report) -> Cow<'a, str> {
        match self {
            Self::Finding(finding) => finding.message(form, report).into(),
            Self::Remark(noted) => noted.remark.message.as_str().into(),
        }
    }

    /// What to do about it.
    pub fn hint(self, form: &'a Form) -> &'a str {
        match self {
            Self::Finding(finding) => finding.hint(form),
            Self::Remark(noted) => noted.remark.hint,
        }
    }
}
