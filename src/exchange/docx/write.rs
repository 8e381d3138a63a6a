//! Writes Word files laid out as a 公文. The same document gives the same bytes.

mod table;
mod widths;

use std::fmt::Write as _;

use crate::assets::docx as fixed;
use crate::exchange::document::{Block, Document, Style};
use crate::exchange::error::ExportError;
use crate::exchange::format::Format;
use crate::exchange::ooxml::{attribute, clean, escape, pack};

/// What a part begins with.
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The vocabulary of text.
const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

/// The end of the text: page numbers, headers, and the page: A4 with a text area of 156 by 225 mm. All lengths are in
/// twentieths of a point.
const SECTION: &str = "<w:sectPr>\
    <w:headerReference w:type=\"default\" r:id=\"rId6\"/><w:headerReference w:type=\"even\" r:id=\"rId7\"/>\
    <w:footerReference w:type=\"default\" r:id=\"rId4\"/><w:footerReference w:type=\"even\" r:id=\"rId5\"/>\
    <w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
    <w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1588\" w:header=\"1134\" w:footer=\"1417\" \
    w:gutter=\"0\"/></w:sectPr>";

/// A file that says when it was made would be another one each time.
const MADE: &str = "2000-01-01T00:00:00Z";

/// Characters of a paragraph that takes more than a few lines.
const LONG: usize = 112;
/// Characters of a title that fit on one line.
const TITLE_LINE: usize = 20;

/// Writes a Word file.
///
/// # Errors
/// If the document is too large for a packed file.
pub fn write(document: &Document) -> Result<Vec<u8>, ExportError> {
    let banner = document.blocks.iter().find_map(|block| match block {
        Block::Paragraph { text, style: Style::Banner, .. } => Some(text.as_str()),
        _ => None,
    });
    let header = header(banner.unwrap_or_default());
    let (body, core, custom) = (body(document), core(document), custom(document));
    let parts = [
        ("[Content_Types].xml", fixed::CONTENT_TYPES),
        ("_rels/.rels", fixed::PACKAGE_RELATIONS),
        ("docProps/app.xml", fixed::APP),
        ("docProps/core.xml", &core),
        ("docProps/custom.xml", &custom),
        ("word/document.xml", &body),
        ("word/_rels/document.xml.rels", fixed::DOCUMENT_RELATIONS),
        ("word/styles.xml", fixed::STYLES),
        ("word/settings.xml", fixed::SETTINGS),
        ("word/fontTable.xml", fixed::FONTS),
        ("word/header1.xml", &header),
        ("word/header2.xml", &header),
        ("word/footer1.xml", fixed::FOOTER_ODD),
        ("word/footer2.xml", fixed::FOOTER_EVEN),
    ];
    pack(Format::Docx, &parts)
}

/// The main part.
pub(super) fn body(document: &Document) -> String {
    let mut xml = format!(
        "{DECLARATION}<w:document {WORD} \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>\n"
    );
    for (at, block) in document.blocks.iter().enumerate() {
        let signed =
            matches!(document.blocks.get(at + 1), Some(Block::Paragraph { style: Style::SignOff, .. }));
        match block {
            Block::Heading { level, text, .. } => {
                let style = match level {
                    0 => "Title".to_owned(),
                    level => format!("Heading{}", level.min(&9)),
                };
                let text = text.replace(['\n', '\r'], " ");
                let text = if *level == 0 { title_lines(&text) } else { text };
                paragraph(&mut xml, &style, "", &text, false);
            }
            Block::Paragraph { text, style, .. } => {
                let style = match style {
                    Style::Body => "BodyText",
                    Style::Caption => "Caption",
                    Style::SignOff => "SignOff",
                    Style::Placeholder => "Placeholder",
                    Style::Banner => "Banner",
                };
                // Unit and date do not stand alone on a page, unless a long paragraph would have to move with them.
                let keep = if signed && text.chars().count() < LONG { "<w:keepNext/>" } else { "" };
                paragraph(&mut xml, style, keep, text, false);
            }
            Block::Table(table) => {
                table::write(&mut xml, table);
                // Two tables that touch would become one.
                paragraph(&mut xml, "TableGap", "", "", false);
            }
        }
    }
    xml.push_str(SECTION);
    xml.push_str("</w:body></w:document>\n");
    xml
}

