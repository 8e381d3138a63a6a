//! Disks that fail under the whole program: what is told, and that nothing is lost.

use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use gouji::form::Catalogue;
use gouji::store::draft::{self, Unknown};
use gouji::store::files::DiskFiles;
use gouji::store::open;

use crate::support::files::faulty::{Fault, FaultyFiles, Plight};
use crate::support::play::Play;

const YIYUAN: &str = "sample-data/yiyuan-2020.ron";
const CELL: &str = "requests.received.natural";

/// No space, read-only disk, no permission, share gone, fault of the device.
const PLIGHTS: [Plight; 5] = [
    Plight::NoWriting(28),
    Plight::NoWriting(30),
    Plight::NoWriting(13),
    Plight::Nothing(116),
    Plight::Nothing(5),
];

fn opened() -> (FaultyFiles, Play) {
    let files = FaultyFiles::default();
    let mut play = Play::open_on(Arc::new(files.clone()), YIYUAN, 80, 24);
    play.keys("<alt-3>");
    (files, play)
}

fn text(play: &Play) -> String {
    let session = play.session();
    draft::write(session.form(), session.report(), &Unknown::default())
}

/// What somebody reads in this file.
fn read(path: &Path) -> String {
    let opened = open::open(&DiskFiles, path, &Catalogue::default()).unwrap();
    draft::write(&opened.draft.form, &opened.draft.report, &Unknown::default())
}

fn screen(play: &Play) -> String {
    play.lines().join("\n")
}

/// The journals of reports without a file.
fn rescued(play: &Play) -> usize {
    let names = std::fs::read_dir(play.elsewhere().join("state/gouji/unsaved"));
    names.map_or(0, |names| {
        names
            .filter(|name| name.as_ref().unwrap().path().extension().is_some_and(|end| end == "journal"))
            .count()
    })
}

#[test]
fn a_folder_that_can_not_be_written_is_told_at_once_and_the_changes_are_kept_elsewhere() {
    for plight in PLIGHTS {
        let (files, mut play) = opened();
        let before = play.saved_text();
        files.strike(&play.drafts(), plight);
        play.keys("7");
        let told = screen(&play);
        for words in ["没有能记入草稿旁的恢复文件", "F12", "另一个恢复文件"] {
            assert!(
                told.replace([' ', '\n', '│', '┃', '|'], "").contains(words),
                "{plight:?}: {words} in\n{told}"
            );
        }
        play.keys("<esc>8<enter>");
        assert!(!play.shows("草稿旁"), "{plight:?}: told once\n{}", screen(&play));
        assert_eq!(play.value(CELL), "78", "{plight:?}");
        assert_eq!(rescued(&play), 1, "{plight:?}");

        play.keys("<ctrl-s>");
        assert!(play.shows("没有") && !play.shows("已保存："), "{plight:?}: {}", screen(&play));
        assert!(play.session().has_unsaved());
        assert_eq!(play.saved_text(), before);
        let lost = text(&play);

        // The program ends here, and the disk is as it is: the first screen of the next run has it all, and who
        // opens a draft is told of it.
        let mut play = play.restart();
        assert!(play.shows("沂源县人民政府") || play.shows("没有保存过"), "{plight:?}: {}", screen(&play));
        let draft = play.drafts().join("yiyuan-2020.ron");
        play.keys("<esc>").open_draft(&draft);
        play.mention_unsaved();
        assert!(play.shows("还有 1 份没有保存过的报告"), "{plight:?}: {}", screen(&play));
        play.keys("<f9>wcbg<enter><enter>");
        assert_eq!(text(&play), lost, "{plight:?}");
    }
}

#[test]
fn the_next_attempt_works_when_the_fault_is_gone() {
    for plight in PLIGHTS {
        let (files, mut play) = opened();
        files.strike(&play.drafts(), plight);
        play.keys("7<esc><ctrl-s><esc>");
        assert!(play.session().has_unsaved(), "{plight:?}");
        files.heal();
        play.keys("9<enter>");
        assert_eq!(rescued(&play), 0, "{plight:?}: the journal beside the draft is enough again");
        play.keys("<ctrl-s>");
        assert!(play.shows("已保存："), "{plight:?}: {}", screen(&play));
        assert_eq!(play.saved_text(), text(&play), "{plight:?}");
        let after = text(&play);
        let play = play.reopen();
        assert_eq!(text(&play), after, "{plight:?}: nothing is offered that is saved already");
        assert!(!play.shows("没有保存"), "{plight:?}: {}", screen(&play));
    }
}

