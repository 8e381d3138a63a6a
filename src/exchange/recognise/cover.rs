//! Facts of the cover as the pages show them: title, period, contact, unit and date at the end.

use super::draft::Draft;
use super::lines::{LineSort, Lines};
use super::paragraphs::Margin;
use super::wording::fold;
use crate::check::date::{Date, read_year};
use crate::exchange::compose::blank_fact;
use crate::exchange::document::{At, Style};
use crate::exchange::note::NoteKind;
use crate::form::{FactKind, Form};
use crate::model::{FactId, Place, TextId, excerpt};

/// What the title says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Title {
    pub(super) unit: String,
    pub(super) year: i64,
    /// The lines that it is made of.
    pub(super) lines: std::ops::Range<usize>,
}

/// Lines in which the title is looked for.
const TITLE_LINES: usize = 15;

/// Looks for the title above a line.
pub(super) fn title(lines: &Lines<'_>, before: usize) -> Option<Title> {
    let seen: Vec<usize> = (0..before.min(lines.lines.len()))
        .filter(|index| {
            lines.lines.get(*index).is_some_and(|line| {
                !matches!(line.sort, LineSort::Noise | LineSort::Empty | LineSort::Row(..))
            })
        })
        .take(TITLE_LINES)
        .collect();
    let mut found: Vec<Title> = Vec::new();
    for (at, first) in seen.iter().enumerate() {
        let mut text = String::new();
        for last in seen.iter().skip(at).take(3) {
            let Some(line) = lines.lines.get(*last) else { break };
            if line.text.len() > 300 {
                break;
            }
            text.extend(line.text.trim_start_matches('#').chars().filter(|c| !c.is_whitespace()));
            if let Some((unit, year)) = read_title(&text) {
                found.push(Title { unit, year, lines: *first..*last + 1 });
            }
        }
    }
    // One that names the unit says more; of those the shortest has nothing else in it.
    let with_unit = found.iter().filter(|title| !title.unit.is_empty()).min_by_key(|title| title.lines.len());
    with_unit.or(found.first()).cloned()
}

/// Unit and year of `某某2023年政府信息公开工作年度报告` and its variants; no unit if it names none.
fn read_title(text: &str) -> Option<(String, i64)> {
    let text: Vec<char> = text.chars().map(fold).collect();
    if text.len() > 80 || text.iter().any(|c| matches!(c, '。' | ';' | ':' | '[' | '|')) {
        return None;
    }
    let year_at = (0..text.len()).find(|at| {
        let digits = text.get(*at..at + 4).is_some_and(|four| four.iter().all(char::is_ascii_digit));
        digits && text.get(at + 4) == Some(&'年')
    })?;
    let year: i64 = text.get(year_at..year_at + 4)?.iter().collect::<String>().parse().ok()?;
    let rest: String = text.get(year_at + 5..)?.iter().collect();
    let rest = rest.strip_prefix('度').unwrap_or(&rest);
    let (middle, tail) =
        ["政府信息公开", "信息公开", "政务公开"].iter().find_map(|words| rest.split_once(words))?;
    let tail = ["数据统计表", "统计表"].iter().find_map(|end| tail.strip_suffix(end)).unwrap_or(tail);
    let is_report = tail.ends_with("报告") || tail.ends_with("年报");
    if !is_report || !tail.chars().all(|c| "工作的年度报告情况(公开版)".contains(c)) {
        return None;
    }
    let front: String = text.get(..year_at)?.iter().collect();
    let strip = |part: &str| {
        part.trim_end_matches("关于").trim_start_matches("关于").trim_end_matches('的').to_owned()
    };
    let (front, middle) = (strip(&front), strip(middle));
    let unit = match (front.is_empty(), middle.is_empty()) {
        (false, false) => return None,
        (true, _) => middle,
        (false, true) => front,
    };
    // `附件2` in the line above is no unit.
    let plain = !unit.starts_with("附件")
        && unit.chars().all(|c| c.is_alphanumeric() || matches!(c, '(' | ')' | '、' | '“' | '”' | '·'));
    (plain && unit.chars().count() <= 40 && (1990..2100).contains(&year)).then_some((unit, year))
}

