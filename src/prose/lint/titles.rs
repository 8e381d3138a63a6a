//! Headings of whole sections that stand in a text: their names and numbers are those of the form.

use super::chinese::is_han;
use super::heading::{Level, Opening};
use super::line::Line;
use super::sections::is_same;
use super::{Paragraph, Piece, remark, replace};
use crate::prose::{Remark, Setting, Topic};

const HINT: &str = "六个部分的序号和名称以格式为准。";
/// The most characters the name of a section has.
const LONGEST: usize = 40;
/// Characters of the names of the sections as they are written elsewhere; such a name is not another one.
const TRADITIONAL: &str = "總體況動開處請訴訟復議進項報";

/// What stands behind the number of a heading of the highest level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Title {
    /// The words.
    words: String,
    /// Where they begin, in bytes of the paragraph.
    start: usize,
}

/// The title of a section with which a paragraph begins. None if it begins otherwise, or goes on as a sentence.
pub(super) fn read(line: &Line, opening: &Opening) -> Option<Title> {
    let mark = opening.mark().filter(|mark| mark.level == Level::Part)?;
    let rest = line.text.get(mark.range.end - line.start..)?;
    let words = rest.trim_start();
    let start = mark.range.end + rest.len() - words.len();
    let words = words.trim_end();
    let is_other_script = words.contains(|c| TRADITIONAL.contains(c));
    let is_title = words.chars().take(LONGEST + 1).count() <= LONGEST
        && !words.contains(['。', '，', '；', '：', ':', ',']);
    (is_title && !is_other_script && words.chars().any(is_han))
        .then(|| Title { words: words.to_owned(), start })
}

pub(super) fn check(setting: &Setting, paragraphs: &[Piece], remarks: &mut Vec<Remark>) {
    let mark_of =
        |paragraph: &Paragraph| paragraph.opening.mark().filter(|mark| mark.level == Level::Part).cloned();
    let is_only = paragraphs.iter().filter_map(|(_, paragraph)| mark_of(paragraph)).take(2).count() == 1;
    let is_blank = |opening: &Opening| matches!(opening, Opening::Words { is_blank: true, .. });
    let first =
        paragraphs.iter().find(|(_, paragraph)| !is_blank(&paragraph.opening)).map(|(start, _)| *start);
    let own = setting.form.section_of_text(setting.text);
    for (start, paragraph) in paragraphs {
        let (Some(title), Some(mark)) = (&paragraph.title, mark_of(paragraph)) else { continue };
        let number = start + mark.range.start..start + mark.range.end;
        let range = start + title.start..start + title.start + title.words.len();
        let known = setting.form.sections.iter().find(|section| is_same(&title.words, &section.heading));
        if let Some(section) = known {
            if super::chinese::read(&section.number).is_none_or(|number| number == mark.number) {
                continue;
            }
            let right = format!("{}、", section.number);
            let message = format!(
                "标题“{}{}”的序号与格式不同，格式为“{right}{}”。",
                mark.written, title.words, section.heading
            );
            // A heading of another section may have a wrong number or be a wrong heading.
            let is_own = own.is_some_and(|own| own.id == section.id);
            let fix = (is_own && is_only).then(|| replace(number.clone(), &right));
            remarks.push(remark(Topic::Sections, number.start..range.end, message, HINT, fix));
        } else if let Some(own) = own
            && is_only
            && first == Some(*start)
            && super::chinese::read(&own.number) == Some(mark.number)
        {
            let message = format!("标题“{}”与格式的标题“{}”不同。", title.words, own.heading);
            let fix = replace(range.clone(), &own.heading);
            remarks.push(remark(Topic::Sections, range, message, HINT, Some(fix)));
        }
    }
}
