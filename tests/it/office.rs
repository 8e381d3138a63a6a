//! Files between gouji and office programs. Where a program is not installed, its tests say so and do nothing.

#![allow(clippy::print_stdout, reason = "a skip that is seen")]

mod docx;
mod html;
mod received;
mod sheets;

use std::path::{Path, PathBuf};
use std::process::Command;

use gouji::form::Catalogue;
use gouji::session::Session;
use gouji::store::draft;

/// A report that comes with the program.
fn sample(name: &str) -> Session {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(name);
    let text = std::fs::read_to_string(path).unwrap();
    let (draft, _) = draft::read(name, &text, &Catalogue::default()).unwrap();
    Session::open(draft.form, draft.report)
}

/// Converts a file with LibreOffice and gives the file that it made; none if LibreOffice is not installed. `filter`
/// is the ending of the new file, with the options of its filter if it needs some.
fn converted(file: &Path, filter: &str) -> Option<PathBuf> {
    let folder = file.parent().unwrap();
    // Each run has its own settings: two of them can not share one folder at a time.
    let settings = format!("-env:UserInstallation=file://{}", folder.join("settings").display());
    let out = folder.join("converted");
    let run = Command::new("soffice")
        .args([&settings, "--headless", "--convert-to", filter, "--outdir"])
        .args([&out, file])
        .output();
    let Ok(run) = run else {
        println!("跳过：没有安装 LibreOffice（soffice）");
        return None;
    };
    let ending = filter.split(':').next().unwrap();
    let made = out.join(file.file_stem().unwrap()).with_extension(ending);
    assert!(made.exists(), "{}", String::from_utf8_lossy(&run.stderr));
    Some(made)
}

/// Runs a Python script with arguments; none if Python or the library is not there.
fn python(library: &str, script: &str, arguments: &[&Path]) -> Option<String> {
    let python = ["/usr/bin/python3", "python3"].into_iter().find(|python| {
        let check = Command::new(python).args(["-c", &format!("import {library}")]).output();
        check.is_ok_and(|check| check.status.success())
    });
    let Some(python) = python else {
        println!("跳过：没有安装 Python 和 {library}");
        return None;
    };
    let run = Command::new(python).arg("-c").arg(script).args(arguments).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    Some(String::from_utf8(run.stdout).unwrap())
}
