//! Figures of a table as they are shown: text, kind, width, and the mark of what is wrong with them.

use compact_str::{CompactString, ToCompactString, format_compact};

use super::walk::Spot;
use crate::check::Issue;
use crate::form::{NumberKind, Role as SlotRole, Severity, Slot, Table};
use crate::model::{CellId, Figure, Precision, number};
use crate::model::{excerpt, visible};
use crate::session::Session;
use crate::tui::theme::Role;
use crate::tui::width::Policy;

/// What can not be read as a number is shown this far; the panel has all of it.
const UNREAD_WIDTH: u16 = 8;

/// The most serious finding that each cell takes part in. Something merely left blank is no mark, nor is a finding that
/// stands with a reason.
pub(super) fn marks(session: &Session) -> Vec<Option<Severity>> {
    let form = session.form();
    let mut marks = vec![None; form.slots.len()];
    for finding in session.evaluation().findings() {
        if finding.is_gap(form) || Issue::Finding(finding).is_explained(form, session.report()) {
            continue;
        }
        let severity = finding.severity(form);
        for cell in &finding.cells {
            if let Some(mark) = marks.get_mut(cell.index()) {
                let worst: &mut Option<Severity> = mark;
                *worst = Some(worst.map_or(severity, |known| known.min(severity)));
            }
        }
    }
    marks
}

/// A figure as shown in a column of this width, and what it is.
pub(super) fn figure_text(
    session: &Session,
    cell: CellId,
    width: u16,
    policy: Policy,
) -> (CompactString, Role) {
    let Some(slot) = session.form().slot(cell) else { return (CompactString::default(), Role::Text) };
    if slot.role == SlotRole::Total {
        return total_text(session, cell, slot, width, policy);
    }
    match session.report().figure(cell) {
        Figure::Blank => (CompactString::const_new("_"), Role::Blank),
        Figure::Unread(text) => {
            (beginning(&visible(&excerpt(text, usize::from(width) + 1)), width, policy), Role::ErrorMark)
        }
        Figure::Number(0) => (CompactString::const_new("0"), Role::Zero),
        Figure::Number(value) => (signed(*value, slot), Role::Figure),
    }
}

/// A computed total; beside it, where there is room, a stated one that differs. Without room the stated one is
/// shown, since it is what has to be looked at, and the panel has both.
fn total_text(
    session: &Session,
    cell: CellId,
    slot: &Slot,
    width: u16,
    policy: Policy,
) -> (CompactString, Role) {
    let state = session.evaluation().cell(cell);
    let precision = slot.kind.precision();
    let computed = state.shown().map_or(CompactString::const_new("_"), |value| printed(value, slot));
    match session.report().stated(cell) {
        Figure::Blank => {
            let role = match state.shown() {
                None => Role::Blank,
                Some(0) => Role::Zero,
                Some(_) => Role::Total,
            };
            (computed, role)
        }
        Figure::Number(stated) if *stated == state.value && !state.overflow => (computed, Role::Stated),
        stated => {
            let stated = visible(&excerpt(&stated.as_typed(precision), usize::from(width) + 1)).into_owned();
            let both = format_compact!("{stated}({computed})");
            let fits = policy.measure(&both) <= width;
            (if fits { both } else { beginning(&stated, width, policy) }, Role::Stated)
        }
    }
}

/// A text that is too long shows its beginning, where its figures stand.
fn beginning(text: &str, width: u16, policy: Policy) -> CompactString {
    if policy.measure(text) <= width {
        return text.into();
    }
    format_compact!("{}..", policy.clip_to(text, width.saturating_sub(2)))
}

/// A change carries its sign, as the form asks.
fn signed(value: i64, slot: &Slot) -> CompactString {
    let text = printed(value, slot);
    if slot.kind == NumberKind::Change && value > 0 { format_compact!("+{text}") } else { text }
}

/// A number of a cell; whole ones, which are nearly all, are printed without an allocation.
fn printed(value: i64, slot: &Slot) -> CompactString {
    let precision = slot.kind.precision();
    if precision == Precision::WHOLE {
        value.to_compact_string()
    } else {
        number::print(value, precision).into()
    }
}

/// The widest figure of each column, with what is being typed.
pub(super) fn figure_widths(
    session: &Session,
    table: &Table,
    entry: Option<(Spot, &str)>,
    policy: Policy,
) -> Vec<u16> {
    let count = table.blocks.iter().map(|block| block.columns.len()).max().unwrap_or(0);
    let mut widths = vec![0_u16; count];
    for block in &table.blocks {
        for row in 0..block.rows.len() {
            for (column, width) in widths.iter_mut().enumerate().take(block.columns.len()) {
                let Some(cell) = block.cell(row, column) else { continue };
                *width = (*width).max(figure_width(session, cell, policy));
            }
        }
    }
    if let Some((spot, text)) = entry
        && let Some(width) = widths.get_mut(spot.column)
    {
        *width = (*width).max(policy.measure(text));
    }
    widths
}

/// How wide a figure wants to be. Only numbers widen a column; words and stated totals make do with it.
fn figure_width(session: &Session, cell: CellId, policy: Policy) -> u16 {
    let Some(slot) = session.form().slot(cell) else { return 0 };
    let value = match (slot.role, session.report().figure(cell)) {
        (SlotRole::Total, _) => session.evaluation().cell(cell).value,
        (SlotRole::Input, Figure::Number(value)) => *value,
        (SlotRole::Input, Figure::Unread(text)) => {
            return policy.measure(&excerpt(text, UNREAD_WIDTH.into())).min(UNREAD_WIDTH);
        }
        (SlotRole::Input, Figure::Blank) => return 1,
    };
    if slot.kind == NumberKind::Count && value >= 0 {
        // Measured without being printed: this is asked for every cell at every key.
        return value.unsigned_abs().checked_ilog10().map_or(1, |digits| digits as u16 + 1);
    }
    policy.measure(&signed(value, slot))
}
