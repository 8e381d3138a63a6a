//! The cover as lines.

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::shown;
use crate::check::date::read_year;
use crate::check::{Finding, Issue};
use crate::form::{Choice, Fact, FactKind, Form, Severity};
use crate::model::{Place, excerpt, visible};
use crate::session::Session;
use crate::tui::input_line::InputLine;
use crate::tui::shown::Line;
use crate::tui::tab::lines::fold;
use crate::tui::theme::Role;
use crate::tui::width::Policy;

/// Columns in front of the labels: cursor, mark, blank.
const MARKS: u16 = 3;
/// Columns between labels and values.
const GAP: u16 = 2;

/// Characters of unit and year that the title shows at most.
const LONGEST: usize = 100;

/// All lines of the cover, whatever the height.
pub(super) struct Sheet {
    pub(super) lines: Vec<Line>,
    /// The lines of the field under the cursor.
    pub(super) block: Range<usize>,
    /// Line and column of the caret.
    pub(super) caret: Option<(usize, u16)>,
}

impl Sheet {
    /// The cover with the cursor on the fact with index `at`, where `line` is being edited.
    pub(super) fn new(
        session: &Session,
        at: usize,
        line: Option<&InputLine>,
        width: u16,
        policy: Policy,
    ) -> Self {
        let form: &Form = session.form();
        let labels = form.facts.iter().map(|fact| policy.measure(&visible(&fact.label)));
        let label = labels.max().unwrap_or(0).max(policy.measure("报告标题")).min(width / 2);
        let writer = Writer { session, width, policy, label };
        let mut sheet = Self { lines: Vec::new(), block: 0..0, caret: None };
        for (index, fact) in form.facts.iter().enumerate() {
            let findings = findings(session, fact);
            if index == at {
                let start = sheet.lines.len();
                sheet.caret = Some((start, writer.active(&mut sheet.lines, fact, line, &findings)));
                sheet.block = start..sheet.lines.len();
            } else {
                writer.passive(&mut sheet.lines, fact, &findings);
            }
        }
        writer.foot(&mut sheet.lines);
        sheet
    }
}

struct Writer<'a> {
    session: &'a Session,
    width: u16,
    policy: Policy,
    /// Columns of the labels.
    label: u16,
}

