//! What is known about the cell under the cursor: label, figure, relations with live numbers, findings.

use super::action::Action;
use super::context::View;
use super::key::Key;
use super::shown::Line;
use super::theme::Role;
use super::width::Policy;
use super::wrap::Wrapped;
use crate::check::{Fault, Finding, Issue, Relation, Standing, relation};
use crate::form::{Role as SlotRole, Severity};
use crate::model::{CellId, Figure, Place, number};
use crate::model::{excerpt, visible};

/// How many lines of the panel the figure and its note may take.
const FIGURE_LINES: usize = 3;
/// How many lines of the panel the relations may take; the findings below then stay where they are.
const RELATION_LINES: usize = 12;
/// Columns in front of a relation's figures.
const INDENT: u16 = 2;

/// The lines of the panel beside the table, for a width.
pub fn beside(view: &View<'_>, cell: CellId, width: u16) -> Vec<Line> {
    let form = view.session.form();
    let mut lines = Vec::new();
    let name = wrapped(Role::HeadActive, &full_name(view, cell), width, view.policy);
    lines.extend(pad(name, 4));
    lines.extend(pad(figure_lines(view, cell, width), FIGURE_LINES));
    lines.push(Line::of(Role::GroupLabel, "关系"));
    let mut relations = Vec::new();
    let mut fails = false;
    for relation in relation::of_cell(form, view.session.report(), view.session.evaluation(), cell) {
        fails |= relation.standing == Standing::Fails;
        relations.extend(relation_lines(&relation, width, view.policy));
    }
    if relations.is_empty() {
        relations.push(Line::of(Role::Dim, "本格不在任何等式之中。"));
    }
    lines.extend(pad(relations, RELATION_LINES));
    lines.push(Line::of(Role::GroupLabel, "问题"));
    let findings = findings_of(view, cell);
    if findings.is_empty() {
        // A finding names the totals; a figure that goes into them may still be the wrong one.
        lines.push(if fails {
            Line::of(Role::Text, "上面有关系不成立，请核对本格。")
        } else {
            Line::of(Role::Dim, "本格没有问题。")
        });
    }
    for finding in findings {
        let (mark, role) = mark(view, finding);
        let message = finding.message(form, view.session.report());
        lines.extend(wrapped(role, &format!("{mark} {message}"), width, view.policy));
        match reason(view, finding) {
            "" => lines.extend(wrapped(Role::Dim, finding.hint(form), width, view.policy)),
            reason => lines.extend(wrapped(Role::Text, &format!("已说明：{reason}"), width, view.policy)),
        }
        lines.extend(key_about(view, finding, cell).map(|key| Line::of(Role::HintKey, key)));
    }
    lines
}

/// The lines below the table in a narrow window: the cell with its figure, what is most pressing, and a second
/// relation where there is one.
pub fn below(view: &View<'_>, cell: CellId, width: u16) -> [Line; 3] {
    let form = view.session.form();
    let mut first = Line::of(Role::Text, " ").add(Role::HeadActive, form.name(Place::Cell(cell)));
    for (role, text) in figure_pieces(view, cell).into_iter().chain(note_piece(view, cell)) {
        first = first.add(Role::Text, "  ").add(role, text);
    }
    let findings = findings_of(view, cell);
    let relations = relation::of_cell(form, view.session.report(), view.session.evaluation(), cell);
    let mut relations = relations.iter().map(relation_line);
    let second = match findings.first() {
        Some(finding) => {
            let (mark, role) = mark(view, finding);
            let more = if findings.len() > 1 {
                format!("（共{}个问题）", findings.len())
            } else {
                String::new()
            };
            let message = finding.message(form, view.session.report());
            let line = match reason(view, finding) {
                "" => Line::of(role, format!(" {mark} {message}{more}")),
                reason => {
                    let message = message.trim_end_matches('。');
                    Line::of(role, format!(" {mark} 已说明：{}（{message}）{more}", visible(reason)))
                }
            };
            let key = key_about(view, finding, cell).map(|key| format!("  {key} "));
            // The key is in the help as well; a sentence that is cut stands nowhere else.
            match key.filter(|key| line.width(view.policy) + view.policy.measure(key) <= width) {
                Some(key) => line.add_right(Role::HintKey, key),
                None => line,
            }
        }
        None => relations.next().unwrap_or_default(),
    };
    [first, second, relations.next().unwrap_or_default()]
}

fn relation_line(relation: &Relation) -> Line {
    Line::of(Role::Dim, format!(" {}：", relation.title)).add(role_of(relation), in_figures(relation))
}

/// Both sides, and what is wrong between them.
fn in_figures(relation: &Relation) -> String {
    let gap = if relation.verdict.is_empty() { "" } else { "  " };
    format!("{} {} {}{gap}{}", relation.left, relation.sign, relation.right, relation.verdict)
}

fn role_of(relation: &Relation) -> Role {
    match relation.standing {
        Standing::Holds => Role::Agrees,
        Standing::Fails => Role::ErrorMark,
        Standing::Open => Role::Dim,
    }
}

fn full_name(view: &View<'_>, cell: CellId) -> String {
    let Some((slot, _, block)) = view.session.form().block_of(cell) else { return String::new() };
    let row: Vec<&str> = block.labels.path(slot.row).map(|label| label.full.as_str()).collect();
    // A head over all columns is no part of the name of one.
    let heads = block
        .heads
        .path(slot.column)
        .filter(|label| label.is_leaf || label.leaves != (0..block.columns.len()));
    let column: Vec<&str> = heads.map(|label| label.full.as_str()).collect();
    format!("{}·{}", row.join(" "), column.join(" "))
}

