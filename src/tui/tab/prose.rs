//! The prose of a section: an editor at a comfortable measure, with an outline beside it where there is room.

mod count;
mod live;
mod marks;
mod outline;
mod page;
mod paste;
mod search;
#[cfg(test)]
mod tests;
mod told;

use std::ops::Range;

use ratatui::layout::Rect;

use self::count::characters;
use self::live::Figure;
use self::outline::{Heading, headings};
use self::page::Panes;
use self::search::Seeking;
use crate::check::{Issue, Noted};
use crate::model::{Edit, Place, TextId, excerpt, visible};
use crate::prose::{Fix, Remark};
use crate::session::Session;
use crate::tui::action::Action;
use crate::tui::context::{Settings, View};
use crate::tui::editor::{Change, Editor, EditorError, Move, Origin, Splice, continues};
use crate::tui::flow::Flow;
use crate::tui::keymap::Context;
use crate::tui::notice::Notice;
use crate::tui::overlay::Overlay;
use crate::tui::overlay::outline::{Entry, TextOutline};
use crate::tui::picture::Picture;
use crate::tui::shown::Line;
use crate::tui::width::Policy;
use crate::tui::wrap::{Position, Wrapped};

/// Columns left blank before the first line of a paragraph: two Chinese characters.
const INDENT: u16 = 4;

/// Lines kept in sight above and below the caret, so that the window of the input method hides no text.
const CONTEXT: usize = 3;

/// Characters behind a heading that the list of headings is given.
const LONGEST: usize = 80;

/// The editor of one text.
#[derive(Debug)]
pub struct ProseTab {
    text: TextId,
    /// The text being edited, or why it can not be.
    editor: Result<Editor, EditorError>,
    /// The report's text as the editor holds it; none before the editor has taken it over. Comparing it with the
    /// report's is much quicker than comparing all paragraphs.
    known: Option<String>,
    /// What is said of the text besides the text.
    facts: Facts,
    wrapped: Wrapped,
    /// The live figures of each paragraph.
    figures: Vec<Vec<Figure>>,
    /// Whether the layout is that of the present text.
    is_wrapped: bool,
    policy: Policy,
    /// The panes of the last size.
    panes: Panes,
    first_row: usize,
    /// The last change, as long as the next one may belong to the same step of undo.
    run: Option<(Splice, Origin)>,
    /// Where the caret is to go once the text is there.
    wanted: Option<usize>,
    /// The search whose places are marked.
    seeking: Option<Seeking>,
    /// What was pasted last, as byte offsets, as long as nothing else was changed.
    pasted: Option<Range<usize>>,
}

impl ProseTab {
    /// An editor of this text, the caret at its start.
    pub fn new(text: TextId) -> Self {
        Self {
            text,
            editor: Editor::new(""),
            known: None,
            facts: Facts::default(),
            is_wrapped: false,
            wrapped: Wrapped::new(&[""], 0, INDENT, |_| 0),
            figures: Vec::new(),
            policy: Policy::default(),
            panes: Panes::default(),
            first_row: 0,
            run: None,
            wanted: None,
            seeking: None,
            pasted: None,
        }
    }

    /// Follows changes made elsewhere, such as undo, wraps the text and scrolls to the caret.
    pub fn settle(&mut self, session: &Session, area: Rect, policy: Policy) {
        let panes = Panes::of(area);
        self.is_wrapped &= panes.text.width == self.panes.text.width && self.policy == policy;
        self.panes = panes;
        if self.policy != policy {
            self.policy = policy;
            // A layout made with another measure is of no use.
            self.wrapped = Wrapped::new(&[""], 0, INDENT, |_| 0);
        }
        self.follow(session);
        let Ok(editor) = &self.editor else { return };
        let caret = editor.caret_spot(&self.wrapped).row;
        self.first_row = scroll(caret, self.wrapped.height(), self.first_row, self.panes.text.height.into());
    }

