//! The title of a report: unit and year.

use super::cover::{entered, fits};
use super::draft::Draft;
use super::lines::{Line, Lines};
use super::wording::fold;
use crate::exchange::compose::blank_fact;
use crate::exchange::document::At;
use crate::exchange::note::NoteKind;
use crate::form::Form;
use crate::model::Place;

/// What the title says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Title {
    pub(super) unit: String,
    pub(super) year: i64,
    /// The lines that it is made of.
    pub(super) lines: std::ops::Range<usize>,
    /// Whether it says more, or says it otherwise, than titles do, so that the unit can not be told.
    pub(super) is_unclear: bool,
}

/// Lines in which the title is looked for.
const TITLE_LINES: usize = 15;

/// Looks for the title above a line.
pub(super) fn title(lines: &Lines<'_>, before: usize) -> Option<Title> {
    let seen: Vec<usize> = (0..before.min(lines.lines.len()))
        .filter(|index| lines.lines.get(*index).is_some_and(Line::reads_as_text))
        .take(TITLE_LINES)
        .collect();
    let mut found: Vec<Title> = Vec::new();
    let mut unclear: Option<Title> = None;
    for (at, first) in seen.iter().enumerate() {
        let mut text = String::new();
        for last in seen.iter().skip(at).take(3) {
            let Some(line) = lines.lines.get(*last) else { break };
            if line.text.len() > 300 {
                break;
            }
            text.extend(line.text.trim_start_matches('#').chars().filter(|c| !c.is_whitespace()));
            let lines = *first..*last + 1;
            if let Some((unit, year)) = read_title(&text) {
                found.push(Title { unit, year, lines, is_unclear: false });
            } else if unclear.is_none()
                && first == last
                && let Some(year) = year_of_unclear(&text)
            {
                unclear = Some(Title { unit: String::new(), year, lines, is_unclear: true });
            }
        }
    }
    // One that names the unit says more; of those the shortest has nothing else in it.
    let with_unit = found.iter().filter(|title| !title.unit.is_empty()).min_by_key(|title| title.lines.len());
    with_unit.or(found.first()).cloned().or(unclear)
}

