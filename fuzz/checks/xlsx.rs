//! Bytes as a spreadsheet: the text of its parts, or the container itself.

use gouji::exchange::{Format, sniff};

use super::{container, import};

/// How an input begins that is the content of a file of LibreOffice.
const OPEN_DOCUMENT: &[u8] = b"<table:";

/// The parts of an input, in this order.
const PARTS: [(&str, &str); 7] = [
    ("xl/worksheets/sheet1.xml", "<worksheet>|</worksheet>"),
    ("xl/sharedStrings.xml", "<sst>|</sst>"),
    ("xl/styles.xml", "<styleSheet>|</styleSheet>"),
    ("xl/worksheets/sheet2.xml", "<worksheet>|</worksheet>"),
    ("docProps/custom.xml", "<Properties>|</Properties>"),
    ("xl/workbook.xml", "<workbook>|</workbook>"),
    ("xl/comments1.xml", "<comments>|</comments>"),
];

/// The parts of an input that begins as one of LibreOffice.
const OPEN_PARTS: [(&str, &str); 3] = [
    ("content.xml", "<office:document-content>|</office:document-content>"),
    ("meta.xml", "<office:document-meta>|</office:document-meta>"),
    ("META-INF/manifest.xml", "<manifest:manifest>|</manifest:manifest>"),
];

const WORKBOOK: &str = r#"<workbook><sheets><sheet name="表一" r:id="r1"/><sheet name="表二" state="hidden" r:id="r2"/></sheets></workbook>"#;

const RELATIONS: &str = concat!(
    r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>"#,
    r#"<Relationship Id="r2" Type="x/worksheet" Target="worksheets/sheet2.xml"/>"#,
    r#"<Relationship Id="r3" Type="x/sharedStrings" Target="sharedStrings.xml"/>"#,
    r#"<Relationship Id="r4" Type="x/styles" Target="styles.xml"/></Relationships>"#
);

const COMMENTS: &str =
    r#"<Relationships><Relationship Id="r1" Type="x/comments" Target="../comments1.xml"/></Relationships>"#;

/// The laws of [`import`] hold; and a container with the parts of Excel is known for what it is.
pub fn check(bytes: &[u8]) {
    if container::is_whole(bytes) {
        if let Err(error) = sniff::sniff(bytes, None) {
            import::assert_told(&error);
        }
        return import::check(bytes, Format::Xlsx);
    }
    if bytes.starts_with(OPEN_DOCUMENT) {
        let mut parts = vec![("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".to_vec())];
        parts.extend(container::parts(bytes, &OPEN_PARTS));
        let file = container::packed(&parts);
        assert_eq!(sniff::sniff(&file, None).ok(), Some(Format::Ods));
        return import::check(&file, Format::Ods);
    }
    let mut parts = container::parts(bytes, &PARTS);
    if parts.iter().all(|(name, _)| *name != "xl/workbook.xml") {
        parts.push(("xl/workbook.xml", WORKBOOK.as_bytes().to_vec()));
    }
    parts.push(("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes().to_vec()));
    parts.push(("xl/worksheets/_rels/sheet1.xml.rels", COMMENTS.as_bytes().to_vec()));
    let file = container::packed(&parts);
    assert_eq!(sniff::sniff(&file, None).ok(), Some(Format::Xlsx));
    import::check(&file, Format::Xlsx);
}
