use std::sync::Arc;

use super::*;
use crate::assets;
use crate::model::{Figure, Place, Report};
use crate::store::backup;
use crate::store::draft::{self, Unknown};
use crate::store::files::DiskFiles;
use crate::store::files::faulty::{Fault, FaultyFiles, Op};
use crate::store::journal::{Change, Value, differences};

const FAULTS: [Fault; 5] =
    [Fault::Error(5), Fault::Error(28), Fault::Error(13), Fault::HalfWritten, Fault::Gone];

fn me() -> Identity {
    Identity::new(|_| None)
}

fn cell(form: &Form, number: i64) -> Edit {
    match form.place("requests.received.natural").unwrap() {
        Place::Cell(cell) => Edit::Figure { cell, to: Figure::Number(number) },
        other => panic!("{other:?}"),
    }
}

fn bytes(session: &Session) -> Vec<u8> {
    draft::write(session.form(), session.report(), &Unknown::default()).into_bytes()
}

/// A folder with a draft whose first figure is 0.
struct Desk {
    folder: tempfile::TempDir,
    files: FaultyFiles,
}

/// A draft being worked on.
struct Work {
    file: DraftFile,
    session: Session,
}

impl Desk {
    fn new() -> Self {
        let desk = Self::empty();
        let form = Catalogue::default().by_id("2019").unwrap();
        let mut session = Session::open(Arc::clone(&form), Report::new(form.shape()));
        session.apply(&cell(&form, 0), None).unwrap();
        crate::store::atomic::save(&DiskFiles, &desk.draft(), &bytes(&session)).unwrap();
        desk
    }

    fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), files: FaultyFiles::default() }
    }

    fn draft(&self) -> PathBuf {
        self.folder.path().join("草稿.ron")
    }

    fn open_as(&self, files: &dyn Files) -> (Work, Found) {
        let (file, opened, found) =
            DraftFile::open(files, &me(), &self.draft(), &Catalogue::default()).unwrap();
        (Work { file, session: Session::open(opened.draft.form, opened.draft.report) }, found)
    }

    fn open(&self) -> Work {
        let (work, found) = self.open_as(&self.files);
        assert!(matches!(found, Found::Nothing), "{found:?}");
        work
    }

    /// What a person finds who opens the draft after a crash and takes all that is offered: the figure in the
    /// draft, and that after recovery.
    #[track_caller]
    fn reopen(&self) -> (i64, i64) {
        let (mut work, found) = self.open_as(&DiskFiles);
        let saved = work.figure();
        assert!(matches!(found, Found::Nothing | Found::Pending { .. }), "{found:?}");
        let recovered = work.file.recover(&mut work.session, &found);
        assert_eq!(recovered.skipped, []);
        (saved, work.figure())
    }

    /// The first figure of the draft and those of its backups, newest first.
    fn contents(&self) -> (i64, Vec<i64>) {
        let figure = |text: &[u8]| {
            let text = std::str::from_utf8(text).unwrap();
            let (draft, _) = draft::read("", text, &Catalogue::default()).unwrap();
            figure(&draft.form, &draft.report)
        };
        let backups = backup::list(&DiskFiles, &self.draft()).unwrap();
        let backups = backups.iter().map(|kept| figure(&backup::read(&DiskFiles, kept).unwrap())).collect();
        (figure(&DiskFiles.read(&self.draft(), 1 << 20).unwrap()), backups)
    }

    fn names(&self) -> Vec<String> {
        let names = DiskFiles.list_dir(self.folder.path()).unwrap();
        names.into_iter().map(|name| name.into_string().unwrap()).collect()
    }

    fn write(&self, content: &[u8]) {
        crate::store::atomic::save(&DiskFiles, &self.draft(), content).unwrap();
    }
}

fn figure(form: &Form, report: &Report) -> i64 {
    match form.place("requests.received.natural").unwrap() {
        Place::Cell(cell) => report.figure(cell).number().unwrap_or(-1),
        other => panic!("{other:?}"),
    }
}

impl Work {
    fn figure(&self) -> i64 {
        figure(self.session.form(), self.session.report())
    }

