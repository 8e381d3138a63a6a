//! What a document has no place for, told in a bounded number of notes.

use std::collections::HashMap;
use std::sync::Arc;

use crate::exchange::{At, Lost};

/// The most notes that one file gets; what there is beyond them is only counted.
const MOST_NOTES: usize = 500;

/// The notes so far. The same of one sheet is told once, with how often.
#[derive(Debug, Default)]
pub(super) struct Losses {
    notes: Vec<(Lost, usize)>,
    known: HashMap<(Arc<str>, String), usize>,
    untold: usize,
}

impl Losses {
    /// Notes that something at a place was left out.
    pub(super) fn push(&mut self, at: At, what: &str) {
        // The same thing mostly comes many times in a row.
        if let Some((last, times)) = self.notes.last_mut()
            && last.what == what
            && sheet(&last.at) == sheet(&at)
        {
            *times += 1;
            return;
        }
        let key = (sheet(&at).cloned().unwrap_or_default(), what.to_owned());
        if let Some((_, times)) = self.known.get(&key).and_then(|index| self.notes.get_mut(*index)) {
            *times += 1;
        } else if self.notes.len() < MOST_NOTES {
            self.known.insert(key, self.notes.len());
            self.notes.push((Lost { at, what: what.to_owned() }, 1));
        } else {
            self.untold += 1;
        }
    }

    /// All notes, the oldest first.
    pub(super) fn finish(self) -> Vec<Lost> {
        let mut all: Vec<Lost> = Vec::with_capacity(self.notes.len() + 1);
        for (mut lost, times) in self.notes {
            if times > 1 {
                lost.what = format!("{}（共{times}处）", lost.what);
            }
            all.push(lost);
        }
        if self.untold > 0 {
            all.push(Lost {
                at: At::Unknown, what: format!("没有逐一列出的另外{}处内容", self.untold)
            });
        }
        all
    }
}

fn sheet(at: &At) -> Option<&Arc<str>> {
    if let At::Sheet { sheet, .. } = at { Some(sheet) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_is_told_once_and_the_many_are_counted() {
        let mut losses = Losses::default();
        let at = |sheet: &str, row| At::Sheet { sheet: sheet.into(), row, column: 0 };
        for row in 0..3 {
            losses.push(at("甲", row), "图片");
            losses.push(at("乙", row), "图片");
            losses.push(at("乙", row), "图形");
        }
        let told: Vec<_> = losses.finish().iter().map(|lost| format!("{} {}", lost.at, lost.what)).collect();
        assert_eq!(
            told,
            ["工作表“甲”A1 图片（共3处）", "工作表“乙”A1 图片（共3处）", "工作表“乙”A1 图形（共3处）"]
        );
        let mut losses = Losses::default();
        for row in 0..2000 {
            losses.push(at("甲", row), &format!("第{row}个"));
        }
        let told = losses.finish();
        assert_eq!(told.len(), MOST_NOTES + 1);
        assert_eq!(told[MOST_NOTES].what, "没有逐一列出的另外1500处内容");
    }
}
