//! The name of the unit: that of the cover against those by which the text itself calls the report.
//!
//! An office reports for itself and for the whole area; which of the two a report is has to be the same on the cover,
//! in its title and in its sign-off.

use std::ops::Range;

use super::chinese::{digit, is_han};
use super::line::Line;
use super::{remark, replace};
use crate::prose::{Remark, Setting, Topic};

const HINT_SCOPE: &str = "请核对本报告是办公室（厅）自身的，还是政府（全地区）的，封面、标题、落款要一致。";
const HINT_NAME: &str = "请核对单位名称，封面、标题、落款要一致。";

pub(super) fn check(setting: &Setting, lines: &[Line], remarks: &mut Vec<Remark>) {
    if setting.unit.trim().is_empty() {
        return;
    }
    let cover = Name::of(setting.unit);
    for line in lines {
        for (name, year) in titles(line) {
            if year.is_none_or(|year| setting.year.is_none_or(|own| year == own)) {
                remarks.extend(differs(setting, &cover, line, name, Place::Title));
            }
        }
        remarks.extend(sign_off(line).and_then(|name| differs(setting, &cover, line, name, Place::SignOff)));
        remarks.extend(compiler(line).and_then(|name| differs(setting, &cover, line, name, Place::Compiler)));
    }
}

/// Where a name stands.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Title,
    SignOff,
    Compiler,
}

/// A name without what may be left out, and whether it is that of the office of a government.
#[derive(Debug, PartialEq, Eq)]
struct Name {
    letters: Vec<char>,
    is_office: bool,
    is_government: bool,
}

impl Name {
    fn of(written: &str) -> Self {
        let plain: String = written.chars().filter(|c| is_han(*c)).collect();
        let plain = plain.replace("人民政府", "政府");
        let area = OFFICES.iter().find_map(|office| plain.strip_suffix(office));
        let (stem, is_office) = match area.filter(|area| area.ends_with("政府")) {
            Some(area) => (area, true),
            None => (plain.as_str(), false),
        };
        Self { letters: stem.chars().collect(), is_office, is_government: stem.ends_with("政府") }
    }

    /// Whether one may be the other in fewer words.
    fn is_like(&self, other: &Self) -> bool {
        is_within(&self.letters, &other.letters) || is_within(&other.letters, &self.letters)
    }
}

const OFFICES: [&str; 3] = ["办公室", "办公厅", "办"];

/// Whether all letters stand in the other name, in their order.
fn is_within(short: &[char], long: &[char]) -> bool {
    let mut rest = long.iter();
    short.iter().all(|letter| rest.any(|other| other == letter))
}

fn differs(setting: &Setting, cover: &Name, line: &Line, name: Range<usize>, place: Place) -> Option<Remark> {
    let written = line.slice(name.clone());
    let told = Name::of(written);
    let is_like = told.is_like(cover);
    let both = told.is_government && cover.is_government;
    let is_scope = is_like && both && told.is_office != cover.is_office;
    // An office compiles and signs the report of its government; the reverse is a slip.
    let is_right = place != Place::Title && !cover.is_office;
    if is_right || (is_like && !is_scope) || (!is_like && place != Place::Title) {
        return None;
    }
    let what = match place {
        Place::Title => "报告的名称写",
        Place::SignOff => "落款写",
        Place::Compiler => "报告写由",
    };
    let behind = if place == Place::Compiler { "编制" } else { "" };
    let message = format!("{what}“{written}”{behind}，封面的编制单位是“{}”。", setting.unit);
    let range = line.bytes(name);
    let fix = replace(range.clone(), setting.unit);
    Some(remark(Topic::Unit, range, message, if is_scope { HINT_SCOPE } else { HINT_NAME }, Some(fix)))
}

/// The names in front of 2024年政府信息公开工作年度报告, with the year.
fn titles(line: &Line) -> Vec<(Range<usize>, Option<i64>)> {
    let mut found = Vec::new();
    for at in 0..line.glyphs.len() {
        if line.get(at) != Some('政') || line.get(at + 1) != Some('府') {
            continue;
        }
        let title = line.slice(at..at + 12);
        if !["政府信息公开工作年度报告", "政府信息公开年度报告", "政府信息公开工作年报", "政府信息公开年报"]
            .iter()
            .any(|known| title.starts_with(known))
        {
            continue;
        }
        let (end, year) = year_before(line, at);
        found.extend(name_before(line, end).map(|name| (name, year)));
    }
    found
}

