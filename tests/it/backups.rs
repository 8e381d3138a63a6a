//! Backups, locks and left-over edits as the commands treat them.

use std::fs;
use std::path::Path;

use gouji::form::Catalogue;
use gouji::session::Session;
use gouji::store::files::DiskFiles;
use gouji::store::guard::{DraftFile, Found};
use gouji::store::lock::{self, Identity, Locking};

use crate::cli::Desk;

const CELL: &str = "requests.received.natural";

fn me() -> Identity {
    Identity { user: "张三".to_owned(), host: "电脑一".to_owned(), process: std::process::id() }
}

fn path_of(desk: &Desk) -> std::path::PathBuf {
    fs::canonicalize(desk.path("甲.ron")).unwrap()
}

/// Sets the cell and gives back the draft before that.
fn set(desk: &Desk, value: &str) -> String {
    let before = desk.read("甲.ron");
    let set = desk.run(&["set", "甲.ron", &format!("{CELL}={value}")]);
    assert_eq!((set.code, set.err.as_str()), (0, ""), "{}", set.out);
    before
}

/// The names in the folder that end so.
fn named(desk: &Desk, ending: &str) -> Vec<String> {
    let names = fs::read_dir(desk.path(".")).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.ends_with(ending)).collect()
}

/// Leaves one edit beside the draft that was not saved.
fn leave_an_edit(path: &Path) {
    let (mut file, opened, found) = DraftFile::open(&DiskFiles, &me(), path, &Catalogue::default()).unwrap();
    assert!(matches!(found, Found::Nothing));
    let form = opened.draft.form;
    let mut session = Session::open(form.clone(), opened.draft.report);
    let edit = session.typed(form.place(CELL).unwrap(), "77");
    session.apply(&edit, None).unwrap();
    file.note_edit(&DiskFiles, &form, &edit, None).unwrap();
    file.sync(&DiskFiles).unwrap();
}

#[test]
fn every_set_leaves_a_backup_and_the_newest_comes_first() {
    let desk = Desk::with_draft("2024");
    let none = desk.run(&["backups", "甲.ron"]);
    assert_eq!((none.code, none.out.as_str(), none.err.as_str()), (0, "没有备份。\n", ""));
    let first = set(&desk, "1");
    let second = set(&desk, "2");
    let listed = desk.run(&["backups", "甲.ron"]);
    assert_eq!((listed.code, listed.err.as_str()), (0, ""));
    let lines: Vec<&str> = listed.out.lines().collect();
    assert_eq!(lines.len(), 2, "{}", listed.out);
    for (line, number, content) in [(lines[0], " 1  20", &second), (lines[1], " 2  20", &first)] {
        assert!(line.starts_with(number), "{line}");
        assert!(line.contains(&format!("  {} 字节  某县人民政府 2024年度  强制 ", content.len())), "{line}");
        assert!(line.contains("，核实 ") && line.contains("，空白 "), "{line}");
    }
    assert_eq!(named(&desk, ".lock"), Vec::<String>::new());
}

#[test]
fn a_restored_draft_is_the_old_one_to_the_byte_and_can_be_taken_back() {
    let desk = Desk::with_draft("2024");
    set(&desk, "1");
    let before = set(&desk, "2");
    let last = desk.read("甲.ron");
    let restored = desk.run(&["restore", "甲.ron", "1"]);
    assert_eq!((restored.code, restored.err.as_str()), (0, ""));
    assert!(restored.out.starts_with("已把“甲.ron”恢复为第 1 份备份：20"), "{}", restored.out);
    assert!(
        restored.out.ends_with("，某县人民政府 2024年度。\n恢复之前的内容现在是第 1 份备份。\n"),
        "{}",
        restored.out
    );
    assert_eq!(desk.read("甲.ron"), before);
    assert_eq!(desk.run(&["backups", "甲.ron"]).out.lines().count(), 3);
    assert_eq!(desk.run(&["restore", "甲.ron", "1"]).code, 0);
    assert_eq!(desk.read("甲.ron"), last);
    let same = desk.run(&["restore", "甲.ron", "3"]);
    assert_eq!((same.code, desk.read("甲.ron") == before), (0, true), "{}", same.err);
    let same = desk.run(&["restore", "甲.ron", "2"]);
    assert!(same.out.contains("草稿的内容与它相同，没有变化。"), "{}", same.out);
}

