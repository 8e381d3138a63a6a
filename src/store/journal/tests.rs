use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::form::Catalogue;
use crate::model::{Figure, Place, Report};
use crate::session::Session;
use crate::store::content::Content;
use crate::store::files::DiskFiles;
use crate::store::files::faulty::{Fault, FaultyFiles, Op};

const FAULTS: [Fault; 5] =
    [Fault::Error(5), Fault::Error(28), Fault::Error(13), Fault::HalfWritten, Fault::Gone];

fn form() -> Arc<Form> {
    Catalogue::default().by_id("2019").unwrap()
}

fn session() -> Session {
    let form = form();
    let report = Report::new(form.shape());
    Session::open(form, report)
}

fn header() -> Header {
    Header::new("2019", Base::Draft(Content::of(b"base")), Moment::from_seconds(1_783_915_200))
}

fn figure(path: &str, number: i64) -> Edit {
    match form().place(path).unwrap() {
        Place::Cell(cell) => Edit::Figure { cell, to: Figure::Number(number) },
        other => panic!("{other:?}"),
    }
}

struct Desk {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { path: folder.path().join(".草稿.ron.journal"), _folder: folder }
    }

    fn bytes(&self) -> Vec<u8> {
        DiskFiles.read(&self.path, MAX_BYTES).unwrap_or_default()
    }

    fn replay(&self) -> Replay {
        replay(&self.bytes())
    }
}

