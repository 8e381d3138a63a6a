//! What stands in a cell: a number, a number with words around it, a sign for nothing, or something else.

use std::borrow::Cow;

use super::wording::Words;
use crate::form::{NumberKind, Slot};
use crate::model::{Figure, Precision, half_width, number};

/// What the text of a cell amounts to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Content {
    pub(super) figure: Figure,
    /// Words that stood beside the number.
    pub(super) note: Option<String>,
    /// What a person should look at, in Chinese.
    pub(super) doubt: Option<String>,
}

/// Reads a cell for a slot. `in_yuan` says that the head of the column gives 元 where the form has 万元.
pub(super) fn read(text: &str, slot: &Slot, in_yuan: bool) -> Content {
    let text = seen(text);
    let text = text.trim();
    let today = text.replace('減', "减");
    let precision = slot.kind.precision();
    let is_money = slot.kind == NumberKind::Money;
    let figure = Figure::read_printed(&today, precision);
    if figure.is_blank() || (figure.number().is_some() && !(in_yuan && is_money)) {
        return Content { figure, ..Content::default() };
    }
    parted(text, slot, in_yuan && is_money).unwrap_or_else(|| {
        let (kept, doubt) = if figure.number().is_some() {
            // Without its unit it would be taken for 万元 when the draft is opened again.
            let kept = format!("{text}元");
            let doubt =
                format!("“{text}”由元换算后超出本格的位数，已填为“{kept}”；请改为以{}为单位的数", slot.unit);
            (kept, doubt)
        } else {
            let doubt = format!("“{text}”不是本格可用的数字，已照原样填入；请改为数字，没有的填0");
            (text.to_owned(), doubt)
        };
        Content { figure: Figure::Unread(kept), note: None, doubt: Some(doubt) }
    })
}

/// Whether a text says that there is nothing, or nothing to say.
pub(super) fn is_nothing(text: &str) -> bool {
    NOTHING.contains(&text.trim())
}

/// Whether a text stands where figures do: a number, perhaps with a unit or a remark, or a sign for nothing.
pub(super) fn is_value(text: &str) -> bool {
    let text = seen(text);
    let text = text.trim();
    if is_nothing(text) {
        return true;
    }
    if text.len() > 240 {
        return false;
    }
    let (head, rest) = split(text);
    let has_digit = head.contains(|c| half_width(c).is_ascii_digit());
    has_digit
        && (rest.is_empty()
            || begins_remark(rest)
            || UNITS.iter().any(|unit| {
                rest.strip_prefix(unit)
                    .is_some_and(|more| more.trim_start().is_empty() || begins_remark(more.trim_start()))
            }))
}

/// Whether a text is a plain number or a slash or dash, as it may stand at the end of a line of words.
pub(super) fn is_plain_value(text: &str) -> bool {
    let (head, rest) = split(text);
    rest.is_empty() && head.contains(|c| half_width(c).is_ascii_digit())
        || matches!(text, "/" | "／" | "-" | "－" | "—")
}

/// Whether a text is a plain number with a unit behind it.
pub(super) fn is_with_unit(text: &str) -> bool {
    let (head, rest) = split(text);
    head.contains(|c| half_width(c).is_ascii_digit()) && UNITS.contains(&rest)
}

/// Whether a text may stand for a figure in its cell though it can not be read as one: 约12, 十二, 12户, O.
pub(super) fn is_odd(text: &str) -> bool {
    let text = text.trim();
    let letters = |c: char| "〇零一二三四五六七八九十百千万亿余约近oOlI".contains(half_width(c));
    let named = text.contains(['年', '月', '日', '第', '号', '款', '、', '：', ':']);
    !text.is_empty()
        && text.chars().nth(ODD).is_none()
        && !named
        && Words::of(text).number.is_none()
        && (text.contains(|c| half_width(c).is_ascii_digit()) || text.chars().all(letters))
}

