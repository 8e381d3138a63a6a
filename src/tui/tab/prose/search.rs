//! Searching and replacing in the text that is shown.

use super::live::Figure;
use super::{ProseTab, refused, to_edit};
use crate::session::Session;
use crate::tui::editor::{Direction, Editor, Hit, Origin, ShownAs, Within};
use crate::tui::flow::{Flow, Search, Tally};
use crate::tui::notice::Notice;

/// A search under way: what it has found stays marked.
#[derive(Debug, Clone)]
pub(super) struct Seeking {
    query: String,
    /// All places, in the text as it is now.
    pub(super) hits: Vec<Hit>,
    /// Where one was before the search, as a byte offset, with the other end of what was selected.
    origin: (usize, usize),
    /// The way on which the last step went round the end of the text.
    around: Option<Direction>,
}

impl ProseTab {
    /// Carries out a step of a search.
    pub fn search(&mut self, search: &Search, session: &Session) -> Flow {
        self.follow(session);
        self.run = None;
        let shown = self.searched();
        let Ok(editor) = &mut self.editor else { return Flow::Ignored };
        let origin = self.seeking.as_ref().map_or_else(
            || {
                let caret = (editor.caret(), editor.caret());
                let (start, end) = editor.selection().unwrap_or(caret);
                (editor.offset(start), editor.offset(end))
            },
            |seeking| seeking.origin,
        );
        match search {
            Search::Show(query) => {
                let hits = editor.matches(query, &shown);
                put_back(editor, origin);
                let from = editor.position(origin.0);
                let nearest = Editor::nearest_hit(&hits, from, Direction::Next);
                if let Some(hit) = nearest.and_then(|(index, _)| hits.get(index)) {
                    editor.select_hit(hit);
                }
                let around = nearest.and_then(|(_, around)| around.then_some(Direction::Next));
                self.seeking = Some(Seeking { query: query.clone(), hits, origin, around });
            }
            Search::On(query, direction) => {
                // What was found already is kept in line with the text.
                if self.seeking.as_ref().is_none_or(|seeking| seeking.query != *query) {
                    let hits = editor.matches(query, &shown);
                    self.seeking = Some(Seeking { query: query.clone(), hits, origin, around: None });
                }
                self.seek(*direction);
            }
            Search::Replace(with) => return self.replace_one(with, session),
            Search::ReplaceAll(with) => return self.replace_all(with),
            Search::Leave => {
                put_back(editor, origin);
                self.seeking = None;
            }
            // The marks stay until the next key.
            Search::Stay => {}
        }
        Flow::Left
    }

    /// How far the search is; none if there is no search.
    pub fn tally(&self) -> Option<Tally> {
        let (seeking, editor) = (self.seeking.as_ref()?, self.editor.as_ref().ok()?);
        let at = editor.selected_hit(&seeking.hits);
        let within = at.and_then(|index| seeking.hits.get(index)).map_or(Within::Text, |hit| hit.within);
        Some(Tally {
            at: at.map(|index| index + 1),
            within,
            count: seeking.hits.len(),
            around: seeking.around,
        })
    }

    /// What is selected, if it is a part of one paragraph: what one may want to search for.
    pub fn selected_words(&self) -> Option<String> {
        self.editor.as_ref().ok()?.selected_text().filter(|text| !text.contains('\n'))
    }

    /// Looks again in a text that has changed.
    pub(super) fn refresh_hits(&mut self) {
        if self.seeking.is_none() {
            return;
        }
        let shown = self.searched();
        if let (Some(seeking), Ok(editor)) = (&mut self.seeking, &self.editor) {
            seeking.hits = editor.matches(&seeking.query, &shown);
        }
    }

    /// The live figures of each paragraph as a search sees them.
    fn searched(&self) -> Vec<Vec<ShownAs>> {
        let Ok(editor) = &self.editor else { return Vec::new() };
        let paragraphs = editor.paragraphs().iter().zip(&self.figures);
        let of = |(text, figures): (&String, &Vec<Figure>)| {
            figures.iter().filter_map(|figure| figure.searched(text)).collect()
        };
        paragraphs.map(of).collect()
    }

