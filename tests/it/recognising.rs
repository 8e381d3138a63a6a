//! Published reports recognised; from the folder that `GOUJI_REPORTS` names, which is not part of the repository.

use std::fs;
use std::path::{Path, PathBuf};

use gouji::exchange::document::{Block, Document};
use gouji::exchange::{Import, Limits, NoteKind, recognise, sniff};
use gouji::form::{Catalogue, Role};
use gouji::model::{Figure, TextId};

/// What a report of the folder must give.
struct Expected {
    file: &'static str,
    form: &'static str,
    unit: &'static str,
    year: &'static str,
    /// How many figures and totals are printed.
    numbers: usize,
    /// Some of them by path.
    cells: &'static [(&'static str, i64)],
}

const REPORTS: [Expected; 7] = [
    Expected {
        file: "2019_上海市人民政府办公厅_2019fmt.txt",
        form: "2019",
        unit: "上海市人民政府办公厅",
        year: "2019",
        numbers: 63,
        cells: &[
            ("disclosure.procurement.amount", 25_100_000),
            ("requests.received.other_org", 1),
            ("remedies.reconsideration.total", 7),
            ("remedies.litigation_direct.upheld", 8),
        ],
    },
    Expected {
        file: "2020_沂源县_2019fmt.txt",
        form: "2019",
        unit: "沂源县人民政府",
        year: "2020",
        numbers: 22 + 161 + 15,
        cells: &[
            ("disclosure.penalty.items_change", 401),
            ("requests.other.total", 3),
            ("requests.carried_out.natural", 0),
        ],
    },
    Expected {
        file: "2023_淮安市洪泽区_2021fmt.txt",
        form: "2021",
        unit: "洪泽区人民政府",
        year: "2023",
        numbers: 10 + 175 + 15,
        cells: &[
            ("disclosure.fees.amount", 7_730_280_000),
            ("requests.other_misc.total", 0),
            ("remedies.reconsideration.total", 0),
        ],
    },
    Expected {
        file: "2023_淮安市洪泽区_2021fmt_raw.txt",
        form: "2021",
        unit: "洪泽区人民政府",
        year: "2023",
        numbers: 10 + 175 + 15,
        cells: &[("requests.partial.natural", 4), ("remedies.litigation_after.upheld", 5)],
    },
    Expected {
        file: "2024_淮安市洪泽区_2021fmt.txt",
        form: "2021",
        unit: "淮安市洪泽区人民政府",
        year: "2024",
        numbers: 10 + 175 + 15,
        cells: &[("requests.unavailable_not_held.total", 31), ("remedies.litigation_after.total", 3)],
    },
    Expected {
        file: "2025_上海市人民政府办公厅_2021fmt.txt",
        form: "2021",
        unit: "上海市人民政府办公厅",
        year: "2025",
        numbers: 4 + 175 + 15,
        cells: &[
            ("requests.other_no_correction.total", 43),
            ("requests.rejected_reconfirm.total", 0),
            ("requests.outcome_total.natural", 1139),
            ("remedies.litigation_after.pending", 7),
        ],
    },
    Expected {
        file: "2025_杭州市型_2021fmt.html",
        form: "2021",
        unit: "",
        year: "",
        numbers: 10 + 175 + 15,
        cells: &[
            ("disclosure.licence.decisions", 11_398_889),
            ("requests.other_misc.total", 965),
            ("requests.carried_out.legal", 25),
            ("remedies.litigation_after.total", 156),
        ],
    },
];

fn number(import: &Import, path: &str) -> Option<i64> {
    let Some(gouji::model::Place::Cell(cell)) = import.form.place(path) else { panic!("{path}") };
    figure(import, cell).number()
}

fn figure(import: &Import, cell: gouji::model::CellId) -> &Figure {
    match import.form.slot(cell).unwrap().role {
        Role::Total => import.report.stated(cell),
        Role::Input => import.report.figure(cell),
    }
}

fn vanished(document: &Document, import: &Import) -> Vec<String> {
    let squeeze = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let mut kept: String =
        import.form.facts.iter().map(|fact| squeeze(import.report.fact(fact.id))).collect();
    kept.extend((0..import.form.texts.len()).map(|text| squeeze(import.report.text(TextId::new(text)))));
    kept.extend(import.cell_notes.iter().map(|(_, note)| squeeze(note)));
    kept.extend(import.notes.iter().map(|note| squeeze(&note.source)));
    let texts = document.blocks.iter().filter_map(|block| match block {
        Block::Paragraph { text, .. } => Some(text),
        _ => None,
    });
    let pieces = texts.flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    pieces.filter(|piece| !piece.is_empty() && !kept.contains(piece)).map(str::to_owned).collect()
}

