//! The names of the files that the program keeps beside a draft.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::content::fnv;

/// The edits since the last save.
pub const JOURNAL: &str = ".journal";
/// An earlier journal that did not fit the draft or was declined.
pub const OLD_JOURNAL: &str = ".journal.old";
/// What the system locks.
pub const LOCK: &str = ".lock";
/// Who holds the lock. A file of its own, since Windows lets nobody read one that is locked.
pub const HOLDER: &str = ".holder";
/// The folder of backups.
pub const BACKUPS: &str = ".backups";

/// `.<name><ending>` in the folder of `path`. A name too long for that is cut short and told apart by a hash.
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default();
    let mut hidden = OsString::from(".");
    if name.len() <= NAME_BYTES {
        hidden.push(name);
    } else {
        let text = name.to_string_lossy();
        let end = (0..=NAME_BYTES).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        hidden.push(text.get(..end).unwrap_or_default());
        hidden.push(format!(".{:016x}", fnv(name.as_encoded_bytes())));
    }
    hidden.push(ending);
    path.with_file_name(hidden)
}

/// The folder that holds a file.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Bytes of the draft's name; most systems allow 255 in all, and temporary files have an ending of their own.
const NAME_BYTES: usize = 180;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_beside_the_draft() {
        assert_eq!(beside(Path::new("a/甲.ron"), JOURNAL), Path::new("a/.甲.ron.journal"));
        assert_eq!(beside(Path::new("甲.ron"), LOCK), Path::new(".甲.ron.lock"));
        assert_eq!(folder_of(Path::new("甲.ron")), Path::new("."));
    }

    #[test]
    fn long_names_stay_short_and_different() {
        let name = |last: &str| beside(Path::new(&format!("{}{last}", "长".repeat(80))), JOURNAL);
        assert_ne!(name("一.ron"), name("二.ron"));
        assert!(name("一.ron").file_name().unwrap().len() < 220);
    }
}
