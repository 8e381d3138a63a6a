//! Claims that agree with the tables, and with what in them.

use std::ops::Range;

use super::verdict::{Verdict, cells, equals, shown};
use super::{Claim, Growth, Share};
use crate::form::wording::Amount;
use crate::model::CellId;

/// What a claim that agrees with the tables was held against. A claim that may be meant in several ways has one for
/// each in which it is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The words and the figure, in bytes of the text.
    pub range: Range<usize>,
    /// The name of the amount for people.
    pub name: String,
    /// What it comes to, as shown.
    pub value: String,
    /// The cells that it is made of.
    pub cells: Vec<CellId>,
}

impl Match {
    fn new(range: &Range<usize>, name: String, amount: &Amount, value: i64) -> Self {
        let cells = cells(std::slice::from_ref(amount));
        Self { range: range.clone(), name, value: shown(value, amount.precision), cells }
    }
}

impl Verdict<'_> {
    /// What agrees of the claim that this piece touches; of several claims, of the one that begins last.
    pub(super) fn matches(&self, piece: &Range<usize>) -> Vec<Match> {
        let touches = |range: &Range<usize>| range.start <= piece.end && piece.start <= range.end;
        let claims = &self.claims;
        let found = claims.found.iter().filter(|claim| touches(&claim.range));
        let shares = claims.shares.iter().filter(|share| touches(&share.percent.range));
        let growths = claims.growths.iter().filter(|growth| touches(&growth.range));
        let all = found
            .map(|claim| self.claim_matches(claim))
            .chain(shares.filter_map(|share| self.share_matches(share)))
            .chain(growths.filter_map(|growth| self.growth_matches(growth)));
        let begins = |matches: &Vec<Match>| matches.first().map(|first| first.range.start);
        all.max_by_key(begins).unwrap_or_default()
    }

    fn claim_matches(&self, claim: &Claim) -> Vec<Match> {
        let amounts = self.quantity(claim.quantity).map_or(&[][..], |quantity| &quantity.equals);
        let known = self.known(amounts).amounts.into_iter();
        known
            .filter_map(|(amount, value)| Some((amount, value?)))
            .filter(|(amount, value)| equals(claim, amount.precision, *value))
            .map(|(amount, value)| Match::new(&claim.range, amount.name.clone(), amount, value))
            .collect()
    }

    fn share_matches(&self, share: &Share) -> Option<Vec<Match>> {
        let claim = self.claims.found.get(share.claim)?;
        let quantity = self.quantity(claim.quantity)?;
        let (part, own) = (claim.value.scaled(0)?, self.own(quantity));
        let wholes = self.known(&quantity.share_of).amounts.into_iter();
        let matches = wholes
            .filter_map(|(amount, whole)| Some((amount, whole?)))
            .filter(|(_, whole)| share.holds(part, own, *whole))
            .map(|(amount, whole)| {
                Match::new(&share.percent.range, format!("占{}", amount.name), amount, whole)
            });
        Some(matches.collect())
    }

    fn growth_matches(&self, growth: &Growth) -> Option<Vec<Match>> {
        let quantity = self.quantity(growth.quantity)?;
        let known = self.known(&quantity.equals);
        // What the text says may be another amount than the one that it is compared with.
        let is_in_table = |amount: &Amount, now: i64| {
            known.amounts.iter().any(|(other, own)| std::ptr::eq(*other, amount) && *own == Some(now))
        };
        let readings = self.growth_readings(growth, quantity)?.into_iter();
        let mut matches: Vec<Match> = readings
            .filter(|(amount, now, before)| is_in_table(amount, *now) && growth.holds(*now, *before))
            .map(|(amount, _, before)| {
                Match::new(&growth.range, format!("上年{}", amount.name), amount, before)
            })
            .collect();
        // The text and the table both give the amount.
        matches.dedup();
        Some(matches)
    }
}
