use proptest::prelude::*;

use super::*;

fn styles() -> impl Strategy<Value = Style> {
    let separator = prop_oneof![Just(None), Just(Some(',')), Just(Some('，')), Just(Some(' '))];
    prop_oneof![
        (any::<bool>(), separator).prop_map(|(full, separator)| Style::Digits { full, separator }),
        Just(Style::Chinese),
    ]
}

proptest! {
    #[test]
    fn a_number_in_any_style_reads_back(number in prop_oneof![0..2000_i64, 0..999_999_999_999_i64], style in styles()) {
        let written = write(number, style).unwrap();
        let text = format!("办结{written}件。");
        let read = read(&text);
        prop_assert_eq!(read.len(), 1, "{}", text);
        prop_assert_eq!(read[0].whole(), Some(number), "{}", text);
        prop_assert_eq!(text.get(read[0].range.clone()), Some(written.as_str()));
        let same = match (style, read[0].style) {
            (Style::Digits { full, .. }, Style::Digits { full: found, .. }) => full == found,
            (style, found) => style == found,
        };
        prop_assert!(same);
        prop_assert_eq!(read[0].unit, Unit::named("件"));
    }

    #[test]
    fn any_text_is_read_in_order_and_on_character_boundaries(
        text in prop::collection::vec(prop::sample::select(PIECES), 0..24).prop_map(|pieces| pieces.concat()),
        noise in "\\PC{0,12}",
    ) {
        for text in [text.clone(), format!("{noise}{text}{noise}")] {
            let mut end = 0;
            for numeral in read(&text) {
                prop_assert!(numeral.range.start >= end && numeral.range.end <= numeral.end);
                prop_assert!(text.get(numeral.range.start..numeral.end).is_some());
                end = numeral.end;
            }
        }
    }
}

const PIECES: &[&str] = &[
    "1",
    "20",
    "305",
    "０",
    "９",
    ",",
    "，",
    ".",
    "．",
    " ",
    "%",
    "％",
    "万",
    "亿",
    "一",
    "二",
    "两",
    "十",
    "百",
    "千",
    "零",
    "点",
    "分之",
    "百分之",
    "件",
    "条",
    "万元",
    "第",
    "年",
    "月",
    "号",
    "约",
    "余",
    "（",
    "）",
    "“",
    "”",
    "《",
    "》",
    "{{",
    "}}",
    "-",
    "\n",
    "申请",
    "a",
];
