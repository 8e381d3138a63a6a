//! Pasting into the text, and joining lines that were broken elsewhere.

use unicode_width::UnicodeWidthStr;

use super::{ProseTab, refused, to_edit};
use crate::prose::clean::{Cleaned, clean, joined, joined_all};
use crate::session::Session;
use crate::tui::editor::Origin;
use crate::tui::flow::Flow;
use crate::tui::notice::Notice;

/// Up to so many characters without a line end count as typed: some terminals hand over what an input method has
/// composed as if it had been pasted.
const COMPOSED: usize = 12;

impl ProseTab {
    /// Inserts what was pasted, cleaned, as a step of its own, and says what was cleaned.
    pub fn paste(&mut self, text: &str, session: &Session) -> Flow {
        self.follow(session);
        self.seeking = None;
        let editor = match &mut self.editor {
            Ok(editor) => editor,
            Err(error) => return refused(error),
        };
        let cleaned = clean(text);
        let caret = editor.caret();
        let start = editor.offset(editor.selection().map_or(caret, |(start, _)| start));
        let change = editor.insert(&cleaned.text);
        if cleaned.count() == 0 && !text.contains('\n') && text.chars().count() <= COMPOSED {
            return self.changed(change, Origin::Typed);
        }
        self.run = None;
        match change {
            Ok(Some(splice)) => {
                self.pasted = Some(start..start + cleaned.text.len());
                self.note(&splice);
                let edit = to_edit(self.text, splice);
                let notice = told(&cleaned, joined(&cleaned.text).is_some(), self.panes.width());
                Flow::EditAndTell(edit, Notice::done(notice))
            }
            Ok(None) => Flow::Done,
            Err(error) => refused(&error),
        }
    }

    /// Joins the lines of what is selected, or else of what was just pasted.
    pub(super) fn join_lines(&mut self) -> Flow {
        self.run = None;
        let Ok(editor) = &mut self.editor else { return Flow::Ignored };
        let selected = editor.selection().map(|(start, end)| editor.offset(start)..editor.offset(end));
        let (range, result) = match (selected, self.pasted.clone()) {
            (Some(range), _) => {
                let text = editor.slice(range.clone());
                // Lines that were broken at a margin may have paragraphs between them; other lines are joined all.
                let result = joined(&text).or_else(|| joined_all(&text));
                (range, result)
            }
            (None, Some(range)) => {
                let result = joined(&editor.slice(range.clone()));
                (range, result)
            }
            (None, None) => return Flow::Tell(Notice::failed(NOTHING_CHOSEN)),
        };
        let Some(result) = result else {
            return Flow::Tell(Notice::done("没有需要接起来的行。"));
        };
        match editor.replace_range(range, &result.text) {
            Ok(Some(splice)) => {
                self.note(&splice);
                self.pasted = None;
                let (edit, lines, paragraphs) = (to_edit(self.text, splice), result.lines, result.paragraphs);
                let notice = format!("已把 {lines} 行接成 {paragraphs} 段；按 ^Z 可以撤销。");
                Flow::EditAndTell(edit, Notice::done(notice))
            }
            Ok(None) => Flow::Done,
            Err(error) => refused(&error),
        }
    }
}

const NOTHING_CHOSEN: &str = "请先选中要接起来的几行。";

/// What is told after a paste: how much, what was cleaned, and how to join lines that look broken. In a narrow window,
/// where the sentence would be cut, only how much was cleaned.
fn told(cleaned: &Cleaned, broken: bool, width: u16) -> String {
    let characters = super::count::characters(&cleaned.text);
    let pasted = format!("已粘贴 {} 字", grouped(characters));
    let parts = [
        ("去掉", cleaned.invisible, "个不可见字符"),
        ("替换", cleaned.spaces, "个特殊空格"),
        ("去掉", cleaned.trailing, "个行末空格"),
    ];
    let parts = parts.iter().filter(|(_, count, _)| *count > 0);
    let mut details: Vec<String> =
        parts.map(|(what, count, which)| format!("{what} {} {which}", grouped(*count))).collect();
    let offer = "每行都断开了，按 Alt-J 接成段";
    let say = |details: &[String]| {
        let mut clauses = vec![pasted.clone()];
        clauses.extend((!details.is_empty()).then(|| details.join("，")));
        clauses.extend(broken.then(|| offer.to_owned()));
        format!("{}。", clauses.join("；"))
    };
    let full = say(&details);
    if full.width() + 1 < width.into() || details.is_empty() {
        return full;
    }
    details = vec![format!("清理 {} 处", grouped(cleaned.count()))];
    say(&details)
}

/// A count with commas between thousands.
pub(super) fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_cleaned_is_told_as_far_as_there_is_room() {
        let text = format!("{}\u{200b}\u{200b}\u{200b} \u{a0}乙\u{2003}", "甲".repeat(1203));
        let cleaned = clean(&text);
        let full = "已粘贴 1,204 字；去掉 3 个不可见字符，替换 2 个特殊空格。";
        assert_eq!(told(&cleaned, false, 80), full);
        assert_eq!(told(&cleaned, false, 50), "已粘贴 1,204 字；清理 5 处。");
        let short = "已粘贴 1,204 字；清理 5 处；每行都断开了，按 Alt-J 接成段。";
        assert_eq!(told(&cleaned, true, 80), short);
        assert!(short.width() < 60);
        assert_eq!(told(&clean("甲乙"), false, 10), "已粘贴 2 字。");
    }
}
