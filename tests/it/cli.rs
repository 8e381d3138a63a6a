//! The program as its users run it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use gouji::form::Catalogue;
use gouji::store::atomic;
use gouji::store::files::DiskFiles;
use serde_json::Value;
use tempfile::TempDir;

/// A folder in which commands are run.
pub(super) struct Desk(TempDir);

/// How a command ended.
pub(super) struct Ended {
    pub(super) code: i32,
    pub(super) out: String,
    pub(super) err: String,
}

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A desk with the draft 甲.ron of the given year.
    pub(super) fn with_draft(year: &str) -> Self {
        let desk = Self::new();
        let made = desk.run(&["new", "--unit", "某县人民政府", "--year", year, "-o", "甲.ron"]);
        assert_eq!((made.code, made.err.as_str()), (0, ""), "{}", made.out);
        desk
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
        command.args(args).current_dir(self.0.path());
        command
    }

    pub(super) fn run(&self, args: &[&str]) -> Ended {
        let Output { status, stdout, stderr } = self.command(args).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ended { code: status.code().unwrap(), out: text(stdout), err: text(stderr) }
    }

    pub(super) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.path().join(name)).unwrap()
    }

    pub(super) fn write(&self, name: &str, bytes: &[u8]) {
        atomic::save(&DiskFiles, &self.0.path().join(name), bytes).unwrap();
    }
}

fn path_of_forms(id: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/forms").join(format!("{id}.ron"));
    file.to_str().unwrap().to_owned()
}

/// Fills in everything so that all relations hold.
fn fill(desk: &Desk, id: &str) {
    let form = Catalogue::default().by_id(id).unwrap();
    let mut args = vec!["set".to_owned(), "甲.ron".to_owned()];
    for cell in form.all_cells() {
        let slot = form.slot(cell).unwrap();
        if slot.role == gouji::form::Role::Input {
            args.push(format!("{}=0", form.path(gouji::model::Place::Cell(cell))));
        }
    }
    for fact in ["level=county", "signed=2022-01-20"] {
        args.push(format!("cover.{fact}"));
    }
    for text in ["overview", "problems", "other"] {
        args.push(format!("{text}=主要问题是公开不够及时，下一步改进；没有收取信息处理费。"));
    }
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let set = desk.run(&args);
    assert_eq!((set.code, set.err.as_str()), (0, ""), "{}", set.out);
    assert!(set.out.ends_with("条关系全部成立。\n"), "{}", set.out);
}

#[test]
fn a_report_is_filled_in_step_by_step() {
    let desk = Desk::with_draft("2020");
    let set = desk.run(&["set", "甲.ron", "requests.granted.natural=12+7", "requests.partial.business＝３"]);
    assert_eq!(set.code, 0, "{}", set.err);
    assert!(
        set.out.contains("requests.granted.natural（三（一）予以公开·自然人）：空 → 19\n"),
        "{}",
        set.out
    );
    assert!(set.out.contains("已保存。共 "), "{}", set.out);
    for change in ["requests.other.welfare=5", "requests.granted.natural=20"] {
        assert_eq!(desk.run(&["set", "甲.ron", change]).code, 0);
    }
    let got = desk.run(&[
        "get",
        "甲.ron",
        "requests.outcome_total.total",
        "requests.granted.natural",
        "cover.unit",
    ]);
    let lines = "requests.outcome_total.total 28\nrequests.granted.natural 20\ncover.unit 某县人民政府\n";
    assert_eq!((got.code, got.out.as_str(), got.err.as_str()), (0, lines, ""));

    let cleared = desk.run(&["set", "甲.ron", "requests.granted.natural="]);
    assert!(cleared.out.contains("自然人）：20 → 空\n"), "{}", cleared.out);

    fill(&desk, "2019");
    let stated = desk.run(&["set", "甲.ron", "requests.other.total=30", "requests.carried_out.legal=2"]);
    assert!(stated.out.contains("三（六）其他处理·总计）核对数：空 → 30\n"), "{}", stated.out);
    let check = desk.run(&["check", "甲.ron"]);
    assert_eq!(check.code, 1);
    assert!(check.out.starts_with("甲.ron：某县人民政府 2020年度（2019格式）\n三、"), "{}", check.out);
    for line in [
        "  【强制】T3-C 三（六）其他处理：总计核对数为 30，各类申请人之和为 0，差 30。\n      提示：",
        "  【强制】T3-A 法律服务机构：第一项加第二项为 0，（七）总计加第四项为 2，差 2。\n",
    ] {
        assert!(check.out.contains(line), "{line}\n{}", check.out);
    }
}

