//! The figures of the report at hand, for prose that speaks of them.

use super::Session;
use crate::model::CellId;
use crate::prose::Values;

impl Values for Session {
    fn cell(&self, cell: CellId) -> Option<i64> {
        self.evaluation.figures(&self.form).cell(cell)
    }

    fn last_year(&self, cell: CellId) -> Option<i64> {
        self.evaluation.figures(&self.form).last_year(cell)
    }
}
