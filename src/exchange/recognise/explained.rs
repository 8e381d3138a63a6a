//! The table of reasons (审核说明) that gouji writes beside a report.

use super::draft::Draft;
use crate::exchange::compose::{EXPLAINED_HEADS, EXPLAINED_TITLE};
use crate::exchange::document::{Block, Document, Table};
use crate::exchange::note::NoteKind;
use crate::form::Form;
use crate::model::Question;

/// The tables of reasons in a document, each with its block.
pub(super) fn find(document: &Document) -> Vec<(usize, &Table)> {
    let tables = document.blocks.iter().enumerate().filter_map(|(index, block)| match block {
        Block::Table(table) => Some((index, table)),
        _ => None,
    });
    let is_head = |table: &Table| {
        let head = |(column, head): (usize, &&str)| {
            table.cell(0, column).is_some_and(|cell| cell.text.trim() == *head)
        };
        EXPLAINED_HEADS.iter().enumerate().all(head)
    };
    tables.filter(|(_, table)| is_head(table)).collect()
}

/// The blocks that are titles in front of such tables.
pub(super) fn titles(document: &Document, tables: &[(usize, &Table)]) -> Vec<usize> {
    let is_title = |block: &usize| match document.blocks.get(*block) {
        Some(Block::Heading { text, .. } | Block::Paragraph { text, .. }) => text.trim() == EXPLAINED_TITLE,
        _ => false,
    };
    tables.iter().filter_map(|(table, _)| table.checked_sub(1)).filter(is_title).collect()
}

/// Takes the reasons over. They answer a sentence with its figures, so that a reason for other figures answers
/// nothing.
pub(super) fn fill(draft: &mut Draft<'_>, tables: &[(usize, &Table)], form: &Form) {
    for (_, table) in tables {
        for row in 1..table.rows() {
            let text = |column| table.cell(row, column).map_or("", |cell| cell.text.as_str());
            let [path, _, code, message, words] = [0, 1, 2, 3, 4].map(text);
            let source = [code, message, words].join(" ");
            if source.trim().is_empty() && path.trim().is_empty() {
                continue;
            }
            let at = table.cell(row, 0).map(|cell| &cell.at).cloned().unwrap_or_default();
            let place = form.place(path.trim());
            let (kind, said) = match place {
                None => (NoteKind::LeftOver, format!("表式中没有路径“{}”，审核说明没有采用", path.trim())),
                Some(_) if words.trim().is_empty() => {
                    (NoteKind::LeftOver, "审核说明是空白，没有采用".to_owned())
                }
                Some(place) => (NoteKind::Matched, format!("填入“{}”的审核说明", form.name(place))),
            };
            if kind == NoteKind::Matched {
                let question = Question {
                    path: path.trim().to_owned(),
                    code: code.to_owned(),
                    message: message.to_owned(),
                };
                draft.explain(question, words);
            }
            draft.note(usize::MAX, kind, place, &at, source, said);
        }
    }
}
