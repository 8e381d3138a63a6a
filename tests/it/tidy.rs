//! The house rules: which layer may import which, how long a file may be, what may not stand in the tree.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The layers, lowest first. Each may import from itself and from those before it.
const LAYERS: [&str; 11] = [
    "model",
    "form",
    "prose",
    "check",
    "diagnose",
    "session",
    "store",
    "exchange",
    "consolidate",
    "tui",
    "cli",
];

/// Lines of code a file may have, tests apart.
const LONGEST: usize = 500;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|found| found == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "no .{ending} below {folder}");
    found
}

fn rank(layer: &str) -> Option<usize> {
    LAYERS.iter().position(|known| *known == layer)
}

/// The layer a source file belongs to: its first folder or its own name.
fn layer_of(path: &Path) -> String {
    let inside = path.strip_prefix(root().join("src")).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// The layers named behind `crate::` in a text, comments left out.
fn imports(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
        for (at, _) in line.match_indices("crate::") {
            let rest = &line[at + "crate::".len()..];
            let names = rest.strip_prefix('{').map_or(rest, |list| list.trim_end_matches(['}', ';']));
            let group = rest.starts_with('{');
            for name in names.split(if group { ',' } else { ':' }).take(if group { 99 } else { 1 }) {
                let name: String =
                    name.trim().chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                found.insert(name);
            }
        }
    }
    found
}

#[test]
fn layers_import_only_downward() {
    let mut checked = 0;
    for path in files_below("src", "rs") {
        let layer = layer_of(&path);
        let Some(own) = rank(&layer) else { continue };
        for import in imports(&fs::read_to_string(&path).unwrap()) {
            if let Some(other) = rank(&import) {
                checked += 1;
                assert!(other <= own, "{}: {layer} may not import from {import}", path.display());
            }
        }
    }
    assert!(checked > 100, "only {checked} imports were found");
}

#[test]
fn the_import_reader_sees_all_ways_to_write_one() {
    let seen = |text: &str| imports(text).into_iter().collect::<Vec<_>>();
    assert_eq!(seen("use crate::form::{Form, Rule};"), ["form"]);
    assert_eq!(seen("use crate::{form::Form, tui};"), ["form", "tui"]);
    assert_eq!(seen("let x = crate::cli::run();"), ["cli"]);
    assert!(seen("// use crate::cli;").is_empty());
}

#[test]
fn no_file_is_too_long() {
    let mut lengths = Vec::new();
    for path in files_below("src", "rs").into_iter().chain(files_below("tests", "rs")) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let in_tests = name == "tests.rs" || path.starts_with(root().join("tests"));
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap().lines().count();
        if !in_tests {
            assert!(code <= LONGEST, "{} has {code} lines; {LONGEST} are allowed", path.display());
            lengths.push(code);
        }
    }
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(median <= 200, "the median file has {median} lines");
}

#[test]
fn the_changelog_names_this_version() {
    let text = fs::read_to_string(root().join("CHANGELOG.md")).unwrap();
    let version = env!("CARGO_PKG_VERSION");
    assert!(text.contains(&format!("## {version}")), "CHANGELOG.md has no section for {version}");
}

#[test]
fn no_unfinished_work_is_hidden() {
    let words = [["to", "do!("].concat(), ["unimple", "mented!("].concat(), ["#[ig", "nore"].concat()];
    for path in files_below("src", "rs").into_iter().chain(files_below("tests", "rs")) {
        let text = fs::read_to_string(&path).unwrap();
        for word in &words {
            assert!(!text.contains(word.as_str()), "{} contains {word}", path.display());
        }
    }
}

#[test]
fn only_the_assets_module_embeds_files() {
    let call = ["include", "_str!"].concat();
    for path in files_below("src", "rs") {
        let embeds = fs::read_to_string(&path)
            .unwrap()
            .lines()
            .any(|line| line.contains(&call) && !line.trim_start().starts_with("//"));
        assert!(!embeds || path.ends_with("src/assets.rs"), "{} embeds a file", path.display());
    }
}

#[test]
fn code_knows_no_row_of_the_form() {
    // The official rows and columns are written in assets/forms and nowhere else.
    let rows = ["carried_out", "outcome_total", "litigation_direct", "denied_", "rejected_", "本年新收"];
    for path in files_below("src", "rs") {
        if path.file_stem().is_some_and(|name| name == "tests") || path.parent().unwrap().ends_with("tests") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
            for row in rows {
                assert!(!line.contains(row), "{}: {line}", path.display());
            }
        }
    }
}

#[test]
fn pictures_named_in_the_readmes_are_there() {
    let mut seen = 0;
    for readme in ["README.md", "README.zh-CN.md"] {
        let text = fs::read_to_string(root().join(readme)).unwrap();
        for piece in text.split("](").skip(1) {
            let target = piece.split(')').next().unwrap();
            if target.starts_with("assets/") {
                assert!(root().join(target).is_file(), "{readme} shows {target}, which is not there");
                seen += 1;
            }
        }
    }
    assert!(seen >= 2, "the readmes show {seen} pictures");
}