    fn put(&mut self, files: &dyn Files, number: i64) -> Result<(), JournalError> {
        let form = Arc::clone(self.session.form());
        let edit = cell(&form, number);
        self.session.apply(&edit, None).unwrap();
        self.file.note_edit(files, &form, &edit, None)
    }

    fn save(&mut self, files: &dyn Files) -> Result<Saved, SaveError> {
        self.file.save(files, &bytes(&self.session), When::Unchanged)
    }
}

#[test]
fn a_day_of_work() {
    let desk = Desk::new();
    let mut work = desk.open();
    work.put(&desk.files, 1).unwrap();
    work.file.sync(&desk.files).unwrap();
    assert!(work.file.is_durable());
    assert!(desk.names().contains(&".草稿.ron.journal".to_owned()));
    let saved = work.save(&desk.files).unwrap();
    assert!(saved.warnings.is_empty(), "{:?}", saved.warnings);
    work.put(&desk.files, 2).unwrap();
    let undone = work.session.undo().unwrap();
    let form = Arc::clone(work.session.form());
    work.file.note_undo(&desk.files, &form, &undone).unwrap();
    let redone = work.session.redo().unwrap();
    work.file.note_redo(&desk.files, &form, &redone).unwrap();
    work.save(&desk.files).unwrap();
    assert_eq!(desk.contents(), (2, vec![1, 0]));
    work.file.close(&desk.files).unwrap();
    let left = desk.names();
    assert!(!cfg!(unix) || left == [".草稿.ron.backups", "草稿.ron"], "{left:?}");
}

#[test]
fn after_a_crash_the_edits_come_back_with_their_steps() {
    let desk = Desk::new();
    let mut work = desk.open();
    for number in 1..=3 {
        work.put(&desk.files, number).unwrap();
    }
    let expected = work.session.history_depth();
    drop(work);
    let (mut work, found) = desk.open_as(&desk.files);
    let Found::Pending { replay, from } = &found else { panic!("{found:?}") };
    assert_eq!(replay.edits(*from), 3);
    let before = work.session.report().clone();
    let recovered = work.file.recover(&mut work.session, &found);
    assert!(recovered.to_string().starts_with("找回 3 处修改（"), "{recovered}");
    let differences = differences(work.session.form(), &before, work.session.report());
    let [one] = differences.as_slice() else { panic!("{differences:?}") };
    assert_eq!((one.old.as_str(), one.new.as_str()), ("0", "3"));
    assert_eq!(work.session.history_depth(), expected);
    work.put(&desk.files, 4).unwrap();
    drop(work);
    assert_eq!(desk.reopen(), (0, 4), "the journal was gone on with");
}

#[test]
fn declined_edits_are_set_aside_and_new_ones_are_kept() {
    let desk = Desk::new();
    let mut work = desk.open();
    work.put(&desk.files, 1).unwrap();
    drop(work);
    let (mut work, _) = desk.open_as(&desk.files);
    assert!(matches!(work.put(&desk.files, 5), Err(JournalError::Exists { .. })), "not answered yet");
    let aside = work.file.set_aside(&desk.files).unwrap();
    assert!(aside.ends_with(".草稿.ron.journal.old"));
    work.put(&desk.files, 6).unwrap();
    drop(work);
    assert_eq!(desk.reopen(), (0, 6));
    let kept = super::super::journal::replay(&DiskFiles.read(&aside, 1 << 20).unwrap());
    assert_eq!(kept.edits(0), 1);
}

