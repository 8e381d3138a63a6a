//! The real program killed at random moments: what was typed is there again.
//!
//! The same random keys are played to the program without a terminal, which says what the report is after each step
//! and what the screen looks like. Whatever comes back after a kill must be one of these states, and none that is
//! older than what had been seen on the screen for a while.

use std::time::{Duration, Instant};

use gouji::form::Catalogue;
use gouji::session::Session;
use gouji::store::draft::{self, Unknown};
use gouji::store::files::DiskFiles;
use gouji::store::guard::{DraftFile, Found};
use gouji::store::lock::Identity;

use crate::support::play::Play;
use crate::support::pty::{Desk, Pty};

const KILLS: u64 = 200;
const SAMPLE: &str = "sample-data/yiyuan-2020.ron";
const STEPS: u64 = 16;
/// What was on the screen for so long is in the journal; the machines that test are busy.
const BOUND: Duration = Duration::from_millis(250);
/// Changes that may be on the way to the journal while later ones are on the screen already.
const ON_THE_WAY: usize = 2;

/// A small generator of its own, so that a failure can be played again from its seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

/// Something that a clerk does: its keys for the program without a terminal, and the bytes of a terminal.
struct Step {
    keys: Vec<String>,
    bytes: String,
    saves: bool,
}

impl Step {
    fn new(keys: &[&str], bytes: &str) -> Self {
        let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
        Self { saves: keys.iter().any(|key| key == "<ctrl-s>"), keys, bytes: bytes.to_owned() }
    }

    fn random(dice: &mut Dice) -> Self {
        match dice.below(20) {
            0..10 => {
                let digits = (1 + dice.below(99_999)).to_string();
                let mut step = Self::new(&[], &format!("{digits}\r"));
                step.keys.extend(digits.chars().map(String::from).chain(["<enter>".to_owned()]));
                step
            }
            10..12 => Self::new(&["<ctrl-z>"], "\x1a"),
            12 => Self::new(&["<ctrl-y>"], "\x19"),
            13 => Self::new(&["<ctrl-s>"], "\x13"),
            14 => Self::new(&["<delete>"], "\x1b[3~"),
            15 => Self::new(&["<down>"], "\x1b[B"),
            16..18 => Self::new(&["<alt-3>"], "\x1b3"),
            18 => Self::new(&["<alt-1>"], "\x1b1"),
            _ => Self::new(&["<alt-5>", "甲", "，", "乙"], "\x1b5甲，乙"),
        }
    }
}

fn text(session: &Session) -> String {
    draft::write(session.form(), session.report(), &Unknown::default())
}

/// Opens a draft in this process and brings back what its journal holds.
fn reopened(path: &std::path::Path) -> (Session, usize) {
    let me = Identity { user: "测试".to_owned(), host: "本机".to_owned(), process: std::process::id() };
    let (mut file, opened, found) =
        DraftFile::open(&DiskFiles, &me, path, &Catalogue::default()).expect("the draft is whole");
    let mut session = Session::open(opened.draft.form, opened.draft.report);
    let recovered = match &found {
        Found::Nothing => 0,
        Found::Pending { .. } => file.recover(&mut session, &found).edits,
        other => panic!("{other:?}"),
    };
    (session, recovered)
}

/// Waits until the real screen is that of the played program, but for the line with notices.
fn wait_for_screen(pty: &mut Pty, play: &Play, what: &str) {
    let lines = play.lines();
    let shown = &lines[..lines.len() - 2];
    pty.wait(what, |sight| (0..).zip(shown).all(|(row, line)| sight.line(row) == line.trim_end()));
}

#[test]
fn two_hundred_kills_lose_nothing_that_was_seen() {
    let (mut sent, mut seen, mut back, mut edits, mut late) = (0, 0, 0, 0, [0; ON_THE_WAY + 1]);
    for kill in 0..KILLS {
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ (kill + 1));
        let (desk, name) = Desk::with(SAMPLE);
        let mut pty = desk.screen(&[&name]).size(120, 40).start();
        let mut play = Play::open(SAMPLE, 120, 40);
        pty.wait_text("[封面]").send("\x1b3").wait_text("[三申请");
        play.keys("<alt-3>");

        // After each key: how many steps are done, and the report.
        let mut states = vec![(0, text(play.session()))];
        let mut drafts = vec![desk.read(&name)];
        let mut seen_at = vec![Instant::now()];
        let waited = dice.below(STEPS) as usize;
        let mut burst = String::new();
        for index in 0..STEPS as usize {
            let step = Step::random(&mut dice);
            for key in &step.keys {
                play.keys(key);
                states.push((index, text(play.session())));
            }
            states.push((index + 1, text(play.session())));
            if step.saves {
                drafts.push(text(play.session()));
            }
            if index < waited {
                pty.send(&step.bytes);
                wait_for_screen(&mut pty, &play, &format!("kill {kill}, step {index}, {:?}", step.keys));
                seen_at.push(Instant::now());
            } else {
                burst += &step.bytes;
            }
        }
        if dice.below(4) == 0 {
            // Something may have come meanwhile, such as the notice of a save.
            while pty.hears_within(BOUND) {}
        }
        // The rest at once, and the kill amid it.
        pty.send(&burst);
        for _ in 0..dice.below(40_000) {
            std::hint::spin_loop();
        }
        let killed_at = Instant::now();
        pty.signal("KILL");
        pty.is_gone();

        let left = desk.read(&name);
        assert!(drafts.contains(&left), "kill {kill}: the draft is neither the old nor a new one:\n{left}");
        let (session, recovered) = reopened(&desk.path(&name));
        let found = text(&session);
        let kept = states.iter().rev().find(|(_, state)| *state == found);
        let &(kept, _) = kept.unwrap_or_else(|| panic!("kill {kill}: never was like this:\n{found}"));
        let safe = seen_at.iter().rposition(|at| *at + BOUND < killed_at).unwrap_or(0);
        assert!(kept >= safe, "kill {kill}: back to step {kept}, and step {safe} was seen long before");
        // On a machine that is not held up, this holds without the bound.
        late[waited.saturating_sub(kept).min(ON_THE_WAY)] += 1;
        sent += STEPS as usize;
        seen += waited;
        back += kept;
        edits += recovered;
    }
    println!(
        "{KILLS} kills: {sent} steps sent, {seen} of them seen on the screen, {back} came back \
         ({edits} edits from journals); {} kills lost no step that was seen, {} one, {} more",
        late[0], late[1], late[2]
    );
    assert!(edits > 0 && back > 0);
    assert!(late[0] * 2 > KILLS, "most kills lose nothing that was seen: {late:?}");
}
