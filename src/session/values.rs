//! The figures of the report at hand, for prose that speaks of them.

use super::Session;
use crate::model::CellId;
use crate::prose::Values;

impl Values for Session {
    fn cell(&self, cell: CellId) -> Option<i64> {
        self.evaluation.cell(cell).shown()
    }

    fn last_year(&self, cell: CellId) -> Option<i64> {
        self.evaluation.last_year()?.cell(&self.form, cell)
    }
}
