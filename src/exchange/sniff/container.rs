//! What a packed file holds, by the names in its directory. Nothing is unpacked.

/// What a container was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Word and WPS since 2007.
    Docx,
    /// Excel and WPS since 2007.
    Xlsx,
    /// Excel until 2003 and WPS.
    Xls,
    /// Tables of LibreOffice.
    Ods,
    /// Texts of LibreOffice.
    Odt,
    /// Word until 2003 and WPS.
    OldWord,
    /// The national format of printed pages.
    Ofd,
    /// Slides.
    Slides,
    /// An office file behind a password.
    Protected,
    /// Files of any kind.
    Archive,
    /// Nothing that is known.
    Unknown,
}

/// Entries of a directory that are looked at.
const MOST_ENTRIES: usize = 4096;
/// Bytes at the end of a file in which the directory is looked for.
const TAIL: usize = 1 << 20;

/// What a zip file holds.
pub(super) fn zip(bytes: &[u8]) -> Content {
    // OpenDocument puts its kind first, unpacked.
    let kind =
        bytes.get(30..).and_then(|rest| rest.strip_prefix(b"mimetypeapplication/vnd.oasis.opendocument."));
    match kind {
        Some(kind) if kind.starts_with(b"spreadsheet") => return Content::Ods,
        Some(kind) if kind.starts_with(b"text") => return Content::Odt,
        Some(_) => return Content::Slides,
        None => {}
    }
    let tail = bytes.get(bytes.len().saturating_sub(TAIL)..).unwrap_or(bytes);
    let listed = names(tail, b"PK\x01\x02", 28, 46);
    // A file that was cut off has no directory, but each of its parts says its name.
    let names = if listed.is_empty() { names(bytes, b"PK\x03\x04", 26, 30) } else { listed };
    let has = |begin: &[u8]| names.iter().any(|name| name.starts_with(begin));
    if has(b"word/") {
        Content::Docx
    } else if has(b"xl/") {
        Content::Xlsx
    } else if has(b"ppt/") {
        Content::Slides
    } else if has(b"OFD.xml") {
        Content::Ofd
    } else {
        Content::Archive
    }
}

/// What a compound file of older office programs holds: the first known entry of its directory.
pub(super) fn compound(bytes: &[u8]) -> Content {
    let known = [
        ("EncryptedPackage", Content::Protected),
        ("WordDocument", Content::OldWord),
        ("Workbook", Content::Xls),
        ("Book", Content::Xls),
        ("PowerPoint Document", Content::Slides),
    ];
    let names = known.map(|(name, content)| {
        let name: Vec<u8> = name.encode_utf16().chain(Some(0)).flat_map(u16::to_le_bytes).collect();
        (name, content)
    });
    // An entry has 128 bytes: its name, then the length of the name.
    let entry = bytes.chunks_exact(128).skip(4).find_map(|entry| {
        let length = usize::from(u16::from_le_bytes([*entry.get(64)?, *entry.get(65)?]));
        names
            .iter()
            .find(|(name, _)| name.len() == length && entry.starts_with(name))
            .map(|(_, content)| *content)
    });
    entry.unwrap_or(Content::Unknown)
}

/// The names behind each mark: where the length of the name stands, and where the name.
fn names<'a>(bytes: &'a [u8], mark: &[u8], length: usize, name: usize) -> Vec<&'a [u8]> {
    let marks = bytes.windows(mark.len()).enumerate().filter(|(_, window)| *window == mark);
    let names = marks.filter_map(|(at, _)| {
        let entry = bytes.get(at..)?;
        let long = u16::from_le_bytes([*entry.get(length)?, *entry.get(length + 1)?]);
        entry.get(name..name + usize::from(long))
    });
    names.take(MOST_ENTRIES).collect()
}
