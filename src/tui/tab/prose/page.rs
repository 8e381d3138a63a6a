//! What the prose of a section looks like.

use std::ops::Range;

use ratatui::layout::Rect;

use super::count::{characters, limit, words};
use super::live::Figure;
use super::marks::Marks;
use super::{INDENT, ProseTab};
use crate::model::visible;
use crate::tui::context::View;
use crate::tui::editor::{Editor, Hit, VisibleRow};
use crate::tui::overlay::window::head;
use crate::tui::picture::Picture;
use crate::tui::shown::Line;
use crate::tui::tab::lines::{fold, keep_in_sight};
use crate::tui::theme::Role;
use crate::tui::wrap::Position;

/// Forty Chinese characters, and the column that the layout keeps free for the caret.
const MEASURE: u16 = 81;
/// From this width on there is an outline, and the text is centred beside it.
const WIDE: u16 = 100;
/// Columns of the outline, with the gap behind it.
const OUTLINE: u16 = 24;
/// Columns below which the guidance of the form is left out of the status.
const LEAST_GUIDANCE: u16 = 20;
const GAP: u16 = 2;

/// Where everything stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Panes {
    outline: Option<Rect>,
    pub(super) text: Rect,
    status: Option<Rect>,
    whole: Rect,
}

impl Panes {
    /// Columns of all of it.
    pub(super) fn width(self) -> u16 {
        self.whole.width
    }

    /// Columns and rows that there are to say something: the line below the tab, and that of the status above it.
    pub(super) fn lines_below(self) -> (u16, usize) {
        (self.whole.width, 1 + usize::from(self.status.is_some()))
    }

    pub(super) fn of(area: Rect) -> Self {
        let status_height = u16::from(area.height >= 3);
        let above = Rect { height: area.height - status_height, ..area };
        let status = Rect { y: above.bottom(), height: status_height, ..area };
        let is_wide = area.width >= WIDE;
        let rest = if is_wide {
            Rect { x: above.x + OUTLINE, width: above.width - OUTLINE, ..above }
        } else {
            // One column at the left, so that the text does not stick to the edge.
            let margin = u16::from(area.width > 2 * INDENT);
            Rect { x: above.x + margin, width: above.width - margin, ..above }
        };
        let width = rest.width.min(MEASURE);
        let left = if is_wide { (rest.width - width) / 2 } else { 0 };
        let outline = Rect { width: (OUTLINE + left).saturating_sub(GAP), ..above };
        Self {
            outline: is_wide.then_some(outline),
            text: Rect { x: rest.x + left, width, ..rest },
            status: (status_height > 0).then_some(status),
            whole: area,
        }
    }
}

/// Shows the text, its outline and its status.
pub(super) fn show(tab: &ProseTab, view: &View<'_>, area: Rect, picture: &mut Picture) {
    let panes = Panes::of(area);
    let policy = view.policy;
    let editor = match &tab.editor {
        Ok(editor) => editor,
        Err(error) => {
            let message = fold(&format!("{error}。"), panes.text.width, policy).into_iter();
            return picture.lines(area, message.map(|part| Line::of(Role::NoticeError, part)));
        }
    };
    let guidance = view.session.form().texts.get(tab.text.index()).map_or("", |slot| slot.guidance.as_str());
    let is_empty = editor.paragraphs().iter().all(String::is_empty) && editor.paragraphs().len() == 1;
    if is_empty {
        let blanks = " ".repeat(INDENT.into());
        let placeholder = fold(&format!("{blanks}{guidance}"), panes.text.width, policy).into_iter();
        picture.lines(panes.text, placeholder.map(|part| Line::of(Role::Placeholder, part)));
    } else {
        let rows = editor.visible_rows(&tab.wrapped, tab.first_row, panes.text.height.into());
        let figures = |paragraph: usize| tab.figures.get(paragraph).map_or(&[][..], Vec::as_slice);
        let marks = Marks::of(view.session, tab.text, editor.paragraphs());
        let hits = tab.seeking.as_ref().map_or(&[][..], |seeking| seeking.hits.as_slice());
        let found = editor.selected_hit(hits).is_some();
        let lines = rows.iter().map(|row| {
            let what = Inked { figures: figures(row.row.paragraph), marks: &marks.in_row(row), hits, found };
            line(row, &what)
        });
        picture.lines(panes.text, lines);
    }
    let caret = editor.caret_spot(&tab.wrapped);
    if let Some(down) = caret.row.checked_sub(tab.first_row)
        && down < usize::from(panes.text.height)
        && caret.column < panes.text.width
    {
        picture.put_cursor(panes.text.x + caret.column, panes.text.y + down as u16);
    }
    if let Some(outline) = panes.outline {
        show_outline(tab, editor, outline, picture);
    }
    if let Some(status) = panes.status {
        if let [first, _] = tab.remark_lines(view).as_slice() {
            return picture.line(status, first.clone());
        }
        let selected = editor.selected_text().map(|text| characters(&text));
        let (counts, too_long) = words(tab.shown_characters(editor), selected, limit(guidance));
        let column = column(tab, editor);
        let place = format!("  第 {} 行第 {column} 字", caret.row + 1);
        let counts = head(&counts, status.width.saturating_sub(policy.measure(&place) + 2), policy);
        let room = status.width.saturating_sub(policy.measure(&place) + policy.measure(&counts) + 2);
        let role = if too_long { Role::WarningMark } else { Role::Text };
        let line = match tab.figure_at(editor.caret()) {
            Some(figure) => {
                // What a live figure is made of is worth more than counts.
                let room = status.width.saturating_sub(policy.measure(&place));
                let line = Line::of(figure.role, figure.about(view.session, room, policy));
                return picture.line(status, line.add_right(Role::Text, place));
            }
            // Two or three characters of a sentence tell nothing.
            None if is_empty || room < LEAST_GUIDANCE => Line::new(),
            None => Line::of(Role::Dim, head(&visible(guidance), room, policy)),
        };
        let line = line.add_right(role, format!("  {counts}"));
        picture.line(status, line.add_right(Role::Text, place));
    }
}

