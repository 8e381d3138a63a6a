//! What the prose of a section looks like.

use std::ops::Range;

use ratatui::layout::Rect;

use super::count::{characters, limit, words};
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
        let hits = tab.seeking.as_ref().map_or(&[][..], |seeking| seeking.hits.as_slice());
        let found = editor.selected_hit(hits).is_some();
        picture.lines(panes.text, rows.iter().map(|row| line(row, found, hits)));
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
        let selected = editor.selected_text().map(|text| characters(&text));
        let (counts, too_long) = words(tab.facts.characters, selected, limit(guidance));
        let column = column(tab, editor);
        let place = format!("  第 {} 行第 {column} 字", caret.row + 1);
        let counts = head(&counts, status.width.saturating_sub(policy.measure(&place) + 2), policy);
        let room = status.width.saturating_sub(policy.measure(&place) + policy.measure(&counts) + 2);
        let guidance = if is_empty { String::new() } else { head(&visible(guidance), room, policy) };
        let role = if too_long { Role::WarningMark } else { Role::Text };
        let line = Line::of(Role::Dim, guidance).add_right(role, format!("  {counts}"));
        picture.line(status, line.add_right(Role::Text, place));
    }
}

/// A row of the text, with what is selected, which a search may have `found`, and the other `hits` of that search.
/// Hidden characters are shown.
pub(super) fn line(row: &VisibleRow, found: bool, hits: &[Hit]) -> Line {
    let marked = if found { Role::Match } else { Role::Selection };
    let selected = row.selected.clone().unwrap_or(0..0);
    let hits: Vec<Range<usize>> = hits_in(row, hits).collect();
    let role = |byte: usize| {
        if selected.contains(&byte) {
            marked
        } else if hits.iter().any(|hit| hit.contains(&byte)) {
            Role::Related
        } else {
            Role::Text
        }
    };
    let mut cuts: Vec<usize> = hits.iter().flat_map(|hit| [hit.start, hit.end]).collect();
    cuts.extend([0, selected.start, selected.end, row.text.len()]);
    cuts.sort_unstable();
    cuts.dedup();
    let mut line = Line::of(Role::Text, " ".repeat(row.row.indent.into()));
    for pair in cuts.windows(2) {
        let [from, to] = *pair else { continue };
        let text = row.text.get(from..to).unwrap_or_default();
        line = line.add(role(from), visible(text).into_owned());
    }
    if row.end_selected { line.add(marked, " ") } else { line }
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
    let text = editor.paragraphs().get(paragraph).and_then(|text| text.get(start..byte));
    text.map_or(0, |text| text.chars().count()) + 1
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