/// Takes everything above the first section: the title, the preface, and lines of the page around them.
pub(super) fn take_front(
    draft: &mut Draft<'_>,
    lines: &Lines<'_>,
    form: &Form,
    (title, margin): (Option<&Title>, Margin),
    before: usize,
) {
    match title {
        Some(title) => take_title(draft, lines, form, title),
        None => take_title_of_form(draft, lines, form, before),
    }
    let preface_text = form.sections.iter().find_map(|section| section.text);
    let mut preface: Vec<(usize, &str)> = Vec::new();
    for (index, line) in lines.lines.iter().enumerate().take(before) {
        let readable = matches!(line.sort, LineSort::Heading(_) | LineSort::Text(_));
        if !readable || line.pieces.is_empty() || !draft.is_free(lines, index) {
            continue;
        }
        let text = line.text.trim();
        line.pieces.clone().for_each(|piece| {
            draft.take(piece);
        });
        let of_title = title.is_some()
            && read_title(&text.chars().filter(|c| !c.is_whitespace()).collect::<String>()).is_some();
        let begun = preface
            .last()
            .is_some_and(|(last, before)| last + 1 == index && !before.trim_end().ends_with('。'));
        let is_running =
            text.contains(['。', '；', '《']) || (text.chars().count() >= 24 && text.contains('，'));
        if !of_title && preface_text.is_some() && (is_running || begun || continues(lines, index, before)) {
            preface.push((index, line.text));
        } else {
            let message = format!("“{}”在第一部分之前，没有采用", excerpt(text, 30));
            draft.note(line.pieces.start, NoteKind::LeftOver, None, line.at, text, message);
        }
    }
    let (Some(text), Some((first, _))) = (preface_text, preface.first()) else { return };
    let texts: Vec<&str> = preface.iter().map(|(_, text)| *text).collect();
    let mut paragraphs = margin.join(&texts);
    let Some(line) = lines.lines.get(*first) else { return };
    paragraphs.retain(|paragraph| {
        let Some(facts) = form.page.read_preface(paragraph.trim(), |fact, said| fits(form, fact, said))
        else {
            return true;
        };
        for (fact, said) in facts {
            draft.set_fact(fact, &entered(form, fact, &said));
        }
        draft.note(
            line.pieces.start,
            NoteKind::Matched,
            None,
            line.at,
            paragraph.clone(),
            "是表式规定的前言，封面项目已填入",
        );
        false
    });
    if paragraphs.is_empty() {
        return;
    }
    let heading = form.section_of_text(text).map_or("", |section| section.heading.as_str());
    let message = format!("正文之前的{}段说明放在“{heading}”的开头，请看是否保留", paragraphs.len());
    let source = paragraphs.first().map_or(String::new(), |first| excerpt(first, 60).into_owned());
    draft.note(line.pieces.start, NoteKind::Doubtful, Some(Place::Text(text)), line.at, source, message);
    draft.add_text(text, paragraphs);
}

/// Whether a line that is no sentence goes on in one that is: lines of print break anywhere.
fn continues(lines: &Lines<'_>, index: usize, before: usize) -> bool {
    let Some(line) = lines.lines.get(index) else { return false };
    let next = lines.lines.get(index + 1).filter(|_| index + 1 < before);
    let long = line.text.trim().chars().count() >= 18;
    long && next.is_some_and(|next| {
        matches!(next.sort, LineSort::Text(_)) && next.text.contains(['。', '，', '《', '》'])
    })
}

/// Takes a line that is the title as the form prints it.
fn take_title_of_form(draft: &mut Draft<'_>, lines: &Lines<'_>, form: &Form, before: usize) {
    for line in lines.lines.iter().take(before.min(TITLE_LINES)) {
        let text = line.text.trim();
        let facts = form.page.title.read_back(text, |fact, said| fits(form, fact, said));
        let Some(facts) = facts.filter(|facts| !facts.is_empty()) else { continue };
        for (fact, said) in facts {
            draft.set_fact(fact, &entered(form, fact, &said));
        }
        line.pieces.clone().for_each(|piece| {
            draft.take(piece);
        });
        draft.note(line.pieces.start, NoteKind::Matched, None, line.at, text, "是标题，封面项目已填入");
        return;
    }
}

/// Whether a piece of a printed sentence can be what a fact says.
fn fits(form: &Form, fact: FactId, said: &str) -> bool {
    if said == blank_fact(form, fact) {
        return true;
    }
    match form.fact_by_id(fact).map(|fact| &fact.kind) {
        Some(FactKind::Year) => read_year(said).is_some(),
        Some(FactKind::Date) => Date::read(said).is_some(),
        Some(FactKind::Choice(choices)) => choices.iter().any(|choice| choice.label == said),
        Some(FactKind::Unit | FactKind::Line) => true,
        None => false,
    }
}

