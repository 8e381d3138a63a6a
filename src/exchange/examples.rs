//! Reports and views that the tests of several formats share.

use super::document::Table;
use crate::form::Catalogue;
use crate::session::Session;

/// A report of 2025 on an official form, with these things typed at these paths.
pub(super) fn report(form: &str, unit: &str, typed: &[(&str, &str)]) -> Session {
    let form = Catalogue::default().by_id(form).unwrap();
    let mut session = Session::new_report(form, unit, 2025);
    for (path, text) in typed {
        put(&mut session, path, text);
    }
    session
}

/// Types something at a path.
pub(super) fn put(session: &mut Session, path: &str, text: &str) {
    let place = session.form().place(path).unwrap();
    let edit = session.typed(place, text);
    session.apply(&edit, None).unwrap();
}

/// The texts of each row with bars between them.
pub(super) fn rows(table: &Table) -> Vec<String> {
    let row = |row| table.row(row).map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("|");
    (0..table.rows()).map(row).collect()
}
