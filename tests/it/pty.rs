//! The real program on a pseudo terminal.

use std::time::Duration;

use gouji::tui::width::Policy;
use ratatui::layout::Size;

use crate::support::emulator::Emulator;
use crate::support::pty::{Desk, Pty};

const YIYUAN: &str = "sample-data/yiyuan-2020.ron";

const ENTER: &str = "\r";
const ESC: &str = "\x1b";
const UP: &str = "\x1b[A";
const DOWN: &str = "\x1b[B";
const F1: &str = "\x1bOP";
const F3: &str = "\x1bOR";
const SHIFT_F3: &str = "\x1b[1;2R";
const F9: &str = "\x1b[20~";
const F10: &str = "\x1b[21~";
const CTRL_S: &str = "\x13";
const CTRL_Y: &str = "\x19";
const CTRL_Z: &str = "\x1a";
const ALT_0: &str = "\x1b0";
const ALT_3: &str = "\x1b3";
const ALT_7: &str = "\x1b7";
const ALT_N: &str = "\x1bn";

/// Opens a copy of a draft at 予以公开·自然人 of section 三; the window shows the whole table.
fn at_granted(desk: &Desk, name: &str) -> Pty {
    let mut pty = desk.screen(&[name]).size(120, 40).start();
    pty.wait_text("沂源县人民政府").send(ALT_3).wait_text("[三申请]");
    pty.send(DOWN)
        .send(DOWN)
        .wait("the cursor at 予以公开", |sight| sight.is_reversed(GRANTED, "自然人"));
    pty
}

const RECEIVED: &str = "一、本年新收";
const CARRIED: &str = "二、上年结转";
const PARTIAL: &str = "（二）部分公开";
const GRANTED: &str = "（一）予以公开";
const TOTAL: &str = "（七）总计";
const LEFT: &str = "一＋二";
const RIGHT: &str = "（七）＋四";
const DIFFERENCE: &str = "差";

#[test]
fn a_digit_counts_at_once_and_escape_takes_it_back() {
    let (desk, name) = Desk::with(YIYUAN);
    let before = desk.read(&name);
    let mut pty = at_granted(&desk, &name);
    pty.wait_figures(&[(GRANTED, "自然人", "82"), (TOTAL, "自然人", "99"), (DIFFERENCE, "自然人", "=")]);

    pty.send("8").wait_figures(&[
        (GRANTED, "自然人", "8"),
        (GRANTED, "总计", "8"),
        (TOTAL, "自然人", "25"),
        (TOTAL, "总计", "25"),
        (LEFT, "自然人", "99"),
        (RIGHT, "自然人", "25"),
        (DIFFERENCE, "自然人", "-74"),
        (DIFFERENCE, "总计", "-74"),
    ]);

    pty.send("3").wait_figures(&[
        (GRANTED, "自然人", "83"),
        (GRANTED, "其他", "0"),
        (GRANTED, "总计", "83"),
        (TOTAL, "自然人", "100"),
        (TOTAL, "总计", "100"),
        (LEFT, "自然人", "99"),
        (RIGHT, "自然人", "100"),
        (DIFFERENCE, "自然人", "+1"),
        (DIFFERENCE, "其他", "="),
        (LEFT, "总计", "99"),
        (RIGHT, "总计", "100"),
        (DIFFERENCE, "总计", "+1"),
    ]);
    pty.wait("the counts in title and tab", |sight| {
        sight.line(0).contains(" 错2 ") && sight.line(1).contains("[三申请 错2 ")
    });
    // An input method opens its window where the cursor is.
    pty.wait("the cursor behind the figure", |sight| {
        sight.cursor().is_some() && sight.cursor() == sight.behind(GRANTED, "自然人")
    });

    pty.send(ESC).wait_figures(&[
        (GRANTED, "自然人", "82"),
        (GRANTED, "总计", "82"),
        (TOTAL, "自然人", "99"),
        (TOTAL, "总计", "99"),
        (DIFFERENCE, "自然人", "="),
        (DIFFERENCE, "总计", "="),
    ]);
    pty.wait("all clean", |sight| sight.line(0).ends_with("  已保存") && sight.line(1).contains("[三申请]"));
    pty.send(F10);
    assert_eq!(pty.ends(), 0);
    assert_eq!(desk.read(&name), before);
}

