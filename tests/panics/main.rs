//! The program breaks, or is killed, over a disk with faults: what is kept and what is said.
//!
//! Called with the word `child` and a fault, this is the program itself over such a disk; called without, it starts
//! itself so on a pseudo terminal. That way the program needs no back door through which it could be broken.

// Helpers of tests may give up as the tests themselves do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

#[cfg(unix)]
mod faulty;
#[cfg(unix)]
mod support;

#[cfg(unix)]
fn main() -> std::process::ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.as_slice() {
        [role, fault, draft @ ..] if role == "child" => unix::child(fault, draft),
        _ => unix::tests(args.iter().find(|arg| !arg.starts_with('-')).map_or("", String::as_str)),
    }
}

/// Only Unix has terminals that a test can hold from both ends without a window.
#[cfg(not(unix))]
fn main() {}

#[cfg(unix)]
mod unix {
    use std::panic::catch_unwind;
    use std::path::PathBuf;
    use std::process::ExitCode;
    use std::sync::Arc;

    use crate::faulty::{Fault, Faulty, MESSAGE, SIGN};
    use crate::support::pty::{Desk, Pty, signal};
    use crate::support::report::{ALONE, GRANTED, JOB, Kind, SAID};

    const F12: &str = "\x1b[24~";
    const SUSPEND: &str = "\x1b\x1a";
    const BROKEN: &str = "程序内部出错，已停止；上面的英文说明出错的位置，报告问题时请附上。";

    /// The program over a disk with this fault.
    pub(crate) fn child(fault: &str, draft: &[String]) -> ExitCode {
        let files = Faulty { fault: Fault::named(fault).unwrap(), over: Arc::default() };
        let draft = draft.first().map(PathBuf::from);
        gouji::cli::screen(draft, None, Arc::new(files), &mut std::io::stderr()).unwrap()
    }

    /// Runs the tests with this text in their names.
    pub(crate) fn tests(filter: &str) -> ExitCode {
        let all: [(&str, fn()); 8] = [
            ("a_panic_of_the_loop_keeps_what_was_typed", a_panic_of_the_loop_keeps_what_was_typed),
            ("a_panic_of_the_journal_is_made_good", a_panic_of_the_journal_is_made_good),
            ("a_journal_that_panics_always_is_written_anew", a_journal_that_panics_always_is_written_anew),
            ("what_can_not_be_kept_is_named", what_can_not_be_kept_is_named),
            ("a_full_disk_at_the_end_is_told", a_full_disk_at_the_end_is_told),
            ("a_panic_before_the_first_screen_is_told", a_panic_before_the_first_screen_is_told),
            ("a_stop_waits_for_the_disk", a_stop_waits_for_the_disk),
            ("the_forgetful_disk_forgets", the_forgetful_disk_forgets),
        ];
        let mut failed = 0;
        for (name, test) in all.into_iter().filter(|(name, _)| name.contains(filter)) {
            let passed = catch_unwind(test).is_ok();
            println!("test panics::{name} ... {}", if passed { "ok" } else { "FAILED" });
            failed += usize::from(!passed);
        }
        if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }

    fn a_panic_of_the_loop_keeps_what_was_typed() {
        for kind in Kind::ALL {
            let desk = kind.desk();
            let mut pty = open(kind, Fault::List, &desk, ALONE);
            appear(&desk);
            // All in one write: nothing has reached the journal when the program breaks.
            pty.send(&format!("8{F12}"));
            assert_eq!(pty.ends(), 3);
            let said = said(&desk);
            assert_eq!(said, format!("{BROKEN}没有保存的改动{}", kind.kept(&desk)));
            kind.brings_back(&desk, "8");
        }
    }

    fn a_panic_of_the_journal_is_made_good() {
        for kind in Kind::ALL {
            let desk = kind.desk();
            let mut pty = open(kind, Fault::WriteOnce, &desk, ALONE);
            pty.send("8").wait_figures(&[(GRANTED, "自然人", "8")]).settle();
            appear(&desk);
            pty.send("3");
            assert_eq!(pty.ends(), 3);
            assert_eq!(said(&desk), format!("{BROKEN}没有保存的改动{}", kind.kept(&desk)));
            kind.brings_back(&desk, "83");
        }
    }

    fn a_journal_that_panics_always_is_written_anew() {
        for kind in Kind::ALL {
            let desk = kind.desk();
            let mut pty = open(kind, Fault::Write, &desk, ALONE);
            pty.send("8").wait_figures(&[(GRANTED, "自然人", "8")]).settle();
            appear(&desk);
            pty.send("3");
            assert_eq!(pty.ends(), 3);
            assert_eq!(said(&desk), format!("{BROKEN}没有保存的改动{}", kind.kept(&desk)));
            kind.brings_back(&desk, "83");
        }
    }

