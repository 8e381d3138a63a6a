//! Headings of whole sections that stand in a text: their names and numbers are those of the form.

use super::chinese::is_han;
use super::heading::{Level, Mark};
use super::line::Line;
use super::sections::is_same;
use super::{remark, replace};
use crate::prose::{Remark, Setting, Topic};

const HINT: &str = "六个部分的序号和名称以格式为准。";
/// The most characters the name of a section has.
const LONGEST: usize = 40;
/// Characters of the names of the sections as they are written elsewhere; such a name is not another one.
const TRADITIONAL: &str = "總體況動開處請訴訟復議進項報";

pub(super) fn check(setting: &Setting, lines: &[Line], remarks: &mut Vec<Remark>) {
    let parts: Vec<(&Line, Mark)> = lines
        .iter()
        .filter_map(|line| Some((line, Mark::of(line).filter(|mark| mark.level == Level::Part)?)))
        .collect();
    let is_first = |line: &Line| {
        lines.iter().find(|line| !line.text.trim().is_empty()).is_some_and(|first| first.start == line.start)
    };
    let own = setting.form.section_of_text(setting.text);
    for (line, mark) in &parts {
        let Some(title) = title(line, mark) else { continue };
        let range = mark.range.end + title.0..mark.range.end + title.0 + title.1.len();
        let known = setting.form.sections.iter().find(|section| is_same(title.1, &section.heading));
        if let Some(section) = known {
            if super::chinese::read(&section.number).is_none_or(|number| number == mark.number) {
                continue;
            }
            let right = format!("{}、", section.number);
            let message = format!(
                "标题“{}{}”的序号与格式不同，格式为“{right}{}”。",
                mark.written, title.1, section.heading
            );
            // A heading of another section may have a wrong number or be a wrong heading.
            let is_own = own.is_some_and(|own| own.id == section.id);
            let fix = (is_own && parts.len() == 1).then(|| replace(mark.range.clone(), &right));
            remarks.push(remark(Topic::Sections, mark.range.start..range.end, message, HINT, fix));
        } else if let Some(own) = own
            && parts.len() == 1
            && is_first(line)
            && super::chinese::read(&own.number) == Some(mark.number)
        {
            let message = format!("标题“{}”与格式的标题“{}”不同。", title.1, own.heading);
            let fix = replace(range.clone(), &own.heading);
            remarks.push(remark(Topic::Sections, range, message, HINT, Some(fix)));
        }
    }
}

/// What stands behind the number of a heading, and where it begins behind it. None if it is a sentence.
fn title<'a>(line: &Line<'a>, mark: &Mark) -> Option<(usize, &'a str)> {
    let rest = line.text.get(mark.range.end - line.start..)?;
    let title = rest.trim_start();
    let skipped = rest.len() - title.len();
    let title = title.trim_end();
    let is_other_script = title.contains(|c| TRADITIONAL.contains(c));
    let is_title = title.chars().count() <= LONGEST && !title.contains(['。', '，', '；', '：', ':', ',']);
    (is_title && !is_other_script && title.chars().any(is_han)).then_some((skipped, title))
}
