//! Live figures on the page: how they look, what the caret is told about them, and how they come and go.

use std::ops::Range;

use super::{ProseTab, refused, to_edit};
use crate::model::{CellId, Edit, Place, visible};
use crate::prose::live::{self, Fault, Live};
use crate::session::Session;
use crate::tui::editor::{Editor, ShownAs};
use crate::tui::flow::Flow;
use crate::tui::notice::Notice;
use crate::tui::overlay::{LiveList, Overlay, Spot, window};
use crate::tui::theme::Role;
use crate::tui::width::Policy;
use crate::tui::wrap::{Position, Unit};

/// A live figure of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Figure {
    live: Live,
    /// What is drawn: the value or a word in its place, between braces, which every terminal draws in one column. None
    /// if it is drawn as written.
    pub(super) drawn: Option<String>,
    pub(super) role: Role,
    /// The value.
    value: Option<String>,
}

impl Figure {
    fn new(live: Live, session: &Session) -> Self {
        let (drawn, role, value) = match live.value(session) {
            Ok(value) => (Some(format!("{{{value}}}")), Role::Live, Some(value)),
            Err(Fault::NoValue(error)) => (Some(format!("{{{}}}", error.word())), Role::WarningMark, None),
            Err(Fault::Malformed(_)) => (None, Role::ErrorMark, None),
        };
        Self { live, drawn, role, value }
    }

    /// Where it stands in the paragraph.
    pub(super) fn bytes(&self) -> &Range<usize> {
        &self.live.range
    }

    /// What a search finds in its place, if it is whole: what is seen of it. One without an end is just text.
    pub(super) fn searched(&self, written: &str) -> Option<ShownAs> {
        let seen = self.drawn.as_deref().map(|drawn| drawn.trim_start_matches('{').trim_end_matches('}'));
        let written = written.get(self.bytes().clone()).filter(|text| text.ends_with(live::CLOSING));
        let text = seen.or(written)?.to_owned();
        Some(ShownAs { bytes: self.bytes().clone(), text })
    }

    /// What the status line says of it, in `room` columns: its value is never cut.
    pub(super) fn about(&self, session: &Session, room: u16, policy: Policy) -> String {
        let form = session.form();
        let (head, what, end) = match (&self.live.what, self.live.value(session)) {
            (Ok(formula), Ok(value)) => ("活数：", formula.name(form), format!(" = {value}")),
            (_, Err(fault @ Fault::NoValue(_))) => ("活数无数可显：", fault.message(form), String::new()),
            (_, Err(fault)) => ("活数有误：", fault.message(form), String::new()),
            (Err(error), Ok(_)) => ("活数有误：", error.to_string(), String::new()),
        };
        let room = room.saturating_sub(policy.measure(head)).saturating_sub(policy.measure(&end));
        format!("{head}{}{end}", window::head(&visible(&what), room, policy))
    }
}

/// The live figures of each paragraph.
pub(super) fn figures(editor: &Editor, session: &Session) -> Vec<Vec<Figure>> {
    let of_paragraph = |(paragraph, text): (usize, &String)| {
        let mut figures = Vec::new();
        for live in live::read(session.form(), text) {
            let alone = editor.stands_alone(paragraph, live.range.start, live.range.end);
            let figure = Figure::new(live, session);
            let drawn = figure.drawn.filter(|_| alone);
            figures.push(Figure { drawn, ..figure });
        }
        figures
    };
    editor.paragraphs().iter().enumerate().map(of_paragraph).collect()
}

/// The pieces that are one character to the caret.
pub(super) fn units(figures: &[Vec<Figure>], policy: Policy) -> Vec<Vec<Unit>> {
    let unit = |figure: &Figure| {
        let width = policy.measure(figure.drawn.as_ref()?);
        Some(Unit { bytes: figure.bytes().clone(), width })
    };
    figures.iter().map(|figures| figures.iter().filter_map(unit).collect()).collect()
}

impl ProseTab {
    /// The live figure that the caret is at: the one before which it stands, else the one behind which.
    pub(super) fn figure_at(&self, caret: Position) -> Option<&Figure> {
        let figures = self.figures.get(caret.paragraph)?;
        figures.iter().rfind(|figure| {
            let bytes = figure.bytes();
            bytes.start <= caret.byte && caret.byte <= bytes.end
        })
    }

    /// How many characters a piece of a paragraph has as shown; braces of live figures are not counted.
    pub(super) fn characters(&self, paragraph: usize, text: &str, counts: impl Fn(char) -> bool) -> usize {
        let count = |text: &str| text.chars().filter(|c| counts(*c)).count();
        let mut total = count(text);
        for figure in self.figures.get(paragraph).into_iter().flatten() {
            if let (Some(value), Some(written)) = (&figure.value, text.get(figure.bytes().clone())) {
                total = total.saturating_sub(count(written)) + count(value);
            }
        }
        total
    }