    fn what_can_not_be_kept_is_named() {
        for kind in Kind::ALL {
            let desk = kind.desk();
            let mut pty = open(kind, Fault::AllWrites, &desk, ALONE);
            pty.send("8").wait_figures(&[(GRANTED, "自然人", "8")]).settle();
            appear(&desk);
            pty.send("3");
            assert_eq!(pty.ends(), 3);
            names_the_loss(kind, &desk, &said(&desk), BROKEN);
        }
    }

    fn a_full_disk_at_the_end_is_told() {
        for kind in Kind::ALL {
            let desk = kind.desk();
            let mut pty = open(kind, Fault::Refused, &desk, ALONE);
            pty.send("8").wait_figures(&[(GRANTED, "自然人", "8")]).settle();
            appear(&desk);
            pty.send("3").wait_text("恢复文件").signal("TERM");
            assert_eq!(pty.ends(), 2);
            names_the_loss(kind, &desk, &desk.read(SAID), "程序被终止。");
        }
    }

    /// The 8 is in the journal and the 3 behind it is not.
    fn names_the_loss(kind: Kind, desk: &Desk, said: &str, cause: &str) {
        let lines: Vec<&str> = said.lines().collect();
        let [first, change, rest] = lines[..] else { panic!("{said}") };
        assert_eq!(first, format!("{cause}下面 1 处改动没有记下，下次打开时不能恢复，请重新填写："));
        assert!(change.contains("予以公开") && change.ends_with("：8 改为 83"), "{said}");
        assert_eq!(rest, format!("其他没有保存的改动{}", kind.kept(desk)));
        std::fs::remove_file(desk.path(SIGN)).unwrap();
        kind.brings_back(desk, "8");
    }

    fn a_panic_before_the_first_screen_is_told() {
        let desk = Kind::Unsaved.desk();
        appear(&desk);
        let mut pty = Kind::Unsaved.launch(&desk).with_program(program(Fault::List)).under(ALONE).start();
        assert_eq!(pty.ends(), 3);
        assert_eq!(said(&desk), format!("{BROKEN}没有未保存的改动。"));
    }

    fn a_stop_waits_for_the_disk() {
        for kind in Kind::ALL {
            for by_key in [true, false] {
                let desk = kind.desk();
                let mut pty = open(kind, Fault::Forgetful, &desk, JOB);
                let id = desk.read("号.txt").trim().parse().unwrap();
                if by_key {
                    pty.send(&format!("8{SUSPEND}"));
                } else {
                    pty.send("8").wait_figures(&[(GRANTED, "自然人", "8")]);
                    signal(id, "TSTP");
                }
                pty.wait_text("停");
                signal(id, "KILL");
                pty.send("\n");
                pty.is_gone();
                kind.brings_back(&desk, "8");
            }
        }
    }

    /// So that the test before this one is known to see a stop that does not wait.
    fn the_forgetful_disk_forgets() {
        let desk = Kind::Draft.desk();
        let mut pty = open(Kind::Draft, Fault::Forgetful, &desk, ALONE);
        // Killed between the key and the second within which it is made durable.
        pty.send("8").wait_figures(&[(GRANTED, "自然人", "8")]).signal("KILL");
        pty.is_gone();
        let mut pty = Kind::Draft.launch(&desk).start();
        pty.wait_text("沂源县人民政府").settle();
        assert!(!pty.sight().shows("没有保存"));
    }

    /// Opens a report over a disk with this fault, at the cell.
    fn open(kind: Kind, fault: Fault, desk: &Desk, script: &str) -> Pty {
        let mut pty = kind.launch(desk).with_program(program(fault)).under(script).start();
        kind.enter(&mut pty);
        pty
    }

    fn program(fault: Fault) -> Vec<String> {
        let own = std::env::current_exe().unwrap();
        vec![own.to_str().unwrap().to_owned(), "child".to_owned(), format!("{fault:?}")]
    }

    /// From now on the fault is there.
    fn appear(desk: &Desk) {
        desk.write(SIGN, b"");
    }

    /// What the program said behind the message of the panic, which has to come first.
    fn said(desk: &Desk) -> String {
        let all = desk.read(SAID);
        let message = all.find(MESSAGE).unwrap_or_else(|| panic!("no message in {all}"));
        let words = all.find("程序内部出错").unwrap_or_else(|| panic!("not a word in {all}"));
        assert!(message < words, "{all}");
        assert!(!all.contains('\x1b'), "{all:?}");
        all[words..].trim_end().to_owned()
    }
}
