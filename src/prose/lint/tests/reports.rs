//! The remarks on published reports, where these are at hand.

use super::*;

/// Counts the remarks on published reports: `GOUJI_REPORTS` names a folder of their texts, which are not part of the
/// project. The name of a file begins with its report year.
#[test]
fn real_reports_draw_few_remarks() {
    let Some(folder) = std::env::var_os("GOUJI_REPORTS") else {
        println!("skipped: GOUJI_REPORTS names no folder of reports");
        return;
    };
    let mut open = vec![std::path::PathBuf::from(folder)];
    let (mut letters, mut count) = (0, 0);
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "txt") {
                let text = std::fs::read_to_string(&path).unwrap();
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                let year: i64 = name.get(..4).and_then(|year| year.parse().ok()).unwrap_or(2019);
                let form = form(if year <= 2020 || name.contains("2019fmt") { "2019" } else { "2021" });
                for (section, text) in narrative(&text, form) {
                    letters += text.chars().filter(|c| !c.is_whitespace()).count();
                    for remark in lint(&setting(form, section, year, ""), &text) {
                        count += 1;
                        let fix = remark.fix.as_ref().map_or("", |fix| fix.name.as_str());
                        let place: String = text[..remark.range.start].chars().rev().take(12).collect();
                        let place: String =
                            place.chars().rev().chain(text[remark.range.start..].chars().take(16)).collect();
                        println!(
                            "{name} {section}: {:?} {} [{fix}] …{}…",
                            remark.topic,
                            remark.message,
                            place.replace('\n', "⏎")
                        );
                    }
                }
            }
        }
    }
    println!("{count} remarks on {letters} characters");
    assert!(letters > 0, "no text was found");
}

/// The prose of a report by section, tables and headings left out.
fn narrative<'f>(text: &str, form: &'f Form) -> Vec<(&'f str, String)> {
    let mut parts: Vec<(&str, String)> = Vec::new();
    let mut section = "overview";
    for line in text.lines().filter(|line| !line.starts_with("# ")) {
        let plain: String = line.trim().to_owned();
        let found = form.sections.iter().find(|section| {
            plain.starts_with(&format!("{}、", section.number))
                && plain.chars().count() < 40
                && !plain.contains("数量")
                && !plain.contains("本年度办理")
                && !plain.contains("结转")
        });
        if let Some(found) = found {
            section = &found.id;
        }
        let is_table = form.section_of_text(form.text_of(section).unwrap()).unwrap().table.is_some();
        let is_prose = plain.contains(['。', '，', '；']) || plain.contains("年我") || plain.contains("（");
        if is_table && !(is_prose && plain.ends_with('。')) {
            continue;
        }
        match parts.last_mut() {
            Some((last, text)) if *last == section => {
                text.push('\n');
                text.push_str(line);
            }
            _ => parts.push((section, line.to_owned())),
        }
    }
    parts
}
