//! A report as the bytes of a file, and what stands in the way of publishing it.

use std::path::Path;

use super::compose::{self, Purpose};
use super::error::ExportError;
use super::format::Format;
use super::{csv, docx, html, json, markdown, sheets};
use crate::check::Issue;
use crate::form::Severity;
use crate::session::Session;

/// Writes a report as a file of some kind. Equal reports give equal bytes.
///
/// # Errors
/// If reports are not written as this kind of file, or the library that packs it refuses.
pub fn export(session: &Session, format: Format, purpose: &Purpose) -> Result<Vec<u8>, ExportError> {
    let page = || compose::page(session, purpose);
    let long = || compose::by_path(session, purpose);
    match format {
        Format::Docx => docx::write(&page()),
        Format::Xlsx => sheets::write(&compose::page_with_reasons(session, purpose), session.form()),
        Format::Html => html::write(&page()),
        Format::Markdown => markdown::write(&page()),
        Format::Csv => csv::write(&long()),
        Format::Json => json::write(&long()),
        Format::Xls | Format::Ods | Format::Text | Format::Pdf => Err(ExportError::NotWritten { format }),
    }
}

/// Whether a file would be taken for a draft by its name. A report that is exported under such a name might replace
/// one.
pub fn has_name_of_draft(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron"))
}

/// What should be settled before a report goes out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Obstacles<'a> {
    /// What must be mended first, unless the file says that it is a draft.
    pub mandatory: Vec<Issue<'a>>,
    /// What may stand with a reason, and has none.
    pub unexplained: Vec<Issue<'a>>,
}

/// What stands in the way of publishing a report, each in the order of the form.
pub fn obstacles(session: &Session) -> Obstacles<'_> {
    let (form, report) = (session.form(), session.report());
    let issues = session.evaluation().issues_in_order(form);
    let (mandatory, verify): (Vec<_>, Vec<_>) =
        issues.into_iter().partition(|issue| issue.severity(form) == Severity::Mandatory);
    let unexplained = verify.into_iter().filter(|issue| issue.explanation(form, report).is_empty()).collect();
    Obstacles { mandatory, unexplained }
}
