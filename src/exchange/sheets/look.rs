//! How the prose of a written workbook looks, and what each look means when the workbook comes back.
//!
//! A cell has no style "heading"; the font is the only thing that every program keeps when it saves the file
//! again. So each kind of paragraph has a font of its own, and the font is read back as the kind.

use crate::exchange::document::Style;

/// The font of a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Font {
    pub(super) name: String,
    /// In points.
    pub(super) size: f64,
    pub(super) bold: bool,
    pub(super) italic: bool,
}

/// What a paragraph of a written workbook is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// A heading of this level.
    Heading(u8),
    /// A paragraph that is there for this.
    Paragraph(Style),
}

/// Headings deeper than this look all the same.
const DEEPEST: u8 = 6;

impl Look {
    /// Every look there is.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        let styles = [Style::Body, Style::Caption, Style::SignOff, Style::Placeholder, Style::Banner];
        (0..=DEEPEST).map(Self::Heading).chain(styles.into_iter().map(Self::Paragraph))
    }

    /// The font that shows it; no two looks have the same.
    pub(super) fn font(self) -> Font {
        let (name, size, bold, italic) = match self {
            Self::Heading(0) => ("宋体", 20.0, true, false),
            Self::Heading(1) => ("黑体", 14.0, false, false),
            Self::Heading(level) => ("楷体", 15.0 - f64::from(level.min(DEEPEST)), true, false),
            Self::Paragraph(Style::Body) => ("宋体", 12.0, false, false),
            Self::Paragraph(Style::Caption) => ("宋体", 12.0, true, false),
            Self::Paragraph(Style::SignOff) => ("仿宋", 12.0, false, false),
            Self::Paragraph(Style::Placeholder) => ("楷体", 12.0, false, true),
            Self::Paragraph(Style::Banner) => ("黑体", 12.0, true, false),
        };
        Font { name: name.to_owned(), size, bold, italic }
    }

    /// What a font shows.
    pub(super) fn of(font: &Font) -> Option<Self> {
        Self::all().find(|look| look.font() == *font)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_look_has_a_font_of_its_own() {
        for look in Look::all() {
            assert_eq!(Look::of(&look.font()), Some(look));
        }
        assert_eq!(Look::of(&Font { name: "等线".into(), size: 11.0, bold: false, italic: false }), None);
    }
}
