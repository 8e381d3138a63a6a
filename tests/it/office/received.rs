//! Reports as units send them, made here and now by python-docx, openpyxl and LibreOffice.

use std::fs;
use std::io::Write;
use std::path::Path;

use gouji::exchange::compose::{self, Purpose};
use gouji::exchange::import::import;
use gouji::exchange::{Import, Limits, NoteKind, docx, sheets};
use gouji::form::{Catalogue, Role};
use gouji::model::{Figure, Place};
use gouji::session::Session;
use tempfile::TempDir;

use super::{converted, python};
use crate::received::{ALL_FACTS, FACTS_OF_TITLE, NO_PROSE, Sample, Totals, notes};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/office/make_received.py");

fn read(file: &Path) -> Import {
    let name = file.file_name().unwrap().to_string_lossy();
    import(&fs::read(file).unwrap(), Some(&name), &Catalogue::default(), None, &Limits::default()).unwrap()
}

/// All that differs between a file of the list and its sample. `file` may be made of the one in the list.
fn differences(file: &Path, line: &[&str]) -> Vec<String> {
    let [made, sample, zero, totals] = line else { panic!("{line:?}") };
    let sample = Sample::of(sample);
    let found = read(file);
    let totals = if *totals == "totals" { Totals::Printed } else { Totals::Blank };
    let mut wrong = sample.figures(&found, zero, totals);
    let only_tables = made.ends_with("tables.xlsx");
    let facts: &[&str] = match () {
        () if only_tables => FACTS_OF_TITLE,
        () if made.ends_with("number.xlsx") => &["unit", "year", "signed"],
        () => ALL_FACTS,
    };
    wrong.extend(sample.facts(&found, facts));
    if !only_tables {
        wrong.extend(sample.words(&found));
    }
    let is_sign = |message: &str| !zero.is_empty() && message.contains(&format!("“{zero}”"));
    let doubts = found.notes.iter().filter(|note| note.kind == NoteKind::Doubtful);
    let others = doubts.filter(|note| *zero == "0" || !is_sign(&note.message));
    let rest = Import { notes: others.cloned().collect(), ..found.clone() };
    wrong.extend(notes(&rest, NoteKind::Doubtful, if only_tables { NO_PROSE } else { &[] }));
    wrong.extend(notes(&found, NoteKind::LeftOver, &[]));
    let name = file.file_name().unwrap().to_string_lossy();
    wrong.into_iter().map(|difference| format!("{name}: {difference}")).collect()
}