/// The heart of the matter: edit, save, edit, with a fault at every operation; then a crash and a new start.
#[test]
fn a_fault_at_any_operation_of_a_save_leaves_one_content_and_a_journal_that_fits() {
    let count = {
        let desk = Desk::new();
        let mut work = desk.open();
        work.put(&desk.files, 1).unwrap();
        work.file.sync(&desk.files).unwrap();
        let before = desk.files.log().len();
        work.save(&desk.files).unwrap();
        desk.files.log().len() - before
    };
    assert!(count > 20, "{count}");
    let mut successes = 0;
    for at in 0..count {
        for fault in FAULTS {
            let case = format!("{fault:?} at {at}");
            let desk = Desk::new();
            let mut work = desk.open();
            work.put(&desk.files, 1).unwrap();
            work.file.sync(&desk.files).unwrap();
            desk.files.fail(at, fault);
            let saved = work.save(&desk.files);
            let (now, backups) = desk.contents();
            match &saved {
                Ok(saved) => {
                    assert_eq!(now, 1, "{case}");
                    assert!(backups == [0] || !saved.warnings.is_empty(), "{case}: {backups:?}");
                    successes += 1;
                }
                Err(SaveError::Store(StoreError::Unconfirmed { .. })) => assert_eq!(now, 1, "{case}"),
                Err(_) => assert_eq!(now, 0, "{case}"),
            }
            if fault != Fault::Gone {
                work.put(&desk.files, 2).unwrap_or_default();
                work.file.sync(&desk.files).unwrap();
                drop(work);
                assert_eq!(desk.reopen(), (now, 2), "{case}");
                continue;
            }
            // From the fault on nothing reached the disk, as if the program had ended there.
            drop(work);
            assert_eq!(desk.reopen(), (now, 1), "{case}");
            let _again = desk.open_as(&DiskFiles);
        }
    }
    assert!(successes > 10, "{successes}");
}

#[test]
fn a_crash_at_any_operation_of_a_save_applies_nothing_twice() {
    // A text grows with each edit, so that an edit made twice would show.
    let form = Catalogue::default().by_id("2019").unwrap();
    let text = form.sections.iter().find_map(|section| section.text).unwrap();
    let grow = |session: &Session| Edit::Text {
        text,
        at: session.report().text(text).len(),
        removed: String::new(),
        inserted: "一".to_owned(),
    };
    for at in 0..40 {
        let desk = Desk::new();
        let mut work = desk.open();
        for _ in 0..3 {
            let edit = grow(&work.session);
            work.session.apply(&edit, None).unwrap();
            work.file.note_edit(&desk.files, &form, &edit, None).unwrap();
        }
        work.file.sync(&desk.files).unwrap();
        desk.files.fail(at, Fault::Gone);
        let _ = work.save(&desk.files);
        drop(work);
        let (mut work, found) = desk.open_as(&DiskFiles);
        work.file.recover(&mut work.session, &found);
        assert_eq!(work.session.report().text(text), "一一一", "at {at}");
    }
}

#[test]
fn a_fault_at_any_operation_of_recovery_loses_nothing() {
    for at in 0..40 {
        for fault in FAULTS {
            let case = format!("{fault:?} at {at}");
            let desk = Desk::new();
            let mut work = desk.open();
            for number in 1..=3 {
                work.put(&desk.files, number).unwrap();
            }
            drop(work);
            let journal = desk.folder.path().join(".草稿.ron.journal");
            let len = DiskFiles.metadata(&journal).unwrap().len;
            DiskFiles.open_append(&journal).unwrap().truncate(len - 3).unwrap();

            desk.files.fail(at, fault);
            let opened = DraftFile::open(&desk.files, &me(), &desk.draft(), &Catalogue::default());
            if let Ok((file, opened, found)) = opened {
                let session = Session::open(opened.draft.form, opened.draft.report);
                let mut work = Work { file, session };
                match &found {
                    Found::Pending { .. } => {
                        work.file.recover(&mut work.session, &found);
                        assert_eq!(work.figure(), 2, "{case}");
                        let noted = work.put(&desk.files, 4).and_then(|()| work.file.sync(&desk.files));
                        drop(work);
                        let expected = if noted.is_ok() { &[4][..] } else { &[2, 4] };
                        let now = desk.reopen();
                        assert!(now.0 == 0 && expected.contains(&now.1), "{case}: {now:?}");
                        continue;
                    }
                    Found::Unreadable(error) => assert!(error.to_string().contains('。'), "{case}"),
                    other => panic!("{case}: {other:?}"),
                }
            }
            assert_eq!(desk.reopen(), (0, 2), "{case}");
        }
    }
}

