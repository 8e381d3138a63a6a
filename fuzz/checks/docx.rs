//! Bytes as a Word file: the text of its parts, or the container itself.

use gouji::exchange::{Format, sniff};

use super::{container, import};

macro_rules! root {
    ($name:literal, $($inside:literal)?) => {
        concat!(
            "<w:", $name, r#" xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#,
            r#" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006""#,
            r#" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:a="urn:a""#,
            r#" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">"#,
            $("<w:", $inside, ">",)? "|", $("</w:", $inside, ">",)? "</w:", $name, ">"
        )
    };
}

/// The parts of an input, in this order.
const PARTS: [(&str, &str); 7] = [
    ("word/document.xml", root!("document", "body")),
    ("word/numbering.xml", root!("numbering",)),
    ("word/styles.xml", root!("styles",)),
    ("word/footnotes.xml", root!("footnotes",)),
    ("word/comments.xml", root!("comments",)),
    ("docProps/custom.xml", "<Properties>|</Properties>"),
    ("_rels/.rels", "<Relationships>|</Relationships>"),
];

const RELATIONS: &str = concat!(
    r#"<Relationships><Relationship Type="x/numbering" Target="numbering.xml"/>"#,
    r#"<Relationship Type="x/styles" Target="styles.xml"/><Relationship Type="x/footnotes" Target="footnotes.xml"/>"#,
    r#"<Relationship Type="x/comments" Target="comments.xml"/></Relationships>"#
);

/// The laws of [`import`] hold; and a container with the parts of Word is known for what it is.
pub fn check(bytes: &[u8]) {
    if container::is_whole(bytes) {
        if let Err(error) = sniff::sniff(bytes, None) {
            import::assert_told(&error);
        }
        return import::check(bytes, Format::Docx);
    }
    let mut parts = container::parts(bytes, &PARTS);
    parts.push(("word/_rels/document.xml.rels", RELATIONS.as_bytes().to_vec()));
    let file = container::packed(&parts);
    assert_eq!(sniff::sniff(&file, None).ok(), Some(Format::Docx));
    import::check(&file, Format::Docx);
}
