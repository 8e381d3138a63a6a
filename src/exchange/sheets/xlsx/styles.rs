//! What the number formats and fonts of a workbook say of its cells.

use std::collections::HashMap;

use crate::exchange::ImportError;
use crate::exchange::sheets::book::{MOST_STYLES, Source, within};
use crate::exchange::sheets::look::{Font, Look};
use crate::exchange::sheets::number::Kind;
use crate::exchange::sheets::xml::{self, Piece, Xml};

/// What one of them says.
#[derive(Debug, Clone, Copy, Default)]
struct Format {
    kind: Kind,
    look: Option<Look>,
    /// Whether the words are crossed out.
    struck: bool,
}

/// The styles that cells name by their index.
#[derive(Debug, Default)]
pub(super) struct Styles {
    formats: Vec<Format>,
}

impl Styles {
    pub(super) fn read(text: &str, source: &Source) -> Result<Self, ImportError> {
        let mut codes: HashMap<u16, Kind> = HashMap::new();
        let mut fonts: Vec<(Font, bool)> = Vec::new();
        let mut formats = Vec::new();
        let mut xml = Xml::new(text);
        // The same element names stand in several lists; only the list tells what they mean.
        let mut list = String::new();
        while let Some(piece) = xml.next(source)? {
            let start = match piece {
                Piece::Start(start) => start,
                Piece::End(name) if name == list => {
                    list.clear();
                    continue;
                }
                Piece::End(_) | Piece::Text(_) => continue,
            };
            match (list.as_str(), start.local_name().as_ref()) {
                (_, name @ ("numFmts" | "fonts" | "cellXfs" | "dxfs" | "cellStyleXfs")) => {
                    name.clone_into(&mut list);
                }
                ("numFmts", "numFmt") => {
                    if let (Some(id), Some(code)) =
                        (xml::number(&start, "numFmtId"), xml::attribute(&start, "formatCode"))
                    {
                        codes.insert(id, Kind::of_code(&code));
                    }
                }
                ("fonts", "font") => {
                    within(fonts.len() + 1, MOST_STYLES, "字体", "种")?;
                    let font = Font { name: String::new(), size: 0.0, bold: false, italic: false };
                    fonts.push((font, false));
                }
                ("fonts", name) => {
                    if let Some((font, struck)) = fonts.last_mut() {
                        let on = xml::is_on(&start);
                        match name {
                            "strike" => *struck = on,
                            "name" => font.name = xml::attribute(&start, "val").unwrap_or_default(),
                            "sz" => font.size = xml::number(&start, "val").unwrap_or_default(),
                            "b" => font.bold = on,
                            "i" => font.italic = on,
                            _ => {}
                        }
                    }
                }
                ("cellXfs", "xf") => {
                    within(formats.len() + 1, MOST_STYLES, "单元格格式", "种")?;
                    let id = xml::number(&start, "numFmtId").unwrap_or(0);
                    let kind = codes.get(&id).copied().unwrap_or_else(|| Kind::builtin(id));
                    let font = fonts.get(xml::number::<usize>(&start, "fontId").unwrap_or(usize::MAX));
                    formats.push(Format {
                        kind,
                        look: font.and_then(|(font, _)| Look::of(font)),
                        struck: font.is_some_and(|(_, struck)| *struck),
                    });
                }
                _ => {}
            }
        }
        Ok(Self { formats })
    }

    pub(super) fn kind(&self, style: usize) -> Kind {
        self.formats.get(style).map_or(Kind::Plain, |format| format.kind)
    }

    pub(super) fn look(&self, style: usize) -> Option<Look> {
        self.formats.get(style)?.look
    }

    pub(super) fn is_struck(&self, style: usize) -> bool {
        self.formats.get(style).is_some_and(|format| format.struck)
    }
}