// A skipped test says so where the output of tests is shown.
#[allow(clippy::print_stdout)]
fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("GOUJI_REPORTS").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: GOUJI_REPORTS names no folder with published reports");
    }
    folder
}

/// Reads a file by its kind. The first line of a text says where it is from and is no part of it.
fn read(file: &Path) -> Document {
    let bytes = fs::read(file).unwrap();
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(0);
    let (first, rest) = bytes.split_at(end + 1);
    let bytes = if first.starts_with(b"# source") { rest } else { &bytes };
    let name = file.file_name().unwrap().to_string_lossy();
    let format = sniff::sniff(bytes, Some(name.as_ref())).unwrap();
    sniff::read(bytes, format, &Limits::default()).unwrap()
}

#[test]
fn published_reports_are_recognised() {
    let Some(folder) = folder() else { return };
    for expected in REPORTS {
        let document = read(&folder.join(expected.file));
        let import = recognise(&document, &Catalogue::default(), None).unwrap();
        let fact = |name: &str| import.report.fact(import.form.fact(name).unwrap().id);
        assert_eq!(import.form.id, expected.form, "{}", expected.file);
        assert_eq!((fact("unit"), fact("year")), (expected.unit, expected.year), "{}", expected.file);
        for (path, value) in expected.cells {
            assert_eq!(number(&import, path), Some(*value), "{}: {path}", expected.file);
        }
        let numbers =
            import.form.all_cells().filter(|cell| figure(&import, *cell).number().is_some()).count();
        let exact = expected.form == "2019";
        assert!(
            numbers == expected.numbers || (!exact && numbers > expected.numbers),
            "{}: {numbers} figures, {} in print",
            expected.file,
            expected.numbers
        );
        assert_eq!(vanished(&document, &import), Vec::<String>::new(), "{}", expected.file);
        for section in import.form.sections.iter().filter(|section| section.table.is_none()) {
            let empty = import.report.text(section.text.unwrap()).is_empty();
            assert!(!empty || expected.file.starts_with("2025"), "{}: {}", expected.file, section.heading);
        }
    }
}

/// The texts come from the same pages.
#[test]
fn all_ways_of_taking_text_from_a_page_give_the_same_figures() {
    let Some(folder) = folder() else { return };
    for year in ["2023", "2024"] {
        let ways = ["_2021fmt.txt", "_2021fmt_raw.txt", ".pdf"].map(|way| {
            let document = read(&folder.join(format!("{year}_淮安市洪泽区{way}")));
            recognise(&document, &Catalogue::default(), None).unwrap()
        });
        let [first, others @ ..] = &ways;
        for cell in first.form.all_cells() {
            for other in others {
                let name = first.form.path(gouji::model::Place::Cell(cell));
                assert_eq!(figure(first, cell), figure(other, cell), "{year}: {name}");
            }
        }
    }
}

#[test]
fn excerpts_lose_nothing_and_are_told_apart_by_their_tables() {
    let Some(folder) = folder() else { return };
    let mut seen = 0;
    for entry in fs::read_dir(folder.join("partial")).unwrap() {
        let file = entry.unwrap().path();
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let document = read(&file);
        let import = recognise(&document, &Catalogue::default(), None).unwrap();
        let form = if name.contains("2019fmt") { "2019" } else { "2021" };
        assert_eq!(import.form.id, form, "{name}");
        assert_eq!(vanished(&document, &import), Vec::<String>::new(), "{name}");
        assert!(import.notes.iter().any(|note| note.kind == NoteKind::Doubtful), "{name}: rows are missing");
        seen += 1;
    }
    assert!(seen >= 10, "{seen} excerpts");
}

#[test]
fn the_official_blank_template_is_recognised_and_empty() {
    let Some(folder) = folder() else { return };
    let document = read(&folder.join("官方格式模板_2021fmt_空白.docx"));
    let import = recognise(&document, &Catalogue::default(), None).unwrap();
    assert_eq!(import.form.id, "2021");
    assert!(import.form.all_cells().all(|cell| figure(&import, cell).is_blank()));
    assert_eq!(vanished(&document, &import), Vec::<String>::new());
    let missing = import.notes.iter().filter(|note| note.message.contains("没有找到"));
    assert_eq!(missing.map(|note| note.message.as_str()).collect::<Vec<_>>(), Vec::<&str>::new());
}