#[test]
fn reports_made_by_other_programs_are_imported_right() {
    let folder = TempDir::new().unwrap();
    let script = format!(
        "import sys, runpy\nsys.argv = ['make_received.py', 'more', sys.argv[1]]\nimport openpyxl\n\
         runpy.run_path(r'{SCRIPT}', run_name='__main__')"
    );
    if python("docx, openpyxl", &script, &[folder.path()]).is_none() {
        return;
    }
    let list = fs::read_to_string(folder.path().join("made.tsv")).unwrap();
    let mut wrong = Vec::new();
    for line in list.lines() {
        let line: Vec<&str> = line.split('\t').collect();
        wrong.extend(differences(&folder.path().join(line[0]), &line));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(list.lines().count() > 100);
    // The same from LibreOffice, which writes everything in its own way.
    let again = [
        ("yiyuan-not-merged.docx", "docx"),
        ("hangzhou-below.docx", "docx"),
        ("hangzhou-split-corner-number.xlsx", "xls"),
        ("yiyuan-units-text.xlsx", "ods"),
        ("yiyuan-plain-tables.xlsx", "xlsx"),
        ("hangzhou-flat-heads-text.xlsx", "ods"),
        // The one sheet with the whole report as values: with commas or tabs, in UTF-8 or GB18030.
        ("yiyuan-plain-text.xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1"),
        ("hangzhou-not-merged-text.xlsx", "csv:Text - txt - csv (StarCalc):9,34,85,1"),
        ("hangzhou-blank-below-text.xlsx", "csv:Text - txt - csv (StarCalc):44,34,85,1"),
    ];
    for (file, filter) in again {
        let Some(other) = converted(&folder.path().join(file), filter) else { return };
        let line = list.lines().find(|line| line.starts_with(file)).unwrap();
        wrong.extend(differences(&other, &line.split('\t').collect::<Vec<_>>()));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Fills every empty cell right of labels with the next number and writes over what stands in 〔〕.
const FILL_DOCX: &str = "
import sys, docx
document = docx.Document(sys.argv[1])
facts = {'编制单位': '测试县人民政府', '报告年度': '2022', '统计期限起': '2022年1月1日', '统计期限止': '2022年12月31日',
         '联系方式': '测试路1号，电话123-4567', '落款日期': '2023年1月20日'}
sections = 0
for paragraph in document.paragraphs:
    text = paragraph.text
    if text.startswith('〔请在此填写'):
        sections += 1
        paragraph.runs[0].text = f'这是第{sections}段文字，写在提示的位置。'
        for run in paragraph.runs[1:]:
            run.text = ''
        continue
    for label, value in facts.items():
        text = text.replace(f'〔{label}〕', value)
    if text != paragraph.text:
        paragraph.runs[0].text = text
        for run in paragraph.runs[1:]:
            run.text = ''
number = 0
for table in document.tables:
    seen = set()
    for row in table.rows:
        for cell in row.cells:
            if cell._tc in seen or cell.text.strip():
                continue
            seen.add(cell._tc)
            number += 1
            cell.paragraphs[0].add_run(str(number))
document.save(sys.argv[2])
print(number)
";

const FILL_XLSX: &str = "
import sys, openpyxl
from openpyxl.cell.cell import MergedCell
book = openpyxl.load_workbook(sys.argv[1])
facts = {'编制单位': '测试县人民政府', '报告年度': '2022', '统计期限起': '2022年1月1日', '统计期限止': '2022年12月31日',
         '联系方式': '测试路1号，电话123-4567', '落款日期': '2023年1月20日'}
sections, number = 0, 0
for sheet in book.worksheets:
    stop = False
    for row in sheet.iter_rows():
        for cell in row:
            text = cell.value
            if isinstance(cell, MergedCell) or stop:
                continue
            if isinstance(text, str) and text.startswith('核对'):
                stop = True
                continue
            if text is None:
                if sheet is not book.worksheets[0] and cell.border.left.style:
                    number += 1
                    cell.value = number
                continue
            if not isinstance(text, str) or text.startswith('='):
                continue
            if text.startswith('〔请在此填写'):
                sections += 1
                cell.value = f'这是第{sections}段文字，写在提示的位置。'
                continue
            for label, value in facts.items():
                text = text.replace(f'〔{label}〕', value)
            cell.value = text
book.save(sys.argv[2])
print(number)
";

/// A blank form comes back filled in, with totals or without.
fn filled_form(ending: &str, library: &str, script: &str) {
    let form = Catalogue::default().by_id("2021").unwrap();
    let page =
        compose::page(&Session::open(form.clone(), gouji::model::Report::new(form.shape())), &Purpose::Blank);
    let folder = TempDir::new().unwrap();
    let (blank, filled) =
        (folder.path().join(format!("blank.{ending}")), folder.path().join(format!("filled.{ending}")));
    let bytes = if ending == "docx" { docx::write(&page) } else { sheets::write(&page, &form) };
    fs::File::create(&blank).unwrap().write_all(&bytes.unwrap()).unwrap();
    let Some(said) = python(library, script, &[&blank, &filled]) else { return };
    let found = read(&filled);
    let said_wrong = [NoteKind::Doubtful, NoteKind::LeftOver].map(|kind| notes(&found, kind, &[]));
    assert_eq!(said_wrong.concat(), Vec::<String>::new(), "{ending}");
    assert_eq!(found.form.id, "2021");
    let cells = form.all_cells().filter(|cell| form.slot(*cell).unwrap().role == Role::Input);
    let numbers: Vec<Figure> = cells.map(|cell| found.report.figure(cell).clone()).collect();
    assert!(numbers.iter().all(|figure| figure.number().is_some()), "{ending}: {numbers:?}");
    let totals = form.all_cells().filter(|cell| form.slot(*cell).unwrap().role == Role::Total);
    let stated = totals.filter(|cell| !found.report.stated(*cell).is_blank()).count();
    let filled_in: usize = said.trim().parse().unwrap();
    assert_eq!(numbers.len() + stated, filled_in, "{ending}");
    let fact = |name: &str| found.report.fact(form.fact(name).unwrap().id).to_owned();
    let expected =
        ["测试县人民政府", "2022", "2022-01-01", "2022-12-31", "测试路1号，电话123-4567", "2023-01-20"];
    assert_eq!(
        ["unit", "year", "period_from", "period_to", "contact", "signed"].map(fact),
        expected,
        "{ending}"
    );
    for (section, number) in form.sections.iter().filter_map(|section| section.text).zip(1..) {
        let place = form.path(Place::Text(section));
        let text = format!("这是第{number}段文字，写在提示的位置。");
        assert_eq!(found.report.text(section), text, "{ending} {place}");
    }
}

#[test]
fn a_blank_form_filled_in_word_comes_back_without_a_doubt() {
    filled_form("docx", "docx", FILL_DOCX);
}

#[test]
fn a_blank_form_filled_in_a_workbook_comes_back_without_a_doubt() {
    filled_form("xlsx", "openpyxl", FILL_XLSX);
}
