//! Every way in which the program ends or stops without being left: the terminal is given back, the journal holds
//! all that was typed, and what is said is what the next opening finds.

use std::io::Read;
use std::time::Instant;

use portable_pty::{PtySize, native_pty_system};

use crate::support::pty::{Desk, LIMIT, Pty, signal};
use crate::support::report::{ALONE, GRANTED, JOB, Kind, SAID};

const SUSPEND: &str = "\x1b\x1a";

/// Opens a report of this kind at the cell.
fn open<'a>(kind: Kind, desk: &'a Desk, script: &'a str) -> Pty {
    let mut pty = kind.launch(desk).under(script).start();
    kind.enter(&mut pty);
    pty
}

#[test]
fn a_signal_to_end_keeps_what_was_typed() {
    for kind in Kind::ALL {
        for name in ["TERM", "INT", "HUP"] {
            let desk = kind.desk();
            let mut pty = open(kind, &desk, ALONE);
            assert!(pty.sight().is_alternate());
            pty.send("8").wait_figures(&[(GRANTED, "自然人", "8")]);
            pty.signal(name);
            assert_eq!(pty.ends(), 0, "{name}");
            let cause =
                if name == "HUP" { "终端已断开，程序随之结束。" } else { "程序被终止。" };
            assert_eq!(desk.read(SAID), format!("{cause}没有保存的改动{}\n", kind.kept(&desk)));
            kind.brings_back(&desk, "8");
        }
    }
}

#[test]
fn keys_and_a_signal_at_once_are_kept_too() {
    for kind in Kind::ALL {
        let desk = kind.desk();
        let mut pty = open(kind, &desk, ALONE);
        // Stopped, it finds both at once when it goes on.
        pty.signal("STOP").send("8");
        pty.signal("TERM").signal("CONT");
        assert_eq!(pty.ends(), 0);
        assert_eq!(desk.read(SAID), format!("程序被终止。没有保存的改动{}\n", kind.kept(&desk)));
        kind.brings_back(&desk, "8");
    }
}

#[test]
fn control_c_is_a_key() {
    let desk = Kind::Draft.desk();
    let mut pty = open(Kind::Draft, &desk, ALONE);
    pty.send("\x03").settle();
    pty.send("8").wait_figures(&[(GRANTED, "自然人", "8")]);
    pty.send("\x1b").wait_figures(&[(GRANTED, "自然人", "82")]);
    pty.send("\x1b[21~");
    assert_eq!(pty.ends(), 0);
    assert_eq!(desk.read(SAID), "", "a user who leaves is told nothing");
}

#[test]
fn a_signal_without_changes_leaves_nothing_behind() {
    for kind in Kind::ALL {
        let desk = kind.desk();
        let mut pty = open(kind, &desk, ALONE);
        pty.signal("TERM");
        assert_eq!(pty.ends(), 0);
        assert_eq!(desk.read(SAID), "程序被终止。没有未保存的改动。\n");
        let mut pty = kind.launch(&desk).start();
        pty.wait_text(if kind == Kind::Draft { "沂源县人民政府" } else { "> 新建" }).settle();
        assert!(!pty.sight().shows("恢复") && !pty.sight().shows("还没有保存"));
    }
}

#[test]
fn a_change_taken_back_is_no_change() {
    let desk = Kind::Draft.desk();
    let mut pty = open(Kind::Draft, &desk, ALONE);
    pty.send("8").wait_figures(&[(GRANTED, "自然人", "8")]);
    pty.send("\x1b").wait("all saved", |sight| sight.line(0).ends_with("已保存"));
    pty.signal("TERM");
    assert_eq!(pty.ends(), 0);
    assert_eq!(desk.read(SAID), "程序被终止。没有未保存的改动。\n");
    let mut pty = Kind::Draft.launch(&desk).start();
    pty.wait_text("沂源县人民政府").settle();
    assert!(!pty.sight().shows("没有保存"));
}

