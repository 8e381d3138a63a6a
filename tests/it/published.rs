//! Published reports, where they are at hand: the faults known in their prose are found, and little else is said.
//!
//! `GOUJI_REPORTS` names a folder of their texts, which are no part of the project. The name of a file begins with its
//! report year; a first line beginning with `# ` says where it is from.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use gouji::form::{Catalogue, Form};
use gouji::model::{CellId, Place};
use gouji::prose::claims::{self, Claims};
use gouji::prose::{Remark, Setting, Topic, Values, clean, lint};

/// A published report: part of the name of its file, the unit of its cover, and figures of its tables.
type Known = (&'static str, &'static str, &'static [(&'static str, i64)]);

const KNOWN: &[Known] = &[
    (
        "2019_上海市人民政府办公厅",
        "上海市人民政府办公厅",
        &[
            ("requests.received.total", 859),
            ("requests.carried_in.total", 18),
            ("requests.outcome_total.total", 805),
            ("requests.carried_out.total", 72),
            ("requests.granted.total", 272),
            ("requests.partial.total", 3),
            ("requests.denied_state_secret.total", 14),
            ("requests.denied_internal.total", 5),
            ("requests.denied_process.total", 4),
            ("requests.denied_query.total", 12),
            ("requests.unavailable_not_held.total", 265),
            ("requests.unavailable_must_create.total", 47),
            ("requests.unavailable_unclear.total", 25),
            ("requests.rejected_petition.total", 149),
            ("requests.rejected_repeat.total", 9),
            ("remedies.reconsideration.total", 7),
            ("remedies.litigation_direct.total", 9),
            ("disclosure.regulation.made", 13),
            ("disclosure.normative.made", 60),
        ],
    ),
    (
        "2020_沂源县",
        "沂源县人民政府",
        &[("requests.received.total", 99), ("requests.outcome_total.total", 99)],
    ),
    (
        "2023_淮安市洪泽区",
        "淮安市洪泽区人民政府",
        &[("requests.received.total", 21), ("requests.outcome_total.total", 21)],
    ),
    (
        "2024_淮安市洪泽区",
        "淮安市洪泽区人民政府",
        &[("requests.received.total", 95), ("requests.outcome_total.total", 95)],
    ),
    (
        "2025_上海市人民政府办公厅",
        "上海市人民政府办公厅",
        &[
            ("requests.received.total", 1295),
            ("requests.carried_in.total", 189),
            ("requests.outcome_total.total", 1191),
            ("requests.carried_out.total", 293),
            ("requests.granted.total", 206),
            ("requests.partial.total", 2),
            ("requests.denied_state_secret.total", 4),
            ("requests.denied_three_securities.total", 1),
            ("requests.denied_internal.total", 9),
            ("requests.denied_process.total", 1),
            ("requests.denied_query.total", 5),
            ("requests.unavailable_not_held.total", 513),
            ("requests.unavailable_must_create.total", 48),
            ("requests.unavailable_unclear.total", 3),
            ("requests.rejected_petition.total", 62),
            ("requests.rejected_repeat.total", 16),
            ("requests.rejected_publication.total", 1),
            ("requests.rejected_excessive.total", 1),
            ("requests.other_no_correction.total", 43),
            ("requests.other_misc.total", 276),
            ("remedies.reconsideration.total", 55),
        ],
    ),
    (
        "2025_忠县",
        "忠县人民政府办公室",
        &[
            ("requests.received.total", 27),
            ("requests.carried_in.total", 5),
            ("requests.outcome_total.total", 15),
            ("requests.carried_out.total", 17),
        ],
    ),
];

