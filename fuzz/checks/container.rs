//! Parts packed into a container, so that bytes change what is in the parts and not the sums over them.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::compound;

/// The line between two parts of an input.
const BETWEEN: &[u8] = b"\n%%\n";

/// Whether the bytes are a container themselves: a packed file, or an old compound one.
pub fn is_whole(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK") || bytes.starts_with(&compound::SIGNATURE[..4])
}

/// The parts of an input in order, as many as are named. A part that begins with an XML declaration, or with the mark
/// of UTF-16, is taken as it is; any other is put inside of its root, which stands before and behind a bar. Parts that
/// are missing at the end, or empty, are none.
pub fn parts<'n>(bytes: &[u8], named: &[(&'n str, &str)]) -> Vec<(&'n str, Vec<u8>)> {
    let mut rest = bytes;
    let mut parts = Vec::new();
    for (name, root) in named {
        let cut = rest.windows(BETWEEN.len()).position(|window| window == BETWEEN);
        let part = &rest[..cut.unwrap_or(rest.len())];
        rest = cut.map_or(&[], |cut| &rest[cut + BETWEEN.len()..]);
        let raw = [b"<?xml".as_slice(), b"\xFE\xFF", b"\xFF\xFE"].iter().any(|mark| part.starts_with(mark));
        if raw {
            parts.push((*name, part.to_vec()));
        } else if !part.is_empty() {
            let (head, tail) = root.split_once('|').expect("a root with a bar");
            parts.push((*name, [head.as_bytes(), part, tail.as_bytes()].concat()));
        }
    }
    parts
}

/// A container of these parts, none of them compressed.
pub fn packed(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, options).expect("a name that can be packed");
        writer.write_all(content).expect("room in memory");
    }
    writer.finish().expect("room in memory").into_inner()
}
