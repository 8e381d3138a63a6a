use std::sync::Condvar;
use std::sync::Mutex;

use super::*;
use crate::form::Catalogue;
use crate::model::{Figure, Place};
use crate::session::Session;
use crate::store::draft::{self, Unknown};
use crate::store::files::faulty::{FaultyFiles, Plight};
use crate::store::files::{DiskFiles, Files};
use crate::store::lock::Identity;

const LONG: Duration = Duration::from_secs(20);

fn me() -> Identity {
    Identity::new(|_| None)
}

/// A bell that can be waited for.
#[derive(Default)]
struct Ring {
    rung: Mutex<usize>,
    changed: Condvar,
}

impl Ring {
    fn bell(self: &Arc<Self>) -> Bell {
        let ring = Arc::clone(self);
        Arc::new(move || {
            *ring.rung.lock().unwrap() += 1;
            ring.changed.notify_all();
        })
    }

    fn wait(&self) {
        let rung = self.rung.lock().unwrap();
        let (_rung, waited) = self.changed.wait_timeout_while(rung, LONG, |rung| *rung == 0).unwrap();
        assert!(!waited.timed_out(), "nobody rings");
    }
}

struct Desk {
    folder: tempfile::TempDir,
    files: FaultyFiles,
    session: Session,
    ring: Arc<Ring>,
}

impl Desk {
    fn new() -> Self {
        let form = Catalogue::default().by_id("2019").unwrap();
        let session = Session::new_report(form, "甲镇", 2020);
        let folder = tempfile::tempdir().unwrap();
        let desk = Self { folder, files: FaultyFiles::default(), session, ring: Arc::default() };
        crate::store::atomic::save(&DiskFiles, &desk.draft(), &desk.bytes()).unwrap();
        desk
    }

    fn draft(&self) -> PathBuf {
        self.folder.path().join("草稿.ron")
    }

    fn bytes(&self) -> Vec<u8> {
        draft::write(self.session.form(), self.session.report(), &Unknown::default()).into_bytes()
    }

    fn keeper(&self, files: Arc<dyn Files>) -> Keeper {
        let (file, _, found) = DraftFile::open(&*files, &me(), &self.draft(), &Catalogue::default()).unwrap();
        assert!(matches!(found, Found::Nothing));
        Keeper::away(files, file, self.ring.bell())
    }

    /// Changes a figure and gives the order to note it.
    fn put(&mut self, number: i64, sync: bool) -> Order {
        let form = Arc::clone(self.session.form());
        let Some(Place::Cell(cell)) = form.place("requests.received.natural") else { panic!("no such cell") };
        let edit = Edit::Figure { cell, to: Figure::Number(number) };
        self.session.apply(&edit, None).unwrap();
        Order::Keep { form, notes: vec![Note::Edit(edit, None)], sync }
    }

    fn save(&self) -> Order {
        let (path, bytes) = (self.draft(), self.bytes());
        Order::Save { path, bytes, when: When::Unchanged, thrift: Thrift::Keep }
    }

    /// How many edits somebody would be offered who opens the draft now.
    fn offered(&self) -> usize {
        let (_, _, found) = DraftFile::open(&DiskFiles, &me(), &self.draft(), &Catalogue::default()).unwrap();
        match found {
            Found::Nothing => 0,
            Found::Pending { replay, from } => replay.edits(from),
            other => panic!("{other:?}"),
        }
    }
}

fn answers(keeper: &mut Keeper) -> Vec<Answer> {
    assert!(keeper.wait(LONG), "the keeper does not answer");
    std::iter::from_fn(|| keeper.take()).collect()
}

#[test]
fn orders_are_answered_in_their_order_and_the_work_is_on_the_disk() {
    let mut desk = Desk::new();
    let mut keeper = desk.keeper(Arc::new(desk.files.clone()));
    for order in [desk.put(1, false), desk.put(2, true), desk.save(), desk.put(3, true)] {
        keeper.ask(order);
    }
    let said = answers(&mut keeper);
    let durable = |answer: &Answer| matches!(answer, Answer::Kept(Ok(Kept { durable: true, .. })));
    assert!(matches!(&said[0], Answer::Kept(Ok(_))), "{said:?}");
    assert!(durable(&said[1]) && durable(&said[3]), "{said:?}");
    assert!(matches!(&said[2], Answer::Saved(Ok(saved)) if saved.warnings.is_empty()), "{said:?}");
    assert!(keeper.waiting_since().is_none());
    drop(keeper);
    // The thread gives the lock back when it hears that nobody is there any more.
    let deadline = Instant::now() + LONG;
    while desk.offered() != 1 {
        assert!(Instant::now() < deadline, "the journal after the save has one edit");
    }
}