#[test]
fn a_number_that_does_not_exist_is_refused() {
    let desk = Desk::with_draft("2024");
    let none = desk.run(&["restore", "甲.ron", "1"]);
    assert_eq!((none.code, none.out.as_str()), (2, ""));
    assert!(none.err.contains("“甲.ron”没有备份"), "{}", none.err);
    set(&desk, "1");
    let text = desk.read("甲.ron");
    for (number, message) in
        [("2", "只有 1 份备份，没有第 2 份"), ("0", "序号要写从 1 起的数字"), ("一", "序号要写从 1 起的数字")]
    {
        let refused = desk.run(&["restore", "甲.ron", number]);
        assert_eq!((refused.code, refused.out.as_str()), (2, ""));
        assert!(refused.err.contains(message), "{}", refused.err);
    }
    assert_eq!(desk.read("甲.ron"), text);
}

#[test]
fn a_damaged_or_missing_draft_can_be_restored() {
    let desk = Desk::with_draft("2024");
    let good = set(&desk, "1");
    desk.write("甲.ron", b"\0\0\0");
    let restored = desk.run(&["restore", "甲.ron", "1"]);
    assert_eq!(restored.code, 0, "{}", restored.err);
    assert!(restored.out.contains("恢复之前的内容现在是第 1 份备份。"), "{}", restored.out);
    assert!(restored.err.starts_with("注意：恢复之前的草稿不能打开。"), "{}", restored.err);
    assert_eq!(desk.read("甲.ron"), good);

    let listed = desk.run(&["backups", "甲.ron"]);
    assert_eq!(listed.code, 0);
    assert!(listed.out.lines().next().unwrap().contains("  3 字节  不能打开："), "{}", listed.out);
    let refused = desk.run(&["restore", "甲.ron", "1"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("第 1 份备份不能打开，没有改动草稿"), "{}", refused.err);
    assert_eq!(desk.read("甲.ron"), good);

    fs::remove_file(desk.path("甲.ron")).unwrap();
    let restored = desk.run(&["restore", "甲.ron", "2"]);
    assert_eq!((restored.code, restored.err.as_str()), (0, ""));
    assert!(restored.out.ends_with("原来没有这个文件。\n"), "{}", restored.out);
    assert_eq!(desk.read("甲.ron"), good);
}

#[test]
fn a_name_mistaken_is_said() {
    let desk = Desk::with_draft("2024");
    let mistaken = desk.run(&["backups", "乙.ron"]);
    assert_eq!((mistaken.code, mistaken.out.as_str()), (0, "没有备份。\n"));
    assert!(mistaken.err.contains("没有“乙.ron”这个文件"), "{}", mistaken.err);
    let folder = desk.run(&["backups", "没有/乙.ron"]);
    assert_eq!((folder.code, folder.out.as_str()), (2, ""));
    assert!(folder.err.contains("读取“没有”失败"), "{}", folder.err);
}

#[test]
fn a_draft_that_somebody_holds_is_not_written() {
    let desk = Desk::with_draft("2024");
    set(&desk, "1");
    let text = desk.read("甲.ron");
    let locking = lock::acquire(&DiskFiles, &me(), &path_of(&desk));
    assert!(matches!(locking, Locking::Held(_)));
    let change = format!("{CELL}=2");
    for args in [
        &["set", "甲.ron", &change][..],
        &["restore", "甲.ron", "1"],
        &["new", "--unit", "乙", "--year", "2024", "-o", "甲.ron", "--force"],
    ] {
        let refused = desk.run(args);
        assert_eq!((refused.code, refused.out.as_str()), (2, ""));
        assert!(refused.err.contains("“甲.ron”正由 张三（电脑 电脑一，进程 "), "{}", refused.err);
        assert!(refused.err.contains("没有改动它"), "{}", refused.err);
        assert_eq!(desk.read("甲.ron"), text);
    }
    assert_eq!(desk.run(&["backups", "甲.ron"]).out.lines().count(), 1);
    // A damaged draft too is left to the one who holds it.
    desk.write("甲.ron", b"");
    let refused = desk.run(&["restore", "甲.ron", "1"]);
    assert_eq!((refused.code, desk.read("甲.ron").as_str()), (2, ""), "{}", refused.err);
    drop(locking);
    assert_eq!(desk.run(&["restore", "甲.ron", "1"]).code, 0);
}

#[test]
fn edits_that_were_not_saved_stop_set_and_outlast_restore() {
    let desk = Desk::with_draft("2024");
    let before = set(&desk, "1");
    leave_an_edit(&path_of(&desk));
    let journal = fs::read(desk.path(".甲.ron.journal")).unwrap();
    let text = desk.read("甲.ron");
    let refused = desk.run(&["set", "甲.ron", &format!("{CELL}=2")]);
    assert_eq!((refused.code, refused.out.as_str()), (2, ""));
    assert!(refused.err.contains("上次有 1 处改动没有保存"), "{}", refused.err);
    assert_eq!(desk.read("甲.ron"), text);

    let restored = desk.run(&["restore", "甲.ron", "1"]);
    assert_eq!(restored.code, 0);
    assert!(restored.err.contains("上次有 1 处改动没有保存，没有用上，移到“"), "{}", restored.err);
    assert_eq!(desk.read("甲.ron"), before);
    assert!(!desk.path(".甲.ron.journal").exists());
    assert_eq!(fs::read(desk.path(".甲.ron.journal.old")).unwrap(), journal);
}

#[test]
fn set_tells_of_edits_that_do_not_fit_and_leaves_them() {
    let desk = Desk::with_draft("2024");
    leave_an_edit(&path_of(&desk));
    // Somebody else puts another draft in the place of this one.
    let other = desk.read("甲.ron").replace("某县人民政府", "某市人民政府");
    desk.write("甲.ron", other.as_bytes());
    let foreign = fs::read(desk.path(".甲.ron.journal")).unwrap();
    let cases = [
        (foreign, "记有 1 处没有保存的改动，但草稿后来被换过，对不上"),
        (b"1 12345678 x\n".to_vec(), "已损坏，其中没有保存的改动不能恢复"),
    ];
    for (number, (journal, words)) in cases.into_iter().enumerate() {
        desk.write(".甲.ron.journal", &journal);
        let set = desk.run(&["set", "甲.ron", &format!("{CELL}={number}")]);
        assert_eq!(set.code, 0);
        assert!(set.err.starts_with("注意：") && set.err.contains(words), "{}", set.err);
        assert!(set.err.contains("没有用上，也没有动它") && set.err.contains("也可以删去"), "{}", set.err);
        assert!(set.err.contains(".甲.ron.journal"), "{}", set.err);
        assert_eq!(fs::read(desk.path(".甲.ron.journal")).unwrap(), journal);
    }
    fs::remove_file(desk.path(".甲.ron.journal")).unwrap();
    assert_eq!(desk.run(&["set", "甲.ron", &format!("{CELL}=9")]).err, "");
}

#[test]
fn a_draft_that_is_made_anew_by_force_can_be_taken_back() {
    let desk = Desk::with_draft("2024");
    set(&desk, "1");
    let text = desk.read("甲.ron");
    leave_an_edit(&path_of(&desk));
    let args = ["new", "--unit", "乙", "--year", "2024", "-o", "甲.ron", "--force"];
    let made = desk.run(&args);
    assert_eq!(made.code, 0);
    assert!(
        made.out.ends_with("原来的内容留作备份；要换回，请运行 gouji restore 甲.ron 1。\n"),
        "{}",
        made.out
    );
    assert!(made.err.contains("原来的草稿还有没有保存的改动"), "{}", made.err);
    assert_ne!(desk.read("甲.ron"), text);
    // Once more the same: nothing is replaced, and nothing becomes a backup.
    let again = desk.run(&args);
    assert!(again.code == 0 && !again.out.contains("备份"), "{}", again.out);
    assert_eq!(desk.run(&["backups", "甲.ron"]).out.lines().count(), 2);
    assert_eq!(desk.run(&["restore", "甲.ron", "1"]).code, 0);
    assert_eq!(desk.read("甲.ron"), text);
    // What can not be kept is not replaced.
    fs::remove_dir_all(desk.path(".甲.ron.backups")).unwrap();
    desk.write(".甲.ron.backups", b"");
    let refused = desk.run(&args);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("不能留作备份，没有覆盖它"), "{}", refused.err);
    assert_eq!(desk.read("甲.ron"), text);
}

#[test]
fn totals_that_were_keyed_can_be_read() {
    let desk = Desk::with_draft("2024");
    for change in ["requests.received.total=7", "requests.granted.total=约五", "requests.granted.natural=4"]
    {
        assert_eq!(desk.run(&["set", "甲.ron", change]).code, 0);
    }
    let paths =
        ["requests.received.total", "requests.granted.total", "requests.granted.natural", "cover.year"];
    let stated = desk.run(&[&["get", "甲.ron", "--stated"], &paths[..]].concat());
    let lines = "requests.received.total 7\nrequests.granted.total 约五\nrequests.granted.natural 4\ncover.year 2024\n";
    assert_eq!((stated.code, stated.out.as_str()), (0, lines));
    let computed = desk.run(&["get", "甲.ron", "requests.granted.total"]);
    assert_eq!(computed.out, "requests.granted.total 4\n");
    let raw = desk.run(&["get", "甲.ron", "requests.granted.total", "--stated", "--raw"]);
    assert_eq!(raw.out, "约五\n");
    let all = desk.run(&["get", "甲.ron", "--stated"]).out;
    assert!(all.contains("\nrequests.carried_in.total\n"), "{all}");
}