/// A fault of a file that lies in its prose: what has to be said of it, in which piece.
type Fault = (&'static str, &'static str, Topic, &'static str);

const FAULTS: &[Fault] = &[
    ("2019_上海市人民政府办公厅", "一列的数当作总计", Topic::Claim, "为 275，相差 17"),
    ("2019_上海市人民政府办公厅", "一行的数当作一组之和", Topic::Claim, "“无法提供265件”"),
    ("2019_上海市人民政府办公厅", "百分比 33.9%", Topic::Share, "文中 33.9%"),
    ("2020_沂源县", "横线当作一", Topic::Heading, "写的是横线"),
    ("2020_沂源县", "（一）之后是（2）", Topic::Heading, "序号应为“（二）”"),
    ("2020_沂源县", "（2）之后又是（二）", Topic::Heading, "“（二）”重复"),
    ("2020_沂源县", "文号的括号", Topic::Document, "“﹝2020﹞”"),
    ("2024_淮安市洪泽区_2021fmt.txt", "17 件与 95 件", Topic::Claim, "受理政府信息公开申请 17 件"),
    ("2024_淮安市洪泽区_2021fmt_raw.txt", "17 件与 95 件", Topic::Claim, "申请 17 件"),
    ("2025_忠县", "答复率100%而结转 17 件", Topic::AllDone, "为 17"),
    ("2022_怀化", "转结", Topic::Words, "“轉結”应为“結轉”"),
    ("2020_微山县", "标题改名", Topic::Sections, "“工作基本情况”与格式的标题“总体情况”"),
    ("2022_留坝县", "标题错号", Topic::Sections, "“三、主动公开政府信息情况”"),
    ("2023_某区统计局", "称六部分而列五个", Topic::Sections, "没有列出“四、"),
    ("2023_某区统计局", "标题改名", Topic::Sections, "“存在问题及改进情况”"),
    ("2020_通榆县", "日期缺年", Topic::Date, "“20201月”"),
    ("2020_通榆县", "日期缺年", Topic::Date, "“202012月”"),
];

/// The most remarks besides the known faults on a thousand characters.
const MOST_PER_THOUSAND: usize = 1;

struct Table(HashMap<CellId, i64>);

impl Values for Table {
    fn cell(&self, cell: CellId) -> Option<i64> {
        self.0.get(&cell).copied()
    }

    fn last_year(&self, _: CellId) -> Option<i64> {
        None
    }
}

/// The figures of a report with its blanks as 0; nothing for one of which no table is known.
fn table(form: &Form, figures: &[(&str, i64)]) -> Table {
    if figures.is_empty() {
        return Table(HashMap::new());
    }
    let mut cells: HashMap<CellId, i64> = form.all_cells().map(|cell| (cell, 0)).collect();
    for (path, figure) in figures {
        let Some(Place::Cell(cell)) = form.place(path) else { panic!("{path}") };
        cells.insert(cell, *figure);
    }
    Table(cells)
}

/// The prose of a report by section: without tables, page numbers and the breaks of a page's margin.
///
/// Paragraphs are joined as the program offers it for what was copied from a page; with `all` as a user may ask for it.
fn narrative<'f>(text: &str, form: &'f Form, all: bool) -> Vec<(&'f str, String)> {
    let mut parts: Vec<(&str, Vec<&str>)> = vec![("overview", Vec::new())];
    let mut in_table = false;
    for line in text.lines().skip(usize::from(text.starts_with("# "))) {
        // What a converter put in the place of pictures and bookmarks.
        let line = match line.split_once("] ").or_else(|| line.split_once(']')) {
            Some((mark, rest)) if mark.trim_start().starts_with(['[']) => rest,
            _ => line,
        };
        let plain = line.trim();
        let is_page = plain.trim_matches(['-', '—', ' ']).parse::<u32>().is_ok();
        if is_page || plain == "[略]" {
            continue;
        }
        let is_row = plain.contains(['|', '量']) || plain.contains("结果") || plain.contains("下年度");
        let is_row = is_row || (in_table && !plain.contains('情') && !plain.contains("事项"));
        let heading = form.sections.iter().find(|section| {
            plain.starts_with(&format!("{}、", section.number)) && plain.chars().count() < 40 && !is_row
        });
        if let Some(section) = heading {
            parts.push((&section.id, Vec::new()));
            in_table = false;
        }
        in_table |= [
            "第二十条第",
            "第二十條第",
            "（本列数据",
            "(本列数据",
            "(本列數據",
            "申请人情况",
            "行政复议 行政诉讼",
            "行政复议行政诉讼",
        ]
        .iter()
        .any(|start| plain.starts_with(start))
            || plain == "行政复议";
        if !in_table && !line.contains('\t') && !plain.starts_with('|') {
            parts.last_mut().unwrap().1.push(line);
        }
    }
    let tidy = |lines: Vec<&str>| {
        let cleaned = clean::clean(&lines.join("\n")).text;
        let joined = if all { clean::joined_all(&cleaned) } else { clean::joined(&cleaned) };
        joined.map_or(cleaned, |joined| joined.text)
    };
    parts.into_iter().map(|(section, lines)| (section, tidy(lines))).collect()
}