    /// Makes the plain figure at the caret a live one, or the live one plain. What is written wrong is mended, and
    /// without a figure there is a list to choose from.
    pub(super) fn toggle_live(&mut self, session: &Session) -> Flow {
        self.run = None;
        let Ok(editor) = &self.editor else { return Flow::Ignored };
        let caret = editor.caret();
        let start = editor.offset(Position { byte: 0, ..caret });
        let whole = |piece: &Range<usize>| start + piece.start..start + piece.end;
        let text = editor.paragraphs().get(caret.paragraph).map_or("", String::as_str);
        let form = session.form();
        if let Some(figure) = self.figure_at(caret) {
            let piece = whole(figure.bytes());
            if let Some(value) = figure.value.clone() {
                let told = format!("已改为普通数字 {value}，不再随表变动。");
                return self.put(piece, &value, Notice::done(told));
            }
            if figure.live.what.is_ok() {
                return Flow::Tell(Notice::failed(format!(
                    "{}。",
                    figure.about(session, u16::MAX, self.policy)
                )));
            }
            if let Some(fix) = live::mend(form, &figure.live) {
                let told = format!("已把活数的路径{}。", fix.name);
                return self.put(whole(&fix.range), &fix.with, Notice::done(told));
            }
            let written = text.get(figure.bytes().clone()).unwrap_or_default();
            let cells = live::by_words(form, text, figure.bytes());
            return self.choose(session, piece.start, written, cells, None);
        }
        let Some(figure) = live::figure_at(form, text, caret.byte) else {
            let cells = live::by_words(form, text, &(caret.byte..caret.byte));
            return self.choose(session, start + caret.byte, "", cells, None);
        };
        if figure.is_percentage {
            let words = "百分数请删去后录入两个左花括号，写成“格 / 格 %”。";
            return Flow::Tell(Notice::failed(words));
        }
        let written = text.get(figure.range.clone()).unwrap_or_default();
        let cells = live::candidates(form, text, &figure, session);
        match cells.as_slice() {
            [] => Flow::Tell(Notice::failed(format!("表中没有等于 {written} 的格，没有改动。"))),
            [cell] => {
                let place = Place::Cell(*cell);
                let told = format!("已改为活数：{}。", form.name(place));
                let with = format!("{}{}{}", live::OPENING, form.path(place), live::CLOSING);
                self.put(whole(&figure.range), &with, Notice::done(told))
            }
            _ => self.choose(session, start + figure.range.start, written, cells, None),
        }
    }

    /// Offers the cells when a second brace has just been typed; `flow` is the change that it made.
    pub(super) fn offer(&self, flow: Flow, session: &Session) -> Flow {
        let Flow::Edit { edit, joins } = flow else { return flow };
        let Ok(editor) = &self.editor else { return Flow::Edit { edit, joins } };
        let caret = editor.caret();
        let before = editor.paragraphs().get(caret.paragraph).and_then(|text| text.get(..caret.byte));
        let before = before.unwrap_or_default();
        let opening = ["{{", "｛｛"].into_iter().find(|opening| before.ends_with(opening));
        let Some(opening) = opening.filter(|_| !before.ends_with("{{{")) else {
            return Flow::Edit { edit, joins };
        };
        let at = editor.offset(caret) - opening.len();
        let text = editor.paragraphs().get(caret.paragraph).map_or("", String::as_str);
        let cells = live::by_words(session.form(), text, &(caret.byte - opening.len()..caret.byte));
        self.choose(session, at, opening, cells, Some((edit, joins)))
    }

    /// Opens the list of these cells, the chosen one of which is to take the place of what is written somewhere.
    fn choose(
        &self,
        session: &Session,
        at: usize,
        written: &str,
        cells: Vec<CellId>,
        edit: Option<(Edit, bool)>,
    ) -> Flow {
        let spot = Spot { text: self.text, at, written: written.to_owned() };
        Flow::Open { edit, overlay: Box::new(Overlay::Live(LiveList::new(session, spot, cells))) }
    }

    /// Puts something in the place of a piece of the text, as a step of its own.
    fn put(&mut self, piece: Range<usize>, with: &str, notice: Notice) -> Flow {
        let Ok(editor) = &mut self.editor else { return Flow::Ignored };
        match editor.replace_piece(piece, with) {
            Ok(Some(splice)) => {
                self.run = None;
                self.pasted = None;
                self.note(&splice);
                Flow::EditAndTell(to_edit(self.text, splice), notice)
            }
            Ok(None) => Flow::Done,
            Err(error) => refused(&error),
        }
    }
}
