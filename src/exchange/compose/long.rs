//! The report as one long table with stable paths, for csv, json and other programs.

use std::collections::BTreeMap;

use super::explained::explained;
use super::table::shown;
use super::{FORM_PROPERTY, Purpose, STATUS_PROPERTY, draft_mark, properties};
use crate::exchange::document::{Block, Cell, Document, Part, TableBuilder};
use crate::form::Role;
use crate::model::Place;
use crate::session::Session;

/// The heads of the long table: path, name for people, what is filled in or computed, the stated total, a note.
pub const HEADS: [&str; 5] = ["路径", "名称", "填报数", "核对数", "附注"];

/// Facts, figures and prose, one a row, in the order of the form, and behind it the table of reasons if there are any.
/// Live figures are kept as written, so that nothing is lost.
pub fn by_path(session: &Session, purpose: &Purpose) -> Document {
    let (form, report) = (session.form(), session.report());
    let mut builder = TableBuilder::new(HEADS.len(), usize::MAX);
    builder.next_row();
    for head in HEADS {
        builder.push(Cell { text: head.to_owned(), part: Part::Head, ..Cell::default() });
    }
    let mut row = |place: Place, value: Cell, stated: String, note: &str| {
        builder.next_row();
        for text in [form.path(place), form.name(place)] {
            builder.push(Cell { text, part: Part::Label, ..Cell::default() });
        }
        builder.push(value);
        for text in [stated, note.to_owned()] {
            builder.push(Cell { text, ..Cell::default() });
        }
    };
    for fact in &form.facts {
        let text = report.fact(fact.id).to_owned();
        row(Place::Fact(fact.id), Cell { text, ..Cell::default() }, String::new(), "");
    }
    for id in form.all_cells() {
        let Some(slot) = form.slot(id) else { continue };
        let stated = report.stated(id).as_typed(slot.kind.precision());
        let (text, computed) = match slot.role {
            Role::Input => shown(session, id),
            Role::Total => (super::table::computed(session, id), true),
        };
        let value = Cell { text, computed, part: Part::Figure(id), ..Cell::default() };
        row(Place::Cell(id), value, stated, report.note(id));
    }
    for section in &form.sections {
        if let Some(id) = section.text {
            let text = report.text(id).to_owned();
            row(Place::Text(id), Cell { text, ..Cell::default() }, String::new(), "");
        }
    }
    if let Purpose::Draft { mandatory } = purpose {
        builder.next_row();
        for text in [STATUS_PROPERTY, "状态", &draft_mark(*mandatory), "", ""] {
            builder.push(Cell { text: text.to_owned(), ..Cell::default() });
        }
    }
    let properties: BTreeMap<_, _> =
        properties(session).into_iter().filter(|(name, _)| name == FORM_PROPERTY).collect();
    let tables = builder.build().into_iter().chain(explained(session));
    Document { blocks: tables.map(Block::Table).collect(), properties, ..Document::default() }
}