    /// Edits the text, moves in it, selects or searches.
    pub fn on(&mut self, action: Action, session: &Session, _settings: Settings) -> Flow {
        self.follow(session);
        self.seeking = None;
        let text = self.text;
        let page = self.panes.text.height.saturating_sub(1).max(1);
        let editor = match &mut self.editor {
            Ok(editor) => editor,
            Err(error) => return refused_action(action, error),
        };
        if let Some((to, extend)) = motion(action, page) {
            if extend {
                editor.extend(to, &self.wrapped);
            } else {
                editor.go(to, &self.wrapped);
            }
            self.run = None;
            return Flow::Done;
        }
        match action {
            Action::Type(c) => {
                let change = editor.insert_char(c);
                let flow = self.changed(change, Origin::Typed);
                if matches!(c, '{' | '｛') { self.offer(flow, session) } else { flow }
            }
            Action::NewParagraph => {
                let change = editor.insert_char('\n');
                self.changed(change, Origin::Typed)
            }
            Action::DeleteBack | Action::DeleteForward => {
                let origin = if editor.selection().is_some() { Origin::Whole } else { Origin::Typed };
                let change =
                    if action == Action::DeleteBack { editor.delete_back() } else { editor.delete_forward() };
                self.changed(change, origin)
            }
            Action::DeleteWordBack | Action::DeleteWordForward => {
                let change = if action == Action::DeleteWordBack {
                    editor.delete_word_back()
                } else {
                    editor.delete_word_forward()
                };
                self.changed(change, Origin::Whole)
            }
            Action::SelectAll => {
                editor.select_all();
                self.run = None;
                Flow::Done
            }
            Action::Cancel if editor.selection().is_some() => {
                editor.select_nothing();
                self.run = None;
                Flow::Done
            }
            Action::Copy | Action::Cut => {
                let Some(selected) = editor.selected_text() else {
                    return Flow::Tell(Notice::failed("没有选中文字，请先按住上档键移动光标选中。"));
                };
                self.run = None;
                if action == Action::Copy {
                    return Flow::Copy(selected);
                }
                match editor.delete_back() {
                    Ok(Some(splice)) => {
                        self.note(&splice);
                        Flow::Cut(selected, to_edit(text, splice))
                    }
                    Ok(None) => Flow::Done,
                    Err(error) => refused(&error),
                }
            }
            Action::ApplyFix => {
                let remark = self.remark_here(session);
                fix_of(session, remark.map(|noted| (text, &noted.remark)))
            }
            Action::ToggleLive => self.toggle_live(session),
            Action::JoinLines => self.join_lines(),
            Action::TextOutline => self.list_headings(),
            Action::NextHeading | Action::PreviousHeading => self.turn_to_heading(action),
            _ => Flow::Ignored,
        }
    }

    /// The user has paused: what is typed now is another step of undo.
    pub fn pause(&mut self) {
        self.run = None;
    }

    /// Puts the caret to a byte offset of the text; without one it stays where it was.
    pub fn go(&mut self, offset: Option<usize>) {
        self.run = None;
        self.wanted = offset.or(self.wanted);
    }

    /// The caret as a byte offset of the text.
    pub fn caret_offset(&self) -> usize {
        let Ok(editor) = &self.editor else { return 0 };
        let Position { paragraph, byte } = editor.caret();
        editor.paragraphs().iter().take(paragraph).map(|text| text.len() + 1).sum::<usize>() + byte
    }

    /// The row of the screen in which the caret was drawn last; none if it was not.
    pub fn caret_row(&self) -> Option<u16> {
        let editor = self.editor.as_ref().ok()?;
        let down = editor.caret_spot(&self.wrapped).row.checked_sub(self.first_row)?;
        let down = u16::try_from(down).ok().filter(|down| *down < self.panes.text.height)?;
        Some(self.panes.text.y + down)
    }

    /// The text.
    pub fn place(&self, _session: &Session) -> Option<Place> {
        Some(Place::Text(self.text))
    }

