//! Words above and below the printed page (页眉、页脚). They belong to no cell, so that they can only be told.

use super::book::{Sheet, Source};
use crate::exchange::ImportError;
use crate::model::excerpt;

/// The headers and footers of a sheet, as the file writes them.
#[derive(Default)]
pub(super) struct Margins(Vec<(&'static str, String)>);

/// Odd, even and first pages have a header and a footer each.
const MOST: usize = 6;
/// So much of one is told.
const MOST_WORDS: usize = 60;

impl Margins {
    /// Takes in one of them; `place` is `页眉` or `页脚`.
    pub(super) fn add(&mut self, place: &'static str, code: String) {
        if self.0.len() < MOST {
            self.0.push((place, code));
        }
    }

    /// Tells their words, except for page numbers, for what the sheet says itself, and for what other sheets have
    /// as well.
    ///
    /// # Errors
    /// More text than the bounds allow.
    pub(super) fn tell(self, sheet: &Sheet, source: &mut Source) -> Result<(), ImportError> {
        for (place, code) in self.0 {
            source.raw_text(code.len())?;
            let words = words(&code);
            let known =
                *sheet.name == *words || sheet.cells.values().any(|value| value.text.contains(&words));
            if says_something(&words) && !known && source.margins.insert(words.clone()) {
                source.lose(sheet.at(0, 0), &format!("{place}里的“{}”", excerpt(&words, MOST_WORDS)));
            }
        }
        Ok(())
    }
}

/// The words of a header or footer. What stands behind `&` says how they look, or stands for numbers and names that
/// change: `&P` for the number of the page.
fn words(code: &str) -> String {
    let mut words = String::new();
    let mut rest = code.chars().peekable();
    while let Some(c) = rest.next() {
        if c != '&' {
            words.push(c);
            continue;
        }
        match rest.next() {
            Some('&') => words.push('&'),
            Some('"') => while rest.next().is_some_and(|c| c != '"') {},
            Some('K') => {
                for _ in 0..6 {
                    rest.next_if(|c| c.is_ascii_hexdigit() || matches!(c, '+' | '-'));
                }
            }
            Some('L' | 'C' | 'R') => words.push(' '),
            Some('0'..='9') => while rest.next_if(char::is_ascii_digit).is_some() {},
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether there is more than what stands around the number of a page.
fn says_something(words: &str) -> bool {
    let words = words.to_lowercase().replace("page", "").replace("of", "");
    let around = |c: char| matches!(c, '第' | '页' | '頁' | '共' | '总' | '计') || c.is_ascii_digit();
    words.chars().any(|c| c.is_alphanumeric() && !around(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_are_left_of_a_header() {
        for (code, said) in [
            ("&L&\"宋体,常规\"&9采购金额含上年结转12万元&R&P", "采购金额含上年结转12万元"),
            ("&C&K000000某县 A&&B", "某县 A&B"),
            ("&C第 &P 页，共 &N 页", "第 页，共 页"),
            ("&K01+023内部&", "内部"),
        ] {
            assert_eq!(words(code), said);
        }
        assert!(
            says_something("单位：万元") && !says_something("第 页，共 页") && !says_something("Page of 3")
        );
    }
}
