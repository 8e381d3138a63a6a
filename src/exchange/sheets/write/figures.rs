//! Where the figures of the form stand in the workbook, and what they are.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::exchange::document::{Part, Table};
use crate::exchange::sheets::number::plain;
use crate::form::Form;
use crate::form::program::CellTerm;
use crate::model::{CellId, Precision, number};

/// Where a cell of the form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    /// Which of the sheets with tables.
    pub(super) sheet: usize,
    pub(super) column: u16,
    pub(super) row: u32,
}

/// All figures of a document.
pub(super) struct Figures<'a> {
    pub(super) form: &'a Form,
    names: &'a [String],
    spots: HashMap<CellId, Spot>,
    /// What each number is, in units of its precision.
    pub(super) values: HashMap<CellId, i64>,
    /// The totals that are computed and not stated.
    computed: HashSet<CellId>,
    totals: HashMap<CellId, &'a [CellTerm]>,
}

impl<'a> Figures<'a> {
    pub(super) fn new(form: &'a Form, tables: &[&Table], names: &'a [String]) -> Self {
        let mut figures = Self {
            form,
            names,
            spots: HashMap::new(),
            values: HashMap::new(),
            computed: HashSet::new(),
            totals: form
                .program
                .totals
                .iter()
                .map(|total| (total.cell, form.program.terms(&total.terms)))
                .collect(),
        };
        for (sheet, table) in tables.iter().enumerate() {
            for cell in table.cells() {
                let Part::Figure(id) = cell.part else { continue };
                let spot = Spot { sheet, column: cell.column as u16, row: cell.row as u32 };
                // A figure that stands twice is reckoned with where it stands first.
                if figures.spots.contains_key(&id) {
                    continue;
                }
                figures.spots.insert(id, spot);
                if let Some(value) = written_as_number(&cell.text, figures.precision(id)) {
                    figures.values.insert(id, value);
                }
                if cell.computed && figures.totals.contains_key(&id) {
                    figures.computed.insert(id);
                }
            }
        }
        figures
    }

    pub(super) fn precision(&self, cell: CellId) -> Precision {
        self.form.slot(cell).map_or(Precision::WHOLE, |slot| slot.kind.precision())
    }

    pub(super) fn spot(&self, cell: CellId) -> Option<Spot> {
        self.spots.get(&cell).copied()
    }

    /// What a total is the sum of; none for inputs.
    pub(super) fn total(&self, cell: CellId) -> Option<&'a [CellTerm]> {
        self.totals.get(&cell).copied()
    }

    /// The name of the sheet that a table is on.
    pub(super) fn name(&self, sheet: usize) -> &str {
        self.names.get(sheet).map_or("", String::as_str)
    }

    /// The cells that a person fills in to give these: of computed totals the parts.
    pub(super) fn inputs(&self, cells: impl IntoIterator<Item = CellId>) -> Vec<CellId> {
        let (mut seen, mut inputs) = (HashSet::new(), Vec::new());
        let mut open: Vec<CellId> = cells.into_iter().collect();
        while let Some(cell) = open.pop() {
            if !seen.insert(cell) {
                continue;
            }
            match self.total(cell).filter(|_| self.computed.contains(&cell)) {
                Some(terms) => open.extend(terms.iter().map(|term| term.cell)),
                None => inputs.push(cell),
            }
        }
        inputs
    }
}

/// The number that a text is written as; none if it must be written as text to stay what it is: because a number would be
/// shown in another way, or a workbook, which keeps fifteen digits, would not keep it.
pub(super) fn written_as_number(text: &str, precision: Precision) -> Option<i64> {
    let value = number::read(text, precision).ok()?;
    (number::print(value, precision) == text && plain(as_float(value, precision)) == text).then_some(value)
}

#[allow(clippy::cast_precision_loss, reason = "what is written as a number has been compared with its text")]
pub(super) fn as_float(value: i64, precision: Precision) -> f64 {
    // Division of two exact numbers gives the float nearest to the decimal number.
    value as f64 / precision.one() as f64
}

/// Groups cells by their factors.
pub(super) fn by_factor(terms: impl IntoIterator<Item = (CellId, i64)>) -> BTreeMap<i64, Vec<CellId>> {
    let mut sums: BTreeMap<CellId, i64> = BTreeMap::new();
    for (cell, factor) in terms {
        *sums.entry(cell).or_default() += factor;
    }
    let mut groups: BTreeMap<i64, Vec<CellId>> = BTreeMap::new();
    for (cell, factor) in sums.into_iter().filter(|(_, factor)| *factor != 0) {
        groups.entry(factor).or_default().push(cell);
    }
    groups
}
