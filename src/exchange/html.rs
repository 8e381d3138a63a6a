//! Web pages: as portals publish them, as Word and WPS save them, and as gouji writes them.

mod read;
mod write;

pub(in crate::exchange) use read::decode::decode;
pub use read::read;
pub(in crate::exchange) use read::{cell, fragment};
pub use write::write;

use super::document::Style;

/// The class of a paragraph that is more than running text. Portals keep classes where they strip style sheets.
fn class_of(style: Style) -> Option<&'static str> {
    match style {
        Style::Body => None,
        Style::Caption => Some("gouji-caption"),
        Style::SignOff => Some("gouji-signoff"),
        Style::Placeholder => Some("gouji-placeholder"),
        Style::Banner => Some("gouji-banner"),
    }
}

/// The style that a list of classes asks for.
fn style_of(classes: &str) -> Option<Style> {
    [Style::Caption, Style::SignOff, Style::Placeholder, Style::Banner].into_iter().find(|style| {
        class_of(*style).is_some_and(|class| classes.split_ascii_whitespace().any(|c| c == class))
    })
}

/// The class of a paragraph without words that is meant to stand; others are only there for the looks of a page.
const EMPTY_CLASS: &str = "gouji-empty";

/// The class of a table that holds data whatever it looks like.
const TABLE_CLASS: &str = "gouji-table";

/// The attribute of a cell whose figure was computed and not entered.
const COMPUTED: &str = "data-computed";

/// What the names of `<meta>` begin with that carry properties of the document.
const PROPERTY: &str = "gouji.";

#[cfg(test)]
mod tests;
