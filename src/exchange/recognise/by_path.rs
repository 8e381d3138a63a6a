//! Tables that name each figure by its path in the form, as gouji writes them into csv and sheets for programs.

use std::collections::HashSet;

use super::draft::Draft;
use crate::exchange::compose::{COVER_PROPERTY, HEADS, STATUS_PROPERTY};
use crate::exchange::document::{At, Block, Cell, Document, Table};
use crate::exchange::note::NoteKind;
use crate::form::{FactKind, Form, Role};
use crate::model::{CellId, FactId, Figure, Place, excerpt};

/// A table with paths, and what its columns are.
#[derive(Debug)]
pub(super) struct PathTable<'d> {
    /// Which block of the document it is.
    pub(super) block: usize,
    table: &'d Table,
    head: usize,
    path: usize,
    value: Option<usize>,
    stated: Option<usize>,
    note: Option<usize>,
}

/// Rows in which the head is looked for.
const HEAD_ROWS: usize = 5;

/// Finds the tables with paths.
pub(super) fn find(document: &Document) -> Vec<PathTable<'_>> {
    let tables = document.blocks.iter().enumerate().filter_map(|(block, content)| match content {
        Block::Table(table) => Some((block, table)),
        _ => None,
    });
    tables
        .filter_map(|(block, table)| {
            (0..table.rows().min(HEAD_ROWS)).find_map(|head| {
                let column = |name: &str| {
                    table.row(head).find(|cell| cell.text.trim() == name).map(|cell| cell.column)
                };
                let [path, _, value, stated, note] = HEADS;
                let path = column(path)?;
                let (value, stated, note) = (column(value), column(stated), column(note));
                (value.is_some() || stated.is_some()).then_some(PathTable {
                    block,
                    table,
                    head,
                    path,
                    value,
                    stated,
                    note,
                })
            })
        })
        .collect()
}

