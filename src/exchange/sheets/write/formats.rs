//! How cells look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::exchange::document::Style;
use crate::exchange::sheets::look::Look;

/// The size of the font in tables, in points.
pub(super) const TABLE_SIZE: f64 = 10.5;

/// What a cell of a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Head,
    /// A label that stands in one row.
    Label,
    /// A label over several rows.
    Group,
    Figure,
    /// A figure with decimals.
    Money,
    /// A figure that the workbook computes.
    Computed,
    /// The row of residuals under a table.
    Check,
}

/// A paragraph of the first sheet.
pub(super) fn paragraph(look: Look) -> Format {
    let font = look.font();
    let mut format = Format::new()
        .set_font_name(&font.name)
        .set_font_size(font.size)
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_align(match look {
            Look::Heading(0) | Look::Paragraph(Style::Banner | Style::Caption) => FormatAlign::Center,
            Look::Paragraph(Style::SignOff) => FormatAlign::Right,
            Look::Heading(_) | Look::Paragraph(_) => FormatAlign::Left,
        });
    if font.bold {
        format = format.set_bold();
    }
    if font.italic {
        format = format.set_italic();
    }
    match look {
        Look::Paragraph(Style::Placeholder) => format.set_font_color(Color::RGB(0x59_5959)),
        Look::Paragraph(Style::Banner) => format.set_font_color(Color::RGB(0xC0_0000)),
        _ => format,
    }
}

/// What the first sheet says in the place of a table.
pub(super) fn pointer() -> Format {
    Format::new()
        .set_font_name("宋体")
        .set_font_size(TABLE_SIZE)
        .set_font_color(Color::RGB(0x1F_4E79))
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
}

/// A cell of a table.
pub(super) fn cell(role: Role) -> Format {
    let format = Format::new()
        .set_font_name("宋体")
        .set_font_size(TABLE_SIZE)
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin);
    match role {
        Role::Head => format.set_align(FormatAlign::Center).set_bold(),
        Role::Label => format.set_align(FormatAlign::Left),
        Role::Group | Role::Money => format.set_align(FormatAlign::Center),
        Role::Figure => format.set_align(FormatAlign::Center).set_num_format("0"),
        Role::Computed => format.set_align(FormatAlign::Center).set_background_color(Color::RGB(0xF2_F2F2)),
        Role::Check => format.set_align(FormatAlign::Center).set_border(FormatBorder::Dashed).set_italic(),
    }
}

/// What does not agree. Bold and framed as well as red, so that it shows in print without colours.
pub(super) fn wrong() -> Format {
    Format::new()
        .set_font_color(Color::RGB(0xC0_0000))
        .set_background_color(Color::RGB(0xFF_C7CE))
        .set_bold()
        .set_border(FormatBorder::Thin)
}