    /// Which keys apply.
    pub fn contexts(&self) -> &'static [Context] {
        &[Context::Prose, Context::Global]
    }

    /// What there is to say about the piece at the caret: the line below the tab, with one above it, in the place of
    /// the status, where it is long. Of a figure that agrees with the tables, with what.
    pub fn remark_lines(&self, view: &View<'_>) -> Vec<Line> {
        let session = view.session;
        match self.remark_here(session) {
            _ if view.is_told => return Vec::new(),
            Some(noted) => return told::lines(view, noted, self.panes.lines_below()),
            None => {}
        }
        let at = self.caret_offset();
        let matches = session.evaluation().matches(session.form(), session.report(), self.text, at);
        told::agreement(view, &matches, self.panes.width()).into_iter().collect()
    }

    /// The remark about the piece at the caret, or just before it. Of several the one that begins last, and those
    /// that stand with a reason after all others.
    pub fn remark_here<'s>(&self, session: &'s Session) -> Option<&'s Noted> {
        let (text, at) = (self.text, self.caret_offset());
        let here = |noted: &&Noted| {
            noted.text == text && noted.remark.range.start <= at && at <= noted.remark.range.end
        };
        let open = |noted: &&Noted| !Issue::Remark(noted).is_explained(session.form(), session.report());
        let remarks = || session.evaluation().remarks().iter().rev().filter(here);
        remarks().find(open).or_else(|| remarks().next())
    }

    /// Shows the text, its outline and its status.
    pub fn view(&self, view: &View<'_>, area: Rect, picture: &mut Picture) {
        page::show(self, view, area, picture);
    }

    fn changed(&mut self, change: Change, origin: Origin) -> Flow {
        let splice = match change {
            Ok(Some(splice)) => splice,
            Ok(None) => return Flow::Done,
            Err(error) => {
                self.run = None;
                return refused(&error);
            }
        };
        let joins = self.run.as_ref().is_some_and(|(last, how)| continues((last, *how), (&splice, origin)));
        let mut last = splice.clone();
        if !last.inserted.is_empty() {
            // What is typed over a selection goes on as if there had been none.
            last.removed.clear();
        }
        self.run = Some((last, origin));
        self.pasted = None;
        self.note(&splice);
        Flow::Edit { edit: to_edit(self.text, splice), joins }
    }

    fn list_headings(&self) -> Flow {
        let Ok(editor) = &self.editor else { return Flow::Ignored };
        let headings = &self.facts.headings;
        if headings.is_empty() {
            return Flow::Tell(Notice::done("本部分没有小标题，例如（一）或 1. 开头的段落。"));
        }
        let entries = headings.iter().map(|heading| {
            let start = Position { paragraph: heading.paragraph, byte: 0 };
            let text = editor.paragraphs().get(heading.paragraph).map_or("", |text| text.trim());
            let words = text.get(heading.title.len()..).unwrap_or_default();
            Entry {
                offset: editor.offset(start),
                level: heading.level,
                title: visible(&heading.title).into_owned(),
                words: visible(&excerpt(words, LONGEST)).into_owned(),
                row: self.wrapped.place(start).row + 1,
            }
        });
        let here = headings.iter().rposition(|heading| heading.paragraph <= editor.caret().paragraph);
        let outline = TextOutline::new(entries.collect(), here.unwrap_or(0));
        Flow::Open { edit: None, overlay: Box::new(Overlay::Outline(outline)) }
    }

    fn turn_to_heading(&mut self, action: Action) -> Flow {
        self.run = None;
        let Ok(editor) = &mut self.editor else { return Flow::Ignored };
        let caret = editor.caret();
        let mut places =
            self.facts.headings.iter().map(|heading| Position { paragraph: heading.paragraph, byte: 0 });
        let (found, end) = if action == Action::NextHeading {
            (places.find(|place| *place > caret), "后面没有小标题了。")
        } else {
            (places.rfind(|place| *place < caret), "前面没有小标题了。")
        };
        match found {
            Some(place) => {
                editor.place_caret(editor.offset(place));
                Flow::Left
            }
            None => Flow::Tell(Notice::done(end)),
        }
    }

    /// Takes over the report's text where it differs from the editor's, the caret behind the difference.
    fn follow(&mut self, session: &Session) {
        let text = session.report().text(self.text);
        if self.known.as_deref() != Some(text) {
            self.run = None;
            self.pasted = None;
            let patched = match (&mut self.editor, &self.known) {
                (Ok(editor), Some(known)) => editor.apply(&difference(known, text)).is_ok(),
                _ => false,
            };
            if !patched {
                self.editor = Editor::new(text);
            }
            self.known = Some(text.to_owned());
            self.is_wrapped = false;
            if let Ok(editor) = &self.editor {
                self.facts = Facts::of(editor.paragraphs());
            }
        }
        if let (Ok(editor), Some(offset)) = (&mut self.editor, self.wanted.take()) {
            editor.place_caret(offset);
        }
        self.rewrap(session);
    }

    /// How many characters the text has as it is shown.
    fn shown_characters(&self, editor: &Editor) -> usize {
        if self.figures.iter().all(Vec::is_empty) {
            return self.facts.characters;
        }
        let paragraphs = editor.paragraphs().iter().enumerate();
        paragraphs.map(|(index, text)| self.characters(index, text, |c| !c.is_whitespace())).sum()
    }

    /// Follows a change that the editor has made.
    fn note(&mut self, splice: &Splice) {
        let end = splice.at + splice.removed.len();
        match &mut self.known {
            Some(known) if known.get(splice.at..end) == Some(&splice.removed) => {
                known.replace_range(splice.at..end, &splice.inserted);
            }
            // Nobody edits what was never shown; the next look takes the text over once more.
            known => *known = None,
        }
        if let Ok(editor) = &self.editor {
            self.facts.change(splice, editor.paragraphs());
        }
        self.is_wrapped = false;
    }

    /// Lays out what has changed; what is seen is measured, not what is stored.
    fn rewrap(&mut self, session: &Session) {
        let Ok(editor) = &mut self.editor else { return };
        let figures = live::figures(editor, session);
        if self.is_wrapped && figures == self.figures {
            return;
        }
        let policy = self.policy;
        self.figures = figures;
        editor.set_units(live::units(&self.figures, policy));
        let measure = |grapheme: &str| policy.measure(&visible(grapheme));
        self.wrapped.sync_units(editor.paragraphs(), editor.units(), self.panes.text.width, INDENT, measure);
        self.is_wrapped = true;
        self.refresh_hits();
    }
}