#[test]
fn closing_removes_the_journal() {
    let mut desk = Desk::new();
    let mut keeper = desk.keeper(Arc::new(desk.files.clone()));
    keeper.ask(desk.put(1, true));
    keeper.close(LONG);
    assert_eq!(desk.offered(), 0);
}

#[test]
fn what_nobody_asks_to_be_synced_is_synced_all_the_same() {
    let mut desk = Desk::new();
    let mut keeper = desk.keeper(Arc::new(desk.files.clone()));
    let begun = Instant::now();
    keeper.ask(desk.put(1, false));
    loop {
        match keeper.take() {
            Some(Answer::Kept(Ok(Kept { durable: true, .. }))) => break,
            Some(Answer::Kept(Ok(_))) | None => assert!(begun.elapsed() < LONG, "never synced"),
            Some(other) => panic!("{other:?}"),
        }
        std::thread::yield_now();
    }
    assert!(begun.elapsed() >= AT_LATEST, "it was in no hurry");
}

#[test]
fn a_failure_rings_and_the_next_change_makes_good() {
    for plight in [Plight::NoWriting(28), Plight::Nothing(116)] {
        let mut desk = Desk::new();
        let mut keeper = desk.keeper(Arc::new(desk.files.clone()));
        desk.files.strike(desk.folder.path(), plight);
        keeper.ask(desk.put(1, true));
        desk.ring.wait();
        let said = answers(&mut keeper);
        assert!(matches!(said.as_slice(), [Answer::Kept(Err(_))]), "{said:?}");
        desk.files.heal();
        keeper.ask(desk.put(2, true));
        let said = answers(&mut keeper);
        assert!(matches!(said.as_slice(), [Answer::Kept(Ok(Kept { durable: true, .. }))]), "{said:?}");
    }
}

/// The disk with a door before its journal: a share that does not answer.
#[derive(Default)]
struct Door {
    shut: Mutex<bool>,
    moved: Condvar,
}

impl Door {
    fn set(&self, shut: bool) {
        *self.shut.lock().unwrap() = shut;
        self.moved.notify_all();
    }

    fn pass(&self) {
        let shut = self.shut.lock().unwrap();
        drop(self.moved.wait_while(shut, |shut| *shut).unwrap());
    }
}

#[test]
fn a_disk_that_does_not_answer_is_waited_for_once_and_not_for_long() {
    let door = Arc::new(Door::default());
    let mut desk = Desk::new();
    let at_door = Arc::clone(&door);
    desk.files.before_each(move || at_door.pass());
    let mut keeper = desk.keeper(Arc::new(desk.files.clone()));
    door.set(true);
    for number in 0..100 {
        keeper.catch_up();
        keeper.ask(desk.put(number, false));
    }
    // All orders were given though none was carried out.
    let since = keeper.waiting_since().expect("nothing is answered");
    assert!(!keeper.wait(Duration::ZERO) && since <= Instant::now());
    door.set(false);
    assert!(
        answers(&mut keeper).iter().filter(|answer| matches!(answer, Answer::Kept(Ok(_)))).count() >= 100
    );
    keeper.ask(desk.put(7, true));
    answers(&mut keeper);
    drop(keeper);
    let deadline = Instant::now() + LONG;
    while desk.offered() != 101 {
        assert!(Instant::now() < deadline, "{} edits are offered", desk.offered());
    }
}

#[test]
fn a_fault_of_the_program_itself_is_told_and_ends_only_the_keeper() {
    let mut desk = Desk::new();
    let broken = Arc::new(Mutex::new(false));
    let is_broken = Arc::clone(&broken);
    desk.files.before_each(move || assert!(!*is_broken.lock().unwrap(), "a fault of the program"));
    let mut keeper = desk.keeper(Arc::new(desk.files.clone()));
    *broken.lock().unwrap() = true;
    keeper.ask(desk.put(1, true));
    desk.ring.wait();
    assert!(keeper.wait(LONG));
    assert!(matches!(keeper.take(), Some(Answer::Broken)));
    let order = desk.put(2, true);
    keeper.ask(order);
    assert!(keeper.take().is_none(), "it is told once");
    assert!(keeper.is_broken());
}
