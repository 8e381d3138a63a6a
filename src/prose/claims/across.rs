//! The same quantity told twice with two figures, in one text or in two.

use std::collections::HashMap;

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
    let told = all.filter(|(_, claim)| claim.figure.is_some() && !claim.is_part).take(MOST);
    // Those in the same words, in their order: at every key all figures are gone through.
    let mut earlier: HashMap<_, Vec<(Piece, &Claim)>> = HashMap::new();
    let mut remarks = Vec::new();
    for (text, claim) in told {
        let earlier = earlier.entry(wording(claim)).or_default();
        let first = earlier.iter().find(|(other, first)| {
            let apart = *other != text || first.sentence != claim.sentence;
            apart && is_of_same(first, claim)
        });
        let first = first.map(|(_, first)| *first);
        earlier.push((text, claim));
        let Some(first) = first else { continue };
        if first.value == claim.value {
            continue;
        }
        let message = format!("同一数量前后不一：前面写“{}”，这里写“{}”。", first.words, claim.words);
        remarks.push((
            text,
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

/// What two figures must have in common to be told as the same: the quantity, the words and the unit.
fn wording(claim: &Claim) -> (usize, &str, Option<&'static str>, i64) {
    (claim.quantity, &claim.told_as, claim.unit.map(Unit::name), claim.value.grain)
}

/// Whether two figures are of the same reporting unit, as far as they say whose they are.
fn is_of_same(first: &Claim, second: &Claim) -> bool {
    first.whose == second.whose || first.whose.is_empty() || second.whose.is_empty()
}
