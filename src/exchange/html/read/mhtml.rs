//! Web pages packed into one file (「单个文件网页」, mht), as Word and WPS save them, at times under the name .doc.

use std::borrow::Cow;

use encoding_rs::Encoding;

use super::decode::charset_in;

/// The page in the package.
#[derive(Debug)]
pub(super) struct Page<'a> {
    /// Its bytes, unpacked.
    pub(super) bytes: Cow<'a, [u8]>,
    /// Its encoding, if the package names it.
    pub(super) encoding: Option<&'static Encoding>,
}

/// The first web page of a package; none if the bytes are no package.
pub(super) fn page(bytes: &[u8]) -> Option<Page<'_>> {
    let (head, body) = split_head(bytes)?;
    if !head.contains("mime-version:") {
        return None;
    }
    page_in(&head, body, DEEPEST)
}

/// Packages inside one another that are opened.
const DEEPEST: usize = 3;

/// The first web page of a part, which may be a package itself.
fn page_in<'a>(head: &str, body: &'a [u8], deeper: usize) -> Option<Page<'a>> {
    let Some(boundary) = boundary_in(head) else { return part(head, body) };
    let deeper = deeper.checked_sub(1)?;
    let mark = format!("--{boundary}");
    let is_mark = |line: &[u8]| {
        let behind = line.strip_prefix(mark.as_bytes()).map(<[u8]>::trim_ascii);
        behind.is_some_and(|behind| behind.is_empty() || behind == b"--")
    };
    let mut starts = lines(body).filter(|(_, line)| is_mark(line)).peekable();
    while let Some((at, line)) = starts.next() {
        let end = starts.peek().map_or(body.len(), |(next, _)| *next);
        let inside = body.get(at + line.len()..end).unwrap_or_default();
        // The line of the boundary ends here; what follows it is the head of the part.
        let inside = inside.strip_prefix(b"\r").unwrap_or(inside);
        let inside = inside.strip_prefix(b"\n").unwrap_or(inside);
        if let Some(page) = split_head(inside).and_then(|(head, body)| page_in(&head, body, deeper)) {
            return Some(page);
        }
    }
    None
}

fn part<'a>(head: &str, body: &'a [u8]) -> Option<Page<'a>> {
    let kind = field(head, "content-type")?;
    if !kind.starts_with("text/html") && !kind.starts_with("application/xhtml") {
        return None;
    }
    let bytes = match field(head, "content-transfer-encoding").unwrap_or_default().trim() {
        "quoted-printable" => Cow::Owned(quoted_printable(body)),
        "base64" => Cow::Owned(base64(body)),
        _ => Cow::Borrowed(body),
    };
    Some(Page { bytes, encoding: charset_in(&kind) })
}

/// The head in small letters, with folded lines joined, and what follows it. None if this is no head.
fn split_head(bytes: &[u8]) -> Option<(String, &[u8])> {
    const LONGEST: usize = 16 << 10;
    let start = bytes.iter().position(|b| !b.is_ascii_whitespace())?;
    let bytes = bytes.get(start..)?;
    let mut head = String::new();
    for (at, line) in lines(bytes) {
        if at > LONGEST {
            return None;
        }
        if line.is_empty() {
            return Some((head, bytes.get(at..)?));
        }
        let line = String::from_utf8_lossy(line);
        if line.starts_with([' ', '\t']) {
            head.push(' ');
        } else if line.contains(':') {
            head.push('\n');
        } else {
            return None;
        }
        head.push_str(&fold(line.trim()));
    }
    None
}

/// Small letters, except for the boundary, in which they count.
fn fold(line: &str) -> String {
    let small = line.to_ascii_lowercase();
    match small.find("boundary=") {
        Some(at) => format!("{}{}", small.get(..at).unwrap_or_default(), line.get(at..).unwrap_or_default()),
        None => small,
    }
}

fn field(head: &str, name: &str) -> Option<String> {
    head.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        (key.trim() == name).then(|| value.trim().to_owned())
    })
}