/// The wish to mend a text, or to say that there is nothing that one key could mend.
pub(super) fn fix_of(session: &Session, remark: Option<(TextId, &Remark)>) -> Flow {
    let fix = remark.and_then(|(text, remark)| Some((text, remark.fix.as_ref()?)));
    let removed = |(text, fix): (TextId, &Fix)| session.report().text(text).get(fix.range.clone());
    match (fix, fix.and_then(removed)) {
        (Some((text, fix)), Some(removed)) => Flow::LastEdit(Edit::Text {
            text,
            at: fix.range.start,
            removed: removed.to_owned(),
            inserted: fix.with.clone(),
        }),
        _ => Flow::Tell(Notice::done("这里没有可以一键改正的问题。")),
    }
}

/// What is said of a text besides the text, kept so that a key does not count all of it again.
#[derive(Debug, Default)]
struct Facts {
    characters: usize,
    headings: Vec<Heading>,
}

impl Facts {
    fn of(paragraphs: &[String]) -> Self {
        let characters = paragraphs.iter().map(|text| characters(text)).sum();
        Self { characters, headings: headings(paragraphs) }
    }

    /// The same after a change, of which `paragraphs` are the result.
    fn change(&mut self, splice: &Splice, paragraphs: &[String]) {
        let before = self.characters.saturating_sub(characters(&splice.removed));
        self.characters = before + characters(&splice.inserted);
        self.headings = headings(paragraphs);
    }
}

