//! The real program killed at random moments: what was typed is there again.

use gouji::form::Catalogue;
use gouji::session::Session;
use gouji::store::files::DiskFiles;
use gouji::store::guard::{DraftFile, Found};
use gouji::store::lock::Identity;

use crate::support::pty::{Desk, Sight};

const KILLS: usize = 200;
const CELLS: [&str; 6] = ["natural", "business", "research", "welfare", "legal", "other_org"];
const ROWS: [&str; 2] = ["received", "carried_in"];

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

/// Whether a figure is on the screen as a whole, not as a part of another.
fn shows_figure(sight: Sight<'_>, figure: &str) -> bool {
    (0..40).any(|row| sight.line(row).split(|c: char| !c.is_ascii_digit()).any(|piece| piece == figure))
}

#[test]
fn two_hundred_kills_lose_no_figure_that_was_entered() {
    let (mut entered, mut seen, mut back) = (0, 0, 0);
    for kill in 0..KILLS {
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ (kill as u64 + 1));
        let (desk, name) = Desk::with("sample-data/yiyuan-2020.ron");
        let values: Vec<u64> = (0..CELLS.len() * ROWS.len()).map(|_| 10_000 + dice.below(90_000)).collect();
        let mut pty = desk.screen(&[&name]).size(120, 40).start();
        pty.wait_text("[封面]").send("\x1b3").wait_text("[三申请");
        // Some figures one after another, waited for; then the rest at once, and the kill amid it.
        let waited = dice.below(values.len() as u64) as usize;
        let saves = dice.below(3) == 0;
        for (index, value) in values.iter().enumerate() {
            pty.send(&format!("{value}\r"));
            if index < waited {
                let shown = value.to_string();
                pty.wait("the figure", |sight| shows_figure(sight, &shown));
            } else if index == waited && saves {
                pty.send("\x13");
            }
        }
        for _ in 0..dice.below(400) {
            std::hint::spin_loop();
        }
        pty.signal("KILL");
        pty.is_gone();

        let (session, recovered) = reopened(&desk.path(&name));
        let whole = |index: usize| {
            let path = format!("requests.{}.{}", ROWS[index / CELLS.len()], CELLS[index % CELLS.len()]);
            let place = session.form().place(&path).unwrap();
            session.shown(place) == values[index].to_string()
        };
        let kept = (0..values.len()).take_while(|index| whole(*index)).count();
        // A figure on the screen was written to the journal before the next key was looked at.
        assert!(kept + 1 >= waited, "kill {kill}: {kept} of {waited} figures that had been seen came back");
        entered += values.len();
        seen += waited;
        back += kept;
        assert!(recovered > 0 || kept == 0 || saves, "kill {kill}: {kept} figures without a journal");
    }
    println!("{KILLS} kills: {entered} figures sent, {seen} of them seen on screen, {back} came back");
    assert!(back + KILLS >= seen);
}