fn boundary_in(head: &str) -> Option<String> {
    let kind = field(head, "content-type").filter(|kind| kind.starts_with("multipart/"))?;
    let at = kind.to_ascii_lowercase().find("boundary=")?;
    let value = kind.get(at + "boundary=".len()..)?;
    let value = match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => value.split([';', ' ']).next()?,
    };
    (!value.is_empty()).then(|| value.to_owned())
}

/// Where each line begins, and the line without its end.
fn lines(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut at = 0;
    bytes.split_inclusive(|b| *b == b'\n').map(move |line| {
        let start = at;
        at += line.len();
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        (start, line.strip_suffix(b"\r").unwrap_or(line))
    })
}

fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len());
    for (_, line) in lines(body) {
        let line = line.trim_ascii_end();
        let (line, goes_on) = line.strip_suffix(b"=").map_or((line, false), |line| (line, true));
        let mut rest = line;
        while let Some((&first, after)) = rest.split_first() {
            rest = after;
            let code = (first == b'=').then(|| after.get(..2)).flatten().and_then(hexadecimal);
            bytes.push(code.unwrap_or(first));
            if code.is_some() {
                rest = after.get(2..).unwrap_or_default();
            }
        }
        if !goes_on {
            bytes.push(b'\n');
        }
    }
    bytes
}

fn hexadecimal(digits: &[u8]) -> Option<u8> {
    let digits =
        std::str::from_utf8(digits).ok().filter(|text| text.chars().all(|c| c.is_ascii_hexdigit()))?;
    u8::from_str_radix(digits, 16).ok()
}

fn base64(body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut held) = (0_u32, 0);
    for &b in body {
        let value = match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = (bits << 6) | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_a_package_is_found_and_unpacked() {
        let packed = "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"--=_Part_aB\"\r\n\r\n\
            前言\r\n----=_Part_aB\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBOR\r\n\
            ----=_Part_aB\r\nContent-Location: file:///C:/a.htm\r\nContent-Transfer-Encoding: quoted-printable\r\n\
            Content-Type: text/html; charset=\"gb2312\"\r\n\r\n<p class=3D=\r\nx>=D0=D0=D5=FE</p>\r\n\
            ----=_Part_aB--\r\n";
        let page = page(packed.as_bytes()).unwrap();
        assert_eq!(page.encoding, Some(encoding_rs::GBK));
        let (text, _, wrong) = encoding_rs::GBK.decode(&page.bytes);
        assert_eq!((text.trim(), wrong), ("<p class=x>行政</p>", false));
    }

    #[test]
    fn a_page_is_found_in_a_package_inside() {
        let packed = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=A\n\n--A\n\
            Content-Type: multipart/alternative; boundary=\"AB\"\n\n--AB\nContent-Type: text/plain\n\n甲\n--AB\n\
            Content-Type: text/html\n\n<p>乙</p>\n--AB--\n--A--\n";
        assert_eq!(page(packed.as_bytes()).unwrap().bytes.trim_ascii(), "<p>乙</p>".as_bytes());
        let nested = |name: usize| format!("Content-Type: multipart/mixed; boundary=B{name}\n\n--B{name}\n");
        let deep = format!(
            "MIME-Version: 1.0\n{}Content-Type: text/html\n\n<p>",
            (0..9).map(nested).collect::<String>()
        );
        assert!(page(deep.as_bytes()).is_none());
    }

    #[test]
    fn base64_is_unpacked() {
        let packed =
            "MIME-Version: 1.0\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nPHA+\n6KGM</p>";
        assert_eq!(&page(packed.as_bytes()).unwrap().bytes[..6], "<p>行".as_bytes());
    }

    #[test]
    fn pages_are_no_packages() {
        for text in ["<p>MIME-Version: 1.0</p>\n\n", "", "\n\n", "a: b\n\nc", "MIME-Version: 1.0"] {
            assert!(page(text.as_bytes()).is_none(), "{text}");
        }
    }
}
