//! The title of a report: unit and year.

use super::cover::{entered, fits};
use super::draft::Draft;
use super::lines::{LineSort, Lines};
use super::wording::fold;
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

/// Takes a line that is the title as the form prints it.
pub(super) fn take_title_of_form(draft: &mut Draft<'_>, lines: &Lines<'_>, form: &Form, before: usize) {
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

/// Unit and year of `某某2023年政府信息公开工作年度报告` and its variants; no unit if it names none.
pub(super) fn read_title(text: &str) -> Option<(String, i64)> {
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
}