#[test]
fn a_report_can_be_saved_elsewhere_while_its_folder_is_gone() {
    for plight in PLIGHTS {
        let (files, mut play) = opened();
        files.strike(&play.drafts(), plight);
        let other = play.elsewhere().join("另存.ron");
        play.keys("7<esc><f12><ctrl-a>").paste(&other.display().to_string()).keys("<enter>");
        assert!(play.shows("已保存：另存.ron"), "{plight:?}: {}", screen(&play));
        assert_eq!(read(&other), text(&play));
        assert_eq!(rescued(&play), 0, "{plight:?}");
        // From here on its journal stands beside the new file.
        play.keys("8<enter>");
        assert!(!play.shows("没有"), "{plight:?}: {}", screen(&play));
        let last = text(&play);
        let mut play = play.reopen();
        play.keys("<enter>");
        assert_eq!(text(&play), last, "{plight:?}");
    }
}

#[test]
fn a_folder_that_was_deleted_is_told_and_the_report_is_saved_when_it_is_back() {
    let (_files, mut play) = opened();
    let folder = play.drafts();
    std::fs::remove_dir_all(&folder).unwrap();
    play.keys("7<esc>");
    assert_eq!(rescued(&play), 1);
    play.keys("<ctrl-s>");
    assert!(!play.shows("已保存：") && play.shows("文件夹"), "{}", screen(&play));
    std::fs::create_dir(&folder).unwrap();
    play.keys("<esc><ctrl-s>");
    assert!(play.shows("已保存："), "{}", screen(&play));
    assert_eq!(read(&folder.join("yiyuan-2020.ron")), text(&play));
    assert_eq!(rescued(&play), 0);
}

#[test]
fn a_backup_that_can_not_be_kept_is_told_and_the_report_is_saved() {
    let (files, mut play) = opened();
    files.strike(&play.drafts().join(".yiyuan-2020.ron.backups"), Plight::NoWriting(13));
    play.keys("7<enter><ctrl-s>");
    assert!(play.shows("已保存") && play.shows("没有留下备份"), "{}", screen(&play));
    assert_eq!(play.saved_text(), text(&play));
}

/// One after another, each single operation of typing and saving goes wrong in each way. What the screen says is
/// what is on the disk, and the second attempt works.
#[test]
fn whatever_operation_fails_the_screen_says_what_is_true() {
    let keys = "7<enter><ctrl-s>";
    let count = {
        let (files, mut play) = opened();
        let before = files.log().len();
        play.keys(keys);
        files.log().len() - before
    };
    assert!(count > 25, "{count} operations");
    let faults = [Fault::Error(5), Fault::Error(28), Fault::Error(13), Fault::HalfWritten];
    let (mut refused, mut done) = (0, 0);
    for at in 0..count {
        for fault in faults {
            let case = format!("{fault:?} at operation {at}");
            let (files, mut play) = opened();
            let old = read(&play.drafts().join("yiyuan-2020.ron"));
            files.fail(at, fault);
            play.keys(keys);
            // A window about the journal may be in the way of the key that saves.
            if play.shows("草稿旁") || play.shows("刚才的修改") {
                play.keys("<esc><ctrl-s>");
            }
            let (now, new) = (read(&play.drafts().join("yiyuan-2020.ron")), text(&play));
            if play.session().has_unsaved() {
                assert!(!play.shows("已保存"), "{case}: {}", screen(&play));
                assert!(now == old || now == new, "{case}");
                refused += 1;
            } else {
                assert!(play.shows("已保存"), "{case}: {}", screen(&play));
                assert!(now == new, "{case}: said to be saved");
                done += 1;
            }
            play.keys("<esc><ctrl-s>");
            assert!(!play.session().has_unsaved(), "{case}: {}", screen(&play));
            assert!(
                read(&play.drafts().join("yiyuan-2020.ron")) == text(&play),
                "{case}: the second attempt"
            );
        }
    }
    assert!(refused > 20 && done > 20, "{refused} refused, {done} done");
}