/// All that is said of a report, with the section, and how many characters of prose it has.
fn said(name: &str, text: &str, form: &Form) -> (Vec<(String, Remark)>, usize) {
    let year = name.get(..4).and_then(|year| year.parse().ok());
    let known = KNOWN.iter().find(|(part, ..)| name.contains(part));
    let (unit, figures) = known.map_or(("", &[][..]), |(_, unit, figures)| (*unit, *figures));
    let values = table(form, figures);
    let mut remarks = Vec::new();
    let mut characters = 0;
    let parts = narrative(text, form, name.contains("raw"));
    let mut read: Vec<(usize, Claims)> = Vec::new();
    for (index, (section, prose)) in parts.iter().enumerate() {
        let setting = Setting { form, text: form.text_of(section).unwrap(), year, unit, last_year: None };
        characters += prose.chars().filter(|c| !c.is_whitespace()).count();
        let claims = claims::read(&setting, prose);
        let all = lint::lint(&setting, prose).into_iter();
        let all = all.chain(claims.check(form, &values));
        let all = all.chain(claims::expected(form, setting.text, prose, &values));
        remarks.extend(all.map(|remark| ((*section).to_owned(), remark)));
        read.push((index, claims));
    }
    let all: Vec<(usize, &Claims)> = read.iter().map(|(index, claims)| (*index, claims)).collect();
    let twice = claims::across(&all).into_iter();
    remarks.extend(twice.map(|(index, remark)| (parts[index].0.to_owned(), remark)));
    (remarks, characters)
}

fn reports(folder: &Path) -> Vec<PathBuf> {
    let folders = [folder.to_owned(), folder.join("narrative"), folder.join("partial")];
    let entries = folders.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten();
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    files.sort();
    files
}

/// What a copy of a text has done to it: a mirror that turned all marks to half width.
fn is_of_the_copy(remark: &Remark) -> bool {
    remark.message.contains("半角")
}

#[test]
#[allow(clippy::print_stdout)] // a table to look at, and a skip that is seen
fn the_faults_of_published_reports_are_found_and_little_else() {
    let Some(folder) = std::env::var_os("GOUJI_REPORTS").map(PathBuf::from) else {
        println!("skipped: GOUJI_REPORTS names no folder of published reports");
        return;
    };
    let catalogue = Catalogue::default();
    let files = reports(&folder);
    assert!(!files.is_empty(), "no reports in {}", folder.display());
    let (mut missing, mut others, mut copied, mut characters, mut clean_characters, mut clean_others) =
        (Vec::new(), 0, 0, 0, 0, 0);
    for path in &files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let year: Option<i64> = name.get(..4).and_then(|year| year.parse().ok());
        let is_old = name.contains("2019fmt") || year.is_some_and(|year| year <= 2020);
        let form = catalogue.by_id(if is_old { "2019" } else { "2021" }).unwrap();
        let (remarks, length) = said(&name, &fs::read_to_string(path).unwrap(), &form);
        let faults: Vec<&Fault> = FAULTS.iter().filter(|(part, ..)| name.contains(part)).collect();
        let is = |fault: &Fault, remark: &Remark| remark.topic == fault.2 && remark.message.contains(fault.3);
        for fault in &faults {
            let found = remarks.iter().find(|(_, remark)| is(fault, remark));
            match found {
                Some((_, remark)) => {
                    println!("{name} | {} | {} {}", fault.1, remark.topic.code(), remark.message);
                }
                None => missing.push(format!("{name}: {} {:?} {}", fault.1, fault.2, fault.3)),
            }
        }
        let mut own = 0;
        for (section, remark) in &remarks {
            if faults.iter().any(|fault| is(fault, remark)) {
                continue;
            }
            if is_of_the_copy(remark) {
                copied += 1;
                continue;
            }
            own += 1;
            println!("  ? {name} {section}: {} {}", remark.topic.code(), remark.message);
        }
        characters += length;
        others += own;
        if faults.is_empty() {
            clean_characters += length;
            clean_others += own;
        }
    }
    println!("texts without known faults: {clean_others} remarks on {clean_characters} characters");
    println!("all texts: {others} remarks besides the known faults on {characters} characters");
    println!("half-width marks of the copies: {copied} remarks");
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(clean_others * 1000 <= clean_characters * MOST_PER_THOUSAND);
    assert!(others * 1000 <= characters * MOST_PER_THOUSAND);
}