/// A title that is longer than a line begins its second line with the year, so that no word is torn apart.
fn title_lines(title: &str) -> String {
    if title.chars().count() <= TITLE_LINE {
        return title.to_owned();
    }
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count() == 4;
    let is_year = |(at, before): &(usize, char)| {
        let rest = title.get(at + before.len_utf8()..).unwrap_or_default();
        // Between letters or digits the break would come back as a blank.
        !before.is_ascii_alphanumeric() && digits(rest) && rest.chars().nth(4) == Some('年')
    };
    match title.char_indices().rfind(is_year) {
        Some((at, before)) => {
            let (unit, rest) = title.split_at(at + before.len_utf8());
            format!("{unit}\n{rest}")
        }
        None => title.to_owned(),
    }
}

/// One paragraph, with properties that go beyond its style.
fn paragraph(xml: &mut String, style: &str, properties: &str, text: &str, computed: bool) {
    let mark = if computed { "<w:rPr><w:rStyle w:val=\"Computed\"/></w:rPr>" } else { "" };
    let _ = write!(xml, "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{properties}{mark}</w:pPr>");
    let text = clean(text);
    if !text.is_empty() {
        let mark = if computed { "<w:rStyle w:val=\"Computed\"/>" } else { "" };
        // Without the hint, Word sets “ ” … — in the font of Latin letters.
        let _ = write!(xml, "<w:r><w:rPr>{mark}<w:rFonts w:hint=\"eastAsia\"/></w:rPr>");
        let mut rest = &*text;
        while !rest.is_empty() {
            let end = rest.find(['\n', '\t']).unwrap_or(rest.len());
            let (words, more) = rest.split_at(end);
            if !words.is_empty() {
                let _ = write!(xml, "<w:t xml:space=\"preserve\">{}</w:t>", escape(words));
            }
            rest = match (more.strip_prefix('\n'), more.strip_prefix('\t')) {
                (Some(more), _) => {
                    xml.push_str("<w:br/>");
                    more
                }
                (None, Some(more)) => {
                    xml.push_str("<w:tab/>");
                    more
                }
                (None, None) => "",
            };
        }
        xml.push_str("</w:r>");
    }
    xml.push_str("</w:p>\n");
}

/// The top of every page repeats what must not be overlooked.
fn header(banner: &str) -> String {
    let mut xml = format!("{DECLARATION}<w:hdr {WORD}>");
    paragraph(&mut xml, if banner.is_empty() { "Header" } else { "Banner" }, "", banner, false);
    xml.push_str("</w:hdr>\n");
    xml
}

/// The properties that every office file has.
fn core(document: &Document) -> String {
    let title = document.blocks.iter().find_map(|block| match block {
        Block::Heading { level: 0, text, .. } => Some(escape(text)),
        _ => None,
    });
    format!(
        "{DECLARATION}<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{MADE}</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{MADE}</dcterms:modified></cp:coreProperties>\n",
        title.unwrap_or_default(),
    )
}

/// What gouji itself wants to know when it reads the file again.
fn custom(document: &Document) -> String {
    let mut xml = format!(
        "{DECLARATION}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" \
         xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">"
    );
    // The standard gives out numbers from 2 on.
    for (number, (name, value)) in (2..).zip(&document.properties) {
        let _ = write!(
            xml,
            "<property fmtid=\"{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}\" pid=\"{number}\" name=\"{}\">\
             <vt:lpwstr>{}</vt:lpwstr></property>",
            attribute(name),
            escape(value),
        );
    }
    xml.push_str("</Properties>\n");
    xml
}
