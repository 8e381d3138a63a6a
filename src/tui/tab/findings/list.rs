//! What stands in the list of findings: groups, entries and how they look.

use crate::check::Finding;
use crate::check::finding::ordered;
use crate::form::{Form, InstanceId, RuleId, SectionId, Severity};
use crate::model::Place;
use crate::model::visible;
use crate::session::Session;
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
    pub(super) place: Place,
    /// The finding, or the first of many, as an index into those of the session.
    finding: usize,
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
}

impl Counts {
    pub(super) fn of<'a>(form: &Form, findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        findings.into_iter().fold(Self::default(), |mut counts, finding| {
            match finding.severity(form) {
                _ if finding.is_gap(form) => counts.blanks += finding.cells.len().max(1),
                Severity::Mandatory => counts.mandatory += 1,
                Severity::Verify => counts.verify += 1,
            }
            counts
        })
    }
}

/// The findings in groups; no group is empty.
pub(super) fn groups(form: &Form, findings: &[Finding]) -> Vec<Group> {
    let order: Vec<(usize, &Finding)> =
        ordered(form, findings).into_iter().filter_map(|index| Some((index, findings.get(index)?))).collect();
    let section = |finding: &Finding| form.section_of(finding.place);
    let same = |a: &(usize, &Finding), b: &(usize, &Finding)| section(a.1) == section(b.1);
    order
        .chunk_by(same)
        .map(|chunk| {
            let section = chunk.first().and_then(|(_, first)| section(first));
            Group {
                section,
                counts: Counts::of(form, chunk.iter().map(|(_, finding)| *finding)),
                entries: entries(form, section, chunk),
            }
        })
        .collect()
}

fn entries(form: &Form, section: Option<SectionId>, chunk: &[(usize, &Finding)]) -> Vec<Entry> {
    let is_blank_cell = |finding: &Finding| matches!(finding.place, Place::Cell(_)) && finding.is_gap(form);
    let blank: Vec<&Finding> =
        chunk.iter().map(|(_, finding)| *finding).filter(|finding| is_blank_cell(finding)).collect();
    let many = blank.len() > MANY;
    let blanks = Counts::of(form, blank).blanks;
    let mut told = false;
    let mut entries = Vec::new();
    for (index, finding) in chunk {
        let subject = if many && is_blank_cell(finding) {
            if std::mem::replace(&mut told, true) {
                continue;
            }
            Subject::Blanks(section)
        } else {
            Subject::One(finding.rule, finding.instance)
        };
        entries.push(Entry { subject, place: finding.place, finding: *index, blanks });
    }
    entries
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
        let Counts { mandatory, verify, blanks } = group.counts;
        let parts = [
            (mandatory, Severity::Mandatory.name(), Role::ErrorMark),
            (verify, Severity::Verify.name(), Role::WarningMark),
            (blanks, "空白", Role::Blank),
        ];
        let counts = parts.into_iter().filter(|(count, ..)| *count > 0);
        counts.fold(Line::of(Role::GroupLabel, visible(&name).into_owned()), |line, (count, what, role)| {
            line.add_right(role, format!("  {what} {count}"))
        })
    }

    /// The lines of an entry; below the one under the cursor what to do about it.
    pub(super) fn entry(&self, entry: &Entry, chosen: bool) -> Vec<Line> {
        let form = self.session.form();
        let Some(finding) = self.session.evaluation().findings().get(entry.finding) else {
            return Vec::new();
        };
        let sentence = match entry.subject {
            Subject::One(..) => finding.message(form, self.session.report()),
            Subject::Blanks(_) => format!("还有 {} 处空白。", entry.blanks),
        };
        let (mark, mark_role) = match finding.severity(form) {
            _ if finding.is_gap(form) => ("空", Role::Blank),
            Severity::Mandatory => ("! ", Role::ErrorMark),
            Severity::Verify => ("? ", Role::WarningMark),
        };
        let role = |usual: Role| if chosen { Role::Cursor } else { usual };
        let mut front = Line::of(role(Role::Text), if chosen { ">" } else { " " })
            .add(role(mark_role), mark)
            .add(role(Role::Text), " ");
        if self.codes > 0 {
            let code = form.rule(finding.rule).map_or("", |rule| rule.code.as_str());
            front =
                front.add(role(Role::Dim), self.policy.fit(&visible(code), self.codes).into_owned() + "  ");
        }
        let indent = front.width(self.policy);
        let state = if self.codes > 0 { "  待改" } else { "" };
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
        let hint = finding.hint(form);
        if chosen && !hint.is_empty() {
            let hint = fold(hint, room, self.policy).into_iter();
            lines.extend(hint.map(|part| Line::of(Role::Dim, blank.clone() + &part)));
        }
        lines
    }
}
