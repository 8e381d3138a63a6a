//! Two programs on one draft, and a third that changes it.

use crate::support::pty::{Desk, Pty};

const YIYUAN: &str = "sample-data/yiyuan-2020.ron";
const NAME: &str = "yiyuan-2020.ron";
const RECEIVED: &str = "一、本年新收";

fn opened(desk: &Desk) -> Pty {
    let mut pty = desk.screen(&[NAME]).size(120, 40).start();
    pty.wait_text("沂源县人民政府");
    pty
}

/// Types a figure into the first cell of the table.
fn type_in(pty: &mut Pty, figure: &str) {
    pty.send("\x1b1\x1b3").wait_text("[三申请").send("\x1b[1;5H").send(figure).send("\r");
    pty.wait_figures(&[(RECEIVED, "自然人", figure)]);
}

fn leaves_without_saving(pty: &mut Pty) {
    pty.send("\x1b[21~").wait_text("Alt+N").send("\x1bn");
    assert_eq!(pty.ends(), 0);
}

#[test]
fn one_writes_and_the_others_read() {
    let (desk, _) = Desk::with(YIYUAN);
    let before = desk.read(NAME);
    let mut first = opened(&desk);
    type_in(&mut first, "11");
    let mut second = opened(&desk);
    second.wait_text("正在编辑").wait_text("只读").send("\x1b");
    type_in(&mut second, "22");
    second.send("\x13").wait_text("没有保存").wait_text("另存");
    assert_eq!(desk.read(NAME), before);
    // It can be saved elsewhere, and is then one's own.
    second.send("\x1b").wait("the window closed", |sight| !sight.shows("没有做成"));
    second.send("\x1b[24~").wait_text("存为").send("\x01乙.ron\r").wait_text("已保存：乙.ron");
    assert!(desk.read("乙.ron").contains("received: (natural: 22,"));
    first.send("\x13").wait_text("已保存：yiyuan-2020.ron");
    assert!(desk.read(NAME).contains("received: (natural: 11,"));
    for pty in [&mut first, &mut second] {
        pty.send("\x1b[21~");
        assert_eq!(pty.ends(), 0);
    }
}

#[test]
fn when_the_holder_is_killed_the_next_one_has_its_changes() {
    let (desk, _) = Desk::with(YIYUAN);
    let mut first = opened(&desk);
    type_in(&mut first, "11");
    first.settle().signal("KILL").is_gone();
    let mut second = opened(&desk);
    // Nobody holds it any more, and what the first one typed is offered.
    second.wait_text("上次有 1 处修改没有保存").send("\r").wait_text("已恢复 1 处修改");
    second.send("\x1b3").wait_figures(&[(RECEIVED, "自然人", "11")]);
    second.send("\x13").wait_text("已保存：");
    assert!(desk.read(NAME).contains("received: (natural: 11,"));
}

#[test]
fn who_was_reading_may_save_once_the_holder_is_gone_and_nothing_of_the_holder_is_lost() {
    let (desk, _) = Desk::with(YIYUAN);
    let mut first = opened(&desk);
    let mut second = opened(&desk);
    second.wait_text("只读").send("\x1b");
    type_in(&mut second, "22");
    type_in(&mut first, "11");
    first.settle().signal("KILL").is_gone();
    second.send("\x13").wait_text("已保存").wait_text(".journal.old");
    assert!(desk.read(NAME).contains("received: (natural: 22,"));
    assert!(desk.read(".yiyuan-2020.ron.journal.old").contains("11"));
    // From here on it has the draft for itself.
    second.send("\x1b");
    type_in(&mut second, "33");
    let mut third = opened(&desk);
    third.wait_text("正在编辑").send("\x1b");
    leaves_without_saving(&mut second);
}

#[test]
fn a_change_by_a_third_is_noticed_before_it_is_lost() {
    let (desk, _) = Desk::with(YIYUAN);
    let mut first = opened(&desk);
    type_in(&mut first, "11");
    let theirs = desk.read(NAME).replace("carried_in: (natural: 0,", "carried_in: (natural: 7,");
    desk.write(NAME, theirs.as_bytes());
    first.send("\x13").wait_text("改动过");
    assert_eq!(desk.read(NAME), theirs);
    // Compare, then overwrite; what the third wrote is the newest backup.
    first.send("\r").wait_text("文件里").wait_text("二、上年结转").send("\r");
    first.wait_text("> 比较 <").send("\t\t").wait_text("> 覆盖 <").send("\r").wait_text("已保存");
    assert!(desk.read(NAME).contains("received: (natural: 11,"));
    assert!(desk.run(&["backups", NAME]).contains('1'));
    first.send("\x1b[21~");
    assert_eq!(first.ends(), 0);
    desk.run(&["restore", NAME, "1"]);
    assert_eq!(desk.read(NAME), theirs);
}
