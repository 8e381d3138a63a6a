use proptest::prelude::*;

use super::*;

const TEXT: &str = "(单位: \"沂源县“政府”𠮷\")\r\n";

fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(order).collect()
}

fn gb18030(text: &str) -> Vec<u8> {
    GB18030.encode(text).0.into_owned()
}

#[test]
fn every_encoding_gives_the_same_text() {
    for (bytes, encoding, had_bom) in [
        (TEXT.as_bytes().to_vec(), Encoding::Utf8, false),
        (format!("\u{feff}{TEXT}").into_bytes(), Encoding::Utf8, true),
        (utf16(TEXT, u16::to_le_bytes), Encoding::Utf16Le, true),
        (utf16(TEXT, u16::to_be_bytes), Encoding::Utf16Be, true),
        (gb18030(TEXT), Encoding::Gb18030, false),
        (gb18030(&format!("\u{feff}{TEXT}")), Encoding::Gb18030, true),
    ] {
        assert_eq!(decode(&bytes), Ok(Decoded { text: TEXT.to_owned(), encoding, had_bom }));
    }
    assert_eq!(decode(b"").map(|decoded| decoded.text), Ok(String::new()));
    assert_eq!(
        decode(&gb18030("联通")).map(|decoded| decoded.text),
        Ok("联通".to_owned()),
        "the old riddle of Notepad"
    );
}

#[test]
fn what_is_no_text_is_refused() {
    for bytes in [
        &b"PK\x03\x04\x14\x00\x06\x00"[..],
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"a\0b",
        b"\xff",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00",
        b"(\0i\0d\0:\0",
        "单位名称\0\u{7}".as_bytes(),
    ] {
        assert_eq!(decode(bytes), Err(DecodeError::NotText), "{bytes:?}");
    }
}

#[test]
fn damage_is_told_and_not_read_as_something_else() {
    let half = &TEXT.as_bytes()[..=TEXT.find('政').unwrap()];
    assert_eq!(decode(half), Err(DecodeError::Damaged(Encoding::Utf8)));
    let odd = &utf16(TEXT, u16::to_le_bytes)[..9];
    assert_eq!(decode(odd), Err(DecodeError::Damaged(Encoding::Utf16Le)));
    assert_eq!(decode(b"\xFE\xFF\xD8\x00\x00a"), Err(DecodeError::Damaged(Encoding::Utf16Be)), "half a pair");
    assert_eq!(decode(b"\xEF\xBB\xBFa\xff"), Err(DecodeError::Damaged(Encoding::Utf8)));
    let message = DecodeError::Damaged(Encoding::Utf8).to_string();
    assert_eq!(message, "像是 UTF-8 编码的文本，但中间有损坏的字节");
}

proptest! {
    #[test]
    fn chinese_in_gb18030_is_never_taken_for_anything_else(text in "[一-龥，。]{1,200}") {
        let bytes = gb18030(&text);
        // A few short words are valid in both; nobody can tell them apart.
        if std::str::from_utf8(&bytes).is_err() {
            prop_assert_eq!(decode(&bytes).map(|decoded| decoded.text), Ok(text));
        }
    }

    #[test]
    fn any_text_comes_back_and_no_bytes_panic(text in "[^\0\u{feff}]*", bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert_eq!(decode(text.as_bytes()).map(|decoded| decoded.text), Ok(text.clone()));
        prop_assert_eq!(decode(&utf16(&text, u16::to_le_bytes)).map(|decoded| decoded.text), Ok(text));
        if let Ok(decoded) = decode(&bytes) {
            prop_assert!(!decoded.text.contains('\0'));
        }
    }
}
