//! What stands in the list of findings: groups, entries and how they look.

use std::collections::HashMap;

use crate::check::{Issue, Noted, Spot};
use crate::form::{Form, InstanceId, RuleId, SectionId, Severity};
use crate::model::visible;
use crate::model::{Place, Report, TextId};
use crate::prose::Topic;
use crate::session::Session;
use crate::tui::overlay::window::head;
use crate::tui::shown::Line;
use crate::tui::tab::lines::fold;
use crate::tui::theme::Role;
use crate::tui::width::Policy;

/// More findings about blank cells of one section than this are shown as one.
const MANY: usize = 20;

/// Columns below which codes and states are left out, so that the sentences have room.
const NARROW: u16 = 50;

/// The findings of one section, or of the cover.
pub(super) struct Group {
    section: Option<SectionId>,
    counts: Counts,
    pub(super) entries: Vec<Entry>,
}

/// One thing that the cursor can stand on.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) subject: Subject,
    /// Where Enter goes.
    pub(super) spot: Spot,
    /// The issue, or the first of many, in the order of [`issues_in_order`](crate::check::Evaluation::issues_in_order).
    pub(super) issue: usize,
    /// How many cells are blank, where the entry stands for all of them.
    blanks: usize,
}

/// What an entry is about; the same after the report has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// One finding.
    One(RuleId, InstanceId),
    /// All blank cells of a section.
    Blanks(Option<SectionId>),
    /// A remark: its text, its topic, and its number among those on that topic in the text.
    Remark(TextId, Topic, usize),
}

/// How many findings there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// 强制, without what is only blank.
    pub(super) mandatory: usize,
    /// 核实, without what is only blank.
    pub(super) verify: usize,
    /// Cells, facts and texts that are blank.
    pub(super) blanks: usize,
    /// 核实 that stand with a reason; they count as nothing else.
    pub(super) explained: usize,
}

impl Counts {
    pub(super) fn of<'a>(form: &Form, report: &Report, issues: impl IntoIterator<Item = Issue<'a>>) -> Self {
        issues.into_iter().fold(Self::default(), |mut counts, issue| {
            match issue.severity(form) {
                _ if issue.is_explained(form, report) => counts.explained += 1,
                _ if issue.is_gap(form) => counts.blanks += blank_cells(issue).max(1),
                Severity::Mandatory => counts.mandatory += 1,
                Severity::Verify => counts.verify += 1,
            }
            counts
        })
    }
}