/// Characters from which on a text is no figure that was only written oddly.
const ODD: usize = 12;

/// The text without characters that only say where a line may be broken.
fn seen(text: &str) -> Cow<'_, str> {
    let unseen = |c| matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}');
    if text.contains(unseen) { Cow::Owned(text.replace(unseen, "")) } else { Cow::Borrowed(text) }
}

/// What people put into a cell when there is nothing to report.
const NOTHING: [&str; 12] = ["/", "／", "\\", "-", "－", "—", "--", "——", "－－", "无", "無", "*"];

/// Units that stand behind figures, longer ones first.
const UNITS: [&str; 25] = [
    "亿元",
    "万元",
    "萬元",
    "元",
    "万件",
    "万条",
    "万人次",
    "万次",
    "万项",
    "万人",
    "万",
    "件次",
    "人次",
    "人",
    "件",
    "项",
    "項",
    "条",
    "宗",
    "份",
    "个",
    "次",
    "起",
    "部",
    "例",
];

/// A number with a unit or a remark behind it; none if it is something else.
fn parted(text: &str, slot: &Slot, in_yuan: bool) -> Option<Content> {
    let (head, rest) = split(text);
    let unit = UNITS.iter().find(|unit| rest.starts_with(**unit)).copied();
    let remark = unit.map_or(rest, |unit| rest.get(unit.len()..).unwrap_or_default()).trim();
    if !(remark.is_empty() || begins_remark(remark)) {
        return None;
    }
    let precision = slot.kind.precision();
    let (amount, converted) = match (slot.kind, unit) {
        (NumberKind::Money, Some("元")) => (from_yuan(head)?, true),
        (NumberKind::Money, Some("亿元")) => {
            (number::read_printed(head, precision).ok()?.checked_mul(10_000)?, true)
        }
        (NumberKind::Money, None) if in_yuan => (from_yuan(head)?, true),
        (NumberKind::Count | NumberKind::Change, Some(unit)) if unit.starts_with('万') => {
            (from_ten_thousands(head)?, true)
        }
        _ => (number::read_printed(head, precision).ok()?, false),
    };
    let printed = number::print(amount, precision);
    let known = match unit {
        None => true,
        Some("萬元") => slot.unit == "万元",
        Some("項") => slot.unit == "项",
        Some(unit) => unit == slot.unit,
    };
    let doubt = if converted {
        let from = unit.unwrap_or("元");
        Some(format!("“{text}”由{from}换算为{}，填为{printed}，请核对", slot.unit))
    } else if !remark.is_empty() {
        Some(format!("“{text}”只取数字{printed}，其余文字存为本格附注，请核对"))
    } else if known {
        None
    } else {
        Some(format!("“{text}”的单位与表式不同（应为{}），填为{printed}，请核对", slot.unit))
    };
    let note = (!remark.is_empty()).then(|| strip_brackets(remark).to_owned());
    Some(Content { figure: Figure::Number(amount), note, doubt })
}

/// A number of ten thousands as one of ones, if it comes out even.
fn from_ten_thousands(text: &str) -> Option<i64> {
    let exact = number::read_printed(text, Precision::MONEY).ok()?;
    (exact % 100 == 0).then_some(exact / 100)
}

/// An amount of 元 in units of money, if it comes out even.
fn from_yuan(text: &str) -> Option<i64> {
    let exact = number::read_printed(text, Precision::MONEY).ok()?;
    (exact % 10_000 == 0).then_some(exact / 10_000)
}

/// The part that a number may be made of, and the rest without blanks around it.
fn split(text: &str) -> (&str, &str) {
    let end = text
        .find(|c: char| {
            let half = half_width(c);
            !(half.is_ascii_digit()
                || half.is_whitespace()
                || matches!(half, '+' | '-' | '.' | ',' | '−' | '–' | '—' | '增' | '减' | '減'))
        })
        .unwrap_or(text.len());
    let (head, rest) = text.split_at(end);
    (head.trim(), rest.trim())
}