#[test]
fn an_undecided_recovery_is_offered_again() {
    let desk = Kind::Draft.desk();
    let mut pty = open(Kind::Draft, &desk, ALONE);
    pty.send("8").wait_figures(&[(GRANTED, "自然人", "8")]).signal("TERM");
    assert_eq!(pty.ends(), 0);
    let mut pty = Kind::Draft.launch(&desk).under(ALONE).start();
    pty.wait_text("上次有 1 处修改没有保存").signal("TERM");
    assert_eq!(pty.ends(), 0);
    assert_eq!(desk.read(SAID), format!("程序被终止。没有保存的改动{}\n", Kind::Draft.kept(&desk)));
    Kind::Draft.brings_back(&desk, "8");
}

#[test]
fn what_is_typed_into_a_draft_open_for_reading_is_kept_apart() {
    let desk = Kind::Draft.desk();
    let _first = open(Kind::Draft, &desk, ALONE);
    // The journal beside the draft belongs to the first; the second has one in the user's folder.
    let mut second = Kind::Draft.launch(&desk).under(ALONE).start();
    second.wait_text("只读").send("\x1b");
    Kind::Draft.enter(&mut second);
    second.send("8").wait_figures(&[(GRANTED, "自然人", "8")]);
    second.signal("TERM");
    assert_eq!(second.ends(), 0);
    assert_eq!(desk.read(SAID), format!("程序被终止。没有保存的改动{}\n", Kind::Unsaved.kept(&desk)));
}

#[test]
fn a_window_closed_amid_a_key_keeps_it() {
    for kind in Kind::ALL {
        for _ in 0..4 {
            let desk = kind.desk();
            let mut pty = open(kind, &desk, ALONE);
            pty.settle();
            assert_eq!(pty.closes_amid("8"), 0);
            let said = desk.read(SAID);
            let kept = kind.kept(&desk);
            assert_eq!(said, format!("终端已断开，程序随之结束。没有保存的改动{kept}\n"));
            kind.brings_back(&desk, "8");
        }
    }
}

/// The number of the program when it is a job of a shell.
fn job(desk: &Desk) -> u32 {
    desk.read("号.txt").trim().parse().unwrap()
}

/// Types an 8 and stops at once, by the key or by a signal.
fn stop(pty: &mut Pty, desk: &Desk, by_key: bool) {
    if by_key {
        pty.send(&format!("8{SUSPEND}"));
    } else {
        pty.send("8").wait_figures(&[(GRANTED, "自然人", "8")]);
        signal(job(desk), "TSTP");
    }
    pty.wait_text("停").settle();
    pty.is_given_back();
}

#[test]
fn a_stopped_program_can_be_killed_without_loss() {
    for kind in Kind::ALL {
        for by_key in [true, false] {
            let desk = kind.desk();
            let mut pty = open(kind, &desk, JOB);
            stop(&mut pty, &desk, by_key);
            signal(job(&desk), "KILL");
            pty.send("\n");
            pty.is_gone();
            kind.brings_back(&desk, "8");
        }
    }
}

#[test]
fn a_continued_program_goes_on_where_it_was() {
    for kind in Kind::ALL {
        for by_key in [true, false] {
            for resized in [false, true] {
                let desk = kind.desk();
                let mut pty = open(kind, &desk, JOB);
                stop(&mut pty, &desk, by_key);
                if resized {
                    pty.resize(130, 36);
                }
                let before = pty.written().len();
                pty.send("\n").wait_figures(&[(GRANTED, "自然人", "8"), (GRANTED, "总计", "8")]);
                let width = if resized { 130 } else { 120 };
                pty.wait("the whole screen in the new size", |sight| {
                    sight.is_alternate()
                        && sight.line(0).ends_with("有改动")
                        && sight.shows("沂源县人民政府")
                        && sight.line(1).contains("[三申请")
                        && sight.width() == width
                        && !sight.shows("停")
                });
                pty.settle();
                let painted = String::from_utf8_lossy(&pty.written()[before..]).into_owned();
                assert_eq!(painted.matches("[?1049h").count(), 1, "taken over once: {painted:?}");
                pty.send("3").wait_figures(&[(GRANTED, "自然人", "83"), (GRANTED, "总计", "83")]);
                signal(job(&desk), "TERM");
                assert_eq!(pty.ends(), 0);
                assert_eq!(desk.read(SAID), format!("程序被终止。没有保存的改动{}\n", kind.kept(&desk)));
                kind.brings_back(&desk, "83");
            }
        }
    }
}