#[test]
fn a_change_by_somebody_else_is_noticed_and_the_user_decides() {
    let desk = Desk::new();
    let mut work = desk.open();
    work.put(&desk.files, 1).unwrap();
    let (mut other, _) = desk.open_as(&DiskFiles);
    assert!(matches!(other.file.access(), Access::ReadOnly { holder: Some(_), .. }));
    other.put(&DiskFiles, 7).unwrap();
    assert!(matches!(other.save(&DiskFiles), Err(SaveError::Held { .. })));
    // By another program that knows of no lock.
    desk.write(&bytes(&other.session));
    let error = work.save(&desk.files).unwrap_err();
    assert!(matches!(error, SaveError::Changed { .. }) && error.to_string().contains("请先比较"), "{error}");
    assert_eq!(desk.contents(), (7, vec![]));
    let saved = work.file.save(&desk.files, &bytes(&work.session), When::Always).unwrap();
    assert!(saved.warnings.is_empty());
    assert_eq!(desk.contents(), (1, vec![7]), "what was overwritten is kept");
    work.put(&desk.files, 2).unwrap();
    work.save(&desk.files).unwrap();
}

#[test]
fn edits_of_another_content_are_not_made_on_this_one() {
    let desk = Desk::new();
    let mut work = desk.open();
    work.put(&desk.files, 1).unwrap();
    let other = bytes(&work.session);
    work.put(&desk.files, 2).unwrap();
    drop(work);
    desk.write(&other);
    let (mut work, found) = desk.open_as(&desk.files);
    let Found::Foreign(replay) = &found else { panic!("{found:?}") };
    assert_eq!(replay.edits(0), 2);
    assert_eq!(work.file.recover(&mut work.session, &found).edits, 0);
    assert_eq!(work.figure(), 1);
    work.file.set_aside(&desk.files).unwrap();
    work.put(&desk.files, 3).unwrap();
    drop(work);
    assert_eq!(desk.reopen(), (1, 3));
}

#[test]
fn a_damaged_journal_is_told_and_one_cut_at_its_start_is_nothing() {
    for (content, nothing) in [("", true), ("0 123", true), ("0 00000000 Header\n", false), ("乱\n", false)]
    {
        let desk = Desk::new();
        let journal = desk.folder.path().join(".草稿.ron.journal");
        crate::store::atomic::save(&DiskFiles, &journal, content.as_bytes()).unwrap();
        let (_work, found) = desk.open_as(&desk.files);
        if nothing {
            assert!(matches!(found, Found::Nothing), "{content}: {found:?}");
            assert!(!DiskFiles.exists(&journal).unwrap());
        } else {
            assert!(matches!(found, Found::Damaged(_)), "{content}: {found:?}");
            assert!(DiskFiles.exists(&journal).unwrap());
        }
    }
}

#[test]
fn a_missing_draft_is_made_again_and_a_missing_folder_is_told() {
    let desk = Desk::empty();
    let folder = desk.folder.path().join("共享");
    DiskFiles.create_dir_all(&folder).unwrap();
    let path = folder.join("草稿.ron");
    crate::store::atomic::save(&DiskFiles, &path, assets::SAMPLE.1.as_bytes()).unwrap();
    let (file, opened, _) = DraftFile::open(&desk.files, &me(), &path, &Catalogue::default()).unwrap();
    let mut work = Work { file, session: Session::open(opened.draft.form, opened.draft.report) };
    DiskFiles.remove(&path).unwrap();
    work.put(&desk.files, 1).unwrap();
    work.save(&desk.files).unwrap();
    work.put(&desk.files, 2).unwrap();
    work.file.sync(&desk.files).unwrap();

    std::fs::rename(&folder, desk.folder.path().join("移走")).unwrap();
    work.put(&desk.files, 3).unwrap_or_default();
    assert!(work.file.sync(&desk.files).is_err(), "the open file has no name any more");
    let error = work.save(&desk.files).unwrap_err();
    assert!(error.to_string().contains("请先建立文件夹"), "{error}");
    assert!(work.file.wants_rewrite());

    DiskFiles.create_dir_all(&folder).unwrap();
    work.file.rewrite_journal(&desk.files, work.session.form(), work.session.report()).unwrap();
    assert!(work.file.is_durable());
    work.save(&desk.files).unwrap();
    assert!(matches!(work.file.access(), Access::Locked(lock) if lock.still_ours()), "locked again");
    assert!(!DiskFiles.exists(work.file.journal_path()).unwrap());
}

