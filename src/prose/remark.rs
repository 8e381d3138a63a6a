//! A remark about a piece of prose.

use std::ops::Range;

use crate::form::Severity;
use crate::model::CellId;

/// Something to be said about a piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// What it is about.
    pub topic: Topic,
    /// How serious it is. What is read from prose is never certain enough for [`Severity::Mandatory`]; an unknown live
    /// figure is.
    pub severity: Severity,
    /// The piece, in bytes of the text. Empty for something that is missing at a place.
    pub range: Range<usize>,
    /// The sentence for people: how the piece was read, what it should be, and the difference.
    pub message: String,
    /// What to do about it.
    pub hint: &'static str,
    /// The cells that the piece was compared with.
    pub cells: Vec<CellId>,
    /// What would mend it on one key.
    pub fix: Option<Fix>,
}

impl Remark {
    /// The same remark about a text that has so many more bytes in front.
    #[must_use]
    pub fn moved_by(self, bytes: usize) -> Self {
        let moved = |range: Range<usize>| range.start + bytes..range.end + bytes;
        let fix = self.fix.map(|fix| Fix { range: moved(fix.range), ..fix });
        Self { range: moved(self.range), fix, ..self }
    }
}

/// A replacement that mends a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What is replaced, in bytes of the text.
    pub range: Range<usize>,
    /// What takes its place.
    pub with: String,
    /// What it does, for the line that offers it: "改为 99".
    pub name: String,
}

/// What a remark is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// A figure in prose that should equal a cell or a sum.
    Claim,
    /// A percentage of a total.
    Share,
    /// A growth against last year.
    Growth,
    /// 其中: the parts do not add up to the whole.
    Parts,
    /// The same quantity with two figures.
    Twice,
    /// 全部办结 or 答复率100% beside a carry-over.
    AllDone,
    /// A live figure whose path does not exist or can not be computed.
    Live,
    /// Numbers of headings: order, gaps, repeats, style.
    Heading,
    /// Brackets and quotation marks that do not pair, or are mixed.
    Pairs,
    /// Numbers of documents: brackets, and documents of another year.
    Document,
    /// Half-width or repeated punctuation.
    Punctuation,
    /// Repeated words.
    Words,
    /// Years and dates.
    Date,
    /// Sections: names, number and order as the text tells them.
    Sections,
    /// Something that the section should say and does not.
    Missing,
    /// Sentences equal to last year's.
    Repeated,
    /// Characters that can not be seen, or do not belong.
    Hidden,
    /// The name of the unit, which is another one on the cover.
    Unit,
}

impl Topic {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 18] = [
        Self::Claim,
        Self::Share,
        Self::Growth,
        Self::Parts,
        Self::Twice,
        Self::AllDone,
        Self::Live,
        Self::Heading,
        Self::Pairs,
        Self::Document,
        Self::Punctuation,
        Self::Words,
        Self::Date,
        Self::Sections,
        Self::Missing,
        Self::Repeated,
        Self::Hidden,
        Self::Unit,
    ];

    /// The name in messages to programs; it never changes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Claim => "P-CLAIM",
            Self::Share => "P-SHARE",
            Self::Growth => "P-GROWTH",
            Self::Parts => "P-PARTS",
            Self::Twice => "P-TWICE",
            Self::AllDone => "P-DONE",
            Self::Live => "P-LIVE",
            Self::Heading => "P-HEADING",
            Self::Pairs => "P-PAIRS",
            Self::Document => "P-DOCUMENT",
            Self::Punctuation => "P-PUNCTUATION",
            Self::Words => "P-WORDS",
            Self::Date => "P-DATE",
            Self::Sections => "P-SECTIONS",
            Self::Missing => "P-MISSING",
            Self::Repeated => "P-REPEATED",
            Self::Hidden => "P-HIDDEN",
            Self::Unit => "P-UNIT",
        }
    }

    /// The name for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Claim => "文中数字与表不符",
            Self::Share => "百分比不符",
            Self::Growth => "增长率不符",
            Self::Parts => "分项之和不符",
            Self::Twice => "同一数量前后不一",
            Self::AllDone => "全部办结与结转不符",
            Self::Live => "活数无法计算",
            Self::Heading => "标题序号",
            Self::Pairs => "括号引号不成对",
            Self::Document => "文号",
            Self::Punctuation => "标点",
            Self::Words => "重复用词",
            Self::Date => "年份日期",
            Self::Sections => "部分名称与个数",
            Self::Missing => "应写未写",
            Self::Repeated => "与上年雷同",
            Self::Hidden => "多余字符",
            Self::Unit => "单位名称",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Topic;

    #[test]
    fn codes_and_titles_are_different_and_all_are_listed() {
        for (index, topic) in Topic::ALL.iter().enumerate() {
            assert_eq!(*topic as usize, index, "{topic:?}");
            for other in &Topic::ALL[..index] {
                assert_ne!(topic.code(), other.code());
                assert_ne!(topic.title(), other.title());
            }
        }
    }
}
