//! Unit and date at the end of a report.

use super::cover::written;
use super::draft::Draft;
use super::lines::{Line, LineSort, Lines};
use super::wording::fold;
use crate::check::date::Date;
use crate::exchange::compose::blank_fact;
use crate::exchange::document::Style;
use crate::exchange::note::NoteKind;
use crate::form::Form;
use crate::model::Place;

/// Lines at the end in which a date may stand that nothing else marks as that of the sign-off.
const TAIL: usize = 10;

/// What names of units end with.
const UNITS: [char; 18] = [
    '府', '室', '厅', '局', '会', '院', '处', '心', '部', '委', '署', '所', '站', '队', '司', '校', '馆',
    '科',
];

/// Takes unit and date below the last section. `own` says that nothing was added below them by other programs.
pub(super) fn take(draft: &mut Draft<'_>, lines: &Lines<'_>, form: &Form, after: usize, own: bool) {
    take_blank(draft, lines, form, after);
    let known_unit = form.unit_fact().and_then(|fact| draft.fact(&fact.name)).unwrap_or_default().to_owned();
    let Some(found) = find(draft, lines, after, &known_unit, own) else { return };
    let text_of = |index: usize| lines.lines.get(index).map_or("", |line| line.text.trim());
    let signed = form.fact("signed").map(|fact| fact.id);
    if let (Some(fact), Some(date)) = (signed, found.date) {
        draft.set_fact(fact, &written(date));
    }
    let sources: Vec<&str> = [found.unit, Some(found.line)].into_iter().flatten().map(text_of).collect();
    let both = [found.unit, Some(found.line)].into_iter().flatten().filter_map(|at| lines.lines.get(at));
    both.flat_map(|line| line.pieces.clone()).for_each(|piece| {
        draft.take(piece);
    });
    let Some(line) = lines.lines.get(found.unit.unwrap_or(found.line)) else { return };
    let unit = found.unit.map(text_of).unwrap_or_default();
    let date = found.date.map_or(String::new(), written);
    let (kind, message) = match form.unit_fact() {
        Some(fact) if !unit.is_empty() && known_unit.is_empty() => {
            draft.set_fact(fact.id, unit);
            (NoteKind::Matched, format!("落款：{unit}，{date}"))
        }
        Some(_) if !unit.is_empty() && !same_name(unit, &known_unit) => (
            NoteKind::Doubtful,
            format!("落款单位“{unit}”与标题中的“{known_unit}”不同，封面采用标题中的，请核对"),
        ),
        _ => (NoteKind::Matched, format!("落款日期：{date}")),
    };
    let place = signed.map(Place::Fact);
    if found.date.is_none() {
        let said = text_of(found.line);
        let message = format!("落款日期“{said}”不是完整、有效的日期，没有填入，请照实填写");
        draft.note(line.pieces.start, NoteKind::Doubtful, place, line.at, sources.join("\n"), message);
    }
    if found.date.is_some() || kind == NoteKind::Doubtful {
        draft.note(line.pieces.start, kind, place, line.at, sources.join("\n"), message);
    }
    if !own {
        leave_below(draft, lines, found.line);
    }
}

/// Says of facts of the sign-off that a blank form asks for that they are still blank. A program on the way may have
/// dropped the style.
fn take_blank(draft: &mut Draft<'_>, lines: &Lines<'_>, form: &Form, after: usize) {
    for line in lines.lines.iter().skip(after).filter(|line| matches!(line.sort, LineSort::Text(_))) {
        let text = line.text.trim();
        if let Some(fact) = form.facts.iter().find(|fact| text == blank_fact(form, fact.id)) {
            line.pieces.clone().for_each(|piece| {
                draft.take(piece);
            });
            let place = Some(Place::Fact(fact.id));
            draft.note(line.pieces.start, NoteKind::Matched, place, line.at, text, "落款的这一项还没有填写");
        }
    }
}

/// Unit and date where they stand.
struct Found {
    /// The line of the unit above the date.
    unit: Option<usize>,
    line: usize,
    /// None if what stands in its place can not be read.
    date: Option<Date>,
}

