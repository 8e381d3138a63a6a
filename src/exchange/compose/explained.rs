//! Reasons why something that looks wrong is right (审核说明), as a table for those who look through the report.

use crate::exchange::document::{Cell, Part, Table, TableBuilder};
use crate::session::Session;

/// What stands over the table.
pub const EXPLAINED_TITLE: &str = "审核说明";
/// Its heads: path of the place, its name, code of the rule, the sentence that is answered, the reason.
pub const EXPLAINED_HEADS: [&str; 5] = ["路径", "位置", "编号", "问题", EXPLAINED_TITLE];

/// All reasons that were given, one a row; none if there are none. Those that have lapsed are among them, as in the
/// draft: their sentences say what they answered.
pub(super) fn explained(session: &Session) -> Option<Table> {
    let form = session.form();
    let mut builder = TableBuilder::new(EXPLAINED_HEADS.len(), usize::MAX);
    let mut explanations = session.report().explanations().peekable();
    explanations.peek()?;
    builder.next_row();
    for head in EXPLAINED_HEADS {
        builder.push(Cell { text: head.to_owned(), part: Part::Head, ..Cell::default() });
    }
    for (question, words) in explanations {
        builder.next_row();
        let name = form.place(&question.path).map(|place| form.name(place)).unwrap_or_default();
        for text in [&question.path, &name, &question.code, &question.message, words] {
            builder.push(Cell { text: text.to_owned(), part: Part::Label, ..Cell::default() });
        }
    }
    builder.build()
}
