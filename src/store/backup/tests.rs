use super::*;
use crate::assets;
use crate::store::files::DiskFiles;
use crate::store::files::faulty::{Fault, FaultyFiles, Op};

const NOON: u64 = 1_783_915_200;

struct Desk {
    _folder: tempfile::TempDir,
    draft: PathBuf,
    files: FaultyFiles,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let files = FaultyFiles::default();
        files.set_clock(NOON);
        Self { draft: folder.path().join("草稿.ron"), files, _folder: folder }
    }

    fn keep(&self, content: &str) -> Option<Backup> {
        keep(&self.files, &self.draft, content.as_bytes()).unwrap()
    }

    /// All backups, the newest first.
    fn contents(&self) -> Vec<String> {
        let read = |backup: &Backup| String::from_utf8(read(&DiskFiles, backup).unwrap()).unwrap();
        list(&DiskFiles, &self.draft).unwrap().iter().map(read).collect()
    }
}

#[test]
fn ten_are_kept_the_newest_first() {
    let desk = Desk::new();
    assert!(list(&desk.files, &desk.draft).unwrap().is_empty());
    for number in 1..=13 {
        desk.files.set_clock(NOON + number * 60);
        desk.keep(&format!("内容{number}"));
    }
    let expected: Vec<String> = (4..=13).rev().map(|number| format!("内容{number}")).collect();
    assert_eq!(desk.contents(), expected);
    let newest = &list(&desk.files, &desk.draft).unwrap()[0];
    assert_eq!(newest.time.seconds(), NOON + 13 * 60);
    assert_eq!(newest.len, "内容13".len() as u64);
    assert!(newest.path.ends_with("0013-20260713-121300.ron"), "{}", newest.path.display());
}

#[test]
fn the_order_holds_when_the_clock_goes_back() {
    let desk = Desk::new();
    for (seconds, content) in [(NOON, "一"), (NOON - 86_400, "二"), (0, "三"), (NOON, "四"), (NOON, "五")]
    {
        desk.files.set_clock(seconds);
        desk.keep(content);
    }
    assert_eq!(desk.contents(), ["五", "四", "三", "二", "一"]);
}

#[test]
fn the_same_content_is_kept_once() {
    let desk = Desk::new();
    assert!(desk.keep("一").is_some());
    assert!(desk.keep("一").is_none());
    assert!(desk.keep("二").is_some());
    assert!(desk.keep("一").is_some());
    assert_eq!(desk.contents(), ["一", "二", "一"]);
}

#[test]
fn other_files_in_the_folder_are_passed_over() {
    let desk = Desk::new();
    desk.keep("一");
    let folder = beside(&desk.draft, BACKUPS);
    for name in [
        "甲.ron",
        "0002-20260713-121300.txt",
        "x-20260713-121300.ron",
        "0009-20261399-121300.ron",
        "99999999999999999999-20260713-121300.ron",
        "+2-20260713-121300.ron",
    ] {
        atomic::save(&DiskFiles, &folder.join(name), b"?").unwrap();
    }
    DiskFiles.create_dir_all(&folder.join("0007-20260713-121300.ron")).unwrap();
    assert_eq!(desk.contents(), ["一"]);
    assert_eq!(desk.keep("二").unwrap().number, 2);
}

#[test]
fn a_fault_at_any_operation_keeps_all_earlier_ones() {
    let count = {
        let desk = Desk::new();
        desk.keep("一");
        let before = desk.files.log().len();
        desk.keep("二");
        desk.files.log().len() - before
    };
    for at in 0..count {
        for fault in [Fault::Error(5), Fault::Error(28), Fault::Error(13), Fault::HalfWritten, Fault::Gone] {
            let desk = Desk::new();
            desk.keep("一");
            desk.files.fail(at, fault);
            let kept = keep(&desk.files, &desk.draft, "二".as_bytes());
            let contents = desk.contents();
            match kept {
                Ok(Some(_)) => assert_eq!(contents, ["二", "一"], "{fault:?} at {at}"),
                Ok(None) => panic!("the content is new"),
                Err(StoreError::Unconfirmed { .. }) => assert_eq!(contents, ["二", "一"]),
                Err(_) => assert_eq!(contents, ["一"], "{fault:?} at {at}"),
            }
        }
    }
    assert!(count >= 8, "{count}");
}

#[test]
fn going_back_keeps_what_was_there() {
    let desk = Desk::new();
    atomic::save(&DiskFiles, &desk.draft, "现在".as_bytes()).unwrap();
    for number in 1..=10 {
        desk.keep(&format!("{number}"));
    }
    let oldest = list(&desk.files, &desk.draft).unwrap().pop().unwrap();
    assert_eq!(restore(&desk.files, &desk.draft, &oldest).unwrap(), b"1");
    assert_eq!(DiskFiles.read(&desk.draft, 99).unwrap(), b"1");
    let contents = desk.contents();
    assert_eq!((contents[0].as_str(), contents.len()), ("现在", KEPT));
}

#[test]
fn a_fault_at_any_operation_of_going_back_loses_neither_content() {
    let mut refused = 0;
    for at in 0..40 {
        for fault in [Fault::Error(28), Fault::HalfWritten, Fault::Gone] {
            let desk = Desk::new();
            atomic::save(&DiskFiles, &desk.draft, "现在".as_bytes()).unwrap();
            let backup = desk.keep("以前").unwrap();
            desk.files.fail(at, fault);
            let result = restore(&desk.files, &desk.draft, &backup);
            let draft = String::from_utf8(DiskFiles.read(&desk.draft, 99).unwrap()).unwrap();
            let contents = desk.contents();
            assert!(contents.contains(&"以前".to_owned()));
            match result {
                Ok(_) | Err(StoreError::Unconfirmed { .. }) => {
                    assert!(contents.contains(&"现在".to_owned()), "{fault:?} at {at}");
                }
                Err(_) => {
                    assert_eq!(draft, "现在", "{fault:?} at {at}");
                    refused += 1;
                }
            }
        }
    }
    assert!(refused > 20, "{refused}");
}

#[test]
fn a_backup_is_summed_up() {
    let desk = Desk::new();
    let backup = desk.keep(assets::SAMPLE.1).unwrap();
    let summary = summary(&desk.files, &backup, &Catalogue::default()).unwrap();
    assert!(summary.filled > 100 && !summary.unit.is_empty(), "{summary:?}");
    assert_eq!(summary.year, "2020");
    let broken = desk.keep("不是草稿").unwrap();
    assert!(super::summary(&desk.files, &broken, &Catalogue::default()).is_err());
}

#[cfg(unix)]
#[test]
fn the_folder_is_as_closed_as_the_draft() {
    let desk = Desk::new();
    for (mode, expected) in [(0o600, 0o700), (0o640, 0o750), (0o664, 0o775)] {
        atomic::save(&DiskFiles, &desk.draft, b"?").unwrap();
        DiskFiles.set_mode(&desk.draft, mode).unwrap();
        desk.keep(&format!("{mode}"));
        let folder = DiskFiles.metadata(&beside(&desk.draft, BACKUPS)).unwrap();
        assert_eq!(folder.mode, Some(expected));
    }
    assert!(desk.files.log().contains(&(Op::SetMode, true)));
}