/// Takes the lines of a title that was found.
pub(super) fn take_title(draft: &mut Draft<'_>, lines: &Lines<'_>, form: &Form, title: &Title) {
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
    let year = title.year;
    let (kind, message) = if title.is_unclear {
        let message = format!("标题里的单位看不清，没有从标题填入；年度填为{year}，请核对");
        (NoteKind::Doubtful, message)
    } else if title.unit.is_empty() {
        (NoteKind::Matched, format!("标题：{year}年度；标题里没有单位名称"))
    } else {
        (NoteKind::Matched, format!("标题：{}，{year}年度", title.unit))
    };
    let Some(line) = lines.lines.get(title.lines.start) else { return };
    let place = unit.map(Place::Fact);
    draft.note(line.pieces.start, kind, place, line.at, texts.join("\n"), message);
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

/// Takes a line that is the title as the form prints it; says whether there is one. In files of our own any unit may
/// have any name.
pub(super) fn take_title_of_form(
    draft: &mut Draft<'_>,
    lines: &Lines<'_>,
    form: &Form,
    before: usize,
    own: bool,
) -> bool {
    let is_unit = |said: &str| is_name(&said.chars().map(fold).collect::<String>());
    for line in lines.lines.iter().take(before.min(TITLE_LINES)) {
        let text = line.text.trim();
        let facts = form.page.title.read_back(text, |fact, said| {
            let of_unit = form.unit_fact().is_some_and(|unit| unit.id == fact);
            fits(form, fact, said) && (own || !of_unit || said == blank_fact(form, fact) || is_unit(said))
        });
        let Some(facts) = facts.filter(|facts| !facts.is_empty()) else { continue };
        for (fact, said) in facts {
            draft.set_fact(fact, &entered(form, fact, &said));
        }
        line.pieces.clone().for_each(|piece| {
            draft.take(piece);
        });
        draft.note(line.pieces.start, NoteKind::Matched, None, line.at, text, "是标题，封面项目已填入");
        return true;
    }
    false
}

/// Says that unit or year have not been found.
pub(super) fn note_missing(draft: &mut Draft<'_>, form: &Form) {
    let facts = [form.unit_fact(), form.year_fact()].into_iter().flatten();
    let missing: Vec<_> = facts.filter(|fact| draft.fact(&fact.name).is_some_and(str::is_empty)).collect();
    let Some(first) = missing.first() else { return };
    let names = missing.iter().map(|fact| fact.label.as_str()).collect::<Vec<_>>().join("和");
    let message = format!("没有找到写明{names}的标题，封面的{names}没有填入，请照实填写");
    draft.note(0, NoteKind::Doubtful, Some(Place::Fact(first.id)), &At::Unknown, "", message);
}

/// Unit and year of `某某2023年政府信息公开工作年度报告` and its variants; no unit if it names none.
pub(super) fn read_title(text: &str) -> Option<(String, i64)> {
    let Parts { front, year, middle, tail } = parts(text)?;
    if !(tail.ends_with("报告") || tail.ends_with("年报"))
        || !tail.chars().all(|c| "工作的年度报告情况(公开版)".contains(c))
    {
        return None;
    }
    let strip = |part: &str| {
        part.trim_end_matches("关于").trim_start_matches("关于").trim_end_matches('的').to_owned()
    };
    let (front, middle) = (strip(&front), strip(&middle));
    let unit = match (front.is_empty(), middle.is_empty()) {
        (false, false) => return None,
        (true, _) => middle,
        (false, true) => front,
    };
    is_name(&unit).then_some((unit, year))
}

/// Whether a line is a title, clear or not.
pub(super) fn is_title(text: &str) -> bool {
    read_title(text).is_some() || year_of_unclear(text).is_some()
}

/// The year of a line that is a title, though what stands around the year is no name of a unit.
fn year_of_unclear(text: &str) -> Option<i64> {
    let Parts { front, year, middle, tail } = parts(text)?;
    let tail = tail.strip_suffix(')').and_then(|tail| tail.rsplit_once('(')).map_or(&*tail, |(tail, _)| tail);
    let is_title = (tail.ends_with("报告") || tail.ends_with("年报"))
        && tail.chars().all(|c| "工作的年度报告情况".contains(c))
        && !front.starts_with("附件")
        && !front.starts_with("正文")
        && ![&front, &middle].iter().any(|part| part.contains(['>', '/', '，', ',']));
    is_title.then_some(year)
}

/// A line with the words of a title, folded.
struct Parts {
    /// What stands in front of the year.
    front: String,
    year: i64,
    /// What stands between year and subject.
    middle: String,
    /// What stands behind the subject.
    tail: String,
}

fn parts(text: &str) -> Option<Parts> {
    let text: Vec<char> = text.chars().map(fold).collect();
    let label = text.iter().position(|c| *c == ':').filter(|colon| {
        text.get(..*colon)
            .is_some_and(|front| LABELS.iter().any(|label| label.chars().eq(front.iter().copied())))
    });
    let text = text.get(label.map_or(0, |colon| colon + 1)..)?;
    if text.len() > 80 || text.iter().any(|c| matches!(c, '。' | ';' | ':' | '[' | '|')) {
        return None;
    }
    let (year_at, year) = (0..text.len()).find_map(|at| {
        let four = text.get(at..at + 4).filter(|_| text.get(at + 4) == Some(&'年'))?;
        let digits: Option<String> = four.iter().map(|c| digit(*c)).collect();
        Some((at, digits?.parse::<i64>().ok()?))
    })?;
    let rest: String = text.get(year_at + 5..)?.iter().collect();
    let rest = rest.strip_prefix('度').unwrap_or(&rest);
    let (middle, tail) = SUBJECTS.iter().find_map(|words| rest.split_once(words))?;
    let tail = ["数据统计表", "统计表"].iter().find_map(|end| tail.strip_suffix(end)).unwrap_or(tail);
    let front: String = text.get(..year_at)?.iter().collect();
    (1990..2100).contains(&year).then(|| Parts {
        front,
        year,
        middle: middle.to_owned(),
        tail: tail.to_owned(),
    })
}

/// Words that systems put in front of a title.
const LABELS: [&str; 6] = ["标题", "题目", "名称", "文件名称", "信息名称", "报告名称"];

/// What a report is about; the longer names first.
const SUBJECTS: [&str; 5] = ["政府信息公开", "政府资讯公开", "信息公开", "资讯公开", "政务公开"];

/// A digit of a year, as a digit.
fn digit(c: char) -> Option<char> {
    let numeral = "〇一二三四五六七八九".chars().zip('0'..='9').find(|(known, _)| *known == c);
    match c {
        '0'..='9' => Some(c),
        '○' | '零' | 'O' | 'o' => Some('0'),
        _ => numeral.map(|(_, digit)| digit),
    }
}

/// Whether something in the place of a unit's name can be one: `附件2` in the line above is none.
fn is_name(unit: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '(' | ')' | '、' | '“' | '”' | '·');
    !unit.starts_with("附件") && unit.chars().all(plain) && unit.chars().count() <= 40
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
        assert_eq!(read("某县政府二〇二五年政府信息公开工作年度报告"), unit("某县政府", 2025));
        assert_eq!(read("某縣政府2025年政府資訊公開工作年度報告"), unit("某县政府", 2025));
        assert_eq!(read("标题：某县政府2025年政府信息公开工作年度报告"), unit("某县政府", 2025));
        assert_eq!(read("摘要：某县政府2025年政府信息公开工作年度报告"), None);
        assert_eq!(read("附件32025年政府信息公开工作年度报告"), None);
        assert_eq!(read("正文2025年甲市政府信息公开工作年度报告"), None, "two names");
        assert_eq!(read("2025年甲市政府信息公开工作要点"), None);
    }

    #[test]
    fn titles_without_a_clear_unit_still_have_a_year() {
        for text in [
            "【某市】2025年政府信息公开工作年度报告",
            "某市政府2024-2025年政府信息公开工作年度报告",
            "某市2025年政府信息公开工作年度报告（政府办公室）",
        ] {
            assert_eq!(read_title(text), None, "{text}");
            assert_eq!(year_of_unclear(text), Some(2025), "{text}");
        }
        for text in
            ["首页>2025年政府信息公开年报", "2025年甲市政府信息公开工作要点", "附件32025年政府信息公开年报"]
        {
            assert_eq!(year_of_unclear(text), None, "{text}");
        }
    }
}