/// The numbers that a journal of edits of one cell holds.
fn numbers(replay: &Replay) -> Vec<i64> {
    let number = |entry: &Entry| match entry {
        Entry::Edit { changes, .. } => match changes.as_slice() {
            [Change::Figure(_, Value::Number(number))] => *number,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    replay.entries.iter().map(number).collect()
}

fn note(journal: &mut Journal, files: &dyn Files, number: i64) -> Result<(), JournalError> {
    journal.edit(files, &form(), &figure("requests.received.natural", number), None)
}

#[test]
fn the_format_is_as_agreed() {
    let desk = Desk::new();
    let files = FaultyFiles::default();
    files.set_clock(1_783_915_201);
    let mut journal = Journal::new(&desk.path, &header());
    let mut session = session();
    let visit = session.begin_visit();
    journal.edit(&files, &form(), &figure("requests.received.natural", 9), Some(visit)).unwrap();
    let fact = session.typed(form().place("cover.unit").unwrap(), "甲\n\u{1b}[2J\u{202e}\"");
    journal.edit(&files, &form(), &fact, None).unwrap();
    let text = String::from_utf8(desk.bytes()).unwrap();
    let bodies: Vec<&str> = text.lines().map(|line| line.splitn(3, ' ').last().unwrap()).collect();
    let hash = Content::of(b"base").hash;
    assert_eq!(
        bodies,
        [
            &format!(
                "Header((schema:1,form:\"2019\",base:Draft((len:4,hash:{hash})),program:\"{}\",at:(1783915200)))",
                env!("CARGO_PKG_VERSION")
            ),
            "Edit(at:(1783915201),visit:Some(1),changes:[Figure(\"requests.received.natural\",Number(9))])",
            "Edit(at:(1783915201),visit:None,changes:[Fact(\"cover.unit\",\"甲\\n\\u{1b}[2J\\u{202e}\\\"\")])",
        ]
    );
    assert_eq!(desk.replay().torn, None);
}

#[test]
fn nothing_is_on_the_disk_before_the_first_entry() {
    let desk = Desk::new();
    let mut journal = Journal::new(&desk.path, &header());
    assert!(!DiskFiles.exists(&desk.path).unwrap());
    note(&mut journal, &DiskFiles, 1).unwrap();
    assert_eq!(numbers(&desk.replay()), [1], "it is there without a sync");
    assert!(!journal.is_durable());
    journal.sync(&DiskFiles).unwrap();
    assert!(journal.is_durable());
}

#[test]
fn an_entry_costs_one_write_and_a_second_sync_nothing() {
    let desk = Desk::new();
    let files = FaultyFiles::default();
    let mut journal = Journal::new(&desk.path, &header());
    note(&mut journal, &files, 1).unwrap();
    journal.sync(&files).unwrap();
    let before = files.log().len();
    note(&mut journal, &files, 2).unwrap();
    assert_eq!(files.log()[before..], [(Op::Write, true)]);
    journal.sync(&files).unwrap();
    journal.sync(&files).unwrap();
    assert_eq!(files.log()[before + 1..], [(Op::Sync, true), (Op::Metadata, true)]);
}

/// Five entries, each synced, with a fault at every operation of that in turn, then all works again.
#[test]
fn a_fault_at_any_operation_loses_no_entry() {
    let work = |journal: &mut Journal, files: &FaultyFiles, desk: &Desk, case: &str| {
        let mut failures = 0;
        for number in 1..=5 {
            let noted = note(journal, files, number);
            let held = numbers(&desk.replay());
            if noted.is_ok() {
                assert_eq!(held.len() as i64, number, "{case}: what is said to be written is there");
            }
            let synced = journal.sync(files);
            let held = numbers(&desk.replay());
            assert_eq!(held, (1..=held.len() as i64).collect::<Vec<_>>(), "{case}: a prefix");
            assert_eq!(synced.is_ok(), journal.is_durable(), "{case}");
            if synced.is_ok() {
                assert_eq!(held.len() as i64, number, "{case}: what is said to be safe is there");
            }
            failures += usize::from(noted.is_err() || synced.is_err());
        }
        failures
    };
    let count = {
        let (desk, files) = (Desk::new(), FaultyFiles::default());
        assert_eq!(work(&mut Journal::new(&desk.path, &header()), &files, &desk, "no fault"), 0);
        files.log().len()
    };
    assert!(count > 15, "{count}");
    for at in 0..count {
        for fault in FAULTS {
            let desk = Desk::new();
            let files = FaultyFiles::failing(at, fault);
            let mut journal = Journal::new(&desk.path, &header());
            let case = format!("{fault:?} at {at}");
            let failures = work(&mut journal, &files, &desk, &case);
            let set_mode = files.log().contains(&(Op::SetMode, false));
            assert!(failures > 0 || set_mode, "{case}: it was told");
            files.heal();
            journal.sync(&files).unwrap();
            assert_eq!(numbers(&desk.replay()), [1, 2, 3, 4, 5], "{case}: the next attempt works");
        }
    }
}

#[test]
fn after_a_failed_sync_everything_doubtful_is_written_again() {
    let desk = Desk::new();
    let files = FaultyFiles::default();
    let mut journal = Journal::new(&desk.path, &header());
    note(&mut journal, &files, 1).unwrap();
    journal.sync(&files).unwrap();
    note(&mut journal, &files, 2).unwrap();
    files.fail(0, Fault::Error(5));
    journal.sync(&files).unwrap_err();
    let before = files.log().len();
    journal.sync(&files).unwrap();
    let ops: Vec<Op> = files.log()[before..].iter().map(|(op, _)| *op).collect();
    assert_eq!(ops, [Op::Metadata, Op::Append, Op::Truncate, Op::Write, Op::Sync, Op::Metadata]);
    assert_eq!(numbers(&desk.replay()), [1, 2]);
}

#[test]
fn a_file_that_was_removed_or_cut_is_noticed_and_written_anew() {
    for removed in [true, false] {
        let desk = Desk::new();
        let mut journal = Journal::new(&desk.path, &header());
        note(&mut journal, &DiskFiles, 1).unwrap();
        journal.sync(&DiskFiles).unwrap();
        if removed {
            DiskFiles.remove(&desk.path).unwrap();
        } else {
            DiskFiles.open_append(&desk.path).unwrap().truncate(10).unwrap();
        }
        let noted = note(&mut journal, &DiskFiles, 2).and_then(|()| journal.sync(&DiskFiles));
        assert!(matches!(noted, Err(JournalError::Broken { broken: Broken::Lost, .. })), "{noted:?}");
        assert!(journal.wants_rewrite());
        let mut now = session();
        now.apply(&figure("requests.received.natural", 2), None).unwrap();
        let state = Entry::State { at: Moment::default(), changes: changes_to(&form(), now.report()) };
        journal.rewrite(&DiskFiles, &header(), &[state]).unwrap();
        assert!(journal.is_durable() && !journal.wants_rewrite());
        note(&mut journal, &DiskFiles, 3).unwrap();
        let mut back = session();
        let replay = desk.replay();
        assert_eq!(recover(&mut back, replay.from(0)).edits, 2);
        assert_eq!(back.history_depth(), (2, 0));
        back.undo();
        assert_eq!(back.report(), now.report());
    }
}

#[test]
fn a_file_removed_before_the_first_sync_is_made_again() {
    let desk = Desk::new();
    let mut journal = Journal::new(&desk.path, &header());
    note(&mut journal, &DiskFiles, 1).unwrap();
    DiskFiles.remove(&desk.path).unwrap();
    journal.sync(&DiskFiles).unwrap_err();
    journal.sync(&DiskFiles).unwrap();
    assert_eq!(numbers(&desk.replay()), [1]);
}

#[test]
fn a_fault_at_any_operation_of_a_rewrite_leaves_a_whole_journal() {
    for at in 0..12 {
        for fault in FAULTS {
            let desk = Desk::new();
            let files = FaultyFiles::default();
            let mut journal = Journal::new(&desk.path, &header());
            note(&mut journal, &files, 1).unwrap();
            journal.sync(&files).unwrap();
            let line = Entry::Edit {
                at: Moment::default(),
                visit: None,
                changes: changes_of(&form(), &figure("requests.received.natural", 8)),
            };
            files.fail(at, fault);
            let result = journal.rewrite(&files, &header(), &[line]);
            let old_or_new = numbers(&desk.replay());
            assert!(old_or_new == [1] || old_or_new == [8], "{fault:?} at {at}: {old_or_new:?}");
            assert!(result.is_err() || old_or_new == [8]);
            files.heal();
            note(&mut journal, &files, 9).unwrap();
            journal.sync(&files).unwrap();
            let then = numbers(&desk.replay());
            assert_eq!(then, [old_or_new[0], 9], "{fault:?} at {at}");
        }
    }
}

#[test]
fn a_journal_that_stands_there_is_not_written_to() {
    let desk = Desk::new();
    let mut other = Journal::new(&desk.path, &header());
    note(&mut other, &DiskFiles, 1).unwrap();
    let mut journal = Journal::new(&desk.path, &header());
    let error = note(&mut journal, &DiskFiles, 2).unwrap_err();
    assert!(matches!(&error, JournalError::Exists { .. }));
    assert!(error.to_string().contains("请"), "{error}");
    assert_eq!(numbers(&desk.replay()), [1]);
    DiskFiles.remove(&desk.path).unwrap();
    note(&mut journal, &DiskFiles, 3).unwrap();
    assert_eq!(numbers(&desk.replay()), [2, 3], "once it is gone, all are written");
}

#[test]
fn a_journal_can_be_gone_on_with_after_a_torn_end() {
    let desk = Desk::new();
    let mut journal = Journal::new(&desk.path, &header());
    for number in 1..=3 {
        note(&mut journal, &DiskFiles, number).unwrap();
    }
    drop(journal);
    let len = desk.bytes().len() as u64;
    DiskFiles.open_append(&desk.path).unwrap().truncate(len - 5).unwrap();
    let torn = desk.replay();
    assert_eq!(torn.torn.map(|torn| (torn.line, torn.flaw)), Some((4, Flaw::Cut)));
    let mut journal = Journal::resume(&desk.path, &torn);
    note(&mut journal, &DiskFiles, 4).unwrap();
    journal.sync(&DiskFiles).unwrap();
    assert_eq!(numbers(&desk.replay()), [1, 2, 4]);
    assert_eq!(desk.replay().torn, None);
    journal.remove(&DiskFiles).unwrap();
    assert!(!DiskFiles.exists(&desk.path).unwrap());
}

#[test]
fn a_long_journal_asks_to_be_shortened_and_a_longer_one_stops() {
    let desk = Desk::new();
    let mut journal = Journal::new(&desk.path, &header());
    let long = |count: usize| Entry::Edit {
        at: Moment::default(),
        visit: None,
        changes: vec![Change::Fact("cover.unit".to_owned(), "长".repeat(count))],
    };
    journal.append(&DiskFiles, &long(5 << 20)).unwrap();
    assert!(!journal.wants_rewrite());
    journal.append(&DiskFiles, &long(1 << 20)).unwrap();
    assert!(journal.wants_rewrite() && journal.len() > AMPLE);
    let error = journal.append(&DiskFiles, &long(5 << 20)).unwrap_err();
    assert!(matches!(error, JournalError::Broken { broken: Broken::Full, .. }), "{error}");
    journal.rewrite(&DiskFiles, &header(), &[long(1)]).unwrap();
    assert!(!journal.wants_rewrite() && desk.replay().entries.len() == 1);
}

#[test]
fn a_draft_is_found_again_in_its_journal() {
    let content = |text: &str| Content::of(text.as_bytes());
    let saving = |text: &str| Entry::Saving { path: String::new(), content: content(text) };
    let edit = Entry::Edit { at: Moment::default(), visit: None, changes: Vec::new() };
    let replay = Replay {
        header: Some(header()),
        entries: vec![
            edit.clone(),
            saving("一"),
            edit.clone(),
            saving("二"),
            edit.clone(),
            saving("一"),
            edit,
        ],
        ..Replay::default()
    };
    assert_eq!(replay.fit(&content("base")), Fit::From(0));
    assert_eq!(replay.fit(&content("一")), Fit::From(6));
    assert_eq!(replay.fit(&content("二")), Fit::From(4));
    assert_eq!(replay.fit(&content("三")), Fit::Foreign);
    assert_eq!((replay.edits(0), replay.edits(6), replay.edits(7), replay.edits(99)), (4, 1, 0, 0));
}

fn line(sequence: u64, body: &str) -> String {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&sequence.to_le_bytes());
    hasher.update(body.as_bytes());
    format!("{sequence} {:08x} {body}\n", hasher.finalize())
}

#[test]
fn hostile_lines_end_the_reading_and_nothing_else() {
    let head = header();
    let first = Entry::Header(head.clone()).line(0).unwrap();
    let good = line(1, "Edit(at:(0),visit:None,changes:[])");
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let cases: Vec<(String, Flaw)> = vec![
        ("\n".into(), Flaw::Malformed),
        ("2\n".into(), Flaw::Malformed),
        ("-2 00000000 x\n".into(), Flaw::Malformed),
        ("99999999999999999999999 00000000 x\n".into(), Flaw::Malformed),
        ("2 zz x\n".into(), Flaw::Malformed),
        ("2 00000000 Edit(at:(0),visit:None,changes:[])\n".into(), Flaw::Checksum),
        (line(3, "Edit(at:(0),visit:None,changes:[])"), Flaw::Sequence),
        (line(1, "Edit(at:(0),visit:None,changes:[])"), Flaw::Sequence),
        (line(2, "Unheard(1)"), Flaw::Unknown),
        (line(2, "Edit(at:(0),visit:None,changes:[Figure(1,2)])"), Flaw::Unknown),
        (line(2, "Edit(at:(-1),visit:None,changes:[])"), Flaw::Unknown),
        (line(2, "Edit(at:(0),visit:Some(99999999999),changes:[])"), Flaw::Unknown),
        (
            line(2, "Edit(at:(0),visit:None,changes:[Figure(\"a\",Number(99999999999999999999))])"),
            Flaw::Unknown,
        ),
        (line(2, &deep), Flaw::Unknown),
        (line(2, "\u{1b}[2J\u{202e}"), Flaw::Unknown),
        (Entry::Header(head).line(2).unwrap(), Flaw::Header),
    ];
    for (bad, flaw) in cases {
        let shown: String = bad.chars().take(60).collect();
        let found =
            replay(format!("{first}{good}{bad}{}", line(3, "Edit(at:(0),visit:None,changes:[])")).as_bytes());
        assert_eq!(found.torn.map(|torn| (torn.line, torn.flaw)), Some((3, flaw)), "{shown}");
        assert_eq!((found.entries.len(), found.good), (1, (first.len() + good.len()) as u64), "{shown}");
    }
    let cut = replay(format!("{first}{good}2 0").as_bytes());
    assert_eq!(cut.torn.map(|torn| (torn.line, torn.flaw)), Some((3, Flaw::Cut)));
    assert_eq!(replay(b"").torn, None);
    assert_eq!(replay(good.as_bytes()).torn.unwrap().flaw, Flaw::Sequence);
    assert_eq!(
        replay(line(0, "Edit(at:(0),visit:None,changes:[])").as_bytes()).torn.unwrap().flaw,
        Flaw::Header
    );
    let newer =
        first.split_once(' ').unwrap().1.split_once(' ').unwrap().1.trim().replace("schema:1", "schema:7");
    assert_eq!(replay(line(0, &newer).as_bytes()).torn.unwrap().flaw, Flaw::Newer(7));
    assert_eq!(replay(&[0xFF, b'\n']).torn.unwrap().flaw, Flaw::Malformed);
}

#[test]
fn what_the_form_does_not_know_is_passed_over_and_reported() {
    let mut session = session();
    let fact = |path: &str, to: &str| Change::Fact(path.to_owned(), to.to_owned());
    let number = |path: &str, to| Change::Figure(path.to_owned(), Value::Number(to));
    let changes = vec![
        number("requests.received.natural", 7),
        number("requests.received.nobody", 7),
        number("requests.received.total", 7),
        number("cover.unit", 7),
        Change::Stated("requests.received.natural".to_owned(), Value::Number(7)),
        Change::Stated("requests.received.total".to_owned(), Value::Unread("\u{1b}[2J".repeat(1000))),
        fact("\u{1b}]0;x\u{7}", ""),
        fact("cover.unit", "甲"),
        Change::Text {
            path: "text.overview".to_owned(),
            at: u64::MAX,
            removed: "x".into(),
            inserted: String::new(),
        },
    ];
    let entry = Entry::Edit { at: Moment::from_seconds(60), visit: None, changes };
    let recovered = recover(&mut session, &[entry]);
    let misfits: Vec<Misfit> = recovered.skipped.iter().map(|skipped| skipped.why).collect();
    assert_eq!(misfits, [[Misfit::NoSuchPlace; 5].as_slice(), &[Misfit::TextDiffers]].concat());
    assert_eq!(
        recovered.to_string(),
        "找回 1 处修改（1970-01-01 08:01:00），另有 6 处与表式或现有文字不符，没有找回"
    );
    let now: Vec<(String, String)> = differences(&form(), &Report::new(form().shape()), session.report())
        .into_iter()
        .map(|difference| (difference.path, difference.new.chars().take(4).collect()))
        .collect();
    let expected =
        [("cover.unit", "甲"), ("requests.received.natural", "7"), ("requests.received.total", "\u{1b}[2J")];
    assert_eq!(now, expected.map(|(path, new)| (path.to_owned(), new.to_owned())));
}

#[test]
fn undo_of_a_step_before_the_last_save_is_made_as_an_edit() {
    let mut session = session();
    session.apply(&figure("requests.received.natural", 5), None).unwrap();
    let saved = session.report().clone();
    let undone = session.undo().unwrap();
    let changes = changes_of(&form(), &undone);
    let mut back = Session::open(form(), saved);
    recover(&mut back, &[Entry::Undo { at: Moment::default(), changes }]);
    assert_eq!(back.report(), session.report());
    assert_eq!(back.history_depth(), (1, 0));
}

#[test]
fn a_hundred_thousand_entries_are_read() {
    let mut text = Entry::Header(header()).line(0).unwrap();
    let changes = changes_of(&form(), &figure("requests.received.natural", 1));
    for sequence in 1..=100_000 {
        let entry = Entry::Edit { at: Moment::default(), visit: Some(1), changes: changes.clone() };
        text.push_str(&entry.line(sequence).unwrap());
    }
    let replay = replay(text.as_bytes());
    assert_eq!((replay.entries.len(), replay.torn), (100_000, None));
    let mut session = session();
    assert_eq!(recover(&mut session, replay.from(99_000)).edits, 1, "a thousand digits of one visit");
    assert_eq!(session.history_depth(), (1, 0));
}

/// What a random person does.
#[derive(Debug, Clone)]
enum Deed {
    Type { place: Index, text: String, same_visit: bool },
    Splice { at: Index, len: Index, text: String },
    Several(Vec<(Index, i64)>),
    Undo,
    Redo,
    Sync,
}

fn deed() -> impl Strategy<Value = Deed> {
    let text =
        prop_oneof!["[0-9]{0,4}", "\\PC{0,6}", "[\\x00-\\x1f]{0,3}", Just("22（其中修订16件）".to_owned())];
    prop_oneof![
        6 => (any::<Index>(), text, any::<bool>())
            .prop_map(|(place, text, same_visit)| Deed::Type { place, text, same_visit }),
        3 => (any::<Index>(), any::<Index>(), "[一二三，\n]{0,5}")
            .prop_map(|(at, len, text)| Deed::Splice { at, len, text }),
        1 => prop::collection::vec((any::<Index>(), any::<i64>()), 0..4).prop_map(Deed::Several),
        2 => Just(Deed::Undo),
        1 => Just(Deed::Redo),
        1 => Just(Deed::Sync),
    ]
}

/// Does a deed in the session and in the journal, as the screen will.
fn perform(deed: &Deed, session: &mut Session, visit: &mut Visit, journal: &mut Journal) {
    let form = form();
    let mut apply = |session: &mut Session, edit: Edit, visit| {
        session.apply(&edit, visit).unwrap();
        journal.edit(&DiskFiles, &form, &edit, visit).unwrap();
    };
    match deed {
        Deed::Type { place, text, same_visit } => {
            let places: Vec<Place> = form
                .facts
                .iter()
                .map(|fact| Place::Fact(fact.id))
                .chain(form.all_cells().map(Place::Cell))
                .collect();
            if !same_visit {
                *visit = session.begin_visit();
            }
            let edit = session.typed(*place.get(&places), text);
            apply(session, edit, Some(*visit));
        }
        Deed::Splice { at, len, text } => {
            let id = form.sections.iter().find_map(|section| section.text).unwrap();
            let content = session.report().text(id).to_owned();
            let bounds: Vec<usize> = (0..=content.len()).filter(|at| content.is_char_boundary(*at)).collect();
            let (one, other) = (*at.get(&bounds), *len.get(&bounds));
            let (from, to) = (one.min(other), one.max(other));
            let edit = Edit::Text {
                text: id,
                at: from,
                removed: content[from..to].to_owned(),
                inserted: text.clone(),
            };
            apply(session, edit, Some(*visit));
        }
        Deed::Several(figures) => {
            let cells: Vec<_> = form
                .all_cells()
                .filter(|cell| form.slot(*cell).unwrap().role == crate::form::Role::Input)
                .collect();
            let edit =
                |(cell, to): &(Index, i64)| Edit::Figure { cell: *cell.get(&cells), to: Figure::Number(*to) };
            apply(session, Edit::Many(figures.iter().map(edit).collect()), None);
        }
        Deed::Undo => {
            if let Some(edit) = session.undo() {
                let changes = changes_of(&form, &edit);
                journal.append(&DiskFiles, &Entry::Undo { at: Moment::default(), changes }).unwrap();
            }
        }
        Deed::Redo => {
            if let Some(edit) = session.redo() {
                let changes = changes_of(&form, &edit);
                journal.append(&DiskFiles, &Entry::Redo { at: Moment::default(), changes }).unwrap();
            }
        }
        Deed::Sync => journal.sync(&DiskFiles).unwrap(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_journal_cut_anywhere_gives_back_a_prefix_with_all_that_was_synced(
        deeds in prop::collection::vec(deed(), 1..20),
    ) {
        let desk = Desk::new();
        let mut journal = Journal::new(&desk.path, &header());
        let mut session = session();
        let mut visit = session.begin_visit();
        // The report and the steps after each entry, and where the entry ends.
        let mut states = vec![(session.report().clone(), session.history_depth())];
        let mut ends = Vec::new();
        let mut synced = 0;
        for deed in &deeds {
            let before = desk.bytes().len();
            perform(deed, &mut session, &mut visit, &mut journal);
            // A sync before the first edit writes the header alone, which is no entry.
            if !matches!(deed, Deed::Sync) && desk.bytes().len() > before {
                ends.push(desk.bytes().len());
                states.push((session.report().clone(), session.history_depth()));
            }
            if matches!(deed, Deed::Sync) {
                synced = ends.len();
            }
        }
        let bytes = desk.bytes();
        for cut in 0..=bytes.len() {
            let found = replay(&bytes[..cut]);
            let expected = ends.iter().filter(|end| **end <= cut).count();
            prop_assert_eq!(found.entries.len(), expected, "cut at {}", cut);
            prop_assert!(cut < ends.get(synced.wrapping_sub(1)).copied().unwrap_or(0) || expected >= synced);
        }
        let whole = replay(&bytes);
        for count in 0..=ends.len() {
            let mut back = self::session();
            let recovered = recover(&mut back, &whole.entries[..count]);
            prop_assert_eq!(&recovered.skipped, &[]);
            prop_assert!(recovered.edits <= count && (recovered.edits > 0) == (count > 0));
            prop_assert_eq!(back.report(), &states[count].0);
            prop_assert_eq!(back.history_depth(), states[count].1);
            while back.undo().is_some() {}
            prop_assert_eq!(back.report(), &states[0].0, "undo leads back to the start");
        }
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let found = replay(&bytes);
        prop_assert!(found.good <= bytes.len() as u64);
        prop_assert_eq!(found.torn.is_none(), found.good == bytes.len() as u64);
    }

    #[test]
    fn a_damaged_byte_gives_back_what_stood_before_it(at in any::<Index>(), byte in any::<u8>()) {
        let desk = Desk::new();
        let mut journal = Journal::new(&desk.path, &header());
        for number in 1..=5 {
            note(&mut journal, &DiskFiles, number).unwrap();
        }
        let whole = desk.bytes();
        let mut damaged = whole.clone();
        let at = at.index(whole.len());
        damaged[at] = byte;
        let before = replay(&whole[..at]).entries.len();
        let found = numbers(&replay(&damaged));
        prop_assert!(found.len() >= before);
        prop_assert_eq!(&found, &(1..=found.len() as i64).collect::<Vec<_>>());
    }
}