#[test]
fn a_journal_written_anew_fits_the_draft_before_and_after_an_unconfirmed_save() {
    let desk = Desk::new();
    let old = DiskFiles.read(&desk.draft(), 1 << 20).unwrap();
    let mut work = desk.open();
    work.put(&desk.files, 1).unwrap();
    work.file.sync(&desk.files).unwrap();
    // The folder's sync that confirms the draft is the last one.
    let syncs = {
        let desk = Desk::new();
        let mut work = desk.open();
        work.put(&desk.files, 1).unwrap();
        work.file.sync(&desk.files).unwrap();
        let before = desk.files.log().len();
        work.save(&desk.files).unwrap();
        desk.files.log()[before..].iter().rposition(|(op, _)| *op == Op::SyncDir).unwrap()
    };
    desk.files.fail(syncs, Fault::Error(5));
    assert!(matches!(work.save(&desk.files), Err(SaveError::Store(StoreError::Unconfirmed { .. }))));
    desk.files.heal();
    work.put(&desk.files, 2).unwrap();
    work.file.rewrite_journal(&desk.files, work.session.form(), work.session.report()).unwrap();
    work.put(&desk.files, 3).unwrap();
    drop(work);
    assert_eq!(desk.reopen(), (1, 3));
    desk.write(&old);
    assert_eq!(desk.reopen(), (0, 3));
}

#[test]
fn saving_elsewhere_takes_lock_and_journal_along() {
    let desk = Desk::new();
    let mut work = desk.open();
    work.put(&desk.files, 1).unwrap();
    let other = desk.folder.path().join("另存.ron");
    let content = bytes(&work.session);
    let saved = work.file.save_as(&desk.files, &other, &content, When::Unchanged, Thrift::Keep).unwrap();
    assert!(saved.warnings.is_empty(), "{:?}", saved.warnings);
    assert_eq!(work.file.path().unwrap().file_name(), other.file_name());
    assert_eq!(desk.contents(), (0, vec![]), "the first file stays as it was");
    assert_eq!(desk.reopen(), (0, 0), "free again, with no journal");
    work.put(&desk.files, 2).unwrap();
    assert!(desk.names().contains(&".另存.ron.journal".to_owned()));

    let content = bytes(&work.session);
    let error =
        work.file.save_as(&desk.files, &desk.draft(), &content, When::Unchanged, Thrift::Keep).unwrap_err();
    assert!(matches!(error, SaveError::Exists { .. }));
    let (held, _) = desk.open_as(&DiskFiles);
    let error =
        work.file.save_as(&desk.files, &desk.draft(), &content, When::Always, Thrift::Keep).unwrap_err();
    assert!(matches!(error, SaveError::Held { .. }));
    drop(held);
    work.file.save_as(&desk.files, &desk.draft(), &content, When::Always, Thrift::Keep).unwrap();
    assert_eq!(desk.contents(), (2, vec![0]));
}

#[test]
fn a_fault_at_any_operation_of_saving_elsewhere_keeps_the_edits_somewhere() {
    for at in 0..50 {
        for fault in FAULTS {
            let case = format!("{fault:?} at {at}");
            let desk = Desk::new();
            let mut work = desk.open();
            work.put(&desk.files, 1).unwrap();
            work.file.sync(&desk.files).unwrap();
            let other = desk.folder.path().join("另存.ron");
            desk.files.fail(at, fault);
            let content = bytes(&work.session);
            let saved = work.file.save_as(&desk.files, &other, &content, When::Unchanged, Thrift::Keep);
            drop(work);
            let there = DiskFiles.read(&other, 1 << 20).ok();
            if saved.is_ok() {
                assert_eq!(there.as_deref(), Some(content.as_slice()), "{case}");
            } else {
                assert!(there.is_none_or(|there| there == content), "{case}");
                assert_eq!(desk.reopen(), (0, 1), "{case}");
            }
        }
    }
}

#[test]
fn a_backup_goes_in_the_place_of_the_draft() {
    let desk = Desk::new();
    let mut work = desk.open();
    work.put(&desk.files, 1).unwrap();
    work.save(&desk.files).unwrap();
    work.put(&desk.files, 2).unwrap();
    let oldest = backup::list(&desk.files, &desk.draft()).unwrap().pop().unwrap();
    let (content, saved) = work.file.restore(&desk.files, &oldest, When::Unchanged).unwrap();
    assert!(saved.warnings.is_empty() && saved.content == Content::of(&content));
    assert_eq!(desk.contents(), (0, vec![1, 0]));
    assert!(desk.names().contains(&".草稿.ron.journal.old".to_owned()), "unsaved edits are set aside");
    drop(work);
    assert_eq!(desk.reopen(), (0, 0));
}

