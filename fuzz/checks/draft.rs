//! Bytes as a draft: decoded, read, written and read again.

use std::sync::OnceLock;

use gouji::form::Catalogue;
use gouji::session::Session;
use gouji::store::decode::{Encoding, decode};
use gouji::store::draft;

/// Whatever can be read is written so that it reads the same, with what the form does not know; and what was written
/// once is written so again. Mistakes can be shown.
pub fn check(bytes: &[u8]) {
    let Ok(decoded) = decode(bytes) else { return };
    assert!(!decoded.text.contains('\0'));
    if decoded.encoding == Encoding::Utf8 {
        assert!(bytes.ends_with(decoded.text.as_bytes()), "nothing is dropped or replaced");
    }
    match draft::read("草稿.ron", &decoded.text, forms()) {
        Ok((read, notices)) => {
            for notice in &notices {
                assert!(!notice.to_string().is_empty());
            }
            let written = draft::write(&read.form, &read.report, &read.unknown);
            let (again, _) = match draft::read("草稿.ron", &written, forms()) {
                Ok(again) => again,
                Err(error) => panic!("{error}\n---\n{written}"),
            };
            assert_eq!(again.report, read.report, "the report comes back:\n{written}");
            assert_eq!(again.unknown.len(), read.unknown.len(), "what is unknown comes back:\n{written}");
            assert_eq!(
                draft::write(&again.form, &again.report, &again.unknown),
                written,
                "equal reports give equal bytes"
            );
            super::assert_all_can_be_told(&Session::open(read.form, read.report));
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

fn forms() -> &'static Catalogue {
    static FORMS: OnceLock<Catalogue> = OnceLock::new();
    FORMS.get_or_init(Catalogue::default)
}
