//! Years of an older report that were left standing.

use super::date::{Part, other_year, parts};
use super::heading::Mark;
use super::line::Line;
use super::remark;
use crate::form::TextRole;
use crate::prose::{Remark, Setting, Topic};

pub(super) fn check(setting: &Setting, lines: &[Line], remarks: &mut Vec<Remark>) {
    let Some(year) = setting.year else { return };
    let tells_of_problems = setting.form.role_of_text(setting.text) == Some(TextRole::Problems);
    for line in lines {
        for part in parts(line).iter().filter(|part| part.unit == '年' && part.digits == 4) {
            if part.value == year || part.value == year + 1 || !(1990..=2100).contains(&part.value) {
                continue;
            }
            // A year farther off than the neighbours is a slip in the midst of a sentence as well.
            let is_far = part.value.abs_diff(year) > 1;
            let opens = opens_sentence(line, part) || (is_far && opens_clause(line, part));
            let is_wrong = is_title(line, part)
                || (is_far && is_end_of_period(line, part, year))
                || (!tells_of_problems && opens && tells_of_the_year(setting, line, part, year));
            if is_wrong {
                let range = line.bytes(part.figure.start..part.end);
                let message = format!("这里写的是{}年，本报告年度是{year}年。", part.value);
                let hint = "请核对年份；如确是往年的事，可不改。";
                remarks.push(remark(Topic::Date, range, message, hint, Some(other_year(line, part, year))));
            }
        }
    }
}

/// 现将2020年政府信息公开工作情况报告如下: the year of the report itself.
fn is_title(line: &Line, part: &Part) -> bool {
    let before = line.some_before(part.figure.start);
    let before = before.rsplit(['。', '；', '！', '？']).next().unwrap_or(before);
    let behind = line.slice(part.end..part.end + 24);
    let behind = behind.strip_prefix('度').unwrap_or(behind);
    let opens = before.contains("现将") || before.contains("现公布") || before.contains("现发布");
    opens
        && before.chars().count() <= 40
        && behind.contains("政府信息公开")
        && !before.contains(['年', '和', '及'])
}

fn opens_sentence(line: &Line, part: &Part) -> bool {
    let first = Mark::of(line).map_or(line.start, |mark| mark.range.end);
    let at = line.bytes(part.figure.clone()).start;
    let before =
        line.text.get(first.saturating_sub(line.start)..at - line.start).unwrap_or_default().trim_end();
    before.is_empty() || before.ends_with(['。', '！', '？'])
}

fn opens_clause(line: &Line, part: &Part) -> bool {
    line.before(part.figure.start).is_none_or(|c| c.is_whitespace() || "，；：,;:".contains(c))
}

/// 截至2012年12月31日 in a report for 2021.
fn is_end_of_period(line: &Line, part: &Part, year: i64) -> bool {
    let before = line.some_before(part.figure.start).trim_end();
    let behind = line.some_from(part.end);
    let behind = behind.split(['。', '！', '？']).next().unwrap_or(behind);
    let rest: String = behind.chars().filter(|c| !c.is_whitespace()).take(6).collect();
    let years = year.saturating_sub(1)..=year.saturating_add(1);
    ["截至", "截止", "截止到"].iter().any(|word| before.ends_with(word))
        && ["底", "末", "12月31日", "年底", "年末"].iter().any(|word| rest.starts_with(word))
        && years.into_iter().all(|year| !behind.contains(&year.to_string()))
}

/// Whether the sentence tells what the unit did in that year, and not what it did before or will do.
fn tells_of_the_year(setting: &Setting, line: &Line, part: &Part, year: i64) -> bool {
    let behind = line.some_from(part.end);
    let mut sentences = behind.split_inclusive(['。', '！', '？']);
    let sentence = sentences.next().unwrap_or_default();
    let next = sentences.next().unwrap_or_default();
    let words = sentence.trim_start_matches('度').trim_start().trim_start_matches(['，', ',']).trim_start();
    let is_own = OWN.iter().any(|own| words.starts_with(own))
        || (!setting.unit.is_empty() && words.starts_with(setting.unit));
    let present = year.to_string();
    is_own
        && !OTHER_TIMES.iter().any(|word| sentence.contains(word))
        && !sentence.contains(&present)
        && !next.contains(&present)
        && !next.contains("今年")
}

/// How a sentence about the unit's own work begins.
const OWN: [&str; 36] = [
    "本单位",
    "本机关",
    "本部门",
    "本局",
    "本镇",
    "本乡",
    "本县",
    "本区",
    "本市",
    "本级",
    "我局",
    "我县",
    "我区",
    "我市",
    "我镇",
    "我乡",
    "我办",
    "我委",
    "我院",
    "我单位",
    "我部门",
    "我街道",
    "全县",
    "全市",
    "全区",
    "全镇",
    "全乡",
    "全局",
    "共",
    "累计",
    "新收",
    "收到",
    "受理",
    "主动公开",
    "未收到",
    "没有收到",
];

/// Words of a sentence that compares years, or speaks of another one by right.
const OTHER_TIMES: [&str; 26] = [
    "比",
    "较",
    "上年",
    "去年",
    "上一年",
    "增长",
    "下降",
    "分别",
    "以来",
    "以前",
    "年底",
    "年末",
    "至",
    "起",
    "将",
    "计划",
    "整改",
    "问题",
    "结转",
    "遗留",
    "决算",
    "基础上",
    "试点",
    "被评",
    "连续",
    "截",
];
