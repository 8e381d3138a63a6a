//! The drafts that come with the program: read, checked, and kept in the form in which they are saved.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use gouji::check::Evaluation;
use gouji::form::Catalogue;
use gouji::store::draft::{self, Draft};

#[test]
fn clean_samples_have_no_finding() {
    for name in ["yiyuan-2020.ron", "hangzhou-type-2025.ron"] {
        let (draft, _) = open(&root().join(name));
        assert_eq!(findings(&draft), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn every_section_of_the_clean_samples_has_its_text() {
    for name in ["yiyuan-2020.ron", "hangzhou-type-2025.ron"] {
        let (draft, _) = open(&root().join(name));
        for section in &draft.form.sections {
            let text = draft.report.text(section.text.unwrap());
            assert!(text.chars().count() > 10, "{name} {}", section.id);
        }
    }
}

#[test]
fn each_faulty_sample_breaks_the_rule_in_its_name_and_no_other() {
    for path in drafts_in(&root().join("faulty")) {
        let (draft, _) = open(&path);
        let rule = rule_in_name(&path);
        let codes: BTreeSet<_> = codes(&draft).into_iter().collect();
        let expected = BTreeSet::from([rule]);
        assert_eq!(codes, expected, "{}: {:#?}", path.display(), findings(&draft));
    }
}

#[test]
fn every_rule_of_both_forms_has_a_faulty_sample() {
    let mut shown = BTreeSet::new();
    for path in drafts_in(&root().join("faulty")) {
        let (draft, _) = open(&path);
        shown.insert((draft.form.id.clone(), rule_in_name(&path)));
    }
    let forms = Catalogue::default().all().unwrap();
    let rules: BTreeSet<_> = forms
        .iter()
        .flat_map(|form| form.rules.iter().map(|rule| (form.id.clone(), rule.code.clone())))
        .collect();
    assert_eq!(shown, rules);
}

#[test]
fn samples_are_kept_as_the_program_saves_them() {
    for path in drafts_in(&root()).into_iter().chain(drafts_in(&root().join("faulty"))) {
        let (draft, text) = open(&path);
        assert!(draft.unknown.is_empty(), "{}", path.display());
        let written = draft::write(&draft.form, &draft.report, &draft.unknown);
        assert_eq!(written, text, "{}", path.display());
    }
}

#[test]
fn the_list_of_samples_names_every_file() {
    let list = fs::read_to_string(root().join("README.md")).unwrap();
    for path in drafts_in(&root()).into_iter().chain(drafts_in(&root().join("faulty"))) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        assert!(list.contains(&format!("`{name}`")), "{name}");
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data")
}

fn drafts_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut drafts: Vec<_> =
        entries.filter(|path| path.extension().is_some_and(|ending| ending == "ron")).collect();
    drafts.sort();
    assert!(!drafts.is_empty(), "no drafts in {}", folder.display());
    drafts
}

/// The draft and its text; nothing may be said about it on reading.
fn open(path: &Path) -> (Draft, String) {
    let text = fs::read_to_string(path).unwrap();
    let name = path.file_name().unwrap().to_string_lossy();
    let (draft, notices) =
        draft::read(&name, &text, &Catalogue::default()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(notices, [], "{}", path.display());
    (draft, text)
}

/// `T3-A` of `t3-a-2021.ron`.
fn rule_in_name(path: &Path) -> String {
    let name = path.file_stem().unwrap().to_string_lossy().to_uppercase();
    name.rsplit_once('-').unwrap().0.to_owned()
}

fn codes(draft: &Draft) -> Vec<String> {
    let evaluation = Evaluation::of(&draft.form, &draft.report);
    let code = |finding: &gouji::check::Finding| draft.form.rule(finding.rule).unwrap().code.clone();
    evaluation.findings().iter().map(code).collect()
}

fn findings(draft: &Draft) -> Vec<String> {
    let evaluation = Evaluation::of(&draft.form, &draft.report);
    evaluation.findings().iter().map(|finding| finding.message(&draft.form, &draft.report)).collect()
}
