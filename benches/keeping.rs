//! What keeping the work safe costs, on the largest sample at 120×40: beside a keystroke, and for a save.
//!
//! Run with `cargo bench --bench keeping`. Read the figures as ratios within one run: machines and disks are noisy.
//! What the journal adds to a keystroke is the time of `hand_over` against that of `digit`; it comes after the
//! frame, so that it delays at most the key after, and only one that is there already.

#![allow(clippy::unwrap_used)] // a benchmark that can not be set up has nothing to measure

mod support;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use divan::Bencher;
use gouji::form::Catalogue;
use gouji::session::Session;
use gouji::store::atomic;
use gouji::store::draft::{self, Unknown};
use gouji::store::files::DiskFiles;
use gouji::store::guard::{DraftFile, Thrift, When};
use gouji::store::lock::Identity;
use gouji::store::recent::Places;
use gouji::tui::app::App;
use gouji::tui::event::Event;
use gouji::tui::key::Key;
use gouji::tui::outside::{self, FAREWELL, Keepers, Outside};
use gouji::tui::painter::Painter;

use support::{painter, program};

const LARGEST: &str = "sample-data/yiyuan-2020.ron";

fn main() {
    divan::main();
}

/// From key to bytes, without a journal.
#[divan::bench]
fn digit(bencher: Bencher<'_, '_>) {
    let mut stage = Stage::new();
    bencher.bench_local(|| stage.digit());
}

/// Handing the change to the journal when the disk has had time since the last one, as between the keys of a person.
#[divan::bench]
fn hand_over(bencher: Bencher<'_, '_>) {
    let stage = std::cell::RefCell::new(Stage::new());
    bencher
        .with_inputs(|| {
            let mut stage = stage.borrow_mut();
            stage.digit();
            stage.wait();
        })
        .bench_local_values(|()| stage.borrow_mut().hand_over());
}

/// Key, bytes and journal, one key right after the other, as when a key is held down or sent by a program.
#[divan::bench]
fn digit_and_journal_without_a_pause(bencher: Bencher<'_, '_>) {
    let mut stage = Stage::new();
    bencher.bench_local(|| {
        stage.digit();
        stage.hand_over();
    });
}

/// The journal made durable, as at every Enter; on the keeper's thread.
#[divan::bench]
fn sync(bencher: Bencher<'_, '_>) {
    let stage = std::cell::RefCell::new(Stage::new());
    bencher
        .with_inputs(|| {
            let mut stage = stage.borrow_mut();
            stage.digit();
        })
        .bench_local_values(|()| {
            let mut stage = stage.borrow_mut();
            let Stage { outside, app, .. } = &mut *stage;
            assert!(outside.make_safe(app, FAREWELL));
        });
}

/// A whole save: the comparison with what is there, a backup, the new content, all durable.
#[divan::bench]
fn save(bencher: Bencher<'_, '_>) {
    let (_folder, path) = draft_in_folder();
    let catalogue = Catalogue::default();
    let (mut file, opened, _) = DraftFile::open(&DiskFiles, &me(), &path, &catalogue).unwrap();
    let mut session = Session::open(opened.draft.form, opened.draft.report);
    let place = session.form().place("requests.received.natural").unwrap();
    let mut number = 0;
    bencher.bench_local(|| {
        number += 1;
        let edit = session.typed(place, &number.to_string());
        session.apply(&edit, None).unwrap();
        let bytes = draft::write(session.form(), session.report(), &Unknown::default());
        file.save_as(&DiskFiles, &path, bytes.as_bytes(), When::Unchanged, Thrift::Keep).unwrap();
    });
}

/// The program with section 三 of the largest sample shown, and a keeper on its own thread.
struct Stage {
    app: App,
    outside: Outside,
    painter: Painter,
    keys: std::iter::Cycle<std::array::IntoIter<Key, 3>>,
    _folder: tempfile::TempDir,
}

impl Stage {
    fn new() -> Self {
        let (folder, path) = draft_in_folder();
        let outside = Outside {
            files: Arc::new(DiskFiles),
            places: Places { state: Some(folder.path().join("state")), config: None },
            catalogue: Arc::new(Catalogue::default()),
            me: me(),
            keepers: Keepers::Away(Arc::new(|| ())),
            errands: outside::Errands::default(),
        };
        let mut app = program();
        let (workbench, notice) = outside.open(&path).unwrap();
        outside::show(&mut app, workbench, notice);
        app.update(Event::Key("alt-3".parse().unwrap()));
        let painter = painter(&app);
        let keys = ["8", "3", "esc"].map(|key| key.parse().unwrap()).into_iter().cycle();
        Self { app, outside, painter, keys, _folder: folder }
    }

    fn digit(&mut self) -> usize {
        self.app.update(Event::Key(self.keys.next().unwrap()));
        self.painter.frame(&self.app).len()
    }

    fn hand_over(&mut self) {
        self.outside.keep(&mut self.app, false);
    }

    fn wait(&mut self) {
        while self.outside.patience(&mut self.app).is_some() {
            std::thread::sleep(Duration::from_micros(100));
        }
    }
}

fn draft_in_folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("draft.ron");
    let text = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(LARGEST)).unwrap();
    atomic::save(&DiskFiles, &path, &text).unwrap();
    (folder, path)
}

fn me() -> Identity {
    Identity::new(|_| None)
}