/// What is entered for what is printed; nothing for the place of a fact in a blank form.
fn entered(form: &Form, fact: FactId, said: &str) -> String {
    if said == blank_fact(form, fact) {
        return String::new();
    }
    match form.fact_by_id(fact).map(|fact| &fact.kind) {
        Some(FactKind::Date) => Date::read(said).map_or_else(|| said.to_owned(), written),
        Some(FactKind::Choice(choices)) => choices
            .iter()
            .find(|choice| choice.label == said)
            .map_or_else(|| said.to_owned(), |choice| choice.id.clone()),
        _ => said.to_owned(),
    }
}

fn take_title(draft: &mut Draft<'_>, lines: &Lines<'_>, form: &Form, title: &Title) {
    let mut texts = Vec::new();
    for index in title.lines.clone() {
        let Some(line) = lines.lines.get(index) else { continue };
        let taken: Vec<bool> = line.pieces.clone().map(|piece| draft.take(piece)).collect();
        if taken.contains(&true) {
            texts.push(line.text.trim());
        }
    }
    let year = form.year_fact().map(|fact| fact.id);
    let unit = form.unit_fact().map(|fact| fact.id);
    if let Some(year) = year {
        draft.set_fact(year, &title.year.to_string());
    }
    if let Some(unit) = unit {
        draft.set_fact(unit, &title.unit);
    }
    let message = if title.unit.is_empty() {
        format!("标题：{}年度；标题里没有单位名称", title.year)
    } else {
        format!("标题：{}，{}年度", title.unit, title.year)
    };
    let Some(line) = lines.lines.get(title.lines.start) else { return };
    let place = unit.map(Place::Fact);
    draft.note(line.pieces.start, NoteKind::Matched, place, line.at, texts.join("\n"), message);
}

/// Takes the title where sheets of a workbook say it again.
pub(super) fn take_repeated(draft: &mut Draft<'_>, lines: &Lines<'_>, title: &Title) {
    let Some(first) = lines.lines.get(title.lines.start).filter(|_| title.lines.len() == 1) else { return };
    for (index, line) in lines.lines.iter().enumerate().skip(title.lines.end) {
        let same = matches!(line.at, At::Sheet { .. }) && line.text.trim() == first.text.trim();
        if !same || line.pieces.is_empty() || !draft.is_free(lines, index) {
            continue;
        }
        line.pieces.clone().for_each(|piece| {
            draft.take(piece);
        });
        draft.note(line.pieces.start, NoteKind::Matched, None, line.at, line.text.trim(), "又是标题");
    }
}

/// Takes unit and date below the last section.
pub(super) fn take_sign_off(draft: &mut Draft<'_>, lines: &Lines<'_>, form: &Form, after: usize) {
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

/// Period and contact, as the text of the first section and of the others gives them. The text keeps them.
pub(super) fn read_text(draft: &mut Draft<'_>, form: &Form) {
    let paragraphs: Vec<(TextId, String)> = form
        .sections
        .iter()
        .filter_map(|section| section.text)
        .flat_map(|text| {
            draft.text(text).iter().map(move |paragraph| (text, paragraph.clone())).collect::<Vec<_>>()
        })
        .collect();
    for (text, paragraph) in &paragraphs {
        if let Some(dates) = period(paragraph) {
            read_period(draft, form, (*text, paragraph), dates);
            break;
        }
    }
    let contact = paragraphs.iter().find_map(|(_, paragraph)| contact(paragraph));
    if let (Some(fact), Some(contact)) = (form.fact("contact"), contact) {
        draft.set_fact(fact.id, &contact);
    }
}

fn read_period(
    draft: &mut Draft<'_>,
    form: &Form,
    (text, paragraph): (TextId, &str),
    dates: Option<(Date, Date)>,
) {
    let facts = [form.fact("period_from"), form.fact("period_to")];
    let Some((from, to)) = dates else {
        let first = facts.first().copied().flatten();
        let place = first.map_or(Place::Text(text), |fact| Place::Fact(fact.id));
        let message = "统计期限的日期写得不完整，没有填入封面，请照实填写";
        draft.note(
            usize::MAX,
            NoteKind::Doubtful,
            Some(place),
            &At::Unknown,
            excerpt(paragraph, 80),
            message,
        );
        return;
    };
    for (fact, date) in facts.into_iter().zip([from, to]) {
        if let Some(fact) = fact {
            draft.set_fact(fact.id, &written(date));
        }
    }
    if let Some(fact) = form.year_fact().filter(|fact| draft.set_fact(fact.id, &from.year.to_string())) {
        let message = format!("标题里没有年度，按统计期限填为{}，请核对", from.year);
        let place = Some(Place::Fact(fact.id));
        draft.note(0, NoteKind::Doubtful, place, &At::Unknown, excerpt(paragraph, 80), message);
    }
}

/// The dates of the sentence on the period: none if there is no such sentence, none inside if they can not be read.
#[allow(clippy::option_option)]
fn period(paragraph: &str) -> Option<Option<(Date, Date)>> {
    let (_, rest) = paragraph.split_once("统计期限")?;
    let rest: Vec<char> = rest.chars().map(fold).filter(|c| !c.is_whitespace()).take(60).collect();
    let rest: String = rest.into_iter().collect();
    let sentence = rest.split('。').next().unwrap_or_default();
    if !sentence.contains('月') {
        return None;
    }
    let mut dates = Vec::new();
    let mut year: Option<String> = None;
    for part in sentence.split_inclusive('日') {
        let digits: Vec<&str> =
            part.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).collect();
        let text = match digits.as_slice() {
            [own, month, day] if part.contains('年') => {
                year = Some((*own).to_owned());
                format!("{own}-{month}-{day}")
            }
            [month, day] if !part.contains('年') && year.is_some() => {
                format!("{}-{month}-{day}", year.clone().unwrap_or_default())
            }
            [] => continue,
            _ => return Some(None),
        };
        dates.push(Date::read(&text));
        if dates.len() == 2 {
            break;
        }
    }
    match dates.as_slice() {
        [Some(from), Some(to)] if from <= to => Some(Some((*from, *to))),
        _ => Some(None),
    }
}