#[test]
fn a_disk_too_full_for_a_backup_is_not_too_full_for_the_draft() {
    let desk = Desk::new();
    let mut work = desk.open();
    work.put(&desk.files, 1).unwrap();
    let before = desk.files.log().len();
    // The second file that is created, after that of the backup, does not fit.
    let creations = {
        let desk = Desk::new();
        let mut work = desk.open();
        work.put(&desk.files, 1).unwrap();
        let before = desk.files.log().len();
        work.save(&desk.files).unwrap();
        let log = desk.files.log();
        let created: Vec<usize> =
            (before..log.len()).filter(|at| log[*at].0 == Op::Create).map(|at| at - before).collect();
        created
    };
    assert_eq!(creations.len(), 2);
    desk.files.fail(creations[1], Fault::Error(28));
    let saved = work.save(&desk.files).unwrap();
    assert!(matches!(saved.warnings.as_slice(), [Warning::NoBackup(_)]), "{:?}", saved.warnings);
    assert_eq!(desk.contents(), (1, vec![]));
    assert!(desk.files.log().len() > before);
}

#[test]
fn without_a_lock_work_goes_on_and_a_foreign_change_is_noticed() {
    let desk = Desk::new();
    // The first operation finds the path without links.
    let files = FaultyFiles::failing(1, Fault::Error(95));
    let (mut work, _) = desk.open_as(&files);
    assert!(matches!(work.file.access(), Access::Unlocked(_)));
    work.put(&files, 1).unwrap();
    work.save(&files).unwrap();
    work.put(&files, 2).unwrap();
    desk.write(b"?");
    assert!(matches!(work.save(&files), Err(SaveError::Changed { .. })));
}

#[test]
fn a_dead_holder_is_taken_over_with_its_edits() {
    let desk = Desk::new();
    let far = Identity { host: "别的电脑".to_owned(), ..me() };
    let (file, opened, _) = DraftFile::open(&DiskFiles, &far, &desk.draft(), &Catalogue::default()).unwrap();
    let mut gone = Work { file, session: Session::open(opened.draft.form, opened.draft.report) };
    gone.put(&DiskFiles, 1).unwrap();
    let (mut work, found) = desk.open_as(&desk.files);
    assert!(matches!(found, Found::Nothing), "its journal is left alone");
    work.put(&desk.files, 9).unwrap();
    assert!(work.file.is_durable(), "a draft open for reading has no journal");
    work.session.undo().unwrap();
    let found = work.file.take_over(&desk.files).unwrap();
    assert_eq!(work.file.recover(&mut work.session, &found).edits, 1);
    work.save(&desk.files).unwrap();
    assert_eq!(desk.contents(), (1, vec![0]));
}

#[test]
fn a_report_that_was_never_saved_comes_back() {
    let desk = Desk::empty();
    let folder = desk.folder.path().join("状态/unsaved");
    let form = Catalogue::default().by_id("2019").unwrap();
    let mut session = Session::new_report(Arc::clone(&form), "甲镇", 2020);
    let (mut file, made) = DraftFile::unsaved(&desk.files, &me(), &folder, &session);
    made.unwrap();
    assert!(matches!(file.save(&desk.files, b"", When::Unchanged), Err(SaveError::NoFile)));
    let edit = cell(&form, 5);
    session.apply(&edit, None).unwrap();
    file.note_edit(&desk.files, &form, &edit, None).unwrap();
    assert!(unsaved_reports(&desk.files, &me(), &folder).unwrap().is_empty(), "at work on it");
    drop(file);

    let mut reports = unsaved_reports(&desk.files, &me(), &folder).unwrap();
    assert_eq!(reports.len(), 1);
    let report = reports.pop().unwrap();
    assert_eq!(report.replay.header.as_ref().unwrap().form, "2019");
    let (mut file, back, recovered) = adopt(Arc::clone(&form), report).unwrap();
    assert_eq!((back.report(), recovered.edits), (session.report(), 1));
    assert_eq!(back.history_depth(), (1, 0));
    assert!(back.has_unsaved());

    let path = desk.draft();
    file.save_as(&desk.files, &path, &bytes(&back), When::Unchanged, Thrift::Keep).unwrap();
    assert!(unsaved_reports(&desk.files, &me(), &folder).unwrap().is_empty());
    assert!(!cfg!(unix) || DiskFiles.list_dir(&folder).unwrap().is_empty());
    assert_eq!(desk.contents(), (5, vec![]));
}