/// Table 三 as 淮安市洪泽区 published it for 2023: all applicants were natural persons.
const HONGZE: [(&str, u32); 24] = [
    ("received", 21),
    ("carried_in", 0),
    ("granted", 0),
    ("partial", 4),
    ("denied_state_secret", 1),
    ("denied_by_law", 0),
    ("denied_three_securities", 0),
    ("denied_third_party", 0),
    ("denied_internal", 0),
    ("denied_process", 1),
    ("denied_enforcement_file", 1),
    ("denied_query", 0),
    ("unavailable_not_held", 10),
    ("unavailable_must_create", 3),
    ("unavailable_unclear", 0),
    ("rejected_petition", 1),
    ("rejected_repeat", 0),
    ("rejected_publication", 0),
    ("rejected_excessive", 0),
    ("rejected_reconfirm", 0),
    ("other_no_correction", 0),
    ("other_unpaid", 0),
    ("other_misc", 0),
    ("carried_out", 0),
];

#[test]
fn a_whole_table_is_typed_ahead_on_the_keypad() {
    let desk = Desk::new();
    desk.run(&["new", "--unit", "淮安市洪泽区人民政府", "--year", "2023", "-o", "甲.ron"]);
    let mut pty = desk.screen(&["甲.ron"]).slow_to_answer().start();
    // Most rows are ended by a slash; that Enter goes from cell to cell and from row to row has to hold too.
    let typed = HONGZE.map(|(row, natural)| match (row, natural) {
        ("received" | "denied_process", _) => format!("{natural}\r0\r0\r0\r0\r0\r"),
        (_, 0) => "/".to_owned(),
        _ => format!("{natural}/"),
    });
    // The program has not drawn anything yet and is waiting for the terminal.
    pty.type_ahead(&format!("{ALT_3}{}", typed.concat()));
    pty.wait_figures(&[(LEFT, "自然人", "21"), (RIGHT, "自然人", "21"), (DIFFERENCE, "总计", "=")]);
    pty.wait("no finding in table 三", |sight| sight.line(1).contains("[三申请] "));
    pty.send(CTRL_S).wait_text("已保存：");
    pty.send(F10);
    assert_eq!(pty.ends(), 0);

    let mut wanted = Vec::new();
    for (row, natural) in HONGZE.into_iter().chain([("outcome_total", 21)]) {
        wanted.push(format!("requests.{row}.natural {natural}"));
        for column in ["business", "research", "welfare", "legal", "other_org"] {
            wanted.push(format!("requests.{row}.{column} 0"));
        }
        wanted.push(format!("requests.{row}.total {natural}"));
    }
    wanted.sort();
    let all = desk.run(&["get", "甲.ron"]);
    let mut found: Vec<&str> = all.lines().filter(|line| line.starts_with("requests.")).collect();
    found.sort_unstable();
    assert_eq!(found, wanted);
}

#[test]
fn keys_from_before_the_start_are_not_lost() {
    let (desk, name) = Desk::with(YIYUAN);
    let mut pty = desk.screen(&[&name]).start();
    // The terminal is still in the mode of a shell, which turns Enter into a line feed.
    pty.send(ALT_3).send("\r\r\r\r\r\r7\r8\r");
    pty.wait_figures(&[(RECEIVED, "自然人", "99"), (CARRIED, "自然人", "7"), (CARRIED, "总计", "15")]);
    pty.send(F10).wait_text("Alt+N").send(ALT_N);
    assert_eq!(pty.ends(), 0);
}

#[test]
fn nothing_is_done_while_nothing_happens() {
    let (desk, name) = Desk::with(YIYUAN);
    let mut pty = at_granted(&desk, &name);
    pty.send("8").wait_figures(&[(GRANTED, "自然人", "8")]).settle();
    // Within a second the change is made durable, once and silently; after that there is nothing to do.
    assert!(!pty.hears_within(Duration::from_millis(1200)), "written while idle");
    let before = work(pty.id());
    assert!(!pty.hears_within(Duration::from_secs(1)), "written while idle");
    assert_eq!(work(pty.id()), before, "worked while idle");
    pty.send("3").wait_figures(&[(GRANTED, "自然人", "83")]);
}

/// What a process has done so far: processor time, and how often it was woken.
#[cfg(target_os = "linux")]
fn work(id: u32) -> Vec<String> {
    let read = |name: &str| std::fs::read_to_string(format!("/proc/{id}/{name}")).unwrap();
    let stat = read("stat");
    // Behind the name of the program, which may hold blanks, utime and stime are the 12th and 13th.
    let behind = stat.rsplit_once(')').unwrap().1;
    let mut work: Vec<String> = behind.split_whitespace().skip(11).take(2).map(str::to_owned).collect();
    let status = read("status");
    let switches = |line: &&str| line.starts_with("voluntary_ctxt_switches");
    work.extend(status.lines().filter(switches).map(str::to_owned));
    assert_eq!(work.len(), 3, "{stat}{status}");
    work
}

/// Only Linux tells easily; elsewhere the silence on the terminal has to do.
#[cfg(not(target_os = "linux"))]
fn work(_: u32) -> Vec<String> {
    Vec::new()
}