fn figure_lines(view: &View<'_>, cell: CellId, width: u16) -> Vec<Line> {
    let mut line = Line::new();
    for (role, text) in figure_pieces(view, cell) {
        line = line.add(role, text).add(Role::Text, "  ");
    }
    let mut lines = vec![line];
    if let Some((role, note)) = note_piece(view, cell) {
        let rows = wrapped(role, &note, width, view.policy);
        let more = rows.len() > FIGURE_LINES - 1;
        lines.extend(rows.into_iter().take(FIGURE_LINES - 1));
        if let Some(last) = lines.last_mut().filter(|_| more) {
            *last = std::mem::take(last).add_right(role, "..");
        }
    }
    lines
}

/// What is remarked beside the figure.
fn note_piece(view: &View<'_>, cell: CellId) -> Option<(Role, String)> {
    let note = view.session.report().note(cell);
    (!note.is_empty()).then(|| (Role::Text, format!("附注：{}", visible(&excerpt(note, NOTED)))))
}

/// The key that does something about a finding of a cell, with what it does.
fn key_about(view: &View<'_>, finding: &Finding, cell: CellId) -> Option<String> {
    let key = |action| view.keymap.key_for(action, view.contexts).map(Key::hint);
    if finding.fault == Fault::Unread && view.session.set_apart(cell).is_some() {
        return Some(format!("{}只留数，其余记作附注", key(Action::ApplyFix)?));
    }
    let may_stand = Issue::Finding(finding).may_stand(view.session.form());
    key(Action::Explain).filter(|_| may_stand).map(|key| key + Action::Explain.name())
}

fn reason<'a>(view: &View<'a>, finding: &Finding) -> &'a str {
    Issue::Finding(finding).explanation(view.session.form(), view.session.report())
}

/// Characters of an entry that is no number which are shown at most.
const QUOTED: usize = 60;
/// Characters of a note which are shown at most.
const NOTED: usize = 120;

/// The figure in words: what stands there, its unit, whether it is computed, and what was stated.
fn figure_pieces(view: &View<'_>, cell: CellId) -> Vec<(Role, String)> {
    let (session, form) = (view.session, view.session.form());
    let Some(slot) = form.slot(cell) else { return Vec::new() };
    let precision = slot.kind.precision();
    let mut pieces = Vec::new();
    if slot.role == SlotRole::Total {
        let computed = session.evaluation().cell(cell).shown();
        let text = computed.map_or("未填".to_owned(), |value| number::print(value, precision));
        pieces.push((Role::Total, format!("算得 {text} {}", slot.unit)));
        let stated = session.report().stated(cell);
        if !stated.is_blank() {
            pieces.push((
                Role::Stated,
                format!("核对数 {}", visible(&excerpt(&stated.as_typed(precision), QUOTED))),
            ));
        }
        return pieces;
    }
    match session.report().figure(cell) {
        Figure::Blank => pieces.push((Role::Blank, format!("未填（{}）", slot.unit))),
        Figure::Unread(text) => {
            pieces.push((Role::ErrorMark, format!("不是数字：{}", visible(&excerpt(text, QUOTED)))));
        }
        Figure::Number(value) => {
            pieces.push((Role::Figure, format!("{} {}", number::print(*value, precision), slot.unit)));
        }
    }
    pieces
}

fn relation_lines(relation: &Relation, width: u16, policy: Policy) -> Vec<Line> {
    let mut lines = wrapped(Role::Text, &relation.title, width, policy);
    let (role, room) = (role_of(relation), width.saturating_sub(INDENT));
    let whole = in_figures(relation);
    let figures = if policy.measure(&whole) <= room || relation.verdict.is_empty() {
        wrapped(role, &whole, room, policy)
    } else {
        // What is wrong is not torn apart.
        let sides = format!("{} {} {}", relation.left, relation.sign, relation.right);
        let mut lines = wrapped(role, &sides, room, policy);
        lines.push(Line::of(role, relation.verdict.clone()));
        lines
    };
    let indented = |line: Line| line.indented(INDENT);
    lines.extend(figures.into_iter().map(indented));
    lines
}

/// The findings that a cell takes part in, the most serious first and those with a reason last.
fn findings_of<'a>(view: &View<'a>, cell: CellId) -> Vec<&'a Finding> {
    let form = view.session.form();
    let mut findings: Vec<_> =
        view.session.evaluation().findings().iter().filter(|finding| finding.cells.contains(&cell)).collect();
    findings.sort_by_cached_key(|finding| {
        (!reason(view, finding).is_empty(), finding.is_gap(form), finding.severity(form))
    });
    findings
}

fn mark(view: &View<'_>, finding: &Finding) -> (&'static str, Role) {
    let form = view.session.form();
    match (finding.is_gap(form), finding.severity(form)) {
        _ if !reason(view, finding).is_empty() => ("说", Role::Agrees),
        (true, _) => ("空", Role::Blank),
        (false, Severity::Mandatory) => ("!", Role::ErrorMark),
        (false, Severity::Verify) => ("?", Role::WarningMark),
    }
}

fn wrapped(role: Role, text: &str, width: u16, policy: Policy) -> Vec<Line> {
    let text = visible(text);
    // Most lines fit, and then there is nothing to break.
    if policy.measure(&text) <= width {
        return vec![Line::of(role, text.into_owned())];
    }
    let wrapped = Wrapped::new(&[&*text], width.saturating_add(1), 0, |grapheme| policy.width(grapheme));
    wrapped.rows().map(|row| Line::of(role, text.get(row.bytes).unwrap_or_default().to_owned())).collect()
}

/// Exactly so many lines, so that what follows does not jump.
fn pad(mut lines: Vec<Line>, count: usize) -> Vec<Line> {
    lines.resize(count, Line::new());
    lines
}
