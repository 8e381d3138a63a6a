//! The order in which totals are computed.

use std::collections::HashMap;

use super::Errors;
use crate::form::error::Spot;
use crate::form::program::{Program, TotalStep};
use crate::model::CellId;

/// A total as defined, with the place of its definition.
pub(super) struct Definition {
    pub(super) step: TotalStep,
    pub(super) spot: Spot,
}

/// Puts the totals in an order in which each comes after those it is made of. A cycle is a mistake.
pub(super) fn order(definitions: &[Definition], program: &mut Program, errors: &mut Errors) {
    let by_cell: HashMap<CellId, usize> =
        definitions.iter().enumerate().map(|(index, definition)| (definition.step.cell, index)).collect();
    let mut states = vec![State::New; definitions.len()];
    let mut ordered = Vec::with_capacity(definitions.len());
    for start in 0..definitions.len() {
        // Depth first with a stack of our own: a hostile form may chain a hundred thousand totals.
        let mut stack = vec![(start, false)];
        while let Some((index, finished)) = stack.pop() {
            if finished {
                states[index] = State::Done;
                ordered.push(index);
                continue;
            }
            if states[index] != State::New {
                continue;
            }
            states[index] = State::Open;
            stack.push((index, true));
            for term in program.terms(&definitions[index].step.terms) {
                let Some(&inner) = by_cell.get(&term.cell) else { continue };
                match states[inner] {
                    State::New => stack.push((inner, false)),
                    State::Open => errors.push(
                        definitions[index].spot.clone(),
                        "合计的定义绕成了圈：一个合计最终要由它自己算出",
                        "请检查相加的各行各列是否把合计也算了进去",
                    ),
                    State::Done => {}
                }
            }
        }
    }
    program.totals = ordered.into_iter().map(|index| definitions[index].step.clone()).collect();
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}
