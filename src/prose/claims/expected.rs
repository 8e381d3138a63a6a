//! What a text has to speak of because of what the tables show.

use super::verdict;
use crate::form::wording::Expect;
use crate::form::{Form, Severity};
use crate::model::TextId;
use crate::prose::{Remark, Topic, Values};

const HINT: &str = "请在本部分补写；确实没有的，也请写明没有。";

/// Remarks on what a text is silent about, at its beginning. A text with nothing in it is told by a rule of the form.
pub fn expected(form: &Form, id: TextId, text: &str, values: &dyn Values) -> Vec<Remark> {
    let of_text = form.claims.expects.iter().filter(|expect| expect.text == id);
    of_text.filter_map(|expect| silent(expect, text, values)).collect()
}

fn silent(expect: &Expect, text: &str, values: &dyn Values) -> Option<Remark> {
    let value = verdict::sum(&expect.when, |cell| values.cell(cell)).filter(|value| *value > 0)?;
    if text.trim().is_empty() || expect.words.iter().any(|word| speaks_of(text, word, &expect.except)) {
        return None;
    }
    let start = text.len() - text.trim_start().len();
    Some(Remark {
        topic: Topic::Missing,
        severity: Severity::Verify,
        range: start..start,
        message: format!("表中{}为 {value}，{}。", expect.when.name, expect.says),
        hint: HINT,
        cells: verdict::cells(std::slice::from_ref(&expect.when)),
        fix: None,
    })
}

/// Whether a word stands in a text other than inside of one that only looks like it.
fn speaks_of(text: &str, word: &str, except: &[String]) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let is_inside = |other: &String| {
            other.match_indices(word).any(|(offset, _)| {
                let start = at.checked_sub(offset);
                start.and_then(|start| text.get(start..)).is_some_and(|rest| rest.starts_with(other.as_str()))
            })
        };
        !except.iter().any(is_inside)
    })
}