/// The year that ends before a place, and where what stands in front of it ends.
fn year_before(line: &Line, at: usize) -> (usize, Option<i64>) {
    let back = |mut end: usize| {
        while line.before(end).is_some_and(char::is_whitespace) {
            end -= 1;
        }
        end
    };
    let mut end = back(at);
    if line.before(end) == Some('度') {
        end -= 1;
    }
    if line.before(end) != Some('年') {
        return (back(at), None);
    }
    end = back(end - 1);
    let digits: Vec<u32> =
        (0..end).rev().map_while(|index| line.get(index).and_then(digit)).take(5).collect();
    if digits.len() != 4 {
        return (back(at), None);
    }
    let year = digits.iter().rev().fold(0, |year, digit| year * 10 + i64::from(*digit));
    (back(end - 4), Some(year))
}

/// The name that ends at a place, if it surely begins where it seems to.
fn name_before(line: &Line, end: usize) -> Option<Range<usize>> {
    let letters = (0..end).rev().take_while(|index| line.get(*index).is_some_and(is_han)).take(LONGEST);
    let start = end - letters.count();
    let piece = line.slice(start..end);
    let lead = LEADS.iter().filter_map(|lead| piece.rfind(lead).map(|at| at + lead.len())).max();
    let skipped = match lead {
        Some(at) => piece.get(..at)?.chars().count(),
        // Without a word that leads over to it, a name stands at the beginning of its line or behind a bracket.
        None if line.slice(0..start).trim().is_empty() => 0,
        None if matches!(line.before(start), Some('《' | '“' | '（')) => 0,
        None => return None,
    };
    let name = start + skipped..end;
    is_name(line.slice(name.clone())).then_some(name)
}

/// The most characters a name has.
const LONGEST: usize = 40;
/// Words behind which the name of a report begins.
const LEADS: [&str; 5] = ["现将", "现公布", "现发布", "现就", "关于"];
const ENDS: [&str; 11] =
    ["政府", "办公室", "办公厅", "局", "厅", "委员会", "委", "办事处", "街道", "镇", "乡"];

fn is_name(text: &str) -> bool {
    let is_one = !text.contains(['的', '和', '及', '与', '各', '等', '全', '本', '我', '由', '据', '对']);
    text.chars().count() >= 3 && is_one && ENDS.iter().any(|end| text.ends_with(end))
}

/// A line that holds a name and nothing else.
fn sign_off(line: &Line) -> Option<Range<usize>> {
    let first = line.skip_blanks(0);
    let length = line.glyphs.iter().skip(first).take_while(|glyph| is_han(glyph.c)).take(LONGEST).count();
    let name = first..first + length;
    let is_all = line.skip_blanks(name.end) >= line.glyphs.len();
    (is_all && is_name(line.slice(name.clone()))).then_some(name)
}

/// The government in 本报告由某县人民政府编制.
fn compiler(line: &Line) -> Option<Range<usize>> {
    let by = line.glyphs.iter().position(|glyph| glyph.c == '由')?;
    let before = line.some_before(by);
    let sentence = before.rsplit(['。', '；', '！', '？']).next().unwrap_or(before);
    let behind = line.some_from(by + 1);
    let behind = behind.split(['。', '；', '！', '？']).next().unwrap_or(behind);
    let end = behind.find("政府").map(|at| at + "政府".len())?;
    let (name, rest) = behind.split_at_checked(end)?;
    let goes_on = ["编制", "综合", "汇总", "组织编制", "根据", "按照", "依据"];
    let is_compiled = behind.contains("编制") && goes_on.iter().any(|word| rest.starts_with(word));
    let is_report = ["本报告", "本年报", "本年度报告"].iter().any(|word| sentence.ends_with(word));
    (is_compiled && is_report && is_name(name)).then(|| by + 1..by + 1 + name.chars().count())
}
