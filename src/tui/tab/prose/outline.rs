//! Sub-headings: paragraphs that begin with a number.

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
        let words = text.get(number..).unwrap_or_default();
        let end = words.find(['。', '：', '，', '；', ':', ',', ';']).unwrap_or(words.len());
        let title = text.get(..number + end).unwrap_or(text).to_owned();
        Some(Heading { paragraph, level, title })
    };
    paragraphs.iter().enumerate().filter_map(heading).collect()
}

/// The level of the number that a paragraph begins with, and its length in bytes with the marks around it.
fn numbering(text: &str) -> Option<(usize, usize)> {
    if let Some(rest) = text.strip_prefix(['（', '(']) {
        let rest = after_run(rest, |c| is_numeral(c) || is_digit(c))?.strip_prefix(['）', ')'])?;
        return Some((0, text.len() - rest.len()));
    }
    if let Some(rest) = text.strip_prefix('第') {
        let rest = after_run(rest, is_numeral)?.strip_prefix(['，', '、', ','])?;
        return Some((2, text.len() - rest.len()));
    }
    if let Some(rest) = after_run(text, is_numeral) {
        let level = if rest.starts_with('、') { 0 } else { 2 };
        let rest = rest.strip_prefix(['、', '是'])?;
        return Some((level, text.len() - rest.len()));
    }
    let rest = after_run(text, is_digit)?.strip_prefix(['.', '．', '、'])?;
    (!rest.starts_with(is_digit)).then(|| (1, text.len() - rest.len()))
}

/// What follows a run of one to three characters of a kind.
fn after_run(text: &str, kind: impl Fn(char) -> bool) -> Option<&str> {
    let rest = text.trim_start_matches(&kind);
    let length = text.get(..text.len() - rest.len())?.chars().count();
    (1..=3).contains(&length).then_some(rest)
}

fn is_numeral(c: char) -> bool {
    "一二三四五六七八九十".contains(c)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
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