fn to_edit(text: TextId, splice: Splice) -> Edit {
    Edit::Text { text, at: splice.at, removed: splice.removed, inserted: splice.inserted }
}

fn refused(error: &EditorError) -> Flow {
    Flow::Tell(Notice::failed(format!("{error}。")))
}

/// Commands of the whole program still work while the text itself can not be edited.
fn refused_action(action: Action, error: &EditorError) -> Flow {
    let edits = matches!(action, Action::Type(_) | Action::NewParagraph | Action::DeleteBack);
    if edits { refused(error) } else { Flow::Ignored }
}

/// Where an action moves the caret, and whether it selects on the way.
fn motion(action: Action, page: u16) -> Option<(Move, bool)> {
    Some(match action {
        Action::CaretLeft => (Move::Left, false),
        Action::CaretRight => (Move::Right, false),
        Action::CaretUp => (Move::Up, false),
        Action::CaretDown => (Move::Down, false),
        Action::CaretWordLeft => (Move::WordLeft, false),
        Action::CaretWordRight => (Move::WordRight, false),
        Action::CaretParagraphStart => (Move::ParagraphStart, false),
        Action::CaretParagraphEnd => (Move::ParagraphEnd, false),
        Action::SelectParagraphStart => (Move::ParagraphStart, true),
        Action::SelectParagraphEnd => (Move::ParagraphEnd, true),
        Action::CaretLineStart => (Move::RowStart, false),
        Action::CaretLineEnd => (Move::RowEnd, false),
        Action::CaretTextStart => (Move::TextStart, false),
        Action::CaretTextEnd => (Move::TextEnd, false),
        Action::CaretPageUp => (Move::PageUp(page), false),
        Action::CaretPageDown => (Move::PageDown(page), false),
        Action::SelectLeft => (Move::Left, true),
        Action::SelectRight => (Move::Right, true),
        Action::SelectUp => (Move::Up, true),
        Action::SelectDown => (Move::Down, true),
        Action::SelectWordLeft => (Move::WordLeft, true),
        Action::SelectWordRight => (Move::WordRight, true),
        Action::SelectLineStart => (Move::RowStart, true),
        Action::SelectLineEnd => (Move::RowEnd, true),
        Action::SelectTextStart => (Move::TextStart, true),
        Action::SelectTextEnd => (Move::TextEnd, true),
        Action::SelectPageUp => (Move::PageUp(page), true),
        Action::SelectPageDown => (Move::PageDown(page), true),
        _ => return None,
    })
}

/// The change that makes `new` of `old`: what lies between their common start and their common end.
fn difference(old: &str, new: &str) -> Splice {
    let same = |(a, b): &(char, char)| a == b;
    let length =
        |pairs: &mut dyn Iterator<Item = (char, char)>| pairs.map(|(c, _)| c.len_utf8()).sum::<usize>();
    let start = length(&mut old.chars().zip(new.chars()).take_while(same));
    let (old_rest, new_rest) = (old.get(start..).unwrap_or_default(), new.get(start..).unwrap_or_default());
    let end = length(&mut old_rest.chars().rev().zip(new_rest.chars().rev()).take_while(same));
    let middle = |rest: &str| rest.get(..rest.len() - end).unwrap_or_default().to_owned();
    Splice { at: start, removed: middle(old_rest), inserted: middle(new_rest) }
}

/// The first row to show, as near to `first` as possible, so that the caret's row has its context. Below the end of
/// the text as many rows stay empty as the context needs, since that is where most typing is done.
fn scroll(caret: usize, rows: usize, first: usize, height: usize) -> usize {
    let context = CONTEXT.min(height.saturating_sub(1) / 2);
    let lowest = (caret + context + 1).saturating_sub(height.max(1));
    let highest = caret.saturating_sub(context);
    first.min(rows.saturating_sub(height)).max(lowest).min(highest)
}
