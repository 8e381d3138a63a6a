//! What must hold of every file from outside, of whatever kind it says it is.

use std::sync::OnceLock;

use gouji::exchange::compose::Purpose;
use gouji::exchange::document::Table;
use gouji::exchange::export::export;
use gouji::exchange::{
    Block, Document, Format, Import, ImportError, Limits, hush_contained, recognise, sniff,
};
use gouji::form::Catalogue;
use gouji::model::{Figure, Place, Report};
use gouji::session::Session;
use gouji::store::draft;

/// Reads a file with its reader: what comes out is sound and within the limits, be they wide or narrow, and what is
/// recognised in it can be kept, shown and written again. What is not read is refused with a reason.
pub fn check(bytes: &[u8], format: Format) {
    hush_contained();
    let narrow =
        Limits { file: 32 << 20, unpacked: 1 << 20, depth: 24, cells: 60, columns: 7, blocks: 12, text: 400 };
    for limits in [narrow, Limits::default()] {
        match sniff::read(bytes, format, &limits) {
            Ok(document) => {
                assert_sound(&document, &limits);
                if limits != narrow {
                    recognised(&document, format);
                }
            }
            Err(error) => assert_told(&error),
        }
    }
}

/// A refusal says why, in one line that a terminal can show.
pub fn assert_told(error: &ImportError) {
    let told = error.to_string();
    assert!(!told.is_empty(), "what is refused is refused for a reason");
    assert!(!told.chars().any(|c| c.is_control() && c != '\n'), "a reason can be shown: {told:?}");
}

/// The document is one that recognition may rely on.
fn assert_sound(document: &Document, limits: &Limits) {
    let (mut cells, mut text) = (0, 0);
    assert!(document.blocks.len() <= limits.blocks, "{} blocks", document.blocks.len());
    for block in &document.blocks {
        match block {
            Block::Heading { text: words, at, .. } => {
                assert!(!words.contains('\n'), "a heading is one line: {words:?}");
                assert!(!at.to_string().is_empty());
                text += weight(words);
            }
            Block::Paragraph { text: words, at, .. } => {
                assert!(!at.to_string().is_empty());
                text += weight(words);
            }
            Block::Table(table) => {
                assert_rectangle(table);
                assert!(table.columns() <= limits.columns, "{} columns", table.columns());
                cells += table.rows() * table.columns();
                text += table.cells().iter().map(|cell| weight(&cell.text)).sum::<usize>();
            }
        }
    }
    assert!(cells <= limits.cells, "{cells} positions of tables");
    assert!(text <= limits.text, "{text} bytes of text");
    for lost in &document.lost {
        assert!(!lost.what.is_empty(), "what is lost is named");
    }
}

/// Bytes of a text without white space, of which a page may show a little more than it holds.
fn weight(text: &str) -> usize {
    text.split_whitespace().map(str::len).sum()
}

/// Every position is covered by exactly one cell, and that one says so.
fn assert_rectangle(table: &Table) {
    let (rows, columns) = (table.rows(), table.columns());
    assert!(rows > 0 && columns > 0, "a table has positions");
    let mut covered = 0;
    for cell in table.cells() {
        assert!(cell.rows > 0 && cell.columns > 0, "a cell has positions");
        assert!(cell.row + cell.rows <= rows && cell.column + cell.columns <= columns, "a cell lies inside");
        covered += cell.rows * cell.columns;
        for (row, column) in (cell.row..cell.row + cell.rows)
            .flat_map(|row| (cell.column..cell.column + cell.columns).map(move |at| (row, at)))
        {
            let found = table.cell(row, column).expect("a cell at every position");
            assert!(std::ptr::eq(found, cell), "two cells at row {row}, column {column}");
        }
    }
    assert_eq!(covered, rows * columns, "every position is covered");
    assert!(table.cell(rows, 0).is_none() && table.cell(0, columns).is_none(), "nothing lies outside");
}

/// What is recognised is what its edit makes, can be told, comes back from its draft, and can be written again.
fn recognised(document: &Document, format: Format) {
    let import = match recognise(document, forms(), None) {
        Ok(import) => import,
        Err(error) => return assert_told(&error),
    };
    let Import { form, edit, report, cell_notes, notes } = import;
    let mut made = Report::new(form.shape());
    made.apply(&edit).expect("the edit is about places of the form");
    assert_eq!(made, report, "the edit makes the report");
    for note in &notes {
        assert!(!note.message.is_empty(), "a note says something");
        assert!(!note.at.to_string().is_empty());
        if let Some(place) = note.place {
            assert_eq!(form.place(&form.path(place)), Some(place), "a note is about a place of the form");
        }
    }
    for (cell, words) in &cell_notes {
        assert!(form.slot(*cell).is_some() && !words.is_empty(), "words stand beside a cell");
    }
    let written = draft::write(&form, &report, &draft::Unknown::default());
    let (read, notices) = match draft::read("草稿.ron", &written, forms()) {
        Ok(read) => read,
        Err(error) => panic!("{error}\n---\n{written}"),
    };
    assert!(notices.is_empty(), "the form knows all that was recognised: {notices:?}");
    assert_eq!(read.report, report, "the report comes back:\n{written}");
    let session = Session::open(form, report);
    super::assert_all_can_be_told(&session);
    goes_out(&session, if format.can_be_written() { format } else { Format::Json });
}

/// A report that was taken in can be given out, and what was given out can be taken in; with all its
/// numbers, where no cell holds words.
fn goes_out(session: &Session, format: Format) {
    let bytes = match export(session, format, &Purpose::Final) {
        Ok(bytes) => bytes,
        Err(error) => panic!("{error}"),
    };
    let document = match sniff::read(&bytes, format, &Limits::default()) {
        Ok(document) => document,
        Err(error) => panic!("our own {format:?} is refused: {error}\n{}", String::from_utf8_lossy(&bytes)),
    };
    assert_sound(&document, &Limits::default());
    let again = match recognise(&document, forms(), None) {
        Ok(again) => again,
        Err(error) => panic!("nothing is found in our own {format:?}: {error}"),
    };
    let (form, report) = (session.form(), session.report());
    assert_eq!(again.form.id, form.id, "our own file is on the same form");
    // Words in the place of a figure may be taken for the label of another row.
    let has_words = |cell| matches!(report.figure(cell), Figure::Unread(_));
    if form.all_cells().any(has_words) {
        return;
    }
    for cell in form.all_cells() {
        let Some(number) = report.figure(cell).number() else { continue };
        let path = form.path(Place::Cell(cell));
        assert_eq!(again.report.figure(cell).number(), Some(number), "{path} of our own {format:?}");
    }
}

/// The official forms.
pub fn forms() -> &'static Catalogue {
    static FORMS: OnceLock<Catalogue> = OnceLock::new();
    FORMS.get_or_init(Catalogue::default)
}
