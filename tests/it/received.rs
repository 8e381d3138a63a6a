//! Files as other programs make them, held against the draft with the same figures: every figure, total, word and fact.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use gouji::check::Evaluation;
use gouji::check::date::Date;
use gouji::exchange::import::import;
use gouji::exchange::{Import, Limits, NoteKind};
use gouji::form::{Catalogue, Form, Role};
use gouji::model::{CellId, Figure, Place, Report, TextId};
use gouji::store::draft;

/// What stands where totals do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Totals {
    Printed,
    Blank,
    /// Formulas in table three, which are not stated as long as they amount to what the form says; printed elsewhere.
    Formulas,
}

/// What a file must give.
struct Received {
    file: &'static str,
    sample: &'static str,
    /// How zeros are written.
    zero: &'static str,
    totals: Totals,
    /// Whether it has the words of the sample, and not the tables alone.
    prose: bool,
    /// Words beside figures that become notes of cells, by path.
    cell_notes: &'static [(&'static str, &'static str)],
    /// What the doubtful notes say, in order: a part of each, and how many follow each other.
    doubtful: &'static [(&'static str, usize)],
    /// The same for what was left over.
    left_over: &'static [(&'static str, usize)],
}

/// Facts that a whole report says.
pub(crate) const ALL_FACTS: &[&str] = &["unit", "year", "period_from", "period_to", "contact", "signed"];
/// Facts that the title says.
pub(crate) const FACTS_OF_TITLE: &[&str] = &["unit", "year"];

/// Of tables without the text around them.
pub(crate) const NO_PROSE: &[(&str, usize)] =
    &[("没有找到“一、", 1), ("没有找到“五、", 1), ("没有找到“六、", 1)];

/// The same where a row is hidden.
const HIDDEN_ROW_AND_NO_PROSE: &[(&str, usize)] =
    &[("没有找到“一、", 1), ("没有找到“五、", 1), ("没有找到“六、", 1), ("这一行是隐藏的", 1)];

const FILES: [Received; 7] = [
    Received {
        file: "yiyuan-no-styles.docx",
        sample: "yiyuan-2020.ron",
        zero: "0",
        totals: Totals::Blank,
        prose: true,
        cell_notes: &[],
        doubtful: &[],
        left_over: &[],
    },
    Received {
        file: "yiyuan-split-table.docx",
        sample: "yiyuan-2020.ron",
        zero: "0",
        totals: Totals::Printed,
        prose: true,
        cell_notes: &[
            ("disclosure.normative.made", "含政府办公室文件"),
            ("disclosure.procurement.items", "单位：万元"),
        ],
        doubtful: &[],
        left_over: &[],
    },
    Received {
        file: "hangzhou-libreoffice.docx",
        sample: "hangzhou-type-2025.ron",
        zero: "0",
        totals: Totals::Printed,
        prose: true,
        cell_notes: &[
            ("disclosure.normative.issued", "其中修订16件"),
            ("requests.received.natural", "含网上申请"),
        ],
        doubtful: &[("564（其中修订16件）", 1), ("13612（含网上申请）", 1)],
        left_over: &[],
    },
    Received {
        file: "hangzhou-one-sheet.xlsx",
        sample: "hangzhou-type-2025.ron",
        zero: "",
        totals: Totals::Formulas,
        prose: true,
        cell_notes: &[],
        doubtful: &[],
        left_over: &[],
    },
    Received {
        file: "yiyuan-sheet-a-table.xlsx",
        sample: "yiyuan-2020.ron",
        zero: "0",
        totals: Totals::Printed,
        prose: false,
        cell_notes: &[],
        doubtful: HIDDEN_ROW_AND_NO_PROSE,
        left_over: &[],
    },
    Received {
        file: "yiyuan-old-excel.xls",
        sample: "yiyuan-2020.ron",
        zero: "/",
        totals: Totals::Printed,
        prose: true,
        cell_notes: &[],
        doubtful: &[("填的是“/”，不是数字", 1), ("“/”不是本格可用的数字", 1), ("填的是“/”，不是数字", 24)],
        left_over: &[],
    },
    Received {
        file: "hangzhou-sheets.ods",
        sample: "hangzhou-type-2025.ron",
        zero: "0",
        totals: Totals::Formulas,
        prose: false,
        cell_notes: &[],
        doubtful: HIDDEN_ROW_AND_NO_PROSE,
        left_over: &[],
    },
];