/// The issues in groups; no group is empty.
pub(super) fn groups(form: &Form, report: &Report, issues: &[Issue<'_>]) -> Vec<Group> {
    let numbered: Vec<(usize, Issue<'_>)> = issues.iter().copied().enumerate().collect();
    let section = |issue: &(usize, Issue<'_>)| form.section_of(issue.1.place());
    numbered
        .chunk_by(|a, b| section(a) == section(b))
        .map(|chunk| {
            let section = chunk.first().and_then(section);
            Group {
                section,
                counts: Counts::of(form, report, chunk.iter().map(|(_, issue)| *issue)),
                entries: entries(form, report, section, chunk),
            }
        })
        .collect()
}

fn entries(
    form: &Form,
    report: &Report,
    section: Option<SectionId>,
    chunk: &[(usize, Issue<'_>)],
) -> Vec<Entry> {
    let is_blank_cell = |issue: Issue<'_>| {
        matches!(issue.place(), Place::Cell(_)) && issue.is_gap(form) && !issue.is_explained(form, report)
    };
    let blank: Vec<Issue<'_>> =
        chunk.iter().map(|(_, issue)| *issue).filter(|issue| is_blank_cell(*issue)).collect();
    let many = blank.len() > MANY;
    let blanks = Counts::of(form, report, blank).blanks;
    let mut told = false;
    let mut remarks: HashMap<(TextId, Topic), usize> = HashMap::new();
    let mut entries: Vec<Entry> = Vec::new();
    for (index, issue) in chunk {
        let subject = match issue {
            Issue::Finding(_) if many && is_blank_cell(*issue) => {
                if std::mem::replace(&mut told, true) {
                    continue;
                }
                Subject::Blanks(section)
            }
            Issue::Finding(finding) => Subject::One(finding.rule, finding.instance),
            Issue::Remark(noted) => {
                let alike = remarks.entry((noted.text, noted.remark.topic)).or_default();
                *alike += 1;
                Subject::Remark(noted.text, noted.remark.topic, *alike)
            }
        };
        entries.push(Entry { subject, spot: issue.spot(), issue: *index, blanks });
    }
    entries
}

fn blank_cells(issue: Issue<'_>) -> usize {
    match issue {
        Issue::Finding(finding) => finding.cells.len(),
        Issue::Remark(_) => 0,
    }
}

/// Turns groups and entries into lines for a width.
pub(super) struct Painter<'a> {
    session: &'a Session,
    width: u16,
    policy: Policy,
    /// Columns for codes; none where it is narrow.
    codes: u16,
}

impl<'a> Painter<'a> {
    pub(super) fn new(session: &'a Session, width: u16, policy: Policy) -> Self {
        let rules = session.form().rules.iter();
        let codes = if width < NARROW {
            0
        } else {
            rules.map(|rule| policy.measure(&visible(&rule.code))).max().unwrap_or(0).min(width / 4)
        };
        Self { session, width, policy, codes }
    }

    /// The name of the section with its counts.
    pub(super) fn heading(&self, group: &Group) -> Line {
        let section = group.section.and_then(|id| self.session.form().section(id));
        let name =
            section.map_or("封面".to_owned(), |found| format!("{}、{}", found.number, found.heading));
        let Counts { mandatory, verify, blanks, explained } = group.counts;
        let parts = [
            (mandatory, Severity::Mandatory.name(), Role::ErrorMark),
            (verify, Severity::Verify.name(), Role::WarningMark),
            (blanks, "空白", Role::Blank),
            (explained, "已说明", Role::Agrees),
        ];
        let counts = parts.into_iter().filter(|(count, ..)| *count > 0);
        counts.fold(Line::of(Role::GroupLabel, visible(&name).into_owned()), |line, (count, what, role)| {
            line.add_right(role, format!("  {what} {count}"))
        })
    }

    /// The lines of an entry; below the one under the cursor what to do about it.
    pub(super) fn entry(&self, entry: &Entry, issues: &[Issue<'_>], chosen: bool) -> Vec<Line> {
        let form = self.session.form();
        let Some(issue) = issues.get(entry.issue) else { return Vec::new() };
        let sentence = match entry.subject {
            Subject::One(..) | Subject::Remark(..) => issue.message(form, self.session.report()),
            Subject::Blanks(_) => format!("还有 {} 处空白。", entry.blanks).into(),
        };
        let reason = match entry.subject {
            Subject::One(..) | Subject::Remark(..) => issue.explanation(form, self.session.report()),
            Subject::Blanks(_) => "",
        };
        let (mark, mark_role) = match issue.severity(form) {
            _ if !reason.is_empty() => ("说", Role::Agrees),
            _ if issue.is_gap(form) => ("空", Role::Blank),
            Severity::Mandatory => ("! ", Role::ErrorMark),
            Severity::Verify => ("? ", Role::WarningMark),
        };
        let role = |usual: Role| if chosen { Role::Cursor } else { usual };
        let mut front = Line::of(role(Role::Text), if chosen { ">" } else { " " })
            .add(role(mark_role), mark)
            .add(role(Role::Text), " ");
        if self.codes > 0 {
            let code = match issue {
                Issue::Finding(_) => issue.code(form),
                // A word says more than a code where there is no paper that has the code.
                Issue::Remark(_) => "文字",
            };
            front =
                front.add(role(Role::Dim), self.policy.fit(&visible(code), self.codes).into_owned() + "  ");
        }
        let indent = front.width(self.policy);
        let state = match (self.codes > 0, reason.is_empty()) {
            (false, _) => "",
            (true, true) => "  待改",
            (true, false) => "  已说明",
        };
        let room = self.width.saturating_sub(indent + self.policy.measure(state));
        let blank = " ".repeat(indent.into());
        let mut lines = Vec::new();
        for part in fold(&sentence, room, self.policy) {
            let line = if lines.is_empty() {
                std::mem::take(&mut front).add_right(role(mark_role), state)
            } else {
                Line::of(role(Role::Text), blank.clone())
            };
            let line = line.add(role(Role::Text), part);
            lines.push(if chosen { line.over(Role::Cursor) } else { line });
        }
        let mut below = |role: Role, text: &str| {
            let parts = fold(text, room, self.policy).into_iter();
            lines.extend(parts.map(|part| Line::of(role, blank.clone() + &part)));
        };
        let hint = self.hint(*issue);
        match (chosen, reason) {
            (true, "") if hint.is_empty() => {}
            (true, "") => below(Role::Dim, &hint),
            (true, reason) => below(Role::Agrees, &format!("已说明：{reason}")),
            (false, "") => {}
            (false, reason) => {
                let line = head(&visible(&format!("已说明：{reason}")), room, self.policy);
                lines.push(Line::of(Role::Agrees, blank + &line));
            }
        }
        lines
    }

    /// What to do about it, and what one key would do.
    fn hint(&self, issue: Issue<'_>) -> String {
        let mut hint = issue.hint(self.session.form()).to_owned();
        if issue.may_stand(self.session.form()) {
            hint.push_str("确实如此的，可以写审核说明。");
        }
        match issue {
            Issue::Remark(Noted { remark, .. }) => match &remark.fix {
                Some(fix) => format!("{hint}按 F4 {}。", fix.name),
                None => hint,
            },
            Issue::Finding(_) => hint,
        }
    }
}