/// What stands in brackets behind 联系, if that is a way to reach someone.
fn contact(paragraph: &str) -> Option<String> {
    let (_, rest) = paragraph.split_once("联系")?;
    let open = rest.find(['（', '('])?;
    let inner = rest.get(open..)?.trim_start_matches(['（', '(']);
    let end = inner.find(['）', ')'])?;
    let inner = inner.get(..end)?.trim();
    let near = rest.get(..open)?.chars().count() <= 3;
    (near && (inner.contains("电话") || inner.contains("电 话")) && inner.chars().count() <= 200)
        .then(|| inner.to_owned())
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

fn written(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_read_in_their_variants() {
        let read = |text: &str| read_title(text);
        let unit = |name: &str, year| Some((name.to_owned(), year));
        assert_eq!(read("甲县人民政府2023年政府信息公开工作年度报告"), unit("甲县人民政府", 2023));
        assert_eq!(
            read("2025年甲市人民政府办公厅政府信息公开工作年度报告"),
            unit("甲市人民政府办公厅", 2025)
        );
        assert_eq!(
            read("乙镇人民政府关于２０２１年度政府信息公开工作的年度报告"),
            unit("乙镇人民政府", 2021)
        );
        assert_eq!(read("2022年政府信息公开工作年度报告"), unit("", 2022));
        assert_eq!(read("2025年政府信息公开工作年度报告数据统计表"), unit("", 2025));
        assert_eq!(read("附件32025年政府信息公开工作年度报告"), None);
        assert_eq!(read("正文2025年甲市政府信息公开工作年度报告"), None, "two names");
        assert_eq!(read("2025年甲市政府信息公开工作要点"), None);
    }

    #[test]
    fn periods_are_read_and_broken_ones_are_noticed() {
        let day = |year, month, day| Date { year, month, day };
        let whole = Some(Some((day(2023, 1, 1), day(2023, 12, 31))));
        assert_eq!(period("所列数据统计期限自2023年1月1日起至2023年12月31日止。"), whole);
        assert_eq!(period("统计期限为 2023 年 1 月 1 日至 12 月 31 日。"), whole);
        assert_eq!(period("统计期限为20231月1日起至202312月31日止。"), Some(None));
        assert_eq!(period("没有这样的句子。"), None);
    }

    #[test]
    fn dates_and_contacts_stand_alone() {
        let day = Some(Date { year: 2024, month: 1, day: 20 });
        assert_eq!(sign_off_date("2024年 1月20日"), day);
        assert_eq!(sign_off_date("二〇二四年一月二十日"), day);
        assert_eq!(sign_off_date("截至2024年1月20日共公开信息"), None);
        let contact = contact("如有疑问，请与办公室联系（地址：某路1号，电话：123-4567）。");
        assert_eq!(contact.as_deref(), Some("地址：某路1号，电话：123-4567"));
    }
}
