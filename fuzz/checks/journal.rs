//! Bytes as a journal: replayed, recovered into a report, and undone.

use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use gouji::form::Catalogue;
use gouji::session::Session;
use gouji::store::content::Content;
use gouji::store::draft;
use gouji::store::journal::{Header, Replay, differences, recover, replay, start};

/// Takes the bytes as they are, and once more with the right sequence and checksum before each line: no fuzzer would
/// ever guess those.
pub fn check(bytes: &[u8]) {
    replayed(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        replayed(sealed(text).as_bytes());
    }
}

/// What is read is read again from the good lines alone; what comes back can be undone step by step and told.
fn replayed(bytes: &[u8]) {
    let found = replay(bytes);
    let good = usize::try_from(found.good).expect("a length");
    assert!(good <= bytes.len() && found.torn.is_none_or(|torn| torn.at == found.good && torn.line > 0));
    let again = replay(&bytes[..good]);
    assert_eq!((&again.header, &again.entries), (&found.header, &found.entries), "good lines stay good");
    assert_eq!((again.good, again.torn), (found.good, None), "good lines are all read");
    let Some(header) = &found.header else {
        assert!(found.entries.is_empty(), "nothing stands without a header");
        return;
    };
    let _ = (header.at.to_string(), header.at.compact(), found.fit(&Content::of(b"")));
    recovered(&found, header);
}

fn recovered(found: &Replay, header: &Header) {
    let (draft, _) = sample();
    let mut session = match forms().by_id(&header.form).ok().and_then(|form| start(form, &header.base)) {
        Some((session, _)) => session,
        None => Session::open(Arc::clone(&draft.form), draft.report.clone()),
    };
    let first = session.report().clone();
    let outcome = recover(&mut session, &found.entries);
    assert!(!outcome.to_string().is_empty());
    assert_eq!(outcome.edits, found.edits(0), "every entry is counted");
    if let Some(last) = found.last_change() {
        assert!(!last.to_string().is_empty());
    }
    for difference in differences(session.form(), &first, session.report()) {
        assert!(!difference.path.is_empty() && difference.old != difference.new || difference.old.len() < 64);
    }
    super::assert_evaluation_is_fresh(&session);
    super::assert_steps_are_reversible(&mut session, Some(&first));
}

/// The lines with sequence and checksum of their own. What looks like some already is taken off before.
fn sealed(text: &str) -> String {
    let mut sealed = String::new();
    for (sequence, line) in (0u64..).zip(text.lines()) {
        let content = line.find(|c: char| c.is_ascii_uppercase()).map_or(line, |at| &line[at..]);
        let mut hasher = crc32fast::Hasher::new();
        hasher.update(&sequence.to_le_bytes());
        hasher.update(content.as_bytes());
        let _ = writeln!(sealed, "{sequence} {:08x} {content}", hasher.finalize());
    }
    sealed
}

fn forms() -> &'static Catalogue {
    static FORMS: OnceLock<Catalogue> = OnceLock::new();
    FORMS.get_or_init(Catalogue::default)
}

/// The draft that entries fall on which begin from none.
fn sample() -> &'static (draft::Draft, Vec<draft::Notice>) {
    static SAMPLE: OnceLock<(draft::Draft, Vec<draft::Notice>)> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let (name, text) = gouji::assets::SAMPLE;
        draft::read(name, text, forms()).expect("the sample is sound")
    })
}
