use super::faulty::{FaultyFiles, Op};
use super::*;

fn create(path: &Path, content: &[u8]) {
    DiskFiles.create_new(path).unwrap().write_all(content).unwrap();
}

#[test]
fn a_file_is_read_up_to_the_limit_and_no_further() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("甲.ron");
    create(&path, b"12345");
    assert_eq!(read_limited(&DiskFiles, &path, 5).unwrap(), b"12345");
    assert_eq!(read_limited(&DiskFiles, &path, u64::MAX).unwrap(), b"12345");
    assert!(matches!(read_limited(&DiskFiles, &path, 4), Err(StoreError::TooLarge { max: 4, .. })));
    let missing = read_limited(&DiskFiles, &folder.path().join("乙"), 5).unwrap_err();
    assert!(missing.is_not_found());
}

#[test]
fn a_huge_file_is_refused_without_being_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("大");
    File::create(&path).unwrap().set_len(1 << 30).unwrap();
    let files = FaultyFiles::default();
    let error = read_limited(&files, &path, 16 << 20).unwrap_err();
    assert!(error.to_string().contains("太大，超过 16 MB"), "{error}");
    assert_eq!(files.log(), [(Op::Metadata, true)]);
}

#[test]
fn a_folder_is_no_file() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(read_limited(&DiskFiles, folder.path(), 5), Err(StoreError::IsFolder { .. })));
}

#[cfg(unix)]
#[test]
fn devices_and_sockets_are_not_opened() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("s");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let link = folder.path().join("link");
    std::os::unix::fs::symlink("/dev/zero", &link).unwrap();
    for path in [Path::new("/dev/zero"), &socket, &link] {
        let files = FaultyFiles::default();
        assert!(matches!(read_limited(&files, path, 5), Err(StoreError::NotRegular { .. })));
        assert_eq!(files.log(), [(Op::Metadata, true)], "{}", path.display());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_longer_than_it_says_is_still_bounded() {
    let path = Path::new("/proc/self/status");
    assert_eq!(DiskFiles.metadata(path).unwrap().len, 0);
    assert!(matches!(read_limited(&DiskFiles, path, 10), Err(StoreError::TooLarge { .. })));
}

#[test]
fn appending_truncating_listing_and_removing() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("a/b");
    DiskFiles.create_dir_all(&inner).unwrap();
    let path = inner.join("乙.journal");
    for part in [&b"12"[..], b"34"] {
        let mut handle = DiskFiles.open_append(&path).unwrap();
        handle.write_all(part).unwrap();
        handle.sync().unwrap();
    }
    assert_eq!(DiskFiles.read(&path, 99).unwrap(), b"1234");
    let mut handle = DiskFiles.open_append(&path).unwrap();
    handle.truncate(0).unwrap();
    handle.write_all(b"5").unwrap();
    assert_eq!(DiskFiles.read(&path, 99).unwrap(), b"5", "after a truncation writing starts at the new end");
    let new = inner.join("a");
    let mut handle = DiskFiles.create_new(&new).unwrap();
    handle.write_all(b"123").unwrap();
    handle.truncate(1).unwrap();
    handle.write_all(b"4").unwrap();
    assert_eq!(DiskFiles.read(&new, 99).unwrap(), b"14");
    assert_eq!(DiskFiles.list_dir(&inner).unwrap(), ["a", "乙.journal"]);
    let again = DiskFiles.create_new(&path).err().unwrap();
    assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
    assert!(DiskFiles.exists(&path).unwrap());
    DiskFiles.remove(&path).unwrap();
    assert!(!DiskFiles.exists(&path).unwrap());
}
