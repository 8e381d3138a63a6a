//! The same quantity told twice with two figures, in one text or in two.

use super::{Claim, Claims, Unit};
use crate::form::Severity;
use crate::prose::{Remark, Topic};

/// The most figures that are held against each other; a report has some dozens.
const MOST: usize = 2000;

const HINT: &str = "请核对哪一处是对的；如两处所指不同，请在文中写明各指什么。";

/// Remarks on every figure that differs from the first one of its kind, with the piece it stands in: a text, a
/// paragraph, or whatever was read by itself. Known from the texts alone.
pub fn across<Piece: Copy + PartialEq>(pieces: &[(Piece, &Claims)]) -> Vec<(Piece, Remark)> {
    let all = pieces.iter().flat_map(|(text, claims)| claims.found.iter().map(move |claim| (*text, claim)));
    let told: Vec<(Piece, &Claim)> =
        all.filter(|(_, claim)| claim.figure.is_some() && !claim.is_part).take(MOST).collect();
    let mut remarks = Vec::new();
    for (index, (text, claim)) in told.iter().enumerate() {
        let earlier = told.get(..index).unwrap_or_default();
        let first = earlier.iter().find(|(other, first)| {
            let apart = other != text || first.sentence != claim.sentence;
            apart && is_same(first, claim)
        });
        let Some((_, first)) = first else { continue };
        if first.value == claim.value {
            continue;
        }
        let message = format!("同一数量前后不一：前面写“{}”，这里写“{}”。", first.words, claim.words);
        remarks.push((
            *text,
            Remark {
                topic: Topic::Twice,
                severity: Severity::Verify,
                range: claim.range.clone(),
                message,
                hint: HINT,
                cells: Vec::new(),
                fix: None,
            },
        ));
    }
    remarks
}

/// Whether two figures are told as the same: the same quantity in the same words and unit, of the same unit.
fn is_same(first: &Claim, second: &Claim) -> bool {
    first.quantity == second.quantity
        && first.told_as == second.told_as
        && first.unit.map(Unit::name) == second.unit.map(Unit::name)
        && first.value.grain == second.value.grain
        && (first.whose == second.whose || first.whose.is_empty() || second.whose.is_empty())
}