#[test]
fn a_window_too_small_says_so_and_comes_back() {
    let (desk, name) = Desk::with(YIYUAN);
    let mut pty = at_granted(&desk, &name);
    pty.send("83").wait_figures(&[(GRANTED, "自然人", "83")]);
    pty.resize(59, 24).wait_text("窗口太小").wait_text("59×24");
    pty.resize(1, 1).settle();
    pty.resize(80, 24).wait_figures(&[
        (GRANTED, "自然人", "83"),
        (GRANTED, "总计", "83"),
        (DIFFERENCE, "总计", "+1"),
    ]);
    pty.wait("no rest of the notice", |sight| !sight.shows("窗口太小"));
    pty.send(ESC).wait_figures(&[(GRANTED, "自然人", "82")]);
    pty.send(F10);
    assert_eq!(pty.ends(), 0);
}

#[test]
fn a_block_pasted_without_marks_is_one_step_too() {
    let (desk, name) = Desk::with(YIYUAN);
    let mut pty = at_granted(&desk, &name);
    pty.send("1\t2\t3\r4\t5\t6\r").wait_text("已粘贴 6 个数");
    pty.wait_figures(&[(GRANTED, "自然人", "1"), (GRANTED, "总计", "6")]);
    pty.send(CTRL_Z).wait_figures(&[(GRANTED, "自然人", "82"), (GRANTED, "总计", "82")]);
    pty.send(F10);
    assert_eq!(pty.ends(), 0);
}

#[test]
fn a_pasted_block_is_one_step_of_undo() {
    let (desk, name) = Desk::with(YIYUAN);
    let mut pty = at_granted(&desk, &name);
    let partial = "一情形，不计其他情形）";
    // Some terminals send a line break as it was copied, others as the key Enter.
    for block in ["1\t2\t3\r\n4\t5\t６\r\n", "1\t2\t3\r4\t5\t6"] {
        pty.paste(block).wait_figures(&[
            (GRANTED, "自然人", "1"),
            (GRANTED, "总计", "6"),
            (partial, "自然人", "4"),
            (partial, "总计", "15"),
        ]);
        pty.wait_text("已粘贴 6 个数");
        pty.send(CTRL_Z).wait_figures(&[
            (GRANTED, "自然人", "82"),
            (GRANTED, "总计", "82"),
            (partial, "自然人", "0"),
            (partial, "总计", "0"),
        ]);
        pty.wait("nothing changed", |sight| sight.line(0).ends_with("已保存"));
    }
}

#[test]
fn a_visit_is_undone_and_done_again() {
    let (desk, name) = Desk::with(YIYUAN);
    let mut pty = at_granted(&desk, &name);
    pty.send("83\r").wait_figures(&[(GRANTED, "自然人", "83"), (DIFFERENCE, "总计", "+1")]);
    pty.send(CTRL_Z).wait_figures(&[(GRANTED, "自然人", "82"), (DIFFERENCE, "总计", "=")]);
    pty.wait("nothing changed", |sight| sight.line(0).ends_with("已保存"));
    pty.send(CTRL_Z).wait_text("没有可以撤销的改动");
    pty.send(CTRL_Y).wait_figures(&[(GRANTED, "自然人", "83"), (DIFFERENCE, "总计", "+1")]);
    pty.wait("a change", |sight| sight.line(0).ends_with("有改动"));
}

#[test]
fn shift_f3_goes_back_to_the_finding_before() {
    let desk = Desk::new();
    desk.run(&["new", "--unit", "某县某局", "--year", "2023", "-o", "甲.ron"]);
    let mut pty = desk.screen(&["甲.ron"]).start();
    pty.wait_text("某县某局").send(ALT_3).wait("the table", |sight| sight.is_reversed(RECEIVED, "自然人"));
    for row in [CARRIED, GRANTED, PARTIAL] {
        pty.send(F3).wait("the next finding", |sight| sight.is_reversed(row, "自然人"));
    }
    // A terminal sends for Shift-F3 what it also says when it is asked where its cursor is.
    for row in [GRANTED, CARRIED, RECEIVED] {
        pty.send(SHIFT_F3).wait("the finding before", |sight| sight.is_reversed(row, "自然人"));
    }
}

