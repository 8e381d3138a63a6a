//! What a text must say and does not.

use super::chinese::is_han;
use super::remark;
use crate::form::TextRole;
use crate::prose::{Remark, Setting, Topic};

pub(super) fn check(setting: &Setting, text: &str, remarks: &mut Vec<Remark>) {
    // A text with nothing in it is told by the form's own rule.
    if setting.form.role_of_text(setting.text) != Some(TextRole::Problems) || text.trim().is_empty() {
        return;
    }
    let start = text.len() - text.trim_start().len();
    let whole = start..start + text.trim().len();
    let letters = text.chars().filter(|c| is_han(*c)).count();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let says_none = has(&["无", "没有", "不存在", "未发现", "暂无", "略", "同上"]);
    let hint = "请写明存在的主要问题和改进措施；各级政府还要写工作考核、社会评议和责任追究结果。";
    if letters <= 4 || (letters <= 20 && says_none) {
        let message = "本部分没有写出存在的主要问题和改进情况。".to_owned();
        remarks.push(remark(Topic::Missing, whole, message, hint, None));
        return;
    }
    let has_problems = has(&PROBLEMS);
    let has_measures = has(&MEASURES);
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