/// What is to be seen in the rows of a paragraph besides its characters.
#[derive(Debug, Default)]
pub(super) struct Inked<'a> {
    /// The live figures of the paragraph.
    pub(super) figures: &'a [Figure],
    /// The pieces of the row that remarks are about.
    pub(super) marks: &'a [Range<usize>],
    /// What a search has hit, in the whole text.
    pub(super) hits: &'a [Hit],
    /// Whether what is selected is one of them.
    pub(super) found: bool,
}

/// A row of the text with what is selected and marked in it, and the live figures as what they are drawn as. Hidden
/// characters are shown.
pub(super) fn line(row: &VisibleRow, inked: &Inked<'_>) -> Line {
    let chosen = if inked.found { Role::Match } else { Role::Selection };
    let selected = row.selected.clone().unwrap_or_default();
    let here: Vec<(Range<usize>, &Figure)> =
        inked.figures.iter().filter_map(|figure| Some((in_row(figure.bytes(), row)?, figure))).collect();
    let hits: Vec<Range<usize>> = hits_in(row, inked.hits).collect();
    let mut cuts = vec![0, row.text.len(), selected.start, selected.end];
    let pieces = here.iter().map(|(bytes, _)| bytes).chain(inked.marks).chain(&hits);
    cuts.extend(pieces.flat_map(|piece| [piece.start, piece.end]));
    cuts.sort_unstable();
    cuts.dedup();
    let mut line = Line::of(Role::Text, " ".repeat(row.row.indent.into()));
    for (from, to) in cuts.iter().copied().zip(cuts.iter().copied().skip(1)) {
        let lies_in = |piece: &Range<usize>| piece.start <= from && to <= piece.end;
        let figure = here.iter().find(|(bytes, _)| lies_in(bytes));
        let role = if lies_in(&selected) && !selected.is_empty() {
            chosen
        } else if hits.iter().any(lies_in) {
            Role::Related
        } else if inked.marks.iter().any(lies_in) {
            Role::ClaimDiffers
        } else {
            figure.map_or(Role::Text, |(_, figure)| figure.role)
        };
        match figure.and_then(|(bytes, figure)| Some((bytes, figure.drawn.as_ref()?))) {
            Some((bytes, drawn)) if bytes.start == from => line = line.add(role, drawn.clone()),
            Some(_) => {}
            None => line = line.add(role, visible(row.text.get(from..to).unwrap_or_default()).into_owned()),
        }
    }
    if row.end_selected { line.add(chosen, " ") } else { line }
}

/// The part of a piece of a paragraph that stands in a row, in bytes from the start of the row.
fn in_row(bytes: &Range<usize>, row: &VisibleRow) -> Option<Range<usize>> {
    let (start, end) = (bytes.start.max(row.row.bytes.start), bytes.end.min(row.row.bytes.end));
    (start < end).then(|| start - row.row.bytes.start..end - row.row.bytes.start)
}

/// The parts of hits that stand in a row, in bytes from its start.
fn hits_in<'a>(row: &'a VisibleRow, hits: &'a [Hit]) -> impl Iterator<Item = Range<usize>> + 'a {
    let (paragraph, bytes) = (row.row.paragraph, &row.row.bytes);
    let first = hits.partition_point(|hit| (hit.paragraph, hit.bytes.end) <= (paragraph, bytes.start));
    let here = hits.iter().skip(first);
    let here = here.take_while(move |hit| hit.paragraph == paragraph && hit.bytes.start < bytes.end);
    here.map(|hit| hit.bytes.start.max(bytes.start) - bytes.start..hit.bytes.end.min(bytes.end) - bytes.start)
}

/// How many characters stand in the caret's row up to it, itself counted.
fn column(tab: &ProseTab, editor: &Editor) -> usize {
    let Position { paragraph, byte } = editor.caret();
    let row = tab.wrapped.row(editor.caret_spot(&tab.wrapped).row);
    let start = row.map_or(0, |row| row.bytes.start);
    let text = editor.paragraphs().get(paragraph);
    let characters = |to: usize| {
        text.and_then(|text| text.get(..to)).map_or(0, |text| tab.characters(paragraph, text, |_| true))
    };
    characters(byte).saturating_sub(characters(start)) + 1
}

fn show_outline(tab: &ProseTab, editor: &Editor, area: Rect, picture: &mut Picture) {
    let headings = &tab.facts.headings;
    let here = headings.iter().rposition(|heading| heading.paragraph <= editor.caret().paragraph);
    let first = here.map_or(0, |here| keep_in_sight(0, &(here..here + 1), headings.len(), area.height));
    let lines = headings.iter().enumerate().skip(first).map(|(index, heading)| {
        let (mark, role) = if Some(index) == here { (">", Role::HeadActive) } else { (" ", Role::Dim) };
        let title = format!("{mark}{}{}", " ".repeat(heading.level * 2), visible(&heading.title));
        Line::of(role, head(&title, area.width, tab.policy))
    });
    picture.lines(area, lines);
}
