//! Writes a page in one file that a portal's editor can take over: no scripts, nothing from elsewhere, and the looks of
//! every element on the element itself, since editors strip style sheets.

mod escape;
mod table;

use super::{EMPTY_CLASS, PROPERTY, class_of};
use crate::assets;
use crate::exchange::document::Style;
use crate::exchange::{Block, Document, ExportError};
use escape::{attribute, plain, text};

const PAGE: &str = "font-family:FangSong,仿宋,仿宋_GB2312,STFangsong,'Noto Serif CJK SC',serif;font-size:16px;\
    line-height:1.8;color:#111";
const HEADING_FONT: &str = "font-family:SimHei,黑体,'Noto Sans CJK SC',sans-serif";
const TITLE: &str = "text-align:center;font-size:26px;line-height:1.4;margin:1em 0;\
    font-family:方正小标宋简体,SimSun,宋体,'Noto Serif CJK SC',serif";

/// Writes a document as a web page. The same document gives the same bytes.
///
/// # Errors
/// None so far; other formats have some.
pub fn write(document: &Document) -> Result<Vec<u8>, ExportError> {
    let mut page = String::from("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.push_str("<title>");
    plain(&mut page, title(document));
    page.push_str("</title>\n");
    for (name, value) in document.properties.iter().filter(|(name, _)| name.starts_with(PROPERTY)) {
        page.push_str("<meta");
        attribute(&mut page, "name", name);
        attribute(&mut page, "content", value);
        page.push_str(">\n");
    }
    page.push_str("<style>\n");
    page.push_str(assets::PAGE_STYLE);
    page.push_str("</style>\n</head>\n<body>\n");
    open(&mut page, "article", Some("gouji-report"), PAGE);
    page.push('\n');
    body(&mut page, &document.blocks);
    page.push_str("</article>\n</body>\n</html>\n");
    Ok(page.into_bytes())
}

fn body(page: &mut String, blocks: &[Block]) {
    let (mut heading, mut tables) = ("", 0);
    let mut blocks = blocks.iter().peekable();
    while let Some(block) = blocks.next() {
        match block {
            Block::Heading { level, text: words, .. } => {
                write_heading(page, *level, words);
                heading = words;
            }
            Block::Paragraph { text: caption, style: Style::Caption, .. }
                if matches!(blocks.peek(), Some(Block::Table(_))) =>
            {
                if let Some(Block::Table(inner)) = blocks.next() {
                    tables += 1;
                    table::write(page, inner, tables, Some(caption), heading);
                }
            }
            Block::Paragraph { text: words, style: Style::Body, .. } if words.is_empty() => {
                open(page, "p", Some(EMPTY_CLASS), looks(Style::Body));
                page.push_str("<br></p>\n");
            }
            Block::Paragraph { text: words, style, .. } => {
                open(page, "p", class_of(*style), looks(*style));
                text(page, words);
                page.push_str("</p>\n");
            }
            Block::Table(inner) => {
                tables += 1;
                table::write(page, inner, tables, None, heading);
            }
        }
    }
}

fn write_heading(page: &mut String, level: u8, words: &str) {
    let (name, size) = match level {
        0 => ("h1", ""),
        1 => ("h2", "font-size:20px;margin:1.4em 0 0.6em"),
        2 => ("h3", "font-size:17px;margin:1.1em 0 0.5em"),
        3 => ("h4", "font-size:16px;margin:1em 0 0.4em"),
        4 => ("h5", "font-size:16px;margin:1em 0 0.4em"),
        _ => ("h6", "font-size:16px;margin:1em 0 0.4em"),
    };
    let looks = if level == 0 { TITLE.to_owned() } else { format!("{size};line-height:1.5;{HEADING_FONT}") };
    open(page, name, None, &looks);
    text(page, words);
    page.push_str("</");
    page.push_str(name);
    page.push_str(">\n");
}

/// Begins an element.
fn open(page: &mut String, name: &str, class: Option<&str>, style: &str) {
    page.push('<');
    page.push_str(name);
    if let Some(class) = class {
        attribute(page, "class", class);
    }
    attribute(page, "style", style);
    page.push('>');
}

fn looks(style: Style) -> &'static str {
    match style {
        Style::Body => "margin:0.4em 0;text-indent:2em;text-align:justify",
        Style::Caption => "margin:1em 0 0.4em;text-align:center;font-weight:bold",
        Style::SignOff => "margin:0.4em 2em 0.4em 0;text-align:right",
        Style::Placeholder => "margin:0.4em 0;text-indent:2em;color:#595959;font-style:italic",
        Style::Banner => {
            "margin:0 0 1em;padding:0.4em;border:2px solid #b00020;color:#b00020;text-align:center;font-weight:bold"
        }
    }
}

/// What the page is called: its highest heading.
fn title(document: &Document) -> &str {
    let headings = document.blocks.iter().filter_map(|block| match block {
        Block::Heading { level, text, .. } => Some((*level, text.as_str())),
        _ => None,
    });
    headings.min_by_key(|(level, _)| *level).map_or("政府信息公开工作年度报告", |(_, text)| text)
}
