//! Words written twice.

use super::chinese::{is_han, is_numeral};
use super::edit::{Edit, settle};
use super::line::Line;
use super::{remark, replace};
use crate::prose::{Remark, Topic};

pub(super) fn check(lines: &[Line], remarks: &mut Vec<Remark>) {
    for line in lines {
        remarks.extend(slips(line));
        let found = find(line);
        let Some((length, first)) = found.first() else { continue };
        let rest = line.text.get(first.range.start - line.start..).unwrap_or_default();
        let word: String = rest.chars().take(*length).collect();
        let message = if found.len() == 1 {
            format!("“{word}{word}”重复。")
        } else {
            format!("本段有 {} 处重复的词，第一处是“{word}{word}”。", found.len())
        };
        let fix = settle(line, "删去重复的词".to_owned(), |line| {
            find(line).into_iter().map(|(_, edit)| edit).collect()
        });
        let range = first.range.start - word.len()..first.range.end;
        remarks.push(remark(Topic::Words, range, message, "请删去多写的一个。", fix));
    }
}

/// Terms of the report with their characters turned round, what they should be, and what in front or behind makes
/// them the meeting of two other words: 结转结余, 扭转结构.
const TURNED: [(&str, &str, &str, &str); 2] = [
    ("转结", "结转", "结流好扭运周", "余算果束构存合论晶"),
    ("轉結", "結轉", "結流好扭運周", "餘算果束構存合論晶"),
];

fn slips<'l>(line: &'l Line) -> impl Iterator<Item = Remark> + 'l {
    let found = TURNED.iter().flat_map(move |turned| {
        line.text
            .match_indices(turned.0)
            .filter(move |(at, wrong)| {
                let (before, behind) = (line.text.get(..*at), line.text.get(at + wrong.len()..));
                let is_met = before.is_some_and(|text| text.ends_with(|c| turned.2.contains(c)))
                    || behind.is_some_and(|text| text.starts_with(|c| turned.3.contains(c)));
                !is_met
            })
            .map(move |(at, wrong)| (at, wrong, turned.1))
    });
    found.map(move |(at, wrong, right)| {
        let range = line.start + at..line.start + at + wrong.len();
        let fix = replace(range.clone(), right);
        let message = format!("“{wrong}”应为“{right}”。");
        remark(Topic::Words, range, message, "格式的用词是“结转”。", Some(fix))
    })
}

/// Words that are doubled by right, or meet by the way words are put together: 依申请公开 公开情况.
const DOUBLED: [&str; 24] = [
    "研究", "讨论", "商量", "学习", "了解", "交流", "许多", "很多", "非常", "公开", "管理", "处理", "服务",
    "办理", "审核", "审查", "发布", "监督", "多少", "工作", "信息", "政府", "好好", "某某",
];

/// Single characters that are never doubled, save before or behind these.
const SINGLE: [(char, &str, &str); 4] = [
    ('的', "目有", "确士"),
    ('了', "为", "解然结却如"),
    ('和', "共饱温缓平总", "谐平睦解田气谈美县顺"),
    ('及', "涉普企", "时早其格至"),
];

/// The length of each word that is written twice or more often, and what is too much.
fn find(line: &Line) -> Vec<(usize, Edit)> {
    let chars: Vec<char> = line.glyphs.iter().map(|glyph| glyph.c).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if let Some(length) = doubled(&chars, at) {
            let word = chars.get(at..at + length).unwrap_or_default();
            let times =
                chars.get(at..).unwrap_or_default().chunks_exact(length).take_while(|c| *c == word).count();
            let range = line.bytes(at + length..at + times * length);
            found.push((length, Edit { range, with: String::new() }));
            at += times * length;
        } else {
            at += 1;
        }
    }
    found
}

/// The length of the word that stands here twice.
fn doubled(chars: &[char], at: usize) -> Option<usize> {
    let is_uniform =
        chars.get(at..at + 3).is_some_and(|three| three.iter().all(|c| Some(c) == three.first()));
    for length in (2..=12).rev().filter(|_| !is_uniform) {
        let Some(both) = chars.get(at..at + 2 * length) else { continue };
        let (one, other) = both.split_at(length);
        // Almost all pairs differ at once; a whole comparison is far dearer than a look at the first characters.
        if one.first() == other.first() && one == other && one.iter().all(|c| is_han(*c)) && is_word(one) {
            return Some(length);
        }
    }
    let c = *chars.get(at)?;
    let (_, before, behind) = SINGLE.iter().find(|(known, ..)| *known == c)?;
    let is_fine = |neighbour: Option<&char>, known: &str| neighbour.is_some_and(|c| known.contains(*c));
    let is_first = at.checked_sub(1).and_then(|at| chars.get(at)) != Some(&c);
    (chars.get(at + 1) == Some(&c)
        && is_first
        && !is_fine(at.checked_sub(1).and_then(|at| chars.get(at)), before)
        && !is_fine(chars.get(at + 2), behind))
    .then_some(1)
}

/// Whether the doubling of these characters can only be a slip.
fn is_word(one: &[char]) -> bool {
    let is_uniform = one.iter().all(|c| Some(c) == one.first());
    let has_numeral =
        one.iter().any(|c| is_numeral(*c) || matches!(c, '〇' | '零' | '百' | '千' | '万' | '亿'));
    // 研究研究研究研究 is 研究 still.
    let is_period =
        one.len().is_multiple_of(2) && one.chunks(2).all(|pair| Some(pair) == one.chunks(2).next());
    let word: String = if is_period { one.iter().take(2).collect() } else { one.iter().collect() };
    !is_uniform && !has_numeral && !DOUBLED.contains(&word.as_str())
}