fn begins_remark(text: &str) -> bool {
    text.starts_with(['（', '(', '[', '【', '〔', '，', ',', '；', ';', '含']) || text.starts_with("其中")
}

fn strip_brackets(text: &str) -> &str {
    let inner = text
        .strip_prefix(['（', '(', '[', '【', '〔'])
        .and_then(|inner| inner.strip_suffix(['）', ')', ']', '】', '〕']));
    inner.filter(|inner| !inner.contains(['（', '(', '）', ')'])).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Catalogue;

    fn read_as(kind: NumberKind, text: &str) -> (String, Option<String>, bool) {
        let form = Catalogue::default().by_id("2019").unwrap();
        let slot = form.slots.iter().find(|slot| slot.kind == kind).unwrap();
        let content = read(text, slot, false);
        (content.figure.as_typed(kind.precision()), content.note, content.doubt.is_some())
    }

    #[test]
    fn numbers_are_taken_out_of_words() {
        let count = |text| read_as(NumberKind::Count, text);
        assert_eq!(count("１,234"), ("1234".to_owned(), None, false));
        assert_eq!(count("12件"), ("12".to_owned(), None, false));
        assert_eq!(count("12宗"), ("12".to_owned(), None, true));
        assert_eq!(count("31（其中修订 8 件）"), ("31".to_owned(), Some("其中修订 8 件".to_owned()), true));
        assert_eq!(count("31\n（含乙（丙））"), ("31".to_owned(), Some("（含乙（丙））".to_owned()), true));
        assert_eq!(count("\u{a0}0"), ("0".to_owned(), None, false));
        assert_eq!(count("\u{a0}"), (String::new(), None, false));
        assert_eq!(count("1\u{200b}2\u{ad}"), ("12".to_owned(), None, false));
        assert_eq!(read_as(NumberKind::Change, "減3"), ("-3".to_owned(), None, false));
        assert_eq!(read_as(NumberKind::Change, "减7"), ("-7".to_owned(), None, false));
    }

    #[test]
    fn what_is_no_number_is_kept() {
        for text in ["/", "—", "无", "约12", "见附件", "1.2.3"] {
            assert_eq!(read_as(NumberKind::Count, text), (text.to_owned(), None, true), "{text}");
        }
    }

    #[test]
    fn money_is_converted_and_said_so() {
        let money = |text| read_as(NumberKind::Money, text);
        assert_eq!(money("251000元"), ("25.1".to_owned(), None, true));
        assert_eq!(money("0.5亿元"), ("5000".to_owned(), None, true));
        assert_eq!(money("52.15万元"), ("52.15".to_owned(), None, false));
        assert_eq!(money("0.001元（尾差）"), ("0.001元（尾差）".to_owned(), None, true), "not exact");
        let form = Catalogue::default().by_id("2021").unwrap();
        let slot = form.slots.iter().find(|slot| slot.kind == NumberKind::Money).unwrap();
        assert_eq!(read("30000", slot, true).figure, Figure::Number(3_000_000));
        assert!(read("30000", slot, true).doubt.unwrap().contains("换算"));
        let uneven = read("1,773.028", slot, true);
        assert_eq!(uneven.figure, Figure::Unread("1,773.028元".to_owned()), "not 1773.028万元 later");
        assert!(uneven.doubt.unwrap().contains("已填为“1,773.028元”"));
    }

    #[test]
    fn values_are_told_from_labels() {
        for text in [
            "0",
            "-4",
            "减4",
            "1,234",
            "/",
            "无",
            "12件",
            "22（其中修订16件）",
            "251000元",
            "１２",
            "1\u{ad}2",
        ] {
            assert!(is_value(text), "{text}");
        }
        for text in ["1.属于国家秘密", "2023年", "规章", "（一）予以公开", "5.其他", "2.其他办法", "12345号"]
        {
            assert!(!is_value(text), "{text}");
        }
    }
}
