//! The numbers that a browser puts in front of the items of a list.

use super::element::styled;
use super::tree::{Element, Id};
use crate::exchange::counting::{Way, joined};

/// The lists around what is being read.
#[derive(Debug, Default)]
pub(super) struct Lists {
    open: Vec<List>,
    /// The number of the item that just began; it stands in front of its first words.
    number: Option<String>,
}

#[derive(Debug)]
struct List {
    id: Id,
    /// The count of the next item; none if the items have none.
    next: Option<i64>,
    marker: Marker,
}

/// What stands in front of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marker {
    /// Nothing, or a mark without a meaning.
    None,
    /// A count, and what follows it.
    Count(Way, &'static str),
}

impl Lists {
    /// Enters an element, which may be a list or an item.
    pub(super) fn enter(&mut self, id: Id, element: &Element) {
        match element.name() {
            "ol" => {
                let start = element.attribute("start").and_then(|start| start.trim().parse().ok());
                // The items of a reversed list count down from how many there are.
                let next = element.attribute("reversed").is_none().then(|| start.unwrap_or(1));
                let marker = Marker::said(element).unwrap_or(Marker::Count(Way::Decimal, "."));
                self.open.push(List { id, next, marker });
            }
            "ul" | "menu" | "dir" => {
                let marker = Marker::said(element).unwrap_or(Marker::None);
                self.open.push(List { id, next: Some(1), marker });
            }
            "li" => {
                self.number = None;
                let Some(list) = self.open.last_mut() else { return };
                let own = element.attribute("value").and_then(|value| value.trim().parse().ok());
                let Some(count) = own.or(list.next) else { return };
                list.next = Some(count.saturating_add(1));
                if let Marker::Count(way, behind) = Marker::said(element).unwrap_or(list.marker) {
                    // Browsers count on in digits where a way ends.
                    let count = way.write(count).unwrap_or_else(|| count.to_string());
                    self.number = Some(format!("{count}{behind}"));
                }
            }
            _ => {}
        }
    }

    /// Leaves an element.
    pub(super) fn leave(&mut self, id: Id, element: &Element) {
        if element.name() == "li" {
            self.number = None;
        } else if self.open.last().is_some_and(|list| list.id == id) {
            self.open.pop();
        }
    }

    /// The words, with the number of the item in front if they are its first. Items that are numbered by hand as well
    /// are so because the page hides the numbers, and what only is a figure has none.
    pub(super) fn numbered(&mut self, words: &str) -> Option<String> {
        let begin = words.trim_start();
        if begin.is_empty() {
            return None;
        }
        let number = self.number.take()?;
        let is_figure = begin.chars().all(|c| c.is_numeric() || c.is_whitespace() || ",.，．-/—".contains(c));
        (!is_figure && !is_numbered(begin)).then(|| joined(&number, begin))
    }
}

impl Marker {
    /// The marker that the element asks for itself.
    fn said(element: &Element) -> Option<Self> {
        let style = styled(element);
        let rule = |name: &str| style.split(';').find_map(|rule| rule.strip_prefix(name)?.strip_prefix(':'));
        if let Some(said) = rule("list-style-type").or_else(|| rule("list-style")) {
            return Some(Self::named(said));
        }
        Some(match element.attribute("type")?.trim() {
            "1" => Self::Count(Way::Decimal, "."),
            "a" => Self::Count(Way::LowerLetters, "."),
            "A" => Self::Count(Way::UpperLetters, "."),
            "i" => Self::Count(Way::LowerRoman, "."),
            "I" => Self::Count(Way::UpperRoman, "."),
            _ => Self::None,
        })
    }

    /// A marker by its name in style sheets.
    fn named(name: &str) -> Self {
        let (way, behind) = match name.trim_end_matches("!important") {
            "decimal" => (Way::Decimal, "."),
            "decimal-leading-zero" => (Way::TwoDigits, "."),
            "lower-alpha" | "lower-latin" => (Way::LowerLetters, "."),
            "upper-alpha" | "upper-latin" => (Way::UpperLetters, "."),
            "lower-roman" => (Way::LowerRoman, "."),
            "upper-roman" => (Way::UpperRoman, "."),
            "cjk-ideographic" | "simp-chinese-informal" | "trad-chinese-informal" | "japanese-informal" => {
                (Way::Chinese, "、")
            }
            "cjk-decimal" => (Way::ChineseDigits, "、"),
            "simp-chinese-formal" | "trad-chinese-formal" => (Way::Formal, "、"),
            "cjk-heavenly-stem" => (Way::Stems, "、"),
            "cjk-earthly-branch" => (Way::Branches, "、"),
            _ => return Self::None,
        };
        Self::Count(way, behind)
    }
}

/// Whether a text begins with a number of its own: 「一、」「（一）」「1.」「①」.
fn is_numbered(text: &str) -> bool {
    let is_count = |c: char| c.is_numeric() || "一二三四五六七八九十百零〇壹贰叁肆伍陆柒捌玖拾".contains(c);
    let inner = text.trim_start_matches(['（', '(', '第']);
    let rest = inner.trim_start_matches(is_count);
    let enclosed = inner.starts_with(|c| ('①'..='⒛').contains(&c) || ('㈠'..='㊉').contains(&c));
    // 「1.5万」 is a figure.
    let point = rest.strip_prefix('.').is_some_and(|more| !more.starts_with(|c: char| c.is_ascii_digit()));
    enclosed || rest.len() < inner.len() && (point || rest.starts_with(['、', '．', '）', ')', '条', '章']))
}
