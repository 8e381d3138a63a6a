//! Sub-headings: paragraphs that begin with a number.

use crate::prose::clean::numbering;

/// A paragraph that begins with a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heading {
    /// Which paragraph.
    pub(super) paragraph: usize,
    /// How deep it stands: 0 for (一), 1 for 1., 2 for 一是.
    pub(super) level: usize,
    /// The number and the words up to the first mark.
    pub(super) title: String,
}

/// The sub-headings of a text, in order.
pub(super) fn headings(paragraphs: &[String]) -> Vec<Heading> {
    let heading = |(paragraph, text): (usize, &String)| {
        let text = text.trim();
        let (level, number) = numbering(text)?;
        let number = number.end;
        let words = text.get(number..).unwrap_or_default();
        let end = words.find(['。', '：', '，', '；', ':', ',', ';']).unwrap_or(words.len());
        let title = text.get(..number + end).unwrap_or(text).to_owned();
        Some(Heading { paragraph, level, title })
    };
    paragraphs.iter().enumerate().filter_map(heading).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_all_kinds_begin_a_heading() {
        let titles = |text: &str| {
            let found = headings(&[text.to_owned()]);
            found.first().map(|heading| (heading.level, heading.title.clone()))
        };
        let cases = [
            ("（一）主动公开。全年共", Some((0, "（一）主动公开"))),
            ("(十二)依申请公开", Some((0, "(十二)依申请公开"))),
            ("　　一、总体情况：", Some((0, "一、总体情况"))),
            ("1.平台建设，", Some((1, "1.平台建设"))),
            ("１０．监督保障", Some((1, "１０．监督保障"))),
            ("一是加强学习；二是", Some((2, "一是加强学习"))),
            ("第一，主动公开", Some((2, "第一，主动公开"))),
            ("2023年，本机关", None),
            ("1.5万元", None),
            ("一般情况", None),
            ("（本机关）", None),
            ("（一", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(titles(text), expected.map(|(level, title)| (level, title.to_owned())), "{text}");
        }
    }
}