impl PathTable<'_> {
    /// How many of its paths a form knows.
    pub(super) fn known(&self, form: &Form) -> usize {
        let rows = self.head + 1..self.table.rows();
        rows.filter(|row| self.text(*row, Some(self.path)).is_some_and(|path| form.place(path).is_some()))
            .count()
    }

    /// Puts its rows into the draft, and says what is missing.
    pub(super) fn fill(&self, draft: &mut Draft<'_>, form: &Form) {
        let mut known = HashSet::new();
        for row in self.head + 1..self.table.rows() {
            let cells: Vec<&Cell> = self.table.row(row).filter(|cell| !cell.text.trim().is_empty()).collect();
            let Some(first) = cells.first() else { continue };
            let source = cells.iter().map(|cell| cell.text.trim()).collect::<Vec<_>>().join(" ");
            let path = self.text(row, Some(self.path)).unwrap_or_default();
            if path == STATUS_PROPERTY {
                draft.note(0, NoteKind::Matched, None, &first.at, source, "是文件的标记，不属于报告");
                continue;
            }
            let Some(place) = form.place(path) else {
                let message = if path.is_empty() {
                    "这一行没有路径，没有采用".to_owned()
                } else {
                    format!("表式中没有路径“{path}”，没有采用")
                };
                draft.note(0, NoteKind::LeftOver, None, &first.at, source, message);
                continue;
            };
            if !known.insert(place) {
                let message = format!("“{}”在前面已经有一行，这一行没有采用", form.name(place));
                draft.note(0, NoteKind::LeftOver, Some(place), &first.at, source, message);
                continue;
            }
            let value = self.cell(row, self.value);
            let text = value.map_or("", |cell| cell.text.as_str());
            match place {
                Place::Fact(fact) => set_fact(draft, form, fact, value),
                Place::Text(id) => {
                    let lines = text.split('\n').map(str::to_owned);
                    draft.add_text(id, lines.filter(|_| !text.trim().is_empty()));
                }
                Place::Cell(cell) => self.figure(draft, form, row, cell),
            }
            draft.note(
                0,
                NoteKind::Matched,
                Some(place),
                &first.at,
                source,
                format!("填入“{}”", form.name(place)),
            );
        }
        self.note_missing(draft, form);
        let head: Vec<&str> =
            (0..=self.head).flat_map(|row| self.table.row(row)).map(|cell| cell.text.trim()).collect();
        let head: Vec<&str> = head.into_iter().filter(|text| !text.is_empty()).collect();
        if let Some(cell) = self.table.cell(self.head, self.path) {
            draft.note(
                0,
                NoteKind::Matched,
                None,
                &cell.at,
                head.join(" "),
                "是按路径填报的表，各行直接填入",
            );
        }
    }

    /// One note on the cells of the form that have no row; facts and prose may well be elsewhere.
    fn note_missing(&self, draft: &mut Draft<'_>, form: &Form) {
        draft.is_by_path = true;
        let rows = self.head + 1..self.table.rows();
        let known: HashSet<CellId> = rows
            .filter_map(|row| match form.place(self.text(row, Some(self.path))?)? {
                Place::Cell(cell) => Some(cell),
                Place::Fact(_) | Place::Text(_) => None,
            })
            .collect();
        let is_entered = |cell: &CellId| form.slot(*cell).is_some_and(|slot| slot.role == Role::Input);
        let mut absent = form.all_cells().filter(is_entered).filter(|cell| !known.contains(cell));
        let Some(first) = absent.next() else { return };
        let message =
            format!("表中没有“{}”等{}格的路径，留空", form.name(Place::Cell(first)), absent.count() + 1);
        draft.note(usize::MAX, NoteKind::Doubtful, Some(Place::Cell(first)), &At::Unknown, "", message);
    }

    fn figure(&self, draft: &mut Draft<'_>, form: &Form, row: usize, cell: CellId) {
        let Some(slot) = form.slot(cell) else { return };
        let mut read = |column: Option<usize>| {
            let Some(source) = self.cell(row, column) else { return Figure::Blank };
            let figure = Figure::read_printed(&source.text, slot.kind.precision());
            if let Figure::Unread(text) = &figure {
                let place = Place::Cell(cell);
                let message = format!(
                    "{}：“{text}”不是本格可用的数字，已照原样填入；请改为数字，没有的填0",
                    form.name(place)
                );
                draft.note(0, NoteKind::Doubtful, Some(place), &source.at, text, message);
            }
            figure
        };
        let (figure, stated) = (read(self.value), read(self.stated));
        if slot.role == Role::Input {
            draft.put(cell, figure, false);
            if !stated.is_blank() {
                let at = self.cell(row, self.stated).map_or(&At::Unknown, |cell| &cell.at);
                let message = format!("“{}”不是合计，核对数没有采用", form.name(Place::Cell(cell)));
                let text = self.text(row, self.stated).unwrap_or_default();
                draft.note(0, NoteKind::LeftOver, Some(Place::Cell(cell)), at, text, message);
            }
        } else if stated.is_blank() {
            // A total that is filled in says what was computed, unless somebody has changed it since.
            draft.put(cell, figure, true);
        } else {
            draft.put(cell, stated, false);
        }
        if let Some(note) = self.text(row, self.note).filter(|note| !note.is_empty()) {
            draft.remark(cell, note);
        }
    }

    fn cell(&self, row: usize, column: Option<usize>) -> Option<&Cell> {
        self.table.cell(row, column?).filter(|cell| cell.row == row)
    }

    fn text(&self, row: usize, column: Option<usize>) -> Option<&str> {
        self.cell(row, column).map(|cell| cell.text.trim())
    }
}

/// Fills in a fact of the cover. Of a choice the name that people see is as good as the one in drafts.
fn set_fact(draft: &mut Draft<'_>, form: &Form, id: FactId, value: Option<&Cell>) {
    let Some(value) = value else { return };
    let said = value.text.trim();
    let fact = form.fact_by_id(id);
    let Some(FactKind::Choice(choices)) = fact.map(|fact| &fact.kind).filter(|_| !said.is_empty()) else {
        draft.set_fact(id, said);
        return;
    };
    let choice = choices.iter().find(|choice| choice.id == said || choice.label == said);
    draft.set_fact(id, choice.map_or(said, |choice| &choice.id));
    if choice.is_none() {
        let place = Place::Fact(id);
        let message =
            format!("“{}”没有“{}”这一项，已照原样填入，请改选", form.name(place), excerpt(said, 30));
        draft.note(0, NoteKind::Doubtful, Some(place), &value.at, said, message);
    }
}

/// Facts of the cover that the file keeps as properties, where no page shows them.
pub(super) fn properties(draft: &mut Draft<'_>, document: &Document, form: &Form) {
    for (key, value) in &document.properties {
        if let Some(fact) = key.strip_prefix(COVER_PROPERTY).and_then(|name| form.fact(name)) {
            draft.set_fact(fact.id, value);
        }
    }
}