#[test]
fn saving_what_was_read_changes_nothing() {
    let desk = Desk::with_draft("2024");
    let steps = [
        "disclosure.fees.amount=152200.123456",
        "requests.received.natural=22（其中3件）",
        "overview=甲\\n\\n“乙”\\\\",
    ];
    for step in steps {
        assert_eq!(desk.run(&["set", "甲.ron", step]).code, 0);
    }
    let text = desk.read("甲.ron");
    for (change, back) in [
        ("requests.received.natural=7", "requests.received.natural=22（其中3件）"),
        ("requests.received.total=7", "requests.received.total="),
        ("overview=", "overview=甲\\n\\n“乙”\\\\"),
    ] {
        assert_eq!(desk.run(&["set", "甲.ron", change]).code, 0);
        assert_ne!(desk.read("甲.ron"), text);
        assert_eq!(desk.run(&["set", "甲.ron", back]).code, 0);
        assert_eq!(desk.read("甲.ron"), text);
    }
    let same = desk.run(&["set", "甲.ron", steps[0]]);
    assert_eq!(same.out, "内容与原来相同，没有改动。\n");
    let all = desk.run(&["get", "甲.ron"]).out;
    assert!(all.contains("\ndisclosure.fees.amount 152200.123456\n"), "{all}");
    assert!(all.contains("\ntext.overview 甲\\n\\n“乙”\\\\\n"), "{all}");
    assert!(all.contains("\nrequests.received.business\n"), "{all}");
    assert_eq!(desk.run(&["get", "甲.ron", "text.overview", "--raw"]).out, "甲\n\n“乙”\\\n");
}

#[test]
fn changes_are_made_all_or_not_at_all() {
    let desk = Desk::with_draft("2024");
    let text = desk.read("甲.ron");
    for (wrong, message) in [
        (
            "requests.receved.natural=1",
            "错误：2021格式没有“requests.receved.natural”这一项。是否为“requests.received.natural”？\n",
        ),
        ("requests.received.natural", "错误：“requests.received.natural”里没有等号"),
        ("cover.unit=乙", "错误：“cover.unit”写了两次"),
        ("overview=@没有.txt", "错误：读取“没有.txt”失败：文件或文件夹不存在"),
    ] {
        let set = desk.run(&["set", "甲.ron", "cover.unit=丙", wrong]);
        assert_eq!((set.code, set.out.as_str()), (2, ""), "{wrong}");
        assert!(set.err.starts_with(message), "{}", set.err);
        assert_eq!(desk.read("甲.ron"), text);
    }
    let get = desk.run(&["get", "甲.ron", "cover.unit", "cover.yaer"]);
    assert_eq!((get.code, get.out.as_str()), (2, ""));
    assert!(get.err.contains("是否为“cover.year”？"), "{}", get.err);
}

#[test]
fn a_text_comes_from_a_file_and_goes_to_one() {
    let desk = Desk::with_draft("2024");
    desk.write("文.txt", "第一段\r\n第二段\r\n".as_bytes());
    let set = desk.run(&["set", "甲.ron", "text.overview=@文.txt"]);
    assert!(set.out.contains("text.overview（一、总体情况）：原 0 字，现 6 字\n"), "{}", set.out);
    assert_eq!(desk.run(&["get", "甲.ron", "overview", "--raw"]).out, "第一段\n第二段\n");
}

#[test]
fn a_year_of_another_form_is_remarked() {
    let desk = Desk::with_draft("2020");
    let set = desk.run(&["set", "甲.ron", "cover.year=2021"]);
    assert_eq!(set.code, 0);
    assert!(set.err.contains("不适用于 2021 年度；该年度应使用2021格式"), "{}", set.err);
}

#[test]
fn new_overwrites_nothing_unasked() {
    let desk = Desk::with_draft("2020");
    let text = desk.read("甲.ron");
    let again = ["new", "--unit", "乙", "--year", "2024", "-o", "甲.ron"];
    let refused = desk.run(&again);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("“甲.ron”已经存在，没有改动它"), "{}", refused.err);
    assert_eq!(desk.read("甲.ron"), text);
    assert_eq!(desk.run(&[&again[..], &["--force"]].concat()).code, 0);
    assert!(desk.read("甲.ron").contains("form: \"2021\""));
    let other = desk.run(&["new", "--unit", "乙", "--year", "2024", "--form", "2019", "-o", "乙.ron"]);
    assert!(other.err.contains("2019格式不适用于 2024 年度"), "{}", other.err);
    let early = desk.run(&["new", "--unit", "乙", "--year", "2008", "-o", "丙.ron"]);
    assert_eq!(early.code, 2);
    assert!(early.err.contains("没有适用于 2008 年度的表式"), "{}", early.err);
}

