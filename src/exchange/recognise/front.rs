//! What stands above the first section: the title, the preface, and lines of the page around them.

use super::cover::{entered, fits};
use super::draft::Draft;
use super::lines::{Line, LineSort, Lines};
use super::paragraphs::Margin;
use super::title::{self, Title};
use super::wording::Words;
use crate::exchange::note::NoteKind;
use crate::form::Form;
use crate::model::{Place, excerpt};

/// Takes everything above the first section: the title, the preface, and lines of the page around them. Says whether
/// the title is that of the form, which may still be blank.
pub(super) fn take_front(
    draft: &mut Draft<'_>,
    lines: &Lines<'_>,
    form: &Form,
    (known, margin): (Option<&Title>, Margin),
    before: usize,
) -> bool {
    let is_clear = known.is_some_and(|known| !known.is_unclear);
    let of_form = !is_clear && title::take_title_of_form(draft, lines, form, before, margin.is_exact());
    if let Some(known) = known.filter(|_| !of_form) {
        title::take_title(draft, lines, form, known);
    }
    take_preface(draft, lines, form, (known, margin), before);
    of_form
}

fn take_preface(
    draft: &mut Draft<'_>,
    lines: &Lines<'_>,
    form: &Form,
    (known, margin): (Option<&Title>, Margin),
    before: usize,
) {
    let is_readable = |line: &Line<'_>| {
        matches!(line.sort, LineSort::Heading(_) | LineSort::Text(_)) && !line.pieces.is_empty()
    };
    let last_sentence =
        lines.lines.iter().take(before).rposition(|line| is_readable(line) && is_running(line.text.trim()));
    let preface_text = form.sections.iter().find_map(|section| section.text);
    let mut preface: Vec<(usize, &str)> = Vec::new();
    for (index, line) in lines.lines.iter().enumerate().take(before) {
        if !is_readable(line) || !draft.is_free(lines, index) {
            continue;
        }
        let text = line.text.trim();
        line.pieces.clone().for_each(|piece| {
            draft.take(piece);
        });
        let of_title = known.is_some()
            && title::read_title(&text.chars().filter(|c| !c.is_whitespace()).collect::<String>()).is_some();
        let begun = preface
            .last()
            .is_some_and(|(last, before)| last + 1 == index && !before.trim_end().ends_with('。'));
        // Where the heading of the first section is missing, those inside it stand here.
        let is_heading = known.is_none_or(|known| index >= known.lines.end)
            && last_sentence.is_some_and(|last| index < last)
            && text.chars().count() <= LONGEST_HEADING
            && Words::of(text).number.is_some();
        let goes_in = is_running(text) || is_heading || begun || continues(lines, index, before);
        if !of_title && preface_text.is_some() && goes_in {
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

/// Characters of a heading inside a section.
const LONGEST_HEADING: usize = 40;

fn is_running(text: &str) -> bool {
    text.contains(['。', '；', '《']) || (text.chars().count() >= 24 && text.contains('，'))
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
