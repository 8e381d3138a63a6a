use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::*;
use crate::store::files::DiskFiles;
use crate::store::files::faulty::{Fault, FaultyFiles, Op};

fn me() -> Identity {
    Identity { user: "张三".to_owned(), ..Identity::new(|_| None) }
}

fn desk() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("草稿.ron");
    (folder, draft)
}

#[test]
fn one_holds_it_and_the_others_learn_who() {
    let (folder, draft) = desk();
    let Locking::Held(lock) = acquire(&DiskFiles, &me(), &draft) else { panic!("nobody holds it") };
    assert!(lock.still_ours());
    let second = Identity { user: "李四".to_owned(), ..me() };
    match acquire(&DiskFiles, &second, &draft) {
        Locking::HeldByOther { holder: Some(holder), dead } => {
            assert_eq!((holder.user.as_str(), holder.process), ("张三", std::process::id()));
            assert_eq!(dead, cfg!(unix).then_some(false));
            assert!(holder.to_string().starts_with("张三（电脑 "), "{holder}");
        }
        other => panic!("{other:?}"),
    }
    drop(lock);
    let left = DiskFiles.list_dir(folder.path()).unwrap();
    assert!(!cfg!(unix) || left.is_empty(), "{left:?}");
    assert!(matches!(acquire(&DiskFiles, &second, &draft), Locking::Held(_)));
}

#[test]
fn threads_racing_for_it_never_hold_it_together() {
    let (_folder, draft) = desk();
    let holding = std::sync::atomic::AtomicUsize::new(0);
    let held = std::sync::atomic::AtomicUsize::new(0);
    let order = std::sync::atomic::Ordering::SeqCst;
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..200 {
                    if let Locking::Held(lock) = acquire(&DiskFiles, &me(), &draft) {
                        assert_eq!(holding.fetch_add(1, order), 0);
                        held.fetch_add(1, order);
                        holding.fetch_sub(1, order);
                        drop(lock);
                    }
                }
            });
        }
    });
    assert!(held.load(order) >= 4, "{held:?}");
}

/// The test runs itself as the other process.
#[test]
fn another_process_is_seen_and_so_is_its_death() {
    const VARIABLE: &str = "GOUJI_TEST_LOCK";
    if let Some(draft) = std::env::var_os(VARIABLE) {
        let Locking::Held(_lock) = acquire(&DiskFiles, &me(), Path::new(&draft)) else { panic!("free") };
        writeln!(std::io::stdout(), "\nholding").unwrap();
        let read = std::io::stdin().read(&mut [0]).unwrap();
        assert_eq!(read, 0, "waits until it is killed or its starter ends");
        return;
    }
    let (_folder, draft) = desk();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["store::lock::tests::another_process_is_seen_and_so_is_its_death", "--exact", "--nocapture"])
        .env(VARIABLE, &draft)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let holding = BufReader::new(child.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok)
        .any(|line| line == "holding");
    assert!(holding);
    match acquire(&DiskFiles, &me(), &draft) {
        Locking::HeldByOther { holder: Some(holder), dead } => {
            assert_eq!(holder.process, child.id());
            assert_ne!(dead, Some(true));
        }
        other => panic!("{other:?}"),
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(matches!(acquire(&DiskFiles, &me(), &draft), Locking::Held(_)), "the system gave it back");
}

#[cfg(unix)]
#[test]
fn a_left_over_of_a_process_that_has_ended_can_be_taken_over() {
    let (_folder, draft) = desk();
    let mut ended = Command::new("true").spawn().unwrap();
    ended.wait().unwrap();
    // As a network folder that has not noticed: the lock stands, its process does not.
    let gone = Identity { process: ended.id(), ..me() };
    let Locking::Held(stuck) = acquire(&DiskFiles, &gone, &draft) else { panic!("free") };
    match acquire(&DiskFiles, &me(), &draft) {
        Locking::HeldByOther { dead, .. } => assert_eq!(dead, Some(true)),
        other => panic!("{other:?}"),
    }
    let Ok(Locking::Held(lock)) = take_over(&DiskFiles, &me(), &draft) else { panic!("not taken over") };
    assert!(!stuck.still_ours());
    drop(stuck);
    assert!(lock.still_ours(), "the old holder leaves the new lock alone");
}

#[test]
fn of_another_computer_nobody_can_tell_whether_it_is_dead() {
    let (_folder, draft) = desk();
    let far = Identity { host: "别的电脑".to_owned(), ..me() };
    let _lock = acquire(&DiskFiles, &far, &draft);
    assert!(matches!(acquire(&DiskFiles, &me(), &draft), Locking::HeldByOther { dead: None, .. }));
}

#[test]
fn what_the_holder_wrote_is_not_trusted() {
    let (_folder, draft) = desk();
    let _lock = acquire(&DiskFiles, &me(), &draft);
    for text in ["", "(", "\u{1b}[2J", "(user:1)", "(user:\"\",host:\"\",process:99999999999,since:0)"] {
        let path = beside(&draft, HOLDER);
        let mut handle = DiskFiles.open_append(&path).unwrap();
        handle.truncate(0).unwrap();
        handle.write_all(text.as_bytes()).unwrap();
        let found = acquire(&DiskFiles, &me(), &draft);
        assert!(matches!(found, Locking::HeldByOther { holder: None, dead: None }), "{text}: {found:?}");
    }
}

#[test]
fn without_locks_work_goes_on() {
    let (_folder, draft) = desk();
    // Not supported, no locks left, read-only disk, no right, disk full, gone.
    for number in [95, 37, 30, 13, 28, 5] {
        let files = FaultyFiles::failing(0, Fault::Error(number));
        let locking = acquire(&files, &me(), &draft);
        assert!(
            matches!(&locking, Locking::Without(error) if error.to_string().contains('。')),
            "{locking:?}"
        );
        assert_eq!(files.log(), [(Op::Lock, false)]);
    }
}

#[test]
fn a_fault_while_writing_the_name_takes_the_lock_all_the_same() {
    for at in 1..4 {
        for fault in [Fault::Error(28), Fault::HalfWritten, Fault::Gone] {
            let (_folder, draft) = desk();
            let locking = acquire(&FaultyFiles::failing(at, fault), &me(), &draft);
            assert!(matches!(locking, Locking::Held(_)), "{locking:?}");
            let other = acquire(&DiskFiles, &me(), &draft);
            assert!(matches!(other, Locking::HeldByOther { holder: None, .. }), "{other:?}");
        }
    }
}
