//! What a text must say and does not.

use std::ops::Range;

use super::chinese::is_han;
use super::{Piece, remark};
use crate::form::TextRole;
use crate::prose::{Remark, Setting, Topic};

/// What a paragraph says of what its section must say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// Where there is anything but blanks, in bytes of the paragraph.
    filled: Option<Range<usize>>,
    /// Chinese characters.
    letters: usize,
    /// Whether it says that there is nothing to say.
    none: bool,
    problems: bool,
    measures: bool,
}

/// What a paragraph says of it; nothing in a section that need not say anything.
pub(super) fn read(setting: &Setting, text: &str) -> Said {
    let filled = text.trim();
    if setting.form.role_of_text(setting.text) != Some(TextRole::Problems) || filled.is_empty() {
        return Said::default();
    }
    let start = text.len() - text.trim_start().len();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    Said {
        filled: Some(start..start + filled.len()),
        letters: text.chars().filter(|c| is_han(*c)).count(),
        none: has(&["无", "没有", "不存在", "未发现", "暂无", "略", "同上"]),
        problems: has(&PROBLEMS),
        measures: has(&MEASURES),
    }
}

pub(super) fn check(setting: &Setting, paragraphs: &[Piece], remarks: &mut Vec<Remark>) {
    if setting.form.role_of_text(setting.text) != Some(TextRole::Problems) {
        return;
    }
    let said = || paragraphs.iter().map(|(start, paragraph)| (start, &paragraph.said));
    let mut filled = said().filter_map(|(start, said)| {
        let Range { start: from, end } = said.filled.clone()?;
        Some(start + from..start + end)
    });
    // A text with nothing in it is told by the form's own rule.
    let Some(first) = filled.next() else { return };
    let whole = first.start..filled.next_back().map_or(first.end, |last| last.end);
    let letters: usize = said().map(|(_, said)| said.letters).sum();
    let says_none = said().any(|(_, said)| said.none);
    let hint = "请写明存在的主要问题和改进措施；各级政府还要写工作考核、社会评议和责任追究结果。";
    if letters <= 4 || (letters <= 20 && says_none) {
        let message = "本部分没有写出存在的主要问题和改进情况。".to_owned();
        remarks.push(remark(Topic::Missing, whole, message, hint, None));
        return;
    }
    let has_problems = said().any(|(_, said)| said.problems);
    let has_measures = said().any(|(_, said)| said.measures);
    let message = match (has_problems, has_measures) {
        // Problems have too many names for their absence to be told from words.
        (_, true) => return,
        (true, false) => "本部分写了问题，没有写改进情况。",
        (false, false) => "本部分看不到存在的问题，也看不到改进情况。",
    };
    remarks.push(remark(Topic::Missing, whole.start..whole.start, message.to_owned(), hint, None));
}

const PROBLEMS: [&str; 12] =
    ["问题", "不足", "不够", "薄弱", "差距", "有待", "欠缺", "短板", "不到位", "不及时", "不规范", "偏"];

/// Words of which at least one stands wherever something is done about a problem.
const MEASURES: [&str; 36] = [
    "改进",
    "整改",
    "措施",
    "下一步",
    "下步",
    "今后",
    "将",
    "已",
    "拟",
    "要",
    "加强",
    "加大",
    "加快",
    "提升",
    "提高",
    "完善",
    "强化",
    "健全",
    "推进",
    "规范",
    "优化",
    "落实",
    "深化",
    "增加",
    "建立",
    "开展",
    "解决",
    "明确",
    "负责",
    "安排",
    "组织",
    "进一步",
    "努力",
    "继续",
    "培训",
    "按",
];
