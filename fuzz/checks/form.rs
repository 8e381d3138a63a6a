//! Text as a form: read with all its mistakes, or compiled, filled in, saved and shown.

use gouji::form::Catalogue;
use gouji::model::Report;
use gouji::session::Session;
use gouji::store::draft;

use super::actions;

/// A form is refused with mistakes that can be shown, or it serves: blank and filled reports on it are evaluated and
/// come back from their drafts, and the screen shows it.
pub fn check(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut forms = Catalogue::default();
    let form = match forms.add("表式.ron", text) {
        Ok(form) => form,
        Err(errors) => {
            assert!(!errors.blocks.is_empty(), "what is refused is refused for a reason");
            let told = errors.to_string();
            assert!(errors.blocks.iter().all(|block| told.contains(block.as_str())));
            assert!(
                !told.chars().any(|c| c.is_control() && c != '\n'),
                "control characters are shown: {told:?}"
            );
            return;
        }
    };
    let blank = Session::new_report(form.clone(), "某县", 2025);
    super::assert_all_can_be_told(&blank);
    for report in [Report::new(form.shape()), super::filled(&form), blank.report().clone()] {
        let session = Session::open(form.clone(), report);
        super::assert_all_can_be_told(&session);
        let written = draft::write(&form, session.report(), &draft::Unknown::default());
        let (read, notices) = match draft::read("草稿.ron", &written, &forms) {
            Ok(read) => read,
            Err(error) => panic!("{error}\n---\n{written}"),
        };
        assert!(notices.is_empty(), "the form knows all that is in its own drafts: {notices:?}");
        assert_eq!(&read.report, session.report(), "the report comes back:\n{written}");
    }
    actions::show_everywhere(Session::open(form.clone(), super::filled(&form)));
}