impl Writer<'_> {
    /// The column where values start.
    fn indent(&self) -> u16 {
        MARKS + self.label + GAP
    }

    /// Columns for values.
    fn room(&self) -> u16 {
        self.width.saturating_sub(self.indent())
    }

    /// As much of a value as can be in sight at most.
    fn seen<'t>(&self, value: &'t str) -> Cow<'t, str> {
        excerpt(value, self.room().into())
    }

    /// A field without the cursor, and what is wrong with it. That it is not filled in can be seen.
    fn passive(&self, lines: &mut Vec<Line>, fact: &Fact, findings: &[&Finding]) {
        let value = shown(fact, self.session);
        let front = self.front(fact, findings, false);
        lines.push(if value.trim().is_empty() {
            front.add(Role::Blank, "未填写")
        } else {
            front.add(Role::Text, visible(&self.seen(&value)).into_owned())
        });
        let form = self.session.form();
        for finding in findings.iter().filter(|finding| !finding.is_gap(form)) {
            self.message(lines, finding);
        }
    }

    /// The field under the cursor with all there is to say about it. Gives the column of the caret.
    fn active(
        &self,
        lines: &mut Vec<Line>,
        fact: &Fact,
        line: Option<&InputLine>,
        findings: &[&Finding],
    ) -> u16 {
        let front = self.front(fact, findings, true);
        let options = match &fact.kind {
            FactKind::Choice(options) => options.as_slice(),
            _ => &[],
        };
        let caret = match line {
            Some(line) if options.is_empty() => {
                let (text, caret) = self.window(line);
                let role = if line.is_fresh() { Role::Cursor } else { Role::Typing };
                lines.push(front.add(role, text));
                caret
            }
            _ => {
                let value = shown(fact, self.session);
                let value = if value.is_empty() { "请选定" } else { &value };
                lines.push(front.add(
                    Role::Cursor,
                    self.policy.fit(&visible(&self.seen(value)), self.room()).into_owned(),
                ));
                0
            }
        };
        self.options(lines, fact, options);
        self.paragraph(lines, Role::Dim, &fact.hint);
        if !options.is_empty() {
            self.paragraph(lines, Role::Dim, "按数字键选定，左右键换一项，回车列出全部。");
        }
        for finding in findings {
            self.message(lines, finding);
        }
        self.indent() + caret
    }

    fn front(&self, fact: &Fact, findings: &[&Finding], here: bool) -> Line {
        let form = self.session.form();
        let open = findings.iter().filter(|finding| self.reason(finding).is_empty());
        let worst = open.map(|finding| finding.severity(form)).min();
        let (mark, role) = worst.map_or((" ", Role::Text), mark);
        let label = self.policy.clip_to(&visible(&fact.label), self.label).to_owned();
        let (cursor, label_role) = if here { (">", Role::HeadActive) } else { (" ", Role::Label) };
        let gap = " ".repeat((self.label + GAP).saturating_sub(self.policy.measure(&label)).into());
        Line::of(Role::Text, cursor)
            .add(role, mark)
            .add(Role::Text, " ")
            .add(label_role, label)
            .add(Role::Text, gap)
    }

    /// The part of the line that fits, filled with blanks, and the column of the caret in it.
    fn window(&self, line: &InputLine) -> (String, u16) {
        let room = self.room();
        // The caret is counted in what is typed; here in what is seen of it.
        let column = line.caret_column(self.policy);
        let head = self.policy.clip_to(line.text(), column);
        let tail = line.text().get(head.len()..).unwrap_or_default();
        let (head, tail) = (visible(head), visible(tail));
        let mut caret = self.policy.measure(&head);
        let mut from = 0;
        for (start, grapheme) in head.grapheme_indices(true) {
            if caret < room.max(1) {
                break;
            }
            caret = caret.saturating_sub(self.policy.width(grapheme));
            from = start + grapheme.len();
        }
        let text = head.get(from..).unwrap_or_default().to_owned() + &tail;
        (self.policy.fit(&text, room).into_owned(), caret)
    }

    /// The options with their numbers, as many in a line as fit.
    fn options(&self, lines: &mut Vec<Line>, fact: &Fact, options: &[Choice]) {
        let chosen = self.session.report().fact(fact.id);
        let indent = " ".repeat(self.indent().into());
        let mut line: Option<Line> = None;
        for (number, option) in (1..).zip(options) {
            let (mark, role) = if option.id == chosen { ("*", Role::HeadActive) } else { (" ", Role::Text) };
            let text = format!("{mark}{number} {}  ", visible(&option.label));
            let full = line.as_ref().is_some_and(|line| {
                line.width(self.policy) + self.policy.measure(text.trim_end()) > self.width
            });
            if full {
                lines.extend(line.take());
            }
            line = Some(line.unwrap_or_else(|| Line::of(Role::Text, indent.clone())).add(role, text));
        }
        lines.extend(line);
    }

    fn message(&self, lines: &mut Vec<Line>, finding: &Finding) {
        let form = self.session.form();
        let severity = finding.severity(form);
        let message = finding.message(form, self.session.report());
        match self.reason(finding) {
            "" => {
                self.paragraph(lines, mark(severity).1, &format!("{}：{message}", severity.name()));
            }
            reason => {
                let message = message.trim_end_matches('。');
                self.paragraph(lines, Role::Agrees, &format!("已说明：{reason}（{message}）"));
            }
        }
    }

    fn reason(&self, finding: &Finding) -> &str {
        Issue::Finding(finding).explanation(self.session.form(), self.session.report())
    }

    fn paragraph(&self, lines: &mut Vec<Line>, role: Role, text: &str) {
        if !text.is_empty() {
            let indent = " ".repeat(self.indent().into());
            let parts = fold(text, self.room(), self.policy).into_iter();
            lines.extend(parts.map(|part| Line::of(Role::Text, indent.clone()).add(role, part)));
        }
    }

    /// What the facts make: the title of the report, and on which form it is written.
    fn foot(&self, lines: &mut Vec<Line>) {
        let form = self.session.form();
        let years = match form.years {
            (first, None) => format!("{first}年度起的报告"),
            (first, Some(last)) if first == last => format!("{first}年度的报告"),
            (first, Some(last)) => format!("{first}年度至{last}年度的报告"),
        };
        let rows = [
            ("报告标题", title(self.session)),
            ("格式", format!("{}（{}）", form.name, form.document)),
            ("适用", years),
        ];
        lines.push(Line::new());
        for (label, value) in rows {
            let start = lines.len();
            self.paragraph(lines, Role::Text, &value);
            let label = self.policy.fit(label, self.label + GAP).into_owned();
            if let Some(line) = lines.get_mut(start) {
                let value = fold(&value, self.room(), self.policy).into_iter().next().unwrap_or_default();
                *line = Line::of(Role::Text, " ".repeat(MARKS.into()))
                    .add(Role::Dim, label)
                    .add(Role::Text, value);
            }
        }
    }
}

/// The title that the report will have.
fn title(session: &Session) -> String {
    let form = session.form();
    let fact = |fact: Option<&Fact>| fact.map_or("", |fact| session.report().fact(fact.id)).trim();
    let (unit, year) = (fact(form.unit_fact()), fact(form.year_fact()));
    let unit = if unit.is_empty() { "（单位）" } else { unit };
    let year = match read_year(year) {
        Some(year) => year.to_string(),
        None if year.is_empty() => "（年度）".to_owned(),
        None => year.to_owned(),
    };
    format!("{}{}年政府信息公开工作年度报告", excerpt(unit, LONGEST), excerpt(&year, LONGEST))
}

fn findings<'a>(session: &'a Session, fact: &Fact) -> Vec<&'a Finding> {
    let here = |finding: &&Finding| finding.place == Place::Fact(fact.id);
    session.evaluation().findings().iter().filter(here).collect()
}

fn mark(severity: Severity) -> (&'static str, Role) {
    match severity {
        Severity::Mandatory => ("!", Role::ErrorMark),
        Severity::Verify => ("?", Role::WarningMark),
    }
}
