//! Pieces of the text that remarks are about, as they lie in its rows.

use std::ops::Range;

use crate::check::{Issue, Noted};
use crate::model::TextId;
use crate::session::Session;
use crate::tui::editor::VisibleRow;

/// The pieces of one text that there is something to say about, in bytes of the text.
#[derive(Debug, Default)]
pub(super) struct Marks {
    pieces: Vec<Range<usize>>,
    /// Where each paragraph begins, in bytes of the text.
    starts: Vec<usize>,
}

impl Marks {
    /// The marks of this text, whose paragraphs these are. What stands with a reason is not marked.
    pub(super) fn of(session: &Session, text: TextId, paragraphs: &[String]) -> Self {
        let open = |noted: &&Noted| !Issue::Remark(noted).is_explained(session.form(), session.report());
        let remarks = session.evaluation().remarks().iter().filter(|noted| noted.text == text).filter(open);
        let pieces: Vec<Range<usize>> = remarks.map(|noted| noted.remark.range.clone()).collect();
        if pieces.is_empty() {
            return Self::default();
        }
        let starts = paragraphs.iter().scan(0, |at, text| {
            let start = *at;
            *at += text.len() + 1;
            Some(start)
        });
        Self { starts: starts.collect(), pieces }
    }

    /// The bytes of a row's text that are marked. A piece without length marks the character before it.
    pub(super) fn in_row(&self, row: &VisibleRow) -> Vec<Range<usize>> {
        let Some(start) = self.starts.get(row.row.paragraph).map(|start| start + row.row.bytes.start) else {
            return Vec::new();
        };
        let end = start + row.text.len();
        let widened = |piece: &Range<usize>| {
            let from = if piece.is_empty() { piece.start.saturating_sub(1) } else { piece.start };
            from.max(start)..piece.end.min(end)
        };
        let within = self.pieces.iter().map(widened).filter(|piece| piece.start < piece.end);
        within
            .map(|piece| floor(&row.text, piece.start - start)..ceil(&row.text, piece.end - start))
            .filter(|piece| !piece.is_empty())
            .collect()
    }
}

/// The start of the character in which this byte lies.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The end of the character in which this byte lies.
fn ceil(text: &str, mut at: usize) -> usize {
    while at < text.len() && !text.is_char_boundary(at) {
        at += 1;
    }
    at.min(text.len())
}
