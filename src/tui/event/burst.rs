//! Recognising a paste on terminals that cannot mark one.

use crate::tui::event::Event;
use crate::tui::key::{Key, KeyCode};

/// What makes a run of keys a paste.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// At least one character and at least one Enter or Tab: nobody types that fast. For terminals without
    /// bracketed paste, where pasted text arrives as keys and a pasted line end would act as Enter. A lone
    /// Enter stays a key, and so do characters alone, because an input method commits several at once; they
    /// mean the same either way.
    Burst,
    /// A block from a spreadsheet: characters, several Tabs and an Enter. For terminals that mark pastes, but
    /// may still be given one without marks, as by a multiplexer. Figures typed ahead on the keypad have no
    /// Tabs and stay keys.
    Block,
}

/// Makes one [`Event::Paste`] of each run of key events in `batch` that can only have been a paste. `batch`
/// holds the events that were waiting at one moment.
pub fn coalesce(batch: Vec<Event>, rule: Rule) -> Vec<Event> {
    let mut events = Vec::with_capacity(batch.len());
    let mut run = Vec::new();
    for event in batch {
        match event {
            Event::Key(key) if pasted(key).is_some() => run.push(key),
            other => {
                settle(&mut run, &mut events, rule);
                events.push(other);
            }
        }
    }
    settle(&mut run, &mut events, rule);
    events
}

/// What has been seen of a run so far.
#[derive(Clone, Copy, Default)]
pub(super) struct Run {
    characters: usize,
    tabs: usize,
    line_ends: usize,
}

impl Run {
    /// Takes note of the next event.
    pub(super) fn note(&mut self, event: &Event) {
        let Event::Key(key) = event else {
            return;
        };
        match pasted(*key) {
            Some('\n') => self.line_ends += 1,
            Some('\t') => self.tabs += 1,
            Some(_) => self.characters += 1,
            None => *self = Self::default(),
        }
    }

    /// Whether the run must be a paste.
    pub(super) fn is_paste(self, rule: Rule) -> bool {
        self.characters > 0
            && match rule {
                Rule::Burst => self.tabs + self.line_ends > 0,
                Rule::Block => self.tabs > 1 && self.line_ends > 0,
            }
    }
}

fn settle(run: &mut Vec<Key>, events: &mut Vec<Event>, rule: Rule) {
    let mut seen = Run::default();
    for key in run.iter() {
        seen.note(&Event::Key(*key));
    }
    if seen.is_paste(rule) {
        events.push(Event::Paste(run.drain(..).filter_map(pasted).collect()));
    } else {
        events.extend(run.drain(..).map(Event::Key));
    }
}

/// The character that a key stands for inside a paste. Some terminals paste a line end as Ctrl-Enter.
fn pasted(key: Key) -> Option<char> {
    match key.code {
        KeyCode::Enter if !key.alt && !key.shift => Some('\n'),
        KeyCode::Tab if key == Key::plain(KeyCode::Tab) => Some('\t'),
        _ => key.typed(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Rule, coalesce};
    use crate::tui::event::Event;
    use crate::tui::key::Key;

    /// Key names apart by blanks; `r` stands for a resize, text in 〔〕 for a paste.
    #[track_caller]
    fn check(before: &str, after: &str) {
        check_by(Rule::Burst, before, after);
    }

    #[track_caller]
    fn check_by(rule: Rule, before: &str, after: &str) {
        let read = |script: &str| -> Vec<Event> {
            let event = |word: &str| match word.strip_prefix('〔').and_then(|w| w.strip_suffix('〕')) {
                Some(text) => Event::Paste(text.replace("\\n", "\n").replace("\\t", "\t")),
                None if word == "r" => Event::Resize(80, 24),
                None => Event::Key(word.parse::<Key>().unwrap()),
            };
            script.split(' ').filter(|word| !word.is_empty()).map(event).collect()
        };
        assert_eq!(coalesce(read(before), rule), read(after), "{before}");
    }

    #[test]
    fn characters_with_a_line_end_in_one_drain_are_a_paste() {
        check("1 2 tab 3 enter 4 enter", "〔12\\t3\\n4\\n〕");
        check("甲 enter", "〔甲\\n〕");
        check("enter 甲", "〔\\n甲〕");
        check("1 ctrl-enter 2", "〔1\\n2〕");
    }

    #[test]
    fn where_pastes_are_marked_only_a_block_without_marks_is_one() {
        check_by(Rule::Block, "1 2 tab 3 tab 4 enter 5", "〔12\\t3\\t4\\n5〕");
        for keys in
            ["2 1 / enter 3 / enter", "1 enter 2 tab 3 enter", "1 tab 2 tab 3 tab", "enter tab tab enter"]
        {
            check_by(Rule::Block, keys, keys);
        }
    }

    #[test]
    fn keys_stay_keys() {
        check("", "");
        check("enter", "enter");
        check("tab", "tab");
        check("enter enter enter", "enter enter enter");
        check("数 据", "数 据");
        check("1 2 3", "1 2 3");
        check("shift-tab 1", "shift-tab 1");
    }

    #[test]
    fn commands_and_other_events_end_a_run_and_keep_their_order() {
        check("1 f3 enter", "1 f3 enter");
        check("1 enter ctrl-s 2", "〔1\\n〕 ctrl-s 2");
        check("1 r enter", "1 r enter");
        check("left 1 tab 2 r 3 enter", "left 〔1\\t2〕 r 〔3\\n〕");
    }
}
