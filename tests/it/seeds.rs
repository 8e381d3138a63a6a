//! The checks of `fuzz` on its seeds and on every case that fuzzing has found.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

#[path = "../../fuzz/checks/mod.rs"]
#[expect(unreachable_pub, reason = "the fuzzing targets use the same files as a library")]
mod checks;

/// How many seeds a target has at least; without them nothing would be checked here.
const FEWEST: usize = 8;

fn files_of(target: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let list = |kind: &str| fs::read_dir(root.join(kind).join(target)).into_iter().flatten();
    let mut files: Vec<_> = list("seeds").chain(list("found")).map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[track_caller]
fn all_hold(target: &str, check: fn(&[u8])) {
    let files = files_of(target);
    assert!(files.len() >= FEWEST, "{target} has only {} seeds", files.len());
    let fails = |file: &&PathBuf| {
        let bytes = fs::read(file).unwrap();
        catch_unwind(AssertUnwindSafe(|| check(&bytes))).is_err()
    };
    let failed: Vec<_> = files.iter().filter(fails).collect();
    assert!(failed.is_empty(), "the laws are broken by {failed:#?}");
}

#[test]
fn drafts_come_back_as_they_were_read() {
    all_hold("draft", checks::draft::check);
}

#[test]
fn journals_give_back_what_can_be_relied_on() {
    all_hold("journal", checks::journal::check);
}

#[test]
fn forms_serve_or_are_refused_with_reasons() {
    all_hold("form", checks::form::check);
}

#[test]
fn rules_are_compiled_or_their_mistakes_are_placed() {
    all_hold("expr", checks::expr::check);
}

#[test]
fn any_sequence_of_actions_keeps_the_laws_of_the_program() {
    all_hold("actions", checks::actions::check);
}

#[test]
fn word_files_are_read_soundly_or_refused() {
    all_hold("docx", checks::docx::check);
}

#[test]
fn spreadsheets_are_read_soundly_or_refused() {
    all_hold("xlsx", checks::xlsx::check);
}

#[test]
fn old_workbooks_are_read_soundly_or_refused() {
    all_hold("xls", checks::xls::check);
}

#[test]
fn web_pages_are_read_soundly_or_refused() {
    all_hold("html", checks::html::check);
}

#[test]
fn texts_are_read_soundly_or_refused() {
    all_hold("text", checks::text::check);
}
