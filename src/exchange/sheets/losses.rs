//! What a document has no place for, told in a bounded number of notes.

use std::collections::HashMap;
use std::sync::Arc;

use crate::exchange::{At, Doubt, Lost};

/// The most notes that one file gets; what there is beyond them is only counted.
const MOST_NOTES: usize = 500;

/// The notes so far. The same of one sheet is told once, with how often.
#[derive(Debug, Default)]
pub(super) struct Losses {
    notes: Vec<Note>,
    known: HashMap<(Arc<str>, String), usize>,
    untold: usize,
}

#[derive(Debug)]
struct Note {
    at: At,
    words: String,
    /// Whether it speaks of something that was read all the same.
    is_doubt: bool,
    times: usize,
}

impl Losses {
    /// Notes that something at a place was left out.
    pub(super) fn push(&mut self, at: At, what: &str) {
        self.add(at, what, false);
    }

    /// Notes that something at a place was read and should be looked at: what was done and what to do now.
    pub(super) fn doubt(&mut self, at: At, message: &str) {
        self.add(at, message, true);
    }

    fn add(&mut self, at: At, words: &str, is_doubt: bool) {
        // The same thing mostly comes many times in a row.
        if let Some(last) = self.notes.last_mut()
            && last.words == words
            && sheet(&last.at) == sheet(&at)
        {
            last.times += 1;
            return;
        }
        let key = (sheet(&at).cloned().unwrap_or_default(), words.to_owned());
        if let Some(known) = self.known.get(&key).and_then(|index| self.notes.get_mut(*index)) {
            known.times += 1;
        } else if self.notes.len() < MOST_NOTES {
            self.known.insert(key, self.notes.len());
            self.notes.push(Note { at, words: words.to_owned(), is_doubt, times: 1 });
        } else {
            self.untold += 1;
        }
    }

    /// What was left out and what is in doubt, the oldest first.
    pub(super) fn finish(self) -> (Vec<Lost>, Vec<Doubt>) {
        let (mut lost, mut doubts) = (Vec::new(), Vec::new());
        for Note { at, mut words, is_doubt, times } in self.notes {
            if times > 1 {
                words = format!("{words}（共{times}处）");
            }
            if is_doubt {
                doubts.push(Doubt { at, message: words });
            } else {
                lost.push(Lost { at, what: words });
            }
        }
        if self.untold > 0 {
            let what = format!("没有逐一列出的另外{}处内容", self.untold);
            lost.push(Lost { at: At::Unknown, what });
        }
        (lost, doubts)
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
            losses.doubt(at("乙", row), "隐藏的行");
        }
        let (lost, doubts) = losses.finish();
        assert_eq!((doubts.len(), doubts[0].message.as_str()), (1, "隐藏的行（共3处）"));
        let told: Vec<_> = lost.iter().map(|lost| format!("{} {}", lost.at, lost.what)).collect();
        assert_eq!(
            told,
            ["工作表“甲”A1 图片（共3处）", "工作表“乙”A1 图片（共3处）", "工作表“乙”A1 图形（共3处）"]
        );
        let mut losses = Losses::default();
        for row in 0..2000 {
            losses.push(at("甲", row), &format!("第{row}个"));
        }
        losses.doubt(at("甲", 1), "隐藏的行");
        let (told, doubts) = losses.finish();
        assert!(doubts.is_empty(), "counted with the others: {doubts:?}");
        assert_eq!(told.len(), MOST_NOTES + 1);
        assert_eq!(told[MOST_NOTES].what, "没有逐一列出的另外1501处内容");
    }
}
