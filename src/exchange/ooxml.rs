//! Packed XML files (docx, xlsx, ods): parts in a zip container, read within bounds and written reproducibly.

mod xml;

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use zip::read::ZipArchive;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::document::At;
use super::error::{ExportError, ImportError};
use super::format::Format;
use super::intake;
use super::limits::Limits;

pub(super) use xml::{Element, Node, Ns, Xml, attribute, clean, escape};

/// Custom properties of other programs are of no use; gouji's own begin so.
const OWN_PROPERTIES: &str = "gouji.";

/// More parts than any office program writes.
const MOST_PARTS: usize = 4096;
/// More relations than parts that are named several times each.
const MOST_RELATIONS: usize = 1 << 16;

/// An opened container. What is unpacked is counted while it is unpacked, whatever the container says of its size.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// The parts by their names in small letters, as the standard compares them.
    parts: BTreeMap<String, usize>,
    format: Format,
    left: u64,
    limits: Limits,
}

/// One relation of a part to another.
pub(super) struct Relation {
    /// The name by which the part speaks of it.
    pub(super) id: String,
    /// The last word of its type: `officeDocument`, `footnotes`.
    pub(super) kind: String,
    /// The name of the other part.
    pub(super) target: String,
}

impl<'a> Package<'a> {
    /// Opens a container and looks through its names.
    ///
    /// # Errors
    /// If it is too large, protected, of the old binary kind, or not a sound container.
    pub(super) fn open(bytes: &'a [u8], format: Format, limits: &Limits) -> Result<Self, ImportError> {
        if bytes.len() as u64 > limits.file {
            return Err(ImportError::TooMuch { what: "文件长度", max: intake::size(limits.file) });
        }
        refuse_old(bytes)?;
        let broken = |cause: &str| broken(format, cause);
        if bytes.is_empty() {
            return Err(broken("文件是空的"));
        }
        if !bytes.starts_with(b"PK") {
            return Err(broken("开头不是压缩包"));
        }
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| broken("压缩包没有完整的目录，可能没有下载完"))?;
        if archive.len() > MOST_PARTS {
            return Err(ImportError::TooMuch {
                what: "压缩包里的部件", max: format!("{MOST_PARTS}个")
            });
        }
        if archive.has_duplicate_names() {
            return Err(broken("压缩包里有两个同名的部件"));
        }
        let mut parts = BTreeMap::new();
        for index in 0..archive.len() {
            let name = archive.name_for_index(index).and_then(Result::ok);
            let Some(name) = name else { return Err(broken("压缩包里有读不出名称的部件")) };
            let key = key(&name);
            if key.split('/').any(|step| step == "..") {
                return Err(broken(&format!("部件“{name}”的名称指到了压缩包外面")));
            }
            if !key.ends_with('/') && parts.insert(key, index).is_some() {
                return Err(broken(&format!("压缩包里有两个“{name}”")));
            }
        }
        Ok(Self { archive, parts, format, left: limits.unpacked, limits: *limits })
    }

    /// Whether there is such a part.
    pub(super) fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&key(name))
    }

    /// The text of a part; none if there is no such part.
    ///
    /// # Errors
    /// If it is damaged, encrypted, no text, or more than may be unpacked.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, ImportError> {
        let mut bytes = Vec::new();
        if !self.unpack(name, &mut bytes)? {
            return Ok(None);
        }
        match decoded(bytes) {
            Some(text) => Ok(Some(text)),
            None => Err(broken(self.format, &format!("部件“{name}”里的文字编码有错"))),
        }
    }

    /// A reader over the text of a part.
    pub(super) fn xml<'t>(&self, name: &'t str, text: &'t str) -> Xml<'t> {
        Xml::new(name, text, self.format, self.limits.depth)
    }

    /// What a part is related to; the empty name stands for the container itself.
    ///
    /// # Errors
    /// As [`Package::part`].
    pub(super) fn relations(&mut self, of: &str) -> Result<Vec<Relation>, ImportError> {
        let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
        let name = if folder.is_empty() {
            format!("_rels/{file}.rels")
        } else {
            format!("{folder}/_rels/{file}.rels")
        };
        let Some(text) = self.part(&name)? else { return Ok(Vec::new()) };
        let mut xml = self.xml(&name, &text);
        let mut relations = Vec::new();
        loop {
            match xml.next()? {
                Node::Open(element) if element.local() == "Relationship" => {
                    let inside = element.attribute("TargetMode").is_none_or(|mode| mode != "External");
                    if let (Some(kind), Some(target), true) =
                        (element.attribute("Type"), element.attribute("Target"), inside)
                    {
                        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                        let id = element.attribute("Id").unwrap_or_default();
                        relations.push(Relation { id, kind, target: resolved(folder, &target) });
                        if relations.len() > MOST_RELATIONS {
                            let max = format!("{MOST_RELATIONS}处");
                            return Err(ImportError::TooMuch { what: "部件之间的关系", max });
                        }
                    }
                }
                Node::End => return Ok(relations),
                Node::Open(_) | Node::Close | Node::Text(_) => {}
            }
        }
    }

    /// The properties of the file that gouji wrote, by their names.
    ///
    /// # Errors
    /// As [`Package::part`].
    pub(super) fn own_properties(&mut self) -> Result<BTreeMap<String, String>, ImportError> {
        let mut properties = BTreeMap::new();
        let root = self.relations("")?;
        let found = root.iter().find(|relation| relation.kind == "custom-properties");
        let name = found.map_or("docProps/custom.xml", |relation| &relation.target);
        let Some(text) = self.part(name)? else { return Ok(properties) };
        let mut xml = self.xml(name, &text);
        loop {
            match xml.next()? {
                Node::Open(element) if element.local() == "property" => {
                    let name = element.attribute("name").unwrap_or_default();
                    let value = xml.text()?;
                    if name.starts_with(OWN_PROPERTIES) {
                        properties.insert(name, value);
                        if properties.len() > MOST_PARTS {
                            let max = format!("{MOST_PARTS}项");
                            return Err(ImportError::TooMuch { what: "文件属性", max });
                        }
                    }
                }
                Node::End => return Ok(properties),
                Node::Open(_) | Node::Close | Node::Text(_) => {}
            }
        }
    }

    /// Unpacks a part; whether there is one.
    fn unpack(&mut self, name: &str, into: &mut impl Write) -> Result<bool, ImportError> {
        let Some(&index) = self.parts.get(&key(name)) else { return Ok(false) };
        let format = self.format;
        let broken = |what: &str| broken(format, &format!("部件“{name}”{what}"));
        let file = self.archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ImportError::Protected,
            ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
                broken("的压缩方式不认识")
            }
            _ => broken("在压缩包里的位置有错"),
        })?;
        let unpacked = std::io::copy(&mut file.take(self.left.saturating_add(1)), into)
            .map_err(|_| broken("解不开，内容已损坏"))?;
        let Some(left) = self.left.checked_sub(unpacked) else {
            let max = intake::size(self.limits.unpacked);
            return Err(ImportError::TooMuch { what: "解开后的内容", max });
        };
        self.left = left;
        Ok(true)
    }
}