fn find(draft: &Draft<'_>, lines: &Lines<'_>, after: usize, known_unit: &str, own: bool) -> Option<Found> {
    let free = |index: &usize| {
        lines.lines.get(*index).is_some_and(|line| {
            !matches!(line.sort, LineSort::Heading(_))
                && line.reads_as_text()
                && !line.pieces.is_empty()
                && draft.is_free(lines, *index)
        })
    };
    let tail: Vec<usize> = (after + 1..lines.lines.len()).rev().filter(free).collect();
    let text_of = |index: usize| lines.lines.get(index).map_or("", |line| line.text.trim());
    let styled =
        |index: usize| lines.lines.get(index).is_some_and(|line| line.sort == LineSort::Text(Style::SignOff));
    let is_unit = |index: usize, surely: bool| {
        let text = text_of(index);
        let name = text.chars().count() <= 40
            && !text.contains(['。', '，', '：', '；', ':', '.'])
            && !text.chars().all(|c| c == '无');
        let set_apart = lines.lines.get(index).is_some_and(|line| line.text.starts_with(char::is_whitespace));
        let likely = set_apart || known_unit.is_empty() || text.chars().count() >= 5;
        name && (styled(index)
            || same_name(text, known_unit)
            || if surely { text.ends_with(UNITS) } else { likely })
    };
    // What stands below the date is no part of a sign-off. Where nothing else marks it, it stands at the very end, or
    // only short lines follow: annexes, whom a copy goes to.
    let is_sure = |position: usize| {
        let (Some(line), above) = (tail.get(position), tail.get(position + 1)) else { return false };
        let signed = above.is_some_and(|unit| {
            if position < TAIL { is_unit(*unit, true) } else { same_name(text_of(*unit), known_unit) }
        });
        styled(*line) || !own && signed
    };
    let is_possible = |position: usize| {
        let mut below = tail.iter().take(position).map(|index| text_of(*index));
        position == 0
            || !own && position < TAIL && below.all(|text| text.chars().count() <= 40 && !text.contains('。'))
    };
    let found = |ok: &dyn Fn(usize) -> bool, date: bool| {
        (0..tail.len()).find(|position| {
            let text = tail.get(*position).map_or("", |index| text_of(*index));
            (if date { sign_off_date(text).is_some() } else { is_like_date(text) }) && ok(*position)
        })
    };
    let position = found(&is_sure, true)
        .or_else(|| found(&is_possible, true))
        .or_else(|| found(&is_sure, false))
        .or_else(|| found(&is_possible, false))?;
    let line = tail.get(position).copied()?;
    let unit = tail.get(position + 1).copied().filter(|index| is_unit(*index, false));
    Some(Found { unit, line, date: sign_off_date(text_of(line)) })
}

/// Leaves over what stands below the date: annexes, whom a copy goes to, links of a page.
fn leave_below(draft: &mut Draft<'_>, lines: &Lines<'_>, date: usize) {
    let below = lines.lines.iter().enumerate().skip(date + 1).filter(|(index, line)| {
        line.reads_as_text() && !line.pieces.is_empty() && draft.is_free(lines, *index)
    });
    let below: Vec<usize> = below.map(|(index, _)| index).collect();
    let below = below.iter().filter_map(|index| lines.lines.get(*index));
    let mut texts = Vec::new();
    let mut first: Option<&Line<'_>> = None;
    for line in below {
        line.pieces.clone().for_each(|piece| {
            draft.take(piece);
        });
        first = first.or(Some(line));
        texts.push(line.text.trim());
    }
    let Some(first) = first else { return };
    let message = format!("落款之后还有{}段文字，没有采用", texts.len());
    draft.note(first.pieces.start, NoteKind::LeftOver, None, first.at, texts.join("\n"), message);
}

/// Whether a line stands in the place of a date, though it is no day of the calendar.
fn is_like_date(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).map(fold).collect();
    let numeral = |c: char| c.is_ascii_digit() || "〇○零一二三四五六七八九十×xX_".contains(c);
    let spoken = text.contains('年') && text.contains('月');
    let short = text.chars().count() <= 14;
    let pointed = text.starts_with(|c: char| c.is_ascii_digit())
        && ['-', '/', '.'].iter().any(|mark| text.split(*mark).count() == 3);
    short
        && (spoken && text.chars().all(|c| numeral(c) || matches!(c, '年' | '月' | '日'))
            || pointed
                && text.len() >= 8
                && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | '.')))
}

/// A date that stands alone, in digits or in Chinese numerals.
pub(super) fn sign_off_date(text: &str) -> Option<Date> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if text.chars().count() > 14 || !text.contains(['年', '-', '/', '.']) {
        return None;
    }
    Date::read(&text).or_else(|| {
        let (year, rest) = text.split_once('年')?;
        let (month, day) = rest.split_once('月')?;
        let digit = |c: char| {
            "〇一二三四五六七八九"
                .chars()
                .position(|known| known == if c == '○' || c == '零' { '〇' } else { c })
        };
        let year: Option<String> = year.chars().map(|c| Some(digit(c)?.to_string())).collect();
        let small = |text: &str| {
            let (tens, ones) = text.split_once('十').unwrap_or(("", text));
            let tens = match (text.contains('十'), tens.chars().next()) {
                (true, None) => 1,
                (true, Some(c)) => digit(c)?,
                (false, _) => 0,
            };
            let ones = ones.chars().next().map_or(Some(0), digit)?;
            Some(tens * 10 + ones)
        };
        Date::read(&format!("{}-{}-{}", year?, small(month)?, small(day.strip_suffix('日')?)?))
    })
}

fn same_name(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.chars().map(fold).filter(|c| c.is_alphanumeric()).collect::<String>();
    plain(one) == plain(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_place_of_a_date_is_seen() {
        for text in ["2026年13月40日", "2026年1月", "年 月 日", "二〇二六年三月", "2026-13-40", "2026.2.30"]
        {
            assert!(is_like_date(text), "{text}");
        }
        for text in ["2026年度", "10.2.1.3", "共3年2个月", "2026年3月20日印发", "3-4"] {
            assert!(!is_like_date(text), "{text}");
        }
    }

    #[test]
    fn dates_stand_alone() {
        let day = Some(Date { year: 2024, month: 1, day: 20 });
        assert_eq!(sign_off_date("2024年 1月20日"), day);
        assert_eq!(sign_off_date("二〇二四年一月二十日"), day);
        assert_eq!(sign_off_date("截至2024年1月20日共公开信息"), None);
    }
}
