//! Bytes into characters: what the file declares, held against what its bytes can be.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use crate::exchange::{At, Lost};

/// The characters of a file.
#[derive(Debug)]
pub(in crate::exchange) struct Decoded<'a> {
    /// The text; bytes that are no characters stand as `�`.
    pub(in crate::exchange) text: Cow<'a, str>,
    /// Says so if there are such bytes.
    pub(in crate::exchange) lost: Option<Lost>,
}

/// Turns bytes into text. A byte order mark decides; then text that is evidently UTF-8, single bytes apart, is UTF-8,
/// whatever the file says of itself, since pages saved anew often keep the declaration of the old encoding; then the declaration; then
/// GB18030.
pub(in crate::exchange) fn decode<'a>(bytes: &'a [u8], declared: Option<&'static Encoding>) -> Decoded<'a> {
    let (encoding, bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (encoding, bytes.get(mark..).unwrap_or_default()),
        None => (without_mark(bytes, declared), bytes),
    };
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let lost = damaged
        .then(|| Lost {
            at: At::Unknown, what: format!("不能按{}辨认的字节（显示为“�”）", encoding.name())
        });
    Decoded { text, lost }
}

/// The encoding that the page names in `<meta charset=…>` or `<meta http-equiv=… content="…charset=…">` near its
/// beginning.
pub(super) fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    const NEAR: usize = 8192;
    let start = bytes.get(..bytes.len().min(NEAR))?.to_ascii_lowercase();
    let start = String::from_utf8_lossy(&start);
    start.match_indices("<meta").find_map(|(at, _)| {
        let tag = start.get(at..)?.split('>').next()?;
        charset_in(tag)
    })
}

/// The encoding behind `charset=` in a tag or a header line in small letters.
pub(super) fn charset_in(text: &str) -> Option<&'static Encoding> {
    let (_, rest) = text.split_once("charset")?;
    let label = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let label = label.split(|c: char| c.is_whitespace() || "\"';>/".contains(c)).next()?;
    Encoding::for_label(label.as_bytes())
}

fn without_mark(bytes: &[u8], declared: Option<&'static Encoding>) -> &'static Encoding {
    match bytes {
        [b'<' | b'\r' | b'\n' | b' ', 0, _, 0, ..] => return UTF_16LE,
        [0, b'<' | b'\r' | b'\n' | b' ', 0, _, ..] => return UTF_16BE,
        _ => {}
    }
    // A page that could be read as far as its declaration is not in two-byte units.
    let declared = declared.filter(|encoding| *encoding != UTF_16LE && *encoding != UTF_16BE);
    match (std::str::from_utf8(bytes), declared) {
        (Ok(text), Some(other)) if !text.chars().any(is_hanzi) => other,
        (Ok(_), _) => UTF_8,
        (Err(_), _) if is_damaged_utf8(bytes) => UTF_8,
        (Err(_), Some(other)) if other != UTF_8 => other,
        (Err(_), _) => GB18030,
    }
}

/// Whether it is UTF-8 in which single bytes are wrong, such as a file cut off in the middle of a character. GB18030
/// taken for UTF-8 is wrong nearly everywhere.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let wrong = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    text.chars().filter(|c| is_hanzi(*c)).count() > 4 * wrong
}

fn is_hanzi(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        let decoded = decode(bytes, declared(bytes));
        assert!(decoded.lost.is_none(), "{decoded:?}");
        decoded.text.into_owned()
    }

    #[test]
    fn declarations_and_bytes_are_weighed() {
        let page = |meta: &str| format!("<html><head>{meta}</head><p>行政许可㎡𠮷</p>");
        let as_gb = |page: &str| GB18030.encode(page).0.into_owned();
        let gb2312 = page("<META http-equiv=\"Content-Type\" content=\"text/html; charset=gb2312\">");
        assert_eq!(text(&as_gb(&gb2312)), gb2312);
        assert_eq!(text(gb2312.as_bytes()), gb2312, "saved anew in UTF-8");
        let plain = page("");
        assert_eq!(text(&as_gb(&plain)), plain);
        assert_eq!(text(plain.as_bytes()), plain);
        let wrong = page("<meta charset = 'utf-8'>");
        assert_eq!(text(&as_gb(&wrong)), wrong, "declared as UTF-8, which it is not");
        let marked = [b"\xef\xbb\xbf".as_slice(), plain.as_bytes()].concat();
        assert_eq!(text(&marked), plain);
        let big5 = encoding_rs::BIG5.encode("<meta charset=big5>行政許可").0.into_owned();
        assert_eq!(text(&big5), "<meta charset=big5>行政許可");
    }

    #[test]
    fn two_byte_units_are_known_with_and_without_a_mark() {
        let page = "<p>行政许可</p>";
        let little: Vec<u8> = page.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = page.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(text(&little), page);
        assert_eq!(text(&big), page);
        assert_eq!(text(&[b"\xff\xfe".as_slice(), &little].concat()), page);
    }

    #[test]
    fn one_wrong_byte_does_not_turn_a_page_into_another_encoding() {
        let mut page = "<meta charset=gb2312><p>行政许可处理决定数量</p>".as_bytes().to_vec();
        page.extend(*b"<p>\xe8\xa1</p>");
        let decoded = decode(&page, declared(&page));
        assert!(decoded.text.contains("行政许可处理决定数量") && decoded.lost.is_some(), "{decoded:?}");
    }

    #[test]
    fn a_character_cut_in_two_is_reported_and_the_rest_stays() {
        let bytes = "<p>本年处理决定数量</p><p>行政".as_bytes();
        let decoded = decode(&bytes[..bytes.len() - 1], None);
        assert!(decoded.text.starts_with("<p>本年处理决定数量</p><p>行"));
        assert!(decoded.lost.is_some());
    }
}