#[test]
fn every_received_file_gives_the_figures_of_its_sample() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/received");
    let mut wrong = Vec::new();
    for expected in &FILES {
        let bytes = fs::read(folder.join(expected.file)).unwrap();
        let found =
            import(&bytes, Some(expected.file), &Catalogue::default(), None, &Limits::default()).unwrap();
        let sample = Sample::of(expected.sample);
        let mut differences = sample.figures(&found, expected.zero, expected.totals);
        differences.extend(sample.facts(&found, if expected.prose { ALL_FACTS } else { FACTS_OF_TITLE }));
        if expected.prose {
            differences.extend(sample.words(&found));
        }
        differences.extend(notes(&found, NoteKind::Doubtful, expected.doubtful));
        differences.extend(notes(&found, NoteKind::LeftOver, expected.left_over));
        let cell_notes: BTreeMap<String, &str> = found
            .cell_notes
            .iter()
            .map(|(cell, note)| (found.form.path(Place::Cell(*cell)), note.as_str()))
            .collect();
        let wanted = expected.cell_notes.iter().map(|(path, note)| ((*path).to_owned(), *note));
        if cell_notes != wanted.collect() {
            differences.push(format!("附注：{cell_notes:?}"));
        }
        wrong.extend(differences.into_iter().map(|difference| format!("{}: {difference}", expected.file)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let listed: Vec<&str> = FILES.iter().map(|expected| expected.file).collect();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        assert!(listed.contains(&name.as_str()), "{name} is not tested");
        assert!(entry.metadata().unwrap().len() < 40 << 10, "{name} is large");
    }
}

/// A draft of the samples, to hold imports against.
pub(crate) struct Sample {
    form: std::sync::Arc<Form>,
    report: Report,
}

impl Sample {
    pub(crate) fn of(name: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(name);
        let (draft, _) =
            draft::read(name, &fs::read_to_string(path).unwrap(), &Catalogue::default()).unwrap();
        Self { form: draft.form, report: draft.report }
    }

    /// How figures and totals differ; zeros are written as `zero` in the file.
    pub(crate) fn figures(&self, found: &Import, zero: &str, totals: Totals) -> Vec<String> {
        if found.form.id != self.form.id {
            return vec![format!("认作{}", found.form.id)];
        }
        let evaluation = Evaluation::of(&self.form, &self.report);
        let differs = |cell: CellId| {
            let slot = self.form.slot(cell).unwrap();
            let of_requests = self.form.path(Place::Cell(cell)).starts_with("requests.");
            let is_total = slot.role == Role::Total;
            let precision = slot.kind.precision();
            let expected = match slot.role {
                Role::Input => self.report.figure(cell).clone(),
                Role::Total if totals == Totals::Printed || (totals == Totals::Formulas && !of_requests) => {
                    Figure::Number(evaluation.cell(cell).value)
                }
                Role::Total => Figure::Blank,
            };
            let expected =
                if expected == Figure::Number(0) { Figure::read(zero, precision) } else { expected };
            let figure = if is_total { found.report.stated(cell) } else { found.report.figure(cell) };
            (*figure != expected).then(|| {
                let path = self.form.path(Place::Cell(cell));
                format!(
                    "{path}：应为“{}”，读成“{}”",
                    expected.as_typed(precision),
                    figure.as_typed(precision)
                )
            })
        };
        self.form.all_cells().filter_map(differs).collect()
    }

    /// How these facts of the cover differ.
    pub(crate) fn facts(&self, found: &Import, names: &[&str]) -> Vec<String> {
        let differs = |name: &&str| {
            let id = self.form.fact(name).unwrap().id;
            let (expected, said) = (self.report.fact(id), found.report.fact(id));
            let same =
                expected == said || Date::read(expected).is_some_and(|date| Date::read(said) == Some(date));
            (!same).then(|| format!("{name}：应为“{expected}”，读成“{said}”"))
        };
        names.iter().filter_map(differs).collect()
    }

    /// How the texts of the sections differ.
    pub(crate) fn words(&self, found: &Import) -> Vec<String> {
        let differs = |at: usize| {
            let text = TextId::new(at);
            let (expected, said) = (self.report.text(text), found.report.text(text));
            let lines = expected.lines().zip(said.lines()).position(|(one, other)| one != other);
            (expected != said).then(|| {
                let at = lines.unwrap_or(expected.lines().count().min(said.lines().count()));
                let line = |text: &str| text.lines().nth(at).unwrap_or("（没有）").to_owned();
                format!(
                    "{}第{}段：应为“{}”，读成“{}”",
                    self.form.path(Place::Text(text)),
                    at + 1,
                    line(expected),
                    line(said)
                )
            })
        };
        (0..self.form.texts.len()).filter_map(differs).collect()
    }
}

/// How the notes of a kind differ from what they should say.
pub(crate) fn notes(found: &Import, kind: NoteKind, expected: &[(&str, usize)]) -> Vec<String> {
    let said = found.notes.iter().filter(|note| note.kind == kind);
    let said: Vec<String> = said.map(|note| format!("[{}] {}", note.source, note.message)).collect();
    let expected: Vec<&str> =
        expected.iter().flat_map(|(part, count)| std::iter::repeat_n(*part, *count)).collect();
    let same =
        said.len() == expected.len() && said.iter().zip(&expected).all(|(said, part)| said.contains(part));
    if same {
        Vec::new()
    } else {
        std::iter::once(format!("{}（{}条）：", kind.name(), said.len())).chain(said).collect()
    }
}