#[test]
fn a_crash_at_any_operation_of_the_first_save_leaves_the_report_once() {
    let form = Catalogue::default().by_id("2019").unwrap();
    let mut both = 0;
    for at in 0..40 {
        let desk = Desk::empty();
        let folder = desk.folder.path().join("unsaved");
        let session = Session::new_report(Arc::clone(&form), "甲镇", 2020);
        let (file, made) = DraftFile::unsaved(&desk.files, &me(), &folder, &session);
        made.unwrap();
        let mut work = Work { file, session };
        work.put(&desk.files, 5).unwrap();
        desk.files.fail(at, Fault::Gone);
        let content = bytes(&work.session);
        let _ = work.file.save_as(&desk.files, &desk.draft(), &content, When::Unchanged, Thrift::Keep);
        drop(work);
        let reports = unsaved_reports(&DiskFiles, &me(), &folder).unwrap();
        let saved = DiskFiles.read(&desk.draft(), 1 << 20).is_ok_and(|there| there == content);
        assert!(saved || reports.len() == 1, "at {at}");
        both += usize::from(saved && !reports.is_empty());
    }
    // Only if the crash came before the note in the journal, and then nothing was saved either.
    assert_eq!(both, 0);
}

#[test]
fn unsaved_reports_that_can_not_be_read_do_not_hide_the_others() {
    let desk = Desk::empty();
    let folder = desk.folder.path().to_owned();
    for (name, content) in
        [("1.journal", "0 00000000 x\n"), ("2.journal", ""), (".3.journal", "x"), ("4.txt", "x")]
    {
        crate::store::atomic::save(&DiskFiles, &folder.join(name), content.as_bytes()).unwrap();
    }
    let header = Header::new("2019", Base::Unsaved(Vec::new()), Moment::from_seconds(60));
    let mut journal = Journal::new(&folder.join("5.journal"), &header);
    let changes = vec![Change::Figure("requests.received.natural".to_owned(), Value::Number(3))];
    journal.append(&DiskFiles, &Entry::Edit { at: Moment::default(), visit: None, changes }).unwrap();
    let mut reports = unsaved_reports(&DiskFiles, &me(), &folder).unwrap();
    let names: Vec<_> = reports.iter().map(|report| report.path.file_name().unwrap().to_owned()).collect();
    assert_eq!(names, ["5.journal", "1.journal"], "the empty one is gone");
    let form = Catalogue::default().by_id("2019").unwrap();
    let damaged = adopt(Arc::clone(&form), reports.pop().unwrap()).unwrap_err();
    let aside = damaged.set_aside(&DiskFiles).unwrap();
    assert!(DiskFiles.exists(&aside).unwrap());
    let (_, session, _) = adopt(form, reports.pop().unwrap()).unwrap();
    assert_eq!(figure(session.form(), session.report()), 3);
}

#[cfg(unix)]
#[test]
fn a_journal_is_as_closed_as_its_draft_and_a_link_shares_it() {
    let desk = Desk::new();
    DiskFiles.set_mode(&desk.draft(), 0o640).unwrap();
    let link = desk.folder.path().join("链接.ron");
    std::os::unix::fs::symlink(desk.draft(), &link).unwrap();
    let (mut file, opened, _) = DraftFile::open(&desk.files, &me(), &link, &Catalogue::default()).unwrap();
    let form = opened.draft.form;
    file.note_edit(&desk.files, &form, &cell(&form, 1), None).unwrap();
    let journal = desk.folder.path().join(".草稿.ron.journal");
    assert_eq!(DiskFiles.metadata(&journal).unwrap().mode, Some(0o640));
    let (other, _) = desk.open_as(&DiskFiles);
    assert!(matches!(other.file.access(), Access::ReadOnly { .. }));
}
