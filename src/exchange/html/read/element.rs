//! What an element does to the text in it.

use super::styles::{Styles, declared};
use super::tree::{Element, Id, Step, Tree};
use crate::model::visible::{excerpt, visible};

/// What an element does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Nothing: it stands inside a line.
    Inline,
    /// Its text stands in lines of its own.
    Block,
    /// The same, with white space as it is.
    Preserved,
    /// A heading; 0 is the highest.
    Heading(u8),
    /// A table.
    Table,
    /// The words over a table.
    Caption,
    /// A group of rows.
    Group,
    /// A row.
    Row,
    /// A cell.
    Cell,
    /// A new line.
    Break,
    /// A field with a value.
    Field,
    /// A part that was never meant to be read.
    Silent,
    /// Something that a document has no place for.
    Other(&'static str),
}

/// What the element does.
pub(super) fn role(element: &Element) -> Role {
    match element.name() {
        "h1" => Role::Heading(0),
        "h2" => Role::Heading(1),
        "h3" => Role::Heading(2),
        "h4" => Role::Heading(3),
        "h5" => Role::Heading(4),
        "h6" => Role::Heading(5),
        "table" => Role::Table,
        "caption" => Role::Caption,
        "thead" | "tbody" | "tfoot" => Role::Group,
        "tr" => Role::Row,
        "td" | "th" => Role::Cell,
        "br" => Role::Break,
        "pre" | "textarea" | "xmp" | "listing" | "plaintext" => Role::Preserved,
        "input" => match element.attribute("type").map(str::to_ascii_lowercase).as_deref() {
            None | Some("" | "text" | "number" | "tel" | "date" | "search") => Role::Field,
            _ => Role::Silent,
        },
        "option" if element.attribute("selected").is_none() => Role::Silent,
        "head" | "script" | "style" | "template" | "noscript" | "xml" | "title" | "meta" | "link"
        | "base" | "datalist" | "param" | "col" | "colgroup" | "noframes" | "noembed" | "rp" => Role::Silent,
        "img" | "image" | "picture" | "svg" | "canvas" => Role::Other("图片"),
        "iframe" | "object" | "embed" | "applet" | "frame" => Role::Other("嵌入的内容"),
        "audio" | "video" => Role::Other("音频或视频"),
        "address" | "article" | "aside" | "blockquote" | "body" | "center" | "dd" | "details" | "dialog"
        | "dir" | "div" | "dl" | "dt" | "fieldset" | "figcaption" | "figure" | "footer" | "form"
        | "header" | "hgroup" | "hr" | "html" | "legend" | "li" | "main" | "menu" | "nav" | "ol"
        | "optgroup" | "option" | "p" | "search" | "section" | "summary" | "ul" => Role::Block,
        _ => Role::Inline,
    }
}

/// Why a reader of the page does not see what is in the element, or sees it crossed out.
pub(super) fn unseen(tree: &Tree, id: Id, styles: &Styles) -> Option<&'static str> {
    let element = tree.element(id)?;
    match element.name() {
        "del" | "s" | "strike" => return Some("已划去的文字"),
        "rt" => return Some("注音"),
        _ => {}
    }
    let style = styled(element);
    if style.contains("line-through") {
        return Some("已划去的文字");
    }
    let hidden = element.attribute("hidden").is_some()
        || styles.hide(element, declared(&style))
        || (has_no_size(&style) && !is_sized_inside(tree, id));
    hidden.then_some("隐藏的文字")
}

/// Whether what is in the element stands small and high in its line.
pub(super) fn is_raised(element: &Element) -> bool {
    element.name() == "sup"
        || element.attribute("style").is_some_and(|_| styled(element).contains("vertical-align:super"))
}

/// The option that a list shows although none is chosen: the first one.
pub(super) fn shown_option(tree: &Tree, list: Id) -> Option<Id> {
    if tree.element(list)?.attribute("multiple").is_some() {
        return None;
    }
    let mut shown = None;
    for step in tree.walk_from(list) {
        let Step::Enter(id) = step else { continue };
        let Some(option) = tree.element(id).filter(|element| element.name() == "option") else { continue };
        if option.attribute("selected").is_some() {
            return None;
        }
        if option.attribute("disabled").is_none() {
            shown = shown.or(Some(id));
        }
    }
    shown
}

/// Whether a style makes characters as small as nothing.
fn has_no_size(style: &str) -> bool {
    style.split(';').any(|rule| rule.strip_prefix("font-size:").is_some_and(is_nothing))
}

fn is_nothing(size: &str) -> bool {
    let number = size.trim_end_matches(|c: char| c.is_ascii_alphabetic() || matches!(c, '%' | '!'));
    number.parse() == Ok(0.0)
}

/// Whether anything inside has a size of its own. Pages take the size away from around what they place side by side.
/// What holds very much is taken to be shown.
fn is_sized_inside(tree: &Tree, id: Id) -> bool {
    const MUCH: usize = 2000;
    for (count, step) in tree.walk_from(id).enumerate() {
        let inside = match step {
            Step::Enter(inner) if inner != id => tree.element(inner),
            _ => None,
        };
        let style = inside.map(styled).unwrap_or_default();
        let is_sized = (style.contains("font-size:") || style.contains("font:")) && !has_no_size(&style);
        if is_sized || count > MUCH {
            return true;
        }
    }
    false
}

/// The rules of style that the element has itself, in small letters and without blanks.
pub(super) fn styled(element: &Element) -> String {
    let mut style = element.attribute("style").map(str::to_ascii_lowercase).unwrap_or_default();
    style.retain(|c| !c.is_whitespace());
    style
}

/// How the words inside an element begin; empty if there are none.
pub(super) fn words_in(tree: &Tree, id: Id) -> String {
    const ENOUGH: usize = 20;
    let mut words = String::new();
    let mut walk = tree.walk_from(id);
    while let Some(step) = walk.next() {
        let Step::Enter(inner) = step else { continue };
        if let Some(text) = tree.text(inner) {
            words.extend(text.chars().filter(|c| !c.is_whitespace()).take(ENOUGH + 1));
        } else if tree.element(inner).is_some_and(|element| role(element) == Role::Silent) {
            walk.pass_over(inner);
        }
        if words.chars().nth(ENOUGH).is_some() {
            break;
        }
    }
    visible(&excerpt(&words, ENOUGH)).into_owned()
}
