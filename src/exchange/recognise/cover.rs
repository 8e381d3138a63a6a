//! Facts of the cover as printed sentences give them, and as the text does: period and contact.

use super::draft::Draft;
use super::wording::fold;
use crate::check::date::{Date, read_year};
use crate::exchange::compose::blank_fact;
use crate::exchange::document::At;
use crate::exchange::note::NoteKind;
use crate::form::{FactKind, Form};
use crate::model::{FactId, Place, TextId, excerpt};

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

/// Whether a piece of a printed sentence can be what a fact says.
pub(super) fn fits(form: &Form, fact: FactId, said: &str) -> bool {
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
pub(super) fn entered(form: &Form, fact: FactId, said: &str) -> String {
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

/// A day as facts have it.
pub(super) fn written(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
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
}

/// The year is that of the period if the title gives none.
pub(super) fn year_of_period(draft: &mut Draft<'_>, form: &Form) {
    let from = draft.fact("period_from").and_then(Date::read);
    let (Some(from), Some(fact)) = (from, form.year_fact()) else { return };
    if draft.set_fact(fact.id, &from.year.to_string()) {
        let message = format!("标题里没有年度，按统计期限填为{}，请核对", from.year);
        draft.note(0, NoteKind::Doubtful, Some(Place::Fact(fact.id)), &At::Unknown, "", message);
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

#[cfg(test)]
mod tests {
    use super::*;

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
    fn contacts_stand_in_brackets() {
        let contact = contact("如有疑问，请与办公室联系（地址：某路1号，电话：123-4567）。");
        assert_eq!(contact.as_deref(), Some("地址：某路1号，电话：123-4567"));
    }
}
