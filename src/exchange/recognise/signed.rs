//! The name of the unit at the end of a file of our own, which stands there without a date as well.

use super::draft::Draft;
use super::lines::{LineSort, Lines};
use crate::exchange::document::Style;
use crate::exchange::note::NoteKind;
use crate::form::Form;
use crate::model::Place;

/// Takes lines in the style of a sign-off that say the unit again and have not been used with a date.
pub(super) fn take_unit(draft: &mut Draft<'_>, lines: &Lines<'_>, form: &Form) {
    let Some(fact) = form.unit_fact() else { return };
    let Some(unit) = draft.fact(&fact.name).map(str::to_owned) else { return };
    for (index, line) in lines.lines.iter().enumerate() {
        let is_unit = line.sort == LineSort::Text(Style::SignOff) && line.text.trim() == unit;
        if !is_unit || !draft.is_free(lines, index) {
            continue;
        }
        line.pieces.clone().for_each(|piece| {
            draft.take(piece);
        });
        let place = Some(Place::Fact(fact.id));
        draft.note(line.pieces.start, NoteKind::Matched, place, line.at, line.text.trim(), "是落款的单位");
    }
}