#[test]
fn a_report_without_faults_passes() {
    let desk = Desk::with_draft("2021");
    fill(&desk, "2021");
    let check = desk.run(&["check", "甲.ron"]);
    assert_eq!(check.code, 0);
    let relations = Catalogue::default().by_id("2021").unwrap().program.instances.len();
    let expected = format!("甲.ron：某县人民政府 2021年度（2021格式）\n{relations} 条关系全部成立。\n");
    assert_eq!(check.out, expected);
    // A point that may stand with a reason is no failure.
    desk.run(&["set", "甲.ron", "disclosure.normative.issued=1", "disclosure.normative.in_force=0"]);
    let doubtful = desk.run(&["check", "甲.ron"]);
    assert_eq!(doubtful.code, 0);
    assert!(doubtful.out.contains("共 1 处问题：强制 0，核实 1。"), "{}", doubtful.out);
}

#[test]
fn every_file_is_reported_and_the_worst_counts() {
    let desk = Desk::with_draft("2021");
    fill(&desk, "2021");
    desk.run(&["new", "--unit", "乙局", "--year", "2021", "-o", "乙.ron"]);
    assert_eq!(desk.run(&["check", "甲.ron", "乙.ron"]).code, 1);
    let all = desk.run(&["check", "没有.ron", "乙.ron", "甲.ron"]);
    assert_eq!((all.code, all.err.as_str()), (2, ""));
    assert!(all.out.starts_with("没有.ron：没有核对\n读取“没有.ron”失败：文件或文件夹不存在"), "{}", all.out);
    assert!(all.out.contains("\n\n乙.ron：乙局 2021年度"), "{}", all.out);
    assert!(all.out.contains("\n\n甲.ron：某县人民政府 2021年度"), "{}", all.out);
}

#[test]
fn programs_get_json_with_exact_figures() {
    let desk = Desk::with_draft("2020");
    fill(&desk, "2019");
    desk.run(&[
        "set",
        "甲.ron",
        "cover.level=township",
        "disclosure.procurement.amount=20000",
        "requests.granted.natural=4",
        "requests.granted.total=9223372036854775807",
    ]);
    desk.write("乙.ron", desk.read("甲.ron").replace("cover: (", "备注: 1, cover: (").as_bytes());
    let check = desk.run(&["check", "--format", "json", "甲.ron", "没有.ron", "乙.ron"]);
    assert_eq!((check.code, check.err.as_str()), (2, ""));
    assert!(check.out.contains("\"difference\": 9223372036854775803,"), "{}", check.out);
    let parsed: Value = serde_json::from_str(&check.out).unwrap();
    let files = parsed.as_array().unwrap();
    assert_eq!(files.len(), 3);
    for file in files {
        let keys: Vec<_> = file.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["error", "file", "findings", "form", "notices", "unit", "year"]);
        for finding in file["findings"].as_array().unwrap() {
            let keys: Vec<_> = finding.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(
                keys,
                [
                    "cells",
                    "column",
                    "difference",
                    "explanation",
                    "hint",
                    "left",
                    "length",
                    "line",
                    "message",
                    "place",
                    "right",
                    "rule",
                    "section",
                    "severity"
                ]
            );
        }
    }
    let stated =
        files[0]["findings"].as_array().unwrap().iter().find(|finding| finding["rule"] == "T3-C").unwrap();
    assert_eq!(stated["place"], "requests.granted.total");
    assert_eq!(stated["right"], 4);
    assert_eq!(stated["severity"], "强制");
    assert!(stated["cells"].as_array().unwrap().contains(&"requests.granted.natural".into()));
    assert_eq!((&files[0]["year"], &files[0]["form"]), (&2020.into(), &"2019".into()));
    assert!(files[1]["error"].as_str().unwrap().contains("文件或文件夹不存在"));
    assert_eq!(files[1]["form"], Value::Null);
    assert_eq!(files[2]["notices"][0]["line"], 5);
    assert_eq!(files[2]["error"], Value::Null);
}

