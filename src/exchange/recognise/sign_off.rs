//! Unit and date at the end of a report.

use super::cover::written;
use super::draft::Draft;
use super::lines::{LineSort, Lines};
use super::wording::fold;
use crate::check::date::Date;
use crate::exchange::compose::blank_fact;
use crate::exchange::document::Style;
use crate::exchange::note::NoteKind;
use crate::form::Form;
use crate::model::Place;

/// Takes unit and date below the last section.
pub(super) fn take(draft: &mut Draft<'_>, lines: &Lines<'_>, form: &Form, after: usize) {
    // A program on the way may have dropped the style.
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
    let free = |index: &usize| {
        lines.lines.get(*index).is_some_and(|line| {
            matches!(line.sort, LineSort::Text(_)) && !line.pieces.is_empty() && draft.is_free(lines, *index)
        })
    };
    let tail: Vec<usize> = (after + 1..lines.lines.len()).rev().filter(free).take(4).collect();
    let text_of = |index: usize| lines.lines.get(index).map_or("", |line| line.text.trim());
    let dated = tail.iter().position(|index| sign_off_date(text_of(*index)).is_some());
    let Some((position, date)) = dated.and_then(|at| Some((at, sign_off_date(text_of(*tail.get(at)?))?)))
    else {
        return;
    };
    let styled =
        |index: usize| lines.lines.get(index).is_some_and(|line| line.sort == LineSort::Text(Style::SignOff));
    // What stands below the date is no part of a sign-off; without a style only the very end is one.
    if position > 0 && !tail.get(position).is_some_and(|index| styled(*index)) {
        return;
    }
    let Some(date_line) = tail.get(position).copied() else { return };
    let known_unit = form.unit_fact().and_then(|fact| draft.fact(&fact.name)).unwrap_or_default().to_owned();
    let unit_line = tail.get(position + 1).copied().filter(|index| {
        let text = text_of(*index);
        let name = text.chars().count() <= 40
            && !text.contains(['。', '，', '：', '；', ':', '.'])
            && !text.chars().all(|c| c == '无');
        let set_apart =
            lines.lines.get(*index).is_some_and(|line| line.text.starts_with(char::is_whitespace));
        name && (styled(*index)
            || set_apart
            || same_name(text, &known_unit)
            || known_unit.is_empty()
            || text.chars().count() >= 5)
    });
    if let Some(fact) = form.fact("signed") {
        draft.set_fact(fact.id, &written(date));
    }
    let mut sources = Vec::new();
    for index in [unit_line, Some(date_line)].into_iter().flatten() {
        if let Some(line) = lines.lines.get(index) {
            sources.push(line.text.trim());
            line.pieces.clone().for_each(|piece| {
                draft.take(piece);
            });
        }
    }
    let Some(line) = lines.lines.get(unit_line.unwrap_or(date_line)) else { return };
    let unit = unit_line.map(text_of).unwrap_or_default();
    let place = form.fact("signed").map(|fact| Place::Fact(fact.id));
    let (kind, message) = match form.unit_fact() {
        Some(fact) if !unit.is_empty() && known_unit.is_empty() => {
            draft.set_fact(fact.id, unit);
            (NoteKind::Matched, format!("落款：{unit}，{}", written(date)))
        }
        Some(_) if !unit.is_empty() && !same_name(unit, &known_unit) => (
            NoteKind::Doubtful,
            format!("落款单位“{unit}”与标题中的“{known_unit}”不同，封面采用标题中的，请核对"),
        ),
        _ => (NoteKind::Matched, format!("落款日期：{}", written(date))),
    };
    draft.note(line.pieces.start, kind, place, line.at, sources.join("\n"), message);
}

/// A date that stands alone, in digits or in Chinese numerals.
fn sign_off_date(text: &str) -> Option<Date> {
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
    fn dates_stand_alone() {
        let day = Some(Date { year: 2024, month: 1, day: 20 });
        assert_eq!(sign_off_date("2024年 1月20日"), day);
        assert_eq!(sign_off_date("二〇二四年一月二十日"), day);
        assert_eq!(sign_off_date("截至2024年1月20日共公开信息"), None);
    }
}