    /// Selects the next hit.
    fn seek(&mut self, direction: Direction) {
        let (Some(seeking), Ok(editor)) = (&mut self.seeking, &mut self.editor) else { return };
        let caret = (editor.caret(), editor.caret());
        let (start, end) = editor.selection().unwrap_or(caret);
        let from = if direction == Direction::Next { end } else { start };
        let nearest = Editor::nearest_hit(&seeking.hits, from, direction);
        seeking.around = nearest.and_then(|(_, around)| around.then_some(direction));
        if let Some(hit) = nearest.and_then(|(index, _)| seeking.hits.get(index)) {
            editor.select_hit(hit);
        }
    }

    /// Replaces the hit that is selected and goes on to the next; without one only the latter. A live figure is passed
    /// over.
    fn replace_one(&mut self, with: &str, session: &Session) -> Flow {
        let (Some(seeking), Ok(editor)) = (&mut self.seeking, &mut self.editor) else { return Flow::Ignored };
        let selected = editor.selected_hit(&seeking.hits).and_then(|index| seeking.hits.get(index));
        let Some(hit) = selected else {
            self.seek(Direction::Next);
            return Flow::Left;
        };
        if hit.within == Within::Shown {
            self.seek(Direction::Next);
            return Flow::Tell(Notice::failed("那一处是活数，随表变动，没有替换；可先按 F2 改为普通数字。"));
        }
        let at = editor.offset(hit.start());
        let change = editor.replace_hit(hit, with);
        if matches!(change, Ok(Some(_))) {
            let moved = |origin: usize| shifted(origin, at, hit.bytes.len(), with.len());
            seeking.origin = (moved(seeking.origin.0), moved(seeking.origin.1));
        } else {
            // What is found is the same as what it is to become, and is passed over.
            editor.select_nothing();
        }
        let flow = self.changed(change, Origin::Whole);
        self.run = None;
        self.rewrap(session);
        self.seek(Direction::Next);
        flow
    }

    /// Replaces all hits but those that are only a part of something: of a longer number, or of a live figure.
    fn replace_all(&mut self, with: &str) -> Flow {
        let (Some(seeking), Ok(editor)) = (&mut self.seeking, &mut self.editor) else { return Flow::Ignored };
        let left = Left::of(&seeking.hits);
        let hits: Vec<Hit> = seeking.hits.iter().filter(|hit| hit.within == Within::Text).cloned().collect();
        if hits.is_empty() && left.words().is_some() {
            return Flow::Tell(Notice::failed(format!("没有替换：{}。", left.words().unwrap_or_default())));
        }
        put_back(editor, (seeking.origin.0, seeking.origin.0));
        let count = hits.len();
        let change = editor.replace_hits(&hits, with);
        let caret = editor.caret_offset();
        seeking.origin = (caret, caret);
        seeking.around = None;
        match change {
            Ok(Some(splice)) => {
                self.note(&splice);
                let edit = to_edit(self.text, splice);
                let left = left.words().map_or(String::new(), |words| format!("；{words}，没有改动"));
                Flow::EditAndTell(edit, Notice::done(format!("已替换 {count} 处{left}。按 ^Z 可以撤销。")))
            }
            Ok(None) => Flow::Tell(Notice::failed("没有可以替换的地方。")),
            Err(error) => refused(&error),
        }
    }
}

/// How many hits are left as they are when all are replaced.
struct Left {
    numbers: usize,
    figures: usize,
}

impl Left {
    fn of(hits: &[Hit]) -> Self {
        let count = |within| hits.iter().filter(|hit| hit.within == within).count();
        Self { numbers: count(Within::Number), figures: count(Within::Shown) }
    }

    /// Which they are; none if there are none.
    fn words(&self) -> Option<String> {
        let parts = [(self.numbers, "处在更长的数中"), (self.figures, "处是活数")];
        let parts = parts.iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> = parts.map(|(count, what)| format!("{count} {what}")).collect();
        (!parts.is_empty()).then(|| parts.join("，"))
    }
}

fn put_back(editor: &mut Editor, (start, end): (usize, usize)) {
    let (start, end) = (editor.position(start), editor.position(end));
    if start == end {
        editor.place_caret(editor.offset(start));
    } else if start.paragraph == end.paragraph {
        let (paragraph, bytes) = (start.paragraph, start.byte..end.byte);
        editor.select_hit(&Hit { paragraph, bytes, within: Within::Text });
    } else {
        editor.place_caret(editor.offset(end));
    }
}

/// An offset of the text after `removed` bytes at `at` have given way to `inserted` others.
fn shifted(offset: usize, at: usize, removed: usize, inserted: usize) -> usize {
    if offset >= at + removed { offset - removed + inserted } else { offset.min(at) }
}