#[test]
fn without_colours_state_is_shown_by_other_means() {
    let (desk, name) = Desk::with(YIYUAN);
    let mut pty = desk.screen(&[&name]).env("NO_COLOR", "1").start();
    pty.wait_text("沂源县").send(ALT_3).wait_text("[三申请]");
    pty.send(UP).send("83").wait_text("错");
    pty.send(ALT_7).wait_text("[审核").send(F1).settle().send(ESC).settle().send(F9).settle();
    pty.send(ESC).settle();
    let codes = style_codes(pty.written());
    let is_colour = |code: &u16| matches!(code, 30..=49 | 90..=107);
    assert_eq!(codes.iter().find(|code| is_colour(code)), None);
    assert!(codes.contains(&1) && codes.contains(&7), "{codes:?}");

    // The same keys with colours, so that the search for them is known to find any.
    let mut pty = desk.screen(&[&name]).start();
    pty.wait_text("沂源县").settle();
    assert!(style_codes(pty.written()).iter().any(is_colour));
}

/// All numbers of the escapes for styles.
fn style_codes(written: &[u8]) -> Vec<u16> {
    let text = String::from_utf8_lossy(written);
    let mut codes = Vec::new();
    for escape in text.split("\x1b[").skip(1) {
        let end = escape.find(|c: char| c.is_ascii_alphabetic()).unwrap();
        if escape[end..].starts_with('m') {
            codes.extend(escape[..end].split(';').map(|code| code.parse::<u16>().unwrap_or(0)));
        }
    }
    codes
}

#[test]
fn what_is_no_draft_is_told_without_taking_the_screen() {
    let desk = Desk::new();
    for (name, content) in
        [("说明.txt", "今年的数还没有报来。".as_bytes()), ("图.ron", b"\x89PNG\r\n\x1a\n\0\0")]
    {
        desk.write(name, content);
        let mut pty = desk.screen(&[name]).start();
        assert_eq!(pty.ends(), 2);
        let told = String::from_utf8_lossy(pty.written()).into_owned();
        assert!(told.starts_with("错误：") && told.contains(name), "{told}");
        assert!(!told.contains('\x1b'), "{told:?}");
        assert_eq!(std::fs::read(desk.path(name)).unwrap(), content);
    }
}

#[test]
fn the_example_is_opened_and_saved_as_a_new_file() {
    let desk = Desk::new();
    let mut pty = desk.screen(&[]).start();
    pty.wait("the first screen", |sight| {
        ["> 新建", "打开", "示例", "退出"].iter().all(|text| sight.shows(text))
    });
    pty.send(DOWN).send(DOWN).wait_text("> 示例").send(ENTER).wait_text("这是示例");
    pty.send(ALT_3)
        .wait_text("[三申请")
        .send("5/")
        .wait("a change", |sight| sight.line(0).ends_with("有改动"));
    pty.send(CTRL_S).wait_text("保存");
    // Ctrl-A chooses the whole path; what is typed is a name in the folder of the program.
    pty.settle().send("\x01").send("试填").send(ENTER).wait_text("已保存：");
    pty.wait("saved", |sight| sight.line(0).ends_with("已保存"));
    pty.send(F10);
    assert_eq!(pty.ends(), 0);
    assert_eq!(desk.run(&["get", "试填.ron", "requests.received.natural", "--raw"]), "5\n");

    // The first screen now offers it.
    let mut pty = desk.screen(&[]).start();
    pty.wait_text("沂源县").send(ESC);
    assert_eq!(pty.ends(), 0);
}

#[test]
fn a_terminal_with_wide_quotes_is_drawn_for() {
    let (desk, name) = Desk::with(YIYUAN);
    let tabs = ["封面", "一总体", "二公开", "三申请", "四复议", "五问题", "六其他", "审核"];
    for set in [None, Some("宽")] {
        let mut launch = desk.screen(&[&name]).size(120, 40).wide();
        if let Some(width) = set {
            launch = launch.env("GOUJI_WIDTH", width);
        }
        let mut pty = launch.start();
        pty.wait("all tabs", |sight| tabs.iter().all(|tab| sight.line(1).contains(tab)));
        pty.send(ALT_3).wait_figures(&[(GRANTED, "自然人", "82"), (DIFFERENCE, "总计", "=")]);
        pty.send(ALT_0).wait_text("[封面]").send(ALT_3).wait_text("[三申请]").settle();
        // The terminal of this test draws quotes narrow; the frames must be whole on one that draws them wide.
        let written = pty.written();
        let frames = written.windows(4).position(|bytes| bytes == b"\x1b[2J").unwrap();
        let mut terminal = Emulator::new(Size::new(120, 40), Policy::Wide);
        terminal.feed(&written[frames..]);
        let rows = terminal.rows();
        assert!(tabs.iter().all(|tab| rows[1].contains(tab)), "{}", rows[1]);
        assert!(rows.iter().any(|row| row.contains("3.危及“三安全一稳定”")), "{rows:#?}");
        assert!(!rows.iter().any(|row| row.contains('?')), "{rows:#?}");
        assert!(!style_codes(written).is_empty());
        // The next one is to find the draft without a holder.
        pty.signal("KILL").is_gone();
    }
}