#[test]
fn damaged_and_foreign_files_are_refused_with_a_sentence() {
    let desk = Desk::with_draft("2021");
    fill(&desk, "2021");
    let draft = desk.read("甲.ron").into_bytes();
    let mut cases: Vec<(Vec<u8>, &str)> = vec![
        (b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0\x01\0\0\0".to_vec(), "不是文本文件"),
        (b"PK\x03\x04\x14\0\x08\x08\x08\0".to_vec(), "不是文本文件"),
        (
            b"Draft(schema: 1, form: \"2021\", x: ".iter().copied().chain([b'['].repeat(200_000)).collect(),
            "括号嵌套过深",
        ),
        ("单位,年度\n甲,2021\n".as_bytes().to_vec(), "不是本程序的草稿"),
        (b"(name: \"x\", size: (1, 2))".to_vec(), "不是本程序的草稿"),
        (fs::read(path_of_forms("2021")).unwrap(), "不是本程序的草稿"),
        (b"{\"form\": \"2021\"}".to_vec(), "不是本程序的草稿"),
        (Vec::new(), "文件是空的"),
    ];
    let whole = draft.len() - "\n".len();
    cases.extend((0..whole).step_by(97).map(|end| (draft[..end].to_vec(), "“坏.ron”")));
    for (bytes, expected) in cases {
        desk.write("坏.ron", &bytes);
        let get = desk.run(&["get", "坏.ron"]);
        assert_eq!((get.code, get.out.as_str()), (2, ""), "{} bytes", bytes.len());
        assert!(get.err.starts_with("错误：") && get.err.contains(expected), "{expected}: {}", get.err);
        assert!(!get.err.contains("panicked"), "{}", get.err);
    }
}

#[test]
fn a_huge_file_is_refused_without_being_read() {
    let desk = Desk::new();
    File::create(desk.0.path().join("大.ron")).unwrap().set_len(1 << 30).unwrap();
    let check = desk.run(&["check", "大.ron"]);
    assert_eq!(check.code, 2);
    assert!(check.out.contains("“大.ron”太大，超过 16 MB，没有读取"), "{}", check.out);
    let folder = desk.run(&["check", "."]);
    assert!(folder.out.contains("是文件夹，不是文件"), "{}", folder.out);
}

#[test]
fn other_encodings_are_read_and_said() {
    let desk = Desk::with_draft("2024");
    let text = desk.read("甲.ron");
    let (gb, _, _) = encoding_rs::GB18030.encode(&text);
    desk.write("甲.ron", &gb);
    let get = desk.run(&["get", "甲.ron", "cover.unit"]);
    assert_eq!(get.out, "cover.unit 某县人民政府\n");
    assert!(get.err.contains("注意：甲.ron 文件是 GB18030 编码，保存时会改为 UTF-8 编码"), "{}", get.err);
    desk.run(&["set", "甲.ron", "cover.contact=电话"]);
    desk.run(&["set", "甲.ron", "cover.contact="]);
    assert_eq!(desk.read("甲.ron"), text);
}

#[test]
fn nothing_from_a_file_moves_the_cursor() {
    let desk = Desk::with_draft("2024");
    let evil = desk.read("甲.ron").replace("某县人民政府", "某县\\u{1b}[2J\\u{202e}");
    let evil = evil.replace("cover: (", "cover: (r#e: 1, ");
    desk.write("甲.ron", evil.as_bytes());
    for args in [&["check", "甲.ron"][..], &["get", "甲.ron"], &["set", "甲.ron", "cover.unit=乙"]] {
        let ended = desk.run(args);
        assert!(ended.out.contains("<U+001B>[2J<U+202E>"), "{}", ended.out);
        for text in [ended.out, ended.err] {
            assert!(!text.contains(|c: char| c.is_control() && c != '\n' || c == '\u{202e}'), "{text:?}");
        }
    }
}

#[test]
fn forms_are_listed_shown_and_proof_read() {
    let desk = Desk::new();
    let list = desk.run(&["form", "list"]);
    assert_eq!(list.out.lines().count(), 2);
    let show = desk.run(&["form", "show", "2019"]);
    for part in [
        "requests",
        "received 一、本年新收政府信息公开申请数量",
        "【强制】T3-A 新收＋结转＝办结＋转下年",
        "依据：",
    ] {
        assert!(show.out.contains(part), "{part}: {}", show.out);
    }
    let paths = desk.run(&["form", "show", &path_of_forms("2021"), "--paths"]).out;
    assert!(paths.contains("\nrequests.received.total 一、本年新收·总计（合计）\n"), "{paths}");
    let form = Catalogue::default().by_id("2021").unwrap();
    assert_eq!(paths.lines().count(), form.facts.len() + form.slots.len() + form.texts.len());

    let good = desk.run(&["form", "check", &path_of_forms("2019")]);
    assert_eq!(good.code, 0);
    assert!(good.out.contains("表式“2019格式”（2019）没有错误。"), "{}", good.out);
    assert!(good.out.contains("  disclosure.licence.decisions 行政许可·处理决定数量\n"), "{}", good.out);
    assert!(!good.out.contains("disclosure.procurement.amount"), "{}", good.out);

    let text = fs::read_to_string(path_of_forms("2021")).unwrap();
    desk.write(
        "坏.ron",
        text.replace("requests.carried_in.$c", "requests.caried_in.$c")
            .replace("rule: \"T3-A\"", "rule: \"T3-X\"")
            .as_bytes(),
    );
    let bad = desk.run(&["form", "check", "坏.ron"]);
    assert_eq!(bad.code, 1);
    assert!(bad.out.matches("坏.ron 第 ").count() >= 2, "{}", bad.out);
    assert!(bad.out.contains("是否为“carried_in”？"), "{}", bad.out);
    assert_eq!(desk.run(&["form", "check", "没有.ron"]).code, 2);
}

#[test]
fn a_form_of_ones_own_is_used_where_it_is_named() {
    let desk = Desk::new();
    let text = fs::read_to_string(path_of_forms("2021")).unwrap();
    desk.write("省.form", text.replace("id: \"2021\"", "id: \"p37\"").as_bytes());
    let new = desk.run(&["new", "--unit", "甲", "--year", "2024", "--form", "省.form", "-o", "甲.ron"]);
    assert_eq!(new.code, 0, "{}", new.err);
    let without = desk.run(&["get", "甲.ron", "cover.unit"]);
    assert_eq!(without.code, 2);
    assert!(without.err.contains("没有名为“p37”的表式"), "{}", without.err);
    let with = desk.run(&["get", "甲.ron", "cover.unit", "--form", "省.form"]);
    assert_eq!(with.out, "cover.unit 甲\n");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let desk = Desk::new();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = desk.command(&["form", "show", "2021"]).stdout(writer).output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}

#[test]
fn the_check_tells_reasons_and_counts_them_apart() {
    let desk = Desk::with_draft("2023");
    fill(&desk, "2021");
    desk.run(&["set", "甲.ron", "disclosure.normative.issued=5"]);
    let open = desk.run(&["check", "甲.ron"]);
    assert!(open.out.contains("      提示："), "{}", open.out);
    assert!(open.out.contains("共 1 处问题：强制 0，核实 1。"), "{}", open.out);
    let json: Value = serde_json::from_str(&desk.run(&["check", "--format", "json", "甲.ron"]).out).unwrap();
    let finding = &json[0]["findings"][0];
    assert_eq!(finding["explanation"], Value::Null);
    let text = |key: &str| serde_json::to_string(finding[key].as_str().unwrap()).unwrap();
    let reason = format!(
        "explained: [(at: {}, code: {}, message: {}, words: \"当年废止\\u{{202e}}。\")], figures: (",
        text("place"),
        text("rule"),
        text("message")
    );
    desk.write("甲.ron", desk.read("甲.ron").replacen("figures: (", &reason, 1).as_bytes());
    let explained = desk.run(&["check", "甲.ron"]);
    assert_eq!(explained.code, open.code, "{}", explained.err);
    assert!(explained.out.contains("      已说明：当年废止<U+202E>。\n"), "{}", explained.out);
    assert!(explained.out.contains("共 1 处问题：强制 0，核实 1（已说明 1）。"), "{}", explained.out);
    let json: Value = serde_json::from_str(&desk.run(&["check", "--format", "json", "甲.ron"]).out).unwrap();
    assert_eq!(json[0]["findings"][0]["explanation"], "当年废止\u{202e}。");
    desk.run(&["set", "甲.ron", "disclosure.normative.issued=6"]);
    assert!(desk.run(&["check", "甲.ron"]).out.contains("核实 1。"), "it has lapsed");
}
