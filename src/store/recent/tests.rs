use super::*;
use crate::store::files::DiskFiles;
use crate::store::files::faulty::{Fault, FaultyFiles};

fn absolute(name: &str) -> PathBuf {
    if cfg!(windows) { format!("C:\\报告\\{name}").into() } else { format!("/报告/{name}").into() }
}

fn environment(values: &'static [(&str, &str)]) -> impl Fn(&str) -> Option<OsString> {
    |name| values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into())
}

#[cfg(unix)]
#[test]
fn unix_has_its_folders_below_home_or_where_the_variables_say() {
    let places = Places::new(environment(&[("HOME", "/home/u")]));
    assert_eq!(places.recent_file(), Some("/home/u/.local/state/gouji/recent.ron".into()));
    assert_eq!(places.keys_file(), Some("/home/u/.config/gouji/keys.ron".into()));
    let set = &[("HOME", "/home/u"), ("XDG_STATE_HOME", "/s"), ("XDG_CONFIG_HOME", "relative")];
    let places = Places::new(environment(set));
    assert_eq!(places.recent_file(), Some("/s/gouji/recent.ron".into()));
    assert_eq!(places.keys_file(), Some("/home/u/.config/gouji/keys.ron".into()));
    assert_eq!(Places::new(environment(&[("HOME", "")])), Places::default());
}

#[test]
fn windows_has_its_folders_in_the_profile() {
    let both = Places::windows(environment(&[("LOCALAPPDATA", "L"), ("APPDATA", "R")]));
    assert_eq!((both.state, both.config), (Some("L".into()), Some("R".into())));
    let one = Places::windows(environment(&[("LOCALAPPDATA", ""), ("APPDATA", "R")]));
    assert_eq!((one.state, one.config), (Some("R".into()), Some("R".into())));
    assert_eq!(Places::windows(environment(&[])).recent_file(), None);
}

#[test]
fn the_newest_is_first_and_twenty_are_kept() {
    let mut recent = Recent::default();
    for number in 0..30 {
        recent.note(absolute(&number.to_string()));
    }
    recent.note(absolute("15"));
    recent.note("relative".into());
    assert_eq!(recent.paths().len(), Recent::MOST);
    assert_eq!(recent.paths()[..2], [absolute("15"), absolute("29")]);
    recent.forget(&absolute("15"));
    assert!(!recent.paths().contains(&absolute("15")));
}

#[test]
fn what_is_written_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("新/gouji/recent.ron");
    assert_eq!(Recent::read(&DiskFiles, &file), (Recent::default(), None));
    let mut recent = Recent::default();
    recent.note(absolute("沂源县 \"2020\"\\.ron"));
    recent.note(absolute("乙\n\u{202e}.ron"));
    recent.write(&DiskFiles, &file).unwrap();
    assert_eq!(Recent::read(&DiskFiles, &file), (recent, None));
}

#[test]
fn a_broken_list_is_empty_and_said() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("recent.ron");
    for broken in [&b"[\"/a\""[..], b"(1, 2)", b"\xff\xfe\xfd", b"", b"[\"relative\", 3]"] {
        atomic::save(&DiskFiles, &file, broken).unwrap();
        let (recent, problem) = Recent::read(&DiskFiles, &file);
        assert_eq!(recent, Recent::default());
        assert!(problem.unwrap().contains("recent.ron"));
    }
    let (_, problem) = Recent::read(&DiskFiles, folder.path());
    assert!(problem.unwrap().contains("文件夹"));
}

#[test]
fn a_fault_at_any_operation_is_told_and_keeps_the_old_list() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("recent.ron");
    let mut old = Recent::default();
    old.note(absolute("旧.ron"));
    old.write(&DiskFiles, &file).unwrap();
    let mut new = old.clone();
    new.note(absolute("新.ron"));
    let mut failures = 0;
    for at in 0..30 {
        let written = new.write(&FaultyFiles::failing(at, Fault::Gone), &file);
        let (now, problem) = Recent::read(&DiskFiles, &file);
        assert_eq!(problem, None);
        match written {
            Ok(()) => assert_eq!(now, new),
            Err(StoreError::Unconfirmed { .. }) => {
                assert_eq!(now, new);
                failures += 1;
            }
            Err(_) => {
                assert_eq!(now, old);
                failures += 1;
            }
        }
        old.write(&DiskFiles, &file).unwrap();
    }
    assert!(failures >= 4, "{failures}");
}
