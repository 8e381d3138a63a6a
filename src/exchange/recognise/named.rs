//! The line over a table in which the unit is named: `填报单位：某某（盖章）`.

use super::draft::Draft;
use super::lines::{Lines, PieceSort};
use super::wording::fold;
use crate::exchange::note::NoteKind;
use crate::form::Form;
use crate::model::Place;

/// Words in front of the name.
const LABELS: [&str; 7] =
    ["填报单位", "填表单位", "编报单位", "编制单位", "报送单位", "单位名称", "公开机关"];

/// Takes the name of the unit from such a line above a piece, if the title names none or the same.
pub(super) fn take_unit(draft: &mut Draft<'_>, lines: &Lines<'_>, form: &Form, title: &str, before: usize) {
    let Some(fact) = form.unit_fact() else { return };
    for (index, piece) in lines.pieces.iter().enumerate().take(before) {
        if piece.sort != PieceSort::Label || draft.is_taken(index) {
            continue;
        }
        let Some(name) = name(piece.text) else { continue };
        if !title.is_empty() && title != name {
            continue;
        }
        draft.set_fact(fact.id, &name);
        draft.take(index);
        let (place, message) = (Some(Place::Fact(fact.id)), format!("填报单位：{name}"));
        draft.note(index, NoteKind::Matched, place, piece.at, piece.text, message);
        return;
    }
}

fn name(text: &str) -> Option<String> {
    let text: String = text.chars().map(fold).filter(|c| !c.is_whitespace()).collect();
    let (label, rest) = text.split_once(':')?;
    let rest = ["(盖章)", "(公章)", "(章)"].iter().find_map(|seal| rest.strip_suffix(seal)).unwrap_or(rest);
    let label =
        ["(盖章)", "(公章)", "(章)"].iter().find_map(|seal| label.strip_suffix(seal)).unwrap_or(label);
    let plain = rest.chars().all(|c| c.is_alphanumeric() || matches!(c, '(' | ')' | '、' | '·'));
    let length = rest.chars().count();
    (LABELS.contains(&label) && plain && (2..=40).contains(&length)).then(|| rest.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_is_named_behind_its_label() {
        let unit = |name: &str| Some(name.to_owned());
        assert_eq!(name("填报单位：某县财政局（盖章）"), unit("某县财政局"));
        assert_eq!(name("填报单位（章）: 某县 财政局"), unit("某县财政局"));
        assert_eq!(name("单位：件"), None);
        assert_eq!(name("填报单位："), None);
        assert_eq!(name("填报单位：____"), None);
    }
}