/// Packs parts in the given order. The same parts give the same bytes, whenever and wherever.
///
/// # Errors
/// If they do not fit into a container.
pub(super) fn pack(format: Format, parts: &[(&str, &str)]) -> Result<Vec<u8>, ExportError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
        .system(System::Unix);
    let packed = || -> Result<Vec<u8>, ZipError> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            writer.start_file(*name, options)?;
            writer.write_all(text.as_bytes())?;
        }
        Ok(writer.finish()?.into_inner())
    };
    packed().map_err(|_| ExportError::Failed { format, cause: "内容装不进压缩包".to_owned() })
}

/// An error about the file as a whole; `cause` names the part.
pub(super) fn broken(format: Format, cause: &str) -> ImportError {
    ImportError::Broken { format, at: At::Unknown, cause: cause.to_owned() }
}

/// Refuses what is not a zip container but known: the binary files of old, and what passwords make of new ones.
fn refuse_old(bytes: &[u8]) -> Result<(), ImportError> {
    if bytes.starts_with(b"{\\rtf") {
        let how = "请用 Word 或 WPS 打开它，另存为 docx 再导入".to_owned();
        return Err(ImportError::Unsupported { what: "RTF 文档".to_owned(), how });
    }
    if !bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return Ok(());
    }
    // The streams of a compound file are named in UTF-16.
    let names = |word: &str| {
        let wanted: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wanted.len()).any(|window| window == wanted)
    };
    if names("EncryptedPackage") {
        return Err(ImportError::Protected);
    }
    let (what, program, kind) = if names("Workbook") {
        ("旧式 Excel 表格（.xls）", "Excel", "xlsx")
    } else {
        ("旧式 Word 文档（.doc、.wps）", "Word", "docx")
    };
    let how = format!("请用 {program} 或 WPS 打开它，另存为 {kind} 再导入");
    Err(ImportError::Unsupported { what: what.to_owned(), how })
}

/// The name of a part as it is compared.
fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// The name of a part that another part in a folder refers to.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut steps: Vec<&str> = Vec::new();
    let from = if target.starts_with('/') { "" } else { folder };
    for step in from.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            _ => steps.push(step),
        }
    }
    steps.join("/")
}

/// XML is UTF-8, or UTF-16 that says so with its first character.
fn decoded(bytes: Vec<u8>) -> Option<String> {
    let encoding = match bytes.get(..2) {
        Some([0xFE, 0xFF] | [0, b'<']) => encoding_rs::UTF_16BE,
        Some([0xFF, 0xFE] | [b'<', 0]) => encoding_rs::UTF_16LE,
        _ => {
            let text = String::from_utf8(bytes).ok()?;
            return Some(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text));
        }
    };
    let (text, wrong) = encoding.decode_with_bom_removal(&bytes);
    (!wrong).then(|| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_from_their_folder() {
        assert_eq!(resolved("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl/a", "..\\b.xml"), "xl/b.xml");
        assert_eq!(resolved("", "../../b.xml"), "b.xml");
    }
}