#[test]
fn a_share_that_hangs_delays_no_key_and_is_told() {
    let (door, files) = (Arc::new((Mutex::new(false), Condvar::new())), FaultyFiles::default());
    let shut = |is: bool| {
        *door.0.lock().unwrap() = is;
        door.1.notify_all();
    };
    let mut play = Play::start_on(Arc::new(files.clone()), 80, 24).with_threads();
    let draft = play.drafts().join("甲.ron");
    std::fs::create_dir(play.drafts()).unwrap();
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join(YIYUAN), &draft).unwrap();
    play.open_draft(&draft);
    let (main, at_door) = (std::thread::current().id(), Arc::clone(&door));
    // The thread that reads the keys never comes to the door, or this test would never end.
    let first_keeper = Mutex::new(None);
    files.before_each(move || {
        let me = std::thread::current().id();
        let is_first = *first_keeper.lock().unwrap().get_or_insert(me) == me;
        assert_ne!((me, is_first), (main, true), "the keys wait for the disk");
        if is_first && me != main {
            drop(at_door.1.wait_while(at_door.0.lock().unwrap(), |shut| *shut).unwrap());
        }
    });
    shut(true);
    play.keys("<alt-3>12<enter>34<enter><ctrl-s>56");
    assert_eq!(play.value(CELL), "12");
    let limit = Instant::now() + Duration::from_secs(20);
    while !play.shows("没有回应") {
        assert!(Instant::now() < limit, "never told: {}", screen(&play));
        play.idle();
    }
    let other = play.elsewhere().join("本机.ron");
    play.keys("<esc>78<esc>9<enter><f12><ctrl-a>").paste(&other.display().to_string()).keys("<enter>");
    while !play.shows("已保存：本机.ron") {
        assert!(Instant::now() < limit, "not saved elsewhere: {}", screen(&play));
        play.idle();
    }
    assert_eq!(read(&other), text(&play));
    shut(false);
}

#[test]
fn the_program_saves_by_itself_once_it_was_told_to() {
    let (_files, mut play) = opened();
    let before = play.saved_text();
    play.keys("7<enter>").autosave();
    assert_eq!(play.saved_text(), before, "nobody asked for it");
    play.keys("<f9>zdbc<enter>");
    assert!(play.shows("自动保存已打开"), "{}", screen(&play));
    play.keys("8").autosave();
    assert!(play.shows("已自动保存") && !play.session().has_unsaved(), "{}", screen(&play));
    assert_eq!(play.saved_text(), text(&play));
    // The figure goes on being typed, and ten backups are not used up in ten minutes.
    for digit in ["1", "2", "3"] {
        play.keys(digit).autosave();
        assert_eq!(play.saved_text(), text(&play));
    }
    let backups = std::fs::read_dir(play.drafts().join(".yiyuan-2020.ron.backups")).unwrap().count();
    assert_eq!(backups, 1, "only what was there before the first of them");
    // It is remembered.
    let settings = std::fs::read_to_string(play.elsewhere().join("state/gouji/settings.ron")).unwrap();
    assert!(settings.contains("autosave: true"), "{settings}");
    play.keys("<f9>zdbc<enter>4").autosave();
    assert_ne!(play.saved_text(), text(&play));
}

#[test]
fn saving_by_itself_never_overwrites_what_somebody_else_wrote() {
    let (_files, mut play) = opened();
    play.keys("<f9>zdbc<enter>7<enter>");
    let path = play.drafts().join("yiyuan-2020.ron");
    let foreign = play.saved_text().replace("沂源县人民政府", "某县人民政府");
    gouji::store::atomic::save(&DiskFiles, &path, foreign.as_bytes()).unwrap();
    play.autosave();
    assert!(play.shows("自动保存没有成功"), "{}", screen(&play));
    assert_eq!(play.saved_text(), foreign);
    assert!(play.session().has_unsaved());
}