#[test]
fn a_stop_that_nobody_can_answer_is_made_good_afterwards() {
    // The shell sets the terminal to rights as a user would who finds it in a strange state.
    const SCRIPT: &str = r#"/bin/sh -c 'echo $$ >号.txt; exec "$0" "$@" 2>说.txt' "$0" "$@"
PATH=/usr/bin:/bin stty sane; printf '\033[?1049l\033[?2004l停\n'; read line; fg; exit $?"#;
    let desk = Kind::Draft.desk();
    let mut pty = open(Kind::Draft, &desk, SCRIPT);
    pty.send("8").wait_figures(&[(GRANTED, "自然人", "8")]);
    signal(job(&desk), "STOP");
    pty.wait_text("停").resize(130, 36).send("\n");
    pty.wait_figures(&[(GRANTED, "自然人", "8"), (GRANTED, "总计", "8")]);
    // Keys come one by one and are not shown by the terminal; pastes are marked again.
    pty.send("3").wait_figures(&[(GRANTED, "自然人", "83")]).settle();
    pty.paste("7").wait_figures(&[(GRANTED, "自然人", "837")]);
    assert!(pty.sight().is_alternate());
    signal(job(&desk), "TERM");
    assert_eq!(pty.ends(), 0);
    Kind::Draft.brings_back(&desk, "837");
}

#[test]
fn a_window_closed_while_the_program_is_stopped_ends_it() {
    let desk = Kind::Draft.desk();
    let mut pty = open(Kind::Draft, &desk, JOB);
    stop(&mut pty, &desk, true);
    let id = job(&desk);
    pty.close();
    gone(id);
    let kept = Kind::Draft.kept(&desk);
    assert_eq!(desk.read(SAID), format!("终端已断开，程序随之结束。没有保存的改动{kept}\n"));
    Kind::Draft.brings_back(&desk, "8");
}

#[test]
fn a_key_whose_frame_can_not_be_drawn_is_kept() {
    // The screen is on a terminal of its own, so that it can be lost while keys still come.
    let screen = native_pty_system().openpty(PtySize { rows: 40, cols: 120, ..PtySize::default() }).unwrap();
    let script = format!("exec \"$0\" \"$@\" >{} 2>说.txt", screen.master.tty_name().unwrap().display());
    let desk = Kind::Draft.desk();
    let mut pty = Kind::Draft.launch(&desk).under(&script).start();
    let mut output = screen.master.try_clone_reader().unwrap();
    let (mut seen, mut bytes) = (Vec::new(), [0; 4096]);
    let mut listen = || {
        let count = output.read(&mut bytes).unwrap();
        seen.extend_from_slice(&bytes[..count]);
        String::from_utf8_lossy(&seen).contains("后一页")
    };
    while !listen() {}
    drop((screen, output));
    pty.send("\x1b3\x1b[B\x1b[B8");
    assert_eq!(pty.ends(), 0);
    let kept = Kind::Draft.kept(&desk);
    assert_eq!(desk.read(SAID), format!("终端已断开，程序随之结束。没有保存的改动{kept}\n"));
    Kind::Draft.brings_back(&desk, "8");
}

/// Waits until there is no such process.
fn gone(id: u32) {
    let deadline = Instant::now() + LIMIT;
    while std::process::Command::new("kill").args(["-0", &id.to_string()]).output().unwrap().status.success()
    {
        assert!(Instant::now() < deadline, "the program does not end");
    }
}
